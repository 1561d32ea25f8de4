// Runs in bench/peers.html: draws a text with each peer and says how long that took, up to forced layout.

import { mermaidText, svgSequenceText } from "./scenarios.mjs";
import { SequenceDiagram } from "./node_modules/svg-sequence-diagram/lib/sequence-diagram-web.mjs";

const picture = document.getElementById("picture");

/** Reading a size makes the browser lay out what was just inserted. */
function forceLayout() {
  return picture.getBoundingClientRect().height + picture.querySelector("svg").getBoundingClientRect().width;
}

const { mermaid } = globalThis;
mermaid.initialize({ startOnLoad: false, maxTextSize: 1e7, maxEdges: 1e6 });

async function drawMermaid(count, edit) {
  const { svg } = await mermaid.render("peer", mermaidText(count, edit));
  picture.innerHTML = svg;
}

let diagram = null;

/** Its fastest way: one diagram, kept, whose code is replaced. */
async function drawSvgSequence(count, edit) {
  if (!diagram) {
    diagram = new SequenceDiagram();
    picture.replaceChildren(diagram.dom());
  }
  diagram.set(svgSequenceText(count, edit));
}

const PEERS = { mermaid: drawMermaid, svgSequence: drawSvgSequence };

/** Milliseconds of each of `samples` edits, after one that is not counted. */
globalThis.measurePeer = async (peer, count, samples) => {
  diagram = null;
  picture.replaceChildren();
  const times = [];
  for (let edit = 0; edit <= samples; edit++) {
    const began = performance.now();
    await PEERS[peer](count, `edit ${edit}`);
    forceLayout();
    if (edit > 0) times.push(performance.now() - began);
  }
  return { times, drawn: picture.querySelectorAll("svg text").length };
};

document.documentElement.dataset.ready = "yes";
