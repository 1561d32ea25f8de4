//! The component: it listens, asks the pure machines what is meant, tells the page, and paints the picture it is given.
//!
//! It holds only what is under the reader's hand: the gesture, the focus, the open menu, the stretch in view. What
//! becomes of a change is the page's; pointer and keys are in `super::pointer` and `super::keyboard`.

use std::cell::Cell;
use std::rc::Rc;

use fencepost_scene::Px;
use fencepost_sim::{FaultId, Time};
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::board::Board;
use super::drawing::Drawing;
use super::easing::Easing;
use super::edges::{Edging, Held};
use super::gesture::{Gesture, Hit, Point};
use super::hover::{Saying, Told};
use super::keys::Keys;
use super::layers::{chosen, grip_layer, pads, ring};
use super::listen::{Listener, NextFrame, SizeWatch, ViewWatch, matches_media, window_of};
use super::menu::Act;
use super::opened::Opened;
use super::window::Part;
use crate::app::{Picture, Target};

/// What the page gives.
#[derive(Properties)]
pub struct Props {
    /// The run to show; during a drag, the run with the dragged edit.
    pub picture: Rc<Picture>,
    /// During a drag, the run from before it, whose time axis is kept.
    pub before: Option<Rc<Picture>>,
    /// The moment that a link leads to, and how many such links there were before.
    pub mark: Option<(u32, Time)>,
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
            && self.mark == other.mark
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
    /// It left the diagram.
    Out,
    /// A frame is about to be painted, with what the pointer did since the last.
    Frame,
    /// A frame is about to be painted, at this time of the browser's, while a drag is near an edge.
    Edge(f64),
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
    /// A stretch that is not painted came near the window, or left it.
    Uncovered,
    /// The diagram has another size.
    Resized,
    /// A header was pressed.
    Header(usize),
    /// The lanes out of view are asked for, to the right or to the left.
    Beyond(bool),
    /// A key was pressed anywhere in the diagram, and nothing else took it.
    Escape(KeyboardEvent),
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
    pub(super) client: Option<Held>,
    pub(super) pressed_at: Option<Point>,
    pub(super) queued: bool,
    pub(super) edging: Edging,
    pub(super) kept: Option<Px>,
    pub(super) invited: Px,
    pub(super) frame: Option<NextFrame>,
    pub(super) cursor: &'static str,
    pub(super) hover: Option<Told>,
    pub(super) pointed: Option<FaultId>,
    pub(super) keys: Keys,
    pub(super) focused: bool,
    pub(super) opened: Option<Opened>,
    pub(super) open_new: Option<Point>,
    pub(super) reveal: bool,
    pub(super) easing: Option<Easing>,
    pub(super) origin: Option<(f64, f64)>,
    pub(super) in_view: Part,
    width: u32,
    unmeasured: bool,
    touch: bool,
    pub(super) across: (f64, f64),
    pub(super) mark: NodeRef,
    pub(super) to_mark: bool,
    pub(super) unpainted: [NodeRef; 2],
    ears: Ears,
}

/// What it listens to in the browser; kept only to be dropped.
#[derive(Default)]
struct Ears {
    window: [Option<Listener>; 2],
    size: Option<SizeWatch>,
    rest: Option<ViewWatch>,
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
            client: None,
            pressed_at: None,
            queued: false,
            edging: Edging::default(),
            kept: None,
            invited: Px::ZERO,
            frame: None,
            cursor: "",
            hover: None,
            pointed: None,
            keys: Keys::default(),
            focused: false,
            opened: None,
            open_new: None,
            reveal: false,
            easing: None,
            origin: None,
            in_view: Part::FIRST,
            width: 0,
            unmeasured: true,
            touch: false,
            across: (0.0, f64::INFINITY),
            mark: NodeRef::default(),
            to_mark: ctx.props().mark.is_some(),
            unpainted: Default::default(),
            ears: Ears::default(),
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
        self.to_mark = new.mark.is_some() && (self.to_mark || new.mark != old.mark);
        self.forget_height(old, new);
        self.unmeasured &= Rc::ptr_eq(&new.picture, &old.picture);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Down(event) => self.down(&event, ctx),
            Msg::Move(event) => self.moved(&event, ctx),
            Msg::Up(event) => self.up(&event, ctx),
            Msg::Click => self.click(ctx),
            Msg::Lost => self.lost(ctx),
            Msg::Out => {
                self.tell_hovered(None, ctx);
                self.hover.take().is_some()
            }
            Msg::Frame => self.next_frame(ctx),
            Msg::Edge(now) => self.edge(now, ctx),
            Msg::Ease => self.ease_on(ctx),
            Msg::Key(event) => self.key(&event, ctx),
            Msg::KeyUp(event) => self.key_up(&event, ctx),
            Msg::Focus => std::mem::replace(&mut self.focused, true) != self.focused,
            Msg::Blur => self.blur(ctx),
            Msg::Scrolled => self.scrolled(ctx),
            Msg::Uncovered => self.look(),
            Msg::Resized => self.measure(ctx),
            Msg::Header(lane) => self.toggle_header(lane, ctx),
            Msg::Beyond(right) => self.go_beyond(right, ctx),
            Msg::Escape(event) => self.escape(&event),
            Msg::Act(act) => self.act(act, ctx),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let open = self.opened.as_ref().and_then(Opened::lane);
        let (above, below) =
            if open.is_some() { (self.menu(ctx), Opened::none()) } else { (Opened::none(), self.menu(ctx)) };
        let easing = self.easing.is_some().then_some("easing");
        let beyond = self.beyond(self.scene(ctx));
        let faded = (self.opened.is_none() && beyond.right > 0).then_some("goes-on");
        let class = classes!("diagram", self.gesture.is_dragging().then_some("dragging"), easing, faded);
        html! {
            <section {class} ref={self.root.clone()} onkeydown={ctx.link().callback(Msg::Escape)}>
                { self.heads(ctx, open, above) }
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
        self.go_to_mark();
    }
}

impl Timeline {
    /// Whether the picture has the width that there is for it.
    pub(super) fn is_measured(&self) -> bool {
        self.width > 0 && !self.unmeasured
    }

    fn scrolled(&mut self, ctx: &Context<Self>) -> bool {
        let moved = if self.client.is_some() { self.follow_scroll(ctx) } else { self.drop_height() };
        self.look() || moved
    }

    fn listen(&mut self, ctx: &Context<Self>) {
        let Some(root) = self.root.cast::<Element>() else { return };
        self.touch = matches_media(&root, "(any-pointer: coarse)");
        let tell = |msg: fn() -> Msg| {
            let link = ctx.link().clone();
            move || link.send_message(msg())
        };
        let hear = |event, msg| Some(Listener::new(window_of(&root)?.into(), event, tell(msg)));
        self.ears.window = [hear("scroll", || Msg::Scrolled), hear("resize", || Msg::Resized)];
        self.ears.size = SizeWatch::new(&root, tell(|| Msg::Resized));
        self.ears.rest = self.watch_unpainted(ctx);
    }

    /// Tells the page how wide the diagram may be.
    fn measure(&mut self, ctx: &Context<Self>) -> bool {
        let Some(root) = self.root.cast::<Element>() else { return false };
        let width = root.client_width().max(0) as u32;
        if width > 0 && std::mem::replace(&mut self.width, width) != width {
            self.unmeasured = true;
            ctx.props().on.emit(crate::app::Msg::Resize(width));
        }
        self.look()
    }

    fn canvas(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        html! {
            <div class="canvas" ref={self.canvas.clone()} style={self.height_kept()} tabindex="0" role="application"
                aria-roledescription="sequence diagram" aria-label={self.spoken_label(ctx)}
                onkeydown={link.callback(Msg::Key)} onkeyup={link.callback(Msg::KeyUp)}
                onfocus={link.callback(|_| Msg::Focus)} onblur={link.callback(|_| Msg::Blur)}
                onpointerdown={link.callback(Msg::Down)} onpointermove={link.callback(Msg::Move)}
                onpointerup={link.callback(Msg::Up)} onpointercancel={link.callback(|_| Msg::Lost)}
                onpointerleave={link.callback(|_| Msg::Out)} onclick={link.callback(|_| Msg::Click)}>
                { self.unpainted(self.scene(ctx)) }
                { self.drawing(ctx) }
                { self.pads(ctx) }
                { self.readout(ctx) }
                { self.marker(ctx) }
                { self.mark_place(ctx.props().mark.map(|mark| mark.1), self.scene(ctx)) }
            </div>
        }
    }

    /// Only where there may be a finger: for others they would be as many nodes again, moved by every frame for nobody.
    fn pads(&self, ctx: &Context<Self>) -> Html {
        if self.touch {
            pads(&self.in_view.of(self.scene(ctx)))
        } else {
            html! { <div class="pads" /> }
        }
    }

    fn drawing(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let scene = self.scene(ctx);
        let slice = self.in_view.of(scene);
        let ghost = props.before.as_ref().map(|before| before.scene.clone());
        let (width, height) = (scene.width, scene.height + Px::new(2 * MARGIN));
        let shown = self.focused || props.selection.is_some();
        let thing = self.keys.at.as_ref().filter(|_| shown).map(|at| &at.thing);
        let ring_at = if shown { self.ring_at(scene) } else { None };
        html! {
            <svg ref={self.svg.clone()} class={classes!("picture", self.cursor)} role="img" aria-label={scene.title.clone()}
                viewBox={format!("0 {} {width} {height}", -MARGIN)} width={width.to_string()} height={height.to_string()}>
                <desc>{ scene.desc.clone() }</desc>
                { chosen(scene, &slice, thing) }
                <Drawing scene={scene.clone()} {ghost} in_view={self.in_view} ids={self.ids.clone()} />
                { self.mark_line(props.mark.map(|mark| mark.1), scene) }
                { ring(ring_at) }
                { grip_layer(&slice, self.hot()) }
            </svg>
        }
    }

    /// The small words at the pointer: what a drag amounts to, or what it rests on.
    fn readout(&self, ctx: &Context<Self>) -> Html {
        let scene = self.scene(ctx);
        let (kind, words) = match (self.gesture.readout(), &self.hover) {
            (Some(words), _) => ("readout", html! { words }),
            (None, Some(told)) if self.opened.is_none() => ("readout told", self.tell(told, ctx)),
            _ => return html! { <output class="readout" hidden=true /> },
        };
        let half = scene.width.to_f64() / 2.0;
        let class = classes!(kind, (self.pointer.x > half).then_some("left"));
        let style =
            format!("left:{}px;top:{}px", Px::from_f64(self.pointer.x), Px::from_f64(self.pointer.y) + Px::new(MARGIN));
        html! { <output {class} {style} aria-hidden="true">{ words }</output> }
    }

    /// What lies under the pointer, and what the clocks show there.
    fn tell(&self, told: &Told, ctx: &Context<Self>) -> Html {
        let picture = &ctx.props().picture;
        let words = told.saying.as_ref().map(|saying| match saying {
            Saying::Tale(tale) => picture.tell(*tale),
            Saying::InFull(words) => words.to_string(),
        });
        html! {
            <>
                if let Some(words) = words { <span>{ words }</span> }
                if let Some(lane) = told.lane { <small>{ picture.clocks(lane, told.time) }</small> }
            </>
        }
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
