//! A participant's two clocks: how true time becomes what they read, and back.
//!
//! Both are piecewise linear in true time. The monotonic one only changes its pace; the wall one keeps that pace and
//! also jumps when someone sets it. The arithmetic is exact, in millionths of a microsecond, so no error gathers however
//! often the pace changes; only a reading is rounded, down, and only a moment, up.

use crate::time::{Duration, LocalTime, Now, Rate, Time, WallTime};

/// One of a participant's two clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clock {
    /// The clock that never jumps.
    #[default]
    Mono,
    /// The clock that people set.
    Wall,
}

/// Both clocks of one participant, from `since` on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Clocks {
    /// When their pace or the wall clock last changed.
    pub since: Time,
    /// What the monotonic clock showed then: whole microseconds…
    whole: u64,
    /// …and millionths of one.
    part: u32,
    /// How fast both run.
    pub rate: Rate,
    /// How far the wall clock is ahead of the monotonic one.
    ahead: i64,
}

/// A reading that a timer waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Deadline {
    Mono(LocalTime),
    Wall(WallTime),
}

/// Millionths in a microsecond.
const MILLION: u128 = 1_000_000;

impl Clocks {
    /// What they show at a moment not before `since`.
    pub fn at(&self, moment: Time) -> Now {
        let mono = self.mono(moment);
        Now { mono, wall: WallTime(self.ahead.saturating_add_unsigned(mono.0)) }
    }

    fn mono(&self, moment: Time) -> LocalTime {
        if self.rate == Rate::EXACT {
            return LocalTime(self.whole) + moment.since(self.since);
        }
        LocalTime(saturated(self.millionths(moment) / MILLION))
    }

    fn millionths(&self, moment: Time) -> u128 {
        let passed = u128::from(moment.since(self.since).0);
        u128::from(self.whole) * MILLION + u128::from(self.part) + passed * u128::from(self.rate.0)
    }

    /// The reading that comes `after` the one at this moment.
    pub fn deadline(&self, clock: Clock, moment: Time, after: Duration) -> Deadline {
        let now = self.at(moment);
        match clock {
            Clock::Mono => Deadline::Mono(now.mono + after),
            Clock::Wall => Deadline::Wall(now.wall + after),
        }
    }

    /// The first moment from `since` on at which the reading has come.
    pub fn when(&self, deadline: Deadline) -> Time {
        let reading = match deadline {
            Deadline::Mono(reading) => i128::from(reading.0),
            Deadline::Wall(reading) => i128::from(reading.0) - i128::from(self.ahead),
        };
        let missing = u128::try_from(reading - i128::from(self.whole)).unwrap_or(0);
        if self.rate == Rate::EXACT {
            return self.since + Duration(saturated(missing));
        }
        let missing = (missing * MILLION).saturating_sub(u128::from(self.part));
        self.since + Duration(saturated(missing.div_ceil(u128::from(self.rate.0.max(1)))))
    }

    /// The clocks from this moment on, at a new rate and with the wall clock set.
    pub fn changed(&self, moment: Time, rate: Rate, jumped: i64) -> Self {
        let millionths = self.millionths(moment);
        Self {
            since: moment,
            whole: saturated(millionths / MILLION),
            part: (millionths % MILLION) as u32,
            rate: Rate(rate.0.max(1)),
            ahead: self.ahead.saturating_add(jumped),
        }
    }

    /// The clocks as they would be if now were the moment zero and they showed zero. The part of a microsecond that
    /// has passed unseen stays: it decides when the next one is full.
    pub fn rebased(&self, now: Time) -> Self {
        Self { since: Time::ZERO, whole: 0, ahead: 0, ..self.changed(now, self.rate, 0) }
    }
}

impl Deadline {
    /// The deadline as seen from `now`.
    pub fn rebased(self, now: Now) -> Self {
        match self {
            Self::Mono(reading) => Self::Mono(reading.rebased(now)),
            Self::Wall(reading) => Self::Wall(reading.rebased(now)),
        }
    }
}

fn saturated(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks(rate: u32) -> Clocks {
        Clocks::default().changed(Time::ZERO, Rate(rate), 0)
    }

    fn mono(reading: u64) -> Deadline {
        Deadline::Mono(LocalTime(reading))
    }

    #[test]
    fn a_clock_that_nobody_touched_shows_true_time() {
        let now = Clocks::default().at(Time(42));
        assert_eq!((now.mono, now.wall), (LocalTime(42), WallTime(42)));
        assert_eq!(Clocks::default().when(mono(42)), Time(42));
    }

    #[test]
    fn readings_round_down_and_moments_round_up() {
        let third = clocks(333_333);
        assert_eq!([2, 3, 4].map(|moment| third.at(Time(moment)).mono.0), [0, 0, 1]);
        assert_eq!([0, 1, 2].map(|reading| third.when(mono(reading)).0), [0, 4, 7]);
        assert_eq!(clocks(100_000_000).when(mono(1)), Time(1), "a hundredth of a microsecond is one");
    }

    #[test]
    fn a_moment_is_the_first_at_which_the_reading_has_come() {
        for rate in [1, 10_000, 333_333, 999_999, 1_000_000, 1_000_001, 1_500_000, 100_000_000] {
            let bent = clocks(rate).changed(Time(7), Rate(rate / 3 + 1), 0).changed(Time(1_000), Rate(rate), 0);
            for reading in [1, 2, 3, 10, 999, 12_345, 1_000_000_007] {
                let moment = bent.when(mono(reading));
                assert!(bent.at(moment).mono.0 >= reading, "{rate}: {reading} has come");
                let before = Time(moment.0 - 1);
                assert!(moment == bent.since || bent.at(before).mono.0 < reading, "{rate}: {reading} had not");
            }
        }
    }

    #[test]
    fn no_error_gathers_however_often_the_pace_changes() {
        // Ten thousand changes between a third slower and a third faster, each after one microsecond.
        let mut bent = Clocks::default();
        for moment in 0..10_000 {
            bent = bent.changed(Time(moment), Rate(if moment % 2 == 0 { 666_667 } else { 1_333_333 }), 0);
        }
        assert_eq!(bent.at(Time(10_000)).mono, LocalTime(10_000));
    }

    #[test]
    fn a_jump_moves_the_wall_clock_alone_and_what_waits_for_it() {
        let set = Clocks::default().changed(Time(100), Rate::EXACT, -150);
        let now = set.at(Time(100));
        assert_eq!((now.mono, now.wall), (LocalTime(100), WallTime(-50)));
        let deadline = Clocks::default().deadline(Clock::Wall, Time(50), Duration(100));
        assert_eq!(deadline, Deadline::Wall(WallTime(150)));
        assert_eq!(set.when(deadline), Time(300), "put off by as much as the clock went back");
        assert_eq!(set.changed(Time(120), Rate::EXACT, 1_000).when(deadline), Time(120), "long past: at once");
    }

    #[test]
    fn the_end_of_time_is_a_moment_like_any_other() {
        let fast = clocks(u32::MAX);
        assert_eq!(fast.at(Time(u64::MAX)).mono, LocalTime(u64::MAX));
        assert_eq!(clocks(1).when(mono(u64::MAX)), Time(u64::MAX));
        assert_eq!(Clocks::default().changed(Time(5), Rate::EXACT, i64::MAX).at(Time(9)).wall, WallTime(i64::MAX));
    }

    #[test]
    fn rebased_clocks_show_zero_and_tick_as_they_would_have() {
        let third = clocks(333_333).changed(Time(1), Rate(333_333), 50);
        let rebased = third.rebased(Time(5));
        assert_eq!(rebased.at(Time::ZERO), Now::default());
        for later in 0..20 {
            let passed = third.at(Time(5 + later)).mono.since(third.at(Time(5)).mono);
            assert_eq!(rebased.at(Time(later)).mono.0, passed.0);
        }
    }

    #[test]
    fn a_rate_of_nothing_is_taken_as_the_slowest_there_is() {
        assert_eq!(clocks(0).rate, Rate(1));
    }
}
