//! The one source of chance: a length drawn from a digest of what it is for. Equal digests give equal lengths.
//!
//! There is no generator and no state. Whoever draws feeds a digest with a salt and with what tells this draw from every
//! other, so nothing that happens elsewhere can change it.

use crate::digest::Digest;
use crate::time::Duration;

/// A length from `low` to `high`, both among them, each as likely as the others. `low` where `high` is less.
pub fn drawn(low: Duration, high: Duration, digest: &Digest) -> Duration {
    let span = u128::from(high.0.saturating_sub(low.0)) + 1;
    // The upper half of a product is a number below `span`, evenly drawn.
    Duration(low.0 + ((u128::from(scattered(digest.finish())) * span) >> 64) as u64)
}

/// Spreads every bit of a digest over all bits: FNV alone leaves its upper ones alike for numbers that differ in their
/// last byte. The three lines are the finaliser of splitmix64 (Steele, Lea and Flood, 2014).
fn scattered(digest: u64) -> u64 {
    let mixed = (digest ^ (digest >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
