// A page that cannot start says why, within a second, and what to do; and while it starts, how far it is.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, ground, PHONE } from "./harness.mjs";
import { AGAIN, ALERT, assertToldInASecond, DIST, hostTest, reason, started } from "./hosts.mjs";

const WINDOWS = { desktop: DESKTOP, phone: PHONE };

// While it starts

/** A host where nothing but the page itself is quick, and the engine stands still in its middle until it is let go. */
function slowHost() {
  const host = {};
  const released = new Promise((done) => (host.release = done));
  const engine = { pause: (sent) => (sent > 1_000_000 ? released : null) };
  host.trouble = (path) => (/\.wasm$/.test(path) ? engine : path === "index.html" ? {} : { delay: 300 });
  return host;
}

for (const [name, window] of Object.entries(WINDOWS)) {
  const host = slowHost();
  hostTest(`on a slow network the shell is there at once, and the engine's progress: ${name}`, { host, ...window }, async ({ page, open }) => {
    await open();
    // Before the first style sheet or script has come.
    assert.match(await page.locator("main.shell").innerText(), /Fencepost[\s\S]*Loading the page…/);
    await page.getByText(/^Loading the engine… 1,0\d\d of \d,\d{3} KB$/).waitFor();
    const bar = page.getByRole("progressbar", { name: /Loading the engine/ });
    const value = await bar.evaluate((bar) => bar.value);
    assert.ok(value > 0.1 && value < 0.9, `${value}`);
    await assertNothingCutOff(page);
    await assertAccessible(page);
    host.release();
    await started(page);
    const values = await page.evaluate(() => globalThis.values);
    assert.deepEqual(values, values.toSorted((one, other) => one - other), "the bar never goes back");
    assert.equal(values.at(-1), 1);
    assert.equal(await page.locator(".shell").count(), 0, "the shell has given way to the page");
  });
}

hostTest("a network that is silent is said to be slow, and not to be broken", { host: { trouble: (path) => (/engine/.test(path) ? { delay: 60_000 } : {}) } }, async ({ page, open }) => {
  await open();
  await page.getByRole("status").getByText("Still loading").waitFor();
  assert.equal(await page.locator(ALERT).count(), 0);
});

// Each request cut, in turn

/** The kinds of files that the page asks for at its start; the test below sees to it that the list is whole. */
const ASKED = ["start", "engine", "base", "shell", "panels", "timeline", "fencepost-web(?=.*js$)", "fencepost-web(?=.*wasm$)"];
const matches = (path, kind) => new RegExp(`^${kind}`).test(path);

const seen = new Set();
hostTest("every file that the page asks for is cut once below", { host: { trouble: (path) => void seen.add(path) } }, async ({ page, open }) => {
  await open();
  await started(page);
  const others = [...seen].filter((path) => !["index.html", "worker.js"].includes(path));
  assert.deepEqual(others.filter((path) => !ASKED.some((kind) => matches(path, kind))), []);
  assert.ok(others.length >= ASKED.length, others.join(" "));
});

/** A host that cuts the line whenever a file of this kind is asked for, until it is mended. */
function cutting(kind, cutAfter) {
  const host = { mended: false };
  host.trouble = (path) => (!host.mended && matches(path, kind) ? { cutAfter } : {});
  return host;
}

for (const kind of ASKED.filter((kind) => kind !== "start")) {
  for (const cutAfter of /wasm/.test(kind) ? [0, 100_000] : [0]) {
    const host = cutting(kind, cutAfter);
    hostTest(`${kind} cut after ${cutAfter} bytes: says so within a second, and starts when tried again`, { host }, async ({ page, open }) => {
      await open();
      assert.match(await reason(page), /The file [\w.-]+ did not arrive/);
      await assertToldInASecond(page);
      host.mended = true;
      await page.getByRole("button", AGAIN).click();
      await started(page);
    });
  }
}

hostTest("start.js cut: the page starts without it", { host: cutting("start", 0) }, async ({ page, open }) => {
  await open();
  await started(page);
});

hostTest("with no script at all, the page itself says that nothing started", { host: { trouble: (path) => (/\.js$/.test(path) ? { cutAfter: 0 } : {}) } }, async ({ page, open }) => {
  await open("#s1=t.fencepost+1/end");
  const said = page.getByText("Nothing has started yet");
  await page.waitForFunction(() => getComputedStyle(document.getElementById("silent")).visibility === "visible");
  assert.match(await said.innerText(), /missing or blocked.*not lost/);
});

// What the browser lacks

/** Each takes away what the list in static/start.js asks for, as a browser would have it that never had it. */
const OLD = {
  "JavaScript modules": () => delete HTMLScriptElement.prototype.noModule,
  "WebAssembly": () => delete globalThis.WebAssembly,
  "WebAssembly with reference types": () => (WebAssembly.validate = () => false),
  "WebAssembly that compiles while it loads": () => delete WebAssembly.compileStreaming,
  "streams": () => delete globalThis.ReadableStream,
  "ResizeObserver": () => delete globalThis.ResizeObserver,
  "the dialog element": () => delete globalThis.HTMLDialogElement,
  "the CSS selector :has()": () => (CSS.supports = (what) => !/:has/.test(what)),
  "the CSS function color-mix()": () => (CSS.supports = (what) => !/color-mix/.test(what)),
  "the CSS unit dvh": () => (CSS.supports = (what) => !/dvh/.test(what)),
  "the CSS function light-dark()": () => (CSS.supports = (what) => !/light-dark/.test(what)),
};

test("a browser that lacks something is told what, and which browsers have it", { timeout: 60_000 }, async (each) => {
  const { browser, server } = await ground();
  for (const [what, takeAway] of Object.entries(OLD)) {
    await each.test(what, async () => {
      const page = await browser.newPage({ serviceWorkers: "block" });
      await page.addInitScript(takeAway);
      await page.goto(server.address);
      const said = await reason(page);
      assert.ok(said.includes(`it lacks ${what}. `), said);
      assert.match(said, /Chrome and Edge \d+, Firefox \d+ and Safari [\d.]+/);
      await page.close();
    });
  }
});

// What stands on the page that could not start

const BROKEN = { trouble: (path) => (/\.wasm$/.test(path) ? { status: 404 } : {}) };

for (const colorScheme of ["light", "dark"]) {
  for (const [name, window] of Object.entries(WINDOWS)) {
    hostTest(`the page that could not start is whole and accessible: ${name}, ${colorScheme}`, { host: BROKEN, ...window, colorScheme }, async ({ page, open }) => {
      await open("#s1=t.fencepost+1/title+Of+mine/client+A+at+0s:+acquire+L/end");
      assert.match(await reason(page), /answers 404 for the file fencepost-web-\w+\.wasm/);
      assert.equal(await page.locator("main pre").innerText(), "fencepost 1\ntitle Of mine\nclient A at 0s: acquire L");
      await page.waitForFunction(() => document.querySelector("main img").naturalWidth > 200);
      await assertAccessible(page);
      await assertNothingCutOff(page);
      const { height } = await page.getByRole("button", AGAIN).boundingBox();
      assert.ok(height >= 44, `${height} px`);
    });
  }
}

hostTest("a packed link's text cannot be shown, and is said not to be lost", { host: BROKEN }, async ({ page, open }) => {
  await open("#s1=z.80nNS07NSytILSoBAA.0000000");
  await reason(page);
  assert.match(await page.locator("main").innerText(), /in the address and is not lost\./);
  assert.equal(await page.locator("main pre").count(), 0);
});

test("opened as a file, the page says what to do", { timeout: 60_000 }, async () => {
  const { browser } = await ground();
  const folder = mkdtempSync(`${tmpdir()}/fencepost-`);
  cpSync(DIST, folder, { recursive: true });
  const page = await browser.newPage(DESKTOP);
  try {
    await page.goto(`file://${folder}/index.html`);
    assert.match(await reason(page), /opened as a file.*make serve/);
    assert.equal(await page.getByRole("button", AGAIN).count(), 0, "trying again would not help");
  } finally {
    await page.close();
    rmSync(folder, { recursive: true });
  }
});
