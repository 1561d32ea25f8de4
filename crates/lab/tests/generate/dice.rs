//! Chance that is the same on every platform and in every year: SplitMix64 (Steele, Lea and Flood, "Fast splittable
//! pseudorandom number generators", OOPSLA 2014).

use fencepost_sim::{Duration, Time};

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    /// Any number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `sides - 1`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.roll() % sides
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, things: &[T]) -> T {
        things[self.below(things.len() as u64) as usize].clone()
    }

    /// A length up to `most` milliseconds, rarely with odd microseconds.
    pub fn length(&mut self, most: u64) -> Duration {
        let odd = if self.chance(5) { self.below(1_000) } else { 0 };
        Duration(self.below(most) * 1_000 + odd + 1_000)
    }

    /// A moment up to `most` milliseconds into the run.
    pub fn time(&mut self, most: u64) -> Time {
        Time(self.length(most).0)
    }
}
