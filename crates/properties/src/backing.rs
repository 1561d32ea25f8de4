//! When a group had a leader that enough of its nodes acknowledged. It counts from the moment at which the leader learned
//! that, for as long as a heartbeat and the way there and back; and not beyond the end of its reign.
//!
//! A leader that nobody hears, or that hears nobody, is no leader here.

use fencepost_sim::{Duration, ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::{Cast, RoleKind};

use crate::{Assumptions, Ledger, Moment};

/// An unbroken stretch with an acknowledged leader.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    /// When the first acknowledgement was in.
    pub from: Moment,
    /// When the last one had become too old: the first moment without.
    pub until: Time,
    /// The event behind that.
    pub last: Moment,
}

/// Every such stretch of a group, in order.
pub(crate) fn stretches(ledger: &Ledger, cast: &Cast, assumptions: &Assumptions, group: ParticipantId) -> Vec<Stretch> {
    let window = window(cast, assumptions, group);
    let mut pieces = Vec::new();
    for reign in ledger.reigns.iter().filter(|reign| reign.group == group) {
        for at in &reign.backed {
            let until = at.time + window;
            pieces.push(match reign.ended.filter(|ended| ended.time < until) {
                Some(ended) => Stretch { from: *at, until: ended.time, last: ended },
                None => Stretch { from: *at, until, last: *at },
            });
        }
    }
    merged(pieces)
}

fn window(cast: &Cast, assumptions: &Assumptions, group: ParticipantId) -> Duration {
    let heartbeat = match cast.member(group).map(|member| member.role) {
        Some(RoleKind::Node { heartbeat, .. }) => heartbeat,
        _ => Duration::ZERO,
    };
    heartbeat + assumptions.max_delay + assumptions.max_delay
}

/// Joins what overlaps or touches.
pub(crate) fn merged(mut pieces: Vec<Stretch>) -> Vec<Stretch> {
    sort_by_rank(&mut pieces, |piece| (piece.from.time.0, u64::from(piece.from.event.0)));
    let mut stretches: Vec<Stretch> = Vec::new();
    for piece in pieces {
        match stretches.last_mut().filter(|open| piece.from.time <= open.until) {
            Some(open) if piece.until > open.until => (open.until, open.last) = (piece.until, piece.last),
            Some(_) => {}
            None => stretches.push(piece),
        }
    }
    stretches
}
