//! How each thing of a scene looks as live SVG nodes. Every thing is one component whose properties are the thing
//! itself, so that a frame of a drag touches only the nodes of what changed.
//!
//! Shapes only: colours are in `timeline.css`, places and words are the scene's, and what is under the pointer is
//! `super::hit`'s. The same scene as a file is written by `fencepost_scene`.

use fencepost_scene::{
    Anchor, Arrow, ArrowEnd, Callout, Chip, Fold, Label, LabelKind, Lane, Mark, MarkKind, Point, Px, Rect, Side, Span,
    SpanKind, Tick, Tone, Turn,
};
use yew::html::Scope;
use yew::prelude::*;

/// Something that can be drawn.
pub trait Paint: Clone + PartialEq + 'static {
    /// Its nodes: one SVG element, never none. `ids` is what the names of patterns begin with.
    fn paint(&self, ids: &str) -> Html;
}

/// What a row draws.
#[derive(Properties, PartialEq)]
pub struct RowProps<T: Paint> {
    /// The thing.
    pub thing: T,
    /// What the names of patterns begin with.
    pub ids: AttrValue,
}

/// One drawn thing.
pub struct Row<T>(std::marker::PhantomData<T>);

impl<T: Paint> Component for Row<T> {
    type Message = ();
    type Properties = RowProps<T>;

    fn create(_ctx: &Context<Self>) -> Self {
        Self(std::marker::PhantomData)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let _: &Scope<Self> = ctx.link();
        ctx.props().thing.paint(&ctx.props().ids)
    }
}

/// The class of a tone.
pub fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Lit => "lit",
        Tone::Dim => "dim",
        Tone::Bad => "bad",
        Tone::Hazard => "hazard",
        Tone::Good => "good",
    }
}

/// The transform that puts the origin here and turns it.
pub fn turned(at: Point, turn: Turn) -> String {
    let (cos, sin) = (f64::from(turn.x) / 10_000.0, f64::from(turn.y) / 10_000.0);
    format!("matrix({cos} {sin} {} {cos} {} {})", -sin, at.x, at.y)
}

/// A rectangle with round corners.
pub fn rect(rect: &Rect, radius: Px, class: &'static str, fill: Option<String>) -> Html {
    let Rect { x, y, width, height } = *rect;
    html! {
        <rect {class} {fill} x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()}
            rx={radius.to_string()} />
    }
}

fn title(words: &str) -> Html {
    if words.is_empty() {
        html! {}
    } else {
        html! { <title>{ words.to_owned() }</title> }
    }
}

impl Paint for Tick {
    fn paint(&self, _ids: &str) -> Html {
        let y = self.y.to_string();
        let word = self.label.clone().unwrap_or_default();
        html! {
            <g class="tick">
                <line class="grid" x1="0" x2="100%" y1={y.clone()} y2={y.clone()} />
                <text class="when" {y} dy="4">{ word }</text>
            </g>
        }
    }
}

impl Paint for Fold {
    fn paint(&self, _ids: &str) -> Html {
        let y = ((self.y0 + self.y1) / 2).to_string();
        let word = self.label.clone().unwrap_or_default();
        html! {
            <g class="fold">
                <line x1="0" x2="100%" y1={y.clone()} y2={y.clone()} />
                <text class="when" {y} dy="4">{ word }</text>
            </g>
        }
    }
}

/// A lane and how far down it goes.
#[derive(Clone, PartialEq)]
pub struct LaneLine {
    /// The lane.
    pub lane: Lane,
    /// The height of the picture.
    pub height: Px,
}

impl Paint for LaneLine {
    fn paint(&self, _ids: &str) -> Html {
        let x = self.lane.x.to_string();
        let end = self.lane.crashed.unwrap_or(self.height).to_string();
        html! {
            <g class="lane">
                <line x1={x.clone()} x2={x.clone()} y1="-8" y2={end.clone()} />
                <line class="gone" x1={x.clone()} x2={x} y1={end} y2={self.height.to_string()} />
            </g>
        }
    }
}

impl Paint for Span {
    fn paint(&self, ids: &str) -> Html {
        let half = self.rect.width / 2;
        let (class, fill, radius) = match self.kind {
            SpanKind::Paused => ("paused", Some(format!("url(#{ids}-hatch)")), half),
            SpanKind::Cut { .. } => ("cut", Some(format!("url(#{ids}-cut)")), Px::new(3)),
            SpanKind::Granted => ("granted", None, half),
            SpanKind::Believed => ("believed", None, half),
            SpanKind::Disagreement => ("disagreement", Some(format!("url(#{ids}-warn)")), Px::new(3)),
            SpanKind::Holding => ("holding", None, half),
            SpanKind::Waiting => ("waiting", None, half),
            SpanKind::Stuck => ("stuck", Some(format!("url(#{ids}-hatch)")), half),
        };
        html! {
            <g class={classes!("span", class)} data-fault={self.about.fault.map(|fault| fault.0.to_string())}>
                { title(&self.title) }
                { rect(&self.rect, radius, class, fill) }
                { toward(self) }
            </g>
        }
    }
}

/// The arrowhead of a one-way cut, on the side that cannot be reached.
fn toward(span: &Span) -> Html {
    let SpanKind::Cut { toward: Some(side) } = span.kind else { return html! { <g /> } };
    let (at, d) = match side {
        Side::Right => (span.rect.right() - Px::new(6), "M-6 -6L2 0L-6 6"),
        Side::Left => (span.rect.x + Px::new(6), "M6 -6L-2 0L6 6"),
    };
    let middle = Point { x: at, y: span.rect.center().y };
    html! { <path class="toward" {d} transform={turned(middle, Turn::LEVEL)} /> }
}

impl Paint for Arrow {
    fn paint(&self, _ids: &str) -> Html {
        let Some(tip) = self.path.last().copied() else { return html! { <g /> } };
        let class = classes!("arrow", tone_class(self.tone), self.copy.then_some("copy"));
        html! {
            <g {class} data-kind={self.kind.word()} data-sent={self.about.event.map(|event| event.0.to_string())}>
                { title(&self.title) }
                <polyline points={points(self)} />
                { arrow_end(self, tip) }
            </g>
        }
    }
}

/// The corners of an arrow, a little short of the lanes' dots.
pub fn points(arrow: &Arrow) -> String {
    let mut path = arrow.path.clone();
    if arrow.end == ArrowEnd::Head
        && let Some(tip) = path.last_mut()
    {
        *tip = arrow.turn.offset(*tip, -Px::new(6), Px::ZERO);
    }
    let corners: Vec<String> = path.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
    corners.join(" ")
}

fn arrow_end(arrow: &Arrow, tip: Point) -> Html {
    let (class, d) = match arrow.end {
        ArrowEnd::Head => ("head", "M-3 0L-12 -4.2L-12 4.2Z"),
        ArrowEnd::Bounced => ("bounced", "M-3 0L-12 -4.2L-12 4.2ZM-3 -7L-3 7"),
        ArrowEnd::Lost => ("lost", "M-5 -5L5 5M-5 5L5 -5"),
        ArrowEnd::Open => ("open", "M0 0"),
    };
    html! { <path {class} {d} transform={turned(tip, arrow.turn)} /> }
}

impl Paint for Mark {
    fn paint(&self, _ids: &str) -> Html {
        let (class, radius, inside) = match self.kind {
            MarkKind::Dot => ("dot", "3.2", ""),
            MarkKind::Inbox => ("inbox", "3.6", ""),
            MarkKind::Expiry => ("expiry", "5", ""),
            MarkKind::Crash => ("crash", "0", "M-6 -6L6 6M-6 6L6 -6"),
            MarkKind::Hazard => ("hazard-pin", "8", "M0 -4.5L0 1M0 4L0 4.2"),
            MarkKind::Pin => ("pin", "9", "M-3.6 -3.6L3.6 3.6M-3.6 3.6L3.6 -3.6"),
        };
        html! {
            <g class={classes!("mark", class, tone_class(self.tone))} transform={turned(self.at, Turn::LEVEL)}
                data-event={self.about.event.map(|event| event.0.to_string())}>
                { title(&self.title) }
                <circle r={radius} />
                <path d={inside} />
            </g>
        }
    }
}

impl Paint for Chip {
    fn paint(&self, _ids: &str) -> Html {
        let at = Point { x: self.rect.x + Px::new(9), y: self.rect.y + Px::new(14) };
        html! {
            <g class={classes!("chip", tone_class(self.tone))}>
                { title(&self.title) }
                { rect(&self.rect, Px::new(4), "box", None) }
                <text x={at.x.to_string()} y={at.y.to_string()}>{ self.text.clone() }</text>
            </g>
        }
    }
}

impl Paint for Label {
    fn paint(&self, _ids: &str) -> Html {
        let anchor = match self.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let class = match self.kind {
            LabelKind::Message => "message",
            LabelKind::Note => "note",
            LabelKind::Tag => "tag",
            LabelKind::Disagreement => "disagreement",
            LabelKind::State => "state",
        };
        let token =
            self.token.clone().map_or_else(|| html! {}, |token| html! { <tspan class="token">{ token }</tspan> });
        html! {
            <g class={classes!("label", class, tone_class(self.tone))}>
                { title(&self.title) }
                { if self.kind == LabelKind::Tag { rect(&self.bounds, self.bounds.height / 2, "box", None) } else { html! {} } }
                <text transform={turned(self.at, self.turn)} text-anchor={anchor}>{ self.text.clone() }{ token }</text>
            </g>
        }
    }
}

impl Paint for Callout {
    fn paint(&self, _ids: &str) -> Html {
        let (x, y) = (self.rect.x + Px::new(12), self.rect.y + Px::new(18));
        let nearest = if self.pin.y < self.rect.y { self.rect.y } else { self.rect.bottom() };
        let stem = format!("M{} {}V{nearest}", self.pin.x, self.pin.y);
        let lines = self.lines.iter().enumerate().map(|(line, words)| {
            let y = y + Px::new(17) * (line as i32 + 1);
            html! { <text key={line} class="line" x={x.to_string()} y={y.to_string()}>{ words.clone() }</text> }
        });
        html! {
            <g class="callout">
                { title(&self.title) }
                <path d={stem} />
                { rect(&self.rect, Px::new(6), "box", None) }
                <text x={x.to_string()} y={y.to_string()}>{ self.heading.clone() }</text>
                { for lines }
            </g>
        }
    }
}
