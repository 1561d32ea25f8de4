//! The kinds of span, mark and legend entry, and the look of those that are drawn the same way everywhere.
//!
//! A look is a class, which the style sheets of the file and of the page give its colours, and a few strokes. Both
//! renderers ask here, so that a new kind is drawn in one place.

use fencepost_sim::PartitionMode;

use crate::picture::Side;
use crate::px::{Px, Rect};

/// The kinds of span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpanKind {
    /// The participant takes no steps.
    Paused,
    /// Two sides cannot reach each other; with a side, only messages that travel towards that side are cut.
    Cut {
        /// The side that cannot be reached; `None` when neither can.
        toward: Option<Side>,
        /// What becomes of the messages.
        mode: PartitionMode,
    },
    /// What the lock service granted.
    Granted,
    /// What the holder believes.
    Believed,
    /// The holder believes what is not so.
    Disagreement,
    /// A thicker piece of lane: it believes that it holds the lock.
    Holding,
    /// It asked and has no answer yet.
    Waiting,
    /// It asked and will, or seems to, never have an answer.
    Stuck,
    /// The participant has crashed and comes back later.
    Down,
    /// Nothing that it sends arrives.
    Mute,
    /// Nothing that is sent to it arrives.
    Deaf,
    /// Its clocks run at another pace than true time.
    Clock,
    /// A store has checked a write and not yet done it.
    Gap,
    /// An observer suspects somebody.
    Suspects,
    /// A newer token was granted, and this store has not seen it.
    Unfenced,
    /// The lock is free, and nobody gets it yet.
    Delayed,
    /// A service waits for its disk before it answers.
    Syncing,
    /// A node is in a term.
    Term {
        /// One of [`TINTS`], so that neighbouring terms differ.
        tint: u8,
    },
    /// What should happen has not when the run ends.
    Unmet {
        /// Whether it never will.
        for_ever: bool,
    },
    /// A node stands for election.
    Stands {
        /// Of its term.
        tint: u8,
    },
    /// A node leads.
    Leads {
        /// Of its term.
        tint: u8,
        /// Whether enough others acknowledge it.
        backed: bool,
    },
}

/// How many tints there are for terms.
pub const TINTS: u8 = 4;

impl SpanKind {
    /// The class of its box: its name in the style sheets.
    pub fn class(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Cut { mode: PartitionMode::Sever, .. } => "cut severed",
            Self::Cut { .. } => "cut",
            Self::Granted => "granted",
            Self::Believed => "believed",
            Self::Disagreement => "disagreement",
            Self::Holding => "holding",
            Self::Waiting => "waiting",
            Self::Stuck => "stuck",
            Self::Down => "down",
            Self::Mute | Self::Deaf => "omission",
            Self::Clock => "pace",
            Self::Gap => "gap",
            Self::Suspects => "suspects",
            Self::Unfenced => "unfenced",
            Self::Unmet { for_ever: true } => "unmet",
            Self::Unmet { for_ever: false } => "unmet notyet",
            Self::Delayed | Self::Syncing => "busy",
            Self::Term { tint } => ["term t0", "term t1", "term t2", "term t3"][usize::from(tint % TINTS)],
            Self::Stands { tint } => ["stands t0", "stands t1", "stands t2", "stands t3"][usize::from(tint % TINTS)],
            Self::Leads { tint, backed: true } => {
                ["leads t0", "leads t1", "leads t2", "leads t3"][usize::from(tint % TINTS)]
            }
            Self::Leads { tint, backed: false } => {
                ["hollow t0", "hollow t1", "hollow t2", "hollow t3"][usize::from(tint % TINTS)]
            }
        }
    }

    /// How round the corners of its box are.
    pub fn radius(self) -> Px {
        match self {
            Self::Paused | Self::Down => Px::new(9),
            Self::Mute | Self::Deaf => Px::new(6),
            Self::Granted | Self::Believed | Self::Waiting | Self::Suspects => Px(35),
            Self::Disagreement | Self::Stuck | Self::Cut { .. } | Self::Unfenced | Self::Unmet { .. } => Px::new(3),
            Self::Delayed | Self::Syncing | Self::Term { .. } | Self::Stands { .. } => Px(20),
            Self::Leads { .. } => Px::new(3),
            Self::Holding | Self::Clock | Self::Gap => Px::ZERO,
        }
    }

    /// Whether it lies behind bars and blocks.
    pub fn is_under(self) -> bool {
        let is_of_node = matches!(self, Self::Term { .. } | Self::Stands { .. } | Self::Leads { .. });
        is_of_node
            || matches!(self, Self::Disagreement | Self::Holding | Self::Cut { .. } | Self::Unfenced | Self::Clock)
    }
}

impl SpanKind {
    /// The strokes that belong to it beside its box, or in place of it: path data, and nothing for most.
    pub fn strokes(self, rect: &Rect) -> String {
        let (left, right, top, bottom) = (rect.x, rect.right(), rect.y, rect.bottom());
        match self {
            // A gate that opens at the heal.
            Self::Cut { mode: PartitionMode::Hold, .. } => {
                format!("M{} {bottom}H{}", left - Px::new(4), right + Px::new(4))
            }
            Self::Gap => format!("M{left} {top}H{right}V{bottom}H{left}"),
            Self::Mute => wedges(rect, Px::new(4)),
            Self::Deaf => wedges(rect, Px::new(-4)),
            _ => String::new(),
        }
    }
}

/// A wedge on either side at the upper and the lower end: outwards for what does not get out, inwards for what does not
/// get in.
fn wedges(rect: &Rect, tip: Px) -> String {
    let (reach, half) = (Px::new(5), Px::new(4));
    let wedge = |x: Px, tip: Px, y: Px| {
        let (root, point) = (x - tip / 2, x + tip / 2);
        format!("M{root} {}L{point} {y}L{root} {}", y - half, y + half)
    };
    let pair = |y: Px| wedge(rect.x - reach, -tip, y) + &wedge(rect.right() + reach, tip, y);
    if rect.height < Px::new(36) {
        return pair(rect.center().y);
    }
    pair(rect.y + Px::new(9)) + &pair(rect.bottom() - Px::new(9))
}

/// The kinds of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// Something happened: a dot.
    Dot,
    /// A message arrived and waits until the participant wakes: a hollow dot.
    Inbox,
    /// A lease ran out: a ring.
    Expiry,
    /// The participant stopped: a cross.
    Crash,
    /// It came back: a ring with an arrow.
    Recovery,
    /// Its clocks changed their pace, or someone set them: a clock's face.
    Clock,
    /// It sent a letter to someone outside: an envelope.
    Mail,
    /// It paid someone outside: a banknote.
    Payment,
    /// A hazard was first seen here.
    Hazard,
    /// A property was violated here.
    Pin,
}

impl MarkKind {
    /// Its class, the radius of its disc, and the strokes upon it: path data in steps from its middle.
    pub fn glyph(self) -> (&'static str, Px, &'static str) {
        match self {
            Self::Dot => ("dot", Px(32), ""),
            Self::Inbox => ("inbox", Px(38), ""),
            Self::Expiry => ("expiry", Px(55), ""),
            Self::Crash => ("crash", Px::ZERO, "m-6-6l12 12m-12 0l12-12"),
            Self::Recovery => ("recovery", Px::new(7), "m0 3.5v-6.9m-3 3l3-3l3 3"),
            Self::Clock => ("clock", Px::new(7), "m0-4v4l3 1.8"),
            Self::Mail => ("outside", Px::new(10), "m-5.5-3.8h11v7.6h-11zm0 .4l5.5 4.3l5.5-4.3"),
            Self::Payment => {
                ("outside", Px::new(10), "m-6-3.8h12v7.6h-12zm4.3 3.8a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0")
            }
            Self::Hazard => ("hazard-pin", Px::new(7), "m0-3.5v4.3m0 2.5v.2"),
            Self::Pin => ("pin", Px::new(10), "m-4-4l8 8m-8 0l8-8"),
        }
    }
}

/// What a chip tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChipKind {
    /// What a store holds.
    Holds,
    /// What a member takes the group to be.
    View,
    /// What a general has decided.
    Decision,
    /// How many votes a candidate has.
    Tally,
    /// What a node has written into its log.
    Logged,
    /// How far a node knows its log to be committed.
    Committed,
    /// What a node has thrown out of its log.
    Thrown,
    /// What one of several nodes keeps: a copy of a register, its key, a name.
    Keeps,
}

impl ChipKind {
    /// The class of its box beside that of every chip.
    pub fn class(self) -> &'static str {
        match self {
            Self::Holds | Self::View | Self::Decision | Self::Tally | Self::Keeps => "",
            Self::Logged => " logged",
            Self::Committed => " committed",
            Self::Thrown => " thrown",
        }
    }
}

/// What a legend can explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegendKind {
    /// A kind of span.
    Span(SpanKind),
    /// A kind of mark.
    Mark(MarkKind),
    /// A lane from [`crate::Lane::crashed`] on.
    Crashed,
    /// [`crate::ArrowEnd::Lost`].
    Lost,
    /// [`crate::ArrowEnd::Bounced`].
    Bounced,
    /// [`crate::Arrow::copy`].
    Copy,
    /// [`crate::Chip`].
    Chip(ChipKind),
    /// [`crate::Fold`].
    Fold,
    /// [`crate::Bracket`].
    Bracket,
    /// [`crate::Arrow::lie`].
    Lie,
}
