#!/usr/bin/env bash
# Long random campaigns: the tests marked #[ignore = "soak…"]. SOAK=minutes is passed to them in the environment.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/env.sh"
cd "$fencepost_root"

export SOAK="${SOAK:-10}"
echo "Soaking for about $SOAK minutes a campaign…"
cargo test --locked --release --workspace -- --ignored --nocapture soak
