// What somebody has predicted and changed, and how that is written: as keys for the engine, a link, a file, a code.

// Where somebody stands at first.
export function blank(scenario) {
  return {
    scenario,
    step: "scene",
    prediction: { values: {}, directions: {}, why: "", committed: false },
    changes: {},
    person: { agent: 0, here: 0, there: null },
    map: 0,
    brain: null,
    community: null,
    name: "",
    words: "",
  };
}

// Whether there is something in it that would be lost.
export function isWorkedOn({ prediction: { values, directions, why }, name, words }) {
  return Object.keys(values).length + Object.keys(directions).length > 0 || Boolean(why || name || words);
}

// A text as TOML writes it.
export function tomlText(text) {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007F");
}

// A value as TOML writes it.
export function tomlValue(value) {
  if (typeof value === "string") return tomlText(value);
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(", ")}]`;
  if (value && typeof value === "object") return `{ ${Object.entries(value).map(([key, inner]) => `${key} = ${tomlValue(inner)}`).join(", ")} }`;
  return String(value);
}

// The changes as `key=value`, one for each condition and key. A change of a key is `{ all: value }`, or `{ <place>: value }` where it holds in some conditions.
export function changesAsKeys(changes, conditions) {
  const keys = [];
  for (const [key, where] of Object.entries(changes)) {
    conditions.forEach((condition, place) => {
      const value = where[place] ?? where.all;
      if (value !== undefined) keys.push(`condition.${tomlText(condition.name)}.${key}=${tomlValue(value)}`);
    });
  }
  return keys;
}

// Sets a key in all conditions (`place` is "all") or in one.
export function changed(changes, key, place, value) {
  const where = place === "all" ? { all: value } : { ...changes[key], [place]: value };
  return { ...changes, [key]: where };
}

// Takes a change back.
export function unchanged(changes, key) {
  const rest = { ...changes };
  delete rest[key];
  return rest;
}

// What a key is in a condition now.
export function valueIn(changes, key, place, condition) {
  const where = changes[key];
  const set = where?.[place] ?? where?.all;
  if (set !== undefined) return set;
  const [table, name, part] = key.split(".");
  if (table === "situation") return condition.situation[name];
  if (table === "trained") return condition.trained?.[name];
  if (table === "population") return condition.population[name][part];
  if (table === "training") return condition.training.map(({ programs, hours, weeks }) => (programs.length === 1 ? { program: programs[0], hours, weeks } : { one_of: programs, hours, weeks }));
  return condition.knockout;
}

// A scene with what is switched off by the changes.
export function sceneWith(changes, scene) {
  return { ...scene, conditions: scene.conditions.map((condition, place) => ({ ...condition, knockout: valueIn(changes, "knockout", place, condition) })) };
}

function bytesToText(text) {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function textToBytes(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

// The part of a link after `#`: the scene and what was changed, nothing else.
export function asLink(state) {
  return `lab=${bytesToText(JSON.stringify({ s: state.scenario, c: state.changes }))}`;
}

// What a link says; null if it says nothing that can be read.
export function fromLink(hash) {
  const found = /lab=([\w-]+)/.exec(hash);
  if (!found) return null;
  try {
    const { s: scenario, c: changes } = JSON.parse(textToBytes(found[1]));
    return typeof scenario === "string" && isChanges(changes) ? { scenario, changes } : null;
  } catch {
    return null;
  }
}

const KEY = /^(situation\.[a-z_]+|trained\.(share|who)|population\.[a-z_]+\.(mean|sd)|training|knockout)$/;

function isPlain(value) {
  return ["string", "number", "boolean"].includes(typeof value);
}

// Whether something has the form of changes; their values are checked by the engine.
export function isChanges(changes) {
  if (typeof changes !== "object" || changes === null || Array.isArray(changes)) return false;
  return Object.entries(changes).every(([key, where]) => KEY.test(key) && typeof where === "object" && where !== null
    && Object.entries(where).every(([place, value]) => /^(all|\d{1,4})$/.test(place)
      && (isPlain(value) || (Array.isArray(value) && value.every((inner) => isPlain(inner) || (typeof inner === "object" && Object.keys(inner).every((name) => /^[a-z_]+$/.test(name))))))));
}

function hash(text) {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0), 16777619) >>> 0;
  return value;
}

// Two letters that stand for a text.
function mark(text) {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const value = hash(text);
  return letters[value % letters.length] + letters[Math.floor(value / letters.length) % letters.length];
}

const DIRECTIONS = { rises: "r", falls: "f", unchanged: "u" };

// A prediction as a code that can be read out: the scene, a number (or x) for each condition, directions, three digits by chance that tell apart
// those who predict the same, and two letters that find a slip.
export function asCode(scenario, prediction, conditions, directions) {
  const numbers = Array.from({ length: conditions }, (_, place) => prediction.values[place] ?? "x").join("-");
  const ways = directions.map((place) => DIRECTIONS[prediction.directions[place]] ?? "x").join("");
  const body = `${mark(scenario)}.${numbers}${ways ? `.${ways}` : ""}${prediction.lot ? `.${prediction.lot}` : ""}`;
  return `${body}.${mark(body)}`;
}

// The numbers of a code of this scene, null where somebody was not sure; null if it is none. What stands around the code does not matter.
export function fromCode(line, scenario, conditions) {
  for (const found of line.toLowerCase().matchAll(/([a-z2-9]{2}\.[\dx]{1,3}(?:-[\dx]{1,3})*(?:\.[rfux]+)?(?:\.\d{3})?)\.([a-z2-9]{2})/g)) {
    const [, body, check] = found;
    const [scene, numbers, ways] = body.split(".");
    const values = numbers.split("-").map((text) => (text === "x" ? null : Number(text)));
    const sound = mark(body) === check && scene === mark(scenario) && values.length === conditions && values.every((value) => value === null || value <= 100);
    if (sound) return { values, ways: ways ?? "", code: found[0] };
  }
  return null;
}

// The lab as a file.
export function asFile(state) {
  return JSON.stringify({ lab: 1, ...state, step: undefined, kept: undefined, linked: undefined }, null, 1);
}

// What a file restores; null if it is none of these scenes.
export function fromFile(text, known) {
  try {
    const saved = JSON.parse(text);
    if (saved.lab !== 1 || !known(saved.scenario) || !isChanges(saved.changes)) return null;
    const whole = blank(saved.scenario);
    const values = Object.fromEntries(Object.entries(saved.prediction?.values ?? {}).filter(([place, value]) => /^\d{1,4}$/.test(place) && (value === null || (value >= 0 && value <= 100))));
    const directions = Object.fromEntries(Object.entries(saved.prediction?.directions ?? {}).filter(([place, way]) => /^\d{1,4}$/.test(place) && (way === "unsure" || Object.hasOwn(DIRECTIONS, way))));
    whole.prediction = { values, directions, why: String(saved.prediction?.why ?? ""), committed: saved.prediction?.committed === true, again: saved.prediction?.again === true, lot: /^\d{3}$/.test(saved.prediction?.lot) ? saved.prediction.lot : "" };
    whole.changes = saved.changes;
    whole.name = String(saved.name ?? "");
    whole.words = String(saved.words ?? "");
    return whole;
  } catch {
    return null;
  }
}
