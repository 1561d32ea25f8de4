// Keeps one version of the page for visits without a network: a service worker.
//
// Everything is answered from one version or not at all. A newer version is fetched and checked beside it, and waits: it
// takes over when the reader says so, or when no page of the older one is open. Nothing of another origin, and nothing
// that is not in the list, passes through here.

/** Written by scripts/offline.mjs: every file with the SHA-256 of its bytes, and one name for the whole. */
const RELEASE = { version: "", files: {} };

const SCOPE = new URL("./", self.location);
const FAMILY = `fencepost ${SCOPE.pathname} `;
const NAME = FAMILY + RELEASE.version;

/** The file that a request asks for; null for what is none of the page's. */
function fileOf(request) {
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== SCOPE.origin || !address.pathname.startsWith(SCOPE.pathname)) return null;
  const path = address.pathname.slice(SCOPE.pathname.length);
  const file = path === "" ? "index.html" : path;
  return Object.hasOwn(RELEASE.files, file) ? file : null;
}

/** Where a file is fetched. A folder's own address gives its index on every host; its name, on some, a redirection. */
function addressOf(file) {
  return new URL(file === "index.html" ? "./" : file, SCOPE).href;
}

async function digest(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a redirection led to is not taken for a navigation. */
function plain(answer, bytes) {
  return new Response(bytes, { status: 200, headers: answer.headers });
}

/** Keeps one file, if it is the file of this version: from what the browser has already, or else from the host. */
async function keep(cache, file) {
  for (const from of ["force-cache", "reload"]) {
    const answer = await fetch(addressOf(file), { cache: from, credentials: "same-origin" });
    const copy = answer.clone();
    const bytes = await answer.arrayBuffer();
    if (answer.ok && (await digest(bytes)) === RELEASE.files[file]) {
      return cache.put(addressOf(file), answer.redirected ? plain(answer, bytes) : copy);
    }
  }
  throw new Error(`${file} is of another version`);
}

/** All files or none: half a version is never offered. */
async function install() {
  const cache = await caches.open(NAME);
  try {
    await Promise.all(Object.keys(RELEASE.files).map((file) => keep(cache, file)));
  } catch (reason) {
    await caches.delete(NAME);
    throw reason;
  }
}

/** The older versions of this folder; other folders of the same host keep theirs. */
async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== NAME).map((name) => caches.delete(name)));
}

async function answer(request, file) {
  const cache = await caches.open(NAME);
  return (await cache.match(addressOf(file))) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forget()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const file = fileOf(event.request);
  if (file !== null) event.respondWith(answer(event.request, file));
});
