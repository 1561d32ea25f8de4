//! How long a grant is live. Not always as long as the service thinks: a service that forgets a grant, or gives it away
//! because a stranger asked, does not end the holder's right to its lease.

use fencepost_sim::{EventId, Time};

use super::{EndReason, Grant, Moment};

/// The end of a grant's life, ordered by what comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LifeEnd(Time, EventId);

impl LifeEnd {
    fn at(moment: Moment) -> Self {
        Self(moment.time, moment.event)
    }

    /// Over before anything that happens at this time.
    fn lease_over(time: Time) -> Self {
        Self(time, EventId(0))
    }

    const NEVER: Self = Self(Time(u64::MAX), EventId(u32::MAX));

    /// When that is.
    pub fn moment(self) -> Moment {
        Moment { time: self.0, event: self.1 }
    }

    /// Whether the grant still lives when the event of this moment happens.
    pub fn is_after(self, moment: Moment) -> bool {
        self > Self::at(moment)
    }
}

impl Grant {
    /// When the life of a grant ends, as it looks when its successor is made at `moment`: with its own holder's release
    /// or its expiry, whichever is first; if it never expired, the service forgot it, and it ends at the latest when
    /// its lease has run out on the service's monotonic clock.
    pub(crate) fn life_end(&self, moment: Moment) -> LifeEnd {
        let expired = self.ended.filter(|end| end.why == EndReason::Expired).map(|end| end.at);
        let ended = [self.returned, expired].into_iter().flatten().min().map(LifeEnd::at);
        let lease_over = self.lease_ends_at(moment).filter(|_| expired.is_none()).map(LifeEnd::lease_over);
        ended.into_iter().chain(lease_over).min().unwrap_or(LifeEnd::NEVER)
    }

    /// Whether its own holder had given it back, or its full lease had passed, when the event of this moment happens.
    pub(crate) fn has_run_its_course(&self, moment: Moment) -> bool {
        let lease_over = self.lease_ends_at(moment).is_some_and(|end| end <= moment.time);
        lease_over || self.returned.is_some_and(|returned| returned < moment)
    }

    /// When the lease runs out, with the extensions made before `moment`.
    pub(crate) fn lease_ends_at(&self, moment: Moment) -> Option<Time> {
        let made = self.renewals.partition_point(|renewal| renewal.at < moment);
        match made.checked_sub(1) {
            Some(last) => self.renewals[last].lease_ends,
            None => self.first_lease_ends,
        }
    }

    /// Whether the lease in force at `moment` is longer or shorter in true time than it was given for, because the
    /// service's clock ran slow or fast.
    pub(crate) fn is_stretched(&self, moment: Moment) -> bool {
        let renewed = self.renewals.iter().rev().find(|renewal| renewal.at < moment);
        let begins = renewed.map_or(self.granted, |renewal| renewal.at).time;
        self.lease_ends_at(moment) != self.lease.map(|length| begins + length)
    }
}
