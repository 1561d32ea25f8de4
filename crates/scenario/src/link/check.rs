//! Seven characters that tell whether a link arrived as it was sent.
//!
//! The CRC-32 (IEEE 802.3) of the characters before it, written in Crockford's base 32, lower case. A CRC finds every
//! error within 32 neighbouring bits, so no single changed character can pass. Reading is strict: no capitals, no `o`
//! for `0`, or two spellings would mean one number.

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many characters a check has.
pub(crate) const LENGTH: usize = 7;

/// The check of these characters.
pub(crate) fn check_of(text: &str) -> String {
    let sum = crc_32(text.as_bytes());
    (0..LENGTH).rev().map(|place| char::from(ALPHABET[(u64::from(sum) >> (5 * place)) as usize % 32])).collect()
}

/// Bit by bit: the tables of a fast one would weigh as much in the page as all the scenarios, for a sum that is made
/// once a link.
fn crc_32(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let shifted = |sum: u32, _| (sum >> 1) ^ (POLYNOMIAL & (sum & 1).wrapping_neg());
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), shifted))
}

/// Whether this has the shape of a check: seven characters of the alphabet, of which the first stands for two bits only.
pub(crate) fn is_one(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte)) && text.as_bytes()[0] < b'4'
}

/// Whether this is the check of these characters.
pub(crate) fn matches(text: &str, check: &str) -> bool {
    // There is one spelling of each number, so comparing the spellings is comparing the numbers.
    check_of(text) == check
}

/// Whether this is the check of these characters behind those before them, or of these alone: lines that somebody put
/// before a finished link by hand are not covered. No damage makes the one into the other.
pub(crate) fn matches_behind(before: &str, text: &str, check: &str) -> bool {
    matches(&format!("{before}{text}"), check) || matches(text, check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_a_crc_32_in_base_32() {
        // The check value of the CRC-32 catalogue for "123456789" is cbf43926.
        assert_eq!(check_of("123456789"), "35z8e96");
        assert_eq!(u32::from_str_radix("cbf43926", 16), Ok(from_base_32("35z8e96")));
    }

    #[test]
    fn a_check_has_a_shape() {
        assert!(is_one("35z8e96") && is_one("0000000"));
        for odd in ["", "35z8e9", "35z8e967", "45z8e96", "35z8e9o", "35Z8e96", "35z8e9é"] {
            assert!(!is_one(odd), "{odd}");
        }
    }

    fn from_base_32(text: &str) -> u32 {
        let digit = |byte| ALPHABET.iter().position(|letter| *letter == byte).expect("a letter of the alphabet");
        text.bytes().fold(0_u64, |sum, byte| sum * 32 + digit(byte) as u64) as u32
    }
}
