//! Versions of the language: what a copy makes of a text that is newer, and what it writes itself.

use fencepost_scenario::link::{self, ViewParameters};
use fencepost_scenario::{Document, Scenario, Severity, gallery, print};

const BODY: &str =
    "lock L lease 10s\nstore S\nclient A at 0s: acquire L; write S\npause A at 1s for 1s\nexpect grant met\n";

/// What is left of a statement that is not known may be another scenario: nothing is better.
#[test]
fn nothing_is_shown_of_a_text_that_is_newer_than_the_copy() {
    for first in ["fencepost 3", "fencepost 18446744073709551615", "until 9s\nfencepost 3"] {
        let parsed = Document::new(format!("{first}\ntitle New\nvariant one\n  seed 4\n{BODY}").as_str()).parse();
        assert_eq!(parsed.scenario, Scenario::default(), "{first}");
        assert!(parsed.version.is_unknown() && !parsed.is_sound());
        let said: Vec<_> = parsed.diagnostics.iter().map(|one| (one.severity, one.message.contains("newer"))).collect();
        assert_eq!(said, [(Severity::Error, true)], "{first}: one thing is said, and it is this");
    }
}

#[test]
fn a_text_of_either_version_means_the_same() {
    let read = |version: u32| Document::new(format!("fencepost {version}\n{BODY}").as_str()).parse();
    assert_eq!(read(1).scenario, read(2).scenario);
    assert!(read(1).is_sound() && read(2).diagnostics.is_empty());
    assert_eq!((read(2).version.said, read(2).version.needed), (2, 1));
}

/// The lowest version that knows all of a text is written, and no text of the first version is touched.
#[test]
fn a_text_that_needs_no_newer_version_says_the_first() {
    let text = format!("fencepost 1\n{BODY}");
    let document = Document::new(text.as_str());
    assert_eq!(document.for_others(), document);
    assert!(print(&document.parse().scenario).starts_with("fencepost 1\n"));
    let opened = link::decode(&link::encode(&text, &ViewParameters::default())).expect("it opens");
    assert_eq!(opened.opened.text(), Some(text.as_str()));
}

#[test]
fn every_scenario_of_the_gallery_says_the_version_that_it_needs() {
    for preset in gallery::all() {
        let version = Document::new(preset.text).parse().version;
        assert_eq!(version.said, u64::from(version.needed), "{}", preset.name);
    }
}
