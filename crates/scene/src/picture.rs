//! The picture as data: everything that is drawn, where, and what it stands for.
//!
//! Nothing here knows how it came to be; that is in the layout. A drawer needs no knowledge of protocols: it draws each
//! kind in its way and hands [`About`] to whoever asks what was clicked. Lists are ordered by upper edge.

use std::rc::Rc;

use fencepost_sim::{Duration, EventId, FaultId, ParticipantId, Time};
use fencepost_vocabulary::{MessageKind, PropertyKind};

use crate::kinds::{ChipKind, LegendKind, MarkKind, SpanKind};
use crate::px::{Path, Point, Px, Rect};
use crate::quad::Quad;
use crate::slice::Reach;
pub use crate::tale::Tale;
use crate::time_map::TimeMap;
pub use crate::turn::Turn;

/// The whole picture. Its body begins at y = 0, where the headers end, and is `height` high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The width of everything.
    pub width: Px,
    /// The height of the body, without headers and legend.
    pub height: Px,
    /// The height of the headers. A picture that stands alone draws them from `-header` to 0.
    pub header: Px,
    /// Whether labels had to be cut short for want of width.
    pub narrow: bool,
    /// The name of the picture.
    pub title: String,
    /// What it shows, in plain sentences.
    pub desc: String,
    /// The time axis it is drawn on.
    pub time_map: TimeMap,
    /// One per participant, in their order, so a [`ParticipantId`] is an index.
    pub lanes: Vec<Lane>,
    /// The right edge of the ruler's text; its dashes follow, from 4 to 9 px further right.
    pub ruler: Px,
    /// The ruler's dashes and the hairlines across the lanes.
    pub ticks: Vec<Tick>,
    /// The quiet stretches that were compressed.
    pub folds: Vec<Fold>,
    /// Everything that lasts.
    pub spans: Vec<Span>,
    /// The messages.
    pub arrows: Vec<Arrow>,
    /// Where enough of several said yes.
    pub brackets: Vec<Bracket>,
    /// The moments.
    pub marks: Vec<Mark>,
    /// What somebody holds, has written down or has decided, where it changes.
    pub chips: Vec<Chip>,
    /// What stands beside arrows, spans and marks. No two of them overlap, nor a chip or a callout.
    pub labels: Vec<Label>,
    /// What went wrong, at the moment it did.
    pub callouts: Vec<Callout>,
    /// What was said again and again; each has a label of the same key, if there is room for it.
    pub repeats: Vec<Repeat>,
    /// The marks that occur in this picture, each with its meaning.
    pub legend: Vec<LegendEntry>,
    /// What is not drawn because there is too much of it; `None` where everything is.
    pub rest: Option<Rest>,
    /// Where to find what is in view; see [`Scene::slice`].
    pub(crate) reach: Reach,
}

/// What a picture leaves out because there is too much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// How many events are drawn, from the first on.
    pub drawn: usize,
    /// How many there are.
    pub of: usize,
    /// Up to which moment everything is drawn.
    pub until: Time,
    /// How many messages are left out up to there, where more leave within a finger's breadth than can be told apart.
    pub crowded: usize,
    /// Whether a screen somewhere has more messages than are painted on it.
    pub dense: bool,
}

/// A name that stays the same from one frame of a drag to the next for as long as the thing it names exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

/// What a thing in the picture stands for. Whatever does not apply is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct About {
    /// The event: of a message its sending, of a span its beginning.
    pub event: Option<EventId>,
    /// The fault: an index into the scenario's faults.
    pub fault: Option<FaultId>,
    /// Whose lane it belongs to.
    pub participant: Option<ParticipantId>,
}

/// How loud a thing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Nothing is wrong, and nothing is said about it.
    #[default]
    Plain,
    /// It is in the past of the first violation.
    Lit,
    /// There is a violation, and it has no part in it.
    Dim,
    /// It is one of many alike, the pulse of a group or a question asked again: there, and hardly to be seen.
    Faint,
    /// It is the violation.
    Bad,
    /// It is a hazard: not wrong, but where things go wrong.
    Hazard,
    /// A fence did its work here.
    Good,
}

/// One participant's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Who.
    pub participant: ParticipantId,
    /// Its name, in full.
    pub name: String,
    /// The name as it fits above the lane: one line, or two, and then with an ellipsis between them if it fits nowhere.
    pub heading: Vec<String>,
    /// Whether the name is so long that it is set in smaller letters.
    pub is_long: bool,
    /// What it is, as it fits: `lock · lease 10 s`, `lock 10 s`, `lock`.
    pub role: String,
    /// Where the line is.
    pub x: Px,
    /// How wide its header may be; the header is centred on `x`.
    pub width: Px,
    /// On which side its lease bars stand.
    pub bars: Side,
    /// When it stops for ever: from here the line is dashed. One that comes back has a [`SpanKind::Down`] instead.
    pub crashed: Option<Px>,
}

/// Left or right of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Towards smaller x.
    Left,
    /// Towards larger x.
    Right,
}

/// A moment on the ruler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// When.
    pub time: Time,
    /// Where.
    pub y: Px,
    /// What the ruler says; `None` for a hairline without a word.
    pub label: Option<String>,
}

/// A quiet stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// When it begins.
    pub from: Time,
    /// When it ends.
    pub until: Time,
    /// Its upper edge.
    pub y0: Px,
    /// Its lower edge.
    pub y1: Px,
    /// How long it is, for the ruler: `⋮ 9 s`. `None` where the ruler has no room.
    pub label: Option<String>,
    /// How long it is.
    pub length: Duration,
}

/// Something that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its lasting name.
    pub key: Key,
    /// What it stands for.
    pub about: About,
    /// What it is.
    pub kind: SpanKind,
    /// When it begins.
    pub from: Time,
    /// When it ends, or the end of the run if it was still going on.
    pub until: Time,
    /// Where it is.
    pub rect: Rect,
    /// The sentence for whoever points at it.
    pub tale: Tale,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Its lasting name.
    pub key: Key,
    /// The sending, the fault that meddled, and the sender.
    pub about: About,
    /// The arrival, if it happened.
    pub arrival: Option<EventId>,
    /// The addressee.
    pub to: ParticipantId,
    /// What kind of message.
    pub kind: MessageKind,
    /// Which of its kind on its link, counted from 1.
    pub ordinal: u32,
    /// Whether it is the second copy.
    pub copy: bool,
    /// From where to where; three or more points where a cut holds it back until the heal.
    pub path: Path,
    /// How it ends.
    pub end: ArrowEnd,
    /// Whether its sender knows better than what it says.
    pub lie: bool,
    /// The direction of its last stretch.
    pub turn: Turn,
    /// How loud it is.
    pub tone: Tone,
    /// The sentence for whoever points at it.
    pub tale: Tale,
}

/// How an arrow ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArrowEnd {
    /// It arrives.
    Head,
    /// It arrives and is turned away: a bar across, from which the answer starts.
    Bounced,
    /// It is lost here: a cross.
    Lost,
    /// The run ends while it is under way.
    Open,
}

/// Enough of several said yes: a line across the picture at the moment at which somebody knew, with a tick at the lane of
/// everyone who had said so by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// Its lasting name.
    pub key: Key,
    /// The event, and whose lane it happened on.
    pub about: About,
    /// Where it is.
    pub y: Px,
    /// Where the lanes of those are who said yes, from left to right; never less than two.
    pub ticks: Vec<Px>,
    /// Where the lane is of the one who knows.
    pub home: Px,
    /// How loud it is.
    pub tone: Tone,
    /// The sentence for whoever points at it.
    pub tale: Tale,
}

/// A moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its lasting name.
    pub key: Key,
    /// What it stands for.
    pub about: About,
    /// What it is.
    pub kind: MarkKind,
    /// Where its middle is.
    pub at: Point,
    /// How loud it is.
    pub tone: Tone,
    /// The sentence for whoever points at it.
    pub tale: Tale,
}

/// What a store holds, a member sees, a node has written down or a general has decided from here on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it tells of.
    pub kind: ChipKind,
    /// Its lasting name.
    pub key: Key,
    /// What it stands for.
    pub about: About,
    /// Its box.
    pub rect: Rect,
    /// What it says, set in 11.5 px, bold, starting 9 px from the left edge and 14 px below the upper one.
    pub text: String,
    /// How loud it is.
    pub tone: Tone,
    /// The sentence for whoever points at it.
    pub tale: Tale,
}

/// Words beside something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its lasting name.
    pub key: Key,
    /// What it stands for.
    pub about: About,
    /// What it belongs to.
    pub kind: LabelKind,
    /// The end of the baseline that `anchor` names.
    pub at: Point,
    /// Which end of the text is at `at`.
    pub anchor: Anchor,
    /// The direction of the baseline.
    pub turn: Turn,
    /// What would have been true, in front of the words and struck through: `attack ` before `retreat`.
    pub struck: Option<Rc<str>>,
    /// The words; shared by all labels that say the same.
    pub text: Rc<str>,
    /// The token after the words, set in bold: the `33` of `write · 33`.
    pub token: Option<Rc<str>>,
    /// The smallest upright box around it.
    pub bounds: Rect,
    /// How loud it is.
    pub tone: Tone,
    /// The whole of what had to be cut short.
    pub in_full: Option<Rc<str>>,
}

/// The kinds of label; they differ in size and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelKind {
    /// Along an arrow: 12 px.
    Message,
    /// Beside a lane: 12 px, muted.
    Note,
    /// On a pause or a cut, in a rounded tag: 12 px, semibold. Its bounds are the tag.
    Tag,
    /// How often something was said again, in a rounded box: 11 px, muted. Its bounds are the box.
    Repeat,
    /// Along a disagreement: 11 px, semibold, amber.
    Disagreement,
    /// What a store holds at first: 11.5 px, muted.
    State,
}

/// Which end of a text is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// The beginning.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

/// What went wrong at one event, in a box beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callout {
    /// Its lasting name.
    pub key: Key,
    /// The violating event and its lane.
    pub about: About,
    /// The properties it speaks of.
    pub properties: Vec<PropertyKind>,
    /// The middle of the pin, from which a stem leads to the box.
    pub pin: Point,
    /// The box.
    pub rect: Rect,
    /// What happened: `A overwrites B.` Set in 12 px, semibold, 12 px from the left edge and the first line 18 px below the
    /// upper one, each further line 17 px below the one before.
    pub heading: Vec<String>,
    /// What that violates: `effect-order violated · 15.2 s`. Each line 17 px below the one before.
    pub lines: Vec<String>,
    /// The verdicts' sentences.
    pub tale: Tale,
}

/// Something that is said again and again, and drawn in full only where a reader has opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Its lasting name, by which [`crate::Options`] opens it.
    pub key: Key,
    /// On whose lane its count stands.
    pub participant: ParticipantId,
    /// From when.
    pub from: Time,
    /// Until when.
    pub until: Time,
    /// How often.
    pub count: u32,
    /// Whether it is drawn in full.
    pub open: bool,
    /// The sentence for whoever points at it.
    pub tale: Tale,
}

/// A mark and its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    /// The mark.
    pub kind: LegendKind,
    /// What it means, in one line.
    pub text: &'static str,
}

impl Tone {
    /// Whether a thing this loud led to a violation, or is one.
    pub fn is_causal(self) -> bool {
        matches!(self, Self::Lit | Self::Bad)
    }
}

impl Arrow {
    /// The room of its head.
    pub fn head(&self) -> Quad {
        let tip = self.path.last().copied().unwrap_or_default();
        Quad::line(self.turn.offset(tip, Px::new(-9), Px::ZERO), tip, Px::new(8))
    }
}

impl Callout {
    /// The line from the pin to the box.
    pub fn stem(&self) -> (Point, Point) {
        stem(self.pin, self.rect)
    }
}

/// The line from a pin to a box: straight up or down where the box is above or below it, else to its nearer side.
pub(crate) fn stem(pin: Point, rect: Rect) -> (Point, Point) {
    let within = |at: Px, low: Px, high: Px| at.max(low).min(high);
    let corner = Px::new(8);
    let end = if rect.x <= pin.x && pin.x <= rect.right() {
        Point { x: pin.x, y: within(pin.y, rect.y, rect.bottom()) }
    } else {
        Point { x: within(pin.x, rect.x, rect.right()), y: within(pin.y, rect.y + corner, rect.bottom() - corner) }
    };
    (pin, end)
}

impl Bracket {
    /// From where to where the line goes.
    pub fn breadth(&self) -> (Px, Px) {
        let ends = || self.ticks.iter().copied().chain([self.home]);
        (ends().min().unwrap_or_default(), ends().max().unwrap_or_default())
    }

    /// The line and its ticks, as path data.
    pub fn strokes(&self) -> String {
        let ((left, right), y, reach) = (self.breadth(), self.y, Px::new(7));
        let ticks = self.ticks.iter().map(|x| format!("M{x} {}V{}", y - reach, y + reach));
        format!("M{left} {y}H{right}{}", ticks.collect::<String>())
    }
}

impl Key {
    /// The key of what these numbers describe together. FNV-1a; a clash would only cost a needless redraw.
    pub fn of(parts: &[u64]) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in parts.iter().flat_map(|part| part.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash)
    }
}
