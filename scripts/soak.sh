#!/usr/bin/env bash
# Random campaigns that go on for as long as they are let: SOAK=minutes, one if nothing is said. First a hundred thousand
# histories, judged by us and by somebody else's checker (crates/properties/tests/stateright.rs). Then the engine: a
# million schedules of crashes, pauses, losses, copies and delays against the fence (crates/lab/tests/campaign.rs) and a
# million against elections (crates/lab/tests/leaders.rs), ten thousand worlds with and without locking against an oracle
# (crates/lab/tests/guards.rs), and what is said of ten thousand scenarios against the rest of it
# (crates/lab/tests/consistent.rs), and two hundred and fifty damages to each scenario of the course, on the page's own way
# to a picture (crates/scene/tests/damaged.rs), two thousand of them in wasm, five thousand damaged links in the page itself
# (tests/browser/damage.test.mjs), whatever SOAK says, then for so many minutes on the processor a search for texts that
# cost too much (crates/scene/tests/hangs.rs), which keeps what it finds in tests/hangs, then the theorems of
# crates/lab/tests/theorems.rs on 60,000 schedules of each kind for every minute. Then links and texts: every run begins with another seed, which is printed; a finding is repeated with 'cargo run --release -p fencepost-scenario --example soak 1 SEED'.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/env.sh"
source "$here/progress.sh"
cd "$fencepost_root"

minutes="${SOAK:-1}"
[[ "$minutes" =~ ^[0-9]+$ ]] ||
    give_up "the soak" "SOAK is '$minutes', which is no whole number of minutes" "say, for example, SOAK=10 make soak"
step "Building the campaign" 60 "$FENCEPOST_CACHE/logs/soak-build.log" "mend the error above." \
    cargo build --locked --release -p fencepost-scenario --example soak
step "Building the engine's campaigns" 60 "$FENCEPOST_CACHE/logs/soak-engine.log" "mend the error above." \
    cargo test --locked --release -p fencepost-lab --test campaign --test leaders --test theorems --test consistent \
    --test guards --no-run
step "Building the damage" 60 "$FENCEPOST_CACHE/logs/soak-scene.log" "mend the error above." \
    cargo test --locked --release -p fencepost-scene --test damaged --no-run
step "Building the search for hangs" 60 "$FENCEPOST_CACHE/logs/soak-hangs.log" "mend the error above." \
    cargo test --locked --release -p fencepost-scene --test hangs --no-run
step "Building the page" 120 "$FENCEPOST_CACHE/logs/soak-page.log" "mend the error above." trunk build --release --locked
step "Building the judge's comparison" 60 "$FENCEPOST_CACHE/logs/soak-judge.log" "mend the error above." \
    cargo test --locked --release -p fencepost-properties --test judge --no-run
HISTORIES=100000 cargo test --locked --release -p fencepost-properties --test judge another_checker
SCHEDULES=1000000 cargo test --locked --release -p fencepost-lab --test campaign --test leaders -- --nocapture
GUARDED=10000 cargo test --locked --release -p fencepost-lab --test guards -- --nocapture
RUNS=10000 cargo test --locked --release -p fencepost-lab --test consistent -- --nocapture
DAMAGES=250 cargo test --locked --release -p fencepost-scene --test damaged
# Two thousand in all: there are fifty-three scenarios. In wasm the number counts when the test is built.
DAMAGES=38 cargo test --locked -p fencepost-scene --target wasm32-unknown-unknown --test damaged
DAMAGED_LINKS=5000 node --test --test-name-pattern="damaged links" tests/browser/damage.test.mjs
ORDERS=200 node --test --test-name-pattern="every text is kept" tests/browser/drafts.test.mjs
HANGS="$minutes" cargo test --locked --release -p fencepost-scene --test hangs -- --nocapture no_mutation
SCHEDULES=$((minutes * 60000)) cargo test --locked --release -p fencepost-lab --test theorems
SWEEP=1 cargo test --locked -p fencepost-web --lib ui::timeline
LARGE=all node --test --test-reporter=spec tests/browser/large.test.mjs
exec target/release/examples/soak "$minutes" "$(date +%s)"
