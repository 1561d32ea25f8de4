// The pictures of the library, drawn by a browser in two fonts: no word leaves its box or the picture, none covers another.
//
// The scene decides all of that from its table of widths, natively tested; here real glyphs are held against its decisions.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { openPage } from "./harness.mjs";

const FOLDER = new URL("../../crates/scene/tests/golden/", import.meta.url);
const PICTURES = readdirSync(FOLDER).filter((name) => name.endsWith(".svg"));
const FONTS = ["DejaVu Sans", "Liberation Sans"];

/** Runs in the page: shows the picture in one font, and says which level words are where they should not be. */
function misplaced({ picture, font }) {
  document.body.replaceChildren(document.importNode(new DOMParser().parseFromString(picture, "image/svg+xml").documentElement, true));
  const svg = document.querySelector("svg");
  const style = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "style"));
  style.textContent = `text, tspan { font-family: "${font}" !important }`;
  // Slanted words would need more than their upright boxes; the native tests know their corners.
  const level = [...svg.querySelectorAll("text")].filter((text) => !text.closest("[transform]"));
  const words = level.map((text) => ({ text, said: text.textContent, box: text.getBBox() }));
  const frame = svg.viewBox.baseVal;
  const slack = 0.5;
  const inside = (inner, outer) => inner.x >= outer.x - slack && inner.x + inner.width <= outer.x + outer.width + slack;
  const apart = (a, b) =>
    a.x + a.width <= b.x + slack || b.x + b.width <= a.x + slack || a.y + a.height <= b.y + 4 || b.y + b.height <= a.y + 4;
  const found = [];
  let boxed = 0;
  for (const { text, said, box } of words) {
    if (!inside(box, frame)) found.push(`"${said}" leaves the picture`);
    const before = text.previousElementSibling;
    if (before?.tagName !== "rect" || before.getBBox().x > box.x) continue;
    if (before.getBBox().x + before.getBBox().width < box.x) continue;
    boxed += 1;
    if (!inside(box, before.getBBox())) found.push(`"${said}" leaves its box`);
  }
  words.forEach((one, at) => {
    const covered = words.slice(at + 1).filter((other) => !apart(one.box, other.box));
    covered.forEach((other) => found.push(`"${one.said}" and "${other.said}" cover each other`));
  });
  return { found, boxed, words: words.length };
}

test("there are pictures to look at", () => assert.ok(PICTURES.length >= 8));

for (const font of FONTS) {
  test(`words stay in their boxes and apart, in ${font}`, async () => {
    const { room } = await openPage({ ready: null, before: (page) => page.route("**/*", (route) => route.fulfill({ body: "" })) });
    const page = await room.newPage();
    const wrong = [];
    let boxes = 0;
    for (const name of PICTURES) {
      const picture = readFileSync(new URL(name, FOLDER), "utf8");
      const { found, boxed, words } = await page.evaluate(misplaced, { picture, font });
      assert.ok(words > 10, `${name}: only ${words} words`);
      wrong.push(...found.map((one) => `${name}: ${one}`));
      boxes += boxed;
    }
    // Not every picture has a box, but most have.
    assert.ok(boxes > PICTURES.length, `only ${boxes} words in boxes`);
    assert.deepEqual(wrong, []);
    await room.close();
  });
}
