//! Where more messages leave than can be told apart.
//!
//! Sixty clients that ask again every microsecond send a thousand messages within the breadth of a line. A picture of all of
//! them is a grey wall, and a page that makes a node for each does not answer for a quarter of a minute. Of such a crowd
//! only the first are drawn; what led to a violation and what a fault was aimed at keeps its place far longer. How many are
//! left out is part of the picture.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::EventId;

use crate::layout::past::Past;
use crate::layout::pulses;
use crate::layout::story::Story;
use crate::picture::Arrow;
use crate::px::{Point, Px};
use crate::slice;
use crate::time_map::TimeMap;
use crate::view::View;

/// The height within which messages are counted.
const BREADTH: Px = Px::new(40);
/// So many that stay in the background are drawn there, so many others, and so many that matter.
const FAINT: usize = 48;
const MOST: usize = 240;
const WEIGHTY: usize = 320;

/// Adds the messages that have no room in a crowd, by their sendings, and counts them.
pub fn unseen(story: &Story<'_>, view: &View<'_>, past: &Past, map: &TimeMap, unseen: &mut BTreeSet<EventId>) -> usize {
    let mut sent: BTreeMap<i32, usize> = BTreeMap::new();
    let mut crowded = 0;
    for letter in &story.letters {
        if unseen.contains(&letter.event) {
            continue;
        }
        let here = sent.entry(map.y(letter.sent).0 / BREADTH.0).or_default();
        let is_weighty = past.tone(letter.event).is_causal() || pulses::is_aimed_at(letter, view);
        let room = match letter.is_pulse {
            _ if is_weighty => WEIGHTY,
            true => FAINT,
            false => MOST,
        };
        if *here < room {
            *here += 1;
        } else {
            unseen.insert(letter.event);
            crowded += 1;
        }
    }
    crowded
}

/// The height of a screen, for counting what is on it.
const SCREEN: Px = Px::new(1_000);

/// Whether a screen somewhere has more messages than are painted on one.
pub fn is_dense(arrows: &[Arrow]) -> bool {
    let mut seen: BTreeMap<i32, usize> = BTreeMap::new();
    arrows.len() > slice::PAINTED
        && arrows.iter().any(|arrow| {
            let height = |point: Option<&Point>| point.map_or(0, |point| point.y.0 / SCREEN.0);
            let (first, last) = (height(arrow.path.first()), height(arrow.path.last()));
            (first..=last.min(first + TALL)).any(|screen| {
                let count = seen.entry(screen).or_default();
                *count += 1;
                *count > slice::PAINTED
            })
        })
}

/// So many screens of one message are looked at: one that takes a day passes thousands.
const TALL: i32 = 8;
