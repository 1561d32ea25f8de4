// The course and the models: every scenario is found, by part, by word and by key; every model says what it allows.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { PHONE, THEMES, pageTest } from "./harness.mjs";
import { textOf } from "./hands.mjs";

const FILES = readdirSync(new URL("../../scenarios/", import.meta.url)).filter((name) => name.endsWith(".fencepost"));

async function openCourse(page) {
  await page.locator("button.chapter").click();
  await page.locator("dialog[open]").waitFor();
}

pageTest("every scenario is there, in its part, with its number, title and lesson", {}, async ({ page }) => {
  await openCourse(page);
  const chapters = page.locator("dialog .chapters button");
  assert.equal(await chapters.count(), FILES.length);
  const parts = await page.locator("dialog .course section:not([hidden]) h3").allInnerTexts();
  assert.deepEqual(parts, ["A · Locks and leases", "B · Fencing tokens", "C · What can a node know?", "D · Quorums", "E · Leaders", "F · Models and limits"]);
  const rows = await chapters.evaluateAll((all) => all.map((row) => [".number", ".title", ".about"].map((part) => row.querySelector(part).textContent)));
  for (const [number, title, lesson] of rows) assert.ok(number && title.length > 3 && lesson.length > 10, `${number} ${title}: ${lesson}`);
});

pageTest("every scenario opens, is drawn without a mistake, and names the tab", { timeout: 120_000 }, async ({ page }) => {
  for (let place = 0; place < FILES.length; place += 1) {
    await openCourse(page);
    const row = page.locator("dialog .chapters button").nth(place);
    const title = await row.locator(".title").innerText();
    await row.click();
    await page.waitForFunction((name) => document.title === `${name} · Fencepost`, title);
    assert.equal(await page.locator(".diagnostics li:not(.warning)").count(), 0, title);
    assert.ok((await page.locator(".timeline-slot svg .lane").count()) > 1, title);
  }
});

pageTest("a word finds scenarios, arrows walk among them, Enter opens", {}, async ({ page }) => {
  await openCourse(page);
  await page.locator(".search").fill("Asleep lock");
  const shown = page.locator("dialog .chapters button");
  assert.ok((await shown.count()) >= 1 && (await shown.count()) < FILES.length);
  await page.locator(".search").press("ArrowDown");
  assert.ok(await shown.first().evaluate((row) => row === document.activeElement));
  await page.keyboard.press("ArrowUp");
  assert.ok(await page.locator(".search").evaluate((field) => field === document.activeElement));
  await page.locator(".search").fill("no such thing anywhere");
  assert.equal(await shown.count(), 0);
  await page.getByText("Nothing matches “no such thing anywhere”.").waitFor();
  await page.locator(".search").fill("16");
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.waitForFunction(() => /^title The token/m.test(document.querySelector("textarea").value));
});

pageTest("the search knows the names that people know, and each row its subject", {}, async ({ page }) => {
  await openCourse(page);
  const shown = page.locator("dialog .chapters button");
  for (const name of ["redis", "ZooKeeper", "etcd", "kafka", "raft", "gc", "split brain", "leader"]) {
    await page.locator(".search").fill(name);
    await page.waitForFunction(() => document.querySelectorAll("dialog .chapters button").length > 0);
    assert.ok((await shown.count()) >= 1, name);
  }
  await page.locator(".search").fill("redlock fsync");
  await page.locator("dialog .chapters .subject", { hasText: "restart without fsync" }).waitFor();
});

const SYNCHRONOUS = '[data-model="synchronous"]';

pageTest("each model says whether it allows the run; stating one writes a line and flags what is outside", {}, async ({ page }) => {
  const text = await textOf(page);
  assert.equal(await page.locator(".models tbody").count(), 7);
  assert.equal(await page.locator(SYNCHRONOUS).getAttribute("data-allows"), "false");
  assert.equal(await page.locator('[data-model="asynchronous"]').getAttribute("data-allows"), "true");
  assert.equal(await page.locator("[data-outside]").count(), 0);
  await page.locator(SYNCHRONOUS).getByRole("button", { name: "synchronous" }).click();
  await page.waitForFunction(() => /^model synchronous delay 50ms$/m.test(document.querySelector("textarea").value));
  assert.match(await page.locator("[data-outside]").innerText(), /^Outside the stated model. A pauses for 15 s/);
  await page.locator('[data-verdict="effect-order"][data-state="violated"]').waitFor();
  await page.locator('[data-model="omission"]').getByRole("button", { name: "omission" }).click();
  await page.waitForFunction(() => /^failures omission$/m.test(document.querySelector("textarea").value));
  await page.locator(SYNCHRONOUS).getByRole("button", { name: "synchronous" }).click();
  await page.waitForFunction(() => !/^model/m.test(document.querySelector("textarea").value));
  for (let n = 0; n < 3; n += 1) await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction((old) => document.querySelector("textarea").value === old, text);
});

pageTest("a reason leads to what it speaks of", {}, async ({ page }) => {
  await page.locator(SYNCHRONOUS).getByRole("button", { name: /A pauses/ }).click();
  await page.waitForSelector(".chosen rect", { state: "attached" });
});

pageTest("a promise that nothing can keep any more is stuck, says by what proof, and blames the crash", {}, async ({ page }) => {
  await page.locator("textarea").fill((await textOf(page)).replace("pause A at 150ms for 15s", "crash L at 70ms"));
  const stuck = page.locator('[data-verdict="grant(B)"][data-state="stuck"]');
  await stuck.waitFor();
  assert.match(await stuck.innerText(), /will never happen, open since 1 s\s+nothing more can happen/);
  const why = page.getByRole("region", { name: "Why" });
  assert.match(await why.innerText(), /Why does grant\(B\) stay undone\?.*L crashes at 70 ms.*necessary/s);
});

for (const colorScheme of THEMES) {
  pageTest(`the course and the models on a phone: ${colorScheme}`, { ...PHONE, colorScheme }, async ({ page }) => {
    await openCourse(page);
    await assertAccessible(page);
    await assertNothingCutOff(page);
    await page.keyboard.press("Escape");
    await page.locator("nav.tabs button", { hasText: "Models" }).click();
    await page.locator(SYNCHRONOUS).getByRole("button", { name: "synchronous" }).click();
    await assertAccessible(page);
    await assertNothingCutOff(page);
  });

  pageTest(`the course and the models: ${colorScheme}`, { colorScheme }, async ({ page }) => {
    await page.locator(SYNCHRONOUS).getByRole("button", { name: "synchronous" }).click();
    await openCourse(page);
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await assertAccessible(page);
  });
}

const ARTICLE = "What the article says, and what is right";

pageTest("the article, line by line, opens from the course and by its address, and its links open what they name", { timeout: 120_000 }, async ({ page, address }) => {
  await openCourse(page);
  await page.locator("dialog").getByRole("button", { name: ARTICLE }).press("Enter");
  const article = page.getByRole("dialog", { name: ARTICLE });
  await article.waitFor();
  // The address is written after a moment's rest.
  await page.waitForFunction(() => location.hash === "#page=article");
  const judgements = await article.locator("[data-judgement]").evaluateAll((all) => all.map((row) => row.dataset.judgement));
  assert.ok(judgements.length > 25, `${judgements.length} statements`);
  assert.deepEqual([...new Set(judgements)].sort(), ["incomplete", "loose", "right", "wrong"]);
  const links = await article.locator(".shown a").evaluateAll((all) => all.map((link) => [link.textContent.trim(), link.getAttribute("href")]));
  const named = [...new Map(links.map(([text, href]) => [href, text]))];
  for (const [href, text] of [named[0], named[Math.floor(named.length / 2)], named.at(-1)]) {
    await article.locator(`.shown a[href="${href}"]`).first().press("Enter");
    await article.waitFor({ state: "detached" });
    const title = text.replace(/^\d+ · /, "").split(": ")[0];
    await page.waitForFunction((name) => document.title === `${name} · Fencepost`, title);
    await page.waitForFunction((href) => location.hash === href, href);
    await page.goto(`${address}/#page=article`);
    await article.waitFor();
  }
  await page.keyboard.press("Escape");
  await article.waitFor({ state: "detached" });
  await page.waitForFunction(() => !location.hash.includes("page=article"));
});

for (const colorScheme of THEMES) {
  pageTest(`the article on a phone and wide: ${colorScheme}`, { ...PHONE, colorScheme, hash: "#page=article" }, async ({ page }) => {
    await page.getByRole("dialog", { name: ARTICLE }).waitFor();
    await assertAccessible(page);
    await assertNothingCutOff(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await assertAccessible(page);
  });
}
