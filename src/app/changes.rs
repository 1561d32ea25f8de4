//! What a change of the scenario was and what it brought about: two runs compared, told in short sentences.

use std::collections::BTreeMap;

use fencepost_lab::Run;
use fencepost_properties::{Reason, State, Verdict};
use fencepost_scenario::Scenario;
use fencepost_scenario::model::FaultSpec;
use fencepost_vocabulary::{EventKind, Note, PropertyKind};

use crate::app::Picture;
use crate::words::{fault_sentence, state_said};

/// One difference between two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A fault that is new, "L crashes at 5 s", or gone: "Removed: L crashes at 5 s".
    Fault(String),
    /// A write met another end: "A’s write is now rejected".
    Write(String),
    /// A property is judged otherwise.
    Verdict {
        /// Which property, with its subject: `grant(B)`.
        name: String,
        /// The word from before.
        from: &'static str,
        /// The word now.
        to: &'static str,
    },
}

impl Change {
    /// The change as it is read aloud, without a full stop.
    pub fn spoken(&self) -> String {
        match self {
            Self::Fault(sentence) | Self::Write(sentence) => sentence.clone(),
            Self::Verdict { name, from, to } => format!("{name} {}; it {}", before(from), now(to)),
        }
    }

    /// The change in words, without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::Fault(sentence) | Self::Write(sentence) => sentence.clone(),
            Self::Verdict { name, from, to } => format!("{name}: {from} → {to}"),
        }
    }
}

/// What a property did until now, by the word that the page has for its state.
fn before(said: &str) -> String {
    match said {
        "held" => "held".into(),
        "seen" => "was seen".into(),
        "never happened" => "never happened".into(),
        "will never happen" => "was never to happen".into(),
        "seems never to happen" => "seemed never to happen".into(),
        "not yet" => "had not happened yet".into(),
        "no verdict" | "nothing to judge" => "had no verdict".into(),
        other => format!("was {other}"),
    }
}

/// What it does now.
fn now(said: &str) -> String {
    match said {
        "held" => "now holds".into(),
        "seen" => "is now seen".into(),
        "never happened" => "no longer happens".into(),
        "will never happen" => "will now never happen".into(),
        "seems never to happen" => "now seems never to happen".into(),
        "not yet" => "now has not happened yet".into(),
        "no verdict" | "nothing to judge" => "now has no verdict".into(),
        other => format!("is now {other}"),
    }
}

/// So many changes of one kind are told one by one; of more, how many they are. A line with a thousand sentences would
/// tell nobody anything, and a screen reader would read for an hour.
const MANY: usize = 12;

/// Everything that differs: what was changed, and what came of it, writes first.
pub fn between(before: &Picture, after: &Picture) -> Vec<Change> {
    let mut changes = changed_faults(&before.view.scenario, &after.view.scenario);
    changes.extend(changed_writes(&before.run, &after.run));
    changes.extend(changed_verdicts(&before.run, &after.run));
    changes
}

/// Where a list is too long to be told: how many more there are.
fn more(all: usize) -> Option<usize> {
    all.checked_sub(MANY).filter(|more| *more > 0)
}

/// A fault that is new or another one is told as it is now; one that is gone, as gone. Another scenario altogether is no
/// change of its faults.
fn changed_faults(before: &Scenario, after: &Scenario) -> Vec<Change> {
    if before.title != after.title {
        return Vec::new();
    }
    let (new, gone) = (missing(&after.faults, &before.faults), missing(&before.faults, &after.faults));
    let told = new.iter().map(|fault| fault_sentence(fault));
    // What is put in the place of another needs no word about the other.
    let taken = gone.iter().skip(new.len()).map(|fault| format!("Removed: {}", fault_sentence(fault)));
    let rest = more(new.len().max(gone.len())).map(|more| format!("{more} more faults changed"));
    told.chain(taken).take(MANY).chain(rest).map(Change::Fault).collect()
}

/// The faults of one list that another one does not have. An edit touches few of them, so what both begin and end with
/// is passed over first: a thousand are not compared each with each in every frame of a drag.
fn missing<'a>(of: &'a [FaultSpec], other: &[FaultSpec]) -> Vec<&'a FaultSpec> {
    let alike = |(one, another): &(&FaultSpec, &FaultSpec)| one == another;
    let begin = of.iter().zip(other).take_while(alike).count();
    let end = of[begin..].iter().rev().zip(other[begin..].iter().rev()).take_while(alike).count();
    let changed = of[begin..of.len() - end].iter();
    changed.filter(|fault| !other.contains(fault)).collect()
}

/// The name of a verdict: its property, with the subject where it has one.
pub fn verdict_name(run: &Run, index: usize) -> String {
    let verdict = &run.verdicts[index];
    match verdict.subject {
        Some(subject) => format!("{}({})", verdict.property.word(), run.cast.name(subject)),
        None => verdict.property.word().to_owned(),
    }
}

fn changed_verdicts(before: &Run, after: &Run) -> Vec<Change> {
    let (old, new) = (words(before), words(after));
    // What is not worked out, on either side, has not changed.
    let changed = new.iter().filter_map(|((_, name), to)| {
        let from = old.iter().find(|((_, other), _)| other == name)?.1;
        (from != *to).then(|| Change::Verdict { name: name.clone(), from, to })
    });
    changed.collect()
}

/// What is said of each verdict's state, by its place among the properties and its name.
fn words(run: &Run) -> Vec<((PropertyKind, String), &'static str)> {
    let is_known = |verdict: &Verdict| verdict.state != State::NoVerdict(Reason::Unfinished);
    let named = run.verdicts.iter().enumerate().filter(|(_, verdict)| is_known(verdict));
    named.map(|(index, verdict)| ((verdict.property, verdict_name(run, index)), state_said(verdict.state))).collect()
}

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Applied,
    Rejected,
}

/// A client's so-many-th write under any grant, by the client's name.
type Write<'a> = (&'a str, u32);

fn changed_writes(before: &Run, after: &Run) -> Vec<Change> {
    let (old, new) = (fates(before), fates(after));
    let gone = old.keys().filter(|write| !new.contains_key(*write));
    let changed: Vec<&Write<'_>> = new.keys().chain(gone).filter(|write| old.get(*write) != new.get(*write)).collect();
    let told = changed.iter().take(MANY).map(|write| tell(write, new.get(*write).copied(), &new));
    let rest = more(changed.len()).map(|more| format!("{more} more writes end otherwise"));
    told.chain(rest).map(Change::Write).collect()
}

/// The last thing that became of each write.
fn fates(run: &Run) -> BTreeMap<Write<'_>, Fate> {
    let notes = run.trace.events.iter().filter_map(|event| match &event.kind {
        EventKind::Noted(note) => Some(note),
        _ => None,
    });
    let judged = notes.filter_map(|note| match note {
        Note::Applied { client, sequence, .. } => Some((*client, sequence.0, Fate::Applied)),
        Note::TurnedAway { client, sequence, .. } if sequence.0 > 0 => Some((*client, sequence.0, Fate::Rejected)),
        _ => None,
    });
    let mut fates = BTreeMap::new();
    fates.extend(judged.map(|(client, sequence, fate)| ((run.cast.name(client), sequence), fate)));
    fates
}

fn tell((client, sequence): &Write<'_>, now: Option<Fate>, new: &BTreeMap<Write<'_>, Fate>) -> String {
    let several = new.range((*client, 0)..=(*client, u32::MAX)).nth(1).is_some();
    let which = if several { format!("{client}’s write {sequence}") } else { format!("{client}’s write") };
    match now {
        Some(Fate::Applied) => format!("{which} is now applied"),
        Some(Fate::Rejected) => format!("{which} is now rejected"),
        None => format!("{which} no longer arrives"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario(faults: &str) -> Scenario {
        let text = format!("fencepost 1\nlock L lease 1s\nclient A at 0s: acquire L\n{faults}");
        fencepost_scenario::Document::new(text).parse().scenario
    }

    fn cuts(which: impl Iterator<Item = u32>) -> String {
        which.map(|cut| format!("partition A | L from {cut}s to {}s\n", cut + 1)).collect()
    }

    #[test]
    fn the_faults_that_differ_are_those_that_the_other_list_has_not() {
        let lists = [cuts(0..5), cuts(2..7), cuts((0..5).rev()), cuts(0..0), cuts((0..5).filter(|it| *it != 2))];
        let lists = lists.map(|list| scenario(&list).faults);
        for (one, other) in lists.iter().flat_map(|one| lists.iter().map(move |other| (one, other))) {
            let plainly: Vec<&FaultSpec> = one.iter().filter(|fault| !other.contains(fault)).collect();
            assert_eq!(missing(one, other), plainly);
        }
    }

    #[test]
    fn of_a_thousand_changes_a_dozen_are_told_and_the_others_counted() {
        let told = changed_faults(&scenario(""), &scenario(&cuts(0..1_000)));
        assert_eq!(told.len(), MANY + 1);
        assert_eq!(told[MANY].sentence(), "988 more faults changed");
        assert_eq!(changed_faults(&scenario(""), &scenario(&cuts(0..12))).len(), MANY, "a dozen need no count");
    }

    #[test]
    fn of_many_writes_a_dozen_are_told_and_each_by_its_number() {
        let run = |writes: u32| {
            let text =
                format!("fencepost 1\nuntil 1h\nstore S\nclient A at 0s: write S x{writes}\nclient B at 0s: write S\n");
            fencepost_lab::run(&fencepost_scenario::Document::new(text.replace("1h", "60m")).parse().scenario)
        };
        let told = changed_writes(&run(1), &run(900));
        assert_eq!(told.len(), MANY + 1);
        assert_eq!(told[0].sentence(), "A’s write 2 is now applied");
        assert_eq!(told[MANY].sentence(), "887 more writes end otherwise");
        assert_eq!(changed_writes(&run(900), &run(900)), []);
    }

    #[test]
    fn a_change_is_read_aloud_as_a_sentence() {
        let spoken = |from, to| Change::Verdict { name: "P".into(), from, to }.spoken();
        assert_eq!(spoken("violated", "held"), "P was violated; it now holds");
        assert_eq!(spoken("held", "violated"), "P held; it is now violated");
        assert_eq!(spoken("never happened", "seen"), "P never happened; it is now seen");
        assert_eq!(spoken("seen", "never happened"), "P was seen; it no longer happens");
        assert_eq!(spoken("not yet", "met"), "P had not happened yet; it is now met");
        assert_eq!(spoken("met", "will never happen"), "P was met; it will now never happen");
        assert_eq!(spoken("no verdict", "held"), "P had no verdict; it now holds");
    }
}
