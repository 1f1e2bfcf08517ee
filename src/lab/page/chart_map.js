// The sweet spot: helping over affective sharing and regulation, with people on it.
import { s, drawing, fitted } from "./dom.js";
import { CATEGORIES, GREY, INK, SHAPES, viridis } from "./palette.js";
import { number, said, t } from "./words.js";

const SIZE = 14;

// A sign at a place.
export function sign(shape, x, y, r, colour) {
  const look = { fill: colour, stroke: "#ffffff", "stroke-width": 2.4, "paint-order": "stroke" };
  const paths = {
    square: `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    triangle: `M${x},${y - r * 1.2}L${x + r * 1.2},${y + r}H${x - r * 1.2}Z`,
    down: `M${x},${y + r * 1.2}L${x + r * 1.2},${y - r}H${x - r * 1.2}Z`,
    diamond: `M${x},${y - r * 1.3}L${x + r * 1.3},${y}L${x},${y + r * 1.3}L${x - r * 1.3},${y}Z`,
    cross: `M${x - r},${y - r / 3}h${r * 0.66}v${-r * 0.66}h${r * 0.66}v${r * 0.66}h${r * 0.66}v${r * 0.66}h${-r * 0.66}v${r * 0.66}h${-r * 0.66}v${-r * 0.66}h${-r * 0.66}Z`,
  };
  if (shape === "ring") return s("circle", { cx: x, cy: y, r, fill: "#ffffff", stroke: colour, "stroke-width": 3.5 });
  return shape === "circle" ? s("circle", { cx: x, cy: y, r, ...look }) : s("path", { d: paths[shape], ...look });
}

export function mapChart(label, map) {
  return drawing(label, (width) => {
    const left = 52;
    const right = width - 14;
    const top = 14;
    const height = Math.min(440, Math.max(240, (right - left) * 0.56));
    const bottom = top + height;
    const { sharing, regulation, helped, best, marks } = map;
    const columns = sharing.length;
    const rows = regulation.length;
    const [first, last] = [sharing[0], sharing[columns - 1]];
    const [lowest, highest] = [regulation[0], regulation[rows - 1]];
    const cell = { x: (right - left) / columns, y: height / rows };
    const x = (value) => left + cell.x / 2 + ((right - left - cell.x) * (value - first)) / (last - first);
    const y = (value) => bottom - cell.y / 2 - ((height - cell.y) * (value - lowest)) / (highest - lowest);
    const [low, high] = [Math.min(...helped), Math.max(...helped)];
    const shade = (share) => (high - low < 0.02 ? 0.5 : (share - low) / (high - low));
    const children = helped.map((share, place) => s("rect", {
      x: (left + cell.x * (place % columns)).toFixed(2), y: (bottom - cell.y * (Math.floor(place / columns) + 1)).toFixed(2), width: (cell.x + 0.6).toFixed(2), height: (cell.y + 0.6).toFixed(2), fill: viridis(shade(share)),
    }));
    if (best.length > 1) {
      const path = best.map(([one, other], place) => `${place === 0 ? "M" : "L"}${x(one).toFixed(1)},${y(other).toFixed(1)}`).join("");
      children.push(s("path", { d: path, fill: "none", stroke: INK, "stroke-width": 6 }), s("path", { d: path, fill: "none", stroke: "#ffffff", "stroke-width": 3, "stroke-dasharray": "9 5" }));
    }
    for (const tick of [-3, -2, -1, 0, 1, 2, 3].filter((value) => value >= first && value <= last)) children.push(s("text", { x: x(tick), y: bottom + 18, "font-size": SIZE, "text-anchor": "middle", fill: GREY }, number(tick)));
    for (const tick of [-2, -1, 0, 1, 2].filter((value) => value >= lowest && value <= highest)) children.push(s("text", { x: left - 8, y: y(tick) + 5, "font-size": SIZE, "text-anchor": "end", fill: GREY }, number(tick)));
    children.push(s("text", { x: (left + right) / 2, y: bottom + 40, "font-size": SIZE, "text-anchor": "middle", fill: INK }, t("map.sharing")));
    children.push(s("text", { x: 14, y: top + height / 2, "font-size": SIZE, "text-anchor": "middle", fill: INK, transform: `rotate(-90 14 ${top + height / 2})` }, t("map.regulation")));
    marks.forEach((mark, place) => children.push(sign(SHAPES[place % 7], x(Math.min(Math.max(mark.sharing, first), last)), y(Math.min(Math.max(mark.regulation, lowest), highest)), 8, CATEGORIES[place % 7])));
    let at = bottom + 66;
    const bar = Math.min(260, right - left);
    for (let part = 0; part < 40; part += 1) children.push(s("rect", { x: left + (bar * part) / 40, y: at, width: bar / 40 + 0.6, height: 13, fill: viridis(part / 39) }));
    children.push(s("text", { x: left, y: at + 30, "font-size": SIZE, fill: GREY }, number(low * 100)), s("text", { x: left + bar, y: at + 30, "font-size": SIZE, fill: GREY, "text-anchor": "end" }, number(high * 100)), s("text", { x: left + bar / 2, y: at + 30, "font-size": SIZE, fill: INK, "text-anchor": "middle" }, t("map.helped")));
    at += 52;
    if (best.length > 1) {
      children.push(s("path", { d: `M${left},${at - 5}h26`, stroke: INK, "stroke-width": 6 }), s("path", { d: `M${left},${at - 5}h26`, stroke: "#ffffff", "stroke-width": 3, "stroke-dasharray": "9 5" }), s("text", { x: left + 36, y: at, "font-size": SIZE, fill: INK }, t("map.best")));
      at += 24;
    }
    const perRow = Math.max(1, Math.floor((right - left) / 270));
    marks.forEach((mark, place) => {
      const [column, row] = [place % perRow, Math.floor(place / perRow)];
      const start = left + ((right - left) / perRow) * column;
      children.push(sign(SHAPES[place % 7], start + 8, at + row * 24 - 5, 7, CATEGORIES[place % 7]), s("text", { x: start + 24, y: at + row * 24, "font-size": SIZE, fill: INK }, fitted(said(mark.name), (right - left) / perRow - 34, SIZE)));
    });
    return { children, height: at + Math.ceil(marks.length / perRow) * 24 };
  });
}
