// The picture under the hand: it is drawn wherever it is seen, keeps still while it is dragged, and says what it offers.

import assert from "node:assert/strict";
import { pageTest, PHONE } from "./harness.mjs";
import { chapter, painted, typeText } from "./hands.mjs";

/** What of the picture is painted where the reader looks: every arrow and mark in the window, by its place. */
const inView = (page) =>
  page.evaluate(() => {
    const { top } = document.querySelector("svg.picture").getBoundingClientRect();
    const boxes = [...document.querySelectorAll("svg.picture :is(.arrows, .marks, .labels, .ruler g) > *")].map((one) => one.getBoundingClientRect());
    const seen = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight);
    return seen.map((box) => `${Math.round(box.left)} ${Math.round(box.top - top)}`).sort();
  });

/** Whether the stretch in view is painted to its end: nothing is missing that a scroll there and back would bring. */
async function assertPainted(page, why) {
  await painted(page);
  await painted(page);
  const at = await inView(page);
  // What is in view after a scroll event is painted for certain.
  await page.evaluate(() => dispatchEvent(new Event("scroll")));
  await painted(page);
  const after = await inView(page);
  assert.ok(after.length > 5, `${why}: only ${after.length} things in view`);
  assert.deepEqual(at, after, why);
}

pageTest("what comes into view is drawn: the window grows", { viewport: { width: 1440, height: 480 } }, async ({ page }) => {
  await typeText(page, chapter(33));
  await assertPainted(page, "at first");
  const few = (await inView(page)).length;
  await page.setViewportSize({ width: 1440, height: 2_000 });
  await assertPainted(page, "after the window grew");
  assert.ok((await inView(page)).length > few, "a higher window shows more");
  await page.locator(".timeline-slot").evaluate((slot) => slot.scrollTo(0, 900));
  await page.setViewportSize({ width: 1440, height: 500 });
  await page.setViewportSize({ width: 1100, height: 1_900 });
  await assertPainted(page, "after the window grew and the panels went below");
});

pageTest("what comes into view is drawn: a phone is turned, a panel above closes", { ...PHONE, viewport: { width: 780, height: 360 } }, async ({ page }) => {
  await typeText(page, chapter(33));
  await page.setViewportSize({ width: 360, height: 2_600 });
  await assertPainted(page, "turned upright");
  await page.evaluate(() => {
    const above = Object.assign(document.createElement("div"), { id: "above" });
    above.style.height = "2400px";
    document.querySelector(".stage").prepend(above);
  });
  await painted(page);
  await page.evaluate(() => dispatchEvent(new Event("scroll")));
  await painted(page);
  await page.evaluate(() => document.querySelector("#above").remove());
  await assertPainted(page, "after what stood above is gone");
});
