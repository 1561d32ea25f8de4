//! Chance that is the same everywhere: the numbers a random campaign feeds on, and the damage it does to a text.
//!
//! A generator of our own, because a campaign must be repeatable on any machine and with any version of any library.

/// SplitMix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
pub struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is at least 1. Slightly uneven, which no test minds.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// Up to `longest` bytes, any.
    pub fn bytes(&mut self, longest: usize) -> Vec<u8> {
        let length = self.below(longest + 1);
        (0..length).map(|_| self.next() as u8).collect()
    }

    /// One of these.
    pub fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// A text with one to four wounds: bytes changed, cut out, doubled, put in, or exchanged with another text's.
    pub fn hurt(&mut self, text: &str, other: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(4) {
            let from = self.below(bytes.len() + 1);
            let to = (from + self.below(12)).min(bytes.len());
            let piece = match self.below(5) {
                0 => vec![self.next() as u8],
                1 => Vec::new(),
                2 => bytes[from..to].repeat(self.below(4)),
                3 => self.one_of(&WORDS).as_bytes().to_vec(),
                _ => {
                    let start = self.below(other.len() + 1);
                    other.as_bytes()[start..(start + self.below(40)).min(other.len())].to_vec()
                }
            };
            bytes.splice(from..to, piece);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// What hurts most: the marks of the language and its extreme numbers.
const WORDS: [&str; 27] = [
    "\n",
    "\n  ",
    "\nvariant v\n  ",
    "remove ",
    "off ",
    "->",
    "|",
    ";",
    ":",
    "(",
    ")",
    "\"",
    "#",
    " # ",
    "x0",
    "x999999999999",
    "; write S x900",
    "18446744073709551615us",
    "99999999999999999999m",
    "\u{feff}",
    "..",
    " +99999999999999999999% ",
    " -18446744073709551615ppm ",
    " token 99999999999999999999 ",
    "\nmembers A A B heartbeat 1us suspect 24m\n",
    ", recover at 0s, disk ",
    "\u{1f512}",
];
