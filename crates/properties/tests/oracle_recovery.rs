//! The rules against an oracle, once more: random runs with crashes and recoveries, clocks that change their pace,
//! invented tokens, views and decisions. Judged a second time straight from the table of the semantics, tick by tick;
//! the oracle keeps its own books while the run is made and never looks into the ledger.

use std::collections::BTreeSet;

use crate::support::random::Random;
use crate::support::{Trail, WriteSpec};
use fencepost_properties::{Assumptions, Ledger, State, Verdict, find, judge_claimed};
use fencepost_sim::{Disk, Duration, End, Fate, ParticipantId, Rate, Time};
use fencepost_vocabulary::{
    Cast, CheckMode, Clock, FencingToken, Member, Membership, Message, Note, PropertyKind, RequestId, RoleKind,
    Sequence, Version,
};

const LOCK: ParticipantId = ParticipantId(0);
const STORE: ParticipantId = ParticipantId(1);
const CLIENTS: [ParticipantId; 2] = [ParticipantId(2), ParticipantId(3)];
const MEMBERS: [ParticipantId; 3] = [ParticipantId(4), ParticipantId(5), ParticipantId(6)];
const LEASE: Duration = Duration::from_millis(6);
const RUNS: u64 = 3_000;
const ACTS: u64 = 60;

const CHECKED: [PropertyKind; 7] = [
    PropertyKind::EffectOnce,
    PropertyKind::Durable,
    PropertyKind::TokenGenuine,
    PropertyKind::LockExclusion,
    PropertyKind::LeaseContract,
    PropertyKind::Agreement,
    PropertyKind::MemberAgreement,
];

#[test]
fn the_rules_agree_with_the_table_across_crashes_and_clocks() {
    let mut broken = [0; CHECKED.len()];
    for seed in 0..RUNS {
        let Play { trail, bad, now, .. } = Play::act(seed);
        let trace = trail.finish(End::Horizon, now, now);
        let ledger = Ledger::read(&trace, &cast());
        let verdicts = judge_claimed(&ledger, &trace, &cast(), &Assumptions::default(), &CHECKED);
        for (place, (property, expected)) in CHECKED.into_iter().zip(bad).enumerate() {
            let verdict = find(&verdicts, property, None, &cast()).expect("a verdict for the whole run");
            assert_eq!(first_bad(verdict), expected, "{} with seed {seed}: {}", property.word(), verdict.sentence);
            broken[place] += usize::from(expected.is_some());
        }
    }
    // A property that random runs never break, or always, would not be tested by them.
    for (property, broken) in CHECKED.into_iter().zip(broken) {
        assert!((50..RUNS as usize - 50).contains(&broken), "{} was broken in {broken} runs", property.word());
    }
}

/// The time and the event of a violation.
type Bad = Option<(Time, u64)>;

fn first_bad(verdict: &Verdict) -> Bad {
    match verdict.state {
        State::Violated { at, event } => Some((at, u64::from(event.0))),
        _ => None,
    }
}

fn cast() -> Cast {
    let member = |name: &str, role| Member { name: name.into(), role };
    let watcher = |name| {
        let heartbeat = Duration::from_millis(1);
        member(name, RoleKind::Member { heartbeat, suspect_after: heartbeat, observer: true })
    };
    Cast::of(vec![
        member("L", RoleKind::Lock { lease: Some(LEASE), data: None, expiry_clock: Clock::Mono }),
        member("S", RoleKind::Store { check: CheckMode::None }),
        member("A", RoleKind::Client),
        member("B", RoleKind::Client),
        watcher("N1"),
        watcher("N2"),
        watcher("N3"),
        member("G", RoleKind::General { of: 2 }),
    ])
}

struct GrantFact {
    client: ParticipantId,
    token: u64,
    /// The service's monotonic clock when its lease last began.
    begun: u64,
    returned: bool,
    /// At which event the service let it expire.
    expired: Option<u64>,
    /// The service does not speak of it any more.
    forgotten: bool,
    held: bool,
    /// When it was made, and of each grant before it whether it had been given back or had run out then.
    made: (Time, u64),
    before: Vec<(bool, bool)>,
}

/// A write by the number that all its sendings share.
#[derive(Clone, Copy)]
struct WriteFact {
    number: u32,
    writer: ParticipantId,
    token: u64,
    grant: Option<usize>,
}

/// A run in the making, and everything the oracle knows about it. What goes wrong is written down when it does.
struct Play {
    trail: Trail,
    random: Random,
    now: Time,
    /// What the lock service's monotonic clock shows, in microseconds, and its pace in microseconds a millisecond.
    mono: u64,
    pace: u64,
    grants: Vec<GrantFact>,
    sent: Vec<WriteFact>,
    under_way: Vec<WriteFact>,
    /// What the store holds now: the writes that made it, in order.
    state: Vec<WriteFact>,
    acknowledged: BTreeSet<u32>,
    views: Vec<(u32, Vec<ParticipantId>)>,
    decisions: Vec<bool>,
    bad: [Bad; CHECKED.len()],
}

impl Play {
    fn act(seed: u64) -> Self {
        let mut play = Self {
            trail: Trail::default(),
            random: Random(seed),
            now: Time::ZERO,
            mono: 0,
            pace: 1_000,
            grants: Vec::new(),
            sent: Vec::new(),
            under_way: Vec::new(),
            state: Vec::new(),
            acknowledged: BTreeSet::new(),
            views: Vec::new(),
            decisions: Vec::new(),
            bad: [None; CHECKED.len()],
        };
        let disorder = if (seed / ACTS).is_multiple_of(2) { 20 } else { 3 };
        for _ in 0..=seed % ACTS {
            let passed = play.random.below(3);
            play.wait(passed);
            match play.random.below(15) {
                0 | 1 => play.grant(disorder),
                2 | 3 => play.hold(),
                4 => play.release(),
                5 => play.extend_or_expire(disorder),
                6 => play.crash_lock(),
                7 => play.set_clock(),
                8 | 9 => play.write(disorder),
                10 | 11 => play.apply(disorder),
                12 | 13 => play.acknowledge_or_crash(disorder),
                _ => play.decide(disorder),
            }
        }
        play.bad[CHECKED.iter().position(|it| *it == PropertyKind::LockExclusion).expect("checked")] = play.two_live();
        play
    }

    fn wait(&mut self, millis: u64) {
        self.now = self.now + Duration::from_millis(millis);
        self.mono += millis * self.pace;
    }

    /// The event laid last broke this property, unless something had before.
    fn broken(&mut self, property: PropertyKind) {
        let place = CHECKED.iter().position(|checked| *checked == property).expect("it is checked");
        let point = (self.now, self.trail.len() as u64 - 1);
        self.bad[place].get_or_insert(point);
    }

    fn set_clock(&mut self) {
        self.pace = [500, 1_000, 2_000][self.random.below(3) as usize];
        self.trail.set_clock(self.now, LOCK, Rate(self.pace as u32 * 1_000), 0);
        // What another clock does, and what the wall clock shows, is nobody's business.
        self.trail.set_clock(self.now, CLIENTS[0], Rate(300_000), 5_000);
    }

    fn has_run(&self, grant: &GrantFact) -> bool {
        self.mono - grant.begun >= LEASE.0
    }

    fn grant(&mut self, disorder: u64) {
        let free = self.grants.last().is_none_or(|last| last.expired.is_some() || last.returned || self.has_run(last));
        if !free && !self.random.percent(disorder) {
            return;
        }
        let client = CLIENTS[self.random.below(2) as usize];
        let (request, token) = (self.grants.len() as u32 + 1, self.grants.len() as u64 + 33);
        self.trail.note(self.now, LOCK, granted(client, request, token));
        let made = (self.now, self.trail.len() as u64 - 1);
        let before = self.grants.iter().map(|grant| (grant.returned, self.has_run(grant))).collect();
        if self.grants.last().is_some_and(|last| !last.returned && !self.has_run(last)) {
            self.broken(PropertyKind::LeaseContract);
        }
        let (request, token_) = (RequestId(request), FencingToken(token));
        let message =
            Message::Granted { request, token: token_, waited: Duration::ZERO, lease: Some(LEASE), seal: None };
        self.trail.send(self.now, LOCK, client, message, on_time());
        let begun = self.mono;
        let (returned, expired, forgotten, held) = (false, None, false, false);
        self.grants.push(GrantFact { client, token, begun, returned, expired, forgotten, held, made, before });
    }

    /// The first grant made while another was live. Whether one lives until its lease has run out, or until the service
    /// lets it expire, is known only at the end.
    fn two_live(&self) -> Bad {
        let lives = |(grant, (returned, ran)): (&GrantFact, &(bool, bool)), made: u64| {
            !returned && grant.expired.map_or(!ran, |expired| made < expired)
        };
        let bad = |later: &&GrantFact| self.grants.iter().zip(&later.before).any(|pair| lives(pair, later.made.1));
        self.grants.iter().find(bad).map(|later| later.made)
    }

    fn hold(&mut self) {
        if let Some(place) = self.grants.iter().position(|grant| !grant.held) {
            self.trail.hold(self.now, self.grants[place].client, LOCK, self.grants[place].token);
            self.grants[place].held = true;
        }
    }

    fn release(&mut self) {
        let held: Vec<usize> = (0..self.grants.len()).filter(|place| self.grants[*place].held).collect();
        if held.is_empty() {
            return;
        }
        let place = held[self.random.below(held.len() as u64) as usize];
        let (client, token) = (self.grants[place].client, FencingToken(self.grants[place].token));
        let message = Message::Release { token: Some(token), request: None };
        self.trail.send(self.now, client, LOCK, message.clone(), on_time());
        self.trail.deliver(self.now, client, LOCK, |other| *other == message);
        self.grants[place].returned = true;
        self.grants[place].forgotten = true;
    }

    fn extend_or_expire(&mut self, disorder: u64) {
        let early = self.random.percent(disorder);
        let over = |grant: &GrantFact| early || self.mono - grant.begun >= LEASE.0;
        let Some(place) = self.grants.iter().rposition(|grant| !grant.forgotten && over(grant)) else { return };
        let (client, token) = (self.grants[place].client, FencingToken(self.grants[place].token));
        if place + 1 == self.grants.len() && self.random.percent(50) {
            self.trail.note(self.now, LOCK, Note::Extended { client, token, lease: Some(LEASE) });
            self.grants[place].begun = self.mono;
        } else {
            self.trail.note(self.now, LOCK, Note::Expired { client, token });
            self.grants[place].expired = Some(self.trail.len() as u64 - 1);
            self.grants[place].forgotten = true;
        }
    }

    /// The service comes back and remembers its last grant, or no grant at all.
    fn crash_lock(&mut self) {
        self.trail.crash(self.now, LOCK, Some(self.now + Duration::from_millis(1)));
        self.wait(1);
        self.trail.recover(self.now, LOCK, Disk::Kept);
        let remembers = self.random.percent(50);
        let last = self.grants.last().filter(|last| remembers && !last.forgotten);
        let holder = last.map(|last| (last.client, FencingToken(last.token)));
        self.trail.note(self.now, LOCK, Note::Reopened { next_token: FencingToken(99), holder });
        let kept = self.grants.len() - usize::from(holder.is_some());
        self.grants[..kept].iter_mut().for_each(|grant| grant.forgotten = true);
    }

    fn write(&mut self, disorder: u64) {
        if !self.sent.is_empty() && self.random.percent(20) {
            // The same write once more, as its holder would send it.
            let again = self.sent[self.random.below(self.sent.len() as u64) as usize];
            return self.send(again);
        }
        let held: Vec<&GrantFact> = self.grants.iter().filter(|grant| grant.held).collect();
        let (writer, token) = match held.len() as u64 {
            0 => (CLIENTS[0], 33),
            number => {
                let grant = held[self.random.below(number) as usize];
                (grant.client, grant.token)
            }
        };
        let number = self.sent.len() as u32 + 1;
        let (writer, token) = match self.random.percent(disorder) {
            true => (CLIENTS[self.random.below(2) as usize], 33 + self.random.below(9)),
            false => (writer, token),
        };
        // A write is of the grant that its writer last took in, whatever token it shows. They are taken in in their order.
        let grant = self.grants.iter().rposition(|grant| grant.held && grant.client == writer);
        self.send(WriteFact { number, writer, token, grant });
    }

    fn send(&mut self, write: WriteFact) {
        self.trail.write(self.now, write.writer, STORE, write.spec(), on_time());
        self.sent.push(write);
        self.under_way.push(write);
    }

    fn apply(&mut self, disorder: u64) {
        if self.under_way.is_empty() {
            return;
        }
        let late = self.random.percent(disorder);
        let place = if late { self.random.below(self.under_way.len() as u64) as usize } else { 0 };
        // Of two sendings that say the same, the older one arrives first.
        let place = self.under_way.iter().position(|other| other.number == self.under_way[place].number);
        let write = self.under_way.remove(place.expect("at least the one that was chosen"));
        self.trail.apply(self.now, STORE, write.writer, write.spec(), self.state.len() as u64 + 1);
        let behind = |other: &WriteFact| {
            let is_of_its_grant = write.grant.is_some() && other.grant == write.grant;
            other.number == write.number || is_of_its_grant && other.number > write.number
        };
        if self.state.iter().any(behind) {
            self.broken(PropertyKind::EffectOnce);
        }
        let own = |grant: &GrantFact| (grant.client, grant.token) == (write.writer, write.token);
        if !self.grants.iter().any(own) {
            self.broken(PropertyKind::TokenGenuine);
        }
        self.state.push(write);
    }

    fn acknowledge_or_crash(&mut self, disorder: u64) {
        if self.random.percent(60) {
            let fresh: Vec<WriteFact> =
                self.state.iter().filter(|write| !self.acknowledged.contains(&write.number)).copied().collect();
            let Some(write) = fresh.first() else { return };
            let message = Message::Ok { request: RequestId(write.number), version: Version(0) };
            self.trail.send(self.now, STORE, write.writer, message, on_time());
            self.acknowledged.insert(write.number);
            return;
        }
        self.trail.crash(self.now, STORE, Some(self.now + Duration::from_millis(1)));
        self.wait(1);
        self.trail.recover(self.now, STORE, Disk::Synced);
        let is_safe = |write: &WriteFact| self.acknowledged.contains(&write.number);
        let synced = self.state.iter().rposition(is_safe).map_or(0, |last| last + 1);
        let least = if self.random.percent(disorder * 3) { 0 } else { synced };
        let kept = least + self.random.below((self.state.len() - least) as u64 + 1) as usize;
        self.state.truncate(kept);
        self.trail.note(self.now, STORE, Note::Restored { version: Version(kept as u64), highest: None });
        let there: BTreeSet<u32> = self.state.iter().map(|write| write.number).collect();
        if !self.acknowledged.is_subset(&there) {
            self.broken(PropertyKind::Durable);
        }
    }

    fn decide(&mut self, disorder: u64) {
        if self.random.percent(30) {
            let attack = self.random.percent(disorder);
            self.trail.note(self.now, ParticipantId(7), Note::Decided { attack });
            if self.decisions.iter().any(|other| *other != attack) {
                self.broken(PropertyKind::Agreement);
            }
            return self.decisions.push(attack);
        }
        let view = self.views.len() as u32 / 3 + self.random.below(2) as u32;
        let gone = if self.random.percent(disorder) { self.random.below(3) as usize } else { view as usize % 3 };
        let members: Vec<ParticipantId> = MEMBERS.iter().filter(|id| **id != MEMBERS[gone]).copied().collect();
        let membership = Membership(members.iter().map(|id| (*id, 1)).collect());
        let by = MEMBERS[self.random.below(3) as usize];
        self.trail.note(self.now, by, Note::Installed { view, members: membership });
        if self.views.iter().any(|(other, theirs)| *other == view && *theirs != members) {
            self.broken(PropertyKind::MemberAgreement);
        }
        self.views.push((view, members));
    }
}

impl WriteFact {
    fn spec(self) -> WriteSpec {
        WriteSpec { token: Some(FencingToken(self.token)), sequence: Sequence(self.number), base: None }
    }
}

fn granted(client: ParticipantId, request: u32, token: u64) -> Note {
    Note::Granted { client, request: RequestId(request), token: FencingToken(token), lease: Some(LEASE) }
}

fn on_time() -> Fate {
    Fate::OnTime { arrives: Time::ZERO }
}
