// Which Chromium the tests, the screenshots and the benchmark drive, and how it is started.

import { existsSync } from "node:fs";

/** Started as root on a machine without a screen; nothing is fetched in the background, so that measurements are quiet. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** scripts/env.sh names the browser; without it, the usual places are tried. */
export function chromiumPath() {
  const path = [process.env.FENCEPOST_CHROMIUM, ...USUAL_PLACES].find((place) => place && existsSync(place));
  if (!path) throw new Error("No Chromium found: run `make setup`, or name one in FENCEPOST_CHROMIUM.");
  return path;
}
