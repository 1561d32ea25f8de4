//! The lock service's seal on a token: a keyed mix that ties it to the client it was granted to.
//!
//! It stands for a message authentication code and is none: a program of this world has no way to compute it, which is
//! all that matters here. The mixing function is that of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{FencingToken, Seal};

/// What only lock services and stores know.
const SECRET: u64 = 0x6f70_656e_2073_6573;

/// The seal on `token`, granted to `client`.
pub(crate) fn seal(token: FencingToken, client: ParticipantId) -> Seal {
    Seal(mix(mix(SECRET ^ token.0).wrapping_add(u64::from(client.0))))
}

fn mix(mut number: u64) -> u64 {
    number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
