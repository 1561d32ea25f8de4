//! Which crate may know which: the arrows of ARCHITECTURE.md, read back from the manifests.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use crate::reading::root;

/// Our crates, and all that each may lean on inside the workspace. Development dependencies are exempt: a test of
/// the scene may run a protocol to have something to draw.
const LAYERS: &[(&str, &[&str])] = &[
    ("fencepost-sim", &[]),
    ("fencepost-vocabulary", &["sim"]),
    ("fencepost-protocols", &["sim", "vocabulary"]),
    ("fencepost-properties", &["sim", "vocabulary"]),
    ("fencepost-scenario", &["sim", "vocabulary"]),
    ("fencepost-lab", &["sim", "vocabulary", "protocols", "properties", "scenario"]),
    ("fencepost-scene", &["sim", "vocabulary", "properties", "scenario"]),
    ("fencepost-cli", &["sim", "vocabulary", "properties", "scenario", "lab", "scene"]),
    ("fencepost-web", &["sim", "vocabulary", "properties", "scenario", "lab", "scene"]),
    ("fencepost-bench", &["sim", "vocabulary", "properties", "scenario", "lab", "scene"]),
];

/// What the layers below the page take from elsewhere: nothing that could bring a clock, a random number or a thread.
const OTHERS_ALLOWED: &[(&str, &[&str])] = &[
    ("fencepost-sim", &[]),
    ("fencepost-vocabulary", &[]),
    ("fencepost-protocols", &[]),
    ("fencepost-properties", &[]),
    ("fencepost-lab", &["serde", "serde_json"]),
    ("fencepost-scenario", &["miniz_oxide", "base64", "crc32fast"]),
    ("fencepost-scene", &[]),
];

/// What needs a browser, and so belongs to the page and the benchmark alone.
const BROWSER_ONLY: &[&str] = &["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo", "gloo-timers"];

struct Dependency {
    name: String,
    for_tests: bool,
}

/// Every crate of the workspace with what its manifest asks for.
fn workspace() -> BTreeMap<String, Vec<Dependency>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    packages.iter().map(|one| (text(&one["name"]), dependencies_of(one))).collect()
}

fn dependencies_of(package: &Value) -> Vec<Dependency> {
    let listed = package["dependencies"].as_array().expect("a list of dependencies");
    listed.iter().map(|one| Dependency { name: text(&one["name"]), for_tests: one["kind"] == "dev" }).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

fn row<'a>(table: &'a [(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, allowed)| *allowed)
}

/// The dependencies that ship, as (crate, dependency) pairs.
fn shipped() -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for (name, dependencies) in workspace() {
        for dependency in dependencies.into_iter().filter(|one| !one.for_tests) {
            pairs.insert((name.clone(), dependency.name));
        }
    }
    pairs
}

#[test]
fn every_crate_has_its_place_in_the_layers() {
    for name in workspace().keys() {
        assert!(row(LAYERS, name).is_some(), "{name} is new: give it a row in LAYERS and in ARCHITECTURE.md");
    }
}

#[test]
fn no_crate_knows_one_to_its_right() {
    for (name, dependency) in shipped() {
        let Some(ours) = dependency.strip_prefix("fencepost-") else { continue };
        let allowed = row(LAYERS, &name).unwrap_or_default();
        assert!(allowed.contains(&ours), "{name} must not depend on {dependency}: see the layers in ARCHITECTURE.md");
    }
}

#[test]
fn the_engine_takes_nothing_from_elsewhere() {
    for (name, dependency) in shipped() {
        let Some(allowed) = row(OTHERS_ALLOWED, &name) else { continue };
        let fine = dependency.starts_with("fencepost-") || allowed.contains(&dependency.as_str());
        assert!(fine, "{name} must not depend on {dependency}: everything below the page stays free of it");
    }
}

#[test]
fn only_the_page_knows_a_browser() {
    for (name, dependency) in shipped() {
        let browser = BROWSER_ONLY.contains(&dependency.as_str());
        let may = ["fencepost-web", "fencepost-bench"].contains(&name.as_str());
        assert!(!browser || may, "{name} must not depend on {dependency}: only the page runs in a browser");
    }
}

#[test]
fn every_dependency_has_its_reason_written_down() {
    let reasons: String = crate::reading::sources("docs/decisions", &["md"]).into_iter().map(|one| one.text).collect();
    for dependency in workspace().into_values().flatten().filter(|one| !one.name.starts_with("fencepost-")) {
        let named = format!("`{}`", dependency.name);
        assert!(reasons.contains(&named), "docs/decisions says nothing of {named}: three sentences are enough");
    }
}

#[test]
fn every_crate_obeys_the_shared_lints() {
    for manifest in crate::reading::sources("", &["toml"]).iter().filter(|one| one.text.contains("[package]")) {
        let shared = manifest.text.contains("[lints]\nworkspace = true");
        assert!(shared, "{} must say `[lints] workspace = true`: that forbids unsafe code", manifest.name);
    }
}

/// A mirror's address works for one machine and breaks the clone of everyone else.
#[test]
fn lock_files_name_only_the_public_registries() {
    let cargo = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock is committed");
    for line in cargo.lines().filter(|line| line.starts_with("source = ")) {
        assert!(line.contains("//github.com/rust-lang/crates.io-index\""), "Cargo.lock: {line}");
    }
    for lock in ["package-lock.json", "bench/package-lock.json"] {
        let npm = fs::read_to_string(root().join(lock)).expect("npm's lock files are committed");
        for line in npm.lines().filter(|line| line.contains("\"resolved\"")) {
            assert!(line.contains("\"https://registry.npmjs.org/"), "{lock}: {line}");
        }
    }
}
