//! Where a moment lies on the picture, and by how much a key changes a length.
//!
//! Not the time map itself, which is the scene's: this is the little that gestures and keys ask of it, so that both can
//! be tried without a picture. Which moments a pointer can choose is `super::grid`'s.

use fencepost_scene::{Px, TimeMap};
use fencepost_sim::{Duration, Time};

/// True time to vertical position and back.
pub trait Axis {
    /// The moment at this height, at least zero and at most the end of the picture.
    fn time_at(&self, y: f64) -> Time;
    /// The height of this moment.
    fn y_at(&self, time: Time) -> f64;
}

impl Axis for TimeMap {
    fn time_at(&self, y: f64) -> Time {
        self.time(Px::from_f64(y))
    }

    /// Not rounded to a tenth of a pixel, as the map's own heights are: equal stretches of a line have equal heights.
    fn y_at(&self, time: Time) -> f64 {
        let knots = self.knots();
        let after = knots.partition_point(|knot| knot.time <= time);
        let last = knots.len() - 1;
        // Beyond its last knot the map goes on as steeply as it is on the whole.
        let (a, b) = match after {
            0 => (knots[0], knots[1]),
            after if after > last => (knots[0], knots[last]),
            after => (knots[after - 1], knots[after]),
        };
        let slope = (b.y - a.y).to_f64() / (b.time.0 - a.time.0) as f64;
        let near = if after > last { b } else { a };
        near.y.to_f64() + (time.0 as f64 - near.time.0 as f64) * slope
    }
}

/// A sensible step for changing a length that is now this long: about a twentieth of it.
pub fn step_for(length: Duration) -> Duration {
    Duration(match length.0 {
        ..200_000 => 10_000,
        200_000..2_000_000 => 50_000,
        2_000_000..60_000_000 => 500_000,
        _ => 5_000_000,
    })
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
    fn a_picture_s_heights_are_those_of_its_map_before_they_are_rounded() {
        let drawn = crate::ui::timeline::grid::tests::all().next().expect("a scenario");
        let map = &drawn.scene.time_map;
        for millis in (0..12_000).step_by(7) {
            let time = Time::from_millis(millis);
            assert!((map.y_at(time) - map.y(time).to_f64()).abs() <= 0.051, "{time}");
        }
    }

    #[test]
    fn keys_change_a_long_length_in_long_steps() {
        assert_eq!(step_for(Duration::from_secs(15)), Duration::from_millis(500));
        assert_eq!(step_for(Duration::from_millis(100)), Duration::from_millis(10));
    }
}
