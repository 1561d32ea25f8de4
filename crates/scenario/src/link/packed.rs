//! The short forms: base64url of raw DEFLATE, a dot, and a check.
//!
//! `z.` packs the text alone. `w.` packs it as what follows a list of the language's own words, [`WORDS`], which both
//! ends know: short texts then need no room for words that everybody has. New links are `w.`; old ones open for ever.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::core::{
    CompressionStrategy, CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use crate::link::check;
use crate::link::failure::LinkError;
use crate::parse::limits;

/// The slowest and smallest; texts are short.
const LEVEL: i32 = 10;

/// What a text of the form `w.` is packed behind: each statement of the language once or twice, the commonest last. It
/// never changes, for every link of that form needs it to the letter; a better list is a new form.
const WORDS: &str = include_str!("words-1.txt");

/// The text as a payload of the form `w.`, whose check covers what stands before it too.
pub(crate) fn encode(text: &str, before: &str) -> String {
    let packed = URL_SAFE_NO_PAD.encode(pack(WORDS, text));
    let check = check::check_of(&format!("{before}{packed}"));
    format!("{packed}.{check}")
}

/// The text of a payload of the form `w.` behind this.
pub(crate) fn decode(payload: &str, before: &str) -> Result<String, LinkError> {
    unpack(WORDS, payload, before)
}

/// The text of a payload of the form `z.` behind this.
pub(crate) fn decode_alone(payload: &str, before: &str) -> Result<String, LinkError> {
    unpack("", payload, before)
}

/// What has to be said to get from `before` to `before` followed by `text`. With a code table of its own or with the
/// fixed one, whichever is shorter: a short text may not be worth a table.
fn pack(before: &str, text: &str) -> Vec<u8> {
    let packed = [CompressionStrategy::Default, CompressionStrategy::Fixed].map(|strategy| {
        let flags = create_comp_flags_from_zip_params(LEVEL, 0, strategy as i32);
        let mut compressor = CompressorOxide::new(flags);
        feed(&mut compressor, before.as_bytes(), TDEFLFlush::Sync);
        feed(&mut compressor, text.as_bytes(), TDEFLFlush::Finish)
    });
    let [own, fixed] = packed;
    if fixed.len() < own.len() { fixed } else { own }
}

/// What the compressor says when it is given this.
fn feed(compressor: &mut CompressorOxide, mut input: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut said = Vec::new();
    let mut room = [0; 1024];
    loop {
        let (status, read, written) = compress(compressor, input, &mut room, flush);
        said.extend_from_slice(&room[..written]);
        input = &input[read..];
        // It is done when it says so, or when it leaves room unused.
        if status != TDEFLStatus::Okay || (input.is_empty() && written < room.len()) {
            return said;
        }
    }
}

/// The text that follows `words`.
fn unpack(words: &str, payload: &str, before: &str) -> Result<String, LinkError> {
    let (packed, check) = payload.split_once('.').ok_or(LinkError::Truncated)?;
    if check.len() < check::LENGTH {
        return Err(LinkError::Truncated);
    }
    if !check::matches_behind(before, packed, check) {
        return Err(LinkError::Damaged);
    }
    let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| LinkError::NotBase64)?;
    let start = words.len();
    let mut text = words.as_bytes().to_vec();
    text.resize(start + limits::TEXT, 0);
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, _, written) = decompress(&mut DecompressorOxide::new(), &bytes, &mut text, start, flags);
    match status {
        TINFLStatus::Done => String::from_utf8(text[start..start + written].to_vec()).map_err(|_| LinkError::NotText),
        TINFLStatus::HasMoreOutput => Err(LinkError::TooBig),
        _ => Err(LinkError::NotPacked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_right_check(packed: &str) -> String {
        format!("{packed}.{}", check::check_of(packed))
    }

    #[test]
    fn everything_survives() {
        for text in ["", "fencepost 1\n", "a/b+c%d\té&\"(#)\n\n\n", WORDS] {
            assert_eq!(decode(&encode(text, ""), "").as_deref(), Ok(text));
            let alone = with_right_check(&URL_SAFE_NO_PAD.encode(pack("", text)));
            assert_eq!(decode_alone(&alone, "").as_deref(), Ok(text));
        }
    }

    /// Every link of this form that was ever posted was packed behind exactly these words.
    #[test]
    fn the_words_never_change() {
        assert_eq!((WORDS.len(), check::check_of(WORDS).as_str()), (1961, "1kh1831"));
    }

    #[test]
    fn a_text_that_is_longer_than_the_room_survives() {
        let long: String = (0..40_000_u32).map(|number| format!("{:x} ", number.wrapping_mul(2_654_435_761))).collect();
        let long = &long[..limits::TEXT];
        assert_eq!(decode(&encode(long, ""), "").as_deref(), Ok(long));
    }

    #[test]
    fn a_bomb_is_not_inflated() {
        let bomb = encode(&"x".repeat(limits::TEXT + 1), "");
        assert!(bomb.len() < 1_000);
        assert_eq!(decode(&bomb, ""), Err(LinkError::TooBig));
        assert!(decode(&encode(&"x".repeat(limits::TEXT), ""), "").is_ok());
    }

    #[test]
    fn a_right_check_over_nonsense_is_still_nonsense() {
        for decode in [decode, decode_alone] {
            assert_eq!(decode(&with_right_check("%%%"), ""), Err(LinkError::NotBase64));
            assert_eq!(decode(&with_right_check("____"), ""), Err(LinkError::NotPacked));
        }
        let not_text = URL_SAFE_NO_PAD.encode([0x01, 0x01, 0x00, 0xfe, 0xff, 0xff]);
        assert_eq!(decode(&with_right_check(&not_text), ""), Err(LinkError::NotText));
    }

    /// What stands before the payload can be part of what is checked, and in older links it is not.
    #[test]
    fn the_check_covers_what_stands_before() {
        let (old, new) = (encode("fencepost 1\n", ""), encode("fencepost 1\n", "with=seed+7&"));
        assert!(decode(&old, "with=seed+7&").is_ok() && decode(&new, "with=seed+7&").is_ok());
        for changed in ["with=seed+8&", ""] {
            assert_eq!(decode(&new, changed), Err(LinkError::Damaged));
        }
    }

    /// What one form packed the other does not take for text: the words before it are missing.
    #[test]
    fn the_forms_are_two() {
        let payload = encode("fencepost 1\nuntil 30s\n", "");
        assert_eq!(decode_alone(&payload, ""), Err(LinkError::NotPacked));
    }
}
