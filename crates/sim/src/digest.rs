//! A digest of a trace that is the same on every machine and in every year.
//!
//! The bytes are an explicit little-endian encoding, never `std::hash`, `usize` or a `Debug` string, and the hash is
//! 64-bit FNV-1a (Fowler, Noll and Vo; <http://www.isthe.com/chongo/tech/comp/fnv/>). It tells runs apart; it is not a
//! signature against someone who wants a collision.

use crate::participant::ParticipantId;
use crate::time::{Duration, LocalTime, Time};

/// An FNV-1a hash in progress.
#[derive(Clone, Debug)]
pub struct Digest(u64);

/// What can be fed to a digest. Two values that differ must feed different bytes.
pub trait Encode {
    /// Feeds this value to `digest`.
    fn encode(&self, digest: &mut Digest);
}

/// The digest of one value.
pub fn digest_of(value: &impl Encode) -> u64 {
    let mut digest = Digest::default();
    value.encode(&mut digest);
    digest.finish()
}

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Feeds bytes, in order.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Feeds one byte: the number of an enum's variant, or a flag.
    pub fn tag(&mut self, tag: u8) {
        self.bytes(&[tag]);
    }

    /// Feeds eight bytes, least significant first.
    pub fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    /// The hash of what was fed.
    pub fn finish(&self) -> u64 {
        self.0
    }
}

impl Encode for u64 {
    fn encode(&self, digest: &mut Digest) {
        digest.number(*self);
    }
}

impl Encode for u32 {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(*self));
    }
}

impl Encode for bool {
    fn encode(&self, digest: &mut Digest) {
        digest.tag(u8::from(*self));
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, digest: &mut Digest) {
        digest.tag(u8::from(self.is_some()));
        if let Some(value) = self {
            value.encode(digest);
        }
    }
}

impl Encode for ParticipantId {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(self.0));
    }
}

impl Encode for Time {
    fn encode(&self, digest: &mut Digest) {
        digest.number(self.0);
    }
}

impl Encode for Duration {
    fn encode(&self, digest: &mut Digest) {
        digest.number(self.0);
    }
}

impl Encode for LocalTime {
    fn encode(&self, digest: &mut Digest) {
        digest.number(self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // Test vectors from the authors' page: the empty string and "foobar".
        assert_eq!(Digest::default().finish(), 0xcbf2_9ce4_8422_2325);
        let mut digest = Digest::default();
        digest.bytes(b"foobar");
        assert_eq!(digest.finish(), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn an_absent_value_is_not_a_zero() {
        assert_ne!(digest_of(&None::<u64>), digest_of(&Some(0u64)));
    }
}
