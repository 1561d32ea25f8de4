//! Finds and reads the repository's own files, and looks for words in the code of a line, not in its comment.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One source file, named as a reader would name it: relative to the root, with forward slashes.
pub struct Source {
    /// `crates/sim/src/world.rs`
    pub name: String,
    /// Its text, whole.
    pub text: String,
}

impl Source {
    /// Its lines without what follows `//`, each with its number as an editor counts.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, before_comment(line)))
    }
}

/// A URL in a string would end the line early; no word these tests look for follows one.
fn before_comment(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// All files below `folder` with one of these endings, in a stable order. A folder that does not exist holds none.
pub fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The Rust files below `folder`.
pub fn rust_sources(folder: &str) -> Vec<Source> {
    sources(folder, &["rs"])
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.expect("a readable folder").path()) {
        if path.is_dir() && !is_built(&path) {
            collect(&path, endings, found);
        } else if path.extension().is_some_and(|end| endings.iter().any(|one| end == *one)) {
            found.push(read(&path));
        }
    }
}

fn is_built(folder: &Path) -> bool {
    ["target", "dist", "node_modules"].iter().any(|name| folder.ends_with(name))
}

fn read(path: &PathBuf) -> Source {
    let inside = path.strip_prefix(root()).expect("below the root");
    let name = inside.to_string_lossy().replace('\\', "/");
    Source { name, text: fs::read_to_string(path).expect("source text is UTF-8") }
}

/// Whether `code` holds `word` as a word of its own: `Instant`, not `InstantNoodles`.
/// A word that begins or ends with a sign, such as `.sin(`, needs no gap on that side.
pub fn mentions(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let joined_before = glues(before) && glues(word.chars().next());
        let joined_after = glues(after) && glues(word.chars().next_back());
        !joined_before && !joined_after
    })
}

fn glues(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
}

#[test]
fn a_word_is_found_alone_and_not_inside_another() {
    assert!(mentions("let x: f64 = 1.0;", "f64"));
    assert!(mentions("HashMap::new()", "HashMap"));
    assert!(!mentions("let wolf64 = 1;", "f64"));
    assert!(!mentions("MyHashMapper", "HashMap"));
    assert!(mentions("angle.sin()", ".sin("));
}
