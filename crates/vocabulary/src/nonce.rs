//! The number under which a client takes the keys of independent lock nodes: it looks drawn at random, and serves to tell
//! one attempt from another.
//!
//! It is unordered: of two of them nobody can say which is the later one. So it is no fencing token, though it travels in
//! the place of one. The mixing function is that of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).

use fencepost_sim::ParticipantId;

use crate::value::{FencingToken, RequestId};

/// One more than the highest number that is drawn.
const LIMIT: u64 = 1_000_000;

impl FencingToken {
    /// The number of this client's attempt under this request, from 1 to 999,999; always the same one. Two attempts can
    /// have the same by chance, as they can with numbers really drawn.
    pub fn unordered(client: ParticipantId, request: RequestId) -> Self {
        let seed = (u64::from(client.0) << 32) | u64::from(request.0);
        Self(1 + mix(seed) % (LIMIT - 1))
    }
}

fn mix(mut number: u64) -> u64 {
    number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn drawn(client: u16, request: u32) -> u64 {
        FencingToken::unordered(ParticipantId(client), RequestId(request)).0
    }

    #[test]
    fn it_is_the_same_for_ever_and_within_its_limits() {
        assert_eq!((drawn(0, 1), drawn(1, 1)), (652_893, 717_086));
        assert!(
            (0..50)
                .flat_map(|client| (1..50).map(move |request| drawn(client, request)))
                .all(|it| (1..LIMIT).contains(&it))
        );
    }

    #[test]
    fn attempts_differ_and_the_later_one_need_not_be_higher() {
        let attempts: Vec<u64> = (1..10).map(|request| drawn(0, request)).collect();
        assert_eq!(BTreeSet::from_iter(&attempts).len(), attempts.len());
        assert!(!attempts.is_sorted());
    }
}
