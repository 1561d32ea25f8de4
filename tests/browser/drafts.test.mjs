// Nothing of the reader's is lost: whatever is opened, looked at, reloaded or closed, in whatever order and in however
// many tabs, every text the reader wrote is kept to the letter until the reader writes on in it.
//
// ORDERS=200 tries them all, as scripts/soak.sh does; a twentieth of them is tried here.

import assert from "node:assert/strict";
import { openPage, pageTest, PHONE, NARROWEST, READY, THEMES } from "./harness.mjs";
import { assertAccessible } from "./checks.mjs";
import { anotherRun, dice, digestOf, painted, textOf, writeText } from "./hands.mjs";

const ORDERS = Number(process.env.ORDERS ?? 10);
const FOREIGN = "#s1=t.fencepost+1/title+Foreign/lock+L+lease+10s/client+A+at+0s:+acquire+L;+work+5ms;+release+L/end";
const OWN = "fencepost 1\ntitle My own\nlock L lease 10s\nclient A at 0s: acquire L; work 5ms; release L\n";
const NOTICE = "[data-notice]";

/** All drafts, as the browser keeps them now: the texts, in no order. */
const drafts = (page) =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith("fencepost.draft."))
      .map(([, record]) => record.slice(record.indexOf("\n\n") + 2)),
  );

/** Waits until the pane holds this text. */
const shows = (page, text) =>
  page.waitForFunction((text) => document.querySelector(".editor textarea")?.value === text, text, { timeout: 20_000 });

/** A reader with one storage, and what must not be lost. */
class Reader {
  must = new Set();
  became = new Map();
  count = 0;

  constructor({ page, again, watch }) {
    Object.assign(this, { again, watch });
    this.arrive(page);
  }

  /** A page with a history of its own. */
  arrive(page) {
    [this.page, this.entries, this.at] = [page, [], 0];
  }

  async note() {
    this.entries[this.at] = await textOf(this.page);
  }

  /** The reader writes on in what is shown. */
  async write(page = this.page) {
    const before = await textOf(page);
    const after = `${before}# line ${(this.count += 1)}\n`;
    await page.locator(".editor textarea").fill(after);
    this.must.delete(before);
    this.must.add(after);
    this.became.set(before, after);
    if (page === this.page) await this.note();
    return after;
  }

  /** Opens something that makes an entry of the history, and waits until another text is shown. */
  async open(how) {
    const before = await textOf(this.page);
    await how();
    await this.page.waitForFunction((old) => document.querySelector(".editor textarea").value !== old, before);
    this.entries.length = (this.at += 1);
    await this.note();
  }

  async walk(step) {
    const to = this.at + step;
    if (to < 0 || to >= this.entries.length) return;
    await this.page.evaluate(
      (step) =>
        new Promise((done) => {
          addEventListener("popstate", () => setTimeout(done), { once: true });
          history.go(step);
        }),
      step,
    );
    this.at = to;
    await this.check();
    const shown = await textOf(this.page);
    assert.ok(this.newer(this.entries[to]).includes(shown), `an older text came back:\n${shown}\ninstead of\n${this.entries[to]}`);
    await this.note();
  }

  /** A text and what another tab has made of it since. */
  newer(text) {
    const all = [text];
    while (this.became.has(all.at(-1))) all.push(this.became.get(all.at(-1)));
    return all;
  }

  async check(page = this.page) {
    // A tab sees what another has written a moment later.
    for (let kept, n = 0; ; n += 1) {
      kept = await drafts(page);
      const lost = [...this.must].find((text) => !kept.includes(text));
      if (lost === undefined) return;
      assert.ok(n < 100, `lost:\n${lost}\nkept:\n${kept.join("\n---\n")}`);
      await painted(page);
    }
  }

  ways = {
    write: () => this.write(),
    chapter: async (roll) => {
      const chapters = this.page.locator(".chapters button");
      await this.open(async () => {
        await this.page.locator("button.chapter").click();
        // Not the one that is shown already.
        const title = await this.page.locator("button.chapter span").last().innerText();
        const other = [1, 3, 6, 7].map((place) => chapters.nth(place));
        const place = roll(3);
        const first = (await other[place].innerText()).includes(title) ? other[3] : other[place];
        await first.click();
      });
    },
    link: async () => {
      const line = `/%23+${(this.count += 1)}/end`;
      await this.open(() => this.page.evaluate((hash) => { location.hash = hash; }, FOREIGN.replace("/end", line)));
    },
    with: () => this.open(() => this.page.evaluate((line) => { location.hash = line; }, FOREIGN.replace("#", `#with=until+${20 + (this.count += 1)}s&`))),
    variant: async () => {
      const choice = this.page.locator(".segments button[aria-pressed=false]").first();
      if (await choice.isVisible()) await choice.click();
      await this.note();
    },
    tab: async () => {
      const other = await this.again({});
      assert.ok(this.must.size === 0 || this.must.has(await textOf(other)), "the page begins with a draft");
      await this.write(other);
      await this.check(other);
      await other.close();
    },
    reload: async () => {
      const written = await this.write();
      await this.page.reload();
      await shows(this.page, written);
      await this.check();
    },
    back: () => this.walk(-1),
    forward: () => this.walk(1),
    close: async () => {
      const written = await this.write();
      await this.page.close();
      this.arrive(await this.again({}));
      await shows(this.page, written);
      await this.note();
    },
  };
}

function shuffled(names, roll) {
  const left = [...names];
  return names.map(() => left.splice(roll(left.length), 1)[0]);
}

/** Whatever the page complained of, but for what a reload asks for. */
const complaints = (watch) => watch.complaints.filter((said) => !said.startsWith("a request after the page was ready"));

for (let seed = 1; seed <= ORDERS; seed += 1) {
  pageTest(`every text is kept, in order ${seed}`, { mayComplain: true, timeout: 180_000 }, async ({ page, again, watch }) => {
    const [roll, reader] = [dice(seed), new Reader({ page, again, watch })];
    await page.locator(".editor textarea").fill(OWN);
    reader.must.add(OWN);
    await reader.note();
    const order = shuffled([...Object.keys(reader.ways), "write", "back"], roll);
    for (const way of order) {
      try {
        await reader.ways[way](roll);
        await reader.check();
      } catch (error) {
        throw new Error(`${order.join(", ")}: at ${way}: ${error.message}`, { cause: error });
      }
    }
    assert.ok(reader.must.size > 1, "there was something to lose");
    assert.deepEqual(complaints(watch), []);
  });
}

pageTest("two tabs on one draft: where they part, both texts are kept, and that is said", {}, async ({ page, again }) => {
  await page.locator(".editor textarea").fill(OWN);
  const other = await again({});
  await shows(other, OWN);
  await other.locator(".editor textarea").fill(`${OWN}# there\n`);
  await page.locator(".editor textarea").fill(`${OWN}# here\n`);
  await page.locator(NOTICE).getByText("Both are kept").waitFor();
  assert.deepEqual((await drafts(page)).sort(), [`${OWN}# here\n`, `${OWN}# there\n`]);
  await page.locator("button.chapter").click();
  await page.getByRole("button", { name: "Your drafts" }).click();
  assert.equal(await page.getByRole("button", { name: /^My own \(second tab\)/ }).count(), 1);
});

pageTest("what waits for the address is not written over a link that is opened meanwhile", {}, async ({ page }) => {
  await page.locator(".editor textarea").fill(OWN);
  await page.evaluate((hash) => { location.hash = hash; }, FOREIGN);
  await page.waitForFunction(() => document.querySelector(".editor textarea").value.includes("title Foreign"));
  await page.evaluate(() => new Promise((done) => setTimeout(done, 700)));
  assert.equal(await page.evaluate(() => location.hash), FOREIGN);
  await page.evaluate(() => history.back());
  await shows(page, OWN);
});

/** Makes `name` throw from now on, as long as this tab has the word for it. */
const sabotage = () => {
  if (sessionStorage.getItem("sabotage")) Document.prototype.createElementNS = () => { throw new Error("sabotage"); };
};

pageTest("a panic's notice has the text that was being typed; the draft it died of is then offered, and not run", {
  mayComplain: true, before: (page) => page.addInitScript(sabotage),
}, async ({ page }) => {
  await page.locator(".editor textarea").fill(OWN);
  // What the first text asks for is drawn before anything breaks.
  for (let n = 0; n < 3; n += 1) await painted(page);
  await page.evaluate(() => { Document.prototype.createElementNS = () => { throw new Error("sabotage"); }; });
  const typed = `${OWN}client B at 0s: acquire L; work 5ms; release L\n`;
  await page.locator(".editor textarea").fill(typed);
  assert.equal(await page.locator(".stopped pre").textContent(), typed);

  // It dies while it opens the draft, and says what it holds.
  await page.evaluate(() => sessionStorage.setItem("sabotage", "yes"));
  await page.reload();
  const stopped = page.locator(".stopped pre");
  await stopped.waitFor();
  const held = await stopped.textContent();
  assert.ok([OWN, typed].includes(held), held);

  // The next time it is text, with nothing run, however often the page is loaded.
  await page.evaluate(() => sessionStorage.removeItem("sabotage"));
  for (let n = 0; n < 2; n += 1) {
    await page.reload();
    await page.locator(`${NOTICE} pre`).waitFor();
    assert.equal(await page.locator(`${NOTICE} pre`).textContent(), held);
    assert.equal(await page.locator(READY).count(), 0, "something was run");
  }
  await page.getByRole("button", { name: "Copy the text" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), held);
  await page.getByRole("button", { name: "Run it all the same" }).click();
  await shows(page, held);
  await page.reload();
  await page.locator(READY).first().waitFor({ state: "attached" });
  await shows(page, held);
});

pageTest("a link the page died of in this tab is offered as text", {
  mayComplain: true, hash: FOREIGN, ready: ".stopped pre",
  before: async (page) => {
    await page.addInitScript(() => { if (!window.name) { window.name = "seen"; sessionStorage.setItem("sabotage", "yes"); } });
    await page.addInitScript(sabotage);
  },
}, async ({ page }) => {
  assert.match(await page.locator(".stopped pre").textContent(), /title Foreign/);
  await page.evaluate(() => sessionStorage.removeItem("sabotage"));
  await page.reload();
  assert.match(await page.locator(`${NOTICE} pre`).textContent(), /title Foreign/);
  assert.equal(await page.locator(READY).count(), 0, "something was run");
  await page.getByRole("button", { name: "Run it all the same" }).click();
  await page.waitForFunction(() => document.querySelector(".editor textarea").value.includes("title Foreign"));
});

pageTest("where storage is refused, it is said once, and the address has each edit at once", {
  mayComplain: true,
  before: (page) => page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
    }
  }),
}, async ({ page, watch }) => {
  await page.locator(".editor textarea").fill(OWN);
  const said = page.locator("[data-notice=trouble]");
  await said.getByText("This browser keeps nothing for this page").waitFor();
  assert.match(await said.innerText(), /in this tab and in its address. Save it as a file/);
  await page.getByRole("button", { name: "Hide this notice" }).click();
  await page.locator(".editor textarea").fill(`${OWN}# more\n`);
  assert.equal(await said.count(), 0, "it is said again");
  await page.reload();
  await shows(page, `${OWN}# more\n`);
  assert.deepEqual(complaints(watch), []);
});

pageTest("where storage is full, it is said, and the address has each edit at once", { mayComplain: true }, async ({ page, watch }) => {
  await page.evaluate(() => {
    for (let size = 1 << 23; size >= 1; size /= 2) {
      try { for (let n = 0; ; n += 1) localStorage.setItem(`other ${size} ${n}`, "x".repeat(size)); } catch { /* as full as that */ }
    }
  });
  await page.locator(".editor textarea").fill(OWN);
  await page.locator("[data-notice=trouble]").getByText("no more room for drafts").waitFor();
  await page.locator(".editor textarea").fill(`${OWN}# more\n`);
  await page.reload();
  await shows(page, `${OWN}# more\n`);
  assert.deepEqual(complaints(watch), []);
});

/** Opens the list by the keyboard alone. */
async function list(page) {
  await page.locator("button.chapter").press("Enter");
  await page.getByRole("button", { name: "Your drafts" }).press("Enter");
}

for (const [size, options] of Object.entries({ desktop: {}, phone: PHONE, narrowest: NARROWEST })) {
  pageTest(`drafts are listed, renamed, deleted, brought back and opened, by the keyboard: ${size}`, options, async ({ page }) => {
    await list(page);
    await page.getByText("You have no drafts yet").waitFor();
    await page.getByRole("button", { name: "New scenario" }).press("Enter");
    await writeText(page, OWN);
    await list(page);
    const row = page.locator(".drafts li");
    assert.match(await row.innerText(), /My own\s+a text of your own · changed today at \d+:\d\d/);
    await page.getByRole("button", { name: "Rename My own" }).press("Enter");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("First try");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delete First try" }).press("Enter");
    await page.getByText("You have no drafts yet").waitFor();
    assert.deepEqual(await drafts(page), []);
    // The hand is on the way back.
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^First try/ }).press("Enter");
    await shows(page, OWN);
    assert.deepEqual(await drafts(page), [OWN]);
  });
}

for (const colorScheme of THEMES) {
  pageTest(`the list of drafts is good for everyone: ${colorScheme}`, { ...NARROWEST, colorScheme }, async ({ page }) => {
    await writeText(page, OWN.replace("My own", "A-rather-long-title-without-any-place-to-break-it-".repeat(3)));
    await list(page);
    await page.getByRole("button", { name: /^Rename/ }).waitFor();
    await assertAccessible(page);
    const tooSmall = await page.locator("dialog button >> visible=true").evaluateAll((all) =>
      all.filter((button) => button.getBoundingClientRect().height < 44).map((button) => button.textContent));
    assert.deepEqual(tooSmall, []);
    assert.ok(await page.evaluate(() => document.querySelector("dialog").scrollWidth <= 320), "it is cut off");
  });
}

pageTest("an embed keeps nothing and leaves no entry", { hash: "#ui=embed", ready: ".timeline-slot svg" }, async ({ page }) => {
  const before = await page.evaluate(() => [history.length, history.state, location.href]);
  const digest = await digestOf(page);
  await page.locator(".canvas").focus();
  for (const key of ["ArrowDown", "p"]) await page.locator(".canvas").press(key);
  await anotherRun(page, digest);
  await page.evaluate((hash) => { location.hash = hash; }, FOREIGN.replace("#", "#ui=embed&"));
  await page.waitForFunction(() => history.length > 1);
  assert.equal(await page.evaluate(() => history.state), null);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage))), []);
  assert.equal(before[1], null);
});
