// How many help in each condition: the model with its interval, beside what was expected, what people did, and what it was before.
import { s, drawing, lines, textLines } from "./dom.js";
import { BLUE, GREY, GRID, INK, ORANGE } from "./palette.js";
import { hundred, number, t } from "./words.js";

const SIZE = 15;

function diamond(x, y, r) {
  return `M${x},${y - r}L${x + r},${y}L${x},${y + r}L${x - r},${y}Z`;
}

// Rows of `{ name, value, lower, upper, predicted, observed: { value, lower, upper }, before }`, all shares; null is what there is not.
export function ratesChart(label, rowsOf) {
  return drawing(label, (width) => {
    const rows = rowsOf();
    const wide = width >= 620;
    const left = wide ? Math.min(300, width * 0.3) : 8;
    const right = width - 52;
    const x = (share) => left + (right - left) * share;
    const has = (key) => rows.some((row) => row[key] !== null && row[key] !== undefined);
    const children = [];
    let y = 30 + legend(children, width, left, has) + (wide ? 0 : 4);
    const top = y - 4;
    const body = [];
    for (const row of rows) {
      const words = lines(row.name, wide ? left - 18 : width - 16, SIZE);
      const above = wide ? 0 : words.length * SIZE * 1.2 + 2;
      body.push(textLines(words, wide ? left - 12 : left, wide ? y + 20 - (words.length - 1) * SIZE * 0.6 : y + SIZE, SIZE, { fill: INK, "text-anchor": wide ? "end" : "start" }));
      y += above;
      if (row.value !== null) {
        if (row.before !== null && row.before !== undefined) body.push(s("rect", { x: x(0), y: y + 3, width: Math.max(x(row.before) - x(0), 0), height: 25, fill: "none", stroke: GREY, "stroke-dasharray": "4 3", "stroke-width": 1.5 }));
        body.push(s("rect", { x: x(0), y: y + 6, width: Math.max(x(row.value) - x(0), 0), height: 19, fill: BLUE }));
        body.push(s("path", { d: `M${x(row.lower)},${y + 15.5}H${x(row.upper)}M${x(row.lower)},${y + 10}v11M${x(row.upper)},${y + 10}v11`, stroke: INK, "stroke-width": 1.8, fill: "none" }));
        const end = Math.max(row.value, row.upper, row.before ?? 0);
        const close = row.predicted !== null && row.predicted !== undefined && row.predicted > end && x(row.predicted) - x(end) < 44;
        body.push(s("text", { x: (close ? x(row.predicted) : x(end)) + 11, y: y + 21, "font-size": SIZE + 2, "font-weight": 700, fill: INK }, hundred(row.value)));
      }
      if (row.predicted !== null && row.predicted !== undefined) body.push(s("path", { d: diamond(x(row.predicted), y + 15.5, 9), fill: ORANGE, stroke: INK, "stroke-width": 1.6 }));
      if (row.observed) {
        const at = y + 33;
        body.push(s("path", { d: `M${x(row.observed.lower)},${at}H${x(row.observed.upper)}`, stroke: INK, "stroke-width": 1.6 }), s("circle", { cx: x(row.observed.value), cy: at, r: 5.5, fill: "#ffffff", stroke: INK, "stroke-width": 2 }));
      }
      y += has("observed") ? 52 : 42;
    }
    const ticks = [0, 0.25, 0.5, 0.75, 1];
    children.push(ticks.map((tick) => s("path", { d: `M${x(tick)},${top}V${y}`, stroke: GRID })));
    children.push(body);
    children.push(ticks.map((tick) => s("text", { x: x(tick), y: y + 18, "font-size": SIZE - 1, fill: GREY, "text-anchor": "middle" }, number(tick * 100))));
    return { children, height: y + 28 };
  });
}

// What stands for what; returns the height it takes beyond one line.
function legend(children, width, left, has) {
  const items = [[t("reveal.simulated"), (x, y) => s("rect", { x, y: y - 11, width: 18, height: 12, fill: BLUE })]];
  if (has("before")) items.push([t("change.before"), (x, y) => s("rect", { x, y: y - 11, width: 18, height: 12, fill: "none", stroke: GREY, "stroke-dasharray": "4 3", "stroke-width": 1.5 })]);
  if (has("predicted")) items.push([t("reveal.predicted"), (x, y) => s("path", { d: diamond(x + 9, y - 5, 8), fill: ORANGE, stroke: INK, "stroke-width": 1.6 })]);
  if (has("observed")) items.push([t("reveal.observed"), (x, y) => [s("path", { d: `M${x},${y - 5}h18`, stroke: INK, "stroke-width": 1.6 }), s("circle", { cx: x + 9, cy: y - 5, r: 5, fill: "#ffffff", stroke: INK, "stroke-width": 2 })]]);
  let x = width < 620 ? 8 : left;
  let y = 15;
  for (const [words, sign] of items) {
    const needed = 28 + words.length * SIZE * 0.56 + 18;
    if (x + needed > width && x > left) {
      x = width < 620 ? 8 : left;
      y += 22;
    }
    children.push(sign(x, y), s("text", { x: x + 25, y, "font-size": SIZE - 1, fill: INK }, words));
    x += needed;
  }
  return y - 15;
}
