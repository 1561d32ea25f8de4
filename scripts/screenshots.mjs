// Takes the pictures a person looks at before calling anything done: three widths, two themes, each state of the page.
//
//   node scripts/screenshots.mjs [name…]      → target/screenshots/<state>-<width>-<theme>.png
//
// Names limit the states. It asserts nothing: looking is the point. Build the page first.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "./chromium.mjs";
import { serve } from "./serve.mjs";

const ROOT = new URL("../", import.meta.url);
const FOLDER = new URL("target/screenshots/", ROOT);
const THEMES = ["light", "dark"];
const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 360, height: 780 },
];

/** Opens the first scenario of the course that has these words, and a panel where panels are chosen. */
const chapter = (words, panel) => async (page) => {
  await page.locator("button.chapter").click();
  await page.locator(".search").fill(String(words));
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  const tab = page.locator("nav.tabs button", { hasText: panel ?? "Timeline" });
  if (await tab.isVisible()) await tab.click();
  else if (panel) await page.locator(".of-models").first().scrollIntoViewIfNeeded();
};

/** Opens the menu of a lane's header. */
const header = (words, lane) => async (page) => {
  await chapter(words)(page);
  await page.locator(`.head[data-lane="${lane}"]`).click();
};

/** Two heartbeats every microsecond: a limit stops this run. */
const STORM = "fencepost 1\ntitle A storm\nabout Two nodes that say every microsecond that they live.\nuntil 60s\nnetwork delay 1us\npair P Q heartbeat 1us timeout 3us\nlock L lease 10s\nclient A at 0s: acquire L; work 20s\nexpect lock-exclusion held\nexpect grant(A) met\n";

/** Shows a panel where panels are chosen. */
async function panel(page, name) {
  const tab = page.locator("nav.tabs button", { hasText: name });
  if (await tab.isVisible()) await tab.click();
}

/** Types this text and shows a panel. */
const typed = (text, name) => async (page) => {
  await panel(page, "Text");
  await page.locator("textarea").fill(text);
  await page.locator("[data-cut]").waitFor({ state: "attached" });
  await panel(page, name);
};

/** Makes two claims false, one of them in the variant that is not shown, and shows a panel. */
const refuted = (name) => async (page) => {
  await panel(page, "Text");
  const text = await page.locator("textarea").inputValue();
  const changed = text.replace("effect-order violated at 15200ms", "effect-order held").replace("check ge", "check none");
  await page.locator("textarea").fill(changed);
  await page.locator('.claims[data-claims="4/5"]').waitFor({ state: "attached" });
  await panel(page, name);
};

/** What the page is brought to before its picture is taken. `hash` opens it so; `reach(page)` clicks on. */
const STATES = {
  first: {},
  embed: { hash: "#ui=embed", ready: ".timeline-slot svg" },
  damaged: { hash: "#s1=z.bm90IGEgbGluaw.0000000", ready: "main" },
  broken: { before: (page) => page.route("**/*.wasm", (route) => route.abort()), ready: "[role=alert]" },
  "no-script": { javaScriptEnabled: false, ready: "body" },
  gallery: { reach: (page) => page.locator("button.chapter").click() },
  claims: { reach: refuted("Verdicts") },
  "claims-text": { reach: refuted("Text") },
  cut: { reach: typed(STORM, "Timeline"), ready: "[data-verdict]" },
  "cut-verdicts": { reach: typed(STORM, "Verdicts") },
  "no-such": { reach: (page) => page.locator("button.chapter").click().then(() => page.locator(".search").fill("zebra")) },
  majority: { reach: chapter(28) },
  promises: { reach: chapter(28, "Models") },
  king: { reach: chapter("the-king-who-did-not-know") },
  elections: { reach: chapter(36) },
  sums: { reach: chapter(36, "Models") },
  generals: { reach: chapter(39) },
  node: { reach: header(28, "R2") },
  lock: { reach: header(16, "L") },
  print: { media: "print" },
};

/** The whole page when it scrolls, the window when it does not. */
async function picture(browser, address, name, theme, viewport) {
  const { hash = "", ready = "[data-verdict]", before, reach, media, ...context } = STATES[name];
  const room = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce", ...context });
  const page = await room.newPage();
  await before?.(page);
  await page.goto(`${address}/${hash}`);
  await page.waitForSelector(ready, { state: "attached", timeout: 20_000 });
  await reach?.(page);
  if (media) await page.emulateMedia({ media });
  const path = fileURLToPath(new URL(`${name}-${viewport.width}-${theme}.png`, FOLDER));
  await page.screenshot({ path, fullPage: true });
  await room.close();
  console.log(path);
}

async function main(wanted) {
  const names = wanted.length ? wanted : Object.keys(STATES);
  const unknown = names.find((name) => !STATES[name]);
  if (unknown) throw new Error(`no state is called ${unknown}; there are ${Object.keys(STATES).join(", ")}`);
  await mkdir(FOLDER, { recursive: true });
  const server = await serve(fileURLToPath(new URL("dist", ROOT)));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS });
  for (const name of names) {
    for (const viewport of WINDOWS) {
      for (const theme of THEMES) await picture(browser, server.address, name, theme, viewport);
    }
  }
  await browser.close();
  server.stop();
}

await main(process.argv.slice(2));
