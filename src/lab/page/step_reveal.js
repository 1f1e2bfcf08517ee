// Reveal: dots of people walk to what they decide; rates beside the prediction and what people did; one sentence that answers, one that says why.
import { ratesChart } from "./chart_rates.js";
import { linesChart } from "./chart_lines.js";
import { figure, fresh, h, table } from "./dom.js";
import { Dots, calm } from "./dots.js";
import { CATEGORIES } from "./palette.js";
import { overPart, weeksPart } from "./over.js";
import { codePart, directionAsked, directionsOf } from "./step_predict.js";
import { answered, because, countedIn, effectsInWords, otherwise, sure, telling, way, wilson, withInterval } from "./told.js";
import { hundred, named, number, own, quoted, said, signed, t } from "./words.js";

export const DOTS = 200;

// The rows of the chart of rates; `before` are rates to compare with.
export function ratesRows(rates, prediction, before = null) {
  return rates.conditions.map((it, place) => ({
    name: said(it.name), value: it.helped, lower: it.lower, upper: it.upper,
    predicted: prediction?.committed && typeof prediction.values[place] === "number" ? prediction.values[place] / 100 : null,
    observed: countedIn(it) ? wilson(countedIn(it).helped, countedIn(it).of) : null,
    before: before ? before.conditions[place]?.helped : null,
  }));
}

function differenceInTable({ difference, difference_lower: lower, difference_upper: upper }) {
  const { value, low, high } = withInterval({ value: difference * 100, lower: lower * 100, upper: upper * 100 }, 1);
  return `${value} (${t("interval", { low, high })})`;
}

// The same numbers as a table; a column in which there is nothing is left out.
export function ratesTable(rates, prediction) {
  const share = (value) => (value === null || value === undefined ? "–" : number(value * 100, 1));
  const columns = [
    [t("reveal.condition"), (it) => said(it.name)],
    [named("outcome", "helped"), (it) => share(it.helped)],
    [t("reveal.interval_head"), (it) => (it.helped === null ? "–" : t("interval", { low: share(it.lower), high: share(it.upper) }))],
    [named("outcome", "left"), (it) => share(it.left)],
    [named("outcome", "undecided"), (it) => share(it.undecided)],
    [named("outcome", "punished"), (it) => (rates.conditions.some((one) => one.punished > 0) ? share(it.punished) : "–")],
    [t("reveal.overwhelmed"), (it) => share(it.overwhelmed)],
    [t("reveal.difference"), (it) => (it.difference === null ? "–" : differenceInTable(it))],
    [t("reveal.predicted"), (_, place) => (prediction?.committed && typeof prediction.values[place] === "number" ? number(prediction.values[place]) : "–")],
    [t("reveal.observed"), (it) => (countedIn(it) ? t("reveal.observed_of", { n: countedIn(it).helped, of: countedIn(it).of }) : "–")],
  ].map(([head, cell]) => [head, rates.conditions.map(cell)]).filter(([, cells]) => cells.some((cell) => cell !== "–"));
  return table(t("reveal.rates_text"), columns.map(([head]) => head), rates.conditions.map((_, place) => columns.map(([, cells]) => cells[place])));
}

// The field for the word that opens what happens.
function waitingPart(app, place) {
  const input = h("input", { id: fresh("word"), type: "text", autocomplete: "off" });
  const wrong = h("p", { class: "warn", role: "alert" });
  const open = () => {
    app.state.opened = input.value.trim().toLowerCase() === app.preset.word.trim().toLowerCase();
    if (app.state.opened) app.render();
    else wrong.textContent = t("reveal.not_the_word");
  };
  place.replaceChildren(h("p", { class: "note" }, t("reveal.waiting")), h("div", { class: "field" }, h("label", { for: input.id }, t("reveal.word")), input), h("div", { class: "actions" }, h("button", { class: "primary", onclick: open }, t("reveal.open"))), wrong, codePart(app));
}

export async function revealStep(app, place) {
  if (app.isWaiting()) return waitingPart(app, place);
  const { scene } = app.scenario();
  const { prediction } = app.state;
  const answer = await app.ask([{ what: "rates" }, { what: "people", count: DOTS }]);
  if (!answer.rates) return app.trouble(answer);
  const { rates, people } = answer;
  const effects = scene.community ? (await app.ask([{ what: "community_effects" }])).community_effects ?? null : null;
  const end = Math.max(...scene.conditions.map((it) => it.situation.window_s));
  const clock = h("span", { class: "clock" });
  const dots = new Dots({
    names: rates.conditions.map((it) => said(it.name)), outcomes: people.outcomes, times: people.times_s, end,
    picked: (agent, condition) => app.follow(agent, condition), rowHeight: scene.conditions.length > 6 ? 68 : 84,
  });
  const results = h("div", { class: "results" });
  const play = h("button", { class: "primary" });
  const start = () => {
    play.textContent = t("reveal.stop");
    dots.play((second) => { clock.textContent = t("reveal.clock", { n: number(second), end: number(end) }); }, settle);
  };
  const settle = () => {
    dots.finish();
    play.textContent = t("reveal.walk");
    clock.textContent = "";
    if (!results.hasChildNodes()) tell();
  };
  play.addEventListener("click", () => (dots.playing ? settle() : start()));
  const tell = () => {
    const lived = effects && { effects, scene };
    results.append(...resultsOf(app, rates, lived, prediction).filter(Boolean));
    app.announce(answered(rates, lived).join(" "));
    if (effects) results.querySelector(".why-place").replaceChildren(h("h2", {}, t("community.effects")), ...effectsInWords(effects, scene).map((sentence) => h("p", { class: "told" }, sentence)));
    if (scene.community) return;
    const pair = telling(scene, rates);
    if (pair) app.ask([{ what: "comparison", ...pair }]).then((told) => {
      if (!told.comparison) return;
      results.querySelector(".why-place").replaceChildren(h("h2", {}, t("reveal.why")), ...because(told.comparison, scene.conditions, rates).map((sentence) => h("p", { class: "told" }, sentence)));
    });
  };
  place.replaceChildren(
    own("p", { class: "question" }, scene.question || scene.title),
    h("div", { class: "actions" }, play, clock),
    h("p", { class: "small" }, t("reveal.dots", { n: number(people.outcomes[0].length) })),
    dots.element, results, scene.community ? "" : coursesPart(app));
  dots.lay();
  if (calm()) settle();
  else start();
}

function resultsOf(app, rates, lived, prediction) {
  const chart = ratesChart(t("reveal.rates_text"), () => ratesRows(rates, prediction));
  const others = otherwise(rates, lived);
  return [
    h("section", { class: "answer" }, h("h2", {}, t("reveal.answer")), answered(rates, lived).map((sentence) => h("p", { class: "told" }, sentence)), others.length > 0 && h("details", { class: "behind" }, h("summary", {}, t("reveal.else")), h("ul", {}, others.map((sentence) => h("li", {}, sentence))))),
    h("div", { class: "why-place" }),
    figure(t("reveal.rates"), chart.element, t("menu.table"), ratesTable(rates, prediction)),
    h("section", {}, gaps(app, rates, prediction).map((sentence) => h("p", {}, sentence)), codePart(app)),
    weeksPart(app),
    overPart(app),
    h("section", {}, h("h2", {}, t("reveal.sure")), h("ul", {}, sure(rates).map((sentence) => h("li", {}, sentence)))),
  ];
}

// How far the prediction is off.
export function gaps(app, rates, prediction) {
  const { scene, text } = app.scenario();
  const known = rates.conditions.map((it, place) => ({ name: it.name, actual: it.helped, predicted: prediction.values[place] })).filter((it) => typeof it.predicted === "number" && it.actual !== null);
  const sentences = known.map((it) => t(Math.abs(it.predicted - it.actual * 100) < 5 ? "reveal.gap_close" : "reveal.gap", { name: quoted(it.name), predicted: number(it.predicted), actual: hundred(it.actual) }));
  if (known.length > 1) sentences.push(t("reveal.mean_gap", { n: number(known.reduce((sum, it) => sum + Math.abs(it.predicted - it.actual * 100), 0) / known.length) }));
  for (const place of directionsOf(scene).filter((it) => it in prediction.directions)) {
    const { measure, treatment, control, week, from_week: from } = scene.contrasts[place];
    const found = rates.differences.find((it) => it.measure === measure && it.treatment === scene.conditions[treatment].name && it.control === scene.conditions[control].name && [null, it.week].includes(week ?? rates.week) && (it.from_week ?? null) === (from ?? null));
    if (!found || found.d === null) continue;
    const expected = prediction.directions[place];
    const is = expected === "unsure" ? "unsure" : way(found) === expected ? "right" : "wrong";
    sentences.push(t(`reveal.way.${is}`, { question: directionAsked({ scene, text }, place), expected: t(`predict.${expected}`), found: t(`predict.${way(found)}`) }));
  }
  return sentences.length > 0 ? sentences : prediction.committed ? [t("reveal.no_prediction")] : [];
}

function coursesPart(app) {
  const { scene } = app.scenario();
  const inside = h("div", {});
  let asked = false;
  const open = async (event) => {
    if (!event.target.open || asked) return;
    asked = true;
    inside.textContent = t("engine.busy");
    const { courses, ...rest } = await app.ask([{ what: "courses" }]);
    if (!courses) return inside.replaceChildren(app.troubleOf(rest));
    const keys = ["attention", "affective_sharing", "personal_distress", "compassion", "help_tendency", "leave_tendency"];
    const shown = scene.conditions.slice(0, 7);
    const panels = () => keys.map((key) => ({
      title: named("state", key), most: key.endsWith("tendency") || key === "attention" ? 1 : null,
      lines: shown.map((condition, place) => ({ name: said(condition.name), colour: CATEGORIES[place], values: courses.conditions[place][key].mean, lower: courses.conditions[place][key].lower, upper: courses.conditions[place][key].upper })),
    }));
    const chart = linesChart(t("reveal.courses_text"), courses.times_s, panels, { axis: t("reveal.time") });
    const rows = shown.flatMap((condition, place) => keys.map((key) => [`${said(condition.name)}: ${named("state", key)}`, ...[0, 0.25, 0.5, 0.75, 1].map((share) => number(courses.conditions[place][key].mean[Math.round(share * (courses.times_s.length - 1))], 2))]));
    const times = [0, 0.25, 0.5, 0.75, 1].map((share) => t("seconds", { n: number(courses.times_s[Math.round(share * (courses.times_s.length - 1))], 1) }));
    inside.replaceChildren(figure(t("reveal.courses_text"), chart.element, t("menu.table"), table(t("reveal.courses_text"), ["", ...times], rows)));
  };
  return h("details", { class: "behind big", ontoggle: open }, h("summary", {}, t("reveal.courses")), inside);
}
