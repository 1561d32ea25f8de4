//! Two figures about the leaders of a run: how often they changed, and for what part of the time there was one.

use fencepost_sim::{End, ParticipantId, Time};
use fencepost_vocabulary::{Cast, RoleKind, Trace};

use crate::backing::stretches;
use crate::{Assumptions, Ledger};

/// What a run with nodes is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How often a node came to lead after the start. A leader that the scenario begins with was not elected.
    pub elections: u32,
    /// For what part of the run there was a leader of whom enough nodes had said lately that they hear it, in millionths.
    /// Lately: the leader learned of it no longer ago than a heartbeat and the way there and back. With several groups,
    /// that of the one that fared worst.
    pub usable: u32,
}

/// Measures a run; `None` if it has no nodes.
pub fn figures(ledger: &Ledger, trace: &Trace, cast: &Cast, assumptions: &Assumptions) -> Option<Figures> {
    let is_first = |id: ParticipantId, role| matches!(role, RoleKind::Node { group, .. } if group == id);
    let groups = cast.iter().filter(|(id, member)| is_first(*id, member.role)).map(|(id, _)| id);
    let elections = ledger.reigns.iter().filter(|reign| reign.from.time > Time::ZERO).count() as u32;
    let usable = groups.map(|group| usable(ledger, trace, cast, assumptions, group)).min()?;
    Some(Figures { elections, usable })
}

/// In millionths of the run.
fn usable(ledger: &Ledger, trace: &Trace, cast: &Cast, assumptions: &Assumptions, group: ParticipantId) -> u32 {
    let end = end_of(trace);
    let backed: u64 = stretches(ledger, cast, assumptions, group)
        .iter()
        .map(|stretch| stretch.until.min(end).since(stretch.from.time).0)
        .sum();
    let share = u128::from(backed) * 1_000_000 / u128::from(end.0.max(1));
    u32::try_from(share).unwrap_or(u32::MAX)
}

/// Where nothing is left that could happen, time goes on all the same.
fn end_of(trace: &Trace) -> Time {
    if trace.end == End::Quiescent { trace.horizon.max(trace.ended_at) } else { trace.ended_at }
}
