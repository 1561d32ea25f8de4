//! The time axis: true time to height and back.
//!
//! A run mixes messages of 50 ms with pauses of 15 s. On a linear axis either is a dot, so this one is piecewise linear:
//! a list of knots that rises strictly in time and in height. Between two knots it is a straight line, beyond the last
//! one it goes on as steeply as it is on the whole, so that what a drag pushes past the end is neither a dot nor miles off. Stretches in which nothing happens are folds: short for their time, yet high
//! enough to be dragged through. It can be inverted anywhere, a fold included. How heights are chosen is in the layout.

use fencepost_sim::{Time, sort_by_rank};

use crate::px::Px;

/// A monotone, piecewise linear map between true time and height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMap {
    /// At least two, strictly rising in both.
    knots: Vec<Knot>,
    /// The compressed stretches, in order.
    folds: Vec<(Time, Time)>,
}

/// A moment and its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knot {
    /// When.
    pub time: Time,
    /// Where.
    pub y: Px,
}

impl TimeMap {
    /// The map through these knots, with these stretches marked as folds. Knots that do not rise in both time and
    /// height are left out; if fewer than two remain, the map is a pixel a millisecond from the first.
    pub fn new(knots: impl IntoIterator<Item = Knot>, folds: Vec<(Time, Time)>) -> Self {
        let mut rising: Vec<Knot> = Vec::new();
        for knot in knots {
            if rising.last().is_none_or(|last| last.time < knot.time && last.y < knot.y) {
                rising.push(knot);
            }
        }
        let first = *rising.first().unwrap_or(&Knot { time: Time::ZERO, y: Px::ZERO });
        if rising.len() < 2 {
            rising = vec![first, Knot { time: Time(first.time.0.saturating_add(1_000)), y: first.y + Px::new(1) }];
        }
        Self { knots: rising, folds }
    }

    /// How far down a moment is.
    pub fn y(&self, time: Time) -> Px {
        let (a, b) = self.around(self.knots.partition_point(|knot| knot.time <= time));
        let height = i128::from((b.y - a.y).0);
        let part = scale(i128::from(time.0) - i128::from(a.time.0), height, i128::from(b.time.0 - a.time.0));
        Px(i64::clamp(i64::from(a.y.0).saturating_add(part), -LOWEST, LOWEST) as i32)
    }

    /// Which moment is at this height, to the microsecond nearest; never before the run begins.
    pub fn time(&self, y: Px) -> Time {
        let (a, b) = self.around(self.knots.partition_point(|knot| knot.y <= y));
        let length = i128::from(b.time.0 - a.time.0);
        let part = scale(i128::from((y - a.y).0), length, i128::from((b.y - a.y).0));
        Time(a.time.0.saturating_add_signed(part))
    }

    /// The compressed stretches, in order.
    pub fn folds(&self) -> &[(Time, Time)] {
        &self.folds
    }

    /// The knots, in order.
    pub fn knots(&self) -> &[Knot] {
        &self.knots
    }

    /// The height of the first knot and of the last.
    pub fn extent(&self) -> (Px, Px) {
        (self.knots[0].y, self.knots[self.knots.len() - 1].y)
    }

    /// The map that is `permille` thousandths of the way from `a` to `b`, for easing from one to the other. It has the
    /// folds of `b`.
    pub fn between(a: &Self, b: &Self, permille: u16) -> Self {
        let permille = i32::from(permille.min(1_000));
        let mut times: Vec<Time> = a.knots.iter().chain(&b.knots).map(|knot| knot.time).collect();
        sort_by_rank(&mut times, |time| (time.0, 0));
        times.dedup();
        let knots = times.into_iter().map(|time| Knot { time, y: a.y(time).toward(b.y(time), permille, 1_000) });
        Self::new(knots, b.folds.clone())
    }

    /// The two knots whose line covers the place before knot number `after`.
    fn around(&self, after: usize) -> (Knot, Knot) {
        if let Some(second) = self.knots.get(after.max(1)) {
            return (self.knots[after.max(1) - 1], *second);
        }
        let (first, last) = (self.knots[0], self.knots[self.knots.len() - 1]);
        let time = Time(last.time.0.saturating_add(last.time.0 - first.time.0));
        (last, Knot { time, y: last.y + (last.y - first.y) })
    }
}

/// No picture is higher than this, in tenths of a pixel; it keeps sums of coordinates from overflowing.
const LOWEST: i64 = 500_000_000;

/// `amount * numerator / denominator`, to the nearest whole, halves away from zero.
fn scale(amount: i128, numerator: i128, denominator: i128) -> i64 {
    // Almost always all of it fits into what a machine multiplies and divides in one go.
    if let (Ok(amount), Ok(numerator), Ok(denominator)) =
        (i64::try_from(amount), numerator.try_into(), denominator.try_into())
        && small(amount) + small(numerator) >= 66
        && small(denominator) >= 3
    {
        let product = amount * numerator;
        return (product + product.signum() * (denominator / 2)) / denominator;
    }
    let product = amount * numerator;
    let rounded = (product + product.signum() * denominator / 2) / denominator;
    rounded.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

/// How many of the leading bits a number does without, its sign apart.
fn small(number: i64) -> u32 {
    number.unsigned_abs().leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knot(millis: u64, pixels: i32) -> Knot {
        Knot { time: Time::from_millis(millis), y: Px::new(pixels) }
    }

    fn map() -> TimeMap {
        TimeMap::new([knot(0, 0), knot(50, 46), knot(1_000, 120), knot(1_050, 166)], Vec::new())
    }

    #[test]
    fn between_knots_it_is_a_straight_line_and_beyond_them_it_goes_on() {
        let heights = [0, 25, 50, 525, 1_000, 1_050, 1_575].map(|millis| map().y(Time::from_millis(millis)));
        assert_eq!(heights, [0, 23, 46, 83, 120, 166, 249].map(Px::new));
    }

    #[test]
    fn it_can_be_inverted_anywhere() {
        for tenths in 0..2_500 {
            assert_eq!(map().y(map().time(Px(tenths))), Px(tenths));
        }
        assert_eq!(map().time(Px::new(-500)), Time::ZERO);
    }

    #[test]
    fn knots_that_do_not_rise_are_left_out() {
        let map = TimeMap::new([knot(0, 0), knot(10, 0), knot(10, 5), knot(5, 9), knot(20, 10)], Vec::new());
        assert_eq!(map.knots(), [knot(0, 0), knot(10, 5), knot(20, 10)]);
    }

    #[test]
    fn no_knot_at_all_is_still_a_map() {
        let map = TimeMap::new([], Vec::new());
        assert_eq!(map.y(Time::from_millis(7)), Px::new(7));
    }

    #[test]
    fn easing_begins_at_one_map_and_ends_at_the_other() {
        let other = TimeMap::new([knot(0, 10), knot(2_000, 210)], Vec::new());
        let at = |permille| TimeMap::between(&map(), &other, permille).y(Time::from_millis(50));
        assert_eq!([at(0), at(500), at(1_000)], [Px::new(46), Px(305), Px::new(15)]);
    }

    #[test]
    fn large_and_small_numbers_are_scaled_by_the_same_rule() {
        let numbers = [1_i64, -1, 3, -7, 999, 1 << 20, -(1 << 33), (1 << 41) + 1, i64::MAX / 5].map(i128::from);
        for (amount, numerator) in numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, b.abs()))) {
            for denominator in [1, 2, 3, 1_000, 1_i64 << 34].map(i128::from) {
                let exact = amount * numerator;
                let rounded = (exact + exact.signum() * denominator / 2) / denominator;
                let clamped = rounded.clamp(i64::MIN.into(), i64::MAX.into());
                assert_eq!(i128::from(scale(amount, numerator, denominator)), clamped, "{amount} {numerator}");
            }
        }
    }

    #[test]
    fn the_end_of_time_has_a_height_too() {
        assert!(map().y(Time(u64::MAX)) > map().y(Time::from_millis(1_000_000)));
    }
}
