// Take home: a report, the scenario and its tables as files, a link with what was changed, a file that restores the lab.
import { copied, textToCopy } from "./copy.js";
import { fresh, h } from "./dom.js";
import { DOTS } from "./step_reveal.js";
import { codePart } from "./step_predict.js";
import { reportPage } from "./report.js";
import { asFile, asLink, changesAsKeys, fromFile } from "./state.js";
import { number, t } from "./words.js";

// Rows of people.csv for each condition.
const ROWS = 1000;

export async function homeStep(app, place) {
  const { state } = app;
  const { scene } = app.scenario();
  // What happened stands under the buttons that were pressed.
  const placeOf = () => ({ status: h("p", { class: "small status", role: "status" }), toCopy: h("div", {}) });
  const [filed, shared] = [placeOf(), placeOf()];
  const refused = app.engine.state === "refused";
  const field = (label, value, rows, input) => {
    const id = fresh("field");
    const element = rows > 1 ? h("textarea", { id, rows: String(rows), oninput: (event) => input(event.target.value) }) : h("input", { id, type: "text", autocomplete: "off", oninput: (event) => input(event.target.value) });
    element.value = value;
    return h("div", { class: "field" }, h("label", { for: id }, label), element);
  };
  const stem = `${state.scenario}-lab`;
  const set = () => changesAsKeys(state.changes, scene.conditions);
  const files = async (name) => {
    const { status } = filed;
    status.textContent = t("engine.busy");
    const answer = await app.ask([{ what: "take_home", people: ROWS }], set());
    if (!answer.take_home) return status.replaceChildren(app.troubleOf(answer));
    give(app, `${stem}-${name}`, answer.take_home[name], "text/plain", filed);
  };
  const report = async () => {
    const { status } = filed;
    status.textContent = t("engine.busy");
    const before = await app.ask([{ what: "rates" }, { what: "people", count: DOTS }]);
    const after = Object.keys(state.changes).length > 0 ? await app.ask([{ what: "rates" }], set()) : null;
    if (!before.rates) return status.replaceChildren(app.troubleOf(before));
    const lived = scene.community ? await app.ask([{ what: "community_effects" }], set()) : {};
    give(app, `${stem}-report.html`, reportPage(app, { before: before.rates, after: after?.rates ?? null, effects: lived.community_effects ?? null }), "text/html", filed);
    status.append(" ", t("report.hand_in"));
  };
  const link = () => {
    const address = `${location.href.split("#")[0]}#${asLink(state)}`;
    const { status, toCopy } = shared;
    toCopy.replaceChildren();
    copied(address).then((is) => {
      status.textContent = t(is ? "home.copied" : "home.not_copied");
      if (!is) toCopy.replaceChildren(textToCopy(t("home.copy"), address));
    });
  };
  const restore = h("input", { type: "file", accept: ".json,application/json", id: fresh("restore"), class: "hidden", "aria-label": t("home.restore"), tabindex: "-1", onchange: async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const saved = fromFile(await file.text(), (id) => app.data.scenarios.some((it) => it.id === id));
    if (!saved) {
      shared.status.textContent = t("home.not_restored");
      return;
    }
    app.restore(saved);
    app.announce(t("home.restored"));
  } });
  place.replaceChildren(...[
    h("p", {}, t("home.intro")),
    field(t("home.name"), state.name, 1, (value) => { state.name = value; }),
    field(t("home.words"), state.words, 4, (value) => { state.words = value; }),
    h("h2", {}, t("home.files")), refused && h("p", { class: "note" }, t("engine.not_here")),
    h("div", { class: "actions" },
      h("button", { class: "primary", onclick: report }, t("home.report")),
      h("button", { disabled: refused, onclick: () => files("scenario.toml") }, t("home.toml")),
      h("button", { disabled: refused, onclick: () => files("summary.csv") }, t("home.summary")),
      h("button", { disabled: refused, onclick: () => files("people.csv") }, t("home.people", { n: number(ROWS) })),
      scene.community && h("button", { disabled: refused, onclick: () => files("community.csv") }, t("home.community")),
      scene.community && h("button", { disabled: refused, onclick: () => files("community_effects.csv") }, t("home.community_effects"))),
    filed.status, filed.toCopy,
    h("h2", {}, t("home.share")),
    h("div", { class: "actions" },
      h("button", { onclick: link }, t("home.link")),
      h("button", { onclick: () => { give(app, `${stem}.json`, asFile(state), "application/json", shared); if (window.self === window.top) state.kept = asFile(state); } }, t("home.save")),
      h("button", { onclick: () => restore.click() }, t("home.restore")), restore),
    shared.status, shared.toCopy,
    state.prediction.committed ? codePart(app) : h("p", {}, t("home.code"), ": ", t("home.no_code"))].filter(Boolean));
}

// Saves a text as a file and says so; where frames may not save, shows it to be copied.
export function give(app, name, text, type, { status, toCopy = null }) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const anchor = h("a", { href: url, download: name, class: "hidden" }, name);
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  // A frame without `allow-downloads` saves nothing and does not say so.
  const framed = window.self !== window.top;
  status.textContent = t(framed ? "home.saved_perhaps" : "home.saved", { name });
  if (framed && toCopy) toCopy.replaceChildren(textToCopy(t("home.blocked"), text));
}
