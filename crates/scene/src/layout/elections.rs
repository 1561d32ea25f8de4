//! Elections of which nothing comes but the next: a run of them is folded to its first, its last and a count between.
//! Rounds of the question whether one would win are folded like elections, by themselves.
//!
//! An election goes from one candidacy to the next one in another term, or to the next who asks whether it would win. It counts as one of many if until then only nodes speak, and say nothing
//! but who leads; clients may ask again in vain. What a fault does, what a client is told, an entry of a client, and whatever
//! a verdict names end the run.

use std::collections::BTreeSet;

use fencepost_properties::State;
use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{Command, Event, EventKind, Message, MessageKind, Note, RequestId, RoleKind, Term};

use crate::layout::past::violation;
use crate::layout::pulses;
use crate::view::View;

/// So many are drawn before the count.
const KEPT: usize = 2;
/// So few are not worth a count.
const FEW: usize = 3;

/// A run of elections that are not drawn one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first event of it, a candidacy.
    pub first: EventId,
    /// The first event after it, a candidacy too.
    pub after: EventId,
    /// How many elections there are in it.
    pub count: u32,
    /// Who stands first.
    pub who: ParticipantId,
}

/// All runs, in order.
pub fn runs(view: &View<'_>) -> Vec<Run> {
    if !view.cast.members.iter().any(|member| matches!(member.role, RoleKind::Node { .. })) {
        return Vec::new();
    }
    let named = named(view);
    let mut asked = BTreeSet::new();
    let mut elections: Vec<Election> = Vec::new();
    for event in &view.trace.events {
        if let EventKind::Noted(Note::Campaigns { trial, term }) = event.kind {
            let ballot = (group_of(event.participant, view), term);
            stand(&mut elections, Election { first: event.id, who: event.participant, ballot, trial, is_idle: true });
        }
        if matters(event, view, &mut asked) || named.contains(&event.id) {
            elections.last_mut().into_iter().for_each(|last| last.is_idle = false);
        }
    }
    // Nobody knows what comes of the last.
    elections.last_mut().into_iter().for_each(|last| last.is_idle = false);
    let mut runs = Vec::new();
    let mut place = 0;
    while place < elections.len() {
        let is_like = |it: &&Election| it.is_idle && it.trial == elections[place].trial;
        let length = elections[place..].iter().take_while(is_like).count();
        if length >= KEPT + FEW {
            let Election { first, who, .. } = elections[place + KEPT];
            let count = (length - KEPT) as u32;
            runs.push(Run { first, after: elections[place + length].first, count, who });
        }
        place += length.max(1);
    }
    runs
}

/// An election, or a round of the question whether one would win.
struct Election {
    /// The first candidacy, and whose it is.
    first: EventId,
    who: ParticipantId,
    /// Of which group and in which term.
    ballot: (Option<ParticipantId>, Term),
    trial: bool,
    /// Whether nothing came of it until the next.
    is_idle: bool,
}

/// Somebody stands. Each who asks whether it would win begins a round; who stands in one term stands in one election, and
/// that began with the last round of each who asked before it.
fn stand(elections: &mut Vec<Election>, next: Election) {
    let Some(last) = elections.last_mut().filter(|last| last.ballot == next.ballot && !next.trial) else {
        return elections.push(next);
    };
    let mut asked = vec![last.who];
    while let [.., before, last] = &mut elections[..]
        && (last.trial, before.trial, before.ballot) == (true, true, next.ballot)
        && !asked.contains(&before.who)
    {
        asked.push(before.who);
        before.is_idle &= last.is_idle;
        elections.pop();
    }
    elections.last_mut().into_iter().for_each(|last| last.trial = false);
}

/// The group that a node elects a leader with.
fn group_of(node: ParticipantId, view: &View<'_>) -> Option<ParticipantId> {
    match view.cast.member(node)?.role {
        RoleKind::Node { group, .. } => Some(group),
        _ => None,
    }
}

/// The events at which something was violated or first seen.
fn named(view: &View<'_>) -> BTreeSet<EventId> {
    let mut named: BTreeSet<EventId> = view.verdicts.iter().filter_map(violation).collect();
    let seen = view.verdicts.iter().filter(|verdict| matches!(verdict.state, State::Seen { .. }));
    named.extend(seen.flat_map(|verdict| verdict.events.iter().copied()));
    named
}

/// What has been asked for before: by whom, what, under which request.
type Asked = BTreeSet<(ParticipantId, MessageKind, RequestId)>;

/// Whether an event is more than one more step of one more election.
fn matters(event: &Event, view: &View<'_>, asked: &mut Asked) -> bool {
    let is_node =
        |id: ParticipantId| view.cast.member(id).is_some_and(|member| matches!(member.role, RoleKind::Node { .. }));
    match &event.kind {
        EventKind::Started | EventKind::TimerFired(_) | EventKind::Stepped(_) => false,
        EventKind::Sent { to, message, fate, .. } => {
            if fate.fault().is_some_and(|fault| pulses::is_aimed(fault, view)) {
                return true;
            }
            let is_between_nodes = is_node(event.participant) && is_node(*to);
            !is_between_nodes && !is_in_vain(event.participant, message, asked)
        }
        EventKind::Delivered { from, message } | EventKind::Lost { from, message } => {
            let is_between_nodes = is_node(*from) && is_node(event.participant);
            !is_between_nodes && !is_in_vain(*from, message, asked)
        }
        EventKind::Noted(note) => match note {
            Note::Enters { .. }
            | Note::Campaigns { .. }
            | Note::Votes { .. }
            | Note::Leads { .. }
            | Note::StepsDown { .. }
            | Note::Backed { .. }
            | Note::Truncated { .. }
            | Note::Committed { .. } => false,
            Note::Logged { entry, .. } => !matches!(entry.command, Command::Nothing),
            _ => true,
        },
        _ => true,
    }
}

/// Whether a client asks what it asked before, or hears that the one it asked does not lead.
fn is_in_vain(from: ParticipantId, message: &Message, asked: &mut Asked) -> bool {
    match message {
        Message::Redirected { .. } => true,
        Message::Acquire { request } => !asked.insert((from, message.kind(), *request)),
        _ => false,
    }
}
