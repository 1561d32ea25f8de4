//! Who leads: terms, votes, and when somebody stands for election.
//!
//! Whoever hears of a higher term enters it and leads no more. In a term a node votes once, and only for somebody whose
//! log is no older than its own. So no term has two leaders, if quorums meet and votes are kept on the disk (R1). With
//! PreVote a node first asks how the vote would go, and stays in its term if it would not be elected.

use std::collections::BTreeSet;

use fencepost_sim::{Now, ParticipantId};
use fencepost_vocabulary::{Command, Message, Note, Position, Term, Timer};

use super::reign::Reign;
use super::{Node, Office};
use crate::Effects;

/// A question to the others: whether to make somebody the leader of this term.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ballot {
    pub term: Term,
    /// Where the candidate's log ends.
    pub last: Position,
    /// Whether it only asks what the answer would be.
    pub trial: bool,
}

impl Node {
    /// No leader was heard of for too long, or no election has come to an end.
    pub(super) fn lost_patience(&mut self, now: Now, effects: &mut Effects) {
        (self.leader, self.heard) = (None, None);
        if self.config.prevote { self.ask(true, now, effects) } else { self.campaign(now, effects) }
    }

    /// Stands for election in the next term, with its own vote.
    fn campaign(&mut self, now: Now, effects: &mut Effects) {
        self.enter(self.next_term(), effects);
        self.voted = Some(self.config.id);
        self.ask(false, now, effects);
    }

    fn next_term(&self) -> Term {
        Term(self.term.0.saturating_add(1))
    }

    fn ask(&mut self, trial: bool, now: Now, effects: &mut Effects) {
        let term = if trial { self.next_term() } else { self.term };
        effects.note(Note::Campaigns { term, trial });
        self.office = Office::Asking { trial, votes: BTreeSet::from([self.config.id]) };
        self.wait(effects);
        for other in self.config.others() {
            effects.send(other, Message::RequestVote { term, last: self.log.end(), trial });
        }
        self.count(now, effects);
    }

    /// Whether it heard a leader, itself perhaps, within the shortest time in which anybody gives one up.
    fn hears_a_leader(&self, now: Now) -> bool {
        let lately = |heard| now.mono.since(heard) < self.config.shortest;
        matches!(self.office, Office::Leading(_)) || self.heard.is_some_and(lately)
    }

    /// Answers a candidate.
    pub(super) fn asked(&mut self, from: ParticipantId, ballot: Ballot, now: Now, effects: &mut Effects) {
        let Ballot { term, trial, .. } = ballot;
        let granted = if trial { self.would_vote(ballot, now) } else { self.votes(from, ballot, now, effects) };
        let term = if granted { term } else { self.term };
        effects.send(from, Message::Vote { term, granted, trial });
    }

    fn would_vote(&self, ballot: Ballot, now: Now) -> bool {
        let may = ballot.term > self.term && !self.hears_a_leader(now) && self.log.is_behind(ballot.last);
        may || self.config.traitor
    }

    fn votes(&mut self, candidate: ParticipantId, ballot: Ballot, now: Now, effects: &mut Effects) -> bool {
        if !(self.config.sticky && self.hears_a_leader(now)) {
            self.follow(ballot.term, effects);
        }
        let free = self.voted.is_none_or(|voted| voted == candidate);
        let may = ballot.term == self.term && free && self.log.is_behind(ballot.last);
        if may || self.config.traitor {
            if may && self.voted.is_none() || self.config.traitor {
                effects.note(Note::Votes { term: ballot.term, candidate });
            }
            self.voted = Some(candidate);
            // A traitor that leads goes on leading; whoever else votes wants nothing for itself.
            if !matches!(self.office, Office::Leading(_)) {
                self.retire(effects);
                self.wait(effects);
            }
        }
        may || self.config.traitor
    }

    /// Hears an answer to its own question.
    pub(super) fn answered(
        &mut self,
        from: ParticipantId,
        term: Term,
        granted: bool,
        trial: bool,
        now: Now,
        effects: &mut Effects,
    ) {
        if !granted {
            return self.follow(term, effects);
        }
        let asked = if trial { self.next_term() } else { self.term };
        if let Office::Asking { trial: asking, votes } = &mut self.office
            && (*asking, asked) == (trial, term)
        {
            votes.insert(from);
            self.count(now, effects);
        }
    }

    fn count(&mut self, now: Now, effects: &mut Effects) {
        let Office::Asking { trial, votes } = &self.office else { return };
        if votes.len() < self.config.quorum {
            return;
        }
        if *trial { self.campaign(now, effects) } else { self.lead(false, now, effects) }
    }

    /// Comes to lead in its term.
    pub(super) fn lead(&mut self, inherited: bool, now: Now, effects: &mut Effects) {
        effects.note(Note::Leads { term: self.term });
        effects.cancel_timer(Timer::Election);
        (self.leader, self.heard) = (Some(self.config.id), None);
        self.office = Office::Leading(Box::new(Reign::new(self.config.others(), self.log.last(), inherited, now)));
        if self.config.check_quorum {
            effects.set_timer(Timer::Quorum, self.config.shortest);
        }
        self.promote(now, effects);
        if self.service.is_some() && !inherited {
            self.write_down(Command::Nothing, now, effects);
        }
        self.beat(now, effects);
    }

    /// Heard of a term: one that is higher is the present one.
    pub(super) fn follow(&mut self, term: Term, effects: &mut Effects) {
        if term > self.term {
            let led = self.retire(effects);
            self.enter(term, effects);
            if led {
                self.wait(effects);
            }
        }
    }

    fn enter(&mut self, term: Term, effects: &mut Effects) {
        (self.term, self.voted, self.leader, self.heard) = (term, None, None, None);
        effects.note(Note::Enters { term });
    }

    /// Gives up what it was, or wanted to be. Says whether it led.
    pub(super) fn retire(&mut self, effects: &mut Effects) -> bool {
        let Office::Leading(reign) = std::mem::take(&mut self.office) else { return false };
        effects.note(Note::StepsDown { term: self.term });
        effects.cancel_timer(Timer::Heartbeat);
        effects.cancel_timer(Timer::Quorum);
        self.leader = None;
        self.demote(*reign, effects);
        true
    }

    /// From now on expects to hear of a leader, as long as its patience in this term lasts.
    pub(super) fn wait(&self, effects: &mut Effects) {
        effects.set_timer(Timer::Election, self.config.timeout.in_term(self.term));
    }

    /// CheckQuorum: whether enough nodes still answer. If not it leads no more, in whatever term.
    pub(super) fn check_quorum(&mut self, now: Now, effects: &mut Effects) {
        let Office::Leading(reign) = &self.office else { return };
        let silence = reign.in_touch(self.config.quorum, now.mono).map(|since| now.mono.since(since));
        match silence.filter(|silence| *silence < self.config.shortest) {
            Some(silence) => {
                effects.set_timer(Timer::Quorum, fencepost_sim::Duration(self.config.shortest.0 - silence.0));
            }
            None => {
                self.retire(effects);
                self.wait(effects);
            }
        }
    }
}
