// What takes long is worked out beside the page: the picture is there first, its rows say that they are being worked out,
// and the answer comes from a worker, or from slices of the page's own time where workers are refused.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, PHONE, pageTest } from "./harness.mjs";
import { typeText } from "./hands.mjs";

/** Eleven writes at once have more orders than are looked through before the picture is drawn; the read sees one of them. */
const CROWD = `fencepost 1
title A crowd
until 20s
nodes N1 N2 N3
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
    const look = () => {
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
    assert.equal(await page.locator("[role=status]").last().textContent(), "The verdicts are worked out.");
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
      await page.route("**/worker.js", (route) => route.fulfill({ status: 404, body: "" }));
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
    await page.route("**/worker.js", () => {});
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
    const said = "Stopped. Not worked out: some of the verdicts, which faults the bad end needs and the claims of the other variants.";
    assert.equal(await working.locator("p").innerText(), said);
    await page.clock.resume();
    await assertAccessible(page);
    await assertNothingCutOff(page);
    await working.getByRole("button", { name: "Work it out" }).click();
    await page.waitForSelector(`.fencepost[data-judged=all] ${ROW}[data-state=held]`);
    assert.equal(await who(page), "slices", "a worker is not waited for longer than three seconds");
  });
}
