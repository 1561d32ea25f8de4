//! The faults of a scenario that never struck, and why. They are shown and never moved to something else.

use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, PauseStart, Scenario};
use fencepost_sim::{End, FaultId, Time, Vocabulary, sort_by_rank};
use fencepost_vocabulary::{Cast, Event, EventKind, Fencepost, Step, Trace};

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
    all.extend(waiting.map(|(fault, spec)| Dangling { fault, reason: never_came(spec, cast, trace) }));
    let seen = seen(scenario, cast, trace);
    for (index, spec) in scenario.faults.iter().enumerate() {
        let fault = FaultId(index as u16);
        if seen[index] || all.iter().any(|dangling| dangling.fault == fault) {
            continue;
        }
        let reason = unseen(spec, cast, trace).or_else(|| why_untold(spec, scenario));
        all.extend(reason.map(|reason| Dangling { fault, reason }));
    }
    sort_by_rank(&mut all, |dangling| (u64::from(dangling.fault.0), 0));
    all
}

/// Why what a fault waits for did not come: how often the like of it did.
fn never_came(spec: &FaultSpec, cast: &Cast, trace: &Trace) -> String {
    match spec {
        FaultSpec::Crash { start: CrashStart::AfterSending(message), .. }
        | FaultSpec::Drop { message }
        | FaultSpec::Delay { message, .. }
        | FaultSpec::Duplicate { message, .. }
        | FaultSpec::Hold { message, .. } => not_sent(message, cast, trace),
        FaultSpec::Pause { participant, start: PauseStart::Before { step, ordinal }, .. }
        | FaultSpec::Crash { participant, start: CrashStart::Before { step, ordinal }, .. }
        | FaultSpec::Stall { participant, step, ordinal, .. } => not_taken(participant, *step, *ordinal, cast, trace),
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
fn not_sent(message: &MessageName, cast: &Cast, trace: &Trace) -> String {
    let (from, to) = (cast.lane(&message.from), cast.lane(&message.to));
    let is_it = |event: &&Event| match &event.kind {
        EventKind::Sent { to: addressee, message: said, .. } => {
            Some(event.participant) == from && Some(*addressee) == to && said.kind() == message.kind
        }
        _ => false,
    };
    let (sender, addressee, kind, end) = (&message.from, &message.to, message.kind.word(), by_the_end(trace));
    match trace.events.iter().filter(is_it).count() {
        0 => format!("{sender} sends {addressee} no `{kind}` {end}."),
        sent => format!(
            "{sender} sends `{kind}` to {addressee} only {} {end}, and this is about number {}.",
            times(sent),
            message.ordinal
        ),
    }
}

/// "A comes to no `write` in this run." "A comes to `write` only twice in this run, and this is about number 3."
fn not_taken(participant: &str, step: Step, ordinal: u32, cast: &Cast, trace: &Trace) -> String {
    let who = cast.lane(participant);
    let is_it = |event: &&Event| {
        let taken = match event.kind {
            EventKind::Stepped(taken) => Some(taken),
            EventKind::TimerFired(timer) => Fencepost::timed_step(timer),
            _ => None,
        };
        Some(event.participant) == who && taken == Some(step)
    };
    let (word, end) = (step.word(), by_the_end(trace));
    match trace.events.iter().filter(is_it).count() {
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
fn unseen(spec: &FaultSpec, cast: &Cast, trace: &Trace) -> Option<String> {
    match spec {
        FaultSpec::Pause { participant, start: PauseStart::At(at), .. }
        | FaultSpec::Crash { participant, start: CrashStart::At(at), .. } => {
            Some(too_late(*at, trace).unwrap_or_else(|| already_down(participant, *at, cast, trace)))
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
fn already_down(participant: &str, at: Time, cast: &Cast, trace: &Trace) -> String {
    let who = cast.lane(participant);
    let mut earlier = trace.events.iter().filter(|event| Some(event.participant) == who && event.time <= at);
    match earlier.rfind(|event| matches!(event.kind, EventKind::Crashed { .. })) {
        Some(crash) => format!("{participant} was down already: it crashed at {}.", crash.time),
        None => format!("{participant} was down already."),
    }
}
