//! The rules about guarded writes against an oracle: random worlds with and without locking, judged a second time from the
//! programs as they were drawn and the events of the trace, one by one. The oracle shares no code with the rules: it knows
//! neither the ledger nor who infers which lock guards what.
//!
//! `GUARDED=N` tries N worlds instead of the usual share; `make soak` tries ten thousand.
#![cfg(not(target_arch = "wasm32"))]

mod generate;

use fencepost_lab::run;
use fencepost_properties::State;
use fencepost_scenario::Document;
use fencepost_sim::{EventId, EventKind, ParticipantId, Time};
use fencepost_vocabulary::{Cast, Event, Message, Note, PropertyKind, Trace};
use generate::guarded::{Act, LOCKS, World, world};

/// The worlds tried in a usual run.
const USUAL: u64 = 500;
const CHECKED: [PropertyKind; 3] = [PropertyKind::EffectOrder, PropertyKind::EffectFresh, PropertyKind::EffectGuarded];

#[test]
fn a_grant_that_a_crash_kept_its_service_from_telling_of_guards_its_writes() {
    // L frees A's grant and makes B's in one step, and crashes behind the word to A: B's grant is on the disk, and nobody
    // has been told. Back at 3 s, L answers B's next question at 3.55 s, and B's write lands at 3.65 s.
    let text = "fencepost 1\nuntil 20s\nlock L lease 10s\nstore S check ge\n\
        client A at 0s: acquire L; work 1s; release L\nclient B at 500ms: acquire L retry 1s; write S\n\
        crash L after L->A released 1, recover at 3s\n";
    let run = run(&Document::new(text).parse().scenario);
    let applied: Vec<Time> = run.ledger.effects.iter().map(|effect| effect.applied.time).collect();
    assert_eq!(applied, [Time::from_millis(3_650)]);
    for property in CHECKED.into_iter().chain([PropertyKind::LockExclusion, PropertyKind::LeaseContract]) {
        let row = run.verdicts.iter().find(|row| row.property == property).expect("it has a row");
        assert_eq!(row.state, State::Held, "{}", row.sentence);
    }
}

/// The first event that broke a property, and its time.
type Bad = Option<(Time, EventId)>;

#[test]
#[expect(clippy::print_stdout, reason = "the figures of a soak are its result")]
fn the_rules_about_guarded_writes_agree_with_the_programs_and_the_trace() {
    let worlds = std::env::var("GUARDED").ok().and_then(|said| said.parse().ok()).unwrap_or(USUAL);
    let mut broken = [0_u64; 3];
    let (mut writes, mut ties) = (0, 0);
    for seed in 0..worlds {
        let world = world(seed);
        let parsed = Document::new(world.text.as_str()).parse();
        assert!(parsed.is_sound(), "seed {seed}:\n{}\n{:?}", world.text, parsed.diagnostics);
        let run = run(&parsed.scenario);
        let oracle = Oracle::of(&world, &run.trace, &run.cast);
        for (place, (property, expected)) in CHECKED.into_iter().zip(oracle.expected()).enumerate() {
            let mut rows = run.verdicts.iter().filter(|row| row.property == property && row.subject.is_none());
            let said = rows.next().and_then(|row| match row.state {
                State::Violated { at, event } => Some((at, event)),
                _ => None,
            });
            assert_eq!(said, expected, "{} with seed {seed}:\n{}", property.word(), world.text);
            broken[place] += u64::from(expected.is_some());
        }
        writes += oracle.effects.len();
        ties += oracle.ties();
    }
    println!("{worlds} worlds, {writes} writes applied, {ties} of them in the moment of a grant; broken: {broken:?}");
    for (property, broken) in CHECKED.into_iter().zip(broken) {
        let share = broken * 100 / worlds;
        assert!((5..95).contains(&share), "{} is broken in {share} % of the worlds", property.word());
    }
    assert!(ties * 20 > worlds as usize, "only {ties} writes were applied in the moment of a grant");
}

/// A write that was applied: where, and for each lock where its writer stood when it first sent it.
struct Effect {
    store: usize,
    event: EventId,
    time: Time,
    /// The place of the grant among those of the lock, counted from 1; 0 for none.
    ranks: [usize; 2],
    held: [bool; 2],
}

struct Oracle<'a> {
    trace: &'a Trace,
    effects: Vec<Effect>,
    /// The events by which each lock was granted.
    grants: [Vec<&'a Event>; 2],
    guards: [Vec<usize>; 2],
}

impl<'a> Oracle<'a> {
    fn of(world: &World, trace: &'a Trace, cast: &Cast) -> Self {
        let id = |name: &str| cast.lane(name).expect("a lane");
        let locks = LOCKS.map(id);
        let grants = locks.map(|lock| {
            let is_grant = |event: &&Event| {
                event.participant == lock && matches!(event.kind, EventKind::Noted(Note::Granted { .. }))
            };
            trace.events.iter().filter(is_grant).collect::<Vec<_>>()
        });
        let guards = [0, 1].map(|store| world.said[store].clone().unwrap_or_else(|| guards(&world.programs, store)));
        let mut oracle = Self { trace, effects: Vec::new(), grants, guards };
        let stores = world.stores.map(id);
        for event in &trace.events {
            let EventKind::Noted(Note::Applied { client, .. }) = event.kind else { continue };
            let store = stores.iter().position(|store| *store == event.participant).expect("one of the stores");
            let first = oracle.first_sending(event, client);
            let stands = |lock: usize| oracle.stands(client, locks[lock], &oracle.grants[lock], first);
            let both = [stands(0), stands(1)];
            let (ranks, held) = (both.map(|(rank, _)| rank), both.map(|(_, held)| held));
            oracle.effects.push(Effect { store, event: event.id, time: event.time, ranks, held });
        }
        oracle
    }

    /// The first time that the write behind this note was sent: up its causes to the sending, and from there back to the
    /// first of the same number in the same life.
    fn first_sending(&self, applied: &Event, client: ParticipantId) -> usize {
        let mut at = applied;
        let request = loop {
            at = self.trace.event(at.cause.expect("somebody sent it"));
            if let (EventKind::Sent { message: Message::Write { request, .. }, .. }, true) =
                (&at.kind, at.participant == client)
            {
                break *request;
            }
        };
        let mut first = at.id.index();
        for event in self.trace.events[..first].iter().rev().filter(|event| event.participant == client) {
            match &event.kind {
                EventKind::Crashed { .. } => break,
                EventKind::Sent { to, message: Message::Write { request: other, .. }, .. }
                    if *other == request && *to == applied.participant =>
                {
                    first = event.id.index();
                }
                _ => {}
            }
        }
        first
    }

    /// Which grant of a lock a client had last taken in at this event, in that life, and whether it still had it.
    fn stands(&self, client: ParticipantId, lock: ParticipantId, grants: &[&Event], at: usize) -> (usize, bool) {
        let mut is_held = true;
        for event in self.trace.events[..at].iter().rev().filter(|event| event.participant == client) {
            match &event.kind {
                EventKind::Crashed { .. } => return (0, false),
                EventKind::Sent { to, message: Message::Release { .. }, .. } if *to == lock => is_held = false,
                EventKind::Noted(Note::Left { lock: left, .. }) if *left == lock => is_held = false,
                EventKind::Noted(Note::Holds { lock: taken, token, .. }) if *taken == lock => {
                    let reply = self.reply(event);
                    let is_it = |grant: &&&Event| {
                        let EventKind::Noted(Note::Granted { client: to, token: its, .. }) = &grant.kind else {
                            return false;
                        };
                        (*to, its) == (client, token) && (grant.id < reply.id || grant.cause == reply.cause)
                    };
                    let place = grants.iter().rposition(|grant| is_it(&grant)).expect("it was granted");
                    return (place + 1, is_held);
                }
                _ => {}
            }
        }
        (0, false)
    }

    /// The sending of the answer that a client takes in.
    fn reply(&self, holds: &Event) -> &'a Event {
        let mut cause = holds.cause;
        loop {
            let event = self.trace.event(cause.expect("an answer"));
            if matches!(event.kind, EventKind::Sent { .. }) {
                return event;
            }
            cause = event.cause;
        }
    }

    /// What the rules should say, in the order of [`CHECKED`].
    fn expected(&self) -> [Bad; 3] {
        let late = |place: usize, lock: usize| {
            let before = self.effects[..place].iter().filter(|other| self.guards[other.store].contains(&lock));
            before.map(|other| other.ranks[lock]).max().is_some_and(|rank| rank > self.effects[place].ranks[lock])
        };
        let stale = |place: usize, lock: usize| {
            let effect = &self.effects[place];
            self.grants[lock][effect.ranks[lock]..].iter().any(|grant| !self.came_before(effect, grant))
        };
        let outside = |place: usize, lock: usize| !self.effects[place].held[lock];
        [self.first(&late), self.first(&stale), self.first(&outside)]
    }

    fn first(&self, is_bad: &dyn Fn(usize, usize) -> bool) -> Bad {
        let bad = |place: &usize| self.guards[self.effects[*place].store].iter().any(|lock| is_bad(*place, *lock));
        (0..self.effects.len()).find(bad).map(|place| (self.effects[place].time, self.effects[place].event))
    }

    /// Whether a write came before a grant: sooner; or at one moment, as the one before at one participant, or because it
    /// led to it.
    fn came_before(&self, effect: &Effect, grant: &Event) -> bool {
        let at = self.trace.event(effect.event);
        if effect.time != grant.time || at.participant == grant.participant {
            return (effect.time, effect.event) < (grant.time, grant.id);
        }
        let mut reached = vec![effect.event];
        let mut touched = vec![at.participant];
        for event in self.trace.events[effect.event.index() + 1..].iter().take_while(|it| it.time == grant.time) {
            let own = touched.contains(&event.participant) && !matches!(event.kind, EventKind::Crashed { .. });
            if own || event.cause.is_some_and(|cause| reached.contains(&cause)) {
                if event.id == grant.id {
                    return true;
                }
                reached.push(event.id);
                // Mail that waits, or is lost, tells nobody anything.
                if !matches!(event.kind, EventKind::Buffered { .. } | EventKind::Lost { .. }) {
                    touched.push(event.participant);
                }
            }
        }
        false
    }

    /// How many writes were applied in the moment of a grant.
    fn ties(&self) -> usize {
        let is_tied = |effect: &&Effect| self.grants.iter().flatten().any(|grant| grant.time == effect.time);
        self.effects.iter().filter(is_tied).count()
    }
}

/// The locks that guard a store, as the programs show it: a bit for each, and those that are set in all sets that are not
/// empty, or else in any.
fn guards(programs: &[Vec<Act>], store: usize) -> Vec<usize> {
    let mut sets: Vec<u8> = Vec::new();
    for program in programs {
        let mut held = 0_u8;
        for act in program {
            match act {
                Act::Acquire(lock) => held |= 1 << lock,
                Act::Release(lock) => held &= !(1 << lock),
                Act::Write(written) if *written == store && held != 0 => sets.push(held),
                Act::Write(_) | Act::Other => {}
            }
        }
    }
    let (common, any) = sets.iter().fold((u8::MAX, 0), |(common, any), set| (common & set, any | set));
    let bits = if common & any == 0 { any } else { common & any };
    (0..LOCKS.len()).filter(|lock| bits & (1 << lock) != 0).collect()
}
