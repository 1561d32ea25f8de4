//! The menus of the diagram: what can be done to a thing, as buttons, choices and numbers.
//!
//! Whatever a drag can do can be done here too, and exactly. What a menu shows follows from the scenario; what its
//! controls ask for goes up as an [`Act`]. Opening, closing and focus are `super::view`'s.

use fencepost_scenario::model::{
    ClientSpec, CrashStart, FaultSpec, LockSpec, MessageName, Participant, Role, Scenario, Statement,
};
use fencepost_scenario::print_statement;
use fencepost_sim::{Duration, PartitionMode, Time};
use fencepost_vocabulary::CheckMode;
use yew::prelude::*;

use super::board::{Board, Stop, Thing};
use super::change::{self, Change, Way};
use super::controls::{choice, number, push, slider};

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
    /// The scenario that was run.
    pub scenario: &'a Scenario,
    /// Its stops.
    pub board: &'a Board,
    /// The moment that has the focus, for what a header menu places.
    pub now: Time,
    /// Where acts go.
    pub act: &'a Callback<Act>,
}

/// A menu's title and its controls.
pub fn menu(subject: &Subject, bench: Bench<'_>) -> (String, Html) {
    match subject {
        Subject::Header(lane) => header(*lane, bench),
        Subject::Stop(stop) => match &stop.thing {
            Thing::Message(name) => (message_title(name), bench.message(name)),
            Thing::Fault(place) => bench.fault(*place, stop),
            Thing::Moment | Thing::Event(_) | Thing::Pin(_) => {
                (bench.board.words(stop), bench.moment(stop.lane, stop.time))
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
        let (drop, twice) = (change::toggle_drop(name, faults), change::toggle_duplicate(name, faults));
        let lose = if matches!(drop, Change::Add(_)) { "Lose it" } else { "Let it through" };
        let double = if matches!(twice, Change::Add(_)) { "Deliver it twice" } else { "Deliver it once" };
        let late = self.board.flight(name).filter(|flight| flight.arrives.is_some()).cloned();
        html! {
            <>
                { push(lose, Act::Do(drop), self.act) }
                { push(double, Act::Do(twice), self.act) }
                if let Some(flight) = late {
                    { number("Delay", flight.delay(faults), true, self.act, {
                        let faults = faults.clone();
                        move |by| flight.delayed(by, &faults)
                    }) }
                }
            </>
        }
    }

    fn fault(&self, place: usize, stop: &Stop) -> (String, Html) {
        let Some(fault) = self.scenario.faults.get(place) else {
            return (self.board.words(stop), self.moment(stop.lane, stop.time));
        };
        let replace = move |with: FaultSpec| Some(Change::Replace { fault: place, with });
        let length = change::length_of(fault).map(|length| {
            let fault = fault.clone();
            number("Lasts", length, false, self.act, move |length| replace(change::with_length(&fault, length)))
        });
        let start = change::start_of(fault).map(|start| {
            let fault = fault.clone();
            let start_at = move |at: Duration| replace(change::with_start(&fault, Time(at.0)));
            number("Begins at", Duration(start.0), true, self.act, start_at)
        });
        let controls = html! {
            <>
                { for length }
                { for start }
                { self.partition(place, fault) }
                { push("Switch off", Act::Do(Change::SwitchOff(place)), self.act) }
                { push("Delete", Act::Do(Change::Remove(place)), self.act) }
            </>
        };
        (crate::words::fault_sentence(fault), controls)
    }

    fn partition(&self, place: usize, fault: &FaultSpec) -> Html {
        let FaultSpec::Partition { sides, mode, .. } = fault else { return html! {} };
        let names = &self.board.names;
        let with = |edit: &dyn Fn(&mut FaultSpec)| {
            let mut with = fault.clone();
            edit(&mut with);
            Act::Set(Change::Replace { fault: place, with })
        };
        let turned = |way: Way| {
            with(&|fault| {
                if let FaultSpec::Partition { sides, .. } = fault {
                    way.turn(sides, names);
                }
            })
        };
        let kept = |new: PartitionMode| {
            with(&|fault| {
                if let FaultSpec::Partition { mode, .. } = fault {
                    *mode = new;
                }
            })
        };
        let now = Way::of(sides, names);
        let (near, far) = match now {
            Way::Back => (sides.right.join(" "), sides.left.join(" ")),
            _ => (sides.left.join(" "), sides.right.join(" ")),
        };
        let ways = [
            ("Both ways".to_owned(), Way::Both),
            (format!("Only {near} → {far}"), Way::Forth),
            (format!("Only {far} → {near}"), Way::Back),
        ];
        let modes = [("Messages are lost", PartitionMode::Drop), ("Messages wait for the heal", PartitionMode::Hold)];
        html! {
            <>
                <fieldset><legend>{ "Cut" }</legend>
                    { for ways.into_iter().map(|(word, way)| choice("way", &word, "", way == now, turned(way), self.act)) }
                </fieldset>
                <fieldset><legend>{ "Meanwhile" }</legend>
                    { for modes.into_iter().map(|(word, new)| choice("mode", word, "", new == *mode, kept(new), self.act)) }
                </fieldset>
            </>
        }
    }

    fn moment(&self, lane: usize, at: Time) -> Html {
        let names: Vec<&str> = self.board.names.iter().map(String::as_str).collect();
        let Some(name) = names.get(lane) else { return html! {} };
        let second = Duration::from_secs(1);
        let cut = |left: usize| {
            let words = format!("Cut {} | {} here", names[..=left].join(" "), names[left + 1..].join(" "));
            let fault = change::partition(&names, left, at, second)?;
            Some(push(&words, Act::Do(Change::Add(fault)), self.act))
        };
        let beside: Vec<usize> = [lane.checked_sub(1), Some(lane)].into_iter().flatten().collect();
        let cuts = beside.into_iter().filter(|left| left + 1 < names.len()).filter_map(cut);
        html! {
            <>
                { push(&format!("Pause {name} here"), Act::Do(Change::Add(change::pause(name, at, second))), self.act) }
                { push(&format!("Crash {name} here"), Act::Do(Change::Add(crash(name, at))), self.act) }
                { for cuts }
            </>
        }
    }
}

fn crash(name: &str, at: Time) -> FaultSpec {
    FaultSpec::Crash { participant: name.into(), start: CrashStart::At(at), recovery: None }
}

fn header(lane: usize, bench: Bench<'_>) -> (String, Html) {
    let Some(participant) = bench.scenario.participants.get(lane) else { return (String::new(), html! {}) };
    let name = &participant.name;
    let settings = match &participant.role {
        Role::Store(store) => checks(name, store.check, false, bench.act),
        Role::Lock(lock) => lock_settings(name, lock, bench.act),
        Role::Client(client) => program(participant, client),
        Role::Member(_) | Role::General(_) => html! {},
    };
    let (now, act) = (bench.now, bench.act);
    let pause = Change::Add(change::pause(name, now, Duration::from_secs(1)));
    let places = html! {
        <>
            { push(&format!("Pause at {now}"), Act::Do(pause), act) }
            { push(&format!("Crash at {now}"), Act::Do(Change::Add(crash(name, now))), act) }
        </>
    };
    (name.clone(), html! { <>{ settings }<div class="places">{ places }</div></> })
}

/// How writes are checked. `same-store` needs the lock and the data in one service, so that only such a one has it.
fn checks(store: &str, now: CheckMode, in_lock: bool, act: &Callback<Act>) -> Html {
    let modes = CheckMode::ALL.into_iter().filter(|&mode| mode != CheckMode::SameStore || in_lock || mode == now);
    let choices = modes.map(|mode| {
        let set = Act::Set(Change::Check { store: store.to_owned(), mode });
        choice("check", mode.word(), mode.sentence(), mode == now, set, act)
    });
    html! { <fieldset><legend>{ "Check" }</legend>{ for choices }</fieldset> }
}

fn lock_settings(name: &str, lock: &LockSpec, act: &Callback<Act>) -> Html {
    let lease = {
        let name = name.to_owned();
        move |lease: Duration| Some(Change::Lease { lock: name.clone(), lease: Some(lease) })
    };
    let now = lock.lease.unwrap_or(Duration::from_secs(10));
    let endless = Act::Set(Change::Lease { lock: name.to_owned(), lease: None });
    let ends = Act::Set(Change::Lease { lock: name.to_owned(), lease: Some(now) });
    html! {
        <>
            <fieldset><legend>{ "Lease" }</legend>
                { choice("lease", "Ends by itself", "A holder that falls silent cannot keep the lock for ever.",
                    lock.lease.is_some(), ends, act) }
                { choice("lease", "Never ends", "Only its holder can give the lock back.", lock.lease.is_none(), endless, act) }
                if lock.lease.is_some() {
                    { slider("Lease", now, act, lease.clone()) }
                    { number("Lease", now, false, act, lease) }
                }
            </fieldset>
            if let Some(data) = &lock.data {
                { checks(name, data.check, true, act) }
            }
        </>
    }
}

/// A client's program, step by step, in the words of the text.
fn program(participant: &Participant, client: &ClientSpec) -> Html {
    let line = print_statement(&Statement::Participant(participant.clone()));
    let steps: Vec<String> =
        line.split_once(':').map_or("", |(_, steps)| steps).split(';').map(|step| step.trim().to_owned()).collect();
    let renewal = client.renew_every.map(|every| format!(" and renews its lease every {every}"));
    html! {
        <>
            <p>{ format!("Begins at {}{}.", client.at, renewal.unwrap_or_default()) }</p>
            <ol class="program">{ for steps.into_iter().enumerate().map(|(at, step)| html! { <li key={at}><code>{ step }</code></li> }) }</ol>
        </>
    }
}
