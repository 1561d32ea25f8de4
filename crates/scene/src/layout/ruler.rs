//! What the ruler says. Every moment gets a hairline; a word stands only where it is worth one and has room.
//!
//! Worth it, in this order: the beginning, violations, faults, leases that run out, what clients do. A word that would
//! come closer than 20 px to a more important one is left out.

use std::collections::BTreeMap;

use fencepost_sim::{ParticipantId, Time};
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

/// The ruler: ticks and folds, in order of time.
pub fn draw(view: &View<'_>, map: &TimeMap, moments: &[Time], narrow: bool) -> (Vec<Tick>, Vec<Fold>) {
    let ranks = ranks(view);
    let mut taken = BTreeMap::new();
    let mut worded: Vec<(u8, Time)> = ranks.iter().map(|(time, rank)| (*rank, *time)).collect();
    worded.sort_unstable();
    worded.retain(|(_, time)| take(map.y(*time), &mut taken));
    let mut spoken: Vec<Time> = worded.iter().map(|(_, time)| *time).collect();
    spoken.sort_unstable();
    let folds = map.folds().iter().map(|(from, until)| fold(*from, *until, map, &mut taken, narrow)).collect();
    let mut times: Vec<Time> = moments.iter().copied().chain(spoken.iter().copied()).collect();
    times.sort_unstable();
    times.dedup();
    let tick = |time: Time| {
        let label = spoken.binary_search(&time).is_ok().then(|| words::moment(time, narrow));
        Tick { time, y: map.y(time), label }
    };
    (times.into_iter().map(tick).collect(), folds)
}

/// How wide the ruler's words are at most, from the left edge of the picture.
pub fn width(view: &View<'_>, map: &TimeMap, narrow: bool) -> Px {
    let ticks = ranks(view).into_keys().map(|time| words::moment(time, narrow));
    let folds = map.folds().iter().map(|(from, until)| words::quiet(until.since(*from), narrow));
    let widest = ticks.chain(folds).map(|text| text_width(&text, Px::new(11), Weight::Regular)).max();
    widest.unwrap_or_default() + Px::new(4)
}

fn fold(from: Time, until: Time, map: &TimeMap, taken: &mut BTreeMap<Px, ()>, narrow: bool) -> Fold {
    let (y0, y1, length) = (map.y(from), map.y(until), until.since(from));
    let room = take(y0.toward(y1, 1, 2), taken);
    Fold { from, until, y0, y1, label: room.then(|| words::quiet(length, narrow)), length }
}

/// Takes a place on the ruler if nothing is near.
fn take(y: Px, taken: &mut BTreeMap<Px, ()>) -> bool {
    let free = taken.range(y - APART + Px(1)..y + APART).next().is_none();
    if free {
        taken.insert(y, ());
    }
    free
}

/// The moments worth a word and how much: the smaller, the more.
fn ranks(view: &View<'_>) -> BTreeMap<Time, u8> {
    let mut ranks = BTreeMap::from([(Time::ZERO, 0), (view.trace.ended_at, 1)]);
    let mut rank = |time: Time, rank: u8| {
        let entry = ranks.entry(time).or_insert(rank);
        *entry = rank.min(*entry);
    };
    for event in &view.trace.events {
        if let Some(value) = worth(event, view) {
            rank(event.time, value);
        }
    }
    for event in view.verdicts.iter().filter_map(violation).filter_map(|id| view.trace.events.get(id.index())) {
        rank(event.time, 0);
    }
    ranks
}

fn worth(event: &Event, view: &View<'_>) -> Option<u8> {
    let client = event.participant != ParticipantId::NETWORK && view.cast.is_client(event.participant);
    match &event.kind {
        EventKind::FaultStarted { .. } | EventKind::FaultEnded { .. } => Some(1),
        EventKind::Noted(Note::Expired { .. }) => Some(2),
        EventKind::Noted(Note::Applied { .. } | Note::TurnedAway { .. }) => Some(4),
        EventKind::Sent { .. } if client => Some(3),
        EventKind::Delivered { .. } | EventKind::Lost { .. } if client => Some(4),
        EventKind::Noted(Note::Left { .. }) => Some(5),
        _ => None,
    }
}
