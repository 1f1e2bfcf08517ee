// Texts to copy: the code of a prediction, a link.
import { fresh, h } from "./dom.js";
import { t } from "./words.js";

// Where a page may not use the clipboard, what is selected can still be copied.
function copiedBySelection(text) {
  const area = h("textarea", { class: "hidden", "aria-hidden": "true", tabindex: "-1" });
  const before = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  area.remove();
  before?.focus?.();
  return done;
}

// Copies a text; says whether that was possible.
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A frame that refuses the clipboard says of what is selected that it was copied.
    return window.self === window.top && copiedBySelection(text);
  }
}

// A text in a field of its own, to be copied by hand.
export function textToCopy(label, text) {
  const id = fresh("copy");
  const area = h("textarea", { id, rows: "5", readonly: true, onfocus: (event) => event.target.select() });
  area.value = text;
  return h("div", { class: "field" }, h("label", { for: id }, label), area);
}

// A code with a button that copies it, and a word that it did.
export function codeToCopy(label, code) {
  const status = h("span", { class: "done", role: "status" });
  const holder = h("div", {});
  const copy = async () => {
    status.textContent = "";
    const is = await copied(code);
    status.textContent = t(is ? "home.copied" : "home.not_copied");
    if (!is) holder.replaceChildren(textToCopy(t("home.copy"), code));
  };
  return h("div", { class: "code" }, h("p", {}, label, ": ", h("code", {}, code), " ", h("button", { class: "small", onclick: copy }, t("home.copy_code")), " ", status), holder);
}
