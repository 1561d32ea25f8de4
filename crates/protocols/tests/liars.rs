//! Everything that traitors can say, tried out: how many of all strategies part the loyal generals, or make them disobey
//! a loyal commander. The numbers are those of the theorem: one liar needs four generals, two need seven and one more
//! round, and signatures need only the rounds.
//!
//! A *strategy* is the order of a loyal commander and, for every message of a traitor to a loyal general, what it says:
//! to attack, to retreat, or, where that is allowed, nothing. What traitors say to each other does not matter, for each
//! says what the strategy has it say. Lieutenants are alike, so of several pairs of traitors one is tried. The council
//! is run by direct calls, without a network and without a fault.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use fencepost_protocols::{Effects, Input, Officer, OfficerConfig};
use fencepost_sim::{Duration, Effect, LocalTime, ParticipantId};
use fencepost_vocabulary::{Message, Note, Path, Timer};

/// What a traitor says on a path to somebody in place of the truth; `None` for nothing at all.
type Says<'a> = dyn Fn(&Path, ParticipantId, bool) -> Option<bool> + 'a;

/// What is said, given the truth.
type Answer = fn(bool) -> Option<bool>;

const WORDS: [Answer; 2] = [|_| Some(false), |_| Some(true)];
const WORDS_OR_SILENCE: [Answer; 3] = [|_| Some(false), |_| Some(true), |_| None];
/// All that a hand can do that a signed order goes through.
const RELAY_OR_SILENCE: [Answer; 2] = [Some, |_| None];

/// A message on its way: from whom, to whom, what.
type Sent = (ParticipantId, ParticipantId, Message);

struct Council {
    size: u16,
    relays: u32,
    signed: bool,
    traitors: Vec<u16>,
}

/// What came of one strategy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// Two loyal lieutenants decided differently.
    parted: bool,
    /// The commander is loyal, and a loyal lieutenant did not do what it ordered.
    disobeyed: bool,
}

/// How many strategies there were, and how many had a bad end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    all: u32,
    parted: u32,
    disobeyed: u32,
}

impl Count {
    fn add(&mut self, outcome: Outcome) {
        self.all += 1;
        self.parted += u32::from(outcome.parted);
        self.disobeyed += u32::from(outcome.disobeyed);
    }

    fn plus(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            parted: self.parted + other.parted,
            disobeyed: self.disobeyed + other.disobeyed,
        }
    }
}

fn oral(size: u16, relays: u32, traitors: &[u16]) -> Council {
    Council { size, relays, signed: false, traitors: traitors.to_vec() }
}

fn signed(size: u16, relays: u32, traitors: &[u16]) -> Council {
    Council { signed: true, ..oral(size, relays, traitors) }
}

impl Council {
    fn ids(&self) -> impl Iterator<Item = ParticipantId> + use<> {
        (0..self.size).map(ParticipantId)
    }

    /// All decisions under one strategy. Traitors follow the rules as loyal generals do, and what they send is replaced
    /// on its way by what `says` makes of it, so that a test need not write down a lie for every path.
    fn decisions(&self, order: bool, says: &Says<'_>) -> BTreeMap<u16, bool> {
        let mut officers: Vec<Officer> = self.ids().map(|id| Officer::new(self.config(id, order))).collect();
        let mut decisions = BTreeMap::new();
        let mut sent: Vec<Sent> = Vec::new();
        for round in 0..=u64::from(self.relays) + 1 {
            let mut next = Vec::new();
            for (id, officer) in self.ids().zip(&mut officers) {
                for effect in play_round(officer, round, sent.iter().filter(|(_, to, _)| *to == id)).drain() {
                    match effect {
                        Effect::Send { to, message } => next.extend(self.bend((id, to, message), says)),
                        Effect::Note(Note::Decided { attack }) => decisions.extend([(id.0, attack)]),
                        _ => {}
                    }
                }
            }
            sent = next;
        }
        assert_eq!(decisions.len(), usize::from(self.size), "everyone decides");
        decisions
    }

    fn config(&self, id: ParticipantId, order: bool) -> OfficerConfig {
        OfficerConfig {
            id,
            officers: self.ids().collect(),
            relays: self.relays,
            signed: self.signed,
            order,
            traitor: false,
            lies: Vec::new(),
            round: Duration(1_000),
        }
    }

    fn bend(&self, (from, to, message): Sent, says: &Says<'_>) -> Option<Sent> {
        let Message::Order { path, attack } = message else { panic!("an order, not {message:?}") };
        let said = if self.is_traitor(from) { says(&path, to, attack)? } else { attack };
        Some((from, to, Message::Order { path, attack: said }))
    }

    fn is_traitor(&self, id: ParticipantId) -> bool {
        self.traitors.contains(&id.0)
    }

    fn outcome(&self, order: bool, says: &Says<'_>) -> Outcome {
        let mut decisions = self.decisions(order, says);
        decisions.retain(|id, _| *id != 0 && !self.traitors.contains(id));
        let attacks = decisions.values().filter(|attack| **attack).count();
        let is_loyal = !self.traitors.contains(&0);
        Outcome {
            parted: attacks != 0 && attacks != decisions.len(),
            disobeyed: is_loyal && decisions.values().any(|attack| *attack != order),
        }
    }

    /// The orders that are worth trying: of a treacherous commander only that counts which it says.
    fn orders(&self) -> &'static [bool] {
        if self.traitors.contains(&0) { &[true] } else { &[false, true] }
    }

    /// The messages that a traitor sends to loyal generals: what a strategy must say something about.
    fn questions(&self) -> Vec<(Path, ParticipantId)> {
        let asked = RefCell::new(Vec::new());
        self.decisions(true, &|path, to, truth| {
            if !self.is_traitor(to) {
                asked.borrow_mut().push((path.clone(), to));
            }
            Some(truth)
        });
        asked.into_inner()
    }

    /// Tries every way to answer so many questions. Which of them a message belongs to, `which` says; a message to
    /// another traitor belongs to none and stays true.
    fn try_all(
        &self,
        questions: usize,
        answers: &[Answer],
        which: &dyn Fn(&Path, ParticipantId) -> Option<usize>,
    ) -> Count {
        let mut count = Count::default();
        for order in self.orders() {
            for strategy in 0..answers.len().pow(questions as u32) {
                let answer = |place| answers[strategy / answers.len().pow(place as u32) % answers.len()];
                let outcome = self.outcome(*order, &|path, to, truth| match which(path, to) {
                    Some(place) => answer(place)(truth),
                    None => Some(truth),
                });
                count.add(outcome);
            }
        }
        count
    }

    /// Tries everything: an answer for each message of a traitor to a loyal general.
    fn try_every_message(&self, answers: &[Answer]) -> Count {
        let questions = self.questions();
        let is_it = |asked: &(Path, ParticipantId), path: &Path, to| asked.0 == *path && asked.1 == to;
        let which = |path: &Path, to| questions.iter().position(|asked| is_it(asked, path, to));
        self.try_all(questions.len(), answers, &which)
    }

    /// Strategies by chance, always the same ones: a word for each message of a traitor, those to other traitors too.
    fn try_some(&self, number: u32) -> Count {
        let mut count = Count::default();
        let chance = Cell::new(39_u64);
        for strategy in 0..number as usize {
            let order = self.orders()[strategy % self.orders().len()];
            count.add(self.outcome(order, &|_, _, _| {
                chance.set(next(chance.get()));
                Some(chance.get() >> 63 == 1)
            }));
        }
        count
    }
}

/// Lets an officer hear what was sent to it in the last round and end the round.
fn play_round<'a>(officer: &mut Officer, round: u64, came: impl Iterator<Item = &'a Sent>) -> Effects {
    let mut effects = Effects::default();
    for (from, _, message) in came.cloned() {
        officer.handle(Input::Message { from, message }, LocalTime(round * 1_000 - 500), &mut effects);
    }
    let input = if round == 0 { Input::Start } else { Input::Timer(Timer::Round) };
    officer.handle(input, LocalTime(round * 1_000), &mut effects);
    effects
}

/// The next number of a well-known sequence that looks like chance; its highest bit is the one to use.
fn next(state: u64) -> u64 {
    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}

/// Each general in turn is the traitor.
fn each_is_traitor(size: u16, answers: &[Answer]) -> Count {
    let counts = (0..size).map(|traitor| oral(size, 1, &[traitor]).try_every_message(answers));
    counts.fold(Count::default(), Count::plus)
}

/// The commander is the traitor: 2 × 2 answers. One of two lieutenants is: two orders, and two answers to the other. The
/// two bad ends are those where the order is to attack and the traitor says retreat: a tie.
#[test]
fn one_liar_among_three_makes_a_lieutenant_disobey_and_cannot_part_them() {
    assert_eq!(each_is_traitor(3, &WORDS), Count { all: 12, parted: 0, disobeyed: 2 });
}

/// Of four, 2^3 + 3 × 2 × 2^2 strategies; of five, 2^4 + 4 × 2 × 2^3.
#[test]
fn four_generals_and_five_stand_one_liar() {
    for (size, all) in [(4, 32), (5, 80)] {
        assert_eq!(each_is_traitor(size, &WORDS), Count { all, parted: 0, disobeyed: 0 }, "{size}");
    }
}

/// Silence is one more thing to say: 3^3 + 3 × 2 × 3^2 strategies.
#[test]
fn silence_gets_a_liar_no_further_than_words() {
    assert_eq!(each_is_traitor(4, &WORDS_OR_SILENCE), Count { all: 81, parted: 0, disobeyed: 0 });
}

/// 2^5 orders to the loyal lieutenants times 2^5 relays to them. They part where three of five were told to attack, so
/// that the traitor's word decides, and where it is not the same to all: 10 × 30.
#[test]
fn with_one_round_a_commander_and_a_lieutenant_part_seven_generals() {
    let count = oral(7, 1, &[0, 6]).try_every_message(&WORDS);
    assert_eq!(count, Count { all: 1_024, parted: 300, disobeyed: 0 });
}

/// Two orders, and what each of the two says to four loyal lieutenants: 2 × 2^4 × 2^4.
#[test]
fn with_one_round_two_lieutenants_alone_do_nothing_to_seven_generals() {
    let count = oral(7, 1, &[5, 6]).try_every_message(&WORDS);
    assert_eq!(count, Count { all: 512, parted: 0, disobeyed: 0 });
}

/// With a second round of relaying there are too many messages to try everything. All strategies are tried in which each
/// traitor has one word for each general, whatever it speaks about; and a sample of all others.
#[test]
fn with_two_rounds_seven_generals_stand_two_liars() {
    for (traitors, all) in [([0, 6], 1_024), ([5, 6], 512)] {
        let council = oral(7, 2, &traitors);
        let loyal: Vec<u16> = (1..7).filter(|id| !traitors.contains(id)).collect();
        let which = |path: &Path, to: ParticipantId| {
            let liar = traitors.iter().position(|traitor| path.0.last() == Some(&ParticipantId(*traitor)))?;
            Some(liar * loyal.len() + loyal.iter().position(|id| *id == to.0)?)
        };
        let count = council.try_all(2 * loyal.len(), &WORDS, &which);
        assert_eq!(count, Count { all, parted: 0, disobeyed: 0 });
        assert_eq!(council.try_some(500), Count { all: 500, parted: 0, disobeyed: 0 });
    }
}

/// With `m` rounds more than `2k + m` generals are needed to obey in spite of `k` liars, so a second round makes four one
/// too few for one. Three lieutenants, two orders, four messages to the loyal two. When the order is to attack, they stand
/// firm only if the traitor owns up to it towards both (in 1 of 4 ways), or else confirms to each the word of the other (in
/// 1 of 4): 3 × 3 × 3 disobey, and of these 3 × 3 × 2 get one confirmation and not the other.
#[test]
fn a_round_too_many_does_harm() {
    let lieutenants = [1, 2, 3].map(|traitor| oral(4, 2, &[traitor]).try_every_message(&WORDS));
    let count = lieutenants.into_iter().fold(Count::default(), Count::plus);
    assert_eq!(count, Count { all: 96, parted: 18, disobeyed: 27 });
}

/// The same sample finds what there is to find where one round is missing, or one general.
#[test]
fn the_sample_is_not_blind() {
    assert_ne!(oral(7, 1, &[0, 6]).try_some(300).parted, 0);
    assert_ne!(oral(6, 2, &[4, 5]).try_some(1_000).disobeyed, 0);
}

/// A commander may sign either order to each, or send nothing: 3 × 3. A lieutenant may only pass an order on or keep it:
/// two lieutenants, two orders, two answers.
#[test]
fn three_generals_who_sign_stand_one_liar() {
    let commander = signed(3, 1, &[0]).try_every_message(&WORDS_OR_SILENCE);
    assert_eq!(commander, Count { all: 9, parted: 0, disobeyed: 0 });
    let lieutenants = [1, 2].map(|traitor| signed(3, 1, &[traitor]).try_every_message(&RELAY_OR_SILENCE));
    let count = lieutenants.into_iter().fold(Count::default(), Count::plus);
    assert_eq!(count, Count { all: 8, parted: 0, disobeyed: 0 });
}

/// Two liars need two rounds even under signatures: with one, a traitor shows to one loyal general, when it is too late
/// to pass it on, an order that no other has seen. All that they can do: three answers of the commander to each of three;
/// for the other, to pass on or to keep what it has from the commander and from each loyal lieutenant, 27 × 2^4. Of the
/// three that get an order, 4 ways are such that the traitor's copy matters, and in half of them one alone sees it.
#[test]
fn signatures_need_as_many_rounds_as_there_are_liars() {
    let [one, two] = [1, 2].map(|relays| {
        let strategies = (0..27_u32).flat_map(|orders| (0..16_u32).map(move |kept| (orders, kept)));
        strategies.fold(Count::default(), |mut count, (orders, kept)| {
            count.add(signed(4, relays, &[0, 3]).outcome(true, &|path, to, truth| match path.0.as_slice() {
                [_] => WORDS_OR_SILENCE[(orders / 3_u32.pow(u32::from(to.0) - 1) % 3) as usize](truth),
                [.., giver, _] => {
                    let place = if giver.0 == 0 { to.0 - 1 } else { giver.0 + 1 };
                    RELAY_OR_SILENCE[(kept >> place & 1) as usize](truth)
                }
                [] => None,
            }));
            count
        })
    });
    assert_eq!(two, Count { all: 432, parted: 0, disobeyed: 0 });
    assert_eq!((one.all, one.parted), (432, 4 * 2 * 4));
}
