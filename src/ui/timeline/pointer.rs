//! The pointer's events, carried to the gesture machine and its answers to the page.

use fencepost_sim::FaultId;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::axis::Axis;
use super::board::{Stop, Thing};
use super::change::{self, Change};
use super::edges::{Edging, Held};
use super::gesture::{Field, Gesture, Hit, Input, Part, Point, Response};
use super::grid::Grid;
use super::hit::{Reach, hit};
use super::hover::told;
use super::listen::NextFrame;
use super::menu::Subject;
use super::view::{MARGIN, Msg, Timeline};
use crate::app;

impl Timeline {
    pub(super) fn down(&mut self, event: &PointerEvent, ctx: &Context<Self>) -> bool {
        if event.button() != 0 || !event.is_primary() {
            return false;
        }
        self.keep_placed(ctx);
        self.easing = None;
        self.origin = self.corner();
        let at = self.point(event);
        let hit = self.under(event, ctx);
        self.client = Some(held(event));
        self.pressed_at = Some(held(event).at);
        self.keep_height();
        self.opened = None;
        self.pressed = None;
        if let Some(canvas) = self.canvas.cast::<Element>() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        self.pointer = at;
        self.hover = None;
        self.take(Input::Down { at, hit }, ctx)
    }

    pub(super) fn moved(&mut self, event: &PointerEvent, ctx: &Context<Self>) -> bool {
        if self.gesture == Gesture::Idle {
            return self.look_under(event, ctx);
        }
        self.client = Some(held(event));
        self.queued = true;
        if self.frame.is_none() {
            let link = ctx.link().clone();
            let svg = self.svg.cast::<Element>();
            self.frame = svg.and_then(|svg| NextFrame::new(&svg, move |_| link.send_message(Msg::Frame)));
        }
        false
    }

    /// A mouse that only moves is shown what it could take hold of, and told what it sees.
    fn look_under(&mut self, event: &PointerEvent, ctx: &Context<Self>) -> bool {
        let mouse = event.pointer_type() == "mouse";
        let under = if mouse { self.under(event, ctx) } else { Hit::Nothing };
        self.tell_hovered(fault_under(&under), ctx);
        let cursor = cursor(&under);
        let at = self.point(event);
        let hover = if mouse { told(&ctx.props().picture.scene, at) } else { None };
        let same = std::mem::replace(&mut self.cursor, cursor) == cursor && self.hover == hover;
        if hover.is_some() {
            self.pointer = at;
        }
        self.hover = hover;
        !same
    }

    /// The page shows the line of a fault that is pointed at.
    pub(super) fn tell_hovered(&mut self, fault: Option<FaultId>, ctx: &Context<Self>) {
        if std::mem::replace(&mut self.pointed, fault) != fault {
            ctx.props().on.emit(app::Msg::Hover(fault));
        }
    }

    /// However often the pointer moved, a frame runs and paints once.
    pub(super) fn next_frame(&mut self, ctx: &Context<Self>) -> bool {
        self.frame = None;
        let Some(held) = self.client.filter(|_| std::mem::take(&mut self.queued)) else { return false };
        let at = self.point_of(held.at);
        self.pointer = at;
        let drawn = self.take(Input::Move { at, fine: held.fine }, ctx);
        self.watch_edges(ctx);
        drawn
    }

    pub(super) fn up(&mut self, event: &PointerEvent, ctx: &Context<Self>) -> bool {
        if self.gesture == Gesture::Idle {
            return false;
        }
        self.client = Some(held(event));
        self.queued = true;
        self.next_frame(ctx);
        self.let_go();
        self.take(Input::Up, ctx)
    }

    pub(super) fn lost(&mut self, ctx: &Context<Self>) -> bool {
        self.let_go();
        self.take(Input::Cancel, ctx)
    }

    fn let_go(&mut self) {
        (self.queued, self.client, self.pressed_at, self.origin) = (false, None, None, None);
        self.edging = Edging::default();
    }

    pub(super) fn take(&mut self, input: Input, ctx: &Context<Self>) -> bool {
        let base = ctx.props().base();
        let field = Field { scenario: &base.view.scenario, axis: &base.scene.time_map };
        let (gesture, response) = std::mem::take(&mut self.gesture).step(input, field);
        self.gesture = gesture;
        self.respond(response, ctx)
    }

    fn respond(&mut self, response: Response, ctx: &Context<Self>) -> bool {
        let on = &ctx.props().on;
        match response {
            Response::Quiet => return false,
            Response::Preview(change) => on.emit(app::Msg::Preview(change.map(Into::into))),
            Response::Commit(change) => {
                self.expect(&change);
                on.emit(app::Msg::Commit);
            }
            Response::Revert => on.emit(app::Msg::CancelPreview),
            // Opened now, a menu would lie under the finger when the browser sends the click that belongs to this.
            Response::Open { hit, at } => self.pressed = Some((hit, at)),
        }
        true
    }

    /// The click that ends a press without a drag.
    pub(super) fn click(&mut self, ctx: &Context<Self>) -> bool {
        let Some((hit, at)) = self.pressed.take() else { return false };
        self.clicked(&hit, at, ctx);
        true
    }

    /// A new fault gets the focus; and one that asks at once how it is meant, such as a partition, its menu.
    pub(super) fn expect(&mut self, change: &Change) {
        use fencepost_scenario::model::FaultSpec;
        let Change::Add(fault) = change else { return };
        if change::message_of(fault).is_some() {
            return;
        }
        self.keys.expected = Some(fault.clone());
        self.keys.at.get_or_insert_with(|| self.board.first());
        let asks =
            matches!(fault, FaultSpec::Partition { .. } | FaultSpec::ClockRate { .. } | FaultSpec::ClockJump { .. });
        self.open_new = asks.then_some(self.pointer);
    }

    fn clicked(&mut self, hit: &Hit, at: Point, ctx: &Context<Self>) {
        let base = ctx.props().base();
        let Some(stop) = self.stop_of(hit, at, &base.scene.time_map) else { return };
        if let Thing::Repeat(key) = stop.thing {
            self.keys.at = Some(stop);
            ctx.props().on.emit(app::Msg::ToggleRepeat(key));
            return;
        }
        let pin = matches!(stop.thing, Thing::Pin(_));
        self.keys.at = Some(stop.clone());
        self.tell_selection(ctx);
        if !pin {
            self.open(Subject::Stop(stop), at);
        }
    }

    /// What a click means to the keyboard: the same thing, focused.
    fn stop_of(&self, hit: &Hit, at: Point, axis: &dyn Axis) -> Option<Stop> {
        let now = || Grid::new(axis).nearest(at.y);
        let find = |thing: Thing| {
            let found = self.board.stops.iter().flatten().filter(|stop| stop.thing == thing);
            found.min_by_key(|stop| stop.time.0.abs_diff(now().0)).cloned()
        };
        match hit {
            Hit::Lane(lane) => Some(self.board.moment(*lane, now())),
            Hit::Fault { fault, .. } | Hit::Moment(fault) => find(Thing::Fault(*fault)),
            Hit::Message { flight, .. } => find(Thing::Message(flight.name.clone())),
            Hit::Pin(event) => find(Thing::Pin(*event)),
            Hit::Repeat(key) => find(Thing::Repeat(*key)),
            Hit::Gap(_) | Hit::Nothing => None,
        }
    }

    fn point(&self, event: &PointerEvent) -> Point {
        self.point_of(held(event).at)
    }

    /// A place of the window as one of the picture.
    pub(super) fn point_of(&self, client: Point) -> Point {
        let (left, top) = self.origin.or_else(|| self.corner()).unwrap_or_default();
        Point { x: client.x - left, y: client.y - top - f64::from(MARGIN) }
    }

    /// Where the picture's corner is in the window. Kept during a gesture: when words above the diagram grow by a line
    /// and push it down, that is not the hand moving.
    pub(super) fn corner(&self) -> Option<(f64, f64)> {
        let rect = self.svg.cast::<Element>()?.get_bounding_client_rect();
        Some((rect.left(), rect.top()))
    }

    fn under(&self, event: &PointerEvent, ctx: &Context<Self>) -> Hit {
        let picture = &ctx.props().picture;
        let reach = if event.pointer_type() == "touch" { Reach::COARSE } else { Reach::FINE };
        hit(&picture.scene, &picture.run.trace, self.point(event), reach)
    }

    /// The grip that is held or under the pointer, as its fault and whether it is the end.
    pub(super) fn hot(&self) -> Option<(usize, bool)> {
        let (fault, part) = match &self.gesture {
            Gesture::Pressed { hit: Hit::Fault { fault, part, .. }, .. } => (*fault, *part),
            Gesture::Dragging { drag: super::gesture::Drag::Fault(fault, part, _), .. } => (*fault, *part),
            _ => return None,
        };
        (part != Part::Body).then_some((fault, part == Part::End))
    }
}

fn held(event: &PointerEvent) -> Held {
    let at = Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) };
    Held { at, fine: event.shift_key() || event.alt_key() }
}

/// The fault that is pointed at.
fn fault_under(hit: &Hit) -> Option<FaultId> {
    match hit {
        Hit::Fault { fault, .. } | Hit::Moment(fault) => Some(FaultId(*fault as u16)),
        Hit::Lane(_) | Hit::Gap(_) | Hit::Message { .. } | Hit::Pin(_) | Hit::Repeat(_) | Hit::Nothing => None,
    }
}

/// The class that sets the pointer's shape.
fn cursor(hit: &Hit) -> &'static str {
    match hit {
        Hit::Lane(_) => "on-lane",
        Hit::Gap(_) => "on-gap",
        Hit::Fault { part: Part::Body, .. } | Hit::Moment(_) => "on-body",
        Hit::Fault { .. } | Hit::Message { head: true, .. } => "on-grip",
        Hit::Message { .. } | Hit::Pin(_) | Hit::Repeat(_) => "on-thing",
        Hit::Nothing => "",
    }
}
