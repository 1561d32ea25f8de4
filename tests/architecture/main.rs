//! What this repository never does, as tests: the absences of ARCHITECTURE.md.
//!
//! A boundary that only a convention guards will leak one day, so each is checked here, on the manifests and the
//! source text. These tests know no Fencepost code and run none: they read files. When one fails, its message says
//! which file broke which promise; the promise's reason is in ARCHITECTURE.md.
#![cfg(not(target_arch = "wasm32"))]

mod absences;
mod dependencies;
mod reading;
mod semantics;
mod shape;
