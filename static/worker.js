// Works for the page beside it: the same wasm, which finds no document here and so draws nothing. What it is told first is
// where the glue is, with the module that the page has compiled already; all else are messages of src/work/message.rs.

/** Works so many milliseconds before it listens again: a question may not be wanted any more. */
const SLICE = 20;

let work = null;
let going = false;
const waiting = [];

function go() {
  const until = performance.now() + SLICE;
  while (!work.idle() && performance.now() < until) {
    const said = work.step();
    if (said !== undefined) postMessage(said);
  }
  going = !work.idle();
  if (going) setTimeout(go);
}

function hear(said) {
  if (!work) return waiting.push(said);
  work.hear(said);
  if (!going) go();
}

async function begin({ glue, module }) {
  try {
    const made = await import(glue);
    await made.default({ module_or_path: module });
    work = new made.Work();
  } catch {
    // A policy may forbid it. The page then works by itself.
    return postMessage("refused");
  }
  postMessage("ready");
  waiting.splice(0).forEach(hear);
}

addEventListener("message", ({ data }) => (typeof data === "string" ? hear(data) : begin(data)));
