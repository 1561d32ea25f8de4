//! The moments that a hand can choose on a picture's axis: round ones, and so many that each can be held.
//!
//! They are a fixed set, given by the axis and by the moment that lengths are counted from. A pointer's height is brought
//! to the nearest of them. So a hand that goes down never comes to an earlier moment, however the axis is folded; and on a
//! straight stretch of the axis it goes in equal steps.

use fencepost_sim::Time;

use super::axis::Axis;

/// The steps a reader thinks in, in microseconds. Each divides the next.
const STEPS: [i64; 8] = [10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 60_000_000];
const COARSEST: i64 = STEPS[STEPS.len() - 1];

/// The step of the fine hand, with Shift or Alt held: never worth a pixel, and so in no other grid.
const FINE: i64 = 1_000;

/// A moment is one of the grid if the next of its kind, before or after it, is at least so many pixels away: about three,
/// and no number that the slopes of pictures make, so that rounding never decides.
const LEAST_PIXELS: f64 = 2.97;

/// The moments that can be chosen.
#[derive(Clone, Copy)]
pub struct Grid<'a> {
    axis: &'a dyn Axis,
    anchor: i64,
    fine: bool,
}

impl<'a> Grid<'a> {
    /// The round moments of an axis.
    pub fn new(axis: &'a dyn Axis) -> Self {
        Self { axis, anchor: 0, fine: false }
    }

    /// The moments at round distances from another one.
    pub fn from(self, anchor: Time) -> Self {
        Self { anchor: micros(anchor), ..self }
    }

    /// For the fine hand, every millisecond.
    pub fn fine(self, fine: bool) -> Self {
        Self { fine, ..self }
    }

    /// The moment nearest to a height.
    pub fn nearest(&self, y: f64) -> Time {
        let (before, after) = self.around(micros(self.axis.time_at(y)));
        if y - self.y(before) <= self.y(after) - y { time(before) } else { time(after) }
    }

    /// The first one after a moment.
    pub fn after(&self, moment: Time) -> Time {
        time(self.around(micros(moment)).1)
    }

    /// The last one before a moment; the beginning of the run if there is none.
    pub fn before(&self, moment: Time) -> Time {
        time(self.around(micros(moment) - 1).0)
    }

    /// The last one that is not after a moment, and the first that is.
    fn around(&self, at: i64) -> (i64, i64) {
        if self.fine {
            let low = self.floor(at, FINE);
            return (low, low + FINE);
        }
        let mut low = self.floor(at, COARSEST);
        let mut high = low + COARSEST;
        // What is finer lies between two neighbours of the coarser step that are both of the grid.
        for step in STEPS.into_iter().rev().skip(1) {
            let inner =
                || (1..(high - low) / step).map(|n| low + n * step).filter(|&moment| self.has_room(moment, step));
            let (before, after) =
                (inner().take_while(|&moment| moment <= at).last(), inner().find(|&moment| moment > at));
            (low, high) = (before.unwrap_or(low), after.unwrap_or(high));
            if high - low != step {
                break;
            }
        }
        (low, high)
    }

    fn floor(&self, at: i64, step: i64) -> i64 {
        at - (at - self.anchor).rem_euclid(step)
    }

    fn has_room(&self, moment: i64, step: i64) -> bool {
        let (before, at, after) = (self.y(moment - step), self.y(moment), self.y(moment + step));
        (at - before).max(after - at) >= LEAST_PIXELS
    }

    fn y(&self, moment: i64) -> f64 {
        self.axis.y_at(time(moment))
    }
}

/// Beyond any picture, and far enough from the end of the numbers for sums.
const LAST: u64 = u64::MAX / 8;

fn micros(time: Time) -> i64 {
    time.0.min(LAST) as i64
}

/// No moment is before the run.
fn time(micros: i64) -> Time {
    Time(micros.max(0) as u64)
}

#[cfg(test)]
pub mod tests;
