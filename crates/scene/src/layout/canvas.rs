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
    rows: Vec<Vec<u32>>,
    items: Vec<Item>,
    lanes: Vec<Px>,
}

struct Item {
    quad: Quad,
    bounds: Rect,
    /// What covering it costs; `None` if it must not be covered.
    cost: Option<u32>,
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

    /// What it would cost to put something here; `None` if it must not be put here.
    pub fn cost(&self, quad: &Quad) -> Option<u32> {
        let bounds = quad.bounds();
        if !self.holds(&bounds) {
            return None;
        }
        let crossed = self.lanes.iter().filter(|x| bounds.x < **x && **x < bounds.right()).count();
        let (first, last) = rows_of(&bounds);
        let mut sum = LANE_COST * crossed as u32;
        for (number, row) in self.rows.iter().enumerate().take(last + 1).skip(first) {
            if row.len() >= CROWD {
                return None;
            }
            for item in row.iter().map(|index| &self.items[*index as usize]) {
                // What lies in several rows counts once: in the first that both share.
                let shared = rows_of(&item.bounds).0.max(first);
                if shared == number && near(&bounds, &item.bounds) && quad.overlaps(&item.quad) {
                    sum += item.cost?;
                }
            }
        }
        Some(sum)
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
        let index = self.items.len() as u32;
        for row in self.rows[first..=last].iter_mut().filter(|row| row.len() < CROWD) {
            row.push(index);
        }
        self.items.push(Item { quad, bounds, cost });
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

    fn upright(x: i32, y: i32, width: i32, height: i32) -> Quad {
        Quad::upright(Rect { x: Px::new(x), y: Px::new(y), width: Px::new(width), height: Px::new(height) })
    }

    #[test]
    fn words_are_never_covered_and_lines_only_at_a_price() {
        let mut canvas = Canvas::new(Px::new(200), Px::new(2_000), vec![Px::new(150)]);
        canvas.block(upright(0, 0, 50, 20));
        canvas.avoid(upright(60, 0, 5, 1_500), 7);
        assert_eq!(canvas.cost(&upright(40, 10, 10, 10)), None);
        assert_eq!(canvas.cost(&upright(58, 700, 30, 200)), Some(7), "counted once, though it shares many rows");
        assert_eq!(canvas.cost(&upright(140, 30, 20, 10)), Some(LANE_COST));
        assert_eq!(canvas.cost(&upright(190, 30, 20, 10)), None, "outside the picture");
        assert_eq!(canvas.cost(&upright(70, 30, 20, 10)), Some(0));
    }

    #[test]
    fn a_crowd_leaves_no_room_and_is_not_counted_out() {
        let mut canvas = Canvas::new(Px::new(200), Px::new(200), Vec::new());
        for _ in 0..10 * CROWD {
            canvas.avoid(upright(100, 0, 2, 60), 1);
        }
        assert_eq!(canvas.cost(&upright(10, 30, 20, 5)), None, "beside the crowd, in its row");
        assert_eq!(canvas.cost(&upright(10, 130, 20, 5)), Some(0));
        assert!(canvas.rows.iter().all(|row| row.len() <= CROWD));
    }
}
