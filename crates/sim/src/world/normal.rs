//! The present taken out of a world, so that two worlds at different moments can be compared.
//!
//! Moments become distances from now, clocks show zero, items are numbered anew in their order, and every actor and
//! message forgets what its clocks showed. What actors count for themselves is left as it is: a request number that
//! grows makes every state a new one, and nothing here could tell whether it matters.
//!
//! What they count *together*, terms of office for instance ([`Actor::least_count`]), is lowered by the least of these
//! counts that anybody alive remembers or any message carries. That is sound: who only compares counts and adds to them
//! does the same, step by step, when all of them are lower by one and the same number. To go further and give them their
//! ranks (4, 9 and 30 become 0, 1 and 2) would not be: a participant at 4 that is cut off and counts up by itself stands
//! at the same rank for a long time and yet reaches 9 one day, so states with equal ranks have different futures. The
//! counts of the dead are left out of it, as their memory is.

use crate::actor::{Actor, Vocabulary};
use crate::clock::Clocks;
use crate::lasso::Work;
use crate::participant::ParticipantId;
use crate::queue::{Due, Item, Queue};
use crate::time::{Now, Time};

use super::sending::LastArrival;
use super::{Participant, Status, World};

/// How many looks it is worth to copy one thing to come into a normal form.
const COPYING: u64 = 8;

/// What is taken out.
struct Present {
    now: Time,
    clocks: Vec<Now>,
    /// The items that stay, in order; an item's new number is its place here.
    order: Vec<Due>,
    /// The least count of all, which is taken off every one.
    least: u32,
}

impl<A: Actor> World<A> {
    /// Whether something planned is still to come at a moment of its own: a fault's beginning or end, or a recovery.
    /// Looked for from the end, because that is where what is planned mostly stands.
    pub(crate) fn has_plans(&self, work: &mut Work) -> bool {
        self.living().rev().inspect(|_| work.spend(1)).any(|(_, item)| item.is_planned())
    }

    /// [`World::normalised`], and what it costs: each thing to come is copied, rebased and put in order.
    pub(crate) fn normalised_within(&self, work: &mut Work) -> Self {
        work.spend(COPYING * self.queue.len() as u64);
        self.normalised()
    }

    /// This world as it would be if now were the moment zero. Two that are equal so have the same future, each from its
    /// own moment, provided that nothing planned is still to come (`has_plans`).
    pub fn normalised(&self) -> Self {
        let present = Present {
            now: self.now,
            clocks: self.participants.iter().map(|it| it.clocks.at(self.now)).collect(),
            order: self.living().map(|(due, _)| *due).collect(),
            least: self.least_count(),
        };
        let mut world = self.clone();
        world.now = Time::ZERO;
        world.queue = Queue::default();
        for (due, item) in self.living() {
            let item = present.taken_from(item, due.participant);
            world.queue.push(present.distance(due.time), due.phase, due.participant, item);
        }
        for (index, participant) in world.participants.iter_mut().enumerate() {
            present.take_from_participant(participant, ParticipantId(index as u16));
        }
        for last in &mut world.arrivals {
            let to_come = (last.at > self.now).then(|| LastArrival { at: present.distance(last.at), ..*last });
            *last = to_come.unwrap_or_default();
        }
        world
    }

    /// Whether this may be, now, what `normal` was: the same things to come at the same distances. It is cheap, and
    /// wrong only when it says yes.
    pub(crate) fn resembles(&self, normal: &Self, work: &mut Work) -> bool {
        let mut theirs = normal.living();
        let mut ours = self.living();
        loop {
            work.spend(1);
            match (ours.next(), theirs.next()) {
                (None, None) => return true,
                (Some((our, _)), Some((their, _))) => {
                    let distance = Time(our.time.since(self.now).0);
                    if (distance, our.phase, our.participant) != (their.time, their.phase, their.participant) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
    }

    /// The least count that anybody remembers who can still do something, or that a message carries; 0 without any.
    fn least_count(&self) -> u32 {
        let alive = self.participants.iter().filter(|it| !it.status.is_over());
        let aside = alive.clone().flat_map(|it| &it.aside).map(|(_, item)| item);
        let items = self.living().map(|(_, item)| item).chain(aside);
        let carried = items.filter_map(|item| match item {
            Item::Delivery { message, .. } => A::Words::least_count(message),
            _ => None,
        });
        alive.filter_map(|it| it.actor.least_count()).chain(carried).min().unwrap_or(0)
    }

    /// What is still to come and can still do something.
    fn living(&self) -> impl DoubleEndedIterator<Item = (&Due, &Item<A::Words>)> {
        self.queue.iter().filter(|(due, item)| !self.is_dead(due, item))
    }
}

impl Present {
    fn distance(&self, moment: Time) -> Time {
        Time(moment.since(self.now).0)
    }

    fn taken_from<V: Vocabulary>(&self, item: &Item<V>, receiver: ParticipantId) -> Item<V> {
        let mut item = item.clone();
        if let Item::Delivery { from, message } = &mut item {
            V::rebase(message, self.clocks[from.index()], self.clocks[receiver.index()]);
            V::lower_counts(message, self.least);
        }
        item
    }

    fn take_from_participant<A: Actor>(&self, participant: &mut Participant<A>, id: ParticipantId) {
        if participant.status.is_over() {
            // What a dead participant remembers and its clocks show is of no consequence, and would never come back.
            participant.clocks = Clocks::default();
            return;
        }
        let now = self.clocks[id.index()];
        participant.actor.rebase(now);
        participant.actor.lower_counts(self.least);

        participant.clocks = participant.clocks.rebased(self.now);
        if let Status::Paused { until } = &mut participant.status {
            *until = self.distance(*until);
        }
        for pending in &mut participant.timers {
            pending.deadline = pending.deadline.rebased(now);
            let queued = self.order.binary_search(&pending.due).ok();
            let waiting = participant.aside.iter().position(|(due, _)| *due == pending.due);
            let place = queued.or(waiting.map(|place| self.order.len() + place));
            pending.due = self.renumbered(pending.due, place.unwrap_or_default());
        }
        // What waits in a backlog is numbered behind all that is to come.
        for (place, (due, item)) in participant.aside.iter_mut().enumerate() {
            (*due, *item) = (self.renumbered(*due, self.order.len() + place), self.taken_from(item, id));
        }
    }

    fn renumbered(&self, due: Due, place: usize) -> Due {
        Due { time: self.distance(due.time), sequence: place as u64, ..due }
    }
}
