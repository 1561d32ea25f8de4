#!/usr/bin/env bash
# Everything CI asks for. Every stage runs even when an earlier one failed, so that one run tells all there is to mend.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
"$here/setup.sh" test
source "$here/env.sh"
cd "$fencepost_root"

logs="$FENCEPOST_CACHE/logs"
mkdir -p "$logs"
totals="$(mktemp)"
summary="$(mktemp)"
trap 'rm -f "$totals" "$summary"' EXIT
failed_stages=0

# Runs one stage with its output on screen, which is its progress, and keeps the lines that carry test totals.
stage() { # title, about how long, command to repeat it, command…
    local title="$1" estimate="$2" repeat="$3" began seconds status=0
    shift 3
    printf '\n=== %s (about %s)\n' "$title" "$estimate"
    began=$(date +%s)
    "$@" 2>&1 </dev/null | tee "$logs/stage.log" || status=$?
    grep -E '^test result:|^. (pass|fail) [0-9]+$' "$logs/stage.log" >>"$totals" || true
    seconds=$(($(date +%s) - began))
    if [ "$status" -eq 0 ]; then
        printf 'ok      %4d s  %s\n' "$seconds" "$title" >>"$summary"
    else
        printf 'FAILED  %4d s  %s; to repeat it: %s\n' "$seconds" "$title" "$repeat" >>"$summary"
        failed_stages=$((failed_stages + 1))
    fi
}

browser_tests() {
    trunk build --release --locked && node --test --test-reporter=spec tests/browser/*.test.mjs
}

# Cargo writes "test result: ok. 12 passed; 0 failed; …", node "ℹ pass 3".
print_totals() {
    awk '
        /^test result:/ { passed += $4; failed += $6 }
        / pass /        { passed += $NF }
        / fail /        { failed += $NF }
        END             { printf "%d passed, %d failed\n", passed, failed }' "$totals"
}

stage "Format" "1 s" "cargo fmt --all, which also mends it" \
    cargo fmt --all --check
stage "Mutants are where their lists say" "1 s" "node scripts/mutants.mjs look ." \
    node scripts/mutants.mjs look .
stage "Lints, native" "1 minute" "cargo clippy --workspace --all-targets -- -D warnings" \
    cargo clippy --locked --workspace --all-targets -- -D warnings
stage "Lints, wasm32" "1 minute" "cargo clippy -p fencepost-web --target wasm32-unknown-unknown --all-targets -- -D warnings" \
    cargo clippy --locked -p fencepost-web --target wasm32-unknown-unknown --all-targets -- -D warnings
stage "Native tests" "2 minutes" "cargo test --workspace" \
    cargo test --locked --workspace --no-fail-fast
# The same digests, read from the same committed file, that the native tests compare with.
if [ -f crates/lab/tests/digests.rs ]; then
    stage "Same run in wasm as natively" "1 minute" \
        "source scripts/env.sh; cargo test -p fencepost-lab --target wasm32-unknown-unknown --test digests" \
        cargo test --locked -p fencepost-lab --target wasm32-unknown-unknown --test digests
fi
stage "Same picture in wasm as natively" "1 minute" \
    "source scripts/env.sh; cargo test -p fencepost-scene --target wasm32-unknown-unknown --test svg" \
    cargo test --locked -p fencepost-scene --target wasm32-unknown-unknown --test svg
stage "No damage to a text takes the page down, in wasm" "1 minute" \
    "source scripts/env.sh; cargo test -p fencepost-scene --target wasm32-unknown-unknown --test damaged" \
    cargo test --locked -p fencepost-scene --target wasm32-unknown-unknown --test damaged
stage "Page tests in wasm" "1 minute" "source scripts/env.sh; cargo test -p fencepost-web --target wasm32-unknown-unknown" \
    cargo test --locked -p fencepost-web --target wasm32-unknown-unknown
stage "Release page and browser tests" "2 minutes" "source scripts/env.sh; trunk build --release && node --test tests/browser/*.test.mjs" \
    browser_tests

printf '\n=== Summary\n'
cat "$summary"
print_totals
[ "$failed_stages" -eq 0 ] || exit 1
