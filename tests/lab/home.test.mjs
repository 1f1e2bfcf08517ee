// What is taken home, handed in and handed out: numbers, reports, links, files, and a lab for a class.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { COMMUNITY, FLAGSHIP, LAB, SIMULATE, address, controls, lab, opened, predicted, revealed, saved, scene, step, until } from "./browser.mjs";

test("the page has at most a megabyte and a half", () => {
  assert.ok(statSync(LAB).size <= 1_500_000, `${statSync(LAB).size} bytes`);
});

// Runs a scenario in the terminal; `read` gives a file of its results.
function inTheTerminal(file) {
  const folder = dirname(file);
  execFileSync(SIMULATE, [file, "--quiet", "--out", folder]);
  const stem = file.split("/").at(-1).replace(".toml", "");
  return (name) => readFileSync(join(folder, stem, name), "utf8");
}

test("the numbers are those of the terminal to the last digit, also after a change", async () => {
  const page = await revealed();
  await controls(page);
  await page.getByLabel("What helping costs").fill("0.8");
  await until(page, () => document.querySelector(".status").textContent.startsWith("10,000"));
  await step(page, "Take home");
  const terminal = inTheTerminal(await saved(page, "Scenario for the terminal"));
  assert.equal(readFileSync(await saved(page, "Table (CSV)"), "utf8"), terminal("summary.csv"));
  const ours = readFileSync(await saved(page, "People (CSV"), "utf8").split("\n");
  const theirs = new Set(terminal("people.csv").split("\n"));
  assert.ok(ours.length > 5000 && ours.every((row) => theirs.has(row)));
});

test("those of a community are as well", async () => {
  const page = await revealed(COMMUNITY);
  await step(page, "Take home");
  const terminal = inTheTerminal(await saved(page, "Scenario for the terminal"));
  assert.equal(readFileSync(await saved(page, "Table (CSV)"), "utf8"), terminal("summary.csv"));
  assert.equal(readFileSync(await saved(page, "What training does (CSV)"), "utf8"), terminal("community_effects.csv"));
  assert.equal(readFileSync(await saved(page, "Communities by week (CSV)"), "utf8"), terminal("community.csv"));
  const handed = await opened(address(await saved(page, "Report (HTML")));
  assert.match(await handed.textContent("body"), /What training does.*in the trained and .* in the others/s);
});

test("a link holds only what was changed, a file restores the lab, a report can be handed in", async () => {
  const page = await revealed();
  await controls(page);
  await page.getByLabel("What helping costs").fill("0.9");
  await step(page, "Take home");
  await page.getByLabel("Your name").fill("Ada & <Grace>");
  await page.getByLabel("What did you find out?").fill("Costs matter.");
  const file = await saved(page, "Save the lab");
  const handed = await opened(address(await saved(page, "Report (HTML")));
  const text = await handed.textContent("body");
  for (const part of ["Ada & <Grace>", "Costs matter.", "(0.90), in all conditions", "seed", "What I expected", "51 of 100"]) assert.ok(text.includes(part), part);
  assert.equal(await handed.locator("svg").count(), 2);
  assert.equal(await page.evaluate(() => performance.getEntriesByType("resource").length), 0);

  const other = await revealed(/Four ways to listen/);
  await step(other, "Take home");
  await other.locator("input[type=file]").setInputFiles(file);
  await until(other, () => document.querySelector(".eyebrow").textContent.includes("Distress or compassion"));
  assert.equal(await other.getByLabel("What did you find out?").inputValue(), "Costs matter.");
  writeFileSync(file, "{}");
  await other.locator("input[type=file]").setInputFiles(file);
  await until(other, () => document.querySelector("main").textContent.includes("not a saved lab"));
});

test("a class lab hides and locks, and a poll needs no server", async () => {
  const page = await revealed();
  await step(page, "Take home");
  const code = (await page.textContent("code")).trim();
  await page.getByRole("button", { name: "For teachers" }).click();
  await page.getByLabel("Codes of the class").fill(`Ada: ${code}\nBob ${code.toUpperCase()}\nnonsense`);
  await until(page, () => document.body.textContent.includes("1 prediction of this scene"));
  assert.match(await page.textContent("body"), /1 pasted twice, counted once/);
  assert.match(await page.textContent("body"), /line 3 is no code of this scene/);
  await page.getByLabel("The brain").uncheck();
  await page.getByLabel("Lock the controls").check();
  const student = await lab({}, address(await saved(page, "Save the lab for the class")));
  assert.equal(await student.getByRole("button", { name: "For teachers" }).count(), 0);
  await student.waitForSelector(".step-scene");
  assert.equal(await student.getByRole("button", { name: "The brain" }).count(), 0);
  await predicted(student);
  await controls(student);
  assert.equal(await student.getByLabel("What helping costs").isDisabled(), true);
  assert.deepEqual([...page.troubles, ...student.troubles], []);
});
