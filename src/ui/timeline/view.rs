//! The component: it listens, asks the pure machines what is meant, tells the page, and paints the picture it is given.
//!
//! It holds only what is under the reader's hand: the gesture, the focus, the open menu, the stretch in view. What
//! becomes of a change is the page's; pointer and keys are in `super::pointer` and `super::keyboard`.

use std::cell::Cell;
use std::rc::Rc;

use fencepost_scene::{Px, Scene, Slice};
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::board::Board;
use super::easing::Easing;
use super::gesture::{Gesture, Hit, Point};
use super::heads::heads;
use super::keys::Keys;
use super::layers::{Layers, chosen, grip_layer, pads, ring};
use super::listen::{Listener, NextFrame, SizeWatch, window_of};
use super::menu::Act;
use super::opened::Opened;
use crate::app::{Picture, Target};

/// What the page gives.
#[derive(Properties)]
pub struct Props {
    /// The run to show; during a drag, the run with the dragged edit.
    pub picture: Rc<Picture>,
    /// During a drag, the run from before it, whose time axis is kept.
    pub before: Option<Rc<Picture>>,
    /// What the page has selected.
    pub selection: Option<Target>,
    /// Where everything goes that the reader means.
    pub on: Callback<crate::app::Msg>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Option<Rc<Picture>>, b: &Option<Rc<Picture>>| match (a, b) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        Rc::ptr_eq(&self.picture, &other.picture)
            && same(&self.before, &other.before)
            && self.selection == other.selection
            && self.on == other.on
    }
}

impl Props {
    /// The run that edits are made upon.
    pub fn base(&self) -> &Rc<Picture> {
        self.before.as_ref().unwrap_or(&self.picture)
    }
}

/// What happens to the diagram.
pub enum Msg {
    /// The pointer was pressed.
    Down(PointerEvent),
    /// It moved.
    Move(PointerEvent),
    /// It was released.
    Up(PointerEvent),
    /// The press is over, and was a click.
    Click,
    /// The browser took it away.
    Lost,
    /// A frame is about to be painted, with what the pointer did since the last.
    Frame,
    /// A frame is about to be painted, on the way to another axis.
    Ease,
    /// A key was pressed.
    Key(KeyboardEvent),
    /// A key was let go.
    KeyUp(KeyboardEvent),
    /// The diagram got the focus.
    Focus,
    /// The diagram lost the focus.
    Blur,
    /// Something was scrolled.
    Scrolled,
    /// The diagram has another size.
    Resized,
    /// A header was pressed.
    Header(usize),
    /// A control of the open menu.
    Act(Act),
}

/// The diagram. Its fields are shared with the modules that handle pointer, keys and menus.
pub struct Timeline {
    pub(super) ids: AttrValue,
    pub(super) root: NodeRef,
    pub(super) canvas: NodeRef,
    pub(super) svg: NodeRef,
    pub(super) here: NodeRef,
    pub(super) panel: NodeRef,
    pub(super) board: Board,
    pub(super) gesture: Gesture,
    pub(super) pressed: Option<(Hit, Point)>,
    pub(super) pointer: Point,
    pub(super) queued: Option<(Point, bool)>,
    pub(super) frame: Option<NextFrame>,
    pub(super) cursor: &'static str,
    pub(super) keys: Keys,
    pub(super) focused: bool,
    pub(super) opened: Option<Opened>,
    pub(super) open_new: Option<Point>,
    pub(super) reveal: bool,
    pub(super) easing: Option<Easing>,
    pub(super) origin: Option<(f64, f64)>,
    in_view: (Px, Px),
    width: u32,
    ears: (Option<Listener>, Option<SizeWatch>),
}

/// The picture begins so far above its first moment.
pub const MARGIN: i32 = 16;

thread_local! {
    // Only so that the names of two diagrams' patterns differ.
    static DIAGRAMS: Cell<u32> = const { Cell::new(0) };
}

fn next_ids() -> AttrValue {
    let number = DIAGRAMS.with(|count| {
        count.set(count.get() + 1);
        count.get()
    });
    AttrValue::from(format!("diagram{number}"))
}

fn read(picture: &Picture) -> Board {
    Board::read(&picture.view.scenario, &picture.run.trace, &picture.scene)
}

impl Component for Timeline {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            ids: next_ids(),
            root: NodeRef::default(),
            canvas: NodeRef::default(),
            svg: NodeRef::default(),
            here: NodeRef::default(),
            panel: NodeRef::default(),
            board: read(ctx.props().base()),
            gesture: Gesture::Idle,
            pressed: None,
            pointer: Point::default(),
            queued: None,
            frame: None,
            cursor: "",
            keys: Keys::default(),
            focused: false,
            opened: None,
            open_new: None,
            reveal: false,
            easing: None,
            origin: None,
            in_view: (Px::new(-MARGIN), Px::new(3_000)),
            width: 0,
            ears: (None, None),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let new = ctx.props();
        if !Rc::ptr_eq(new.base(), old.base()) {
            self.board = read(new.base());
            self.keys.rerun(&self.board, &new.base().view.scenario);
            self.refresh_menu();
        }
        if !Rc::ptr_eq(&new.picture, &old.picture) {
            self.ease(ctx, old);
        }
        if new.selection != old.selection {
            self.follow(new.selection.as_ref(), ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Down(event) => self.down(&event, ctx),
            Msg::Move(event) => self.moved(&event, ctx),
            Msg::Up(event) => self.up(&event, ctx),
            Msg::Click => self.click(ctx),
            Msg::Lost => self.lost(ctx),
            Msg::Frame => self.next_frame(ctx),
            Msg::Ease => self.ease_on(ctx),
            Msg::Key(event) => self.key(&event, ctx),
            Msg::KeyUp(event) => self.key_up(&event, ctx),
            Msg::Focus => std::mem::replace(&mut self.focused, true) != self.focused,
            Msg::Blur => self.blur(ctx),
            Msg::Scrolled => self.scrolled(),
            Msg::Resized => self.measure(ctx),
            Msg::Header(lane) => self.toggle_header(lane, ctx),
            Msg::Act(act) => self.act(act, ctx),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let scene = self.scene(ctx);
        let open = self.opened.as_ref().and_then(Opened::lane);
        let (above, below) =
            if open.is_some() { (self.menu(ctx), Opened::none()) } else { (Opened::none(), self.menu(ctx)) };
        let easing = self.easing.is_some().then_some("easing");
        let class = classes!("diagram", self.gesture.is_dragging().then_some("dragging"), easing);
        html! {
            <section {class} ref={self.root.clone()}>
                { heads(scene, open, &ctx.link().callback(Msg::Header), above) }
                { self.canvas(ctx) }
                { below }
                <p class="hidden" aria-live="polite">{ self.spoken(ctx) }</p>
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.listen(ctx);
            ctx.link().send_message(Msg::Resized);
        }
        self.settle();
    }
}

impl Timeline {
    fn scrolled(&mut self) -> bool {
        if self.origin.is_some() {
            self.origin = self.corner();
        }
        self.look()
    }

    fn listen(&mut self, ctx: &Context<Self>) {
        let Some(root) = self.root.cast::<Element>() else { return };
        let (scrolled, resized) = (ctx.link().clone(), ctx.link().clone());
        let window = window_of(&root);
        self.ears.0 =
            window.map(|window| Listener::new(window.into(), "scroll", move || scrolled.send_message(Msg::Scrolled)));
        self.ears.1 = SizeWatch::new(&root, move || resized.send_message(Msg::Resized));
    }

    /// Tells the page how wide the diagram may be.
    fn measure(&mut self, ctx: &Context<Self>) -> bool {
        let Some(root) = self.root.cast::<Element>() else { return false };
        let width = root.client_width().max(0) as u32;
        if width > 0 && std::mem::replace(&mut self.width, width) != width {
            ctx.props().on.emit(crate::app::Msg::Resize(width));
        }
        self.look()
    }

    /// Finds the stretch in view, in steps, so that scrolling a little draws nothing anew.
    fn look(&mut self) -> bool {
        const STEP: f64 = 400.0;
        let Some(svg) = self.svg.cast::<Element>() else { return false };
        let height = window_of(&svg).and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or(1_000.0);
        let above = -svg.get_bounding_client_rect().top();
        let top = ((above / STEP).floor() - 1.0) * STEP;
        let bottom = (((above + height) / STEP).ceil() + 1.0) * STEP;
        let in_view = (Px::from_f64(top), Px::from_f64(bottom));
        std::mem::replace(&mut self.in_view, in_view) != in_view
    }

    fn canvas(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        html! {
            <div class="canvas" ref={self.canvas.clone()} tabindex="0" role="application"
                aria-roledescription="sequence diagram" aria-label={self.spoken_label(ctx)}
                onkeydown={link.callback(Msg::Key)} onkeyup={link.callback(Msg::KeyUp)}
                onfocus={link.callback(|_| Msg::Focus)} onblur={link.callback(|_| Msg::Blur)}
                onpointerdown={link.callback(Msg::Down)} onpointermove={link.callback(Msg::Move)}
                onpointerup={link.callback(Msg::Up)} onpointercancel={link.callback(|_| Msg::Lost)}
                onclick={link.callback(|_| Msg::Click)}>
                { self.drawing(ctx) }
                { pads(&self.slice_of(ctx)) }
                { self.readout(self.scene(ctx)) }
                { self.marker(ctx) }
            </div>
        }
    }

    fn slice_of<'a>(&'a self, ctx: &'a Context<Self>) -> Slice<'a> {
        let (top, bottom) = self.in_view;
        self.scene(ctx).slice(top, bottom)
    }

    fn drawing(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let scene = self.scene(ctx);
        let (top, bottom) = self.in_view;
        let slice = self.slice_of(ctx);
        let ghost = props.before.as_ref().map(|before| before.scene.slice(top, bottom));
        let layers = Layers { scene, slice: &slice, ghost: ghost.as_ref(), picture: &props.picture, ids: &self.ids };
        let (width, height) = (scene.width, scene.height + Px::new(2 * MARGIN));
        let shown = self.focused || props.selection.is_some();
        let thing = self.keys.at.as_ref().filter(|_| shown).map(|at| &at.thing);
        let ring_at = if shown { self.ring_at(scene) } else { None };
        html! {
            <svg ref={self.svg.clone()} class={classes!("picture", self.cursor)} role="img" aria-label={scene.title.clone()}
                viewBox={format!("0 {} {width} {height}", -MARGIN)} width={width.to_string()} height={height.to_string()}>
                <desc>{ scene.desc.clone() }</desc>
                { chosen(scene, &slice, thing) }
                { layers.draw() }
                { ring(ring_at) }
                { grip_layer(&slice, self.hot()) }
            </svg>
        }
    }

    /// The small words at the pointer.
    fn readout(&self, scene: &Scene) -> Html {
        let Some(words) = self.gesture.readout() else { return html! { <output class="readout" hidden=true /> } };
        let left_side = self.pointer.x > scene.width.to_f64() - 180.0;
        let class = classes!("readout", left_side.then_some("left"));
        let style =
            format!("left:{}px;top:{}px", Px::from_f64(self.pointer.x), Px::from_f64(self.pointer.y) + Px::new(MARGIN));
        html! { <output {class} {style} aria-hidden="true">{ words }</output> }
    }

    /// An invisible element where the focus is, to be scrolled into view.
    fn marker(&self, ctx: &Context<Self>) -> Html {
        let at = self.ring_at(self.scene(ctx)).unwrap_or_default();
        let style = format!("left:{}px;top:{}px", at.0, at.1 + Px::new(MARGIN));
        html! { <i class="here" data-target="" ref={self.here.clone()} {style} /> }
    }

    /// After painting: what should be seen is scrolled to, and a menu just opened gets the focus.
    fn settle(&mut self) {
        if std::mem::take(&mut self.reveal)
            && let Some(here) = self.here.cast::<Element>()
        {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
            here.scroll_into_view_with_scroll_into_view_options(&options);
        }
        self.enter_menu();
    }

    pub(super) fn take_focus(&self) {
        if let Some(canvas) = self.canvas.cast::<HtmlElement>() {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = canvas.focus_with_options(&options);
        }
    }
}
