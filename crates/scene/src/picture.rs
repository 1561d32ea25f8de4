//! The picture as data: everything that is drawn, where, and what it stands for.
//!
//! Nothing here knows how it came to be; that is in the layout. A drawer needs no knowledge of protocols: it draws each
//! kind in its way and hands [`About`] to whoever asks what was clicked. Lists are ordered by upper edge.

use std::rc::Rc;

use fencepost_properties::GrantNo;
use fencepost_sim::{Duration, EventId, FaultId, ParticipantId, Time};
use fencepost_vocabulary::{MessageKind, PropertyKind};

use crate::kinds::{ChipKind, LegendKind, MarkKind, SpanKind};
use crate::px::{Path, Point, Px, Rect};
use crate::slice::Reach;
use crate::time_map::TimeMap;

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
    /// The moments.
    pub marks: Vec<Mark>,
    /// What a store holds, where it changes.
    pub chips: Vec<Chip>,
    /// What stands beside arrows, spans and marks. No two of them overlap, nor a chip or a callout.
    pub labels: Vec<Label>,
    /// What went wrong, at the moment it did.
    pub callouts: Vec<Callout>,
    /// The marks that occur in this picture, each with its meaning.
    pub legend: Vec<LegendEntry>,
    /// Where to find what is in view; see [`Scene::slice`].
    pub(crate) reach: Reach,
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

/// What is told of a thing, by name. [`crate::prose::tell`] makes the sentence when someone asks for it: a long run has
/// thousands of things, and few of them are ever pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tale {
    /// What happened at an event.
    Event(EventId),
    /// What became of a message.
    Letter {
        /// The sending, or the copying.
        sent: EventId,
        /// Where it ended, as far as the run went.
        arrival: Option<EventId>,
    },
    /// A pause.
    Pause {
        /// The event with which it began.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// The time between a crash and a recovery.
    Down {
        /// The crash.
        event: EventId,
        /// The recovery, if it came.
        back: Option<EventId>,
    },
    /// A time in which a participant cannot send, or cannot receive.
    Omission {
        /// The event with which it began.
        event: EventId,
        /// Whether it cannot receive.
        deaf: bool,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// A time in which a participant's clocks run at another pace than true time.
    Clock {
        /// The event with which it began.
        event: EventId,
        /// When the pace changed again, or the end of the run.
        until: Time,
    },
    /// From a store's check of a write to its deed.
    Gap {
        /// The check.
        event: EventId,
        /// When the write was done, or the end of the run.
        until: Time,
    },
    /// A service that waits for its disk, or for a lock-delay to pass.
    Delay {
        /// The event with which it began.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// An observer suspects somebody.
    Suspicion {
        /// The event with which it began.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// A store would still take an older token, although a newer one was granted.
    Unfenced {
        /// The newer grant.
        grant: GrantNo,
        /// At which store.
        store: ParticipantId,
        /// The event with which it began: the grant, or a recovery without the token.
        event: EventId,
        /// Until when, or the end of the run.
        until: Time,
    },
    /// A cut of the network.
    Cut {
        /// The event with which it began.
        event: EventId,
        /// Which fault.
        fault: FaultId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// A grant.
    Grant(GrantNo),
    /// A belief, by its place in the ledger.
    Belief(u32),
    /// A stretch of a belief that is not so.
    Disagreement {
        /// The belief, by its place in the ledger.
        belief: u32,
        /// From when.
        from: Time,
        /// Until when.
        until: Time,
    },
    /// A request without an answer, by its place in the ledger.
    Waiting(u32),
    /// Every property that is violated at an event.
    Violations(EventId),
    /// One verdict, by its place.
    Verdict(u32),
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
    /// The name as it fits above the lane, with an ellipsis if it does not.
    pub heading: String,
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

/// A direction: the cosine and sine of an angle, in ten-thousandths. `x` along, `y` down; not longer than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Turn {
    /// The cosine.
    pub x: i32,
    /// The sine.
    pub y: i32,
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

/// What a store holds, a member sees or a general has decided from here on.
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
    /// What happened: `A overwrites B.` Set in 12 px, semibold, 12 px from the left edge and 18 px below the upper one.
    pub heading: String,
    /// What that violates: `effect-order violated · 15.2 s`. One line each, 17 px below the one before.
    pub lines: Vec<String>,
    /// The verdicts' sentences.
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

impl Turn {
    /// From left to right.
    pub const LEVEL: Self = Self { x: 10_000, y: 0 };
    /// From bottom to top.
    pub const UPWARD: Self = Self { x: 0, y: -10_000 };

    /// The direction from one point to another; level when they are the same.
    pub fn from_to(from: Point, to: Point) -> Self {
        let (dx, dy) = (i64::from((to.x - from.x).0), i64::from((to.y - from.y).0));
        let length = ((dx * dx + dy * dy) as u64).isqrt() as i64;
        match length {
            0 => Self::LEVEL,
            _ => Self { x: (dx * 10_000 / length) as i32, y: (dy * 10_000 / length) as i32 },
        }
    }

    /// The same line, read from left to right.
    pub fn readable(self) -> Self {
        if self.x < 0 { Self { x: -self.x, y: -self.y } } else { self }
    }

    /// The point `along` further in this direction and `across` to the right of it, which is downwards on a level line.
    pub fn offset(self, from: Point, along: Px, across: Px) -> Point {
        let scaled = |a: i32, b: i32| {
            let sum = i64::from(a) * i64::from(along.0) + i64::from(b) * i64::from(across.0);
            // To the nearest tenth, halves away from zero.
            Px(((sum + 5_000 * sum.signum()) / 10_000) as i32)
        };
        Point { x: from.x + scaled(self.x, -self.y), y: from.y + scaled(self.y, self.x) }
    }
}
