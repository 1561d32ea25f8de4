// Everything `make bench` prints, in one run of one browser on one machine. It asserts only that what was timed happened.
//
// The engine: events per second natively and in wasm (bench/engine). An edit: the real page, the real pointer dragging the
// end of a pause, from the pointer event to the end of the frame's work on the main thread: run, judge, layout, DOM, style,
// layout and paint. The peers: from new text to forced layout, which is less. Sizes: what a browser downloads, gzipped.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../scripts/chromium.mjs";
import { serve } from "../scripts/serve.mjs";
import { costOf, heavyTexts, linkOf, watchVisits } from "../tests/browser/heavy.mjs";
import { dragCut, dragPause, firstPicture } from "./page.mjs";
import { electionText, fencepostText, growthText, messagesIn } from "./scenarios.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = `${ROOT}dist`;

/** Messages; at about 2.7 events a message, the second row is 1,000 events and the last one 10,000. */
const STORIES = [100, 375, 1_000, 3_700];
const ENGINE_STORY = 3_700;
/** Seconds for which nodes elect; the last is about 15,000 events. */
const ELECTIONS = [60, 160];
/** Events of runs that differ in nothing but their length; the last is as long as a run can be. */
const GROWTH = [2_000, 20_000, 195_000];

// Without these, a frame that is done in 3 ms would be seen to wait for the screen's next refresh.
const UNCAPPED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

function fencepost(args, input) {
  return execFileSync(`${ROOT}target/release/fencepost`, args, { input, encoding: "utf8", maxBuffer: 2 ** 28 }).trim();
}

/** The link's fragment, with its `#`. */
function fragmentOf(text) {
  return fencepost(["link", "-"], text).replace(/^[^#]*/, "");
}

function eventsOf(text) {
  return JSON.parse(fencepost(["run", "-", "--json"], text)).events.length;
}

/** 50 and 95 of a hundred were at most this long. */
function percentiles(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  return { p50: at(0.5), p95: at(0.95) };
}

function milliseconds(time) {
  return time < 20 ? time.toFixed(1) : Math.round(time).toLocaleString("en");
}

function pair({ p50, p95 }) {
  return `${milliseconds(p50)} / ${milliseconds(p95)} ms`;
}

function millions(rate) {
  return `${(rate / 1e6).toFixed(1)} M`;
}

/** Events per second natively, in each depth. */
function nativeRates(text) {
  return JSON.parse(execFileSync(`${ROOT}target/release/fencepost-bench`, { input: text, encoding: "utf8" }));
}

async function measureEngine(browser, address) {
  const text = fencepostText(ENGINE_STORY);
  const native = nativeRates(text);
  const page = await browser.newPage();
  await page.goto(`${address}/engine.html`);
  await page.waitForSelector("[data-ready]", { state: "attached" });
  const wasm = await page.evaluate((story) => globalThis.measureEngine(story), text);
  await page.close();
  if (native.events !== wasm.events) throw new Error(`natively ${native.events} events happen, in wasm ${wasm.events}`);
  return { native, wasm };
}

async function measurePeers(browser, address, count) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}/peers.html`);
  await page.waitForSelector("[data-ready]", { state: "attached" });
  const measure = async (peer, samples) => {
    const { times, drawn } = await page.evaluate(([name, size, many]) => globalThis.measurePeer(name, size, many), [peer, count, samples]);
    if (drawn < messagesIn(count)) throw new Error(`${peer} drew ${drawn} labels for ${count} messages`);
    return percentiles(times);
  };
  // Their slowest takes ten seconds; what matters there is the order of magnitude.
  const mermaid = await measure("mermaid", count > 1_000 ? 3 : 10);
  const svgSequence = await measure("svgSequence", 20);
  await page.close();
  return { mermaid, svgSequence };
}

/** Bytes over the wire by kind, for what the page loads. */
function sizes() {
  const kinds = { wasm: 0, js: 0, css: 0, html: 0 };
  for (const name of readdirSync(DIST)) {
    const kind = name.split(".").pop();
    if (kind in kinds) kinds[kind] += gzipSync(readFileSync(`${DIST}/${name}`), { level: 9 }).length;
  }
  return kinds;
}

function machine(browser) {
  const rust = execFileSync("rustc", ["--version"], { encoding: "utf8" }).split(" ")[1];
  const [{ model }] = cpus();
  return `${cpus().length} cores (${model.trim()}), Rust ${rust}, Chromium ${browser.version()} without GPU, Node ${process.versions.node}`;
}

function engineTable({ native, wasm }) {
  const row = (name, key) => `| ${name} | ${millions(native[key])} | ${millions(wasm[key])} |`;
  return [
    `| engine, events per second, run of ${native.events.toLocaleString("en")} events | native | wasm |`,
    "|---|---:|---:|",
    row("kernel and protocols alone", "kernel"),
    row("and a trace with causes", "recorded"),
    row("compiled, run and judged by every property", "judged"),
    row("and laid out", "whole"),
  ].join("\n");
}

/** What one event costs in runs of growing length: where that stays the same, the cost of a run grows linearly. */
function growthTable(runs) {
  const row = ({ events, ...rates }) => {
    const cells = ["kernel", "recorded", "judged", "whole"].map((key) => `${Math.round(1e9 / rates[key]).toLocaleString("en")} ns`);
    return `| ${[events.toLocaleString("en"), ...cells].join(" | ")} |`;
  };
  return [
    "| events of a run, natively | kernel and protocols, per event | with a trace | judged | laid out |",
    "|---:|---:|---:|---:|---:|",
    ...runs.map(row),
  ].join("\n");
}

function editRow({ count, events, ours, peers }) {
  const { mermaid, svgSequence } = peers;
  const factor = (peer) => `${(peer.p50 / ours.p50).toFixed(0)}×`;
  const cells = [
    `${messagesIn(count).toLocaleString("en")} (${events.toLocaleString("en")} events)`,
    pair(ours),
    pair(mermaid),
    pair(svgSequence),
    `${factor(mermaid)}, ${factor(svgSequence)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function editTable(rows) {
  return [
    "| messages | Fencepost, edit → paint, p50 / p95 | mermaid 11, p50 / p95 | svg-sequence-diagram 1.3, p50 / p95 | p50 against ours |",
    "|---|---:|---:|---:|---:|",
    ...rows.map(editRow),
  ].join("\n");
}

function electionTable(rows) {
  return [
    "| five nodes elect, the edge of a cut is dragged | Fencepost, edit → paint, p50 / p95 |",
    "|---|---:|",
    ...rows.map(({ seconds, events, ours }) => `| ${seconds} s (${events.toLocaleString("en")} events) | ${pair(ours)} |`),
  ].join("\n");
}

/** A visit with each of the heaviest texts, the second of two. */
async function measureHeavy(browser, address) {
  const rows = [];
  for (const { name, text } of heavyTexts()) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await watchVisits(page);
    await page.goto(`${address}/${linkOf(text)}`);
    rows.push({ name, ...(await costOf(browser, page, () => page.reload())) });
    await page.close();
  }
  return rows;
}

function heavyTable(rows) {
  const row = ({ name, picture, longest, busiest, memory }) =>
    `| ${name.replace(/^\d+-/, "").replaceAll("-", " ")} | ${milliseconds(picture)} ms | ${milliseconds(longest)} ms | ${milliseconds(busiest)} ms | ${Math.round(memory / 1e6)} MB |`;
  return [
    "| the heaviest texts, by link, second visit | module ready → picture | longest task, by the clock | on the processor | memory |",
    "|---|---:|---:|---:|---:|",
    ...rows.map(row),
  ].join("\n");
}

function sizeTable(first) {
  const kinds = sizes();
  const kilobytes = (bytes) => `${(bytes / 1_000).toFixed(1)} KB`;
  const parts = Object.entries(kinds).map(([kind, bytes]) => `${kind} ${kilobytes(bytes)}`);
  const total = Object.values(kinds).reduce((sum, bytes) => sum + bytes, 0);
  const seventh = readdirSync(`${ROOT}scenarios`).find((name) => name.startsWith("07-"));
  const link = fragmentOf(readFileSync(`${ROOT}scenarios/${seventh}`, "utf8"));
  return [
    "| | |",
    "|---|---:|",
    `| whole page, gzip (${parts.join(", ")}) | ${kilobytes(total)} |`,
    `| link of scenario 7, its claims and variant included | ${link.length} characters |`,
    `| first picture after navigation, warm cache, p50 / p95 | ${pair(first)} |`,
  ].join("\n");
}

async function main() {
  const bench = await serve(`${ROOT}bench`);
  const dist = await serve(DIST, { published: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS, ...UNCAPPED] });
  try {
    const engine = await measureEngine(browser, bench.address);
    const growth = GROWTH.map((events) => nativeRates(growthText(events)));
    console.error("  engine: done");
    const rows = [];
    for (const count of STORIES) {
      const text = fencepostText(count);
      const ours = percentiles(await dragPause(browser, `${dist.address}/${fragmentOf(text)}`));
      rows.push({ count, events: eventsOf(text), ours, peers: await measurePeers(browser, bench.address, count) });
      console.error(`  ${count} messages: done`);
    }
    const elections = [];
    for (const seconds of ELECTIONS) {
      const text = electionText(seconds);
      const ours = percentiles(await dragCut(browser, `${dist.address}/${fragmentOf(text)}`));
      elections.push({ seconds, events: eventsOf(text), ours });
    }
    console.error("  elections: done");
    const heavy = await measureHeavy(browser, dist.address);
    console.error("  heaviest texts: done");
    const first = percentiles(await firstPicture(browser, dist.address));
    const report = [`${machine(browser)}.`, engineTable(engine), growthTable(growth), editTable(rows), electionTable(elections), heavyTable(heavy), sizeTable(first)].join("\n\n");
    mkdirSync(`${ROOT}bench/results`, { recursive: true });
    writeFileSync(`${ROOT}bench/results/latest.md`, `${report}\n`);
    console.log(`\n${report}\n`);
  } finally {
    await browser.close();
    bench.stop();
    dist.stop();
  }
}

await main();
