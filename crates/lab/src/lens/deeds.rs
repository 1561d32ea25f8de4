//! What there is to judge: each thing a run's faults did in it, and what is odd about it without any fault. One pass over
//! the run, however long it is and however much is on its way in it.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_scenario::Scenario;
use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{Disk, Duration, Fate, FaultId, ParticipantId, Rate, Time, Vocabulary};
use fencepost_vocabulary::{Event, EventKind, Fencepost, FencingToken, Note, RoleKind, Step, Term};

use super::Oddity;
use super::sleeps::Sleeps;
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
    /// A participant takes no step from one moment to the other, in so many pauses that touch or overlap.
    Asleep { who: ParticipantId, from: Time, until: Time, pauses: usize },
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
/// longer than `delay`.
pub(super) fn deeds(scenario: &Scenario, run: &Run, delay: Duration) -> Vec<Deed> {
    let mut reader =
        Reader { scenario, run, delay, deeds: Vec::new(), sleeps: Sleeps::default(), clocks: BTreeMap::new() };
    run.trace.events.iter().for_each(|event| reader.read(event));
    let Reader { mut deeds, sleeps, .. } = reader;
    sleeps.settle(run.trace.ended_at, &mut deeds);
    deeds.extend(stalls(scenario, run));
    deeds.extend(double_votes(run));
    deeds
}

/// What has been read of a run so far.
struct Reader<'a> {
    scenario: &'a Scenario,
    run: &'a Run,
    delay: Duration,
    deeds: Vec<Deed>,
    sleeps: Sleeps,
    /// For each clock that was given a rate, which deed says so.
    clocks: BTreeMap<ParticipantId, usize>,
}

impl Reader<'_> {
    fn read(&mut self, event: &Event) {
        let (who, at) = (event.participant, event.time);
        match &event.kind {
            EventKind::FaultStarted { fault, .. } if self.is_pause(*fault) => {
                self.sleeps.begin(who, *fault, at, self.deeds.len());
                let kind = Kind::Asleep { who, from: at, until: at, pauses: 1 };
                self.deeds.push(Deed { what: Oddity::Fault(*fault), kind });
            }
            EventKind::FaultEnded { fault } => self.sleeps.end(who, *fault, at),
            EventKind::Crashed { fault, recovers } => {
                self.sleeps.crash(who, at);
                let kind = crash(who, *fault, recovers.is_some(), self.scenario);
                self.deeds.push(Deed { what: Oddity::Fault(*fault), kind });
            }
            EventKind::ClockSet { fault, rate, jumped } => self.clock(event, *fault, *rate, *jumped),
            EventKind::Sent { to, fate, .. } => {
                self.sleeps.step(who);
                self.sent(event, *to, *fate);
            }
            EventKind::Duplicated { fault, to, arrives } => {
                let slow = Kind::Slow { from: who, to: *to, sent: at, arrives: *arrives };
                let copies = [slow, Kind::Doubled { to: *to }];
                self.deeds.extend(copies.map(|kind| Deed { what: Oddity::Fault(*fault), kind }));
            }
            EventKind::Noted(note) => {
                self.sleeps.step(who);
                self.noted(event, note);
            }
            EventKind::Started
            | EventKind::Delivered { .. }
            | EventKind::TimerFired(_)
            | EventKind::Stepped(_)
            | EventKind::Recovered { .. } => self.sleeps.step(who),
            EventKind::FaultStarted { .. } | EventKind::Buffered { .. } | EventKind::Lost { .. } => {}
        }
    }

    fn is_pause(&self, fault: FaultId) -> bool {
        matches!(self.scenario.faults.get(fault.index()), Some(FaultSpec::Pause { .. }))
    }

    fn sent(&mut self, event: &Event, to: ParticipantId, fate: Fate) {
        let (from, sent) = (event.participant, event.time);
        let what = fate.fault().map_or(Oddity::Event(event.id), Oddity::Fault);
        let kind = match fate.arrives() {
            None => Kind::Lost { from, to },
            Some(arrives) if fate.fault().is_some() || arrives.since(sent) > self.delay => {
                Kind::Slow { from, to, sent, arrives }
            }
            Some(_) => return,
        };
        self.deeds.push(Deed { what, kind });
    }

    /// A clock that is set, or that runs at this rate until its rate changes again.
    fn clock(&mut self, event: &Event, fault: FaultId, rate: Rate, jumped: i64) {
        let (who, at) = (event.participant, event.time);
        let kind = if jumped != 0 {
            Kind::Set { who, at }
        } else {
            if let Some(last) = self.clocks.insert(who, self.deeds.len())
                && let Some(Deed { kind: Kind::Drifting { until, .. }, .. }) = self.deeds.get_mut(last)
            {
                *until = at;
            }
            Kind::Drifting { who, until: self.run.trace.ended_at, change_ppm: rate.0.abs_diff(Rate::EXACT.0) }
        };
        self.deeds.push(Deed { what: Oddity::Fault(fault), kind });
    }

    fn noted(&mut self, event: &Event, note: &Note) {
        let who = event.participant;
        let (what, kind) = match note {
            Note::Forged { token } => (Oddity::Event(event.id), Kind::Forged { who, token: *token }),
            Note::Lied { to, .. } => {
                let fault = lie_told(event, self.scenario, &self.run.cast, &self.run.trace);
                (fault.map_or(Oddity::Event(event.id), Oddity::Fault), Kind::Lied { who, to: *to })
            }
            _ => return,
        };
        self.deeds.push(Deed { what, kind });
    }
}

fn crash(who: ParticipantId, fault: FaultId, recovers: bool, scenario: &Scenario) -> Kind {
    match scenario.faults.get(fault.index()) {
        Some(FaultSpec::Crash { recovery: Some(recovery), .. }) if recovers => {
            Kind::CameBack { who, disk: recovery.disk }
        }
        _ => Kind::Stopped,
    }
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
    let mut idle: BTreeSet<FaultId> = BTreeSet::new();
    idle.extend(run.dangling.iter().map(|dangling| dangling.fault));
    let mut stalls: Vec<(FaultId, ParticipantId, Step, u32, Duration)> = Vec::new();
    for (index, spec) in scenario.faults.iter().enumerate() {
        let fault = FaultId(index as u16);
        let FaultSpec::Stall { participant, step, ordinal, by } = spec else { continue };
        let who = run.cast.find(participant).filter(|_| !idle.contains(&fault));
        stalls.extend(who.map(|who| (fault, who, *step, *ordinal, *by)));
    }
    let taken = if stalls.is_empty() { BTreeMap::new() } else { steps_taken(run) };
    let deed = |(fault, who, step, ordinal, by): (FaultId, ParticipantId, Step, u32, Duration)| {
        let times = taken.get(&(who, step)).map_or(&[][..], Vec::as_slice);
        let taken = times.get(ordinal.saturating_sub(1) as usize).copied().unwrap_or(run.trace.ended_at);
        Deed { what: Oddity::Fault(fault), kind: Kind::Stalled { who, taken, by } }
    };
    stalls.into_iter().map(deed).collect()
}

/// When each timed step of each participant was taken, in order.
fn steps_taken(run: &Run) -> BTreeMap<(ParticipantId, Step), Vec<Time>> {
    let mut taken: BTreeMap<(ParticipantId, Step), Vec<Time>> = BTreeMap::new();
    for event in &run.trace.events {
        if let EventKind::TimerFired(timer) = event.kind
            && let Some(step) = Fencepost::timed_step(timer)
        {
            taken.entry((event.participant, step)).or_default().push(event.time);
        }
    }
    taken
}
