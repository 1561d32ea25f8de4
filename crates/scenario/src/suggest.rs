//! "Did you mean …?": the known word nearest to an unknown one.

/// The nearest of `known`, if it is near enough that a reader would call it a slip of the pen.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    // Longer words than any of ours are not slips, and comparing them would only cost time.
    if word.chars().count() > 40 {
        return None;
    }
    let known = known.iter().copied().filter(|candidate| *candidate != word);
    let word = word.to_ascii_lowercase();
    let allowed = 1 + word.chars().count() / 4;
    let letters: Vec<char> = word.chars().collect();
    known
        // Every letter more or less is one change, so most words are out before they are compared.
        .filter(|candidate| candidate.chars().count().abs_diff(letters.len()) <= allowed)
        .map(|candidate| (distance(&letters, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many insertions, deletions, replacements and swaps of neighbours turn `left` into `right`: the optimal string
/// alignment distance, after Damerau (1964).
fn distance(left: &[char], right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    // Three rows of the table are enough: this one, the last, and for swaps the one before.
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let replaced = last[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let known = ["pause", "partition", "crash"];
        assert_eq!(nearest("partiton", &known), Some("partition"));
        assert_eq!(nearest("Puase", &known), Some("pause"));
        assert_eq!(nearest("no", &["on"]), Some("on"));
    }

    #[test]
    fn another_word_is_left_alone() {
        assert_eq!(nearest("quorum", &["pause", "partition", "crash"]), None);
        assert_eq!(nearest("x", &["A"]), None);
    }
}
