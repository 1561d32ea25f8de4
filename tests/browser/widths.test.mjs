// The scene lays text out by a table of glyph widths and never asks a browser. Here a browser is asked.
//
// The table is read from its source, so that this test speaks of the one in use. Each glyph, and words as the picture sets
// them, may be at most as wide as the table says, in both fonts that it was measured from.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openPage } from "./harness.mjs";

const SOURCE = readFileSync(new URL("../../crates/scene/src/width.rs", import.meta.url), "utf8");
const FONTS = ["DejaVu Sans", "Liberation Sans"];
const WEIGHTS = { REGULAR: [400], BOLD: [600, 700] };
const SIZES = [10, 11, 12, 13, 15];
const WORDS = ["granted · 33", "acquire", "write · 1000000000", "paused 15 s", "A believes · L does not", "effect-order violated · 15.2 s"];

function numbers(name) {
  const [, list] = SOURCE.match(new RegExp(`const ${name}: \\[u16; \\d+\\] = \\[([^\\]]*)\\];`));
  return list.match(/\d+/g).map(Number);
}

/** Glyph → thousandths of an em, for one weight. */
function table(name) {
  const ascii = numbers(name).map((width, at) => [String.fromCharCode(0x20 + at), width]);
  const others = [...SOURCE.matchAll(/\('(.)', (\d+), (\d+)\)/gu)];
  return new Map([...ascii, ...others.map(([, glyph, regular, bold]) => [glyph, Number(name === "BOLD" ? bold : regular)])]);
}

/** Runs in the page: how wide each text really is, as SVG text in this font. */
function measure({ texts, font, weight, size }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  document.body.replaceChildren(svg);
  const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
  label.style.cssText = `font: ${weight} ${size}px "${font}"; white-space: pre`;
  svg.append(label);
  return texts.map((text) => ((label.textContent = text), label.getComputedTextLength()));
}

async function widthsIn(page, texts, font, weight, size) {
  return page.evaluate(measure, { texts, font, weight, size });
}

async function onEmptyPage(use) {
  const { room } = await openPage({ ready: null, before: (page) => page.route("**/*", (route) => route.fulfill({ body: "" })) });
  const page = await room.newPage();
  await use(page).finally(() => room.close());
}

function tooWide(texts, real, allowed) {
  return texts.flatMap((text, at) => (real[at] > allowed[at] + 0.01 ? [`"${text}" is ${real[at]}, the table says ${allowed[at]}`] : []));
}

test("the table was read, and both fonts are here to compare with", () =>
  onEmptyPage(async (page) => {
    assert.ok(table("REGULAR").size > 100 && table("BOLD").size === table("REGULAR").size);
    const [dejavu] = await widthsIn(page, ["write"], "DejaVu Sans", 400, 100);
    const [liberation] = await widthsIn(page, ["write"], "Liberation Sans", 400, 100);
    const [fallback] = await widthsIn(page, ["write"], "no such font, serif", 400, 100);
    assert.equal(new Set([dejavu, liberation, fallback]).size, 3, "a font is missing: apt-get install fonts-dejavu-core fonts-liberation");
  }));

for (const [name, weights] of Object.entries(WEIGHTS)) {
  for (const font of FONTS) {
    test(`no glyph of ${font} is wider than the ${name.toLowerCase()} table says`, () =>
      onEmptyPage(async (page) => {
        const glyphs = [...table(name)];
        const texts = glyphs.map(([glyph]) => glyph);
        for (const weight of weights) {
          const real = await widthsIn(page, texts, font, weight, 1_000);
          assert.deepEqual(tooWide(texts, real, glyphs.map(([, width]) => width)), []);
        }
      }));

    test(`words fit at every size in ${font}, ${name.toLowerCase()}`, () =>
      onEmptyPage(async (page) => {
        const widths = table(name);
        const ems = WORDS.map((word) => [...word].reduce((sum, glyph) => sum + widths.get(glyph), 0) / 1_000);
        for (const size of SIZES) {
          for (const weight of weights) {
            const real = await widthsIn(page, WORDS, font, weight, size);
            assert.deepEqual(tooWide(WORDS, real, ems.map((em) => em * size)), [], `at ${size} px`);
          }
        }
      }));
  }
}
