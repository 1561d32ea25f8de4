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

/** Runs in the page before it: when something was first known to be broken, when the reader was told, and the progress. */
function stopwatch() {
  globalThis.broken = null;
  globalThis.told = null;
  globalThis.values = [];
  const isBroken = () => (globalThis.broken ??= performance.now());
  addEventListener("error", isBroken, true);
  addEventListener("securitypolicyviolation", isBroken);
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

/** The bound that the page promises, from the moment the browser knew: by an event, or when the last file had come. */
export async function assertToldInASecond(page) {
  const { broken, told } = await page.evaluate(() => {
    const files = performance.getEntriesByType("resource").filter((entry) => ["link", "script", "css"].includes(entry.initiatorType));
    return { broken: globalThis.broken ?? Math.max(...files.map((entry) => entry.responseEnd)), told: globalThis.told };
  });
  assert.ok(told - broken < 1000, `told ${Math.round(told - broken)} ms after it was broken`);
}
