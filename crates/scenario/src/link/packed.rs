//! The short form: `z.<base64url of raw DEFLATE>.<check>`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::link::check;
use crate::link::failure::LinkError;
use crate::parse::limits;

/// The slowest and smallest; texts are short.
const LEVEL: u8 = 10;

/// The text as a payload.
pub(crate) fn encode(text: &str) -> String {
    let packed = URL_SAFE_NO_PAD.encode(compress_to_vec(text.as_bytes(), LEVEL));
    let check = check::check_of(&packed);
    format!("{packed}.{check}")
}

/// The text of a payload.
pub(crate) fn decode(payload: &str) -> Result<String, LinkError> {
    let (packed, check) = payload.split_once('.').ok_or(LinkError::Truncated)?;
    if check.len() < check::LENGTH {
        return Err(LinkError::Truncated);
    }
    if !check::matches(packed, check) {
        return Err(LinkError::Damaged);
    }
    let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| LinkError::NotBase64)?;
    let text = decompress_to_vec_with_limit(&bytes, limits::TEXT).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooBig,
        _ => LinkError::NotPacked,
    })?;
    String::from_utf8(text).map_err(|_| LinkError::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A payload with these bytes and a right check.
    fn with_check(packed: &str) -> String {
        format!("{packed}.{}", check::check_of(packed))
    }

    #[test]
    fn everything_survives() {
        for text in ["", "fencepost 1\n", "a/b+c%d\té&\"(#)\n\n\n"] {
            assert_eq!(decode(&encode(text)).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_bomb_is_not_inflated() {
        let bomb = encode(&"x".repeat(limits::TEXT + 1));
        assert!(bomb.len() < 1_000);
        assert_eq!(decode(&bomb), Err(LinkError::TooBig));
        assert!(decode(&encode(&"x".repeat(limits::TEXT))).is_ok());
    }

    #[test]
    fn a_right_check_over_nonsense_is_still_nonsense() {
        assert_eq!(decode(&with_check("%%%")), Err(LinkError::NotBase64));
        assert_eq!(decode(&with_check("____")), Err(LinkError::NotPacked));
        let not_text = URL_SAFE_NO_PAD.encode(compress_to_vec(&[0xff], LEVEL));
        assert_eq!(decode(&with_check(&not_text)), Err(LinkError::NotText));
    }
}
