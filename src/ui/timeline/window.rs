//! The stretch of the picture that is painted: what is in view, and a little more.
//!
//! What is not painted has an element in its place, above and below. As soon as one of the two comes near the window,
//! whatever moved it there, the painted stretch follows.

use std::rc::Rc;

use fencepost_scene::{Px, Scene, Slice};
use web_sys::Element;
use yew::prelude::*;

use super::listen::{ViewWatch, window_of};
use super::view::{MARGIN, Msg, Props, Timeline};

/// The painted stretch begins and ends at multiples of this, so that scrolling a little paints nothing anew.
const STEP: f64 = 120.0;

/// The part of the picture that is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From where to where, down the picture.
    pub down: (Px, Px),
    /// From where to where, across it: sixty lanes are six screens wide.
    pub across: (Px, Px),
}

impl Part {
    /// What is painted until anybody knows what is in view.
    pub const FIRST: Self = Self { down: (Px::new(-MARGIN), Px::new(1_200)), across: (Px::ZERO, Px::new(1_600)) };

    /// What of a picture is in it.
    pub fn of(self, scene: &Scene) -> Slice<'_> {
        let (top, bottom) = self.down;
        scene.slice(top, bottom).between(self.across.0, self.across.1).thinned()
    }
}

/// The stretch to paint where a window of this height shows the picture from `above` on: at least a step more than is in
/// view on either side.
fn stretch(above: f64, height: f64) -> (Px, Px) {
    let top = ((above / STEP).floor() - 1.0) * STEP;
    let bottom = (((above + height) / STEP).ceil() + 1.0) * STEP;
    (Px::from_f64(top), Px::from_f64(bottom))
}

/// The stretch to paint across, where the box in which the picture scrolls shows it from here to there.
fn painted_across((from, until): (f64, f64)) -> (Px, Px) {
    if until.is_finite() { stretch(from, until - from) } else { Part::FIRST.across }
}

impl Timeline {
    /// Finds the stretch to paint. Whether it is another one than before.
    pub(super) fn look(&mut self) -> bool {
        let Some(svg) = self.svg.cast::<Element>() else { return false };
        let height = window_of(&svg).and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or(1_000.0);
        let rect = svg.get_bounding_client_rect();
        let slot = self.slot().map(|slot| slot.get_bounding_client_rect());
        let across = slot.map_or(self.across, |slot| (slot.left() - rect.left(), slot.right() - rect.left()));
        let in_view = Part { down: stretch(-rect.top() - f64::from(MARGIN), height), across: painted_across(across) };
        let drawn = std::mem::replace(&mut self.in_view, in_view) != in_view;
        drawn | (std::mem::replace(&mut self.across, across) != across)
    }

    /// From the press of a drag on, the diagram gets no lower: else what is below it would come up under the eye, and a
    /// window scrolled to its end would scroll back.
    pub(super) fn keep_height(&mut self) {
        let Some(svg) = self.svg.cast::<Element>() else { return };
        let now = Px::from_f64(svg.get_bounding_client_rect().height());
        self.kept = Some(self.kept.map_or(now, |kept| kept.max(now)));
        self.invited = self.invitation();
    }

    pub(super) fn height_kept(&self) -> Option<String> {
        self.kept.map(|height| format!("min-height:{height}px"))
    }

    /// What is kept of the height is let go where nobody sees it.
    pub(super) fn drop_height(&mut self) -> bool {
        let Some((svg, seen)) = self.svg.cast::<Element>().zip(self.seen()) else { return false };
        self.kept.is_some() && svg.get_bounding_client_rect().bottom() > seen.down.1 && self.kept.take().is_some()
    }

    /// How high the invitation below the picture is, which goes with the first change.
    fn invitation(&self) -> Px {
        let page = self.root.cast::<Element>().and_then(|root| root.closest(".fencepost").ok().flatten());
        let invitation = page.and_then(|page| page.query_selector(".invite").ok().flatten());
        Px::from_f64(invitation.map_or(0.0, |invitation| invitation.get_bounding_client_rect().height()))
    }

    /// With the end of a drag the invitation's room falls to the diagram. All of it is let go when another picture comes
    /// that no drag brought about.
    pub(super) fn forget_height(&mut self, old: &Props, new: &Props) {
        if old.before.is_some() && new.before.is_none() {
            let gone = std::mem::take(&mut self.invited) - self.invitation();
            self.kept = self.kept.map(|kept| kept + gone.max(Px::ZERO));
        }
        if !Rc::ptr_eq(&old.picture, &new.picture) && old.before.is_none() && new.before.is_none() {
            self.kept = None;
        }
    }

    /// In the place of what is not painted, above and below.
    pub(super) fn unpainted(&self, scene: &Scene) -> Html {
        let margin = Px::new(MARGIN);
        let (top, bottom) = (self.in_view.down.0 + margin, self.in_view.down.1 + margin);
        let height = scene.height + margin + margin;
        let [above, below] = &self.unpainted;
        let place = |from: Px, until: Px| format!("top:{from}px;height:{}px", (until - from).max(Px::ZERO));
        html! {
            <div class="unpainted" aria-hidden="true">
                <i ref={above.clone()} style={place(Px::ZERO, top.min(height))} />
                <i ref={below.clone()} style={place(bottom.max(Px::ZERO), height)} />
            </div>
        }
    }

    /// Watches those two.
    pub(super) fn watch_unpainted(&self, ctx: &Context<Self>) -> Option<ViewWatch> {
        let places: Vec<Element> = self.unpainted.iter().filter_map(NodeRef::cast::<Element>).collect();
        let link = ctx.link().clone();
        ViewWatch::new(&places, STEP as u32 / 2, move || link.send_message(Msg::Uncovered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_view_is_painted_and_a_step_more() {
        for (above, height) in [(0.0, 900.0), (-250.0, 300.0), (119.0, 1.0), (1_000.0, 640.0), (3_599.9, 4_000.0)] {
            let (top, bottom) = stretch(above, height);
            let (top, bottom) = (top.to_f64(), bottom.to_f64());
            assert!(above - top >= STEP && above - top < 2.0 * STEP, "{above}: from {top}");
            assert!(bottom - above - height >= STEP && bottom - above - height < 2.0 * STEP, "{above}: to {bottom}");
        }
    }
}
