//! A puppet does what its script says at the times its script says, and notes what reaches it. It is all the protocol
//! these tests need.

use fencepost_sim::*;

/// What a puppet can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Send this letter to this participant.
    Send(u16, char),
    /// Take this many steps, one after the other at the same moment, noting each.
    Steps(u32),
    /// Take steps for ever.
    Spin,
}

/// A script: what to do, and when on the puppet's own clock, in milliseconds.
pub type Script = Vec<(u64, Act)>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Puppet {
    script: Script,
    steps_left: u32,
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
                for (index, (at, _)) in self.script.iter().enumerate() {
                    effects.set_timer(Number(index as u32), Duration::from_millis(*at));
                }
            }
            Input::Message { message, .. } => effects.note(Said(format!("reads {} at {}", message.0, now.mono))),
            Input::Timer(Number(index)) => match self.script[index as usize].1 {
                Act::Send(to, letter) => effects.send(ParticipantId(to), Letter(letter)),
                Act::Steps(count) => {
                    self.steps_left += count;
                    effects.step(Number(1));
                }
                Act::Spin => effects.step(Number(0)),
            },
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

    fn recover(&mut self, _: Disk, _: u32) {
        self.steps_left = 0;
    }

    fn rebase(&mut self, _: Now) {}
}

/// Puppets A, B, C… with 50 ms between any two of them.
pub fn world(scripts: &[&[(u64, Act)]], faults: Vec<Fault<Words>>) -> World<Puppet> {
    let puppets = scripts.iter().map(|script| Puppet { script: script.to_vec(), steps_left: 0 }).collect();
    World::new(puppets, Network::new(scripts.len(), Duration::from_millis(50)), faults)
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
        EventKind::Crashed { .. } => "crashes".to_owned(),
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
    let lines: Vec<_> =
        diary(&trace(world(scripts, faults))).into_iter().filter(|line| !line.contains("timer")).collect();
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
    Fault::Crash { participant: ParticipantId(who), start: CrashStart::At(Time::from_millis(at)), recovery: None }
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
