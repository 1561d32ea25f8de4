//! What stands along an arrow. Messages with the same gist share their words: a long run has thousands of messages, and
//! few different ones.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Cast, FencingToken, Message, MessageKind, NameId, Term, Value};

use crate::layout::words::{self, Wording};

/// All that the words along an arrow depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gist {
    kind: MessageKind,
    detail: Detail,
    token: Option<FencingToken>,
    sealed: bool,
}

/// What the kind of a message does not say yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    Nothing,
    /// A number behind the kind.
    Number(u64),
    /// No value.
    Empty,
    /// In which of its lives the sender is.
    Life(u32),
    /// Yes or no.
    Whether(bool),
    /// Of whom it speaks, and whether well.
    Of(ParticipantId, bool),
    /// In which term.
    Term(Term),
    /// Which entries of a log: the first and the last.
    Entries(u32, u32),
    /// What a client wrote to a register.
    By(ParticipantId),
    /// No, and the sender's term.
    No(Term),
    /// Who is said to lead.
    Leader(Option<ParticipantId>),
    /// A name, and whose it is.
    Name(NameId, Option<ParticipantId>),
    /// An order: who is said to have given it, what it is, and what it would be if that were true.
    Order(Option<ParticipantId>, bool, Option<bool>),
}

impl Gist {
    /// Of a message.
    pub fn of(message: &Message) -> Self {
        let detail = match message {
            Message::Write { value: Value::Number(number), .. }
            | Message::Value { value: Value::Number(number), .. } => Detail::Number(*number),
            Message::Value { .. } => Detail::Empty,
            Message::Heartbeat { incarnation } | Message::Join { incarnation } => Detail::Life(*incarnation),
            Message::Messenger { number } | Message::View { number, .. } => Detail::Number(u64::from(*number)),
            Message::Standing { valid, .. } => Detail::Whether(*valid),
            Message::Suspicion { of, .. } => Detail::Of(*of, false),
            Message::Welcome { of, .. } => Detail::Of(*of, true),
            Message::Report { of, suspected } => Detail::Of(*of, !suspected),
            message => Detail::among_nodes(message),
        };
        let sealed = matches!(message, Message::Granted { seal: Some(_), .. } | Message::Write { seal: Some(_), .. });
        Self { kind: message.kind(), detail, token: message.token(), sealed }
    }

    /// The same for a message that should have said something else.
    pub fn instead_of(mut self, truth: Option<bool>) -> Self {
        if let Detail::Order(_, _, known) = &mut self.detail {
            *known = truth;
        }
        self
    }

    /// The words, from the longest form to the shortest.
    pub fn wordings(self, cast: &Cast) -> Vec<Wording> {
        if let Detail::Order(by, said, truth) = self.detail {
            return ordered(by, said, truth, cast);
        }
        let forms = self.sayings(cast);
        let Some(token) = self.token else { return forms.into_iter().map(Wording::plain).collect() };
        let token = token.to_string();
        let mut wordings: Vec<Wording> = Vec::new();
        if self.sealed {
            wordings.push(Wording::with(&format!("{} · sealed ", forms[0]), &token));
        }
        wordings.push(Wording::with(&format!("{} · ", forms[0]), &token));
        wordings.push(Wording::with(&format!("{} ", forms[0]), &token));
        // A number alone would not say what is done.
        wordings.extend(forms.last().map(|word| Wording::plain(word.as_str())));
        wordings
    }

    fn sayings(self, cast: &Cast) -> Vec<String> {
        let word = self.kind.word();
        match (self.kind, self.detail) {
            (MessageKind::Standing, Detail::Whether(true)) => vec!["still yours".to_owned(), "yes".to_owned()],
            (MessageKind::Standing, _) => vec!["no longer yours".to_owned(), "no".to_owned()],
            (MessageKind::Dead, _) => vec!["you are dead".to_owned(), "dead".to_owned()],
            (MessageKind::Heartbeat, Detail::Life(1)) => vec![word.to_owned(), "beat".to_owned()],
            (MessageKind::Suspicion, Detail::Of(who, _)) => of(cast.name(who), "is dead", "dead"),
            (MessageKind::Welcome, Detail::Of(who, _)) => of(cast.name(who), "is back", "back"),
            (_, Detail::Of(who, true)) => vec![format!("{} is alive", cast.name(who)), "alive".to_owned()],
            (_, Detail::Of(who, false)) => vec![format!("{} suspected", cast.name(who)), "suspected".to_owned()],
            (_, Detail::Life(life)) => vec![format!("{word} · life {life}"), word.to_owned()],
            (_, Detail::Number(number)) => vec![format!("{word} {number}")],
            (_, Detail::Empty) => vec![format!("{word} –")],
            (kind, detail) => detail.sayings(kind, cast),
        }
    }
}

impl Detail {
    /// Of a message between nodes that keep something together, or between them and their clients.
    fn among_nodes(message: &Message) -> Self {
        match message {
            Message::RequestVote { term, .. } => Self::Term(*term),
            Message::Vote { granted, .. } => Self::Whether(*granted),
            Message::Append { term, entries, .. } if entries.0.is_empty() => Self::Term(*term),
            Message::Append { previous, entries, .. } => {
                Self::Entries(previous.index + 1, previous.index + entries.0.len() as u32)
            }
            Message::Appended { matched: Some(index), .. } => Self::Number(u64::from(*index)),
            Message::Appended { matched: None, term, .. } => Self::No(*term),
            Message::Redirected { leader, .. } => Self::Leader(*leader),
            Message::Got { value, .. } | Message::Put { value, .. } => match value {
                Value::Number(number) => Self::Number(*number),
                Value::By { writer, .. } => Self::By(*writer),
                Value::Empty => Self::Number(0),
            },
            Message::Claim { name, .. } | Message::Claimed { name, .. } => Self::Name(*name, None),
            Message::Replicate { name, owner } => Self::Name(*name, Some(*owner)),
            Message::Order { path, attack } => {
                let before = path.0.len().checked_sub(2).and_then(|place| path.0.get(place));
                Self::Order(before.copied(), *attack, None)
            }
            _ => Self::Nothing,
        }
    }

    fn sayings(self, kind: MessageKind, cast: &Cast) -> Vec<String> {
        let word = kind.word();
        let forms = |forms: &[&str]| forms.iter().map(|it| (*it).to_owned()).collect();
        match (kind, self) {
            (MessageKind::RequestVote, Self::Term(term)) => forms(&[&format!("vote? · term {term}"), "vote?"]),
            (MessageKind::RequestPrevote, Self::Term(term)) => {
                forms(&[&format!("would you vote? · term {term}"), "would you vote?", "would you?"])
            }
            (MessageKind::Vote, Self::Whether(true)) => forms(&["vote ✓", "✓"]),
            (MessageKind::Vote, Self::Whether(false)) => forms(&["vote ✕", "✕"]),
            (_, Self::Whether(true)) => forms(&["would ✓", "✓"]),
            (_, Self::Whether(false)) => forms(&["would ✕", "✕"]),
            (_, Self::Term(term)) => forms(&[&format!("{word} · term {term}"), word, "beat"]),
            (_, Self::Entries(first, last)) if first == last => forms(&[&format!("{word} {first}"), word]),
            (_, Self::Entries(first, last)) => forms(&[&format!("{word} {first}–{last}"), word]),
            (_, Self::By(writer)) => forms(&[&format!("{word} {}", cast.name(writer)), word]),
            (_, Self::No(term)) => forms(&[&format!("no · term {term}"), "no"]),
            (_, Self::Leader(Some(leader))) => forms(&[&format!("ask {}", cast.name(leader)), "not me"]),
            (_, Self::Leader(None)) => forms(&["not me"]),
            (MessageKind::Claimed, Self::Name(name, _)) => {
                forms(&[&format!("{} is yours", cast.claimed(name)), "yours"])
            }
            (_, Self::Name(name, Some(owner))) => {
                forms(&[&format!("{} is {}’s", cast.claimed(name), cast.name(owner)), cast.claimed(name)])
            }
            (_, Self::Name(name, None)) => forms(&[&format!("{word} {}", cast.claimed(name)), word]),
            (MessageKind::Stonith, _) => forms(&["stonith: power off!", word]),
            (MessageKind::Off, _) => forms(&["I am off", word]),
            _ => forms(&[word]),
        }
    }
}

/// An order, and if it is a lie, what would have been true, struck through and before it.
fn ordered(by: Option<ParticipantId>, said: bool, truth: Option<bool>, cast: &Cast) -> Vec<Wording> {
    let word = words::order;
    let mut forms = vec![word(said).to_owned()];
    if let Some(by) = by {
        forms.insert(0, format!("{}: {}", cast.name(by), word(said)));
    }
    let wording = |form: String| match truth {
        Some(truth) => Wording::lie(word(truth), &form),
        None => Wording::plain(form),
    };
    forms.into_iter().map(wording).collect()
}

/// A vote.
fn of(name: &str, long: &str, short: &str) -> Vec<String> {
    vec![format!("vote: {name} {long}"), format!("{name} {short}"), name.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use fencepost_vocabulary::{RequestId, Sequence};

    fn said(message: &Message) -> Vec<String> {
        Gist::of(message).wordings(&Cast::default()).iter().map(Wording::in_full).collect()
    }

    #[test]
    fn a_message_says_its_kind_and_token_and_less_when_it_must() {
        let write = Message::Write {
            request: RequestId(1),
            token: Some(FencingToken(33)),
            sequence: Sequence(1),
            value: Value::Number(2),
            base: None,
            seal: None,
        };
        assert_eq!(said(&write), ["write 2 · 33", "write 2 33", "write 2"]);
        assert_eq!(said(&Message::Ok { request: RequestId(1), version: Default::default() }), ["ok"]);
    }

    #[test]
    fn a_group_s_messages_say_what_they_are_about() {
        assert_eq!(said(&Message::Heartbeat { incarnation: 2 })[0], "heartbeat · life 2");
        assert_eq!(said(&Message::Messenger { number: 3 }), ["messenger 3"]);
        let vote = Message::Suspicion { of: ParticipantId(0), incarnation: 1, view: 2 };
        assert_eq!(said(&vote)[0], "vote: the network is dead", "nobody has a name in an empty cast");
    }

    #[test]
    fn nodes_say_for_which_term_and_which_entries() {
        let (term, sent) = (Term(3), fencepost_sim::LocalTime(0));
        assert_eq!(said(&Message::Vote { term, granted: false, trial: false }), ["vote ✕", "✕"]);
        let previous = fencepost_vocabulary::Position { index: 4, term };
        let entry = fencepost_vocabulary::Entry { term, command: fencepost_vocabulary::Command::Nothing };
        let append = |many: usize| Message::Append {
            term,
            previous,
            entries: fencepost_vocabulary::Entries(vec![entry.clone(); many]),
            commit: 4,
            sent,
        };
        assert_eq!(said(&append(0))[0], "heartbeat · term 3");
        assert_eq!(said(&append(1)), ["append 5", "append"]);
        assert_eq!(said(&append(2)), ["append 5–6", "append"]);
        assert_eq!(said(&Message::Appended { term, matched: None, length: 4, sent })[0], "no · term 3");
    }

    #[test]
    fn a_lie_says_what_would_have_been_true() {
        let path = fencepost_vocabulary::Path([0, 1].map(ParticipantId).to_vec());
        let order = Message::Order { path, attack: false };
        let forms = Gist::of(&order).instead_of(Some(true)).wordings(&Cast::default());
        assert!(forms.iter().all(|form| form.struck.as_deref() == Some("attack ")));
        assert_eq!(forms[0].in_full(), "the network: retreat (in truth: attack)", "nobody has a name in an empty cast");
        assert_eq!(said(&order)[1], "retreat");
    }
}
