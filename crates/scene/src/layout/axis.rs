//! How high each stretch of time is drawn.
//!
//! Between two neighbouring moments there is room for a label and for a visible slant: a message that takes the
//! scenario's usual delay falls 46 px. Longer stretches grow ever more slowly, and one in which nothing happens for more
//! than eight delays is a fold. The height is a continuous, rising function of the length, so that a picture does not
//! jump while something is dragged past a limit.

use fencepost_sim::{Duration, Time};

use crate::px::Px;
use crate::time_map::{Knot, TimeMap};
use crate::view::{Options, View};

/// Where the first moment is.
const TOP: Px = Px::new(22);
/// The height of a run on a linear axis, whatever its length.
const LINEAR_HEIGHT: Px = Px::new(1_400);

/// From here on a moment is a pixel: browsers lose what lies further down than some millions of them.
const LOWEST: Px = Px::new(10_000_000);

/// Room that is wanted below a moment, for a callout.
pub type Need = (Time, Px);

/// Makes the time axis of a run.
pub fn time_map(view: &View<'_>, options: &Options, moments: &[Time], needs: &[Need], end: Time) -> TimeMap {
    if let Some(frozen) = &options.time_map {
        return frozen.clone();
    }
    if options.linear {
        return TimeMap::new(
            [Knot { time: Time::ZERO, y: TOP }, Knot { time: end, y: TOP + LINEAR_HEIGHT }],
            Vec::new(),
        );
    }
    let unit = view.scenario.delay.low.clamp(Duration::from_millis(1), Duration::from_secs(10));
    folded(moments, end, unit, needs)
}

/// The moment at which the picture of a whole run ends: the horizon, unless the run ended early and nothing can happen any more.
pub fn last_moment(view: &View<'_>) -> Time {
    view.trace.ended_at.max(Time::from_millis(1))
}

fn folded(moments: &[Time], end: Time, unit: Duration, needs: &[Need]) -> TimeMap {
    let first = Knot { time: Time::ZERO, y: TOP };
    let (mut knots, mut folds) = (vec![first], Vec::new());
    let mut last = first;
    for time in moments.iter().copied().chain([end]).filter(|time| *time <= end) {
        if time <= last.time {
            continue;
        }
        let length = time.since(last.time);
        let wanted = needs.iter().filter(|need| need.0 == last.time).map(|need| need.1).max().unwrap_or_default();
        let fold = is_fold(length, unit);
        if fold {
            folds.push((last.time, time));
        }
        let height = if last.y < LOWEST { height(length, unit).max(wanted) } else { Px::new(1) };
        last = Knot { time, y: last.y + height };
        knots.push(last);
    }
    TimeMap::new(knots, folds)
}

/// Whether a stretch this long, in which nothing happens, is compressed.
fn is_fold(length: Duration, unit: Duration) -> bool {
    length.0 > 8 * unit.0
}

/// How high a stretch this long is.
fn height(length: Duration, unit: Duration) -> Px {
    let (length, unit) = (length.0.max(1), unit.0.max(1));
    match length {
        _ if length <= unit => between(18, 46, length, 0, unit),
        _ if length <= 8 * unit => between(46, 60, length, unit, 8 * unit),
        _ => Px::new(60) + Px(logarithm(length / (8 * unit), length, 8 * unit) * 4),
    }
}

/// The point between two heights in pixels at which `at` stands between `from` and `to`.
fn between(low: i32, high: i32, at: u64, from: u64, to: u64) -> Px {
    let way = i128::from(at - from) * i128::from(high - low) * 10 / i128::from((to - from).max(1));
    Px(low * 10 + way as i32)
}

/// Ten times the logarithm to base 2 of `length / unit`, straight between powers of two.
fn logarithm(ratio: u64, length: u64, unit: u64) -> i32 {
    let power = ratio.max(1).ilog2();
    let floor = unit.saturating_mul(1 << power.min(40));
    let part = i128::from(length.saturating_sub(floor)) * 10 / i128::from(floor.max(1));
    power as i32 * 10 + part.min(10) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Duration = Duration::from_millis(50);

    #[test]
    fn a_usual_delay_slants_by_46_px() {
        assert_eq!(height(UNIT, UNIT), Px::new(46));
    }

    #[test]
    fn longer_is_never_lower_and_nothing_is_too_low_to_hit() {
        let lengths = (0..20_000).map(|millis| Duration(1 + millis * 1_000));
        let heights: Vec<Px> = lengths.map(|length| height(length, UNIT)).collect();
        assert!(heights.is_sorted());
        assert!(heights[0] >= Px::new(18));
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] <= Px::new(1)), "no jumps");
    }

    #[test]
    fn a_picture_of_two_hundred_thousand_moments_can_be_scrolled_through() {
        let moments: Vec<Time> = (0..200_000).map(|at| Time::from_millis(at * 3_600_000)).collect();
        let map = folded(&moments, *moments.last().expect("a moment"), UNIT, &[]);
        assert!(map.extent().1 < LOWEST + Px::new(300_000), "{}", map.extent().1);
        assert!(moments.windows(2).all(|pair| map.y(pair[0]) < map.y(pair[1])), "no two moments are one");
    }

    #[test]
    fn a_quiet_stretch_is_a_fold_through_which_one_can_drag() {
        let millis = |millis| Time::from_millis(millis);
        let map = folded(&[millis(0), millis(50), millis(9_050)], millis(30_000), UNIT, &[]);
        assert_eq!(map.folds(), [(millis(50), millis(9_050)), (millis(9_050), millis(30_000))]);
        assert!(map.y(millis(9_050)) - map.y(millis(50)) >= Px::new(40));
        let there_and_back = map.time(map.y(millis(6_500)));
        assert!(there_and_back.since(millis(6_500)).0.max(millis(6_500).since(there_and_back).0) < 100_000);
    }
}
