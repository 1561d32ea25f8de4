//! The faults of a scenario that never struck, and why. They are shown and never moved to something else.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, PauseStart, Scenario};
use fencepost_sim::{End, FaultId, ParticipantId, Time, Vocabulary, sort_by_rank};
use fencepost_vocabulary::{Cast, EventKind, Fencepost, MessageKind, Step, Trace};

use crate::lies::{lie_told, why_untold};

/// A fault that never struck, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// Which fault.
    pub fault: FaultId,
    /// Why not, in a sentence for the reader.
    pub reason: String,
}

/// All that dangle, in the order of the scenario: those that speak of nobody, those that wait for something that did
/// not come, and those of which the trace says nothing although it should.
pub(crate) fn dangling(
    scenario: &Scenario,
    cast: &Cast,
    unresolved: Vec<(FaultId, String)>,
    waiting: impl Iterator<Item = FaultId>,
    trace: &Trace,
) -> Vec<Dangling> {
    let nobody = |(fault, name)| Dangling { fault, reason: format!("Nobody here is called {name}.") };
    let mut all: Vec<Dangling> = unresolved.into_iter().map(nobody).collect();
    let waiting = waiting.filter_map(|fault| Some((fault, scenario.faults.get(fault.index())?)));
    let counts = LazyCell::new(|| Counts::of(trace));
    all.extend(waiting.map(|(fault, spec)| Dangling { fault, reason: never_came(spec, cast, trace, &counts) }));
    let mut settled = seen(scenario, cast, trace);
    for dangling in &all {
        settled.get_mut(dangling.fault.index()).into_iter().for_each(|it| *it = true);
    }
    for (index, spec) in scenario.faults.iter().enumerate().filter(|(index, _)| !settled[*index]) {
        let fault = FaultId(index as u16);
        let reason = unseen(spec, cast, trace, &counts).or_else(|| why_untold(spec, scenario));
        all.extend(reason.map(|reason| Dangling { fault, reason }));
    }
    sort_by_rank(&mut all, |dangling| (u64::from(dangling.fault.0), 0));
    all
}

/// How often what was sent, taken and struck, counted once for all faults: a thousand of them do not each walk over two
/// hundred thousand events.
struct Counts {
    sent: BTreeMap<(ParticipantId, ParticipantId, MessageKind), usize>,
    taken: BTreeMap<(ParticipantId, Step), usize>,
    /// In order of time.
    crashes: BTreeMap<ParticipantId, Vec<Time>>,
}

impl Counts {
    fn of(trace: &Trace) -> Self {
        let mut counts = Self { sent: BTreeMap::new(), taken: BTreeMap::new(), crashes: BTreeMap::new() };
        for event in &trace.events {
            let who = event.participant;
            match &event.kind {
                EventKind::Sent { to, message, .. } => *counts.sent.entry((who, *to, message.kind())).or_default() += 1,
                EventKind::Crashed { .. } => counts.crashes.entry(who).or_default().push(event.time),
                _ => {}
            }
            let taken = match event.kind {
                EventKind::Stepped(taken) => Some(taken),
                EventKind::TimerFired(timer) => Fencepost::timed_step(timer),
                _ => None,
            };
            if let Some(step) = taken {
                *counts.taken.entry((who, step)).or_default() += 1;
            }
        }
        counts
    }
}

/// Why what a fault waits for did not come: how often the like of it did.
fn never_came(spec: &FaultSpec, cast: &Cast, trace: &Trace, counts: &Counts) -> String {
    match spec {
        FaultSpec::Crash { start: CrashStart::AfterSending(message), .. }
        | FaultSpec::Drop { message }
        | FaultSpec::Delay { message, .. }
        | FaultSpec::Duplicate { message, .. }
        | FaultSpec::Hold { message, .. } => not_sent(message, cast, trace, counts),
        FaultSpec::Pause { participant, start: PauseStart::Before { step, ordinal }, .. }
        | FaultSpec::Crash { participant, start: CrashStart::Before { step, ordinal }, .. }
        | FaultSpec::Stall { participant, step, ordinal, .. } => {
            not_taken((participant.as_str(), *step, *ordinal), cast, trace, counts)
        }
        FaultSpec::Pause { .. }
        | FaultSpec::Crash { .. }
        | FaultSpec::Mute { .. }
        | FaultSpec::Deafen { .. }
        | FaultSpec::ClockRate { .. }
        | FaultSpec::ClockJump { .. }
        | FaultSpec::Partition { .. }
        | FaultSpec::Lie { .. } => format!("It did not begin {}.", by_the_end(trace)),
    }
}

/// "A sends S no `write` in this run." "A sends `write` to S only twice in this run, and this is about number 9."
fn not_sent(message: &MessageName, cast: &Cast, trace: &Trace, counts: &Counts) -> String {
    let link = cast.lane(&message.from).zip(cast.lane(&message.to));
    let sent = link.and_then(|(from, to)| counts.sent.get(&(from, to, message.kind)));
    let (sender, addressee, kind, end) = (&message.from, &message.to, message.kind.word(), by_the_end(trace));
    match sent.copied().unwrap_or_default() {
        0 => format!("{sender} sends {addressee} no `{kind}` {end}."),
        sent => format!(
            "{sender} sends `{kind}` to {addressee} only {} {end}, and this is about number {}.",
            times(sent),
            message.ordinal
        ),
    }
}

/// "A comes to no `write` in this run." "A comes to `write` only twice in this run, and this is about number 3."
fn not_taken((participant, step, ordinal): (&str, Step, u32), cast: &Cast, trace: &Trace, counts: &Counts) -> String {
    let taken = cast.lane(participant).and_then(|who| counts.taken.get(&(who, step)));
    let (word, end) = (step.word(), by_the_end(trace));
    match taken.copied().unwrap_or_default() {
        0 => format!("{participant} takes no step `{word}` {end}."),
        taken => {
            let times = times(taken);
            format!("{participant} takes the step `{word}` only {times} {end}, and this is about number {ordinal}.")
        }
    }
}

/// "once", "twice", "3 times"
fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{number} times"),
    }
}

fn by_the_end(trace: &Trace) -> String {
    match trace.end {
        End::Quiescent | End::Horizon => "in this run".to_owned(),
        End::Limit | End::Zeno => format!("before the run was cut short at {}", trace.ended_at),
    }
}

/// Which faults some event names.
fn seen(scenario: &Scenario, cast: &Cast, trace: &Trace) -> Vec<bool> {
    let mut seen = vec![false; scenario.faults.len()];
    for event in &trace.events {
        let fault = match &event.kind {
            EventKind::FaultStarted { fault, .. }
            | EventKind::Crashed { fault, .. }
            | EventKind::ClockSet { fault, .. } => Some(*fault),
            EventKind::Sent { fate, .. } => fate.fault(),
            EventKind::Noted(_) => lie_told(event, scenario, cast, trace),
            _ => None,
        };
        if let Some(place) = fault.and_then(|fault| seen.get_mut(fault.index())) {
            *place = true;
        }
    }
    seen
}

/// What it means that no event names this fault; nothing where it may have struck all the same.
fn unseen(spec: &FaultSpec, cast: &Cast, trace: &Trace, counts: &Counts) -> Option<String> {
    match spec {
        FaultSpec::Pause { participant, start: PauseStart::At(at), .. }
        | FaultSpec::Crash { participant, start: CrashStart::At(at), .. } => {
            Some(too_late(*at, trace).unwrap_or_else(|| already_down(participant, *at, cast, counts)))
        }
        FaultSpec::Partition { from: at, .. }
        | FaultSpec::Mute { from: at, .. }
        | FaultSpec::Deafen { from: at, .. }
        | FaultSpec::ClockRate { from: at, .. }
        | FaultSpec::ClockJump { at, .. } => {
            Some(too_late(*at, trace).unwrap_or_else(|| "It is over before it begins.".to_owned()))
        }
        // Nothing strikes a liar, who does all of it alone; see [`why_untold`].
        FaultSpec::Lie { .. } => None,
        FaultSpec::Hold { .. } => Some("Its message leaves later anyway, or meets another fault.".to_owned()),
        // These left the list of those that wait, so they struck, though perhaps together with another one.
        FaultSpec::Pause { .. }
        | FaultSpec::Crash { .. }
        | FaultSpec::Stall { .. }
        | FaultSpec::Drop { .. }
        | FaultSpec::Delay { .. }
        | FaultSpec::Duplicate { .. } => None,
    }
}

/// Why something that has a time did not begin, if the run was over by then.
fn too_late(at: Time, trace: &Trace) -> Option<String> {
    let is_cut = matches!(trace.end, End::Limit | End::Zeno) && at >= trace.ended_at;
    match at >= trace.horizon {
        true => Some(format!("It would begin at {at}, and the run ends at {}.", trace.horizon)),
        false if is_cut => Some(format!("It would begin at {at}, and the run was cut short at {}.", trace.ended_at)),
        false => None,
    }
}

/// Who is down cannot stop once more.
fn already_down(participant: &str, at: Time, cast: &Cast, counts: &Counts) -> String {
    let crashes = cast.lane(participant).and_then(|who| counts.crashes.get(&who));
    match crashes.and_then(|crashes| crashes[..crashes.partition_point(|crash| *crash <= at)].last()) {
        Some(crash) => format!("{participant} was down already: it crashed at {crash}."),
        None => format!("{participant} was down already."),
    }
}
