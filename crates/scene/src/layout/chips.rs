//! What each store holds, each member sees and each general has decided, where it changes; and what nodes that keep
//! something together write down, count and keep, of which [`kept`] has the list.

use fencepost_sim::{EventId, ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::{FencingToken, Note, Value};

use crate::kinds::ChipKind;
use crate::layout::canvas::Canvas;
use crate::layout::{Ground, inner, kept, words};
use crate::picture::{About, Chip, Key, Tale, Tone};
use crate::px::{Point, Px, Rect};
use crate::quad::Quad;
use crate::width::{Weight, text_width};

const SIZE: Px = Px(115);
const HEIGHT: Px = Px::new(20);
const MARGIN: Px = Px::new(9);
/// From the lane to the chip.
const AWAY: Px = Px::new(16);
/// How many forms a chip has at most.
const FORMS: usize = 3;
/// A place dearer than this makes a shorter form worth trying.
const DEAR: u32 = 2;

/// All chips, as far as there is room. What a chip says, its event's sentence says too.
pub fn draw(ground: &Ground<'_>, canvas: &mut Canvas) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut changes = changes(ground);
    let more = kept::changes(ground);
    if !more.is_empty() {
        changes.extend(more);
        sort_by_rank(&mut changes, |change| (u64::from(change.event.0), 0));
    }
    for change in changes {
        if let Some(chip) = chip(&change, ground, canvas) {
            canvas.block(Quad::upright(chip.rect));
            chips.push(chip);
        }
    }
    chips
}

/// What somebody has or knows from here on.
pub enum What {
    /// A store, what it holds and the highest token it has seen, as far as they changed.
    Holds(Option<Value>, Option<FencingToken>),
    /// A store that is back: what its disk had kept, and the highest token it remembers.
    Restored(Value, Option<FencingToken>),
    /// A member, its view of the group.
    View(u32, String),
    /// A general, its decision.
    Decided(bool),
    /// One of several nodes: what kind of thing, in which words, and what is told of it.
    Kept(ChipKind, Vec<String>, Tale),
}

/// What changed at one participant at one moment.
pub struct Change {
    /// On whose lane.
    pub store: ParticipantId,
    /// When.
    pub time: Time,
    /// What it stands for.
    pub event: EventId,
    /// What changed.
    pub what: What,
    /// Which change of this store it is.
    pub number: u64,
}

fn changes(ground: &Ground<'_>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut counts = vec![0_u64; ground.view.cast.members.len()];
    for event in &ground.view.trace.events {
        let Some((_, note)) = inner::said(event).filter(|_| !ground.story.quiet.contains(&event.id)) else {
            continue;
        };
        let Some(what) = what(note, event.id, ground) else { continue };
        let last = changes.last_mut().filter(|last| (last.store, last.time) == (event.participant, event.time));
        if let (What::Holds(value, highest), Some((event_of, What::Holds(old, seen)))) =
            (&what, last.map(|last| (&mut last.event, &mut last.what)))
        {
            (*old, *seen) = (value.or(*old), highest.or(*seen));
            // The write is what a chip stands for; the token only came along.
            *event_of = if value.is_some() { event.id } else { *event_of };
            continue;
        }
        let Some(count) = counts.get_mut(event.participant.index()) else { continue };
        *count += 1;
        changes.push(Change { store: event.participant, time: event.time, event: event.id, what, number: *count });
    }
    changes
}

fn what(note: &Note, event: EventId, ground: &Ground<'_>) -> Option<What> {
    Some(match note {
        Note::Applied { value, .. } => What::Holds(Some(*value), None),
        Note::HighestToken { token } => What::Holds(None, Some(*token)),
        Note::Restored { highest, .. } => {
            // Not by its version: a crash can give one number out twice.
            let ledger = ground.view.ledger;
            let back = ledger.restorations.iter().find(|back| back.at.event == event);
            let kept = back.and_then(|back| ledger.effects.get(back.holds?));
            What::Restored(kept.map_or(Value::Empty, |it| it.value), *highest)
        }
        Note::Installed { view, members } => What::View(*view, words::members(members, ground.view.cast).join(" ")),
        Note::Decided { attack } => What::Decided(*attack),
        _ => return None,
    })
}

fn chip(change: &Change, ground: &Ground<'_>, canvas: &Canvas) -> Option<Chip> {
    let at = ground.at(change.store, change.time)?;
    let (text, rect) = settle(change, at, canvas, ground)?;
    Some(Chip {
        kind: match change.what {
            What::Holds(..) | What::Restored(..) => ChipKind::Holds,
            What::View(..) => ChipKind::View,
            What::Decided(_) => ChipKind::Decision,
            What::Kept(kind, ..) => kind,
        },
        key: Key::of(&[tag(&change.what), u64::from(change.store.0), change.number]),
        about: About { event: Some(change.event), fault: None, participant: Some(change.store) },
        rect,
        text,
        tone: match ground.past.tone(change.event) {
            Tone::Bad => Tone::Bad,
            _ => Tone::Plain,
        },
        tale: match change.what {
            What::Kept(_, _, tale) => tale,
            _ => Tale::Event(change.event),
        },
    })
}

/// Tells the kinds of chip apart, whose changes are counted apart.
fn tag(what: &What) -> u64 {
    match what {
        What::Kept(kind, ..) => 60 + *kind as u64,
        _ => 21,
    }
}

/// The first form that has a cheap place, or the one with the cheapest.
fn settle(change: &Change, at: Point, canvas: &Canvas, ground: &Ground<'_>) -> Option<(String, Rect)> {
    let mut best: Option<(u32, String, Rect)> = None;
    for text in (0..FORMS).map_while(|form| wording(change, form, ground)) {
        let Some((cost, rect)) = place(&text, at.x, at.y, canvas) else { continue };
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, text, rect));
        }
        if cost <= DEAR {
            break;
        }
    }
    best.map(|(_, text, rect)| (text, rect))
}

/// The forms from long to short, one by one: most chips are content with the first.
fn wording(change: &Change, form: usize, ground: &Ground<'_>) -> Option<String> {
    let said = |value: Value| words::value(value, ground.view.cast);
    match (form, &change.what) {
        (_, What::Holds(Some(value), highest)) => held(form, said(*value), *highest),
        (0, What::Holds(None, Some(highest))) => Some(format!("max {highest}")),
        (0, What::Restored(value, None)) => Some(format!("value {} · no max", said(*value))),
        (1, What::Restored(value, None)) => Some(format!("{} · no max", said(*value))),
        (_, What::Restored(value, highest)) => held(form, said(*value), *highest),
        (0, What::View(number, members)) => Some(format!("view {number} · {members}")),
        (1, What::View(number, _)) => Some(format!("view {number}")),
        (0, What::Decided(true)) => Some("attacks".to_owned()),
        (0, What::Decided(false)) if ground.view.cast.is_general(change.store) => Some("stays".to_owned()),
        (0, What::Decided(false)) => Some("retreats".to_owned()),
        (_, What::Kept(_, forms, _)) => forms.get(form).cloned(),
        _ => None,
    }
}

fn held(form: usize, value: String, highest: Option<FencingToken>) -> Option<String> {
    match (form, highest) {
        (0, Some(highest)) => Some(format!("value {value} · max {highest}")),
        (1, Some(highest)) => Some(format!("{value} · {highest}")),
        (0, None) => Some(format!("value {value}")),
        (1, None) | (2, Some(_)) => Some(value),
        _ => None,
    }
}

/// The cheapest place beside the lane.
fn place(text: &str, x: Px, y: Px, canvas: &Canvas) -> Option<(u32, Rect)> {
    let width = text_width(text, SIZE, Weight::Bold) + MARGIN * 2;
    let sides = [x + AWAY, x - AWAY - width];
    let heights = [0, 14, -14, 24, -24].map(|down| y - HEIGHT / 2 + Px::new(down));
    let mut best: Option<(u32, Rect)> = None;
    for (rank, top) in heights.into_iter().enumerate() {
        for left in sides {
            let rect = Rect { x: left, y: top, width, height: HEIGHT };
            let limit = best.map_or(u32::MAX, |(least, _)| least).saturating_sub(rank as u32);
            let Some(cost) = canvas.cost_below(&Quad::upright(rect), limit) else { continue };
            best = Some((cost + rank as u32, rect));
            if cost + rank as u32 == 0 {
                return best;
            }
        }
    }
    best
}
