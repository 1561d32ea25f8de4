//! Elections, tried on as many schedules as there is time for: as long as votes are on the disk, no term has two leaders
//! and no two nodes take different entries for committed, whatever goes wrong. And as soon as votes are forgotten in a
//! crash, the same schedules find a term with two leaders, so they are wild enough to prove something.
//!
//! `SCHEDULES=N` tries N schedules instead of the usual share; `make soak` tries a million.
#![cfg(not(target_arch = "wasm32"))]

mod generate;
// Apart from the other generators, which pictures are tried with too: it alone speaks of the nodes' own settings.
#[path = "generate/leaders.rs"]
mod schedules;

use std::collections::BTreeMap;
use std::num::NonZero;

use fencepost_properties::{Assumptions, State, judge};
use fencepost_protocols::Memory;
use fencepost_sim::{EventId, EventKind, Limits, ParticipantId, Phase, Recorder, Recording, Time, run};
use fencepost_vocabulary::{Entry, Fencepost, MessageKind, Note, PropertyKind, Term};
use schedules::{HORIZON, Schedule};

/// The schedules tried in a usual run.
const USUAL: u64 = 3_000;
/// What volatile votes do must show within so many schedules.
const ENOUGH: u64 = 10_000;

/// More events than any of these schedules has reason for.
const TALKATIVE: u64 = 20_000;

/// A recorder that keeps what these promises are about, and no events.
#[derive(Default)]
struct Observer {
    events: u64,
    leaders: BTreeMap<Term, ParticipantId>,
    /// How often somebody came to lead after the beginning.
    elections: u64,
    votes: Vec<(Time, ParticipantId)>,
    logs: BTreeMap<ParticipantId, Vec<Entry>>,
    committed: Vec<Entry>,
    broken: Option<&'static str>,
}

impl Observer {
    fn hear(&mut self, time: Time, from: ParticipantId, note: Note) {
        match note {
            Note::Leads { term } => {
                self.elections += u64::from(time > Time::ZERO);
                if *self.leaders.entry(term).or_insert(from) != from {
                    self.broken = Some("a term has two leaders");
                }
            }
            Note::Votes { .. } => self.votes.push((time, from)),
            Note::Logged { entry, .. } => self.logs.entry(from).or_default().push(entry),
            Note::Truncated { from: place } => {
                self.logs.entry(from).or_default().truncate(place as usize - 1);
            }
            Note::Committed { upto } => self.compare(from, upto as usize),
            _ => {}
        }
    }

    fn compare(&mut self, node: ParticipantId, upto: usize) {
        let log = self.logs.entry(node).or_default();
        let both = upto.min(self.committed.len());
        if log[..both] != self.committed[..both] {
            self.broken = Some("two nodes take different entries for committed");
        }
        self.committed.extend_from_slice(&log[both..upto]);
    }
}

impl Recorder<Fencepost> for Observer {
    fn record(
        &mut self,
        time: Time,
        _: Phase,
        participant: ParticipantId,
        _: Option<EventId>,
        kind: impl FnOnce() -> EventKind<Fencepost>,
    ) -> EventId {
        self.events += 1;
        if let EventKind::Noted(note) = kind() {
            self.hear(time, participant, note);
        }
        EventId(0)
    }

    fn scheduled(&mut self, _: u64, _: Option<EventId>) {}

    fn cause_of(&self, _: u64) -> Option<EventId> {
        None
    }

    fn ordinal(&mut self, _: ParticipantId, _: ParticipantId, _: MessageKind) -> u32 {
        0
    }

    fn len(&self) -> u64 {
        self.events
    }
}

/// What came of some schedules.
#[derive(Default)]
struct Tally {
    tried: u64,
    /// In how many somebody was elected, and in how many entries were committed.
    elected: u64,
    kept: u64,
    elections: u64,
    /// The number of the first in which a promise was broken, and which.
    broken: Option<(u64, &'static str)>,
}

impl Tally {
    fn add(&mut self, number: u64, observer: &Observer) {
        self.tried += 1;
        self.elected += u64::from(observer.elections > 0);
        self.kept += u64::from(!observer.committed.is_empty());
        self.elections += observer.elections;
        self.broken = self.broken.or(observer.broken.map(|what| (number, what)));
    }

    fn merge(mut self, other: Self) -> Self {
        self.tried += other.tried;
        self.elected += other.elected;
        self.kept += other.kept;
        self.elections += other.elections;
        self.broken = self.broken.into_iter().chain(other.broken).min_by_key(|(number, _)| *number);
        self
    }
}

/// The schedule with this number, with crashes of voters if it is to have some.
fn schedule(number: u64, votes: Memory) -> Schedule {
    let mut schedule = Schedule::new(number, votes);
    if schedule.strikes_voters() {
        let observer = play(&schedule);
        schedule.strike(&observer.votes);
        schedule.strike(&observer.votes);
    }
    schedule
}

fn observe(number: u64, votes: Memory) -> Observer {
    play(&schedule(number, votes))
}

fn play(schedule: &Schedule) -> Observer {
    let mut observer = Observer::default();
    run(&mut schedule.world(), HORIZON, Limits::default(), &mut observer);
    if observer.events > TALKATIVE {
        observer.broken = Some("nodes talk without end");
    }
    observer
}

/// What the property says of a schedule.
fn judged(number: u64, votes: Memory) -> State {
    let schedule = schedule(number, votes);
    let (mut world, mut recording) = (schedule.world(), Recording::default());
    let end = run(&mut world, HORIZON, Limits::default(), &mut recording);
    let (trace, cast) = (recording.finish(end, world.now(), HORIZON), schedule.cast());
    let verdicts = judge(&trace, &cast, &Assumptions::default());
    let verdict = verdicts.iter().find(|verdict| verdict.property == PropertyKind::OneLeaderPerTerm);
    verdict.expect("there are nodes").state
}

/// Tries schedules on all processors. What is found does not depend on how many there are.
fn try_all(schedules: u64) -> Tally {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get) as u64;
    std::thread::scope(|scope| {
        let share = |first: u64| {
            let mut tally = Tally::default();
            for number in (first..schedules).step_by(processors as usize) {
                tally.add(number, &observe(number, Memory::Stable));
            }
            tally
        };
        let threads: Vec<_> = (0..processors).map(|first| scope.spawn(move || share(first))).collect();
        let tallies = threads.into_iter().map(|thread| thread.join().expect("no run panics"));
        tallies.fold(Tally::default(), Tally::merge)
    })
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures of a soak are its result")]
fn no_term_has_two_leaders_as_long_as_votes_are_on_the_disk() {
    let asked = std::env::var("SCHEDULES").ok().and_then(|number| number.parse::<u64>().ok());
    let tally = try_all(asked.unwrap_or(USUAL));
    if let Some((number, what)) = tally.broken {
        panic!("in schedule {number} {what}");
    }
    let percent = |count: u64| count * 100 / tally.tried;
    println!(
        "{} schedules, no term with two leaders; in {} % somebody was elected, {} times in all; in {} % something was committed",
        tally.tried,
        percent(tally.elected),
        tally.elections,
        percent(tally.kept)
    );
    assert!(percent(tally.elected) >= 50, "only {} % of the runs have an election", percent(tally.elected));
    assert!(percent(tally.kept) >= 15, "only {} % of the runs commit anything", percent(tally.kept));
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures of a soak are its result")]
fn a_vote_that_a_crash_takes_away_gives_a_term_two_leaders() {
    let found = (0..ENOUGH).find(|number| observe(*number, Memory::Volatile).broken.is_some());
    let number = found.unwrap_or_else(|| panic!("volatile votes show in none of {ENOUGH} schedules"));
    println!("volatile votes show in schedule {number}");
    assert!(matches!(judged(number, Memory::Volatile), State::Violated { .. }), "and the property sees it");
}

#[test]
fn the_property_says_what_the_notes_say() {
    for number in (0..USUAL).step_by(30) {
        assert_eq!(judged(number, Memory::Stable).word(), "held", "schedule {number}");
    }
}
