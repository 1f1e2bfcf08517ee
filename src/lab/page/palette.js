// Colours of Okabe and Ito (2008), and viridis for maps: told apart by everybody, and never the only sign.

export const INK = "#222222";
export const GREY = "#595959";
export const GRID = "#dedede";
export const BLUE = "#0072b2";
export const VERMILLION = "#d55e00";
export const GREEN = "#009e73";
export const PURPLE = "#cc79a7";
export const SKY = "#56b4e9";
export const ORANGE = "#e69f00";

export const CATEGORIES = [BLUE, VERMILLION, GREEN, PURPLE, SKY, ORANGE, "#000000"];
export const SHAPES = ["circle", "square", "triangle", "diamond", "down", "cross", "ring"];

export const OUTCOMES = { helped: BLUE, left: VERMILLION, undecided: "#8a8a8a", relieved: SKY, punished: PURPLE };

const VIRIDIS = [[68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37]];
const DIVERGING = [[0, 90, 150], [110, 170, 215], [245, 245, 245], [240, 160, 100], [190, 75, 0]];

// A colour between those of several stops.
export function between(stops, share) {
  const place = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const first = Math.min(Math.floor(place), stops.length - 2);
  const rest = place - first;
  return `rgb(${stops[first].map((value, part) => Math.round(value + (stops[first + 1][part] - value) * rest)).join(",")})`;
}

// The colour of a share on a map.
export function viridis(share) {
  return between(VIRIDIS, share);
}

// The colour of more (positive) or less (negative), from −1 to 1.
export function diverging(value) {
  return between(DIVERGING, (value + 1) / 2);
}
