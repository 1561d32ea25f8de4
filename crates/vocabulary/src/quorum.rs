//! Quorum arithmetic: how many must agree so that what they agree on can be relied on, although some of them lie.
//!
//! Numbers only. What a group does with a quorum is in `fencepost-protocols`.

/// So many nodes, of which so many make a quorum and so many may lie, or be silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Arithmetic {
    /// How many nodes there are.
    pub n: u32,
    /// How many of them make a quorum.
    pub q: u32,
    /// How many of them may do anything.
    pub f: u32,
}

impl Arithmetic {
    /// How many nodes any two quorums have in common, at least: `2q − n`. Without a quorum there is none to meet.
    pub fn smallest_overlap(self) -> u32 {
        self.q.min(self.n).saturating_mul(2).saturating_sub(self.n)
    }

    /// Whether any two quorums meet in an honest node: `2q − n ≥ f + 1`. Otherwise liars can tell each of two quorums
    /// what it wants to hear.
    pub fn is_safe(self) -> bool {
        self.smallest_overlap() > self.f
    }

    /// Whether the others make a quorum when the liars say nothing: `q ≤ n − f`.
    pub fn is_live(self) -> bool {
        self.n.checked_sub(self.f).is_some_and(|honest| (1..=honest).contains(&self.q))
    }

    /// The smallest quorum that is safe with so many nodes and liars, if there is one.
    pub fn smallest_safe(n: u32, f: u32) -> Option<u32> {
        (1..=n).find(|q| Self { n, q: *q, f }.is_safe())
    }

    /// What it comes to, in a sentence or two for a reader.
    pub fn sentence(self) -> String {
        let Self { n, q, f } = self;
        let liars = match f {
            0 => "nobody lies".to_owned(),
            1 => "one may lie".to_owned(),
            f => format!("{f} may lie"),
        };
        let overlap = match self.smallest_overlap() {
            0 => "need not meet".to_owned(),
            1 => "meet in at least one node".to_owned(),
            number => format!("meet in at least {number} nodes"),
        };
        let safe = if self.is_safe() { "of which one is honest" } else { "and none of these need be honest" };
        let met = if self.smallest_overlap() == 0 { String::new() } else { format!(", {safe}") };
        let live = match self.is_live() {
            true => "The honest ones alone make a quorum.",
            false => "The honest ones alone make no quorum.",
        };
        format!("Of {n} nodes {liars}. Any two quorums of {q} {overlap}{met}. {live}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fewest nodes that two quorums can have in common, found by laying them as far apart as they go.
    fn overlap_by_hand(n: u32, q: u32) -> u32 {
        let first = (1_u32 << q) - 1;
        let second = first << (n - q);
        (first & second).count_ones()
    }

    #[test]
    fn two_quorums_meet_in_as_many_as_they_must() {
        for n in 1..=10 {
            for q in 1..=n {
                assert_eq!(Arithmetic { n, q, f: 0 }.smallest_overlap(), overlap_by_hand(n, q), "{q} of {n}");
            }
        }
    }

    #[test]
    fn a_quorum_can_be_safe_and_live_exactly_if_more_than_three_times_as_many_are_there_as_lie() {
        for n in 3..=10 {
            for f in 0..=n {
                let can_be = (1..=n).any(|q| {
                    let it = Arithmetic { n, q, f };
                    assert_eq!(it.is_safe(), 2 * q > n + f, "{it:?}");
                    assert_eq!(it.is_live(), q + f <= n, "{it:?}");
                    it.is_safe() && it.is_live()
                });
                assert_eq!(can_be, n > 3 * f, "{n} nodes, {f} liars");
            }
        }
    }

    #[test]
    fn the_smallest_safe_quorum_is_a_majority_among_the_honest_and_there_may_be_none() {
        assert_eq!([3, 4, 5].map(|n| Arithmetic::smallest_safe(n, 0)), [2, 3, 3].map(Some));
        assert_eq!([3, 4, 7].map(|n| Arithmetic::smallest_safe(n, 1)), [3, 3, 5].map(Some));
        assert_eq!(Arithmetic::smallest_safe(7, 2), Some(5));
        assert_eq!((Arithmetic::smallest_safe(3, 3), Arithmetic::smallest_safe(0, 0)), (None, None));
    }

    #[test]
    fn nobody_is_no_quorum_and_there_is_none_larger_than_all() {
        let strange = |n, q, f| Arithmetic { n, q, f };
        assert!(!strange(3, 0, 0).is_live() && !strange(3, 0, 0).is_safe());
        assert!(!strange(3, 4, 0).is_live());
        assert_eq!(strange(3, u32::MAX, 0).smallest_overlap(), 3);
        assert!(!strange(1, 1, 2).is_live());
    }

    #[test]
    fn it_can_be_read() {
        let said = |n, q, f| Arithmetic { n, q, f }.sentence();
        assert_eq!(
            said(4, 3, 1),
            "Of 4 nodes one may lie. Any two quorums of 3 meet in at least 2 nodes, of which one is honest. The honest ones alone make a quorum."
        );
        assert_eq!(
            said(3, 2, 1),
            "Of 3 nodes one may lie. Any two quorums of 2 meet in at least one node, and none of these need be honest. The honest ones alone make a quorum."
        );
        assert_eq!(
            said(4, 2, 0),
            "Of 4 nodes nobody lies. Any two quorums of 2 need not meet. The honest ones alone make a quorum."
        );
        assert_eq!(
            said(6, 5, 2),
            "Of 6 nodes 2 may lie. Any two quorums of 5 meet in at least 4 nodes, of which one is honest. The honest ones alone make no quorum."
        );
    }
}
