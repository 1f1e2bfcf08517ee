// Words in the language that is chosen, and numbers as it writes them.

import { h } from "./dom.js";

export const speech = { all: {}, language: "en", works: {} };

export function speak(all, language) {
  speech.all = all;
  speech.language = all[language] ? language : "en";
}

function found(language, path) {
  return path.split(".").reduce((place, key) => (place && Object.hasOwn(place, key) ? place[key] : undefined), speech.all[language]);
}

// The words at a path, with `{names}` filled in; those with several forms take the one for `n`. What a language lacks is in English.
export function t(path, values = {}) {
  let words = found(speech.language, path) ?? found("en", path);
  if (words && typeof words === "object") words = words[new Intl.PluralRules(speech.language).select(values.count ?? values.n)] ?? words.other;
  if (typeof words !== "string") return path;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

// The word for a key of the model; the key itself where there is none.
export function named(group, key) {
  const words = found(speech.language, group)?.[key] ?? found("en", group)?.[key];
  return typeof words === "string" ? words : String(key).replaceAll("_", " ");
}

export function number(value, decimals = 0) {
  const rounded = Number(value.toFixed(decimals));
  return new Intl.NumberFormat(speech.language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(rounded === 0 ? 0 : rounded).replace("-", "−");
}

export function signed(value, decimals = 0) {
  const rounded = Number(value.toFixed(decimals));
  return (rounded > 0 ? "+" : "") + number(value, decimals);
}

// A share as so many of a hundred.
export function hundred(share) {
  return number(share * 100);
}

export function people(n) {
  return t("people", { n: number(n), count: n });
}

// A text with authors and year in place of the keys of works.
export function cited(text) {
  return text.replace(/(?:scenarios\/published\/)?([\p{L}\d_]+)(?:\.toml)?/gu, (whole, word) => (Object.hasOwn(speech.works, word) ? speech.works[word] : whole));
}

// Whether a text of a scenario is there in the language that is chosen.
export function isTranslated(text) {
  const texts = speech.all[speech.language]?.texts;
  return Boolean(texts && Object.hasOwn(texts, text));
}

// A text of a scenario in the language that is chosen; as it was written where there is no translation.
export function said(text) {
  return cited(isTranslated(text) ? speech.all[speech.language].texts[text] : text);
}

// An element with a text of a scenario, and with the language that it is in where that is not the page's.
export function own(tag, attributes, text) {
  // What a file marks for its readers is said in words.
  return h(tag, { ...attributes, lang: isTranslated(text) ? null : "en" }, said(text).replace("NOT_SHOWN:", t("scene.not_shown")));
}

export function quoted(text) {
  return t("quote", { x: said(text) });
}

export function listed(items) {
  if (items.length < 2) return items[0] ?? "";
  return t("list_and", { all: items.slice(0, -1).join(", "), last: items[items.length - 1] });
}

export function capital(text) {
  return text.charAt(0).toLocaleUpperCase(speech.language) + text.slice(1);
}
