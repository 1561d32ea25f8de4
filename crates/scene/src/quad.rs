//! Boxes that may be slanted, and whether two of them overlap: along the axes of both (the separating axis theorem), in
//! integers.

use crate::picture::Turn;
use crate::px::{Point, Px, Rect};

/// A box that may be slanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quad {
    /// Its middle.
    pub center: Point,
    /// Half its length along `turn` and half its height across.
    pub half: (Px, Px),
    /// The direction of its length.
    pub turn: Turn,
}

impl Quad {
    /// An upright box.
    pub fn upright(rect: Rect) -> Self {
        Self { center: rect.center(), half: (rect.width / 2, rect.height / 2), turn: Turn::LEVEL }
    }

    /// A line this thick.
    pub fn line(from: Point, to: Point, thickness: Px) -> Self {
        let (dx, dy) = (i64::from((to.x - from.x).0), i64::from((to.y - from.y).0));
        let length = Px(((dx * dx + dy * dy) as u64).isqrt() as i32);
        let center = Point { x: from.x.toward(to.x, 1, 2), y: from.y.toward(to.y, 1, 2) };
        Self { center, half: (length / 2, thickness / 2), turn: Turn::from_to(from, to) }
    }

    /// The smallest upright box around it.
    pub fn bounds(&self) -> Rect {
        let reach = |a: i32, b: i32| {
            let sum = i64::from(a.abs()) * i64::from(self.half.0.0) + i64::from(b.abs()) * i64::from(self.half.1.0);
            Px(((sum + 9_999) / 10_000) as i32)
        };
        let (x, y) = (reach(self.turn.x, self.turn.y), reach(self.turn.y, self.turn.x));
        Rect::between(self.center.x - x, self.center.y - y, self.center.x + x, self.center.y + y)
    }

    /// Whether the two have a point in common that is inside both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let axes = [self.turn, normal(self.turn), other.turn, normal(other.turn)];
        axes.iter().all(|axis| {
            let apart = (dot(*axis, self.center) - dot(*axis, other.center)).abs();
            apart < self.reach_along(*axis) + other.reach_along(*axis)
        })
    }

    fn reach_along(&self, axis: Turn) -> i64 {
        let along = i64::from(axis.x) * i64::from(self.turn.x) + i64::from(axis.y) * i64::from(self.turn.y);
        let across = i64::from(axis.y) * i64::from(self.turn.x) - i64::from(axis.x) * i64::from(self.turn.y);
        (along.abs() * i64::from(self.half.0.0) + across.abs() * i64::from(self.half.1.0)) / 10_000
    }
}

fn normal(turn: Turn) -> Turn {
    Turn { x: -turn.y, y: turn.x }
}

fn dot(axis: Turn, point: Point) -> i64 {
    i64::from(axis.x) * i64::from(point.x.0) + i64::from(axis.y) * i64::from(point.y.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: i32, y: i32) -> Point {
        Point { x: Px::new(x), y: Px::new(y) }
    }

    fn upright(x: i32, y: i32, width: i32, height: i32) -> Quad {
        Quad::upright(Rect { x: Px::new(x), y: Px::new(y), width: Px::new(width), height: Px::new(height) })
    }

    #[test]
    fn boxes_that_only_touch_do_not_overlap() {
        assert!(!upright(0, 0, 10, 10).overlaps(&upright(10, 0, 10, 10)));
        assert!(upright(0, 0, 10, 10).overlaps(&upright(9, 9, 10, 10)));
    }

    #[test]
    fn slanted_boxes_are_compared_as_they_lie() {
        let rising = Quad::line(at(0, 100), at(100, 0), Px::new(4));
        assert!(rising.overlaps(&upright(45, 45, 10, 10)));
        assert!(!rising.overlaps(&upright(80, 80, 15, 15)), "inside its upright bounds, yet beside it");
    }
}
