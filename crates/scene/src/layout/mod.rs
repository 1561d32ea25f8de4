//! From a view to a scene.
//!
//! In this order, each step using what the ones before it made: read the trace into a [`story`], stand the lanes
//! ([`columns`]), stretch the time ([`axis`]), draw everything that has a fixed place ([`bars`], [`cuts`], [`arrows`],
//! [`quorums`], [`marks`]), then find places for everything that can be moved: the words of what led to a violation, chips,
//! callouts, and all other words ([`labels`]). If a callout finds no place near its pin, the time axis is stretched below
//! its moment and the rest is done once more.

mod arrows;
mod axis;
mod bars;
mod boxes;
mod callouts;
mod canvas;
mod chips;
mod columns;
mod crowds;
mod cuts;
mod elections;
mod fans;
mod fence;
mod gist;
mod heads;
pub(crate) mod inner;
mod kept;
mod labels;
mod legend;
mod lies;
mod logs;
mod marks;
mod notes;
mod part;
mod past;
pub(crate) mod pulses;
pub(crate) mod quorums;
mod repeats;
mod ruler;
mod sayings;
mod states;
pub(crate) mod story;
mod terms;
mod unmet;
pub(crate) mod votes;
mod waits;
mod watch;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use fencepost_properties::Belief;
use fencepost_sim::{ClockTrack, EventId, ParticipantId, Time};
use fencepost_vocabulary::{EventKind, MessageKind, Note};

use crate::kinds::{MarkKind, SpanKind};
use crate::layout::axis::Need;
use crate::layout::canvas::Canvas;
use crate::layout::columns::Columns;
use crate::layout::labels::Saying;
use crate::layout::past::Past;
use crate::layout::ruler::Ruler;
use crate::layout::story::{Harm, Story};
use crate::picture::{Arrow, Bracket, LabelKind, Mark, Rest, Scene, Span, Tale, Tone};
use crate::prose;
use crate::px::{Point, Px, Rect};
use crate::quad::Quad;
use crate::time_map::TimeMap;
use crate::view::{Options, View};

/// The height of the headers, and what is left free below the last moment.
const HEADER: Px = Px::new(52);
const FOOT: Px = Px::new(26);

/// How far below the last moment a callout may stand.
const BELOW: Px = Px::new(300);

/// A band that is no higher may be written upon.
const SLIVER: Px = Px::new(12);

/// So many lines on top of each other are as good as one more.
const MANY: u32 = 8;

/// Lays a run out as a picture: all of it, or as much from its beginning on as the options ask for.
pub fn lay_out(view: &View<'_>, options: &Options) -> Scene {
    let past = Past::of(view.trace, view.verdicts);
    let Some(part) = part::of(view.trace, options.most) else {
        return stretched(view, options, &Frame { past, end: axis::last_moment(view), whole: None });
    };
    let frame = Frame { past, end: part::end(&part), whole: Some(view.trace.events.len()) };
    let scene = stretched(&View { trace: &part, ..*view }, options, &frame);
    // What is said of the run as a whole is said of all of it.
    Scene { title: prose::title(view), desc: prose::describe(view), ..scene }
}

/// What is known of a run before any of it is drawn.
struct Frame {
    /// Which events led to a violation, wherever that is.
    past: Past,
    /// When the picture ends.
    end: Time,
    /// How many events there are, if only the first of them are drawn.
    whole: Option<usize>,
}

/// Laid out, and once more where there was no room for a callout.
fn stretched(view: &View<'_>, options: &Options, frame: &Frame) -> Scene {
    let story = Story::read(view, &options.opened, frame.end);
    let (scene, needs) = draw(&Ground::new(view, options, frame, &story, &[]));
    if needs.is_empty() || options.time_map.is_some() || options.linear {
        return scene;
    }
    draw(&Ground::new(view, options, frame, &story, &needs)).0
}

/// What every step works on.
pub(crate) struct Ground<'a> {
    view: &'a View<'a>,
    story: &'a Story<'a>,
    past: &'a Past,
    columns: Columns,
    ruler: Ruler,
    map: TimeMap,
    /// When the picture ends.
    end: Time,
    /// How many events there are, if only the first of them are drawn.
    whole: Option<usize>,
    /// What every clock showed, if any is not right.
    clocks: Option<ClockTrack>,
    /// The sendings that were answered with a refusal.
    refused: BTreeSet<EventId>,
    /// The sendings that are lies, and what would have been true.
    lies: BTreeMap<EventId, bool>,
    /// The messages for which there is no room, and how many of them only for want of it in a crowd; `None` where a
    /// picture of everything is asked for, however crowded.
    unseen: BTreeSet<EventId>,
    crowded: Option<usize>,
}

impl<'a> Ground<'a> {
    fn new(view: &'a View<'a>, options: &Options, frame: &'a Frame, story: &'a Story<'a>, needs: &[Need]) -> Self {
        let Frame { past, end, whole } = frame;
        let map = axis::time_map(view, options, &story.moments, needs, *end);
        let ruler = Ruler::read(view, story, columns::is_narrow(options), *end);
        let mut columns = columns::place(view, options, ruler.width(&map));
        for (who, when) in ends(view, story) {
            if let Some(lane) = columns.lanes.get_mut(who.index()) {
                lane.crashed = Some(map.y(when));
            }
        }
        let refused = arrows::refused(view.trace, &story.letters);
        let clocks = prose::clocks::are_meddled_with(view).then(|| ClockTrack::read(view.trace));
        let (lies, mut unseen) = (lies::read(view), pulses::unseen(story, view, &map));
        let is_bounded = options.most < usize::MAX;
        let crowded = is_bounded.then(|| crowds::unseen(story, view, past, &map, &mut unseen));
        let (end, whole) = (*end, *whole);
        Self { clocks, view, story, past, columns, ruler, map, end, whole, refused, lies, unseen, crowded }
    }

    /// Where a participant's lane is; nowhere for the network.
    fn lane(&self, participant: ParticipantId) -> Option<Px> {
        self.columns.lanes.get(participant.index()).map(|lane| lane.x)
    }

    /// Where a moment is on a lane.
    fn at(&self, participant: ParticipantId, time: Time) -> Option<Point> {
        self.lane(participant).map(|x| Point { x, y: self.map.y(time) })
    }

    /// How far down anything is drawn.
    fn bottom(&self) -> Px {
        self.map.y(self.end) + FOOT / 2
    }

    /// The name of the lock that a span speaks of.
    fn lock_of(&self, span: &Span) -> &str {
        self.belief_of(span).map_or("the lock", |belief| self.view.cast.name(belief.lock))
    }

    /// The belief that a disagreement is about.
    fn belief_of(&self, span: &Span) -> Option<&'a Belief> {
        let Tale::Disagreement { belief, .. } = span.tale else { return None };
        self.view.ledger.beliefs.get(belief as usize)
    }

    /// What is left out.
    fn rest(&self, arrows: &[Arrow]) -> Option<Rest> {
        let drawn = self.view.trace.events.len();
        let (of, crowded) = (self.whole.unwrap_or(drawn), self.crowded?);
        let dense = crowds::is_dense(arrows);
        (drawn < of || crowded > 0 || dense).then_some(Rest { drawn, of, until: self.end, crowded, dense })
    }
}

/// Who stops for ever, and when: one that crashes and never comes back, or is powered off.
fn ends(view: &View<'_>, story: &Story<'_>) -> Vec<(ParticipantId, Time)> {
    let for_ever = |strike: &&story::Strike| strike.harm == Harm::Crash && strike.for_ever;
    let mut ends: Vec<(ParticipantId, Time)> =
        story.strikes.iter().filter(for_ever).map(|crash| (crash.participant, crash.from)).collect();
    let off = view.trace.events.iter().filter(|event| matches!(event.kind, EventKind::Noted(Note::PoweredOff)));
    ends.extend(off.map(|event| (event.participant, event.time)));
    ends
}

fn draw(ground: &Ground<'_>) -> (Scene, Vec<Need>) {
    let columns = &ground.columns;
    let height = ground.map.y(ground.end) + FOOT;
    let mut spans = cuts::draw(ground);
    spans.extend(bars::draw(ground));
    if ground.whole.is_some() {
        part::clip(&mut spans, ground);
    }
    let arrows = arrows::draw(ground);
    let (brackets, counts) = quorums::draw(ground);
    let marks = marks::draw(ground);
    let lanes = columns.lanes.iter().map(|lane| lane.x).collect();
    let mut canvas = Canvas::new(columns.width, height + BELOW, lanes);
    take_places(&mut canvas, &spans, &arrows, &marks, ground);
    brackets.iter().for_each(|it| canvas.avoid(along(it), 6));
    let mut sayings = sayings::all(ground, &arrows, &spans);
    sayings.extend(counts);
    let repeats = ground.story.repeats.all();
    sayings.extend(repeats::sayings(&repeats, ground));
    // What led to a violation has its words first, and what is said of the violation keeps clear of them.
    let led = |saying: &Saying| saying.kind == LabelKind::Message && saying.tone.is_causal();
    let mut labels = labels::place(&sayings, led, &mut canvas);
    let chips = chips::draw(ground, &mut canvas);
    let (callouts, needs) = callouts::draw(ground, &mut canvas);
    labels.extend(labels::place(&sayings, |saying| !led(saying), &mut canvas));
    let (ticks, folds) = ground.ruler.draw(&ground.map, &ground.story.moments);
    let boxes = callouts.iter().map(|callout| callout.rect).chain(chips.iter().map(|chip| chip.rect));
    let lowest = boxes.chain(labels.iter().map(|label| label.bounds)).map(|rect| rect.bottom()).max();
    let mut scene = Scene {
        width: columns.width,
        height: height.max(lowest.unwrap_or_default() + Px::new(10)),
        header: HEADER,
        narrow: columns.narrow,
        title: prose::title(ground.view),
        desc: prose::describe(ground.view),
        time_map: ground.map.clone(),
        lanes: columns.lanes.clone(),
        ruler: columns.ruler,
        rest: ground.rest(&arrows),
        ticks,
        folds,
        spans,
        arrows,
        brackets,
        marks,
        chips,
        labels,
        callouts,
        repeats,
        legend: Vec::new(),
        reach: Default::default(),
    };
    scene.legend = legend::of(&scene, ground.view.cast);
    scene.index();
    (scene, needs)
}

/// The room of a bracket.
fn along(bracket: &Bracket) -> Quad {
    let (left, right) = bracket.breadth();
    Quad::upright(Rect::between(left, bracket.y - Px::new(2), right, bracket.y + Px::new(2)))
}

/// Tells the canvas what has a fixed place, and what covering it costs.
fn take_places(canvas: &mut Canvas, spans: &[Span], arrows: &[Arrow], marks: &[Mark], ground: &Ground<'_>) {
    let ruler = Rect::between(Px::ZERO, Px::ZERO, ground.columns.ruler + Px::new(9), canvas.size().1);
    canvas.block(Quad::upright(ruler));
    for span in spans {
        let cost = match span.kind {
            SpanKind::Holding | SpanKind::Disagreement | SpanKind::Unfenced | SpanKind::Term { .. } => 0,
            SpanKind::Clock | SpanKind::Stands { .. } | SpanKind::Leads { .. } => 1,
            SpanKind::Cut { .. } => 2,
            _ => 6,
        };
        // The bands of many short terms would leave no room for their count.
        if cost > 1 || cost == 1 && span.rect.height > SLIVER {
            canvas.avoid(Quad::upright(span.rect), cost);
        }
    }
    // A crowd of hearsay may be written upon; else no lie could be named in it.
    let is_crowd = |arrow: &&Arrow| arrow.tone == Tone::Faint && arrow.kind == MessageKind::Order;
    let mut drawn = BTreeMap::new();
    for arrow in arrows.iter().filter(|arrow| !is_crowd(arrow)) {
        for pair in arrow.path.windows(2) {
            // Where a cut holds many, they wait on one line and leave by the same.
            let waits = pair[0].x == pair[1].x;
            let heights = if waits { (Px::ZERO, Px::ZERO) } else { (pair[0].y, pair[1].y) };
            let alike = drawn.entry((pair[0].x, pair[1].x, heights)).or_insert(0_u32);
            *alike += 1;
            if *alike <= MANY {
                let line = Quad::line(pair[0], pair[1], Px::new(2));
                // Nothing is ever written across what led to a violation.
                if arrow.tone.is_causal() { canvas.block(line) } else { canvas.avoid(line, 6) }
            }
        }
        if arrow.tone.is_causal() {
            canvas.block(arrow.head());
        }
    }
    for mark in marks {
        let (radius, hard) = match mark.kind {
            MarkKind::Dot | MarkKind::Inbox => (Px::new(4), false),
            MarkKind::Expiry => (Px::new(6), false),
            MarkKind::Crash | MarkKind::Hazard | MarkKind::Recovery | MarkKind::Clock => (Px::new(8), true),
            MarkKind::Pin | MarkKind::Mail | MarkKind::Payment => (Px::new(11), true),
        };
        let rect = Rect { x: mark.at.x - radius, y: mark.at.y - radius, width: radius * 2, height: radius * 2 };
        if hard {
            canvas.block(Quad::upright(rect));
        } else {
            canvas.avoid(Quad::upright(rect), 8);
        }
    }
}
