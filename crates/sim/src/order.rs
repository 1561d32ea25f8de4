//! One sort for lists of anything.
//!
//! The standard library's sort is made anew for every type it sorts, several kilobytes each time, and the page is
//! downloaded. Here the ranks are sorted, always of one type, and the things follow.

/// What a thing is sorted by: two numbers, the first counting more.
pub type Rank = (u64, u64);

/// Sorts by rank; things of equal rank stay in their order.
pub fn sort_by_rank<T>(list: &mut Vec<T>, rank: impl Fn(&T) -> Rank) {
    let ranks: Vec<Rank> = list.iter().map(rank).collect();
    // Most lists come out of a run, and so in order.
    if ranks.is_sorted() {
        return;
    }
    let order = sorted_places(ranks);
    let mut taken: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    list.extend(order.into_iter().filter_map(|place| taken[place].take()));
}

/// The places of the ranks, from the lowest to the highest.
fn sorted_places(ranks: Vec<Rank>) -> Vec<usize> {
    let mut places: Vec<(Rank, usize)> = ranks.into_iter().enumerate().map(|(place, rank)| (rank, place)).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

/// A signed number as part of a rank.
pub fn signed(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_stay_in_their_order() {
        let mut words = vec!["pear", "fig", "plum", "kiwi", "fir"];
        sort_by_rank(&mut words, |word| (word.len() as u64, 0));
        assert_eq!(words, ["fig", "fir", "pear", "plum", "kiwi"]);
    }

    #[test]
    fn negative_numbers_come_before_positive_ones() {
        let mut numbers = vec![3_i64, -1, 0, i64::MIN, i64::MAX];
        sort_by_rank(&mut numbers, |number| (signed(*number), 0));
        assert_eq!(numbers, [i64::MIN, -1, 0, 3, i64::MAX]);
    }
}
