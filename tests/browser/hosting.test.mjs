// Wherever the page is put, it works or says why it does not: a subfolder, a strict policy, wrong types, a sandbox, a
// storage that refuses.

import assert from "node:assert/strict";
import { assertAccessible, assertNothingCutOff } from "./checks.mjs";
import { DESKTOP, PHONE } from "./harness.mjs";
import { AGAIN, assertToldInASecond, hostTest, reason, started } from "./hosts.mjs";

const WINDOWS = { desktop: DESKTOP, phone: PHONE };
const VIOLATED = '[data-verdict="effect-order"][data-state="violated"]';
const HELD = '[data-verdict="effect-order"][data-state="held"]';

/** The page runs, and does what it is for: a change of the text changes the verdict. */
async function assertWorks(page) {
  await page.locator(VIOLATED).waitFor();
  const text = await page.locator("textarea").inputValue();
  await page.locator("textarea").fill(text.replace("check none", "check ge"));
  await page.locator(HELD).waitFor();
}

// A subfolder, and policies

hostTest("served from a subfolder, with a question mark in the address, it works", { host: { base: "/notes/2026/fencepost/" } }, async ({ page, open }) => {
  await open("?from=elsewhere");
  await assertWorks(page);
});

/** The policy that README.md gives to hosts, and whatever else a strict host sends. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const STRICT = {
  "content-security-policy": POLICY,
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

hostTest("under the strictest headers that the README names, it works", { host: { headers: STRICT } }, async ({ page, open }) => {
  const complaints = [];
  page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
  await open();
  await assertWorks(page);
  assert.deepEqual(complaints, []);
});

const REFUSING = {
  "no WebAssembly": [POLICY.replace(" 'wasm-unsafe-eval'", ""), /policy refuses WebAssembly \(script-src\)/i],
  "no requests": [POLICY.replace("connect-src 'self'", "connect-src 'none'"), /policy refuses the file fencepost-web-\w+\.wasm \(connect-src\)/i],
  "no style sheets": [POLICY.replace("style-src 'self'", "style-src"), /policy refuses the file \w+-\w+\.css \(style-src-elem\)/i],
};

for (const [name, [policy, sentence]] of Object.entries(REFUSING)) {
  hostTest(`a policy of the host that allows ${name} is named`, { host: { headers: { "content-security-policy": policy } } }, async ({ page, open }) => {
    await open();
    assert.match(await reason(page), sentence);
    await assertToldInASecond(page);
  });
}

hostTest("a policy of the host that allows no scripts leaves the line that says so", { host: { headers: { "content-security-policy": POLICY.replace("script-src 'self' 'wasm-unsafe-eval'", "script-src 'none'") } } }, async ({ page, open }) => {
  await open();
  await page.getByText("Nothing has started yet").waitFor();
});

hostTest("a policy of the host that allows no scripts and no styles leaves it as well", { host: { headers: { "content-security-policy": "default-src 'none'" } } }, async ({ page, open }) => {
  await open();
  await page.getByText("Nothing has started yet").waitFor();
});

// Types

/** A host that calls the files of this ending something else. */
function calling(ending, type) {
  return { trouble: (path) => (ending.test(path) ? { type } : {}) };
}

for (const type of ["application/octet-stream", "text/plain", "application/wasm; charset=utf-8"]) {
  hostTest(`the engine sent as ${type} is taken for what it is`, { host: calling(/\.wasm$/, type) }, async ({ page, open }) => {
    await open();
    await assertWorks(page);
  });
}

const WRONG = {
  "the starting module": [/^engine-/, "text/plain", /sends the file engine-\w+\.js as text\/plain.*labelled text\/javascript/],
  "the glue": [/^fencepost-web-.*\.js$/, "application/octet-stream", /sends the file fencepost-web-\w+\.js as application\/octet-stream.*labelled text\/javascript/],
  "every script": [/\.js$/, "text/plain", /sends the file [\w-]+\.js as text\/plain.*labelled text\/javascript/],
  "a style sheet": [/^panels-/, "text/plain", /sends the file panels-\w+\.css as text\/plain.*labelled text\/css/],
};

for (const [name, [ending, type, sentence]] of Object.entries(WRONG)) {
  hostTest(`${name} under a wrong type: says which, and what the right one is`, { host: calling(ending, type) }, async ({ page, open }) => {
    await open();
    assert.match(await reason(page), sentence);
    await assertToldInASecond(page);
  });
}

hostTest("a file that is missing is named", { host: { trouble: (path) => (/^fencepost-web-.*\.js$/.test(path) ? { status: 404 } : {}) } }, async ({ page, open }) => {
  await open();
  assert.match(await reason(page), /answers 404 for the file fencepost-web-\w+\.js/);
  assert.equal(await page.getByRole("button", AGAIN).count(), 1);
});

hostTest("an engine that is something else says what the browser said of it", { host: { trouble: (path) => (/\.wasm$/.test(path) ? { file: "index.html" } : {}) } }, async ({ page, open }) => {
  await open();
  assert.match(await reason(page), /engine came and did not run \(.*magic word/);
});

// A sandboxed frame

/** Someone's post, with the page in a frame. */
async function post(page, address, sandbox) {
  await page.setContent(`<!doctype html><html lang="en"><title>A post</title><h1>A post</h1>
    <iframe title="A lock gone wrong" sandbox="${sandbox}" style="width: 100%; height: 700px; border: 0" src="${address}#ui=embed"></iframe>`);
  return page.frameLocator("iframe");
}

for (const [name, window] of Object.entries(WINDOWS)) {
  hostTest(`in a sandboxed frame it says why it cannot start, and shows the picture: ${name}`, window, async ({ page, address }) => {
    const frame = await post(page, address, "allow-scripts");
    const alert = frame.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), /sandboxed frame.*allow-same-origin.*Access-Control-Allow-Origin/);
    const picture = frame.locator("main img");
    await picture.evaluate((image) => image.decode());
    assert.ok((await picture.evaluate((image) => image.naturalWidth)) > 200);
    const inside = page.frames()[1];
    await assertAccessible(inside);
    await assertNothingCutOff(inside);
  });
}

hostTest("in a sandboxed frame, from a host that lets anyone read its files, it works", { host: { headers: { "access-control-allow-origin": "*" } }, serviceWorkers: "allow" }, async ({ page, address }) => {
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(String(error)));
  const frame = await post(page, address, "allow-scripts");
  await frame.locator(".timeline-slot svg .arrows > *").first().waitFor();
  assert.deepEqual(thrown, []);
});

hostTest("in a sandboxed frame without scripts, the picture is there", {}, async ({ page, address }) => {
  // Nothing can be asked of such a frame. Only a page that shows its picture fetches it.
  const [picture] = await Promise.all([page.waitForResponse(/\.svg$/), post(page, address, "")]);
  assert.equal(picture.status(), 200);
});

// Storage

const STORAGES = {
  "refused": () => Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } }),
  "missing": () => Object.defineProperty(globalThis, "localStorage", { value: null }),
  "full": () => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }),
  "broken": () => (Storage.prototype.getItem = () => { throw new DOMException("broken", "UnknownError"); }),
};

for (const [name, before] of Object.entries(STORAGES)) {
  hostTest(`with storage ${name}, it works`, { before: (page) => page.addInitScript(before) }, async ({ page, open }) => {
    const thrown = [];
    page.on("pageerror", (error) => thrown.push(String(error)));
    await open();
    await assertWorks(page);
    assert.deepEqual(thrown, []);
  });
}
