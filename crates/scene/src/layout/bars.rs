//! What lasts on a client's lane: the two lease bars and where they disagree, and requests without an answer.

use fencepost_properties::{Belief, State, Verdict};
use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::PropertyKind;

use crate::kinds::SpanKind;
use crate::layout::labels::{Saying, Spot, Spots, measured};
use crate::layout::story::{Harm, Strike};
use crate::layout::words::Wording;
use crate::layout::{Ground, states, unmet};
use crate::picture::{About, Anchor, Key, LabelKind, Side, Span, Tale, Tone, Turn};
use crate::px::{Point, Px, Rect};

/// How wide a lease bar is.
const BAR: Px = Px::new(7);
/// How far the near edge of each bar is from its lane; further locks stand one step further out.
const GRANTED_AT: Px = Px::new(13);
const BELIEVED_AT: Px = Px::new(24);
const STEP: Px = Px::new(22);

/// All spans that belong to one lane.
pub fn draw(ground: &Ground<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    disagreements(ground, &mut spans);
    granted(ground, &mut spans);
    believed(ground, &mut spans);
    states::draw(ground, &mut spans);
    waiting(ground, &mut spans);
    unmet::draw(ground, &mut spans);
    spans
}

/// One stretch of one client's holding one lock.
struct Tenure {
    client: ParticipantId,
    lock: ParticipantId,
    event: EventId,
    from: Time,
    until: Time,
    /// Tells it from the same client's other stretches of the same kind.
    number: u64,
}

fn granted(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    for grant in ground.view.ledger.all_grants().filter(|grant| grant.granted.time <= ground.end) {
        let until = grant.ended.map_or(ground.end, |end| end.at.time);
        let (client, lock, number) = (grant.client, grant.name.lock, u64::from(grant.name.number));
        let tenure = Tenure { client, lock, event: grant.granted.event, from: grant.granted.time, until, number };
        let tale = Tale::Grant(grant.name);
        spans.extend(bar(&tenure, SpanKind::Granted, (GRANTED_AT, BAR), tale, ground));
    }
}

/// The beliefs that begin in the picture, each with its number.
fn beliefs<'a>(ground: &'a Ground<'_>) -> impl Iterator<Item = (usize, &'a Belief)> {
    ground.view.ledger.beliefs.iter().enumerate().filter(|(_, belief)| belief.from.time <= ground.end)
}

fn believed(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    for (number, belief) in beliefs(ground) {
        let until = belief.until().unwrap_or(ground.end);
        let (client, lock, number) = (belief.client, belief.lock, number as u64);
        let tenure = Tenure { client, lock, event: belief.from.event, from: belief.from.time, until, number };
        let tale = Tale::Belief(number as u32);
        spans.extend(bar(&tenure, SpanKind::Believed, (BELIEVED_AT, BAR), tale, ground));
        let Some(x) = ground.lane(client) else { continue };
        let width = Px::new(3);
        let rect = Rect::between(x - width / 2, ground.map.y(tenure.from), x + width / 2, ground.map.y(until));
        spans.extend(span(&tenure, SpanKind::Holding, rect, tale));
    }
}

/// Where a client believes and its lock does not agree. Behind both bars.
fn disagreements(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    for (number, belief) in beliefs(ground) {
        let until = belief.until().unwrap_or(ground.end);
        for (from, until) in uncovered(belief, until, ground) {
            let (client, lock, number) = (belief.client, belief.lock, number as u64);
            let tenure = Tenure { client, lock, event: belief.from.event, from, until, number };
            let tale = Tale::Disagreement { belief: number as u32, from, until };
            let inner = Px::new(4);
            spans.extend(bar(&tenure, SpanKind::Disagreement, (inner, Px::new(30)), tale, ground));
        }
    }
}

/// The parts of a belief in which the lock has granted this client nothing.
fn uncovered(belief: &Belief, until: Time, ground: &Ground<'_>) -> Vec<(Time, Time)> {
    let first = belief.grant.map_or(0, |grant| grant.number.saturating_sub(1) as usize);
    let grants = ground.view.ledger.grants(belief.lock).iter().skip(first);
    let mut open = belief.from.time;
    let mut parts = Vec::new();
    for grant in grants.take_while(|grant| grant.granted.time < until).filter(|grant| grant.client == belief.client) {
        parts.push((open, grant.granted.time));
        open = open.max(grant.ended.map_or(ground.end, |end| end.at.time));
    }
    parts.push((open, until));
    parts.retain(|(from, until)| from < until);
    parts
}

fn bar(tenure: &Tenure, kind: SpanKind, (near, width): (Px, Px), tale: Tale, ground: &Ground<'_>) -> Option<Span> {
    let lane = ground.columns.lanes.get(tenure.client.index())?;
    let slot = ground.columns.locks[tenure.client.index()].iter().position(|lock| *lock == tenure.lock)?;
    let near = near + STEP * slot as i32;
    let (top, bottom) = (ground.map.y(tenure.from), ground.map.y(tenure.until));
    let rect = match lane.bars {
        Side::Left => Rect::between(lane.x - near - width, top, lane.x - near, bottom),
        Side::Right => Rect::between(lane.x + near, top, lane.x + near + width, bottom),
    };
    span(tenure, kind, rect, tale)
}

/// Which lock a bar is of, for one who asks for several: the name above what the lock says, below what is believed.
pub fn saying(bar: &Span, ground: &Ground<'_>) -> Option<Saying> {
    let lock = match bar.tale {
        Tale::Grant(name) => name.lock,
        Tale::Belief(place) => ground.view.ledger.beliefs.get(place as usize)?.lock,
        _ => return None,
    };
    let several = ground.columns.locks.get(bar.about.participant?.index())?.len() > 1;
    let x = bar.rect.center().x;
    let spot = |y: Px, cost: u32| Spot { at: Point { x, y }, anchor: Anchor::Middle, turn: Turn::LEVEL, cost };
    let (above, below) = (bar.rect.y - Px::new(4), bar.rect.bottom() + Px::new(12));
    let (first, second) = if bar.kind == SpanKind::Granted { (above, below) } else { (below, above) };
    let spots = vec![spot(first, 0), spot(second, 1)];
    several.then(|| Saying {
        key: Key::of(&[54, bar.key.0]),
        about: bar.about,
        kind: LabelKind::Note,
        tone: Tone::Plain,
        forms: measured([Wording::plain(ground.view.cast.name(lock))], LabelKind::Note, Tone::Plain),
        spots: Spots::Listed(spots),
        room: Px::new(60),
        rank: 1,
    })
}

fn span(tenure: &Tenure, kind: SpanKind, rect: Rect, tale: Tale) -> Option<Span> {
    let tag = match kind {
        SpanKind::Granted => 4,
        SpanKind::Believed => 5,
        SpanKind::Disagreement => 6,
        _ => 7,
    };
    let key = Key::of(&[tag, u64::from(tenure.client.0), u64::from(tenure.lock.0), tenure.number]);
    let about = About { event: Some(tenure.event), fault: None, participant: Some(tenure.client) };
    (rect.height > Px::ZERO).then_some(Span { key, about, kind, from: tenure.from, until: tenure.until, rect, tale })
}

/// A bar from each request that was never answered to the end of the run.
fn waiting(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    for (number, acquire) in ground.view.ledger.acquires.iter().enumerate() {
        let Some(lane) = ground.columns.lanes.get(acquire.client.index()) else { continue };
        if acquire.answer.is_some() || lane.crashed.is_some() {
            continue;
        }
        // One that crashed has forgotten its question, even if it comes back.
        let forgets = |strike: &&Strike| {
            (strike.harm, strike.participant) == (Harm::Crash, acquire.client) && strike.from >= acquire.asked.time
        };
        let until = ground.story.strikes.iter().find(forgets).map_or(ground.end, |crash| crash.from);
        let is_stuck = until == ground.end && is_stuck(acquire.client, ground.view.verdicts);
        let kind = if is_stuck { SpanKind::Stuck } else { SpanKind::Waiting };
        let (top, bottom) = (ground.map.y(acquire.asked.time), ground.map.y(until));
        // Where the bar of its grant would stand.
        let locks = &ground.columns.locks[acquire.client.index()];
        let slot = locks.iter().position(|lock| *lock == acquire.lock).unwrap_or_default();
        let near = GRANTED_AT + STEP * slot as i32;
        let x = match lane.bars {
            Side::Left => lane.x - near - BAR,
            Side::Right => lane.x + near,
        };
        spans.push(Span {
            key: Key::of(&[8, u64::from(acquire.client.0), number as u64]),
            about: About { event: Some(acquire.asked.event), fault: None, participant: Some(acquire.client) },
            kind,
            from: acquire.asked.time,
            until,
            rect: Rect::between(x, top, x + BAR, bottom),
            tale: Tale::Waiting(number as u32),
        });
    }
}

fn is_stuck(client: ParticipantId, verdicts: &[Verdict]) -> bool {
    let mut about = verdicts.iter().filter(|it| it.property == PropertyKind::Grant && it.subject == Some(client));
    about.any(|verdict| matches!(verdict.state, State::Stuck { .. }))
}
