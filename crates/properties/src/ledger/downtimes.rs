//! When which participant was down. A crash takes its memory, its timers and its mail; what comes back finds what the
//! disk kept.

use fencepost_sim::{Disk, ParticipantId, Time};

use super::Moment;

/// One crash, up to the recovery if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downtime {
    /// Who crashed.
    pub participant: ParticipantId,
    /// When.
    pub from: Moment,
    /// When it is to come back; `None` if never.
    pub recovers: Option<Time>,
    /// When it came back, and with what; `None` if it had not when the run ended.
    pub ended: Option<Return>,
}

/// The return of a participant that had crashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Return {
    /// When: the first moment at which it is up again.
    pub at: Moment,
    /// What its disk had kept.
    pub disk: Disk,
    /// The number of its new life; the first one had 1.
    pub incarnation: u32,
}

impl Downtime {
    /// Whether nobody will ever see it again.
    pub fn is_for_good(&self) -> bool {
        self.recovers.is_none()
    }
}

/// Builds the list of crashes while a trace is read.
#[derive(Default)]
pub(super) struct DowntimeBook {
    pub downtimes: Vec<Downtime>,
}

impl DowntimeBook {
    pub fn crashed(&mut self, participant: ParticipantId, from: Moment, recovers: Option<Time>) {
        self.downtimes.push(Downtime { participant, from, recovers, ended: None });
    }

    pub fn recovered(&mut self, participant: ParticipantId, back: Return) {
        let open = self.downtimes.iter_mut().rfind(|down| down.participant == participant && down.ended.is_none());
        if let Some(open) = open {
            open.ended = Some(back);
        }
    }

    /// The crash from which it has just come back.
    pub fn latest(&self, participant: ParticipantId) -> Option<&Downtime> {
        self.downtimes.iter().rfind(|down| down.participant == participant)
    }
}
