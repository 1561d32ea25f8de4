//! Which messages are one of many alike that nothing comes of: the pulse of a group, renewals, questions asked again.
//!
//! A pulse is drawn faintly and gets no room of its own on the time axis, unless the reader has opened its [`Topic`]. Where
//! many of them share a quiet stretch, only as many are drawn as can be told apart; a picture of a minute of heartbeats would
//! else be a grey wall. One that a cut holds is drawn up to the cut. One of which something came, a new term or an entry,
//! is no pulse, and one that a fault was aimed at is always drawn.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{EventId, Fate, FaultId, ParticipantId, Time};
use fencepost_vocabulary::{Command, Entries, Entry, EventKind, Message, MessageKind, Note, RequestId, RoleKind, Term};

use crate::layout::story::{self, Letter, Story};
use crate::picture::Key;
use crate::px::Px;
use crate::time_map::TimeMap;
use crate::view::View;

/// A question is asked so often before it is one of many.
const OFTEN: u32 = 3;
/// Rounds of heartbeats are drawn at least this far apart.
const APART: Px = Px::new(22);

/// Who sends to whom.
type Link = (ParticipantId, ParticipantId);

/// What is said again and again: by whom, of which kind, and in which term or under which token or request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Topic {
    /// Who says it.
    pub who: ParticipantId,
    /// What kind of message.
    pub kind: MessageKind,
    /// The term, token or request.
    pub of: u64,
}

impl Topic {
    /// Its lasting name.
    pub fn key(self) -> Key {
        Key::of(&[71, u64::from(self.who.0), self.kind as u64, self.of])
    }

    fn beats(leader: ParticipantId, term: Term) -> Self {
        Self { who: leader, kind: MessageKind::Heartbeat, of: u64::from(term.0) }
    }

    fn of(letter: &Letter<'_>, of: u64) -> Self {
        Self { who: letter.from, kind: letter.message.kind(), of }
    }
}

/// What decides, as far as the trace was read.
#[derive(Default)]
pub struct Pulses {
    /// How often each thing was asked for: by whom, what, under which request, and of whom unless anybody will do.
    asked: BTreeMap<(ParticipantId, MessageKind, RequestId, Option<ParticipantId>), u32>,
    /// Where in a node's log each client's request stands first.
    served: BTreeMap<(ParticipantId, (ParticipantId, RequestId)), u32>,
    /// Up to where each node knows its log to be committed, and from where on it has news.
    committed: BTreeMap<ParticipantId, u32>,
    news: BTreeMap<ParticipantId, u32>,
    /// Of each link of a leader, the term of its first heartbeat.
    beats: BTreeMap<Link, Term>,
    /// Of each link of a leader, the last entries it sent: their term, what stands before them, how many.
    entries: BTreeMap<Link, (Term, u32, usize)>,
    /// Of each link, the term of the last trial vote, and how often it was asked for.
    trials: BTreeMap<Link, (Term, u32)>,
    /// Of each link, how many requests for a vote a cut held back, and the last request of all.
    held: BTreeMap<Link, u32>,
    last_requests: BTreeMap<Link, EventId>,
    /// Of each candidate, the term of its last trial, and how often it tried.
    campaigns: BTreeMap<ParticipantId, (Term, u32)>,
    /// The messages between nodes of which something came.
    weighty: BTreeSet<EventId>,
    /// What was noted for an entry of a log: of which object, which entry, what.
    told: BTreeMap<(ParticipantId, u32), Vec<Note>>,
}

impl Pulses {
    /// Before the first event.
    pub fn read(view: &View<'_>) -> Self {
        let mut pulses = Self::default();
        let mut members = view.cast.members.iter();
        if members.any(|member| matches!(member.role, RoleKind::Node { .. })) {
            pulses.weigh(view);
        }
        pulses
    }

    /// Finds the messages between a leader and its followers that somebody took note of.
    fn weigh(&mut self, view: &View<'_>) {
        let mut logs = Self::default();
        let event = |id: Option<EventId>| view.trace.events.get(id?.index());
        for noted in &view.trace.events {
            if let EventKind::Sent { to, message: Message::RequestVote { trial: false, .. }, .. } = &noted.kind {
                self.last_requests.insert((noted.participant, *to), noted.id);
            }
            let EventKind::Noted(note) = &noted.kind else { continue };
            // What is written down or committed once more weighs nothing.
            let of_log = matches!(note, Note::Logged { .. } | Note::Committed { .. } | Note::Truncated { .. });
            let is_news = !matches!(note, Note::Backed { .. }) && (!of_log || !logs.is_quiet(noted.participant, note));
            let Some(handled) = event(noted.cause).filter(|_| is_news) else { continue };
            if let EventKind::Delivered { message, .. } = &handled.kind
                && is_between_nodes(message)
            {
                self.weighty.extend(handled.cause);
            }
        }
    }

    /// What a message says again, if it does. `answers` is the message that it answers, if it does.
    pub fn topic(&mut self, letter: &Letter<'_>, answers: Option<&Letter<'_>>) -> Option<Topic> {
        let link = (letter.from, letter.to);
        if matches!(letter.message, Message::RequestVote { trial: false, .. }) && is_held(letter) {
            // They all come at the heal, and only the last of them still matters.
            let times = self.held.entry(link).or_default();
            *times += 1;
            let is_last = self.last_requests.get(&link) == Some(&letter.event);
            return (*times > OFTEN && !is_last).then(|| Topic::of(letter, 0));
        }
        let again = |is_so: bool, of: u64| is_so.then(|| Topic::of(letter, of));
        let topic = match letter.message {
            Message::Acquire { request } => again(self.is_asked_again(letter, *request, None), u64::from(request.0)),
            Message::Write { request, .. }
            | Message::Read { request, .. }
            | Message::Take { request, .. }
            | Message::Claim { request, .. }
            | Message::Ping { request } => {
                again(self.is_asked_again(letter, *request, Some(letter.to)), u64::from(request.0))
            }
            Message::Renew { .. } | Message::Ask { .. } => {
                again(letter.ordinal > OFTEN, letter.message.token().map_or(0, |token| token.0))
            }
            Message::Heartbeat { .. } => again(letter.ordinal > 1, 0),
            Message::Append { term, entries, .. } if entries.0.is_empty() => {
                (self.beats.insert(link, *term) == Some(*term)).then(|| Topic::beats(letter.from, *term))
            }
            Message::Append { term, previous, entries, .. } => {
                let what = (*term, previous.index, entries.0.len());
                let is_again = self.entries.insert(link, what) == Some(what);
                let said_before = self.served_before(letter.from, previous.index, entries);
                said_before.or_else(|| again(is_again, u64::from(term.0)))
            }
            Message::RequestVote { term, trial: true, .. } => {
                again(count(&mut self.trials, link, *term) > OFTEN, u64::from(term.0))
            }
            Message::Appended { term, .. } => answers.and_then(|it| match it.topic {
                None if it.is_beat() || is_held(it) => Some(Topic::beats(letter.to, *term)),
                topic => topic,
            }),
            Message::Vote { .. }
            | Message::Redirected { .. }
            | Message::Renewed { .. }
            | Message::Standing { .. }
            | Message::Pong { .. } => answers.and_then(|it| it.topic),
            _ => None,
        };
        topic.filter(|_| !self.weighty.contains(&letter.event))
    }

    fn is_asked_again(&mut self, letter: &Letter<'_>, request: RequestId, of: Option<ParticipantId>) -> bool {
        let times = self.asked.entry((letter.from, letter.message.kind(), request, of)).or_default();
        *times += 1;
        *times > OFTEN
    }

    /// The question that entries hold, if all of them hold it once more.
    fn served_before(&self, node: ParticipantId, previous: u32, entries: &Entries) -> Option<Topic> {
        let again = |(index, entry): (u32, &Entry)| self.again(node, previous + 1 + index, entry);
        let mut topics = (0..).zip(&entries.0).map(again);
        let first = topics.next()??;
        topics.all(|topic| topic == Some(first)).then_some(first)
    }

    /// The question that an entry of a node's log holds, if that stands further up in it too.
    fn again(&self, node: ParticipantId, index: u32, entry: &Entry) -> Option<Topic> {
        let (who, request) = asked_for(entry)?;
        let before = self.served.get(&(node, (who, request))).is_some_and(|first| *first < index);
        before.then_some(Topic { who, kind: MessageKind::Acquire, of: u64::from(request.0) })
    }

    /// Whether a note says nothing that the picture has to show.
    pub fn is_quiet(&mut self, who: ParticipantId, note: &Note) -> bool {
        match note {
            Note::Backed { .. } => true,
            Note::Campaigns { term, trial: true } => count(&mut self.campaigns, who, *term) > OFTEN,
            Note::Logged { index, entry } => {
                if let Some(asked) = asked_for(entry) {
                    self.served.entry((who, asked)).or_insert(*index);
                }
                let is_news = self.again(who, *index, entry).is_none();
                is_news.then(|| self.news.entry(who).and_modify(|it| *it = (*it).max(*index)).or_insert(*index));
                !is_news
            }
            Note::Truncated { from } => {
                self.served.retain(|(node, _), index| *node != who || *index < *from);
                false
            }
            Note::Committed { upto } => {
                let known = self.committed.insert(who, *upto).unwrap_or_default();
                self.news.get(&who).is_none_or(|news| *news <= known)
            }
            // What follows from one entry happens once, whoever tells of it.
            Note::For { object, index, note } if *index > 0 => {
                let told = self.told.entry((*object, *index)).or_default();
                let again = told.contains(note);
                told.push(Note::clone(note));
                again
            }
            _ => false,
        }
    }
}

/// The question for a lock that an entry holds: whose, and under which request.
fn asked_for(entry: &Entry) -> Option<(ParticipantId, RequestId)> {
    match &entry.command {
        Command::Serve { from, message } => match &**message {
            Message::Acquire { request } => Some((*from, *request)),
            _ => None,
        },
        Command::Nothing | Command::Expire { .. } => None,
    }
}

/// Whether nodes that elect say this to each other.
fn is_between_nodes(message: &Message) -> bool {
    use Message::{Append, Appended, RequestVote, Vote};
    matches!(message, Append { .. } | Appended { .. } | RequestVote { .. } | Vote { .. })
}

/// How many times in a row this was so.
fn count<K: Ord>(counts: &mut BTreeMap<K, (Term, u32)>, key: K, term: Term) -> u32 {
    let known = counts.entry(key).or_insert((term, 0));
    *known = if known.0 == term { (term, known.1 + 1) } else { (term, 1) };
    known.1
}

/// The pulses of nodes for which there is no room, by their sendings.
pub fn unseen(story: &Story<'_>, view: &View<'_>, map: &TimeMap) -> BTreeSet<EventId> {
    let mut unseen = BTreeSet::new();
    // Of each sender, its last round: when, where, and whether it is drawn.
    let mut rounds: BTreeMap<ParticipantId, (Time, Px, bool)> = BTreeMap::new();
    for letter in story.letters.iter().filter(|it| it.is_pulse) {
        if story.is_folded(letter.event) {
            unseen.insert(letter.event);
        }
        if story.is_folded(letter.event) || !is_one_of_many(letter, view) {
            continue;
        }
        let is_seen = match letter.message {
            Message::Append { .. } | Message::RequestVote { .. } | Message::Heartbeat { .. } => {
                let (sent, y) = (letter.sent, map.y(letter.sent));
                let last = rounds.get(&letter.from).copied();
                let round = match last {
                    Some(round) if round.0 == sent => round,
                    Some((_, before, _)) if y - before < APART => (sent, before, false),
                    _ => (sent, y, true),
                };
                rounds.insert(letter.from, round);
                round.2
            }
            Message::Appended { .. } | Message::Vote { .. } => {
                let sending = view.trace.events.get(letter.event.index());
                let answered = sending.and_then(|event| story::answered(event, view.trace));
                let asked = answered.and_then(|sending| story.letter(sending));
                !asked.is_some_and(|asked| unseen.contains(&asked.event) || asked.is_pulse && is_held(asked))
            }
            _ => true,
        };
        if !is_seen {
            unseen.insert(letter.event);
        }
    }
    unseen
}

/// Whether a letter is the pulse of a leader or of a pair.
pub fn is_one_of_many(letter: &Letter<'_>, view: &View<'_>) -> bool {
    let is_of_member = matches!(letter.message, Message::Acquire { .. })
        || matches!(letter.message, Message::Heartbeat { .. }) && view.cast.is_member(letter.from);
    letter.is_pulse && !is_of_member && !is_aimed_at(letter, view)
}

/// Whether a cut holds it back.
fn is_held(letter: &Letter<'_>) -> bool {
    matches!(letter.fate, Fate::Held { .. })
}

/// Whether a fault speaks of this very message.
pub fn is_aimed_at(letter: &Letter<'_>, view: &View<'_>) -> bool {
    letter.fate.fault().is_some_and(|fault| is_aimed(fault, view))
}

/// Whether a fault speaks of single messages.
pub fn is_aimed(fault: FaultId, view: &View<'_>) -> bool {
    let fault = view.scenario.faults.get(fault.index());
    !matches!(fault, None | Some(FaultSpec::Partition { .. } | FaultSpec::Mute { .. } | FaultSpec::Deafen { .. }))
}
