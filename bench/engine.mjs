// Runs in bench/engine.html: the browser's stopwatch around the engine in wasm, as bench/engine/src/main.rs is the native one.

import start, { Engine } from "./results/engine/fencepost_bench.js";

/** How long the stopwatch runs in all, and for one lap: the browser rounds its clock to a tenth of a millisecond. */
const ALL_MS = 2_000;
const LAP_MS = 20;

/** Events per second in one lap of many rounds. */
function lap(round) {
  const began = performance.now();
  let events = 0;
  let elapsed = 0;
  while (elapsed < LAP_MS) {
    events += round();
    elapsed = performance.now() - began;
  }
  return (events / elapsed) * 1_000;
}

/** The median over laps, which one interruption by another process does not move. The first laps only warm up. */
function eventsPerSecond(round) {
  const rates = [];
  for (const began = performance.now(); performance.now() - began < ALL_MS || rates.length < 9; ) rates.push(lap(round));
  const warm = rates.slice(rates.length / 3).sort((one, other) => one - other);
  return Math.round(warm[warm.length >> 1]);
}

globalThis.measureEngine = (text) => {
  const engine = new Engine(text);
  return {
    events: engine.kernel(),
    kernel: eventsPerSecond(() => engine.kernel()),
    recorded: eventsPerSecond(() => engine.recorded()),
    judged: eventsPerSecond(() => engine.judged()),
    whole: eventsPerSecond(() => engine.whole()),
  };
};

await start();
document.documentElement.dataset.ready = "yes";
