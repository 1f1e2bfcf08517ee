// What stays: work that is not lost, the way back, what is open and what is said of weeks and of narrow screens.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COMMUNITY, FLAGSHIP, address, commit, controls, lab, opened, overflow, predicted, revealed, saved, scene, serious, step } from "./browser.mjs";

const STOPS = /When practice stops/;

test("nothing that was predicted is lost without a question", async () => {
  const page = await lab();
  const asked = [];
  page.removeAllListeners("dialog");
  page.on("dialog", (dialog) => { asked.push(dialog.type()); dialog.accept(); });
  await scene(page, FLAGSHIP);
  await page.reload();
  assert.deepEqual(asked, []);
  await page.waitForSelector("h1");
  await scene(page, FLAGSHIP);
  await step(page, "Predict");
  await page.locator(".bar input[type=range]").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  await page.waitForSelector("h1");
  // What was saved is not asked about.
  await scene(page, FLAGSHIP);
  await predicted(page);
  await step(page, "Take home");
  await saved(page, "Save the lab");
  await page.reload();
  assert.equal(asked.length, 1);
});

test("back goes a step back, and forth again", async () => {
  const page = await revealed();
  await step(page, "The brain");
  const heading = () => page.textContent("h1");
  for (const [way, where] of [["goBack", "What happens"], ["goBack", "Predict"], ["goBack", "The scene"], ["goForward", "Predict"], ["goForward", "What happens"]]) {
    await page[way]();
    assert.equal(await heading(), where);
  }
  await page.waitForSelector(".results .told");
  assert.match(await page.textContent(".results"), /You expected 51 in “no training”/);
  assert.deepEqual(page.troubles, []);
});

test("not being sure marks what is open, keeps what is set, and commits nothing", async () => {
  const page = await lab();
  await scene(page, FLAGSHIP);
  await step(page, "Predict");
  await page.locator(".bar input[type=range]").first().fill("70");
  await page.getByRole("group", { name: /^Compassion:/ }).getByLabel("higher").check();
  await page.getByRole("button", { name: "Not sure about what is open" }).click();
  assert.equal(await page.textContent("h1"), "Predict");
  assert.deepEqual(await page.locator(".bar output").allTextContents(), ["70 of 100", "not sure", "not sure", "not sure", "not sure"]);
  assert.equal(await page.getByRole("group", { name: /^Compassion:/ }).getByLabel("higher").isChecked(), true);
  await commit(page);
  await page.waitForSelector(".results .told");
  // Each direction is told, here and in the report.
  const told = [/Compassion: .*you expected “higher”, (and so it is|but it is)/, /Positive affect: .*you were not sure; it is “/];
  for (const each of told) assert.match(await page.textContent(".results"), each);
  await step(page, "Take home");
  const handed = await opened(address(await saved(page, "Report (HTML")));
  for (const each of told) assert.match(await handed.textContent("body"), each);
  assert.match(await handed.textContent("body"), /Negative affect: /);
});

test("of weeks each question, answer and difference says which, and the weeks can be seen", async () => {
  const page = await lab();
  for (const title of [STOPS, /Carried away by a story/]) {
    await scene(page, title);
    await step(page, "Predict");
    const questions = await page.locator(".direction legend").allTextContents();
    assert.equal(new Set(questions).size, questions.length, questions.join("; "));
    assert.ok(questions.every((it) => /in week [\d.]+$/.test(it)), questions.join("; "));
    await page.getByRole("button", { name: "Not sure about what is open" }).click();
    await commit(page);
    await page.waitForSelector(".results .told");
    assert.match(await page.textContent(".answer"), /In week [\d.]+: Of 100/);
    await page.getByText("Week by week, in every condition").click();
    await page.locator("details.big svg").first().waitFor({ timeout: 60000 });
    assert.ok((await page.locator("details.big table thead th").count()) > 3);
    await page.getByRole("button", { name: "Scenes", exact: true }).click();
  }
  await page.getByRole("button", { name: STOPS }).click();
  await page.waitForSelector(".results .told");
  assert.match(await page.textContent(".answer"), /Helping: higher in “compassion training” than in “waiting list” in week 34 \(\+\d+/);
  assert.deepEqual(page.troubles, []);
});

for (const width of [320, 375]) {
  test(`words are explained at ${width} pixels`, async () => {
    const page = await revealed(FLAGSHIP, { viewport: { width, height: 740 } });
    await page.getByText("Words explained").click();
    const meaning = page.locator(".glossary dd").first();
    await meaning.waitFor();
    assert.ok((await meaning.boundingBox()).width > 0.8 * (width - 32));
    assert.equal(await overflow(page), null);
    await controls(page);
    await page.locator(".bench .figure").scrollIntoViewIfNeeded();
    // All bars are seen beside what is moved.
    const cut = await page.locator(".bench .figure").evaluate((it) => it.querySelector("svg").getBoundingClientRect().height - it.clientHeight);
    assert.ok(cut <= 0, `${cut} px`);
  });
}

test("a link with changes says so on every step", async () => {
  const from = await revealed();
  await controls(from);
  await from.getByLabel("What helping costs").fill("0.9");
  await step(from, "Take home");
  await from.evaluate(() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; });
  await from.getByRole("button", { name: "Copy a link" }).click();
  await from.locator(".status", { hasText: "Copied." }).waitFor();
  const page = await lab({}, await from.evaluate(() => window.copied));
  await page.getByText("Opened from a link with changes.").waitFor();
  await predicted(page);
  for (const each of ["The scene", "Predict", "What happens", "Change one thing", "One person", "Take home"]) {
    await step(page, each);
    await page.getByText("Opened from a link with changes.").waitFor();
  }
  const report = readFileSync(await saved(page, "Report (HTML"), "utf8");
  assert.match(report, /\(0\.90\), in all conditions \(before: .*\(0\.40\)\)/);
});

test("what a teacher keeps back is opened by a word", async () => {
  const page = await revealed();
  await page.getByRole("button", { name: "For teachers" }).click();
  await page.getByLabel("A word that opens").fill("Mango");
  const student = await lab({}, address(await saved(page, "Save the lab for the class")));
  await student.waitForSelector(".step-scene");
  await step(student, "Predict");
  await student.locator(".bar input[type=range]").first().fill("60");
  await commit(student);
  await student.getByText("Your teacher opens what happens.").waitFor();
  assert.equal(await student.locator(".results").count(), 0);
  assert.equal(await student.getByRole("navigation", { name: "Steps" }).getByRole("button", { name: "One person" }).isDisabled(), true);
  await student.getByLabel("The word").fill("melon");
  await student.getByRole("button", { name: "Open", exact: true }).click();
  await student.getByText("That is not the word.").waitFor();
  await student.getByLabel("The word").fill("mango ");
  await student.getByRole("button", { name: "Open", exact: true }).click();
  await student.waitForSelector(".results .told");
});

test("what differs besides is not laid to training", async () => {
  const page = await revealed(COMMUNITY);
  await page.locator(".why-place .told").first().waitFor();
  assert.match(await page.textContent(".why-place"), /this is switched off as well: .*not what training alone does/);
  assert.deepEqual(await serious(page), []);
});

test("numbers beside each other add up, and all that are the most are named", async () => {
  const page = await lab();
  await page.getByRole("button", { name: "For teachers" }).click();
  await page.locator("summary", { hasText: "Answer key" }).click();
  await page.locator("details section").nth(25).waitFor({ timeout: 60000 });
  const scenes = await page.locator("details section").evaluateAll((all) => all.map((it) => ({
    told: [...it.querySelectorAll(":scope > p")].map((sentence) => sentence.textContent).join(" "),
    head: [...it.querySelectorAll("thead th")].map((cell) => cell.textContent),
    rows: [...it.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent)),
  })));
  let [sums, ends] = [0, 0];
  for (const { told, head, rows } of scenes) {
    const first = Number(/Of 100(?: groups)?, (\d+) help/.exec(told)?.[1]);
    for (const [all, share, , difference] of told.matchAll(/(\d+) in “([^”]*)” \(([+−]\d+)\)/g)) {
      assert.equal(Number(share) - first, Number(difference.replace("−", "-")), all);
      sums += 1;
    }
    for (const [key, words] of [["overwhelmed", "are overwhelmed"], ["left", "leave"]]) {
      const found = new RegExp(`Most ${words} in (.*?) \\((\\d+) of 100\\), fewest in (.*?) \\((\\d+)\\)`).exec(told);
      if (!found) continue;
      for (const [names, end] of [[found[1], found[2]], [found[3], found[4]]]) {
        for (const row of rows.filter((it) => Math.abs(Number(it[head.indexOf(key)]) - Number(end)) < 0.44)) assert.ok(names.includes(`“${row[0]}”`), `${row[0]}: ${found[0]}`);
        ends += 1;
      }
    }
  }
  assert.ok(sums > 10 && ends > 10, `${sums} ${ends}`);
});
