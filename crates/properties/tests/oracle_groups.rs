//! The rules about leaders and logs against an oracle: random nodes say random things, and the oracle looks at every pair
//! and at every moment. It keeps its own books and never looks into the ledger.

use std::collections::BTreeSet;

use crate::support::Trail;
use crate::support::random::Random;
use fencepost_properties::{Assumptions, Ledger, State, judge_claimed};
use fencepost_sim::{Disk, Duration, End, ParticipantId, Time};
use fencepost_vocabulary::{Cast, Command, Entry, FencingToken, Member, Note, PropertyKind, RoleKind, Term, Trace};

const NODES: u16 = 5;
/// The first two nodes are a group, the others another.
const SECOND: u16 = 2;
/// It may say what it likes.
const TRAITOR: u16 = 4;
const RUNS: u64 = 2_000;

const CHECKED: [PropertyKind; 4] =
    [PropertyKind::OneLeaderPerTerm, PropertyKind::TwoLeaders, PropertyKind::Agreement, PropertyKind::Integrity];

#[test]
fn the_rules_about_groups_agree_with_the_table() {
    let mut broken = [0; CHECKED.len()];
    for seed in 0..RUNS {
        let (play, trace) = Play::act(seed);
        let (cast, ledger) = (cast(), Ledger::read(&trace, &cast()));
        let verdicts = judge_claimed(&ledger, &trace, &cast, &Assumptions::default(), &CHECKED);
        let expected = [play.two_in_one_term(), play.two_at_once(trace.ended_at), play.differing(), play.changed()];
        for (place, (property, expected)) in CHECKED.into_iter().zip(expected).enumerate() {
            let verdict = verdicts.iter().find(|verdict| verdict.property == property).expect("a verdict");
            let found = match verdict.state {
                State::Violated { at, event } => Some((at.0, u64::from(event.0))),
                State::Seen { from, until } => Some((from.0, until.0)),
                _ => None,
            };
            assert_eq!(found, expected, "{} with seed {seed}: {}", property.word(), verdict.sentence);
            broken[place] += usize::from(expected.is_some());
        }
    }
    for (property, broken) in CHECKED.into_iter().zip(broken) {
        assert!((50..RUNS as usize - 50).contains(&broken), "{} was broken in {broken} runs", property.word());
    }
}

fn group(node: u16) -> u16 {
    if node < SECOND { 0 } else { SECOND }
}

fn cast() -> Cast {
    let node = |node: u16| {
        let (group, heartbeat, timeout) =
            (ParticipantId(group(node)), Duration::from_millis(100), Duration::from_secs(2));
        let role = RoleKind::Node { group, heartbeat, timeout, quorum: 2, traitor: node == TRAITOR };
        Member { name: format!("N{node}"), role }
    };
    Cast::of((0..NODES).map(node).collect())
}

/// A moment: the time and the place in the order of events.
type Point = (u64, u64);

/// A node at one place of its log.
struct Committed {
    node: u16,
    index: u32,
    entry: u32,
    at: Point,
}

#[derive(Default)]
struct Play {
    /// Who leads in which term after each event, by node.
    after: Vec<(Point, Vec<Option<u32>>)>,
    leads: Vec<(u16, u32, Point)>,
    committed: Vec<Committed>,
}

impl Play {
    fn act(seed: u64) -> (Self, Trace) {
        let (mut random, mut play, mut trail) = (Random(seed), Self::default(), Trail::default());
        let mut leading: Vec<Option<u32>> = vec![None; NODES.into()];
        let mut logs: Vec<Vec<u32>> = vec![Vec::new(); NODES.into()];
        let mut upto = [0_usize; NODES as usize];
        // Most runs end before everything is wrong.
        let acts = 1 + random.below(90);
        for now in 0..acts {
            // Two things often happen at one moment.
            let time = Time(now / 2);
            let node = random.below(NODES.into()) as u16;
            let (who, place) = (ParticipantId(node), usize::from(node));
            let at = (time.0, trail.len() as u64);
            let term = 1 + random.below(4) as u32;
            match random.below(16) {
                0 | 1 => {
                    leading[place] = Some(term);
                    play.leads.push((node, term, at));
                    trail.note(time, who, Note::Leads { term: Term(term) });
                }
                2 => {
                    leading[place].take_if(|led| *led == term);
                    trail.note(time, who, Note::StepsDown { term: Term(term) });
                }
                3 => {
                    leading[place].take_if(|led| *led < term);
                    trail.note(time, who, Note::Enters { term: Term(term) });
                }
                4 => {
                    (leading[place], upto[place]) = (None, 0);
                    trail.crash(time, who, Some(time));
                    play.after.push((at, leading.clone()));
                    trail.recover(time, who, Disk::Kept);
                }
                5 => {
                    let from = random.below(logs[place].len() as u64 + 1) as usize;
                    logs[place].truncate(from);
                    upto[place] = upto[place].min(from);
                    trail.note(time, who, Note::Truncated { from: from as u32 + 1 });
                }
                6..=10 => {
                    let entry = u32::from(random.percent(35));
                    logs[place].push(entry);
                    let command = Command::Expire { token: FencingToken(7) };
                    let entry = Entry { term: Term(entry), command };
                    trail.note(time, who, Note::Logged { index: logs[place].len() as u32, entry });
                }
                _ => {
                    let most = logs[place].len();
                    for (index, entry) in logs[place].iter().enumerate().skip(upto[place]) {
                        play.committed.push(Committed { node, index: index as u32, entry: *entry, at });
                    }
                    upto[place] = most;
                    trail.note(time, who, Note::Committed { upto: most as u32 });
                }
            }
            play.after.push((at, leading.clone()));
        }
        let end = Time(acts);
        (play, trail.finish(End::Horizon, end, end))
    }

    fn two_in_one_term(&self) -> Option<Point> {
        let clashes = self.leads.iter().enumerate().filter(|(place, (node, term, _))| {
            self.leads[..*place]
                .iter()
                .any(|(other, its, _)| (group(*other), its) == (group(*node), term) && other != node)
        });
        clashes.map(|(_, (.., at))| *at).min()
    }

    /// Looks at every moment, when all that happens at it has happened.
    fn two_at_once(&self, end: Time) -> Option<Point> {
        let are_two = |time: u64, first: u16| {
            let last = self.after.iter().rfind(|((at, _), _)| *at <= time);
            let terms = last.map_or(BTreeSet::new(), |(_, leading)| {
                let of_group = (0..NODES).filter(|node| group(*node) == first);
                of_group.filter_map(|node| leading[usize::from(node)]).collect()
            });
            terms.len() > 1
        };
        // If both groups come to have two at one moment, the first one is told of.
        let first = |first| (0..=end.0).find(|time| are_two(*time, first)).map(|time| (time, first));
        let (from, whose) = [first(0), first(SECOND)].into_iter().flatten().min()?;
        let until = (from..=end.0).find(|time| !are_two(*time, whose)).unwrap_or(end.0);
        Some((from, until))
    }

    fn loyal(&self) -> impl Iterator<Item = (usize, &Committed)> {
        self.committed.iter().enumerate().filter(|(_, one)| one.node != TRAITOR)
    }

    /// The first time that two nodes of a group differ about a place. What one of them changes is its own matter.
    fn differing(&self) -> Option<Point> {
        let is_clash = |(place, one): &(usize, &Committed)| {
            self.loyal().any(|(earlier, other)| {
                let same = (group(other.node), other.index) == (group(one.node), one.index);
                same && earlier < *place && other.node != one.node && other.entry != one.entry
            })
        };
        self.loyal().find(is_clash).map(|(_, one)| one.at)
    }

    /// The first time that a node commits something else than it had.
    fn changed(&self) -> Option<Point> {
        let clash = |(place, one): (usize, &Committed)| {
            let last = self
                .loyal()
                .filter(|(earlier, other)| *earlier < place && (other.node, other.index) == (one.node, one.index));
            last.last().filter(|(_, last)| last.entry != one.entry).map(|_| one.at)
        };
        self.loyal().filter_map(clash).min()
    }
}
