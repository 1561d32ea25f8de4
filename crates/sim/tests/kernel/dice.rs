//! Plays that nobody wrote: a seed gives the same one on every platform and in every year.

use crate::puppet::*;
use fencepost_sim::*;

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `sides - 1`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.roll() % sides
    }

    fn somebody(&mut self) -> u16 {
        self.below(u64::from(PLAYERS)) as u16
    }

    fn letter(&mut self) -> char {
        ['x', 'y', 'z'][self.below(3) as usize]
    }

    /// Somebody other than this one.
    fn other(&mut self, who: u16) -> u16 {
        (who + 1 + self.below(u64::from(PLAYERS) - 1) as u16) % PLAYERS
    }
}

/// How many take part.
pub const PLAYERS: u16 = 3;
/// Within how many milliseconds everything happens that is planned.
const SPAN: u64 = 400;

/// A whole play: it can be given other faults and run again.
#[derive(Clone)]
pub struct Play {
    pub network: Network,
    pub scripts: Vec<Script>,
    pub faults: Vec<Fault<Words>>,
}

impl Play {
    /// The play of this seed.
    pub fn new(seed: u64) -> Self {
        let dice = &mut Dice(seed);
        let scripts =
            (0..PLAYERS).map(|who| (0..2 + dice.below(5)).map(|_| (dice.below(SPAN), act(who, dice))).collect());
        let scripts = scripts.collect();
        let network = network(dice);
        let faults = (0..dice.below(6)).map(|_| fault(dice)).collect();
        Self { network, scripts, faults }
    }

    pub fn world(&self) -> World<Puppet> {
        let scripts: Vec<&[(u64, Act)]> = self.scripts.iter().map(Vec::as_slice).collect();
        world_with(self.network.clone(), &scripts, self.faults.clone())
    }

    /// The trace, and the faults that still wait at its end.
    pub fn run(&self) -> (Trace<Words>, Vec<FaultId>) {
        let (mut world, horizon, mut recording) = (self.world(), Time::from_millis(2_000), Recording::default());
        let end = run(&mut world, horizon, Limits::default(), &mut recording);
        (recording.finish(end, world.now(), horizon), world.waiting_faults().collect())
    }
}

fn act(who: u16, dice: &mut Dice) -> Act {
    match dice.below(8) {
        0 => Act::Steps(1 + dice.below(3) as u32),
        1 => Act::Alarm(dice.below(100)),
        2 => Act::Apply(dice.below(50)),
        3 => Act::Broadcast(&[2, 0, 1], dice.letter()),
        4 => Act::Every(30 + dice.below(60), dice.other(who), dice.letter()),
        _ => Act::Send(dice.other(who), dice.letter()),
    }
}

fn network(dice: &mut Dice) -> Network {
    let mut network = Network::new(usize::from(PLAYERS), Duration::from_millis(50));
    for (from, to) in (0..PLAYERS).flat_map(|from| (0..PLAYERS).map(move |to| (ParticipantId(from), ParticipantId(to))))
    {
        match dice.below(4) {
            0 => network.set_range(from, to, Duration(10_000), Duration(60_000), dice.below(1_000)),
            1 => network.set_fifo(from, to),
            _ => network.set_delay(from, to, Duration::from_millis(20 + dice.below(40))),
        }
    }
    network
}

/// Any fault but a stall, which makes a timer that came due be due again and leaves no event that says so, and a
/// duplicate, whose copy may be lost without one.
pub fn fault(dice: &mut Dice) -> Fault<Words> {
    let (who, at, length) = (dice.somebody(), dice.below(SPAN), 1 + dice.below(100));
    let to = dice.other(who);
    let message = MessageTarget {
        from: ParticipantId(who),
        to: ParticipantId(to),
        kind: Letter(dice.letter()),
        ordinal: 1 + dice.below(3) as u32,
    };
    let recovery = (dice.below(2) == 0).then_some((at + length, Disk::Synced));
    match dice.below(12) {
        0 | 1 => pause(who, at, length),
        2 => crash_at(who, CrashStart::At(Time::from_millis(at)), recovery),
        3 => crash_at(who, CrashStart::Before { step: Number(1), ordinal: 2 }, recovery),
        4 => crash_at(who, CrashStart::AfterSending { target: message }, recovery),
        5 => {
            partition(&[(who, to)], at, at + length, [PartitionMode::Drop, PartitionMode::Hold][dice.below(2) as usize])
        }
        6 => partition(&[(who, to), (to, who)], at, at + length, PartitionMode::Sever),
        7 => omission(
            who,
            [OmissionSide::Sending, OmissionSide::Receiving][dice.below(2) as usize],
            at,
            Some(at + length),
        ),
        8 => rate(who, 500_000 + dice.below(1_000_000) as u32, at),
        9 => jump(who, at, dice.below(200) as i64 - 100),
        10 => Fault::Drop { target: message },
        _ => Fault::Hold { target: message, until: Time::from_millis(at) },
    }
}
