//! Where the lanes stand, and how much of a header fits above each.

use fencepost_scenario::model::{ProgramStep, Role};
use fencepost_sim::{ParticipantId, sort_by_rank};
use fencepost_vocabulary::{Cast, ObjectKind};

use crate::layout::{heads, words};
use crate::picture::{Lane, Side};
use crate::px::Px;
use crate::view::{Options, View};
use crate::width::{Weight, shorten, text_width};

/// Below this width the picture says less.
const NARROW: Px = Px::new(560);
/// Two lanes are at least this far apart, beside the room that bars need.
const CLOSEST: Px = Px::new(56);
/// And at most this far, however wide the picture is.
const FARTHEST: Px = Px::new(280);
/// The room one pair of lease bars needs beside its lane, and each further one.
const BARS: Px = Px::new(48);
const MORE_BARS: Px = Px::new(22);
/// The room a lane without bars needs at the edge of the picture, and a service's, beside which notes stand.
const EDGE: Px = Px::new(30);
const NOTES: Px = Px::new(92);

/// The lanes and what stands left of them.
pub struct Columns {
    /// In the order of the cast.
    pub lanes: Vec<Lane>,
    /// For each lane, the locks it asks for, in order of participants.
    pub locks: Vec<Vec<ParticipantId>>,
    /// The right edge of the ruler's text.
    pub ruler: Px,
    /// The width of the picture.
    pub width: Px,
    /// Whether it says less.
    pub narrow: bool,
}

impl Columns {
    /// Whether lease bars stand beside this lane.
    pub fn has_bars(&self, participant: ParticipantId) -> bool {
        self.locks.get(participant.index()).is_some_and(|locks| !locks.is_empty())
    }
}

/// Whether a picture this wide says less.
pub fn is_narrow(options: &Options) -> bool {
    options.width < NARROW
}

/// Places the lanes: evenly, as far apart as the width allows.
pub fn place(view: &View<'_>, options: &Options, ruler: Px) -> Columns {
    let narrow = is_narrow(options);
    let locks = locks(view);
    let rooms: Vec<Room> = view.cast.iter().map(|(id, _)| Room::of(id, &locks[id.index()], view.cast)).collect();
    let edge = |id: usize| {
        // Beside a client stands what it read, or the name that it has.
        let reads = !view.cast.names.is_empty() || view.cast.objects.iter().any(|it| it.kind == ObjectKind::Register);
        let service = reads || !view.cast.is_client(ParticipantId(id as u16));
        if service && !narrow { NOTES } else { EDGE }
    };
    let left = ruler + Px::new(10) + rooms.first().map_or(EDGE, |room| room.on(Side::Left).max(edge(0)));
    let last = rooms.len().saturating_sub(1);
    let right = rooms.last().map_or(EDGE, |room| room.on(Side::Right).max(edge(last))) + Px::new(6);
    let least: Vec<Px> =
        rooms.windows(2).map(|pair| CLOSEST + pair[0].on(Side::Right) + pair[1].on(Side::Left)).collect();
    let gaps = spread(&least, options.width - left - right);
    let lanes_width = gaps.iter().fold(Px::ZERO, |sum, gap| sum + *gap);
    let width = options.width.max(left + lanes_width + right);
    let mut columns = Columns { lanes: Vec::new(), locks, ruler, width, narrow };
    let mut x = left + (width - left - lanes_width - right) / 2;
    for (place, (id, _)) in view.cast.iter().enumerate() {
        let before = if place == 0 { x * 2 } else { gaps[place - 1] };
        let after = gaps.get(place).copied().unwrap_or((width - x) * 2);
        columns.lanes.push(lane(id, view.cast, x, before.min(after) - Px::new(8), rooms[place].side));
        x += gaps.get(place).copied().unwrap_or_default();
    }
    columns
}

fn lane(id: ParticipantId, cast: &Cast, x: Px, width: Px, bars: Side) -> Lane {
    let (name, roles) =
        cast.member(id).map_or((String::new(), Vec::new()), |it| (it.name.clone(), words::role(&it.role)));
    let size = Px::new(12);
    let fits = roles.iter().find(|role| text_width(role, size, Weight::Regular) <= width).or(roles.last());
    let (heading, is_long) = heads::heading(&name, width);
    Lane {
        participant: id,
        heading,
        is_long,
        name,
        role: fits.map_or(String::new(), |role| shorten(role, size, Weight::Regular, width)),
        x,
        width,
        bars,
        crashed: None,
    }
}

/// The room that a lane's bars need, and on which side.
struct Room {
    side: Side,
    /// How many locks it asks for.
    locks: usize,
}

impl Room {
    /// The bars stand on the side away from the lock, where its grants do not arrive.
    fn of(client: ParticipantId, locks: &[ParticipantId], cast: &Cast) -> Self {
        // What several nodes keep is where the first of them is.
        let keeper =
            |lock: &ParticipantId| cast.object(*lock).and_then(|it| it.nodes.first().copied()).unwrap_or(*lock);
        let side = if locks.first().is_some_and(|lock| keeper(lock) < client) { Side::Right } else { Side::Left };
        Self { side, locks: locks.len() }
    }

    fn on(&self, side: Side) -> Px {
        match self.locks {
            0 => Px::ZERO,
            _ if side != self.side => Px::ZERO,
            more => BARS + MORE_BARS * (more as i32 - 1),
        }
    }
}

/// For each participant, the locks it asks for, in order of participants. Read from the programs and not from what came
/// of them, so that the lanes stand still when a drag decides who gets the lock.
fn locks(view: &View<'_>) -> Vec<Vec<ParticipantId>> {
    let mut locks = vec![Vec::new(); view.cast.members.len()];
    let programs = view.scenario.participants.iter().filter_map(|participant| match &participant.role {
        Role::Client(client) => Some((view.cast.find(&participant.name)?, &client.program)),
        _ => None,
    });
    let wanted = programs.flat_map(|(client, program)| program.iter().map(move |step| (client, step)));
    let asked = wanted.filter_map(|(client, step)| match step {
        ProgramStep::Acquire { lock, .. } => Some((client, view.cast.find(lock)?)),
        _ => None,
    });
    for (client, lock) in asked {
        match locks.get_mut(client.index()) {
            Some(list) if !list.contains(&lock) => list.push(lock),
            _ => {}
        }
    }
    // Being the active one of a pair is a grant to one of the two.
    for (pair, object) in view.cast.objects().filter(|(_, object)| object.kind == ObjectKind::Pair) {
        for node in &object.nodes {
            locks.get_mut(node.index()).into_iter().for_each(|list| list.push(pair));
        }
    }
    locks.iter_mut().for_each(|list| sort_by_rank(list, |lock| (u64::from(lock.0), 0)));
    locks
}

/// Divides `width` into gaps that are as even as they can be when each has its least.
fn spread(least: &[Px], width: Px) -> Vec<Px> {
    let mut order: Vec<usize> = (0..least.len()).collect();
    sort_by_rank(&mut order, |place| ((-least[*place]).rank(), 0));
    let (mut left, mut open) = (width, least.len() as i32);
    let mut gaps = vec![Px::ZERO; least.len()];
    for place in order {
        gaps[place] = least[place].max((left / open).min(FARTHEST));
        left = left - gaps[place];
        open -= 1;
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_even_unless_one_needs_more() {
        let px = |list: &[i32]| list.iter().copied().map(Px::new).collect::<Vec<_>>();
        assert_eq!(spread(&px(&[62, 62, 62]), Px::new(600)), px(&[200, 200, 200]));
        assert_eq!(spread(&px(&[62, 250, 62]), Px::new(450)), px(&[100, 250, 100]));
        assert_eq!(spread(&px(&[62, 62]), Px::new(100)), px(&[62, 62]), "too narrow: the picture grows");
        assert_eq!(spread(&px(&[62, 62]), Px::new(2_000)), px(&[280, 280]), "too wide: it does not sprawl");
    }
}
