//! Whole groups with broken links and broken nodes, for a minute each: what the cures cure, and what they do not.

use fencepost_sim::OmissionSide;

use super::group::*;

/// Its figures with six seeds.
fn all(group: impl Fn() -> Group) -> Vec<Figures> {
    (1..=6).map(|seed| Group { seed, ..group() }.figures()).collect()
}

fn half_a_switch() -> Group {
    Group::of(3, 3).cut(&[(1, 3)])
}

#[test]
fn a_healthy_group_elects_nobody_anew() {
    let group = Group::of(5, 2);
    assert_eq!(group.figures(), Figures { elections: 0, usable: 998, twice: false });
    assert!(group.events().len() < 15_000);
}

#[test]
fn without_a_leader_one_is_elected_and_stays() {
    assert!(all(|| Group::of(5, 0)).iter().all(|it| it.elections == 1 && !it.twice));
}

#[test]
fn a_crashed_leader_is_replaced_once() {
    assert!(all(|| Group::of(3, 1).crash(1, 5_000, Some(9_000))).iter().all(|it| it.elections == 1));
}

#[test]
fn a_deaf_leader_reigns_for_ever_unless_it_counts_answers_and_asks_first() {
    let deaf = |prevote, check| all(move || Group::of(3, 1).omission(1, OmissionSide::Receiving).with(prevote, check));
    assert!([deaf(false, false), deaf(true, false)].concat().iter().all(|it| it.elections == 0 && it.usable < 50));
    assert!(deaf(false, true).iter().all(|it| it.elections >= 8 && it.usable < 700));
    assert!(deaf(true, true).iter().all(|it| it.elections == 1 && it.usable >= 900));
}

#[test]
fn one_bad_link_deposes_leaders_for_ever_unless_they_ask_first() {
    for check in [false, true] {
        assert!(all(|| half_a_switch().with(false, check)).iter().all(|it| it.elections >= 30));
        assert!(all(|| half_a_switch().with(true, check)).iter().all(|it| it.elections == 0 && it.usable >= 990));
    }
}

#[test]
fn with_fixed_timeouts_the_change_of_leaders_goes_round_in_a_circle() {
    let fixed = || Group { timeouts: vec![1_000, 1_500, 2_000], ..half_a_switch() };
    let lasso = fixed().lasso().expect("the terms grow and nothing else");
    assert_eq!(lasso.length, super::millis(3_300));
    assert!(half_a_switch().lasso().is_none(), "drawn ones never come round");
}

#[test]
fn the_cure_against_bad_links_kills_where_the_leader_reaches_too_few() {
    let lonely = |prevote, check| {
        all(move || Group::of(5, 4).cut(&[(1, 4), (3, 4), (5, 4)]).crash(5, 0, None).with(prevote, check))
    };
    assert!(lonely(true, false).iter().all(|it| it.elections == 0 && it.usable == 0));
    assert!(lonely(false, false).iter().all(|it| (1..=5).contains(&it.elections) && it.usable >= 800));
    assert!(lonely(true, true).iter().all(|it| it.elections == 1 && it.usable >= 900));
}

#[test]
fn a_vote_that_is_forgotten_is_given_twice() {
    // N1 is elected by N3, which crashes; N2, which never hears of N1, asks N3 again.
    let group = |votes| {
        let group = Group { timeouts: vec![1_000, 1_350, 5_000], ..Group::of(3, 0) };
        let mut group = group.cut(&[(1, 2)]).crash(3, 1_200, Some(1_300));
        group.config.votes = votes;
        group.figures().twice
    };
    assert!(group(super::Memory::Volatile));
    assert!(!group(super::Memory::Stable));
}
