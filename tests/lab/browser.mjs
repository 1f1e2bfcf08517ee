// The browser and the page that the tests share. LAB is the page, HOSTILE one with hostile strings, SIMULATE the program.
import { chromium } from "playwright-core";
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach } from "node:test";
import { pathToFileURL } from "node:url";

export const LAB = process.env.LAB;
export const HOSTILE = process.env.HOSTILE;
export const SIMULATE = process.env.SIMULATE;
export const ADDRESS = address(LAB);

export const FLAGSHIP = /Distress or compassion/;
export const COMMUNITY = /Does kindness spread/;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let started = null;
export function browser() {
  started ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return started;
}

afterEach(async () => {
  const contexts = started ? (await started).contexts() : [];
  await Promise.all(contexts.map((context) => context.close()));
});

after(async () => (await started)?.close());

export function address(file) {
  return pathToFileURL(file).href;
}

// A place for a file.
export function room(name) {
  return join(mkdtempSync(join(tmpdir(), "lab-")), name);
}

// A page in a context of its own; what it asks for, says and gets wrong is kept.
export async function opened(address, options = {}) {
  const context = await (await browser()).newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.requests = [];
  page.troubles = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") page.troubles.push(message.text()); });
  page.on("dialog", (dialog) => { page.troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  if (options.offline) await context.setOffline(true);
  await page.goto(address);
  await page.waitForSelector("h1");
  return page;
}

// The lab with its engine.
export async function lab(options = {}, at = ADDRESS) {
  const page = await opened(at, options);
  await ready(page);
  return page;
}

// The lab at a scene whose prediction is committed.
export async function revealed(title = FLAGSHIP, options = {}) {
  const page = await lab(options);
  await scene(page, title);
  await predicted(page);
  return page;
}

// The steps of a scene that is open, as they are named.
export function steps(page) {
  return page.locator("nav.steps button span:last-child").allTextContents();
}

// Opens the controls, with which something can be changed.
export async function controls(page) {
  await step(page, "Change one thing");
  await page.waitForSelector(".controls input[type=range]");
}

// What a button saves, as a file.
export async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120000 }), page.getByRole("button", { name: button, exact: false }).click()]);
  const file = room(download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

// Waits until something is true in the page, whose policy lets nobody put a condition into it as text.
export async function until(page, holds, value) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await page.evaluate(holds, value)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never: ${holds}`);
}

// Waits until the engine is there.
export async function ready(page) {
  await until(page, () => document.documentElement.dataset.engine === "ready");
}

export async function scene(page, title) {
  await page.getByRole("button", { name: title }).first().click();
  await page.waitForSelector(".step-scene");
}

export async function step(page, name) {
  await page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name }).click();
}

// Commits what is predicted, and once more where the page asks about what is open.
export async function commit(page) {
  const button = page.getByRole("button", { name: "Commit and see what happens" });
  await button.click();
  if (await button.isVisible()) await button.click();
}

// Commits a prediction of 50 in the first condition.
export async function predicted(page) {
  await step(page, "Predict");
  await page.locator(".bar input[type=range]").first().focus();
  await page.keyboard.press("ArrowRight");
  await commit(page);
  await page.waitForSelector(".results .told");
}

// What axe-core finds that is serious or worse, and headings that leave out a level.
export async function serious(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.filter(({ id, impact }) => ["serious", "critical"].includes(impact) || id === "heading-order").map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
}

// Whether something reaches beyond the width of the page.
export function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 1) return null;
    const inside = (element) => element.closest(".scroll, .steps, .hidden, .skip");
    const culprits = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !inside(element));
    return `${wide} px: ${culprits.slice(0, 3).map((element) => element.outerHTML.slice(0, 100)).join(" | ")}`;
  });
}
