// What the reader does with the pointer, and what the text, the run and the verdicts make of it.

import assert from "node:assert/strict";
import { openPage, pageTest } from "./harness.mjs";
import { anotherRun, digestOf, dragUntil, grip, judged, lane, middleOf, painted, textOf } from "./hands.mjs";

pageTest("a pause dragged shorter mends the file, undo breaks it, and the link says the same elsewhere", {}, async ({ page }) => {
  await judged(page, "effect-order", "violated");
  await judged(page, "effect-fresh", "violated");
  const original = { text: await textOf(page), digest: await digestOf(page) };

  await dragUntil(page, await middleOf(grip(page, 0, "end")), { x: 0, y: -2 }, "paused 9.5 s");
  await judged(page, "effect-order", "held");
  assert.equal(await page.locator(".ghost rect").count(), 1, "the pause as it was stays visible");
  await page.mouse.up();
  await page.waitForSelector(".diagram:not(.dragging)");
  await judged(page, "effect-order", "held");
  await judged(page, "effect-fresh", "held");
  assert.equal(await page.locator(".ghost rect").count(), 0);
  const mended = { text: await textOf(page), digest: await digestOf(page) };
  assert.equal(mended.text, original.text.replace("for 15s", "for 9500ms"));

  await page.getByRole("button", { name: "Undo" }).click();
  await judged(page, "effect-order", "violated");
  await judged(page, "effect-fresh", "violated");
  assert.deepEqual({ text: await textOf(page), digest: await digestOf(page) }, original, "one drag is one step");
  await page.getByRole("button", { name: "Redo" }).click();
  await judged(page, "effect-order", "held");

  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes("#")));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await openPage({ hash: new URL(link).hash });
  try {
    assert.deepEqual({ text: await textOf(other.page), digest: await digestOf(other.page) }, mended);
    assert.deepEqual(other.watch.complaints, []);
  } finally {
    await other.room.close();
  }
});

pageTest("Escape takes a drag back", {}, async ({ page }) => {
  const digest = await digestOf(page);
  await dragUntil(page, await middleOf(grip(page, 0, "end")), { x: 0, y: -2 }, "paused 14 s");
  await anotherRun(page, digest);
  await page.keyboard.press("Escape");
  await page.waitForFunction((old) => document.querySelector(".fencepost").dataset.digest === old, digest);
  await page.mouse.up();
  await painted(page);
  assert.equal(await digestOf(page), digest);
  assert.ok(await page.getByRole("button", { name: "Undo" }).isDisabled(), "there is nothing to undo");
});

pageTest("a drag along a lane pauses it, and Delete takes the pause away", {}, async ({ page }) => {
  const text = await textOf(page);
  const { x, top } = await lane(page, "S");
  const from = { x, y: top + 120 };
  await dragUntil(page, from, { x: 0, y: 3 }, "paused 60 ms");
  await page.mouse.up();
  await page.waitForSelector('[data-grip="end"][data-fault="1"]', { state: "attached" });
  assert.match(await textOf(page), /^pause S at \d+ms for 60ms$/m);
  assert.equal(await page.locator("li[data-fault-index]").count(), 2);
  await page.keyboard.press("Delete");
  await page.waitForSelector('[data-grip="end"][data-fault="1"]', { state: "detached" });
  assert.equal(await textOf(page), text, "the text is as it was, to the letter");
});

pageTest("a pause is moved by its body", {}, async ({ page }) => {
  const { x } = await lane(page, "A");
  const start = await middleOf(grip(page, 0, "start"));
  await dragUntil(page, { x, y: start.y + 60 }, { x: 0, y: -1 }, "paused 15 s");
  await page.mouse.move(x, start.y + 30);
  await painted(page);
  await page.mouse.up();
  await page.waitForFunction(() => /^pause A at (?!150ms)\d+ms for 15s$/m.test(document.querySelector(".editor textarea").value));
});

pageTest("sideways across a gap and then down cuts the network, one way or both", {}, async ({ page }) => {
  const [a, l] = [await lane(page, "A"), await lane(page, "L")];
  const from = { x: a.x + (l.x - a.x) * 0.4, y: a.top + 195 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 2);
  await page.mouse.move(from.x + 40, from.y + 40);
  await page.waitForSelector(".span.cut");
  await page.mouse.up();
  await page.getByRole("dialog", { name: "A is cut off from L, S and B" }).waitFor();
  const menu = page.locator(".diagram .menu[role=dialog]");
  assert.match(await textOf(page), /^partition A \| L S B from \S+ to \S+$/m);
  await menu.getByRole("radio", { name: "Only A → L S B" }).check();
  await page.waitForFunction(() => /^partition A -> L S B from/m.test(document.querySelector(".editor textarea").value));
  await menu.getByRole("radio", { name: "Messages wait for the heal" }).check();
  await page.waitForFunction(() => /^partition A -> L S B from .* hold$/m.test(document.querySelector(".editor textarea").value));
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
});

/** A place on the arrow of a message, away from both lanes. */
const onArrow = (page, kind, nth) =>
  page.locator(`.arrow[data-kind="${kind}"] polyline`).nth(nth).evaluate((line) => {
    // Clear of what lies over the lower edge.
    line.scrollIntoView({ block: "center" });
    const [from, to] = [line.points.getItem(0), line.points.getItem(line.points.numberOfItems - 1)];
    const box = line.ownerSVGElement.getScreenCTM();
    const part = 0.3;
    return { x: box.e + from.x + (to.x - from.x) * part, y: box.f + from.y + (to.y - from.y) * part };
  });

pageTest("a click on a message opens its menu, which loses it", {}, async ({ page }) => {
  const at = await onArrow(page, "write", 1);
  await page.mouse.click(at.x, at.y);
  const menu = page.getByRole("dialog", { name: "A → S · write 1" });
  await menu.getByRole("button", { name: "Lose it" }).click();
  await judged(page, "effect-order", "held");
  assert.match(await textOf(page), /^drop A->S write 1$/m);
  await page.waitForSelector(".arrow .lost", { state: "attached" });
});

pageTest("an arrowhead dragged down makes the message late", {}, async ({ page }) => {
  const head = page.locator('.arrow[data-kind="write"] .head').first();
  await dragUntil(page, await middleOf(head), { x: 0, y: 2 }, "20 ms late");
  await page.mouse.up();
  await page.waitForFunction(() => /^delay B->S write 1 by 20ms$/m.test(document.querySelector(".editor textarea").value));
});

pageTest("a header opens the store's checks, and a fence flips the verdicts", {}, async ({ page }) => {
  await page.locator('.head[data-lane="S"]').click();
  const menu = page.getByRole("dialog", { name: "S" });
  await menu.locator("input[value=ge]").check();
  await judged(page, "effect-order", "held");
  await judged(page, "effect-fresh", "held");
  assert.match(await textOf(page), /^store S check ge$/m);
  await menu.locator("input[value=none]").check();
  await judged(page, "effect-order", "violated");
});

pageTest("a lease is slid and typed", {}, async ({ page }) => {
  await page.locator('.head[data-lane="L"]').click();
  const menu = page.getByRole("dialog", { name: "L" });
  await menu.getByRole("spinbutton", { name: "Lease" }).fill("20");
  await page.keyboard.press("Tab");
  await judged(page, "effect-order", "held");
  assert.match(await textOf(page), /^lock L lease 20s first-token 33$/m);
});
