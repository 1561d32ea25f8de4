//! Which messages are one of many alike that nothing comes of: the pulse of a group.
//!
//! A pulse is drawn faintly and gets no room of its own on the time axis. Where many of them share a quiet stretch, only as
//! many are drawn as can be told apart; a picture of a minute of heartbeats would else be a grey wall. One that a cut holds
//! is drawn up to the cut. One of which something came, a new term or an entry, is no pulse, and one that a fault was aimed
//! at is always drawn. All this goes for leaders and for pairs; the members of a group that watches itself are few and slow.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{EventId, Fate, ParticipantId, Time};
use fencepost_vocabulary::{EventKind, Message, Note, RequestId, RoleKind, Term};

use crate::layout::story::{self, Letter, Story};
use crate::px::Px;
use crate::time_map::TimeMap;
use crate::view::View;

/// A question is asked so often before it is one of many.
const OFTEN: u32 = 3;
/// Rounds of heartbeats are drawn at least this far apart.
const APART: Px = Px::new(22);

/// Who sends to whom.
type Link = (ParticipantId, ParticipantId);

/// What decides, as far as the trace was read.
#[derive(Default)]
pub struct Pulses {
    /// Who asked whom for a lock, which request, and how many times in a row.
    asked: Vec<(Link, RequestId, u32)>,
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
        let event = |id: Option<EventId>| view.trace.events.get(id?.index());
        for noted in &view.trace.events {
            if let EventKind::Sent { to, message: Message::RequestVote { trial: false, .. }, .. } = &noted.kind {
                self.last_requests.insert((noted.participant, *to), noted.id);
            }
            let EventKind::Noted(note) = &noted.kind else { continue };
            let Some(handled) = event(noted.cause).filter(|_| !matches!(note, Note::Backed { .. })) else { continue };
            if let EventKind::Delivered { message, .. } = &handled.kind
                && is_between_nodes(message)
            {
                self.weighty.extend(handled.cause);
            }
        }
    }

    /// Whether a message is a pulse. `answers` is the message that it answers, if it does.
    pub fn is_pulse(&mut self, letter: &Letter<'_>, answers: Option<&Letter<'_>>) -> bool {
        let link = (letter.from, letter.to);
        if matches!(letter.message, Message::RequestVote { trial: false, .. }) && is_held(letter) {
            // They all come at the heal, and only the last of them still matters.
            let times = self.held.entry(link).or_default();
            *times += 1;
            return *times > OFTEN && self.last_requests.get(&link) != Some(&letter.event);
        }
        let again = match letter.message {
            Message::Acquire { request } => self.is_asked_again(link, *request),
            Message::Heartbeat { .. } => letter.ordinal > 1,
            Message::Append { term, entries, .. } if entries.0.is_empty() => {
                self.beats.insert(link, *term) == Some(*term)
            }
            Message::Append { term, previous, entries, .. } => {
                let what = (*term, previous.index, entries.0.len());
                self.entries.insert(link, what) == Some(what)
            }
            Message::RequestVote { term, trial: true, .. } => count(&mut self.trials, link, *term) > OFTEN,
            Message::Appended { .. } => answers.is_some_and(|it| it.is_pulse || it.is_beat() || is_held(it)),
            Message::Vote { .. } => answers.is_some_and(|it| it.is_pulse),
            _ => false,
        };
        again && !self.weighty.contains(&letter.event)
    }

    fn is_asked_again(&mut self, link: Link, request: RequestId) -> bool {
        let Some(known) = self.asked.iter_mut().find(|known| known.0 == link) else {
            self.asked.push((link, request, 1));
            return false;
        };
        let times = if known.1 == request { known.2 + 1 } else { 1 };
        (known.1, known.2) = (request, times);
        times > OFTEN
    }

    /// Whether a note says nothing that the picture has to show.
    pub fn is_quiet(&mut self, who: ParticipantId, note: &Note) -> bool {
        match note {
            Note::Backed { .. } => true,
            Note::Campaigns { term, trial: true } => count(&mut self.campaigns, who, *term) > OFTEN,
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
    let pulses = story.letters.iter().filter(|it| is_one_of_many(it, view));
    for letter in pulses {
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
fn is_aimed_at(letter: &Letter<'_>, view: &View<'_>) -> bool {
    let fault = letter.fate.fault().and_then(|fault| view.scenario.faults.get(fault.index()));
    !matches!(fault, None | Some(FaultSpec::Partition { .. } | FaultSpec::Mute { .. } | FaultSpec::Deafen { .. }))
}
