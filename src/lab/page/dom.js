// Elements without markup in text: what somebody wrote is always text.

const VECTOR = "http://www.w3.org/2000/svg";

function made(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (name === "checked") element.checked = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// An element with attributes (`on…` are listeners) and children.
export function h(tag, attributes, ...children) {
  return made(document.createElement(tag), attributes, children);
}

// An element of a drawing.
export function s(tag, attributes, ...children) {
  return made(document.createElementNS(VECTOR, tag), attributes, children);
}

let numbered = 0;
// A name for an element that no other has.
export function fresh(prefix) {
  numbered += 1;
  return `${prefix}-${numbered}`;
}

// How much larger than usual the page's letters are: on a beamer drawings grow with them.
export function growth() {
  return Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 17);
}

// A drawing that is made anew for the width it has; `draw(width)` gives the children and the height.
export function drawing(label, draw) {
  const svg = s("svg", { role: "img", "aria-label": label, class: "drawing" });
  const holder = h("div", { class: "holder" }, svg);
  let last = 0;
  const redraw = () => {
    last = holder.clientWidth;
    const scale = growth();
    const width = Math.round((last || 720) / scale);
    const { children, height } = draw(width);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
    svg.replaceChildren(...children.flat(Infinity).filter(Boolean));
  };
  new ResizeObserver(() => {
    if (holder.isConnected && Math.abs(holder.clientWidth - last) > 1) redraw();
  }).observe(holder);
  redraw();
  return { element: holder, redraw, svg };
}

// A table with a caption for those who do not see the drawing beside it.
export function table(caption, head, rows) {
  const row = (cells) => h("tr", {}, cells.map((cell, place) => (place === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell))));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, cell)))), h("tbody", {}, rows.map(row))));
}

// A drawing, its words, and its table behind it.
export function figure(title, drawn, summary, inTable) {
  return h("figure", { class: "figure" }, h("figcaption", {}, title), drawn, h("details", { class: "behind" }, h("summary", {}, summary), inTable));
}

// Shortens a text to a width, in letters of about half their size.
export function fitted(text, width, size) {
  const most = Math.max(3, Math.floor(width / (size * 0.53)));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

// Breaks a text into lines of a width.
export function lines(text, width, size) {
  const most = Math.max(6, Math.floor(width / (size * 0.53)));
  const done = [""];
  // A unit stays with its number.
  for (const word of text.replace(/(\d) (\S{1,2})$/, "$1\u00a0$2").split(" ")) {
    const last = done[done.length - 1];
    if (last && last.length + 1 + word.length > most) done.push(fitted(word, width, size));
    else done[done.length - 1] = last ? `${last} ${word}` : fitted(word, width, size);
  }
  return done;
}

// A text of several lines, the first at a place.
export function textLines(all, x, y, size, attributes) {
  return s("text", { x, y, "font-size": size, ...attributes }, all.map((line, place) => s("tspan", { x, dy: place === 0 ? 0 : size * 1.2 }, line)));
}
