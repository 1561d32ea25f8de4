#!/usr/bin/env bash
# Installs what is missing, and only that.  setup.sh build  → enough for `make build` and `make serve`;
#                                           setup.sh test   → also Chromium and ChromeDriver, for `make test`;
#                                           setup.sh bench  → also the peers that `make bench` measures against;
#                                           setup.sh mutants → Rust, Node and cargo-mutants, for `make mutants`.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/env.sh"
source "$here/progress.sh"
cd "$fencepost_root"

logs="$FENCEPOST_CACHE/logs"
network_advice="check that the network reaches crates.io (or the mirror your cargo is configured for), then run the same command again; finished steps are kept."

require_rust() {
    command -v cargo >/dev/null && command -v rustup >/dev/null && return
    give_up "looking for Rust" "cargo or rustup is not on PATH" \
        "install stable Rust from https://rustup.rs, open a new shell and run the same command again."
}

require_node() {
    local major
    major="$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')"
    [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null && return
    give_up "looking for Node" "Node 20 or newer and npm are needed, found '$(node --version 2>/dev/null || echo none)'" \
        "install Node 20 (https://nodejs.org or your package manager) and run the same command again."
}

install_wasm_target() {
    if rustup target list --installed | grep -qx wasm32-unknown-unknown; then return; fi
    step "Adding Rust's wasm32 target" 5 "$logs/wasm32-target.log" "$network_advice" \
        rustup target add wasm32-unknown-unknown
}

# Two checkouts that set up at once would compile the same tool twice; the second waits for the first instead.
# A folder is the lock because mkdir is atomic everywhere; the process id inside tells a dead owner from a slow one.
with_lock() { # name, command…
    local lock="$FENCEPOST_CACHE/$1.lock" owner said=""
    shift
    mkdir -p "$FENCEPOST_CACHE"
    until mkdir "$lock" 2>/dev/null; do
        owner="$(cat "$lock/pid" 2>/dev/null || true)"
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf "$lock"
        else
            [ -n "$said" ] || echo "Waiting for another set-up (process ${owner:-unknown}) that is installing the same tool…"
            said=yes
            sleep 1
        fi
    done
    echo $$ >"$lock/pid"
    trap 'rm -rf "$lock"' EXIT
    "$@"
    rm -rf "$lock"
    trap - EXIT
}

# Prebuilt binaries take seconds, where the machine has cargo-binstall and reaches the tool's release page.
fetch_prebuilt() { # crate, version, folder
    command -v cargo-binstall >/dev/null || return 1
    cargo binstall --no-confirm --disable-strategies compile --root "$3" "$1@$2"
}

# The tools' speed matters little and their compilation a lot: without optimisation Trunk builds in 4 minutes, not 11.
compile_fast() { # crate, version, folder, cargo's options…
    local crate="$1" version="$2" folder="$3"
    shift 3
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 \
        CARGO_PROFILE_RELEASE_DEBUG=0 cargo install "$crate" --version "$version" --root "$folder" "$@"
}

# --locked is what the tool's makers tested; a mirror that lags behind may lack one of those versions.
fetch_or_compile() { # crate, version, folder, cargo's options…
    fetch_prebuilt "$1" "$2" "$3" || compile_fast "$1" "$2" "$3" --locked "${@:4}" || compile_fast "$@"
}

# Built beside its place and moved there at the end, so that an interrupted build is never taken for a tool.
install_cargo_tool() { # command, crate, version, estimate, cargo's options…
    local command="$1" crate="$2" version="$3" estimate="$4" folder part
    shift 4
    folder="$FENCEPOST_CACHE/$crate-$version"
    part="$folder.part"
    if [ "$(fencepost_version_of "$command")" = "$version" ] || [ -x "$folder/bin/$command" ]; then return; fi
    rm -rf "$part"
    step "Building $crate $version" "$estimate" "$logs/$crate.log" "$network_advice" \
        fetch_or_compile "$crate" "$version" "$part" "$@"
    mv "$part" "$folder"
}

install_trunk() {
    install_cargo_tool trunk trunk "$TRUNK_VERSION" 240 --no-default-features --features rustls
}

install_wasm_bindgen() {
    install_cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION" 100
}

install_cargo_mutants() {
    install_cargo_tool cargo-mutants cargo-mutants "$CARGO_MUTANTS_VERSION" 120
}

# npm leaves a copy of the lock file it installed; while that agrees, there is nothing to do.
npm_is_current() { # folder
    [ -f "$1/node_modules/.fencepost-lock" ] && cmp -s "$1/package-lock.json" "$1/node_modules/.fencepost-lock"
}

npm_install() { # folder
    npm ci --prefix "$1" --no-audit --no-fund --ignore-scripts &&
        cp "$1/package-lock.json" "$1/node_modules/.fencepost-lock"
}

install_npm_packages() { # folder, label
    if npm_is_current "$1"; then return; fi
    step "$2" 25 "$logs/npm-$(basename "$(cd "$1" && pwd)").log" \
        "check that npm reaches its registry (npm ping), then run the same command again." npm_install "$1"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_be_root() {
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

# Fonts are named because a browser without any draws boxes, and the picture is measured against real glyphs.
apt_install_chromium() {
    as_root apt-get update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        chromium chromium-driver fonts-dejavu-core fonts-liberation
}

install_chromium() {
    if [ -n "$FENCEPOST_CHROMIUM" ] && [ -n "$CHROMEDRIVER" ]; then return; fi
    if ! command -v apt-get >/dev/null || ! can_be_root; then
        give_up "looking for Chromium and ChromeDriver" \
            "found browser '${FENCEPOST_CHROMIUM:-none}' and driver '${CHROMEDRIVER:-none}', and may not install packages here" \
            "install both in the same version (Debian: apt-get install chromium chromium-driver), or name them in FENCEPOST_CHROMIUM and CHROMEDRIVER."
    fi
    step "Installing Chromium and ChromeDriver" 45 "$logs/chromium.log" \
        "install Chromium and ChromeDriver by hand, or name them in FENCEPOST_CHROMIUM and CHROMEDRIVER." \
        apt_install_chromium
}

set_up_build() {
    require_rust
    require_node
    install_wasm_target
    install_npm_packages . "Installing wasm-opt and the test libraries from npm"
    with_lock wasm-bindgen-cli install_wasm_bindgen
    with_lock trunk install_trunk
}

# One statement a line: behind "&&" bash would not stop at the first failed step.
case "${1:-test}" in
    build)
        set_up_build
        ;;
    test)
        set_up_build
        with_lock chromium install_chromium
        ;;
    bench)
        set_up_build
        with_lock chromium install_chromium
        install_npm_packages bench "Installing the peers to measure against from npm"
        ;;
    mutants)
        require_rust
        require_node
        with_lock cargo-mutants install_cargo_mutants
        ;;
    *)
        give_up "reading the argument '$1'" "it is not one of build, test, bench, mutants" "see the head of scripts/setup.sh."
        ;;
esac
