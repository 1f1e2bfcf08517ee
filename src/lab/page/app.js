// The page: which step is shown, and what the steps share.
import { withChanges } from "./changes.js";
import { h } from "./dom.js";
import { Engine } from "./engine.js";
import { Glossary } from "./glossary.js";
import { brainStep } from "./step_brain.js";
import { changeStep } from "./step_change.js";
import { communityStep } from "./step_community.js";
import { homeStep } from "./step_home.js";
import { mapStep } from "./step_map.js";
import { personStep } from "./step_person.js";
import { predictStep } from "./step_predict.js";
import { revealStep } from "./step_reveal.js";
import { sceneStep, scenesPage } from "./step_scene.js";
import { asFile, blank, fromLink, isWorkedOn } from "./state.js";
import { teacherPage } from "./teacher.js";
import { weekOf } from "./told.js";
import { unpacked } from "./unpack.js";
import { own, said, speak, speech, t } from "./words.js";

// The steps in their order; those behind the prediction are locked until it is committed, and those with `changes` show what was changed. `when`
// says for which scenes there is one.
const STEPS = [
  { key: "scene", show: (app, place) => place.replaceChildren(...sceneStep(app).filter(Boolean)) },
  { key: "predict", show: (app, place) => place.replaceChildren(...predictStep(app).filter(Boolean)) },
  { key: "reveal", show: revealStep, behind: true },
  { key: "community", show: communityStep, behind: true, changes: true, when: (scene) => scene.community },
  { key: "change", show: changeStep, behind: true },
  { key: "person", show: personStep, behind: true, changes: true, when: isByThemselves },
  { key: "sweet_spot", show: mapStep, behind: true, changes: true, when: isByThemselves },
  { key: "brain", show: brainStep, behind: true, changes: true, when: isByThemselves },
  { key: "take_home", show: homeStep, behind: true, changes: true },
];

// Whether people meet the scene by themselves: what is told of single people in it is not told of those who live among others.
function isByThemselves(scene) {
  return !scene.community;
}

function block(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

class App {
  constructor(pristine) {
    this.pristine = pristine;
    this.preset = block("lab-preset");
    this.state = null;
    this.states = {};
    this.view = "scenes";
    this.live = h("div", { class: "hidden", role: "status", "aria-live": "polite" });
    this.skip = h("a", { class: "skip", href: "#main" });
    this.main = h("main", { id: "main" });
    this.head = h("header", { class: "head" });
    this.foot = h("footer", { class: "foot" });
  }

  async start() {
    this.engine = new Engine();
    const [words, runs] = await Promise.all(["lab-words", "lab-runs"].map(async (id) => JSON.parse(new TextDecoder().decode(await unpacked(id)))));
    // The texts of scenarios stand once, and their translations in the same order.
    for (const known of Object.values(words.languages)) known.texts = Object.fromEntries(words.texts.map((text, place) => [text, known.texts[place]]).filter(([, translated]) => translated));
    speak(words.languages, block("lab-start").language);
    document.getElementById("app").replaceChildren(this.skip, this.head, this.main, this.foot, this.live);
    this.data = runs;
    speech.works = runs.works;
    this.data.usual = this.data.codebook.usual;
    if (this.preset?.only) this.data.scenarios = this.data.scenarios.filter(({ id }) => id === this.preset.only);
    window.addEventListener("hashchange", () => this.followLink());
    window.addEventListener("popstate", ({ state }) => this.goBack(state));
    // What was predicted or written is gone with the page.
    window.addEventListener("beforeunload", (event) => { if (Object.values(this.states).some((it) => isWorkedOn(it) && it.kept !== asFile(it))) event.preventDefault(); });
    if (!this.followLink()) {
      if (this.data.scenarios.length === 1) this.open(this.data.scenarios[0].id);
      else this.render({ focus: false });
    }
    // The page stands; the engine may take its time now.
    await this.engine.begin();
    document.documentElement.dataset.engine = this.engine.state;
    if (this.engine.state === "refused") this.render({ focus: false });
  }

  followLink() {
    const linked = fromLink(location.hash);
    if (!linked || !this.data.scenarios.some(({ id }) => id === linked.scenario)) return false;
    this.open(linked.scenario);
    Object.assign(this.state, { changes: linked.changes, linked: true });
    this.render({ focus: false });
    return true;
  }

  scenario(id = this.state.scenario) {
    return this.data.scenarios.find((it) => it.id === id);
  }

  // Answers from the runs that came with the page where nothing is changed, and else from the engine.
  async ask(ask, set = [], id = this.state.scenario) {
    const { scene, text, answers } = this.scenario(id);
    const known = set.length === 0 ? ask.map((it) => answers[JSON.stringify(it)]) : [undefined];
    const answer = known.every((it) => it !== undefined) ? Object.assign({}, ...known) : await this.engine.ask({ scenario: text, set, ask });
    // Of which week an answer is.
    if (answer.rates) answer.rates.week = weekOf({ scene, text });
    return answer;
  }

  // What went wrong with an answer, in words.
  troubleOf(answer) {
    const words = answer.refused ? t("engine.missing") : answer.broken ? t("engine.failed", { error: answer.error }) : answer.error;
    return h("p", { class: "warn", role: "alert" }, words ?? "");
  }

  trouble(answer) {
    this.place.replaceChildren(this.troubleOf(answer));
  }

  announce(words) {
    this.live.textContent = words;
  }

  open(id) {
    this.state = this.states[id] ??= blank(id);
    this.view = "step";
    this.go(this.state.step);
  }

  restore(saved) {
    this.states[saved.scenario] = saved;
    this.open(saved.scenario);
    this.go("take_home");
  }

  // A dot was pressed.
  follow(agent, condition) {
    // Those who live among others are seen among them.
    if (this.scenario().scene.community) {
      this.state.community = { condition, person: agent };
      if (this.steps().some(({ key }) => key === "community")) this.go("community");
      return;
    }
    Object.assign(this.state.person, { agent });
    if (this.state.person.there === condition) this.state.person.there = this.state.person.here;
    this.state.person.here = condition;
    if (this.state.person.there === null) this.state.person.there = condition === 0 ? Math.min(1, this.scenario().scene.conditions.length - 1) : 0;
    if (this.steps().some(({ key }) => key === "person")) this.go("person");
  }

  steps() {
    const { scene } = this.scenario();
    const here = STEPS.filter(({ when }) => !when || when(scene));
    return here.filter(({ key }) => !this.preset?.steps || ["scene", "predict", "reveal"].includes(key) || this.preset.steps.includes(key));
  }

  isLocked(step) {
    if (step.behind && step.key !== "reveal" && this.isWaiting()) return true;
    return step.behind === true && !this.state.prediction.committed && !this.preset?.free;
  }

  // Whether the teacher's word is still waited for, which opens what happens.
  isWaiting() {
    return Boolean(this.preset?.word) && !this.state.opened;
  }

  go(key) {
    this.view = "step";
    const step = this.steps().find((it) => it.key === key);
    this.state.step = step && !this.isLocked(step) ? key : "scene";
    this.render();
  }

  // Each step is a place to go back to; where a frame keeps no history there is none.
  remember() {
    const at = this.view === "step" ? { view: "step", scenario: this.state.scenario, step: this.state.step } : { view: this.view };
    const words = JSON.stringify(at);
    if (words === this.remembered) return;
    try {
      history[this.remembered && !this.isGoingBack ? "pushState" : "replaceState"](at, "");
    } catch {
      // The buttons of the page go back as well.
    }
    this.remembered = words;
  }

  goBack(at) {
    if (!at?.view) return;
    this.isGoingBack = true;
    this.view = at.view;
    if (at.view === "step") {
      this.state = this.states[at.scenario] ??= blank(at.scenario);
      this.go(at.step);
    } else this.render();
    this.isGoingBack = false;
  }

  render({ focus = true } = {}) {
    this.remember();
    document.documentElement.lang = speech.language;
    this.glossary?.stop();
    this.skip.textContent = t("skip");
    this.headed();
    const engine = this.engine.state === "refused" ? h("p", { class: "note warn", role: "alert" }, t("engine.refused")) : "";
    this.foot.replaceChildren(h("p", { class: "small" }, `${t("lab")} · compassion ${this.data.version} · ${t("reveal.sure_limits")}`));
    if (this.view === "step") this.stepped(engine);
    else if (this.view === "teacher") {
      this.main.replaceChildren(engine, this.place = h("div", { class: "step" }));
      teacherPage(this, this.place);
    } else this.main.replaceChildren(engine, ...scenesPage(this));
    const heading = this.main.querySelector("h1");
    const title = this.view === "step" ? `${said(this.scenario().scene.title)} · ${t(`step.${this.state.step}`)}` : t("lead");
    document.title = `${title} · ${t("lab")}`;
    if (focus) {
      heading?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }

  headed() {
    const select = h("select", { id: "language", onchange: (event) => { speak(speech.all, event.target.value); this.render({ focus: false }); } }, Object.entries(speech.all).map(([key, words]) => h("option", { value: key, lang: key }, words.language)));
    select.value = speech.language;
    const many = this.data.scenarios.length > 1;
    this.head.replaceChildren(
      h("div", { class: "bar-top" },
        h("span", { class: "brand" }, t("lab")),
        h("nav", { class: "menu", "aria-label": t("lab") },
          many && h("button", { onclick: () => { this.view = "scenes"; this.render(); }, "aria-current": this.view === "scenes" ? "page" : null }, t("menu.scenes")),
          !this.preset?.student && h("button", { onclick: () => { this.view = "teacher"; this.render(); }, "aria-current": this.view === "teacher" ? "page" : null }, t("menu.teacher")),
          document.fullscreenEnabled && h("button", { onclick: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()) }, t("menu.full_screen")),
          h("span", { class: "pick" }, h("label", { for: "language" }, t("menu.language")), select))));
    if (this.view === "step") this.head.append(h("nav", { class: "steps", "aria-label": t("menu.steps") }, h("ol", {}, this.steps().map((step, place) => {
      const locked = this.isLocked(step);
      return h("li", {}, h("button", { disabled: locked, title: locked ? t("menu.locked") : null, "aria-current": step.key === this.state.step ? "step" : null, onclick: () => this.go(step.key) }, h("span", { class: "number", "aria-hidden": "true" }, String(place + 1)), h("span", {}, t(`step.${step.key}`))));
    }))));
  }

  stepped(engine) {
    const steps = this.steps();
    const at = steps.findIndex(({ key }) => key === this.state.step);
    const { scene } = this.scenario();
    this.place = h("div", {});
    const text = h("div", {}, withChanges(this, steps[at]), this.place);
    const next = steps[at + 1];
    const before = steps[at - 1];
    this.main.replaceChildren(engine, h("article", { class: `step step-${this.state.step}` },
      own("p", { class: "eyebrow" }, scene.title), h("h1", { tabindex: "-1" }, t(`step.${this.state.step}`)), text,
      (this.glossary = new Glossary(text)).element,
      h("div", { class: "walk" },
        before ? h("button", { onclick: () => this.go(before.key) }, t("menu.back")) : h("span", {}),
        next && !(this.isLocked(next)) ? h("button", { class: "primary", onclick: () => this.go(next.key) }, t("menu.next", { step: t(`step.${next.key}`) })) : "")));
    const done = steps[at].show(this, this.place);
    done?.catch?.((error) => this.trouble({ error: String(error), broken: true }));
  }

  // This page with a preset inside, as a file.
  saved(preset) {
    const page = this.pristine.cloneNode(true);
    // What was unpacked is packed in it.
    page.querySelector("#lab-run")?.remove();
    page.querySelector("#lab-preset").textContent = JSON.stringify(preset).replaceAll("<", "\\u003c");
    return `<!doctype html>\n${page.outerHTML}`;
  }
}

// Before anything is drawn the page is as it came: that is what is saved for a class.
const app = new App(document.documentElement.cloneNode(true));
app.start().catch((error) => {
  document.getElementById("app").append(h("p", { class: "warn", role: "alert" }, speech.all.en ? t("engine.failed", { error: String(error) }) : String(error)));
});
