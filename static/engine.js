// Starts the page: loads the engine, its glue and the style sheets side by side, and says how far that is.
// A file and not an inline script, so that the page's Content-Security-Policy can forbid those.
const { glue, wasm, size } = document.getElementById("engine").dataset;

/** Who is told: static/start.js, unless it did not come itself. The page starts without it all the same. */
const shell = globalThis.fencepostStart ?? { stopped: false, failed() {}, broke() {}, missing() {}, progress() {}, started() {} };

/** A failure that the shell has been told of. */
class Told extends Error {}

function addressOf(file) {
  return new URL(file, document.baseURI).href;
}

function lost(file, kind) {
  shell.failed(addressOf(file), kind);
  return new Told(`${file} did not come`);
}

async function loadGlue() {
  try {
    return await import(addressOf(glue));
  } catch {
    throw lost(glue, "js");
  }
}

async function loadEngine() {
  const answer = await fetch(addressOf(wasm), { credentials: "same-origin" }).catch(() => {
    throw lost(wasm, "wasm");
  });
  if (!answer.ok) {
    shell.missing(addressOf(wasm), answer.status);
    throw new Told(`${wasm} is missing`);
  }
  return WebAssembly.compileStreaming(isKept(answer) ? answer : counted(answer));
}

/** From this browser's own copy the engine comes at once, and its first form may be compiled already. */
function isKept(answer) {
  try {
    return Boolean(navigator.serviceWorker?.controller) && answer.headers.get("content-type") === "application/wasm";
  } catch {
    // A sandboxed frame throws where it is asked.
    return false;
  }
}

/** The same bytes, counted on their way, and labelled as what they are: hosts call them all sorts of things. */
function counted(answer) {
  let bytes = 0;
  const reader = answer.body.getReader();
  const pull = async (onwards) => {
    const { done, value } = await reader.read().catch(() => {
      throw lost(wasm, "wasm");
    });
    if (done) return onwards.close();
    bytes += value.length;
    shell.progress(bytes, Number(size));
    onwards.enqueue(value);
  };
  return new Response(new ReadableStream({ pull }), { headers: { "content-type": "application/wasm" } });
}

/** Without them the page would be there and unreadable. */
async function loadStyles() {
  if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  await Promise.all(links.filter((link) => !link.sheet).map(settled));
  const refused = links.find(isRefused);
  if (refused) throw lost(refused.href, "css");
}

/** A sheet under a wrong type arrives, and has nothing in it. */
function isRefused(link) {
  try {
    return !link.sheet?.cssRules.length;
  } catch {
    // In a sandboxed frame it is a stranger's, and may not be looked at.
    return false;
  }
}

/** Came or failed: the shell hears of a failure by itself. */
function settled(link) {
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });
}

async function start() {
  const [made, module] = await Promise.all([loadGlue(), loadEngine(), loadStyles()]);
  if (shell.stopped) return;
  await made.default({ module_or_path: module });
  shell.started();
}

if (!shell.stopped) {
  start().catch((reason) => {
    if (!(reason instanceof Told)) shell.broke(String(reason?.message ?? reason));
    throw reason;
  });
}
