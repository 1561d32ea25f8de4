//! What stands along an arrow. Messages with the same gist share their words: a long run has thousands of messages, and
//! few different ones.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Cast, FencingToken, Message, MessageKind, Value};

use crate::layout::words::Wording;

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
            _ => Detail::Nothing,
        };
        let sealed = matches!(message, Message::Granted { seal: Some(_), .. } | Message::Write { seal: Some(_), .. });
        Self { kind: message.kind(), detail, token: message.token(), sealed }
    }

    /// The words, from the longest form to the shortest.
    pub fn wordings(self, cast: &Cast) -> Vec<Wording> {
        let forms = self.sayings(cast);
        let Some(token) = self.token else { return forms.into_iter().map(Wording::plain).collect() };
        let token = token.to_string();
        let mut wordings: Vec<Wording> = Vec::new();
        if self.sealed {
            wordings.push(Wording::with(&format!("{} · sealed ", forms[0]), &token));
        }
        wordings.push(Wording::with(&format!("{} · ", forms[0]), &token));
        wordings.push(Wording::with(&format!("{} ", forms[0]), &token));
        wordings.push(Wording::with("", &token));
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
            _ => vec![word.to_owned()],
        }
    }
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
        assert_eq!(said(&write), ["write 2 · 33", "write 2 33", "33"]);
        assert_eq!(said(&Message::Ok { request: RequestId(1), version: Default::default() }), ["ok"]);
    }

    #[test]
    fn a_group_s_messages_say_what_they_are_about() {
        assert_eq!(said(&Message::Heartbeat { incarnation: 2 })[0], "heartbeat · life 2");
        assert_eq!(said(&Message::Messenger { number: 3 }), ["messenger 3"]);
        let vote = Message::Suspicion { of: ParticipantId(0), incarnation: 1, view: 2 };
        assert_eq!(said(&vote)[0], "vote: the network is dead", "nobody has a name in an empty cast");
    }
}
