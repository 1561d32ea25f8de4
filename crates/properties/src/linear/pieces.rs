//! Cuts a history into pieces that can be searched, and finds out which operation breaks it.

use std::collections::BTreeSet;

use fencepost_sim::sort_by_rank;

use super::search::{Node, Search};
use super::{Act, Answer, MOST, Op, Order, Place, TooLong};

/// An operation and its place in the history.
type Placed = (usize, Op);

/// Cuts at every moment at which all that had begun had ended. What never ended goes on into all later pieces.
pub(super) fn in_real_time(history: &[Op], order: Order<'_>) -> Answer {
    let ops = relevant(history);
    let (open, ended): (Vec<Placed>, Vec<Placed>) = ops.into_iter().partition(|(_, op)| op.ends.is_none());
    let mut starts: BTreeSet<Node> = BTreeSet::from([(0, 0)]);
    let mut rest = &ended[..];
    while !rest.is_empty() {
        let (piece, later) = rest.split_at(quiet(rest, order));
        let end = last_end(piece);
        let hanging = open.partition_point(|(_, op)| op.begins <= end);
        let ops = match together(&open[..hanging], piece) {
            Ok(ops) => ops,
            Err(too_long) => return Answer::TooLong(too_long),
        };
        let search = Search::new(&ops.list, order);
        let Some(ends) = search.run(&ops.spread(&starts), later.is_empty()) else { return too_many_orders(&ops.list) };
        if ends.is_empty() {
            return first_break(&open[..hanging], piece, &starts, order);
        }
        starts = ops.gathered(&ends);
        rest = later;
    }
    Answer::Fits
}

/// One piece only: without real time an operation can be explained by any other.
pub(super) fn in_program_order(history: &[Op], order: Order<'_>) -> Answer {
    let ops = relevant(history);
    if ops.len() > MOST {
        return Answer::TooLong(TooLong::Operations(ops.len()));
    }
    let fits = |ops: &[Placed]| {
        let list: Vec<Op> = ops.iter().map(|(_, op)| *op).collect();
        let ends = Search::new(&list, order).run(&BTreeSet::from([(0, 0)]), true);
        ends.map(|ends| !ends.is_empty())
    };
    let all_fit = fits(&ops);
    if all_fit == Some(true) {
        return Answer::Fits;
    }
    // Right before an end is where what has begun by then can explain the most.
    let mut breaks = by_end(&ops).into_iter().rev().map(|(place, _)| (place, fits(&before(&ops, place))));
    match (all_fit, breaks.find(|(_, fits)| *fits != Some(false))) {
        (Some(false), Some((place, Some(true)))) => Answer::Breaks(place),
        _ => Answer::TooLong(TooLong::Orders(ops.len())),
    }
}

fn too_many_orders(ops: &[Op]) -> Answer {
    Answer::TooLong(TooLong::Orders(ops.len()))
}

/// In the order of their beginnings, without what constrains nothing: a read without an answer, and a write without one
/// that nobody has seen.
fn relevant(history: &[Op]) -> Vec<Placed> {
    let found = |op: &Op| match op.act {
        Act::Read(value) => op.ends.is_some().then_some(value),
        Act::Write(_) | Act::Take(_) | Act::Clear(_) => None,
    };
    let seen: BTreeSet<u32> = history.iter().filter_map(found).collect();
    let matters = |op: &Op| match op.act {
        _ if op.ends.is_some() => true,
        Act::Read(_) => false,
        Act::Write(value) => seen.contains(&value),
        Act::Take(_) | Act::Clear(_) => true,
    };
    let mut ops: Vec<Placed> = history.iter().copied().enumerate().filter(|(_, op)| matters(op)).collect();
    sort_by_rank(&mut ops, |(_, op)| op.begins);
    ops
}

/// How many operations come before the first moment at which nothing is under way.
fn quiet(ended: &[Placed], order: Order<'_>) -> usize {
    let mut under_way: Place = (0, 0);
    for (count, (_, op)) in ended.iter().enumerate() {
        if count > 0 && op.begins > under_way && is_cut(ended, count, under_way, order) {
            return count;
        }
        under_way = under_way.max(op.ends.unwrap_or(op.begins));
    }
    ended.len()
}

/// Whether all that comes before this place is over before the rest begins, where the one ends and the other begins in
/// the same moment.
fn is_cut(ended: &[Placed], count: usize, last_end: Place, order: Order<'_>) -> bool {
    let (before, after) = ended.split_at(count);
    let touching = after.iter().take_while(|(_, op)| op.begins.0 == last_end.0);
    let ending = || before.iter().filter(|(_, op)| op.ends.is_some_and(|end| end.0 == last_end.0));
    touching.into_iter().all(|(_, next)| ending().all(|(_, op)| order.precedes(op, next)))
}

fn last_end(piece: &[Placed]) -> Place {
    piece.iter().filter_map(|(_, op)| op.ends).max().unwrap_or_default()
}

/// A piece together with what hangs in the air, in the order of beginnings.
struct Together {
    list: Vec<Op>,
    /// Where in the list each of those stands that hang in the air.
    hanging: Vec<usize>,
}

fn together(hanging: &[Placed], piece: &[Placed]) -> Result<Together, TooLong> {
    let mut all: Vec<(Option<usize>, Op)> =
        hanging.iter().enumerate().map(|(number, (_, op))| (Some(number), *op)).collect();
    all.extend(piece.iter().map(|(_, op)| (None, *op)));
    sort_by_rank(&mut all, |(_, op)| op.begins);
    let mut places: Vec<(usize, usize)> =
        all.iter().enumerate().filter_map(|(place, (number, _))| Some(((*number)?, place))).collect();
    sort_by_rank(&mut places, |(number, _)| (*number as u64, 0));
    if all.len() > MOST {
        return Err(TooLong::Operations(all.len()));
    }
    Ok(Together {
        list: all.into_iter().map(|(_, op)| op).collect(),
        hanging: places.into_iter().map(|(_, place)| place).collect(),
    })
}

impl Together {
    /// From the numbers of what hangs in the air to places in the list.
    fn spread(&self, nodes: &BTreeSet<Node>) -> BTreeSet<Node> {
        let placed = |set: u32| {
            let of = self.hanging.iter().enumerate().filter(|(number, _)| set & 1 << number != 0);
            of.fold(0, |places, (_, place)| places | 1 << place)
        };
        nodes.iter().map(|(state, set)| (*state, placed(*set))).fold(BTreeSet::new(), with)
    }

    /// And back.
    fn gathered(&self, nodes: &BTreeSet<Node>) -> BTreeSet<Node> {
        let numbered = |places: u32| {
            let of = self.hanging.iter().enumerate().filter(|(_, place)| places & 1 << **place != 0);
            of.fold(0, |set, (number, _)| set | 1 << number)
        };
        nodes.iter().map(|(state, places)| (*state, numbered(*places))).fold(BTreeSet::new(), with)
    }
}

fn with(mut nodes: BTreeSet<Node>, node: Node) -> BTreeSet<Node> {
    nodes.insert(node);
    nodes
}

/// The first operation of a piece with whose end no order is left.
fn first_break(hanging: &[Placed], piece: &[Placed], starts: &BTreeSet<Node>, order: Order<'_>) -> Answer {
    for (place, end) in by_end(piece) {
        let (open, ended): (Vec<Placed>, Vec<Placed>) =
            until(piece, end).into_iter().partition(|(_, op)| op.ends.is_none());
        // What hangs in the air from before keeps its number, so what was still under way comes behind it.
        let hanging: Vec<Placed> = hanging.iter().filter(|(_, op)| op.begins <= end).copied().chain(open).collect();
        let ops = match together(&hanging, &ended) {
            Ok(ops) => ops,
            Err(too_long) => return Answer::TooLong(too_long),
        };
        match Search::new(&ops.list, order).run(&ops.spread(starts), true) {
            Some(ends) if ends.is_empty() => return Answer::Breaks(place),
            Some(_) => {}
            None => return too_many_orders(&ops.list),
        }
    }
    // Not reached: the last end is that of the whole piece, which has no order.
    Answer::TooLong(TooLong::Orders(piece.len()))
}

/// The operations that have an end, in the order of their ends.
fn by_end(ops: &[Placed]) -> Vec<(usize, Place)> {
    let mut ends: Vec<(usize, Place)> = ops.iter().filter_map(|(place, op)| Some((*place, op.ends?))).collect();
    sort_by_rank(&mut ends, |(_, end)| *end);
    ends
}

/// The history as it looked at this moment: what came later had not begun, or had not ended.
fn until(ops: &[Placed], end: Place) -> Vec<Placed> {
    let begun = ops.iter().filter(|(_, op)| op.begins <= end);
    let then = begun.map(|(place, op)| (*place, Op { ends: op.ends.filter(|its| *its <= end), ..*op }));
    then.filter(|(_, op)| op.ends.is_some() || !matches!(op.act, Act::Read(_))).collect()
}

/// The history as it looked right before the end of this operation.
fn before(ops: &[Placed], last: usize) -> Vec<Placed> {
    let end = ops.iter().find(|(place, _)| *place == last).and_then(|(_, op)| op.ends).unwrap_or_default();
    let open = |op: Op| Op { ends: op.ends.filter(|its| *its < end), ..op };
    until(&ops.iter().map(|(place, op)| (*place, open(*op))).collect::<Vec<_>>(), end)
}
