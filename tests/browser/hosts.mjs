// Hosts with troubles of their own, for the tests of how the page starts, where it stands and what it keeps.
//
//   hostTest("what the reader sees", { host: { headers: {…} }, ...PHONE }, async ({ page, open }) => { await open(); … });

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../scripts/serve.mjs";
import { DESKTOP, ground, READY } from "./harness.mjs";

export const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** What a page that could not start says. */
export const ALERT = "main.shell [role=alert]";
export const AGAIN = { name: "Try again" };

/**
 * Runs in the page before it: when its scripts first knew that something was broken, when the reader was told, how long
 * a busy machine gave the page no time in between, and the progress. A failed preload is nothing yet: the page asks once more.
 */
function stopwatch() {
  globalThis.broken = null;
  globalThis.told = null;
  globalThis.values = [];
  const isBroken = () => (globalThis.broken ??= performance.now());
  const matters = ({ localName, rel }) => localName === "script" || rel === "stylesheet";
  addEventListener("error", ({ target }) => matters(target) && isBroken(), true);
  let ticked = performance.now();
  globalThis.stalled = 0;
  setInterval(() => {
    const late = performance.now() - ticked - 20;
    if (globalThis.broken && !globalThis.told && late > 20) globalThis.stalled += late;
    ticked = performance.now();
  }, 20);
  let reports;
  const noting = (report) => (...said) => (isBroken(), report(...said));
  Object.defineProperty(globalThis, "fencepostStart", {
    get: () => reports,
    set: (api) => {
      for (const name of ["failed", "broke", "missing"]) api[name] = noting(api[name]);
      reports = api;
    },
  });
  new MutationObserver(() => {
    if (document.querySelector("main.shell [role=alert]")) globalThis.told ??= performance.now();
    const progress = document.querySelector("main.shell progress");
    if (progress) globalThis.values.push(progress.value);
  }).observe(document, { childList: true, characterData: true, subtree: true });
}

/**
 * One test on a host of its own. `host` is what `serve` takes, `folder` what it serves, `before(page)` runs ahead of the
 * visit, and the rest is what a Playwright context takes. `visit({ page, room, open, address })`: `open(hash)` goes there.
 */
export function hostTest(name, { host = {}, folder = DIST, before, ...context }, visit) {
  test(name, { timeout: 60_000 }, async () => {
    const { browser } = await ground();
    const server = await serve(folder, host);
    const room = await browser.newContext({ ...DESKTOP, serviceWorkers: "block", ...context });
    const page = await room.newPage();
    await page.addInitScript(stopwatch);
    await before?.(page);
    const address = `${server.address}${host.base ?? "/"}`;
    const open = (hash = "") => page.goto(`${address}${hash}`, { waitUntil: "commit" });
    try {
      await visit({ page, room, open, address });
    } finally {
      await room.close();
      server.stop();
    }
  });
}

/** The sentence of a page that could not start. */
export async function reason(page) {
  await page.waitForSelector(ALERT, { timeout: 20_000 });
  return page.locator(ALERT).innerText();
}

/** The page runs; on a phone its verdicts are behind a tab. */
export function started(page) {
  return page.waitForSelector(READY, { state: "attached" });
}

/** The bound that the page promises, from the moment its scripts knew; what a busy machine withheld does not count. */
export async function assertToldInASecond(page) {
  const { broken, told, stalled } = await page.evaluate(() => ({ broken: globalThis.broken, told: globalThis.told, stalled: globalThis.stalled }));
  assert.ok(broken !== null && told - broken - stalled < 1000, `broken at ${broken} ms, told at ${told} ms, stalled for ${stalled} ms`);
}
