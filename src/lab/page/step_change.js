// Change one thing: same people, same luck, so every change on the screen is an effect. A coarse answer while dragging, then the full one.
import { changesInWords, keyInWords } from "./changes.js";
import { ratesChart } from "./chart_rates.js";
import { choice, situationControl, slider } from "./controls.js";
import { figure, fresh, h } from "./dom.js";
import { Dots } from "./dots.js";
import { Newest } from "./engine.js";
import { DOTS, ratesRows, ratesTable } from "./step_reveal.js";
import { overPart, variedInWords } from "./over.js";
import { ownKeys } from "./step_scene.js";
import { changed, changesAsKeys, unchanged, valueIn } from "./state.js";
import { inWeek, weekOf } from "./told.js";
import { hundred, named, number, people, quoted, said, signed, t } from "./words.js";

// People per condition while a slider moves, as long as the engine is quick enough for it; milliseconds that it may take.
const COARSE = 2000;
const LEAST = 100;
const QUICK_MS = 70;
const REST_MS = 220;
const MORE_TRAITS = ["affective_sharing", "perspective_taking", "self_other_distinction", "regulation", "compassion_motive", "low_mood", "readiness_to_act", "motor_resonance", "malleability_belief", "need_threshold"];
// What can be moved where a scene is as usual in everything.
const USUAL_KEYS = ["need", "closeness", "escape", "cost"];

export async function changeStep(app, place) {
  const { scene } = app.scenario();
  const { state } = app;
  const base = await app.ask([{ what: "rates" }, { what: "people", count: DOTS }]);
  if (!base.rates) return app.trouble(base);
  const week = weekOf(app.scenario());
  let now = base;
  let where = "all";
  const refused = app.engine.state === "refused";
  const locked = app.preset?.lock === true || refused;
  const [coarse, full] = [0, 1].map(() => new Newest((request) => app.engine.ask(request)));
  let version = 0;
  const note = h("p", { class: "small status", role: "status" });
  const wrong = h("p", { class: "warn", role: "alert" });
  const effects = h("div", { class: "effects", "aria-live": "polite" });
  const chart = ratesChart(t("reveal.rates_text"), () => ratesRows(now.rates, null, Object.keys(state.changes).length > 0 ? base.rates : null));
  const tableHolder = h("div", {});
  const end = Math.max(...scene.conditions.map((it) => it.situation.window_s));
  const dots = new Dots({
    names: scene.conditions.map((it) => said(it.name)), outcomes: base.people.outcomes, times: base.people.times_s, end, rowHeight: scene.conditions.length > 6 ? 62 : 74,
    picked: (agent, condition) => app.follow(agent, condition),
    ringed: (person, row) => now !== base && (now.people.outcomes[row][person] === "h") !== (base.people.outcomes[row][person] === "h"),
  });
  dots.finish();
  // A look is at so many people, or at so many communities of the same people.
  const whole = scene.community ? scene.replicates : scene.agents;
  const counted = (many) => (scene.community ? t("community.size", { n: number(many), people: people(scene.agents), count: many }) : people(many));
  let quick = scene.community ? 1 : COARSE;
  let timer = 0;
  const request = (many) => {
    const set = changesAsKeys(state.changes, scene.conditions);
    if (many < whole) set.push(`run.${scene.community ? "replicates" : "agents"}=${many}`);
    return { scenario: app.scenario().text, set, ask: [{ what: "rates" }, { what: "people", count: DOTS }] };
  };
  const take = (answer, many) => {
    if (answer === null) return;
    wrong.textContent = answer.error ? `${t("engine.wrong")}\n${answer.error}` : "";
    if (answer.refused) wrong.textContent = t("engine.missing");
    if (!answer.rates) return;
    // As many as take that long, as long as the machine is as busy as now.
    if (many < whole && !scene.community) quick = Math.min(COARSE, Math.max(LEAST, Math.round((many * QUICK_MS) / answer.ms / LEAST) * LEAST));
    now = answer;
    show(many);
  };
  const show = (many) => {
    chart.redraw();
    const everybody = many >= whole;
    note.textContent = inWeek(t(everybody ? "change.full" : "change.coarse", { people: counted(many) }), week);
    dots.show({ outcomes: now.people.outcomes, times: now.people.times_s });
    if (everybody) tell();
    document.documentElement.dataset.shown = String(performance.now());
  };
  const tell = () => {
    tableHolder.replaceChildren(ratesTable(now.rates, null));
    if (Object.keys(state.changes).length === 0) return effects.replaceChildren(h("p", {}, t("change.nothing")));
    const rows = now.rates.conditions.map((it, row) => {
      const before = base.rates.conditions[row].helped;
      if (it.helped === null || before === null) return null;
      // Of the whole points that are shown, so that a reader can add them up.
      const difference = Math.round(it.helped * 100) - Math.round(before * 100);
      const same = it.helped === before ? "change.same" : "change.hardly";
      return difference === 0 ? t(same, { name: quoted(it.name), now: hundred(it.helped) }) : t("change.effect", { name: quoted(it.name), before: hundred(before), now: hundred(it.helped), difference: signed(difference) });
    });
    let [gained, lost] = [0, 0];
    now.people.outcomes.forEach((letters, row) => [...letters].forEach((letter, person) => {
      const before = base.people.outcomes[row][person] === "h";
      if (letter === "h" && !before) gained += 1;
      if (letter !== "h" && before) lost += 1;
    }));
    effects.replaceChildren(...rows.filter(Boolean).map((sentence) => h("p", { class: "told" }, sentence)), h("p", { class: "small" }, t("change.switched", { n: number(base.people.outcomes[0].length), conditions: number(base.people.outcomes.length), count: base.people.outcomes.length, gained: number(gained), lost: number(lost) })));
  };
  const run = () => {
    clearTimeout(timer);
    list();
    version += 1;
    const mine = version;
    const many = Math.min(quick, whole);
    // A first look comes in its order; the full answer only counts if nothing has been moved since.
    coarse.put(request(many)).then((answer) => take(answer, many));
    if (many < whole) timer = setTimeout(() => full.put(request(whole)).then((answer) => { if (mine === version) take(answer, whole); }), REST_MS);
  };
  const set = (key, value) => {
    state.changes = changed(state.changes, key, where, value);
    run();
  };
  const value = (key) => {
    const values = scene.conditions.map((condition, at) => valueIn(state.changes, key, at, condition));
    if (where !== "all") return values[where];
    return values.every((it) => JSON.stringify(it) === JSON.stringify(values[0])) ? values[0] : null;
  };

  const changedList = h("div", { class: "changed" });
  const list = () => {
    const items = Object.entries(state.changes).map(([key, places]) => h("li", {}, changesInWords({ [key]: places }, scene.conditions, app.data.codebook).join("; "), " ", h("button", { class: "small", disabled: locked, onclick: () => { state.changes = unchanged(state.changes, key); lay(); run(); } }, t("change.reset_one"), h("span", { class: "hidden" }, ` ${keyInWords(key)}`))));
    changedList.replaceChildren(h("h2", {}, t("change.changed")), items.length > 0 ? h("ul", {}, items) : h("p", { class: "small" }, t("change.nothing")));
    if (items.length > 0) changedList.append(h("button", { disabled: locked, onclick: () => { state.changes = {}; lay(); run(); } }, t("change.reset")));
  };

  const controls = h("div", { class: "controls" });
  const lay = () => {
    const { codebook } = app.data;
    const setHere = ownKeys(scene, app);
    // What the file varies comes first.
    const first = scene.vary?.key.startsWith("situation.") ? [scene.vary.key.slice("situation.".length)] : [];
    const own = [...first, ...(setHere.length > 0 ? setHere : USUAL_KEYS).filter((key) => !first.includes(key))];
    const others = Object.keys(codebook.situation).filter((key) => !own.includes(key) && ["number", "count", "choice", "flag"].includes(codebook.situation[key].kind) && !["help", "endowment", "counts_from"].includes(key));
    const control = (key) => situationControl(key, value(`situation.${key}`), codebook, (it) => set(`situation.${key}`, it), locked);
    const target = scene.conditions.length > 1 && choice({ label: t("change.where"), options: [["all", t("change.everywhere")], ...scene.conditions.map((it, at) => [String(at), said(it.name)])], value: String(where), input: (it) => { where = it === "all" ? "all" : Number(it); lay(); } });
    const part = (title, open, ...children) => h("details", { class: "part", open }, h("summary", {}, title), children);
    controls.replaceChildren(...[
      target,
      part(t("change.scene"), true, scene.vary && h("p", { class: "small" }, variedInWords(scene)), own.map(control)),
      scene.community && scene.conditions.some((it) => it.trained) && part(t("change.trained"), true, trainedPart(scene, state, where, (key, it) => {
        // Where nobody is trained there is no part that is.
        scene.conditions.forEach((condition, at) => { if (condition.trained && (where === "all" || where === at)) state.changes = changed(state.changes, key, at, it); });
        run();
      }, locked)),
      part(t("change.practice"), scene.conditions.some((it) => it.training.length > 0), practicePart(value("training"), codebook, scene, (it) => set("training", it), locked)),
      part(t("change.traits"), false, h("p", { class: "small" }, t("change.trait_hint")), MORE_TRAITS.map((trait) => traitControl(trait, value, (keys, it) => keys.forEach((key) => set(key, it)), locked))),
      part(t("change.mechanisms"), false, h("p", { class: "small" }, t("change.mechanism_hint")), mechanismsPart(value("knockout"), mechanismsOf(scene, codebook), (it) => set("knockout", it), locked)),
      part(t("change.more"), false, others.map(control)),
    ].filter(Boolean));
  };
  lay();
  list();
  place.replaceChildren(h("p", {}, t("change.intro")), refused ? h("p", { class: "note" }, t("engine.not_here")) : locked ? h("p", { class: "warn" }, t("teacher.locked")) : "", h("div", { class: "bench" }, controls,
    h("div", { class: "bench-shown" }, figure(t("reveal.rates"), chart.element, t("menu.table"), tableHolder), note, wrong, effects, h("p", { class: "small" }, t("reveal.dots", { n: number(base.people.outcomes[0].length) })), dots.element, changedList, overPart(app))));
  chart.redraw();
  dots.lay();
  tell();
  note.textContent = inWeek(t("change.full", { people: counted(whole) }), week);
  if (Object.keys(state.changes).length > 0) run();
}

function practicePart(training, codebook, scene, set, locked) {
  if (training === null) return h("p", { class: "small" }, t("change.practice_differs"));
  if (training.length > 1 || training[0]?.one_of) return h("p", { class: "small" }, t("change.two"));
  const current = training[0];
  const programs = [...codebook.programs, ...scene.own_programs];
  const state = { program: current?.program ?? "", hours: current?.hours ?? 16, weeks: current?.weeks ?? 8 };
  const give = () => set(state.program === "" ? [] : [{ program: state.program, hours: state.hours, weeks: state.weeks }]);
  // Without a program there is nothing that takes hours.
  const amounts = [
    slider({ label: t("change.hours"), min: 0, max: 80, step: 1, value: state.hours, words: (it) => t("hours", { n: number(it) }), input: (it) => { state.hours = it; give(); } }),
    slider({ label: t("change.weeks"), min: 1, max: 52, step: 1, value: state.weeks, words: (it) => t("weeks", { n: number(it), count: it }), input: (it) => { state.weeks = it; give(); } }),
  ];
  const open = () => amounts.forEach((amount) => { amount.querySelector("input").disabled = locked || state.program === ""; });
  open();
  return [
    choice({ label: t("change.program"), options: [["", t("change.none")], ...programs.map((name) => [name, named("program", name)])], value: state.program, input: (it) => { state.program = it; open(); give(); }, locked }),
    ...amounts,
  ];
}

function traitControl(trait, value, set, locked) {
  const traits = trait === "regulation" ? ["attention_regulation", "reappraisal", "vagal_tone"] : [trait];
  const current = traits.map((it) => value(`population.${it}.mean`));
  const shown = current.every((it) => it === current[0]) ? current[0] : null;
  return slider({ label: named("trait", trait), min: -3, max: 3, step: 0.5, value: shown, words: (it) => t("change.sd", { value: signed(it, 1) }), input: (it) => set(traits.map((name) => `population.${name}.mean`), it), locked });
}

// The mechanisms that can be switched off where people live.
function mechanismsOf(scene, codebook) {
  return [...(scene.community ? codebook.between_people : []), ...codebook.mechanisms];
}

// How many are trained, and who.
function trainedPart(scene, state, where, set, locked) {
  const partly = scene.conditions.map((condition, at) => ({ condition, at })).filter(({ condition, at }) => condition.trained && (where === "all" || where === at));
  if (partly.length === 0) return h("p", { class: "small" }, t("change.nobody_trained"));
  const value = (key) => {
    const values = partly.map(({ condition, at }) => valueIn(state.changes, key, at, condition));
    return values.every((it) => it === values[0]) ? values[0] : null;
  };
  return [
    slider({ label: t("change.trained_share"), min: 0.05, max: 1, step: 0.05, value: value("trained.share"), words: (it) => t("of_100", { n: hundred(it) }), input: (it) => set("trained.share", it), locked }),
    choice({ label: t("change.trained_who"), options: ["random", "most_connected", "least_connected", "together"].map((word) => [word, named("who", word)]), value: value("trained.who"), input: (it) => set("trained.who", it), locked }),
  ];
}

function mechanismsPart(knockout, mechanisms, set, locked) {
  const off = new Set(knockout ?? []);
  return h("ul", { class: "ticks" }, mechanisms.map((mechanism) => {
    const id = fresh("mechanism");
    return h("li", {}, h("input", { type: "checkbox", id, checked: off.has(mechanism), disabled: locked, onchange: (event) => { event.target.checked ? off.add(mechanism) : off.delete(mechanism); set([...off]); } }), h("label", { for: id }, named("mechanism", mechanism)));
  }));
}
