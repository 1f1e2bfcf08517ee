// Frames as learning platforms make them, with policies that forbid much.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { ADDRESS, LAB, browser } from "./browser.mjs";

// The lab in a frame; `policy` is what the server says of it, `sandbox` what the frame allows.
async function framed(policy, sandbox) {
  const lab = readFileSync(LAB);
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (request.url === "/lab.html") {
      if (policy) response.setHeader("content-security-policy", policy);
      response.end(lab);
    } else response.end(`<!doctype html><title>course</title><iframe title="lab" src="/lab.html" width="1200" height="800" ${sandbox}></iframe>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const context = await (await browser()).newContext({ viewport: { width: 1300, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const frame = page.frameLocator("iframe");
  await frame.locator("h1").first().waitFor();
  return { frame, page, asked, done: async () => { await context.close(); server.closeAllConnections(); await new Promise((closed) => server.close(closed)); } };
}

async function predictedIn(frame, title = /Distress or compassion/) {
  await frame.getByRole("button", { name: title }).first().click();
  await frame.getByRole("button", { name: "Predict" }).first().click();
  await frame.getByRole("button", { name: "Not sure about what is open" }).click();
  await frame.getByRole("button", { name: "Commit and see what happens" }).click();
  await frame.locator(".results .told").first().waitFor();
}

test("in a sandbox without an origin it computes", async () => {
  const { frame, page, asked, done } = await framed(null, 'sandbox="allow-scripts allow-downloads"');
  await predictedIn(frame);
  await frame.getByRole("button", { name: "One person" }).first().click();
  await frame.locator(".story li").first().waitFor();
  await page.evaluate(() => history.back());
  await frame.locator("h1", { hasText: "What happens" }).waitFor();
  assert.deepEqual(asked.filter((url) => url !== "/" && url !== "/lab.html" && url !== "/favicon.ico"), []);
  await done();
});

test("a frame that saves and copies nothing is not said to have done so", async () => {
  const { frame, done } = await framed(null, 'sandbox="allow-scripts"');
  await predictedIn(frame);
  await frame.getByRole("button", { name: "Copy the code" }).click();
  await frame.getByText("nothing was copied").waitFor();
  await frame.getByRole("button", { name: "Take home" }).first().click();
  await frame.getByRole("button", { name: "Report (HTML" }).click();
  await frame.getByText("Given to your browser as distress-lab-report.html").waitFor();
  assert.match(await frame.getByLabel("If nothing was saved").inputValue(), /<!doctype html>/);
  await frame.getByRole("button", { name: "Copy a link" }).click();
  await frame.getByText("nothing was copied").waitFor();
  assert.equal(await frame.getByText(/^(Copied\.|Saved as)/).count(), 0);
  await done();
});

test("where there may be no workers it computes in the page", async () => {
  const { frame, done } = await framed("default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:; worker-src 'none'", 'sandbox="allow-scripts"');
  await predictedIn(frame);
  await frame.getByRole("button", { name: "One person" }).first().click();
  await frame.locator(".story li").first().waitFor();
  await done();
});

test("where WebAssembly is refused it says so and shows what was computed beforehand", async () => {
  const { frame, done } = await framed("default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:", 'sandbox="allow-scripts"');
  await frame.getByText("does not let the page compute").first().waitFor();
  await predictedIn(frame);
  await frame.getByText(/Of 100, \d+ help in/).first().waitFor();
  await frame.getByRole("button", { name: "The sweet spot" }).first().click();
  await frame.locator("svg[role=img]").first().waitFor();
  await frame.getByRole("button", { name: "One person" }).first().click();
  await frame.getByText("was not computed beforehand").waitFor();
  // What cannot be done here cannot be pressed, and a sentence says why.
  for (const [where, what] of [["Change one thing", "What helping costs"], ["One person", "Person number"]]) {
    await frame.getByRole("button", { name: where }).first().click();
    assert.equal(await frame.getByLabel(what).isDisabled(), true, what);
  }
  await frame.getByRole("button", { name: "Take home" }).first().click();
  await frame.getByText("nothing can be changed or computed anew here").waitFor();
  assert.equal(await frame.getByRole("button", { name: "Table (CSV)" }).isDisabled(), true);
  await done();
});

test("where WebAssembly is refused a community is seen as often as it was measured", async () => {
  const { frame, done } = await framed("default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:", 'sandbox="allow-scripts"');
  await predictedIn(frame, /Does kindness spread/);
  await frame.getByText(/in the trained and .* in the others/).first().waitFor();
  await frame.getByRole("button", { name: "The community" }).first().click();
  await frame.locator(".bench.community svg circle").first().waitFor();
  assert.equal(await frame.getByLabel("Week", { exact: true }).getAttribute("max"), "4");
  await done();
});

test("a browser that cannot unpack shows the runs as tables, and says why", async () => {
  const context = await (await browser()).newContext();
  const page = await context.newPage();
  await page.addInitScript("delete window.DecompressionStream");
  await page.goto(ADDRESS);
  await page.locator("p:not([hidden])", { hasText: "This browser is too old for the lab" }).waitFor();
  assert.ok((await page.locator("table").count()) > 20);
});

test("without scripts the runs are tables", async () => {
  const context = await (await browser()).newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.setContent(readFileSync(LAB, "utf8").replace(/<script type="text\/plain".*?<\/script>/gs, ""));
  assert.ok((await page.locator("noscript table, table").count()) > 0);
  await context.close();
});
