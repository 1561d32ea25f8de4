//! Promises that were not kept when the run ended: a strip beside the lane of whoever waits, from when on, with its words.
//! A request for a lock has a bar of its own; see [`super::bars`].

use fencepost_properties::{State, Verdict};
use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{Command, EventKind, PropertyKind, RoleKind};

use crate::kinds::SpanKind;
use crate::layout::labels::{Saying, Spot, Spots, measured};
use crate::layout::words::Wording;
use crate::layout::{Ground, axis, sayings};
use crate::picture::{About, Anchor, Key, LabelKind, Side, Span, Tale, Tone, Turn};
use crate::px::{Point, Px, Rect};

/// How wide a strip is and how far from its lane, beside the band of a leader and beside bars.
const STRIP: Px = Px::new(7);
const AWAY: Px = Px::new(14);
/// What opens at the very end of a run is seen all the same.
const LEAST: Px = Px::new(12);

/// All strips, one for a lane: what has been open longest says it for the others.
pub fn draw(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let mut open: Vec<Span> = Vec::new();
    for (place, verdict) in (0_u32..).zip(ground.view.verdicts) {
        let Some((from, for_ever)) = since(verdict, ground) else { continue };
        let Some(span) = strip(place, verdict, (from, for_ever), ground) else { continue };
        match open.iter_mut().find(|other| other.about.participant == span.about.participant) {
            Some(other) if (span.from, !for_ever) < (other.from, other.kind == SpanKind::Unmet { for_ever: false }) => {
                *other = span;
            }
            Some(_) => {}
            None => open.push(span),
        }
    }
    spans.extend(open);
}

/// Since when an obligation is open, and whether it is for ever; nothing for what a run can never tell, and for requests.
fn since(verdict: &Verdict, ground: &Ground<'_>) -> Option<(Time, bool)> {
    use PropertyKind::{DetectorAccurate, DetectorComplete, Grant, Stable};
    match (verdict.property, verdict.state) {
        (Grant, _) => None,
        (_, State::Stuck { since, .. }) => Some((since, true)),
        (Stable | DetectorAccurate | DetectorComplete, State::Pending { .. }) => None,
        (_, State::Pending { age }) => Some((Time(axis::last_moment(ground.view).0.saturating_sub(age.0)), false)),
        _ => None,
    }
}

fn strip(place: u32, verdict: &Verdict, (from, for_ever): (Time, bool), ground: &Ground<'_>) -> Option<Span> {
    let who = who(verdict, ground)?;
    let x = match sayings::side_without_bars(Some(who), ground) {
        _ if ground.columns.has_bars(who) => beside_bars(who, ground)?,
        Side::Left | Side::Right => ground.lane(who)? - AWAY - STRIP,
    };
    let top = ground.map.y(from);
    let bottom = ground.map.y(ground.end).max(top + LEAST);
    let rect = Rect::between(x, top, x + STRIP, bottom);
    (rect.height > Px::ZERO).then_some(Span {
        key: Key::of(&[52, u64::from(who.0), verdict.property as u64]),
        about: About { event: verdict.events.last().copied(), fault: None, participant: Some(who) },
        kind: SpanKind::Unmet { for_ever },
        from,
        until: ground.end,
        rect,
        tale: Tale::Verdict(place),
    })
}

/// On the side of a client's lane on which no bars stand.
fn beside_bars(who: ParticipantId, ground: &Ground<'_>) -> Option<Px> {
    let x = ground.lane(who)?;
    Some(if sayings::side_without_bars(Some(who), ground) == Side::Left { x - AWAY - STRIP } else { x + AWAY })
}

/// Who waits: a participant of whom the verdict speaks, or at whom it was last seen, or the first of those who elect, or
/// the first of all.
fn who(verdict: &Verdict, ground: &Ground<'_>) -> Option<ParticipantId> {
    let cast = ground.view.cast;
    let at = |id: &EventId| ground.view.trace.events.get(id.index()).map(|event| event.participant);
    let kept_by = |id: ParticipantId| cast.object(id).and_then(|object| object.nodes.first().copied());
    let subject = verdict.subject.and_then(|id| kept_by(id).or(cast.member(id).map(|_| id)));
    let last = || verdict.events.last().and_then(at).filter(|id| cast.member(*id).is_some());
    let node = || cast.iter().find(|(_, member)| matches!(member.role, RoleKind::Node { .. })).map(|(id, _)| id);
    let twin = || cast.iter().map(|(id, _)| id).find(|id| is_twin(*id, ground));
    let first = || cast.iter().next().map(|(id, _)| id);
    match verdict.property {
        // Of a pair, whoever was active last.
        PropertyKind::Elect => last().filter(|id| is_twin(*id, ground)).or_else(node).or_else(twin).or_else(first),
        // A client's question is what they are to decide; the client has its answer, perhaps, and does not wait.
        PropertyKind::Terminate => {
            verdict.events.first().and_then(|asked| behind(*asked, ground)).or_else(last).or_else(first)
        }
        _ => subject.or_else(last).or_else(node).or_else(first),
    }
}

/// The first node of the group that a client asked which has committed nothing of the kind, though it runs.
fn behind(asked: EventId, ground: &Ground<'_>) -> Option<ParticipantId> {
    let (cast, ledger) = (ground.view.cast, ground.view.ledger);
    let EventKind::Sent { to, .. } = ground.view.trace.events.get(asked.index())?.kind else { return None };
    let group = |id: ParticipantId| match cast.member(id)?.role {
        RoleKind::Node { group, .. } => Some(group),
        _ => None,
    };
    let own = group(to)?;
    let has_any = |id: ParticipantId| {
        ledger.commits.iter().any(|it| it.by == id && matches!(it.entry.command, Command::Serve { .. }))
    };
    let runs = |id: ParticipantId| ground.columns.lanes.get(id.index()).is_some_and(|lane| lane.crashed.is_none());
    cast.iter().map(|(id, _)| id).find(|id| group(*id) == Some(own) && runs(*id) && !has_any(*id))
}

/// Whether it is one of a pair.
fn is_twin(who: ParticipantId, ground: &Ground<'_>) -> bool {
    ground.view.cast.member(who).is_some_and(|member| matches!(member.role, RoleKind::Twin { .. }))
}

/// The words of a strip, upwards beside it.
pub fn saying(span: &Span, for_ever: bool, ground: &Ground<'_>) -> Option<Saying> {
    let Tale::Verdict(place) = span.tale else { return None };
    let what = missing(ground.view.verdicts.get(place as usize)?.property, span.about.participant, ground);
    let since = span.from;
    let forms = match for_ever {
        true => [format!("{what} · for ever, since {since}"), format!("{what} · since {since}"), what.to_owned()],
        false => [format!("{what} yet · since {since}"), format!("{what} yet"), what.to_owned()],
    };
    let tone = if for_ever { Tone::Bad } else { Tone::Hazard };
    let lane = ground.lane(span.about.participant?)?;
    Some(Saying {
        key: Key::of(&[53, span.key.0]),
        about: span.about,
        kind: LabelKind::Disagreement,
        tone,
        forms: measured(forms.map(Wording::plain), LabelKind::Disagreement, tone),
        spots: Spots::Listed(spots(span, lane)),
        room: if is_long(span) { span.rect.height } else { Px::new(400) },
        rank: if for_ever { 1 } else { 6 },
    })
}

/// Whether there is room for words along a strip.
fn is_long(span: &Span) -> bool {
    span.rect.height >= Px::new(180)
}

/// Along a long strip, else beside it; on its own side of the lane, or on the other.
fn spots(span: &Span, lane: Px) -> Vec<Spot> {
    let (top, bottom) = (span.rect.y, span.rect.bottom());
    let is_left = span.rect.x < lane;
    let near = if is_left { span.rect.x - Px::new(4) } else { span.rect.right() + Px::new(12) };
    let upward = [near, if is_left { lane + Px::new(24) } else { lane - Px::new(14) }];
    let left = (lane.min(span.rect.x) - Px::new(6), Anchor::End);
    let right = (lane.max(span.rect.right()) + Px::new(14), Anchor::Start);
    let level = if is_left { [left, right] } else { [right, left] };
    let upward = upward.into_iter().zip([0, 2]).map(|(x, dear)| (x, Anchor::Middle, Turn::UPWARD, dear));
    let level = level.into_iter().zip([3, 4]).map(|((x, anchor), dear)| (x, anchor, Turn::LEVEL, dear));
    let sides: Vec<(Px, Anchor, Turn, u32)> = upward.filter(|_| is_long(span)).chain(level).collect();
    let parts = [50, 35, 65, 20, 80, 95, 5].into_iter().zip(0_u32..);
    let spots = parts.flat_map(|(part, cost)| {
        let y = top.toward(bottom, part, 100);
        sides.iter().map(move |(x, anchor, turn, dear)| Spot {
            at: Point { x: *x, y },
            anchor: *anchor,
            turn: *turn,
            cost: cost + dear,
        })
    });
    spots.collect()
}

/// What is not so, in a few words; a pair has no leader, but an active one, and who keeps a log decides by committing.
fn missing(property: PropertyKind, who: Option<ParticipantId>, ground: &Ground<'_>) -> &'static str {
    let role = who.and_then(|who| ground.view.cast.member(who)).map(|member| member.role);
    match property {
        PropertyKind::Elect if matches!(role, Some(RoleKind::Twin { .. })) => "neither is active",
        PropertyKind::Terminate if matches!(role, Some(RoleKind::Node { .. })) => "nothing committed",
        PropertyKind::Elect => "no leader that enough hear",
        PropertyKind::Terminate => "not decided",
        PropertyKind::Grant | PropertyKind::Answered => "no answer",
        PropertyKind::Progress | PropertyKind::Heal => "nobody is served",
        PropertyKind::Accept => "not accepted",
        PropertyKind::Stable => "no leader that stays",
        PropertyKind::DetectorComplete => "not suspected",
        PropertyKind::DetectorAccurate => "no end of wrong suspicions",
        property => property.word(),
    }
}
