// The community, week by week: who knows whom, who is trained, who is exhausted, who helped whom; and what training does to those who have it and to the others.
import { communityChart } from "./chart_community.js";
import { linesChart } from "./chart_lines.js";
import { choice } from "./controls.js";
import { figure, fresh, h, table } from "./dom.js";
import { calm } from "./dots.js";
import { CATEGORIES } from "./palette.js";
import { changesAsKeys, sceneWith } from "./state.js";
import { effectsInWords, telling } from "./told.js";
import { capital, listed, named, number, people, said, signed, t } from "./words.js";

// One community, seen every week; to be computed, while what came with the page was seen as often as the file says.
const WEEKLY = ["run.replicates=1", "community.measure_every_weeks=1"];
const WEEK_MS = 900;

export async function communityStep(app, place) {
  const { scene } = app.scenario();
  const { state } = app;
  state.community ??= { condition: telling(scene, null)?.treatment ?? 0, person: null };
  const shown = h("div", {});
  const below = h("div", {});
  const show = async () => {
    shown.replaceChildren(h("p", { class: "small", role: "status" }, t("engine.busy")));
    const ask = [{ what: "community", condition: state.community.condition }];
    const keys = changesAsKeys(state.changes, scene.conditions);
    const weekly = await app.ask(ask, [...keys, ...WEEKLY]);
    // Where nothing can be computed, what was computed beforehand is shown.
    const answer = weekly.refused && keys.length === 0 ? await app.ask(ask) : weekly;
    if (answer.error || answer.refused) return shown.replaceChildren(app.troubleOf(answer));
    shown.replaceChildren(...(answer.community ? pictured(app, answer.community) : [h("p", { class: "note" }, t("community.too_many"))]));
  };
  place.replaceChildren(h("p", {}, t("community.intro")),
    scene.conditions.length > 1 ? h("div", { class: "chooser" }, choice({ label: t("community.condition"), options: scene.conditions.map((it, at) => [String(at), said(it.name)]), value: String(state.community.condition), input: (it) => { state.community.condition = Number(it); show(); } })) : "",
    shown, below);
  await show();
  below.replaceChildren(h("p", { class: "small", role: "status" }, t("engine.busy")));
  const told = await app.ask([{ what: "community_effects" }], changesAsKeys(state.changes, scene.conditions));
  below.replaceChildren(...(told.community_effects ? effectsPart(told.community_effects, sceneWith(state.changes, scene)) : [app.troubleOf(told)]));
}

// The picture with its week, what it shows in words, and one person in it.
function pictured(app, community) {
  const { weeks, burnout, helped, ties, places } = community;
  const trained = new Set(community.trained);
  const range = [0, Math.max(1, ...burnout.flat())];
  const chosen = app.state.community;
  if (chosen.person !== null && chosen.person >= places.length) chosen.person = null;
  let at = weeks.length - 1;
  const week = () => t("community.week_n", { n: number(weeks[at]) });
  const picture = communityChart(t("community.text"), () => ({ places, ties, trained, values: burnout[at], range, helped: helped[at], picked: chosen.person }), (person) => pick(person));
  const now = h("p", { class: "told", "aria-live": "polite" });
  const one = h("div", { class: "person-told", "aria-live": "polite" });
  const output = h("output", {});
  const slider = h("input", { type: "range", id: fresh("week"), min: "0", max: String(weeks.length - 1), step: "1", value: String(at), oninput: () => { stop(); to(Number(slider.value)); } });
  output.setAttribute("for", slider.id);
  const input = h("input", { type: "number", id: fresh("person"), min: "0", max: String(places.length - 1), value: chosen.person === null ? "" : String(chosen.person), onchange: () => pick(input.value === "" ? null : Math.min(Math.max(Math.round(Number(input.value)) || 0, 0), places.length - 1)) });
  const mean = (of) => {
    const values = burnout[at].filter((_, person) => of(person));
    return number(values.reduce((sum, it) => sum + it, 0) / Math.max(values.length, 1), 2);
  };
  const partly = trained.size > 0 && trained.size < places.length;
  const tell = () => {
    output.textContent = week();
    slider.setAttribute("aria-valuetext", week());
    const burnt = partly ? t("community.burnout_partly", { trained: mean((person) => trained.has(person)), others: mean((person) => !trained.has(person)) }) : t("community.burnout", { n: mean(() => true) });
    const count = helped[at].length;
    now.textContent = [capital(week()), at === 0 ? "" : t("community.acts", { n: number(count), count }), burnt].filter(Boolean).join(" · ");
    one.replaceChildren(...(chosen.person === null ? [h("p", { class: "small" }, t("community.nobody_picked"))] : personTold(chosen.person)));
  };
  const personTold = (person) => {
    const list = (from, to) => {
      const found = helped[at].filter((pair) => pair[from] === person).map((pair) => number(pair[to]));
      return found.length > 0 ? listed(found) : t("community.nobody");
    };
    return [
      h("p", {}, h("strong", {}, t(trained.has(person) ? "community.who_trained" : "community.who_other", { n: number(person) })), " ", t("community.knows", { n: number(ties.filter((pair) => pair.includes(person)).length), count: ties.filter((pair) => pair.includes(person)).length })),
      h("p", {}, t("community.burnout_of", { first: number(burnout[0][person], 1), now: number(burnout[at][person], 1) })),
      at > 0 ? h("p", {}, t("community.gave", { list: list(0, 1) }), " ", t("community.got", { list: list(1, 0) })) : "",
    ];
  };
  const to = (place) => {
    at = place;
    slider.value = String(at);
    picture.redraw();
    tell();
  };
  const pick = (person) => {
    chosen.person = person;
    input.value = person === null ? "" : String(person);
    picture.redraw();
    tell();
  };
  let timer = 0;
  const play = h("button", { class: "primary", onclick: () => (timer ? stop() : begin()) }, t("community.play"));
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = t("community.play");
  };
  const begin = () => {
    to(0);
    play.textContent = t("reveal.stop");
    timer = setInterval(() => {
      if (!picture.element.isConnected || at >= weeks.length - 1) return stop();
      to(at + 1);
    }, calm() ? 2 * WEEK_MS : WEEK_MS);
  };
  const groups = partly ? [[t("community.trained"), (person) => trained.has(person)], [t("community.others"), (person) => !trained.has(person)]] : [[t("community.everybody"), () => true]];
  const rows = weeks.map((when, moment) => [t("community.week_n", { n: number(when) }), ...groups.flatMap(([, of]) => {
    const values = burnout[moment].filter((_, person) => of(person));
    return [number(helped[moment].filter(([helper]) => of(helper)).length), number(values.reduce((sum, it) => sum + it, 0) / Math.max(values.length, 1), 2)];
  })]);
  const head = [t("community.week"), ...groups.flatMap(([name]) => [`${name}: ${t("community.acts_head")}`, `${name}: ${named("measure", "burnout")}`])];
  tell();
  return [
    h("div", { class: "actions weeks" }, play, h("label", { for: slider.id }, t("community.week")), slider, output),
    h("div", { class: "bench community" },
      h("div", { class: "bench-shown" }, figure(t("community.figure", { people: people(places.length) }), picture.element, t("menu.table"), table(t("community.text"), head, rows))),
      h("div", {}, now, h("div", { class: "control" }, h("div", { class: "control-head" }, h("label", { for: input.id }, t("person.number"))), input), one)),
  ];
}

// What happens over the weeks in all conditions, and what training does.
function effectsPart(effects, scene) {
  const { weeks, conditions, measures, shares } = effects;
  const isShare = (key) => shares.includes(key);
  const shown = conditions.slice(0, 7);
  const value = (key, it) => (isShare(key) ? it * 100 : it);
  const panels = () => measures.filter((key) => key !== "helped").map((key) => {
    // A week in which nobody was in need has no share.
    const lines = shown.map((condition, place) => ({ name: said(condition.name), colour: CATEGORIES[place], dash: place === 0 ? "6 4" : null, values: condition.course[key].all.map((it) => (it === null ? null : value(key, it))) }));
    return { title: isShare(key) ? t("community.of_100", { measure: named("community_measure", key) }) : capital(named("measure", key)), most: null, lines };
  });
  const chart = linesChart(t("community.weeks_text"), weeks, panels, { axis: t("community.weeks") });
  const cell = (key, it) => (it ? `${signed(value(key, it.value), isShare(key) ? 1 : 2)}${effects.communities > 1 ? ` (${t("interval", { low: signed(value(key, it.lower), isShare(key) ? 1 : 2), high: signed(value(key, it.upper), isShare(key) ? 1 : 2) })})` : ""}` : "–");
  const word = (key) => (isShare(key) ? t("community.of_100", { measure: named("community_measure", key) }) : capital(named("measure", key)));
  const rows = conditions.slice(1).flatMap((condition) => measures.map((key) => [`${said(condition.name)}: ${word(key)}`, ...["overall", "total", "spill_over"].map((kind) => cell(key, condition.effects[key]?.[kind]))]));
  const lines = conditions.flatMap((condition) => measures.map((key) => [`${said(condition.name)}: ${word(key)}`, ...condition.course[key].all.map((it) => (it === null ? "–" : number(value(key, it), isShare(key) ? 0 : 2)))]));
  return [
    h("section", {}, h("h2", {}, t("community.effects")), effectsInWords(effects, scene).map((sentence) => h("p", { class: "told" }, sentence)),
      h("p", { class: "small" }, effects.communities > 1 ? t("community.counted", { n: number(effects.communities), people: people(effects.people) }) : t("community.one"))),
    conditions.length > 1 ? h("details", { class: "behind" }, h("summary", {}, t("menu.table")), table(t("community.effects_text", { first: said(conditions[0].name) }), ["", t("community.everybody"), t("community.trained"), t("community.others")], rows)) : "",
    figure(t("community.weeks_text"), chart.element, t("menu.table"), table(t("community.weeks_text"), ["", ...weeks.map((week) => t("community.week_n", { n: number(week) }))], lines)),
  ];
}
