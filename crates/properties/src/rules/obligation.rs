//! What liveness rules share: when an open obligation may be called stuck, and which of several speaks for all.
//!
//! No finite run violates liveness. "Not yet" is pending; it is stuck when nothing is left that could happen, when the
//! run was found to repeat itself without discharging it, or, as an indication, when the run went on long enough after
//! the last fault.

use fencepost_sim::{Duration, End, EventId, Lasso, Time};
use fencepost_vocabulary::{ObjectKind, RoleKind};

use crate::case::Case;
use crate::{Evidence, FaultEnd, Moment, State};

/// Something that is owed from one moment on.
#[derive(Clone, Copy)]
pub(super) struct Obligation {
    pub since: Moment,
    pub met: Option<Moment>,
}

impl Obligation {
    /// `all` are the obligations of the same kind, itself among them: a loop in which any of them is discharged proves
    /// nothing.
    fn state(self, case: &Case<'_>, all: &[Self]) -> State {
        match self.met {
            Some(met) => State::Met { after: met.time.since(self.since.time), at: met.time, event: met.event },
            None => open_since(case, self.since.time, |lasso| all.iter().any(|other| other.is_met_in(lasso))),
        }
    }

    pub fn events(self) -> Vec<EventId> {
        [self.since].into_iter().chain(self.met).map(|moment| moment.event).collect()
    }

    /// How bad it is, to choose the one that speaks for all: any open one before any met one, then the longest wait.
    fn weight(self, end: Time) -> (bool, Duration) {
        let until = self.met.map_or(end, |met| met.time);
        (self.met.is_none(), until.since(self.since.time))
    }

    fn is_met_in(self, lasso: Lasso) -> bool {
        self.met.is_some_and(|met| met.time > lasso.from)
    }
}

/// The place of the obligation that speaks for all, the first of the worst, and what is to be said of it.
pub(super) fn worst(case: &Case<'_>, obligations: &[Obligation]) -> Option<(usize, State)> {
    let weighed = obligations.iter().enumerate().rev();
    let (place, worst) = weighed.max_by_key(|(_, obligation)| obligation.weight(case.trace.ended_at))?;
    Some((place, worst.state(case, obligations)))
}

/// The state of something that has been owed since then and still is when the run ends. `is_discharged` says whether
/// the loop of a lasso discharges what it is about.
pub(super) fn open_since(case: &Case<'_>, since: Time, is_discharged: impl Fn(Lasso) -> bool) -> State {
    match evidence(case, since, is_discharged) {
        Some(evidence) => State::Stuck { evidence, since },
        None => State::Pending { age: case.trace.ended_at.since(since) },
    }
}

/// How it is known that something owed since then stays owed, if it is.
fn evidence(case: &Case<'_>, since: Time, is_discharged: impl Fn(Lasso) -> bool) -> Option<Evidence> {
    // The loop begins behind all that happens at `from`. What began in a turn may be discharged in the next one, so the
    // turn that proves something begins no earlier.
    let is_open = |lasso: &Lasso| !is_discharged(*lasso) && is_turn_after(*lasso, since, case.trace.ended_at);
    match case.trace.end {
        End::Quiescent => Some(Evidence::Quiescent),
        End::Horizon | End::Limit => match whole_turn(case).filter(is_open) {
            Some(lasso) => Some(Evidence::Lasso { length: lasso.length }),
            None => (case.trace.end == End::Horizon && is_patient(case, since)).then_some(Evidence::Horizon),
        },
        End::Zeno => None,
    }
}

/// Whether a turn that begins no earlier than this is on record in full.
fn is_turn_after(lasso: Lasso, since: Time, ended_at: Time) -> bool {
    let turns = since.since(lasso.from).0.div_ceil(lasso.length.0.max(1));
    lasso.from + Duration(turns.saturating_add(1).saturating_mul(lasso.length.0)) <= ended_at
}

/// The end of a sentence about something that is stuck, behind what has not happened: how that is known.
pub(super) fn how_known(case: &Case<'_>, evidence: Evidence) -> String {
    match evidence {
        Evidence::Quiescent => ", and nothing is left that could happen.".into(),
        Evidence::Lasso { .. } => format!("; {} without an end to it.", goes_round(case)),
        Evidence::GaveUp => ", and nobody waits for it any more.".into(),
        Evidence::Horizon => {
            format!(" when the run ends at {}, {}", case.trace.ended_at, long_after(case))
        }
    }
}

/// "from 3 s on the run repeats itself every 100 ms for ever,"
pub(super) fn goes_round(case: &Case<'_>) -> String {
    let length = case.assumptions.lasso.map_or(Duration::ZERO, |lasso| lasso.length);
    format!("from {} on the run repeats itself every {length} for ever,", repeats_from(case))
}

/// "long after the last fault. This is an indication and no proof."
pub(super) fn long_after(case: &Case<'_>) -> String {
    let long = match case.ledger.last_fault.map(|last| last.how) {
        None => "after a long time without any fault",
        Some(FaultEnd::Lasts) => "long after a fault began that has no end",
        Some(FaultEnd::Struck | FaultEnd::Over) => "long after the last fault",
    };
    format!("{long}. This is an indication and no proof.")
}

/// The end of a sentence about what has not happened when the run ends: "; it may yet be answered.", unless a fault
/// without an end may keep it from that for ever.
pub(super) fn may_yet(case: &Case<'_>, what: &str) -> String {
    match case.ledger.endless {
        None => format!("; {what}."),
        Some(since) => format!("; the fault of {since} has no end."),
    }
}

/// The circle in which the run is known to go, if a whole turn is on record.
pub(super) fn whole_turn(case: &Case<'_>) -> Option<Lasso> {
    case.assumptions.lasso.filter(|lasso| lasso.from + lasso.length <= case.trace.ended_at)
}

/// Since when the run is known to repeat itself.
pub(super) fn repeats_from(case: &Case<'_>) -> Time {
    case.assumptions.lasso.map_or(Time::ZERO, |lasso| lasso.from)
}

/// Whether the run went on for two leases, four election timeouts and ten delays after the last fault, and after the
/// obligation began. What an observer waits before it suspects someone counts as a lease does.
fn is_patient(case: &Case<'_>, since: Time) -> bool {
    let alone = case.cast.iter().filter_map(|(_, member)| match member.role {
        RoleKind::Lock { lease, .. } => lease,
        RoleKind::Member { suspect_after, .. } => Some(suspect_after),
        _ => None,
    });
    let together = case.cast.objects().filter_map(|(_, object)| match object.kind {
        ObjectKind::Lock { lease } => lease,
        ObjectKind::Keys { lease, .. } => Some(lease),
        _ => None,
    });
    let timeouts = case.cast.iter().filter_map(|(_, member)| match member.role {
        RoleKind::Node { timeout, .. } | RoleKind::Twin { timeout } => Some(timeout),
        _ => None,
    });
    let lease = alone.chain(together).max().unwrap_or(Duration::ZERO).0;
    let election = timeouts.max().unwrap_or(Duration::ZERO).0;
    let delays = case.assumptions.max_delay.0.saturating_mul(10);
    let needed = lease.saturating_mul(2).saturating_add(election.saturating_mul(4)).saturating_add(delays);
    let begins = case.ledger.last_fault.map_or(Time::ZERO, |last| last.at).max(since);
    case.trace.horizon >= begins && case.trace.horizon.since(begins).0 >= needed
}
