// What was changed, in words: the keys themselves stand in files only.
import { h } from "./dom.js";
import { valueIn } from "./state.js";
import { inWords, practice } from "./told.js";
import { hundred, listed, named, quoted, signed, t } from "./words.js";

// A key that was changed, in words.
export function keyInWords(key) {
  const [table, name] = key.split(".");
  if (table === "situation") return named("situation", name);
  if (table === "population") return named("trait", name);
  if (table === "trained") return t(`change.trained_${name}`);
  return t(table === "training" ? "change.practice" : "change.mechanisms");
}

function valueInWords(key, value, codebook) {
  const [table, name] = key.split(".");
  if (table === "situation") return inWords(name, value, codebook);
  if (table === "population") return t("change.sd", { value: signed(value, 1) });
  if (table === "trained") return name === "share" ? t("of_100", { n: hundred(value) }) : named("who", value);
  if (value.length === 0) return t(table === "training" ? "change.none" : "change.nothing_off");
  if (table === "training") return listed(value.map((it) => practice({ ...it, programs: it.one_of ?? [it.program] })));
  return listed(value.map((it) => named("mechanism", it)));
}

// Each change with what it is now and where: `How bad it is: some danger (0.50), in all conditions`.
export function changesInWords(changes, conditions, codebook) {
  return Object.entries(changes).flatMap(([key, where]) => Object.entries(where).map(([place, value]) => {
    const there = place === "all" ? t("change.everywhere") : t("change.in", { name: quoted(conditions[place]?.name ?? "") });
    const before = conditions.filter((_, at) => place === "all" || String(at) === place).map((condition) => valueInWords(key, valueIn({}, key, 0, condition) ?? [], codebook));
    const was = before.every((it) => it === before[0]) ? before[0] : t("scene.differs");
    return t("change.one", { key: keyInWords(key), value: valueInWords(key, value, codebook), where: there, was });
  }));
}

// Says on every step whether it is with the changes, and what they are; where they are made they are listed anyhow.
export function withChanges(app, { key, changes: isWith }) {
  const { changes } = app.state;
  const linked = app.state.linked ? t("change.linked") : "";
  if (Object.keys(changes).length === 0) return "";
  if (key === "change") return linked ? h("p", { class: "note" }, linked) : "";
  const again = () => { app.state.changes = {}; app.render({ focus: false }); app.announce(t("change.nothing")); };
  return h("aside", { class: "note with-changes", "aria-label": t("change.changed") }, h("p", {}, h("strong", {}, t(isWith ? "change.with" : "change.without")), " ", linked),
    h("ul", {}, changesInWords(changes, app.scenario().scene.conditions, app.data.codebook).map((it) => h("li", {}, it))),
    h("button", { class: "small", disabled: app.preset?.lock === true, onclick: again }, t("change.reset")));
}
