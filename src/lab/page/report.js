// The report of somebody's work as a page of its own, without the engine: to print and to hand in.
import { ratesChart } from "./chart_rates.js";
import { h } from "./dom.js";
import { keyInWords } from "./step_change.js";
import { gaps, ratesRows, ratesTable } from "./step_reveal.js";
import { changesAsKeys } from "./state.js";
import { answered, apart, effectsInWords, inWords, sure } from "./told.js";
import { number, own, people, said, speech, t } from "./words.js";

const STYLE = "body{font:16px/1.5 system-ui,sans-serif;color:#222;max-width:56rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.2rem;margin-top:1.6rem;border-bottom:1px solid #ccc}table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;font-weight:600}th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}svg{max-width:100%;height:auto}pre{white-space:pre-wrap;background:#f4f4f2;padding:.6rem;font-size:.85rem}.own{white-space:pre-wrap}.small{font-size:.85rem;color:#555}@media print{body{margin:0}h2{break-after:avoid}svg,tr{break-inside:avoid}}";

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

// What was changed, with what it is now where that is one thing in all conditions.
function changeInWords(key, where, codebook) {
  const [table, name] = key.split(".");
  return table === "situation" && where.all !== undefined ? `${keyInWords(key)}: ${inWords(name, where.all, codebook)}` : keyInWords(key);
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
  const keys = changesAsKeys(state.changes, scene.conditions);
  const predicted = scene.conditions.map((it, place) => `${said(it.name)}: ${typeof state.prediction.values[place] === "number" ? t("of_100", { n: number(state.prediction.values[place]) }) : t("report.unsure")}`);
  const chart = still(t("reveal.rates_text"), ratesRows(rates, state.prediction));
  const parts = [
    own("h1", {}, scene.title),
    state.name && h("p", {}, `${t("report.by")} ${state.name}`),
    h("h2", {}, t("report.question")), own("p", {}, scene.question), scene.comments.map((it) => own("p", {}, it)),
    h("ul", {}, scene.conditions.map((it) => h("li", {}, own("strong", {}, it.name), `: ${apart(it, scene.conditions, app.data.codebook).join(" · ")}`))),
    h("h2", {}, t("report.prediction")), h("ul", {}, predicted.map((it) => h("li", {}, it))),
    state.prediction.why && [h("p", {}, h("strong", {}, t("report.why")), ": ", h("span", { class: "own" }, state.prediction.why))],
    h("h2", {}, t("report.result")), answered(rates).map((it) => h("p", {}, it)), chart, ratesTable(rates, state.prediction), gaps(app, rates, state.prediction).map((it) => h("p", {}, it)),
    h("h2", {}, t("report.changed")), keys.length === 0 ? h("p", {}, t("report.nothing")) : [h("ul", {}, Object.entries(state.changes).map(([key, where]) => h("li", {}, changeInWords(key, where, app.data.codebook)))), h("pre", {}, keys.join("\n"))],
    after && [h("h3", {}, t("report.now")), answered(after).map((it) => h("p", {}, it)), still(t("reveal.rates_text"), ratesRows(after, null, rates)), ratesTable(after, null)],
    effects && [h("h3", {}, t("community.effects")), effectsInWords(effects).map((it) => h("p", {}, it))],
    state.words && [h("h2", {}, t("report.words")), h("p", { class: "own" }, state.words)],
    h("h2", {}, t("report.how")), h("p", {}, t("report.how_text")), h("ul", {}, sure(rates).map((it) => h("li", {}, it))),
    h("h2", {}, t("report.settings")), h("p", { class: "small" }, `${state.scenario}.toml · ${t("report.seed")} ${rates.seed} · ${people(rates.agents)} · ${t("report.version")} ${app.data.version} · ${rates.parameters.file} ${rates.parameters.sha256.slice(0, 12)}`),
  ];
  page.body.append(...parts.flat(Infinity).filter(Boolean).map((it) => page.importNode(it, true)));
  // The style comes last: the policy of this page would hold for it as well.
  return `<!doctype html>\n${page.documentElement.outerHTML.replace("</head>", `<style>${STYLE}</style></head>`)}`;
}
