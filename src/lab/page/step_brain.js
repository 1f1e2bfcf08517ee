// The brain as a reading of the model: read out, never wired in.
import { brainChart } from "./chart_brain.js";
import { choice } from "./controls.js";
import { figure, h, table } from "./dom.js";
import { changesAsKeys } from "./state.js";
import { telling } from "./told.js";
import { capital, cited, listed, named, said, signed, t } from "./words.js";

const SHOWN = 0.1;

export async function brainStep(app, place) {
  const { scene } = app.scenario();
  app.state.brain ??= telling(scene, null) ?? { treatment: 0, control: 0 };
  const pair = app.state.brain;
  const shown = h("div", { "aria-live": "polite" });
  const show = async () => {
    shown.replaceChildren(h("p", { class: "small" }, t("engine.busy")));
    const answer = await app.ask([{ what: "brain", ...pair }], changesAsKeys(app.state.changes, scene.conditions));
    if (!answer.brain) return shown.replaceChildren(app.troubleOf(answer));
    shown.replaceChildren(...told(app, answer.brain));
  };
  const names = scene.conditions.map((it, at) => [String(at), said(it.name)]);
  const select = (key) => choice({ label: t(`brain.${key}`), options: names, value: String(pair[key]), input: (it) => { pair[key] = Number(it); show(); } });
  place.replaceChildren(h("p", {}, t("brain.intro")), h("p", { class: "note" }, t("brain.note")), scene.conditions.length > 1 ? h("div", { class: "chooser" }, select("treatment"), select("control")) : "", shown);
  await show();
}

function told(app, brain) {
  // What is said of a region stands once in the page.
  const whole = (region) => ({ ...app.data.regions?.find(({ key }) => key === region.key), ...region });
  const regions = brain.regions.map(whole).map((region, place) => ({ ...region, number: place + 1, name: t(`region.${region.key}`) === `region.${region.key}` ? region.name : t(`region.${region.key}`) }));
  const sorted = regions.filter((it) => Math.abs(it.reading ?? 0) >= SHOWN).sort((one, other) => Math.abs(other.reading) - Math.abs(one.reading));
  const list = (all) => listed(all.slice(0, 4).map((it) => `${it.name} (${signed(it.reading, 1)})`));
  const [more, less] = [sorted.filter((it) => it.reading > 0), sorted.filter((it) => it.reading < 0)];
  const seen = (it) => it.trained.map(({ program, direction, study }) => t("brain.seen_after", { direction: t(`brain.direction.${direction}`), program: named("program", program), study: cited(study) })).join("; ");
  const says = (it) => (t(`says.${it.key}`) === `says.${it.key}` ? h("span", { lang: "en" }, it.says) : t(`says.${it.key}`));
  const rows = regions.map((it) => [`${it.number} ${it.name}`, it.reading === null ? "–" : signed(it.reading, 2), it.processes.map((process) => named("state", process)).join(", "), says(it), seen(it)]);
  return [
    h("p", { class: "told" }, sorted.length === 0 ? t("brain.flat") : [more.length > 0 && t("brain.most", { list: list(more) }), less.length > 0 && t("brain.least", { list: list(less) })].filter(Boolean).map(capital).join(" ")),
    h("figure", { class: "figure" }, brainChart(t("brain.text"), () => regions).element),
    table(t("brain.text"), [t("brain.region"), t("brain.reading"), t("brain.process"), t("brain.says"), t("brain.seen")], rows),
  ];
}
