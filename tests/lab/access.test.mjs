// Who uses keys, a phone, large letters or a screen reader; and who writes what is no word.
import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMUNITY, FLAGSHIP, HOSTILE, address, lab, overflow, predicted, saved, opened, scene, serious, step, steps } from "./browser.mjs";

test("everything can be done with the keyboard alone", async () => {
  const page = await lab();
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
  // Four bars are open: the page asks once, and takes it as it is then.
  await press("Commit and see");
  await press("Commit and see");
  await page.waitForSelector(".results .told");
  await press("Next: Change one thing");
  await page.waitForSelector(".controls input[type=range]");
  await press("How easily one can leave", "Home");
  await page.waitForSelector(".effects .told");
  await press("Next: One person");
  await page.waitForSelector(".story li");
  assert.deepEqual(page.troubles, []);
});

// Does something in every step of a scene of people by themselves and of one of a community, each on a page that has its engine.
async function everywhere(options, look) {
  const page = await lab(options);
  await look(page, "scenes");
  for (const title of [FLAGSHIP, COMMUNITY]) {
    await scene(page, title);
    await predicted(page);
    for (const each of await steps(page)) {
      await step(page, each);
      if (each === "The community") await page.waitForSelector(".bench.community svg circle", { timeout: 60000 });
      await page.waitForTimeout(400);
      await look(page, `${title}: ${each}`);
    }
    await page.getByRole("button", { name: "Scenes", exact: true }).click();
  }
  await page.getByRole("button", { name: "For teachers" }).click();
  await look(page, "teachers");
}

for (const [name, viewport] of [["a phone", { width: 375, height: 740 }], ["320 pixels, which is a screen at 400 % zoom", { width: 320, height: 640 }], ["200 % zoom", { width: 683, height: 384 }]]) {
  test(`nothing is cut off on ${name}`, () => everywhere({ viewport }, async (page, where) => assert.equal(await overflow(page), null, where)));
}

test("axe-core finds nothing serious in any step", () => everywhere({}, async (page, where) => assert.deepEqual(await serious(page), [], where)));

test("hostile strings are text everywhere", async () => {
  const page = await lab({}, address(HOSTILE));
  await page.waitForSelector(".step-scene");
  assert.match(await page.textContent(".eyebrow"), /<\/script><script>alert\(1\)<\/script>/);
  await predicted(page);
  for (const each of await steps(page)) {
    await step(page, each);
    await page.waitForTimeout(200);
  }
  const handed = await opened(address(await saved(page, "Report (HTML")));
  assert.match(await handed.textContent("h1"), /<\/script><script>alert\(1\)<\/script>/);
  assert.equal(await handed.locator("script, img, iframe").count(), 0);
  assert.deepEqual([...page.troubles, ...handed.troubles], []);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
});
