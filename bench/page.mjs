// Drives the real page for the benchmark, with the real pointer, and listens inside it.

/** Enough for a 95th percentile that one hiccup does not decide. */
const MOVES = 120;
const VISITS = 20;

/** Runs in the page: times every pointer move to the end of its frame, and notes whether it brought another run. */
function listen() {
  globalThis.frames = [];
  const digest = () => document.querySelector("[data-digest]")?.dataset.digest;
  let shown;
  addEventListener("pointermove", () => {
    const began = performance.now();
    // The message is a task of its own, so it comes after this frame's callbacks, style, layout and paint.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const took = performance.now() - began;
        const now = digest();
        globalThis.frames.push({ took, changed: shown !== undefined && now !== shown });
        shown = now;
      };
      port2.postMessage(0);
    });
  }, true);
}

/** The lower end of the pause's block, where the pointer takes hold. */
async function endOfPause(page) {
  const block = page.locator(".timeline-slot [data-fault='0']").first();
  const { x, y, width, height } = await block.boundingBox();
  return { x: x + width / 2, y: y + height - 3 };
}

/** The knob at the beginning of the first cut. */
async function startOfCut(page) {
  const { x, y, width, height } = await page.locator("[data-grip='start'][data-fault='0'] .knob").first().boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Drags the pause's end up and down. */
export const dragPause = (browser, address) => drag(browser, address, endOfPause, -1);

/** Drags the beginning of the cut down and up. */
export const dragCut = (browser, address) => drag(browser, address, startOfCut, 1);

/** Drags what `hold` finds, in the direction `way`, and back. Resolves to the times of the moves that brought another run: a move within one step
 * of the time grid brings none, costs next to nothing and does not count. */
async function drag(browser, address, hold, way) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(listen);
  await page.goto(address);
  await page.waitForSelector("[data-verdict]", { state: "attached", timeout: 60_000 });
  const { x, y } = await hold(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  // The gesture begins with the first few pixels.
  for (let warm = 1; warm <= 12; warm++) await page.mouse.move(x, y + way * warm);
  await page.evaluate(() => (globalThis.frames.length = 0));
  const times = [];
  for (let move = 0; times.length < MOVES && move < MOVES * 4; move++) {
    await page.mouse.move(x, y + way * (12 + ((move * 7) % 41)));
    await page.waitForFunction((many) => globalThis.frames.length >= many, move + 1, { polling: 5 });
    const { took, changed } = await page.evaluate((at) => globalThis.frames[at], move);
    if (changed) times.push(took);
  }
  await page.mouse.up();
  await page.close();
  if (times.length < MOVES) throw new Error(`only ${times.length} moves brought another run, not ${MOVES}`);
  return times;
}

/** Runs in the page: notes when the first verdict and arrow are drawn, counted from the start of the navigation. */
function awaitPicture() {
  const seen = () => document.querySelector("[data-verdict]") && document.querySelector(".timeline-slot .arrows > *");
  const watch = new MutationObserver(() => {
    if (!seen()) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => (globalThis.firstPicture = performance.now())));
  });
  watch.observe(document, { subtree: true, childList: true });
}

/** Milliseconds from navigation to the first picture, once the browser knows the page. */
export async function firstPicture(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(awaitPicture);
  const times = [];
  for (let visit = 0; visit < VISITS; visit++) {
    await page.goto(`${address}/`);
    await page.waitForFunction(() => globalThis.firstPicture, undefined, { timeout: 60_000 });
    if (visit > 2) times.push(await page.evaluate(() => globalThis.firstPicture));
    await page.goto("about:blank");
  }
  await page.close();
  return times;
}
