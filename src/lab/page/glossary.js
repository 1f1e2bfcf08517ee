// Words of the field, explained where they first stand in a step, and all of them at its end.
import { fresh, h } from "./dom.js";
import { speech, t } from "./words.js";

// Where a word is part of something else that is pressed, drawn or written by somebody.
const NOT_IN = "button, a, label, legend, summary, select, svg, code, pre, textarea, table, output, h1, h2, h3, figcaption, nav, .means, .warn, .glossary, .person-told";

// The terms in the language of the page, each with what finds it.
function terms() {
  const own = speech.all[speech.language]?.glossary ?? {};
  return Object.keys(own).map((key) => ({ key, find: new RegExp(`(?<![\\p{L}\\d])(?:${t(`glossary.${key}.find`)})(?![\\p{L}\\d])`, "u"), means: t(`glossary.${key}.means`) }));
}

// A word that is pressed to see what it means.
function pressed(word, means) {
  const id = fresh("means");
  const told = h("span", { id, class: "means" }, means);
  const button = h("button", { type: "button", class: "term", "aria-expanded": "false", "aria-controls": id, title: t("words_explained.press") }, word);
  const open = (is) => {
    // Behind what stands beside the word.
    if (is) (button.closest(".beside") ?? button).after(told);
    else told.remove();
    button.setAttribute("aria-expanded", String(is));
  };
  button.addEventListener("click", () => open(!told.isConnected));
  button.addEventListener("keydown", (event) => { if (event.key === "Escape") open(false); });
  return button;
}

// Explains each term where it first stands in a step, also in what comes later.
export class Glossary {
  constructor(root) {
    this.root = root;
    this.all = terms();
    this.shown = new Map();
    this.list = h("dl", {});
    this.element = h("details", { class: "behind glossary", ontoggle: () => this.fill() }, h("summary", {}, t("words_explained.title")), this.list);
    this.observer = new MutationObserver(() => this.explain());
    this.explain();
  }

  stop() {
    this.observer.disconnect();
  }

  explain() {
    this.observer.disconnect();
    const open = this.all.filter(({ key }) => !this.shown.get(key)?.isConnected);
    const walk = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT, { acceptNode: (node) => (node.parentElement.closest(NOT_IN) || node.parentElement.closest("[lang]") !== document.documentElement ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT) });
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (let place = 0; place < texts.length && open.length > 0; place += 1) {
      const node = texts[place];
      const found = open.map((term) => ({ term, match: term.find.exec(node.data) })).filter(({ match }) => match).sort((one, other) => one.match.index - other.match.index)[0];
      if (!found) continue;
      // Quotation marks and commas stay on its line.
      const end = found.match.index + found.match[0].length;
      const [before, after] = [/\S*$/.exec(node.data.slice(0, found.match.index))[0], /^\S*/.exec(node.data.slice(end))[0]];
      const word = node.splitText(found.match.index - before.length);
      texts.splice(place + 1, 0, word.splitText(before.length + found.match[0].length + after.length));
      const button = pressed(found.match[0], found.term.means);
      word.replaceWith(before.length + after.length > 0 ? h("span", { class: "beside" }, before, button, after) : button);
      this.shown.set(found.term.key, button);
      open.splice(open.indexOf(found.term), 1);
    }
    this.observer.observe(this.root, { childList: true, subtree: true, characterData: true });
    if (this.element.open) this.fill();
  }

  // All terms of the step, also those on buttons and in charts.
  fill() {
    // What stands in one element ends there.
    const walk = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walk.nextNode()) text += `${walk.currentNode.data} `;
    const here = this.all.filter(({ find }) => find.test(text));
    if (this.list.children.length !== 2 * here.length) this.list.replaceChildren(...here.flatMap(({ key, means }) => [h("dt", {}, t(`glossary.${key}.word`)), h("dd", {}, means)]));
  }
}
