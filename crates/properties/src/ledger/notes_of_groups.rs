//! The part of the pass over a trace that reads what groups tell the observers: members that watch each other, nodes with
//! a leader, lock nodes with a key each, officers.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Event, Note};

use super::acquires::Answer;
use super::calls::Giveback;
use super::grants::EndReason;
use super::keys::Here;
use super::logs::Outcome;
use super::membership::{Declaration, Installed, Suspicion};
use super::orders::{Lie, Ownership, Proposal};
use super::reader::Reader;
use super::{GrantNo, Moment};

impl<'t> Reader<'t> {
    /// What a node says in the name of what several keep together. What follows from an entry of the log is news once.
    pub(super) fn note_for(&mut self, event: &'t Event, object: ParticipantId, index: u32, note: &'t Note) {
        if !self.logs.is_news(object, index, event.participant, note) {
            return;
        }
        self.note(event, object, note);
        let outcome = match note {
            Note::Granted { client, token, .. } => self.grants.latest(object, *client, *token).map(Outcome::Grant),
            Note::Applied { .. } => self.writes.effects.len().checked_sub(1).map(Outcome::Effect),
            _ => None,
        };
        let is_overruled = self.logs.booked(&self.keepers, (object, index), event.participant, note, outcome);
        if let Some(Outcome::Effect(_)) = outcome.filter(|_| is_overruled) {
            self.undone(outcome.into_iter().collect(), Moment::of(event));
        }
    }

    /// What a member says of the others.
    pub(super) fn note_of_member(&mut self, event: &'t Event, note: &'t Note) {
        let (here, at) = (event.participant, Moment::of(event));
        match note {
            Note::Suspects { of, incarnation } => {
                let (of, incarnation) = (*of, *incarnation);
                self.group.suspects(Suspicion { observer: here, of, incarnation, from: at, ended: None });
            }
            Note::Trusts { of } => self.group.trusts(here, *of, at),
            Note::Declared { of, incarnation, view } => {
                let (of, incarnation, view) = (*of, *incarnation, *view);
                self.group.declarations.push(Declaration { by: here, of, incarnation, view, at });
            }
            Note::Installed { view, members } => {
                self.group.installed(Installed { by: here, view: *view, members: members.clone(), at });
            }
            _ => self.note_of_node(event, note),
        }
    }

    /// What a node says of its term and its log.
    fn note_of_node(&mut self, event: &'t Event, note: &'t Note) {
        let (here, at) = (event.participant, Moment::of(event));
        match note {
            Note::For { object, index, note } => self.note_for(event, *object, *index, note),
            Note::Enters { term } => self.terms.enters(here, *term, at),
            Note::Leads { term } => self.terms.leads(self.keepers.group(here), here, *term, at),
            Note::StepsDown { term } => self.terms.steps_down(here, *term, at),
            Note::Backed { term, .. } => self.terms.backed(here, *term, at),
            Note::Logged { index, entry } => self.logs.logged(here, *index, entry),
            Note::Truncated { from } => {
                let undone = self.logs.truncated(&self.keepers, here, *from);
                self.undone(undone, at);
            }
            Note::Committed { upto } => {
                let undone = self.logs.committed(&self.keepers, here, *upto, at);
                self.undone(undone, at);
            }
            _ => self.note_of_key(event, note),
        }
    }

    /// What had followed from an entry is no longer so.
    pub(super) fn undone(&mut self, undone: Vec<Outcome>, at: Moment) {
        for outcome in undone {
            match outcome {
                Outcome::Grant(grant) => self.grants.ends(grant, EndReason::Forgotten, at),
                Outcome::Effect(place) => {
                    self.writes.effects[place].lost.get_or_insert(at);
                }
            }
        }
    }

    /// What a lock node says of its key.
    fn note_of_key(&mut self, event: &Event, note: &Note) {
        let (node, at) = (event.participant, Moment::of(event));
        let lock = self.keepers.keys(node);
        let Some((lock, ring)) = lock.and_then(|lock| Some((lock, self.keepers.ring(lock)?))) else {
            return self.note_of_client(event, note);
        };
        let here = Here { lock, node, ring, at };
        match note {
            Note::Keyed { client, request, lease } => {
                let ends = self.lease(event.participant, event.time, *lease).ends;
                self.keys.keyed(&mut self.grants, here, (*client, *request), ends);
            }
            Note::Unkeyed { client, request, expired } => {
                self.keys.unkeyed(&mut self.grants, here, (*client, *request), *expired);
            }
            Note::FoundKey { holder } => self.keys.found(&mut self.grants, here, *holder),
            _ => {}
        }
    }

    /// What a client says of what several keep together, and an officer of its orders.
    fn note_of_client(&mut self, event: &Event, note: &Note) {
        let (here, at) = (event.participant, Moment::of(event));
        match note {
            Note::Began { object, request, operation } => self.calls.began(here, *object, *request, *operation, at),
            Note::Ended { object, request, value } => self.calls.ended(here, *object, *request, *value, at),
            Note::Owns { name, registry } => {
                self.owned.push(Ownership { client: here, name: *name, registry: *registry, at });
            }
            Note::Proposed { attack } => self.proposals.push(Proposal { by: here, attack: *attack, at }),
            Note::Lied { to, said, truth } => {
                self.lies.push(Lie { by: here, to: *to, said: *said, truth: *truth, at });
            }
            _ => {}
        }
    }

    /// A client has enough keys of a lock: the grant that it has got, which has its token from now on.
    pub(super) fn has_keys(&mut self, event: &Event, note: &Note) -> Option<GrantNo> {
        let Note::Holds { lock, request, token, .. } = note else { return None };
        let (client, at) = (event.participant, Moment::of(event));
        self.acquires.has_it(client, *lock, Answer { sent: at, arrived: at, token: Some(*token) });
        self.keys.held(&mut self.grants, *lock, (client, *request), *token)
    }

    /// A client has given a lock back, as far as it is concerned.
    pub(super) fn gives_back(&mut self, giveback: Giveback) {
        self.calls.givebacks.push(giveback);
    }
}
