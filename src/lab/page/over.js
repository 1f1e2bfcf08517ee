// The answer over a key that a file varies: the same people at every point.
import { linesChart } from "./chart_lines.js";
import { keyInWords } from "./changes.js";
import { figure, h, table } from "./dom.js";
import { CATEGORIES } from "./palette.js";
import { changesAsKeys } from "./state.js";
import { hundred, named, number, said, t } from "./words.js";

// Points along the key, and people at each.
const POINTS = 11;
const MOST_PEOPLE = 4000;

// A key in words, where it has some.
export function varied({ key }) {
  return /^(situation|population)\./.test(key) ? keyInWords(key) : key.replaceAll('"', "").replaceAll("_", " ");
}

// What a file varies, said in a sentence; nothing where it varies nothing.
export function variedInWords({ vary }) {
  return vary ? t("change.varied", { key: varied(vary), from: number(vary.from, 1), to: number(vary.to, 1) }) : "";
}

// Helping in every condition over the key, computed once it is opened; nothing where a file varies nothing.
export function overPart(app) {
  const { scene, text } = app.scenario();
  const { vary } = scene;
  if (!vary) return "";
  const inside = h("div", {});
  const open = async (event) => {
    if (!event.target.open) return;
    inside.textContent = t("engine.busy");
    const values = Array.from({ length: POINTS }, (_, place) => vary.from + ((vary.to - vary.from) * place) / (POINTS - 1));
    const people = Math.min(scene.agents, MOST_PEOPLE);
    const keys = changesAsKeys(app.state.changes, scene.conditions);
    const answers = await Promise.all(values.map((value) => app.engine.ask({ scenario: text, set: [...keys, `${vary.key}=${value}`, `run.agents=${people}`], ask: [{ what: "rates" }] })));
    const broken = answers.find((it) => !it.rates);
    if (broken) return inside.replaceChildren(app.troubleOf(broken));
    const of = (place, field) => answers.map(({ rates }) => rates.conditions[place][field] * 100);
    const shown = scene.conditions.slice(0, 7);
    const label = t("change.over", { key: varied(vary) });
    const lines = shown.map((condition, place) => ({ name: said(condition.name), colour: CATEGORIES[place], values: of(place, "helped"), lower: of(place, "lower"), upper: of(place, "upper") }));
    const chart = linesChart(label, values, () => [{ title: t("reveal.rates"), most: 100, lines }], { axis: varied(vary) });
    const rows = lines.map((line) => [line.name, ...line.values.map((value) => hundred(value / 100))]);
    inside.replaceChildren(h("p", { class: "told" }, ...lines.map((line) => h("span", {}, t("change.over_one", { name: t("quote", { x: line.name }), first: hundred(line.values[0] / 100), last: hundred(line.values[POINTS - 1] / 100), from: number(vary.from, 1), to: number(vary.to, 1) }), " "))),
      figure(label, chart.element, t("menu.table"), table(label, [named("situation", vary.key.split(".")[1] ?? vary.key), ...values.map((value) => number(value, 1))], rows)));
  };
  return h("details", { class: "behind big", ontoggle: open }, h("summary", {}, t("change.over", { key: varied(vary) })), inside);
}
