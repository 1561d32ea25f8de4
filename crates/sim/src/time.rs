//! Four kinds of integer microseconds, kept apart by type: moments, lengths, and what an actor's own two clocks say.
//!
//! Nothing here is a float, so no platform can round differently.

use std::fmt;
use std::ops::{Add, Sub};

/// A moment of *true time*, in microseconds since the run began. No actor ever sees one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

/// A length of time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(pub u64);

/// What one actor's monotonic clock shows, in microseconds. Two actors' readings mean nothing to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(pub u64);

/// What one actor's wall clock shows, in microseconds: the clock that people set, so it may jump, and back past zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime(pub i64);

/// What an actor's two clocks show when it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Now {
    /// The clock that never jumps. Leases are measured on it.
    pub mono: LocalTime,
    /// The clock that people set.
    pub wall: WallTime,
}

/// The speed of a clock in millionths of true time, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub u32);

impl Time {
    /// The moment a run begins.
    pub const ZERO: Self = Self(0);
    /// A moment that never comes: the end of what does not end.
    pub const NEVER: Self = Self(u64::MAX);

    /// A moment so many milliseconds into the run.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000)
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000)
    }

    /// So many seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1_000_000)
    }
}

impl LocalTime {
    /// How long after `earlier` this clock showed this reading; zero when it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }

    /// The reading `length` before this one, at least zero.
    pub fn before(self, length: Duration) -> Self {
        Self(self.0.saturating_sub(length.0))
    }

    /// The reading as seen from `now`, wrapping: for [`Actor::rebase`](crate::Actor::rebase), never for a handler.
    pub fn rebased(self, now: Now) -> Self {
        Self(self.0.wrapping_sub(now.mono.0))
    }
}

impl WallTime {
    /// How long after `earlier` this clock showed this reading; zero when it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration(u64::try_from(i128::from(self.0) - i128::from(earlier.0)).unwrap_or(0))
    }

    /// The reading as seen from `now`, wrapping: for [`Actor::rebase`](crate::Actor::rebase), never for a handler.
    pub fn rebased(self, now: Now) -> Self {
        Self(self.0.wrapping_sub(now.wall.0))
    }
}

impl Rate {
    /// As fast as true time.
    pub const EXACT: Self = Self(1_000_000);
}

impl Default for Rate {
    fn default() -> Self {
        Self::EXACT
    }
}

// Sums saturate: the end of time is a horizon like any other, and a stranger's text must not be able to panic.
impl Add<Duration> for Time {
    type Output = Self;
    fn add(self, length: Duration) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}

impl Add<Duration> for LocalTime {
    type Output = Self;
    fn add(self, length: Duration) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}

impl Add<Duration> for WallTime {
    type Output = Self;
    fn add(self, length: Duration) -> Self {
        Self(self.0.saturating_add_unsigned(length.0))
    }
}

impl Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Duration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_micros(self.0, f)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_micros(self.0, f)
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_micros(self.0, f)
    }
}

impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("−")?;
        }
        write_micros(self.0.unsigned_abs(), f)
    }
}

/// "15.2 s", "50 ms", "1.5 ms", "250 µs": the largest unit that is at least one, with every digit that is not zero.
fn write_micros(micros: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (unit, name) = match micros {
        1_000_000.. => (1_000_000, "s"),
        1_000.. => (1_000, "ms"),
        0 => return write!(f, "0 ms"),
        _ => (1, "µs"),
    };
    let (whole, mut part, mut width) = (micros / unit, micros % unit, unit.ilog10() as usize);
    if part == 0 {
        return write!(f, "{whole} {name}");
    }
    while part % 10 == 0 {
        (part, width) = (part / 10, width - 1);
    }
    write!(f, "{whole}.{part:0width$} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_people_write_them() {
        let said = [0, 250, 1_500, 50_000, 1_000_000, 15_200_000, 10_050_001].map(|micros| Time(micros).to_string());
        assert_eq!(said, ["0 ms", "250 µs", "1.5 ms", "50 ms", "1 s", "15.2 s", "10.050001 s"]);
    }

    #[test]
    fn a_wall_clock_can_stand_before_zero() {
        assert_eq!(WallTime(-1_500).to_string(), "−1.5 ms");
        assert_eq!(WallTime(5).since(WallTime(-7)), Duration(12));
        assert_eq!(WallTime(-7).since(WallTime(5)), Duration::ZERO);
        assert_eq!(WallTime(i64::MAX).since(WallTime(i64::MIN)), Duration(u64::MAX));
    }

    #[test]
    fn a_rebased_reading_tells_how_far_away_it_is() {
        let now = Now { mono: LocalTime(100), wall: WallTime(-20) };
        assert_eq!((LocalTime(130).rebased(now), WallTime(10).rebased(now)), (LocalTime(30), WallTime(30)));
        assert_eq!(LocalTime(70).rebased(now), LocalTime(30_u64.wrapping_neg()));
    }

    #[test]
    fn sums_stop_at_the_end_of_time() {
        assert_eq!(Time(u64::MAX) + Duration(1), Time(u64::MAX));
        assert_eq!(Time(1).since(Time(2)), Duration::ZERO);
    }
}
