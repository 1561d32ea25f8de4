// Checks that hold for every state of the page, whoever brought it there: reach for these at the end of a spec.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One line per finding, with the elements, so that a failure can be mended from the log alone. */
function inWords({ id, impact, help, nodes }) {
  const places = nodes.slice(0, 5).map((node) => `    ${node.target.join(" ")}: ${node.failureSummary?.replace(/\s+/g, " ")}`);
  return [`${impact}: ${id} (${help})`, ...places].join("\n");
}

/**
 * Asks axe; nothing serious or critical may be found. It is handed to the debugger, not written into the page, whose
 * Content-Security-Policy would refuse it, and no request is made.
 */
export async function assertAccessible(page) {
  // A colour that is still fading is not the colour the reader gets.
  await settle(page);
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  assert.ok(passes.length > 0, "axe looked at nothing");
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.equal(grave.map(inWords).join("\n"), "");
}

/** Waits until no transition or animation that ends is running, and the frame after is drawn. */
export async function settle(page) {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map((one) => one.finished.catch(() => {})));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/** What sticks out of the window sideways, and is neither scrolled to inside a box of its own nor ends there in an ellipsis. Runs in the page. */
function findCutOff() {
  const width = document.documentElement.clientWidth;
  const hidden = (style) => style.visibility === "hidden" || style.display === "none" || style.opacity === "0";
  const scrolls = (node) => ["auto", "scroll"].includes(getComputedStyle(node).overflowX);
  const shortens = (node) => getComputedStyle(node).overflowX === "hidden" && getComputedStyle(node).textOverflow === "ellipsis";
  const excused = (element) => {
    for (let node = element; node && node !== document.documentElement; node = node.parentElement) {
      if (hidden(getComputedStyle(node)) || node.matches("[inert], [aria-hidden=true], .visually-hidden")) return true;
      if (node !== element && (scrolls(node) || shortens(node))) return true;
    }
    return false;
  };
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    if ((box.right > width + 1 || box.left < -1) && !excused(element)) {
      const name = element.id ? `#${element.id}` : `.${[...element.classList].join(".")}`;
      found.push(`${element.tagName.toLowerCase()}${name} from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`);
    }
  }
  const page = document.documentElement.scrollWidth;
  if (page > width) found.unshift(`the document is ${page} wide in a window of ${width}`);
  return found;
}

/** Text whose own box is narrower than it and hides the rest, without an ellipsis the reader can see. Runs in the page. */
function findClippedText() {
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const hides = ["hidden", "clip"].includes(style.overflowX) && style.textOverflow !== "ellipsis";
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const shown = element.checkVisibility?.() && element.clientWidth > 2;
    if (hides && words && shown && element.scrollWidth > element.clientWidth + 1) {
      found.push(`"${element.textContent.trim().slice(0, 40)}" needs ${element.scrollWidth}, has ${element.clientWidth}`);
    }
  }
  return found;
}

/** Nothing may stick out sideways or be clipped: the promise for 360 px, and for 320. */
export async function assertNothingCutOff(page) {
  await settle(page);
  assert.deepEqual(await page.evaluate(findCutOff), []);
  assert.deepEqual(await page.evaluate(findClippedText), []);
}
