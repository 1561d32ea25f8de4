//! The open menu: where it stands, how it gets and gives back the focus, and what its controls bring about.

use fencepost_scene::{Px, Scene};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::board::Thing;
use super::gesture::Point;
use super::listen::window_of;
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
        let x = ctx.props().picture.scene.lanes.get(lane).map_or(0.0, |lane| lane.x.to_f64() - WIDTH / 2.0);
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
            Act::Close => {
                self.opened = None;
                self.take_focus();
            }
        }
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
    }

    pub(super) fn menu(&self, ctx: &Context<Self>) -> Html {
        let Some(opened) = &self.opened else { return Opened::none() };
        let act = ctx.link().callback(Msg::Act);
        let base = ctx.props().base();
        let now = self.keys.at.clone().unwrap_or_else(|| self.board.first()).time;
        // What a hand is just trying shows its own measure.
        let bench = Bench { picture: base, scenario: &base.view.scenario, board: &self.board, now, act: &act };
        let (title, controls) = menu(&opened.subject, bench);
        let (class, style) = self.placed(opened, &ctx.props().picture.scene);
        let (close, escape) = (act.reform(|_: MouseEvent| Act::Close), act.clone());
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                escape.emit(Act::Close);
            }
        });
        html! {
            <div {class} {style} ref={self.panel.clone()} role="dialog" aria-label={title.clone()} {onkeydown}>
                <header>
                    <b>{ title }</b>
                    <button type="button" class="close" aria-label="Close" onclick={close}>{ "×" }</button>
                </header>
                <div class="controls">{ controls }</div>
            </div>
        }
    }

    /// Where a menu stands: under its header, or beside the hand and on the side where there is more room.
    fn placed(&self, opened: &Opened, scene: &Scene) -> (&'static str, String) {
        let most = scene.width.to_f64() - WIDTH - 8.0;
        let left = |x: f64| Px::from_f64(x.min(most).max(8.0));
        if opened.lane().is_some() {
            return (
                "menu",
                format!("left:{}px;top:calc(100% + 6px);width:{}px", left(opened.at.x), Px::from_f64(WIDTH)),
            );
        }
        let top = Px::from_f64(opened.at.y) + Px::new(MARGIN) + scene.header;
        let class = if self.is_low(opened.at) { "menu above" } else { "menu" };
        (class, format!("left:{}px;top:{top}px;width:{}px", left(opened.at.x + 24.0), Px::from_f64(WIDTH)))
    }

    /// Whether a point is in the lower half of the window.
    fn is_low(&self, at: Point) -> bool {
        let Some(svg) = self.svg.cast::<Element>() else { return false };
        let height = window_of(&svg).and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or(0.0);
        svg.get_bounding_client_rect().top() + at.y > height / 2.0
    }
}
