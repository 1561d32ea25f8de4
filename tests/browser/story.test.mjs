// What a scenario tells, above its picture; what to take away, below the verdicts; and the ways on.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { PHONE, THEMES, pageTest } from "./harness.mjs";
import { textOf } from "./hands.mjs";

const about = (text) => text.match(/^about (.*)$/m)[1];

async function open(page, words) {
  await page.locator("button.chapter").click();
  await page.locator(".search").fill(String(words));
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

const isTitled = (page, title) => page.waitForFunction((title) => document.title === `${title} · Fencepost`, title);

pageTest("the story of the text stands above the picture, the author's own as well", {}, async ({ page }) => {
  assert.equal(await page.locator(".synopsis p").innerText(), about(await textOf(page)));
  const [story, picture] = [await page.locator(".synopsis").boundingBox(), await page.locator(".diagram").boundingBox()];
  assert.ok(story.y + story.height <= picture.y, "above, and not over it");
  await page.locator("textarea").fill((await textOf(page)).replace(/^about .*$/m, "about My own story."));
  await page.locator(".synopsis", { hasText: "My own story." }).waitFor();
  await page.locator("textarea").fill((await textOf(page)).replace(/^about .*\n/m, ""));
  await page.locator(".synopsis").waitFor({ state: "detached" });
});

pageTest("a long story is folded to two lines and opens", {}, async ({ page }) => {
  const long = "about " + "Once upon a time there was a lock. ".repeat(12);
  await page.locator("textarea").fill((await textOf(page)).replace(/^about .*$/m, long));
  const button = page.getByRole("button", { name: "More of the story" });
  await button.waitFor();
  const height = async () => (await page.locator(".synopsis p").boundingBox()).height;
  const folded = await height();
  assert.ok(folded < 50, `${folded} px are more than two lines`);
  await button.press("Enter");
  await page.getByRole("button", { name: "Less of the story", expanded: true }).waitFor();
  assert.ok((await height()) > folded);
});

pageTest("on a phone the line below the picture says what never happens, with no tick", PHONE, async ({ page }) => {
  await open(page, 45);
  await isTitled(page, "After you");
  const line = page.locator(".verdict-line:visible");
  assert.match(await line.innerText(), /^⊘ elect will never happen\. Since 0 ms no leader/);
  assert.doesNotMatch(await line.getAttribute("class"), /is-good/);
});

pageTest("the lesson stands under the verdicts, and leads to the chapters beside it", {}, async ({ page }) => {
  const lesson = page.getByRole("region", { name: "Lesson" });
  await page.locator("button.chapter").click();
  const titles = await page.locator("dialog .chapters .title").allInnerTexts();
  const lessons = await page.locator("dialog .chapters .about").allInnerTexts();
  await page.keyboard.press("Escape");
  const place = titles.indexOf("A lock gone wrong");
  assert.match(await lesson.innerText(), new RegExp(lessons[place].slice(0, 30)));
  const last = await page.locator("[data-verdict]").last().boundingBox();
  assert.ok((await lesson.boundingBox()).y >= last.y + last.height);
  await lesson.getByRole("button", { name: /^Next/ }).click();
  await isTitled(page, titles[place + 1]);
  assert.ok((await lesson.innerText()).includes(lessons[place + 1]));
  await lesson.getByRole("button", { name: /^Previous/ }).click();
  await isTitled(page, titles[place]);
  await page.locator("textarea").fill("fencepost 1\ntitle Mine\nclient A at 0s: acquire L\nlock L lease 1s\n");
  await isTitled(page, "Mine");
});

pageTest("the first chapter has none before it, and the last none after", {}, async ({ page }) => {
  const ways = page.getByRole("region", { name: "Lesson" }).getByRole("button");
  for (const [end, word] of [["first", /^Next/], ["last", /^Previous/]]) {
    await page.locator("button.chapter").click();
    const row = page.locator("dialog .chapters button")[end]();
    const title = await row.locator(".title").innerText();
    await row.click();
    await isTitled(page, title);
    assert.equal(await ways.count(), 1);
    assert.match(await ways.innerText(), word);
  }
});

pageTest("on a phone the story takes two lines, and the picture is on the first screen", PHONE, async ({ page }) => {
  for (const words of [7, 27, 36, "slow-or-dead"]) {
    await open(page, words);
    assert.ok((await page.locator(".synopsis p").boundingBox()).height < 50, `${words}: more than two lines`);
    const heads = await page.locator(".heads").boundingBox();
    assert.ok(heads.y + heads.height < 400, `${words}: the picture begins at ${heads.y + heads.height}`);
    await assertNothingCutOff(page);
  }
  await page.getByRole("button", { name: "More of the story" }).tap();
  await page.getByRole("button", { name: "Less of the story" }).waitFor();
  await assertNothingCutOff(page);
});

pageTest("on a phone the next chapter waits at the end of the picture, and begins at its top", PHONE, async ({ page }) => {
  await page.locator("nav.ways-on:visible").getByRole("button", { name: /^Next/ }).tap();
  await page.waitForFunction(() => document.title !== "A lock gone wrong · Fencepost" && scrollY === 0);
});

pageTest("an embed has neither story nor lesson", { hash: "#ui=embed", ready: ".timeline-slot svg" }, async ({ page }) => {
  assert.equal(await page.locator(".synopsis, .lesson, .ways-on").count(), 0);
});

for (const colorScheme of THEMES) {
  pageTest(`stories and lessons are readable for everyone: ${colorScheme}`, { ...PHONE, colorScheme }, async ({ page }) => {
    await open(page, 27);
    await assertAccessible(page);
    await page.locator("nav.tabs button", { hasText: "Verdicts" }).click();
    await assertAccessible(page);
    await assertNothingCutOff(page);
  });
}
