// Predict first: a bar for each condition, or a curve; "not sure" is an answer. Only a committed prediction reveals.
import { codeToCopy } from "./copy.js";
import { drawing, fresh, growth, h, lines, s, textLines } from "./dom.js";
import { BLUE, GREY, GRID, INK, ORANGE } from "./palette.js";
import { asCode } from "./state.js";
import { inWeek, weekOf } from "./told.js";
import { capital, named, number, own, quoted, said, t } from "./words.js";

// Directions are asked of the first differences in other measures than helping.
const MOST_DIRECTIONS = 4;
// Fewer where helping is asked about as well.
const FEW_DIRECTIONS = 2;

// The contrasts of a scene of which the direction is asked.
export function directionsOf(scene) {
  const places = scene.contrasts.map((_, place) => place).filter((place) => scene.contrasts[place].measure !== "helped" && scene.contrasts[place].treatment !== scene.contrasts[place].control);
  return places.slice(0, scene.contrasts.some((it) => it.measure === "helped") ? FEW_DIRECTIONS : MOST_DIRECTIONS);
}

// The question after the direction of a contrast, with its week.
export function directionAsked({ scene, text }, place) {
  const { measure, treatment, control, week } = scene.contrasts[place];
  const asked = capital(t("predict.direction", { measure: named("measure", measure), treatment: quoted(scene.conditions[treatment].name), control: quoted(scene.conditions[control].name) }));
  return inWeek(asked, week ?? weekOf({ scene, text }));
}

export function predictStep(app) {
  const { scene } = app.scenario();
  const { prediction } = app.state;
  const fixed = prediction.committed;
  const redo = () => app.render({ focus: false });
  let curve = app.curve === true && scene.conditions.length > 2;
  const body = h("div", {});
  const touch = (place, value) => {
    prediction.values[place] = value;
    warn.textContent = "";
  };
  const lay = () => body.replaceChildren(curve ? curveOf(scene, prediction, touch, fixed) : barsOf(scene, prediction, touch, fixed));
  const warn = h("p", { class: "warn", role: "alert" });
  let reminded = false;
  const commit = () => {
    const touched = scene.conditions.some((_, place) => place in prediction.values) || directionsOf(scene).some((place) => place in prediction.directions);
    if (!touched) {
      warn.textContent = t("predict.touched");
      return;
    }
    // What is left open is asked for once.
    const bars = scene.conditions.filter((_, place) => !(place in prediction.values)).length;
    const directions = directionsOf(scene).filter((place) => !(place in prediction.directions)).length;
    if (bars + directions > 0 && !reminded) {
      reminded = true;
      warn.textContent = [bars > 0 && t("predict.open_bars", { n: number(bars), count: bars }), directions > 0 && t("predict.open_directions", { n: number(directions), count: directions }), t("predict.or_commit")].filter(Boolean).join(" ");
      const first = scene.conditions.findIndex((_, place) => !(place in prediction.values));
      const open = bars > 0 ? body.querySelectorAll(".bar input[type=range]")[first] : body.parentElement.querySelector(".direction:not(:has(:checked)) input");
      open?.focus();
      return;
    }
    prediction.committed = true;
    prediction.lot = String(Math.floor(Math.random() * 1000)).padStart(3, "0");
    app.go("reveal");
  };
  // Marks what is open, and nothing else.
  const leaveOpen = () => {
    scene.conditions.forEach((_, place) => { prediction.values[place] ??= null; });
    directionsOf(scene).forEach((place) => { prediction.directions[place] ??= "unsure"; });
    redo();
    document.querySelector(".actions .primary").focus();
    app.announce(t("predict.marked"));
  };
  lay();
  const modes = scene.conditions.length > 2 && !fixed && h("fieldset", { class: "modes" }, h("legend", {}, t("predict.as")),
    [[false, "bars"], [true, "curve"]].map(([mode, word]) => {
      const id = fresh("mode");
      return [h("input", { type: "radio", name: "mode", id, checked: curve === mode, onchange: () => { curve = mode; app.curve = mode; lay(); } }), h("label", { for: id }, t(`predict.${word}`))];
    }));
  const group = scene.conditions.some((it) => it.group_size);
  const why = h("textarea", { id: fresh("why"), rows: "3", readonly: fixed, oninput: (event) => { prediction.why = event.target.value; } });
  why.value = prediction.why;
  return [
    own("p", { class: "question" }, scene.question || scene.title),
    h("p", {}, t(group ? "predict.intro_group" : "predict.intro")),
    modes, body, directionsPart(app.scenario(), prediction, fixed),
    h("div", { class: "field" }, h("label", { for: why.id }, t("predict.why")), why),
    warn,
    fixed
      ? h("div", {}, h("p", {}, t(app.preset?.once ? "predict.stands" : "predict.committed")), codePart(app),
        !app.preset?.once && h("div", { class: "actions" }, h("button", { onclick: () => { app.state.prediction = { values: {}, directions: {}, why: prediction.why, committed: false, again: true }; redo(); } }, t("predict.again"))))
      : h("div", { class: "actions" }, h("button", { class: "primary", onclick: commit }, t("predict.commit")),
        h("button", { onclick: leaveOpen }, t("predict.all_unsure"))),
  ];
}

// The code of a committed prediction, to be copied.
export function codePart(app) {
  const { prediction, scenario } = app.state;
  if (!prediction.committed) return "";
  const { scene } = app.scenario();
  return codeToCopy(t("home.code"), asCode(scenario, prediction, scene.conditions.length, directionsOf(scene)));
}

function barsOf(scene, prediction, touch, fixed) {
  return h("div", { class: "bars" }, !fixed && h("p", {}, t("predict.drag")), scene.conditions.map((condition, place) => {
    const value = prediction.values[place];
    const id = fresh("bar");
    const output = h("output", { for: id });
    const unsure = h("input", { type: "checkbox", id: fresh("unsure"), checked: value === null, disabled: fixed });
    const bar = h("input", { type: "range", id, min: "0", max: "100", step: "1", value: String(value ?? 50), disabled: fixed, class: value === undefined || value === null ? "untouched" : "" });
    const show = () => {
      const sure = prediction.values[place] !== null && prediction.values[place] !== undefined;
      output.textContent = sure ? t("of_100", { n: number(prediction.values[place]) }) : prediction.values[place] === null ? t("predict.unsure") : "?";
      bar.classList.toggle("untouched", !sure);
      bar.style.setProperty("--filled", `${sure ? prediction.values[place] : 0}%`);
      bar.setAttribute("aria-valuetext", output.textContent);
    };
    const set = () => { touch(place, Number(bar.value)); unsure.checked = false; show(); };
    bar.addEventListener("input", set);
    bar.addEventListener("click", set);
    unsure.addEventListener("change", () => { touch(place, unsure.checked ? null : Number(bar.value)); show(); });
    show();
    return h("div", { class: "bar" }, h("label", { for: id }, h("span", { class: "hidden" }, t("predict.help", { name: "" })), own("span", {}, condition.name)), bar, output,
      h("span", { class: "unsure" }, unsure, h("label", { for: unsure.id }, t("predict.unsure"), h("span", { class: "hidden" }, ` ${said(condition.name)}`))));
  }));
}

function curveOf(scene, prediction, touch, fixed) {
  const count = scene.conditions.length;
  let box = null;
  const picture = drawing(t("predict.curve_hint"), (width) => {
    const [left, right, top, bottom] = [40, width - 16, 14, 300];
    box = { left, right, top, bottom };
    const x = (place) => left + ((right - left) * (place + 0.5)) / count;
    const y = (value) => bottom - ((bottom - top) * value) / 100;
    const known = scene.conditions.map((_, place) => [place, prediction.values[place]]).filter(([, value]) => typeof value === "number");
    const children = [0, 25, 50, 75, 100].map((tick) => [s("path", { d: `M${left},${y(tick)}H${right}`, stroke: GRID }), s("text", { x: left - 8, y: y(tick) + 5, "font-size": 14, "text-anchor": "end", fill: GREY }, number(tick))]);
    children.push(s("path", { d: known.map(([place, value], at) => `${at === 0 ? "M" : "L"}${x(place)},${y(value)}`).join(""), fill: "none", stroke: ORANGE, "stroke-width": 4, "stroke-linejoin": "round" }));
    known.forEach(([place, value]) => children.push(s("circle", { cx: x(place), cy: y(value), r: 8, fill: ORANGE, stroke: INK, "stroke-width": 1.6 }), s("text", { x: x(place), y: y(value) - 15, "font-size": 16, "font-weight": 700, "text-anchor": "middle", fill: INK }, number(value))));
    scene.conditions.forEach((condition, place) => children.push(textLines(lines(said(condition.name), (right - left) / count - 6, 13), x(place), bottom + 22, 13, { "text-anchor": "middle", fill: INK })));
    const most = Math.max(...scene.conditions.map((condition) => lines(said(condition.name), (right - left) / count - 6, 13).length));
    if (known.length === 0) children.push(s("text", { x: (left + right) / 2, y: (top + bottom) / 2, "font-size": 16, "text-anchor": "middle", fill: BLUE }, t("predict.curve_hint").split(".")[0]));
    return { children, height: bottom + 26 + most * 16 };
  });
  if (!fixed) {
    let drawingNow = false;
    const point = (event) => {
      const bounds = picture.svg.getBoundingClientRect();
      const [x, y] = [(event.clientX - bounds.left) / growth(), (event.clientY - bounds.top) / growth()];
      const place = Math.floor(((x - box.left) / (box.right - box.left)) * count);
      const value = Math.round(100 * (1 - (y - box.top) / (box.bottom - box.top)));
      if (place >= 0 && place < count) touch(place, Math.min(Math.max(value, 0), 100));
      picture.redraw();
    };
    picture.svg.classList.add("draw");
    picture.svg.addEventListener("pointerdown", (event) => { drawingNow = true; picture.svg.setPointerCapture(event.pointerId); point(event); });
    picture.svg.addEventListener("pointermove", (event) => { if (drawingNow) point(event); });
    picture.svg.addEventListener("pointerup", () => { drawingNow = false; });
  }
  const points = h("details", { class: "behind" }, h("summary", {}, t("predict.bars")), barsOf(scene, prediction, (place, value) => { touch(place, value); picture.redraw(); }, fixed));
  return h("div", {}, h("p", { class: "small" }, t("predict.curve_hint")), picture.element, points);
}

function directionsPart({ scene, text }, prediction, fixed) {
  const places = directionsOf(scene);
  if (places.length === 0) return null;
  const question = (place) => {
    const name = fresh("direction");
    const choice = (way) => {
      const id = fresh("way");
      return h("span", { class: "choice" }, h("input", { type: "radio", name, id, disabled: fixed, checked: prediction.directions[place] === way, onchange: () => { prediction.directions[place] = way; } }), h("label", { for: id }, t(way === "unsure" ? "predict.unsure" : `predict.${way}`)));
    };
    return h("fieldset", { class: "direction" }, h("legend", {}, directionAsked({ scene, text }, place)), ["rises", "unchanged", "falls", "unsure"].map(choice));
  };
  return h("section", {}, h("h2", {}, t("predict.directions")), places.map(question));
}
