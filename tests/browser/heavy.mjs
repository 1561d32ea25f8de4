// The twelve heaviest texts, each the smallest of its kind, and what a visit with one of them costs.
//
// The first eleven are files in tests/testdata/heavy, each named by what is hard about it; the twelfth is written here, for
// it is long and says little. `make bench` and tests/browser/large.test.mjs both open them by this file.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";

const FOLDER = fileURLToPath(new URL("../testdata/heavy/", import.meta.url));

/** A thousand faults: as many as a text can have. */
function aThousandCuts() {
  const clients = Array.from({ length: 59 }, (_, at) => `client W${at} at 0s: write Book x1000`);
  const cuts = Array.from({ length: 1_000 }, (_, at) => `partition W${at % 59} | Book from ${at * 6}ms to ${at * 6 + 4}ms`);
  return ["fencepost 1", "until 1440m", "network delay 1ms", "store Book", ...clients, ...cuts, ""].join("\n");
}

/** All of them, as `{ name, text }`. */
export function heavyTexts() {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".fencepost")).sort();
  const texts = files.map((name) => ({ name: name.replace(".fencepost", ""), text: readFileSync(FOLDER + name, "utf8") }));
  return [...texts, { name: "12-a-thousand-cuts", text: aThousandCuts() }];
}

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** The fragment, with its `#`, that opens this text; the form is told in docs/language.md. */
export function linkOf(text) {
  const packed = deflateRawSync(Buffer.from(text), { level: 9 }).toString("base64url");
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  let sum = BigInt(crc32(Buffer.from(packed)));
  let check = "";
  for (let place = 0; place < 7; place++, sum >>= 5n) check = letters[Number(sum & 31n)] + check;
  return `#s1=z.${packed}.${check}`;
}

/** Runs in the page before anything of it: notes when the module is ready, when the picture stands, and each long task. */
function watch() {
  const seen = { ready: null, picture: null, longest: 0, memory: null };
  globalThis.visit = seen;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await make.apply(WebAssembly, given);
      seen.memory = (made.instance ?? made).exports.memory;
      seen.ready ??= performance.now();
      return made;
    };
  }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: "longtask", buffered: true });
  const picture = () => document.querySelector(".timeline-slot svg.picture .lanes > *");
  new MutationObserver(() => {
    if (seen.picture === null && picture()) requestAnimationFrame(() => setTimeout(() => (seen.picture ??= performance.now())));
  }).observe(document, { subtree: true, childList: true });
}

/** The longest task of the page's main thread in the time it had on a processor, in milliseconds, from a trace. */
function longestOnProcessor(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const main = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ ph, name, pid, tid }) => ph === "X" && name.endsWith("RunTask") && main.has(`${pid} ${tid}`));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1_000));
}

/** Until nothing has happened for a moment: the page has drawn, judged and answered what it wants to answer by itself. */
async function settled(page) {
  await page.evaluate(
    () =>
      new Promise((done) => {
        const quiet = () => requestIdleCallback(({ didTimeout }) => (didTimeout ? quiet() : done()), { timeout: 30_000 });
        setTimeout(quiet, 300);
      }),
  );
}

/** Watches every visit of a page from now on. */
export async function watchVisits(page) {
  await page.addInitScript(watch);
}

/**
 * What it costs until the page has come to rest after `go(page)`, in milliseconds and bytes: `picture` from the module being ready to
 * the picture, `longest` the longest task by the clock, `busiest` the longest by the processor, `memory` the heap of
 * scripts and the module's. Resolves with `null` for the picture that never came.
 */
export async function costOf(browser, page, go) {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"] });
  let trace;
  try {
    await go(page);
    await page.waitForFunction(() => globalThis.visit?.picture, undefined, { timeout: 60_000, polling: 100 });
    await settled(page);
  } finally {
    trace = await browser.stopTracing();
  }
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
  const seen = await page.evaluate(() => ({ ...globalThis.visit, memory: globalThis.visit.memory?.buffer.byteLength ?? 0 }));
  return {
    picture: Math.round(seen.picture - seen.ready),
    longest: Math.round(seen.longest),
    busiest: Math.round(longestOnProcessor(trace)),
    memory: heap + seen.memory,
    nodes: await page.locator("*").count(),
  };
}
