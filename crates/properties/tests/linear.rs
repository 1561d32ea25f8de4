//! The search for an order, on histories written by hand: what it must accept, what it must not, whom it blames, and
//! where it gives up.

use fencepost_properties::linear::{Act, Allowance, Answer, Keeping, MOST, Op, Place, TooLong, examine, examine_with};

/// An operation of a process, from a moment to another; no second moment, no answer.
fn op(process: u32, act: Act, begins: u64, ends: impl Into<Option<u64>>) -> Op {
    Op { process, act, begins: (begins, 0), ends: ends.into().map(|end| (end, 0)) }
}

/// One after the other, each by itself: a write of every number, and a read of it.
fn one_after_the_other(pairs: u32) -> Vec<Op> {
    let pair = |number: u32| {
        let at = u64::from(number) * 10;
        [op(0, Act::Write(number), at, at + 2), op(1, Act::Read(number), at + 4, at + 6)]
    };
    (1..=pairs).flat_map(pair).collect()
}

#[test]
fn the_reader_who_goes_back_is_the_one_that_breaks_it() {
    let history = [op(0, Act::Write(1), 0, None), op(1, Act::Read(1), 200, 300), op(2, Act::Read(0), 400, 500)];
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Breaks(2));
    assert_eq!(examine(&history, Keeping::Program), Answer::Fits);
}

#[test]
fn what_touches_overlaps_and_what_comes_later_does_not() {
    let reads = |begins| [op(0, Act::Write(1), 0, None), op(1, Act::Read(1), 2, 3), op(2, Act::Read(0), begins, 5)];
    assert_eq!(examine(&reads(3), Keeping::RealTime), Answer::Fits);
    assert_eq!(examine(&reads(4), Keeping::RealTime), Answer::Breaks(2));
}

/// Two clients go on without a pause, each in its own order and in the same moments as the other.
#[test]
fn what_touches_is_ordered_for_one_client_and_not_for_two() {
    let at = |process, act, begins: Place, ends: Place| Op { process, act, begins, ends: Some(ends) };
    let turns = |number| {
        [
            at(0, Act::Write(1), (0, 1), (10, 5)),
            at(1, Act::Read(0), (0, 2), (10, 6)),
            at(0, Act::Read(1), (10, 7), (20, 1)),
            at(1, Act::Read(number), (10, 8), (20, 2)),
        ]
    };
    assert_eq!(examine(&turns(0), Keeping::RealTime), Answer::Fits, "the write may come after both of its reads");
    let led = |end: Place, begin: Place| (end, begin) == ((10, 5), (10, 8));
    assert_eq!(
        examine_with(&turns(0), Keeping::RealTime, &led, &Allowance::default()),
        Answer::Breaks(3),
        "the write led to the second"
    );
    assert_eq!(examine_with(&turns(1), Keeping::RealTime, &led, &Allowance::default()), Answer::Fits);
}

/// Where nothing is under way is seen in a moment that two operations of one client share, too.
#[test]
fn a_long_history_without_a_pause_is_cut_as_well() {
    let turn = |number: u32| {
        let at = u64::from(number) * 10;
        Op { process: 0, act: Act::Write(number), begins: (at, 1), ends: Some((at + 10, 0)) }
    };
    let history: Vec<Op> = (1..=60).map(turn).collect();
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Fits);
}

#[test]
fn blame_falls_on_the_end_that_came_first_wherever_it_stands_in_the_list() {
    let history = [
        op(2, Act::Read(9), 40, 90),
        op(1, Act::Read(0), 40, 50),
        op(0, Act::Write(1), 0, 10),
        op(3, Act::Read(8), 41, 80),
    ];
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Breaks(1));
}

#[test]
fn a_long_history_is_cut_where_nothing_is_under_way() {
    let mut history = one_after_the_other(100);
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Fits);
    history[151].act = Act::Read(75);
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Breaks(151));
    assert_eq!(examine(&history, Keeping::Program), Answer::TooLong(TooLong::Operations(200)));
}

/// What a piece can have left behind is all that it can have left behind, not one of it.
#[test]
fn the_next_piece_begins_with_everything_that_the_last_may_have_left() {
    for (left, first) in [(1, Answer::Fits), (2, Answer::Fits), (0, Answer::Breaks(2))] {
        let writes = [op(0, Act::Write(1), 0, 10), op(1, Act::Write(2), 5, 15), op(2, Act::Read(left), 20, 30)];
        assert_eq!(examine(&writes, Keeping::RealTime), first);
    }
    let both = [
        op(0, Act::Write(1), 0, 10),
        op(1, Act::Write(2), 5, 15),
        op(2, Act::Read(1), 20, 30),
        op(2, Act::Read(2), 40, 50),
    ];
    assert_eq!(examine(&both, Keeping::RealTime), Answer::Breaks(3), "it was one of them, and it was the first");
}

#[test]
fn a_write_without_an_answer_may_happen_at_any_time_and_only_once() {
    let mut history = vec![op(9, Act::Write(1_000), 0, None)];
    history.extend(one_after_the_other(50));
    history.push(op(2, Act::Read(1_000), 1_000, 1_001));
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Fits);
    history.push(op(2, Act::Write(7), 1_010, 1_011));
    history.push(op(2, Act::Read(1_000), 1_020, 1_021));
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Breaks(history.len() - 1));
}

/// Two that hang in the air are told apart from piece to piece, though each piece has them at other places.
#[test]
fn what_hangs_in_the_air_is_the_same_in_every_piece() {
    let mut history = vec![
        op(0, Act::Write(1), 4, None),
        op(1, Act::Write(2), 30, None),
        op(2, Act::Write(3), 0, 10),
        op(2, Act::Read(1), 20, 25),
        op(2, Act::Read(2), 40, 45),
    ];
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Fits);
    history.push(op(2, Act::Read(1), 50, 55));
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Breaks(5));
}

#[test]
fn an_answer_that_never_came_constrains_nothing() {
    let history = [op(0, Act::Read(7), 0, None), op(1, Act::Write(1), 0, 5), op(2, Act::Read(1), 10, 20)];
    for keeping in [Keeping::RealTime, Keeping::Program] {
        assert_eq!(examine(&history, keeping), Answer::Fits);
        assert_eq!(examine(&[], keeping), Answer::Fits);
    }
}

#[test]
fn twenty_at_once_are_searched_and_one_more_is_not() {
    // Each reads what another one writes in the meantime.
    let at_once = |count: usize| -> Vec<Op> {
        let act = |number: u32| if number.is_multiple_of(2) { Act::Write(number + 1) } else { Act::Read(number) };
        (0..count as u32).map(|number| op(number, act(number), u64::from(number), 1_000 + u64::from(number))).collect()
    };
    assert_eq!(examine(&at_once(MOST), Keeping::RealTime), Answer::Fits);
    assert_eq!(examine(&at_once(MOST), Keeping::Program), Answer::Fits);
    for count in [MOST + 1, MOST + 3] {
        for keeping in [Keeping::RealTime, Keeping::Program] {
            assert_eq!(examine(&at_once(count), keeping), Answer::TooLong(TooLong::Operations(count)));
        }
    }
}

/// What hangs in the air explains what was found before the break, too.
#[test]
fn who_found_what_hangs_in_the_air_is_not_the_one_that_breaks_it() {
    let history = [op(0, Act::Write(1), 0, None), op(1, Act::Read(1), 10, 20), op(2, Act::Read(7), 15, 40)];
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Breaks(2));
}

/// Twenty writes at once can be left in any order, which is more than anybody can look at; fewer are looked at.
#[test]
fn too_many_orders_are_too_many() {
    let writes = |count| examine(&written_at_once(count), Keeping::RealTime);
    assert_eq!(writes(10), Answer::Breaks(11));
    assert_eq!(writes(20), Answer::TooLong(TooLong::Orders(20)));
}

/// So many writes at once, then a read of the last of them, and one of the first, which comes too late.
fn written_at_once(count: u32) -> Vec<Op> {
    let mut history: Vec<Op> = (1..=count).map(|number| op(number, Act::Write(number), 0, 10)).collect();
    history.push(op(0, Act::Read(count), 20, 30));
    history.push(op(0, Act::Read(1), 40, 50));
    history
}

/// Each of many stores can be looked through, and all of them together not: then the last ones have no answer.
#[test]
fn the_histories_of_one_run_share_what_may_be_looked_at() {
    let allowance = Allowance::default();
    let store = || examine_with(&written_at_once(10), Keeping::RealTime, &|_, _| false, &allowance);
    let answers: Vec<Answer> = (0..40).map(|_| store()).collect();
    assert_eq!(answers[0], Answer::Breaks(11));
    assert_eq!(answers[39], Answer::TooLong(TooLong::Orders(10)));
    let given_up = answers.iter().position(|answer| *answer != Answer::Breaks(11)).expect("the last one is");
    assert!(answers[given_up..].iter().all(|answer| *answer == answers[39]), "once it is spent it stays so");
}

#[test]
fn a_later_write_explains_an_earlier_read_where_only_the_order_of_each_counts() {
    let mut history = vec![op(0, Act::Read(1), 0, 1), op(1, Act::Write(1), 10, 11)];
    assert_eq!(examine(&history, Keeping::Program), Answer::Fits);
    assert_eq!(examine(&history, Keeping::RealTime), Answer::Breaks(0));
    // But not its own writer's read.
    history[0].process = 1;
    assert_eq!(examine(&history, Keeping::Program), Answer::Breaks(0));
    // Something that never comes right again breaks it where it goes wrong, not where it would have been mended.
    let mixed = [
        op(0, Act::Read(1), 0, 1),
        op(1, Act::Write(1), 10, 11),
        op(0, Act::Read(5), 20, 21),
        op(1, Act::Write(2), 30, 31),
    ];
    assert_eq!(examine(&mixed, Keeping::Program), Answer::Breaks(2));
}

/// A write of a process that went on to something else has happened before that or not at all.
#[test]
fn what_a_process_left_open_does_not_come_behind_what_it_did_next() {
    let history = |read| {
        [
            op(0, Act::Write(1), 0, None),
            op(0, Act::Write(2), 10, 11),
            op(1, Act::Read(2), 20, 21),
            op(1, Act::Read(read), 30, 31),
        ]
    };
    assert_eq!(examine(&history(1), Keeping::Program), Answer::Breaks(3));
    assert_eq!(examine(&history(1), Keeping::RealTime), Answer::Fits);
    assert_eq!(examine(&history(2), Keeping::Program), Answer::Fits);
}

#[test]
fn a_lock_is_taken_when_it_is_free_or_ones_own() {
    let lock = |cleared: u64, holder: u32| {
        [op(0, Act::Take(1), 0, 10), op(9, Act::Clear(holder), cleared, cleared), op(1, Act::Take(2), 20, 40)]
    };
    assert_eq!(examine(&lock(30, 1), Keeping::RealTime), Answer::Fits);
    assert_eq!(examine(&lock(50, 1), Keeping::RealTime), Answer::Breaks(2));
    assert_eq!(examine(&lock(30, 3), Keeping::RealTime), Answer::Breaks(2), "somebody else's");
    let again = [op(0, Act::Take(1), 0, 10), op(0, Act::Take(1), 20, 30)];
    assert_eq!(examine(&again, Keeping::RealTime), Answer::Fits);
}
