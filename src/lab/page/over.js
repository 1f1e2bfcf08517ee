// The answer over a key that a file varies: the same people at every point.
import { linesChart } from "./chart_lines.js";
import { keyInWords } from "./changes.js";
import { figure, h, table } from "./dom.js";
import { CATEGORIES } from "./palette.js";
import { changesAsKeys, tomlText } from "./state.js";
import { isShareOf, weeksOf } from "./told.js";
import { capital, hundred, named, number, said, signed, t } from "./words.js";

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

// Week by week, what sets each condition apart from the first, computed once it is opened: helping and what else the file asks about. What a file
// does not ask about is asked with it; all else stands in the tables of the terminal.
export function weeksPart(app) {
  const { scene, text } = app.scenario();
  const { seen } = weeksOf(text);
  const others = scene.conditions.slice(1, 7);
  if (seen.length < 2 || others.length === 0 || scene.community) return "";
  const measures = [...new Set(["helped", ...scene.contrasts.map(({ measure }) => measure)])].slice(0, 4);
  const first = scene.conditions[0].name;
  const inside = h("div", {});
  const open = async (event) => {
    if (!event.target.open) return;
    inside.textContent = t("engine.busy");
    const contrasts = measures.flatMap((measure) => others.flatMap(({ name }) => seen.map((week) => `\n[[contrast]]\ntreatment = ${tomlText(name)}\ncontrol = ${tomlText(first)}\nmeasure = "${measure}"\nweek = ${week}\n`)));
    const answer = await app.engine.ask({ scenario: text + contrasts.join(""), ask: [{ what: "rates" }] });
    if (!answer.rates) return inside.replaceChildren(app.troubleOf(answer));
    const of = (measure, name, week) => answer.rates.differences.find((it) => it.measure === measure && it.treatment === name && it.control === first && it.week === week && it.from_week === null);
    const value = (measure, it) => (it ? (isShareOf(measure) ? it.difference * 100 : it.d) : null);
    const title = (measure) => t("reveal.weeks_of", { measure: capital(named("measure", measure)), unit: isShareOf(measure) ? t("of_100", { n: "" }).trim() : t("change.sd", { value: "" }).trim() });
    const label = t("reveal.weeks_text", { first: said(first) });
    const known = measures.filter((measure) => seen.some((week) => others.some(({ name }) => value(measure, of(measure, name, week)) !== null)));
    const panels = () => known.map((measure) => ({ title: title(measure), most: null, lines: others.map(({ name }, place) => ({ name: said(name), colour: CATEGORIES[place], values: seen.map((week) => value(measure, of(measure, name, week))) })) }));
    const rows = known.flatMap((measure) => others.map(({ name }) => [`${said(name)}: ${title(measure)}`, ...seen.map((week) => { const is = value(measure, of(measure, name, week)); return is === null ? "–" : signed(is, isShareOf(measure) ? 1 : 2); })]));
    inside.replaceChildren(figure(label, linesChart(label, seen, panels, { axis: t("community.weeks") }).element, t("menu.table"), table(label, ["", ...seen.map((week) => t("community.week_n", { n: number(week, Number.isInteger(week) ? 0 : 2) }))], rows)), h("p", { class: "small" }, t("reveal.weeks_more")));
  };
  return h("details", { class: "behind big", ontoggle: open }, h("summary", {}, t("community.weeks_text")), inside);
}
