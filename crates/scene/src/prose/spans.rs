//! The sentences of what lasts and of what travels.

use fencepost_properties::{Acquire, Belief, Grant};
use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{Fate, FaultId, Time};

use super::sentence::saying;
use crate::layout::story::Letter;
use crate::view::View;

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

pub(super) fn granted(grant: &Grant, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(grant.name.lock), view.cast.name(grant.client));
    let until = grant.ended.map_or("the end of the run".to_owned(), |end| end.at.time.to_string());
    let from = grant.granted.time;
    format!("By what {lock} says, {client} holds the lock from {from} to {until}, under token {}.", grant.token)
}

pub(super) fn believed(belief: &Belief, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(belief.lock), view.cast.name(belief.client));
    let until = belief.until().map_or("the end of the run".to_owned(), |until| until.to_string());
    format!(
        "{client} believes from {} to {until} that it holds {lock}, under token {}.",
        belief.from.time, belief.token
    )
}

pub(super) fn disagreement(belief: &Belief, from: Time, until: Time, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(belief.lock), view.cast.name(belief.client));
    format!("From {from} to {until} {client} believes that it holds the lock, and {lock} knows that it does not.")
}

pub(super) fn waiting(acquire: &Acquire, view: &View<'_>) -> String {
    let (lock, client) = (view.cast.name(acquire.lock), view.cast.name(acquire.client));
    format!("{client} asked {lock} for the lock at {} and has no answer when the run ends.", acquire.asked.time)
}
