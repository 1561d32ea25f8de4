//! The messages as lines: straight from sending to arrival, bent where a cut held them back, cut short where they died.

use fencepost_sim::{Duration, Fate, ParticipantId, Time};
use fencepost_vocabulary::{EventKind, Message};

use crate::layout::Ground;
use crate::layout::cuts;
use crate::layout::story::Letter;
use crate::picture::{About, Arrow, ArrowEnd, Key, Tale, Tone, Turn};
use crate::px::{Path, Point, Px};

/// How far an arrow stays away from the middle of the lane it leaves, and of the one it reaches.
const LEAVE: Px = Px::new(4);
const REACH: Px = Px::new(5);

/// All arrows, in the order of the letters.
pub fn draw(ground: &Ground<'_>) -> Vec<Arrow> {
    ground.story.letters.iter().filter_map(|letter| arrow(letter, ground)).collect()
}

/// The lasting name of a letter: it survives whatever happens to other messages.
pub fn key(letter: &Letter<'_>, tag: u64) -> Key {
    let kind = letter.message.kind() as u64;
    let copy = u64::from(letter.copy);
    Key::of(&[tag, u64::from(letter.from.0), u64::from(letter.to.0), kind, u64::from(letter.ordinal), copy])
}

fn arrow(letter: &Letter<'_>, ground: &Ground<'_>) -> Option<Arrow> {
    let (path, end) = course(letter, ground)?;
    let last = path.len() - 1;
    let about = About { event: Some(letter.event), fault: letter.fate.fault(), participant: Some(letter.from) };
    Some(Arrow {
        key: key(letter, 1),
        about,
        arrival: letter.arrival.map(|arrival| arrival.event),
        to: letter.to,
        kind: letter.message.kind(),
        ordinal: letter.ordinal,
        copy: letter.copy,
        turn: Turn::from_to(path[last - 1], path[last]),
        path,
        end,
        tone: tone(letter, ground),
        tale: Tale::Letter { sent: letter.event, arrival: letter.arrival.map(|arrival| arrival.event) },
    })
}

/// A refusal is good news where a fence did its work; else an arrow is as loud as its sending.
fn tone(letter: &Letter<'_>, ground: &Ground<'_>) -> Tone {
    match (ground.past.tone(letter.event), letter.message) {
        (Tone::Plain, Message::Rejected { .. }) => Tone::Good,
        (tone, _) => tone,
    }
}

/// Where a letter goes and how it ends.
fn course(letter: &Letter<'_>, ground: &Ground<'_>) -> Option<(Path, ArrowEnd)> {
    let (from, to) = (ground.lane(letter.from)?, ground.lane(letter.to)?);
    let side = if to >= from { 1 } else { -1 };
    let start = Point { x: from + LEAVE * side, y: ground.map.y(letter.sent) };
    let goal = |time: Time| Point { x: to - REACH * side, y: ground.map.y(time) };
    let path = Path::from(start);
    if let Some(arrival) = letter.arrival {
        let path = detour(letter, path, start, ground).to(goal(arrival.time));
        let end = match arrival.lost {
            true => ArrowEnd::Lost,
            false if is_turned_away(letter, ground) => ArrowEnd::Bounced,
            false => ArrowEnd::Head,
        };
        return Some((path, end));
    }
    let Some(arrives) = letter.fate.arrives() else {
        let death = death(letter, start, goal(letter.sent + link_delay(letter, ground)), ground);
        return Some((path.to(death), ArrowEnd::Lost));
    };
    let path = detour(letter, path, start, ground);
    Some((path.to(cut_off(*path.last()?, goal(arrives), ground.bottom())), ArrowEnd::Open))
}

/// With the two bends of a letter that a cut holds back: where it reaches the cut, and where it leaves it at the heal.
fn detour(letter: &Letter<'_>, path: Path, start: Point, ground: &Ground<'_>) -> Path {
    let Fate::Held { heals, fault, .. } = letter.fate else { return path };
    let (Some(from), Some(to)) = (ground.lane(letter.from), ground.lane(letter.to)) else { return path };
    let x = cuts::band_between(fault, letter.from, letter.to, ground).unwrap_or(from.toward(to, 1, 2));
    let heal = ground.map.y(heals).max(start.y);
    let whole = ground.map.y(letter.sent + link_delay(letter, ground));
    let reached = start.y.toward(whole, (x - from).abs().0, (to - from).abs().0.max(1)).min(heal);
    path.to(Point { x, y: reached }).to(Point { x, y: heal })
}

/// Where a letter dies: at the cut that loses it, else a good half of the way.
fn death(letter: &Letter<'_>, start: Point, goal: Point, ground: &Ground<'_>) -> Point {
    let band = letter.fate.fault().and_then(|fault| cuts::band_between(fault, letter.from, letter.to, ground));
    let x = band.unwrap_or(start.x.toward(goal.x, 3, 5));
    let way = ((x - start.x).abs().0, (goal.x - start.x).abs().0.max(1));
    Point { x, y: start.y.toward(goal.y, way.0, way.1).min(ground.bottom()) }
}

/// The line from one point towards another, up to the bottom of the picture.
fn cut_off(from: Point, to: Point, bottom: Px) -> Point {
    if to.y <= bottom || to.y <= from.y {
        return to;
    }
    let (part, whole) = ((bottom - from.y).0.max(0), (to.y - from.y).0);
    Point { x: from.x.toward(to.x, part, whole), y: bottom.max(from.y) }
}

/// How long a message between these two usually takes.
fn link_delay(letter: &Letter<'_>, ground: &Ground<'_>) -> Duration {
    let name = |id: ParticipantId| ground.view.cast.name(id);
    let mut links = ground.view.scenario.links.iter();
    let own = links.find(|link| link.from == name(letter.from) && link.to == name(letter.to));
    own.map_or(ground.view.scenario.delay.high, |link| link.delay.high)
}

/// Whether the addressee answered it with a refusal.
fn is_turned_away(letter: &Letter<'_>, ground: &Ground<'_>) -> bool {
    ground.refused.contains(&letter.event)
}

/// The sendings that were answered with a refusal, found from the answers.
pub fn refused(
    ground_trace: &fencepost_vocabulary::Trace,
    letters: &[Letter<'_>],
) -> std::collections::BTreeSet<fencepost_sim::EventId> {
    let cause = |id: fencepost_sim::EventId| ground_trace.events.get(id.index()).and_then(|event| event.cause);
    let answers = letters.iter().filter(|letter| letter.is_refusal() && !letter.copy);
    let handled = answers.filter_map(|letter| cause(letter.event));
    let delivered = handled.filter(|id| matches!(ground_trace.event(*id).kind, EventKind::Delivered { .. }));
    let mut refused = std::collections::BTreeSet::new();
    refused.extend(delivered.filter_map(cause));
    refused
}
