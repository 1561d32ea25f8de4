// Every fault can be placed, sized, switched off and taken back where it strikes: by menu, by hand and by key.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff, settle } from "./checks.mjs";
import { PHONE, THEMES, pageTest } from "./harness.mjs";
import { dragUntil, grip, lane, middleOf, painted, textOf } from "./hands.mjs";

const textSays = (page, pattern) =>
  page.waitForFunction((source) => new RegExp(source, "m").test(document.querySelector(".editor textarea").value), pattern);

/** Writes a line before the scenario's pause. */
async function write(page, line) {
  const text = await textOf(page);
  await page.locator("textarea").fill(text.replace("pause A", `${line}\npause A`));
  await painted(page);
}

/** Opens the menu of a moment of a lane. */
async function openMoment(page, name, down = 90) {
  const { x, top } = await lane(page, name);
  if (await page.evaluate(() => matchMedia("(pointer: coarse)").matches)) await page.touchscreen.tap(x, top + down);
  else await page.mouse.click(x, top + down);
  const menu = page.locator(".diagram .menu[role=dialog]");
  await menu.waitFor();
  return menu;
}

const PLACED = {
  "Crash L here": "^crash L at \\S+$",
  "Crash it here, and recover": "^crash L at \\S+, recover at \\S+$",
  "Mute L": "^mute L from \\S+ to \\S+$",
  "Deafen L": "^deafen L from \\S+ to \\S+$",
  "Slow its clock to half": "^clock L rate -50% from \\S+$",
  "Set its wall clock 10 s ahead": "^clock L jump \\+10s at \\S+$",
};

for (const [button, line] of Object.entries(PLACED)) {
  pageTest(`a lane's menu: ${button}, which is told, listed, switched off and undone`, {}, async ({ page }) => {
    const text = await textOf(page);
    const menu = await openMoment(page, "L");
    await menu.getByRole("button", { name: button }).click();
    await textSays(page, line);
    const row = page.locator("[data-fault-index]", { hasText: /^L/ });
    const said = (await row.locator(".what").innerText()).trim();
    assert.ok((await page.locator(".fencepost > [role=status]").textContent()).startsWith(said), "the change is announced");
    await row.getByRole("checkbox").uncheck();
    await textSays(page, `^off ${line.slice(1)}`);
    await page.keyboard.press("Escape");
    for (let n = 0; n < 2; n += 1) await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForFunction((old) => document.querySelector("textarea").value === old, text);
  });
}

pageTest("what is down is dragged by both ends, and its menu says what the disk keeps", {}, async ({ page }) => {
  await write(page, "crash S at 150ms, recover at 1s");
  await dragUntil(page, await middleOf(grip(page, 0, "end")), { x: 0, y: -2 }, "down for 500 ms");
  await page.mouse.up();
  await textSays(page, "^crash S at 150ms, recover at 650ms$");
  await dragUntil(page, await middleOf(grip(page, 0, "start")), { x: 0, y: -2 }, "down for 550 ms");
  await page.mouse.up();
  await textSays(page, "^crash S at 100ms, recover at 650ms$");
  const end = await middleOf(grip(page, 0, "end"));
  await page.mouse.click(end.x, end.y);
  const menu = page.getByRole("dialog", { name: /^S crashes at 100 ms and recovers/ });
  await menu.getByRole("radio", { name: /disk wiped/ }).check();
  await textSays(page, "^crash S at 100ms, recover at 650ms, disk wiped$");
  await page.locator(".diagram .menu").getByRole("radio", { name: /stays down/ }).check();
  await textSays(page, "^crash S at 100ms$");
});

pageTest("a new clock asks by how much, and a deaf one whether for ever", {}, async ({ page }) => {
  const menu = await openMoment(page, "A", 20);
  await menu.getByRole("button", { name: "Slow its clock to half" }).click();
  await page.getByRole("dialog", { name: /A’s clocks run 50 % slower/ }).getByRole("spinbutton", { name: "Clock speed" }).fill("75");
  await page.keyboard.press("Tab");
  await textSays(page, "^clock A rate -25% from \\S+$");
  await page.keyboard.press("Escape");
  await write(page, "deafen B from 5s to 6s");
  await page.locator('[data-fault-index]', { hasText: "B is deaf" }).getByRole("button", { name: /^Show/ }).click();
  await page.locator(".canvas").press("Enter");
  await page.getByRole("dialog", { name: /B is deaf/ }).getByRole("radio", { name: "For ever" }).check();
  await textSays(page, "^deafen B from 5s$");
});

pageTest("a clock that is set is moved in time by keys", {}, async ({ page }) => {
  await write(page, "clock L jump +10s at 5s");
  await page.locator("[data-fault-index='0']").getByRole("button", { name: /^Show/ }).click();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Shift+ArrowDown");
  await textSays(page, "^clock L jump \\+10s at (5[1-9]\\d\\d|5500)ms$|^clock L jump \\+10s at 6s$");
});

pageTest("a message is held back, and its sender dies of it", {}, async ({ page }) => {
  const middle = await page.locator('.arrow[data-kind="write"] polyline').nth(1).evaluate((line) => {
    line.scrollIntoView({ block: "center", behavior: "instant" });
    const [from, to] = [line.points.getItem(0), line.points.getItem(line.points.numberOfItems - 1)];
    const box = line.ownerSVGElement.getScreenCTM();
    return { x: box.e + from.x * 0.7 + to.x * 0.3, y: box.f + from.y * 0.7 + to.y * 0.3 };
  });
  await page.mouse.click(middle.x, middle.y);
  const menu = page.getByRole("dialog", { name: "A → S · write 1" });
  await menu.getByRole("spinbutton", { name: "Hold until" }).fill("20");
  await page.keyboard.press("Tab");
  await textSays(page, "^hold A->S write 1 until 20s$");
  await menu.getByRole("button", { name: "Crash A right after it" }).click();
  await textSays(page, "^crash A after A->S write 1$");
});

pageTest("a step is struck before it is taken, and one that takes time is slowed down", {}, async ({ page }) => {
  await page.locator("textarea").fill((await textOf(page)).replace("store S check none", "store S check ge nonatomic"));
  const menu = await openMoment(page, "S", 20);
  await menu.getByRole("button", { name: "Slow down apply 1" }).click();
  await textSays(page, "^delay S apply 1 by 1s$");
  const again = await openMoment(page, "S", 20);
  await again.getByRole("group", { name: "Before its apply 1" }).getByRole("button", { name: "Crash" }).click();
  await textSays(page, "^crash S before apply 1$");
});

pageTest("by keys: recover, mute, deafen and clocks", {}, async ({ page }) => {
  await page.locator(".canvas").focus();
  for (const key of ["ArrowRight", "Home", "r", "ArrowDown", "d", "Enter"]) await page.keyboard.press(key);
  await textSays(page, "^crash L at 50ms, recover at 1100ms, disk synced$");
  for (const key of ["m", "h", "Enter"]) await page.keyboard.press(key);
  await textSays(page, "^mute L from 50ms$");
  for (const key of ["e", "Enter", "c", "ArrowDown", "Enter", "j", "Enter"]) await page.keyboard.press(key);
  await textSays(page, "^deafen L from 50ms to 1050ms$");
  await textSays(page, "^clock L rate -40% from 50ms$");
  await textSays(page, "^clock L jump \\+10s at 50ms$");
});

const ALL = [
  "crash L at 5s, recover at 7s",
  "mute B from 2s to 4s",
  "deafen S from 4s to 5s",
  "clock A rate -50% from 2s",
  "clock L jump +10s at 1s",
  "hold B->S write 1 until 20s",
].join("\n");

pageTest("what lies under the pointer is told, with both clocks where they differ", {}, async ({ page }) => {
  const { x, top } = await lane(page, "A");
  const told = page.locator("output.told");
  await page.mouse.move(x, top + 130);
  await told.waitFor();
  assert.match(await told.innerText(), /A at \d/);
  await write(page, "clock A rate -50% from 0s");
  await page.mouse.move(x, top + 120);
  await page.mouse.move(x, top + 125);
  await page.waitForFunction(() => /true \S+ m?s · A’s clock \S+ m?s · wall \S+ m?s/.test(document.querySelector("output.told")?.innerText));
});

for (const colorScheme of THEMES) {
  pageTest(`every fault at once, and a lane's menu: ${colorScheme}`, { colorScheme }, async ({ page }) => {
    await write(page, ALL);
    await settle(page);
    await openMoment(page, "S", 30);
    await assertAccessible(page);
    await assertNothingCutOff(page);
  });

  pageTest(`every fault at once, and a lane's menu on a phone: ${colorScheme}`, { ...PHONE, colorScheme }, async ({ page }) => {
    await page.locator("nav.tabs button", { hasText: "Text" }).click();
    await write(page, ALL);
    await page.locator("nav.tabs button", { hasText: "Timeline" }).click();
    const menu = await openMoment(page, "S", 30);
    await assertAccessible(page);
    await assertNothingCutOff(page);
    for (const button of await menu.getByRole("button").all()) {
      const { height } = await button.boundingBox();
      assert.ok(height >= 43.5, `${await button.innerText()} is ${height} px high`);
    }
  });
}
