// Careless hands: a fixed sequence of senseless drags and keys. Nothing may break, and undo must lead all the way back.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { dice, digestOf, painted, textOf } from "./hands.mjs";

const KEYS = [
  "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "Enter", "p", "n", "x", "d", "Delete", "Enter", "Escape", "[", "]",
  "+", "-", "o", "h", "Alt+ArrowUp", "Alt+ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp", "Control+z", "Control+Shift+z",
];

async function drag(page, roll) {
  const box = await page.locator("svg.picture").boundingBox();
  const from = { x: box.x + roll(Math.floor(box.width)), y: 200 + roll(650) };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let n = 0; n < 3; n += 1) await page.mouse.move(from.x + roll(160) - 80, from.y + roll(400) - 200);
  await page.mouse.up();
}

for (const seed of [7, 34]) {
  pageTest(`careless hands break nothing, and undo leads back: ${seed}`, {}, async ({ page }) => {
    const before = { text: await textOf(page), digest: await digestOf(page) };
    const roll = dice(seed);
    for (let n = 0; n < 120; n += 1) {
      if (roll(3) === 0) await drag(page, roll);
      else await page.locator(".canvas").press(KEYS[roll(KEYS.length)]);
    }
    await page.keyboard.press("Escape");
    const undo = page.getByRole("button", { name: "Undo" });
    assert.ok(await undo.isEnabled(), "the hands did something");
    for (let n = 0; n < 300 && (await undo.isEnabled()); n += 1) {
      await undo.press("Enter");
      await painted(page);
    }
    assert.deepEqual({ text: await textOf(page), digest: await digestOf(page) }, before);
  });
}
