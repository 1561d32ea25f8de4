//! The menus of the diagram: what can be done to a thing, as buttons, choices and numbers.
//!
//! Whatever a drag can do can be done here too, and exactly. What a menu shows follows from the scenario; what its
//! controls ask for goes up as an [`Act`]. Opening, closing and focus are `super::view`'s.

use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, Order, Role, Scenario};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::{EventKind, Message};
use yew::prelude::*;

use super::board::{Board, Stop, Thing};
use super::change::{self, Change, Flight};
use super::controls::{number, push};
use super::fresh;
use crate::app::Picture;

mod fault;
mod header;
mod options;

/// What a menu is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A participant and its settings.
    Header(usize),
    /// A thing on a lane.
    Stop(Stop),
}

/// What a control of a menu asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Show this while the hand is still on the control.
    Try(Change),
    /// Keep this and stay open.
    Set(Change),
    /// Keep this and close.
    Do(Change),
    /// Close.
    Close,
}

/// What a menu is made from.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The run that is shown.
    pub picture: &'a Picture,
    /// The scenario that was run.
    pub scenario: &'a Scenario,
    /// Its stops.
    pub board: &'a Board,
    /// The moment that has the focus, for what a header menu places; `None` where none was chosen yet.
    pub now: Option<Time>,
    /// Where acts go.
    pub act: &'a Callback<Act>,
}

/// A menu's title and its controls.
pub fn menu(subject: &Subject, bench: Bench<'_>) -> (String, Html) {
    match subject {
        Subject::Header(lane) => header::header(*lane, bench),
        Subject::Stop(stop) => match &stop.thing {
            Thing::Message(name) => (message_title(name), bench.message(name)),
            Thing::Fault(place) => bench.fault(*place, stop),
            Thing::Moment | Thing::Event(_) | Thing::Pin(_) | Thing::Repeat(_) => {
                (bench.picture.clocks(stop.lane, stop.time), bench.moment(stop, "here"))
            }
        },
    }
}

fn message_title(name: &MessageName) -> String {
    format!("{} → {} · {} {}", name.from, name.to, name.kind.word(), name.ordinal)
}

impl Bench<'_> {
    fn message(&self, name: &MessageName) -> Html {
        let faults = &self.scenario.faults;
        let toggle = |change: Change, (place, take): (&str, &str)| {
            let words = if matches!(change, Change::Add(_)) { place } else { take };
            push(words, Act::Do(change.clone()), self.act)
        };
        let kill = format!("Crash {} right after it", name.from);
        let spare = format!("Let {} live on after it", name.from);
        let flight = self.board.flight(name).cloned();
        html! {
            <>
                { toggle(change::toggle_drop(name, faults), ("Lose it", "Let it through")) }
                { toggle(change::toggle_duplicate(name, faults), ("Deliver it twice", "Deliver it once")) }
                { toggle(change::toggle_kill(name, faults), (&kill, &spare)) }
                { for self.lie(name).map(|lie| toggle(lie, ("Say the opposite", "Say what is true"))) }
                if let Some(flight) = flight {
                    { self.lateness(flight) }
                }
            </>
        }
    }

    /// The lie, or the truth, that a traitor can tell with this message in place of what it says; `None` where nothing
    /// can be altered.
    fn lie(&self, name: &MessageName) -> Option<Change> {
        let role = &self.scenario.participant(&name.from)?.role;
        let Role::Officer(council) = role else { return None };
        let can_lie =
            council.traitors.contains(&name.from) && (!council.signed || council.generals.first() == Some(&name.from));
        let names = &self.board.names;
        let place = |name: &String| names.iter().position(|one| one == name);
        let (from, to) = (place(&name.from)?, place(&name.to)?);
        let sent = self.picture.run.trace.events.iter().find_map(|event| match &event.kind {
            EventKind::Sent { to: receiver, message: Message::Order { path, attack }, ordinal, .. }
                if event.participant.index() == from && receiver.index() == to && *ordinal == name.ordinal =>
            {
                Some((path, *attack))
            }
            _ => None,
        });
        let (path, attack) = sent.filter(|_| can_lie)?;
        // With one round of relaying there is nobody's word but the commander's.
        let giver =
            path.0.iter().rev().nth(1).and_then(|giver| names.get(giver.index())).filter(|_| council.rounds > 1);
        let says = if attack { Order::Attack } else { Order::Retreat };
        Some(change::toggle_lie(name, giver.map(String::as_str), says, &self.scenario.faults))
    }

    fn lateness(&self, flight: Flight) -> Html {
        let delay = flight.arrives.map(|_| {
            let (flight, faults) = (flight.clone(), self.scenario.faults.clone());
            let now = flight.delay(&faults);
            number("Delay", now, true, self.act, move |by| flight.delayed(by, &faults))
        });
        let faults = self.scenario.faults.clone();
        let now = Duration(flight.held_until(&faults).0);
        html! {
            <>
                { for delay }
                { number("Hold until", now, true, self.act, move |until| flight.held(Time(until.0), &faults)) }
            </>
        }
    }

    /// What can be placed at a moment of a lane. `at` says of each thing which moment that is.
    fn moment(&self, stop: &Stop, at: &str) -> Html {
        let (lane, time) = (stop.lane, stop.time);
        let names: Vec<&str> = self.board.names.iter().map(String::as_str).collect();
        let Some(name) = names.get(lane) else { return html! {} };
        let cut = |left: usize| {
            let words = format!("{} | {} {at}", names[..=left].join(" "), names[left + 1..].join(" "));
            Some(self.place(&words, fresh::partition(&names, left, time, fresh::SECOND)?))
        };
        let beside = [lane.checked_sub(1), Some(lane)].into_iter().flatten().filter(|left| left + 1 < names.len());
        html! {
            <>
                { group("Stop", [
                    self.place(&format!("Pause {name} {at}"), fresh::pause(name, time, fresh::SECOND)),
                    self.place(&format!("Crash {name} {at}"), fresh::crash(name, CrashStart::At(time))),
                    self.place(&format!("Crash it {at}, and recover"), fresh::restart(name, time)),
                ]) }
                { self.before(name, stop) }
                { group("Cut off", beside.filter_map(cut).chain([
                    self.place(&format!("Mute {name} {at}"), fresh::mute(name, time)),
                    self.place(&format!("Deafen {name} {at}"), fresh::deafen(name, time)),
                ])) }
                { group("Clock", [
                    self.place(&format!("Slow its clock to half {at}"), fresh::clock_rate(name, time)),
                    self.place(&format!("Set its wall clock 10 s ahead {at}"), fresh::clock_jump(name, time)),
                ]) }
            </>
        }
    }

    /// What can strike at the next step, where no moment of the clock could be pointed at.
    fn before(&self, name: &str, stop: &Stop) -> Html {
        let Some(step) = self.board.next_step(stop) else { return html! {} };
        let title = format!("Before its {} {}", step.step.word(), step.ordinal);
        let stall = self.board.next_timed_step(stop).map(|timed| {
            let words = format!("Slow down {} {}", timed.step.word(), timed.ordinal);
            self.place(&words, fresh::stall(name, timed))
        });
        let strikes = [
            self.place("Pause", fresh::pause_before(name, step)),
            self.place("Crash", fresh::crash_before(name, step)),
        ];
        group(&title, strikes.into_iter().chain(stall))
    }

    fn place(&self, words: &str, fault: FaultSpec) -> Html {
        push(words, Act::Do(Change::Add(fault)), self.act)
    }
}

/// Buttons of one kind, side by side.
fn group(title: &str, buttons: impl IntoIterator<Item = Html>) -> Html {
    html! {
        <fieldset class="acts" key={title.to_owned()}><legend>{ title.to_owned() }</legend>{ for buttons }</fieldset>
    }
}
