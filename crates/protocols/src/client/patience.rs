//! How long a client waits for an answer: when it asks again, and when it gives up.

use fencepost_sim::{Digest, Duration, drawn};

/// How long a step waits for its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Patience {
    /// When it asks again, always under the same number; `None` never does, unless a group keeps what it asks.
    pub retry: Option<Retry>,
    /// How long it waits in all before the program gives up; `None` waits for ever.
    pub within: Option<Duration>,
}

/// How long a client waits before it asks again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Always as long.
    Every(Duration),
    /// Drawn anew each time, from a range.
    Drawn {
        /// The shortest.
        low: Duration,
        /// The longest.
        high: Duration,
        /// What tells the chances of this step from those of every other.
        salt: u64,
    },
    /// Twice as long each time, up to a most.
    Doubling {
        /// The first time.
        first: Duration,
        /// The longest.
        most: Duration,
    },
}

impl Retry {
    /// How long to wait when it has asked again so often.
    pub fn after(self, again: u32) -> Duration {
        match self {
            Self::Every(length) => length,
            Self::Drawn { low, high, salt } => {
                let mut digest = Digest::default();
                digest.number(salt);
                digest.number(u64::from(again));
                drawn(low, high, &digest)
            }
            Self::Doubling { first, most } => {
                let factor = 1_u64.checked_shl(again).unwrap_or(u64::MAX);
                Duration(first.0.saturating_mul(factor)).min(most)
            }
        }
    }

    /// The count after this one. Where a later wait is no other, it is not counted on: a run that asks for ever is then
    /// seen to go round in a circle.
    pub fn count(self, again: u32) -> u32 {
        match self {
            Self::Every(_) => 0,
            Self::Drawn { .. } => again.saturating_add(1),
            Self::Doubling { most, .. } => again + u32::from(self.after(again) < most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(retry: Retry, times: usize) -> Vec<u64> {
        let counts = std::iter::successors(Some(0), |again| Some(retry.count(*again)));
        counts.take(times).map(|again| retry.after(again).0).collect()
    }

    #[test]
    fn a_wait_doubles_up_to_its_most_and_is_then_counted_no_more() {
        let doubling = |first, most| Retry::Doubling { first: Duration(first), most: Duration(most) };
        assert_eq!(waits(doubling(100, 700), 6), [100, 200, 400, 700, 700, 700]);
        assert_eq!(waits(doubling(100, 800), 5), [100, 200, 400, 800, 800]);
        assert_eq!((doubling(100, 700).count(3), doubling(100, 800).count(3)), (3, 3));
        assert_eq!(doubling(1, u64::MAX).after(200), Duration(u64::MAX), "no wait overflows");
        assert_eq!(waits(Retry::Every(Duration(5)), 3), [5, 5, 5]);
        assert_eq!(Retry::Every(Duration(5)).count(0), 0);
    }

    #[test]
    fn a_drawn_wait_lies_in_its_range_and_belongs_to_its_step_and_count() {
        let (low, high) = (Duration::from_secs(1), Duration::from_secs(8));
        let of = |salt| waits(Retry::Drawn { low, high, salt }, 100);
        assert!(of(7).iter().all(|length| (low.0..=high.0).contains(length)));
        assert_eq!(of(7), of(7));
        assert_ne!(of(7), of(8));
        assert!(of(7).windows(2).all(|two| two[0] != two[1]));
    }
}
