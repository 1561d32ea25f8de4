//! The search itself, over at most [`super::MOST`] operations.

use std::collections::BTreeSet;

use super::{Act, Allowance, Keeping, Op, Order};

/// How many of these a search may come to. Twenty writes at once can be left in millions, and a picture that is dragged is
/// judged anew for every frame.
pub(super) const MOST_NODES: usize = 25_000;

/// What the rest of a search depends on: the state, and which operations are placed.
pub(super) type Node = (u32, u32);

/// A few operations and which of them must be placed.
pub(super) struct Search<'a> {
    ops: &'a [Op],
    /// For each operation those of the same process that began before it, if only the order of each process counts.
    earlier: Vec<u32>,
    /// For each operation those that must be placed before it.
    preceding: Vec<u32>,
    required: u32,
    reads: u32,
    allowance: &'a Allowance,
}

impl<'a> Search<'a> {
    /// Of operations in the order of their beginnings. Those without an end may be left out.
    pub fn new(ops: &'a [Op], order: Order<'a>) -> Self {
        debug_assert!(ops.len() <= super::MOST);
        let set = |is_in: &dyn Fn(&Op) -> bool| {
            ops.iter().enumerate().filter(|(_, op)| is_in(op)).fold(0, |set, (place, _)| set | 1 << place)
        };
        let earlier = |(place, op): (usize, &Op)| {
            let before = (1_u32 << place) - 1;
            match order.keeping {
                Keeping::RealTime => 0,
                Keeping::Program => before & set(&|other| other.process == op.process),
            }
        };
        let earlier: Vec<u32> = ops.iter().enumerate().map(earlier).collect();
        let preceding = match order.keeping {
            Keeping::RealTime => ops.iter().map(|op| set(&|other| order.precedes(other, op))).collect(),
            Keeping::Program => earlier.clone(),
        };
        Self {
            ops,
            earlier,
            preceding,
            required: set(&|op| op.ends.is_some()),
            reads: set(&|op| matches!(op.act, Act::Read(_))),
            allowance: order.allowance,
        }
    }

    /// All that can be left once everything that must be placed is, from any of these; just one of them if that is enough.
    /// `None` if there are too many ways to look at.
    pub fn run(&self, starts: &BTreeSet<Node>, one_is_enough: bool) -> Option<BTreeSet<Node>> {
        let mut open: Vec<Node> = starts.iter().map(|start| self.with_reads(*start)).collect();
        let (mut seen, mut ends) = (BTreeSet::new(), BTreeSet::new());
        let own = Allowance::of(MOST_NODES);
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            if !own.take() || !self.allowance.take() {
                return None;
            }
            let (state, placed) = node;
            if placed & self.required == self.required {
                ends.insert((state, placed & !self.required));
                if one_is_enough {
                    break;
                }
                continue;
            }
            let next = (0..self.ops.len()).filter_map(|place| self.placed(node, place));
            open.extend(next.map(|next| self.with_reads(next)));
        }
        Some(ends)
    }

    /// Places every read that can come now and is not in anybody's way: it changes nothing, and to wait helps nobody.
    fn with_reads(&self, mut node: Node) -> Node {
        loop {
            let free = (0..self.ops.len()).filter(|place| self.reads & 1 << place != 0);
            let mut harmless = free.filter(|place| self.earlier[*place] & !node.1 == 0);
            match harmless.find_map(|place| self.placed(node, place)) {
                Some(next) => node = next,
                None => return node,
            }
        }
    }

    /// What is left if this operation comes next, if it can.
    fn placed(&self, (state, placed): Node, place: usize) -> Option<Node> {
        let (op, bit) = (&self.ops[place], 1_u32 << place);
        if placed & bit != 0 || !self.is_next(placed, place) {
            return None;
        }
        let after = match op.act {
            Act::Read(value) => (value == state).then_some(state)?,
            Act::Write(value) => value,
            Act::Take(holder) => (state == 0 || state == holder).then_some(holder)?,
            Act::Clear(holder) if state == holder => 0,
            Act::Clear(_) => state,
        };
        // What its process did before and got no answer to has not happened, or it would have its place by now.
        Some((after, placed | bit | self.earlier[place]))
    }

    fn is_next(&self, placed: u32, place: usize) -> bool {
        self.preceding[place] & self.required & !placed == 0
    }
}
