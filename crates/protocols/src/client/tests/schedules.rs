//! All schedules of a small shape, run through the client and the nodes that really exist, and counted.

use fencepost_vocabulary::Value;

use super::*;
use crate::disk::Memory;
use crate::{KeyNode, KeyNodeConfig, Replica};

/// The object; the nodes have the ids from 10 on.
const X: ParticipantId = ParticipantId(9);

fn id(node: usize) -> ParticipantId {
    ParticipantId(10 + node as u16)
}

/// All sets of `size` of the nodes below `of`, each as a sum of powers of two.
fn sets(of: usize, size: usize) -> Vec<usize> {
    (0..1_usize << of).filter(|set| set.count_ones() as usize == size).collect()
}

fn has(set: usize, node: usize) -> bool {
    set >> node & 1 == 1
}

fn client_of(access: &Access, who: ParticipantId, step: Instruction) -> Client {
    Client::new(who, ClientConfig { objects: BTreeMap::from([(X, access.clone())]), ..config(&[step]) })
}

/// A register and its size.
#[derive(Clone, Copy)]
struct Shape {
    nodes: usize,
    quorum: usize,
    write_back: bool,
}

/// One schedule: when the write comes to each node (0: before both reads, 1: between them, 2: after them), which nodes
/// answer each read in time, and which nodes keep what the first read puts back.
#[derive(Clone, Copy)]
struct Schedule<'a> {
    arrivals: &'a [usize],
    asked: [usize; 2],
    kept: usize,
}

impl Shape {
    fn access(self) -> Access {
        let (nodes, quorum, write_back) = ((0..self.nodes).map(id).collect(), self.quorum, self.write_back);
        Access::Register { nodes, read_quorum: quorum, write_quorum: quorum, write_back, several_writers: false }
    }

    /// How many schedules there are, and in how many the second read finds less than the first.
    fn count(self) -> (u32, u32) {
        let write = Instruction::Write { store: X, value: WriteValue::Own, wait: true, token: None };
        let read = Instruction::Read { store: X };
        // Who writes, and who reads first and second; as they are before they begin.
        let clients = [(A, write), (B, read), (C, read)].map(|(who, step)| client_of(&self.access(), who, step));
        let quorums = sets(self.nodes, self.quorum);
        let everyone = [(1 << self.nodes) - 1];
        let keepers = if self.write_back { &quorums[..] } else { &everyone };
        let (mut all, mut backwards) = (0, 0);
        for number in 0..3_usize.pow(self.nodes as u32) {
            let arrivals: Vec<usize> = (0..self.nodes as u32).map(|node| number / 3_usize.pow(node) % 3).collect();
            for first in &quorums {
                for second in &quorums {
                    for kept in keepers {
                        let schedule = Schedule { arrivals: &arrivals, asked: [*first, *second], kept: *kept };
                        all += 1;
                        backwards += u32::from(goes_backwards(&clients, schedule));
                    }
                }
            }
        }
        (all, backwards)
    }
}

/// What the nodes among `set` answer to what a client has sent them.
fn exchange(client: &mut Client, sent: Outcome, set: usize, replicas: &mut [Replica]) -> Outcome {
    let mut last = Outcome::default();
    for (to, said) in sent.sent {
        let node = usize::from(to.0 - id(0).0);
        if !has(set, node) {
            continue;
        }
        let answers = Outcome::of(|effects| replicas[node].handle(message(A, said), effects)).sent;
        for (_, answer) in answers {
            let did = client.does(message(to, answer), at(0));
            if !did.notes.is_empty() || !did.sent.is_empty() {
                last = did;
            }
        }
    }
    last
}

/// What a read returns for which `asked` answer, and `kept` keep what it puts back.
fn read(mut client: Client, asked: usize, kept: usize, replicas: &mut [Replica]) -> Value {
    let began = client.does(Input::Start, at(0));
    let mut did = exchange(&mut client, began, asked, replicas);
    if !did.sent.is_empty() {
        did = exchange(&mut client, did, kept, replicas);
    }
    let returned = did.notes.iter().find_map(|note| match note {
        Note::Ended { value, .. } => *value,
        _ => None,
    });
    returned.expect("enough nodes have answered")
}

fn goes_backwards([writer, first, second]: &[Client; 3], schedule: Schedule<'_>) -> bool {
    let Schedule { arrivals, asked, kept } = schedule;
    let mut replicas = vec![Replica::new(); arrivals.len()];
    let puts = writer.clone().does(Input::Start, at(0)).sent;
    let arrive = |moment: usize, replicas: &mut [Replica]| {
        for (node, (_, put)) in puts.iter().enumerate().filter(|(node, _)| arrivals[*node] == moment) {
            Outcome::of(|effects| replicas[node].handle(message(A, put.clone()), effects));
        }
    };
    let everyone = (1 << arrivals.len()) - 1;
    arrive(0, &mut replicas);
    let earlier = read(first.clone(), asked[0], kept, &mut replicas);
    arrive(1, &mut replicas);
    let later = read(second.clone(), asked[1], everyone, &mut replicas);
    earlier != Value::Empty && later == Value::Empty
}

#[test]
fn without_write_back_a_few_schedules_read_backwards_and_with_it_none() {
    let count = |nodes, quorum, write_back| Shape { nodes, quorum, write_back }.count();
    assert_eq!(count(3, 2, false), (243, 6));
    assert_eq!(count(3, 2, true), (729, 0));
    assert_eq!(count(4, 3, false), (1_296, 12));
    assert_eq!(count(4, 3, true), (5_184, 0));
    assert_eq!(count(5, 3, false), (24_300, 330));
}

#[test]
fn where_half_is_enough_putting_back_does_not_help() {
    let count = |nodes, quorum, write_back| Shape { nodes, quorum, write_back }.count();
    assert_eq!(count(2, 1, false), (36, 2));
    assert_eq!(count(2, 1, true), (72, 2));
    assert_eq!(count(4, 2, true), (17_496, 102));
}

/// Takes the keys for a client at those nodes of `set`, and says whether it holds the lock then.
fn takes(access: &Access, who: ParticipantId, set: usize, nodes: &mut [KeyNode]) -> bool {
    let mut client = client_of(access, who, Instruction::Acquire { lock: X });
    let asked = client.does(Input::Start, at(0)).sent;
    let reached = asked.into_iter().enumerate().filter(|(node, _)| has(set, *node));
    let mut holds = false;
    for (node, (to, take)) in reached {
        for (_, answer) in Outcome::of(|effects| nodes[node].handle(message(who, take), at(0), effects)).sent {
            holds |= until(&client.does(message(to, answer), at(0))).is_some();
        }
    }
    holds
}

/// How few nodes must forget their key so that a second client holds the lock too, whichever they are.
fn fewest_that_must_forget(of: usize, quorum: usize) -> u32 {
    let node = KeyNodeConfig {
        lease: millis(10_000),
        expiry: fencepost_sim::Clock::Mono,
        keys: Memory::Volatile,
        delayed_restart: false,
    };
    let access = Access::Keys { nodes: (0..of).map(id).collect(), quorum, lease: millis(10_000) };
    let mut fewest = u32::MAX;
    for first in sets(of, quorum) {
        for forgetful in 0..1_usize << of {
            let mut nodes = vec![KeyNode::new(node.clone()); of];
            assert!(takes(&access, A, first, &mut nodes));
            (0..of).filter(|node| has(forgetful, *node)).for_each(|node| nodes[node].recover(Disk::Kept));
            if takes(&access, B, (1 << of) - 1, &mut nodes) {
                fewest = fewest.min(forgetful.count_ones());
            }
        }
    }
    fewest
}

#[test]
fn as_many_nodes_must_forget_as_two_quorums_have_in_common() {
    let majorities = [(3, 2), (4, 3), (5, 3), (6, 4), (7, 4)];
    assert_eq!(majorities.map(|(nodes, quorum)| fewest_that_must_forget(nodes, quorum)), [1, 2, 1, 2, 1]);
    assert_eq!(fewest_that_must_forget(4, 2), 0, "half of them have nothing in common");
    assert_eq!(fewest_that_must_forget(5, 4), 3);
}
