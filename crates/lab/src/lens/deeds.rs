//! What there is to judge: each thing a run's faults did in it, and what is odd about it without any fault.

use std::collections::BTreeMap;

use fencepost_scenario::Scenario;
use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{Disk, Duration, Fate, FaultId, ParticipantId, Rate, Time, Vocabulary};
use fencepost_vocabulary::{Event, EventKind, Fencepost, FencingToken, Note, RoleKind, Step, Term};

use super::Oddity;
use crate::lies::lie_told;
use crate::run::Run;

/// Something odd that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deed {
    /// To be shown as.
    pub what: Oddity,
    /// What happened.
    pub kind: Kind,
}

/// The kinds of oddity, as far as a model tells them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A participant takes no step from one moment to the other.
    Asleep { who: ParticipantId, from: Time, until: Time },
    /// A step of a participant takes longer than it should.
    Stalled { who: ParticipantId, taken: Time, by: Duration },
    /// A message is so long on its way.
    Slow { from: ParticipantId, to: ParticipantId, sent: Time, arrives: Time },
    /// A clock does not run as fast as true time until a moment.
    Drifting { who: ParticipantId, until: Time, change_ppm: u32 },
    /// A wall clock is set.
    Set { who: ParticipantId, at: Time },
    /// A participant stops for ever.
    Stopped,
    /// A participant crashes and comes back.
    CameBack { who: ParticipantId, disk: Disk },
    /// A message is lost.
    Lost { from: ParticipantId, to: ParticipantId },
    /// A message arrives twice.
    Doubled { to: ParticipantId },
    /// A client shows a token that nobody gave it.
    Forged { who: ParticipantId, token: FencingToken },
    /// A traitor tells somebody something else than it should.
    Lied { who: ParticipantId, to: ParticipantId },
    /// A traitor votes for two in one term.
    VotedTwice { who: ParticipantId, term: Term },
}

/// All that is odd about a run, in the order in which it happened. A message that no fault delays is odd if it takes
/// longer than `delay`; of those on one link only the first is listed.
pub(super) fn deeds(scenario: &Scenario, run: &Run, delay: Duration) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut slow_links: Vec<(ParticipantId, ParticipantId)> = Vec::new();
    for event in &run.trace.events {
        let found = deed(event, scenario, run);
        if let Some(Deed { what: Oddity::Event(_), kind: Kind::Slow { from, to, sent, arrives } }) = &found {
            if arrives.since(*sent) <= delay || slow_links.contains(&(*from, *to)) {
                continue;
            }
            slow_links.push((*from, *to));
        }
        deeds.extend(found);
        if let EventKind::Duplicated { fault, to, .. } = event.kind {
            deeds.push(Deed { what: Oddity::Fault(fault), kind: Kind::Doubled { to } });
        }
    }
    deeds.extend(stalls(scenario, run));
    deeds.extend(double_votes(run));
    deeds
}

fn deed(event: &Event, scenario: &Scenario, run: &Run) -> Option<Deed> {
    let who = event.participant;
    let (what, kind) = match &event.kind {
        EventKind::FaultStarted { fault, .. } if who != ParticipantId::NETWORK => {
            let FaultSpec::Pause { .. } = scenario.faults.get(fault.index())? else { return None };
            (Oddity::Fault(*fault), Kind::Asleep { who, from: event.time, until: wakes(event, *fault, run) })
        }
        EventKind::Crashed { fault, recovers } => (Oddity::Fault(*fault), crash(who, *fault, *recovers, scenario)),
        EventKind::ClockSet { fault, rate, jumped } => (Oddity::Fault(*fault), clock(event, *rate, *jumped, run)),
        EventKind::Sent { to, fate, .. } => {
            let what = fate.fault().map_or(Oddity::Event(event.id), Oddity::Fault);
            (what, sent(event, *to, *fate))
        }
        EventKind::Duplicated { fault, to, arrives } => {
            (Oddity::Fault(*fault), Kind::Slow { from: who, to: *to, sent: event.time, arrives: *arrives })
        }
        EventKind::Noted(Note::Forged { token }) => (Oddity::Event(event.id), Kind::Forged { who, token: *token }),
        EventKind::Noted(Note::Lied { to, .. }) => {
            let fault = lie_told(event, scenario, &run.cast, &run.trace);
            (fault.map_or(Oddity::Event(event.id), Oddity::Fault), Kind::Lied { who, to: *to })
        }
        _ => return None,
    };
    Some(Deed { what, kind })
}

fn sent(event: &Event, to: ParticipantId, fate: Fate) -> Kind {
    let from = event.participant;
    match fate.arrives() {
        Some(arrives) => Kind::Slow { from, to, sent: event.time, arrives },
        None => Kind::Lost { from, to },
    }
}

/// When a participant that this event puts to sleep takes steps again, or stops for good, or the run ends.
fn wakes(event: &Event, fault: FaultId, run: &Run) -> Time {
    let later = run.trace.events[event.id.index()..].iter().filter(|it| it.participant == event.participant);
    let mut ends = later.filter(|it| match it.kind {
        EventKind::FaultEnded { fault: ended } => ended == fault,
        EventKind::Crashed { .. } => true,
        _ => false,
    });
    ends.next().map_or(run.trace.ended_at, |it| it.time)
}

fn crash(who: ParticipantId, fault: FaultId, recovers: Option<Time>, scenario: &Scenario) -> Kind {
    match (recovers, scenario.faults.get(fault.index())) {
        (Some(_), Some(FaultSpec::Crash { recovery: Some(recovery), .. })) => {
            Kind::CameBack { who, disk: recovery.disk }
        }
        _ => Kind::Stopped,
    }
}

/// A clock that is set, or that runs at this rate until its rate changes again.
fn clock(event: &Event, rate: Rate, jumped: i64, run: &Run) -> Kind {
    let who = event.participant;
    if jumped != 0 {
        return Kind::Set { who, at: event.time };
    }
    let mut later = run.trace.events[event.id.index() + 1..].iter().filter(|it| it.participant == who);
    let next = later.find(|it| matches!(it.kind, EventKind::ClockSet { jumped: 0, .. }));
    let until = next.map_or(run.trace.ended_at, |it| it.time);
    Kind::Drifting { who, until, change_ppm: rate.0.abs_diff(Rate::EXACT.0) }
}

/// The votes of traitors for a second candidate in one term. Whoever forgot in a crash whom it voted for has not lied.
fn double_votes(run: &Run) -> Vec<Deed> {
    let mut votes: BTreeMap<(ParticipantId, Term), ParticipantId> = BTreeMap::new();
    let mut deeds = Vec::new();
    for event in &run.trace.events {
        let who = event.participant;
        let EventKind::Noted(Note::Votes { term, candidate }) = event.kind else { continue };
        let first = *votes.entry((who, term)).or_insert(candidate);
        let role = run.cast.member(who).map(|member| member.role);
        if first != candidate && matches!(role, Some(RoleKind::Node { traitor: true, .. })) {
            deeds.push(Deed { what: Oddity::Event(event.id), kind: Kind::VotedTwice { who, term } });
        }
    }
    deeds
}

/// The steps that took longer. A stall leaves no event of its own; it shows in when its step was taken.
fn stalls(scenario: &Scenario, run: &Run) -> Vec<Deed> {
    let struck = |fault: FaultId| run.dangling.iter().all(|dangling| dangling.fault != fault);
    let faults = scenario.faults.iter().enumerate().map(|(index, spec)| (FaultId(index as u16), spec));
    let stall = |(fault, spec): (FaultId, &FaultSpec)| match spec {
        FaultSpec::Stall { participant, step, ordinal, by } if struck(fault) => {
            let who = run.cast.find(participant)?;
            let taken = taken(who, *step, *ordinal, run);
            Some(Deed { what: Oddity::Fault(fault), kind: Kind::Stalled { who, taken, by: *by } })
        }
        _ => None,
    };
    faults.filter_map(stall).collect()
}

/// When a timed step was taken; the end of the run, if that came first.
fn taken(who: ParticipantId, step: Step, ordinal: u32, run: &Run) -> Time {
    let is_step = |event: &&Event| {
        let timer = if let EventKind::TimerFired(timer) = event.kind { Some(timer) } else { None };
        event.participant == who && timer.and_then(Fencepost::timed_step) == Some(step)
    };
    let mut steps = run.trace.events.iter().filter(is_step);
    steps.nth(ordinal.saturating_sub(1) as usize).map_or(run.trace.ended_at, |event| event.time)
}
