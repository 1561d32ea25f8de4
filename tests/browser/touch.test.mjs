// A finger on the diagram: grips are dragged, anything else scrolls the page, a tap opens a menu.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { pageTest, PHONE, THEMES } from "./harness.mjs";
import { digestOf, finger, grip, judged, lane, painted, show } from "./hands.mjs";

pageTest("the end of a pause follows a finger that is not quite on it", PHONE, async ({ page }) => {
  const at = await show(grip(page, 0, "end"));
  const touch = await finger(page);
  await touch.down({ x: at.x + 14, y: at.y + 8 });
  for (let n = 1; n <= 75; n += 1) await touch.move({ x: at.x + 14, y: at.y + 8 - 4 * n });
  await judged(page, "effect-order", "held");
  await touch.up();
  await page.waitForSelector(".diagram:not(.dragging)");
  await judged(page, "effect-order", "held");
});

pageTest("a swipe along a lane scrolls and places nothing", PHONE, async ({ page }) => {
  const digest = await digestOf(page);
  const { x } = await lane(page, "S");
  const scrolled = page.evaluate(() => new Promise((done) => addEventListener("scroll", () => done(true), { once: true })));
  const touch = await finger(page);
  await touch.down({ x, y: 560 });
  for (let n = 1; n <= 20; n += 1) await touch.move({ x, y: 560 - 10 * n });
  assert.ok(await scrolled);
  await touch.up();
  await painted(page);
  assert.equal(await digestOf(page), digest);
  assert.equal(await page.locator(".diagram.dragging").count(), 0);
});

pageTest("a tap on a lane offers what a drag would do", PHONE, async ({ page }) => {
  const { x } = await lane(page, "S");
  const box = await page.locator("svg.picture").boundingBox();
  await page.touchscreen.tap(x, box.y + 190);
  const menu = page.locator('.diagram .menu[role="dialog"]');
  await menu.getByRole("button", { name: "Pause S here" }).click();
  await grip(page, 1, "end").waitFor({ state: "attached" });
});

pageTest("sideways first, a finger is a hand and cuts the network", PHONE, async ({ page }) => {
  const [l, s] = [await lane(page, "L"), await lane(page, "S")];
  const at = { x: (l.x + s.x) / 2 - 8, y: l.top + 215 };
  const touch = await finger(page);
  await touch.down(at);
  for (let n = 1; n <= 8; n += 1) await touch.move({ x: at.x + 6 * n, y: at.y });
  for (let n = 1; n <= 12; n += 1) await touch.move({ x: at.x + 48, y: at.y + 4 * n });
  await page.waitForSelector(".span.cut", { state: "attached" });
  await touch.up();
  await page.getByRole("dialog", { name: "A and L are cut off from S and B" }).waitFor();
});

for (const colorScheme of THEMES) {
  pageTest(`a sheet is whole and can be read, ${colorScheme}`, { ...PHONE, colorScheme }, async ({ page }) => {
    await page.locator('.head[data-lane="S"]').click();
    const menu = page.locator('.diagram .menu[role="dialog"]');
    await menu.waitFor();
    await assertNothingCutOff(page);
    await assertAccessible(page);
    for (const target of await menu.locator("button, label").all()) {
      const box = await target.boundingBox();
      assert.ok(box.height >= 44, `${await target.textContent()} is ${box.height} px high`);
    }
  });
}
