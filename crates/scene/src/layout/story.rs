//! One walk over the trace: which messages travelled and how far, what was paused, cut or crashed, and when anything
//! happened at all. Everything after it works on these lists.

use fencepost_scenario::model::FaultSpec;
use std::collections::BTreeSet;

use fencepost_sim::{Duration, EventId, Fate, FaultId, ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::{Event, EventKind, Message, Note, Trace};

use crate::layout::pulses::{Pulses, Topic};
use crate::layout::repeats::Repeats;
use crate::picture::Key;
use crate::view::View;

/// What is drawn of a run, before it has a place.
#[derive(Default)]
pub struct Story<'a> {
    /// Every message and every copy, in order of sending.
    pub letters: Vec<Letter<'a>>,
    /// Every fault that lasts.
    pub strikes: Vec<Strike>,
    /// The moments at which something is drawn, rising.
    pub moments: Vec<Time>,
    /// Notes that say nothing new; the picture passes over them.
    pub quiet: BTreeSet<EventId>,
    /// What was said again and again.
    pub repeats: Repeats,
}

/// One message, or one copy of it.
pub struct Letter<'a> {
    /// The sending or the copying.
    pub event: EventId,
    /// When it left.
    pub sent: Time,
    /// Who sent it.
    pub from: ParticipantId,
    /// To whom.
    pub to: ParticipantId,
    /// What it says.
    pub message: &'a Message,
    /// Which of its kind on its link.
    pub ordinal: u32,
    /// What was settled for it; of a copy, its own arrival.
    pub fate: Fate,
    /// Whether it is a copy.
    pub copy: bool,
    /// Where it ended, as far as the run went.
    pub arrival: Option<Arrival>,
    /// What it says again, if it does; see [`super::pulses`].
    pub topic: Option<Topic>,
    /// Whether it is one of many alike that nothing comes of, and stays in the background.
    pub is_pulse: bool,
}

/// A message's first contact with its addressee.
#[derive(Clone, Copy)]
pub struct Arrival {
    /// The event.
    pub event: EventId,
    /// When.
    pub time: Time,
    /// Whether the addressee had crashed.
    pub lost: bool,
    /// Whether the addressee slept.
    pub waits: bool,
}

impl Arrival {
    fn at(event: &Event) -> Self {
        let lost = matches!(event.kind, EventKind::Lost { .. });
        let waits = matches!(event.kind, EventKind::Buffered { .. });
        Self { event: event.id, time: event.time, lost, waits }
    }
}

/// What a fault that lasts does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// It takes no steps.
    Pause,
    /// It loses its memory and takes no steps until it recovers.
    Crash,
    /// Nothing that it sends arrives.
    Mute,
    /// Nothing that is sent to it arrives.
    Deaf,
    /// The network is cut.
    Cut,
}

/// A fault that lasts.
pub struct Strike {
    /// What it does.
    pub harm: Harm,
    /// The event with which it began.
    pub event: EventId,
    /// Which fault.
    pub fault: FaultId,
    /// Whom it struck; the network, for a cut.
    pub participant: ParticipantId,
    /// When.
    pub from: Time,
    /// Until when, or the end of the run.
    pub until: Time,
    /// Whether it lasts for ever, as far as anybody knows.
    pub for_ever: bool,
    /// Of a crash, the recovery.
    pub back: Option<EventId>,
}

impl<'a> Story<'a> {
    /// Walks over the trace, up to the end of the picture. `opened` are the repetitions that are drawn in full.
    pub fn read(view: &View<'a>, opened: &BTreeSet<Key>, end: Time) -> Self {
        let trace = view.trace;
        let mut story = Self { repeats: Repeats::new(view, opened), ..Self::default() };
        let mut letter_of = vec![None; trace.events.len()];
        let mut pulses = Pulses::read(view);
        for event in &trace.events {
            story.take(event, view, &mut letter_of, &mut pulses);
            if story.is_drawn(event, &letter_of) && story.moments.last().is_none_or(|last| *last < event.time) {
                story.moments.push(event.time);
            }
        }
        story.make_room_for_the_lost(view, end);
        story
    }

    /// Whether an event is left out, because it lies in elections of which only the number is told.
    pub fn is_folded(&self, event: EventId) -> bool {
        self.repeats.is_folded(event)
    }

    /// Whether what lasts from one moment to another lies wholly in what is left out.
    pub fn are_folded(&self, from: Time, until: Time) -> bool {
        self.repeats.are_folded(from, until)
    }

    /// The letter that left with this event.
    pub fn letter(&self, sending: EventId) -> Option<&Letter<'a>> {
        self.letters.binary_search_by_key(&sending, |letter| letter.event).ok().map(|place| &self.letters[place])
    }

    /// A letter that is lost would have arrived at some moment; with room for that moment it falls as steeply as others.
    fn make_room_for_the_lost(&mut self, view: &View<'_>, end: Time) {
        let lost = self.letters.iter().filter(|letter| letter.fate.arrives().is_none() && !letter.is_pulse);
        let due = lost.map(|letter| letter.sent + letter.usual_delay(view));
        let mut due: Vec<Time> = due.filter(|due| *due <= end.min(view.trace.ended_at)).collect();
        if due.is_empty() {
            return;
        }
        self.moments.append(&mut due);
        sort_by_rank(&mut self.moments, |moment| (moment.0, 0));
        self.moments.dedup();
    }

    /// Whether the picture needs room for this event. A pulse needs none: it is drawn, but the stretches between the events
    /// of the story can be quiet all the same.
    fn is_drawn(&self, event: &Event, letter_of: &[Option<u32>]) -> bool {
        let letter = |event: Option<EventId>| self.letters.get((*letter_of.get(event?.index())?)? as usize);
        if self.is_folded(event.id) {
            // What is drawn and arrives among what is left out needs room for its slant.
            let arrives = matches!(event.kind, EventKind::Delivered { .. } | EventKind::Lost { .. });
            return arrives && letter(event.cause).is_some_and(|letter| !letter.is_pulse);
        }
        match &event.kind {
            EventKind::Started | EventKind::TimerFired(_) | EventKind::Stepped(_) => false,
            EventKind::Noted(_) => !self.quiet.contains(&event.id),
            EventKind::Sent { .. } => letter(Some(event.id)).is_none_or(|letter| !letter.is_pulse),
            EventKind::Delivered { .. } | EventKind::Buffered { .. } | EventKind::Lost { .. } => {
                letter(event.cause).is_none_or(|letter| !letter.is_pulse)
            }
            _ => true,
        }
    }

    /// Whether a note says that a lease begins anew, as it did before.
    fn is_renewal(&self, note: &Note, cause: Option<u32>) -> bool {
        let handled = cause.and_then(|place| self.letters.get(place as usize));
        matches!(note, Note::Extended { .. }) && handled.is_some_and(|letter| letter.is_pulse)
    }

    fn take(&mut self, event: &'a Event, view: &View<'a>, letter_of: &mut [Option<u32>], pulses: &mut Pulses) {
        let trace = view.trace;
        let cause = event.cause.and_then(|cause| letter_of.get(cause.index()).copied().flatten());
        match &event.kind {
            EventKind::Sent { .. } | EventKind::Duplicated { .. } => {
                let Some(mut letter) = Letter::sent(event, trace) else { return };
                let answers = answered(event, trace).and_then(|it| letter_of.get(it.index()).copied().flatten());
                letter.topic = pulses.topic(&letter, answers.and_then(|it| self.letters.get(it as usize)));
                // In elections that are left out nothing else is counted.
                letter.is_pulse =
                    self.is_folded(event.id) || letter.topic.is_some_and(|topic| self.repeats.take(&letter, topic));
                letter_of[event.id.index()] = Some(self.letters.len() as u32);
                self.letters.push(letter);
            }
            EventKind::Buffered { .. } | EventKind::Delivered { .. } | EventKind::Lost { .. } => {
                letter_of[event.id.index()] = cause;
                let Some(letter) = cause.and_then(|place| self.letters.get_mut(place as usize)) else { return };
                letter.arrival.get_or_insert(Arrival::at(event));
            }
            EventKind::FaultStarted { fault, until } => {
                let harm = harm(*fault, event.participant, view);
                self.strikes.push(Strike::new(event, *fault, harm, *until, trace.ended_at));
            }
            EventKind::Crashed { fault, recovers } => {
                // A crash ends the pause that it strikes.
                let open = |strike: &&mut Strike| strike.harm == Harm::Pause && strike.until > event.time;
                let here = self.strikes.iter_mut().filter(|strike| strike.participant == event.participant);
                here.filter(open).for_each(|pause| pause.until = event.time);
                self.strikes.push(Strike::new(event, *fault, Harm::Crash, *recovers, trace.ended_at));
            }
            EventKind::Recovered { .. } => {
                let here = |strike: &&mut Strike| (strike.participant, strike.harm) == (event.participant, Harm::Crash);
                if let Some(crash) = self.strikes.iter_mut().rev().find(here) {
                    (crash.until, crash.back) = (event.time, Some(event.id));
                }
            }
            EventKind::Noted(note) => {
                let is_quiet = pulses.is_quiet(event.participant, note) || self.is_folded(event.id);
                self.quiet.extend((is_quiet || self.is_renewal(note, cause)).then_some(event.id));
            }
            _ => {}
        }
    }
}

/// The sending that a message answers, if it was sent when another one was taken in.
pub fn answered(event: &Event, trace: &Trace) -> Option<EventId> {
    let handled = trace.events.get(event.cause?.index())?;
    matches!(handled.kind, EventKind::Delivered { .. }).then_some(handled.cause).flatten()
}

/// What a fault does that began at this participant.
fn harm(fault: FaultId, participant: ParticipantId, view: &View<'_>) -> Harm {
    match view.scenario.faults.get(fault.index()) {
        _ if participant == ParticipantId::NETWORK => Harm::Cut,
        Some(FaultSpec::Mute { .. }) => Harm::Mute,
        Some(FaultSpec::Deafen { .. }) => Harm::Deaf,
        _ => Harm::Pause,
    }
}

impl Strike {
    fn new(event: &Event, fault: FaultId, harm: Harm, until: Option<Time>, end: Time) -> Self {
        Self {
            harm,
            event: event.id,
            fault,
            participant: event.participant,
            from: event.time,
            until: until.map_or(end, |until| until.min(end)),
            for_ever: until.is_none(),
            back: None,
        }
    }
}

impl<'a> Letter<'a> {
    /// The letter that leaves with this event, whatever becomes of it.
    fn sent(event: &Event, trace: &'a Trace) -> Option<Self> {
        let original = if let EventKind::Duplicated { .. } = event.kind { event.cause? } else { event.id };
        let EventKind::Sent { to, message, ordinal, fate } = &trace.events.get(original.index())?.kind else {
            return None;
        };
        let (fate, copy) = match event.kind {
            EventKind::Duplicated { fault, arrives, .. } => (Fate::Delayed { arrives, fault }, true),
            _ => (*fate, false),
        };
        let (from, sent, to, ordinal) = (event.participant, event.time, *to, *ordinal);
        Some(Self {
            event: event.id,
            sent,
            from,
            to,
            message,
            ordinal,
            fate,
            copy,
            arrival: None,
            topic: None,
            is_pulse: false,
        })
    }

    /// The letter that left with one event and ended with another.
    pub fn again(trace: &'a Trace, sent: EventId, arrival: Option<EventId>) -> Option<Self> {
        let letter = Self::sent(trace.events.get(sent.index())?, trace)?;
        let arrival = arrival.and_then(|id| trace.events.get(id.index())).map(Arrival::at);
        Some(Self { arrival, ..letter })
    }

    /// How long a message between these two usually takes.
    pub fn usual_delay(&self, view: &View<'_>) -> Duration {
        let (from, to) = (view.cast.name(self.from), view.cast.name(self.to));
        let own = view.scenario.links.iter().find(|link| link.from == from && link.to == to);
        own.map_or(view.scenario.delay.high, |link| link.delay.high)
    }

    /// Whether it is a leader's sign of life.
    pub fn is_beat(&self) -> bool {
        matches!(self.message, Message::Append { entries, .. } if entries.0.is_empty())
    }

    /// Whether it stays in the background.
    pub fn is_faint(&self) -> bool {
        self.is_pulse || matches!(self.message, Message::Heartbeat { .. })
    }

    /// Whether it ends with a refusal where it arrives.
    pub fn is_refusal(&self) -> bool {
        matches!(self.message, Message::Rejected { .. } | Message::Refused { .. })
    }
}
