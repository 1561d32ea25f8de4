//! The way from the axis of a drag to the axis of what came of it: a few frames, so that the eye can follow.
//!
//! Only the picture moves; the run is the new one from the first frame on. Readers who asked for less motion see none.

use std::rc::Rc;

use fencepost_scene::{Options, Scene, TimeMap, View, lay_out};
use web_sys::Element;
use yew::prelude::*;

use super::listen::{NextFrame, matches_media};
use super::view::{Msg, Props, Timeline};
use crate::app::Picture;

/// So many frames: a fifth of a second on most screens.
const FRAMES: u16 = 12;

/// A run of more events than this arrives at once: to lay it out takes more than one of those frames.
const LONG: usize = 8_000;

/// A picture on its way.
pub struct Easing {
    from: TimeMap,
    done: u16,
    scene: Rc<Scene>,
    frame: Option<NextFrame>,
}

impl Easing {
    /// From an axis to that of a picture; `None` where there is no way to go.
    pub fn new(from: &TimeMap, picture: &Picture) -> Option<Self> {
        let same = *from == picture.scene.time_map;
        (!same).then(|| Self { from: from.clone(), done: 0, scene: between(from, picture, 0), frame: None })
    }

    /// One frame further; `false` when it has arrived.
    pub fn step(&mut self, picture: &Picture) -> bool {
        self.done += 1;
        self.scene = between(&self.from, picture, eased(self.done));
        self.done < FRAMES
    }

    /// The picture as it is now.
    pub fn scene(&self) -> &Rc<Scene> {
        &self.scene
    }
}

/// How far it is after so many frames, in thousandths: fast at first, then slower.
fn eased(done: u16) -> u16 {
    let left = u32::from(FRAMES.saturating_sub(done));
    let all = u32::from(FRAMES);
    (1_000 - 1_000 * left * left * left / (all * all * all)) as u16
}

fn between(from: &TimeMap, picture: &Picture, permille: u16) -> Rc<Scene> {
    let run = &picture.run;
    let view = View {
        scenario: &picture.view.scenario,
        cast: &run.cast,
        trace: &run.trace,
        ledger: &run.ledger,
        verdicts: &run.verdicts,
    };
    let time_map = TimeMap::between(from, &picture.scene.time_map, permille);
    let opened = picture.scene.repeats.iter().filter(|repeat| repeat.open).map(|repeat| repeat.key).collect();
    let most = picture.scene.rest.map_or(usize::MAX, |rest| rest.drawn);
    let options = Options { width: picture.scene.width, time_map: Some(time_map), linear: false, opened, most };
    Rc::new(lay_out(&view, &options))
}

impl Timeline {
    /// The picture as it is now: on its way, or where it belongs.
    pub(super) fn scene<'a>(&'a self, ctx: &'a Context<Self>) -> &'a Rc<Scene> {
        self.easing.as_ref().map_or(&ctx.props().picture.scene, Easing::scene)
    }

    /// The drag is over: the axis it kept gives way to the one that suits the new run.
    pub(super) fn ease(&mut self, ctx: &Context<Self>, old: &Props) {
        self.easing = None;
        let is_short = ctx.props().picture.run.trace.events.len() <= LONG;
        let released = old.before.is_some() && ctx.props().before.is_none() && is_short;
        let Some(root) = self
            .root
            .cast::<Element>()
            .filter(|root| released && !matches_media(root, "(prefers-reduced-motion: reduce)"))
        else {
            return;
        };
        self.easing = Easing::new(&old.picture.scene.time_map, &ctx.props().picture);
        self.ask_frame(&root, ctx);
    }

    /// The next frame of that.
    pub(super) fn ease_on(&mut self, ctx: &Context<Self>) -> bool {
        let Some(easing) = &mut self.easing else { return false };
        match self.root.cast::<Element>() {
            Some(root) if easing.step(&ctx.props().picture) => self.ask_frame(&root, ctx),
            _ => self.easing = None,
        }
        true
    }

    fn ask_frame(&mut self, root: &Element, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        if let Some(easing) = &mut self.easing {
            easing.frame = NextFrame::new(root, move |_| link.send_message(Msg::Ease));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(text: String) -> std::rc::Rc<Picture> {
        let start = crate::app::Start { text: Some(text), ..Default::default() };
        crate::app::Model::open(start).0.picture
    }

    #[test]
    fn it_begins_at_the_beginning_and_arrives() {
        let way: Vec<u16> = (0..=FRAMES).map(eased).collect();
        assert_eq!((way[0], way[usize::from(FRAMES)]), (0, 1_000));
        assert!(way.is_sorted());
    }

    #[test]
    fn the_last_frame_has_the_heights_of_the_new_axis() {
        let text = include_str!("../../../scenarios/07-a-lock-gone-wrong.fencepost");
        let old = picture(text.to_owned());
        let new = picture(text.replace("for 15s", "for 9500ms"));
        let mut easing = Easing::new(&old.scene.time_map, &new).expect("two axes");
        let top = |scene: &Scene| scene.arrows.iter().map(|arrow| arrow.path).collect::<Vec<_>>();
        assert_ne!(top(easing.scene()), top(&new.scene));
        while easing.step(&new) {}
        assert_eq!(top(easing.scene()), top(&new.scene));
        assert!(Easing::new(&new.scene.time_map, &new).is_none());
    }
}
