// What takes long is worked out beside the page: the picture is there first, its rows say that they are being worked out,
// and the answer comes from a worker, or from slices of the page's own time where workers are refused.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, PHONE, pageTest } from "./harness.mjs";
import { anotherRun, digestOf, grip, middleOf, textOf, typeText } from "./hands.mjs";

/** Eleven writes at once have more orders than are looked through before the picture is drawn; the read sees one of them. */
const CROWD = `fencepost 1
title A crowd
until 20s
register X on N1 N2 N3
${Array.from({ length: 11 }, (_, place) => `client C${place + 1} at 0s: write X`).join("\n")}
client R at 10s: read X
expect linearizable held
variant again "Claimed otherwise"
  expect linearizable violated
`;

const ROW = '[data-verdict="linearizable(X)"]';

/** Writes down every judgement that the page shows, from the first on. */
const watchJudgement = (page) =>
  page.addInitScript(() => {
    globalThis.seen = [];
    globalThis.told = [];
    const look = () => {
      const spoken = document.querySelector(".fencepost > [role=status]")?.textContent;
      if (spoken && spoken !== globalThis.told.at(-1)) globalThis.told.push(spoken);
      const [root, row] = [document.querySelector(".fencepost"), document.querySelector('[data-verdict="linearizable(X)"]')];
      const now = root && row && `${root.dataset.judged} ${row.dataset.state} ${row.querySelector(".state").textContent}`;
      if (now && now !== globalThis.seen.at(-1)) globalThis.seen.push(now);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });

const seen = (page) => page.evaluate(() => globalThis.seen);
const who = (page) => page.locator(".fencepost").getAttribute("data-work");
const wholly = (page) => page.waitForSelector(`.fencepost[data-judged=all] ${ROW}`, { state: "attached" });
const WORKED_OUT = ["working open being worked out…", "all held held"];

/** Shows the crowd and waits for all that is said of it. */
async function answered(page) {
  await typeText(page, CROWD);
  await wholly(page);
  assert.deepEqual(await seen(page), WORKED_OUT, "no other state in between");
  assert.equal(await page.locator(".working").count(), 0);
  assert.match(await page.locator(".claims").textContent(), /1 of 1 claim holds[^]*Claimed otherwise: 1 of 1 claims does not hold/);
}

for (const window of [DESKTOP, PHONE]) {
  pageTest(`a worker answers, in ${window.viewport.width} pixels`, { ...window, before: watchJudgement }, async ({ page }) => {
    assert.equal(await who(page), "worker");
    await answered(page);
    const told = await page.evaluate(() => globalThis.told);
    assert.deepEqual(told, ["A’s write no longer arrives. B’s write no longer arrives."], "once, and not before all is known");
  });
}

pageTest(
  "without workers the page answers in slices",
  {
    before: async (page) => {
      await page.addInitScript(() => delete globalThis.Worker);
      await watchJudgement(page);
    },
  },
  async ({ page }) => {
    assert.equal(await who(page), "slices");
    await answered(page);
  },
);

pageTest(
  "a policy that forbids the worker's script is no different",
  {
    mayComplain: true,
    before: async (page) => {
      await page.route("**/*", async (route) => {
        if (!route.request().isNavigationRequest()) return route.continue();
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "worker-src 'none'" } });
      });
      await watchJudgement(page);
    },
  },
  async ({ page }) => {
    assert.equal(await who(page), "slices");
    await answered(page);
  },
);

pageTest(
  "a worker whose script is missing is done without",
  {
    mayComplain: true,
    before: async (page) => {
      await page.route("**/worker.js*", (route) => route.fulfill({ status: 404, body: "" }));
      await watchJudgement(page);
    },
  },
  async ({ page }) => {
    assert.equal(await who(page), "slices");
    await answered(page);
  },
);

/** A worker whose script never comes, and a clock that the test can hold. */
const neverThere = {
  starting: true,
  before: async (page) => {
    await page.route("**/worker.js*", () => {});
    await page.clock.install();
    await page.clock.resume();
    await watchJudgement(page);
  },
};

for (const window of [DESKTOP, PHONE]) {
  pageTest(`what takes more than a second can be stopped, and asked again, in ${window.viewport.width} pixels`, { ...window, ...neverThere }, async ({ page }) => {
    if (window === PHONE) await page.locator(".tabs button", { hasText: "Verdicts" }).click();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.locator(".editor textarea").evaluate((field, text) => {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, CROWD);
    const working = page.locator(".working");
    await working.waitFor();
    const stop = working.locator("button", { hasText: "Stop" });
    await page.clock.runFor(900);
    assert.equal(await stop.count(), 0, "not within a second");
    await page.clock.runFor(200);
    await stop.waitFor();
    await stop.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(`.fencepost[data-judged=stopped] ${ROW}[data-state=open]`);
    assert.match(await page.locator(ROW).innerText(), /stopped/);
    const said = "Stopped. Not worked out: some of the verdicts and the claims of the other variants.";
    assert.equal(await working.locator("p").innerText(), said);
    const remarks = await page.evaluate(() => document.querySelector(".diagnostics")?.textContent ?? "");
    assert.doesNotMatch(remarks, /does not hold/, "a claim that is not worked out is not said to fail");
    await page.clock.resume();
    await assertAccessible(page);
    await assertNothingCutOff(page);
    await working.getByRole("button", { name: "Work it out" }).click();
    await page.waitForSelector(`.fencepost[data-judged=all] ${ROW}[data-state=held]`);
    assert.equal(await who(page), "slices", "a worker is not waited for longer than three seconds");
  });
}

/** A clock on which whatever the page measures has taken a third of a second. */
const slow = (page) =>
  page.addInitScript(() => {
    const [real, asked] = [Date.now, { often: 0 }];
    Date.now = () => real() + 350 * asked.often++;
  });

for (const window of [DESKTOP, PHONE]) {
  pageTest(`a run that takes long follows when the hand rests, in ${window.viewport.width} pixels`, { ...window, before: slow }, async ({ page }) => {
    await grip(page, 0, "end").scrollIntoViewIfNeeded();
    const [from, digest, text] = [await middleOf(grip(page, 0, "end")), await digestOf(page), await textOf(page)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y - 30, { steps: 6 });
    const behind = page.locator("[data-behind]");
    await behind.waitFor();
    assert.equal(await behind.textContent(), "This run is large: the picture follows when the hand rests.");
    await anotherRun(page, digest);
    await behind.waitFor({ state: "detached" });
    const rested = await digestOf(page);
    await page.mouse.move(from.x, from.y - 60, { steps: 6 });
    await page.mouse.up();
    await page.waitForFunction((old) => document.querySelector(".fencepost").dataset.digest !== old, rested);
    assert.notEqual(await textOf(page), text, "the hand's last place counts");
    await page.keyboard.press("Control+z");
    await page.waitForFunction((old) => document.querySelector(".fencepost").dataset.digest === old, digest);
    assert.equal(await textOf(page), text, "it is one step");
  });
}
