//! What was said again and again, and how often: each has one label with the count, which opens it and folds it again.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::EventKind;

use crate::layout::elections::{self, Run};
use crate::layout::labels::{Saying, Spot, Spots, measured};
use crate::layout::pulses::Topic;
use crate::layout::story::Letter;
use crate::layout::words::Wording;
use crate::layout::{Ground, sayings};
use crate::picture::{About, Anchor, Key, LabelKind, Repeat, Side, Tale, Tone, Turn};
use crate::prose;
use crate::px::{Point, Px};
use crate::view::View;

/// So few are not worth a label of their own.
const FEW: u32 = 4;

/// All repetitions of a run, as far as it was read.
#[derive(Default)]
pub struct Repeats {
    /// The elections that are not drawn one by one, unless they are opened.
    runs: Vec<Fold>,
    /// Each thing that was said again.
    topics: BTreeMap<Topic, Said>,
    opened: BTreeSet<Key>,
}

/// A run of elections, from when until when it lasts, and whether it is opened.
struct Fold {
    run: Run,
    from: Time,
    until: Time,
    is_open: bool,
}

/// How often something was said again.
struct Said {
    first: EventId,
    last: EventId,
    from: Time,
    until: Time,
    count: u32,
}

impl Repeats {
    /// Before the first event; these are open.
    pub fn new(view: &View<'_>, opened: &BTreeSet<Key>) -> Self {
        let time = |id: EventId| view.trace.events.get(id.index()).map_or(Time::ZERO, |event| event.time);
        let runs = (0..).zip(elections::runs(view)).map(|(number, run)| Fold {
            run,
            from: time(run.first),
            until: time(run.after),
            is_open: opened.contains(&of_run(number)),
        });
        Self { runs: runs.collect(), topics: BTreeMap::new(), opened: opened.clone() }
    }

    /// Whether an event lies in elections that are not drawn.
    pub fn is_folded(&self, event: EventId) -> bool {
        let after = self.runs.partition_point(|fold| fold.run.first <= event);
        let before = after.checked_sub(1).and_then(|place| self.runs.get(place));
        before.is_some_and(|fold| !fold.is_open && event < fold.run.after)
    }

    /// Whether what lasts from one moment to another lies wholly in elections that are not drawn.
    pub fn are_folded(&self, from: Time, until: Time) -> bool {
        self.runs.iter().any(|fold| !fold.is_open && fold.from <= from && until <= fold.until)
    }

    /// Takes note of a letter that says something again. Whether it stays in the background.
    pub fn take(&mut self, letter: &Letter<'_>, topic: Topic) -> bool {
        let (event, sent) = (letter.event, letter.sent);
        let said = self.topics.entry(topic);
        let said = said.or_insert(Said { first: event, last: event, from: sent, until: sent, count: 0 });
        // What goes to several at one moment is said once, and an answer is none of it.
        if (letter.from, letter.message.kind()) == (topic.who, topic.kind) && (said.count == 0 || said.until < sent) {
            if said.count == 0 {
                (said.first, said.from) = (event, sent);
            }
            said.count += 1;
            said.until = sent;
        }
        said.last = event;
        !self.opened.contains(&topic.key())
    }

    /// All of them that are worth a label.
    pub fn all(&self) -> Vec<Repeat> {
        let runs = (0..).zip(&self.runs).map(|(number, Fold { run, from, until, is_open })| Repeat {
            key: of_run(number),
            participant: run.who,
            from: *from,
            until: *until,
            count: run.count,
            open: *is_open,
            tale: Tale::Repeat { first: run.first, last: run.after, count: run.count },
        });
        let many = self.topics.iter().filter(|(_, said)| said.count >= FEW);
        let topics = many.map(|(topic, said)| Repeat {
            key: topic.key(),
            participant: topic.who,
            from: said.from,
            until: said.until,
            count: said.count,
            open: self.opened.contains(&topic.key()),
            tale: Tale::Repeat { first: said.first, last: said.last, count: said.count },
        });
        runs.chain(topics).collect()
    }
}

/// The lasting name of a run of elections.
fn of_run(number: u64) -> Key {
    Key::of(&[70, number])
}

/// The labels of these.
pub fn sayings(repeats: &[Repeat], ground: &Ground<'_>) -> Vec<Saying> {
    repeats.iter().filter_map(|repeat| saying(repeat, ground)).collect()
}

fn saying(repeat: &Repeat, ground: &Ground<'_>) -> Option<Saying> {
    let Tale::Repeat { first, last, .. } = repeat.tale else { return None };
    let sentence = prose::tell(repeat.tale, ground.view);
    // The sentence is for whoever points at it; it never fits.
    let forms = [sentence].into_iter().chain(prose::repeated((first, last), repeat.count, ground.view));
    let spots = if repeat.open { at_top(repeat, ground)? } else { down(repeat, ground)? };
    Some(Saying {
        key: repeat.key,
        about: About { event: Some(first), fault: None, participant: Some(repeat.participant) },
        kind: LabelKind::Repeat,
        tone: if repeat.open { Tone::Lit } else { Tone::Plain },
        forms: measured(forms.map(Wording::plain), LabelKind::Repeat, Tone::Plain),
        spots: Spots::Listed(spots),
        room: Px::new(170),
        rank: if is_of_elections(first, ground) { 0 } else { 2 },
    })
}

/// Beside the lane, down the stretch that is left out.
fn down(repeat: &Repeat, ground: &Ground<'_>) -> Option<Vec<Spot>> {
    let (top, bottom) = (ground.map.y(repeat.from), ground.map.y(repeat.until));
    let parts = [50, 35, 65, 20, 80, 10, 90].into_iter().zip(0_u32..);
    let heights: Vec<(Px, u32)> =
        parts.map(|(part, cost)| (top.toward(bottom, part, 100) + Px::new(4), cost)).collect();
    beside(repeat.participant, &heights, ground)
}

/// Beside the lane, where it begins.
fn at_top(repeat: &Repeat, ground: &Ground<'_>) -> Option<Vec<Spot>> {
    let top = ground.map.y(repeat.from);
    let heights: Vec<(Px, u32)> = (0..8).map(|step| (top - Px::new(14) + Px::new(18) * step, step as u32)).collect();
    beside(repeat.participant, &heights, ground)
}

fn beside(who: ParticipantId, heights: &[(Px, u32)], ground: &Ground<'_>) -> Option<Vec<Spot>> {
    let x = ground.lane(who)?;
    let away = Px::new(24);
    let right = (x + away, Anchor::Start);
    let left = (x - away, Anchor::End);
    let has_right = sayings::side_without_bars(Some(who), ground) == Side::Right;
    let sides = if has_right { [right, left] } else { [left, right] };
    let sides = sides.into_iter().zip([0_u32, 3]);
    let spots = sides.flat_map(|((x, anchor), dear)| {
        heights.iter().map(move |(y, cost)| Spot {
            at: Point { x, y: *y },
            anchor,
            turn: Turn::LEVEL,
            cost: cost + dear,
        })
    });
    Some(spots.collect())
}

/// Whether it is a run of elections and not a message.
fn is_of_elections(first: EventId, ground: &Ground<'_>) -> bool {
    let event = ground.view.trace.events.get(first.index());
    event.is_some_and(|event| matches!(event.kind, EventKind::Noted(_)))
}
