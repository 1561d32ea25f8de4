//! Which events led to the first violation, so that the picture can light them and dim the rest.

use fencepost_properties::{State, Verdict, causes};
use fencepost_sim::{EventId, EventKind};
use fencepost_vocabulary::{Message, PropertyKind, Trace};

use crate::picture::Tone;

/// For every event, how loud it is.
pub struct Past {
    tones: Vec<Tone>,
}

impl Past {
    /// Reads the tones off the verdicts: a violating event and the message that brought it are bad, and with a write outside
    /// of its lock how its writer came to be without it; what could have influenced the first of them is lit, the rest is
    /// dim. Without a violation everything is plain.
    pub fn of(trace: &Trace, verdicts: &[Verdict]) -> Self {
        let violating: Vec<EventId> = verdicts.iter().filter_map(violation).collect();
        let Some(first) = violating.iter().min().copied() else {
            return Self { tones: vec![Tone::Plain; trace.events.len()] };
        };
        let mut past = Self { tones: vec![Tone::Dim; trace.events.len()] };
        for event in causes::causal_past(trace, &[first]) {
            past.set(event, Tone::Lit);
        }
        for event in violating {
            past.redden(trace, event);
        }
        verdicts.iter().filter_map(letting_go).for_each(|event| past.redden_letting_go(trace, event));
        past
    }

    /// Marks bad how somebody let go of a lock: the release that it sent then, or the word that told it.
    fn redden_letting_go(&mut self, trace: &Trace, left: EventId) {
        let Some(event) = trace.events.get(left.index()) else { return };
        let is_told = event.cause.and_then(|cause| trace.events.get(cause.index()));
        if is_told.is_some_and(|cause| matches!(cause.kind, EventKind::Delivered { .. })) {
            return self.redden(trace, left);
        }
        self.set(left, Tone::Bad);
        let same_step = trace.events[left.index()..].iter().take_while(|it| it.time == event.time);
        let same_step = same_step.filter(|it| it.participant == event.participant && it.cause == event.cause);
        for sent in same_step.filter(|it| matches!(&it.kind, EventKind::Sent { message, .. } if gives_back(message))) {
            self.set(sent.id, Tone::Bad);
        }
    }

    /// How loud an event is.
    pub fn tone(&self, event: EventId) -> Tone {
        self.tones.get(event.index()).copied().unwrap_or_default()
    }

    /// Marks an event bad, and with it the handling and the message that brought it about.
    fn redden(&mut self, trace: &Trace, event: EventId) {
        let cause = |event: EventId| trace.events.get(event.index()).and_then(|event| event.cause);
        let place = |event: EventId| trace.events.get(event.index()).map(|event| event.participant);
        self.set(event, Tone::Bad);
        let Some(handling) = cause(event) else { return };
        self.set(handling, Tone::Bad);
        if let Some(sending) = cause(handling).filter(|sending| place(*sending) != place(handling)) {
            self.set(sending, Tone::Bad);
        }
    }

    fn set(&mut self, event: EventId, tone: Tone) {
        if let Some(place) = self.tones.get_mut(event.index()) {
            *place = tone;
        }
    }
}

fn gives_back(message: &Message) -> bool {
    matches!(message, Message::Release { .. } | Message::Free { .. })
}

/// Where the writer of a write outside of its lock let go of that, if it ever had it.
fn letting_go(verdict: &Verdict) -> Option<EventId> {
    violation(verdict).filter(|_| verdict.property == PropertyKind::EffectGuarded)?;
    match verdict.events[..] {
        [left, _, _] => Some(left),
        _ => None,
    }
}

/// The event at which a verdict was violated, if it was.
pub fn violation(verdict: &Verdict) -> Option<EventId> {
    match verdict.state {
        State::Violated { event, .. } => Some(event),
        _ => None,
    }
}
