#!/usr/bin/env bash
# Breaks the engine on purpose and asks whether a test notices. First the mutants made by hand, one for each rule of
# docs/semantics.md, in tests/mutants/*.txt; then those that cargo-mutants makes of crates/properties.
#   make mutants ONLY=word   tries only the hand-made ones whose title or file has that word, and cargo-mutants not at all.
# Exit status 1 if a hand-made one survives, or one of the others that tests/mutants/explained.txt does not explain.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
"$here/setup.sh" mutants
source "$here/env.sh"
source "$here/progress.sh"
cd "$fencepost_root"

# One build folder for all, kept for the next time; without debug information and optimisation it is built in half the time.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_TEST_DEBUG=0 CARGO_PROFILE_TEST_OPT_LEVEL=0 CARGO_INCREMENTAL=1 RUST_BACKTRACE=0
# Always in the same place, because a test carries the place where it was built.
scratch="$fencepost_root/target/mutants/tree"
rm -rf "$scratch"
mkdir -p "$scratch"

# The tree as it stands, changes and new files included, so that a mutant can be tried before it is committed. All files
# are as new as now: what a mutant of an interrupted run left in the build folder must not be taken for the original.
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null --files-from - --create | tar --extract --touch --directory "$scratch"

status=0
CARGO_TARGET_DIR="$fencepost_root/target/mutants/build" node scripts/mutants.mjs by-hand "$scratch" "${ONLY:-}" || status=1
if [ -z "${ONLY:-}" ]; then
    out="$fencepost_root/target/mutants-by-tool"
    mkdir -p "$out"
    # Its own exit status says only that something survived; the list says what. It copies the tree once more, and
    # would copy nothing if it heeded that target/ is ignored.
    (cd "$scratch" && env -u CARGO_TARGET_DIR cargo mutants --package fencepost-properties --gitignore false \
        --timeout 60 --no-times --colors never --jobs "${JOBS:-2}" --output "$out") || true
    node scripts/mutants.mjs by-tool "$out/mutants.out" tests/mutants/explained.txt || status=1
fi
exit "$status"
