// A question and a scene in plain words.
import { h } from "./dom.js";
import { anchorOf, apart, inWords, isScale } from "./told.js";
import { named, number, people, speech, t } from "./words.js";

// All scenes, to choose from.
export function scenesPage(app) {
  const card = ({ id, scene }) => h("li", {},
    h("button", { class: "card", onclick: () => app.open(id) },
      h("span", { class: "card-title", lang: "en" }, scene.title), h("span", { class: "card-question", lang: "en" }, scene.question), h("span", { class: "card-more" }, t("menu.conditions", { n: scene.conditions.length }))));
  return [
    h("div", { class: "hero" }, h("h1", { tabindex: "-1" }, t("lead")), h("p", {}, t("lead_more")), speech.language === "en" ? "" : h("p", { class: "small" }, t("scene.english"))),
    h("ul", { class: "cards" }, app.data.scenarios.map(card)),
  ];
}

export function sceneStep(app) {
  const { scene } = app.scenario();
  const { codebook } = app.data;
  const own = ownKeys(scene, app);
  const gauge = (value, [low, high]) => h("span", { class: "gauge", "aria-hidden": "true" }, h("span", { class: "gauge-mark", "data-share": ((value - low) / (high - low)).toFixed(3) }));
  const matters = own.map((key) => {
    const values = scene.conditions.map((it) => it.situation[key]);
    const same = values.every((value) => value === values[0]);
    const scale = isScale(key, codebook);
    const words = same ? (scale ? anchorOf(key, values[0], codebook) || number(values[0], 2) : inWords(key, values[0], codebook)) : t("scene.differs");
    return h("li", {}, h("span", { class: "key" }, named("situation", key)), scale && same ? gauge(values[0], codebook.situation[key].range) : h("span", { class: "gauge-none" }), h("span", { class: "value" }, words));
  });
  const list = h("ul", { class: "matters" }, matters);
  for (const mark of list.querySelectorAll(".gauge-mark")) mark.style.left = `${mark.dataset.share * 100}%`;
  return [
    h("p", { class: "question", lang: "en" }, scene.question || scene.title),
    h("div", { class: "columns" },
      h("div", { lang: "en" }, scene.comments.map((paragraph) => h("p", {}, paragraph)), scene.citation && h("p", { class: "small" }, t("scene.source", { citation: scene.citation }))),
      matters.length > 0 && h("section", {}, h("h3", {}, t("scene.matters")), list)),
    h("h3", {}, t("scene.conditions", { n: scene.conditions.length })),
    h("ul", { class: "conditions" }, scene.conditions.map((condition) => h("li", {}, h("strong", { lang: "en" }, condition.name), h("span", {}, apart(condition, scene.conditions, codebook).join(" · "))))),
    h("p", { class: "small" }, `${people(scene.agents)}. ${t("scene.same")} `, scene.weeks ? t("scene.weeks", { weeks: t("weeks", { n: number(scene.weeks), count: scene.weeks }) }) : ""),
  ];
}

// The keys that a scene sets or varies, in the order of the codebook; the others are as usual.
export function ownKeys(scene, app) {
  const usual = app.data.usual;
  return Object.keys(app.data.codebook.situation).filter((key) => key in usual && key !== "endowment_unit" && scene.conditions.some((it) => it.situation[key] !== usual[key]));
}
