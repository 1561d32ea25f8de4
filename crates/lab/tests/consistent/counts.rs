//! Counts in sentences against the notes of the trace.

use fencepost_lab::Run;
use fencepost_properties::Verdict;
use fencepost_sim::{EventKind, ParticipantId};
use fencepost_vocabulary::{FencingToken, Note, PropertyKind};

pub fn complaints(run: &Run) -> Vec<String> {
    run.verdicts.iter().filter_map(|verdict| of(run, verdict)).collect()
}

fn of(run: &Run, verdict: &Verdict) -> Option<String> {
    let counted = match verdict.property {
        PropertyKind::LockExclusion | PropertyKind::TokenUnique => {
            // What several nodes say of one grant is one grant; only of a service that stands alone can notes be counted.
            let lock = only(run, verdict, |id| run.cast.is_lock(id))?;
            let made = notes(run, lock, |note| matches!(note, Note::Granted { .. })) + untold(run, lock);
            said(&verdict.sentence, &[" made ", "The "], "grant").map(|number| (number, made))
        }
        PropertyKind::NoLostUpdate => {
            let store = only(run, verdict, |id| run.cast.is_store(id))?;
            let applied = notes(run, store, |note| matches!(note, Note::Applied { base: Some(_), .. }));
            said(&verdict.sentence, &["None of the ", "Neither of the ", "The "], "update")
                .map(|number| (number, applied))
        }
        PropertyKind::EffectOrder | PropertyKind::EffectFresh | PropertyKind::EffectOnce => {
            let store = only(run, verdict, |id| run.cast.is_store(id))?;
            let applied = notes(run, store, |note| matches!(note, Note::Applied { .. }));
            let number = said(&verdict.sentence, &["All ", "Each of the ", "all "], "write");
            // Some of them may have been left aside, and then the sentence says so.
            let number = number.map(|number| number + again(&verdict.sentence));
            let is_partial = is_partial(&verdict.sentence);
            number.map(|number| (number, if number < applied && is_partial { number } else { applied }))
        }
        _ => None,
    };
    let (number, counted) = counted?;
    (number != counted).then(|| format!("{number} said, {counted} there: {:?}", verdict.sentence))
}

/// How many times more some of the writes were applied: "one of them twice", "4 times in all".
fn again(sentence: &str) -> usize {
    let more =
        sentence.split_once("applied again, ").and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    more.unwrap_or(usize::from(sentence.contains("one of them twice")))
}

/// Whether a sentence says that it speaks of some writes only.
fn is_partial(sentence: &str) -> bool {
    ["under a grant", "Leaving aside", "at guarded stores"].iter().any(|words| sentence.contains(words))
}

/// The one service that this verdict speaks of, if there is just one of the kind in this run, and it stands alone.
fn only(run: &Run, verdict: &Verdict, is_it: impl Fn(ParticipantId) -> bool) -> Option<ParticipantId> {
    let all: Vec<ParticipantId> = run.cast.ids().filter(|id| is_it(*id)).collect();
    let whole = all.first().copied().filter(|_| all.len() == 1);
    verdict.subject.or(whole).filter(|id| run.cast.object(*id).is_none())
}

/// Grants that a lock service has after a crash and had told nobody of: it crashed in the step that made them.
fn untold(run: &Run, lock: ParticipantId) -> usize {
    let mut told: Vec<(ParticipantId, FencingToken)> = Vec::new();
    let mut untold = 0;
    for event in run.trace.events.iter().filter(|event| event.participant == lock) {
        let EventKind::Noted(note) = &event.kind else { continue };
        let (holder, is_told) = match note {
            Note::Granted { client, token, .. } => ((*client, *token), true),
            Note::Reopened { holder: Some(holder), .. } => (*holder, false),
            _ => continue,
        };
        untold += usize::from(!is_told && !told.contains(&holder));
        told.push(holder);
    }
    untold
}

fn notes(run: &Run, at: ParticipantId, is_it: impl Fn(&Note) -> bool) -> usize {
    let told = run.trace.events.iter().filter(|event| event.participant == at);
    told.filter(|event| matches!(&event.kind, EventKind::Noted(note) if is_it(note))).count()
}

/// The number that a sentence gives of these things: "made 3 grants", "The one update", "no grant".
fn said(sentence: &str, before: &[&str], noun: &str) -> Option<usize> {
    before.iter().find_map(|words| {
        let (_, rest) = sentence.split_once(words)?;
        let mut rest = rest.split_whitespace();
        let number = number(rest.next()?)?;
        rest.next()?.trim_end_matches(['.', ',', ';', 's']).eq(noun).then_some(number)
    })
}

fn number(word: &str) -> Option<usize> {
    match word {
        "no" => Some(0),
        "one" => Some(1),
        "two" => Some(2),
        digits => digits.parse().ok(),
    }
}
