// Sentences about conditions and results, put together from numbers.
import { capital, hundred, listed, named, number, people, quoted, signed, t } from "./words.js";

// A difference smaller than this, in shares, is not called one.
const LEAST = 0.03;

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
  return t("scene.training", { program, hours: number(hours, Number.isInteger(hours) ? 0 : 1), weeks: number(weeks, Number.isInteger(weeks) ? 0 : 1) });
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

function isClear(value, lower, upper) {
  return Math.abs(value) >= LEAST && (lower > 0 || upper < 0);
}

// The answer to the scene's question: helping in the first condition and compared with it, and what the file asks about other measures.
export function answered(rates) {
  const [first, ...others] = rates.conditions;
  if (first.helped === null) return [];
  const unit = first.unit === "group" ? "reveal.first_group" : "reveal.first";
  const sentences = [t(unit, { n: hundred(first.helped), name: quoted(first.name) })];
  const known = others.filter((it) => it.difference !== null);
  const clear = known.filter((it) => isClear(it.difference, it.difference_lower, it.difference_upper));
  const same = known.filter((it) => !clear.includes(it));
  const parts = clear.map((it) => t("reveal.more", { n: hundred(it.helped), name: quoted(it.name), difference: signed(it.difference * 100) }));
  if (same.length > 0) parts.push(t("reveal.no_difference", { list: listed(same.map((it) => quoted(it.name))) }));
  if (parts.length > 0) sentences.push(t("reveal.others", { list: listed(parts) }));
  // Where the file does not ask about helping, what it asks comes first.
  return rates.contrasts.length > 0 && rates.contrasts.every((it) => it.measure !== "helped") ? [...measured(rates).slice(0, MOST_FIRST), ...sentences] : sentences;
}

// What else the file asks about, and what has not been told with the answer.
export function otherwise(rates) {
  const first = answered(rates);
  return measured(rates).filter((sentence) => !first.includes(sentence));
}

// The differences of other measures that the contrasts of the file name, in their order.
function measured(rates) {
  const named_by = (it) => rates.contrasts.findIndex((one) => one.measure === it.measure && one.treatment === it.treatment && one.control === it.control);
  const told = asked(rates).filter((it) => named_by(it) >= 0).sort((one, other) => named_by(one) - named_by(other));
  return told.map((it) => capital(t(`reveal.measure.${way(it)}`, { measure: named("measure", it.measure), treatment: quoted(it.treatment), control: quoted(it.control), d: signed(it.d, 2) })));
}

// The differences of other measures than helping that the file asks about.
export function asked(rates) {
  return rates.differences.filter((it) => it.measure !== "helped" && it.d !== null);
}

// Which way a difference goes.
export function way({ d, lower, upper }) {
  if (Math.abs(d) < 0.1 || (lower <= 0 && upper >= 0)) return "unchanged";
  return d > 0 ? "rises" : "falls";
}

// Through what a difference comes.
export function because(comparison, conditions) {
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
    const told = parts.map((it) => t("reveal.why_part", { path: named("path", it.key), value: signed(it.value * scale, isShare ? 0 : 2) }));
    const size = signed(shares.effect.value * scale, isShare ? 0 : 2);
    // Helping goes without saying; any other measure is named.
    const isHelping = [undefined, "helped"].includes(comparison.measure);
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
  if (sentences.length < 2 && !comparison.not_the_same) sentences.unshift(t("reveal.why_none", { treatment, control }));
  return sentences;
}

// What happens in communities, and what training does to those who have it and to the others.
export function effectsInWords({ conditions, measures, shares, communities }) {
  const asked = measures.find((key) => !shares.includes(key) && key !== "burnout") ?? "burnout";
  const last = (course) => course.all[course.all.length - 1];
  const size = (key, it) => {
    const [factor, decimals] = shares.includes(key) ? [100, 1] : [1, 2];
    const [value, low, high] = [it.value, it.lower, it.upper].map((one) => signed(one * factor, decimals));
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
    return parts.length > 0 ? [...ends, t("community.effect", { name: quoted(condition.name), first: quoted(conditions[0].name), parts: listed(parts) })] : ends;
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
  const claims = rates.contrasts.filter((it) => typeof it.agrees === "boolean");
  if (claims.length > 0) sentences.push(t("reveal.sure_claims", { n: number(claims.filter((it) => it.agrees).length), of: number(claims.length) }));
  sentences.push(t("reveal.sure_limits"));
  return sentences;
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
