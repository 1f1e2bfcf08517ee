// One person, second by second, beside the same person in another condition, with the moment where the two part.
import { linesChart } from "./chart_lines.js";
import { choice } from "./controls.js";
import { figure, fresh, h, table } from "./dom.js";
import { calm } from "./dots.js";
import { BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILLION } from "./palette.js";
import { DOTS } from "./step_reveal.js";
import { changesAsKeys } from "./state.js";
import { telling } from "./told.js";
import { capital, listed, named, number, own, quoted, said, signed, t } from "./words.js";

const PANELS = [
  ["person.other", null, [["attention", BLUE], ["affective_sharing", VERMILLION], ["perspective_taking", GREEN]]],
  ["person.feelings", null, [["personal_distress", VERMILLION], ["compassion", BLUE], ["reappraisal", GREEN], ["indignation", PURPLE]]],
  ["person.tendencies", 1, [["help_tendency", BLUE], ["leave_tendency", VERMILLION], ["punish_tendency", PURPLE]]],
];

export async function personStep(app, place) {
  const { scene } = app.scenario();
  const { person } = app.state;
  const several = scene.conditions.length > 1;
  if (person.there === null && several) {
    const pair = telling(scene, null);
    person.here = pair.control;
    person.there = pair.treatment;
  }
  const refused = app.engine.state === "refused";
  const shown = h("div", { "aria-live": "polite" });
  const id = fresh("agent");
  const input = h("input", { id, type: "number", min: "0", max: String(scene.agents - 1), value: String(person.agent), disabled: refused });
  const names = scene.conditions.map((it, at) => [String(at), said(it.name)]);
  const show = async () => {
    shown.replaceChildren(h("p", { class: "small" }, t("engine.busy")));
    const set = changesAsKeys(app.state.changes, scene.conditions);
    const answer = await app.ask([{ what: "person", agent: person.agent, condition: person.here, against: several && person.there !== person.here ? person.there : null }], set);
    if (!answer.person) return shown.replaceChildren(app.troubleOf(answer));
    shown.replaceChildren(...told(app, answer.person));
  };
  const pick = (agent) => {
    person.agent = agent;
    input.value = String(agent);
    show();
  };
  input.addEventListener("change", () => pick(Math.min(Math.max(Math.round(Number(input.value)) || 0, 0), scene.agents - 1)));
  const another = () => pick((person.agent * 7 + 13) % Math.min(scene.agents, 1000));
  const switcher = async () => {
    const { people } = await app.ask([{ what: "rates" }, { what: "people", count: DOTS }], changesAsKeys(app.state.changes, scene.conditions));
    if (!people) return;
    const [here, there] = [person.here, person.there].map((at) => people.outcomes[at]);
    for (let step = 1; step <= here.length; step += 1) {
      const agent = (person.agent + step) % here.length;
      if (here[agent] !== there[agent]) return pick(agent);
    }
  };
  place.replaceChildren(
    h("p", {}, t("person.intro")), refused ? h("p", { class: "note" }, t("engine.not_here")) : "",
    h("div", { class: "chooser" },
      h("div", { class: "control" }, h("div", { class: "control-head" }, h("label", { for: id }, t("person.number"))), input),
      several && choice({ label: capital(t("person.here")), options: names, value: String(person.here), input: (it) => { person.here = Number(it); show(); }, locked: refused }),
      several && choice({ label: capital(t("person.there")), options: names, value: String(person.there), input: (it) => { person.there = Number(it); show(); }, locked: refused })),
    h("div", { class: "actions" }, h("button", { disabled: refused, onclick: another }, t("person.another")), several && h("button", { disabled: refused, onclick: switcher }, t("person.switcher"))),
    shown);
  await show();
}

function told(app, found) {
  const { scene } = app.scenario();
  const { here, there, parting } = found;
  const name = (it) => said(scene.conditions[it.condition].name);
  const ended = (it) => capital(t(`person.ended.${it.outcome}`, { name: quoted(name(it)), time: t("seconds", { n: number(it.latency_s, 1) }) }));
  const last = Math.min(here.times_s[here.times_s.length - 1], Math.max(here.latency_s, there?.latency_s ?? 0) * 1.2 + 1);
  const until = Math.max(2, here.times_s.filter((time) => time <= last).length);
  const times = here.times_s.slice(0, until);
  // The other scene may have other steps.
  const match = (states) => times.map((time) => states[Math.max(0, there.times_s.filter((it) => it <= time + 1e-9).length - 1)]);
  let now = null;
  const panels = () => PANELS.map(([title, most, lines]) => ({
    title: t(title), most,
    lines: lines.filter(([key]) => here.states[key].some((it) => it > 0) || there?.states[key].some((it) => it > 0)).map(([key, colour]) => ({ name: named("state", key), colour, values: here.states[key].slice(0, until), other: there ? match(there.states[key]) : null })),
  }));
  const mark = parting ? { time: parting.time_s, words: t("person.moment") } : null;
  const label = t("person.text", { state: t("person.feelings"), here: name(here), there: there ? name(there) : "" });
  const chart = linesChart(label, times, panels, { mark, cursor: () => now, axis: t("reveal.time") });
  const clock = h("span", { class: "clock" });
  const play = h("button", { class: "primary" }, t("person.play"));
  play.addEventListener("click", () => {
    const length = calm() ? 0 : 7000;
    const start = performance.now();
    const frame = (time) => {
      const share = length === 0 ? 1 : Math.min((time - start) / length, 1);
      now = share < 1 ? share * times[times.length - 1] : null;
      clock.textContent = share < 1 ? t("person.time", { n: number(now, 1) }) : "";
      chart.redraw();
      if (share < 1 && chart.element.isConnected) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  // The moment where the two part, with what they feel then; with the keys as well as with the finger.
  const toParting = parting && h("button", { onclick: () => {
    now = parting.time_s;
    clock.textContent = t("person.time", { n: number(now, 1) });
    chart.redraw();
    chart.element.scrollIntoView({ block: "nearest" });
  } }, t("person.to_parting"));
  const story = (it, dash) => h("section", {}, h("h2", {}, h("span", { class: dash ? "key-dashed" : "key-full", "aria-hidden": "true" }), " ", own("span", {}, scene.conditions[it.condition].name)),
    h("ol", { class: "story" }, it.turns.map((turn) => h("li", {}, h("span", { class: "when" }, t("seconds", { n: number(turn.time_s, 1) })), " ", turnInWords(turn)))));
  const keys = PANELS.flatMap(([, , lines]) => lines.map(([key]) => key));
  const points = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * (until - 1)));
  const rows = [here, there].filter(Boolean).flatMap((it) => keys.map((key) => [`${name(it)}: ${named("state", key)}`, ...points.map((point) => number(it === here ? it.states[key][point] : match(it.states[key])[point], 2))]));
  return [
    h("p", {}, h("strong", {}, `${t("person.who")}: `), who(here.traits)),
    h("p", { class: "told" }, [here, there].filter(Boolean).map(ended).join(" "), " ", there ? partingInWords(parting, { here: quoted(scene.conditions[here.condition].name), there: quoted(scene.conditions[there.condition].name) }) : ""),
    h("div", { class: "actions" }, play, toParting, clock),
    h("div", { class: "bench person" }, h("div", { class: "bench-shown" }, figure(label, chart.element, t("menu.table"), table(label, ["", ...points.map((point) => t("seconds", { n: number(times[point], 1) }))], rows))),
      h("div", {}, story(here, false), there && story(there, true))),
  ];
}

function who(traits) {
  const unusual = Object.entries(traits).filter(([, z]) => Math.abs(z) >= 1).sort((one, other) => Math.abs(other[1]) - Math.abs(one[1])).slice(0, 3);
  if (unusual.length === 0) return t("person.usual");
  return `${capital(listed(unusual.map(([key, z]) => `${t(z > 0 ? "person.high" : "person.low", { x: named("trait", key) })} (${t("change.sd", { value: signed(z, 1) })})`)))}.`;
}

function partingInWords(parting, places) {
  if (!parting) return t("person.no_parting");
  const moment = t("person.parting", { time: t("seconds", { n: number(parting.time_s, 1) }) });
  if (!parting.state) return moment;
  const { name, here, there } = parting.state;
  return `${moment} ${t("person.parting_state", { state: named("state", name), one: number(here, 2), other: number(there, 2), ...places })}`;
}

function turnInWords(turn) {
  const path = `turn.${turn.what}`;
  const feeling = turn.feeling ? named("state", turn.feeling) : "";
  const keyOf = { noticed: turn.when, understood: turn.much, stands: turn.much, leads: turn.tendency, close: turn.tendency, drew_back: turn.tendency, ended: turn.outcome }[turn.what];
  return capital(t(keyOf ? `${path}.${keyOf}` : path, { feeling }));
}
