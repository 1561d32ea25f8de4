//! Where words go. Every label has forms from long to short and places from good to poor; the first form that has a
//! cheap place gets the cheapest of its places.
//!
//! The rule when there is no room: a label never touches another one, a chip or a callout. It is said shorter, then put
//! somewhere less fitting, and then left out; what it stands for keeps the whole sentence for whoever points at it. The
//! order is by weight: what is said about disagreements and faults, then the messages that led to a violation, then
//! notes, then the other messages.

use std::rc::Rc;

use crate::layout::canvas::Canvas;
use crate::layout::words::Wording;
use crate::picture::{About, Anchor, Key, Label, LabelKind, Tone, Turn};
use crate::px::{Point, Px};
use crate::quad::Quad;
use crate::width::{Weight, text_width};

/// Something to be said, before it has a place.
pub struct Saying {
    /// See [`Label`].
    pub key: Key,
    /// See [`Label`].
    pub about: About,
    /// See [`Label`].
    pub kind: LabelKind,
    /// See [`Label`].
    pub tone: Tone,
    /// From long to short.
    pub forms: Forms,
    /// From good to poor. What a place costs is added to what it covers.
    pub spots: Spots,
    /// How long the text may be at most.
    pub room: Px,
    /// How much it matters: the smaller, the more.
    pub rank: u8,
}

/// The forms of what is said, from long to short, each with its width. Shared by all that say the same.
pub type Forms = Rc<[(Wording, Px)]>;

/// Measures wordings as a label of this kind and loudness shows them.
pub fn measured(wordings: impl IntoIterator<Item = Wording>, kind: LabelKind, tone: Tone) -> Forms {
    let measure = |wording: Wording| {
        let width = width(&wording, kind, tone);
        (wording, width)
    };
    wordings.into_iter().map(measure).collect()
}

/// A place for a text.
#[derive(Clone, Copy)]
pub struct Spot {
    /// The fixed end of the baseline.
    pub at: Point,
    /// Which end that is.
    pub anchor: Anchor,
    /// The direction of the baseline.
    pub turn: Turn,
    /// How poor the place is in itself.
    pub cost: u32,
}

/// The places for a text, from good to poor.
pub enum Spots {
    /// These.
    Listed(Vec<Spot>),
    /// Above and below the line from one point to another, where it has these x. Worked out one by one, because most
    /// messages are content with the first.
    Along {
        /// One end of the line.
        from: Point,
        /// The other.
        to: Point,
        /// Its direction, read from left to right.
        turn: Turn,
        /// From good to poor; shared by all arrows between the same lanes.
        places: Rc<[Px]>,
    },
}

/// From an arrow's line to the baseline above it, and below.
const SIDES: [(Px, u32); 2] = [(Px::new(-6), 0), (Px::new(15), 2)];

impl Spots {
    fn iter(&self) -> impl Iterator<Item = Spot> {
        let count = match self {
            Self::Listed(spots) => spots.len(),
            Self::Along { places, .. } => places.len() * SIDES.len(),
        };
        (0..count).map(|number| self.number(number))
    }

    /// All of them.
    pub fn list(&self) -> Vec<Spot> {
        self.iter().collect()
    }

    fn number(&self, number: usize) -> Spot {
        match self {
            Self::Listed(spots) => spots[number],
            Self::Along { from, to, turn, places } => {
                let (rank, (across, cost)) = (number / SIDES.len(), SIDES[number % SIDES.len()]);
                let x = places[rank];
                let part = ((x - from.x).abs().0, (to.x - from.x).abs().0.max(1));
                let on_line = Point { x, y: from.y.toward(to.y, part.0, part.1) };
                let at = turn.offset(on_line, Px::ZERO, across);
                Spot { at, anchor: Anchor::Middle, turn: *turn, cost: rank as u32 + cost }
            }
        }
    }
}

/// A place dearer than this makes a shorter form worth trying: a message may cross a lane to be said in full.
fn dear(kind: LabelKind) -> u32 {
    if kind == LabelKind::Message { 3 } else { 2 }
}

/// The rank of what matters least.
pub const LAST: u8 = 7;

/// The margins of a tag: beside the text, above its ascent, below its descent.
const TAG: (Px, Px) = (Px::new(12), Px::new(4));
/// The same of a count of repetitions.
const COUNT: (Px, Px) = (Px::new(9), Px::new(3));

/// Puts all that is wanted and has room into the picture.
pub fn place(sayings: &[Saying], wanted: impl Fn(&Saying) -> bool, canvas: &mut Canvas) -> Vec<Label> {
    let mut labels = Vec::new();
    let wanted = &wanted;
    let of_rank = |rank| sayings.iter().filter(move |saying| saying.rank == rank && wanted(saying));
    for saying in (0..=LAST).flat_map(of_rank) {
        if let Some((label, quad)) = settle(saying, canvas) {
            canvas.block(quad);
            labels.push(label);
        }
    }
    labels
}

fn settle(saying: &Saying, canvas: &Canvas) -> Option<(Label, Quad)> {
    let mut best: Option<(u32, usize, Spot, Quad)> = None;
    for (form, (_, width)) in saying.forms.iter().enumerate() {
        let width = *width;
        if width > saying.room {
            continue;
        }
        for spot in saying.spots.iter() {
            // A place that is poorer in itself than the best so far need not be looked at.
            let least = best.as_ref().map_or(u32::MAX, |(least, ..)| *least);
            let limit = least.saturating_sub(spot.cost);
            if limit == 0 {
                continue;
            }
            let quad = quad(spot, width, saying.kind);
            let Some(cost) = canvas.cost_below(&quad, limit).map(|cost| cost + spot.cost) else { continue };
            best = Some((cost, form, spot, quad));
            if cost == 0 {
                break;
            }
        }
        if best.as_ref().is_some_and(|(cost, ..)| *cost <= dear(saying.kind)) {
            break;
        }
    }
    let (_, form, spot, quad) = best?;
    Some((label(saying, form, spot, &quad), quad))
}

fn label(saying: &Saying, form: usize, spot: Spot, quad: &Quad) -> Label {
    let (wording, _) = &saying.forms[form];
    Label {
        key: saying.key,
        about: saying.about,
        kind: saying.kind,
        at: spot.at,
        anchor: spot.anchor,
        turn: spot.turn,
        struck: wording.struck.clone(),
        text: wording.text.clone(),
        token: wording.token.clone(),
        bounds: quad.bounds(),
        tone: saying.tone,
        in_full: (form > 0).then(|| saying.forms[0].0.in_full().into()),
    }
}

/// The size of a kind of label.
pub fn size(kind: LabelKind) -> Px {
    match kind {
        LabelKind::Message | LabelKind::Note | LabelKind::Tag => Px::new(12),
        LabelKind::State => Px(115),
        LabelKind::Disagreement | LabelKind::Repeat => Px::new(11),
    }
}

fn width(wording: &Wording, kind: LabelKind, tone: Tone) -> Px {
    let weight = match kind {
        LabelKind::Tag | LabelKind::Disagreement => Weight::Bold,
        LabelKind::Message if tone == Tone::Bad => Weight::Bold,
        LabelKind::Message | LabelKind::Note | LabelKind::State | LabelKind::Repeat => Weight::Regular,
    };
    let token = wording.token.as_deref().map_or(Px::ZERO, |token| text_width(token, size(kind), Weight::Bold));
    let struck = wording.struck.as_deref().map_or(Px::ZERO, |struck| text_width(struck, size(kind), weight));
    struck + text_width(&wording.text, size(kind), weight) + token
}

/// How far letters reach above and below the baseline: the ascent and descent of DejaVu Sans, the tallest of the stack.
fn reach(kind: LabelKind) -> (Px, Px) {
    (size(kind) * 93 / 100, size(kind) * 24 / 100)
}

fn quad(spot: Spot, width: Px, kind: LabelKind) -> Quad {
    let (ascent, descent) = reach(kind);
    let along = match spot.anchor {
        Anchor::Start => width / 2,
        Anchor::Middle => Px::ZERO,
        Anchor::End => -width / 2,
    };
    let center = spot.turn.offset(spot.at, along, (descent - ascent) / 2);
    let margin = match kind {
        LabelKind::Tag => TAG,
        LabelKind::Repeat => COUNT,
        LabelKind::Message | LabelKind::Note | LabelKind::Disagreement | LabelKind::State => (Px::ZERO, Px::ZERO),
    };
    let half = (width / 2 + margin.0, (ascent + descent) / 2 + margin.1);
    Quad { center, half, turn: spot.turn }
}

/// The box of a label that has its place.
pub fn quad_of(label: &Label) -> Quad {
    let (struck, text, token) = (label.struck.clone(), label.text.clone(), label.token.clone());
    let wording = Wording { struck, text, token };
    let spot = Spot { at: label.at, anchor: label.anchor, turn: label.turn, cost: 0 };
    quad(spot, width(&wording, label.kind, label.tone), label.kind)
}
