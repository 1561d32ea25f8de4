// The page's own copy for visits without a network: kept after one visit, one version at a time, a newer one announced and
// never forced. What keeping it asks of the host is the one exception to "no request once the page is loaded".

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { complete } from "../../scripts/offline.mjs";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, PHONE } from "./harness.mjs";
import { AGAIN, DIST, hostTest, reason, started } from "./hosts.mjs";

const VIOLATED = '[data-verdict="effect-order"][data-state="violated"]';
const HELD = '[data-verdict="effect-order"][data-state="held"]';
/** A text with a verdict, written out. */
const LINK = "#s1=t.fencepost+1/title+Of+mine/lock+L+lease+10s/client+A+at+0s:+acquire+L/end";
const NEWER = "[data-notice=newer]";

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "fencepost-"));
  folders.push(folder);
  return folder;
}

/** Trunk's names: a hash of the content, whose last letter here says which release a file is of. */
const HASHED = /-[0-9a-f]{14,15}([0-9a-z])(_bg)?\.(js|css|wasm)$/;

function renamed(file, mark) {
  return file.replace(HASHED, (name, last) => name.replace(`${last}${/_bg/.test(name) ? "_bg" : ""}.`, `${mark}${/_bg/.test(name) ? "_bg" : ""}.`));
}

/** Another release of the built page: every file has another name or other bytes. */
function release(mark, folder = newFolder()) {
  cpSync(DIST, folder, { recursive: true });
  const hashed = readdirSync(folder).filter((file) => HASHED.test(file));
  for (const file of hashed) renameSync(join(folder, file), join(folder, renamed(file, mark)));
  for (const file of readdirSync(folder).filter((file) => /\.(html|css|js)$/.test(file))) {
    const text = readFileSync(join(folder, file), "utf8");
    const told = hashed.reduce((text, old) => text.replaceAll(old, renamed(old, mark)), text);
    writeFileSync(join(folder, file), told.replace(/<title>\w+/, `$& ${mark}`) + (/\.(css|js)$/.test(file) ? `/* ${mark} */\n` : ""));
  }
  complete(folder);
  return folder;
}

/** A host that can change what it serves, cut its lines, and remembers what it was asked. */
function host(folder) {
  const self = { folder, gone: false, asked: [], cut: null, heard: null };
  self.trouble = (path) => {
    self.asked.push(path);
    self.heard?.(path);
    return self.gone || self.cut?.test(path) ? { cutAfter: 0 } : {};
  };
  return self;
}

const ALLOWED = { serviceWorkers: "allow" };

function offlineTest(name, options, visit) {
  const here = options.host ?? host(DIST);
  const { host: _, ...context } = options;
  hostTest(name, { folder: () => here.folder, host: here, ...ALLOWED, ...context }, (tools) => visit({ ...tools, here }));
}

/** The page is kept: what keeps it has everything it needs. */
async function kept(page) {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active.state !== "activated") await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  });
}

/** The releases that the files of this page are of: one, or something is wrong. */
function releasesOf(page) {
  return page.evaluate((pattern) => {
    const names = performance.getEntriesByType("resource").map((entry) => entry.name);
    const marks = names.map((name) => new RegExp(pattern).exec(name)?.[1]).filter(Boolean);
    return [...new Set(marks)].join(" ");
  }, HASHED.source);
}

async function edit(page) {
  await page.locator(VIOLATED).waitFor();
  const text = await page.locator("textarea").inputValue();
  await page.locator("textarea").fill(text.replace("check none", "check ge"));
  await page.locator(HELD).waitFor();
}

/** Waits for what has no event of its own, and is asked for with a promise. */
async function becomes(page, holds) {
  while (!(await page.evaluate(holds))) await page.evaluate(() => new Promise(requestAnimationFrame));
}

offlineTest("after one visit, a reload without a network works, and so does another link", {}, async ({ page, room, open, here, address }) => {
  await open();
  await started(page);
  await kept(page);
  here.gone = true;
  await page.reload();
  await started(page);
  await edit(page);
  const other = await room.newPage();
  await other.goto(`${address}index.html${LINK}`);
  await started(other);
  assert.match(await other.title(), /Of mine/);
});

offlineTest("once loaded, the only requests are those that keep the page for a visit without a network", {}, async ({ page, open, here }) => {
  const others = [];
  page.on("request", (request) => request.url().startsWith("http://127.0.0.1") || others.push(request.url()));
  await open();
  await started(page);
  await kept(page);
  const own = new Set(["sw.js", ...readdirSync(DIST)]);
  assert.deepEqual(here.asked.filter((path) => !own.has(path)), [], "nothing but the page's own files");
  const first = here.asked.length;
  await edit(page);
  assert.equal(here.asked.length, first, "nothing more once it is kept");
  const checked = new Promise((done) => (here.heard = (path) => path === "sw.js" && done()));
  await page.reload();
  await started(page);
  await checked;
  assert.deepEqual(here.asked.slice(first), ["sw.js"], "a later visit asks whether there is a newer version, and no more");
  assert.deepEqual(others, []);
});

for (const [name, window] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  const folder = release("x");
  offlineTest(`a newer version is announced, not forced, and taken as a whole: ${name}`, { host: host(folder), ...window }, async ({ page, open, here }) => {
    await open();
    await started(page);
    await kept(page);
    here.folder = release("y");
    await page.reload();
    await page.locator(NEWER).waitFor();
    assert.equal(await releasesOf(page), "x", "the older version, whole");
    assert.match(await page.locator(NEWER).innerText(), /A newer Fencepost is there: reload to use it/);
    await assertAccessible(page);
    await assertNothingCutOff(page);
    await page.evaluate(() => (globalThis.same = true));
    const mine = (await page.locator("textarea").inputValue()).replace(/^title .*$/m, "title My own");
    await page.locator("textarea").evaluate((area, mine) => {
      area.value = mine;
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, mine);
    await page.waitForFunction(() => location.hash.length > 1);
    assert.ok(await page.evaluate(() => globalThis.same), "nobody has reloaded the page");
    await page.reload();
    await page.locator(NEWER).waitFor();
    assert.equal(await releasesOf(page), "x", "nor does a reload of the reader's own take the newer one");
    await Promise.all([page.waitForEvent("load"), page.locator(NEWER).getByRole("button", { name: "Reload" }).click()]);
    await started(page);
    assert.equal(await releasesOf(page), "y", "the newer version, whole");
    assert.equal(await page.locator("textarea").inputValue(), mine, "what was typed is still there");
    assert.equal(await page.locator(NEWER).count(), 0);
    assert.equal(await page.evaluate(async () => (await caches.keys()).length), 1, "one version at a time");
    here.gone = true;
    await page.reload();
    await started(page);
    assert.equal(await releasesOf(page), "y");
  });
}

offlineTest("an announcement that is put aside leaves the page as it is", { host: host(release("x")) }, async ({ page, open, here }) => {
  await open();
  await started(page);
  await kept(page);
  here.folder = release("y");
  await page.reload();
  await page.locator(NEWER).getByRole("button", { name: "Not now" }).click();
  await page.locator(NEWER).waitFor({ state: "detached" });
  await edit(page);
  assert.equal(await releasesOf(page), "x");
});

offlineTest("a copy that has lost a file makes way for the newer version when the reader tries again", { host: host(release("x")) }, async ({ page, open, here }) => {
  await open();
  await started(page);
  await kept(page);
  here.folder = release("y");
  await page.reload();
  await page.locator(NEWER).waitFor();
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) if (/x_bg\.wasm$/.test(request.url)) await cache.delete(request);
    }
  });
  await page.reload();
  assert.match(await reason(page), /answers 404 for the file .*wasm.*just been renewed/);
  await page.getByRole("button", AGAIN).click();
  await started(page);
  assert.equal(await releasesOf(page), "y");
});

offlineTest("a debug build keeps nothing, and takes away what an earlier build kept", { host: host(release("x")) }, async ({ page, open, here }) => {
  await open();
  await started(page);
  await kept(page);
  const folder = release("y");
  complete(folder, { kept: false });
  here.folder = folder;
  await page.reload();
  await becomes(page, async () => (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length === 0);
  await page.reload();
  await started(page);
  assert.equal(await releasesOf(page), "y");
});

/** Resolves when a version that was being fetched has been given up. */
function givenUp(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const coming = registration.installing ?? (await new Promise((done) => registration.addEventListener("updatefound", () => done(registration.installing), { once: true })));
    if (coming.state !== "redundant") await new Promise((done) => coming.addEventListener("statechange", () => coming.state === "redundant" && done()));
  });
}

const HALVES = {
  "whose files were cut": (here) => Object.assign(here, { folder: release("y"), cut: /\.wasm$/ }),
  "whose worker came before its files": (here) => {
    const [older, newer] = [release("x"), release("y")];
    cpSync(join(newer, "sw.js"), join(older, "sw.js"));
    here.folder = older;
  },
  "of which one file is still the older": (here) => {
    const mixed = release("y");
    cpSync(join(here.folder, "index.html"), join(mixed, "index.html"));
    here.folder = mixed;
  },
};

for (const [name, renew] of Object.entries(HALVES)) {
  offlineTest(`half of a newer version, ${name}, is never used`, { host: host(release("x")) }, async ({ page, open, here }) => {
    await open();
    await started(page);
    await kept(page);
    renew(here);
    await page.reload();
    await givenUp(page);
    assert.equal(await page.locator(NEWER).count(), 0, "and not announced");
    here.gone = true;
    await page.reload();
    await started(page);
    assert.equal(await releasesOf(page), "x");
    assert.equal(await page.evaluate(async () => (await caches.keys()).length), 1);
  });
}

offlineTest("two folders of one host keep a copy each, and leave other files alone", {}, async ({ page, room, address, here }) => {
  here.folder = newFolder();
  release("x", join(here.folder, "one"));
  release("y", join(here.folder, "one", "two"));
  const pages = [];
  for (const path of ["one/", "one/two/"]) {
    const other = await room.newPage();
    await other.goto(`${address}${path}`);
    await started(other);
    await kept(other);
    pages.push(other);
  }
  const [outer, inner] = pages;
  assert.equal((await page.goto(`${address}one/elsewhere.html`)).status(), 404);
  here.gone = true;
  for (const [other, mark] of [[outer, "x"], [inner, "y"]]) {
    await other.reload();
    await started(other);
    assert.equal(await releasesOf(other), mark);
  }
});

/** Whether anything is kept, once the page had time to ask for it. */
async function assertNothingKept(frame) {
  await frame.locator(".timeline-slot svg .arrows > *").first().waitFor();
  assert.equal(await frame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
}

offlineTest("an embed keeps nothing", {}, async ({ page, open, here }) => {
  await open("#ui=embed");
  await assertNothingKept(page);
  assert.ok(!here.asked.includes("sw.js"));
});

offlineTest("a frame in another page keeps nothing", {}, async ({ page, open, here, address }) => {
  await open("nothing.html");
  await page.setContent(`<!doctype html><iframe title="Fencepost" style="width: 1000px; height: 700px" src="${address}"></iframe>`);
  await page.frameLocator("iframe").locator(".timeline-slot svg .arrows > *").first().waitFor();
  assert.ok(!here.asked.includes("sw.js"));
});

offlineTest("where the browser has no room for the copy, the page works and keeps nothing", {}, async ({ page, room, open, here, address }) => {
  const tools = await room.newCDPSession(page);
  await tools.send("Storage.overrideQuotaForOrigin", { origin: new URL(address).origin, quotaSize: 1000 });
  await open();
  await started(page);
  await edit(page);
  await becomes(page, async () => (await navigator.serviceWorker.getRegistrations()).every(({ installing }) => !installing));
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active ?? null), null);
  assert.ok(here.asked.includes("sw.js"), "it was tried");
});
