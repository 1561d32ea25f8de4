#!/usr/bin/env bash
# Measures speed and size in one run, beside mermaid and svg-sequence-diagram, and prints a Markdown table.
# It asserts nothing: figures depend on the machine. See bench/ for what exactly is timed.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
"$here/setup.sh" bench
"$here/build.sh"
source "$here/env.sh"
source "$here/progress.sh"
cd "$fencepost_root"

logs="$FENCEPOST_CACHE/logs"
engine="bench/results/engine"
advice="mend the error above; 'cargo check -p fencepost-bench' finds it faster."

build_wasm_engine() {
    mkdir -p "$engine"
    cargo build --locked --profile web -p fencepost-bench --lib --target wasm32-unknown-unknown &&
        wasm-bindgen --target web --no-typescript --out-dir "$engine" \
            target/wasm32-unknown-unknown/web/fencepost_bench.wasm &&
        wasm-opt -O3 "$engine/fencepost_bench_bg.wasm" -o "$engine/fencepost_bench_bg.wasm"
}

step "Building the engine natively" 60 "$logs/bench-native.log" "$advice" \
    cargo build --locked --release -p fencepost-bench -p fencepost-cli
step "Building the engine in wasm, as the page builds it" 40 "$logs/bench-wasm.log" "$advice" \
    build_wasm_engine
echo "Measuring, about 4 minutes; leave the machine alone meanwhile…"
exec node bench/measure.mjs
