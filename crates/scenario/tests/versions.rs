//! Versions of the language: what a copy makes of a text that is newer, and what it writes itself.

use fencepost_scenario::link::{self, ViewParameters};
use fencepost_scenario::{Document, Edit, Scenario, Severity, gallery, print};
use fencepost_sim::Duration;

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

/// What came with the second version, and a text of the first that says it.
const LATER: &str = "expect effect-guarded held\n";

#[test]
fn a_text_that_says_too_low_a_version_is_read_and_warned_of() {
    let parsed = Document::new(format!("# mine\nfencepost 1 # old\n{BODY}{LATER}").as_str()).parse();
    assert!(parsed.is_sound() && parsed.version.is_too_low() && parsed.version.needed == 2);
    assert_eq!(parsed.scenario.expectations.len(), 2, "and it is read");
    let [warning] = &parsed.diagnostics[..] else { panic!("{:?}", parsed.diagnostics) };
    assert_eq!((warning.line, warning.column, warning.length), (1, 0, 11), "at the line that is to be changed");
    let said = "`expect … effect-guarded` came with version 2 of the language; begin with `fencepost 2`";
    assert!(warning.message.starts_with(said), "{}", warning.message);
    let right = Document::new(format!("fencepost 2\n{BODY}{LATER}").as_str()).parse();
    assert_eq!(right.diagnostics, []);
}

#[test]
fn whatever_goes_out_says_the_version_that_it_needs() {
    let text = format!("# mine\nfencepost 1 # old\n{BODY}{LATER}");
    let raised = text.replace("fencepost 1", "fencepost 2");
    let document = Document::new(text.as_str());
    assert_eq!(document.for_others().text(), raised);
    let printed = print(&document.parse().scenario);
    assert!(printed.starts_with("fencepost 2\n"), "{printed}");
    let view = ViewParameters::default();
    for fragment in [link::encode(&text, &view), link::readable(&text, &view), link::packed(&text, &view)] {
        assert_eq!(link::decode(&fragment).expect("it opens").opened.text(), Some(raised.as_str()));
    }
}

/// Lines that a link adds need their version as well, or the older page leaves them out.
#[test]
fn a_link_that_adds_a_newer_line_says_so() {
    let view = ViewParameters { with: Some(LATER.trim().to_owned()), ..ViewParameters::default() };
    let opened = link::decode(&link::encode(&format!("fencepost 1\n{BODY}"), &view)).expect("it opens");
    assert!(opened.opened.text().is_some_and(|text| text.starts_with("fencepost 2\n")));
}

/// An edit leaves no text behind that an older copy would take for another one, and touches no other text's version.
#[test]
fn an_edit_raises_the_version_where_it_is_too_low() {
    let delay = Edit::SetDelay(Duration::from_millis(70));
    let edited = |text: &str| Document::new(text).apply(&delay, None).expect("it can be said").text().to_owned();
    assert!(edited(&format!("fencepost 1\n{BODY}{LATER}")).starts_with("fencepost 2\n"));
    assert!(edited(&format!("fencepost 1\n{BODY}")).starts_with("fencepost 1\n"));
    assert!(edited(&format!("fencepost 2\n{BODY}")).starts_with("fencepost 2\n"), "who says a higher one is believed");
    let parsed = Document::new(format!("fencepost 1\n{BODY}{LATER}").as_str());
    let after = parsed.edited(&parsed.parse(), &delay, None).expect("it can be said");
    assert_eq!(after.parsed, after.document.parse(), "what it means is what is read of it");
}

/// Each statement that came later, and what is nearest to it and did not.
#[test]
fn what_came_with_the_second_version_needs_it_and_what_is_older_does_not() {
    let needed = |line: &str| {
        let parsed = Document::new(format!("fencepost 2\nlock L lease 10s\nstore S\n{line}\n").as_str()).parse();
        assert!(parsed.is_sound(), "{line}: {:?}", parsed.diagnostics);
        parsed.version.needed
    };
    for newer in [
        "store S guarded-by L",
        "store S guarded-by none",
        "expect effect-guarded held",
        "client A at 0s: acquire L retry 1s..8s; write S",
        "client A at 0s: acquire L retry 1s doubling 8s; write S",
        "client A at 0s: acquire L within 10s; write S",
        "client A at 0s: acquire L; write S retry 1s",
        "client A at 0s: acquire L; read S retry 1s; release L",
        "client A at 0s: acquire L; release L retry 1s",
        "client A at 0s: acquire L; announce S retry 1s",
        "client A at 0s: acquire L; ask L retry 1s",
        "client A at 0s: ping S retry 1s",
        "variant one\n  store S guarded-by L",
    ] {
        assert_eq!(needed(newer), 2, "{newer}");
    }
    for older in [
        "client A at 0s: acquire L retry 1s; write S x2; release L",
        "nodes N1 N2 N3 elect timeout 1s..2s\nnetwork delay 1ms..5ms",
        "client A at 0s: acquire L\nexpect grant within 30s held",
        "registry R\nclient A at 0s: claim alice at R retry 1s",
    ] {
        assert_eq!(needed(older), 1, "{older}");
    }
}

/// A word that came later may be a name in an older text.
#[test]
fn a_name_needs_no_version() {
    let text = "fencepost 1\nlock guarded-by lease 10s\nclient doubling at 0s: acquire guarded-by\n";
    let parsed = Document::new(text).parse();
    assert_eq!((parsed.version.needed, parsed.diagnostics), (1, Vec::new()));
}
