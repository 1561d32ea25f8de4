// The harness and its checks, tried on pages that are wrong on purpose: a check that cannot fail checks nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { openPage, PHONE } from "./harness.mjs";

/** Opens a page whose body is `body` instead of ours, and always closes it. */
async function withPage(body, use) {
  const html = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Trial</title>
    <link rel="icon" href="data:,"></head><body data-judged="all"><main data-verdict><h1>Trial</h1>${body}</main></body></html>`;
  const before = (page) => page.route("**/*", (route) => answerWith(html, route));
  const visit = await openPage({ ...PHONE, before });
  try {
    await use(visit);
  } finally {
    await visit.room.close();
  }
}

/** The page itself gets `html`, and anything it fetches an empty file: only the harness may mind the request. */
function answerWith(html, route) {
  const wanted = route.request().resourceType() === "document" ? { contentType: "text/html", body: html } : { body: "" };
  return route.fulfill({ ...wanted, headers: { "access-control-allow-origin": "*" } });
}

function rejects(name, body, provoke, complaint) {
  test(name, () =>
    withPage(body, async ({ page, watch }) => {
      assert.deepEqual(watch.complaints, []);
      await page.evaluate(provoke);
      await page.evaluate(() => 0);
      assert.match(watch.complaints.join("\n"), complaint);
    }),
  );
}

rejects("an error in the console is noticed", "", () => console.error("oh"), /console says: oh/);
rejects("a request once the page is ready is noticed", "", () => fetch("late.txt"), /after the page was ready: .*late\.txt/);
rejects("another host is noticed", "", () => fetch("http://localhost:1/x"), /another host was asked/);
rejects("an exception is noticed", "", () => new Promise((done) => {
  addEventListener("error", () => done());
  setTimeout(() => { throw new Error("broken"); });
}), /the page threw: .*broken/s);

test("a plain page passes both checks", () =>
  withPage("<p>All is well.</p>", async ({ page }) => {
    await assertNothingCutOff(page);
    await assertAccessible(page);
  }));

test("a box wider than the window is found", () =>
  withPage('<div id="wide" style="width: 500px">wide</div>', async ({ page }) => {
    await assert.rejects(assertNothingCutOff(page), /div#wide from 8 to 508 of 360/);
  }));

test("a wide box that scrolls on its own is fine", () =>
  withPage('<div style="overflow-x: auto" tabindex="0"><div style="width: 500px">wide</div></div>', async ({ page }) => {
    await assertNothingCutOff(page);
  }));

test("text that is cut without a sign is found", () =>
  withPage('<p style="width: 3em; overflow: hidden; white-space: nowrap">an unbroken line</p>', async ({ page }) => {
    await assert.rejects(assertNothingCutOff(page), /"an unbroken line" needs \d+, has \d+/);
  }));

test("grey on grey and a button without a name are found", () =>
  withPage('<p style="color: #999; background: #aaa">hard to read</p><button></button>', async ({ page }) => {
    await assert.rejects(assertAccessible(page), /color-contrast[\s\S]*button-name|button-name[\s\S]*color-contrast/);
  }));
