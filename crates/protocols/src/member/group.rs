//! Who belongs to the group: views, and how they are decided.
//!
//! View `n + 1` is decided when a majority of all members has voted for the same change to view `n`. A member votes once
//! for each number and keeps that promise on its disk, so no two changes can both have a majority, and two members that
//! install one number install the same view. It is one round of voting and no more: where votes are split, or were spent
//! on somebody who turned out to be alive, no further view is decided. That is safe and stands still; rounds that end
//! this take an elected leader. With `declare alone` there is no vote, and two observers can decide differently.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Membership, Message, Note, Timer};

use super::{Declare, Member, MemberConfig};
use crate::Effects;

/// What a member knows of the group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Group {
    /// In which of its lives it is itself.
    pub incarnation: u32,
    /// Whether it was told that it is dead, and asks to be taken in again.
    pub dead: bool,
    number: u32,
    members: Membership,
    /// The last life of everyone who was declared dead.
    buried: BTreeMap<ParticipantId, u32>,
    /// Its last vote.
    voted: Option<Vote>,
    /// Who has voted for what, as far as it was told. The one thing here that is not on the disk.
    votes: BTreeMap<Vote, BTreeSet<ParticipantId>>,
}

/// A vote that a view be the one before with this change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Vote {
    view: u32,
    change: Change,
}

/// The one thing in which a view differs from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Change {
    /// Somebody, in this life, is dead.
    Left(ParticipantId, u32),
    /// Somebody is back, in this life.
    Back(ParticipantId, u32),
}

impl Group {
    /// View 1: everyone, in their first lives.
    pub fn new(config: &MemberConfig) -> Self {
        Self {
            incarnation: 1,
            dead: false,
            number: 1,
            members: Membership(config.members.iter().map(|member| (*member, 1)).collect()),
            buried: BTreeMap::new(),
            voted: None,
            votes: BTreeMap::new(),
        }
    }

    /// In which life somebody is, or last was.
    pub fn life_of(&self, of: ParticipantId) -> u32 {
        let buried = || self.buried.get(&of).copied();
        self.members.incarnation_of(of).or_else(buried).unwrap_or(1)
    }

    /// After a crash only its own vote is left.
    pub fn forget_votes(&mut self, own: ParticipantId) {
        self.votes.clear();
        if let Some(vote) = self.voted.filter(|vote| vote.view > self.number) {
            self.votes.insert(vote, BTreeSet::from([own]));
        }
    }

    /// What enough members want the next view to be.
    fn elected(&self, majority: usize) -> Option<Vote> {
        let next = self.votes.iter().filter(|(vote, _)| vote.view == self.number + 1);
        next.filter(|(_, voters)| voters.len() >= majority).map(|(vote, _)| *vote).next()
    }

    /// The members after a change, in the order of the scenario.
    fn after(&self, change: Change, config: &MemberConfig) -> Membership {
        let life = |member: ParticipantId| match change {
            Change::Left(of, _) if of == member => None,
            Change::Back(of, incarnation) if of == member => Some(incarnation),
            _ => self.members.incarnation_of(member),
        };
        Membership(config.members.iter().filter_map(|member| Some((*member, life(*member)?))).collect())
    }
}

impl Member {
    /// Whether somebody speaks from a life in which it was declared dead.
    pub(super) fn is_outcast(&self, id: ParticipantId, incarnation: u32) -> bool {
        self.config.declare != Declare::Off
            && !self.group.dead
            && self.group.buried.get(&id).is_some_and(|buried| incarnation <= *buried)
    }

    /// Tells somebody that it is dead in the life from which it speaks.
    pub(super) fn tell_dead(&self, to: ParticipantId, incarnation: u32, effects: &mut Effects) {
        effects.send(to, Message::Dead { incarnation, view: self.group.number });
    }

    /// Does what is to be done about the first of those it suspects who still belong to the group.
    pub(super) fn object(&mut self, effects: &mut Effects) {
        if self.group.dead {
            return;
        }
        let suspects = &self.suspected;
        let first = self.group.members.0.iter().find(|(member, _)| suspects.contains(member));
        if let Some((of, incarnation)) = first.copied() {
            self.propose(Change::Left(of, incarnation), effects);
        }
    }

    fn propose(&mut self, change: Change, effects: &mut Effects) {
        let vote = Vote { view: self.group.number + 1, change };
        match self.config.declare {
            Declare::Off => {}
            Declare::Alone => self.decide(vote, effects),
            // Its vote for this number is cast, and stays cast.
            Declare::Majority if self.group.voted.is_some_and(|voted| voted.view >= vote.view) => {}
            Declare::Majority => {
                self.group.voted = Some(vote);
                self.group.votes.entry(vote).or_default().insert(self.config.id);
                self.tell_members(&ballot(vote), effects);
                self.count(effects);
            }
        }
    }

    /// Sends its vote once more, as long as it has not been decided about: a message can be lost.
    pub(super) fn vote_again(&self, effects: &mut Effects) {
        if let Some(vote) = self.group.voted.filter(|vote| vote.view > self.group.number) {
            self.tell_members(&ballot(vote), effects);
        }
    }

    /// Somebody has voted. Who is not in the group has no vote; who votes for a view that was decided long ago is told.
    pub(super) fn hear_vote(&mut self, from: ParticipantId, view: u32, change: Change, effects: &mut Effects) {
        if self.group.dead || self.config.declare != Declare::Majority {
            return;
        }
        if self.group.members.incarnation_of(from).is_none() {
            return self.tell_dead(from, self.group.life_of(from), effects);
        }
        if view <= self.group.number {
            return effects.send(from, self.view(None));
        }
        self.group.votes.entry(Vote { view, change }).or_default().insert(from);
        self.count(effects);
    }

    fn count(&mut self, effects: &mut Effects) {
        while let Some(vote) = self.group.elected(self.config.majority()).filter(|_| !self.group.dead) {
            self.decide(vote, effects);
        }
    }

    /// A change is decided: tells everyone, and makes it its own.
    fn decide(&mut self, vote: Vote, effects: &mut Effects) {
        let members = self.group.after(vote.change, &self.config);
        let mut left = None;
        if let Change::Left(of, incarnation) = vote.change {
            if of == self.config.id {
                return self.learn_dead(vote.view, effects);
            }
            effects.note(Note::Declared { of, incarnation, view: vote.view });
            left = Some((of, incarnation));
        }
        self.install(vote.view, members, effects);
        let view = self.view(left);
        self.tell_members(&view, effects);
        for client in &self.config.report {
            effects.send(*client, view.clone());
        }
        self.object(effects);
    }

    fn view(&self, left: Option<(ParticipantId, u32)>) -> Message {
        Message::View { number: self.group.number, left, members: self.group.members.clone() }
    }

    fn install(&mut self, number: u32, members: Membership, effects: &mut Effects) {
        let before = std::mem::replace(&mut self.group.members, members);
        self.group.number = number;
        self.group.votes.retain(|vote, _| vote.view > number);
        for (member, life) in &before.0 {
            if self.group.members.incarnation_of(*member) != Some(*life) {
                self.group.buried.insert(*member, *life);
            }
        }
        effects.note(Note::Installed { view: number, members: self.group.members.clone() });
        for (member, life) in self.group.members.0.clone() {
            if before.incarnation_of(member) != Some(life) && member != self.config.id {
                self.meet(member, effects);
            }
        }
    }

    /// Somebody is back, and begins with a clean record.
    fn meet(&mut self, member: ParticipantId, effects: &mut Effects) {
        self.trust(member, effects);
        if self.config.is_observer() {
            effects.set_timer(Timer::Suspect(member), self.config.suspect_after);
        }
    }

    /// Somebody says what the group is. A view that is no newer than its own tells it nothing.
    pub(super) fn hear_view(&mut self, number: u32, members: Membership, effects: &mut Effects) {
        if self.config.declare == Declare::Off || number <= self.group.number {
            return;
        }
        if members.incarnation_of(self.config.id) != Some(self.group.incarnation) {
            if !self.group.dead {
                self.learn_dead(number, effects);
            }
            return;
        }
        let was_dead = std::mem::take(&mut self.group.dead);
        if was_dead {
            effects.note(Note::Rejoined { incarnation: self.group.incarnation });
        }
        self.install(number, members, effects);
        if was_dead {
            self.beat(effects);
            self.watch(effects);
        }
        self.count(effects);
        self.object(effects);
    }

    /// Somebody says that it is dead, in the life it is in now. Whoever has seen a later view knows better.
    pub(super) fn hear_dead(&mut self, incarnation: u32, view: u32, effects: &mut Effects) {
        let is_news = incarnation == self.group.incarnation && view > self.group.number;
        if self.config.declare != Declare::Off && is_news {
            self.learn_dead(view, effects);
        }
    }

    /// The news of its death: it watches nobody any more, and asks to be taken in again as somebody new.
    fn learn_dead(&mut self, view: u32, effects: &mut Effects) {
        self.group.dead = true;
        effects.note(Note::LearnsDead { view });
        self.group.incarnation += 1;
        for other in self.config.others() {
            effects.cancel_timer(Timer::Suspect(other));
        }
        self.tell_members(&Message::Join { incarnation: self.group.incarnation }, effects);
    }

    /// Somebody asks to be taken in again.
    pub(super) fn hear_join(&mut self, from: ParticipantId, incarnation: u32, effects: &mut Effects) {
        if self.config.declare == Declare::Off || self.group.dead {
            return;
        }
        match self.group.members.incarnation_of(from) {
            Some(life) if life >= incarnation => effects.send(from, self.view(None)),
            // It has died since, and this member has not heard of that.
            Some(_) => {}
            None if self.is_outcast(from, incarnation) => self.tell_dead(from, incarnation, effects),
            None => self.propose(Change::Back(from, incarnation), effects),
        }
    }
}

/// The message that carries a vote.
fn ballot(vote: Vote) -> Message {
    let view = vote.view;
    match vote.change {
        Change::Left(of, incarnation) => Message::Suspicion { of, incarnation, view },
        Change::Back(of, incarnation) => Message::Welcome { of, incarnation, view },
    }
}
