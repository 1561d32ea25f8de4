//! The headers of the lanes: buttons that stay in view while the diagram scrolls under them; and at their ends, how many
//! lanes are out of view.

use fencepost_scene::{Lane, Px, Scene};
use yew::prelude::*;

use super::view::{Msg, Timeline};

/// The lanes that are out of view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    /// To the left.
    pub left: usize,
    /// To the right.
    pub right: usize,
}

/// A lane this near an edge lies under the button that says how many there are.
const UNDER: f64 = 72.0;

/// Which lanes are out of view, when the picture is seen from here to there.
pub fn beyond(lanes: &[Px], (from, until): (f64, f64), width: f64) -> Beyond {
    if from <= 1.0 && until >= width - 1.0 {
        return Beyond::default();
    }
    let count = |is: &dyn Fn(f64) -> bool| lanes.iter().filter(|lane| is(lane.to_f64())).count();
    // At its end nothing is out of view, and no button lies over it.
    let left = if from <= 1.0 { 0 } else { count(&|x| x < from + UNDER) };
    let right = if until >= width - 1.0 { 0 } else { count(&|x| x > until - UNDER) };
    Beyond { left, right }
}

impl Timeline {
    /// The row of headers. `open` is the lane whose settings are shown, in `menu`, which stays with the headers.
    pub(super) fn heads(&self, ctx: &Context<Self>, open: Option<usize>, menu: Html) -> Html {
        let scene = self.scene(ctx);
        let on_open = ctx.link().callback(Msg::Header);
        let lanes = scene.lanes.iter().enumerate();
        let buttons = lanes.map(|(place, lane)| head(place, lane, open == Some(place), &on_open));
        let style = format!("width:{}px;height:{}px", scene.width, scene.header);
        html! {
            <div class="heads" {style}><div>{ for buttons }</div>{ self.more(scene, ctx) }{ menu }</div>
        }
    }

    /// How many lanes there are to the right and to the left, as buttons that lead there.
    fn more(&self, scene: &Scene, ctx: &Context<Self>) -> Html {
        let Beyond { left, right } = self.beyond(scene);
        if left + right == 0 {
            return html! { <div hidden=true></div> };
        }
        let (from, until) = self.across;
        let names = |lanes: &[Lane]| lanes.iter().map(|lane| lane.name.as_str()).collect::<Vec<_>>().join(", ");
        let said = |count: usize, side: &str, lanes: &[Lane]| {
            let noun = if count == 1 { "lane" } else { "lanes" };
            format!("Show {count} more {noun} to the {side}: {}", names(lanes))
        };
        let go = |right: bool| ctx.link().callback(move |_: MouseEvent| Msg::Beyond(right));
        html! {
            <div class="beyond" style={format!("width:{}px", Px::from_f64(until - from))}>
                if left > 0 {
                    <button key="left" type="button" class="outlined" onclick={go(false)}
                        aria-label={said(left, "left", &scene.lanes[..left])}>{ format!("← {left} more") }</button>
                }
                <span key="between"></span>
                if right > 0 {
                    <button key="right" type="button" class="outlined" onclick={go(true)}
                        aria-label={said(right, "right", &scene.lanes[scene.lanes.len() - right..])}>{ format!("{right} more →") }</button>
                }
            </div>
        }
    }

    /// The lanes that are out of view.
    pub(super) fn beyond(&self, scene: &Scene) -> Beyond {
        let lanes: Vec<Px> = scene.lanes.iter().map(|lane| lane.x).collect();
        beyond(&lanes, self.across, scene.width.to_f64())
    }

    /// Goes to the lanes that are out of view on one side. Where there are no more of them, the focus goes to the last.
    pub(super) fn go_beyond(&mut self, right: bool, ctx: &Context<Self>) -> bool {
        let Some(slot) = self.slot() else { return false };
        let by = (self.across.1 - self.across.0 - 2.0 * UNDER).max(UNDER) as i32;
        slot.set_scroll_left(slot.scroll_left() + if right { by } else { -by });
        self.look();
        let scene = self.scene(ctx);
        match (self.beyond(scene), right) {
            (Beyond { right: 0, .. }, true) => self.focus_head(scene.lanes.len().saturating_sub(1)),
            (Beyond { left: 0, .. }, false) => self.focus_head(0),
            _ => {}
        }
        true
    }
}

fn head(place: usize, lane: &Lane, open: bool, on_open: &Callback<usize>) -> Html {
    let left = lane.x - lane.width / 2;
    let style = format!("left:{left}px;width:{}px", lane.width);
    let onclick = on_open.reform(move |_: MouseEvent| place);
    html! {
        <button key={lane.name.clone()} type="button" class="head" {style} {onclick} data-lane={lane.name.clone()}
            aria-haspopup="dialog" aria-expanded={open.to_string()} title={format!("{} · {} · settings and faults", lane.name, lane.role)}
            aria-label={lane.is_long.then(|| format!("{} {}", lane.name, lane.role))}>
            { for lane.heading.iter().map(|line| html! { <b class={if lane.is_long { "long" } else { "" }}>{ line.clone() }</b> }) }
            <span>{ lane.role.clone() }</span>
            <i class="opens" aria-hidden="true"></i>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_out_of_view_are_counted_on_their_side() {
        let lanes = [80, 160, 240, 320, 400, 480].map(Px::new);
        let out = |from, until| {
            let Beyond { left, right } = beyond(&lanes, (from, until), 560.0);
            (left, right)
        };
        assert_eq!(out(0.0, 560.0), (0, 0));
        assert_eq!(out(0.0, 360.0), (0, 3), "the lane under the button counts");
        assert_eq!(out(200.0, 560.0), (3, 0));
        assert_eq!(out(100.0, 460.0), (2, 2));
    }
}
