// The report of somebody's work as a page of its own, without the engine: to print and to hand in.
import { changesInWords } from "./changes.js";
import { ratesChart } from "./chart_rates.js";
import { h } from "./dom.js";
import { sceneWith } from "./state.js";
import { gaps, ratesRows, ratesTable } from "./step_reveal.js";
import { directionAsked, directionsOf } from "./step_predict.js";
import { answered, apart, claimed, effectsInWords, otherwise, sure } from "./told.js";
import { number, own, people, quoted, said, speech, t } from "./words.js";

const STYLE = "body{font:16px/1.5 system-ui,sans-serif;color:#222;max-width:56rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.2rem;margin-top:1.6rem;border-bottom:1px solid #ccc}table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;font-weight:600}th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}svg{max-width:100%;height:auto}.own{white-space:pre-wrap}.small{font-size:.85rem;color:#555}.scroll{overflow-x:auto}th,td{hyphens:auto}@media print{body{margin:0;max-width:none}table{font-size:.75rem}th,td{padding:.2rem .3rem}h2{break-after:avoid}svg,tr{break-inside:avoid}}";

// A chart at a width of its own, outside the page.
function still(label, rows) {
  const stage = h("div", { class: "stage" });
  document.body.append(stage);
  const chart = ratesChart(label, () => rows);
  stage.append(chart.element);
  chart.redraw();
  const copy = chart.svg.cloneNode(true);
  stage.remove();
  return copy;
}

// What was expected: a number for each condition, and which way other measures go.
function expected({ scene, text }, { values, directions }) {
  const numbers = scene.conditions.map((it, place) => `${said(it.name)}: ${typeof values[place] === "number" ? t("of_100", { n: number(values[place]) }) : t("report.unsure")}`);
  const ways = directionsOf(scene).filter((place) => place in directions).map((place) => {
    const way = directions[place] === "unsure" ? t("report.unsure") : t(`predict.${directions[place]}`);
    return `${directionAsked({ scene, text }, place)}: ${way}`;
  });
  return [...numbers, ...ways];
}

// What happened, and what else the scene asks.
function told(rates, lived) {
  return [...answered(rates, lived), ...otherwise(rates, lived)].map((it) => h("p", {}, it));
}

// `effects` are those of the communities of a scene that has some, with the changes.
export function reportPage(app, { before: rates, after, effects }) {
  const { state } = app;
  const { scene } = app.scenario();
  const page = document.implementation.createHTMLDocument(`${said(scene.title)} · ${t("report.title")}`);
  page.documentElement.lang = speech.language;
  const meta = page.createElement("meta");
  meta.setAttribute("charset", "utf-8");
  page.head.prepend(meta);
  const changes = changesInWords(state.changes, scene.conditions, app.data.codebook);
  const date = new Intl.DateTimeFormat(speech.language, { dateStyle: "long" }).format(new Date());
  const chart = still(t("reveal.rates_text"), ratesRows(rates, state.prediction));
  const parts = [
    own("h1", {}, scene.title),
    h("p", {}, [state.name && `${t("report.by")} ${state.name}`, date].filter(Boolean).join(" · ")), h("p", { class: "small" }, t("report.hand_in")),
    h("h2", {}, t("report.question")), own("p", {}, scene.question), scene.comments.map((it) => own("p", {}, it)),
    h("ul", {}, scene.conditions.map((it) => h("li", {}, own("strong", {}, it.name), `: ${apart(it, scene.conditions, app.data.codebook).join(" · ")}`))),
    h("h2", {}, t("report.prediction")), h("ul", {}, expected(app.scenario(), state.prediction).map((it) => h("li", {}, it))), state.prediction.again && h("p", {}, t("report.again")),
    state.prediction.why && [h("p", {}, h("strong", {}, t("report.why")), ": ", h("span", { class: "own" }, state.prediction.why))],
    h("h2", {}, t("report.result")), told(rates, effects && !after ? { effects, scene } : null), chart, ratesTable(rates, state.prediction), gaps(app, rates, state.prediction).map((it) => h("p", {}, it)), h("ul", {}, sure(rates).map((it) => h("li", {}, it))),
    h("h2", {}, t("report.changed")), changes.length === 0 ? h("p", {}, t("report.nothing")) : h("ul", {}, changes.map((it) => h("li", {}, it))),
    after && [h("h3", {}, t("report.now")), told(after, effects ? { effects, scene: sceneWith(state.changes, scene) } : null), claimed(after).map((it) => h("p", {}, it)), still(t("reveal.rates_text"), ratesRows(after, null, rates)), ratesTable(after, null)],
    effects && [h("h3", {}, t("community.effects")), effectsInWords(effects, sceneWith(state.changes, scene)).map((it) => h("p", {}, it))],
    state.words && [h("h2", {}, t("report.words")), h("p", { class: "own" }, state.words)],
    h("h2", {}, t("report.how")), h("p", {}, t("report.how_text")),
    h("h2", {}, t("report.settings")), h("p", { class: "small" }, `${state.scenario}.toml · ${t("report.seed")} ${rates.seed} · ${people(rates.agents)} · ${t("report.version")} ${app.data.version} · ${rates.parameters.file} ${rates.parameters.sha256.slice(0, 12)}`),
  ];
  page.body.append(...parts.flat(Infinity).filter(Boolean).map((it) => page.importNode(it, true)));
  // The style comes last: the policy of this page would hold for it as well.
  return `<!doctype html>\n${page.documentElement.outerHTML.replace("</head>", `<style>${STYLE}</style></head>`)}`;
}
