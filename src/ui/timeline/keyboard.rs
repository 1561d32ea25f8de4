//! The keyboard's events, carried to the key machine and its answers to the page; and what is said aloud meanwhile.

use fencepost_scene::{Px, Scene, Span};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::board::{Stop, Thing};
use super::gesture::{Gesture, Point};
use super::keys::{Answer, Desk, Key, Press};
use super::menu::Subject;
use super::placing::Placed;
use super::view::Timeline;
use crate::app::{self, Target};

impl Timeline {
    pub(super) fn key(&mut self, event: &KeyboardEvent, ctx: &Context<Self>) -> bool {
        let Some(press) = press_of(event) else { return false };
        if press.key == Key::Escape && self.gesture != Gesture::Idle {
            event.prevent_default();
            return self.lost(ctx);
        }
        let base = ctx.props().base().clone();
        let desk = Desk { board: &self.board, scenario: &base.view.scenario, axis: &base.scene.time_map };
        let answer = self.keys.press(press, desk);
        if answer == Answer::Ignored {
            return false;
        }
        event.prevent_default();
        event.stop_propagation();
        self.answer(answer, ctx)
    }

    pub(super) fn key_up(&mut self, event: &KeyboardEvent, ctx: &Context<Self>) -> bool {
        if !matches!(event.key().as_str(), "Alt" | "Shift") {
            return false;
        }
        let base = ctx.props().base().clone();
        let desk = Desk { board: &self.board, scenario: &base.view.scenario, axis: &base.scene.time_map };
        let answer = self.keys.release(desk);
        if answer != Answer::Ignored {
            // Alt alone would open the browser's menu.
            event.prevent_default();
        }
        self.answer(answer, ctx)
    }

    pub(super) fn blur(&mut self, ctx: &Context<Self>) -> bool {
        self.focused = false;
        self.keep_placed(ctx);
        true
    }

    /// What was being placed is kept, because the reader turned to something else.
    pub(super) fn keep_placed(&mut self, ctx: &Context<Self>) {
        let base = ctx.props().base().clone();
        let desk = Desk { board: &self.board, scenario: &base.view.scenario, axis: &base.scene.time_map };
        let answer = self.keys.leave(desk);
        self.answer(answer, ctx);
    }

    fn answer(&mut self, answer: Answer, ctx: &Context<Self>) -> bool {
        let on = &ctx.props().on;
        match answer {
            Answer::Ignored => return false,
            Answer::Quiet => {}
            Answer::Moved => {
                self.reveal = true;
                self.tell_selection(ctx);
            }
            Answer::Preview(change) => on.emit(app::Msg::Preview(change.map(Into::into))),
            // What was placed is shown already; a single key makes its change at once.
            Answer::Commit(_) if ctx.props().before.is_some() => on.emit(app::Msg::Commit),
            Answer::Commit(change) => on.emit(app::Msg::Apply(change.into())),
            Answer::Revert => on.emit(app::Msg::CancelPreview),
            Answer::Open(Stop { thing: Thing::Repeat(key), .. }) => on.emit(app::Msg::ToggleRepeat(key)),
            Answer::Open(stop) => {
                let at = self.ring_at(&ctx.props().picture.scene).unwrap_or_default();
                self.open(Subject::Stop(stop), Point { x: at.0.to_f64(), y: at.1.to_f64() });
            }
        }
        true
    }

    /// The page shows what it knows about what has the focus.
    pub(super) fn tell_selection(&self, ctx: &Context<Self>) {
        let target = self.keys.at.as_ref().map(target_of);
        if target != ctx.props().selection {
            ctx.props().on.emit(app::Msg::Select(target));
        }
    }

    /// The page selected something else: the focus goes there.
    pub(super) fn follow(&mut self, selection: Option<&Target>, ctx: &Context<Self>) {
        let Some(target) = selection else { return };
        if self.keys.at.as_ref().map(target_of).as_ref() == Some(target) {
            return;
        }
        let all = || self.board.stops.iter().flatten();
        let found = match target {
            Target::Event(id) => {
                let trace = &ctx.props().base().run.trace;
                let event = trace.events.get(id.index());
                let moment = event.map(|event| self.board.moment(event.participant.index(), event.time));
                all().find(|stop| target_of(stop) == *target).cloned().or(moment)
            }
            Target::Lane { participant, at } => Some(self.board.moment(participant.index(), *at)),
            Target::Header(_) => None,
            _ => all().find(|stop| target_of(stop) == *target).cloned(),
        };
        if found.is_some() {
            self.keys.at = found;
            self.reveal = true;
        }
    }

    /// What a screen reader is told.
    pub(super) fn spoken(&self, ctx: &Context<Self>) -> String {
        match (&self.keys.placing, &self.keys.at, self.focused) {
            (Some(placing), _, _) => placing.words(),
            (None, Some(at), true) => {
                let words = at.tale.map_or_else(|| self.board.words(at), |tale| ctx.props().base().tell(tale));
                format!("{}. {}", words.trim_end_matches('.'), hint(at))
            }
            _ => String::new(),
        }
    }

    /// The diagram's own name: its title and how to work it.
    pub(super) fn spoken_label(&self, ctx: &Context<Self>) -> String {
        let title = &ctx.props().picture.scene.title;
        format!("{title}. Arrows move, P pauses, N cuts, X crashes, Enter opens a menu.")
    }

    /// Where the ring is: on what has the focus, as it is now.
    pub(super) fn ring_at(&self, scene: &Scene) -> Option<(Px, Px)> {
        let first;
        let at = match &self.keys.at {
            Some(at) => at,
            None => {
                first = self.board.first();
                &first
            }
        };
        let lane = scene.lanes.get(at.lane)?;
        // While an end is moved, the ring goes with it.
        let place = match &self.keys.placing.as_ref().map(|placing| &placing.what) {
            Some(Placed::Fault { place: Some(place), .. }) => Some(*place),
            _ => None,
        };
        let is_held = |span: &&Span| span.about.fault.is_some_and(|fault| Some(fault.index()) == place);
        let end = scene.spans.iter().find(is_held).map(|span| span.rect.bottom());
        Some((lane.x, end.unwrap_or_else(|| scene.time_map.y(at.time))))
    }
}

/// The page's name for what has the focus.
fn target_of(stop: &Stop) -> Target {
    use fencepost_sim::{FaultId, ParticipantId};
    match &stop.thing {
        Thing::Message(name) => Target::Message(name.clone()),
        Thing::Fault(place) => Target::Fault(FaultId(*place as u16)),
        Thing::Pin(event) | Thing::Event(event) => Target::Event(*event),
        Thing::Moment | Thing::Repeat(_) => {
            Target::Lane { participant: ParticipantId(stop.lane as u16), at: stop.time }
        }
    }
}

fn hint(stop: &Stop) -> &'static str {
    match stop.thing {
        Thing::Message(_) => "Delete loses it, D doubles it, Alt and down delays it.",
        Thing::Fault(_) => "Alt with up or down changes its length, Shift moves it, Delete removes it.",
        Thing::Repeat(_) => "Enter shows them one by one, or folds them again.",
        Thing::Moment | Thing::Pin(_) | Thing::Event(_) => "P pauses here, X crashes here.",
    }
}

/// A browser's key event as ours; `None` for keys that are not ours, and for the page's own shortcuts.
fn press_of(event: &KeyboardEvent) -> Option<Press> {
    if event.ctrl_key() || event.meta_key() || event.is_composing() {
        return None;
    }
    let name = event.key();
    let key = match name.as_str() {
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Delete" | "Backspace" => Key::Delete,
        other => {
            let mut letters = other.chars();
            let letter = letters.next().filter(|_| letters.next().is_none())?;
            Key::Char(letter.to_ascii_lowercase())
        }
    };
    Some(Press { key, shift: event.shift_key(), alt: event.alt_key() })
}
