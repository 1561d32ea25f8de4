//! Names and letters that look like others.
//!
//! Names are of ASCII letters and digits only, so within them little can be mistaken: `O` and `0`, `l`, `I` and `1`. A
//! letter of another alphabet that looks like one of these makes a word that is none of the language and cannot be a
//! name; whoever reads that must be told why, for the eye sees nothing wrong.

/// A name as the eye takes it: two names that look alike have the same.
pub(crate) fn look_of(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        '0' | 'O' => 'o',
        '1' | 'I' => 'l',
        '-' => '_',
        // The capital is the same shape, a little larger.
        'C' | 'S' | 'V' | 'W' | 'X' | 'Z' => letter.to_ascii_lowercase(),
        other => other,
    });
    letters.collect::<String>().replace("rn", "m").replace("vv", "w")
}

/// Letters of the Cyrillic and the Greek alphabet, each with the ASCII letter that it is drawn like.
const LETTERS: &str = "АAВBЕEКKМMНHОOРPСCТTХXУYЅSІIЈJаaеeоoрpсcхxуyѕsіiјjһhԁdԛqԝwѵv\
    ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoαaνvρpιiκkυu";

/// The ASCII letter that this one of another alphabet looks like.
fn twin_of(letter: char) -> Option<char> {
    if ('\u{ff01}'..='\u{ff5e}').contains(&letter) {
        // The wide forms stand in the order of ASCII.
        return char::from_u32(u32::from(letter) - 0xfee0);
    }
    let mut pairs = LETTERS.chars();
    while let (Some(foreign), Some(own)) = (pairs.next(), pairs.next()) {
        if foreign == letter {
            return Some(own);
        }
    }
    None
}

/// What is to be said of a word with a letter that looks like another: a clause to follow a sentence, or nothing.
pub(crate) fn foreign_letter(word: &str) -> String {
    let found = word.chars().find_map(|letter| Some((letter, twin_of(letter)?)));
    found.map_or_else(String::new, |(letter, twin)| {
        let code = u32::from(letter);
        format!("; the `{letter}` in it only looks like `{twin}`: it is U+{code:04X}, a letter of another alphabet")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eye_takes_some_names_for_one() {
        for (one, other) in [("L0", "LO"), ("A1", "Al"), ("AI", "A1"), ("S", "s"), ("modern", "modem"), ("a-b", "a_b")]
        {
            assert_eq!(look_of(one), look_of(other), "{one} and {other}");
        }
        for (one, other) in [("A", "B"), ("N1", "N2"), ("L", "R"), ("A", "a"), ("S", "S2")] {
            assert_ne!(look_of(one), look_of(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_letter_of_another_alphabet_is_named() {
        assert!(foreign_letter("\u{410}").contains("looks like `A`: it is U+0410"));
        assert!(foreign_letter("\u{441}lient").contains("looks like `c`: it is U+0441"));
        assert!(foreign_letter("\u{ff33}").contains("looks like `S`: it is U+FF33"));
        assert_eq!((foreign_letter("client"), foreign_letter("é")), (String::new(), String::new()));
        assert!(
            LETTERS.chars().count().is_multiple_of(2) && LETTERS.chars().skip(1).step_by(2).all(|own| own.is_ascii())
        );
        assert!(LETTERS.chars().step_by(2).all(|foreign| !foreign.is_ascii()));
    }
}
