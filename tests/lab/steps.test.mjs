// What a student does in the lab, step by step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMUNITY, FLAGSHIP, commit, controls, lab, predicted, revealed, scene, step, steps, until } from "./browser.mjs";

const ALONE = ["The scene", "Predict", "What happens", "Change one thing", "One person", "The sweet spot", "The brain", "Take home"];
const TOGETHER = ["The scene", "Predict", "What happens", "The community", "Change one thing", "Take home"];

test("each step shows what it is for, from the disk, without a request, offline", async () => {
  const page = await lab({ offline: true });
  await scene(page, FLAGSHIP);
  assert.deepEqual(await steps(page), ALONE);
  assert.match(await page.textContent(".question"), /Who helps, who is overwhelmed, who leaves\?/);
  // What lies behind the prediction is locked.
  assert.equal(await page.getByRole("button", { name: "What happens" }).isDisabled(), true);
  await predicted(page);
  assert.match(await page.textContent(".answer"), /Of 100, \d+ help in “no training”/);
  await page.waitForSelector(".why-place .told");
  assert.match(await page.textContent(".why-place"), /it comes mainly through|no clear difference to explain/);
  await controls(page);
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
  assert.match(await page.textContent("p.note"), /never wired in/);
  await step(page, "Take home");
  await page.waitForSelector("code");
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.requests.filter((url) => !/^(file|blob|data):/.test(url)), []);
  assert.equal(await page.evaluate(() => document.cookie), "");
});

test("a community is seen week by week: who is trained, who is exhausted, who helped whom", async () => {
  const page = await lab();
  await scene(page, COMMUNITY);
  assert.deepEqual(await steps(page), TOGETHER);
  assert.match(await page.textContent("main"), /12 communities of 300 people each/);
  assert.match(await page.textContent("main"), /groups of 12 who all know each other/);
  await predicted(page);
  await page.waitForSelector(".why-place .told");
  assert.match(await page.textContent(".why-place"), /in the trained and .* in the others/);
  // A dot that is pressed is found again among the others.
  const dots = await page.locator("canvas").boundingBox();
  await page.mouse.click(dots.x + dots.width * 0.63 + 8, dots.y + dots.height * ((30 + 84 + 26 + 6) / (30 + 4 * 84)));
  await page.waitForSelector(".step-community .person-told strong", { timeout: 60000 });
  const weeks = page.getByLabel("Week", { exact: true });
  assert.equal(await weeks.getAttribute("max"), "16");
  const circles = () => page.locator(".bench.community svg circle").evaluateAll((all) => all.map((it) => [it.getAttribute("cx"), it.getAttribute("cy"), it.getAttribute("fill"), it.getAttribute("stroke")]));
  const last = await circles();
  assert.match(await page.textContent(".bench.community .told"), /Week 16 · somebody helped [\d,]+ times in the week before · mean burnout [\d.]+ in the trained/);
  await weeks.fill("0");
  const first = await circles();
  // Everybody stands where they stood; some are exhausted otherwise; as many are trained.
  assert.deepEqual(first.map(([x, y]) => [x, y]), last.map(([x, y]) => [x, y]));
  assert.notDeepEqual(first.map(([, , fill]) => fill), last.map(([, , fill]) => fill));
  const trained = (all) => all.filter(([, , , stroke]) => stroke === "#0072b2").length;
  assert.equal(trained(last), 61);
  assert.equal(trained(first), 61);
  // The picture without a picture: a table of weeks.
  assert.equal(await page.locator(".bench.community table tbody tr").count(), 17);
  // Somebody is pressed, and followed with the keys.
  await weeks.focus();
  await page.keyboard.press("End");
  const one = await page.locator(".bench.community svg circle").nth(40).boundingBox();
  await page.mouse.click(one.x + one.width / 2, one.y + one.height / 2);
  await until(page, () => /Person \d+ is (not )?trained/.test(document.querySelector(".person-told").textContent));
  assert.match(await page.textContent(".person-told"), /Knows \d+ people\..*Burnout [\d.]+ at first, [\d.]+ in this week\..*Helped in the week before: .*Was helped by: /);
  await page.getByLabel("Person number").fill("7");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector(".person-told").textContent.startsWith("Person 7 is"));
  await page.getByRole("button", { name: "Let the weeks pass" }).click();
  await until(page, () => document.querySelector(".weeks output").textContent === "week 2");
  // Nobody is trained in the first condition.
  await page.getByLabel("Condition", { exact: true }).selectOption("0");
  await until(page, () => /mean burnout [\d.]+$/.test(document.querySelector(".bench.community .told")?.textContent ?? ""));
  assert.equal(trained(await circles()), 0);
  await page.getByText("Means over 12 communities").waitFor();
  assert.deepEqual(page.troubles, []);
});

test("in a community one can train others, and sees one community first and then all", async () => {
  const page = await revealed(COMMUNITY);
  await controls(page);
  await page.getByLabel("How many are trained").fill("0.6");
  await until(page, () => document.querySelector(".status").textContent.startsWith("first look, 1 community"));
  await page.getByLabel("Who they are").selectOption("least_connected");
  await page.getByText("12 communities of 300 people each per condition").waitFor({ timeout: 90000 });
  assert.equal(await page.textContent(".bench .warn"), "");
  await step(page, "The community");
  await page.waitForSelector(".bench.community svg circle", { timeout: 60000 });
  assert.equal(await page.locator(".bench.community svg circle[stroke='#0072b2']").count(), 181);
  assert.deepEqual(page.troubles, []);
});

test("dots can be pressed, and walk unless motion is unwanted", async () => {
  const page = await lab({ reducedMotion: "no-preference" });
  await scene(page, FLAGSHIP);
  await step(page, "Predict");
  await page.getByRole("button", { name: "Not sure about what is open" }).click();
  await commit(page);
  await page.waitForSelector(".clock:not(:empty)");
  assert.equal(await page.locator(".results .told").count(), 0);
  await page.waitForSelector(".results .told", { timeout: 20000 });
  const box = await page.locator("canvas").boundingBox();
  await page.mouse.click(box.x + box.width * 0.68 + 8, box.y + 30 + 26 + 6);
  await page.waitForSelector(".step-person");
});
