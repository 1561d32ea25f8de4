#!/usr/bin/env bash
# Builds the release page and serves it on http://127.0.0.1:8080 (PORT=… for another port).
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
"$here/build.sh"
exec node "$here/serve.mjs" "$here/../dist" "${PORT:-8080}"
