//! How a client reads and writes a register of independent nodes.

use fencepost_vocabulary::{Operation, Stamp, Value};

use super::*;

/// Three nodes, and the register that they keep.
const NODES: [ParticipantId; 3] = [ParticipantId(4), ParticipantId(5), ParticipantId(6)];
const X: ParticipantId = ParticipantId(7);

const READ_X: Instruction = Instruction::Read { store: X };
const R1: RequestId = RequestId(1);

fn write_x(value: WriteValue) -> Instruction {
    Instruction::Write { store: X, value, wait: true, token: None }
}

/// A client of a register in which two answers are enough.
fn of_register(program: &[Instruction], write_back: bool, several_writers: bool) -> Client {
    let (nodes, read_quorum, write_quorum) = (NODES.to_vec(), 2, 2);
    let access = Access::Register { nodes, read_quorum, write_quorum, write_back, several_writers };
    Client::new(A, ClientConfig { objects: BTreeMap::from([(X, access)]), ..config(program) })
}

fn stamp(count: u32, writer: ParticipantId) -> Stamp {
    Stamp { count, writer }
}

impl Client {
    fn hears(&mut self, node: usize, said: Message) -> Outcome {
        self.does(message(NODES[node], said), at(100))
    }

    fn is_told(&mut self, node: usize, count: u32, number: u64) -> Outcome {
        self.hears(node, Message::Got { request: R1, stamp: stamp(count, B), value: Value::Number(number) })
    }

    fn is_kept(&mut self, node: usize) -> Outcome {
        self.hears(node, Message::Kept { request: R1 })
    }
}

/// The write that was put to every node.
fn put_to_all(outcome: &Outcome) -> Option<(Stamp, Value)> {
    let puts: Vec<_> = outcome
        .sent
        .iter()
        .filter_map(|(to, message)| match message {
            Message::Put { request: R1, stamp, value } => Some((*to, (*stamp, *value))),
            _ => None,
        })
        .collect();
    let (_, write) = *puts.first()?;
    assert_eq!(puts, NODES.map(|node| (node, write)));
    Some(write)
}

fn ended(outcome: &Outcome) -> Option<Option<Value>> {
    outcome.notes.iter().find_map(|note| match note {
        Note::Ended { object: X, request: R1, value } => Some(*value),
        _ => None,
    })
}

#[test]
fn the_only_writer_puts_at_once_and_is_done_when_enough_have_kept_it() {
    let mut client = of_register(&[write_x(WriteValue::Own)], true, false);
    let began = client.does(Input::Start, at(0));
    let value = Value::By { writer: A, ordinal: 1 };
    assert_eq!(began.notes, [Note::Began { object: X, request: R1, operation: Operation::Write(value) }]);
    assert_eq!(put_to_all(&began), Some((stamp(1, A), value)));
    assert_eq!(ended(&client.is_kept(0)), None);
    assert_eq!(ended(&client.is_kept(0)), None, "the same answer twice is one");
    let done = client.is_kept(2);
    assert_eq!((ended(&done), done.notes.last()), (Some(None), Some(&Note::Finished)));
}

#[test]
fn a_later_write_has_a_higher_count_also_after_a_crash() {
    let mut client = of_register(&[write_x(WriteValue::Own)], true, false);
    client.does(Input::Start, at(0));
    client.recover(Disk::Kept);
    let again = client.does(Input::Start, at(1_000));
    assert!(again.says(NODES[0], |it| matches!(it, Message::Put { stamp: Stamp { count: 2, .. }, .. })));
}

#[test]
fn one_of_several_writers_first_asks_for_the_latest_write_and_comes_after_it() {
    let mut client = of_register(&[write_x(WriteValue::Own)], true, true);
    let began = client.does(Input::Start, at(0));
    assert_eq!(began.sent, NODES.map(|node| (node, Message::Get { request: R1 })));
    assert_eq!(put_to_all(&client.is_told(0, 4, 40)), None);
    let put = client.is_told(1, 7, 70);
    assert_eq!(put_to_all(&put), Some((stamp(8, A), Value::By { writer: A, ordinal: 1 })));
    assert!(client.is_told(2, 9, 90).sent.is_empty(), "an answer of the first round");
    client.is_kept(0);
    assert_eq!(ended(&client.is_kept(1)), Some(None));
}

#[test]
fn a_read_returns_the_latest_of_enough_answers() {
    for (first, second) in [((0, 0), (2, 20)), ((2, 20), (0, 0))] {
        let mut client = of_register(&[READ_X], false, false);
        let began = client.does(Input::Start, at(0));
        assert_eq!(began.notes, [Note::Began { object: X, request: R1, operation: Operation::Read }]);
        assert_eq!(ended(&client.is_told(0, first.0, first.1)), None);
        assert_eq!(ended(&client.is_told(0, first.0, first.1)), None, "the same answer twice is one");
        assert_eq!(ended(&client.is_told(1, second.0, second.1)), Some(Some(Value::Number(20))));
    }
}

#[test]
fn before_it_returns_a_read_brings_what_it_found_to_enough_nodes() {
    let mut client = of_register(&[READ_X], true, false);
    client.does(Input::Start, at(0));
    client.is_told(0, 2, 20);
    assert_eq!(client.is_kept(0).sent, [], "nothing was put yet");
    let put = client.is_told(1, 1, 10);
    assert_eq!((put_to_all(&put), ended(&put)), (Some((stamp(2, B), Value::Number(20))), None));
    client.is_kept(0);
    assert_eq!(ended(&client.is_kept(1)), Some(Some(Value::Number(20))));
}

#[test]
fn a_read_asks_the_nodes_that_its_step_names_and_a_writer_asks_all() {
    let mut client = of_register(&[READ_X, READ_X], false, false);
    let named = BTreeMap::from([(0, vec![NODES[2], NODES[0]])]);
    client.config = Arc::new(ClientConfig { from: named.clone(), ..ClientConfig::clone(&client.config) });
    let began = client.does(Input::Start, at(0));
    assert_eq!(began.sent, [NODES[2], NODES[0]].map(|node| (node, Message::Get { request: R1 })));
    client.is_told(0, 1, 10);
    assert_eq!(client.is_told(2, 1, 10).sent, NODES.map(|node| (node, Message::Get { request: RequestId(2) })));
    let mut writer = of_register(&[write_x(WriteValue::Own)], false, true);
    writer.config = Arc::new(ClientConfig { from: named, ..ClientConfig::clone(&writer.config) });
    assert_eq!(writer.does(Input::Start, at(0)).sent.len(), 3);
}

#[test]
fn what_it_read_is_what_it_computes_from() {
    let mut client = of_register(&[READ_X, write_x(WriteValue::ReadPlus(5))], false, false);
    client.does(Input::Start, at(0));
    client.is_told(0, 1, 10);
    let put = client.is_told(1, 2, 20);
    assert!(put.says(NODES[0], |it| matches!(it, Message::Put { value: Value::Number(25), .. })));
}

#[test]
fn a_register_grants_nothing() {
    let mut client = of_register(&[Instruction::Acquire { lock: X }], false, false);
    let did = client.does(Input::Start, at(0));
    assert_eq!((did.sent, did.notes), (vec![], vec![Note::Stopped]));
}
