// A question and a scene in plain words.
import { h } from "./dom.js";
import { variedInWords } from "./over.js";
import { anchorOf, apart, inWords, isScale } from "./told.js";
import { cited, isTranslated, named, number, own, people, said, speech, t } from "./words.js";

// All scenes, to choose from.
export function scenesPage(app) {
  const card = ({ id, scene }) => h("li", {},
    h("button", { class: "card", onclick: () => app.open(id) },
      app.data.scenarios.length > 1 && own("span", { class: "card-title" }, scene.title), own("span", { class: "card-question" }, scene.question), h("span", { class: "card-more" }, t("menu.conditions", { n: scene.conditions.length }))));
  return [
    h("div", { class: "hero" }, h("h1", { tabindex: "-1" }, t("lead")), h("p", {}, t("lead_more")), speech.language !== "en" && app.data.scenarios.some(({ scene }) => [scene.title, scene.question, ...scene.comments].some((text) => text && !isTranslated(text))) ? h("p", { class: "small" }, t("scene.english")) : ""),
    ...groupsOf(app.data.scenarios).map(([group, scenarios]) => h("section", { class: "group" }, group && h("h2", {}, t(`group.${group}`)), h("ul", { class: "cards" }, scenarios.map(card)))),
  ];
}

// Scenes in their groups, in the order of the first of each.
function groupsOf(scenarios) {
  const names = [...new Set(scenarios.map(({ group }) => group))];
  return names.map((name) => [name, scenarios.filter(({ group }) => group === name)]);
}

export function sceneStep(app) {
  const { scene } = app.scenario();
  const { codebook } = app.data;
  const keys = ownKeys(scene, app);
  const gauge = (value, [low, high]) => h("span", { class: "gauge", "aria-hidden": "true" }, h("span", { class: "gauge-mark", "data-share": ((value - low) / (high - low)).toFixed(3) }));
  const matters = keys.map((key) => {
    const values = scene.conditions.map((it) => it.situation[key]);
    const same = values.every((value) => value === values[0]);
    const scale = isScale(key, codebook);
    const words = same ? (scale ? anchorOf(key, values[0], codebook) || number(values[0], 2) : inWords(key, values[0], codebook)) : t("scene.differs");
    return h("li", {}, h("span", { class: "key" }, named("situation", key)), scale && same ? gauge(values[0], codebook.situation[key].range) : h("span", { class: "gauge-none" }), h("span", { class: "value" }, words));
  });
  const list = h("ul", { class: "matters" }, matters);
  for (const mark of list.querySelectorAll(".gauge-mark")) mark.style.left = `${mark.dataset.share * 100}%`;
  return [
    own("p", { class: "question" }, scene.question || scene.title),
    h("div", { class: "columns" },
      h("div", {}, scene.comments.map((paragraph) => own("p", {}, paragraph)), scene.citation && h("p", { class: "small" }, t("scene.source", { citation: cited(scene.citation) }))),
      (matters.length > 0 || scene.community) && h("section", {}, matters.length > 0 && [h("h2", {}, t("scene.matters")), list], scene.community && communityPart(scene.community))),
    h("h2", {}, t("scene.conditions", { n: scene.conditions.length })),
    h("ul", { class: "conditions" }, scene.conditions.map((condition) => h("li", {}, own("strong", {}, condition.name), h("span", {}, apart(condition, scene.conditions, codebook).join(" · "))))),
    h("p", { class: "small" }, `${scene.community ? t("community.size", { n: number(scene.replicates), people: people(scene.agents), count: scene.replicates }) : people(scene.agents)}. ${t("scene.same")} `, scene.weeks ? t("scene.weeks", { weeks: t("weeks", { n: number(scene.weeks), count: scene.weeks }) }) : "", variedInWords(scene) && ` ${variedInWords(scene)}`),
  ];
}

// Who knows whom, and what happens to people.
function communityPart({ layers, needs }) {
  return [
    h("h2", {}, t("community.ties_head")), h("ul", {}, layers.map((layer) => h("li", {}, own("strong", {}, layer.name), `: ${t(`community.network.${layer.network}`, { n: number(layer.ties ?? 0) })}; ${t("community.meets", { n: number(layer.contacts_per_day, 1) })}`))),
    h("h2", {}, t("community.needs_head")), h("ul", {}, needs.map((need) => h("li", {}, own("strong", {}, need.name), `: ${t("community.happens", { often: number(need.per_person_per_week, 1), witnesses: number(need.witnesses, 1), layer: said(need.layer) })}`))),
  ];
}

// The keys that a scene sets or varies, in the order of the codebook; the others are as usual.
export function ownKeys(scene, app) {
  const usual = app.data.usual;
  return Object.keys(app.data.codebook.situation).filter((key) => key in usual && key !== "endowment_unit" && scene.conditions.some((it) => it.situation[key] !== usual[key]));
}
