//! Scrolling under a drag: near an edge of what is in view the picture comes on, slowly at first.

use web_sys::Element;
use yew::prelude::*;

use super::gesture::{Input, Point};
use super::listen::{NextFrame, window_of};
use super::view::{Msg, Timeline};

/// So near an edge a dragging hand scrolls, in pixels.
const ZONE: f64 = 56.0;
/// The fastest it gets, in pixels a second.
const FASTEST: f64 = 900.0;
/// How long it takes to get so fast, in milliseconds.
const GETTING_FAST: f64 = 1_500.0;

/// How fast a pointer scrolls along one direction, in pixels a second, negative towards the beginning. `seen` is what is
/// in view. A hand that was pressed near an edge has to come nearer first. `held` is how long it has been there.
pub fn speed(pointer: f64, (from, until): (f64, f64), pressed: f64, held: f64) -> f64 {
    let zone = ZONE.min((until - from) / 5.0);
    let depth = |inwards: f64, pressed: f64| {
        let zone = zone.min(pressed).max(1.0);
        ((zone - inwards) / zone).clamp(0.0, 1.0)
    };
    let deep = depth(until - pointer, until - pressed) - depth(pointer - from, pressed - from);
    let grown = (held / GETTING_FAST).clamp(0.0, 1.0);
    deep * FASTEST * (0.08 + 0.92 * grown * grown)
}

/// A hand that is near an edge.
#[derive(Default)]
pub struct Edging {
    frame: Option<NextFrame>,
    /// When it came there, and when the last frame was, by the browser's clock of frames.
    since: Option<(f64, f64)>,
    /// What is less than a pixel waits.
    rest: (f64, f64),
}

/// What is in view of the picture, in the window, from left to right and from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// From left to right.
    pub across: (f64, f64),
    /// From below the headers to whatever lies over the bottom.
    pub down: (f64, f64),
}

impl Timeline {
    /// The box that the diagram is scrolled in.
    pub(super) fn slot(&self) -> Option<Element> {
        self.root.cast::<Element>()?.parent_element()
    }

    /// What is in view.
    pub(super) fn seen(&self) -> Option<Seen> {
        let (root, slot) = (self.root.cast::<Element>()?, self.slot()?.get_bounding_client_rect());
        let window = window_of(&root)?;
        let (width, height) = (window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?);
        let heads = root.query_selector(".heads").ok().flatten().map(|heads| heads.get_bounding_client_rect().bottom());
        let top = slot.top().max(0.0).max(heads.unwrap_or(0.0));
        // The page's own bars may lie over the bottom.
        let bars =
            root.closest(".fencepost").ok().flatten().and_then(|page| page.query_selector_all(".tabs, .invite").ok());
        let bars = bars.into_iter().flat_map(|bars| (0..bars.length()).filter_map(move |place| bars.get(place)));
        let tops = bars.filter_map(|bar| {
            let rect = wasm_bindgen::JsCast::dyn_into::<Element>(bar).ok()?.get_bounding_client_rect();
            (rect.height() > 0.0 && rect.top() > top).then_some(rect.top())
        });
        let bottom = tops.fold(height.min(slot.bottom().max(0.0)), f64::min);
        Some(Seen { across: (slot.left().max(0.0), slot.right().min(width)), down: (top, bottom) })
    }

    /// A dragging hand moved: if it is near an edge now, the next frame scrolls.
    pub(super) fn watch_edges(&mut self, ctx: &Context<Self>) {
        if self.edging.frame.is_some() {
            return;
        }
        if self.wanted_speed(0.0).is_none() {
            self.edging.since = None;
            return;
        }
        let link = ctx.link().clone();
        let root = self.root.cast::<Element>();
        self.edging.frame = root.and_then(|root| NextFrame::new(&root, move |now| link.send_message(Msg::Edge(now))));
    }

    /// How fast the hand scrolls, across and down; `None` if it does not.
    fn wanted_speed(&self, held: f64) -> Option<(f64, f64)> {
        if !self.gesture.is_dragging() {
            return None;
        }
        let (seen, held_at) = (self.seen()?, self.client?);
        let pressed = self.pressed_at?;
        let speeds =
            (speed(held_at.at.x, seen.across, pressed.x, held), speed(held_at.at.y, seen.down, pressed.y, held));
        (speeds != (0.0, 0.0)).then_some(speeds)
    }

    /// A frame near an edge: the picture comes on, and the hand holds what is under it now.
    pub(super) fn edge(&mut self, now: f64, ctx: &Context<Self>) -> bool {
        self.edging.frame = None;
        let (since, last) = self.edging.since.unwrap_or((now, now));
        let Some((across, down)) = self.wanted_speed(now - since) else {
            self.edging = Edging::default();
            return false;
        };
        self.edging.since = Some((since, now));
        // A frame that took long does not make a leap.
        let seconds = (now - last).clamp(0.0, 50.0) / 1_000.0;
        let (x, y) = (self.edging.rest.0 + across * seconds, self.edging.rest.1 + down * seconds);
        self.edging.rest = (x.fract(), y.fract());
        let scrolled = self.scroll_by(x.trunc(), y.trunc());
        self.watch_edges(ctx);
        let drawn = if scrolled { self.look() } else { false };
        let moved = if scrolled { self.follow_scroll(ctx) } else { false };
        drawn || moved
    }

    /// Scrolls the box of the diagram, and the window where the box has nothing more; never past the picture.
    pub(super) fn scroll_by(&self, x: f64, y: f64) -> bool {
        let (Some(slot), Some(seen)) = (self.slot(), self.seen()) else { return false };
        let Some((svg, window)) =
            self.svg.cast::<Element>().and_then(|svg| Some((svg.get_bounding_client_rect(), window_of(&slot)?)))
        else {
            return false;
        };
        let more_above = (seen.down.0 - svg.top()).max(0.0);
        let more_below = (svg.bottom() - seen.down.1).max(0.0);
        let y = y.clamp(-more_above, more_below);
        let before = (slot.scroll_left(), slot.scroll_top());
        slot.set_scroll_left(before.0 + x as i32);
        slot.set_scroll_top(before.1 + y as i32);
        let left = y - f64::from(slot.scroll_top() - before.1);
        if left.abs() >= 1.0 {
            window.scroll_by_with_x_and_y(0.0, left);
        }
        x != 0.0 || y != 0.0
    }

    /// The picture was scrolled under a hand that holds something: the hand is now elsewhere on it.
    pub(super) fn follow_scroll(&mut self, ctx: &Context<Self>) -> bool {
        let Some(held) = self.client else { return false };
        self.origin = self.corner();
        if !self.gesture.is_dragging() {
            return false;
        }
        let at = self.point_of(held.at);
        self.pointer = at;
        self.take(Input::Move { at, fine: held.fine }, ctx)
    }
}

/// Where a pressed pointer is in the window, and whether it asks for the fine grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Where.
    pub at: Point,
    /// Whether Shift or Alt is down.
    pub fine: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: (f64, f64) = (100.0, 700.0);

    #[test]
    fn away_from_the_edges_nothing_scrolls() {
        for pointer in [157.0, 400.0, 643.0] {
            assert_eq!(speed(pointer, SEEN, 400.0, 9_999.0), 0.0, "{pointer}");
        }
    }

    #[test]
    fn the_nearer_and_the_longer_the_faster_and_never_too_fast() {
        let at = |pointer, held| speed(pointer, SEEN, 400.0, held);
        assert!(at(150.0, 0.0) < 0.0 && at(650.0, 0.0) > 0.0);
        assert!(at(690.0, 500.0) > at(660.0, 500.0) && at(690.0, 1_000.0) > at(690.0, 500.0));
        assert!(at(650.0, 0.0) <= 0.1 * FASTEST, "slowly at first");
        assert_eq!((at(900.0, 60_000.0), at(-50.0, 60_000.0)), (FASTEST, -FASTEST));
    }

    #[test]
    fn who_pressed_near_an_edge_has_to_come_nearer() {
        assert_eq!(speed(680.0, SEEN, 680.0, 9_999.0), 0.0);
        assert_eq!(speed(670.0, SEEN, 680.0, 9_999.0), 0.0);
        assert!(speed(690.0, SEEN, 680.0, 9_999.0) > 0.0);
    }

    #[test]
    fn a_low_window_keeps_a_place_where_nothing_scrolls() {
        assert_eq!(speed(50.0, (0.0, 100.0), 50.0, 9_999.0), 0.0);
    }
}
