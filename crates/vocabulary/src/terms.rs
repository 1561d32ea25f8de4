//! The terms of office that a message carries: what nodes count together, and only ever compare.
//!
//! For the kernel, which takes the least term out of a world before it looks for a loop. Who leads in which term is not
//! here.

use crate::message::Message;
use crate::replica::{Entries, Position, Term};

/// The least term in a message, if there is one. The place before the first entry has none.
pub(crate) fn least(message: &Message) -> Option<u32> {
    let of = |term: Term, place: Position, entries: &Entries| {
        let placed = Some(place.term.0).filter(|_| place.index > 0);
        entries.0.iter().map(|entry| entry.term.0).chain(placed).fold(term.0, u32::min)
    };
    match message {
        Message::RequestVote { term, last, .. } => Some(of(*term, *last, &Entries::default())),
        Message::Append { term, previous, entries, .. } => Some(of(*term, *previous, entries)),
        Message::Vote { term, .. } | Message::Appended { term, .. } => Some(term.0),
        _ => None,
    }
}

/// Takes `by` off every term in a message.
pub(crate) fn lower(message: &mut Message, by: u32) {
    let lowered = |term: Term| Term(term.0.saturating_sub(by));
    let lower_place = |place: &mut Position| {
        if place.index > 0 {
            place.term = lowered(place.term);
        }
    };
    match message {
        Message::RequestVote { term, last, .. } => {
            *term = lowered(*term);
            lower_place(last);
        }
        Message::Append { term, previous, entries, .. } => {
            *term = lowered(*term);
            lower_place(previous);
            entries.0.iter_mut().for_each(|entry| entry.term = lowered(entry.term));
        }
        Message::Vote { term, .. } | Message::Appended { term, .. } => *term = lowered(*term),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use fencepost_sim::LocalTime;

    use super::*;
    use crate::replica::{Command, Entry};

    fn append(term: u32, previous: Position, entry: u32) -> Message {
        let entries = Entries(vec![Entry { term: Term(entry), command: Command::Nothing }]);
        Message::Append { term: Term(term), previous, entries, commit: 3, sent: LocalTime(1) }
    }

    #[test]
    fn every_term_of_a_message_counts_and_is_lowered() {
        let place = |term| Position { index: 1, term: Term(term) };
        let mut message = append(9, place(4), 5);
        assert_eq!(least(&message), Some(4));
        assert_eq!(least(&append(9, place(6), 5)), Some(5));
        lower(&mut message, 4);
        assert_eq!(message, append(5, place(0), 1));
    }

    #[test]
    fn the_place_before_the_first_entry_has_no_term() {
        let mut message = append(9, Position::default(), 7);
        assert_eq!(least(&message), Some(7));
        lower(&mut message, 7);
        assert_eq!(message, append(2, Position::default(), 0));
    }

    #[test]
    fn what_has_no_term_has_none() {
        assert_eq!(least(&Message::Stonith), None);
    }
}
