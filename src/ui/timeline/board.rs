//! Everything on the diagram a hand or a key can take hold of, lane by lane and in the order of time.
//!
//! Made anew from each run. What the reader is at is remembered by what it is (a message by its name, a fault by its
//! place in the list), never by an event of one run, so that it stays the same thing when the run changes.

use fencepost_scenario::model::{MessageName, Scenario};
use fencepost_scene::{Arrow, Key, Mark, MarkKind, Scene, Span, SpanKind, Tale};
use fencepost_sim::{EventId, EventKind, Time, sort_by_rank};
use fencepost_vocabulary::Trace;

use super::change::Flight;
use super::steps::{self, Step};

/// What can be taken hold of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A moment of a lane at which nothing need happen.
    Moment,
    /// A message.
    Message(MessageName),
    /// A fault, by its place in the scenario that was run.
    Fault(usize),
    /// Where a property was violated, or a hazard first seen.
    Pin(EventId),
    /// What was said again and again, to be opened and folded.
    Repeat(Key),
    /// Anything else that happened, by its place among the events of its lane.
    Event(EventId),
}

/// A thing and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Which lane.
    pub lane: usize,
    /// When.
    pub time: Time,
    /// What.
    pub thing: Thing,
    /// What is told of it; `None` of a moment at which nothing need happen.
    pub tale: Option<Tale>,
}

/// All stops of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// The names of the lanes.
    pub names: Vec<String>,
    /// Each lane's stops in the order of time.
    pub stops: Vec<Vec<Stop>>,
    /// Every message, in the order of sending; of a message and its copy the first.
    pub flights: Vec<Flight>,
    /// Each lane's steps in the order of time.
    pub steps: Vec<Vec<Step>>,
    /// When the run ended.
    pub end: Time,
}

impl Board {
    /// The stops of a run.
    pub fn read(scenario: &Scenario, trace: &Trace, scene: &Scene) -> Self {
        let names: Vec<String> = scene.lanes.iter().map(|lane| lane.name.clone()).collect();
        let stops = vec![Vec::new(); names.len()];
        let steps = steps::read(trace, names.len());
        let mut board = Self { names, stops, flights: Vec::new(), steps, end: trace.ended_at };
        for arrow in &scene.arrows {
            board.add_arrow(arrow, trace);
        }
        for span in &scene.spans {
            board.add_span(span, scenario);
        }
        for mark in &scene.marks {
            board.add_mark(mark, trace);
        }
        for repeat in &scene.repeats {
            board.add(repeat.participant.index(), repeat.from, Thing::Repeat(repeat.key), repeat.tale);
        }
        for lane in &mut board.stops {
            sort_by_rank(lane, |stop| (stop.time.0, u64::from(rank(&stop.thing))));
            lane.dedup_by(|later, earlier| later.thing == earlier.thing && later.time == earlier.time);
        }
        sort_by_rank(&mut board.flights, |flight| (flight.sent.0, 0));
        board
    }

    fn add_arrow(&mut self, arrow: &Arrow, trace: &Trace) {
        let Some(flight) = flight_of(arrow, trace, &self.names) else { return };
        let thing = Thing::Message(flight.name.clone());
        if !arrow.copy {
            let lane = arrow.about.participant.map_or(0, |from| from.index());
            self.add(lane, flight.sent, thing.clone(), arrow.tale);
            self.flights.push(flight);
        }
        if let Some(arrival) = arrow.arrival.and_then(|id| trace.events.get(id.index())) {
            self.add(arrow.to.index(), arrival.time, thing, arrow.tale);
        }
    }

    fn add_span(&mut self, span: &Span, scenario: &Scenario) {
        let Some(fault) = span.about.fault.map(|fault| fault.index()) else { return };
        if let SpanKind::Cut { .. } = span.kind {
            for lane in cut_lanes(fault, scenario) {
                self.add(lane, span.from, Thing::Fault(fault), span.tale);
            }
        } else {
            let lane = span.about.participant.map_or(0, |who| who.index());
            self.add(lane, span.from, Thing::Fault(fault), span.tale);
        }
    }

    fn add_mark(&mut self, mark: &Mark, trace: &Trace) {
        let Some(event) = mark.about.event.and_then(|id| trace.events.get(id.index())) else { return };
        let lane = mark.about.participant.unwrap_or(event.participant).index();
        let thing = match (mark.kind, mark.about.fault) {
            (MarkKind::Pin | MarkKind::Hazard, _) => Thing::Pin(event.id),
            (MarkKind::Expiry | MarkKind::Inbox, _) => Thing::Event(event.id),
            (MarkKind::Dot, _) => return,
            (_, Some(fault)) => Thing::Fault(fault.index()),
            _ => return,
        };
        self.add(lane, event.time, thing, mark.tale);
    }

    fn add(&mut self, lane: usize, time: Time, thing: Thing, tale: Tale) {
        if let Some(stops) = self.stops.get_mut(lane) {
            stops.push(Stop { lane, time, thing, tale: Some(tale) });
        }
    }

    /// The first step of its lane at or after a stop.
    pub fn next_step(&self, at: &Stop) -> Option<Step> {
        self.steps.get(at.lane)?.iter().find(|step| step.time >= at.time).copied()
    }

    /// The first step of its lane at or after a stop that takes time.
    pub fn next_timed_step(&self, at: &Stop) -> Option<Step> {
        self.steps.get(at.lane)?.iter().find(|step| step.timed && step.time >= at.time).copied()
    }

    /// The message with this name.
    pub fn flight(&self, name: &MessageName) -> Option<&Flight> {
        self.flights.iter().find(|flight| flight.name == *name)
    }

    /// The same thing in this run: on the same lane if it is there, else on another, else the moment it was at.
    pub fn again(&self, old: &Stop) -> Stop {
        let all = || self.stops.iter().flatten().filter(|stop| stop.thing == old.thing);
        let near = |stop: &&Stop| (stop.lane.abs_diff(old.lane), stop.time.0.abs_diff(old.time.0));
        match old.thing {
            Thing::Moment => self.moment(old.lane, old.time),
            _ => all().min_by_key(near).cloned().unwrap_or_else(|| self.moment(old.lane, old.time)),
        }
    }

    /// A moment of a lane; the last lane if there are not so many.
    pub fn moment(&self, lane: usize, time: Time) -> Stop {
        let lane = lane.min(self.names.len().saturating_sub(1));
        Stop { lane, time, thing: Thing::Moment, tale: None }
    }

    /// A stop as a moment of its lane, in words.
    pub fn words(&self, stop: &Stop) -> String {
        let name = self.names.get(stop.lane).map_or("", String::as_str);
        format!("{name} at {}", stop.time)
    }

    /// The first stop of all: where the focus is before the reader moved it.
    pub fn first(&self) -> Stop {
        let first = self.stops.iter().flatten().min_by_key(|stop| stop.time);
        first.cloned().unwrap_or_else(|| self.moment(0, Time::ZERO))
    }

    /// The next stop down the same lane, or up.
    pub fn along(&self, from: &Stop, down: bool) -> Option<&Stop> {
        let lane = self.stops.get(from.lane)?;
        match (lane.iter().position(|stop| stop.thing == from.thing && stop.time == from.time), down) {
            (Some(place), true) => lane.get(place + 1),
            (Some(place), false) => lane.get(place.checked_sub(1)?),
            (None, true) => lane.iter().find(|stop| stop.time > from.time),
            (None, false) => lane.iter().rev().find(|stop| stop.time < from.time),
        }
    }

    /// The nearest stop on the next lane to the right, or left: the other end of a message if that is there.
    pub fn across(&self, from: &Stop, right: bool) -> Option<Stop> {
        let lane = if right { from.lane + 1 } else { from.lane.checked_sub(1)? };
        let stops = self.stops.get(lane)?;
        let near = |stop: &&Stop| stop.time.0.abs_diff(from.time.0);
        let nearest = stops.iter().min_by_key(near).filter(|_| from.thing != Thing::Moment);
        Some(nearest.cloned().unwrap_or_else(|| self.moment(lane, from.time)))
    }

    /// The next pin in time on any lane, or the one before.
    pub fn pin(&self, from: &Stop, later: bool) -> Option<&Stop> {
        let pins = self.stops.iter().flatten().filter(|stop| matches!(stop.thing, Thing::Pin(_)));
        let key = |stop: &&Stop| (stop.time, stop.lane);
        let here = (from.time, from.lane);
        if later {
            pins.filter(|stop| key(stop) > here).min_by_key(key)
        } else {
            pins.filter(|stop| key(stop) < here).max_by_key(key)
        }
    }

    /// The first or last stop of a lane.
    pub fn edge(&self, lane: usize, last: bool) -> Option<&Stop> {
        let stops = self.stops.get(lane)?;
        if last { stops.last() } else { stops.first() }
    }
}

/// Faults before messages, and pins last: what brings something about comes before it.
fn rank(thing: &Thing) -> u8 {
    match thing {
        Thing::Fault(_) => 0,
        Thing::Moment | Thing::Event(_) | Thing::Repeat(_) => 1,
        Thing::Message(_) => 2,
        Thing::Pin(_) => 3,
    }
}

/// The message an arrow stands for.
pub fn flight_of(arrow: &Arrow, trace: &Trace, names: &[String]) -> Option<Flight> {
    let sent = trace.events.get(arrow.about.event?.index())?;
    let arrives = match &sent.kind {
        EventKind::Sent { fate, .. } => fate.arrives(),
        EventKind::Duplicated { arrives, .. } => Some(*arrives),
        _ => None,
    };
    let from = names.get(arrow.about.participant?.index())?.clone();
    let to = names.get(arrow.to.index())?.clone();
    let name = MessageName { from, to, kind: arrow.kind, ordinal: arrow.ordinal };
    Some(Flight { name, sent: sent.time, arrives })
}

/// The lanes of those a partition separates.
fn cut_lanes(fault: usize, scenario: &Scenario) -> Vec<usize> {
    let Some(fencepost_scenario::model::FaultSpec::Partition { sides, .. }) = scenario.faults.get(fault) else {
        return Vec::new();
    };
    let cut = |name: &String| sides.left.contains(name) || sides.right.contains(name);
    let lanes = scenario.participants.iter().enumerate();
    lanes.filter(|(_, one)| cut(&one.name)).map(|(lane, _)| lane).collect()
}

#[cfg(test)]
mod tests;
