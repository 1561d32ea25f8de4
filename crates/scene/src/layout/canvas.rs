//! What is taken already, so that no words are set on top of others.
//!
//! Two kinds of thing stand in the way. Words and boxes of words must never be covered: a place that touches one is no
//! place. Lines, bars and dots should not be: each costs something, and the cheapest place wins. To find what is near, the picture is cut into rows.

use crate::px::{Px, Rect};
use crate::quad::Quad;

/// The height of a row. Most things are smaller and lie in one or two.
const ROW: i32 = 400;

/// So many things in one row leave no room for words there. It also keeps a run of a hundred thousand messages, all
/// under way at once, from being compared each with each.
const CROWD: usize = 96;

/// What is taken.
pub struct Canvas {
    width: Px,
    height: Px,
    rows: Vec<Vec<Entry>>,
    items: Vec<Item>,
    lanes: Vec<Px>,
}

struct Item {
    quad: Quad,
    /// What covering it costs; `None` if it must not be covered.
    cost: Option<u32>,
}

/// An item in one of its rows. All that most questions need stands here, side by side with its neighbours.
struct Entry {
    bounds: Rect,
    /// The first row it lies in.
    first: u32,
    item: u32,
}

/// What covering a lane costs.
const LANE_COST: u32 = 3;

impl Canvas {
    /// An empty picture of this size with lanes at these places.
    pub fn new(width: Px, height: Px, lanes: Vec<Px>) -> Self {
        Self { width, height, rows: Vec::new(), items: Vec::new(), lanes }
    }

    /// Takes a place that must not be covered.
    pub fn block(&mut self, quad: Quad) {
        self.add(quad, None);
    }

    /// Takes a place that costs something to cover.
    pub fn avoid(&mut self, quad: Quad, cost: u32) {
        self.add(quad, Some(cost));
    }

    /// What it would cost to put something here; `None` if it must not be put here, or would cost `limit` or more: whoever
    /// knows a cheaper place need not know how dear this one is.
    pub fn cost_below(&self, quad: &Quad, limit: u32) -> Option<u32> {
        let bounds = quad.bounds();
        if !self.holds(&bounds) {
            return None;
        }
        let crossed = self.lanes.iter().filter(|x| bounds.x < **x && **x < bounds.right()).count();
        let (first, last) = rows_of(&bounds);
        let rows = || self.rows.iter().enumerate().take(last + 1).skip(first);
        if rows().any(|(_, row)| row.len() >= CROWD) {
            return None;
        }
        let mut sum = LANE_COST * crossed as u32;
        for (number, row) in rows() {
            // From the end: what must not be covered was put there last, and settles the question.
            for entry in row.iter().rev().filter(|entry| near(&bounds, &entry.bounds)) {
                // What lies in several rows counts once: in the first that both share.
                let shared = (entry.first as usize).max(first);
                let item = &self.items[entry.item as usize];
                if shared == number && quad.overlaps(&item.quad) {
                    sum += item.cost?;
                    if sum >= limit {
                        return None;
                    }
                }
            }
        }
        (sum < limit).then_some(sum)
    }

    /// Whether a box is inside the picture.
    pub fn holds(&self, bounds: &Rect) -> bool {
        bounds.x >= Px::ZERO && bounds.y >= Px::ZERO && bounds.right() <= self.width && bounds.bottom() <= self.height
    }

    /// The size of the picture.
    pub fn size(&self) -> (Px, Px) {
        (self.width, self.height)
    }

    fn add(&mut self, quad: Quad, cost: Option<u32>) {
        let bounds = quad.bounds();
        let (first, last) = rows_of(&bounds);
        if self.rows.len() <= last {
            self.rows.resize_with(last + 1, Vec::new);
        }
        let item = self.items.len() as u32;
        for row in self.rows[first..=last].iter_mut().filter(|row| row.len() < CROWD) {
            row.push(Entry { bounds, first: first as u32, item });
        }
        self.items.push(Item { quad, cost });
    }
}

/// The first and the last row a box touches.
fn rows_of(bounds: &Rect) -> (usize, usize) {
    let row = |y: Px| (y.0.max(0) / ROW) as usize;
    (row(bounds.y), row(bounds.bottom()))
}

fn near(a: &Rect, b: &Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(canvas: &Canvas, quad: &Quad) -> Option<u32> {
        canvas.cost_below(quad, u32::MAX)
    }

    fn upright(x: i32, y: i32, width: i32, height: i32) -> Quad {
        Quad::upright(Rect { x: Px::new(x), y: Px::new(y), width: Px::new(width), height: Px::new(height) })
    }

    #[test]
    fn words_are_never_covered_and_lines_only_at_a_price() {
        let mut canvas = Canvas::new(Px::new(200), Px::new(2_000), vec![Px::new(150)]);
        canvas.block(upright(0, 0, 50, 20));
        canvas.avoid(upright(60, 0, 5, 1_500), 7);
        assert_eq!(cost(&canvas, &upright(40, 10, 10, 10)), None);
        assert_eq!(cost(&canvas, &upright(58, 700, 30, 200)), Some(7), "counted once, though it shares many rows");
        assert_eq!(cost(&canvas, &upright(140, 30, 20, 10)), Some(LANE_COST));
        assert_eq!(cost(&canvas, &upright(190, 30, 20, 10)), None, "outside the picture");
        assert_eq!(cost(&canvas, &upright(70, 30, 20, 10)), Some(0));
    }

    #[test]
    fn what_is_too_dear_is_as_good_as_forbidden() {
        let mut canvas = Canvas::new(Px::new(200), Px::new(200), vec![Px::new(150)]);
        canvas.avoid(upright(60, 0, 5, 60), 7);
        canvas.avoid(upright(60, 10, 5, 60), 2);
        assert_eq!(canvas.cost_below(&upright(50, 20, 20, 10), 10), Some(9));
        assert_eq!(canvas.cost_below(&upright(50, 20, 20, 10), 9), None);
        assert_eq!(canvas.cost_below(&upright(140, 20, 20, 10), LANE_COST), None, "a lane costs too");
    }

    #[test]
    fn a_crowd_leaves_no_room_and_is_not_counted_out() {
        let mut canvas = Canvas::new(Px::new(200), Px::new(200), Vec::new());
        for _ in 0..10 * CROWD {
            canvas.avoid(upright(100, 0, 2, 60), 1);
        }
        assert_eq!(cost(&canvas, &upright(10, 30, 20, 5)), None, "beside the crowd, in its row");
        assert_eq!(cost(&canvas, &upright(10, 130, 20, 5)), Some(0));
        assert!(canvas.rows.iter().all(|row| row.len() <= CROWD));
    }
}
