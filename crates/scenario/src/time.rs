//! Lengths of time as the language writes them: whole numbers with a unit, `15s`, `9500ms`, `250us`.

const UNITS: [(&str, u64); 4] = [("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000)];

/// The longest time the language knows: 24 hours, in microseconds.
pub(crate) const LONGEST_US: u64 = 24 * 60 * 60 * 1_000_000;

/// A length in microseconds, written in the largest unit that is exact: `15s`, `9500ms`, `250us`.
///
/// Minutes begin at two, because people say "60 seconds" and nobody says "1 minute" on such a scale.
pub fn written(micros: u64) -> String {
    let fits = |(_, size): &&(&str, u64)| micros.is_multiple_of(*size) && (*size < 60_000_000 || micros >= 120_000_000);
    let (unit, size) = match micros {
        0 => ("s", 1),
        _ => *UNITS.iter().rev().find(fits).unwrap_or(&UNITS[0]),
    };
    format!("{}{unit}", micros / size)
}

/// The microseconds that a length in the language's words stands for.
pub fn micros(word: &str) -> Option<u64> {
    read(word).ok()
}

/// The microseconds a word stands for, or what is wrong with it.
pub(crate) fn read(word: &str) -> Result<u64, String> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = word.split_at(digits);
    if number.is_empty() {
        return Err(format!("`{word}` is not a time; a time is a whole number and a unit, such as `150ms`"));
    }
    let Some((_, size)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(wrong_unit(word, unit));
    };
    let micros = number.parse::<u64>().ok().and_then(|number| number.checked_mul(*size));
    micros
        .filter(|micros| *micros <= LONGEST_US)
        .ok_or_else(|| format!("`{word}` is longer than 24 hours, the longest time there is"))
}

fn wrong_unit(word: &str, unit: &str) -> String {
    match unit.chars().next() {
        None => format!("`{word}` needs a unit: us, ms, s or m"),
        Some('.' | ',') => format!("`{word}` is not a whole number; use a smaller unit, such as `1500ms` for 1.5 s"),
        Some(_) => format!("`{unit}` is not a unit of time; the units are us, ms, s and m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nicest_exact_unit_is_written() {
        let said = [0, 250, 150_000, 9_500_000, 15_000_000, 60_000_000, 120_000_000].map(written);
        assert_eq!(said, ["0s", "250us", "150ms", "9500ms", "15s", "60s", "2m"]);
    }

    #[test]
    fn what_is_written_can_be_read() {
        for micros in [0, 1, 999, 1_000, 59_999_999, 60_000_000, 61_000_000, 180_000_000, LONGEST_US] {
            assert_eq!(read(&written(micros)), Ok(micros));
        }
    }

    #[test]
    fn a_bad_time_is_explained() {
        assert!(read("15").is_err_and(|said| said.contains("needs a unit")));
        assert!(read("1.5s").is_err_and(|said| said.contains("whole number")));
        assert!(read("15h").is_err_and(|said| said.contains("not a unit")));
        assert!(read("99999999999999999999s").is_err_and(|said| said.contains("24 hours")));
        assert!(read("1441m").is_err_and(|said| said.contains("24 hours")));
    }
}
