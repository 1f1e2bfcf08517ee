// People of a community in their places: who is tied to whom, who is trained, who is exhausted, and who helped whom in a week.
import { s, drawing, growth } from "./dom.js";
import { BLUE, GREEN, INK, between } from "./palette.js";
import { number, t } from "./words.js";

const SIZE = 14;
const EXHAUSTED = [[255, 255, 255], [213, 94, 0]];

// The colour of a value between two ends.
export function shade(value, [low, high]) {
  return between(EXHAUSTED, (value - low) / (high - low || 1));
}

// `seen()` gives `{ places, ties, trained, values, range, helped, picked }`; `pick(person)` is told of a person who is pressed.
export function communityChart(label, seen, pick) {
  let spots = [];
  const picture = drawing(label, (width) => {
    const { places, ties, trained, values, range, helped, picked } = seen();
    const children = [];
    const legendHeight = legend(children, width, range, trained.size > 0);
    const height = Math.min(width * 0.78, 620);
    const radius = Math.min(Math.max(0.3 * Math.sqrt((width * height) / places.length), 3.2), 13);
    const margin = 2 * radius;
    const top = legendHeight + 6;
    spots = places.map(([x, y]) => [margin + x * (width - 2 * margin), top + margin + y * (height - 2 * margin)]);
    const line = ([one, other]) => `M${spots[one].map((it) => it.toFixed(1)).join(",")}L${spots[other].map((it) => it.toFixed(1)).join(",")}`;
    const isTheirs = (pair) => picked !== null && pair.includes(picked);
    children.push(s("path", { d: ties.filter((pair) => !isTheirs(pair)).map(line).join(""), stroke: "#b9b9b9", "stroke-width": 1, fill: "none", opacity: picked === null ? 0.55 : 0.25 }));
    if (picked !== null) children.push(s("path", { d: ties.filter(isTheirs).map(line).join(""), stroke: INK, "stroke-width": 1.6, fill: "none" }));
    for (const pair of helped) children.push(wedge(spots[pair[0]], spots[pair[1]], radius, picked === null || isTheirs(pair) ? 0.75 : 0.15));
    spots.forEach(([x, y], person) => {
      const isTrained = trained.has(person);
      children.push(s("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1), fill: shade(values[person], range), stroke: isTrained ? BLUE : INK, "stroke-width": isTrained ? (0.4 * radius).toFixed(1) : 1 }));
    });
    if (picked !== null) children.push(s("circle", { cx: spots[picked][0], cy: spots[picked][1], r: radius * 1.9, fill: "none", stroke: INK, "stroke-width": 2.5 }));
    return { children, height: top + height };
  });
  picture.svg.classList.add("pickable");
  picture.svg.addEventListener("click", (event) => {
    const box = picture.svg.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / growth(), (event.clientY - box.top) / growth()];
    const away = spots.map(([left, top]) => Math.hypot(left - x, top - y));
    const nearest = away.indexOf(Math.min(...away));
    if (away[nearest] < 18) pick(nearest);
  });
  return picture;
}

// A line that is thick where it begins: with who helped.
function wedge([x, y], [left, top], radius, opacity) {
  const length = Math.hypot(left - x, top - y) || 1;
  const [across, down] = [(-(top - y) / length) * 0.3 * radius, ((left - x) / length) * 0.3 * radius];
  return s("path", { d: `M${(x + across).toFixed(1)},${(y + down).toFixed(1)}L${(x - across).toFixed(1)},${(y - down).toFixed(1)}L${left.toFixed(1)},${top.toFixed(1)}Z`, fill: GREEN, stroke: GREEN, "stroke-width": 1, opacity });
}

// What stands for what; returns the height it takes.
function legend(children, width, range, isTrained) {
  const circle = (fill, stroke, thick) => (x, y) => s("circle", { cx: x + 9, cy: y - 5, r: 7, fill, stroke, "stroke-width": thick });
  const items = [
    isTrained && [t("community.is_trained"), circle("#fff", BLUE, 3)],
    [t("community.scale", { low: number(range[0], 1), high: number(range[1], 1) }), (x, y) => [0, 1, 2].map((part) => s("rect", { x: x + part * 7, y: y - 12, width: 7, height: 14, fill: shade(part / 2, [0, 1]), stroke: INK, "stroke-width": 0.6 }))],
    [t("community.help_line"), (x, y) => wedge([x, y - 5], [x + 20, y - 5], 11, 0.8)],
    [t("community.tie"), (x, y) => s("path", { d: `M${x},${y - 5}h20`, stroke: "#b9b9b9", "stroke-width": 2 })],
  ].filter(Boolean);
  let [x, y] = [2, 15];
  for (const [words, mark] of items) {
    const needed = 28 + words.length * SIZE * 0.54 + 16;
    if (x + needed > width && x > 2) [x, y] = [2, y + 22];
    children.push(mark(x, y), s("text", { x: x + 26, y, "font-size": SIZE, fill: INK }, words));
    x += needed;
  }
  return y + 8;
}
