#!/usr/bin/env bash
# Builds the release page into dist/, setting up first what is missing.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
"$here/setup.sh" build
source "$here/env.sh"
source "$here/progress.sh"
cd "$fencepost_root"

# --locked: the tools were installed for the versions in Cargo.lock, so it must not move under them.
step "Building the release page" 90 "$FENCEPOST_CACHE/logs/page.log" \
    "mend the error above; 'cargo check --target wasm32-unknown-unknown' finds most of them faster." \
    trunk build --release --locked
