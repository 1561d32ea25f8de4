//! What there is to say, and where it could be said: along arrows, beside lanes, on pauses and cuts.

use std::collections::BTreeMap;
use std::rc::Rc;

use fencepost_sim::{ParticipantId, sort_by_rank};
use fencepost_vocabulary::{Member, Message, MessageKind, RoleKind};

use crate::kinds::SpanKind;
use crate::layout::Ground;
use crate::layout::arrows;
use crate::layout::bars;
use crate::layout::cuts;
use crate::layout::fans;
use crate::layout::gist::Gist;
use crate::layout::labels::{Forms, Saying, Spot, Spots, measured};
use crate::layout::notes;
use crate::layout::story::Letter;
use crate::layout::unmet;
use crate::layout::words::{self, Wording};
use crate::picture::{About, Anchor, Arrow, ArrowEnd, Key, LabelKind, Side, Span, Tone, Turn};
use crate::px::{Point, Px};
use crate::quad::Quad;

/// How many gaps an arrow's words may choose from.
const PLACES: usize = 6;

/// Everything there is to say.
pub fn all(ground: &Ground<'_>, arrows: &[Arrow], spans: &[Span]) -> Vec<Saying> {
    let mut sayings: Vec<Saying> = (0..spans.len()).filter_map(|place| of_span(place, spans, ground)).collect();
    sayings.extend(ground.view.trace.events.iter().filter_map(|event| notes::note(event, ground)));
    sayings.extend(first_states(ground));
    notes::readings(ground, &mut sayings);
    let mut shared = Shared::default();
    let fans = fans::find(arrows, ground);
    sayings.extend(ground.story.letters.iter().filter_map(|letter| {
        let place = arrows.binary_search_by_key(&Some(letter.event), |arrow| arrow.about.event).ok()?;
        let own = [place];
        let said = if fans.is_single(place) { &own } else { fans.said_by(place) };
        message(letter, (arrows, place, said), &mut shared, ground)
    }));
    sayings
}

/// What arrows share, once worked out: the places between two lanes, and the words of messages with the same gist, in
/// bold and not.
#[derive(Default)]
struct Shared {
    places: BTreeMap<(Px, Px), Rc<[Px]>>,
    forms: BTreeMap<(Gist, bool, usize), Forms>,
    /// Whether a heartbeat was named.
    beats: bool,
}

fn message(
    letter: &Letter<'_>,
    (arrows, place, said): (&[Arrow], usize, &[usize]),
    shared: &mut Shared,
    ground: &Ground<'_>,
) -> Option<Saying> {
    let (arrow, count) = (&arrows[place], said.len());
    let is_hearsay = arrow.tone == Tone::Faint && arrows::is_hearsay(letter.message, ground);
    if is_hearsay || count == 0 || !shared.is_first(letter) {
        return None;
    }
    let (mut spots, length) = shared.along(arrow, ground)?;
    if count > 1 {
        // The others of its fan will do as well.
        let others = said.iter().filter(|other| **other != place).zip(1_u32..);
        let more = others.filter_map(|(other, rank)| Some((shared.along(&arrows[*other], ground)?.0, rank)));
        let more =
            more.flat_map(|(spots, rank)| spots.list().into_iter().map(move |it| Spot { cost: it.cost + rank, ..it }));
        let more: Vec<Spot> = more.collect();
        spots = Spots::Listed(spots.list().into_iter().chain(more).collect());
    }
    let truth = ground.lies.get(&arrows::original(letter, ground)).copied();
    let (gist, bold) = (Gist::of(letter.message).instead_of(truth), arrow.tone == Tone::Bad);
    let forms = shared.forms.entry((gist, bold, count)).or_insert_with(|| {
        let once = gist.wordings(ground.view.cast).into_iter();
        let wordings = once.map(|it| if count > 1 { it.times(count) } else { it });
        measured(wordings, LabelKind::Message, arrow.tone)
    });
    Some(Saying {
        key: arrows::key(letter, 30),
        about: arrow.about,
        kind: LabelKind::Message,
        tone: arrow.tone,
        forms: Rc::clone(forms),
        spots,
        // What is lost may end so soon that no words are as short.
        room: if arrow.end == ArrowEnd::Lost { length.max(Px::new(80)) } else { length - Px::new(14) },
        rank: match arrow.tone {
            Tone::Bad => 0,
            Tone::Lit | Tone::Good | Tone::Hazard => 3,
            Tone::Plain => 5,
            Tone::Dim | Tone::Faint => 6,
        } + u8::from(is_formality(arrow.kind)),
    })
}

impl Shared {
    /// The places along an arrow, and how long it is.
    fn along(&mut self, arrow: &Arrow, ground: &Ground<'_>) -> Option<(Spots, Px)> {
        let (from, to) = longest_stretch(&arrow.path)?;
        let length = Quad::line(from, to, Px::ZERO).half.0 * 2;
        let places = self.places.entry((from.x, to.x)).or_insert_with(|| places_along(from.x, to.x, ground).into());
        let turn = Turn::from_to(from, to).readable();
        Some((Spots::Along { from, to, turn, places: Rc::clone(places) }, length))
    }

    /// Whether a letter is to be named: none of many alike, and of heartbeats only the very first.
    fn is_first(&mut self, letter: &Letter<'_>) -> bool {
        let beats = matches!(letter.message, Message::Heartbeat { .. });
        !letter.is_pulse && (!beats || !std::mem::replace(&mut self.beats, true))
    }
}

/// An answer that tells a reader nothing new; its words go first.
fn is_formality(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::Ok | MessageKind::Released | MessageKind::Announced | MessageKind::Pong)
}

fn longest_stretch(path: &[Point]) -> Option<(Point, Point)> {
    let stretches = path.windows(2).map(|pair| (pair[0], pair[1]));
    stretches.max_by_key(|(from, to)| (to.x - from.x).abs())
}

/// The places for a label along an arrow: the middle of each gap it crosses, those nearest its own middle first and
/// among equals the one nearer its end; then places beside them.
fn places_along(from: Px, to: Px, ground: &Ground<'_>) -> Vec<Px> {
    let (low, high) = (from.min(to), from.max(to));
    let lanes =
        ground.columns.lanes.iter().map(|lane| lane.x).filter(|x| low + Px::new(8) < *x && *x < high - Px::new(8));
    let mut edges: Vec<Px> = [low].into_iter().chain(lanes).chain([high]).collect();
    sort_by_rank(&mut edges, |x| (x.rank(), 0));
    let mut middles: Vec<Px> = edges.windows(2).map(|pair| pair[0].toward(pair[1], 1, 2)).collect();
    let middle = from.toward(to, 1, 2);
    // To the nearest 20 px, or the few that an arrow keeps away from its lanes would decide.
    sort_by_rank(&mut middles, |x| (((*x - middle).abs().0 / 200) as u64, (*x - to).abs().rank()));
    let narrowest = edges.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or_default();
    middles.truncate(PLACES);
    let gaps = middles.len();
    for shift in [-12, 12, -24, 24, -36, 36] {
        for place in 0..gaps.min(PLACES / 2) {
            middles.push(middles[place] + narrowest * shift / 100);
        }
    }
    middles
}

fn of_span(place: usize, spans: &[Span], ground: &Ground<'_>) -> Option<Saying> {
    let span = &spans[place];
    match span.kind {
        SpanKind::Paused => Some(block("paused", span, ground)),
        SpanKind::Down => Some(block("down", span, ground)),
        SpanKind::Mute => Some(block("mute", span, ground)),
        SpanKind::Deaf => Some(block("deaf", span, ground)),
        SpanKind::Unfenced => Some(unfenced(span)),
        SpanKind::Cut { .. } => cut(place, spans, ground),
        SpanKind::Disagreement => disagreement(span, ground),
        SpanKind::Granted | SpanKind::Believed => bars::saying(span, ground),
        SpanKind::Unmet { for_ever } => unmet::saying(span, for_ever, ground),
        _ => None,
    }
}

/// Beside the block, on the side without bars.
fn block(word: &str, span: &Span, ground: &Ground<'_>) -> Saying {
    let length = span.until.since(span.from);
    let away = Px::new(21);
    let right = (span.rect.right() + away, Anchor::Start);
    let left = (span.rect.x - away, Anchor::End);
    let sides =
        if side_without_bars(span.about.participant, ground) == Side::Right { [right, left] } else { [left, right] };
    let forms = vec![Wording::plain(format!("{word} {length}")), Wording::plain(length.to_string())];
    let spots = sides.into_iter().zip([0, 4]).flat_map(|((x, anchor), dear)| {
        let heights = down_the_side(span, &[35, 25, 50, 65, 15, 80, 42, 58]);
        heights.map(move |(y, cost)| Spot { at: Point { x, y }, anchor, turn: Turn::LEVEL, cost: cost + dear })
    });
    tag(span, forms, spots.collect())
}

/// The side of a lane on which nothing stands.
pub fn side_without_bars(participant: Option<ParticipantId>, ground: &Ground<'_>) -> Side {
    let Some(place) = participant.map(ParticipantId::index) else { return Side::Right };
    let has_bars = ground.columns.locks.get(place).is_some_and(|locks| !locks.is_empty());
    match ground.columns.lanes.get(place).map(|lane| lane.bars) {
        Some(Side::Right) if has_bars => Side::Left,
        _ => Side::Right,
    }
}

/// One tag for all bands of a cut, at the one with most room. They stand side by side in the list.
fn cut(place: usize, spans: &[Span], ground: &Ground<'_>) -> Option<Saying> {
    let span = &spans[place];
    let is_band = |it: &&Span| matches!(it.kind, SpanKind::Cut { .. }) && it.about == span.about;
    if spans[..place].last().as_ref().is_some_and(is_band) {
        return None;
    }
    let bands = || spans[place..].iter().take_while(is_band);
    let forms = span.about.fault.map_or(Vec::new(), |fault| cuts::words(fault, ground));
    let spots = bands().zip((0..).step_by(2)).flat_map(|(band, further)| {
        let x = band.rect.center().x;
        down_the_side(band, &[50, 35, 65, 20, 80]).flat_map(move |(y, cost)| {
            let cost = cost + further;
            let middle = Spot { at: Point { x, y }, anchor: Anchor::Middle, turn: Turn::LEVEL, cost };
            let right = Spot { at: Point { x: x + Px::new(23), y }, anchor: Anchor::Start, cost: cost + 3, ..middle };
            [middle, right]
        })
    });
    Some(tag(span, forms.into_iter().map(Wording::plain).collect(), spots.collect()))
}

fn tag(span: &Span, forms: Vec<Wording>, spots: Vec<Spot>) -> Saying {
    Saying {
        key: Key::of(&[32, span.key.0]),
        about: span.about,
        kind: LabelKind::Tag,
        tone: Tone::Plain,
        forms: measured(forms, LabelKind::Tag, Tone::Plain),
        spots: Spots::Listed(spots),
        room: Px::new(400),
        rank: 1,
    }
}

/// Baselines down a span, at these hundredths of its height, and what each costs.
fn down_the_side<'s>(span: &'s Span, hundredths: &'s [i32]) -> impl Iterator<Item = (Px, u32)> + 's {
    let (top, bottom) = (span.rect.y, span.rect.bottom());
    hundredths.iter().enumerate().map(move |(cost, part)| (top.toward(bottom, *part, 100) + Px::new(4), cost as u32))
}

/// Upwards along the outer side of the bars.
fn disagreement(span: &Span, ground: &Ground<'_>) -> Option<Saying> {
    let client = span.about.participant?;
    let side = ground.columns.lanes.get(client.index())?.bars;
    let (a, l) = (ground.view.cast.name(client), ground.lock_of(span));
    let x = match side {
        Side::Left => span.rect.x - Px::new(4),
        Side::Right => span.rect.right() + Px::new(12),
    };
    let (top, bottom) = (span.rect.y, span.rect.bottom());
    let spots = [50, 35, 65, 20, 80].iter().enumerate().map(|(cost, part)| {
        let at = Point { x, y: top.toward(bottom, *part, 100) };
        Spot { at, anchor: Anchor::Middle, turn: Turn::UPWARD, cost: cost as u32 }
    });
    let is_of_pair = ground.belief_of(span).is_some_and(|belief| words::is_pair(belief.lock, ground.view.cast));
    let forms = match is_of_pair {
        true => [format!("{a} believes it is active · it is not"), format!("{a} believes it"), "believes".to_owned()],
        false => [format!("{a} believes · {l} does not"), format!("{a} believes it"), "believes".to_owned()],
    };
    let forms = forms.map(Wording::plain);
    Some(Saying {
        key: Key::of(&[33, span.key.0]),
        about: span.about,
        kind: LabelKind::Disagreement,
        tone: Tone::Hazard,
        forms: measured(forms, LabelKind::Disagreement, Tone::Hazard),
        spots: Spots::Listed(spots.collect()),
        room: bottom - top,
        rank: 1,
    })
}

/// Upwards beside the band.
fn unfenced(span: &Span) -> Saying {
    let (top, bottom) = (span.rect.y, span.rect.bottom());
    let sides = [(span.rect.x - Px::new(4), 0_u32), (span.rect.right() + Px::new(12), 1)];
    let spots = [50, 35, 65, 20, 80].into_iter().zip(0_u32..).flat_map(|(part, cost)| {
        let y = top.toward(bottom, part, 100);
        let spot =
            move |(x, dear)| Spot { at: Point { x, y }, anchor: Anchor::Middle, turn: Turn::UPWARD, cost: cost + dear };
        sides.map(spot)
    });
    let forms = [Wording::plain("not yet fenced"), Wording::plain("not fenced"), Wording::plain("open")];
    Saying {
        key: Key::of(&[36, span.key.0]),
        about: span.about,
        kind: LabelKind::Disagreement,
        tone: Tone::Hazard,
        forms: measured(forms, LabelKind::Disagreement, Tone::Hazard),
        spots: Spots::Listed(spots.collect()),
        room: bottom - top,
        rank: 4,
    }
}

/// What each store holds before anything is written, and each replica.
fn first_states(ground: &Ground<'_>) -> Vec<Saying> {
    let cast = ground.view.cast;
    let state = |(id, member): (ParticipantId, &Member)| {
        let forms = match member.role {
            RoleKind::Replica => ["holds 0", "0"],
            _ if cast.is_store(id) => ["value –", "–"],
            _ => return None,
        };
        let x = ground.lane(id)?;
        let y = ground.map.y(fencepost_sim::Time::ZERO) + Px::new(4);
        let right = Spot { at: Point { x: x + Px::new(12), y }, anchor: Anchor::Start, turn: Turn::LEVEL, cost: 0 };
        let left = Spot { at: Point { x: x - Px::new(12), y }, anchor: Anchor::End, cost: 1, ..right };
        Some(Saying {
            key: Key::of(&[34, u64::from(id.0)]),
            about: About { event: None, fault: None, participant: Some(id) },
            kind: LabelKind::State,
            tone: Tone::Plain,
            forms: measured(forms.map(Wording::plain), LabelKind::State, Tone::Plain),
            spots: Spots::Listed(vec![right, left]),
            room: Px::new(100),
            rank: 4,
        })
    };
    cast.iter().filter_map(state).collect()
}
