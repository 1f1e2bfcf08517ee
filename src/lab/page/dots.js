// People as dots: they stand in the middle, and walk to what they decide at the moment at which they do.
import { growth, h } from "./dom.js";
import { INK, OUTCOMES } from "./palette.js";
import { named, t } from "./words.js";

const NAMES = { h: "helped", l: "left", u: "undecided", r: "relieved", p: "punished" };
const RUN_MS = 5000;
const WALK_MS = 700;

export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// How many of the letters stand for each outcome.
export function counted(letters) {
  const counts = Object.fromEntries(Object.values(NAMES).map((name) => [name, 0]));
  for (const letter of letters) counts[NAMES[letter]] += 1;
  return counts;
}

// A picture of people in all conditions. `picked(person, condition)` is told of a dot that is pressed; `ringed(person, condition)` says who is marked.
export class Dots {
  constructor({ names, outcomes, times, end, picked = null, ringed = () => false, rowHeight = 78 }) {
    Object.assign(this, { names, outcomes, times, end, ringed, rowHeight });
    this.canvas = h("canvas", { class: picked ? "dots pickable" : "dots", role: "img", "aria-label": this.label() });
    this.element = h("div", { class: "holder" }, this.canvas);
    this.now = calm() ? RUN_MS + WALK_MS : 0;
    this.playing = false;
    new ResizeObserver(() => this.lay()).observe(this.element);
    if (picked) this.canvas.addEventListener("click", (event) => this.press(event, picked));
  }

  label() {
    const rows = this.names.map((name, place) => t("reveal.dots_label", { name, n: this.outcomes[place].length, ...counted(this.outcomes[place]) }));
    return rows.join(". ");
  }

  show({ outcomes, times }) {
    Object.assign(this, { outcomes, times });
    this.canvas.setAttribute("aria-label", this.label());
    this.lay();
  }

  // Works out where everybody stands in the middle and at the end.
  lay() {
    this.scale = growth();
    const width = this.element.clientWidth / this.scale;
    if (width === 0) return;
    this.width = width;
    const all = new Set(this.outcomes.join(""));
    const zones = ["l", "u", "r", "h", "p"].filter((letter) => "luh".includes(letter) || all.has(letter));
    const weights = zones.map((letter) => ("lh".includes(letter) ? 1.25 : 0.9));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let at = 0;
    this.zones = zones.map((letter, place) => {
      const zone = { letter, left: at, right: at + (width * weights[place]) / total };
      at = zone.right;
      return zone;
    });
    this.shown = Math.min(this.outcomes[0].length, width < 620 ? 100 : 200);
    const narrowest = Math.min(...this.zones.map((zone) => zone.right - zone.left)) - 10;
    const most = Math.max(...this.outcomes.map((letters) => Math.max(...Object.values(counted(letters.slice(0, this.shown))))));
    // As many rows as make the dots largest.
    const pitch = (rows) => Math.min((this.rowHeight - 30) / rows, narrowest / Math.ceil(most / rows));
    this.rows = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12].reduce((one, other) => (pitch(other) > pitch(one) ? other : one));
    this.pitch = pitch(this.rows);
    this.radius = Math.max(1.6, this.pitch * 0.42);
    this.height = 30 + this.outcomes.length * this.rowHeight;
    this.people = this.outcomes.map((letters, row) => this.row(letters.slice(0, this.shown), row));
    const scale = this.scale * (window.devicePixelRatio || 1);
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(this.height * scale);
    this.canvas.style.width = `${width * this.scale}px`;
    this.canvas.style.height = `${this.height * this.scale}px`;
    this.canvas.getContext("2d").setTransform(scale, 0, 0, scale, 0, 0);
    this.draw();
  }

  row(letters, row) {
    const top = 30 + row * this.rowHeight + 26;
    const middle = this.zones.find((zone) => zone.letter === "u");
    const order = [...letters].map((_, person) => person).sort((one, other) => this.times[row][one] - this.times[row][other]);
    const filled = {};
    const people = [];
    for (const person of order) {
      const letter = letters[person];
      const zone = this.zones.find((it) => it.letter === letter);
      const place = filled[letter] ?? 0;
      filled[letter] = place + 1;
      const across = (Math.floor(place / this.rows) + 0.5) * this.pitch;
      const down = top + ((place % this.rows) + 0.5) * this.pitch;
      const x = letter === "l" ? zone.right - 6 - across : zone.left + 6 + across;
      // A spot in the crowd: the same for a person in every row.
      const [a, b] = [(person * 0.618034) % 1, (person * 0.754878) % 1];
      people[person] = {
        person, letter, end: [x, down],
        start: [(middle.left + middle.right) / 2 + (a - 0.5) * (middle.right - middle.left - 16), top + b * this.rows * this.pitch],
        at: letter === "u" ? RUN_MS : (RUN_MS * this.times[row][person]) / this.end,
      };
    }
    return people;
  }

  place({ start, end, at }) {
    const share = Math.min(Math.max((this.now - at) / WALK_MS, 0), 1);
    const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) * (1 - share);
    return [start[0] + (end[0] - start[0]) * eased, start[1] + (end[1] - start[1]) * eased, share];
  }

  draw() {
    const pen = this.canvas.getContext("2d");
    const font = getComputedStyle(this.element).fontFamily;
    pen.clearRect(0, 0, this.width, this.height);
    pen.textBaseline = "middle";
    for (const zone of this.zones) {
      pen.fillStyle = zone.letter === "u" ? "#f3f3f1" : "#fafaf8";
      pen.fillRect(zone.left + 2, 0, zone.right - zone.left - 4, this.height);
      pen.fillStyle = INK;
      const words = named("outcome", NAMES[zone.letter]);
      pen.font = `700 15px ${font}`;
      // Long words in narrow columns are set smaller.
      const size = Math.min(15, (15 * (zone.right - zone.left - 6)) / pen.measureText(words).width);
      pen.font = `700 ${size}px ${font}`;
      pen.textAlign = "center";
      pen.fillText(words, (zone.left + zone.right) / 2, 15);
    }
    this.people.forEach((people, row) => {
      const y = 30 + row * this.rowHeight + 13;
      // A strip of its own for the name, which reaches over the columns.
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, y - 12, this.width, 24);
      pen.fillStyle = INK;
      pen.font = `15px ${font}`;
      pen.textAlign = "left";
      let name = this.names[row];
      while (pen.measureText(name).width > this.width - 20 && name.length > 4) name = `${name.slice(0, -2)}…`;
      pen.fillText(name, 8, y);
      for (const one of people) {
        const [x, down, share] = this.place(one);
        pen.fillStyle = share > 0 ? OUTCOMES[NAMES[one.letter]] : OUTCOMES.undecided;
        pen.beginPath();
        pen.arc(x, down, this.radius, 0, 2 * Math.PI);
        pen.fill();
        if (this.ringed(one.person, row)) {
          pen.strokeStyle = INK;
          pen.lineWidth = 2;
          pen.beginPath();
          pen.arc(x, down, this.radius + 1.4, 0, 2 * Math.PI);
          pen.stroke();
        }
      }
    });
  }

  // Walks from the start; `tick(second)` is told the time of the scene, `done` once all stand.
  play(tick, done) {
    if (calm()) {
      this.now = RUN_MS + WALK_MS;
      this.draw();
      tick(this.end);
      done();
      return;
    }
    this.now = 0;
    this.playing = true;
    let last = performance.now();
    const frame = (time) => {
      if (!this.playing || !this.canvas.isConnected) return;
      this.now += time - last;
      last = time;
      this.draw();
      tick(Math.min(this.end, (this.end * this.now) / RUN_MS));
      if (this.now < RUN_MS + WALK_MS) requestAnimationFrame(frame);
      else {
        this.playing = false;
        done();
      }
    };
    requestAnimationFrame(frame);
  }

  finish() {
    this.playing = false;
    this.now = RUN_MS + WALK_MS;
    if (this.people) this.draw();
  }

  press(event, picked) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / this.scale, (event.clientY - box.top) / this.scale];
    let nearest = null;
    this.people.forEach((people, row) => people.forEach((one) => {
      const [left, top] = this.place(one);
      const distance = Math.hypot(left - x, top - y);
      if (distance < 14 && (!nearest || distance < nearest.distance)) nearest = { distance, person: one.person, row };
    }));
    if (nearest) picked(nearest.person, nearest.row);
  }
}
