// The picture under the hand: it is drawn wherever it is seen, keeps still while it is dragged, and says what it offers.

import assert from "node:assert/strict";
import { assertAccessible } from "./checks.mjs";
import { DESKTOP, NARROWEST, pageTest, PHONE } from "./harness.mjs";
import { chapter, finger, grip, lane, middleOf, painted, show, typeText } from "./hands.mjs";

/** What of the picture is painted where the reader looks: every arrow and mark in the window, by its place. */
const inView = (page) =>
  page.evaluate(() => {
    const { top } = document.querySelector("svg.picture").getBoundingClientRect();
    const boxes = [...document.querySelectorAll("svg.picture :is(.arrows, .marks, .labels, .ruler g) > *")].map((one) => one.getBoundingClientRect());
    const seen = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight);
    return seen.map((box) => `${Math.round(box.left)} ${Math.round(box.top - top)}`).sort();
  });

/** Whether the stretch in view is painted to its end: nothing is missing that a scroll there and back would bring. */
async function assertPainted(page, why) {
  await painted(page);
  await painted(page);
  const at = await inView(page);
  // What is in view after a scroll event is painted for certain.
  await page.evaluate(() => dispatchEvent(new Event("scroll")));
  await painted(page);
  const after = await inView(page);
  assert.ok(after.length > 5, `${why}: only ${after.length} things in view`);
  assert.deepEqual(at, after, why);
}

pageTest("what comes into view is drawn: the window grows", { viewport: { width: 1440, height: 480 } }, async ({ page }) => {
  await typeText(page, chapter(33));
  await assertPainted(page, "at first");
  const few = (await inView(page)).length;
  await page.setViewportSize({ width: 1440, height: 2_000 });
  await assertPainted(page, "after the window grew");
  assert.ok((await inView(page)).length > few, "a higher window shows more");
  await page.locator(".timeline-slot").evaluate((slot) => slot.scrollTo(0, 900));
  await page.setViewportSize({ width: 1440, height: 500 });
  await page.setViewportSize({ width: 1100, height: 1_900 });
  await assertPainted(page, "after the window grew and the panels went below");
});

pageTest("what comes into view is drawn: a phone is turned, a panel above closes", { ...PHONE, viewport: { width: 780, height: 360 } }, async ({ page }) => {
  await typeText(page, chapter(33));
  await page.setViewportSize({ width: 360, height: 2_600 });
  await assertPainted(page, "turned upright");
  await page.evaluate(() => {
    const above = Object.assign(document.createElement("div"), { id: "above" });
    above.style.height = "2400px";
    document.querySelector(".stage").prepend(above);
  });
  await painted(page);
  await page.evaluate(() => dispatchEvent(new Event("scroll")));
  await painted(page);
  await page.evaluate(() => document.querySelector("#above").remove());
  await assertPainted(page, "after what stood above is gone");
});

/** The pause that is being dragged, in seconds. */
const paused = async (page) => Number((await page.locator("output.readout").textContent()).match(/^paused ([\d.]+) s$/)[1]);

pageTest("pixel by pixel a drag goes in equal steps and never back, through folds and past their edges", {}, async ({ page }) => {
  const at = await middleOf(grip(page, 0, "end"));
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  const seen = [];
  for (let n = 4; n <= 160; n += 1) {
    await page.mouse.move(at.x, at.y - n);
    await painted(page);
    seen.push(await paused(page));
  }
  await page.mouse.up();
  assert.deepEqual(seen, [...seen].sort((a, b) => b - a), "up is never later");
  const steps = [...new Set(seen)].filter((length) => length >= 10.5);
  assert.deepEqual(steps, steps.map((_, n) => steps[0] - n / 2), "in the long quiet stretch, by half a second");
  assert.ok(Math.min(...seen) < 10.2, "and on beyond it");
});

/** Where everything stands that a drag must not move. */
const places = (page) =>
  page.evaluate(() => {
    const all = { ".bar": 0, ".stage-bar": 0, ".heads": 0, "svg.picture": 0, ".text-column": 0, ".editor": 0, ".side": 0, ".tabs": 0 };
    for (const name of Object.keys(all)) all[name] = document.querySelector(name).getBoundingClientRect().top;
    const scrolled = [window, ...document.querySelectorAll(".timeline-slot, .column")].map((one) => one.scrollY ?? one.scrollTop);
    return { ...all, ...Object.fromEntries(scrolled.map((top, n) => [`scroll ${n}`, top])) };
  });

function assertStill(before, after, why, apart = []) {
  for (const [name, top] of Object.entries(before)) {
    if (!apart.includes(name)) assert.ok(Math.abs(after[name] - top) <= 1, `${why}: ${name} went from ${top} to ${after[name]}`);
  }
}

for (const [name, size] of Object.entries({ "1440 px": DESKTOP, "768 px": { viewport: { width: 768, height: 1024 } }, "360 px": { viewport: { width: 360, height: 780 } } })) {
  pageTest(`during a drag nothing moves but what is dragged, nor at its end: ${name}`, size, async ({ page }) => {
    // What is judged afterwards has its place then.
    await page.waitForSelector('.side [aria-label="Why"]', { state: "attached" });
    const at = await show(grip(page, 0, "end"));
    const before = await places(page);
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    for (const up of [6, 18, 31, 44, 70, 100, 50]) {
      await page.mouse.move(at.x, at.y - up);
      await painted(page);
      assertStill(before, await places(page), `${up} px up`);
      // A busy machine runs a drag a little behind the hand.
      await page.waitForFunction((hand) => {
        const { top, height } = document.querySelector(".grip.hot .knob").getBoundingClientRect();
        return Math.abs(top + height / 2 - hand) <= 9;
      }, at.y - up);
    }
    await page.mouse.up();
    await page.waitForSelector(".diagram:not(.dragging, .easing)");
    await painted(page);
    // The text lies below the verdicts at 768 px, which now take the room that their words need.
    assertStill(before, await places(page), "let go", name === "768 px" ? [".editor", ".text-column"] : []);
  });
}

/** Awaits that the window is scrolled further than `from`. */
const further = (page, from) => page.waitForFunction((from) => scrollY > from + 40, from);

pageTest("a mouse that drags at the lower edge scrolls, and no longer when it lets go", { viewport: { width: 1440, height: 640 } }, async ({ page }) => {
  const slot = page.locator(".timeline-slot");
  // An end can go on as far as the picture does; a beginning stops at the end.
  const at = await show(grip(page, 0, "end"));
  const top = await slot.evaluate((box) => box.scrollTop);
  const bottom = await slot.evaluate((box) => box.getBoundingClientRect().bottom);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x, at.y + 20);
  await page.mouse.move(at.x, bottom - 6);
  // On its way, what is held is under the hand.
  await page.waitForFunction(({ top, hand }) => {
    const knob = document.querySelector(".grip.hot .knob").getBoundingClientRect();
    const scrolled = document.querySelector(".timeline-slot").scrollTop - top;
    return scrolled > 40 && Math.abs(knob.top + knob.height / 2 - hand) < 12;
  }, { top, hand: bottom - 6 });
  await page.mouse.up();
  await page.waitForSelector(".diagram:not(.dragging, .easing)");
  const end = await slot.evaluate((box) => box.scrollTop);
  for (let n = 0; n < 5; n += 1) await painted(page);
  assert.equal(await slot.evaluate((box) => box.scrollTop), end);
});

pageTest("a finger that drags at the edge scrolls the window", PHONE, async ({ page }) => {
  await page.evaluate(() => scrollTo(0, 60));
  const at = await middleOf(grip(page, 0, "start"));
  const from = await page.evaluate(() => scrollY);
  const bar = await page.locator(".tabs").boundingBox();
  const touch = await finger(page);
  await touch.down(at);
  for (let n = 1; n <= 10; n += 1) await touch.move({ x: at.x, y: at.y + ((bar.y - 8 - at.y) * n) / 10 });
  await further(page, from);
  await touch.up();
  await page.waitForSelector(".diagram:not(.dragging)");
});

const SIZES = { "1440 px": DESKTOP, "768 px": { viewport: { width: 768, height: 1024 } }, "360 px": PHONE, "320 px": NARROWEST, "a low window": { viewport: { width: 1200, height: 480 } } };

for (const [name, size] of Object.entries(SIZES)) {
  pageTest(`a header shows that it opens, and its menu is whole and beside its lane: ${name}`, size, async ({ page }) => {
    for (const head of await page.locator(".heads .head").all()) {
      await head.scrollIntoViewIfNeeded();
      assert.ok(await head.locator(".opens").isVisible(), "the mark");
      await head.press("Enter");
      const menu = page.locator('.diagram .menu[role="dialog"]');
      await menu.waitFor();
      await painted(page);
      const box = await menu.boundingBox();
      const { width, height } = page.viewportSize();
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height + 1, `${JSON.stringify(box)} in ${width} × ${height}`);
      // Its last control can be reached, and lies on top there.
      const last = menu.locator(".controls button").last();
      await last.scrollIntoViewIfNeeded();
      const on = await last.evaluate((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      assert.ok(on, "something lies over the menu's last control");
      const lane = await middleOf(head);
      if (width >= 680) assert.ok(lane.x < box.x || lane.x > box.x + box.width, `the menu from ${box.x} covers the lane at ${lane.x}`);
      await page.keyboard.press("Escape");
      await menu.waitFor({ state: "detached" });
      assert.ok(await head.evaluate((button) => button === document.activeElement), "the focus is back on the header");
    }
  });
}

pageTest("a menu of a thing low on a phone is whole, and does not lie over the thing", PHONE, async ({ page }) => {
  const { x } = await lane(page, "S");
  await page.touchscreen.tap(x, 560);
  const menu = page.locator('.diagram .menu[role="dialog"]');
  await menu.waitFor();
  await painted(page);
  const [box, ring] = [await menu.boundingBox(), await page.locator(".ring circle").boundingBox()];
  assert.ok(box.y > 100 && box.y + box.height <= 781, `the sheet is at ${JSON.stringify(box)}`);
  assert.ok(ring.y + ring.height <= box.y + 1, `the ring at ${ring.y} is under the sheet at ${box.y}`);
});

pageTest("a header's actions say which moment they are for", {}, async ({ page }) => {
  const menu = page.locator('.diagram .menu[role="dialog"]');
  await page.locator('.head[data-lane="S"]').click();
  await menu.getByRole("button", { name: "Crash S at 0 ms" }).waitFor();
  await menu.getByText("no moment is chosen yet").waitFor();
  await page.keyboard.press("Escape");
  const { x, top } = await lane(page, "S");
  await page.mouse.click(x, top + 120);
  const title = await menu.locator("header b").innerText();
  const when = title.match(/^S (at .+)$/)[1];
  await page.keyboard.press("Escape");
  await page.locator('.head[data-lane="B"]').click();
  for (const verb of ["Pause B", "Crash B", "Mute B", "Deafen B", "Slow its clock to half"]) {
    await menu.getByRole("button", { name: `${verb} ${when}` }).waitFor();
  }
  await menu.getByRole("button", { name: `Crash B ${when}` }).click();
  await page.waitForFunction((when) => document.querySelector(".editor textarea").value.includes(`crash B ${when.replace(" ms", "ms").replace(" s", "s")}`), when);
});

for (const [name, size] of Object.entries({ "360 px": PHONE, "320 px": NARROWEST })) {
  pageTest(`more lanes to the right are told, and the keyboard gets there: ${name}`, size, async ({ page }) => {
    await typeText(page, chapter(33));
    const more = page.locator(".heads .beyond button").last();
    const told = Number((await more.innerText()).match(/^(\d+) more →$/)[1]);
    assert.match(await more.getAttribute("aria-label"), /^Show \d+ more lanes to the right: .*N5, B$/);
    const hidden = await page.locator(".heads .head").evaluateAll((heads) => {
      const edge = document.querySelector(".heads .beyond button").getBoundingClientRect().left;
      return heads.filter((head) => head.getBoundingClientRect().left + head.offsetWidth / 2 > edge).length;
    });
    assert.equal(told, hidden, "as many as are out of view or under the button");
    await assertAccessible(page);
    for (let n = 0; n < 9 && (await page.getByRole("button", { name: /to the right/ }).count()) > 0; n += 1) {
      await page.getByRole("button", { name: /to the right/ }).press("Enter");
      await painted(page);
    }
    const last = await page.locator(".heads .head").last().evaluate((head) => [head === document.activeElement, head.getBoundingClientRect().right]);
    assert.ok(last[0] && last[1] <= page.viewportSize().width, "the last lane is in view and has the focus");
    assert.match(await page.locator(".heads .beyond button").innerText(), /^← \d+ more$/);
  });
}

pageTest("where all lanes are in view, none is said to be out of it", {}, async ({ page }) => {
  await typeText(page, chapter(33));
  assert.equal(await page.locator(".heads .beyond").count(), 0);
});

/** The address of what is shown, once it has been written. */
async function address(page) {
  await page.waitForFunction(() => location.hash.length > 20);
  return page.evaluate(() => location.hash.slice(1));
}

/** Waits until the marked moment is drawn in view and says so. */
const marked = (page, words) =>
  page.waitForFunction((words) => {
    const mark = document.querySelector(".moment[data-moment] line");
    const y = mark?.getBoundingClientRect().top;
    return mark?.parentElement.dataset.moment === words && y > document.querySelector(".heads").getBoundingClientRect().bottom && y < innerHeight;
  }, words);

for (const [name, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  pageTest(`at= in a link goes there, also into a fold and in a text that is open already: ${name}`, size, async ({ page, again }) => {
    await typeText(page, `${chapter(33)}# a copy\n`.replace("\n# a copy", "\n\n# a copy"));
    await page.evaluate((text) => {
      const field = document.querySelector(".editor textarea");
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, `${chapter(33)}\n# mine\n`);
    const here = await address(page);
    // Nothing happens at 12 s: the axis is folded there.
    const other = await again({ hash: `#at=12s&${here}` });
    await marked(other, "12 s");
    await other.evaluate((hash) => { location.hash = hash; }, `at=2150ms&${here}`);
    await marked(other, "2.15 s");
    await other.evaluate((hash) => { location.hash = hash; }, `at=29s&${here}`);
    await marked(other, "29 s");
  });
}

pageTest("the line of a fault that is placed, pointed at or chosen is lit, and no other", {}, async ({ page }) => {
  const lit = () => page.locator(".editor .line:is(.marked, .changed)").allInnerTexts();
  const { x, top } = await lane(page, "S");
  await page.mouse.move(x, top + 120);
  await page.mouse.down();
  for (let n = 1; n <= 5; n += 1) await page.mouse.move(x, top + 120 + 10 * n);
  await page.waitForSelector(".editor .line.changed");
  assert.match((await lit()).join("|"), /^\s*pause S at \S+ for \S+\s*$/, "the lines below have only moved");
  await page.mouse.up();
  await page.waitForSelector('[data-grip="end"][data-fault="1"]', { state: "attached" });
  await page.waitForSelector(".diagram:not(.dragging, .easing)");
  const at = await middleOf(grip(page, 0, "start"));
  await page.mouse.move(at.x, at.y);
  await page.waitForFunction(() => [...document.querySelectorAll(".editor .line.marked")].some((line) => /pause A/.test(line.textContent)));
  await page.mouse.move(at.x + 60, 8);
  await page.waitForFunction(() => ![...document.querySelectorAll(".editor .line.marked")].some((line) => /pause A/.test(line.textContent)));
});

for (const [name, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  pageTest(`that the link is copied is said at the button: ${name}`, size, async ({ page }) => {
    await page.getByRole("button", { name: "Share" }).click();
    const button = page.getByRole("button", { name: "Copy link" });
    const said = page.locator("dialog output[aria-live=polite]");
    assert.equal(await said.innerText(), "", "nothing before it is pressed");
    await button.click();
    await page.getByRole("dialog").getByText("The link is on the clipboard.").waitFor();
    const [from, at] = [await button.boundingBox(), await said.boundingBox()];
    assert.ok(at.y >= from.y && at.y - (from.y + from.height) < 24, "below the button, and near it");
    assert.equal(await page.locator("[data-notice]").count(), 0, "and not in a corner");
  });
}
