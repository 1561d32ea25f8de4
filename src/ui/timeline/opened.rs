//! The open menu: where it stands, how it gets and gives back the focus, and what its controls bring about.

use fencepost_scene::{Px, Scene};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::board::Thing;
use super::edges::Seen;
use super::gesture::Point;
use super::menu::{Act, Bench, Subject, menu};
use super::view::{MARGIN, Msg, Timeline};
use crate::app;

/// An open menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// What it is about.
    pub subject: Subject,
    /// Where it was opened, in the scene.
    pub at: Point,
    /// Whether it already got the focus.
    pub entered: bool,
}

impl Opened {
    /// The lane whose header it belongs to.
    pub fn lane(&self) -> Option<usize> {
        match self.subject {
            Subject::Header(lane) => Some(lane),
            Subject::Stop(_) => None,
        }
    }

    /// In place of a menu that is not open.
    pub fn none() -> Html {
        html! { <div class="menu" hidden=true /> }
    }
}

/// How wide a menu is where there is room.
const WIDTH: f64 = 272.0;

impl Timeline {
    pub(super) fn open(&mut self, subject: Subject, at: Point) {
        self.opened = Some(Opened { subject, at, entered: false });
    }

    pub(super) fn toggle_header(&mut self, lane: usize, ctx: &Context<Self>) -> bool {
        let subject = Subject::Header(lane);
        if self.opened.as_ref().is_some_and(|opened| opened.subject == subject) {
            self.opened = None;
            return true;
        }
        let x = ctx.props().picture.scene.lanes.get(lane).map_or(0.0, |lane| lane.x.to_f64());
        self.open(subject, Point { x, y: 0.0 });
        true
    }

    pub(super) fn act(&mut self, act: Act, ctx: &Context<Self>) -> bool {
        let on = &ctx.props().on;
        let dragging = ctx.props().before.is_some();
        match act {
            Act::Try(change) => on.emit(app::Msg::Preview(Some(change.into()))),
            Act::Set(change) if dragging => {
                on.emit(app::Msg::Preview(Some(change.into())));
                on.emit(app::Msg::Commit);
            }
            Act::Set(change) => on.emit(app::Msg::Apply(change.into())),
            Act::Do(change) => {
                let at = self.opened.take().map_or(self.pointer, |opened| opened.at);
                self.take_focus();
                self.expect(&change);
                self.open_new = self.open_new.and(Some(at));
                on.emit(app::Msg::Apply(change.into()));
            }
            Act::Close => self.close(),
        }
        true
    }

    /// Closes the menu; the focus goes back to where it was opened.
    fn close(&mut self) {
        match self.opened.take().and_then(|opened| opened.lane()) {
            Some(lane) => self.focus_head(lane),
            None => self.take_focus(),
        }
    }

    /// Gives the focus to the header of a lane.
    pub(super) fn focus_head(&self, lane: usize) {
        let heads = self.root.cast::<Element>().and_then(|root| root.query_selector_all(".heads .head").ok());
        let head = heads.and_then(|heads| heads.get(lane as u32));
        if let Some(head) = head.and_then(|head| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(head).ok()) {
            let _ = head.focus();
        }
    }

    /// Escape closes a menu, wherever in the diagram the focus is.
    pub(super) fn escape(&mut self, event: &KeyboardEvent) -> bool {
        if event.key() != "Escape" || self.opened.is_none() {
            return false;
        }
        event.stop_propagation();
        self.close();
        true
    }

    /// After a new run the menu speaks of the same thing, or closes when that is gone.
    pub(super) fn refresh_menu(&mut self) {
        if let Some(at) = self.open_new.take()
            && let Some(stop) = self.keys.at.clone().filter(|stop| matches!(stop.thing, Thing::Fault(_)))
        {
            self.open(Subject::Stop(stop), at);
        }
        let Some(Opened { subject: Subject::Stop(stop), .. }) = &mut self.opened else { return };
        let again = self.board.again(stop);
        if again.thing == stop.thing {
            *stop = again;
        } else {
            self.opened = None;
        }
    }

    /// A menu just painted gets the focus: what is chosen in it, else its first control.
    pub(super) fn enter_menu(&mut self) {
        let Some(opened) = self.opened.as_mut().filter(|opened| !opened.entered) else { return };
        opened.entered = true;
        let Some(panel) = self.panel.cast::<Element>() else { return };
        let first = ["input:checked", ".controls input, .controls button"]
            .into_iter()
            .find_map(|selector| panel.query_selector(selector).ok().flatten());
        if let Some(first) = first.and_then(|first| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(first).ok()) {
            let _ = first.focus();
        }
        self.clear_of(&panel);
    }

    /// Where the menu is a sheet over the lower part of the window, what it is about is scrolled above it.
    fn clear_of(&self, panel: &Element) {
        let Some((Subject::Stop(_), at)) = self.opened.as_ref().map(|opened| (&opened.subject, opened.at)) else {
            return;
        };
        let (Some((_, top)), Some(seen)) = (self.corner(), self.seen()) else { return };
        let sheet = panel.get_bounding_client_rect();
        if sheet.left() <= 0.0 && sheet.bottom() >= seen.down.1 {
            let hidden = top + f64::from(MARGIN) + at.y - (sheet.top() - 48.0);
            self.scroll_by(0.0, hidden.max(0.0).round());
        }
    }

    pub(super) fn menu(&self, ctx: &Context<Self>) -> Html {
        let Some(opened) = &self.opened else { return Opened::none() };
        let act = ctx.link().callback(Msg::Act);
        let base = ctx.props().base();
        let now = self.keys.at.as_ref().map(|at| at.time);
        // What a hand is just trying shows its own measure.
        let bench = Bench { picture: base, scenario: &base.view.scenario, board: &self.board, now, act: &act };
        let (title, controls) = menu(&opened.subject, bench);
        let (class, style) = self.placed(opened, &ctx.props().picture.scene);
        let close = act.reform(|_: MouseEvent| Act::Close);
        html! {
            <div {class} {style} ref={self.panel.clone()} role="dialog" aria-label={title.clone()}>
                <header>
                    <b>{ title }</b>
                    <button type="button" class="close" aria-label="Close" onclick={close}>{ "×" }</button>
                </header>
                <div class="controls">{ controls }</div>
            </div>
        }
    }

    /// Where a menu stands: beside what it is about, never over it, and wholly in view. A header's hangs below the headers;
    /// another one lies below the hand, or above it where there is more room. What does not fit is scrolled.
    fn placed(&self, opened: &Opened, scene: &Scene) -> (&'static str, String) {
        let whole = Seen { across: (0.0, scene.width.to_f64()), down: (0.0, 600.0) };
        let (seen, (left, top)) = (self.seen().unwrap_or(whole), self.corner().unwrap_or_default());
        let x = beside(opened.at.x, (seen.across.0 - left, seen.across.1 - left));
        let style = |top: String, room: f64| {
            let (x, width, room) = (Px::from_f64(x), Px::from_f64(WIDTH), Px::from_f64(room.max(LEAST_ROOM)));
            format!("left:{x}px;top:{top};width:{width}px;--room:{room}px")
        };
        if opened.lane().is_some() {
            return ("menu", style("calc(100% + 6px)".into(), seen.down.1 - seen.down.0 - 14.0));
        }
        let client = top + f64::from(MARGIN) + opened.at.y;
        let (above, below) = (client - seen.down.0 - 8.0, seen.down.1 - client - 8.0);
        let class = if below < above && below < ENOUGH_ROOM { "menu above" } else { "menu" };
        let room = if class == "menu" { below } else { above };
        let top = Px::from_f64(opened.at.y) + Px::new(MARGIN) + scene.header;
        (class, style(format!("{top}px"), room))
    }
}

/// How far a menu stands from what it is about.
const BESIDE: f64 = 24.0;
/// A menu is at least so high, and one below the hand stays there if it can be so high.
const LEAST_ROOM: f64 = 140.0;
const ENOUGH_ROOM: f64 = 420.0;

/// Where a menu begins, from the left: right of a place, else left of it, else as far right as it fits.
fn beside(x: f64, (from, until): (f64, f64)) -> f64 {
    let (right, left, most) = (x + BESIDE, x - BESIDE - WIDTH, until - WIDTH - 8.0);
    match () {
        () if right <= most => right,
        () if left >= from + 8.0 => left,
        () => most.max(from + 8.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_stands_beside_its_lane_and_in_view() {
        for (x, seen) in
            [(100.0, (0.0, 800.0)), (700.0, (0.0, 800.0)), (500.0, (300.0, 1_000.0)), (420.0, (0.0, 728.0))]
        {
            let left = beside(x, seen);
            assert!(left >= seen.0 + 8.0 && left + WIDTH <= seen.1 - 8.0, "{x}: {left} is not in {seen:?}");
            assert!(x < left || x > left + WIDTH, "{x}: the menu at {left} covers it");
        }
        assert_eq!(beside(200.0, (0.0, 400.0)), 120.0, "where neither side has room it is in view all the same");
    }
}
