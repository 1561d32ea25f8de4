//! Directions in whole numbers: of an arrow's tip, and of the line on which words stand.

use crate::px::{Point, Px};

/// A direction: the cosine and sine of an angle, in ten-thousandths. `x` along, `y` down; not longer than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Turn {
    /// The cosine.
    pub x: i32,
    /// The sine.
    pub y: i32,
}

impl Turn {
    /// From left to right.
    pub const LEVEL: Self = Self { x: 10_000, y: 0 };
    /// From bottom to top.
    pub const UPWARD: Self = Self { x: 0, y: -10_000 };

    /// The direction from one point to another; level when they are the same.
    pub fn from_to(from: Point, to: Point) -> Self {
        let (dx, dy) = (i64::from((to.x - from.x).0), i64::from((to.y - from.y).0));
        let length = ((dx * dx + dy * dy) as u64).isqrt() as i64;
        match length {
            0 => Self::LEVEL,
            _ => Self { x: (dx * 10_000 / length) as i32, y: (dy * 10_000 / length) as i32 },
        }
    }

    /// The same line, read from left to right.
    pub fn readable(self) -> Self {
        if self.x < 0 { Self { x: -self.x, y: -self.y } } else { self }
    }

    /// The point `along` further in this direction and `across` to the right of it, which is downwards on a level line.
    pub fn offset(self, from: Point, along: Px, across: Px) -> Point {
        let scaled = |a: i32, b: i32| {
            let sum = i64::from(a) * i64::from(along.0) + i64::from(b) * i64::from(across.0);
            // To the nearest tenth, halves away from zero.
            Px(((sum + 5_000 * sum.signum()) / 10_000) as i32)
        };
        Point { x: from.x + scaled(self.x, -self.y), y: from.y + scaled(self.y, self.x) }
    }
}
