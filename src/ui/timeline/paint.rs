//! How each thing of a scene looks as live SVG nodes.
//!
//! Shapes only: colours are in `timeline.css`, places and words are the scene's, and what is under the pointer is
//! `super::hit`'s. The same scene as a file is written by `fencepost_scene`. Nodes are few and plain, for a frame of a drag
//! moves a thousand of them: what a thing means is said by `super::hover` and not by a title in each, and a shape is put
//! where it belongs by its own coordinates, because every transform would be one more layer for the browser to keep.

use fencepost_scene::{
    Anchor, Arrow, ArrowEnd, Bracket, Callout, Chip, Fold, Label, LabelKind, Lane, Mark, Point, Px, Rect, Side, Span,
    SpanKind, Tick, Tone, Turn,
};
use yew::prelude::*;

/// Something that can be drawn.
pub trait Paint {
    /// Its nodes: one SVG element, never none. `ids` is what the names of patterns begin with.
    fn paint(&self, ids: &str) -> Html;
}

/// The class of a tone.
pub fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Lit => "lit",
        Tone::Dim => "dim",
        Tone::Faint => "faint",
        Tone::Bad => "bad",
        Tone::Hazard => "hazard",
        Tone::Good => "good",
    }
}

/// The transform that puts the origin here and turns it.
pub fn turned(at: Point, turn: Turn) -> String {
    let (cos, sin, back) = (ten_thousandths(turn.x), ten_thousandths(turn.y), ten_thousandths(-turn.y));
    format!("matrix({cos} {sin} {back} {cos} {} {})", at.x, at.y)
}

/// Digits by hand: printing floats would bring 20 KB of machinery into the page.
fn ten_thousandths(number: i32) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let number = number.unsigned_abs();
    format!("{sign}{}.{:04}", number / 10_000, number % 10_000)
}

/// A rectangle with round corners.
pub fn rect(rect: &Rect, radius: Px, class: &'static str, fill: Option<String>) -> Html {
    let Rect { x, y, width, height } = *rect;
    html! {
        <rect {class} {fill} x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()}
            rx={radius.to_string()} />
    }
}

/// A line across the picture at a moment, with its word on the ruler.
pub struct Across<'a, T> {
    /// The moment, or the quiet stretch.
    pub thing: &'a T,
    /// Where the ruler's text ends.
    pub ruler: Px,
    /// Where the line ends.
    pub right: Px,
}

impl<T> Across<'_, T> {
    fn word(&self, y: Px, words: Option<&String>) -> Html {
        let words = words.cloned().unwrap_or_default();
        html! { <text class="when" x={self.ruler.to_string()} y={y.to_string()} dy="4">{ words }</text> }
    }
}

fn line(class: &'static str, from: Px, to: Px, y: Px) -> Html {
    let y = y.to_string();
    html! { <line {class} x1={from.to_string()} x2={to.to_string()} y1={y.clone()} y2={y} /> }
}

impl Paint for Across<'_, Tick> {
    fn paint(&self, _ids: &str) -> Html {
        let Tick { y, label, .. } = self.thing;
        let dash = if label.is_some() { Px::new(14) } else { Px::new(6) };
        html! {
            <g class="tick">
                { line("dash", self.ruler + Px::new(6), self.ruler + dash, *y) }
                { line("grid", self.ruler + Px::new(16), self.right, *y) }
                { self.word(*y, label.as_ref()) }
            </g>
        }
    }
}

impl Paint for Across<'_, Fold> {
    fn paint(&self, _ids: &str) -> Html {
        let y = (self.thing.y0 + self.thing.y1) / 2;
        html! {
            <g class="fold">
                { line("quiet", self.ruler + Px::new(24), self.right, y) }
                { self.word(y, self.thing.label.as_ref()) }
            </g>
        }
    }
}

/// A lane and how far down it goes.
pub struct LaneLine<'a> {
    /// The lane.
    pub lane: &'a Lane,
    /// Where it ends.
    pub bottom: Px,
}

impl Paint for LaneLine<'_> {
    fn paint(&self, _ids: &str) -> Html {
        let x = self.lane.x.to_string();
        let end = self.lane.crashed.unwrap_or(self.bottom).to_string();
        html! {
            <g class="lane">
                <line x1={x.clone()} x2={x.clone()} y1="0" y2={end.clone()} />
                <line class="gone" x1={x.clone()} x2={x} y1={end} y2={self.bottom.to_string()} />
            </g>
        }
    }
}

impl Paint for Span {
    fn paint(&self, ids: &str) -> Html {
        let (class, radius) = (self.kind.class(), self.kind.radius());
        let hatch = match self.kind {
            SpanKind::Paused => Some("hatch"),
            SpanKind::Disagreement => Some("warn"),
            SpanKind::Stuck | SpanKind::Unmet { .. } => Some("stuck"),
            SpanKind::Down => Some("dots"),
            SpanKind::Stands { .. } => Some("hatch"),
            _ => None,
        };
        let fill = hatch.map(|hatch| format!("url(#{ids}-{hatch})"));
        html! {
            <g class={format!("span {class}")} data-fault={self.about.fault.map(|fault| fault.0.to_string())}>
                { rect(&self.rect, radius, class, fill) }
                { toward(self) }
                <path class="strokes" d={self.kind.strokes(&self.rect)} />
            </g>
        }
    }
}

/// Which way a one-way cut cuts: a small arrowhead at its upper and its lower end.
fn toward(span: &Span) -> Html {
    let SpanKind::Cut { toward: Some(side), .. } = span.kind else { return html! { <g /> } };
    let sign = if side == Side::Right { "m-2-4l4 4l-4 4" } else { "m2-4l-4 4l4 4" };
    let x = span.rect.center().x;
    let ends = [span.rect.y + Px::new(16), span.rect.bottom() - Px::new(16)];
    let heads = ends.map(|y| html! { <path d={at(Point { x, y }, sign)} /> });
    html! { <g class="toward">{ for heads }</g> }
}

impl Paint for Arrow {
    fn paint(&self, _ids: &str) -> Html {
        let Some(tip) = self.path.last().copied() else { return html! { <g /> } };
        let broken = match self.end {
            _ if self.lie => " lie",
            ArrowEnd::Open => " broken",
            _ if self.copy => " broken",
            _ => "",
        };
        let class = format!("arrow {}{broken}", tone_class(self.tone));
        html! {
            <g {class} data-kind={self.kind.word()}>
                <polyline points={points(self)} />
                { arrow_end(self, tip) }
            </g>
        }
    }
}

/// The corners of an arrow.
pub fn points(arrow: &Arrow) -> String {
    let corners: Vec<String> = arrow.path.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
    corners.join(" ")
}

fn arrow_end(arrow: &Arrow, tip: Point) -> Html {
    let corner = |along: i32, across: i32| {
        let Point { x, y } = arrow.turn.offset(tip, Px::new(along), Px::new(across));
        format!("{x} {y}")
    };
    let (class, d) = match arrow.end {
        ArrowEnd::Head => ("head", format!("M{} {}L{}L{}Z", tip.x, tip.y, corner(-9, -4), corner(-9, 4))),
        ArrowEnd::Bounced => {
            let head = format!("M{}L{}L{}Z", corner(-2, 0), corner(-11, -4), corner(-11, 4));
            ("bounced", format!("{head}M{}L{}", corner(0, -6), corner(0, 6)))
        }
        ArrowEnd::Lost => ("lost", at(tip, CROSS_SMALL)),
        ArrowEnd::Open => ("none", String::new()),
    };
    html! { <path {class} {d} /> }
}

/// Signs around a point, in steps from it.
const CROSS_SMALL: &str = "m-4-4l8 8m-8 0l8-8";

/// A sign around this point.
fn at(point: Point, sign: &str) -> String {
    format!("M{} {}{sign}", point.x, point.y)
}

impl Paint for Bracket {
    fn paint(&self, _ids: &str) -> Html {
        html! { <path class={format!("bracket {}", tone_class(self.tone))} d={self.strokes()} /> }
    }
}

impl Paint for Mark {
    fn paint(&self, _ids: &str) -> Html {
        let (class, radius, sign) = self.kind.glyph();
        let class = format!("mark {class} {}", tone_class(self.tone));
        let (cx, cy, radius) = (self.at.x.to_string(), self.at.y.to_string(), radius.to_string());
        if sign.is_empty() {
            return html! { <circle {class} {cx} {cy} r={radius} /> };
        }
        html! { <g {class}><circle {cx} {cy} r={radius} /><path d={at(self.at, sign)} /></g> }
    }
}

impl Paint for Chip {
    fn paint(&self, _ids: &str) -> Html {
        let at = Point { x: self.rect.x + Px::new(9), y: self.rect.y + Px::new(14) };
        html! {
            <g class={format!("chip {}{}", tone_class(self.tone), self.kind.class())}>
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
            LabelKind::Repeat => "repeat",
            LabelKind::Disagreement => "disagreement",
            LabelKind::State => "state",
        };
        let token = self.token.clone().map(|it| html! { <tspan class="token">{ AttrValue::from(it) }</tspan> });
        let struck = self
            .struck
            .clone()
            .map(|it| html! { <><tspan class="truth">{ it.trim_end().to_owned() }</tspan>{ " " }</> });
        let words = html! { <>{ for struck }{ AttrValue::from(self.text.clone()) }{ for token }</> };
        let text = if self.turn == Turn::LEVEL {
            html! { <text x={self.at.x.to_string()} y={self.at.y.to_string()} text-anchor={anchor}>{ words }</text> }
        } else {
            html! { <text transform={turned(self.at, self.turn)} text-anchor={anchor}>{ words }</text> }
        };
        html! {
            <g class={format!("label {class} {}", tone_class(self.tone))}>
                { if matches!(self.kind, LabelKind::Tag | LabelKind::Repeat) { rect(&self.bounds, self.bounds.height / 2, "box", None) } else { html! {} } }
                { text }
            </g>
        }
    }
}

impl Paint for Callout {
    fn paint(&self, _ids: &str) -> Html {
        let (x, y) = (self.rect.x + Px::new(12), self.rect.y + Px::new(18));
        let (pin, edge) = self.stem();
        let stem = format!("M{} {}L{} {}", pin.x, pin.y, edge.x, edge.y);
        let heading = self.heading.iter().map(|words| ("heading", words));
        let words = heading.chain(self.lines.iter().map(|words| ("line", words)));
        let lines = words.enumerate().map(|(line, (class, words))| {
            let y = y + Px::new(17) * line as i32;
            html! { <text key={line} {class} x={x.to_string()} y={y.to_string()}>{ words.clone() }</text> }
        });
        html! {
            <g class="callout">
                <path d={stem} />
                { rect(&self.rect, Px::new(7), "box", None) }
                { for lines }
            </g>
        }
    }
}
