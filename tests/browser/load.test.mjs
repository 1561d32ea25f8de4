// The page starts, and starts on the picture the whole tool is about.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";

pageTest("the page loads", { ready: "main" }, async ({ page }) => {
  assert.match(await page.title(), /Fencepost/);
});
