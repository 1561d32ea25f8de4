//! Links: those that were ever posted still open, and those that were hurt on the way say so.

use fencepost_scenario::link::{self, Age, Leaf, LinkError, Opened, Theme, Ui, ViewParameters};
use fencepost_scenario::{Document, gallery};
use fencepost_sim::Time;

fn gone_wrong() -> &'static str {
    gallery::find("a-lock-gone-wrong").expect("it is the first scenario").text
}

#[track_caller]
fn refused(fragment: &str, expected: LinkError) {
    assert_eq!(link::decode(fragment).map_err(|failure| failure.error), Err(expected), "{fragment}");
}

/// Each file of the corpus is a link, a line `----`, and the text it must open for ever.
#[test]
fn every_link_ever_posted_still_opens() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/links");
    let mut opened = 0;
    for file in std::fs::read_dir(folder).expect("the corpus is there") {
        let path = file.expect("it can be listed").path();
        let content = std::fs::read_to_string(&path).expect("a corpus file is text");
        let (address, text) = content.split_once("\n----\n").expect("a link, a line, a text");
        let link = link::decode(address).unwrap_or_else(|failure| panic!("{}: {failure}", path.display()));
        assert_eq!(link.opened.text(), Some(text), "{}", path.display());
        opened += 1;
    }
    assert!(opened >= 10, "the corpus only grows");
}

/// Its story, its claims of two variants, and all: below the green mark of 2,000 by far.
#[test]
fn the_lock_gone_wrong_makes_a_short_link() {
    let whole = link::packed(gone_wrong(), &ViewParameters::default());
    assert!(whole.len() <= 300, "{} characters: {whole}", whole.len());
    let preset = link::preset(gallery::first(), &ViewParameters::default());
    assert!(preset.len() <= 40, "{} characters: {preset}", preset.len());
    let bare = "fencepost 1\nuntil 30s\nnetwork delay 50ms\nlock L lease 10s first-token 33\nstore S check none\n\
        client A at 0s: acquire L; work 50ms; write S\nclient B at 1s: acquire L; work 100ms; write S\n\
        pause A at 150ms for 15s\n";
    let bare = link::packed(bare, &ViewParameters::default());
    assert!(bare.len() < 120, "{} characters: {bare}", bare.len());
}

#[test]
fn short_texts_stay_readable_and_long_ones_are_packed() {
    let view = ViewParameters::default();
    assert!(link::encode(&"ä".repeat(400), &view).starts_with("s1=t."));
    assert!(link::encode(&"ä".repeat(401), &view).starts_with("s1=w."));
}

/// Every other character that could stand in a fragment, at every place of a link with a check.
#[test]
fn every_single_changed_character_of_a_checked_link_is_seen() {
    let plain = ViewParameters::default();
    let with = ViewParameters { with: Some("store S check ge\nuntil 9s".into()), ..ViewParameters::default() };
    for fragment in [
        link::packed(gone_wrong(), &plain),
        link::encode("fencepost 1\nstore S\n", &with),
        link::preset(gallery::first(), &plain),
        link::preset(gallery::first(), &with),
    ] {
        let whole = link::decode(&fragment).expect("it was just made");
        let others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!$&'()*+,;=:@/?%# ";
        for (place, original) in fragment.char_indices() {
            for other in others.chars().filter(|other| *other != original) {
                let mut hurt = fragment.clone();
                hurt.replace_range(place..=place, &other.to_string());
                // A space is another spelling of `+`.
                let opened = link::decode(&hurt).ok().filter(|link| original != '+' || other != ' ' || *link != whole);
                assert_eq!(opened, None, "{hurt}");
            }
        }
    }
}

/// What `with=` adds is as much a part of what is opened as the text. Where older links have it, nothing covers it.
#[test]
fn lines_that_a_link_adds_are_covered_by_its_check() {
    let with = ViewParameters { with: Some("store S check ge".into()), ..ViewParameters::default() };
    for made in [link::encode("fencepost 1\nstore S\n", &with), link::preset(gallery::first(), &with)] {
        assert_eq!(link::decode(&made).expect("it was just made").view, with, "{made}");
        refused(&made.replacen("ge", "gt", 1), LinkError::Damaged);
        refused(&made.replacen("with=store+S+check+ge&", "", 1), LinkError::Damaged);
        refused(&format!("with=seed+7&{made}"), LinkError::Damaged);
    }
    let plain = ViewParameters::default();
    for of_before in [link::packed("fencepost 1\n", &plain), link::readable("fencepost 1\n", &plain)] {
        let opened = link::decode(&format!("with=seed+7&{of_before}")).expect("links of before still open");
        assert_eq!(opened.view.with.as_deref(), Some("seed 7"));
    }
}

/// Without them it would be another scenario.
#[test]
fn what_changes_what_is_opened_is_read_or_the_link_is_refused() {
    for (odd, error) in
        [("with=%4", LinkError::BadEscape), ("with=%ff", LinkError::NotText), ("v=%", LinkError::BadEscape)]
    {
        refused(&format!("{odd}&s1=t.a/end"), error);
    }
    refused("v=a&v=b&s1=t.a/end", LinkError::Damaged);
    assert_eq!(
        link::decode("at=x&theme=pink&s1=t.a/end").map(|link| link.ignored),
        Ok(vec!["at=x".into(), "theme=pink".into()])
    );
}

/// An embed whose link is broken is still an embed.
#[test]
fn a_broken_link_still_says_how_to_look_at_it() {
    let cut = link::packed(gone_wrong(), &ViewParameters::default());
    let long = format!("s1=t.{}", "a".repeat(link::LONGEST));
    for broken in [&cut[..cut.len() - 3], "p1=nothing-like-it@0000000", "s9=x", "with=%4", "nonsense", &long] {
        let failure = link::decode(&format!("ui=embed&theme=dark&{broken}")).expect_err("it is broken");
        assert_eq!((failure.view.ui, failure.view.theme), (Ui::Embed, Theme::Dark), "{}", failure.error);
    }
}

/// What a stranger put into a link is quoted with marks for what does not show.
#[test]
fn no_failure_repeats_what_does_not_show() {
    for hostile in ["p1=a\u{1b}[2J@0000000", "s1=\u{202e}.x", "p1=\u{2028}b\n@0000000"] {
        let said = link::decode(hostile).expect_err("it is no link").to_string();
        assert!(fencepost_scenario::visible::hidden(&said).next().is_none() && !said.contains('\n'), "{said:?}");
        assert!(said.contains("⟨U+"), "{said}");
    }
}

#[test]
fn every_cut_of_either_form_is_seen() {
    let view = ViewParameters::default();
    for fragment in [link::packed(gone_wrong(), &view), link::readable(gone_wrong(), &view)] {
        // Without a payload at all it is a page without a scenario; "s1" alone is already a link that was cut.
        for end in 1..fragment.len() {
            assert!(link::decode(&fragment[..end]).is_err(), "{}", &fragment[..end]);
        }
    }
}

#[test]
fn a_cut_readable_link_still_shows_what_it_held() {
    let failure = link::decode("#s1=t.fencepost+1/until+30s/client+A%2").expect_err("the end is missing");
    assert_eq!(failure.error, LinkError::Truncated);
    assert_eq!(failure.salvaged.as_deref(), Some("fencepost 1\nuntil 30s\nclient A"));
    assert_eq!(failure.raw, "t.fencepost+1/until+30s/client+A%2");
}

#[test]
fn view_parameters_come_before_the_payload() {
    let link = link::decode(
        "https://x.org/p?q#at=12500ms&ui=embed&theme=dark&page=article&v=fenced&with=store+S+check+ge/until+9s&s1=t.a/end",
    );
    let link = link.expect("it is whole");
    let view = ViewParameters {
        at: Some(Time::from_millis(12_500)),
        ui: Ui::Embed,
        theme: Theme::Dark,
        leaf: Leaf::Article,
        variant: Some("fenced".into()),
        with: Some("store S check ge\nuntil 9s".into()),
    };
    assert_eq!((link.view, link.opened), (view.clone(), Opened::Text("a".into())));
    let again = link::decode(&link::encode("a", &view)).expect("it was just made");
    assert_eq!(again.view, view);
}

#[test]
fn what_a_newer_page_adds_is_said_and_not_guessed() {
    let link = link::decode("zoom=3&s1=t.a/end").expect("a view parameter more does no harm");
    assert_eq!(link.ignored, ["zoom=3"]);
    refused("s2=t.a/end", LinkError::Newer("s2".into()));
    refused("s1=q.a.0000000", LinkError::Newer("s1=q.".into()));
    refused("p7=a-lock-gone-wrong@0000000", LinkError::Newer("p7".into()));
}

#[test]
fn a_page_without_a_scenario_in_its_address_is_no_damaged_link() {
    for address in ["", "#", "#ui=embed", "#page=article", "https://example.org/", "https://example.org/#"] {
        assert_eq!(link::decode(address).map(|link| link.opened), Ok(Opened::Nothing), "{address}");
    }
    refused("x1=t.a/end", LinkError::Unrecognised);
    refused("ui=sideways", LinkError::Unrecognised);
    refused("page=nowhere", LinkError::Unrecognised);
    refused("v=fenced", LinkError::Truncated);
    refused("at=1s&theme=dark", LinkError::Truncated);
    refused("ui=read&with=seed+7", LinkError::Truncated);
    assert_eq!(link::decode(&link::leaf(Leaf::Article)).map(|link| link.view.leaf), Ok(Leaf::Article));
}

#[test]
fn presets_are_named_and_say_when_they_have_changed() {
    let preset = gallery::first();
    let opened = |fragment: &str| link::decode(fragment).expect("the gallery has it").opened;
    let fragment = link::preset(preset, &ViewParameters::default());
    let (name, text) = (preset.name.to_owned(), preset.text.to_owned());
    assert_eq!(opened(&fragment), Opened::Preset { name: name.clone(), text: text.clone(), age: Age::Same });
    let of_before = fragment.split_once('.').expect("the second check stands behind a dot").0;
    assert_eq!(opened(of_before), Opened::Preset { name: name.clone(), text: text.clone(), age: Age::Same });
    assert_eq!(opened(&format!("p1={name}@0000000")), Opened::Preset { name, text, age: Age::Unsure });
    refused("p1=nothing-like-it@0000000", LinkError::NoSuchPreset("nothing-like-it".into()));
    refused("p1=a-lock-gone-wrong@000", LinkError::Truncated);
    refused("p1=a-lock-gone-wrong@0000000.0000", LinkError::Truncated);
    for hash in ["zzzzzzz", "000000o", "00000000", "0000000.0000000", "000%000"] {
        refused(&format!("p1=a-lock-gone-wrong@{hash}"), LinkError::Damaged);
    }
}

#[test]
fn a_file_is_named_only_by_https() {
    let opened = |fragment: &str| link::decode(fragment).map(|link| link.opened).map_err(|failure| failure.error);
    let file = |address: &str| Ok(Opened::File(address.into()));
    assert_eq!(opened("ui=read&src=https://a.org/b?c=d&e=f"), file("https://a.org/b?c=d&e=f"));
    assert_eq!(opened("src=https%3A%2F%2Fa.org/b"), file("https://a.org/b"));
    for bad in ["http://a.org", "javascript:alert(1)", "https://", "https:///x", "https://a b", "//a.org", "data:,x"] {
        refused(&format!("src={bad}"), LinkError::NotHttps);
    }
}

#[test]
fn a_link_has_an_end() {
    let longest = format!("s1=t.{}/end", "a".repeat(link::LONGEST - 9));
    assert!(link::decode(&longest).is_ok());
    refused(&longest.replace("/end", "a/end"), LinkError::TooLong);
}

#[test]
fn an_anonymous_variant_is_one_more_variant() {
    let (document, name) = Document::new(gone_wrong()).with_variant("store S check ge\nexpect effect-order held");
    let parsed = document.parse();
    assert_eq!((name.as_str(), parsed.diagnostics.len()), ("with", 0));
    assert_eq!(parsed.view(Some("with")).map(|view| view.scenario.expectations.len()), Some(1));
    assert_eq!(document.with_variant("until 5s").1, "with-2");
}

/// `v=fenced&with=…`: both are honoured, and what the lines say counts.
#[test]
fn an_anonymous_variant_can_build_on_another() {
    let text = "fencepost 1\nstore S\nclient A: write S\n\nvariant fenced\n  store S check ge # why not\n  \
        pause A at 1s for 2s\n  expect effect-order held\n";
    let document = Document::new(text);
    let block = |lines: &str, of: Option<&str>| -> String {
        let (document, name) = document.with_variant_of(lines, of);
        assert_eq!((name.as_str(), document.parse().diagnostics.len()), ("with", 0), "{}", document.text());
        document.text().split_once("variant with\n").expect("it is the last").1.to_owned()
    };
    assert_eq!(block("until 9s", Some("fenced")), "  store S check ge # why not\n  pause A at 1s for 2s\n  until 9s\n");
    assert_eq!(block("store S check gt", Some("fenced")), "  pause A at 1s for 2s\n  store S check gt\n");
    assert_eq!(block("until 9s", None), "  until 9s\n");
    assert_eq!(block("until 9s", Some("nothing-like-it")), "  until 9s\n");
}

#[test]
fn every_failure_is_told_in_plain_words() {
    let failures =
        ["s1=w.abc", "s1=z.abc", "s1=z.abc.0000000", "s1=t.%/end", "s2=t.a/end", "p1=x@0000000", "src=ftp://x", "what"];
    for fragment in failures {
        let said = link::decode(fragment).expect_err("it cannot be opened").to_string();
        assert!(said.starts_with("This link") || said.starts_with("The end of this link"), "{said}");
        assert!(said.ends_with('.') && !said.contains("Error"), "{said}");
    }
}
