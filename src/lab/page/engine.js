// The engine behind the page: workers that answer requests, runs that were computed beforehand, and what to do where nothing may be computed.
import { unpacked } from "./unpack.js";

const MOST_WORKERS = 4;

// Answers requests on as many workers as there are processors, or in the page where there may be no workers.
export class Engine {
  constructor() {
    this.state = "loading";
    this.idle = [];
    this.waiting = [];
    this.workers = 0;
    this.count = 0;
    this.ready = new Promise((done) => { this.begin = () => this.start().then(done); });
  }

  async start() {
    try {
      if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
      this.code = await WebAssembly.compile(await unpacked("lab-engine"));
    } catch (error) {
      this.state = "refused";
      this.reason = String(error);
      return;
    }
    try {
      await this.hire();
    } catch {
      const here = await inPage(this.code);
      here.owner = this;
      this.idle.push(here);
      this.workers = MOST_WORKERS;
    }
    this.state = "ready";
  }

  // Starts a worker.
  hire() {
    this.workers += 1;
    const url = URL.createObjectURL(new Blob([document.getElementById("lab-worker").textContent], { type: "text/javascript" }));
    return new Promise((done, failed) => {
      const worker = new Worker(url);
      worker.onerror = (event) => {
        event.preventDefault?.();
        this.workers -= 1;
        failed(new Error("no worker"));
      };
      worker.onmessage = ({ data }) => {
        URL.revokeObjectURL(url);
        if (!data.ready) return failed(new Error(data.failed));
        worker.onerror = (event) => this.lost(worker, String(event.message));
        worker.onmessage = ({ data: answer }) => this.answered(worker, answer);
        this.idle.push(worker);
        done();
        this.next();
      };
      worker.postMessage({ engine: this.code });
    });
  }

  next() {
    while (this.waiting.length > 0 && this.idle.length > 0) {
      const task = this.waiting.shift();
      const worker = this.idle.pop();
      worker.task = task;
      worker.postMessage({ id: task.id, request: task.request });
    }
    const wanted = Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1);
    if (this.waiting.length > 0 && this.workers < wanted) this.hire().catch(() => {});
  }

  answered(worker, { answer, ms, failed }) {
    const task = worker.task;
    worker.task = null;
    if (failed !== undefined) return this.lost(worker, failed, task);
    this.idle.push(worker);
    const told = JSON.parse(answer);
    told.ms = ms;
    task.done(told);
    this.next();
  }

  // A worker that broke down is replaced; what it did is told as failed.
  lost(worker, error, task = worker.task) {
    worker.terminate?.();
    this.workers -= 1;
    task?.done({ error, broken: true });
    this.hire().catch(() => { this.state = "refused"; });
  }

  // The answer to a request; `error` in it says what is wrong.
  async ask(request) {
    await this.ready;
    if (this.state === "refused") return { refused: true };
    this.count += 1;
    return new Promise((done) => {
      this.waiting.push({ id: this.count, request: JSON.stringify(request), done });
      this.next();
    });
  }
}

// The worker's own code in the page, for frames in which there may be no workers.
async function inPage(code) {
  const instance = await WebAssembly.instantiate(code, {});
  const { memory, lab_room, lab_answer, lab_place } = instance.exports;
  return {
    postMessage({ request }) {
      setTimeout(() => {
        const start = performance.now();
        const bytes = new TextEncoder().encode(request);
        const room = lab_room(bytes.length);
        new Uint8Array(memory.buffer, room, bytes.length).set(bytes);
        const length = lab_answer();
        const answer = new TextDecoder().decode(new Uint8Array(memory.buffer, lab_place(), length).slice());
        this.owner.answered(this, { answer, ms: performance.now() - start });
      });
    },
  };
}

// Asks so that only the newest question waits: older ones that have not begun get null.
export class Newest {
  constructor(ask) {
    this.ask = ask;
    this.running = false;
    this.pending = null;
  }

  put(request) {
    return new Promise((done) => {
      this.pending?.done(null);
      this.pending = { request, done };
      this.next();
    });
  }

  async next() {
    if (this.running || !this.pending) return;
    const { request, done } = this.pending;
    this.pending = null;
    this.running = true;
    const answer = await this.ask(request);
    this.running = false;
    done(answer);
    this.next();
  }
}
