# shellcheck shell=bash
# Source this file ("source scripts/env.sh") to put the project's tools on PATH.
#
# It changes nothing on disk. It names the versions, says where built tools are kept, and lets a tool that is
# already installed in the right version win over a cached one (scripts/setup.sh installs only what is missing).

fencepost_root="$(cd "$(dirname "${BASH_SOURCE[0]:-$0}")/.." && pwd)"

# Trunk 0.21.14 is the last line that builds with the stable Rust the project supports; 0.22 asks for a newer one.
TRUNK_VERSION="0.21.14"

# What breaks crates/properties in every way it knows, for `make mutants`.
CARGO_MUTANTS_VERSION="27.1.0"

# Trunk insists on the wasm-bindgen CLI of exactly the crate's version, so Cargo.lock is the only place that names it.
WASM_BINDGEN_VERSION="$(awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/[^0-9.]/, ""); print; exit }' \
    "$fencepost_root/Cargo.lock")"

# One folder per tool and version: a second checkout, or CI, reuses what the first one built.
FENCEPOST_CACHE="${FENCEPOST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fencepost}"

# Trunk would ask its release page whether it is the newest; the build has to work offline.
export TRUNK_SKIP_VERSION_CHECK=true
export FENCEPOST_CACHE TRUNK_VERSION WASM_BINDGEN_VERSION CARGO_MUTANTS_VERSION

# Prints a tool's version, or nothing when it is not installed.
fencepost_version_of() {
    "$1" --version 2>/dev/null | head -n 1 | awk '{ print $2 }'
}

# Puts folder $1 first on PATH, once.
fencepost_prepend_path() {
    case ":$PATH:" in
        *":$1:"*) ;;
        *) [ ! -d "$1" ] || PATH="$1:$PATH" ;;
    esac
}

# A system tool of another version would be refused by Trunk, so the cached one has to come before it; a system
# tool of the right version is left alone.
fencepost_prefer_cached() {
    if [ "$(fencepost_version_of "$1")" != "$3" ]; then
        fencepost_prepend_path "$FENCEPOST_CACHE/$2-$3/bin"
    fi
}

# Rustup's default place, for shells that were opened before rustup was installed.
fencepost_prepend_path "${CARGO_HOME:-$HOME/.cargo}/bin"
fencepost_prefer_cached trunk trunk "$TRUNK_VERSION"
fencepost_prefer_cached wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
fencepost_prepend_path "$FENCEPOST_CACHE/cargo-mutants-$CARGO_MUTANTS_VERSION/bin"
# wasm-opt comes with the npm package binaryen.
fencepost_prepend_path "$fencepost_root/node_modules/.bin"

# Prints the first of the given commands that exists.
fencepost_first_command() {
    for candidate in "$@"; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# A browser named by the user wins; then Debian's names, Google's, and the place macOS keeps it.
FENCEPOST_CHROMIUM="$(fencepost_first_command "${FENCEPOST_CHROMIUM:-}" chromium google-chrome \
    google-chrome-stable chromium-browser "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" || true)"
# GitHub's machines name the driver's folder in CHROMEWEBDRIVER.
CHROMEDRIVER="$(fencepost_first_command "${CHROMEDRIVER:-}" "${CHROMEWEBDRIVER:+$CHROMEWEBDRIVER/chromedriver}" \
    chromedriver || true)"
export PATH FENCEPOST_CHROMIUM CHROMEDRIVER
