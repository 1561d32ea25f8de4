//! What the ruler says. Every moment gets a hairline; a word stands only where it is worth one and has room.
//!
//! Worth it, in this order: the beginning, violations, faults, leases that run out, what clients do. A word that would
//! come closer than 20 px to a more important one is left out.

use fencepost_sim::{ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::{Event, EventKind, Note};

use crate::layout::past::violation;
use crate::layout::words;
use crate::picture::{Fold, Tick};
use crate::px::Px;
use crate::time_map::TimeMap;
use crate::view::View;
use crate::width::{Weight, text_width};

/// The least distance between two words of the ruler.
const APART: Px = Px::new(20);

/// In what steps the ruler grows.
const STEP: Px = Px::new(12);

/// A moment worth a word.
struct Worthy {
    time: Time,
    /// How much: the smaller, the more.
    rank: u8,
    text: String,
}

/// What a ruler could say, before it has a place.
pub struct Ruler {
    worthy: Vec<Worthy>,
    narrow: bool,
}

impl Ruler {
    /// Finds the moments worth a word.
    pub fn read(view: &View<'_>, narrow: bool) -> Self {
        let mut ranks: Vec<(Time, u8)> = vec![(Time::ZERO, 0), (view.trace.ended_at, 1)];
        ranks.extend(view.trace.events.iter().filter_map(|event| Some((event.time, worth(event, view)?))));
        let violating = view.verdicts.iter().filter_map(violation);
        ranks.extend(violating.filter_map(|id| Some((view.trace.events.get(id.index())?.time, 0))));
        sort_by_rank(&mut ranks, |(time, rank)| (time.0, u64::from(*rank)));
        ranks.dedup_by_key(|(time, _)| *time);
        let worthy = ranks.into_iter().map(|(time, rank)| Worthy { time, rank, text: words::moment(time, narrow) });
        Self { worthy: worthy.collect(), narrow }
    }

    /// How wide the words are at most, from the left edge of the picture. In steps, so that the lanes stand still when a
    /// word grows by a digit during a drag.
    pub fn width(&self, map: &TimeMap) -> Px {
        let folds: Vec<String> = map.folds().iter().map(|fold| self.quiet(*fold)).collect();
        let texts = self.worthy.iter().map(|worthy| &worthy.text).chain(&folds);
        let widest = texts.map(|text| text_width(text, Px::new(11), Weight::Regular)).max();
        let least = if self.narrow { Px::new(48) } else { Px::new(66) };
        let needed = (widest.unwrap_or_default() + Px::new(4)).max(least) - least;
        least + STEP * ((needed.0 + STEP.0 - 1) / STEP.0)
    }

    /// The ruler: ticks and folds, in order of time.
    pub fn draw(&self, map: &TimeMap, moments: &[Time]) -> (Vec<Tick>, Vec<Fold>) {
        let mut taken = Vec::new();
        let mut by_rank: Vec<usize> = (0..self.worthy.len()).collect();
        sort_by_rank(&mut by_rank, |place| (u64::from(self.worthy[*place].rank), 0));
        by_rank.retain(|place| take(map.y(self.worthy[*place].time), &mut taken));
        let folds = map.folds().iter().map(|fold| self.fold(*fold, map, &mut taken)).collect();
        let bare = |time: &Time| Tick { time: *time, y: map.y(*time), label: None };
        let mut ticks: Vec<Tick> = moments.iter().map(bare).collect();
        ticks.extend(by_rank.into_iter().map(|place| {
            let Worthy { time, text, .. } = &self.worthy[place];
            Tick { time: *time, y: map.y(*time), label: Some(text.clone()) }
        }));
        // Of two ticks at one moment, the one with a word.
        sort_by_rank(&mut ticks, |tick| (tick.time.0, u64::from(tick.label.is_none())));
        ticks.dedup_by_key(|tick| tick.time);
        (ticks, folds)
    }

    fn fold(&self, (from, until): (Time, Time), map: &TimeMap, taken: &mut Vec<Px>) -> Fold {
        let (y0, y1, length) = (map.y(from), map.y(until), until.since(from));
        let room = take(y0.toward(y1, 1, 2), taken);
        Fold { from, until, y0, y1, label: room.then(|| self.quiet((from, until))), length }
    }

    fn quiet(&self, (from, until): (Time, Time)) -> String {
        words::quiet(until.since(from), self.narrow)
    }
}

/// Takes a place on the ruler if nothing is near. `taken` is in order.
fn take(y: Px, taken: &mut Vec<Px>) -> bool {
    let place = taken.partition_point(|other| *other <= y - APART);
    let free = taken.get(place).is_none_or(|other| *other >= y + APART);
    if free {
        taken.insert(place, y);
    }
    free
}

fn worth(event: &Event, view: &View<'_>) -> Option<u8> {
    let client = event.participant != ParticipantId::NETWORK && view.cast.is_client(event.participant);
    match &event.kind {
        EventKind::FaultStarted { .. } | EventKind::FaultEnded { .. } | EventKind::Crashed { .. } => Some(1),
        EventKind::Noted(Note::Expired { .. }) => Some(2),
        EventKind::Noted(Note::Applied { .. } | Note::TurnedAway { .. }) => Some(4),
        EventKind::Sent { .. } if client => Some(3),
        EventKind::Delivered { .. } | EventKind::Lost { .. } if client => Some(4),
        EventKind::Noted(Note::Left { .. }) => Some(5),
        _ => None,
    }
}
