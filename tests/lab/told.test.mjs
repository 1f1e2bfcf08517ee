// What the page tells: answers in words that agree with the numbers, works by their authors, words explained, what was changed, and what was saved.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COMMUNITY, FLAGSHIP, address, commit, controls, lab, opened, overflow, predicted, revealed, saved, scene, serious, step, steps, until } from "./browser.mjs";

const DOOR = /depends on the door/;
const KEY = /\b[a-z]{3,}(19|20)\d\d(_\w+)?\b/;

test("readers see authors and years, and never the keys of works", async () => {
  const page = await lab();
  for (const title of [FLAGSHIP, /A ward, with and without/, /Crutches/, /Warm or calm/]) {
    await scene(page, title);
    assert.doesNotMatch(await page.textContent("main"), KEY);
    await page.getByRole("button", { name: "Scenes", exact: true }).click();
  }
  await scene(page, FLAGSHIP);
  await predicted(page);
  await step(page, "The brain");
  await page.getByText("Klimecki et al. 2014").first().waitFor();
  assert.doesNotMatch(await page.textContent("main"), KEY);
  await step(page, "Take home");
  const handed = readFileSync(await saved(page, "Report (HTML"), "utf8");
  assert.doesNotMatch(handed, KEY);
  assert.match(handed, /Print or save this page as PDF and hand it in\./);
  assert.match(handed, /\b20\d\d\b/);
});

test("a difference is one where it is clear and at least 3 of 100, and hardly any is told with its number", async () => {
  const page = await lab();
  for (const title of [FLAGSHIP, /Four ways to listen/, /One of us, a stranger/]) {
    await scene(page, title);
    await predicted(page);
    const answer = await page.textContent(".answer");
    const none = answer.split(/no clear difference in|hardly any difference in/).slice(1).join(" ").split(/Most|About|What else/)[0];
    const rows = await page.locator(".results figure table").first().locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    const head = await page.locator(".results figure table").first().locator("thead th").allTextContents();
    assert.ok(!head.includes("people in the experiment"), "a column without anything in it");
    const column = head.indexOf("difference");
    for (const row of rows.slice(1)) {
      const [, low, high] = /\(([−+\d.]+) to ([−+\d.]+)\)/.exec(row[column]).map((it) => Number(it.replace("−", "-")));
      const value = Math.abs(Number(/[\d.]+/.exec(row[column])[0]));
      assert.equal(none.includes(`“${row[0]}”`), value < 3 || (low <= 0 && high >= 0), `${row[0]} ${row[column]}: ${answer}`);
      assert.doesNotMatch(answer, /small but clear/);
    }
    await page.getByRole("button", { name: "Scenes", exact: true }).click();
  }
});

test("the answer answers the whole question", async () => {
  const page = await revealed();
  const answer = await page.textContent(".answer");
  assert.match(answer, /Of 100, \d+ help in “no training”/);
  assert.match(answer, /Most are overwhelmed in “empathy training” \(\d+ of 100\), fewest in “compassion training”/);
  assert.match(answer, /Most leave in “empathy training” \(\d+ of 100\)/);
  await page.getByRole("button", { name: "Scenes", exact: true }).click();
  await scene(page, COMMUNITY);
  await predicted(page);
  // Whether kindness spreads, and whether it matters who is trained.
  assert.match(await page.locator(".answer .told").first().textContent(), /In “one in five, by lot” (hardly anything|it does not clearly spread|helping in the scene spreads)/);
  assert.match(await page.textContent(".answer"), /In “one in five, by lot”/);
  // What is switched off besides is not laid to training.
  assert.doesNotMatch(await page.textContent(".answer"), /nothing passes on” (it|those|helping)/);
});

test("a word of the field is explained where it first stands, by keyboard and by touch", async () => {
  const page = await revealed();
  const term = page.getByRole("button", { name: "overwhelmed", exact: true });
  await term.focus();
  assert.equal(await term.getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Enter");
  assert.match(await page.textContent(".means"), /Another's pain becomes one's own burden/);
  assert.equal(await term.getAttribute("aria-expanded"), "true");
  assert.deepEqual(await serious(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".means").count(), 0);
  // Each word once in a step; all of them at its end.
  const words = await page.locator(".term").allTextContents();
  assert.equal(new Set(words).size, words.length);
  await page.getByText("Words explained").click();
  await page.locator(".glossary dt").nth(3).waitFor();
  const touched = await revealed(FLAGSHIP, { hasTouch: true, viewport: { width: 375, height: 740 } });
  await touched.locator(".term").first().tap();
  await touched.waitForSelector(".means");
  assert.equal(await overflow(touched), null);
  assert.deepEqual([...page.troubles, ...touched.troubles], []);
});

test("what is left open is asked for once, and what is committed can be copied", async () => {
  const page = await lab({ permissions: ["clipboard-read", "clipboard-write"] });
  await scene(page, FLAGSHIP);
  await step(page, "Predict");
  await page.locator(".bar input[type=range]").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Commit and see what happens" }).click();
  assert.match(await page.textContent(".warn:not(:empty)"), /4 bars are not moved yet\. 2 questions about the direction are open\./);
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent.includes("empathy training")), true);
  await page.getByRole("group", { name: /^Compassion:/ }).getByLabel("higher").check();
  await commit(page);
  await page.waitForSelector(".results .told");
  const code = await page.textContent(".results code");
  await page.getByRole("button", { name: "Copy the code" }).click();
  await page.locator(".results [role=status]", { hasText: "Copied." }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
  // A prediction can be made anew, and the report says so.
  await step(page, "Predict");
  assert.doesNotMatch(await page.textContent("main"), /cannot be changed/);
  await page.getByRole("button", { name: "Predict anew" }).click();
  await predicted(page);
  await step(page, "Take home");
  const file = await saved(page, "Report (HTML");
  await page.locator(".status", { hasText: "Saved as distress-lab-report.html" }).waitFor();
  assert.match(readFileSync(file, "utf8"), /made anew after the result had been seen/);
  await saved(page, "Save the lab");
  await page.locator(".status", { hasText: "Saved as distress-lab.json" }).waitFor();
});

test("dots of a poll stand at what was predicted", async () => {
  const page = await lab();
  await scene(page, FLAGSHIP);
  const codes = [];
  for (const value of [51, 52, 52]) {
    await step(page, "Predict");
    const again = page.getByRole("button", { name: "Predict anew" });
    if (await again.isVisible()) await again.click();
    await page.locator(".bar input[type=range]").first().fill(String(value));
    await commit(page);
    await page.waitForSelector(".results code");
    codes.push(await page.textContent(".results code"));
  }
  await page.getByRole("button", { name: "For teachers" }).click();
  await page.getByLabel("Codes of the class").fill(codes.join("\n"));
  await page.getByText("3 predictions of this scene").waitFor();
  const dots = await page.locator("figure svg circle[r='4']").evaluateAll((all) => all.map((it) => [Number(it.getAttribute("cx")), Number(it.getAttribute("cy"))]));
  const ticks = await page.locator("figure svg path[stroke-dasharray='2 4']").evaluateAll((all) => all.map((it) => Number(/M([\d.]+)/.exec(it.getAttribute("d"))[1])));
  const at = (value) => ticks[0] + ((ticks.at(-1) - ticks[0]) * value) / 100;
  const places = dots.map(([x]) => x).filter((x) => x > ticks[0]).sort((one, other) => one - other);
  assert.deepEqual(places.map((x) => x.toFixed(1)), [51, 52, 52].map((value) => at(value).toFixed(1)));
  assert.match(await page.locator("figure table tbody tr").first().textContent(), /no training51, 52, 52520/);
  await page.getByLabel("Show what the model says").check();
  await page.locator("figure table thead th", { hasText: "the model" }).waitFor({ state: "attached" });
  // None hides another.
  assert.equal(new Set(dots.map(String)).size, dots.length);
});

test("steps behind a change say that they are with it, and what it is", async () => {
  const page = await revealed();
  await controls(page);
  await page.getByLabel("What helping costs").fill("0.9");
  await page.waitForSelector(".effects .told");
  for (const each of ["One person", "The sweet spot", "The brain", "Take home"]) {
    await step(page, each);
    assert.match(await page.textContent(".with-changes"), /With your change.*What helping costs: .*\(0\.90\), in all conditions/, each);
  }
  await step(page, "What happens");
  await page.getByText("This is the scene as it was first.").waitFor();
  await step(page, "The sweet spot");
  await page.getByText("Each sign is the average person of one condition").waitFor();
  await page.getByRole("button", { name: "Undo all changes" }).click();
  assert.equal(await page.locator(".with-changes").count(), 0);
  await step(page, "Change one thing");
  await page.waitForSelector(".controls input[type=range]");
  assert.equal(await page.getByLabel("What helping costs").inputValue(), "0.4");
});

test("what a file varies is said, moved first, and drawn over", async () => {
  const page = await lab();
  await scene(page, DOOR);
  assert.match(await page.textContent("main"), /one thing above all: How easily one can leave, varied from 0\.0 to 1\.0/);
  await predicted(page);
  await controls(page);
  assert.match(await page.locator(".controls .control-head label").nth(1).textContent(), /How easily one can leave/);
  const summary = page.getByText("How many help over: How easily one can leave");
  await summary.focus();
  await page.keyboard.press("Enter");
  await page.locator("details .told", { hasText: /“empathy training”: from \d+ of 100 \(at 0\.0\) to \d+ \(at 1\.0\)\./ }).waitFor();
  assert.equal(await page.locator("details.big table thead th").count(), 12);
  assert.deepEqual(page.troubles, []);
});

test("the moment where two part is there in words, in the chart, and for the keys", async () => {
  const page = await lab();
  for (const title of [FLAGSHIP, /A way out, and feeling with her/, /The hurried Samaritan/, /Empathic anger/]) {
    await scene(page, title);
    await predicted(page);
    await step(page, "One person");
    await page.waitForSelector(".story li");
    await page.getByRole("button", { name: "Somebody in whom it makes a difference" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".told", { hasText: "The two part at" }).waitFor();
    const button = page.getByRole("button", { name: "To the moment where they part" });
    await button.focus();
    await page.keyboard.press("Enter");
    assert.match(await page.textContent(".clock"), /\d/);
    await page.getByRole("button", { name: "Scenes", exact: true }).click();
  }
});

test("scenes stand in groups, with one to begin with", async () => {
  const page = await lab();
  assert.equal(await page.locator(".group h2").first().textContent(), "Start here");
  assert.equal(await page.locator(".group").first().locator(".card").count(), 1);
  assert.ok((await page.locator(".group").count()) >= 5);
  assert.equal(await page.locator(".card").count(), 26);
});

test("where a teacher lets a prediction stand nobody predicts anew", async () => {
  const page = await revealed();
  await page.getByRole("button", { name: "For teachers" }).click();
  await page.getByLabel("A prediction stands").check();
  const file = await saved(page, "Save the lab for the class");
  await page.locator(".status", { hasText: "Saved as lab-class.html" }).waitFor();
  const student = await opened(address(file));
  await until(student, () => document.documentElement.dataset.engine === "ready");
  await predicted(student);
  await step(student, "Predict");
  await student.getByText("Your teacher has set that a prediction stands.").waitFor();
  assert.equal(await student.getByRole("button", { name: "Predict anew" }).count(), 0);
  assert.ok((await steps(student)).length > 0);
});

test("a teacher has the answers of all scenes, a sheet to print, and the whole screen", async () => {
  const page = await lab();
  await scene(page, FLAGSHIP);
  await page.getByRole("button", { name: "For teachers" }).click();
  await page.locator("summary", { hasText: "Answer key" }).click();
  await page.locator("details section").nth(25).waitFor({ timeout: 60000 });
  const key = await page.locator("details section").allTextContents();
  assert.match(key[0], /Of 100, \d+ help in “no training”.*Most leave in/s);
  assert.match(key[24], /hardly anything|does not clearly spread|helping in the scene spreads/);
  await page.evaluate(() => { window.print = () => { window.printed = document.querySelector(".sheet").textContent; }; });
  await page.getByRole("button", { name: "Print the sheet" }).click();
  assert.match(await page.evaluate(() => window.printed), /Name: _+.*Who helps, who is overwhelmed, who leaves\?.*Mark how many of 100 help.*reappraisal training/s);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#app").isVisible(), false);
  assert.equal(await page.locator(".sheet").isVisible(), true);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".sheet").count(), 0);
  await page.getByRole("button", { name: "Full screen" }).click();
  await until(page, () => document.fullscreenElement !== null);
  assert.deepEqual(page.troubles, []);
});

test("what is told of weeks says which", async () => {
  const page = await revealed(/Empathy training, then/);
  assert.match(await page.textContent(".answer"), /Negative affect: higher in “empathy, then compassion” in week 1 than in “empathy, then compassion” in week 0/);
});

test("a clear difference is not called none to explain, and is laid to the scene only where the people are the same", async () => {
  const page = await lab();
  for (const [title, told] of [[/Four ways to listen/, /differ in the scene and not in the people/], [/When her pain becomes mine/, /is clear, but it cannot be divided here/]]) {
    await scene(page, title);
    await predicted(page);
    await page.waitForSelector(".why-place .told");
    assert.match(await page.textContent(".why-place"), told);
    assert.doesNotMatch(await page.textContent(".why-place"), /no clear difference to explain/);
    await page.getByRole("button", { name: "Scenes", exact: true }).click();
  }
});
