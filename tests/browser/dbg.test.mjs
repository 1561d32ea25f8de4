// Links that were hurt on their way, in the page itself: each is refused with a sentence, or means what it meant; none
// opens anything else. And what does not show: it is marked, and the reader's text is kept to the letter.
//
// DAMAGED_LINKS=5000 tries so many; unasked it is a twentieth. The seed is fixed, so a finding is found again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { DESKTOP, PHONE, pageTest } from "./harness.mjs";
import { chapter } from "./hands.mjs";

const TROUBLE = "[data-notice=trouble]";
const MANY = Number(process.env.DAMAGED_LINKS ?? 250);

/** The check of docs/language.md, written down a second time: the CRC-32 in Crockford's base 32. */
function check(text) {
  let sum = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  let rest = BigInt((sum ^ 0xffffffff) >>> 0);
  let digits = "";
  for (let n = 0; n < 7; n += 1, rest >>= 5n) digits = "0123456789abcdefghjkmnpqrstvwxyz"[Number(rest & 31n)] + digits;
  return digits;
}

const sealed = (payload, before = "") => `${payload}.${check(before + payload)}`;
const packed = (form, bytes, before = "") => `${before}s1=${form}.${sealed(deflateRawSync(bytes).toString("base64url"), before)}`;
const readable = (text) =>
  `s1=t.${encodeURIComponent(text).replaceAll("%20", "+").replaceAll("%0A", "/").replaceAll("%3A", ":").replaceAll("%3B", ";")}/end`;

const SHORT = "fencepost 1\ntitle Hurt\nlock L lease 10s\nstore S\nclient A at 0s: acquire L; write S\nvariant v\n  store S check ge\n";
const SEVEN = chapter(7);
const preset = `a-lock-gone-wrong@${check(SEVEN)}`;
const posted = readFileSync(new URL("../../crates/scenario/tests/links/packed-a-lock-gone-wrong.txt", import.meta.url), "utf8");
const [address, old] = [posted.slice(0, posted.indexOf("\n")), posted.slice(posted.indexOf("\n----\n") + 6)];
const WITH = "with=seed+7/until+9s&";

/** One sound link of every form, and the text that it opens. `typed` is the form whose damage only a cut shows. */
const SOUND = [
  { link: readable(SHORT), text: SHORT, typed: true },
  { link: `v=v&theme=dark&${readable(SHORT)}`, text: SHORT, typed: true },
  { link: packed("w", SEVEN), text: SEVEN },
  { link: `at=1s&ui=full&theme=light&v=fenced&${packed("w", SEVEN)}`, text: SEVEN },
  { link: packed("w", SHORT, WITH), text: `${SHORT}\nvariant with\n  seed 7\n  until 9s\n` },
  { link: address.split("#")[1], text: old },
  { link: `p1=${sealed(preset)}`, text: SEVEN },
  { link: `${WITH}p1=${sealed(preset, WITH)}`, text: `${SEVEN}\nvariant with\n  seed 7\n  until 9s\n` },
];

/** Numbers below `n`, the same on every run. */
function dice(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!$'()*+,;:@/?%&=";
const put = (text, at, piece, instead = 0) => text.slice(0, at) + piece + text.slice(at + instead);
const junk = ["%", "%4g", "%zz", "%ff%fe", "%C3", "%E2%82"];

/** Where a link may be cut: what is left of it must not be a whole link that only says how to look. */
const cut = ({ link }, roll) => {
  const left = link.slice(0, 1 + roll(link.length - 1));
  return /^((ui|theme)=[a-z]+&?)*$/.test(left) ? "s1" : left;
};

const DAMAGES = {
  cut,
  "a changed character": ({ link }, roll) => put(link, roll(link.length), LETTERS[roll(LETTERS.length)], 1),
  "two characters exchanged": ({ link }, roll) => {
    const [one, other] = [roll(link.length), roll(link.length)];
    return put(put(link, one, link[other], 1), other, link[one], 1);
  },
  "a piece doubled": ({ link }, roll) => {
    const from = roll(link.length);
    const piece = link.slice(from, from + 1 + roll(30));
    return put(link, from, piece.repeat(1 + roll(3)));
  },
  "a piece lost": ({ link }, roll) => put(link, roll(link.length), "", 1 + roll(20)),
  "a piece of another link": ({ link }, roll) => {
    const other = SOUND[roll(SOUND.length)].link;
    return put(link, roll(link.length), other.slice(roll(other.length)), roll(40));
  },
};

/** What the form that a person types shows of damage; nobody can tell a changed letter from one that was meant. */
const TYPED = {
  cut,
  "junk of percent signs": ({ link }, roll) => put(link, link.indexOf("t.") + 2, junk[roll(junk.length)]),
  "something behind the end": ({ link }, roll) => link + LETTERS[roll(26)].repeat(1 + roll(9)),
  "another form": ({ link }, roll) => link.replace("s1=t.", `s1=${"abcdefghijklmnopqrs"[roll(19)]}.`),
  "another key": ({ link }, roll) => link.replace("s1=", `s${2 + roll(90)}=`),
};

/** No damage but malice: sealed as it should be, and no scenario. */
const HOSTILE = [
  (roll) => packed(roll(2) ? "w" : "z", "x".repeat(262_145 + roll(4_000_000))),
  (roll) => packed(roll(2) ? "w" : "z", Buffer.from([0xff, roll(256), 0xfe])),
  (roll) => `s1=${"wz"[roll(2)]}.${sealed(Buffer.from(Array.from({ length: 1 + roll(60) }, () => 0xff - roll(8))).toString("base64url"))}`,
  (roll) => `${SOUND[roll(SOUND.length)].link}${"a".repeat(66_000)}`,
  (roll) => `${"x=1&".repeat(17_000)}${SOUND[roll(SOUND.length)].link}`,
  (roll) => `p1=${sealed(`no-such-chapter-${roll(99)}@0000000`)}`,
  (roll) => `p1=a-lock-gone-wrong@${"o".repeat(7 + roll(9))}`,
  (roll) => `with=${junk[roll(junk.length)]}&${SOUND[roll(SOUND.length)].link}`,
  (roll) => `${junk[roll(junk.length)].repeat(1 + roll(9))}`,
  (roll) => `src=${["http://a.org/x", "javascript:alert(1)", "https://", "data:,x"][roll(4)]}`,
];

/** A damaged link, what was done to it, and the text of the sound one. */
function damaged(roll) {
  if (roll(8) === 0) return { name: "malice", fragment: HOSTILE[roll(HOSTILE.length)](roll), text: null };
  const sound = SOUND[roll(SOUND.length)];
  const kinds = Object.entries(sound.typed ? TYPED : DAMAGES);
  const [name, hurt] = kinds[roll(kinds.length)];
  return { name, fragment: hurt(sound, roll), text: sound.text };
}

/** So many different ones, each of which differs from its sound link. */
function campaign(many, seed) {
  const roll = dice(seed);
  const all = new Map();
  while (all.size < many) {
    const hurt = damaged(roll);
    if (!SOUND.some(({ link }) => link === hurt.fragment)) all.set(hurt.fragment, hurt);
  }
  return [...all.values()];
}

/** In the page: goes to each link and back to a good one, and tells what is shown behind each. */
async function visitAll({ good, goodText, fragments }) {
  const shown = () => {
    const notice = document.querySelector("[data-notice] p");
    return {
      refused: document.querySelector("[data-notice=trouble]") !== null,
      sentence: notice?.textContent ?? "",
      text: document.querySelector(".editor textarea")?.value ?? null,
      picture: document.querySelector("svg.picture") !== null,
      verdicts: document.querySelectorAll("[data-verdict]").length,
    };
  };
  const until = async (reached) => {
    for (let n = 0; n < 1_000 && !reached(shown()); n += 1) await new Promise((done) => setTimeout(done, n < 50 ? 0 : 10));
    if (!reached(shown())) throw new Error("STUCK " + JSON.stringify({ hash: location.hash.slice(0, 80), state: history.state, length: history.length, shown: shown() }).slice(0, 600) + " LAST " + JSON.stringify(seen.slice(-1)).slice(0,300) + " N " + seen.length);
    return shown();
  };
  const seen = [];
  for (const fragment of fragments) {
    location.hash = good;
    await until((now) => now.text === goodText && !now.refused);
    location.hash = fragment;
    seen.push(await until((now) => now.refused || now.text !== goodText));
  }
  return seen;
}

pageTest(`${MANY} damaged links: each is refused, and none opens anything else`, { timeout: 60_000 + MANY * 1_000 }, async ({ page }) => {
  const goodText = "fencepost 1\ntitle Good\n";
  const good = readable(goodText);
  for (const { link, text } of SOUND) {
    const [seen] = await page.evaluate(visitAll, { good, goodText, fragments: [link] });
    assert.deepEqual([seen.text, seen.refused], [text, false], `a sound link opens: ${link}`);
  }
  const all = campaign(MANY, 7);
  let same = 0;
  for (let from = 0; from < all.length; from += 100) {
    const batch = all.slice(from, from + 100);
    const seen = await page.evaluate(visitAll, { good, goodText, fragments: batch.map((hurt) => hurt.fragment) });
    for (const [place, now] of seen.entries()) {
      const { name, fragment, text } = batch[place];
      const told = `${name}: ${fragment.slice(0, 400)}\n${JSON.stringify(now).slice(0, 400)}`;
      if (now.refused) {
        assert.match(now.sentence, /^(This|The end of this) link .{20,}[.]$/, told);
        assert.deepEqual([now.text, now.picture, now.verdicts], [null, false, 0], told);
      } else {
        // What was hurt was only how to look at it, or means the same in another spelling.
        assert.equal(now.text, text, told);
        same += 1;
      }
    }
  }
  assert.ok(same < MANY / 5, `${same} of ${MANY} were not refused`);
});

for (const [size, options] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  pageTest(`a page behind a broken link says only that: ${size}`, { ...options, hash: "#s1=t.fencepost+1/sto", ready: TROUBLE }, async ({ page }) => {
    for (const absent of ["svg.picture", "[data-verdict]", "textarea", "nav.tabs", ".invite", "button.share"]) {
      assert.equal(await page.locator(absent).count(), 0, absent);
    }
    assert.match(await page.locator(TROUBLE).innerText(), /The end of this link is missing/);
    await page.getByRole("button", { name: "Open what can still be read" }).click();
    await page.locator("[data-digest]:not([data-digest=''])").waitFor();
    assert.equal(await page.locator("textarea").inputValue(), "fencepost 1\nsto");
  });
}

pageTest("a broken link in an embed stays an embed", { hash: "#ui=embed&theme=dark&p1=a-lock-gone-wrong@oooooooo", ready: TROUBLE }, async ({ page }) => {
  assert.equal(await page.locator("[data-frame=embed][data-theme=dark]").count(), 1);
  for (const absent of ["header.bar", "svg.picture", "[data-verdict]", "nav.tabs"]) {
    assert.equal(await page.locator(absent).count(), 0, absent);
  }
});

pageTest("a text that is newer than the page shows its banner and no verdicts", { hash: "#s1=t.fencepost+99/store+S/end", ready: TROUBLE }, async ({ page }) => {
  assert.match(await page.locator(TROUBLE).innerText(), /version 99 of the language/);
  for (const absent of ["svg.picture", "[data-verdict]", "nav.tabs"]) assert.equal(await page.locator(absent).count(), 0, absent);
  const text = page.locator("textarea");
  assert.equal(await text.inputValue(), "fencepost 99\nstore S");
  await text.fill("fencepost 1\nstore S\nclient A at 0s: write S\n");
  await page.locator("svg.picture").waitFor();
});

pageTest("what does not show is marked wherever it is shown, and kept to the letter", {}, async ({ page }) => {
  const text = "fencepost 1\ntitle pay\u202eecila\u202c now\nlock L lease 10s # \u200b\u0007\nclient A at 0s: acquire L\n";
  await page.locator(".editor textarea").fill(text);
  await page.locator(".chapter", { hasText: "pay⟨U+202E⟩ecila⟨U+202C⟩ now" }).waitFor();
  assert.equal(await page.locator(".editor textarea").inputValue(), text);
  const marks = await page.locator(".editor .unseen").evaluateAll((all) => all.map((one) => one.dataset.mark));
  assert.deepEqual(marks, ["⟨U+202E⟩", "⟨U+202C⟩", "⟨U+200B⟩", "⟨U+0007⟩"]);
  const remarks = await page.locator(".diagnostics li").allInnerTexts();
  assert.match(remarks[0], /^Line 2: this line holds ⟨U\+202E⟩ \(right-to-left override\) and 1 more/);
  const hidden = /[\u202c\u202e\u200b\u0007]/;
  const others = await page.evaluate(() => document.querySelector(".fencepost").innerText + document.title);
  assert.doesNotMatch(others, hidden, "the field alone has the characters themselves");
});
