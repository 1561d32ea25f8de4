// The same as in gestures.test.mjs by keyboard alone: no pointer is used in this file.

import assert from "node:assert/strict";
import { openPage, pageTest, PHONE } from "./harness.mjs";
import { digestOf, judged, textOf } from "./hands.mjs";

/** Tabs from the top of the page to the diagram, as a reader without a pointer does. */
async function reachDiagram(page) {
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.matches(".canvas") ?? false)) return;
  }
  throw new Error("no number of tabs leads to the diagram");
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

const said = (page, words) =>
  page.waitForFunction((part) => document.querySelector(".diagram [aria-live]").textContent.includes(part), words);

const textSays = (page, pattern) =>
  page.waitForFunction((source) => new RegExp(source, "m").test(document.querySelector(".editor textarea").value), pattern);

/** Moves down A's lane until its pause is spoken of. */
async function reachPause(page) {
  await press(page, "Home");
  for (let n = 0; n < 10; n += 1) {
    await press(page, "ArrowDown");
    if (/takes no steps/.test(await page.locator(".diagram [aria-live]").textContent())) return;
  }
  throw new Error("the pause is not on its lane");
}

pageTest("a pause is made shorter, taken back, shared and found again elsewhere", {}, async ({ page }) => {
  const original = { text: await textOf(page), digest: await digestOf(page) };
  await reachDiagram(page);
  await reachPause(page);
  await page.keyboard.down("Alt");
  for (let n = 0; n < 11; n += 1) await page.keyboard.press("ArrowUp");
  await said(page, "paused 9.5 s");
  await page.keyboard.up("Alt");
  await judged(page, "effect-order", "held");
  await judged(page, "effect-fresh", "held");
  const mended = { text: await textOf(page), digest: await digestOf(page) };
  assert.equal(mended.text, original.text.replace("for 15s", "for 9500ms"));

  await press(page, "Control+z");
  await judged(page, "effect-order", "violated");
  assert.deepEqual({ text: await textOf(page), digest: await digestOf(page) }, original, "all eleven were one step");
  await press(page, "Control+Shift+z");
  await judged(page, "effect-order", "held");

  await page.getByRole("button", { name: "Share" }).press("Enter");
  await page.getByRole("button", { name: "Copy link" }).press("Enter");
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes("#")));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await openPage({ hash: new URL(link).hash });
  try {
    assert.deepEqual({ text: await textOf(other.page), digest: await digestOf(other.page) }, mended);
  } finally {
    await other.room.close();
  }
});

pageTest("P pauses, arrows size it, Enter keeps it, Delete takes it away", {}, async ({ page }) => {
  const text = await textOf(page);
  await reachDiagram(page);
  await press(page, "ArrowRight", "Home", "p", "ArrowUp", "ArrowUp");
  await said(page, "paused 900 ms");
  assert.match(await textOf(page), /^pause L at 50ms for 900ms$/m, "the text follows before it is kept");
  await press(page, "Escape");
  await textSays(page, "^pause A at 150ms for 15s\\n\\nexpect");
  assert.equal(await textOf(page), text);
  await press(page, "p", "Enter");
  await textSays(page, "^pause L at 50ms for 1s$");
  await press(page, "Delete");
  await page.waitForFunction((old) => document.querySelector(".editor textarea").value === old, text);
});

pageTest("a message is found, lost, doubled and delayed", {}, async ({ page }) => {
  const text = await textOf(page);
  await reachDiagram(page);
  await press(page, "]");
  await said(page, "both believe");
  await press(page, "]");
  await said(page, "effect-order");
  await press(page, "ArrowUp");
  await said(page, "S sends A an ok");
  await press(page, "ArrowUp");
  await said(page, "A sends S a write");
  await press(page, "Delete");
  await textSays(page, "^drop A->S write 1$");
  await judged(page, "effect-order", "held");
  await press(page, "Control+z");
  await page.waitForFunction((old) => document.querySelector(".editor textarea").value === old, text);
  await said(page, "A sends S a write");
  await press(page, "d");
  await textSays(page, "^duplicate A->S write 1 after 1s$");
  await press(page, "d", "Alt+ArrowDown");
  await textSays(page, "^delay A->S write 1 by 10ms$");
});

pageTest("N cuts the network where the focus is, and O and H say how", {}, async ({ page }) => {
  await reachDiagram(page);
  await press(page, "Home", "n", "ArrowRight", "o", "h", "Enter");
  await textSays(page, "^partition A L -> S B from 0s to 1s hold$");
});

pageTest("X crashes, and Enter opens the menu that takes it back", {}, async ({ page }) => {
  await reachDiagram(page);
  await press(page, "ArrowRight", "Home", "x");
  await textSays(page, "^crash L at 50ms$");
  await press(page, "Enter");
  const menu = page.getByRole("dialog", { name: /L crashes/ });
  await menu.getByRole("button", { name: "Delete" }).press("Enter");
  await textSays(page, "^pause A at 150ms for 15s\\n\\nexpect");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".canvas")), "the focus is back in the diagram");
});

pageTest("a header is a button, and its choices are reached by arrows", PHONE, async ({ page }) => {
  await page.locator('.head[data-lane="S"]').press("Enter");
  await page.keyboard.press("ArrowDown");
  await judged(page, "effect-order", "held");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".diagram .menu[role=dialog]", { state: "detached" });
});
