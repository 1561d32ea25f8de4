//! The part of a scene between two heights, found without looking at the rest.
//!
//! A live page that kept a node for everything would not keep up with a drag (the figures are in the README), so it draws
//! what is in view and a margin. Lists are ordered by upper edge; beside each stands, for every place, how far down
//! anything up to there reaches, which never decreases and can therefore be searched.

use std::collections::BTreeSet;

use crate::picture::{Arrow, Bracket, Callout, Chip, Fold, Label, Mark, Scene, Span, Tick};
use crate::px::Px;
use fencepost_sim::{EventId, sort_by_rank};

/// References to everything that touches a stretch of the picture. Lanes and legend are always in view and not here.
#[derive(Clone, Debug, Default)]
pub struct Slice<'a> {
    /// See [`Scene::ticks`].
    pub ticks: Vec<&'a Tick>,
    /// See [`Scene::folds`].
    pub folds: Vec<&'a Fold>,
    /// See [`Scene::spans`].
    pub spans: Vec<&'a Span>,
    /// See [`Scene::arrows`].
    pub arrows: Vec<&'a Arrow>,
    /// See [`Scene::brackets`].
    pub brackets: Vec<&'a Bracket>,
    /// See [`Scene::marks`].
    pub marks: Vec<&'a Mark>,
    /// See [`Scene::chips`].
    pub chips: Vec<&'a Chip>,
    /// See [`Scene::labels`].
    pub labels: Vec<&'a Label>,
    /// See [`Scene::callouts`].
    pub callouts: Vec<&'a Callout>,
}

/// Something with edges.
pub trait Extent {
    /// From where to where it reaches, down the picture.
    fn extent(&self) -> (Px, Px);

    /// From where to where it reaches, across the picture. What goes across all of it is everywhere.
    fn breadth(&self) -> (Px, Px) {
        (Px(i32::MIN), Px(i32::MAX))
    }
}

/// So many messages are painted on a screen: more could not be told apart, and would be as many nodes three times over.
pub(crate) const PAINTED: usize = 1_000;

impl Slice<'_> {
    /// What of it touches the stretch from `left` to `right`: of sixty lanes a screen shows a dozen.
    pub fn between(mut self, left: Px, right: Px) -> Self {
        fn keep<T: Extent>(list: &mut Vec<&T>, left: Px, right: Px) {
            list.retain(|it| it.breadth().0 <= right && it.breadth().1 >= left);
        }
        keep(&mut self.spans, left, right);
        keep(&mut self.arrows, left, right);
        keep(&mut self.brackets, left, right);
        keep(&mut self.marks, left, right);
        keep(&mut self.chips, left, right);
        keep(&mut self.labels, left, right);
        keep(&mut self.callouts, left, right);
        self
    }

    /// With no more messages than a screen can show. Those that led to a violation and those that are named stay, unless
    /// they are too many themselves; of the others an even part, by their lasting names, so that it is mostly the same
    /// after a step of scrolling.
    pub fn thinned(mut self) -> Self {
        let all = self.arrows.len();
        if all <= PAINTED {
            return self;
        }
        let named: BTreeSet<EventId> = self.labels.iter().filter_map(|label| label.about.event).collect();
        let weighs =
            |arrow: &Arrow| arrow.tone.is_causal() || arrow.about.event.is_some_and(|event| named.contains(&event));
        let weighty = self.arrows.iter().filter(|arrow| weighs(arrow)).count();
        let is_chosen = |arrow: &Arrow, room: usize, of: usize| arrow.key.0 % of as u64 <= room as u64;
        self.arrows.retain(|arrow| match PAINTED.checked_sub(weighty) {
            Some(room) => weighs(arrow) || is_chosen(arrow, room, all - weighty),
            None => is_chosen(arrow, PAINTED, all),
        });
        self
    }
}

impl Scene {
    /// Everything that touches the heights from `top` to `bottom`, both included.
    pub fn slice(&self, top: Px, bottom: Px) -> Slice<'_> {
        Slice {
            ticks: touching(&self.ticks, &self.reach.ticks, top, bottom),
            folds: touching(&self.folds, &self.reach.folds, top, bottom),
            spans: touching(&self.spans, &self.reach.spans, top, bottom),
            arrows: touching(&self.arrows, &self.reach.arrows, top, bottom),
            brackets: touching(&self.brackets, &self.reach.brackets, top, bottom),
            marks: touching(&self.marks, &self.reach.marks, top, bottom),
            chips: touching(&self.chips, &self.reach.chips, top, bottom),
            labels: touching(&self.labels, &self.reach.labels, top, bottom),
            callouts: touching(&self.callouts, &self.reach.callouts, top, bottom),
        }
    }

    /// Orders every list by upper edge and makes the index. The last step of a layout.
    pub(crate) fn index(&mut self) {
        self.reach = Reach {
            ticks: order(&mut self.ticks),
            folds: order(&mut self.folds),
            spans: order(&mut self.spans),
            arrows: order(&mut self.arrows),
            brackets: order(&mut self.brackets),
            marks: order(&mut self.marks),
            chips: order(&mut self.chips),
            labels: order(&mut self.labels),
            callouts: order(&mut self.callouts),
        };
    }
}

/// For every list and every place in it, the lowest edge of anything up to there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    ticks: Vec<Px>,
    folds: Vec<Px>,
    spans: Vec<Px>,
    arrows: Vec<Px>,
    brackets: Vec<Px>,
    marks: Vec<Px>,
    chips: Vec<Px>,
    labels: Vec<Px>,
    callouts: Vec<Px>,
}

fn order<T: Extent>(list: &mut [T]) -> Vec<Px> {
    sort_by_rank(list, |item| (item.extent().0.rank(), 0));
    let lowest = |so_far: &mut Px, item: &T| {
        *so_far = (*so_far).max(item.extent().1);
        Some(*so_far)
    };
    list.iter().scan(Px(i32::MIN), lowest).collect()
}

fn touching<'a, T: Extent>(list: &'a [T], reach: &[Px], top: Px, bottom: Px) -> Vec<&'a T> {
    let first = reach.partition_point(|lowest| *lowest < top);
    let after = list.partition_point(|item| item.extent().0 <= bottom);
    let range = list.get(first..after).unwrap_or_default();
    range.iter().filter(|item| item.extent().1 >= top).collect()
}

/// How far a mark's drawing reaches from its middle.
const MARK_RADIUS: Px = Px::new(11);

impl Extent for Tick {
    fn extent(&self) -> (Px, Px) {
        (self.y - Px::new(7), self.y + Px::new(7))
    }
}

impl Extent for Fold {
    fn extent(&self) -> (Px, Px) {
        (self.y0, self.y1)
    }
}

impl Extent for Span {
    fn extent(&self) -> (Px, Px) {
        (self.rect.y, self.rect.bottom())
    }

    fn breadth(&self) -> (Px, Px) {
        // A block may have a stroke on either side.
        (self.rect.x - MARK_RADIUS, self.rect.right() + MARK_RADIUS)
    }
}

impl Extent for Arrow {
    fn extent(&self) -> (Px, Px) {
        let heights = || self.path.iter().map(|point| point.y);
        (heights().min().unwrap_or_default() - Px::new(5), heights().max().unwrap_or_default() + Px::new(5))
    }

    fn breadth(&self) -> (Px, Px) {
        let places = || self.path.iter().map(|point| point.x);
        (places().min().unwrap_or_default() - Px::new(5), places().max().unwrap_or_default() + Px::new(5))
    }
}

impl Extent for Bracket {
    fn extent(&self) -> (Px, Px) {
        (self.y - Px::new(6), self.y + Px::new(6))
    }

    fn breadth(&self) -> (Px, Px) {
        Bracket::breadth(self)
    }
}

impl Extent for Mark {
    fn extent(&self) -> (Px, Px) {
        (self.at.y - MARK_RADIUS, self.at.y + MARK_RADIUS)
    }

    fn breadth(&self) -> (Px, Px) {
        (self.at.x - MARK_RADIUS, self.at.x + MARK_RADIUS)
    }
}

impl Extent for Chip {
    fn extent(&self) -> (Px, Px) {
        (self.rect.y, self.rect.bottom())
    }

    fn breadth(&self) -> (Px, Px) {
        (self.rect.x, self.rect.right())
    }
}

impl Extent for Label {
    fn extent(&self) -> (Px, Px) {
        (self.bounds.y, self.bounds.bottom())
    }

    fn breadth(&self) -> (Px, Px) {
        (self.bounds.x, self.bounds.right())
    }
}

impl Extent for Callout {
    fn extent(&self) -> (Px, Px) {
        (self.rect.y.min(self.pin.y), self.rect.bottom().max(self.pin.y))
    }

    fn breadth(&self) -> (Px, Px) {
        (self.rect.x.min(self.pin.x), self.rect.right().max(self.pin.x))
    }
}
