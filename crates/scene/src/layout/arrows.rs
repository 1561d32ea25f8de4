//! The messages as lines: straight from sending to arrival, bent where a cut held them back, cut short where they died.

use std::collections::BTreeSet;

use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{EventId, Fate, PartitionMode, Time};
use fencepost_vocabulary::{EventKind, Message, RequestId, RoleKind, Trace};

use crate::layout::Ground;
use crate::layout::story::Letter;
use crate::layout::{cuts, pulses};
use crate::picture::{About, Arrow, ArrowEnd, Key, Side, Tale, Tone, Turn};
use crate::px::{Path, Point, Px};

/// How far an arrow stays away from the middle of the lane it leaves, and of the one it reaches.
const LEAVE: Px = Px::new(4);
const REACH: Px = Px::new(5);

/// Among so many officers, every word can be told from the next.
const FEW: usize = 4;

/// How far beside its sender a letter dies that does not get out, or beside its addressee one that does not get in.
const SPENT: Px = Px::new(20);

/// All arrows, in the order of the letters.
pub fn draw(ground: &Ground<'_>) -> Vec<Arrow> {
    let seen = ground.story.letters.iter().filter(|letter| !ground.unseen.contains(&letter.event));
    seen.filter_map(|letter| arrow(letter, ground)).collect()
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
        lie: ground.lies.contains_key(&original(letter, ground)),
        tone: tone(letter, ground),
        tale: Tale::Letter { sent: letter.event, arrival: letter.arrival.map(|arrival| arrival.event) },
    })
}

/// The sending of a letter, or of the one that it is a copy of.
pub fn original(letter: &Letter<'_>, ground: &Ground<'_>) -> EventId {
    let copying = ground.view.trace.events.get(letter.event.index()).filter(|_| letter.copy);
    copying.and_then(|event| event.cause).unwrap_or(letter.event)
}

/// A lie is bad and a refusal is good news where a fence did its work; else an arrow is as loud as its sending.
fn tone(letter: &Letter<'_>, ground: &Ground<'_>) -> Tone {
    match (ground.past.tone(letter.event), letter.message) {
        (_, Message::Order { .. }) if ground.lies.contains_key(&original(letter, ground)) => Tone::Bad,
        (Tone::Plain, Message::Rejected { .. }) => Tone::Good,
        // What is one of many is not what the story is about.
        (Tone::Plain | Tone::Lit | Tone::Dim, message) if letter.is_faint() || is_hearsay(message, ground) => {
            Tone::Faint
        }
        (tone, _) => tone,
    }
}

/// Whether it is one of many that hand on an order as they should: among five and more there are dozens, and none of them
/// could be read.
pub fn is_hearsay(message: &Message, ground: &Ground<'_>) -> bool {
    let officers = || ground.view.cast.members.iter().filter(|it| matches!(it.role, RoleKind::Officer { .. })).count();
    matches!(message, Message::Order { path, .. } if path.0.len() > 1) && officers() > FEW
}

/// Where a letter goes and how it ends.
fn course(letter: &Letter<'_>, ground: &Ground<'_>) -> Option<(Path, ArrowEnd)> {
    let (from, to) = (ground.lane(letter.from)?, ground.lane(letter.to)?);
    let side = if to >= from { 1 } else { -1 };
    let start = Point { x: from + LEAVE * side, y: ground.map.y(letter.sent) };
    let goal = |time: Time| Point { x: to - REACH * side, y: ground.map.y(time) };
    let path = Path::from(start);
    if let (Fate::Held { .. }, true) = (letter.fate, pulses::is_one_of_many(letter, ground.view)) {
        // Where many wait together, no line to the heal can be told from the next.
        return Some((Path::from(start).to(*detour(letter, path, start, ground).get(1)?), ArrowEnd::Open));
    }
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
        let death = death(letter, start, goal(letter.sent + letter.usual_delay(ground.view)), ground);
        return Some((path.to(death), ArrowEnd::Lost));
    };
    let path = detour(letter, path, start, ground);
    Some((path.to(cut_off(*path.last()?, goal(arrives), ground.bottom())), ArrowEnd::Open))
}

/// With the two bends of a letter that is held back: where it comes to rest, and where it goes on. A cut holds it where
/// the cut is, anything else beside its sender.
fn detour(letter: &Letter<'_>, path: Path, start: Point, ground: &Ground<'_>) -> Path {
    let Fate::Held { heals, fault, .. } = letter.fate else { return path };
    let (Some(from), Some(to)) = (ground.lane(letter.from), ground.lane(letter.to)) else { return path };
    let beside = || {
        let side = if to >= from { Side::Right } else { Side::Left };
        let lane = &ground.columns.lanes[letter.from.index()];
        let locks = ground.columns.locks.get(letter.from.index()).map_or(0, Vec::len);
        let away = if lane.bars == side && locks > 0 { Px::new(42) } else { Px::new(22) };
        let away = away.min((to - from).abs() / 2);
        if side == Side::Right { from + away } else { from - away }
    };
    let x = cuts::band_between(fault, letter.from, letter.to, ground).unwrap_or_else(beside);
    // Of a beginning that ends before the heal, it waits down to the end.
    let lowest = ground.whole.map_or(Px(i32::MAX), |_| ground.bottom());
    let heal = ground.map.y(heals).min(lowest).max(start.y);
    let whole = ground.map.y(letter.sent + letter.usual_delay(ground.view));
    let reached = start.y.toward(whole, (x - from).abs().0, (to - from).abs().0.max(1)).min(heal);
    path.to(Point { x, y: reached }).to(Point { x, y: heal })
}

/// Where a letter dies: at the cut that loses it, beside whoever cannot send or receive, else a good half of the way.
fn death(letter: &Letter<'_>, start: Point, goal: Point, ground: &Ground<'_>) -> Point {
    let fault = letter.fate.fault();
    let side = if goal.x >= start.x { 1 } else { -1 };
    let x = match fault.and_then(|fault| ground.view.scenario.faults.get(fault.index())) {
        Some(FaultSpec::Mute { .. }) => start.x + (SPENT * side),
        Some(FaultSpec::Deafen { .. }) => goal.x - (SPENT * side),
        _ => {
            let band = fault.and_then(|fault| cuts::band_between(fault, letter.from, letter.to, ground));
            band.unwrap_or(start.x.toward(goal.x, 3, 5))
        }
    };
    let way = ((x - start.x).abs().0, (goal.x - start.x).abs().0.max(1));
    let there = Point { x, y: start.y.toward(goal.y, way.0, way.1).min(ground.bottom()) };
    // A cut that severs strikes what is already beyond it.
    match fault.and_then(|fault| ground.view.scenario.faults.get(fault.index())) {
        Some(FaultSpec::Partition { mode: PartitionMode::Sever, from, .. }) if there.y < ground.map.y(*from) => {
            let y = ground.map.y(*from).min(goal.y);
            let way = ((y - start.y).0, (goal.y - start.y).0.max(1));
            Point { x: start.x.toward(goal.x, way.0, way.1), y }
        }
        _ => there,
    }
}

/// The line from one point towards another, up to the bottom of the picture.
fn cut_off(from: Point, to: Point, bottom: Px) -> Point {
    if to.y <= bottom || to.y <= from.y {
        return to;
    }
    let (part, whole) = ((bottom - from.y).0.max(0), (to.y - from.y).0);
    Point { x: from.x.toward(to.x, part, whole), y: bottom.max(from.y) }
}

/// Whether the addressee answered it with a refusal.
fn is_turned_away(letter: &Letter<'_>, ground: &Ground<'_>) -> bool {
    ground.refused.contains(&letter.event)
}

/// The sendings that were answered with a refusal, found from the answers: by their causes, or, where a disk or a gap came
/// between, by the request that they name.
pub fn refused(trace: &Trace, letters: &[Letter<'_>]) -> BTreeSet<EventId> {
    let cause = |id: EventId| trace.events.get(id.index()).and_then(|event| event.cause);
    let mut refused = BTreeSet::new();
    for (place, answer) in letters.iter().enumerate().filter(|(_, letter)| letter.is_refusal() && !letter.copy) {
        let Some(handled) = cause(answer.event) else { continue };
        let sending = match trace.event(handled).kind {
            EventKind::Delivered { .. } => cause(handled),
            _ => asked_by(answer, &letters[..place]),
        };
        refused.extend(sending);
    }
    refused
}

/// The last request before an answer to which it can be the answer.
fn asked_by(answer: &Letter<'_>, before: &[Letter<'_>]) -> Option<EventId> {
    let request = request_of(answer.message)?;
    let fits = |it: &&Letter<'_>| (it.from, it.to, request_of(it.message)) == (answer.to, answer.from, Some(request));
    before.iter().rev().find(fits).map(|letter| letter.event)
}

fn request_of(message: &Message) -> Option<RequestId> {
    match message {
        Message::Write { request, .. }
        | Message::Read { request, .. }
        | Message::Announce { request, .. }
        | Message::Rejected { request, .. } => Some(*request),
        _ => None,
    }
}
