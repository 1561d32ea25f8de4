//! Where a moment lies on the picture, and to which round number a pointer's moment is snapped.
//!
//! Not the time map itself, which is the scene's: this is the little that gestures and keys ask of it, so that both can
//! be tried without a picture.

use fencepost_sim::{Duration, Time};

/// True time to vertical position and back.
pub trait Axis {
    /// The moment at this height, at least zero and at most the end of the picture.
    fn time_at(&self, y: f64) -> Time;
    /// The height of this moment.
    fn y_at(&self, time: Time) -> f64;
}

/// The steps a reader thinks in, in microseconds.
const STEPS: [u64; 9] = [1_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 60_000_000];

/// A step of the grid is at least this many pixels, so that a hand can hold each of them.
const LEAST_PIXELS: f64 = 3.0;

/// The finest step of the grid at a height: 10 ms or 50 ms where messages are, 500 ms in a long quiet stretch.
pub fn grid_at(axis: &dyn Axis, y: f64) -> Duration {
    let micros_per_pixel = axis.time_at(y + 2.0).since(axis.time_at(y - 2.0)).0 as f64 / 4.0;
    let least = micros_per_pixel * LEAST_PIXELS;
    // 1 ms is never worth a pixel: it is what the fine hand gets.
    let step = STEPS[1..].iter().copied().find(|&step| step as f64 >= least);
    Duration(step.unwrap_or(STEPS[STEPS.len() - 1]))
}

/// The step of the fine hand, with Shift or Alt held.
pub const FINE: Duration = Duration(STEPS[0]);

/// A sensible step for changing a length that is now this long: about a twentieth of it.
pub fn step_for(length: Duration) -> Duration {
    Duration(match length.0 {
        ..200_000 => 10_000,
        200_000..2_000_000 => 50_000,
        2_000_000..60_000_000 => 500_000,
        _ => 5_000_000,
    })
}

/// The multiple of `step` nearest to a length; never zero.
pub fn snap(length: Duration, step: Duration) -> Duration {
    let step = step.0.max(1);
    Duration((length.0.saturating_add(step / 2) / step * step).max(step))
}

/// The multiple of `step` nearest to a moment.
pub fn snap_time(time: Time, step: Duration) -> Time {
    let step = step.0.max(1);
    Time(time.0.saturating_add(step / 2) / step * step)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An axis like that of the first scenario: 1 px a millisecond to 1,050 ms, then 9 s in 90 px, then as before.
    pub struct Folded;

    const FOLD: (u64, u64) = (1_050_000, 10_050_000);

    impl Axis for Folded {
        fn time_at(&self, y: f64) -> Time {
            let y = y.max(0.0);
            Time(match y {
                y if y < 1_050.0 => (y * 1_000.0) as u64,
                y if y < 1_140.0 => FOLD.0 + ((y - 1_050.0) * 100_000.0) as u64,
                y => FOLD.1 + ((y - 1_140.0) * 1_000.0) as u64,
            })
        }

        fn y_at(&self, time: Time) -> f64 {
            match time.0 {
                t if t < FOLD.0 => t as f64 / 1_000.0,
                t if t < FOLD.1 => 1_050.0 + (t - FOLD.0) as f64 / 100_000.0,
                t => 1_140.0 + (t - FOLD.1) as f64 / 1_000.0,
            }
        }
    }

    #[test]
    fn the_grid_suits_the_stretch() {
        assert_eq!(grid_at(&Folded, 500.0), Duration::from_millis(10));
        assert_eq!(grid_at(&Folded, 1_100.0), Duration::from_millis(500));
    }

    #[test]
    fn a_length_snaps_to_the_nearest_step_but_never_to_nothing() {
        let step = Duration::from_millis(500);
        assert_eq!(snap(Duration::from_millis(9_700), step), Duration::from_millis(9_500));
        assert_eq!(snap(Duration::from_millis(9_750), step), Duration::from_millis(10_000));
        assert_eq!(snap(Duration(3), step), step);
        assert_eq!(snap_time(Time(3), step), Time::ZERO);
    }

    #[test]
    fn keys_change_a_long_length_in_long_steps() {
        assert_eq!(step_for(Duration::from_secs(15)), Duration::from_millis(500));
        assert_eq!(step_for(Duration::from_millis(100)), Duration::from_millis(10));
    }
}
