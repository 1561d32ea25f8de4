//! A puppet does what its script says at the times its script says, and notes what reaches it. It is all the protocol
//! these tests need.

use fencepost_sim::*;

/// What a puppet can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Send this letter to this participant.
    Send(u16, char),
    /// Send this letter to each of these, one after the other.
    Broadcast(&'static [u16], char),
    /// Send this letter again and again, with so many milliseconds between.
    Every(u64, u16, char),
    /// Count one up again and again, likewise, and tell nobody.
    Count(u64),
    /// Take this many steps, one after the other at the same moment, noting each.
    Steps(u32),
    /// Take steps for ever.
    Spin,
    /// Note the time when the wall clock shows so many milliseconds more.
    Alarm(u64),
    /// Apply something, which takes so many milliseconds.
    Apply(u64),
}

/// The timer of [`Act::Alarm`].
const ALARM: Number = Number(100);
/// The timer of [`Act::Apply`], which stands for a step of this name.
pub const APPLY: Number = Number(200);

/// A letter on which a puppet asks for a step, and one on which it wants none that it has asked for.
pub const STEP: Letter = Letter('+');
pub const STOP: Letter = Letter('-');

/// A script: what to do, and when on the puppet's own clock, in milliseconds.
pub type Script = Vec<(u64, Act)>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Puppet {
    script: Script,
    steps_left: u32,
    counted: u32,
    /// When it last sent one of its endless letters.
    sent_at: Option<LocalTime>,
    /// What it found when it came back, and as which incarnation.
    found: Option<(Disk, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letter(pub char);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub u32);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Said(pub String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Words;

impl Vocabulary for Words {
    type Message = Letter;
    type MessageKind = Letter;
    type Step = Number;
    type Timer = Number;
    type Note = Said;

    fn kind(message: &Letter) -> Letter {
        *message
    }

    fn timed_step(timer: Number) -> Option<Number> {
        (timer == APPLY).then_some(APPLY)
    }
}

impl Encode for Letter {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(u32::from(self.0)));
    }
}

impl Encode for Number {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(self.0));
    }
}

impl Encode for Said {
    fn encode(&self, digest: &mut Digest) {
        digest.bytes(self.0.as_bytes());
    }
}

impl Actor for Puppet {
    type Words = Words;

    fn handle(&mut self, input: Input<Words>, now: Now, effects: &mut Effects<Words>) {
        match input {
            Input::Start => {
                if let Some((disk, incarnation)) = self.found {
                    effects.note(Said(format!("begins life {incarnation} with its disk {disk:?}").to_lowercase()));
                }
                for (index, (at, _)) in self.script.iter().enumerate() {
                    effects.set_timer(Number(index as u32), Duration::from_millis(*at));
                }
            }
            Input::Message { message, .. } => {
                effects.note(Said(format!("reads {} at {}", message.0, now.mono)));
                match message {
                    STEP => effects.step(Number(1)),
                    STOP => effects.drop_steps(),
                    Letter(_) => {}
                }
            }
            Input::Timer(ALARM) => effects.note(Said(format!("hears its alarm at {} on the wall", now.wall))),
            Input::Timer(APPLY) => effects.note(Said(format!("has applied at {}", now.mono))),
            Input::Timer(Number(index)) => self.act(Number(index), self.script[index as usize].1, now, effects),
            Input::Step(Number(0)) => effects.step(Number(0)),
            Input::Step(_) => {
                effects.note(Said("steps".to_owned()));
                self.steps_left = self.steps_left.saturating_sub(1);
                if self.steps_left > 0 {
                    effects.step(Number(1));
                }
            }
        }
    }

    fn recover(&mut self, disk: Disk, incarnation: u32) {
        *self = Self { found: Some((disk, incarnation)), ..Self::new(&self.script) };
    }

    fn rebase(&mut self, now: Now) {
        self.sent_at = self.sent_at.map(|at| at.rebased(now));
    }
}

impl Puppet {
    fn new(script: &[(u64, Act)]) -> Self {
        Self { script: script.to_vec(), steps_left: 0, counted: 0, sent_at: None, found: None }
    }

    fn act(&mut self, timer: Number, act: Act, now: Now, effects: &mut Effects<Words>) {
        match act {
            Act::Send(to, letter) => effects.send(ParticipantId(to), Letter(letter)),
            Act::Broadcast(all, letter) => all.iter().for_each(|to| effects.send(ParticipantId(*to), Letter(letter))),
            Act::Every(millis, to, letter) => {
                self.sent_at = Some(now.mono);
                effects.send(ParticipantId(to), Letter(letter));
                effects.set_timer(timer, Duration::from_millis(millis));
            }
            Act::Count(millis) => {
                self.counted += 1;
                effects.set_timer(timer, Duration::from_millis(millis));
            }
            Act::Steps(count) => {
                self.steps_left += count;
                effects.step(Number(1));
            }
            Act::Spin => effects.step(Number(0)),
            Act::Alarm(millis) => effects.set_wall_timer(ALARM, Duration::from_millis(millis)),
            Act::Apply(millis) => effects.set_timer(APPLY, Duration::from_millis(millis)),
        }
    }
}

/// Puppets A, B, C… with 50 ms between any two of them.
pub fn world(scripts: &[&[(u64, Act)]], faults: Vec<Fault<Words>>) -> World<Puppet> {
    world_with(Network::new(scripts.len(), Duration::from_millis(50)), scripts, faults)
}

/// Puppets A, B, C… with this network between them.
pub fn world_with(network: Network, scripts: &[&[(u64, Act)]], faults: Vec<Fault<Words>>) -> World<Puppet> {
    World::new(scripts.iter().map(|script| Puppet::new(script)).collect(), network, faults)
}

/// Runs to 10 s with a recording.
pub fn trace(mut world: World<Puppet>) -> Trace<Words> {
    let horizon = Time::from_millis(10_000);
    let mut recording = Recording::default();
    let end = run(&mut world, horizon, Limits::default(), &mut recording);
    recording.finish(end, world.now(), horizon)
}

/// What an observer writes down: notes, faults, and what became of messages; one line each.
pub fn diary(trace: &Trace<Words>) -> Vec<String> {
    trace.events.iter().filter_map(line).collect()
}

fn line(event: &Event<Words>) -> Option<String> {
    let who = match event.participant {
        ParticipantId::NETWORK => "network".to_owned(),
        ParticipantId(index) => char::from(b'A' + index as u8).to_string(),
    };
    let what = match &event.kind {
        EventKind::Noted(Said(said)) => said.clone(),
        EventKind::FaultStarted { .. } => "fault starts".to_owned(),
        EventKind::FaultEnded { .. } => "fault ends".to_owned(),
        EventKind::Crashed { recovers: None, .. } => "crashes".to_owned(),
        EventKind::Crashed { recovers: Some(at), .. } => format!("crashes until {at}"),
        EventKind::Recovered { .. } => "recovers".to_owned(),
        EventKind::ClockSet { rate, jumped, .. } => format!("has clocks at {} ppm, jumping {jumped}", rate.0),
        EventKind::Buffered { message, .. } => format!("has {} waiting", message.0),
        EventKind::Lost { message, .. } => format!("loses {}", message.0),
        EventKind::Sent { message, fate: Fate::Dropped { .. }, .. } => format!("sends {} in vain", message.0),
        EventKind::TimerFired(Number(index)) => format!("timer {index}"),
        _ => return None,
    };
    Some(format!("{}: {who} {what}", event.time))
}

/// Plays a script to its end and compares the diary, without the timers.
#[track_caller]
pub fn check(scripts: &[&[(u64, Act)]], faults: Vec<Fault<Words>>, expected: &[&str]) {
    check_world(world(scripts, faults), expected);
}

#[track_caller]
pub fn check_world(world: World<Puppet>, expected: &[&str]) {
    let lines: Vec<_> = diary(&trace(world)).into_iter().filter(|line| !line.contains("timer")).collect();
    assert_eq!(lines, expected);
}

pub fn pause(who: u16, at: u64, length: u64) -> Fault<Words> {
    Fault::Pause {
        participant: ParticipantId(who),
        start: PauseStart::At(Time::from_millis(at)),
        length: Duration::from_millis(length),
    }
}

pub fn crash(who: u16, at: u64) -> Fault<Words> {
    crash_at(who, CrashStart::At(Time::from_millis(at)), None)
}

pub fn crash_until(who: u16, at: u64, recovers: u64, disk: Disk) -> Fault<Words> {
    crash_at(who, CrashStart::At(Time::from_millis(at)), Some((recovers, disk)))
}

pub fn crash_at(who: u16, start: CrashStart<Words>, recovery: Option<(u64, Disk)>) -> Fault<Words> {
    let recovery = recovery.map(|(at, disk)| Recovery { at: Time::from_millis(at), disk });
    Fault::Crash { participant: ParticipantId(who), start, recovery }
}

pub fn rate(who: u16, ppm: u32, from: u64) -> Fault<Words> {
    Fault::ClockRate { participant: ParticipantId(who), rate: Rate(ppm), from: Time::from_millis(from) }
}

pub fn jump(who: u16, at: u64, by_millis: i64) -> Fault<Words> {
    Fault::ClockJump { participant: ParticipantId(who), at: Time::from_millis(at), by: by_millis * 1_000 }
}

pub fn omission(who: u16, side: OmissionSide, from: u64, until: Option<u64>) -> Fault<Words> {
    let until = until.map(Time::from_millis);
    Fault::Omission { participant: ParticipantId(who), side, from: Time::from_millis(from), until }
}

pub fn partition(links: &[(u16, u16)], from: u64, until: u64, mode: PartitionMode) -> Fault<Words> {
    Fault::Partition {
        links: links.iter().map(|(from, to)| (ParticipantId(*from), ParticipantId(*to))).collect(),
        from: Time::from_millis(from),
        until: Time::from_millis(until),
        mode,
    }
}

pub fn target(letter: char, ordinal: u32) -> MessageTarget<Words> {
    MessageTarget { from: ParticipantId(0), to: ParticipantId(1), kind: Letter(letter), ordinal }
}
