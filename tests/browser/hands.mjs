// A reader's hands on the diagram: real pointer and key events, and what is awaited after each.
// Nothing here waits for a time; it waits for what the page says.

import { readdirSync, readFileSync } from "node:fs";

const SCENARIOS = new URL("../../scenarios/", import.meta.url);

/** The middle of an element, in the window. */
export async function middleOf(locator) {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Brings an element to the middle of the window, clear of the bars above and below; where that is. */
export async function show(locator) {
  await locator.evaluate((element) => element.scrollIntoView({ block: "center" }));
  return middleOf(locator);
}

/** Real touch events by the debugger, so that the browser decides itself whether they scroll. */
export async function finger(page) {
  const session = await page.context().newCDPSession(page);
  const send = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    down: (at) => send("touchStart", [at]),
    move: (at) => send("touchMove", [at]),
    up: () => send("touchEnd", []),
  };
}

/** Until what was asked for has been painted: the frame that runs it, and the one after. */
export const painted = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** The grip at the `start` or the `end` of a fault. */
export const grip = (page, fault, end) => page.locator(`[data-grip="${end}"][data-fault="${fault}"] .knob`);

/** Where a lane stands in the window, and where the diagram begins. */
export async function lane(page, name) {
  const head = await middleOf(page.locator(`.head[data-lane="${name}"]`));
  const picture = await page.locator("svg.picture").boundingBox();
  return { x: head.x, top: picture.y };
}

/** Presses at a point and moves by small steps until the words at the pointer are these. */
export async function dragUntil(page, from, step, words) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const readout = page.locator("output.readout:not([hidden])");
  for (let n = 1; n <= 400; n += 1) {
    await page.mouse.move(from.x + step.x * n, from.y + step.y * n);
    await painted(page);
    if ((await readout.count()) > 0 && (await readout.textContent()) === words) return;
  }
  throw new Error(`the pointer never said "${words}"; it says "${await readout.textContent()}"`);
}

/** Waits until a property is judged so. */
export const judged = (page, property, state) =>
  page.waitForSelector(`[data-verdict="${property}"][data-state="${state}"]`, { state: "attached" });

/** The text of a chapter, by its number. */
export const chapter = (number) => {
  const name = readdirSync(SCENARIOS).find((name) => name.startsWith(`${String(number).padStart(2, "0")}-`));
  return readFileSync(new URL(name, SCENARIOS), "utf8");
};

/** Types another text, whether or not its panel is shown, and waits until its run is. */
export async function typeText(page, text) {
  const old = await digestOf(page);
  await page.locator(".editor textarea").evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, text);
  await anotherRun(page, old);
  await painted(page);
}

/** The text of the scenario. */
export const textOf = (page) => page.locator(".editor textarea").inputValue();

/** The digest of the run that is shown. */
export const digestOf = (page) => page.locator(".fencepost").getAttribute("data-digest");

/** Waits until another run is shown than the one with this digest. */
export const anotherRun = (page, digest) =>
  page.waitForFunction((old) => document.querySelector(".fencepost").dataset.digest !== old, digest);

/** Numbers below `n`, the same on every run. */
export function dice(seed) {
  let state = seed;
  return (n) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % n;
  };
}

/** Writes a text into the pane, which a narrow screen shows behind a tab. */
export async function writeText(page, text) {
  const pane = page.locator(".editor textarea");
  if (!(await pane.isVisible())) await page.getByRole("button", { name: "Text", exact: true }).click();
  await pane.fill(text);
}
