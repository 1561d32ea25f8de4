//! One round of a random campaign against the two doors that strangers' bytes come in by: links and texts.

use fencepost_scenario::link::{self, Opened, ViewParameters};
use fencepost_scenario::model::{ProgramStep, Role};
use fencepost_scenario::{Document, gallery, limits, print};

use crate::chance::Chance;

/// Every statement of the language at least once.
const EVERYTHING: &str = include_str!("everything.fencepost");

/// The gallery and one text that says everything, in their three forms: what the campaign does its damage to.
pub struct Campaign {
    texts: Vec<&'static str>,
    packed: Vec<String>,
    readable: Vec<String>,
    chance: Chance,
}

impl Campaign {
    /// The campaign with this seed.
    pub fn new(seed: u64) -> Self {
        let view = ViewParameters::default();
        let texts: Vec<&str> = gallery::all().iter().map(|preset| preset.text).chain([EVERYTHING]).collect();
        let packed = texts.iter().map(|text| link::packed(text, &view)).collect();
        let readable = texts.iter().map(|text| link::readable(text, &view)).collect();
        Self { texts, packed, readable, chance: Chance(seed) }
    }

    /// Feeds one random or damaged input to the link decoder and to the parser, and checks what they promise.
    pub fn round(&mut self) {
        let chance = &mut self.chance;
        let (which, other) = (chance.below(self.texts.len()), self.texts[chance.below(self.texts.len())]);
        let input = match chance.below(4) {
            0 => String::from_utf8_lossy(&chance.bytes(300)).into_owned(),
            1 => chance.hurt(&self.packed[which], other),
            2 => chance.hurt(&self.readable[which], other),
            _ => chance.hurt(self.texts[which], other),
        };
        decode(&input);
        parse(&input);
    }
}

/// Either a link opens as some bounded text or it says why not.
fn decode(input: &str) {
    match link::decode(input) {
        Ok(link) => match link.opened {
            Opened::Text(text) => {
                assert!(text.len() <= limits::TEXT, "{input}");
                parse(&text);
            }
            Opened::File(address) => assert!(address.starts_with("https://"), "{input}"),
            Opened::Preset { .. } | Opened::Nothing => {}
        },
        Err(failure) => assert!(!failure.to_string().is_empty() && failure.raw.len() <= input.len(), "{input}"),
    }
}

/// Whatever a text says, its scenario keeps the limits, and nothing was left out without a word.
fn parse(input: &str) {
    let document = Document::new(input);
    let parsed = document.parse();
    let scenario = &parsed.scenario;
    let count = document.lines().count();
    assert!(scenario.participants.len() <= limits::PARTICIPANTS, "{input}");
    assert!(scenario.faults.len() + scenario.disabled.len() <= limits::FAULTS, "{input}");
    assert!(scenario.variants.len() <= limits::VARIANTS, "{input}");
    assert!(parsed.diagnostics.len() <= limits::DIAGNOSTICS, "{input}");
    assert!(parsed.diagnostics.iter().all(|one| one.line < count), "{input}");
    // Writing and reading again costs more than all the rest, so it is done for some only.
    if input.len().is_multiple_of(8) {
        assert_eq!(Document::new(print(scenario)).parse().scenario.participants, scenario.participants, "{input}");
    }
    for one in &scenario.participants {
        if let Role::Client(client) = &one.role {
            assert!(client.program.iter().map(weight).sum::<usize>() <= limits::STEPS, "{input}");
        }
    }
    for variant in &scenario.variants {
        let view = parsed.view(Some(&variant.name)).expect("each variant has a view");
        assert_eq!(view.lines.participants.len(), view.scenario.participants.len(), "{input}");
        assert_eq!(view.lines.trusts.len(), view.scenario.participants.len(), "{input}");
        assert_eq!(view.lines.faults.len(), view.scenario.faults.len(), "{input}");
    }
}

/// How many steps the engine makes of one.
fn weight(step: &ProgramStep) -> usize {
    if let ProgramStep::Write { times, .. } = step { *times as usize } else { 1 }
}
