// The sweet spot: the map with the current scene's people on it.
import { mapChart } from "./chart_map.js";
import { choice } from "./controls.js";
import { figure, h, table } from "./dom.js";
import { changesAsKeys } from "./state.js";
import { hundred, number, said, signed, t } from "./words.js";

export async function mapStep(app, place) {
  const { scene } = app.scenario();
  const shown = h("div", { "aria-live": "polite" });
  const show = async () => {
    shown.replaceChildren(h("p", { class: "small" }, t("engine.busy")));
    const answer = await app.ask([{ what: "map", condition: app.state.map }], changesAsKeys(app.state.changes, scene.conditions));
    if (!answer.map) return shown.replaceChildren(app.troubleOf(answer));
    shown.replaceChildren(...told(answer.map));
  };
  place.replaceChildren(h("p", {}, t("map.intro")),
    scene.conditions.length > 1 ? h("div", { class: "chooser" }, choice({ label: t("map.scene"), options: scene.conditions.map((it, at) => [String(at), said(it.name)]), value: String(app.state.map), input: (it) => { app.state.map = Number(it); show(); } })) : "",
    shown);
  await show();
}

function told(map) {
  const { sharing, regulation, helped, best } = map;
  const at = (x, y) => helped[regulation.indexOf(y) * sharing.length + sharing.indexOf(x)];
  const average = best.find(([, y]) => y === 0);
  const peak = average ? t("map.peak", { n: signed(average[0], 1) }) : best.length > 1 ? t("map.peak_some", { low: signed(best[0][1], 1), high: signed(best[best.length - 1][1], 1) }) : t("map.no_peak");
  const [low, high] = [Math.min(...helped), Math.max(...helped)];
  const label = t("map.text", { low: hundred(low), high: hundred(high) });
  const columns = [-3, -2, -1, 0, 1, 2, 3];
  const rows = [2, 1, 0, -1, -2].map((y) => [`${t("map.regulation")} ${number(y)}`, ...columns.map((x) => hundred(at(x, y)))]);
  return [
    h("p", { class: "told" }, peak),
    h("p", { class: "small" }, t(best.length > 1 ? "map.note" : "map.note_flat")),
    figure(label, mapChart(label, map).element, t("menu.table"), [table(label, ["", ...columns.map((x) => `${t("map.sharing")} ${number(x)}`)], rows), table(t("map.marks"), [t("reveal.condition"), t("map.sharing"), t("map.regulation")], map.marks.map((it) => [said(it.name), signed(it.sharing, 2), signed(it.regulation, 2)]))]),
  ];
}
