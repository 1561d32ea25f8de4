//! The bands of a partition: one in every gap between two lanes that it separates.

use fencepost_scenario::model::{FaultSpec, Sides};
use fencepost_sim::{FaultId, ParticipantId, PartitionMode, sort_by_rank};

use crate::kinds::SpanKind;
use crate::layout::Ground;
use crate::layout::story::{Harm, Strike};
use crate::picture::{About, Key, Side, Span, Tale};
use crate::px::{Px, Rect};

/// How wide a band is.
pub const BAND: Px = Px::new(14);

/// All bands of all cuts.
pub fn draw(ground: &Ground<'_>) -> Vec<Span> {
    let cuts = ground.story.strikes.iter().filter(|strike| strike.harm == Harm::Cut);
    cuts.flat_map(|strike| bands_of(strike, ground)).collect()
}

fn bands_of(strike: &Strike, ground: &Ground<'_>) -> Vec<Span> {
    let Some((sides, mode)) = cut(strike.fault, ground) else { return Vec::new() };
    let until = strike.until;
    let (top, bottom) = (ground.map.y(strike.from), ground.map.y(until));
    let span = |(number, band): (usize, Band)| Span {
        key: Key::of(&[2, u64::from(strike.fault.0), number as u64]),
        about: About { event: Some(strike.event), fault: Some(strike.fault), participant: None },
        kind: SpanKind::Cut { toward: sides.one_way.then_some(band.toward), mode },
        from: strike.from,
        until,
        rect: Rect::between(band.x - BAND / 2, top, band.x + BAND / 2, bottom),
        tale: Tale::Cut { event: strike.event, fault: strike.fault, until },
    };
    bands(sides, ground).into_iter().enumerate().map(span).collect()
}

/// One band: where it is, which lanes it stands between, and on which side of it the right side of the cut is.
struct Band {
    x: Px,
    between: (usize, usize),
    toward: Side,
}

/// Where the cut's sides change from one member to the next, there is a band, right of the first of the two.
fn bands(sides: &Sides, ground: &Ground<'_>) -> Vec<Band> {
    let is_lane = |lane: &usize| *lane < ground.columns.lanes.len();
    let place = |name: &String| ground.view.cast.find(name).map(ParticipantId::index).filter(is_lane);
    let left = sides.left.iter().filter_map(place).map(|lane| (lane, Side::Left));
    let right = sides.right.iter().filter_map(place).map(|lane| (lane, Side::Right));
    let mut members: Vec<(usize, Side)> = left.chain(right).collect();
    sort_by_rank(&mut members, |(lane, side)| (*lane as u64, *side as u64));
    let changes = members.windows(2).filter(|pair| pair[0].1 != pair[1].1 && pair[0].0 != pair[1].0);
    changes
        .map(|pair| Band { x: gap_after(pair[0].0, ground), between: (pair[0].0, pair[1].0), toward: pair[1].1 })
        .collect()
}

/// The middle of the gap right of a lane.
fn gap_after(lane: usize, ground: &Ground<'_>) -> Px {
    let lanes = &ground.columns.lanes;
    let here = lanes[lane].x;
    lanes.get(lane + 1).map_or(here + Px::new(30), |next| here.toward(next.x, 1, 2))
}

/// The band of this cut that a message between these two runs into.
pub fn band_between(fault: FaultId, from: ParticipantId, to: ParticipantId, ground: &Ground<'_>) -> Option<Px> {
    let (low, high) = (from.index().min(to.index()), from.index().max(to.index()));
    let bands = bands(cut(fault, ground)?.0, ground);
    bands.into_iter().find(|band| low <= band.between.0 && band.between.1 <= high).map(|band| band.x)
}

fn cut<'a>(fault: FaultId, ground: &Ground<'a>) -> Option<(&'a Sides, PartitionMode)> {
    match ground.view.scenario.faults.get(fault.index()) {
        Some(FaultSpec::Partition { sides, mode, .. }) => Some((sides, *mode)),
        _ => None,
    }
}

/// What a cut's tag says, from the longest form to the shortest.
pub fn words(fault: FaultId, ground: &Ground<'_>) -> Vec<String> {
    let Some((sides, _)) = cut(fault, ground) else { return Vec::new() };
    let sign = if sides.one_way { "→" } else { "|" };
    let names = format!("{} {sign} {}", sides.left.join(" "), sides.right.join(" "));
    vec![format!("cut {names}"), names, "cut".to_owned()]
}
