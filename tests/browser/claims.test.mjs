// The author's claims, judged where the reader sees them: in the text's gutter, below each row, and in a count at the top.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, PHONE, THEMES, pageTest } from "./harness.mjs";
import { dragUntil, grip, judged, middleOf, textOf } from "./hands.mjs";

const counted = (page, count) => page.waitForSelector(`.claims[data-claims="${count}"]`, { state: "attached" });
const row = (page, name) => page.locator(`[data-verdict="${name}"]`);
const lineOf = (text, line) => text.split("\n").findIndex((one) => one.trim() === line) + 1;

/** Opens the text with another line in the place of one. */
async function write(page, from, to) {
  const text = (await textOf(page)).replace(from, to);
  await page.locator("textarea").fill(text);
  return text;
}

pageTest("every claim of the chapter has its mark at its line, those of the variant too", {}, async ({ page }) => {
  const text = await textOf(page);
  const claims = text.split("\n").filter((line) => /^\s*expect /.test(line));
  assert.equal(await page.locator(".gutter[data-claim=true]").count(), claims.length);
  assert.equal(await page.locator(".gutter[data-claim=false]").count(), 0);
  const marked = await page.locator(".editor .line").evaluateAll((lines) => lines.filter((line) => line.querySelector(".gutter")).map((line) => line.textContent));
  for (const line of marked) assert.match(line, /^✓\s*expect /);
  const mark = page.getByRole("img", { name: `Line ${lineOf(text, claims[0])}: this claim holds` });
  const [at, line] = [await mark.boundingBox(), await page.locator(".editor .line", { hasText: claims[0] }).first().boundingBox()];
  assert.ok(Math.abs(at.y - line.y) < 8 && at.x < line.x + 8, "the mark stands in front of its line");
});

pageTest("a claim that fails is counted, marked, and explained as the command line explains it", {}, async ({ page }) => {
  await counted(page, "5/5");
  const text = await write(page, "expect effect-order violated at 15200ms", "expect effect-order held");
  await counted(page, "4/5");
  const line = lineOf(text, "expect effect-order held");
  const said = "this does not hold; the run gives: violated at 15200ms";
  await page.getByRole("img", { name: `Line ${line}: ${said}` }).waitFor();
  assert.match(await page.getByRole("group", { name: "Claims" }).innerText(), new RegExp(`4 of 5 claims hold\\s+Line ${line}, effect-order held: ${said}\\.`));
  assert.match(await row(page, "effect-order").innerText(), /✕\s*Claimed held: does not hold/);
  assert.match(await row(page, "lock-exclusion").innerText(), /✓\s*Claimed held: holds/);
  assert.match(await page.locator(".diagnostics").innerText(), new RegExp(`Line ${line}: ${said}`));
});

pageTest("from a claim that fails the keyboard gets to its line", {}, async ({ page }) => {
  const text = await write(page, "expect grant(B) met at 10100ms", "expect grant(B) met at 1s");
  await counted(page, "4/5");
  await page.getByRole("group", { name: "Claims" }).getByRole("button", { name: /^Line \d+$/ }).focus();
  await page.keyboard.press("Enter");
  const chosen = await page.waitForFunction(() => {
    const field = document.activeElement;
    return field.matches("textarea") && field.value.slice(field.selectionStart, field.selectionEnd);
  });
  assert.equal(await chosen.jsonValue(), "expect grant(B) met at 1s");
  assert.ok(lineOf(text, await chosen.jsonValue()) > 0);
});

pageTest("the claims follow the hand that drags, and the variant that is shown", {}, async ({ page }) => {
  const from = await middleOf(grip(page, 0, "end"));
  await dragUntil(page, from, { x: 0, y: -2 }, "paused 9.5 s");
  await counted(page, "2/5");
  await page.mouse.up();
  await counted(page, "2/5");
  await page.getByRole("button", { name: "Undo" }).click();
  await counted(page, "5/5");
  await page.getByRole("button", { name: "Fence at the storage" }).click();
  await judged(page, "effect-order", "held");
  await counted(page, "5/5");
});

pageTest("a claim that only another variant breaks is told, with the way there", {}, async ({ page }) => {
  await write(page, "store S check ge", "store S check none");
  const claims = page.getByRole("group", { name: "Claims" });
  await counted(page, "5/5");
  assert.match(await claims.innerText(), /5 of 5 claims hold\s+Fence at the storage: 2 of 5 claims do not hold\./);
  await claims.getByRole("button", { name: "Fence at the storage" }).click();
  await counted(page, "3/5");
});

pageTest("a claim without a row of its own is shown by itself", {}, async ({ page }) => {
  await write(page, "expect lock-exclusion held", "expect trace 0000000000000000\nexpect elections 0");
  await counted(page, "4/6");
  const others = page.locator(".judgement .group", { hasText: "Other claims" });
  assert.match(await others.innerText(), /trace 0000000000000000\s+does not hold.*elections 0\s+does not hold/s);
  assert.match(await page.getByRole("group", { name: "Claims" }).innerText(), /the run gives: nothing in this run elects a leader/);
});

pageTest("while the text has a mistake no line is marked, for the lines are not those of the run", {}, async ({ page }) => {
  await write(page, "pause A", "pausee A");
  await page.locator(".diagnostics .error, .diagnostics li").first().waitFor();
  assert.equal(await page.locator(".gutter").count(), 0);
});

for (const colorScheme of THEMES) {
  for (const [name, window] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    pageTest(`claims that fail are readable for everyone: ${name}, ${colorScheme}`, { ...window, colorScheme }, async ({ page }) => {
      const tab = (label) => page.locator("nav.tabs button", { hasText: label });
      if (name === "phone") await tab("Text").click();
      await write(page, "expect effect-order violated at 15200ms", "expect effect-order held\nexpect elections 0");
      await counted(page, "4/6");
      await assertAccessible(page);
      await assertNothingCutOff(page);
      if (name === "phone") await tab("Verdicts").click();
      await assertAccessible(page);
      await assertNothingCutOff(page);
    });
  }
}

const STORM = "fencepost 1\nuntil 60s\nnetwork delay 1us\npair P Q heartbeat 1us timeout 3us\nlock L lease 10s\nclient A at 0s: acquire L; work 20s\nexpect lock-exclusion held\nexpect grant(A) met\n";

pageTest("a run that was cut short says so above the picture, ticks nothing that may yet happen, and holds no such claim", { timeout: 180_000 }, async ({ page }) => {
  assert.equal(await page.locator("[data-cut]").count(), 0);
  await page.locator("textarea").fill(STORM);
  const banner = page.locator("[data-cut]");
  // Two hundred thousand events take a while in a page that was not built for speed.
  await banner.waitFor({ timeout: 150_000 });
  assert.match(await banner.innerText(), /^This run was stopped after 200,\d{3} events, at [\d.]+ ms of 60 s\. What has not happened by then is not judged\.$/);
  assert.match(await row(page, "lock-exclusion").innerText(), /^–\s*lock-exclusion\s*no verdict, cut short/);
  assert.equal(await page.locator('[data-state="held"]').count(), 0);
  await counted(page, "1/2");
  assert.match(await page.getByRole("group", { name: "Claims" }).innerText(), /lock-exclusion held: this does not hold; the run gives: no verdict; stopped after 200,/);
  await page.locator("textarea").fill(STORM.replace("heartbeat 1us timeout 3us", "heartbeat 1s timeout 3s"));
  await counted(page, "2/2");
  assert.equal(await banner.count(), 0);
});

pageTest("a hazard that did not occur never happened, and what nobody asked for is nothing to judge", {}, async ({ page }) => {
  await page.locator("textarea").fill("fencepost 1\nclient A at 0s: acquire L; work 50ms\nclient B at 1s: work 5ms\nlock L lease 10s\nexpect belief-overlap held\nexpect grant(B) met\n");
  await counted(page, "2/2");
  assert.match(await row(page, "belief-overlap").innerText(), /^✓\s*belief-overlap\s*never happened/);
  assert.match(await row(page, "grant(B)").innerText(), /^–\s*grant\(B\)\s*nothing to judge.*holds, for there is nothing to judge/s);
});
