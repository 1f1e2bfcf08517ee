// A schematic brain, from the side and cut through the middle; twelve regions coloured by a reading.
import { s, drawing } from "./dom.js";
import { GREY, INK, diverging } from "./palette.js";
import { signed, t } from "./words.js";

// Where a region lies: view, centre, half axes, tilt; deep ones are drawn with a broken line.
const PLACES = {
  dorsolateral_prefrontal: { view: 0, x: 82, y: 72, rx: 32, ry: 20, turn: -28 },
  ventrolateral_prefrontal: { view: 0, x: 62, y: 122, rx: 24, ry: 15, turn: 8 },
  inferior_frontal: { view: 0, x: 114, y: 112, rx: 21, ry: 17, turn: -10 },
  anterior_insula: { view: 0, x: 152, y: 142, rx: 24, ry: 14, turn: -14, deep: true },
  inferior_parietal: { view: 0, x: 222, y: 84, rx: 30, ry: 19, turn: 24 },
  temporoparietal_junction: { view: 0, x: 232, y: 130, rx: 24, ry: 17, turn: -10 },
  dorsomedial_prefrontal: { view: 1, x: 82, y: 66, rx: 31, ry: 19, turn: -38 },
  anterior_mid_cingulate: { view: 1, x: 146, y: 68, rx: 31, ry: 12, turn: -8 },
  medial_orbitofrontal: { view: 1, x: 66, y: 147, rx: 29, ry: 13, turn: 10 },
  ventral_striatum: { view: 1, x: 116, y: 141, rx: 19, ry: 14, turn: 0, deep: true },
  septal_area: { view: 1, x: 154, y: 115, rx: 19, ry: 14, turn: 0 },
  amygdala: { view: 1, x: 168, y: 166, rx: 17, ry: 13, turn: 0, deep: true },
};

const CEREBRUM = "M24,124C20,82 56,40 112,26C174,10 244,30 276,76C300,110 298,146 276,160C262,168 246,166 232,162C206,188 158,200 112,186C88,179 82,168 88,156C58,158 28,150 24,124Z";

function side() {
  return [
    s("path", { d: "M222,168C218,196 226,214 236,232L258,232C250,210 250,192 254,172Z", fill: "#ece7e1", stroke: GREY, "stroke-width": 1.4 }),
    s("path", { d: "M232,166C256,158 292,160 300,178C304,196 282,210 256,208C238,206 226,190 232,166Z", fill: "#e9e3dc", stroke: GREY, "stroke-width": 1.6 }),
    s("path", { d: "M238,176C258,170 282,172 296,180M236,188C256,184 278,188 294,194M244,200C258,196 272,200 280,204", fill: "none", stroke: "#b9afa5", "stroke-width": 1.2 }),
    s("path", { d: CEREBRUM, fill: "#f4efe9", stroke: GREY, "stroke-width": 2 }),
    s("path", { d: "M88,156C112,150 148,140 204,120M166,18C158,52 146,82 138,106M186,20C180,56 166,92 160,112M112,30C104,56 92,74 78,84M58,62C66,84 60,100 48,110M250,46C236,66 218,76 200,80M270,78C252,96 236,104 214,106M126,170C160,172 196,160 222,144", fill: "none", stroke: "#cbc1b6", "stroke-width": 1.8, "stroke-linecap": "round" }),
  ];
}

function middle() {
  return [
    s("path", { d: "M190,150C198,176 208,204 216,232L240,232C234,204 226,178 224,156Z", fill: "#ece7e1", stroke: GREY, "stroke-width": 1.4 }),
    s("path", { d: CEREBRUM, fill: "#f4efe9", stroke: GREY, "stroke-width": 2 }),
    s("path", { d: "M232,160C252,150 290,152 300,172C304,192 282,208 256,206C236,204 226,184 232,160Z", fill: "#e9e3dc", stroke: GREY, "stroke-width": 1.6 }),
    s("path", { d: "M240,164L284,182M246,192L284,182M258,160L280,180", fill: "none", stroke: "#b9afa5", "stroke-width": 1.2 }),
    s("path", { d: "M100,126C94,100 120,86 160,84C204,82 236,98 238,124C226,108 198,98 162,99C134,100 116,108 114,126C112,136 102,136 100,126Z", fill: "#ffffff", stroke: GREY, "stroke-width": 1.6 }),
    s("path", { d: "M136,124C156,108 208,108 216,132C222,150 196,152 176,148", fill: "none", stroke: "#cbc1b6", "stroke-width": 1.6 }),
    s("path", { d: "M84,120C80,90 114,62 166,60C216,60 252,80 258,118M132,22C126,34 118,42 104,48M196,18C192,32 196,44 204,52M246,42C240,56 244,68 256,80M282,96C268,102 256,112 254,124", fill: "none", stroke: "#cbc1b6", "stroke-width": 1.8, "stroke-linecap": "round" }),
  ];
}

// Regions of `{ key, name, reading, number }`; `look(region)` is called when one is pointed at.
export function brainChart(label, regionsOf) {
  return drawing(label, (width) => {
    const wide = width >= 640;
    const scale = wide ? Math.min((width - 30) / 2 / 316, 1.9) : Math.min(width / 316, 1.6);
    const views = [0, 1].map((view) => {
      const [x, y] = wide ? [view * (width / 2) + (width / 2 - 316 * scale) / 2, 34] : [(width - 316 * scale) / 2, 34 + view * (240 * scale + 40)];
      const regions = regionsOf().filter((region) => PLACES[region.key]?.view === view);
      return [
        s("text", { x: wide ? view * (width / 2) + width / 4 : width / 2, y: y - 12, "font-size": 16, "font-weight": 700, "text-anchor": "middle", fill: INK }, t(view === 0 ? "brain.side" : "brain.middle")),
        s("g", { transform: `translate(${x} ${y}) scale(${scale})` }, view === 0 ? side() : middle(), regions.map((region) => drawn(region))),
      ];
    });
    const bottom = wide ? 34 + 240 * scale : 34 + 2 * (240 * scale + 40) - 20;
    const bar = Math.min(300, width - 60);
    const left = (width - bar) / 2;
    const legend = Array.from({ length: 41 }, (_, part) => s("rect", { x: left + (bar * part) / 41, y: bottom + 8, width: bar / 41 + 0.6, height: 13, fill: diverging(part / 20 - 1) }));
    const words = [[left, "start", `−1 ${t("brain.less")}`], [left + bar / 2, "middle", "0"], [left + bar, "end", `${t("brain.more")} +1`]];
    const deep = s("text", { x: width / 2, y: bottom + 60, "font-size": 14, "text-anchor": "middle", fill: GREY }, t("brain.deep"));
    return { children: [views, legend, deep, words.map(([x, anchor, text]) => s("text", { x, y: bottom + 38, "font-size": 14, "text-anchor": anchor, fill: INK }, text))], height: bottom + 70 };
  });
}

function drawn(region) {
  const { x, y, rx, ry, turn, deep } = PLACES[region.key];
  const reading = region.reading ?? 0;
  return s("g", {}, s("title", {}, `${region.number} ${region.name}: ${signed(reading, 2)}`),
    s("ellipse", { cx: x, cy: y, rx, ry, transform: `rotate(${turn} ${x} ${y})`, fill: diverging(reading), stroke: INK, "stroke-width": 1.3, "stroke-dasharray": deep ? "4 2.5" : null }),
    s("text", { x, y: y - 1, "font-size": 11, "font-weight": 700, "text-anchor": "middle", fill: Math.abs(reading) > 0.75 ? "#ffffff" : INK }, String(region.number)),
    s("text", { x, y: y + 9, "font-size": 8, "text-anchor": "middle", fill: Math.abs(reading) > 0.75 ? "#ffffff" : INK }, signed(reading, 2)));
}
