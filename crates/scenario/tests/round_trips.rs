//! What goes out comes back: text and meaning, over scenarios and texts made by chance.

mod common;

use common::{config, scenario};
use fencepost_scenario::model::Statement;
use fencepost_scenario::{Document, gallery, link, print, print_expectation, print_fault, print_statement};
use link::ViewParameters;
use proptest::prelude::*;

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_printed_scenario_reads_as_itself(scenario in scenario()) {
        let text = print(&scenario);
        let parsed = Document::new(text.as_str()).parse();
        prop_assert_eq!(&parsed.scenario, &scenario, "{}", text);
        prop_assert_eq!(print(&parsed.scenario), text);
    }

    #[test]
    fn views_of_text_and_meaning_agree_and_every_part_is_found_in_its_line(scenario in scenario()) {
        let text = print(&scenario);
        let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
        let parsed = Document::new(text.as_str()).parse();
        let names = scenario.variants.iter().map(|variant| Some(variant.name.as_str()));
        for variant in std::iter::once(None).chain(names) {
            let view = parsed.view(variant).expect("the variant is there");
            prop_assert_eq!(Some(view.scenario.clone()), scenario.view(variant));
            let (meaning, place) = (&view.scenario, &view.lines);
            let faults: Vec<&str> = place.faults.iter().map(|line| lines[*line]).collect();
            prop_assert_eq!(faults, meaning.faults.iter().map(print_fault).collect::<Vec<_>>());
            let disabled: Vec<&str> = place.disabled.iter().map(|line| lines[*line].trim_start_matches("off ")).collect();
            prop_assert_eq!(disabled, meaning.disabled.iter().map(print_fault).collect::<Vec<_>>());
            let claims: Vec<&str> = place.expectations.iter().map(|line| lines[*line]).collect();
            prop_assert_eq!(claims, meaning.expectations.iter().map(print_expectation).collect::<Vec<_>>());
            for (one, line) in meaning.participants.iter().zip(&place.participants) {
                prop_assert!(lines[*line].split(' ').any(|word| word == one.name), "{} in {}", one.name, lines[*line]);
            }
            prop_assert_eq!(place.participants.len(), meaning.participants.len());
            for (object, line) in meaning.objects.iter().zip(&place.objects) {
                prop_assert_eq!(lines[*line], print_statement(&Statement::Object(object.clone())));
            }
            prop_assert_eq!(place.objects.len(), meaning.objects.len());
        }
    }

    #[test]
    fn a_document_is_the_text_it_was_made_of(text in "[^\r\u{feff}]*") {
        let document = Document::new(text.as_str());
        prop_assert_eq!(document.text(), text.as_str());
        prop_assert_eq!(document.lines().collect::<Vec<_>>().join("\n"), text);
    }

    #[test]
    fn any_text_survives_both_forms_of_a_link(text in any::<String>(), variant in "[a-z/&=#+%]{1,9}") {
        let view = ViewParameters { variant: Some(variant), ..ViewParameters::default() };
        for fragment in [link::readable(&text, &view), link::packed(&text, &view)] {
            let opened = link::decode(&format!("https://example.org/#{fragment}")).expect("it was just made");
            prop_assert_eq!(opened.opened.text(), Some(text.as_str()));
            prop_assert_eq!(&opened.view, &view);
        }
    }

    #[test]
    fn any_text_can_be_read(text in "(?s).{0,300}") {
        let document = Document::new(text.as_str());
        for one in document.parse().diagnostics {
            prop_assert!(one.length > 0 && one.line < document.lines().count());
        }
    }
}

#[test]
fn line_ends_are_normalised() {
    assert_eq!(Document::new("\u{feff}a\r\nb\r\n").text(), "a\nb\n");
    assert_eq!(Document::new("# a\rb\r\n\rc").text(), "# a\nb\n\nc");
}

/// What the campaign of damage begins with is sound, so that what it finds is the damage's doing.
#[test]
fn a_text_that_says_everything_is_sound_and_keeps_its_meaning_when_tidied() {
    let parsed = Document::new(include_str!("common/everything.fencepost")).parse();
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(Document::new(print(&parsed.scenario)).parse().scenario, parsed.scenario);
}

#[test]
fn tidying_the_gallery_twice_is_tidying_it_once() {
    for preset in gallery::all() {
        let once = print(&Document::new(preset.text).parse().scenario);
        assert_eq!(print(&Document::new(once.as_str()).parse().scenario), once, "{}", preset.name);
    }
}
