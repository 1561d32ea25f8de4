//! The moment a link leads to: a line across the picture, with its time, that is scrolled to.

use fencepost_scene::{Px, Scene};
use fencepost_sim::Time;
use web_sys::Element;
use yew::prelude::*;

use super::view::{MARGIN, Timeline};

/// How far down a moment is drawn; one after the end of the run, at the end.
fn height_of(at: Time, scene: &Scene) -> Px {
    scene.time_map.y(at).min(scene.height - Px::new(6))
}

impl Timeline {
    /// The line.
    pub(super) fn mark_line(&self, at: Option<Time>, scene: &Scene) -> Html {
        let Some(at) = at else { return html! { <g class="moment" /> } };
        let (y, right) = (height_of(at, scene), scene.width - Px::new(8));
        html! {
            <g class="moment" data-moment={at.to_string()}>
                <line x1={scene.ruler.to_string()} x2={right.to_string()} y1={y.to_string()} y2={y.to_string()} />
                <text x={right.to_string()} y={(y - Px::new(5)).to_string()}>{ at.to_string() }</text>
            </g>
        }
    }

    /// An invisible element on it, to be scrolled to.
    pub(super) fn mark_place(&self, at: Option<Time>, scene: &Scene) -> Html {
        let y = at.map_or(Px::ZERO, |at| height_of(at, scene));
        let style = format!("left:0;top:{}px", y + Px::new(MARGIN));
        html! { <i class="here" ref={self.mark.clone()} {style} /> }
    }

    /// After painting: the moment is brought to the middle, as soon as the picture has its width.
    pub(super) fn go_to_mark(&mut self) {
        if self.to_mark && self.is_measured() {
            self.to_mark = false;
            self.bring_mark();
        }
    }

    fn bring_mark(&self) {
        let Some(mark) = self.mark.cast::<Element>() else { return };
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        mark.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
