//! What the ruler says. Every moment gets a hairline; a word stands only where it is worth one and has room.
//!
//! Worth it, in this order: the beginning, violations, faults, leases that run out, what clients do. A word that would
//! come closer than 20 px to a more important one is left out.

use fencepost_sim::{ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::{Event, EventKind, Note};

use crate::layout::past::violation;
use crate::layout::story::Story;
use crate::layout::{inner, words};
use crate::picture::{Fold, Tick};
use crate::px::Px;
use crate::time_map::TimeMap;
use crate::view::View;
use crate::width::{Weight, text_width};

/// The least distance between two words of the ruler.
const APART: Px = Px::new(20);

/// The rank of what is least worth a word.
const LAST: u8 = 5;

/// In what steps the ruler grows.
const STEP: Px = Px::new(12);

/// A moment worth a word.
#[derive(Clone, Copy)]
struct Worthy {
    time: Time,
    /// How much: the smaller, the more.
    rank: u8,
}

/// What a ruler could say, before it has a place.
pub struct Ruler {
    /// In order of time, one for a moment.
    worthy: Vec<Worthy>,
    narrow: bool,
}

impl Ruler {
    /// Finds the moments worth a word.
    pub fn read(view: &View<'_>, story: &Story<'_>, narrow: bool, end: Time) -> Self {
        let mut worthy = vec![Worthy { time: Time::ZERO, rank: 0 }];
        for event in &view.trace.events {
            let Some(rank) = worth(event, view).filter(|_| !story.is_folded(event.id)) else { continue };
            match worthy.last_mut().filter(|last| last.time == event.time) {
                Some(last) => last.rank = last.rank.min(rank),
                None => worthy.push(Worthy { time: event.time, rank }),
            }
        }
        worthy.push(Worthy { time: end.min(view.trace.ended_at), rank: 1 });
        let violating = view.verdicts.iter().filter_map(violation);
        let event = |id: fencepost_sim::EventId| view.trace.events.get(id.index());
        worthy.extend(violating.filter_map(|id| Some(Worthy { time: event(id)?.time, rank: 0 })));
        sort_by_rank(&mut worthy, |it| (it.time.0, u64::from(it.rank)));
        worthy.dedup_by_key(|it| it.time);
        Self { worthy, narrow }
    }

    /// How wide the words are at most, from the left edge of the picture. In steps, so that the lanes stand still when a
    /// word grows by a digit during a drag.
    pub fn width(&self, map: &TimeMap) -> Px {
        let mut widest = Px::ZERO;
        let mut measure = |text: &str| widest = widest.max(text_width(text, Px::new(11), Weight::Regular));
        let mut text = String::new();
        for worthy in &self.worthy {
            text.clear();
            words::write_moment(worthy.time, self.narrow, &mut text);
            measure(&text);
        }
        map.folds().iter().for_each(|fold| measure(&self.quiet(*fold)));
        let least = if self.narrow { Px::new(48) } else { Px::new(66) };
        let needed = (widest + Px::new(4)).max(least) - least;
        least + STEP * ((needed.0 + STEP.0 - 1) / STEP.0)
    }

    /// The ruler: ticks and folds, in order of time.
    pub fn draw(&self, map: &TimeMap, moments: &[Time]) -> (Vec<Tick>, Vec<Fold>) {
        let mut taken = Vec::new();
        let mut said = vec![false; self.worthy.len()];
        for rank in 0..=LAST {
            for (worthy, said) in self.worthy.iter().zip(&mut said).filter(|(worthy, _)| worthy.rank == rank) {
                *said = take(map.y(worthy.time), &mut taken);
            }
        }
        let folds = map.folds().iter().map(|fold| self.fold(*fold, map, &mut taken)).collect();
        let mut ticks = Vec::with_capacity(moments.len() + self.worthy.len());
        let mut bare = moments.iter().copied().peekable();
        for (worthy, _) in self.worthy.iter().zip(&said).filter(|(_, said)| **said) {
            while let Some(time) = bare.next_if(|time| *time < worthy.time) {
                ticks.push(Tick { time, y: map.y(time), label: None });
            }
            bare.next_if_eq(&worthy.time);
            let mut label = String::new();
            words::write_moment(worthy.time, self.narrow, &mut label);
            ticks.push(Tick { time: worthy.time, y: map.y(worthy.time), label: Some(label) });
        }
        ticks.extend(bare.map(|time| Tick { time, y: map.y(time), label: None }));
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
        EventKind::Noted(note) => of_note(inner::noted(note)),
        EventKind::Sent { .. } if client => Some(3),
        EventKind::Delivered { .. } | EventKind::Lost { .. } if client => Some(4),
        _ => None,
    }
}

fn of_note(note: &Note) -> Option<u8> {
    match note {
        Note::Expired { .. } | Note::Leads { .. } | Note::StepsDown { .. } | Note::PoweredOff => Some(2),
        Note::Applied { .. } | Note::TurnedAway { .. } => Some(4),
        Note::Left { .. } => Some(5),
        _ => None,
    }
}
