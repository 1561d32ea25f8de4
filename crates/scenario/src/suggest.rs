//! "Did you mean …?": the known word nearest to an unknown one.

/// The nearest of `known`, if it is near enough that a reader would call it a slip of the pen.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer words than any of ours are not slips, and comparing them would only cost time.
    if word.chars().count() > 40 {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = 1 + word.chars().count() / 4;
    known
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many insertions, deletions, replacements and swaps of neighbours turn `left` into `right`: the optimal string
/// alignment distance, after Damerau (1964).
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let known = ["pause", "partition", "crash"];
        assert_eq!(nearest("partiton", known), Some("partition"));
        assert_eq!(nearest("Puase", known), Some("pause"));
    }

    #[test]
    fn another_word_is_left_alone() {
        assert_eq!(nearest("quorum", ["pause", "partition", "crash"]), None);
        assert_eq!(nearest("x", ["A"]), None);
    }
}
