//! A whole group on a network, and what an observer counts: who came to lead, and how long somebody could commit.

use fencepost_sim::{
    Disk, EventKind, Fault, Lasso, Limits, Network, OmissionSide, PartitionMode, Recording, Time, World, find_lasso,
    run,
};
use fencepost_vocabulary::Fencepost;

use super::*;
use crate::Role;

/// A group whose nodes are numbered from 1, as in the scenarios.
pub struct Group {
    pub config: NodeConfig,
    /// One for each node; drawn from 1 s to 2 s where there are none.
    pub timeouts: Vec<u64>,
    pub seed: u64,
    pub faults: Vec<Fault<Fencepost>>,
}

/// What an observer counts in a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub elections: usize,
    /// In thousandths.
    pub usable: u64,
    /// Two nodes led in one term.
    pub twice: bool,
}

pub fn node(number: u16) -> ParticipantId {
    ParticipantId(number - 1)
}

impl Group {
    pub fn of(size: u16, leader: u16) -> Self {
        let config = NodeConfig {
            nodes: (0..size).map(ParticipantId).collect(),
            leader: (leader > 0).then(|| node(leader)),
            quorum: usize::from(size) / 2 + 1,
            ..config()
        };
        Self { config, timeouts: Vec::new(), seed: 1, faults: Vec::new() }
    }

    pub fn with(mut self, prevote: bool, check_quorum: bool) -> Self {
        (self.config.prevote, self.config.check_quorum) = (prevote, check_quorum);
        self
    }

    /// Cuts the links between these for ever.
    pub fn cut(mut self, pairs: &[(u16, u16)]) -> Self {
        let links = pairs.iter().flat_map(|(a, b)| [(node(*a), node(*b)), (node(*b), node(*a))]).collect();
        let fault = Fault::Partition { links, from: Time::ZERO, until: Time::NEVER, mode: PartitionMode::Drop };
        self.faults.push(fault);
        self
    }

    pub fn omission(mut self, number: u16, side: OmissionSide) -> Self {
        let fault = Fault::Omission { participant: node(number), side, from: Time::from_millis(2_000), until: None };
        self.faults.push(fault);
        self
    }

    pub fn crash(mut self, number: u16, at: u64, until: Option<u64>) -> Self {
        let recovery = until.map(|at| fencepost_sim::Recovery { at: Time::from_millis(at), disk: Disk::Kept });
        let start = fencepost_sim::CrashStart::At(Time::from_millis(at));
        self.faults.push(Fault::Crash { participant: node(number), start, recovery });
        self
    }

    pub fn world(&self) -> World<Role> {
        let shortest = self.timeouts.iter().min().map_or(self.config.shortest, |shortest| millis(*shortest));
        let nodes = self.config.nodes.iter().enumerate().map(|(place, id)| {
            let (low, high) = (millis(1_000), millis(2_000));
            let salt = self.seed * 100 + place as u64;
            let timeout = self.timeouts.get(place).map(|fixed| Timeout::Fixed(millis(*fixed)));
            let timeout = timeout.unwrap_or(Timeout::Drawn { low, high, salt });
            Role::Node(Box::new(Node::new(NodeConfig { id: *id, timeout, shortest, ..self.config.clone() })))
        });
        let network = Network::new(self.config.nodes.len(), millis(50));
        World::new(nodes.collect(), network, self.faults.clone())
    }

    pub fn events(&self) -> Vec<fencepost_vocabulary::Event> {
        let mut recording = Recording::default();
        let horizon = Time::from_millis(60_000);
        let end = run(&mut self.world(), horizon, Limits::default(), &mut recording);
        recording.finish(end, horizon, horizon).events
    }

    pub fn figures(&self) -> Figures {
        let (mut elections, mut usable, mut until) = (0, 0, 0);
        let mut leaders: Vec<(Term, ParticipantId)> = Vec::new();
        for event in self.events() {
            let EventKind::Noted(note) = event.kind else { continue };
            match note {
                Note::Leads { term } => {
                    elections += usize::from(event.time > Time::ZERO);
                    leaders.push((term, event.participant));
                }
                Note::Backed { .. } => {
                    // A heartbeat and a round trip.
                    let end = (event.time.0 + 200_000).min(60_000_000);
                    usable += end.saturating_sub(until.max(event.time.0));
                    until = until.max(end);
                }
                _ => {}
            }
        }
        let twice = leaders.iter().any(|(term, who)| leaders.iter().any(|(t, other)| t == term && other != who));
        Figures { elections, usable: usable / 60_000, twice }
    }

    pub fn lasso(&self) -> Option<Lasso> {
        find_lasso(self.world(), Time::from_millis(60_000), Limits::default()).lasso()
    }
}
