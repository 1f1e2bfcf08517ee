// Lines over the seconds of a scene, in panels that share their time.
import { s, drawing } from "./dom.js";
import { GREY, GRID, INK } from "./palette.js";
import { number } from "./words.js";

const SIZE = 14;

// The next end of an axis whose half is a short number as well.
function rounded(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((end) => end >= most * (1 - 1e-9)) ?? most;
}

// As many as half of the end needs.
function decimals(most) {
  return [0, 1, 2, 3].find((places) => Math.abs(Number((most / 2).toFixed(places)) - most / 2) < 1e-9) ?? 3;
}

// Panels of `{ title, most, lines: [{ name, colour, values, other, dash }] }` over `times`; `mark` is `{ time, words }`; `cursor()` a time that is shown.
export function linesChart(label, times, panelsOf, { mark = null, cursor = () => null, axis = "" } = {}) {
  return drawing(label, (width) => {
    const panels = panelsOf();
    const left = 40;
    const right = width - 12;
    const last = times[times.length - 1] || 1;
    const first = Math.min(times[0], 0);
    const x = (time) => left + ((right - left) * (time - first)) / (last - first);
    const children = [];
    let y = 8;
    for (const panel of panels) {
      children.push(s("text", { x: 4, y: y + 14, "font-size": SIZE + 1, "font-weight": 700, fill: INK }, panel.title));
      let at = 4;
      let row = y + 34;
      for (const line of panel.lines) {
        const needed = 34 + line.name.length * SIZE * 0.56 + 14;
        if (at + needed > width && at > 4) {
          at = 4;
          row += 20;
        }
        children.push(s("path", { d: `M${at},${row - 5}h26`, stroke: line.colour, "stroke-width": 4, "stroke-dasharray": line.dash ?? null }), s("text", { x: at + 32, y: row, "font-size": SIZE, fill: INK }, line.name));
        at += needed;
      }
      const top = row + (mark && panel === panels[0] ? 28 : 14);
      const bottom = top + 130;
      const values = panel.lines.flatMap((line) => [...line.values, ...(line.other ?? [])]);
      const most = panel.most ?? rounded(Math.max(0.05, ...values));
      const place = (value) => bottom - (bottom - top) * Math.min(Math.max(value, 0) / most, 1);
      for (const tick of [0, most / 2, most]) children.push(s("path", { d: `M${left},${place(tick)}H${right}`, stroke: GRID }), s("text", { x: left - 6, y: place(tick) + 5, "font-size": SIZE - 1, "text-anchor": "end", fill: GREY }, number(tick, decimals(most))));
      for (const line of panel.lines) {
        // Where there is no value, a line goes on to the next.
        const known = (all) => all.map((value, point) => [value, times[point]]).filter(([value]) => value !== null);
        const path = (all) => known(all).map(([value, time], point) => `${point === 0 ? "M" : "L"}${x(time).toFixed(1)},${place(value).toFixed(1)}`).join("");
        if (line.lower) children.push(s("path", { d: `${path(line.upper)}${line.lower.map((value, point) => `L${x(times[line.lower.length - 1 - point]).toFixed(1)},${place(line.lower[line.lower.length - 1 - point]).toFixed(1)}`).join("")}Z`, fill: line.colour, opacity: 0.12 }));
        children.push(s("path", { d: path(line.values), fill: "none", stroke: line.colour, "stroke-width": 3, "stroke-linejoin": "round", "stroke-dasharray": line.dash ?? null }));
        if (line.other) children.push(s("path", { d: path(line.other), fill: "none", stroke: line.colour, "stroke-width": 2.2, "stroke-linejoin": "round", "stroke-dasharray": "7 5" }));
      }
      if (mark) children.push(s("path", { d: `M${x(mark.time)},${top}V${bottom}`, stroke: INK, "stroke-width": 1.6, "stroke-dasharray": "2 4" }));
      if (mark && panel === panels[0]) {
        const end = x(mark.time) > width * 0.6;
        children.push(s("text", { x: x(mark.time) + (end ? -6 : 6), y: top - 6, "font-size": SIZE, fill: INK, "text-anchor": end ? "end" : "start" }, mark.words));
      }
      const now = cursor();
      if (now !== null) children.push(s("path", { d: `M${x(now)},${top}V${bottom}`, stroke: INK, "stroke-width": 2.5 }));
      y = bottom + 20;
    }
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600].find((size) => ((last - first) / size) * 46 < right - left) ?? last;
    const ticks = Math.floor((last - first) / step + 1e-9);
    for (let tick = 0; tick <= ticks; tick += 1) children.push(s("text", { x: x(first + tick * step), y: y, "font-size": SIZE - 1, "text-anchor": "middle", fill: GREY }, number(first + tick * step, step < 1 ? 1 : 0)));
    children.push(s("text", { x: right, y: y + 20, "font-size": SIZE - 1, "text-anchor": "end", fill: GREY }, axis));
    return { children, height: y + 28 };
  });
}
