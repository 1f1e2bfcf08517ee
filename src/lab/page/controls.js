// Sliders whose values are words, choices, and what is practised.
import { fresh, h } from "./dom.js";
import { anchorOf, anchors, isScale } from "./told.js";
import { named, number, t } from "./words.js";

// A slider from one end to the other; `words(value)` says what a value stands for.
export function slider({ label, min, max, step, value, words, ends, input, locked = false }) {
  const id = fresh("slider");
  const output = h("output", { for: id });
  const range = h("input", { type: "range", id, min: String(min), max: String(max), step: String(step), value: String(value ?? (min + max) / 2), disabled: locked });
  const show = (told) => {
    output.textContent = told;
    range.setAttribute("aria-valuetext", told);
  };
  range.addEventListener("input", () => {
    show(words(Number(range.value)));
    input(Number(range.value));
  });
  show(value === null ? t("scene.differs") : words(value));
  return h("div", { class: "control" }, h("div", { class: "control-head" }, h("label", { for: id }, label), output), range, ends && h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, ends[0]), h("span", {}, ends[1])));
}

// A choice between words.
export function choice({ label, options, value, input, locked = false }) {
  const id = fresh("choice");
  const select = h("select", { id, disabled: locked, onchange: (event) => input(event.target.value) }, options.map(([key, words]) => h("option", { value: key }, words)));
  select.value = value ?? "";
  if (value === null) select.prepend(h("option", { value: "", selected: true }, t("scene.differs")));
  return h("div", { class: "control" }, h("div", { class: "control-head" }, h("label", { for: id }, label)), select);
}

// The control of a situation key; `value` is null where conditions differ.
export function situationControl(key, value, codebook, input, locked) {
  const { kind, range } = codebook.situation[key];
  const label = named("situation", key);
  if (kind === "choice") {
    const options = codebook.situation[key].range ?? [];
    return choice({ label, options: options.map((word) => [word, named("choice", word)]), value, input, locked });
  }
  if (kind === "flag") return choice({ label, options: [["true", named("choice", "true")], ["false", named("choice", "false")]], value: value === null ? null : String(value), input: (word) => input(word === "true"), locked });
  const all = anchors(key, codebook).filter((it) => Number.isFinite(Number(it.value)));
  const scale = isScale(key, codebook);
  const bounds = { window_s: [5, 300, 5], bystanders: [0, 20, 1], victims: [1, 100, 1], endowment: [1, 100, 1], counts_from: [0, 100, 1] }[key];
  const [min, max, step] = bounds ?? [range[0], range[1], 0.05];
  const words = (it) => {
    if (!scale) return number(it, 0);
    const told = anchorOf(key, it, codebook);
    return told ? `${told} (${number(it, 2)})` : number(it, 2);
  };
  const ends = scale && all.length > 1 ? [anchorOf(key, min, codebook), anchorOf(key, max, codebook)] : null;
  return slider({ label, min, max, step, value, words, ends, input, locked });
}
