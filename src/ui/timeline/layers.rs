//! The diagram as layers of rows, back to front: the ruler, what lasts, the ghost, the messages, the words, the hands'
//! grips.
//!
//! Rows are told apart by their place and not by what they show: when a drag pushes some messages out of view and others
//! into it, the nodes at hand are moved, and none is thrown away and made anew.

use std::collections::BTreeMap;
use std::rc::Rc;

use fencepost_scenario::model::MessageName;
use fencepost_scene::{Arrow, Key, Px, Scene, Slice, Span, SpanKind};
use yew::prelude::*;
use yew::virtual_dom::VNode;

use super::board::Thing;
use super::gesture::Point;
use super::hit::{grips, head};
use super::paint::{Across, LaneLine, Paint, points, rect};
use super::view::MARGIN;

/// What is drawn, and with whose patterns.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The picture.
    pub scene: &'a Scene,
    /// The part of it in view.
    pub slice: &'a Slice<'a>,
    /// The picture from before the drag, and the same part of it.
    pub ghost: Option<&'a Slice<'a>>,
    /// What the names of patterns begin with.
    pub ids: &'a AttrValue,
}

impl Layers<'_> {
    /// All layers.
    pub fn draw(&self) -> Html {
        let slice = self.slice;
        html! {
            <>
                { patterns(self.ids) }
                <g class="ruler">
                    { self.across(&slice.ticks) }
                    { self.across(&slice.folds) }
                </g>
                <g class="lanes">{ self.lanes() }</g>
                <g class="under">{ self.spans(SpanKind::is_under) }</g>
                <g class="spans">{ self.spans(|kind| !kind.is_under()) }</g>
                <g class="ghost">{ self.ghost() }</g>
                <g class="arrows">{ self.rows(slice.arrows.iter().copied()) }</g>
                <g class="brackets">{ self.rows(slice.brackets.iter().copied()) }</g>
                <g class="marks">{ self.rows(slice.marks.iter().copied()) }</g>
                <g class="callouts">{ self.rows(slice.callouts.iter().copied()) }</g>
                <g class="chips">{ self.rows(slice.chips.iter().copied()) }</g>
                <g class="labels">{ self.rows(slice.labels.iter().copied()) }</g>
            </>
        }
    }

    fn rows<'t, T: Paint + 't>(&self, things: impl Iterator<Item = &'t T>) -> Html {
        let rows = things.enumerate().map(|(place, thing)| placed(thing.paint(self.ids), place));
        html! { <>{ for rows }</> }
    }

    fn across<'t, T>(&self, things: &[&'t T]) -> Html
    where
        Across<'t, T>: Paint,
    {
        let (ruler, right) = (self.scene.ruler, self.scene.width - Px::new(8));
        let lines = things.iter().map(|thing| Across { thing: *thing, ruler, right }.paint(self.ids));
        html! { <g>{ for lines.enumerate().map(|(place, line)| placed(line, place)) }</g> }
    }

    fn spans(&self, wanted: impl Fn(SpanKind) -> bool) -> Html {
        self.rows(self.slice.spans.iter().copied().filter(|span| wanted(span.kind)))
    }

    fn lanes(&self) -> Html {
        let bottom = self.scene.height - Px::new(10);
        let lines = self.scene.lanes.iter().map(|lane| LaneLine { lane, bottom }.paint(self.ids));
        html! { <>{ for lines.enumerate().map(|(place, line)| placed(line, place)) }</> }
    }

    /// What the edit under way has changed, as it was.
    fn ghost(&self) -> Html {
        let Some(ghost) = self.ghost else { return html! {} };
        // Some of it is in view a hundred times over, so neither list is searched for each of the other.
        let now: BTreeMap<Key, &Arrow> = self.slice.arrows.iter().map(|arrow| (arrow.key, *arrow)).collect();
        let moved = |arrow: &&&Arrow| now.get(&arrow.key).is_none_or(|now| now.path != arrow.path);
        // All in one element, for a drag that pushes a long run about would bring as many ghosts as messages.
        let mut d = String::new();
        for arrow in ghost.arrows.iter().filter(moved) {
            d.push('M');
            d.push_str(&points(arrow));
        }
        let gone = |span: &&&Span| {
            span.about.fault.is_some()
                && !self.slice.spans.iter().any(|now| now.key == span.key && now.rect == span.rect)
        };
        let spans = ghost.spans.iter().filter(gone).map(|span| {
            let key = format!("s{:x}", span.key.0);
            html! { <g {key}>{ rect(&span.rect, span.rect.width / 2, "was", None) }</g> }
        });
        html! { <>{ for spans }<path key="arrows" {d} /></> }
    }
}

/// An element as the one at this place of its list.
fn placed(mut element: Html, place: usize) -> Html {
    if let VNode::VTag(tag) = &mut element {
        Rc::make_mut(tag).key = Some(place.into());
    }
    element
}

/// The hands' grips: what can be dragged at its ends. Only here does a finger not scroll the page.
pub fn grip_layer(slice: &Slice<'_>, hot: Option<(usize, bool)>) -> Html {
    let ends = slice.spans.iter().filter_map(|span| Some((*span, grips(span)?)));
    let circles = ends.flat_map(|(span, both)| {
        both.into_iter().enumerate().map(move |(place, at)| {
            let fault = span.about.fault.map_or(0, |fault| fault.index());
            let end = if place == 1 { "end" } else { "start" };
            let class = classes!("grip", (hot == Some((fault, place == 1))).then_some("hot"));
            let (x, y) = (Px::from_f64(at.x).to_string(), Px::from_f64(at.y).to_string());
            html! {
                <g key={format!("{:x}-{end}", span.key.0)} {class} data-grip={end} data-fault={fault.to_string()}>
                    <circle class="reach" cx={x.clone()} cy={y.clone()} r="22" />
                    <circle class="knob" cx={x} cy={y} r="6" />
                </g>
            }
        })
    });
    html! { <g class="grips">{ for circles }</g> }
}

/// What a finger can drag, as HTML over the picture: there the browser must not scroll, and browsers do not agree that
/// a part of an SVG can ask for that.
pub fn pads(slice: &Slice<'_>) -> Html {
    let pad = |key: String, at: Point| {
        let style = format!("left:{}px;top:{}px", Px::from_f64(at.x), Px::from_f64(at.y) + Px::new(MARGIN));
        html! { <i {key} class="pad" {style} /> }
    };
    let ends = slice.spans.iter().filter_map(|span| Some((span.key, grips(span)?)));
    let of_spans = ends.flat_map(|(key, [start, end])| {
        [pad(format!("{:x}-start", key.0), start), pad(format!("{:x}-end", key.0), end)]
    });
    let of_tips = slice.arrows.iter().filter_map(|arrow| Some(pad(format!("{:x}-tip", arrow.key.0), head(arrow)?)));
    html! { <div class="pads" aria-hidden="true">{ for of_spans }{ for of_tips }</div> }
}

/// The whole of what has the focus, brought out: a message from end to end, a fault with its edges.
pub fn chosen(scene: &Scene, slice: &Slice<'_>, thing: Option<&Thing>) -> Html {
    let shape = match thing {
        Some(Thing::Message(name)) => {
            let arrow = slice.arrows.iter().find(|arrow| is_message(arrow, name, scene));
            arrow.map(|arrow| html! { <polyline points={points(arrow)} /> })
        }
        Some(Thing::Fault(place)) => {
            let is_it = |span: &&&Span| span.about.fault.is_some_and(|fault| fault.index() == *place);
            slice.spans.iter().find(is_it).map(|span| rect(&span.rect, Px::new(9), "edge", None))
        }
        _ => None,
    };
    html! { <g class="chosen">{ for shape }</g> }
}

fn is_message(arrow: &Arrow, name: &MessageName, scene: &Scene) -> bool {
    let is = |lane: usize, name: &str| scene.lanes.get(lane).is_some_and(|lane| lane.name == name);
    let from = arrow.about.participant.is_some_and(|from| is(from.index(), &name.from));
    from && is(arrow.to.index(), &name.to)
        && (arrow.kind, arrow.ordinal, arrow.copy) == (name.kind, name.ordinal, false)
}

/// A ring around what has the focus.
pub fn ring(at: Option<(Px, Px)>) -> Html {
    let Some((x, y)) = at else { return html! { <g class="ring" /> } };
    html! { <g class="ring"><circle cx={x.to_string()} cy={y.to_string()} r="13" /></g> }
}

fn patterns(ids: &AttrValue) -> Html {
    let pattern = |name: &str, size: &str| {
        let id = format!("{ids}-{name}");
        html! {
            <pattern key={name.to_owned()} {id} class={name.to_owned()} width={size.to_owned()} height={size.to_owned()}
                patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width={size.to_owned()} height={size.to_owned()} />
                <line x1="0" y1="0" x2="0" y2={size.to_owned()} />
            </pattern>
        }
    };
    html! { <defs>{ pattern("hatch", "7") }{ pattern("warn", "8") }{ pattern("stuck", "5") }{ pattern("dots", "6") }</defs> }
}
