// What every visitor may count on, whatever they came to do. What is done with the pointer is in the specs of the timeline.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, NARROWEST, PHONE, THEMES, pageTest } from "./harness.mjs";

const VIOLATED = '[data-verdict="effect-order"][data-state="violated"]';
const HELD = '[data-verdict="effect-order"][data-state="held"]';
const WINDOWS = { desktop: DESKTOP, phone: PHONE };

pageTest("a first visit shows a lock gone wrong, with its violation and one inviting sentence", {}, async ({ page }) => {
  assert.match(await page.title(), /Fencepost/);
  assert.equal(await page.locator(VIOLATED).count(), 1);
  assert.match(await page.locator(VIOLATED).innerText(), /At 15\.2 s S accepts A.s old write .*B.s newer one .* at 10\.25 s/s);
  assert.match(await page.locator(".invite").innerText(), /Drag the end of A’s sleep/);
  assert.ok((await page.locator(".timeline-slot svg .arrows > *").count()) >= 8, "the arrows are drawn");
});

for (const colorScheme of THEMES) {
  for (const [name, window] of Object.entries(WINDOWS)) {
    pageTest(`axe finds nothing serious: ${name}, ${colorScheme}`, { ...window, colorScheme }, async ({ page }) => {
      await assertAccessible(page);
    });
  }

  pageTest(`axe finds nothing serious in the dialogs: ${colorScheme}`, { colorScheme }, async ({ page }) => {
    for (const opener of [page.getByRole("button", { name: "Share" }), page.getByRole("button", { name: "Help" }), page.locator("button.chapter")]) {
      await opener.click();
      await page.locator("dialog[open]").waitFor();
      await assertAccessible(page);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
  });
}

for (const [name, window] of Object.entries({ "360 px": PHONE, "320 px": NARROWEST, "1440 px": DESKTOP })) {
  pageTest(`nothing is cut off at ${name}`, window, async ({ page }) => {
    await assertNothingCutOff(page);
  });
}

pageTest("on a phone, no panel is cut off either", PHONE, async ({ page }) => {
  const tabs = page.locator("nav.tabs button");
  assert.equal(await tabs.count(), 5);
  for (const tab of await tabs.all()) {
    await tab.click();
    await assertNothingCutOff(page);
  }
});

const NO_WASM = { ready: "[role=alert]", mayComplain: true, before: (page) => page.route("**/*.wasm", (route) => route.abort()) };

pageTest("when the wasm does not load, a sentence says so and the picture is there", NO_WASM, async ({ page }) => {
  assert.match(await page.locator("[role=alert]").innerText(), /could not start/i);
  const picture = page.locator("main img");
  await page.waitForFunction(() => document.querySelector("main img")?.complete);
  assert.ok((await picture.evaluate((image) => image.naturalWidth)) > 200, "the static picture is broken");
  assert.match((await picture.getAttribute("alt")) ?? "", /\w{3,}/);
});

pageTest("without scripts, the picture and a sentence are there", { javaScriptEnabled: false, ready: null }, async ({ page }) => {
  const picture = page.locator("noscript img, main img").first();
  assert.match(await page.locator("body").innerText(), /needs JavaScript/);
  assert.ok((await picture.boundingBox()).width > 200);
});

const TROUBLE = "[data-notice=trouble]";
const DAMAGED = {
  "a packed link with a wrong letter": "#s1=z.80nNS07NSytILSoBAA.0000000",
  "a link that was cut": "#s1=t.fencepost+1/client+A+at+0s:+acqu",
  "a link of a later version": "#s9=q.whatever",
  "a link that is no text at all": "#s1=z.%00%ff.zzzzzzz",
};

for (const [name, hash] of Object.entries(DAMAGED)) {
  pageTest(`${name} is explained, and is no other scenario`, { hash, ready: TROUBLE }, async ({ page }) => {
    assert.ok((await page.locator(TROUBLE).innerText()).length > 40, "the notice says what happened");
    assert.equal(await page.locator(VIOLATED).count(), 0, "scenario 7 is shown instead of what the link holds");
    assert.equal(await page.evaluate(() => location.hash), hash, "the link stays in the address");
  });
}

pageTest("a damaged link leaves the reader's own draft alone", {}, async ({ page, again }) => {
  const draft = "fencepost 1\ntitle My own\nclient A at 0s: work 5ms\n";
  await page.locator("textarea").fill(draft);
  await page.waitForFunction(() => location.hash.length > 1);
  const later = await again({ hash: DAMAGED["a packed link with a wrong letter"], ready: TROUBLE });
  await later.getByRole("button", { name: "Open my own draft" }).click();
  assert.equal(await later.locator("textarea").inputValue(), draft);
});

pageTest("an embed shows the timeline alone", { hash: "#ui=embed", ready: ".timeline-slot svg" }, async ({ page }) => {
  assert.ok((await page.locator(".timeline-slot svg .arrows > *").count()) >= 8, "the arrows are drawn");
  for (const absent of ["header.bar", "textarea", "nav.tabs", ".invite"]) {
    assert.equal(await page.locator(`${absent} >> visible=true`).count(), 0, `${absent} is shown in an embed`);
  }
  assert.equal(await page.getByRole("link", { name: "Open in full" }).count(), 1);
});

pageTest("once loaded, the page works without a network", {}, async ({ page, room }) => {
  await room.setOffline(true);
  const text = await page.locator("textarea").inputValue();
  await page.locator("textarea").fill(text.replace("check none", "check ge"));
  await page.locator(HELD).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.locator(VIOLATED).waitFor();
});

pageTest("a typing mistake is pointed at, and the picture stays", {}, async ({ page }) => {
  const arrows = page.locator(".timeline-slot svg .arrows > *");
  const before = await arrows.count();
  const text = (await page.locator("textarea").inputValue()).replace("pause A", "pausee A");
  await page.locator("textarea").fill(text);
  await page.locator(".diagnostics li").first().waitFor();
  assert.match(await page.locator(".diagnostics").innerText(), /pause/);
  assert.equal(await page.locator("textarea").inputValue(), text, "what was typed is kept");
  assert.ok((await arrows.count()) > 0 && before > 0);
});
