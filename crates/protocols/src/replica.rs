//! A node of a register that clients read and write at enough nodes at once (Attiya, Bar-Noy and Dolev): it holds one copy,
//! and of two writes it keeps the later one.
//!
//! It never speaks to the other nodes. That what is read does not go back in time is the client's doing, in
//! `client/register.rs`: it waits for enough of the nodes, and a reader brings what it found to enough of them. What a
//! replica holds is on its disk before it says so.

use fencepost_sim::{Disk, ParticipantId};
use fencepost_vocabulary::{Message, Stamp, Value};

use crate::{Effects, Input, decline};

/// A replica and what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Replica {
    stamp: Stamp,
    value: Value,
}

impl Replica {
    /// A replica that holds nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, effects: &mut Effects) {
        if let Input::Message { from, message } = input {
            self.serve(from, message, effects);
        }
    }

    fn serve(&mut self, from: ParticipantId, message: Message, effects: &mut Effects) {
        match message {
            Message::Get { request } => {
                effects.send(from, Message::Got { request, stamp: self.stamp, value: self.value });
            }
            // An older write is as good as kept: whoever reads would not have chosen it.
            Message::Put { request, stamp, value } => {
                if stamp > self.stamp {
                    (self.stamp, self.value) = (stamp, value);
                }
                effects.send(from, Message::Kept { request });
            }
            message => decline(from, message, effects),
        }
    }

    /// What a crash leaves: everything, on a disk that is still there.
    pub fn recover(&mut self, disk: Disk) {
        if disk == Disk::Wiped {
            *self = Self::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use fencepost_vocabulary::{Refusal, RequestId};

    use super::*;
    use crate::testing::*;

    const R: RequestId = RequestId(1);

    impl Replica {
        fn gets(&mut self, sent: Message) -> Vec<(ParticipantId, Message)> {
            Outcome::of(|effects| self.handle(message(A, sent), effects)).sent
        }

        fn put(&mut self, count: u32, writer: ParticipantId, number: u64) {
            let (stamp, value) = (Stamp { count, writer }, Value::Number(number));
            let kept = self.gets(Message::Put { request: R, stamp, value });
            assert_eq!(kept, [(A, Message::Kept { request: R })], "whether it is later or not");
        }

        /// What it answers to who asks.
        fn holds(&mut self) -> (u32, Value) {
            match self.gets(Message::Get { request: R })[..] {
                [(A, Message::Got { request: R, stamp, value })] => (stamp.count, value),
                ref other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn it_keeps_the_later_of_two_writes_in_whatever_order_they_come() {
        let mut replica = Replica::new();
        assert_eq!(replica.holds(), (0, Value::Empty));
        replica.put(2, A, 20);
        replica.put(1, A, 10);
        assert_eq!(replica.holds(), (2, Value::Number(20)));
        replica.put(3, A, 30);
        assert_eq!(replica.holds(), (3, Value::Number(30)));
    }

    #[test]
    fn where_two_writers_count_alike_the_writer_decides() {
        let mut replica = Replica::new();
        replica.put(1, B, 20);
        replica.put(1, A, 10);
        assert_eq!(replica.holds(), (1, Value::Number(20)));
        replica.put(1, C, 30);
        assert_eq!(replica.holds(), (1, Value::Number(30)));
    }

    #[test]
    fn a_crash_leaves_all_of_it_and_a_wiped_disk_nothing() {
        let mut replica = Replica::new();
        replica.put(1, A, 10);
        for disk in [Disk::Kept, Disk::Synced] {
            replica.recover(disk);
            assert_eq!(replica.holds(), (1, Value::Number(10)));
        }
        replica.recover(Disk::Wiped);
        assert_eq!(replica, Replica::new());
    }

    #[test]
    fn it_does_nothing_else() {
        let asked = Replica::new().gets(Message::Read { request: R, token: None });
        assert_eq!(asked, [(A, Message::Rejected { request: R, reason: Refusal::NotMyJob })]);
    }
}
