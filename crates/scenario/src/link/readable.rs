//! The form a person can type: `t.fencepost+1/until+30s/end`.
//!
//! Lines are divided by `/`, a space is `+`, and what a fragment cannot carry is percent-encoded. The last word tells
//! that nothing was cut off; damage within goes unseen, which is the price of being typed by hand.

use std::fmt::Write;

use crate::link::failure::LinkError;

const END: &str = "/end";

/// The text as a payload.
pub(crate) fn encode(text: &str) -> String {
    format!("{}{END}", encode_lines(text))
}

/// The text of a payload.
pub(crate) fn decode(payload: &str) -> Result<String, LinkError> {
    decode_lines(payload.strip_suffix(END).ok_or(LinkError::Truncated)?)
}

/// Lines without the word that ends a payload: `with=` is written so.
pub(crate) fn encode_lines(text: &str) -> String {
    let mut payload = String::with_capacity(text.len() + text.len() / 8);
    for byte in text.bytes() {
        match byte {
            b'\n' => payload.push('/'),
            b' ' => payload.push('+'),
            b'-' | b'.' | b'_' | b'~' | b':' | b';' | b',' | b'=' | b'@' => payload.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => payload.push(char::from(byte)),
            _ => {
                let _ = write!(payload, "%{byte:02X}");
            }
        }
    }
    payload
}

/// The opposite of [`encode_lines`]. What need not be encoded may still be, and the other way round.
pub(crate) fn decode_lines(payload: &str) -> Result<String, LinkError> {
    decode_with(payload, |byte| match byte {
        b'/' => b'\n',
        b'+' => b' ',
        byte => byte,
    })
}

/// Percent-decoding and nothing else.
pub(crate) fn decode_escapes(payload: &str) -> Result<String, LinkError> {
    decode_with(payload, |byte| byte)
}

fn decode_with(payload: &str, plain: impl Fn(u8) -> u8) -> Result<String, LinkError> {
    let mut bytes = Vec::with_capacity(payload.len());
    let mut rest = payload.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => escaped(rest.next(), rest.next()).ok_or(LinkError::BadEscape)?,
            byte => plain(byte),
        });
    }
    String::from_utf8(bytes).map_err(|_| LinkError::NotText)
}

fn escaped(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// As much of a payload as can be read: what to show of a link that was cut off.
pub(crate) fn salvage(payload: &str) -> Option<String> {
    (0..=payload.len().min(4)).find_map(|cut| {
        let end = payload.len() - cut;
        payload.get(..end).and_then(|rest| decode_lines(rest).ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_can_type_it() {
        assert_eq!(encode("fencepost 1\nuntil 30s"), "fencepost+1/until+30s/end");
        assert_eq!(decode("fencepost+1/drop+A->S+write+1/end").as_deref(), Ok("fencepost 1\ndrop A->S write 1"));
    }

    #[test]
    fn everything_survives() {
        let text = "a/b+c%d\té&\"(#)\n\n\n";
        assert_eq!(decode(&encode(text)).as_deref(), Ok(text));
    }

    #[test]
    fn a_cut_is_seen_and_a_bad_escape_too() {
        assert_eq!(decode("fencepost+1/unt"), Err(LinkError::Truncated));
        assert_eq!(decode("%4/end"), Err(LinkError::BadEscape));
        assert_eq!(decode("%ff/end"), Err(LinkError::NotText));
        assert_eq!(salvage("until+30s/%C3").as_deref(), Some("until 30s\n"));
    }
}
