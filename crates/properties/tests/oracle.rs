//! The rules against an oracle: random runs, judged a second time straight from the table of the semantics, pair by pair
//! and instant by instant. The oracle keeps its own books while the run is made and never looks into the ledger.

use crate::support::random::Random;
use crate::support::{Trail, WriteSpec};
use fencepost_properties::{Assumptions, State, Verdict, find, judge};
use fencepost_sim::{Duration, End, Fate, ParticipantId, Time};
use fencepost_vocabulary::{
    Cast, CheckMode, Clock, Departure, FencingToken, Member, Message, Note, PropertyKind, RoleKind, Sequence, Version,
};

const LOCK: ParticipantId = ParticipantId(0);
const STORES: [ParticipantId; 2] = [ParticipantId(1), ParticipantId(2)];
const CLIENTS: [ParticipantId; 3] = [ParticipantId(3), ParticipantId(4), ParticipantId(5)];
const LEASE: Duration = Duration::from_millis(6);
const RUNS: u64 = 3_000;
const ACTS: u64 = 60;

#[test]
fn the_rules_agree_with_the_table() {
    let mut broken = [0; CHECKED.len()];
    for seed in 0..RUNS {
        let play = Play::act(seed);
        let expected = play.expected();
        let trace = play.trail.finish(End::Horizon, play.now, play.now);
        let verdicts = judge(&trace, &cast(), &Assumptions::default());
        for (place, (property, expected)) in CHECKED.into_iter().zip(expected).enumerate() {
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

/// What is wrong with effects or tokens in the stronger sense is wrong in the weaker one, at the same time or before.
#[test]
fn one_violation_implies_another() {
    let implied = [
        (PropertyKind::EffectOrder, PropertyKind::EffectFresh),
        (PropertyKind::TokenUnique, PropertyKind::TokenMonotonic),
    ];
    for seed in 0..RUNS {
        let play = Play::act(seed);
        let trace = play.trail.finish(End::Horizon, play.now, play.now);
        let verdicts = judge(&trace, &cast(), &Assumptions::default());
        let bad = |property| find(&verdicts, property, None, &cast()).and_then(first_bad);
        for (strong, weak) in implied {
            let Some(broken) = bad(strong) else { continue };
            let earlier = bad(weak).is_some_and(|weak| weak <= broken);
            assert!(earlier, "{} without {} with seed {seed}", strong.word(), weak.word());
        }
    }
}

const CHECKED: [PropertyKind; 10] = [
    PropertyKind::EffectOrder,
    PropertyKind::EffectFresh,
    PropertyKind::EffectGuarded,
    PropertyKind::EffectOnce,
    PropertyKind::NoLostUpdate,
    PropertyKind::LockExclusion,
    PropertyKind::LeaseContract,
    PropertyKind::TokenUnique,
    PropertyKind::TokenMonotonic,
    PropertyKind::BeliefOverlap,
];

/// When it went wrong: the time and the event of a violation, the two ends of an overlap.
type Bad = Option<(u64, u64)>;

fn first_bad(verdict: &Verdict) -> Bad {
    match verdict.state {
        State::Violated { at, event } => Some((at.0, u64::from(event.0))),
        State::Seen { from, until } => Some((from.0, until.0)),
        _ => None,
    }
}

fn cast() -> Cast {
    let member = |name: &str, role| Member { name: name.into(), role };
    let store = RoleKind::Store { check: CheckMode::None };
    Cast::of(vec![
        member("L", RoleKind::Lock { lease: Some(LEASE), data: None, expiry_clock: Clock::Mono }),
        member("S", store),
        member("T", store),
        member("A", RoleKind::Client),
        member("B", RoleKind::Client),
        member("C", RoleKind::Client),
    ])
}

/// When and where in the order of events.
type Point = (Time, u64);

struct GrantFact {
    client: ParticipantId,
    token: u64,
    made: Point,
    lease_ends: Time,
    expired: Option<Point>,
    returned: Option<Point>,
    /// The service thinks that it is over, for whatever reason.
    forgotten: bool,
    held: bool,
    believed: Option<(Time, Option<Time>)>,
}

#[derive(Clone, Copy)]
struct WriteFact {
    store: ParticipantId,
    writer: ParticipantId,
    spec: WriteSpec,
    /// The grant that its writer had last taken in, if any, and whether it still believed in it.
    grant: Option<usize>,
    is_held: bool,
}

struct EffectFact {
    write: WriteFact,
    version: u64,
    at: Point,
}

/// A run in the making, and everything the oracle knows about it.
struct Play {
    trail: Trail,
    random: Random,
    now: Time,
    grants: Vec<GrantFact>,
    /// Each client's holds in order, as places in `grants`.
    holds: Vec<usize>,
    under_way: Vec<WriteFact>,
    effects: Vec<EffectFact>,
    sequence: u32,
}

impl Play {
    fn act(seed: u64) -> Self {
        let mut play = Self {
            trail: Trail::default(),
            random: Random(seed),
            now: Time::ZERO,
            grants: Vec::new(),
            holds: Vec::new(),
            under_way: Vec::new(),
            effects: Vec::new(),
            sequence: 0,
        };
        // Short runs and long ones, every other one orderly, or random runs would break everything at once.
        let disorder = if (seed / ACTS).is_multiple_of(2) { 30 } else { 3 };
        for _ in 0..=seed % ACTS {
            play.now = play.now + Duration::from_millis(play.random.below(3));
            match play.random.below(10) {
                0 | 1 => play.grant(disorder),
                2 | 3 => play.hold(),
                4 => play.release(disorder),
                5 => play.extend_or_expire(disorder),
                6 | 7 => play.write(disorder),
                _ => play.apply(disorder),
            }
        }
        play
    }

    fn point(&self) -> Point {
        (self.now, self.trail.len() as u64 - 1)
    }

    fn grant(&mut self, disorder: u64) {
        let free = self
            .grants
            .last()
            .is_none_or(|last| last.expired.is_some() || last.returned.is_some() || last.lease_ends <= self.now);
        if !free && !self.random.percent(disorder) {
            return;
        }
        let client = CLIENTS[self.random.below(3) as usize];
        let next = self.grants.len() as u64 + 33;
        let token = if self.random.percent(disorder) { next - self.random.below(3) } else { next };
        let request = self.grants.len() as u32 + 1;
        // The grant is noted first and sent at once after that.
        self.trail.grant(self.now, LOCK, (client, request, token), Some(LEASE), on_time());
        let made = (self.now, self.trail.len() as u64 - 2);
        let lease_ends = self.now + LEASE;
        let fact = GrantFact {
            client,
            token,
            made,
            lease_ends,
            expired: None,
            returned: None,
            forgotten: false,
            held: false,
            believed: None,
        };
        self.grants.push(fact);
    }

    fn hold(&mut self) {
        let Some(grant) = self.any(|grant| !grant.held) else { return };
        let (client, token) = (self.grants[grant].client, self.grants[grant].token);
        // Of two replies that say the same, the older one arrives first.
        let same = |fact: &GrantFact| !fact.held && fact.client == client && fact.token == token;
        let grant = self.grants.iter().position(same).expect("at least the one that was chosen");
        self.trail.hold(self.now, client, LOCK, token);
        for other in self.grants.iter_mut().filter(|other| other.client == client) {
            close(&mut other.believed, self.now);
        }
        self.grants[grant].held = true;
        self.grants[grant].believed = Some((self.now, None));
        self.holds.push(grant);
    }

    /// The holder gives the lock back, or a stranger gives back what is another's.
    fn release(&mut self, disorder: u64) {
        let Some(grant) = self.any(|grant| grant.held) else { return };
        let (client, token) = (self.grants[grant].client, self.grants[grant].token);
        let latest = self.latest(client, token);
        let by = if self.random.percent(disorder) { CLIENTS[self.random.below(3) as usize] } else { client };
        let message =
            Message::Release { token: Some(FencingToken(if by == client { token } else { 0 })), request: None };
        self.trail.send(self.now, by, LOCK, message.clone(), on_time());
        self.trail.deliver(self.now, by, LOCK, |other| *other == message);
        let returned = self.point();
        self.trail.note(self.now, LOCK, Note::Released { client, token: FencingToken(token), by });
        self.grants[latest].forgotten = true;
        if by == client {
            self.grants[latest].returned.get_or_insert(returned);
            if self.random.percent(80) {
                self.trail.leave(self.now, client, LOCK, token, Departure::Released);
                let same = |fact: &&mut GrantFact| fact.client == client && fact.token == token;
                self.grants.iter_mut().filter(same).for_each(|fact| close(&mut fact.believed, self.now));
            }
        }
    }

    fn extend_or_expire(&mut self, disorder: u64) {
        let now = self.now;
        let early = self.random.percent(disorder);
        let Some(grant) = self.any(|grant| early || grant.lease_ends <= now) else { return };
        let (client, token) = (self.grants[grant].client, self.grants[grant].token);
        let latest = self.latest(client, token);
        let is_last = latest + 1 == self.grants.len();
        // Once a service has ended a grant it does not speak of it again.
        if self.grants[latest].forgotten {
            return;
        }
        if is_last && self.random.percent(50) {
            let note = Note::Extended { client, token: FencingToken(token), lease: Some(LEASE) };
            self.trail.note(now, LOCK, note);
            self.grants[latest].lease_ends = now + LEASE;
        } else {
            self.grants[latest].forgotten = true;
            self.trail.note(now, LOCK, Note::Expired { client, token: FencingToken(token) });
            self.grants[latest].expired = Some(self.point());
        }
    }

    /// A client writes: now and then one that never held the lock, and with whatever token.
    fn write(&mut self, disorder: u64) {
        let (writer, token) = match self.any(|grant| grant.held) {
            Some(held) if !self.random.percent(disorder) => (self.grants[held].client, self.grants[held].token),
            _ => (CLIENTS[self.random.below(3) as usize], 33),
        };
        let grant = self.holds.iter().copied().rfind(|grant| self.grants[*grant].client == writer);
        let believed = grant.and_then(|grant| self.grants[grant].believed);
        let is_held = believed.is_some_and(|(_, until)| until.is_none());
        self.sequence += 1;
        let store = STORES[self.random.below(2) as usize];
        let base = self.random.percent(30).then(|| Version(self.version(store)));
        let spec = WriteSpec { token: Some(FencingToken(token)), sequence: Sequence(self.sequence), base };
        self.trail.write(self.now, writer, store, spec, on_time());
        let fact = WriteFact { store, writer, spec, grant, is_held };
        self.under_way.push(fact);
        if self.random.percent(5) {
            self.trail.copy(self.now, writer, store);
            self.under_way.push(fact);
        }
    }

    fn apply(&mut self, disorder: u64) {
        if self.under_way.is_empty() {
            return;
        }
        let late = self.random.percent(disorder);
        let place = if late { self.random.below(self.under_way.len() as u64) as usize } else { 0 };
        let write = self.under_way.remove(place);
        let version = self.version(write.store) + 1;
        self.trail.apply(self.now, write.store, write.writer, write.spec, version);
        self.effects.push(EffectFact { write, version, at: self.point() });
    }

    fn version(&self, store: ParticipantId) -> u64 {
        self.effects.iter().filter(|effect| effect.write.store == store).count() as u64
    }

    fn any(&mut self, is_fit: impl Fn(&GrantFact) -> bool) -> Option<usize> {
        let fit: Vec<usize> = (0..self.grants.len()).filter(|place| is_fit(&self.grants[*place])).collect();
        (!fit.is_empty()).then(|| fit[self.random.below(fit.len() as u64) as usize])
    }

    /// A service that speaks of a client's token means the grant it made last under it.
    fn latest(&self, client: ParticipantId, token: u64) -> usize {
        let same = |fact: &GrantFact| fact.client == client && fact.token == token;
        self.grants.iter().rposition(same).expect("at least one")
    }

    /// What the table says, in the order of [`CHECKED`].
    fn expected(&self) -> [Bad; CHECKED.len()] {
        let effects = &self.effects;
        let effect_pair = |is_bad: &dyn Fn(&EffectFact, &EffectFact) -> bool| {
            first_pair(effects, |earlier, later| is_bad(earlier, later)).map(|place| bad(effects[place].at))
        };
        let grant_pair = |is_bad: &dyn Fn(&GrantFact, &GrantFact) -> bool| {
            first_pair(&self.grants, |earlier, later| is_bad(earlier, later)).map(|place| bad(self.grants[place].made))
        };
        let stale = |effect: &&EffectFact| {
            let next = effect.write.grant.map_or(0, |grant| grant + 1);
            self.grants[next..].iter().any(|later| later.made.0 <= effect.at.0)
        };
        let lost = |effect: &&EffectFact| {
            let (store, spec) = (effect.write.store, effect.write.spec);
            let unread = |version| spec.base.is_some_and(|base| base.0 < version) && version < effect.version;
            let is_taken = |other: &EffectFact| {
                other.write.store == store && unread(other.version) && other.write.spec.sequence != spec.sequence
            };
            effects.iter().any(is_taken)
        };
        [
            effect_pair(&|earlier, later| earlier.write.grant > later.write.grant),
            effects.iter().find(stale).map(|effect| bad(effect.at)),
            effects.iter().find(|effect| !effect.write.is_held).map(|effect| bad(effect.at)),
            effect_pair(&|earlier, later| {
                let (before, after) = (earlier.write.spec.sequence, later.write.spec.sequence);
                let is_of_one = earlier.write.grant.is_some() && earlier.write.grant == later.write.grant;
                earlier.write.store == later.write.store && (before == after || is_of_one && before > after)
            }),
            effects.iter().find(lost).map(|effect| bad(effect.at)),
            grant_pair(&|earlier, later| lives(earlier, later.made)),
            self.broken_lease(),
            grant_pair(&|earlier, later| earlier.token == later.token),
            grant_pair(&|earlier, later| earlier.token >= later.token),
            self.overlap(),
        ]
    }

    fn broken_lease(&self) -> Bad {
        let broken = |place: &usize| {
            let (grant, next) = (&self.grants[place - 1], &self.grants[*place]);
            let returned = grant.returned.is_some_and(|returned| returned.1 < next.made.1);
            !returned && grant.lease_ends > next.made.0
        };
        (1..self.grants.len()).find(broken).map(|place| bad(self.grants[place].made))
    }

    /// Looks at every millisecond and counts who believes in it.
    fn overlap(&self) -> Bad {
        let believers = |millis: u64| {
            let moment = Time::from_millis(millis);
            let believes =
                |(from, until): (Time, Option<Time>)| from <= moment && until.is_none_or(|until| moment < until);
            self.grants.iter().filter(|grant| grant.believed.is_some_and(believes)).count()
        };
        let last = self.now.0 / 1_000;
        let from = (0..=last).find(|millis| believers(*millis) > 1)?;
        let until = (from..=last).find(|millis| believers(*millis) < 2);
        Some((from * 1_000, until.unwrap_or(last) * 1_000))
    }
}

/// A grant lives until its own holder's release or its expiry; one that the service forgot, until its lease is over.
fn lives(grant: &GrantFact, then: Point) -> bool {
    let returned = grant.returned.is_some_and(|returned| returned.1 < then.1);
    match grant.expired {
        Some(expired) => !returned && then.1 < expired.1,
        None => !returned && then.0 < grant.lease_ends,
    }
}

/// The place of the first item that makes a bad pair with one before it.
fn first_pair<T>(items: &[T], is_bad: impl Fn(&T, &T) -> bool) -> Option<usize> {
    (0..items.len()).find(|later| (0..*later).any(|earlier| is_bad(&items[earlier], &items[*later])))
}

fn bad((time, event): Point) -> (u64, u64) {
    (time.0, event)
}

fn close(believed: &mut Option<(Time, Option<Time>)>, now: Time) {
    if let Some((_, until)) = believed {
        until.get_or_insert(now);
    }
}

fn on_time() -> Fate {
    Fate::OnTime { arrives: Time::ZERO }
}
