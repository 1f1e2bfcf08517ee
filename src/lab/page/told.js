// Sentences about conditions and results, put together from numbers.
import { capital, hundred, listed, named, number, people, quoted, signed, t } from "./words.js";

// A difference smaller than this, in shares, is hardly any: what the terminal holds to be worth saying.
const LEAST = 0.03;

// A difference smaller than this, in standard deviations, is hardly any.
const LEAST_SD = 0.1;

// A difference in a questionnaire that rounds to nothing.
const LEAST_SHOWN = 0.015;

// Conditions of communities that are told of at most.
const MOST_TOLD = 5;

// Sentences about other measures that stand before those about helping, at most.
const MOST_FIRST = 3;

export function anchors(key, codebook) {
  const own = codebook.situation[key]?.anchors ?? [];
  return own.map(([value, words]) => ({ value, words: namedAnchor(key, value, words) }));
}

function namedAnchor(key, value, words) {
  const path = `anchor.${key}.${value.replaceAll(".", "_")}`;
  const found = t(path);
  return found === path ? words : found;
}

// How far a number may be from an anchor and still be called by its words.
const NEAR = 0.15;

// The words of the nearest anchor of a number; none if even that is far from it.
export function anchorOf(key, value, codebook) {
  const away = (it) => Math.abs(Number(it.value) - value);
  const all = anchors(key, codebook).filter((it) => away(it) <= NEAR + 1e-9);
  return all.length === 0 ? "" : all.reduce((one, other) => (away(other) < away(one) ? other : one)).words;
}

// Whether a key of a situation is a scale with anchors, from nothing or its opposite to 1; other numbers are seconds and amounts.
export function isScale(key, codebook) {
  const { kind, range } = codebook.situation[key] ?? {};
  return kind === "number" && range[1] <= 1;
}

// A value of a situation in words.
export function inWords(key, value, codebook) {
  const { kind } = codebook.situation[key] ?? {};
  if (kind === "choice" || kind === "flag") return named("choice", String(value));
  if (isScale(key, codebook)) {
    const words = anchorOf(key, value, codebook);
    return words ? `${words} (${number(value, 2)})` : number(value, 2);
  }
  return typeof value === "number" ? number(value, Number.isInteger(value) ? 0 : 2) : String(value);
}

export function practice({ programs, hours, weeks }) {
  const names = programs.map((name) => named("program", name));
  const program = names.length === 1 ? names[0] : t("scene.either", { list: names.join(", ") });
  return t("scene.training", { program, hours: t("hours", { n: number(hours, Number.isInteger(hours) ? 0 : 1) }), weeks: t("weeks", { n: number(weeks, Number.isInteger(weeks) ? 0 : 1), count: weeks }) });
}

// What sets a condition apart, in a few words each.
export function apart(condition, conditions, codebook) {
  const parts = [];
  for (const key of Object.keys(condition.situation)) {
    if (conditions.some((other) => other.situation[key] !== condition.situation[key])) parts.push(`${named("situation", key)}: ${inWords(key, condition.situation[key], codebook)}`);
  }
  parts.push(...condition.training.map(practice));
  if (condition.knockout.length > 0) parts.push(t("scene.knockout", { list: condition.knockout.map((it) => named("mechanism", it)).join(", ") }));
  for (const [key, { mean, sd }] of Object.entries(condition.population)) {
    if (mean !== 0) parts.push(t("scene.sd", { trait: named("trait", key), value: signed(mean, 1) }));
    else if (sd !== 1) parts.push(t("scene.spread", { trait: named("trait", key), value: number(sd, 1) }));
  }
  if (condition.network) parts.push(t("scene.network", { value: signed(condition.network, 1) }));
  if (condition.trained) parts.push(t("community.trained_share", { n: hundred(condition.trained.share), who: named("who", condition.trained.who) }));
  if (condition.group_size) parts.push(t("scene.group", { n: number(condition.group_size) }));
  if (condition.selected) parts.push(t("scene.selected", { feeling: named("state", condition.selected === "empathic_concern" ? "compassion" : "personal_distress") }));
  return parts.length > 0 ? parts : [t("scene.nothing")];
}

// Whether an interval says that there is a difference: the one rule for sentences and intervals.
export function isClear({ lower, upper }) {
  return lower > 0 || upper < 0;
}

// A value and its interval with signs, and with as many decimals as it takes to see on which side of 0 a clear one lies.
export function withInterval({ value, lower, upper }, decimals) {
  const isSeen = (places) => [lower, upper].every((it) => Number(it.toFixed(places)) !== 0) && (lower === upper || lower.toFixed(places) !== upper.toFixed(places));
  const places = isClear({ lower, upper }) ? [decimals, decimals + 1, decimals + 2].find(isSeen) ?? decimals + 2 : decimals;
  const [told, low, high] = [value, lower, upper].map((it) => signed(it, places));
  return { value: told, low, high };
}

// The weeks in which people are seen, as the text of a scene sets them, and the week of the answer: the last that is no follow-up.
export function weeksOf(text) {
  const timeline = /^\[timeline\]([^[]*(?:\[[^\]]*\])?[^[]*)/m.exec(text)?.[1] ?? "";
  const ends = /^weeks *= *([\d.]+)/m.exec(timeline);
  if (!ends) return { seen: [], main: null };
  const seen = /^measure_at *= *\[([^\]]*)\]/m.exec(timeline)?.[1].split(",").filter((it) => it.trim()).map(Number) ?? [Number(ends[1])];
  return { seen, main: seen.filter((it) => it <= Number(ends[1])).at(-1) ?? seen[0] ?? null };
}

export function weekOf({ scene, text }) {
  return weeksOf(text).main ?? scene.weeks;
}

// A question or a sentence with its week, where there is one.
export function inWeek(text, week) {
  return typeof week === "number" ? t("reveal.at_week", { text, week: number(week, Number.isInteger(week) ? 0 : 2) }) : text;
}

// Whether a measure is a share of people, told in points of 100.
export function isShareOf(measure) {
  return measure === "helped" || measure === "punished";
}

function scaled({ value, lower, upper }, factor) {
  return { value: value * factor, lower: lower * factor, upper: upper * factor };
}

// The answer to the scene's question: helping in the first condition and compared with it, who is overwhelmed, leaves or punishes, what the file
// asks about other measures, and of communities (`lived`, their effects and conditions) what reaches those who were not trained.
export function answered(rates, lived = null) {
  const [first, ...others] = rates.conditions;
  if (first.helped === null) return [];
  const unit = first.unit === "group" ? "reveal.first_group" : "reveal.first";
  const sentences = [t(unit, { n: hundred(first.helped), name: quoted(first.name) })];
  const known = others.filter((it) => it.difference !== null);
  const kind = (it) => (Math.abs(it.difference) < LEAST ? "hardly" : isClear({ lower: it.difference_lower, upper: it.difference_upper }) ? "more" : "unclear");
  const told = (it) => {
    const { value, low, high } = withInterval(scaled({ value: it.difference, lower: it.difference_lower, upper: it.difference_upper }, 100), 1);
    // A difference is that of the whole numbers that are shown; beside its interval it has a decimal.
    if (kind(it) === "more") return t("reveal.more", { n: hundred(it.helped), name: quoted(it.name), difference: shownDifference(it.helped, first.helped) });
    return t("reveal.between", { name: quoted(it.name), difference: value, low, high });
  };
  const parts = known.filter((it) => kind(it) === "more").map(told);
  for (const each of ["unclear", "hardly"]) {
    const these = known.filter((it) => kind(it) === each);
    if (these.length > 0) parts.push(t(`reveal.${each}`, { list: listed(these.map(told)) }));
  }
  if (parts.length > 0) sentences.push(t("reveal.others", { list: listed(parts) }));
  sentences.push(...endings(rates));
  if (typeof rates.week === "number") sentences[0] = t("reveal.of_week", { text: sentences[0], week: number(rates.week) });
  const reached = lived ? reach(lived, rates) : [];
  // Where the file does not ask about helping, what it asks comes first.
  const isOfOthers = rates.contrasts.length > 0 && rates.contrasts.every((it) => it.measure !== "helped");
  return isOfOthers ? [...reached, ...measured(rates).slice(0, MOST_FIRST), ...sentences] : [...reached, ...sentences];
}

// The difference of two shares in points, of the whole numbers that are shown.
export function shownDifference(share, other) {
  return signed(Math.round(share * 100) - Math.round(other * 100));
}

// Where most and where fewest are overwhelmed, leave or punish; all of them where several are.
function endings({ conditions }) {
  return ["overwhelmed", "left", "punished"].flatMap((key) => {
    const known = conditions.filter((it) => typeof it[key] === "number");
    if (known.length < 2) return known.filter((it) => it[key] >= LEAST).map((it) => t(`reveal.alike.${key}`, { n: hundred(it[key]) }));
    const most = known.reduce((one, other) => (other[key] > one[key] ? other : one));
    const fewest = known.reduce((one, other) => (other[key] < one[key] ? other : one));
    const all = (end) => listed(known.filter((it) => hundred(it[key]) === hundred(end[key])).map((it) => quoted(it.name)));
    if (most[key] - fewest[key] >= LEAST) return [t(`reveal.most.${key}`, { most: all(most), n: hundred(most[key]), fewest: all(fewest), m: hundred(fewest[key]) })];
    return most[key] >= LEAST ? [t(`reveal.alike.${key}`, { n: hundred(known.reduce((sum, it) => sum + it[key], 0) / known.length) })] : [];
  });
}

// Whether training reaches those who do not have it, and whether it matters who has it; with the same rule as everywhere.
function reach({ effects: { conditions, communities, measures, shares }, scene }, rates) {
  // Where something is switched off besides, it is not training alone that differs.
  const alike = (place) => ["knockout", "situation", "population"].every((key) => JSON.stringify(scene.conditions[place][key]) === JSON.stringify(scene.conditions[0][key]));
  // What the file asks about, or else helping.
  const key = rates.contrasts.map(({ measure }) => measure).find((measure) => measures.includes(measure) && !shares.includes(measure)) ?? "helped";
  const partly = conditions.filter((it, place) => it.trained > 0 && it.untrained > 0 && it.effects[key]?.spill_over && alike(place));
  if (partly.length === 0 || communities < 2) return [];
  const sentences = partly.map(({ name, effects }) => {
    const it = effects[key].spill_over;
    const way = Math.abs(it.value) < LEAST ? "hardly" : isClear(it) ? (it.value > 0 ? "more" : "fewer") : "unclear";
    if (key === "helped") return t(`community.reach.${way}`, { name: quoted(name), ...withInterval(scaled(it, 100), 1) });
    return t(`community.reach_measure.${way}`, { name: quoted(name), measure: named("measure", key), ...withInterval(it, 2) });
  });
  // Those of the same training who were chosen otherwise.
  const [one, other] = partly;
  if (other && partly.some(({ effects }) => Math.abs(effects[key].spill_over.value) >= LEAST)) {
    const [here, there] = [one, other].map((it) => it.effects[key].spill_over);
    const overlaps = here.lower <= there.upper && there.lower <= here.upper;
    sentences.push(t(overlaps ? "community.reach.alike" : "community.reach.apart", { one: quoted(one.name), other: quoted(other.name) }));
  }
  return sentences;
}

// What else the file asks about, and what has not been told with the answer.
export function otherwise(rates, lived = null) {
  const first = answered(rates, lived);
  return measured(rates).filter((sentence) => !first.includes(sentence));
}

// The differences of other measures that the contrasts of the file name, in their order.
function measured(rates) {
  const named_by = (it) => rates.contrasts.findIndex((one) => one.measure === it.measure && one.treatment === it.treatment && one.control === it.control);
  const told = asked(rates).filter((it) => named_by(it) >= 0).sort((one, other) => named_by(one) - named_by(other));
  return told.map((it) => {
    // The interval is of the difference itself; beside one in standard deviations it stands in these.
    const scale = it.difference === 0 ? 0 : it.d / it.difference;
    const isShare = it.measure === "helped";
    const own = isShare ? scaled({ value: it.difference, lower: it.lower, upper: it.upper }, 100) : { value: it.d, lower: it.lower * scale, upper: it.upper * scale };
    const { value, low, high } = withInterval(own, isShare ? 1 : 2);
    const key = Math.abs(own.value) < (isShare ? 100 * LEAST : LEAST_SD) ? "hardly" : isClear(it) ? (it.d > 0 ? "rises" : "falls") : "unclear";
    const inWeek = (name, week) => (typeof week === "number" ? t("reveal.in_week", { name: quoted(name), week: number(week) }) : quoted(name));
    // One week for both is said once.
    const isOneWeek = (it.from_week ?? it.week) === it.week;
    const treatment = isOneWeek ? quoted(it.treatment) : inWeek(it.treatment, it.week);
    const control = inWeek(it.control, it.from_week ?? it.week);
    // A number with its interval has as many decimals as that needs.
    const d = t(isShare ? "of_100" : "change.sd", isShare ? { n: value } : { value });
    return capital(t(`reveal.measure.${key}`, { measure: named("measure", it.measure), treatment, control, d, low, high }));
  });
}

// The differences that the file asks about, but those of helping in the week of the answer.
export function asked(rates) {
  return rates.differences.filter((it) => (it.measure !== "helped" || (it.week ?? rates.week) !== rates.week) && it.d !== null);
}

// Which way a difference goes, as it is predicted.
export function way(it) {
  if (Math.abs(it.d) < LEAST_SD || !isClear(it)) return "unchanged";
  return it.d > 0 ? "rises" : "falls";
}

// Through what a difference comes.
export function because(comparison, conditions, rates) {
  const [treatment, control] = [comparison.treatment, comparison.control].map((place) => quoted(conditions[place].name));
  const sentences = [];
  const tell = (shares, ofHelping, ofMeasure) => {
    if (!shares?.effect || Math.abs(shares.effect.value) < 1e-9) return;
    const isShare = [undefined, "helped", "punished"].includes(comparison.measure);
    const scale = isShare ? 100 : 1;
    // What rounds to nothing explains nothing.
    const isShown = (it) => (it.lower > 0 || it.upper < 0) && Math.abs(it.value) >= 0.005;
    const parts = shares.parts.filter(isShown).sort((one, other) => Math.abs(other.value) - Math.abs(one.value)).slice(0, 3);
    if (parts.length === 0 || !(shares.effect.lower > 0 || shares.effect.upper < 0)) return;
    // Helping goes without saying; any other measure is named.
    const isHelping = [undefined, "helped"].includes(comparison.measure);
    // Fewer lives are divided than are lived: their shares are those of the whole difference, which is known from everybody.
    const whole = isHelping && comparison.difference ? comparison.difference.value : shares.effect.value;
    const factor = (scale * whole) / shares.effect.value;
    const told = parts.map((it) => t("reveal.why_part", { path: named("path", it.key), value: signed(it.value * factor, isShare ? 0 : 2) }));
    const [here, there] = [comparison.treatment, comparison.control].map((place) => rates.conditions[place].helped);
    const size = isHelping && here !== null && there !== null ? shownDifference(here, there) : signed(whole * scale, isShare ? 0 : 2);
    const of = isShare && !isHelping ? t("of_100", { n: size }) : size;
    sentences.push(capital(t(isHelping ? ofHelping : ofMeasure, { measure: named("measure", comparison.measure), treatment, control, difference: of, parts: listed(told) })));
  };
  const joint = comparison.joint;
  if (joint) {
    const all = joint.both + joint.treatment_only + joint.control_only + joint.neither;
    sentences.push(t("reveal.why_joint", { both: hundred(joint.both / all), gained: hundred(joint.treatment_only / all), lost: hundred(joint.control_only / all), treatment, control }));
  }
  tell(comparison.paths, "reveal.why_paths", "reveal.why_measure_paths");
  tell(comparison.feelings, "reveal.why_feelings", "reveal.why_measure_feelings");
  const divided = comparison.paths?.effect ?? comparison.feelings?.effect;
  const effect = divided ?? comparison.difference;
  const sameIn = (key) => JSON.stringify(conditions[comparison.treatment][key]) === JSON.stringify(conditions[comparison.control][key]);
  const isOfTheScene = ["population", "training", "knockout", "network"].every(sameIn);
  const none = !effect || !isClear(effect) ? "reveal.why_none" : divided || !isOfTheScene ? "reveal.why_many" : "reveal.why_scene";
  if (sentences.length < 2 && !comparison.not_the_same) sentences.unshift(t(none, { treatment, control }));
  return sentences;
}

// What happens in communities, and what training does to those who have it and to the others.
export function effectsInWords({ conditions, measures, shares, communities }, scene) {
  const asked = measures.find((key) => !shares.includes(key) && key !== "burnout") ?? "burnout";
  const last = (course) => course.all[course.all.length - 1];
  const size = (key, it) => {
    const [factor, decimals] = shares.includes(key) ? [100, 1] : [1, 2];
    const { value, low, high } = withInterval(scaled(it, factor), decimals);
    return communities > 1 ? `${value} (${t("interval", { low, high })})` : value;
  };
  return conditions.slice(0, MOST_TOLD).flatMap((condition, place) => {
    const [met, helping] = ["needs_met", "helping_per_witness"].map((key) => last(condition.course[key]));
    const ends = met === null || helping === null ? [] : [t("community.needs", { name: quoted(condition.name), met: hundred(met), helping: hundred(helping) })];
    if (place === 0) return ends;
    const parts = ["helped", asked].map((key) => {
      const { overall, total, spill_over: others } = condition.effects[key];
      // What rounds to nothing in everybody goes without saying, unless it is helping.
      if (key !== "helped" && [overall, total, others].every((it) => !it || Math.abs(it.value) < LEAST_SHOWN)) return null;
      const measure = key === "helped" ? t("community.helping_in_scene") : named("measure", key);
      if (condition.trained > 0 && condition.untrained > 0 && total && others) return t("community.part_partly", { measure, trained: size(key, total), others: size(key, others) });
      return overall && t("community.part", { measure, all: size(key, overall) });
    }).filter(Boolean);
    // What differs besides is not laid to training.
    const off = scene.conditions[place].knockout.filter((it) => !scene.conditions[0].knockout.includes(it));
    const besides = off.length > 0 ? [t("community.besides", { name: quoted(condition.name), list: listed(off.map((it) => named("mechanism", it))) })] : [];
    return parts.length > 0 ? [...ends, ...besides, t("community.effect", { name: quoted(condition.name), first: quoted(conditions[0].name), parts: listed(parts) })] : ends;
  });
}

// How many of how many people did in a condition, if somebody counted them.
export function countedIn(condition) {
  return [condition.observed ?? []].flat().find((it) => it.of > 0) ?? null;
}

// How sure one may be.
export function sure(rates) {
  const sentences = [t("reveal.sure_chance", { people: people(rates.agents * rates.replicates) })];
  const { assumptions, of } = rates.parameters;
  sentences.push(t("reveal.sure_parameters", { n: number(assumptions), of: number(of) }));
  const counted = rates.conditions.filter((it) => countedIn(it) && it.helped !== null);
  if (counted.length > 0) {
    const inside = counted.filter((it) => {
      const { lower, upper } = wilson(countedIn(it).helped, countedIn(it).of);
      return it.helped >= lower && it.helped <= upper;
    });
    sentences.push(t("reveal.sure_inside", { n: number(inside.length), of: number(counted.length) }));
  }
  return [...sentences, ...claimed(rates), t("reveal.sure_limits")];
}

// How many claims of the file hold in a run.
export function claimed(rates) {
  const claims = rates.contrasts.filter((it) => typeof it.agrees === "boolean");
  return claims.length > 0 ? [t("reveal.sure_claims", { n: number(claims.filter((it) => it.agrees).length), of: number(claims.length) })] : [];
}

// The 95 % interval of a share (Wilson), as the tables have it.
export function wilson(successes, trials) {
  const z = 1.959963984540054;
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const middle = (share + (z * z) / (2 * trials)) / scale;
  const reach = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / scale;
  return { value: share, lower: Math.max(middle - reach, 0), upper: Math.min(middle + reach, 1) };
}

// The two conditions of which most is told: those of the first contrast between two conditions, or else the first and the one that differs most.
export function telling(scene, rates) {
  const named = scene.contrasts.find((it) => it.treatment !== it.control);
  if (named) return { treatment: named.treatment, control: named.control };
  if (scene.conditions.length < 2) return null;
  const sizes = (rates?.conditions ?? []).map((it) => Math.abs(it.difference ?? 0));
  const most = sizes.indexOf(Math.max(...sizes.slice(1)));
  return { treatment: Math.max(most, 1), control: 0 };
}
