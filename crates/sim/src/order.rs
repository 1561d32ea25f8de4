//! One sort for lists of anything.
//!
//! The standard library's sort is made anew for every type it sorts, several kilobytes each time, and the page is
//! downloaded. Here the ranks are sorted, always of one type, and the things follow.

/// What a thing is sorted by: two numbers, the first counting more.
pub type Rank = (u64, u64);

/// Sorts by rank; things of equal rank stay in their order.
pub fn sort_by_rank<T>(list: &mut [T], rank: impl Fn(&T) -> Rank) {
    let ranks: Vec<(Rank, usize)> = list.iter().map(rank).zip(0..).collect();
    // Most lists come out of a run, and so in order.
    if ordered(&ranks) == ranks.len() {
        return;
    }
    let mut order: Vec<usize> = merged(ranks).into_iter().map(|(_, place)| place).collect();
    // Along each circle of things that take each other's places.
    for start in 0..list.len() {
        let mut place = start;
        while order[place] != start {
            let next = std::mem::replace(&mut order[place], place);
            list.swap(place, next);
            place = next;
        }
        order[place] = place;
    }
}

/// Merges the stretches that are in order already, two by two, until there is only one.
fn merged(mut list: Vec<(Rank, usize)>) -> Vec<(Rank, usize)> {
    loop {
        let mut longer = Vec::with_capacity(list.len());
        let (mut rest, mut pairs) = (&list[..], 0);
        while !rest.is_empty() {
            let (a, after) = rest.split_at(ordered(rest));
            let (b, after) = after.split_at(ordered(after));
            merge(a, b, &mut longer);
            (rest, pairs) = (after, pairs + 1);
        }
        if pairs <= 1 {
            return longer;
        }
        list = longer;
    }
}

/// How many from the beginning are in order.
fn ordered(list: &[(Rank, usize)]) -> usize {
    let breach = list.windows(2).position(|pair| pair[0] > pair[1]);
    breach.map_or(list.len(), |place| place + 1)
}

fn merge(mut a: &[(Rank, usize)], mut b: &[(Rank, usize)], into: &mut Vec<(Rank, usize)>) {
    while let (Some(first), Some(second)) = (a.first(), b.first()) {
        if first <= second {
            into.push(*first);
            a = &a[1..];
        } else {
            into.push(*second);
            b = &b[1..];
        }
    }
    into.extend_from_slice(a);
    into.extend_from_slice(b);
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
    fn any_list_comes_out_as_the_standard_sort_leaves_it() {
        let mut state = 1_u64;
        for length in 0..200 {
            let mut numbers: Vec<u64> = Vec::new();
            for _ in 0..length {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                numbers.push(state >> 58);
            }
            let mut expected: Vec<(u64, usize)> = numbers.iter().copied().zip(0..).collect();
            let mut sorted = expected.clone();
            expected.sort();
            sort_by_rank(&mut sorted, |(number, _)| (*number, 0));
            assert_eq!(sorted, expected, "{length} numbers");
        }
    }

    #[test]
    fn negative_numbers_come_before_positive_ones() {
        let mut numbers = vec![3_i64, -1, 0, i64::MIN, i64::MAX];
        sort_by_rank(&mut numbers, |number| (signed(*number), 0));
        assert_eq!(numbers, [i64::MIN, -1, 0, 3, i64::MAX]);
    }
}
