//! What liveness rules share: when an open obligation may be called stuck, and which of several speaks for all.
//!
//! No finite run violates liveness. "Not yet" is pending; it is stuck when nothing is left that could happen, or, as an
//! indication, when the run went on long enough after the last fault.

use fencepost_sim::{Duration, End, EventId, Time};
use fencepost_vocabulary::RoleKind;

use crate::case::Case;
use crate::{Evidence, Moment, State};

/// Something that is owed from one moment on.
#[derive(Clone, Copy)]
pub(super) struct Obligation {
    pub since: Moment,
    pub met: Option<Moment>,
}

impl Obligation {
    pub fn state(self, case: &Case<'_>) -> State {
        match self.met {
            Some(met) => State::Met { after: met.time.since(self.since.time), at: met.time, event: met.event },
            None => match evidence(case, self.since.time) {
                Some(evidence) => State::Stuck { evidence, since: self.since.time },
                None => State::Pending { age: case.trace.ended_at.since(self.since.time) },
            },
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
}

/// The place of the obligation that speaks for all: the first of the worst.
pub(super) fn worst(case: &Case<'_>, obligations: &[Obligation]) -> Option<usize> {
    let weighed = obligations.iter().enumerate().rev();
    weighed.max_by_key(|(_, obligation)| obligation.weight(case.trace.ended_at)).map(|(place, _)| place)
}

/// How it is known that something owed since then stays owed, if it is.
fn evidence(case: &Case<'_>, since: Time) -> Option<Evidence> {
    match case.trace.end {
        End::Quiescent => Some(Evidence::Quiescent),
        End::Horizon if is_patient(case, since) => Some(Evidence::Horizon),
        End::Horizon | End::Limit | End::Zeno => None,
    }
}

/// Whether the run went on for two leases and ten delays after the last fault, and after the obligation began.
fn is_patient(case: &Case<'_>, since: Time) -> bool {
    let leases = case.cast.iter().filter_map(|(_, member)| match member.role {
        RoleKind::Lock { lease, .. } => lease,
        _ => None,
    });
    let longest = leases.max().unwrap_or(Duration::ZERO).0;
    let needed = longest.saturating_mul(2).saturating_add(case.assumptions.max_delay.0.saturating_mul(10));
    let begins = case.ledger.faults_end.max(since);
    case.trace.horizon >= begins && case.trace.horizon.since(begins).0 >= needed
}
