//! The sentences of what lasts and of what travels.

use fencepost_properties::{Acquire, Belief, Evidence, Grant, State, Verdict};
use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{ClockTrack, Fate, FaultId, ParticipantId, Time};
use fencepost_vocabulary::{Event, EventKind, Note, PropertyKind};

use super::sentence::saying;
use crate::layout::story::Letter;
use crate::layout::words;
use crate::view::View;

/// A sending, with what became of the message.
pub(super) fn sent(event: &Event, view: &View<'_>) -> Option<String> {
    let arrives = match &event.kind {
        EventKind::Sent { fate, .. } => fate.arrives(),
        EventKind::Duplicated { arrives, .. } => Some(*arrives),
        _ => return None,
    };
    let events = &view.trace.events;
    let arrival = arrives.and_then(|arrives| {
        let first = events.partition_point(|it| it.time < arrives);
        let mut then = events[first..].iter().take_while(|it| it.time == arrives);
        then.find(|it| it.cause == Some(event.id)).map(|it| it.id)
    });
    Some(letter(&Letter::again(view.trace, event.id, arrival)?, view))
}

pub(super) fn letter(letter: &Letter<'_>, view: &View<'_>) -> String {
    let (from, to) = (view.cast.name(letter.from), view.cast.name(letter.to));
    let copy = if letter.copy { "A copy: " } else { "" };
    let what = saying(letter.message, view);
    let sent = letter.sent;
    match (letter.arrival, letter.fate) {
        (Some(arrival), _) if arrival.lost => {
            format!("{copy}{from} sends {to} {what} at {sent}; at {} it finds nobody there.", arrival.time)
        }
        (Some(arrival), Fate::Held { heals, .. }) => {
            format!(
                "{copy}{from} sends {to} {what} at {sent}; a cut holds it until {heals}, and it arrives at {}.",
                arrival.time
            )
        }
        (Some(arrival), _) if arrival.waits => {
            format!("{copy}{from} sends {to} {what} at {sent}; it arrives at {} and waits.", arrival.time)
        }
        (Some(arrival), _) => format!("{copy}{from} sends {to} {what} at {sent}; it arrives at {}.", arrival.time),
        (None, Fate::Dropped { .. }) => format!("{copy}{from} sends {to} {what} at {sent}; it is lost."),
        (None, _) => format!("{copy}{from} sends {to} {what} at {sent}; it is still under way when the run ends."),
    }
}

pub(super) fn pause(who: &str, from: Time, until: Time) -> String {
    format!("{who} takes no steps from {from} to {until}, which is {}. Its clock runs on.", until.since(from))
}

pub(super) fn cut(fault: FaultId, from: Time, until: Time, view: &View<'_>) -> Option<String> {
    let FaultSpec::Partition { sides, .. } = view.scenario.faults.get(fault.index())? else { return None };
    let (left, right) = (sides.left.join(", "), sides.right.join(", "));
    Some(match sides.one_way {
        true => format!("From {from} to {until} nothing gets through from {left} to {right}."),
        false => format!("From {from} to {until} nothing gets through between {left} and {right}."),
    })
}

pub(super) fn down(crash: &Event, back: Option<&Event>, view: &View<'_>) -> String {
    let who = view.cast.name(crash.participant);
    let from = crash.time;
    match back.map(|back| (back.time, &back.kind)) {
        Some((time, EventKind::Recovered { disk, incarnation, .. })) => {
            let disk = words::disk(*disk);
            format!("{who} is down from {from} to {time}; then it begins its life number {incarnation}, and {disk}.")
        }
        _ => format!("{who} is down from {from} to the end of the run."),
    }
}

pub(super) fn omission(began: &Event, deaf: bool, until: Time, view: &View<'_>) -> String {
    let (who, from) = (view.cast.name(began.participant), began.time);
    let what = if deaf { format!("is sent to {who}") } else { format!("{who} sends") };
    format!("From {from} to {until} nothing that {what} arrives, and nobody is told.")
}

pub(super) fn clock(began: &Event, until: Time, view: &View<'_>) -> Option<String> {
    let EventKind::ClockSet { rate, .. } = began.kind else { return None };
    let (who, from) = (view.cast.name(began.participant), began.time);
    let track = ClockTrack::read(view.trace);
    let shown = |time| Time(track.mono(began.participant, time).0);
    Some(format!(
        "From {from} to {until} the clocks of {who} run at {} of true time: from {} to {} by their own reckoning.",
        words::pace(rate),
        shown(from),
        shown(until)
    ))
}

pub(super) fn gap(check: &Event, until: Time, view: &View<'_>) -> Option<String> {
    let EventKind::Noted(Note::Checking { client, .. }) = check.kind else { return None };
    let (who, writer) = (view.cast.name(check.participant), view.cast.name(client));
    Some(format!(
        "{who} has checked the write of {writer} at {} and does it at {until}; anything can come between.",
        check.time
    ))
}

pub(super) fn delay(began: &Event, until: Time, view: &View<'_>) -> String {
    let (who, from) = (view.cast.name(began.participant), began.time);
    match began.kind {
        EventKind::Noted(Note::LockDelayed { .. }) => {
            format!(
                "From {from} to {until} the lock is free, and {who} grants it to nobody: the last holder may still be at work."
            )
        }
        _ => format!("From {from} to {until} {who} waits for its disk before it answers."),
    }
}

pub(super) fn suspicion(began: &Event, until: Time, view: &View<'_>) -> Option<String> {
    let EventKind::Noted(Note::Suspects { of, .. }) = began.kind else { return None };
    let (who, whom) = (view.cast.name(began.participant), view.cast.name(of));
    Some(format!("{who} suspects {whom} from {} to {until}.", began.time))
}

pub(super) fn unfenced(grant: &Grant, store: ParticipantId, (from, until): (Time, Time), view: &View<'_>) -> String {
    let (store, token) = (view.cast.name(store), grant.token);
    format!(
        "From {from} to {until} token {token} is granted and {store} has not seen it: an older token is still accepted there."
    )
}

pub(super) fn granted(grant: &Grant, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(grant.name.lock), view.cast.name(grant.client));
    let until = grant.ended.map_or("the end of the run".to_owned(), |end| end.at.time.to_string());
    let from = grant.granted.time;
    if words::is_pair(grant.name.lock, view.cast) {
        return format!("{client} is the active one of {lock} from {from} to {until}.");
    }
    format!("By what {lock} says, {client} holds the lock from {from} to {until}, under token {}.", grant.token)
}

pub(super) fn believed(belief: &Belief, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(belief.lock), view.cast.name(belief.client));
    let until = belief.until().map_or("the end of the run".to_owned(), |until| until.to_string());
    if words::is_pair(belief.lock, view.cast) {
        return format!("{client} believes from {} to {until} that it is the active one of {lock}.", belief.from.time);
    }
    format!(
        "{client} believes from {} to {until} that it holds {lock}, under token {}.",
        belief.from.time, belief.token
    )
}

pub(super) fn disagreement(belief: &Belief, from: Time, until: Time, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(belief.lock), view.cast.name(belief.client));
    if words::is_pair(belief.lock, view.cast) {
        return format!("From {from} to {until} {client} believes that it is active, and it is not.");
    }
    format!("From {from} to {until} {client} believes that it holds the lock, and {lock} knows that it does not.")
}

pub(super) fn waiting(acquire: &Acquire, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(acquire.lock), view.cast.name(acquire.client));
    let asked =
        format!("{client} asked {lock} for the lock at {} and has no answer when the run ends", acquire.asked.time);
    let about = |it: &&Verdict| it.property == PropertyKind::Grant && it.subject == Some(acquire.client);
    match view.verdicts.iter().find(about).map(|verdict| verdict.state) {
        Some(State::Stuck { evidence: Evidence::Quiescent, .. }) => {
            format!("{asked}; nothing is left that could bring one.")
        }
        Some(State::Stuck { evidence: Evidence::Lasso { length }, .. }) => {
            format!("{asked}; the run goes round a loop of {length} that brings none.")
        }
        _ => format!("{asked}."),
    }
}
