// The ground every browser test stands on: the built page on a free port, one Chromium a file, a fresh context a test.
//
//   import { pageTest, PHONE } from "./harness.mjs";
//   pageTest("what the reader sees", { ...PHONE, hash: "#ui=embed" }, async ({ page }) => { … });
//
// A test fails, whatever its body says, when the page logs an error, throws, asks another host for anything, or asks
// anyone for anything once it is ready. This file knows nothing of locks; the specs beside it do.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.mjs";
import { CHROMIUM_FLAGS, chromiumPath } from "../../scripts/chromium.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** The two windows of the design, and what else a context may be given: `{ ...PHONE, colorScheme: "dark" }`. */
export const DESKTOP = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const NARROWEST = { ...PHONE, viewport: { width: 320, height: 640 } };

/** Both themes, for tests that hold in each. */
export const THEMES = ["light", "dark"];

/** Present once the first run is drawn and wholly judged. */
export const READY = "[data-judged=all] [data-verdict]";

/** Present until it is known who works for the page: a worker, whose parts are asked for, or nobody. */
const STARTING = "[data-work=starting]";

let opened = null;

async function open() {
  assert.ok(existsSync(`${DIST}/index.html`), "dist/ holds no page: run `make build` first");
  const server = await serve(DIST);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS });
  return { server, browser };
}

/** The address and browser all tests of one file share; started by the first that asks. */
export function ground() {
  opened ??= open();
  return opened;
}

after(async () => {
  if (!opened) return;
  const { server, browser } = await opened;
  await browser.close();
  server.stop();
});

/** Writes down everything a good page never does. */
class Watch {
  ready = false;

  constructor(address, complaints) {
    this.address = address;
    this.complaints = complaints;
  }

  follow(page) {
    page.on("pageerror", (error) => this.complaints.push(`the page threw: ${error.stack ?? error}`));
    page.on("console", (line) => {
      if (line.type() === "error") this.complaints.push(`the console says: ${line.text()}`);
    });
    page.on("request", (request) => this.judge(request.url()));
  }

  judge(url) {
    if (url.startsWith("data:") || url.startsWith("blob:")) return;
    if (!url.startsWith(this.address)) this.complaints.push(`another host was asked: ${url}`);
    else if (this.ready) this.complaints.push(`a request after the page was ready: ${url}`);
  }
}

/** Split what the browser context takes from what only this harness understands. */
function sortOptions(options) {
  const { hash = "", ready = READY, mayComplain = false, starting = false, before, timeout = 60_000, ...context } = options;
  return { hash, ready, mayComplain, starting, before, timeout, context: { ...DESKTOP, ...context } };
}

/**
 * A page with its watch; `before(page)` runs ahead of navigation, to route requests or seed storage.
 * `again({ hash, ready })` opens a second page for the same reader, whose storage is the same, under the same watch.
 */
export async function openPage(options = {}) {
  const { hash, ready, starting, before, context } = sortOptions(options);
  const { server, browser } = await ground();
  // The copy for visits without a network would be made anew for each test; offline.test.mjs is where it is tried.
  const quiet = { permissions: ["clipboard-read", "clipboard-write"], serviceWorkers: "block" };
  const room = await browser.newContext({ ...quiet, ...context });
  const complaints = [];
  const again = (other) => visit(room, complaints, { address: server.address, hash: "", ready: READY, ...other });
  const page = await again({ hash, ready, starting, before });
  return { page, room, again, watch: { complaints }, address: server.address };
}

async function visit(room, complaints, { address, hash, ready, starting, before }) {
  const page = await room.newPage();
  const watch = new Watch(address, complaints);
  watch.follow(page);
  await before?.(page);
  await page.goto(`${address}/${hash}`);
  await arrive(page, watch, ready, starting);
  return page;
}

/** Waits for `ready`, and puts what the page complained of into the error when that never comes. */
async function arrive(page, watch, ready, starting) {
  try {
    if (ready) await page.waitForSelector(ready, { state: "attached", timeout: 20_000 });
    if (ready && !starting) await page.waitForSelector(STARTING, { state: "detached", timeout: 20_000 });
  } catch (error) {
    throw new Error(`${ready} never came. ${watch.complaints.join("\n") || "The page did not complain."}`, { cause: error });
  }
  await page.evaluate(() => document.fonts.ready);
  // The browser's own requests, for the icon say, are part of loading.
  await page.waitForLoadState("load");
  watch.ready = true;
}

/**
 * One test on a fresh page. `body({ page, room, again, watch, address })`, see `openPage`.
 * Options: anything a Playwright context takes, and `hash`, `ready` (a selector, or null not to wait),
 * `before(page)`, `mayComplain` (for tests that break the page on purpose), `starting` (its worker may still be starting).
 */
export function pageTest(name, options, body) {
  const { mayComplain, timeout } = sortOptions(options);
  test(name, { timeout }, async () => {
    const opened = await openPage(options);
    try {
      await body(opened);
      if (!mayComplain) assert.deepEqual(opened.watch.complaints, []);
    } finally {
      await opened.room.close();
    }
  });
}
