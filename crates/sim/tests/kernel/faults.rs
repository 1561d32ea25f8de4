//! Pauses, crashes and partitions. Every interval is half-open.

use crate::puppet::*;
use fencepost_sim::*;

#[test]
fn a_pause_keeps_mail_and_timers_for_later() {
    // B sleeps from 40 ms to 100 ms; its own timer is at 70 ms, A's letters arrive at 60 ms and 65 ms.
    check(
        &[&[(10, Act::Send(1, 'x')), (15, Act::Send(1, 'y'))], &[(70, Act::Steps(1))]],
        vec![pause(1, 40, 60)],
        &[
            "40 ms: B fault starts",
            "60 ms: B has x waiting",
            "65 ms: B has y waiting",
            "100 ms: B fault ends",
            // On waking: what the clock brought, then the mail in the order in which it came; a step that follows from
            // the timer takes its turn behind what was already there.
            "100 ms: B reads x at 100 ms",
            "100 ms: B reads y at 100 ms",
            "100 ms: B steps",
        ],
    );
}

#[test]
fn a_pause_covers_its_first_moment_and_not_its_last() {
    check(
        &[&[(10, Act::Steps(1)), (20, Act::Steps(1)), (30, Act::Steps(1))]],
        vec![pause(0, 10, 10)],
        // The step due at 10 ms waits, the one due at 20 ms does not.
        &["10 ms: A fault starts", "20 ms: A fault ends", "20 ms: A steps", "20 ms: A steps", "30 ms: A steps"],
    );
}

#[test]
fn overlapping_pauses_last_until_the_later_end() {
    check(
        &[&[(30, Act::Steps(1))]],
        vec![pause(0, 10, 100), pause(0, 20, 20)],
        &[
            "10 ms: A fault starts",
            "20 ms: A fault starts",
            "40 ms: A fault ends",
            "110 ms: A fault ends",
            "110 ms: A steps",
        ],
    );
}

#[test]
fn a_pause_can_strike_between_two_steps_of_one_moment() {
    let before_second = Fault::Pause {
        participant: ParticipantId(0),
        start: PauseStart::Before { step: Number(1), ordinal: 2 },
        length: Duration::from_millis(100),
    };
    let before_third = Fault::Pause {
        participant: ParticipantId(0),
        start: PauseStart::Before { step: Number(1), ordinal: 3 },
        length: Duration::from_millis(100),
    };
    check(
        &[&[(10, Act::Steps(3))]],
        vec![before_second, before_third],
        &[
            "10 ms: A steps",
            "10 ms: A fault starts",
            "110 ms: A fault ends",
            "110 ms: A steps",
            // The interrupted step counts once: the next pause is before the third, not before the second again.
            "110 ms: A fault starts",
            "210 ms: A fault ends",
            "210 ms: A steps",
        ],
    );
}

#[test]
fn what_a_crashed_participant_sent_still_arrives_and_what_is_sent_to_it_is_lost() {
    check(
        &[&[(10, Act::Send(1, 'x')), (30, Act::Steps(1))], &[(10, Act::Send(0, 'y'))]],
        vec![crash(0, 20)],
        &["20 ms: A crashes", "60 ms: A loses y", "60 ms: B reads x at 60 ms"],
    );
}

#[test]
fn nobody_wakes_from_a_crash() {
    check(
        &[&[(60, Act::Steps(1))]],
        vec![pause(0, 10, 100), crash(0, 50)],
        &["10 ms: A fault starts", "50 ms: A crashes"],
    );
}

#[test]
fn a_partition_takes_what_is_sent_from_its_first_moment_and_not_what_is_sent_at_its_heal() {
    check(
        &[&[(9, Act::Send(1, 'w')), (10, Act::Send(1, 'x')), (19, Act::Send(1, 'y')), (20, Act::Send(1, 'z'))], &[]],
        vec![partition(&[(0, 1)], 10, 20, PartitionMode::Drop)],
        &[
            "10 ms: network fault starts",
            "10 ms: A sends x in vain",
            "19 ms: A sends y in vain",
            "20 ms: network fault ends",
            "59 ms: B reads w at 59 ms",
            "70 ms: B reads z at 70 ms",
        ],
    );
}

#[test]
fn a_one_way_partition_lets_the_other_way_through() {
    check(
        &[&[(10, Act::Send(1, 'x'))], &[(10, Act::Send(0, 'y'))]],
        vec![partition(&[(0, 1)], 0, 20, PartitionMode::Drop)],
        &[
            "0 ms: network fault starts",
            "10 ms: A sends x in vain",
            "20 ms: network fault ends",
            "60 ms: A reads y at 60 ms",
        ],
    );
}

#[test]
fn where_one_cut_holds_and_another_loses_the_message_is_lost() {
    for (first, second) in [(PartitionMode::Hold, PartitionMode::Drop), (PartitionMode::Drop, PartitionMode::Hold)] {
        check(
            &[&[(10, Act::Send(1, 'x'))], &[]],
            vec![partition(&[(0, 1)], 0, 20, first), partition(&[(0, 1)], 0, 20, second)],
            &[
                "0 ms: network fault starts",
                "0 ms: network fault starts",
                "10 ms: A sends x in vain",
                "20 ms: network fault ends",
                "20 ms: network fault ends",
            ],
        );
    }
}

#[test]
fn held_messages_leave_at_the_heal_and_run_into_the_next_cut() {
    check(
        &[&[(15, Act::Send(1, 'x')), (25, Act::Send(1, 'y'))], &[]],
        vec![partition(&[(0, 1)], 10, 20, PartitionMode::Hold), partition(&[(0, 1)], 20, 30, PartitionMode::Hold)],
        &[
            "10 ms: network fault starts",
            // The second begins before the first ends, so that nothing slips through between two intervals that touch.
            "20 ms: network fault starts",
            "20 ms: network fault ends",
            "30 ms: network fault ends",
            "80 ms: B reads x at 80 ms",
            "80 ms: B reads y at 80 ms",
        ],
    );
}

#[test]
fn an_empty_partition_never_begins() {
    check(
        &[&[(10, Act::Send(1, 'x'))], &[]],
        vec![partition(&[(0, 1)], 10, 10, PartitionMode::Drop)],
        &["60 ms: B reads x at 60 ms"],
    );
}
