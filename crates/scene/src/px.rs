//! Lengths and places in the picture, in whole tenths of a pixel.
//!
//! Integers, because a float may be printed or rounded differently on another machine, and a picture is compared byte by
//! byte.

use fencepost_sim::signed;
use std::fmt;
use std::ops::{Add, AddAssign, Deref, Div, Mul, Neg, Sub};

/// A length or a coordinate in tenths of a pixel. Written as pixels: `Px(125)` is `12.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Px(pub i32);

impl Px {
    /// No length.
    pub const ZERO: Self = Self(0);

    /// So many whole pixels.
    pub const fn new(pixels: i32) -> Self {
        Self(pixels * 10)
    }

    /// The nearest length to a number of pixels from a browser; 0 for what is not a number.
    pub fn from_f64(pixels: f64) -> Self {
        Self((pixels * 10.0).round() as i32)
    }

    /// In pixels, for a browser.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / 10.0
    }

    /// For sorting: smaller lengths have smaller ranks.
    pub fn rank(self) -> u64 {
        signed(i64::from(self.0))
    }

    /// The distance from 0.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The point `numerator / denominator` of the way from here to `other`.
    pub fn toward(self, other: Self, numerator: i32, denominator: i32) -> Self {
        let way = i64::from(other.0 - self.0) * i64::from(numerator) / i64::from(denominator.max(1));
        Self(self.0 + way as i32)
    }
}

impl Add for Px {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Px {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Px {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Px {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i32> for Px {
    type Output = Self;
    fn mul(self, factor: i32) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<i32> for Px {
    type Output = Self;
    fn div(self, divisor: i32) -> Self {
        Self(self.0 / divisor)
    }
}

/// Shortest form: `12`, `12.5`, `-0.3`.
impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenth) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        match tenth {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{tenth}"),
        }
    }
}

/// A place; y grows downwards, as time does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// From the left edge.
    pub x: Px,
    /// From the top of the body, which is where the headers end.
    pub y: Px,
}

impl Point {
    /// The point so many pixels from here towards another, or that other one if it is nearer.
    pub fn toward(self, other: Self, pixels: i32) -> Self {
        let (dx, dy) = (i64::from((other.x - self.x).0), i64::from((other.y - self.y).0));
        let length = ((dx * dx + dy * dy) as u64).isqrt() as i32;
        let way = Px::new(pixels).0.min(length);
        Self { x: self.x.toward(other.x, way, length), y: self.y.toward(other.y, way, length) }
    }
}

/// A line of straight stretches, with at most two bends. It needs no heap, for a long run has thousands of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Path {
    corners: [Point; 4],
    length: u8,
}

impl Path {
    /// The line that begins here.
    pub fn from(start: Point) -> Self {
        Self { corners: [start, Point::default(), Point::default(), Point::default()], length: 1 }
    }

    /// The same line, going on to here. A fifth corner takes the place of the fourth.
    pub fn to(mut self, corner: Point) -> Self {
        let place = usize::from(self.length).min(3);
        self.corners[place] = corner;
        self.length = place as u8 + 1;
        self
    }
}

impl Deref for Path {
    type Target = [Point];
    fn deref(&self) -> &[Point] {
        &self.corners[..usize::from(self.length)]
    }
}

/// An upright box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rect {
    /// Its left edge.
    pub x: Px,
    /// Its upper edge.
    pub y: Px,
    /// Its width, never negative.
    pub width: Px,
    /// Its height, never negative.
    pub height: Px,
}

impl Rect {
    /// The box between these edges.
    pub fn between(left: Px, top: Px, right: Px, bottom: Px) -> Self {
        Self { x: left, y: top, width: right - left, height: bottom - top }
    }

    /// The right edge.
    pub fn right(&self) -> Px {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> Px {
        self.y + self.height
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point { x: self.x + self.width / 2, y: self.y + self.height / 2 }
    }

    /// The smallest box around both.
    pub fn union(&self, other: &Self) -> Self {
        Self::between(
            self.x.min(other.x),
            self.y.min(other.y),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_written_as_pixels() {
        let written = [0, 5, -3, 120, 125, -1_204].map(|tenths| Px(tenths).to_string());
        assert_eq!(written, ["0", "0.5", "-0.3", "12", "12.5", "-120.4"]);
    }

    #[test]
    fn a_path_has_the_corners_it_was_given() {
        let corner = |x| Point { x: Px::new(x), y: Px::ZERO };
        let path = Path::from(corner(1)).to(corner(2)).to(corner(3));
        assert_eq!(*path, [corner(1), corner(2), corner(3)]);
        assert_eq!(path.to(corner(4)).to(corner(5)).last(), Some(&corner(5)));
    }

    #[test]
    fn a_browser_s_number_is_rounded_and_nonsense_is_nothing() {
        assert_eq!(Px::from_f64(12.34), Px(123));
        assert_eq!(Px::from_f64(f64::NAN), Px::ZERO);
    }
}
