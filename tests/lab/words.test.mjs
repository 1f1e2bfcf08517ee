// The page in other languages, and in one that nobody speaks.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { FLAGSHIP, LAB, address, lab, room, steps, until } from "./browser.mjs";

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?_;|(){}[]@%$#";

// Bytes as the page has them in letters, and back.
function inLetters(bytes) {
  const padded = Buffer.concat([bytes, Buffer.alloc(4)]);
  let text = "";
  for (let place = 0; place < bytes.length; place += 4) {
    const value = padded.readUInt32BE(place);
    text += [52200625, 614125, 7225, 85, 1].slice(0, Math.min(bytes.length - place, 4) + 1).map((power) => LETTERS[Math.floor(value / power) % 85]).join("");
  }
  return text;
}

function fromLetters(text) {
  const groups = text.match(/.{1,5}/gs) ?? [];
  return Buffer.concat(groups.map((group) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE([...group.padEnd(5, "#")].reduce((value, letter) => value * 85 + LETTERS.indexOf(letter), 0));
    return four.subarray(0, group.length - 1);
  }));
}

// The page with every word of English changed.
function withWords(change) {
  const html = readFileSync(LAB, "utf8").replace(/(<script type="text\/plain" id="lab-words">)(.*?)(<\/script>)/s, (whole, start, words, end) => {
    const all = JSON.parse(gunzipSync(fromLetters(words)));
    all.languages.en = change({ ...all.languages.en, texts: {} });
    all.languages.en.texts = [];
    return start + inLetters(gzipSync(JSON.stringify(all))) + end;
  });
  const file = room("lab.html");
  writeFileSync(file, html);
  return address(file);
}

// Every word of the page in brackets; what stands outside of them is written in the code.
test("no word of the page is written outside the files of words", async () => {
  const pseudo = (value) => (typeof value === "string" ? `⟦${value}⟧` : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pseudo(inner)])));
  const page = await lab({}, withWords(pseudo));
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
  await page.getByRole("button", { name: /Not sure about what is open/ }).click();
  await page.getByRole("button", { name: /Commit and see what happens/ }).click();
  await page.waitForSelector(".results .told");
  for (const each of await steps(page)) {
    await page.getByRole("button", { name: each }).first().click();
    await page.waitForTimeout(400);
    const found = (await bare()).filter((text) => !/training|scenario|^\W*$/.test(text));
    assert.deepEqual(found, [], each);
  }
});

test("the page speaks German and Spanish, and so do its scenes", async () => {
  const page = await lab();
  await page.getByLabel("Language").selectOption("de");
  await until(page, () => document.documentElement.lang === "de");
  assert.equal(await page.locator('.cards [lang="en"]').count(), 0);
  await page.getByRole("button", { name: /Stress oder Mitgefühl/ }).first().click();
  assert.match(await page.textContent("main"), /Die Szene: Jemand ist vom Fahrrad gestoßen worden/);
  await page.getByRole("button", { name: "Vorhersagen" }).first().click();
  await page.getByRole("button", { name: "Bei allem, was offen ist, nicht sicher" }).click();
  await page.getByRole("button", { name: "Festlegen und sehen" }).click();
  await page.waitForSelector(".results .told");
  assert.match(await page.textContent(".answer"), /Von 100 helfen \d+ in „keine Übung“/);
  for (const place of [3, 4, 5, 6, 7]) {
    await page.locator("nav.steps button").nth(place).click();
    await page.waitForTimeout(600);
    assert.equal(await page.locator('main [lang="en"]').count(), 0, `step ${place}`);
    assert.doesNotMatch(await page.textContent("main"), /no training|empathy training/, `step ${place}`);
  }
  await page.locator("#language").selectOption("es");
  await page.locator("nav.steps button").nth(2).click();
  await page.waitForSelector(".results .told");
  assert.match(await page.textContent(".answer"), /De 100, \d+ ayudan en «?“?sin práctica/);
  for (const place of [0, 3, 4, 5, 6, 7]) {
    await page.locator("nav.steps button").nth(place).click();
    await page.waitForTimeout(600);
    assert.equal(await page.locator('main [lang="en"]').count(), 0, `step ${place}`);
    assert.doesNotMatch(await page.textContent("main"), /no training|in the same small room/, `step ${place}`);
  }
  await page.getByRole("button", { name: "Escenas", exact: true }).click();
  assert.equal(await page.locator('.cards [lang="en"]').count(), 0);
  assert.equal(await page.locator(".hero .small").count(), 0);
  assert.deepEqual(page.troubles, []);
});
