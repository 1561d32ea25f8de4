//! Where enough of several said yes: a bracket across the lanes of those who had, at the moment at which somebody knew.
//!
//! A leader knows when acknowledgements let it commit, a client when it holds a lock of several keys or when what it does
//! with a register is done. That nobody objects to a heartbeat is no bracket; the leader's band tells it.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{EventId, ParticipantId, sort_by_rank};
use fencepost_vocabulary::{Event, EventKind, Message, Note, ObjectKind, RequestId, RoleKind, Term};

use crate::layout::Ground;
use crate::layout::labels::{Saying, Spot, Spots, measured};
use crate::layout::words::Wording;
use crate::picture::{About, Anchor, Bracket, Key, LabelKind, Tale, Tone, Turn};
use crate::px::{Point, Px};
use crate::view::View;

/// Enough said yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The event at which somebody knew.
    pub event: EventId,
    /// Who had said so, in the order of the lanes.
    pub nodes: Vec<ParticipantId>,
    /// How many could have.
    pub of: usize,
}

/// All of them, in order.
pub fn all(view: &View<'_>) -> Vec<Reached> {
    let mut reader = Reader::default();
    if view.cast.objects.is_empty() && group_size(view) == 0 {
        return Vec::new();
    }
    view.trace.events.iter().filter_map(|event| reader.take(event, view)).collect()
}

fn group_size(view: &View<'_>) -> usize {
    view.cast.members.iter().filter(|member| matches!(member.role, RoleKind::Node { .. })).count()
}

/// What was heard so far.
#[derive(Default)]
struct Reader {
    /// Who leads, in which term.
    leaders: BTreeMap<ParticipantId, Term>,
    /// Up to where a leader knows a follower's log to be as its own, and in which term.
    matched: BTreeMap<(ParticipantId, ParticipantId), (Term, u32)>,
    /// Whose keys a client has, by its request.
    taken: BTreeMap<(ParticipantId, RequestId), BTreeSet<ParticipantId>>,
    /// What a client does with a register: who answered a read, and who keeps what it wrote.
    operations: BTreeMap<ParticipantId, Operation>,
}

#[derive(Default)]
struct Operation {
    got: BTreeSet<ParticipantId>,
    kept: BTreeSet<ParticipantId>,
}

impl Reader {
    fn take(&mut self, event: &Event, view: &View<'_>) -> Option<Reached> {
        let who = event.participant;
        match &event.kind {
            EventKind::Delivered { from, message } => {
                self.hear(who, *from, message);
                None
            }
            EventKind::Noted(note) => self.note(event, note, view),
            EventKind::Crashed { .. } => {
                self.leaders.remove(&who);
                self.operations.remove(&who);
                None
            }
            _ => None,
        }
    }

    fn hear(&mut self, who: ParticipantId, from: ParticipantId, message: &Message) {
        match message {
            Message::Appended { term, matched: Some(index), .. } => {
                let known = self.matched.entry((who, from)).or_insert((*term, *index));
                *known = if known.0 == *term { (*term, known.1.max(*index)) } else { (*term, *index) };
            }
            Message::Taken { request } => {
                self.taken.entry((who, *request)).or_default().insert(from);
            }
            Message::Got { .. } => {
                self.operations.get_mut(&who).map(|it| it.got.insert(from));
            }
            Message::Kept { .. } => {
                self.operations.get_mut(&who).map(|it| it.kept.insert(from));
            }
            _ => {}
        }
    }

    fn note(&mut self, event: &Event, note: &Note, view: &View<'_>) -> Option<Reached> {
        let who = event.participant;
        match note {
            Note::Leads { term } => {
                self.leaders.insert(who, *term);
                None
            }
            Note::StepsDown { .. } => {
                self.leaders.remove(&who);
                None
            }
            Note::Committed { upto } => {
                let term = *self.leaders.get(&who)?;
                let others = self
                    .matched
                    .iter()
                    .filter(|((leader, _), known)| (*leader, known.0) == (who, term) && known.1 >= *upto);
                let mut nodes: Vec<ParticipantId> = others.map(|((_, follower), _)| *follower).collect();
                nodes.push(who);
                reached(event, nodes, group_of(who, view))
            }
            Note::Holds { lock, request, .. } => {
                let object = view.cast.object(*lock).filter(|it| matches!(it.kind, ObjectKind::Keys { .. }))?;
                let nodes = self.taken.remove(&(who, *request))?;
                reached(event, nodes.into_iter().collect(), object.nodes.len())
            }
            Note::Began { object, .. } if is_register(*object, view) => {
                self.operations.insert(who, Operation::default());
                None
            }
            Note::Ended { object, .. } if is_register(*object, view) => {
                let Operation { got, kept } = self.operations.remove(&who)?;
                let nodes = if kept.is_empty() { got } else { kept };
                reached(event, nodes.into_iter().collect(), view.cast.object(*object)?.nodes.len())
            }
            _ => None,
        }
    }
}

fn is_register(object: ParticipantId, view: &View<'_>) -> bool {
    view.cast.object(object).is_some_and(|object| object.kind == ObjectKind::Register)
}

/// How many nodes there are in the group of this one.
pub fn group_of(node: ParticipantId, view: &View<'_>) -> usize {
    let group = |id: ParticipantId| match view.cast.member(id)?.role {
        RoleKind::Node { group, .. } => Some(group),
        _ => None,
    };
    let own = group(node);
    view.cast.iter().filter(|(id, _)| own.is_some() && group(*id) == own).count()
}

fn reached(event: &Event, mut nodes: Vec<ParticipantId>, of: usize) -> Option<Reached> {
    sort_by_rank(&mut nodes, |node| (u64::from(node.0), 0));
    (nodes.len() > 1).then_some(Reached { event: event.id, nodes, of })
}

/// All brackets.
pub fn draw(ground: &Ground<'_>) -> (Vec<Bracket>, Vec<Saying>) {
    let told = |it: &&Reached| !ground.story.quiet.contains(&it.event);
    all(ground.view).iter().filter(told).filter_map(|it| Some((bracket(it, ground)?, saying(it, ground)?))).unzip()
}

fn bracket(reached: &Reached, ground: &Ground<'_>) -> Option<Bracket> {
    let event = ground.view.trace.events.get(reached.event.index())?;
    Some(Bracket {
        key: Key::of(&[50, u64::from(event.participant.0), u64::from(reached.event.0)]),
        about: About { event: Some(event.id), fault: None, participant: Some(event.participant) },
        y: ground.map.y(event.time),
        ticks: reached.nodes.iter().filter_map(|node| ground.lane(*node)).collect(),
        home: ground.lane(event.participant)?,
        tone: ground.past.tone(event.id),
        tale: Tale::Quorum(event.id),
    })
}

/// How many of how many, above the line, in the middle of one of the gaps it crosses.
fn saying(reached: &Reached, ground: &Ground<'_>) -> Option<Saying> {
    let bracket = bracket(reached, ground)?;
    let (left, right) = bracket.breadth();
    let mut lanes: Vec<Px> = ground.columns.lanes.iter().map(|lane| lane.x).collect();
    lanes.retain(|x| left <= *x && *x <= right);
    sort_by_rank(&mut lanes, |x| (x.rank(), 0));
    let gaps = lanes.windows(2).map(|pair| pair[0].toward(pair[1], 1, 2));
    let spots = gaps.zip(0_u32..).flat_map(|(x, cost)| {
        let spot = move |down: i32, dear: u32| Spot {
            at: Point { x, y: bracket.y + Px::new(down) },
            anchor: Anchor::Middle,
            turn: Turn::LEVEL,
            cost: cost + dear,
        };
        [spot(-5, 0), spot(14, 1)]
    });
    let count = format!("{} of {}", reached.nodes.len(), reached.of);
    Some(Saying {
        key: Key::of(&[51, bracket.key.0]),
        about: bracket.about,
        kind: LabelKind::Note,
        tone: bracket.tone,
        forms: measured([Wording::plain(count)], LabelKind::Note, Tone::Plain),
        spots: Spots::Listed(spots.collect()),
        room: Px::new(100),
        rank: 4,
    })
}
