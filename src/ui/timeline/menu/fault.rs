//! The menu of a placed fault: its measures as numbers, its kinds as choices.

use fencepost_scenario::model::{FaultSpec, Recovery};
use fencepost_sim::{Disk, Duration, PartitionMode, Time};
use yew::prelude::*;

use super::{Act, Bench, Stop};
use crate::ui::timeline::change::{Change, Way};
use crate::ui::timeline::controls::{choice, number, offset, push, rate};
use crate::ui::timeline::{fresh, measure};

/// What another measure makes of the fault.
type Make<T> = fn(&FaultSpec, T) -> FaultSpec;

impl Bench<'_> {
    pub(super) fn fault(&self, place: usize, stop: &Stop) -> (String, Html) {
        let Some(fault) = self.scenario.faults.get(place) else {
            return (self.board.words(stop), self.moment(stop, "here"));
        };
        let controls = html! {
            <>
                { self.measures(place, fault) }
                { self.partition(place, fault) }
                { self.crash(place, fault) }
                { self.omission(place, fault) }
                { self.clock(place, fault) }
                { push("Switch off", Act::Do(Change::SwitchOff(place)), self.act) }
                { push("Delete", Act::Do(Change::Remove(place)), self.act) }
            </>
        };
        (crate::words::fault_sentence(fault), controls)
    }

    /// How long, from when, until when: whatever of these the fault has.
    fn measures(&self, place: usize, fault: &FaultSpec) -> Html {
        let typed = |words: &'static str, now: Duration, zero: bool, make: Make<Duration>| {
            let fault = fault.clone();
            let with = move |typed| Some(Change::Replace { fault: place, with: make(&fault, typed) });
            number(words, now, zero, self.act, with)
        };
        let late = matches!(fault, FaultSpec::Delay { .. } | FaultSpec::Duplicate { .. } | FaultSpec::Stall { .. });
        let length = measure::length_of(fault);
        let end = measure::end_of(fault).filter(|_| length.is_none());
        let start = measure::start_of(fault);
        html! {
            <>
                { for length.map(|now| typed(if late { "Later by" } else { "Lasts" }, now, false, measure::with_length)) }
                { for start.map(|now| typed("Begins at", Duration(now.0), true, |fault, at| measure::with_start(fault, Time(at.0)))) }
                { for end.map(|now| typed("Until", Duration(now.0), false, |fault, at| measure::with_end(fault, Time(at.0)))) }
            </>
        }
    }

    fn replace(&self, place: usize, with: FaultSpec) -> Act {
        Act::Set(Change::Replace { fault: place, with })
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
        let modes = [
            ("Messages are lost", PartitionMode::Drop),
            ("Messages wait for the heal", PartitionMode::Hold),
            ("Messages under way are lost too", PartitionMode::Sever),
        ];
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

    fn crash(&self, place: usize, fault: &FaultSpec) -> Html {
        let FaultSpec::Crash { participant, start, recovery } = fault else { return html! {} };
        let with = |recovery| FaultSpec::Crash { participant: participant.clone(), start: start.clone(), recovery };
        let begins = measure::start_of(fault).unwrap_or(self.now.unwrap_or(Time::ZERO));
        let at = recovery.map_or(begins + fresh::SECOND, |recovery| recovery.at);
        let ways = [
            ("It stays down", "It is gone for good.", None),
            ("It recovers, disk kept", "Everything that it wrote is there.", Some(Disk::Kept)),
            ("It recovers, disk as synced", "What was not synced yet is lost.", Some(Disk::Synced)),
            ("It recovers, disk wiped", "It remembers nothing at all.", Some(Disk::Wiped)),
        ];
        let choices = ways.into_iter().map(|(words, meaning, disk)| {
            let chosen = recovery.map(|recovery| recovery.disk) == disk;
            let set = self.replace(place, with(disk.map(|disk| Recovery { at, disk })));
            choice("recovery", words, meaning, chosen, set, self.act)
        });
        html! { <fieldset><legend>{ "Afterwards" }</legend>{ for choices }</fieldset> }
    }

    fn omission(&self, place: usize, fault: &FaultSpec) -> Html {
        let (from, until) = match fault {
            FaultSpec::Mute { from, until, .. } | FaultSpec::Deafen { from, until, .. } => (*from, *until),
            FaultSpec::Partition { from, until, .. } => (*from, Some(*until).filter(|until| *until < Time::NEVER)),
            _ => return html! {},
        };
        let set = |end: Option<Time>| {
            let mut with = fault.clone();
            match &mut with {
                FaultSpec::Mute { until, .. } | FaultSpec::Deafen { until, .. } => *until = end,
                FaultSpec::Partition { until, .. } => *until = end.unwrap_or(Time::NEVER),
                _ => {}
            }
            self.replace(place, with)
        };
        let ends = until.unwrap_or(from + fresh::SECOND);
        html! {
            <fieldset><legend>{ "How long" }</legend>
                { choice("omission", "For a while", "", until.is_some(), set(Some(ends)), self.act) }
                { choice("omission", "For ever", "", until.is_none(), set(None), self.act) }
            </fieldset>
        }
    }

    fn clock(&self, place: usize, fault: &FaultSpec) -> Html {
        let old = fault.clone();
        match fault {
            FaultSpec::ClockRate { change_ppm, .. } => rate("Clock speed", *change_ppm, self.act, move |ppm| {
                let mut with = old.clone();
                if let FaultSpec::ClockRate { change_ppm, .. } = &mut with {
                    *change_ppm = ppm;
                }
                Some(Change::Replace { fault: place, with })
            }),
            FaultSpec::ClockJump { by, .. } => offset("Forward by", *by, self.act, move |micros| {
                let mut with = old.clone();
                if let FaultSpec::ClockJump { by, .. } = &mut with {
                    *by = micros;
                }
                Some(Change::Replace { fault: place, with })
            }),
            _ => html! {},
        }
    }
}
