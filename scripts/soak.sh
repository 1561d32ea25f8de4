#!/usr/bin/env bash
# Random campaigns that go on for as long as they are let: SOAK=minutes, one if nothing is said. First the engine: a
# million schedules of crashes, pauses, losses, copies and delays against the fence (crates/lab/tests/campaign.rs) and a
# million against elections (crates/lab/tests/leaders/main.rs), whatever SOAK says, then the theorems of
# crates/lab/tests/theorems.rs on 60,000 schedules of each kind for every minute. Then
# links and texts: every run begins with another seed, which is printed; a finding is repeated with 'cargo run --release -p fencepost-scenario --example soak 1 SEED'.
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
    cargo test --locked --release -p fencepost-lab --test campaign --test leaders --test theorems --no-run
SCHEDULES=1000000 cargo test --locked --release -p fencepost-lab --test campaign --test leaders -- --nocapture
SCHEDULES=$((minutes * 60000)) cargo test --locked --release -p fencepost-lab --test theorems
exec target/release/examples/soak "$minutes" "$(date +%s)"
