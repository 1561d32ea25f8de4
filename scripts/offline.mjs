// The last step of a build, called by Trunk: writes into the page how big the engine is and that it may be kept for visits
// without a network, and into sw.js which files these need. A debug build keeps nothing, and takes
// away what another build kept: who mends the page wants today's.
//
//   node scripts/offline.mjs [folder]

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const WORKER = "sw.js";

/** A worker that takes away what an earlier build kept under the same address, and itself. */
const FORGETFUL = `self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(forget()));

async function forget() {
  const family = \`fencepost \${new URL("./", self.location).pathname} \`;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(family)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
`;

const EMPTY = /^const RELEASE = .*;$/m;

function sum(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Every file of the folder but the worker, by its path inside. */
function filesOf(folder) {
  const all = readdirSync(folder, { recursive: true }).map(String).filter((path) => statSync(join(folder, path)).isFile());
  return all.map((path) => path.replaceAll("\\", "/")).filter((path) => path !== WORKER).sort();
}

/** Replaces once, or fails: a page that lost its place for something must not be published. */
function replaceOnce(text, place, by) {
  if (!place.test(text)) throw new Error(`${place} is not there`);
  return text.replace(place, () => by);
}

/** The worker's name has no hash. With one behind its address, no browser takes yesterday's file for today's. */
function dateWorker(page, folder) {
  const file = join(folder, "worker.js");
  if (!existsSync(file)) return page;
  return replaceOnce(page, /data-worker="[^"]*"/, `data-worker="./worker.js?${sum(readFileSync(file)).slice(0, 16)}"`);
}

/** Tells the page the size of its engine, uncompressed as the browser counts it, and whether it may be kept. */
function completePage(folder, kept) {
  const file = join(folder, "index.html");
  const page = readFileSync(file, "utf8").replace(/ data-(size|offline)="[^"]*"/g, "");
  const engine = /data-wasm="([^"]+)"/.exec(page)?.[1];
  if (!engine) throw new Error("index.html does not name its engine");
  const size = statSync(join(folder, engine)).size;
  const offline = kept ? ` data-offline="${WORKER}"` : "";
  const told = replaceOnce(page, /<link id="engine"/, `<link id="engine" data-size="${size}"${offline}`);
  writeFileSync(file, dateWorker(told, folder));
}

/** Writes the list of one version into the worker. */
function completeWorker(folder) {
  const files = Object.fromEntries(filesOf(folder).map((path) => [path, sum(readFileSync(join(folder, path)))]));
  const release = JSON.stringify({ version: sum(JSON.stringify(files)).slice(0, 16), files });
  const file = join(folder, WORKER);
  writeFileSync(file, replaceOnce(readFileSync(file, "utf8"), EMPTY, `const RELEASE = ${release};`));
}

/** Makes a built folder complete; doing it again changes nothing. */
export function complete(folder, { kept = true } = {}) {
  completePage(folder, kept);
  if (kept) completeWorker(folder);
  else writeFileSync(join(folder, WORKER), FORGETFUL);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { TRUNK_STAGING_DIR, TRUNK_PROFILE } = process.env;
  complete(process.argv[2] ?? TRUNK_STAGING_DIR ?? "dist", { kept: TRUNK_PROFILE !== "debug" });
}
