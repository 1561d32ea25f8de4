//! Sentences that cannot both be true of one run, and sentences about faults against the faults.

use fencepost_lab::Run;
use fencepost_properties::{Evidence, Reason, State, Verdict};
use fencepost_sim::{EventKind, Fate, Time};
use fencepost_vocabulary::PropertyKind;

/// Words that carry a claim about all that is still to come, or about the faults.
pub const WORDS: [&str; 9] = [
    "repeats itself every",
    "nothing is left that could",
    "not ruled out",
    "no proof",
    "may yet",
    "has no end",
    "The last fault was over at",
    "The last fault struck at",
    "that write is lost",
];

/// No two of these can be said of one run.
const CONTRADICTIONS: [[&str; 2]; 8] = [
    ["repeats itself every", "nothing is left that could"],
    ["repeats itself every", "not ruled out"],
    ["repeats itself every", "no proof"],
    ["nothing is left that could", "not ruled out"],
    ["nothing is left that could", "no proof"],
    ["nothing is left that could", "may yet"],
    ["may yet", "has no end"],
    ["Nothing went wrong", "The last fault"],
];

/// Which of the words are said of this run.
pub fn told(run: &Run) -> Vec<&'static str> {
    let is_said = |word: &&str| run.verdicts.iter().any(|verdict| verdict.sentence.contains(*word));
    WORDS.into_iter().filter(is_said).collect()
}

pub fn complaints(run: &Run) -> Vec<String> {
    let mut found = Vec::new();
    let saying = |word: &str| run.verdicts.iter().find(|verdict| verdict.sentence.contains(word));
    for [one, other] in CONTRADICTIONS {
        if let (Some(first), Some(second)) = (saying(one), saying(other)) {
            found.push(format!("{:?} and {:?}", first.sentence, second.sentence));
        }
    }
    for (place, verdict) in run.verdicts.iter().enumerate() {
        let same = |other: &&Verdict| (other.property, other.subject) == (verdict.property, verdict.subject);
        if run.verdicts[..place].iter().any(|other| same(&other)) {
            found.push(format!("two rows for {:?} of {:?}", verdict.property, verdict.subject));
        }
        found.extend(of_state(run, verdict));
        found.extend(of_faults(run, verdict));
    }
    found.extend(of_parts(run));
    found
}

/// The state of a verdict and its sentence.
fn of_state(run: &Run, verdict: &Verdict) -> Option<String> {
    let sentence = &verdict.sentence;
    let is_wrong = match verdict.state {
        State::Stuck { evidence: Evidence::Lasso { .. }, .. } => !sentence.contains("repeats itself every"),
        State::Stuck { evidence: Evidence::Quiescent, .. } => !sentence.contains("nothing is left"),
        State::Stuck { evidence: Evidence::GaveUp, .. } => !sentence.contains("gave up"),
        State::Stuck { evidence: Evidence::Horizon, .. } => !sentence.contains("no proof"),
        State::Pending { .. } => {
            ["repeats itself", "nothing is left", "no proof"].iter().any(|it| sentence.contains(it))
        }
        State::Violated { at, event } => at > run.trace.ended_at || run.trace.event(event).time != at,
        State::Met { at, event, .. } => at > run.trace.ended_at || run.trace.event(event).time > at,
        State::Seen { from, until } => from > until || until > run.trace.ended_at,
        State::Quiet { .. } => !sentence.contains("not ruled out"),
        State::Held | State::Unseen | State::NoVerdict(_) => false,
    };
    let is_endless = sentence.contains("  ") || !sentence.ends_with('.') || sentence.contains(" and no one of");
    (is_wrong || is_endless).then(|| format!("{:?}: {sentence:?}", verdict.state))
}

/// The whole and its parts: where nothing was there to be judged anywhere, nothing was; and what broke in a part broke.
fn of_parts(run: &Run) -> Vec<String> {
    let mut found = Vec::new();
    for whole in run.verdicts.iter().filter(|verdict| verdict.subject.is_none() && is_composed(verdict.property)) {
        let parts = || run.verdicts.iter().filter(|it| it.property == whole.property && it.subject.is_some());
        let is_broken = |verdict: &Verdict| matches!(verdict.state, State::Violated { .. });
        let is_nothing = |verdict: &Verdict| verdict.state == State::NoVerdict(Reason::NothingToJudge);
        if parts().any(is_broken) && !is_broken(whole) {
            found.push(format!("broken in a part, and as a whole: {:?}", whole.sentence));
        }
        if parts().next().is_some() && parts().all(is_nothing) != is_nothing(whole) {
            found.push(format!("nothing to judge in any part, and as a whole: {:?}", whole.sentence));
        }
    }
    found
}

/// Properties that are judged for each store or each lock as they are for all.
fn is_composed(property: PropertyKind) -> bool {
    matches!(
        property,
        PropertyKind::NoLostUpdate
            | PropertyKind::EffectOnce
            | PropertyKind::LockExclusion
            | PropertyKind::LeaseContract
            | PropertyKind::TokenUnique
            | PropertyKind::TokenMonotonic
    )
}

/// "The last fault was over at 5 s": then one was, and at no later moment of the run.
fn of_faults(run: &Run, verdict: &Verdict) -> Option<String> {
    let wrong = || Some(format!("{:?}, against the trace", verdict.sentence));
    if let Some(at) = time_behind(run, &verdict.sentence, "The last fault was over at ")
        && !(at <= run.trace.ended_at && is_over_at(run, at))
    {
        return wrong();
    }
    if let Some(at) = time_behind(run, &verdict.sentence, "The last fault struck at ")
        && !is_struck_at(run, at)
    {
        return wrong();
    }
    if let Some(at) = time_behind(run, &verdict.sentence, "The last fault began at ")
        && !run
            .trace
            .events
            .iter()
            .any(|event| event.time == at && matches!(event.kind, EventKind::FaultStarted { until: None, .. }))
    {
        return wrong();
    }
    None
}

/// The time that stands behind these words. A sentence knows times only as they are written, so it is the one of an event
/// or of something that an event announces that is written so.
fn time_behind(run: &Run, sentence: &str, words: &str) -> Option<Time> {
    let (_, rest) = sentence.split_once(words)?;
    let is_it = |time: &Time| {
        let written = time.to_string();
        rest.strip_prefix(&written).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
    };
    times(run).into_iter().find(is_it)
}

fn times(run: &Run) -> Vec<Time> {
    let mut times = Vec::new();
    for event in &run.trace.events {
        times.push(event.time);
        times.extend(announced(&event.kind));
    }
    times
}

/// When a fault that is told of here will be over.
fn announced(kind: &EventKind<fencepost_vocabulary::Fencepost>) -> Option<Time> {
    match kind {
        EventKind::FaultStarted { until, .. } => *until,
        EventKind::Crashed { recovers, .. } => *recovers,
        EventKind::Duplicated { arrives, .. } => Some(*arrives),
        EventKind::Sent { fate: fate @ (Fate::Delayed { .. } | Fate::Held { .. }), .. } => fate.arrives(),
        _ => None,
    }
}

fn is_over_at(run: &Run, at: Time) -> bool {
    run.trace.events.iter().any(|event| announced(&event.kind) == Some(at))
}

fn is_struck_at(run: &Run, at: Time) -> bool {
    let strikes = |kind: &EventKind<_>| {
        matches!(
            kind,
            EventKind::Crashed { recovers: None, .. }
                | EventKind::ClockSet { .. }
                | EventKind::Sent { fate: Fate::Dropped { .. }, .. }
        )
    };
    run.trace.events.iter().any(|event| event.time == at && strikes(&event.kind))
}
