// What a group promises: whether it agrees or answers under a cut, how many of it are enough, and what its nodes are told.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { PHONE, THEMES, pageTest } from "./harness.mjs";
import { anotherRun, digestOf, grip, judged, middleOf, painted, textOf } from "./hands.mjs";

const textSays = (page, pattern) =>
  page.waitForFunction((source) => new RegExp(source, "m").test(document.querySelector(".editor textarea").value), pattern);

/** Opens the scenario of the course that is found first: by its number, or by words where another speaks of that number. */
async function openChapter(page, words) {
  const old = await page.title();
  await page.locator("button.chapter").click();
  await page.locator(".search").fill(String(words));
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.waitForFunction((title) => document.title !== title, old);
}

const undo = (page) => page.getByRole("button", { name: "Undo" }).click();
const stance = (page) => page.getByRole("region", { name: "Answer or agree" });
const figure = async (page, name) => (await page.locator(`[data-figure="${name}"] .state`).innerText()).trim();

pageTest("a group that agrees under a cut keeps exclusion; one that answers gives it up; undo takes each back", {}, async ({ page }) => {
  await openChapter(page, 28);
  const text = await textOf(page);
  const panel = stance(page);
  await judged(page, "lock-exclusion", "violated");
  assert.equal(await panel.getAttribute("data-stance"), "Answer");
  assert.match(await panel.innerText(), /A and R1 are cut off from R2, R3 and B from 1 s to 30 s.*given up while the cut lasts is C/s);
  await panel.getByRole("button", { name: "Agree" }).click();
  await judged(page, "lock-exclusion", "held");
  await judged(page, "token-unique", "held");
  assert.match(await panel.innerText(), /given up while the cut lasts is A/);
  assert.match(await panel.locator('[data-leaf="lock-exclusion"]').innerText(), /held/);
  assert.ok((await panel.locator('.branch:has(h3:text("Liveness")) [data-leaf]').count()) >= 2);
  await textSays(page, "^lock L lease 10s first-token 33 replicated on R1 R2 R3 token counter$");
  await undo(page);
  await judged(page, "lock-exclusion", "violated");
  assert.equal(await textOf(page), text, "one choice is one step");
});

pageTest("without a cut nothing is given up, and the panel says so", {}, async ({ page }) => {
  await openChapter(page, 28);
  await page.locator("[data-fault-index]").first().getByRole("checkbox").uncheck();
  await page.waitForFunction(() => /nothing has to be given up/.test(document.querySelector(".stance")?.innerText));
});

pageTest("a quorum is stepped, its sums are marked, and one step is one step back", {}, async ({ page }) => {
  await openChapter(page, 36);
  const text = await textOf(page);
  const panel = page.getByRole("region", { name: "How many are enough" });
  assert.deepEqual(await panel.locator("li .mark").allInnerTexts(), ["✓", "✓", "✓"]);
  await panel.getByRole("button", { name: "Votes and copies that are enough: one less" }).click();
  await textSays(page, "^nodes N1 N2 N3 N4 N5 elect .*quorum 2$");
  assert.deepEqual((await panel.locator("li .mark").allInnerTexts()).slice(0, 1), ["✕"]);
  await undo(page);
  await page.waitForFunction((old) => document.querySelector("textarea").value === old, text);
  await panel.getByRole("button", { name: "Traitors: one more" }).click();
  await textSays(page, "^nodes N1 N2 N3 N4 N5 elect .*traitor N5$");
  assert.match(await panel.innerText(), /1 < 1 \+ 1/);
});

pageTest("the edge of a cut is dragged in an election: another run, one step", {}, async ({ page }) => {
  await openChapter(page, "the-king-who-did-not-know");
  assert.equal(await figure(page, "elections"), "1");
  const digest = await digestOf(page);
  const knob = grip(page, 0, "start");
  await knob.scrollIntoViewIfNeeded();
  const from = await middleOf(knob);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let n = 1; n <= 20; n += 1) await page.mouse.move(from.x, from.y - 2 * n);
  await painted(page);
  await page.mouse.up();
  await anotherRun(page, digest);
  await textSays(page, "^partition A N1 N2 \\| N3 N4 N5 B from (?!2s)\\S+ to 20s$");
  assert.equal(await figure(page, "elections"), "1");
  assert.match(await figure(page, "usable time"), /^\d+\.\d %$/);
  await undo(page);
  await page.waitForFunction((old) => document.querySelector(".fencepost").dataset.digest === old, digest);
});

pageTest("a node's header sets what all nodes are told, and the elections end", {}, async ({ page }) => {
  await openChapter(page, 36);
  assert.ok(Number(await figure(page, "elections")) >= 8);
  await page.locator('.head[data-lane="N2"]').click();
  const option = page.getByRole("dialog", { name: "N2" }).locator('[data-option="prevote"]');
  assert.match(await option.innerText(), /stands for election at once/);
  await option.getByRole("button", { name: "on" }).click();
  await textSays(page, "^nodes N1 N2 N3 N4 N5 elect .*prevote on$");
  await page.waitForFunction(() => document.querySelector('[data-figure="elections"] .state').innerText.trim() === "0");
  assert.match(await option.innerText(), /first asks/);
  await option.getByRole("button", { name: "off" }).click();
  await page.waitForFunction(() => !/prevote on$/m.test(document.querySelector("textarea").value.split("variant")[0]));
});

pageTest("what nodes keep together is set in the header of each of them", {}, async ({ page }) => {
  await openChapter(page, 28);
  await page.locator('.head[data-lane="R2"]').click();
  const kept = page.getByRole("dialog", { name: "R2" }).locator(".kept");
  await kept.locator('[data-option="dirty-grant"]').getByRole("button", { name: "off" }).click();
  await judged(page, "lock-exclusion", "held");
  await kept.locator("summary").click();
  await kept.getByRole("spinbutton", { name: "Lease" }).fill("20");
  await page.keyboard.press("Tab");
  await textSays(page, "^lock L lease 20s first-token 33 replicated on R1 R2 R3 token counter$");
});

pageTest("a traitor's message says the opposite, and the truth again", {}, async ({ page }) => {
  await openChapter(page, 39);
  await judged(page, "validity", "violated");
  const lie = page.locator("[data-fault-index]", { hasText: "G2 tells G3 to retreat" });
  await lie.getByRole("checkbox").uncheck();
  await judged(page, "validity", "held");
  await undo(page);
  const arrows = page.locator('.arrow[data-kind="order"] polyline');
  const menu = page.getByRole("dialog", { name: /^G2 → G3 · order 1$/ });
  for (let nth = 0; nth < (await arrows.count()) && (await menu.count()) === 0; nth += 1) {
    const at = await arrows.nth(nth).evaluate((line) => {
      const [from, to] = [line.points.getItem(0), line.points.getItem(line.points.numberOfItems - 1)];
      const box = line.ownerSVGElement.getScreenCTM();
      return { x: box.e + from.x + (to.x - from.x) * 0.3, y: box.f + from.y + (to.y - from.y) * 0.3 };
    });
    await page.mouse.click(at.x, at.y);
    await painted(page);
    if ((await menu.count()) === 0) await page.keyboard.press("Escape");
  }
  await menu.getByRole("button", { name: "Say what is true" }).click();
  await judged(page, "validity", "held");
  assert.doesNotMatch((await textOf(page)).split("variant")[0], /^lie/m);
});

for (const colorScheme of THEMES) {
  pageTest(`what a group promises, and a node's header: ${colorScheme}`, { colorScheme }, async ({ page }) => {
    await openChapter(page, 28);
    await assertAccessible(page);
    await page.locator('.head[data-lane="R1"]').click();
    await assertAccessible(page);
  });

  pageTest(`what a group promises, on a phone: ${colorScheme}`, { ...PHONE, colorScheme }, async ({ page }) => {
    await openChapter(page, "the-king-who-did-not-know");
    await page.locator("nav.tabs button", { hasText: "Models" }).click();
    await stance(page).getByRole("button", { name: "Agree" }).click();
    await assertAccessible(page);
    await assertNothingCutOff(page);
    await page.locator("nav.tabs button", { hasText: "Timeline" }).click();
    await page.locator('.head[data-lane="N1"]').click();
    await assertAccessible(page);
    await assertNothingCutOff(page);
  });
}
