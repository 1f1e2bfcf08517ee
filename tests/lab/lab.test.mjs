// What a student and a teacher do in the lab, step by step.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
import { ADDRESS, HOSTILE, LAB, SIMULATE, close, opened, overflow, predicted, ready, scene, serious, step, until } from "./browser.mjs";

after(close);

const FLAGSHIP = /Distress or compassion/;
const STEPS = ["The scene", "Predict", "What happens", "Change one thing", "One person", "The sweet spot", "The brain", "Take home"];

// The address of a page that was saved.
async function kept(download) {
  const file = join(mkdtempSync(join(tmpdir(), "lab-")), download.suggestedFilename());
  await download.saveAs(file);
  return pathToFileURL(file).href;
}

test("each step shows what it is for, from the disk, without a request, offline", async () => {
  const page = await opened(ADDRESS, { offline: true });
  await ready(page);
  await scene(page, FLAGSHIP);
  assert.match(await page.textContent(".question"), /Who helps, who is overwhelmed, who leaves\?/);
  // What lies behind the prediction is locked.
  assert.equal(await page.getByRole("button", { name: "What happens" }).isDisabled(), true);
  await predicted(page);
  assert.match(await page.textContent(".answer"), /Of 100, \d+ help in “no training”/);
  await page.waitForSelector(".why-place .told");
  assert.match(await page.textContent(".why-place"), /comes mainly through the motive of compassion/);
  await step(page, "Change one thing");
  await page.waitForSelector(".controls input[type=range]");
  const before = await page.textContent(".bench-shown figure svg");
  await page.getByLabel("What helping costs").fill("1");
  await until(page, (old) => document.querySelector(".bench-shown figure svg").textContent !== old, before);
  await page.waitForSelector(".effects .told");
  await step(page, "One person");
  await page.waitForSelector(".story li");
  await step(page, "The sweet spot");
  await page.waitForSelector(".told");
  await step(page, "The brain");
  await page.waitForSelector(".told");
  assert.match(await page.textContent(".note"), /never wired in/);
  await step(page, "Take home");
  await page.waitForSelector("code");
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.requests.filter((url) => !url.startsWith("file:") && !url.startsWith("blob:") && !url.startsWith("data:")), []);
  assert.deepEqual(await page.evaluate(() => [document.cookie, indexedDB ? "" : ""]), ["", ""]);
  await page.context().close();
});

test("the numbers are those of the terminal to the last digit, also after a change", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-"));
  const page = await opened(ADDRESS);
  await ready(page);
  await scene(page, FLAGSHIP);
  await predicted(page);
  await step(page, "Change one thing");
  await page.waitForSelector(".controls input[type=range]");
  await page.getByLabel("What helping costs").fill("0.8");
  await until(page, () => document.querySelector(".status").textContent.startsWith("10,000"));
  await step(page, "Take home");
  const [toml] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Scenario for the terminal" }).click()]);
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Table (CSV)" }).click()]);
  const file = join(folder, "changed.toml");
  await toml.saveAs(file);
  execFileSync(SIMULATE, [file, "--quiet", "--out", folder]);
  assert.equal(readFileSync(await csv.path(), "utf8"), readFileSync(join(folder, "changed", "summary.csv"), "utf8"));
  const [people] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "People (CSV" }).click()]);
  const ours = readFileSync(await people.path(), "utf8").split("\n");
  const theirs = new Set(readFileSync(join(folder, "changed", "people.csv"), "utf8").split("\n"));
  assert.ok(ours.length > 5000 && ours.every((row) => theirs.has(row)));
  await page.context().close();
});

test("everything can be done with the keyboard alone", async () => {
  const page = await opened(ADDRESS);
  await ready(page);
  const press = async (name, key = "Enter") => {
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate((wanted) => (document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent).includes(wanted), name);
      if (found) {
        if (key) await page.keyboard.press(key);
        return;
      }
    }
    assert.fail(`the keyboard does not reach ${name}`);
  };
  await press("Distress or compassion");
  await press("Next: Predict");
  await press("no training", null);
  for (let presses = 0; presses < 10; presses += 1) await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".bar output").first().textContent(), "60 of 100");
  await press("Commit and see");
  await page.waitForSelector(".results .told");
  await press("Next: Change one thing");
  await page.waitForSelector(".controls input[type=range]");
  await press("How easily one can leave", "Home");
  await page.waitForSelector(".effects .told");
  await press("Next: One person");
  await page.waitForSelector(".story li");
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

for (const [name, viewport] of [["a phone", { width: 375, height: 740 }], ["320 pixels, which is a screen at 400 % zoom", { width: 320, height: 640 }], ["200 % zoom", { width: 683, height: 384 }]]) {
  test(`nothing is cut off on ${name}`, async () => {
    const page = await opened(ADDRESS, { viewport });
    await ready(page);
    assert.equal(await overflow(page), null);
    await scene(page, FLAGSHIP);
    await predicted(page);
    for (const each of STEPS) {
      await step(page, each);
      await page.waitForTimeout(300);
      assert.equal(await overflow(page), null, each);
    }
    await page.context().close();
  });
}

test("axe-core finds nothing serious in any step", async () => {
  const page = await opened(ADDRESS);
  await ready(page);
  assert.deepEqual(await serious(page), []);
  await scene(page, FLAGSHIP);
  await predicted(page);
  for (const each of STEPS) {
    await step(page, each);
    await page.waitForTimeout(400);
    assert.deepEqual(await serious(page), [], each);
  }
  await page.getByRole("button", { name: "For teachers" }).click();
  assert.deepEqual(await serious(page), []);
  await page.context().close();
});

test("hostile strings are text everywhere", async () => {
  const page = await opened(pathToFileURL(HOSTILE).href);
  await ready(page);
  await page.waitForSelector(".step-scene");
  assert.match(await page.textContent(".eyebrow"), /<\/script><script>alert\(1\)<\/script>/);
  await predicted(page);
  for (const each of STEPS) {
    await step(page, each);
    await page.waitForTimeout(200);
  }
  const [report] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Report (HTML" }).click()]);
  const handed = await opened(await kept(report));
  assert.match(await handed.textContent("h1"), /<\/script><script>alert\(1\)<\/script>/);
  assert.equal(await handed.locator("script, img, iframe").count(), 0);
  assert.deepEqual([...page.troubles, ...handed.troubles], []);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await page.context().close();
  await handed.context().close();
});

test("a link holds only what was changed, a file restores the lab, a report can be handed in", async () => {
  const page = await opened(ADDRESS);
  await ready(page);
  await scene(page, FLAGSHIP);
  await predicted(page);
  await step(page, "Change one thing");
  await page.waitForSelector(".controls input[type=range]");
  await page.getByLabel("What helping costs").fill("0.9");
  await step(page, "Take home");
  await page.getByLabel("Your name").fill("Ada & <Grace>");
  await page.getByLabel("What did you find out?").fill("Costs matter.");
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the lab" }).click()]);
  const file = join(mkdtempSync(join(tmpdir(), "lab-")), "saved.json");
  await saved.saveAs(file);
  const [report] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Report (HTML" }).click()]);
  const handed = await opened(await kept(report));
  const text = await handed.textContent("body");
  for (const part of ["Ada & <Grace>", "Costs matter.", "situation.cost=0.9", "seed", "What I expected", "51 of 100"]) assert.ok(text.includes(part), part);
  assert.equal(await handed.locator("svg").count(), 2);
  const changes = await page.evaluate(() => performance.getEntriesByType("resource").length);
  assert.equal(changes, 0);

  const other = await opened(ADDRESS);
  await ready(other);
  await scene(other, /Four ways to listen/);
  await predicted(other);
  await step(other, "Take home");
  await other.locator("input[type=file]").setInputFiles(file);
  await until(other, () => document.querySelector(".eyebrow").textContent.includes("Distress or compassion"));
  assert.equal(await other.getByLabel("What did you find out?").inputValue(), "Costs matter.");
  writeFileSync(file, "{}");
  await other.locator("input[type=file]").setInputFiles(file);
  await until(other, () => document.querySelector(".status").textContent.includes("not a saved lab"));
  await page.context().close();
  await handed.context().close();
  await other.context().close();
});

test("a class lab hides and locks, and a poll needs no server", async () => {
  const page = await opened(ADDRESS);
  await ready(page);
  await scene(page, FLAGSHIP);
  await predicted(page);
  await step(page, "Take home");
  const code = (await page.textContent("code")).trim();
  await page.getByRole("button", { name: "For teachers" }).click();
  await page.getByLabel("Codes of the class").fill(`Ada: ${code}\nBob ${code.toUpperCase()}\nnonsense`);
  await until(page, () => document.body.textContent.includes("2 predictions of this scene"));
  assert.match(await page.textContent("body"), /1 line is no code of this scene/);
  await page.getByLabel("The brain").uncheck();
  await page.getByLabel("Lock the controls").check();
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the lab for the class" }).click()]);
  const file = join(mkdtempSync(join(tmpdir(), "lab-")), "class.html");
  await saved.saveAs(file);
  const student = await opened(pathToFileURL(file).href);
  await ready(student);
  assert.equal(await student.getByRole("button", { name: "For teachers" }).count(), 0);
  await student.waitForSelector(".step-scene");
  assert.equal(await student.getByRole("button", { name: "The brain" }).count(), 0);
  await predicted(student);
  await step(student, "Change one thing");
  await student.waitForSelector(".controls input[type=range]");
  assert.equal(await student.getByLabel("What helping costs").isDisabled(), true);
  assert.deepEqual([...page.troubles, ...student.troubles], []);
  await page.context().close();
  await student.context().close();
});

// Every word of the page in brackets; what stands outside of them is written in the code.
test("no word of the page is written outside the files of words", async () => {
  const pseudo = (value) => (typeof value === "string" ? `⟦${value}⟧` : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pseudo(inner)])));
  const html = readFileSync(LAB, "utf8").replace(/(<script type="text\/plain" id="lab-words">)(.*?)(<\/script>)/s, (whole, start, words, end) => {
    const all = JSON.parse(gunzipSync(Buffer.from(words, "base64")));
    all.en = pseudo(all.en);
    return start + gzipSync(JSON.stringify(all)).toString("base64") + end;
  });
  const file = join(mkdtempSync(join(tmpdir(), "lab-")), "pseudo.html");
  writeFileSync(file, html);
  const page = await opened(pathToFileURL(file).href);
  await ready(page);
  const bare = () => page.evaluate(() => {
    const found = [];
    const walk = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      const english = node.parentElement.closest('[lang="en"], svg, option, .scroll td, .scroll th, .foot, code, #language');
      const rest = node.textContent.replace(/⟦.*⟧/gs, "");
      if (!english && /\p{L}{3,}/u.test(rest)) found.push(node.textContent.trim());
    }
    return found;
  });
  assert.deepEqual(await bare(), []);
  await page.getByRole("button", { name: FLAGSHIP }).first().click();
  await page.waitForSelector(".step-scene");
  await page.getByRole("button", { name: /⟦Predict⟧/ }).first().click();
  await page.getByRole("button", { name: /I am not sure about any/ }).click();
  await page.waitForSelector(".results .told");
  for (const each of STEPS) {
    await page.getByRole("button", { name: `⟦${each}⟧` }).first().click();
    await page.waitForTimeout(400);
    const found = (await bare()).filter((text) => !/training|scenario|^\W*$/.test(text));
    assert.deepEqual(found, [], each);
  }
  await page.context().close();
});

test("the page speaks German and Spanish", async () => {
  const page = await opened(ADDRESS);
  await ready(page);
  await page.getByLabel("Language").selectOption("de");
  await until(page, () => document.documentElement.lang === "de");
  await page.getByRole("button", { name: FLAGSHIP }).first().click();
  await page.getByRole("button", { name: "Vorhersagen" }).first().click();
  await page.getByRole("button", { name: "Ich bin bei keiner sicher" }).click();
  await page.waitForSelector(".results .told");
  assert.match(await page.textContent(".answer"), /Von 100 helfen \d+ in/);
  await page.locator("#language").selectOption("es");
  await page.waitForSelector(".results .told");
  assert.match(await page.textContent(".answer"), /De 100, \d+ ayudan en/);
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("dots can be pressed, and walk unless motion is unwanted", async () => {
  const page = await opened(ADDRESS, { reducedMotion: "no-preference" });
  await ready(page);
  await scene(page, FLAGSHIP);
  await step(page, "Predict");
  await page.getByRole("button", { name: "I am not sure about any" }).click();
  await page.waitForSelector(".clock:not(:empty)");
  assert.equal(await page.locator(".results .told").count(), 0);
  await page.waitForSelector(".results .told", { timeout: 20000 });
  const box = await page.locator("canvas").boundingBox();
  await page.mouse.click(box.x + box.width * 0.68 + 8, box.y + 30 + 26 + 6);
  await page.waitForSelector(".step-person");
  await page.context().close();
});
