// For teachers: a lab with less in it, an answer key, a class poll without a server, a sheet to print.
import { drawing, figure, fresh, h, lines, s, table, textLines } from "./dom.js";
import { BLUE, GREY, GRID, INK, ORANGE } from "./palette.js";
import { give } from "./step_home.js";
import { ratesTable } from "./step_reveal.js";
import { fromCode } from "./state.js";
import { answered } from "./told.js";
import { listed, number, own, said, t } from "./words.js";

// How far apart dots of a poll stand.
const DOT = 8.5;

export async function teacherPage(app, place) {
  place.replaceChildren(
    h("h1", { tabindex: "-1" }, t("teacher.title")), h("p", {}, t("teacher.intro")),
    presetPart(app), h("section", {}, pollPart(app)), sheetPart(app), keyPart(app));
}

// The steps that a preset can leave out.
const OPTIONAL = ["community", "change", "person", "sweet_spot", "brain", "take_home"];

function presetPart(app) {
  const ticks = {};
  const chosen = (app.presetChosen ??= {});
  const tick = (key, words, checked) => {
    const id = fresh("tick");
    // What was chosen stays as long as the page is open.
    ticks[key] = h("input", { type: "checkbox", id, checked: chosen[key] ?? checked, onchange: (event) => { chosen[key] = event.target.checked; } });
    return h("li", {}, ticks[key], h("label", { for: id }, words));
  };
  const save = () => {
    const preset = { student: true, steps: OPTIONAL.filter((step) => ticks[step].checked), lock: ticks.lock.checked, free: ticks.free.checked, once: ticks.once.checked, word: word.value.trim(), only: ticks.only?.checked ? app.state.scenario : null };
    give(app, "lab-class.html", app.saved(preset), "text/html", { status });
  };
  const status = h("p", { class: "small status", role: "status" });
  const word = h("input", { id: fresh("word"), type: "text", autocomplete: "off" });
  return h("section", { class: "panel" }, h("h2", {}, t("teacher.preset")), h("p", {}, t("teacher.preset_text")),
    h("fieldset", {}, h("legend", {}, t("teacher.steps")), h("ul", { class: "ticks" }, OPTIONAL.map((step) => tick(step, t(`step.${step}`), true)))),
    h("ul", { class: "ticks" }, tick("lock", t("teacher.lock"), false), tick("once", t("teacher.once"), false), tick("free", t("teacher.reveal_free"), false), app.state && tick("only", `${t("teacher.only")}: ${said(app.scenario().scene.title)}`, true)),
    h("div", { class: "field" }, h("label", { for: word.id }, t("teacher.word")), word),
    h("div", { class: "actions" }, h("button", { class: "primary", onclick: save }, t("teacher.save"))), status);
}

function scenarioChoice(app, changed) {
  const id = fresh("scene");
  const select = h("select", { id, onchange: (event) => changed(event.target.value) }, app.data.scenarios.map((it) => own("option", { value: it.id }, it.scene.title)));
  select.value = app.state?.scenario ?? app.data.scenarios[0].id;
  return [h("label", { for: id }, t("step.scene")), select];
}

function pollPart(app) {
  let chosen = app.state?.scenario ?? app.data.scenarios[0].id;
  const shown = h("div", { "aria-live": "polite" });
  const id = fresh("codes");
  const codes = h("textarea", { id, rows: "6", spellcheck: "false", oninput: () => show() });
  codes.value = app.poll ?? "";
  // On the beamer the class sees what it expects before it sees what happens.
  const model = h("input", { type: "checkbox", id: fresh("model"), onchange: () => show() });
  const show = async () => {
    app.poll = codes.value;
    const { scene } = app.data.scenarios.find((it) => it.id === chosen);
    const read = codes.value.split("\n").map((line, at) => ({ at: at + 1, empty: !line.trim(), code: fromCode(line, chosen, scene.conditions.length) }));
    const known = read.map(({ code }) => code).filter(Boolean);
    // A code that is there twice is that of one student, unless it is of before there were digits that tell them apart.
    const good = known.filter(({ code }, at) => !/\.\d{3}\.[a-z2-9]{2}$/.test(code) || known.findIndex((it) => it.code === code) === at);
    const bad = read.filter(({ code, empty }) => !code && !empty).map(({ at }) => number(at));
    const twice = known.length - good.length;
    const { rates } = await app.ask([{ what: "rates" }, { what: "people", count: 200 }], [], chosen);
    shown.replaceChildren(
      h("p", {}, t("teacher.poll_count", { n: number(good.length), count: good.length }), bad.length > 0 ? `; ${t("teacher.poll_bad", { n: listed(bad), count: bad.length })}` : "", twice > 0 ? `; ${t("teacher.poll_twice", { n: number(twice) })}` : ""),
      good.length > 0 ? figure(t("teacher.poll_chart"), pollChart(scene, good, model.checked ? rates : null).element, t("menu.table"), pollTable(scene, good, model.checked ? rates : null)) : "");
  };
  show();
  return h("div", { class: "panel" }, h("h2", {}, t("teacher.poll")), h("p", {}, t("teacher.poll_text")),
    h("div", { class: "field" }, scenarioChoice(app, (it) => { chosen = it; show(); })),
    h("div", { class: "field" }, h("label", { for: id }, t("teacher.poll_codes")), codes),
    h("p", { class: "choice" }, model, h("label", { for: model.id }, t("teacher.poll_model"))), shown);
}

// Every student's number as a dot over each condition, with the mean, and the model once it may be seen.
function pollChart(scene, codes, rates) {
  const label = `${t("teacher.poll_chart")}: ${scene.conditions.map((it, place) => `${said(it.name)} ${t("teacher.poll_mean", { n: number(mean(codes, place) ?? 0) })}`).join("; ")}`;
  return drawing(label, (width) => {
    const wide = width > 620;
    const left = wide ? Math.min(280, width * 0.3) : 8;
    const x = (value) => left + ((width - left - 30) * value) / 100;
    const legend = (at, mark, words) => [s("g", { transform: `translate(${at} 14)` }, mark), s("text", { x: at + 12, y: 19, "font-size": 14, fill: INK }, words)];
    const children = [legend(left + 6, dot(0, 0), t("teacher.poll_dot"))];
    if (rates) children.push(legend(left + 40 + t("teacher.poll_dot").length * 8, diamond(0, 0), t("reveal.simulated")));
    let y = 36;
    scene.conditions.forEach((condition, place) => {
      const words = lines(said(condition.name), wide ? left - 20 : width - 20, 15);
      children.push(textLines(words, wide ? left - 12 : left, wide ? y + 26 : y + 12, 15, { "text-anchor": wide ? "end" : "start", fill: INK }));
      const base = y + (wide ? 52 : 66);
      children.push(s("path", { d: `M${x(0)},${base}H${x(100)}`, stroke: GRID, "stroke-width": 2 }));
      children.push(stacked(codes.map(({ values }) => values[place]).filter((it) => it !== null).map(x)).map(([at, level]) => dot(at, base - 4 - level * DOT)));
      const average = mean(codes, place);
      if (average !== null) children.push(s("path", { d: `M${x(average)},${base - 34}V${base + 4}`, stroke: INK, "stroke-width": 2.5 }), s("text", { x: x(average), y: base + 20, "font-size": 14, "text-anchor": "middle", fill: INK }, t("teacher.poll_mean", { n: number(average) })));
      const rate = rates?.conditions[place]?.helped;
      if (typeof rate === "number") children.push(diamond(x(rate * 100), base));
      const unsure = codes.filter(({ values }) => values[place] === null).length;
      if (unsure > 0) children.push(s("text", { x: x(100), y: base + 20, "font-size": 13, "text-anchor": "end", fill: GREY }, t("teacher.poll_unsure", { n: number(unsure) })));
      y = base + 30;
    });
    for (const tick of [0, 25, 50, 75, 100]) children.push(s("path", { d: `M${x(tick)},34V${y - 4}`, stroke: GRID, "stroke-dasharray": "2 4" }), s("text", { x: x(tick), y: y + 12, "font-size": 14, "text-anchor": "middle", fill: GREY }, number(tick)));
    return { children, height: y + 20 };
  });
}

// The same in numbers.
function pollTable(scene, codes, rates) {
  const of = (value) => (typeof value === "number" ? number(value) : "–");
  const known = (place) => codes.map(({ values }) => values[place]).filter((it) => it !== null);
  const rows = scene.conditions.map((condition, place) => [said(condition.name), known(place).map((it) => number(it)).join(", ") || "–", of(mean(codes, place)), number(codes.length - known(place).length), ...(rates ? [of(rates.conditions[place].helped === null ? null : rates.conditions[place].helped * 100)] : [])]);
  return table(t("teacher.poll_chart"), [t("reveal.condition"), t("step.predict"), t("teacher.poll_average"), t("predict.unsure"), ...(rates ? [t("reveal.simulated")] : [])], rows);
}

// Places along a line, each with the lowest level at which a dot hides no other.
function stacked(places) {
  const levels = [];
  return [...places].sort((one, other) => one - other).map((at) => {
    const free = levels.findIndex((last) => at - last >= DOT);
    const level = free === -1 ? levels.length : free;
    levels[level] = at;
    return [at, level];
  });
}

// What somebody expects.
function dot(x, y) {
  return s("circle", { cx: x, cy: y, r: 4, fill: ORANGE, stroke: INK, "stroke-width": 0.8 });
}

// What the model says.
function diamond(x, y) {
  return s("path", { d: `M${x},${y - 10}l7,10l-7,10l-7,-10Z`, fill: BLUE, stroke: "#ffffff", "stroke-width": 1.5 });
}

function mean(codes, place) {
  const known = codes.map(({ values }) => values[place]).filter((it) => it !== null);
  return known.length === 0 ? null : known.reduce((sum, it) => sum + it, 0) / known.length;
}

function sheetPart(app) {
  const print = () => {
    const { scene } = app.data.scenarios.find((it) => it.id === (app.state?.scenario ?? app.data.scenarios[0].id));
    const bar = () => drawing("", () => ({ height: 44, children: [s("rect", { x: 1, y: 4, width: 598, height: 20, fill: "none", stroke: INK }), [0, 25, 50, 75, 100].map((tick) => [s("path", { d: `M${1 + tick * 5.98},24v6`, stroke: INK }), s("text", { x: 1 + tick * 5.98, y: 42, "font-size": 11, "text-anchor": tick === 0 ? "start" : tick === 100 ? "end" : "middle" }, String(tick))])] })).svg;
    const sheet = h("section", { class: "sheet" }, own("h1", {}, scene.title), h("p", {}, `${t("teacher.sheet_name")}: ______________________`), scene.comments.map((it) => own("p", {}, it)), own("p", { class: "question" }, scene.question),
      h("p", {}, t("teacher.sheet_mark")), scene.conditions.map((it) => { const svg = bar(); svg.setAttribute("viewBox", "0 0 600 46"); svg.setAttribute("width", "600"); return h("div", { class: "sheet-bar" }, own("strong", {}, it.name), svg); }), h("p", {}, `${t("teacher.sheet_why")}: `), h("div", { class: "sheet-lines" }));
    document.body.append(sheet);
    document.body.classList.add("printing");
    const tidy = () => { sheet.remove(); document.body.classList.remove("printing"); };
    window.addEventListener("afterprint", tidy, { once: true });
    window.print();
  };
  return h("section", { class: "panel" }, h("h2", {}, t("teacher.sheet")), h("p", {}, t("teacher.sheet_text")), h("div", { class: "actions" }, h("button", { onclick: print }, t("teacher.sheet_print"))));
}

function keyPart(app) {
  const inside = h("div", {});
  let filled = false;
  const fill = async (event) => {
    if (!event.target.open || filled) return;
    filled = true;
    for (const { id, scene } of app.data.scenarios) {
      const { rates } = await app.ask([{ what: "rates" }, { what: "people", count: 200 }], [], id);
      if (!rates) continue;
      const { community_effects: effects } = scene.community ? await app.ask([{ what: "community_effects" }], [], id) : {};
      inside.append(h("section", {}, own("h3", {}, scene.title), own("p", {}, scene.question), answered(rates, effects ? { effects, scene } : null).map((sentence) => h("p", {}, sentence)), ratesTable(rates, null)));
    }
  };
  return h("section", { class: "panel" }, h("h2", {}, t("teacher.key")), h("p", {}, t("teacher.key_text")), h("details", { class: "behind", ontoggle: fill }, h("summary", {}, t("teacher.key")), inside));
}

