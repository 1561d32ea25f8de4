// What stands around the picture: the question Why with its switches, the heading, the panels and where they open, the
// mistakes in the text, and the verdict that is always in view.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, NARROWEST, PHONE, pageTest } from "./harness.mjs";

const TABLET = { viewport: { width: 768, height: 1024 }, hasTouch: true };
const SIZES = { desktop: DESKTOP, tablet: TABLET, phone: PHONE, narrowest: NARROWEST };

/** Shows a panel where panels are chosen. */
async function panel(page, name) {
  const tab = page.locator("nav.tabs button", { hasText: name });
  if (await tab.isVisible()) await tab.click();
}

const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("data-heading") ?? document.activeElement?.outerHTML.slice(0, 120));

for (const [size, options] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  pageTest(`Why keeps its place, its switch and the focus while a fault is off: ${size}`, options, async ({ page }) => {
    await panel(page, "Verdicts");
    const why = page.getByRole("region", { name: "Why" });
    const box = why.getByRole("checkbox");
    const row = page.locator('[data-verdict="effect-order"]');
    await box.focus();
    const before = await why.boundingBox();
    await page.keyboard.press("Space");
    await page.locator('[data-verdict="effect-order"][data-state="held"]').waitFor({ state: "attached" });
    assert.match(await why.innerText(), /Why is effect-order violated\?.*With this off: effect-order holds\./s);
    assert.ok(await box.evaluate((node) => node === document.activeElement && !node.checked), "the focus is on the switch");
    assert.deepEqual(await why.boundingBox(), before, "nothing jumps");
    await page.keyboard.press("Space");
    await page.locator('[data-verdict="effect-order"][data-state="violated"]').waitFor({ state: "attached" });
    assert.deepEqual(await why.boundingBox(), before);
    assert.ok(await box.isChecked());
    assert.equal(await row.getAttribute("data-state"), "violated");
  });
}

/** Every box that the reader can scroll, with how far it is scrolled. Runs in the page. */
function scrolled() {
  const all = [...document.querySelectorAll("#fencepost *")];
  const boxes = [document.scrollingElement, ...all.filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowY))];
  const moved = boxes.filter((one) => one.scrollTop > 1 || one.scrollLeft > 1);
  return moved.map((one) => `${one.tagName}.${one.className} at ${one.scrollLeft}, ${one.scrollTop}`);
}

/** Scrolls all there is to its end. */
function scrollAll() {
  for (const one of [document.scrollingElement, ...document.querySelectorAll("#fencepost *")]) one.scrollTo(1e5, 1e5);
}

for (const [size, options] of Object.entries(SIZES)) {
  pageTest(`a chapter opens at its top, with the focus on its heading: ${size}`, options, async ({ page }) => {
    const opened = async (title) => {
      await page.locator(".chapter .title", { hasText: title }).waitFor();
      await page.waitForFunction(() => document.activeElement?.hasAttribute("data-heading"), null, { timeout: 5_000 }).catch(() => {});
      assert.equal(await focused(page), "", title);
      assert.deepEqual(await page.evaluate(scrolled), [], title);
      assert.equal(await page.locator("details[open]").count(), 0, "nothing stays unfolded");
    };
    await page.locator("details").first().evaluate((one) => (one.open = true));
    await page.evaluate(scrollAll);
    await page.locator("button.chapter").click();
    await page.locator(".search").fill("36");
    await page.keyboard.press("Enter");
    await opened("The switch that was half broken");
    for (const way of ["Next", "Previous"]) {
      await page.evaluate(scrollAll);
      const before = await page.locator(".chapter .title").innerText();
      await page.locator(`.ways-on .${way}:visible`).first().click();
      await page.waitForFunction((title) => document.querySelector(".chapter .title").innerText !== title, before);
      await opened("");
    }
  });
}

pageTest("a changed chapter says what it is based on, and another text has no number", {}, async ({ page }) => {
  const heading = page.locator("h2.heading");
  assert.match(await heading.innerText(), /^Scenario:\s+7\s+A lock gone wrong$/);
  await page.locator(".of-faults").getByRole("checkbox").click();
  await page.locator("h2.heading small").waitFor();
  assert.match(await heading.innerText(), /^Scenario:\s+A lock gone wrong\s+based on chapter 7$/);
  assert.equal(await page.title(), "A lock gone wrong (changed) · Fencepost");
  const text = await page.locator("textarea").inputValue();
  await page.locator("textarea").fill(text.replace("title A lock gone wrong", "title Mine"));
  await page.locator(".chapter .title", { hasText: "Mine" }).waitFor();
  assert.match(await heading.innerText(), /^Scenario:\s+Mine$/);
  assert.equal(await page.locator(".lesson").count(), 0, "the lesson is the chapter's");
  assert.equal(await page.title(), "Mine · Fencepost");
});

/** A window of 1280 px at 200 %. */
const ZOOMED = { viewport: { width: 640, height: 360 } };
const WITH_ZOOM = { ...SIZES, zoomed: ZOOMED };

/** Whether the reader sees it: all of it is in the window, and nothing lies over its middle. */
async function assertInView(page, locator, what) {
  const box = await locator.boundingBox();
  const { width, height } = page.viewportSize();
  assert.ok(box && box.y >= -1 && box.x >= -1 && box.y + box.height <= height + 1 && box.x + box.width <= width + 1, `${what}: ${JSON.stringify(box)}`);
  const covered = await locator.evaluate((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    const top = document.elementFromPoint(x + Math.min(width / 2, 60), y + height / 2);
    return node.contains(top) || top?.contains(node) || top?.matches("textarea") ? "" : top?.outerHTML.slice(0, 80);
  });
  assert.equal(covered, "", `${what} is covered`);
}

for (const [size, options] of Object.entries(WITH_ZOOM)) {
  pageTest(`a mistake is told where the reader types, and leads to its line: ${size}`, options, async ({ page }) => {
    await panel(page, "Text");
    const field = page.locator("textarea");
    const text = await field.inputValue();
    const lines = text.split("\n");
    const number = lines.findIndex((line) => line.startsWith("pause A"));
    // With the hand of a reader: the cursor behind the word, and a letter too many.
    await field.evaluate((node, at) => (node.focus(), node.setSelectionRange(at, at)), text.indexOf("pause A") + 5);
    await page.keyboard.type("e");
    const told = page.locator(".diagnostics button", { hasText: `Line ${number + 1}: ` });
    await told.waitFor();
    await assertInView(page, told, "the mistake");
    await assertInView(page, page.locator(".editor .line.wrong"), "the line");
    const shown = await page.locator(".editor .line.wrong").evaluate((node) => [node, ...node.parentElement.children].slice(1).indexOf(node));
    assert.equal(shown, number);
    const said = new RegExp(`The picture shows the text before line ${number + 1} was changed\\.`);
    assert.match(await page.locator(".remarks").innerText(), said);
    await field.evaluate((node) => node.setSelectionRange(0, 0));
    await told.click();
    const chosen = await field.evaluate((node) => node === document.activeElement && node.value.slice(node.selectionStart, node.selectionEnd));
    assert.equal(chosen, "pausee A at 150ms for 15s");
    await panel(page, "Timeline");
    assert.match(await page.locator(".now").innerText(), said);
    assert.ok(Number(await page.locator(".picture").evaluate((node) => getComputedStyle(node).opacity)) < 0.7, "the old picture is dimmed");
    await assertAccessible(page);
    await panel(page, "Verdicts");
    const loud = await page.locator('[data-verdict="effect-order"] .name').evaluate((node) => getComputedStyle(node).color);
    const muted = await page.locator('[data-verdict="effect-once"] .state').evaluate((node) => getComputedStyle(node).color);
    assert.equal(loud, muted, "an old verdict is as quiet as any other");
    await assertAccessible(page);
  });

  pageTest(`the verdict is in view wherever the picture is, and leads to the verdicts: ${size}`, options, async ({ page }) => {
    const verdict = page.locator(".now .verdict-line");
    assert.match(await verdict.innerText(), /✕ effect-order violated\. At 15\.2 s/);
    await assertInView(page, verdict, "at first");
    await page.evaluate(() => [document.scrollingElement, document.querySelector(".timeline-slot")].forEach((one) => one.scrollBy(0, 300)));
    await page.waitForFunction(() => scrollY > 100 || document.querySelector(".timeline-slot").scrollTop > 100);
    await assertInView(page, verdict, "further down");
    assert.ok((await verdict.boundingBox()).height >= 44, "large enough for a finger");
    await verdict.click();
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-judgement-heading"));
    await assertInView(page, page.locator('[data-verdict="effect-order"] summary'), "the verdicts");
  });

  pageTest(`what a change did takes no room from the picture: ${size}`, options, async ({ page }) => {
    const heads = page.locator(".heads");
    const before = await heads.boundingBox();
    await page.locator(".of-faults input").first().evaluate((node) => node.click());
    await page.locator(".now [data-change]").first().waitFor();
    assert.match(await page.locator(".now .changes").innerText(), /effect-order: violated → held/);
    assert.match(await page.locator(".now .verdict-line").innerText(), /^✓ /);
    assert.deepEqual(await heads.boundingBox(), before);
    assert.equal(await page.locator(".invite").count(), 0);
  });
}

pageTest("at 200 % nothing is cut off and nothing scrolls sideways", ZOOMED, async ({ page }) => {
  for (const name of ["Timeline", "Verdicts", "Faults", "Models", "Text"]) {
    await panel(page, name);
    await assertNothingCutOff(page);
  }
});

pageTest("the lines of the text are numbered, and the numbers are no part of it", {}, async ({ page }) => {
  const numbers = await page.locator(".editor .line").evaluateAll((lines) => lines.map((line) => getComputedStyle(line, "::before").content));
  const text = await page.locator("textarea").inputValue();
  assert.equal(numbers.length, text.split("\n").length);
  assert.ok(numbers.every((one) => one === "counter(line)"), numbers[0]);
  const places = await page.locator(".editor").evaluate((editor) => {
    const style = (selector) => getComputedStyle(editor.querySelector(selector));
    return ["paddingLeft", "paddingRight", "fontSize", "lineHeight"].map((name) => [style("pre")[name], style("textarea")[name]]);
  });
  for (const [shown, typed] of places) assert.equal(shown, typed, "the typed line lies over the shown one");
});

const LONG = ["lock-of-the-ledger-of-payments", "store-of-the-ledger-of-payments", "client-that-pauses-in-the-middle", "client-that-waits-for-the-lock-x"];
const program = `acquire ${LONG[0]}; work 1s; write ${LONG[1]}; release ${LONG[0]}`;
const LONG_TEXT = `fencepost 1\ntitle Long names\nuntil 30s\nnetwork delay 50ms\nlock ${LONG[0]} lease 10s\nstore ${LONG[1]} check none
client ${LONG[2]} at 0s: ${program}\nclient ${LONG[3]} at 1s: ${program}\npause ${LONG[2]} at 150ms for 15s\n`;

for (const [size, options] of Object.entries({ desktop: DESKTOP, narrowest: NARROWEST })) {
  pageTest(`long names are told in full, and by their ends where they do not fit: ${size}`, options, async ({ page }) => {
    await panel(page, "Text");
    await page.locator("textarea").fill(LONG_TEXT);
    await page.locator(`.head[data-lane="${LONG[0]}"]`).waitFor({ state: "attached" });
    await panel(page, "Timeline");
    for (const name of LONG) {
      const head = page.getByRole("button", { name: new RegExp(`^${name} (lock|store|client|none)`) });
      assert.ok((await head.getAttribute("title")).startsWith(name));
      const lines = await head.locator("b").allInnerTexts();
      const end = lines.at(-1).replace("…", "");
      assert.ok(lines.length <= 2 && name.startsWith(lines[0]) && name.endsWith(end), lines.join(" / "));
    }
    for (const name of ["Timeline", "Verdicts", "Faults", "Models", "Text"]) {
      await panel(page, name);
      await assertNothingCutOff(page);
    }
    assert.match(await page.locator(".of-faults .what").first().textContent(), new RegExp(`^${LONG[2]} pauses for 15 s`));
  });
}
