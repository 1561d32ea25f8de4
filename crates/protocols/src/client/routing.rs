//! How a client finds whoever answers for something that several nodes keep: the leader, who changes.
//!
//! To the rest of the client such an object is somebody like any other. What is said to it goes to the node that is
//! taken for the leader, and what any of its nodes says is taken for the object's own word; that happens here and
//! nowhere else. Objects that are not led are no matter of this file.

use std::collections::BTreeMap;

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{Message, Note, Operation, RequestId, Timer};

use super::{Access, Client, ClientConfig, Waiting};
use crate::{Effects, question};

/// How long a client waits before it asks the next node, when one does not know who leads.
const PATIENCE: Duration = Duration::from_millis(100);

/// How long it waits for one node of a group to answer before it asks the next.
const SILENCE: Duration = Duration::from_secs(1);

/// What a client knows of those who keep things together, and what it has asked them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Routes {
    /// Whom it takes for the leader of a group, which is known by the first of its nodes.
    leaders: BTreeMap<ParticipantId, ParticipantId>,
    /// When the acquire that it waits for was first sent to each node.
    acquires: BTreeMap<ParticipantId, LocalTime>,
    /// What was asked and not answered.
    asked: BTreeMap<RequestId, Asked>,
    /// The lock whose renewal was sent and not answered, and to which node.
    renewal: Option<(ParticipantId, ParticipantId)>,
    /// What came back from a node that does not know who leads, to be said again in a while.
    bounced: Vec<(ParticipantId, Message)>,
}

/// A question that was sent to a node of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Asked {
    /// What it is about.
    object: ParticipantId,
    message: Message,
    /// To which node it was last sent.
    node: ParticipantId,
    /// When it was last sent, on the client's clock, if it goes to the next node where this one is silent. Where it goes
    /// nowhere, to wait longer is not to be somewhere else.
    sent: Option<LocalTime>,
}

impl Routes {
    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, now: Now) {
        self.asked.values_mut().for_each(|asked| asked.sent = asked.sent.map(|sent| sent.rebased(now)));
    }

    /// Those questions that go to the next node when nobody answers them, and are not about to be said again anyway,
    /// each with the end of its patience.
    fn unheard(&self) -> impl Iterator<Item = (LocalTime, &Asked)> {
        let comes_by_itself = |asked: &Asked| self.bounced.iter().any(|(_, message)| *message == asked.message);
        let waiting = self.asked.values().filter(move |asked| !comes_by_itself(asked));
        waiting.filter_map(|asked| Some((asked.sent? + SILENCE, asked)))
    }

    /// Nothing is asked any more, and whoever answers is not listened to.
    pub fn give_up(&mut self) {
        self.asked.clear();
        self.bounced.clear();
        self.renewal = None;
    }
}

impl ClientConfig {
    /// The nodes that keep an object, if a leader answers for them.
    fn led(&self, object: ParticipantId) -> Option<&[ParticipantId]> {
        match self.objects.get(&object) {
            Some(Access::Led { nodes }) => Some(nodes),
            _ => None,
        }
    }
}

impl Client {
    /// Says something to a participant, or to whoever answers for an object.
    pub(super) fn send(&mut self, to: ParticipantId, message: Message, now: LocalTime, effects: &mut Effects) {
        let node = self.node_for(to);
        effects.send(node, message.clone());
        if self.is_led(to)
            && let Some(request) = question(&message)
        {
            let again = self.routes.asked.get(&request).map(|asked| asked.sent.is_some());
            let sent = again.unwrap_or_else(|| self.goes_on(&message)).then_some(now);
            self.routes.asked.insert(request, Asked { object: to, message, node, sent });
            self.listen(now, effects);
        }
    }

    /// Whether a question goes to the next node of the group when nobody answers it. To ask for a lock or a name again is
    /// for the program to say, and so is everything where it names the node or says when to ask again.
    fn goes_on(&self, message: &Message) -> bool {
        let is_for_the_program = matches!(message, Message::Acquire { .. } | Message::Claim { .. });
        let step = self.next.checked_sub(1);
        let names_a_node = step.is_some_and(|step| self.config.at.contains_key(&step));
        !is_for_the_program && !names_a_node && self.retry().is_none()
    }

    /// Sets the moment at which the first of its questions will have met with silence for too long.
    fn listen(&self, now: LocalTime, effects: &mut Effects) {
        match self.routes.unheard().map(|(end, _)| end).min() {
            Some(end) => effects.set_timer(Timer::Resend, end.since(now)),
            None => effects.cancel_timer(Timer::Resend),
        }
    }

    /// A node has been silent for too long. It may be dead or cut off, so what it was asked goes to the next one, under
    /// the same number: the group carries it out once, whoever of it is asked.
    pub(super) fn ask_the_next(&mut self, now: LocalTime, effects: &mut Effects) {
        let unheard = self.routes.unheard().filter(|(end, _)| *end <= now).map(|(_, asked)| asked.clone());
        for Asked { object, message, node, .. } in unheard.collect::<Vec<_>>() {
            self.turn_away_from(node, object);
            self.send(object, message, now, effects);
        }
        self.listen(now, effects);
    }

    /// If this node is taken for the leader, the next one is from now on.
    fn turn_away_from(&mut self, node: ParticipantId, object: ParticipantId) {
        if self.node_for(object) == node {
            self.turn_to(object, self.after(node, object));
        }
    }

    /// It is about to renew a lock. If the renewal before has met with silence, it asks the next node.
    pub(super) fn renews(&mut self, lock: ParticipantId) {
        if !self.is_led(lock) {
            return;
        }
        if let Some((_, silent)) = self.routes.renewal.filter(|(of, _)| *of == lock) {
            self.turn_away_from(silent, lock);
        }
        self.routes.renewal = Some((lock, self.node_for(lock)));
    }

    /// Whether a leader answers for this object.
    pub(super) fn is_led(&self, object: ParticipantId) -> bool {
        self.config.led(object).is_some()
    }

    /// It begins to ask for a lock.
    pub(super) fn asks_anew(&mut self) {
        self.routes.acquires.clear();
    }

    /// It has asked for a lock, whoever that is at the moment.
    pub(super) fn asks(&mut self, lock: ParticipantId, now: LocalTime) {
        let node = self.node_for(lock);
        self.routes.acquires.entry(node).or_insert(now);
    }

    /// When it first asked whoever has granted the lock: from then on the wait counts that this one tells of. Who tells
    /// of none may have been asked only after the grant, and then the very first asking counts.
    pub(super) fn asked_first(&self, lock: ParticipantId, sent: LocalTime, waited: Duration) -> LocalTime {
        let asked = self.routes.acquires.get(&self.node_for(lock)).copied();
        asked.filter(|_| waited > Duration::ZERO).unwrap_or(sent)
    }

    /// The node that is asked for an object: the one last known to lead, or the first. A participant is asked itself.
    fn node_for(&self, to: ParticipantId) -> ParticipantId {
        let nodes = self.config.led(to).unwrap_or_default();
        let leader = group(nodes).and_then(|group| self.routes.leaders.get(&group));
        leader.or(nodes.first()).copied().unwrap_or(to)
    }

    /// From now on this node is taken for the leader of those who keep the object.
    pub(super) fn turn_to(&mut self, object: ParticipantId, node: ParticipantId) {
        if let Some(group) = self.config.led(object).and_then(group) {
            self.routes.leaders.insert(group, node);
        }
    }

    /// Whose word this is: the object's of which it was asked, if the sender keeps that, and else the sender's own. Who
    /// answers for an object leads, as far as a client can tell.
    pub(super) fn speaker(&mut self, from: ParticipantId, message: &Message) -> ParticipantId {
        let asked = match answer(message) {
            Some(request) => self.routes.asked.get(&request).map(|asked| asked.object),
            None => self.bound_to(from),
        };
        let keeps = |object: &ParticipantId| self.config.led(*object).is_some_and(|nodes| nodes.contains(&from));
        let Some(object) = asked.filter(keeps) else { return from };
        self.turn_to(object, from);
        object
    }

    /// The lock that a word without a request number is about: the one it asks for, or else holds.
    fn bound_to(&self, from: ParticipantId) -> Option<ParticipantId> {
        let keeps = |lock: &ParticipantId| self.config.led(*lock).is_some_and(|nodes| nodes.contains(&from));
        match self.waiting {
            Waiting::Grant { lock, .. } => Some(lock).filter(keeps),
            _ => None,
        }
        .or_else(|| self.beliefs.newest().map(|holding| holding.lock).filter(keeps))
    }

    /// This was answered. Who asked for what several nodes keep says so, for the observers.
    pub(super) fn heard(&mut self, message: &Message, now: LocalTime, effects: &mut Effects) {
        if let Message::Renewed { .. } | Message::Refused { .. } = message {
            self.routes.renewal = None;
        }
        let Some(request) = answer(message) else { return };
        let Some(Asked { object, .. }) = self.routes.asked.remove(&request) else { return };
        self.listen(now, effects);
        match message {
            Message::Ok { .. } => effects.note(Note::Ended { object, request, value: None }),
            Message::Value { value, .. } => effects.note(Note::Ended { object, request, value: Some(*value) }),
            _ => {}
        }
    }

    /// For the observers: this is where an operation on what several nodes keep begins.
    pub(super) fn begins(&self, on: ParticipantId, request: RequestId, operation: Operation, effects: &mut Effects) {
        if self.config.objects.contains_key(&on) {
            effects.note(Note::Began { object: on, request, operation });
        }
    }

    /// Whoever was asked does not lead. It asks the one that does, or in a while the next; a word from somebody it has
    /// turned away from meanwhile is old.
    pub(super) fn redirected(
        &mut self,
        from: ParticipantId,
        request: Option<RequestId>,
        leader: Option<ParticipantId>,
        now: LocalTime,
        effects: &mut Effects,
    ) {
        let asked = match request {
            Some(request) => self.routes.asked.get(&request).map(|asked| (asked.object, asked.message.clone())),
            None => self.bound_to(from).and_then(|lock| self.renewal(lock, now)),
        };
        let Some((object, message)) = asked else { return };
        let mut knows_whom = self.routes.bounced.is_empty();
        if self.node_for(object) == from {
            let next = leader.filter(|leader| *leader != from);
            self.turn_to(object, next.unwrap_or_else(|| self.after(from, object)));
            knows_whom = next.is_some();
        }
        match message {
            Message::Acquire { .. } => self.asks(object, now),
            // Where nobody leads, the next renewal need not turn away from anybody.
            Message::Renew { .. } => self.routes.renewal = knows_whom.then(|| (object, self.node_for(object))),
            _ => {}
        }
        if knows_whom {
            self.send(object, message, now, effects);
        } else {
            self.bounce(object, message, now, effects);
        }
    }

    /// The renewal of a lock that it holds, said once more.
    fn renewal(&self, lock: ParticipantId, now: LocalTime) -> Option<(ParticipantId, Message)> {
        self.beliefs.of(lock).map(|held| (lock, Message::Renew { token: held.token, sent: now }))
    }

    /// The node that follows another in the order in which they are tried.
    fn after(&self, node: ParticipantId, object: ParticipantId) -> ParticipantId {
        let nodes = self.config.led(object).unwrap_or_default();
        let next = nodes.iter().position(|other| *other == node).map_or(0, |place| place + 1);
        nodes.get(next).or(nodes.first()).copied().unwrap_or(node)
    }

    /// Keeps something to say it again in a while. What is said again by itself need not be kept.
    fn bounce(&mut self, object: ParticipantId, message: Message, now: LocalTime, effects: &mut Effects) {
        let is_waited_for = self.asked.as_ref().is_some_and(|(_, asked)| *asked == message);
        let by_itself = match message {
            Message::Renew { .. } => self.config.renew_every.is_some(),
            _ => is_waited_for && self.retry().is_some(),
        };
        if !by_itself && !self.routes.bounced.iter().any(|(_, waiting)| *waiting == message) {
            self.routes.bounced.push((object, message));
            self.wait_a_while(effects);
            self.listen(now, effects);
        }
    }

    /// Sees to it that what came back is said again, at the latest after [`PATIENCE`] or with its own next question.
    pub(super) fn wait_a_while(&self, effects: &mut Effects) {
        if !self.routes.bounced.is_empty() && self.retry().is_none() {
            effects.set_timer(Timer::Retry, PATIENCE);
        }
    }

    /// It has waited long enough: what came back is said again, and what was not answered is asked again.
    pub(super) fn lose_patience(&mut self, now: LocalTime, effects: &mut Effects) {
        for (object, message) in std::mem::take(&mut self.routes.bounced) {
            self.send(object, message, now, effects);
        }
        if self.retry().is_some() {
            self.turn_to_next();
            self.ask_again(now, effects);
            self.repeat_round(effects);
        }
    }

    /// Who does not answer may be dead, so it asks the next node; but the one that its program names it goes on asking.
    fn turn_to_next(&mut self) {
        let Some((of, _)) = self.asked else { return };
        let silent = self.node_for(of);
        let named = self.next.checked_sub(1).and_then(|step| self.config.at.get(&step));
        if named != Some(&silent) {
            self.turn_to(of, self.after(silent, of));
        }
    }
}

/// What a group is known by: the same, whichever of its nodes is tried first.
fn group(nodes: &[ParticipantId]) -> Option<ParticipantId> {
    nodes.iter().min().copied()
}

/// The number of the question that something answers.
fn answer(message: &Message) -> Option<RequestId> {
    match message {
        Message::Granted { request, .. }
        | Message::Ok { request, .. }
        | Message::Rejected { request, .. }
        | Message::Value { request, .. }
        | Message::Announced { request, .. }
        | Message::Standing { request, .. }
        | Message::Claimed { request, .. } => Some(*request),
        Message::Released { request, .. } => *request,
        _ => None,
    }
}
