//! A campaign against elections: groups of three or five nodes, some of which keep a lock, met by cuts, crashes, pauses
//! and lost, late or doubled messages for ten seconds.
//!
//! They are made from the nodes' own settings, not from a text: a million of them have to be made and run. Lengths are
//! on the scale of the timeouts, and so short that most schedules see several elections.

use std::collections::BTreeMap;

use fencepost_protocols::{
    Access, Ack, Client, ClientConfig, Instruction, LockRules, MachineConfig, Memory, Node, NodeConfig, Patience,
    Reads, Retry, Role, Timeout,
};
use fencepost_sim::{
    CrashStart, Disk, Duration, MessageTarget, Network, ParticipantId, PartitionMode, PauseStart, Recovery, Time, World,
};
use fencepost_vocabulary::{Cast, Fault, Fencepost, Member, MessageKind, Object, ObjectKind, RoleKind, Term};

use crate::generate::dice::Dice;

/// How long each schedule lasts.
pub const HORIZON: Time = Time::from_millis(10_000);

const HEARTBEAT: Duration = Duration::from_millis(200);
const SHORTEST: Duration = Duration::from_millis(500);
const LEASE: Duration = Duration::from_millis(1_000);

/// A group, and what goes wrong with it.
pub struct Schedule {
    actors: Vec<Role>,
    network: Network,
    faults: Vec<Fault>,
    dice: Dice,
}

impl Schedule {
    /// The schedule with this number.
    pub fn new(number: u64, votes: Memory) -> Self {
        let mut dice = Dice(number ^ 0x1ead_e125);
        let size = if dice.chance(50) { 3 } else { 5 };
        let nodes: Vec<_> = (0..size).map(ParticipantId).collect();
        let lock = dice.chance(30).then_some(ParticipantId(size + 2));
        let config = config(&nodes, votes, lock, &mut dice);
        let mut actors: Vec<Role> = (0..size).map(|place| node(place, &config, &mut dice)).collect();
        if let Some(lock) = lock {
            actors.extend((size..size + 2).map(|id| client(ParticipantId(id), lock, &nodes, &mut dice)));
        }
        let network = network(actors.len() as u16, &mut dice);
        let faults = (0..2 + dice.below(9)).map(|_| fault(&nodes, &mut dice)).collect();
        Self { actors, network, faults, dice }
    }

    /// The world as it is so far.
    pub fn world(&self) -> World<Role> {
        World::new(self.actors.clone(), self.network.clone(), self.faults.clone())
    }

    /// Who is who in it.
    pub fn cast(&self) -> Cast {
        let nodes: Vec<_> = self.ids(|role| matches!(role, Role::Node(_)));
        let kind = RoleKind::Node {
            group: ParticipantId(0),
            heartbeat: HEARTBEAT,
            timeout: SHORTEST + SHORTEST,
            quorum: nodes.len() as u32 / 2 + 1,
            traitor: false,
        };
        let member = |(place, role): (usize, &Role)| {
            let role = if matches!(role, Role::Node(_)) { kind } else { RoleKind::Client };
            Member { name: format!("P{place}"), role }
        };
        let members: Vec<_> = self.actors.iter().enumerate().map(member).collect();
        let lock = Object { name: "L".to_owned(), kind: ObjectKind::Lock { lease: Some(LEASE) }, nodes };
        let objects = if members.len() > lock.nodes.len() { vec![lock] } else { Vec::new() };
        Cast { members, objects, ..Cast::default() }
    }

    fn ids(&self, is: impl Fn(&Role) -> bool) -> Vec<ParticipantId> {
        (0..).map(ParticipantId).zip(&self.actors).filter(|(_, role)| is(role)).map(|(id, _)| id).collect()
    }

    /// Whether voters are to crash as well. A crash at a random moment mostly falls between two elections, so they crash
    /// right after votes that they gave without it.
    pub fn strikes_voters(&mut self) -> bool {
        self.dice.chance(50)
    }

    /// Lets one of those who gave a vote crash a moment later, and come back soon.
    pub fn strike(&mut self, votes: &[(Time, ParticipantId)]) {
        if votes.is_empty() {
            return;
        }
        let (time, voter) = self.dice.pick(votes);
        let at = time + Duration(1 + self.dice.below(2_000));
        let crash = crash(voter, at, &mut self.dice);
        self.faults.push(crash);
    }
}

fn config(nodes: &[ParticipantId], votes: Memory, lock: Option<ParticipantId>, dice: &mut Dice) -> NodeConfig {
    let rules = LockRules { lease: Some(LEASE), ..LockRules::default() };
    NodeConfig {
        id: nodes[0],
        nodes: nodes.to_vec(),
        heartbeat: HEARTBEAT,
        timeout: Timeout::Fixed(Duration::ZERO),
        shortest: SHORTEST,
        leader: dice.chance(50).then(|| dice.pick(nodes)),
        term: Term(1),
        quorum: nodes.len() / 2 + 1,
        prevote: dice.chance(30),
        check_quorum: dice.chance(40),
        sticky: dice.chance(20),
        votes,
        traitor: false,
        machine: lock.map(|id| MachineConfig { lock: Some((id, rules)), ..MachineConfig::default() }),
        reads: Reads::Index,
        ack: Ack::Majority,
    }
}

fn node(place: u16, config: &NodeConfig, dice: &mut Dice) -> Role {
    let (low, high) = (config.shortest, config.shortest + config.shortest);
    let timeout = match dice.chance(70) {
        true => Timeout::Drawn { low, high, salt: dice.roll() },
        false => Timeout::Fixed(low + dice.length(500)),
    };
    Role::Node(Box::new(Node::new(NodeConfig { id: ParticipantId(place), timeout, ..config.clone() })))
}

/// Takes the lock and gives it back, again and again.
fn client(id: ParticipantId, lock: ParticipantId, nodes: &[ParticipantId], dice: &mut Dice) -> Role {
    let patience = Patience { retry: Some(Retry::Every(Duration::from_millis(300))), within: None };
    let round = [Instruction::Acquire { lock }, Instruction::Work(dice.length(200)), Instruction::Release { lock }];
    Role::Client(Client::new(
        id,
        ClientConfig {
            begins_after: dice.length(1_000),
            program: round.iter().cycle().take(30).cloned().collect(),
            renew_every: None,
            trusts: ClientConfig::WHOLE,
            counting_stores: Vec::new(),
            objects: BTreeMap::from([(lock, Access::Led { nodes: nodes.to_vec() })]),
            at: BTreeMap::new(),
            from: BTreeMap::new(),
            patience: (0..30).step_by(round.len()).map(|acquire| (acquire, patience)).collect(),
        },
    ))
}

/// Delays from 5 ms up to a third of the shortest timeout, drawn anew for each message on some links.
fn network(size: u16, dice: &mut Dice) -> Network {
    let mut network = Network::new(usize::from(size), Duration::from_millis(5 + dice.below(45)));
    for (from, to) in (0..size).flat_map(|from| (0..size).map(move |to| (ParticipantId(from), ParticipantId(to)))) {
        if dice.chance(20) {
            network.set_range(
                from,
                to,
                Duration::from_millis(5),
                Duration::from_millis(5 + dice.below(150)),
                dice.roll(),
            );
        }
    }
    network
}

fn fault(nodes: &[ParticipantId], dice: &mut Dice) -> Fault {
    let participant = dice.pick(nodes);
    let from = dice.time(9_000);
    match dice.below(10) {
        0..=2 => cut(nodes, from, dice),
        3 | 4 => crash(participant, from, dice),
        5 => {
            // One that strikes later than it would be over is for good.
            let target = message(nodes, &[MessageKind::Vote, MessageKind::RequestVote, MessageKind::Append], dice);
            let recovery = Some(Recovery { at: from, disk: Disk::Kept });
            Fault::Crash { participant: target.from, start: CrashStart::AfterSending { target }, recovery }
        }
        6 => Fault::Pause { participant, start: PauseStart::At(from), length: dice.length(3_000) },
        7 => Fault::Drop { target: any_message(nodes, dice) },
        8 => Fault::Delay { target: any_message(nodes, dice), by: dice.length(2_000) },
        _ => Fault::Duplicate { target: any_message(nodes, dice), after: dice.length(3_000) },
    }
}

/// Some of the links between two halves, or a single one, in one direction or both.
fn cut(nodes: &[ParticipantId], from: Time, dice: &mut Dice) -> Fault {
    let mode = dice.pick(&[PartitionMode::Drop, PartitionMode::Hold, PartitionMode::Sever]);
    let (one_way, single) = (dice.chance(40), dice.chance(40));
    let (left, right) = if single {
        (vec![dice.pick(nodes)], vec![dice.pick(nodes)])
    } else {
        nodes.iter().partition(|_| dice.chance(50))
    };
    let pairs = left.iter().flat_map(|left| right.iter().map(|right| (*left, *right)));
    let both =
        pairs.flat_map(|(left, right)| [(left, right), (right, left)].into_iter().take(2 - usize::from(one_way)));
    Fault::Partition { links: both.collect(), from, until: from + dice.length(5_000), mode }
}

/// A crash from which the node comes back with its disk, mostly soon.
fn crash(participant: ParticipantId, at: Time, dice: &mut Dice) -> Fault {
    let down = if dice.chance(60) { dice.length(100) } else { dice.length(3_000) };
    let disk = dice.pick(&[Disk::Kept, Disk::Synced]);
    Fault::Crash { participant, start: CrashStart::At(at), recovery: Some(Recovery { at: at + down, disk }) }
}

fn any_message(nodes: &[ParticipantId], dice: &mut Dice) -> MessageTarget<Fencepost> {
    let kinds = [
        MessageKind::RequestVote,
        MessageKind::Vote,
        MessageKind::RequestPrevote,
        MessageKind::Heartbeat,
        MessageKind::Append,
        MessageKind::Appended,
    ];
    message(nodes, &kinds, dice)
}

fn message(nodes: &[ParticipantId], kinds: &[MessageKind], dice: &mut Dice) -> MessageTarget<Fencepost> {
    let (from, to) = (dice.pick(nodes), dice.pick(nodes));
    MessageTarget { from, to, kind: dice.pick(kinds), ordinal: 1 + dice.below(6) as u32 }
}
