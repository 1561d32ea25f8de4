//! What texts mean, and what is said about those that mean nothing.

use fencepost_scenario::model::{Claim, ClientSpec, DelayRange, Expectation, FaultSpec, ProgramStep, Role, WriteValue};
use fencepost_scenario::{Document, Scenario, Severity, print, print_fault};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::{CheckMode, PropertyKind};

const GONE_WRONG: &str = "\
fencepost 1
title A lock gone wrong
about Client A falls asleep holding the lock. The lock service does nothing wrong, and the file is corrupted all the same.
until 30s
network delay 50ms

lock L lease 10s first-token 33
store S check none
client A at 0s: acquire L; work 50ms; write S
client B at 1s: acquire L; work 100ms; write S

pause A at 150ms for 15s

expect effect-order violated at 15200ms
expect lock-exclusion held

variant fenced \"Fence at the storage\"
  store S check ge
  expect effect-order held
  expect grant(B) met
";

/// The diagnostics of a text, one a line, without its missing first line.
fn said(body: &str) -> Vec<String> {
    let text = format!("fencepost 1\n{body}");
    Document::new(text).parse().diagnostics.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(said(body).join("\n"), expected, "for:\n{body}");
}

#[test]
fn a_whole_scenario_is_understood() {
    let parsed = Document::new(GONE_WRONG).parse();
    assert_eq!(parsed.diagnostics, []);
    let scenario = parsed.scenario;
    assert_eq!(scenario.title, "A lock gone wrong");
    assert_eq!(
        (scenario.until, scenario.delay),
        (Time::from_millis(30_000), DelayRange::fixed(Duration::from_millis(50)))
    );
    assert_eq!(scenario.participants.iter().map(|one| one.name.as_str()).collect::<String>(), "LSAB");
    assert_eq!(scenario.faults.len(), 1);
    assert_eq!(scenario.expectations.len(), 2);
    assert_eq!(scenario.variants[0].title, "Fence at the storage");
}

#[test]
fn a_variant_replaces_what_has_its_key_and_keeps_only_its_own_claims() {
    let parsed = Document::new(GONE_WRONG).parse();
    let view = parsed.view(Some("fenced")).expect("the variant is there");
    let store = view.scenario.participant("S").map(|store| &store.role);
    assert!(matches!(store, Some(Role::Store(spec)) if spec.check == CheckMode::Ge));
    assert_eq!(view.scenario.expectations.len(), 2);
    assert_eq!(view.lines.participants, [6, 17, 8, 9]);
    assert_eq!((view.lines.faults, view.lines.expectations), (vec![11], vec![18, 19]));
    assert_eq!(parsed.scenario.view(Some("fenced")), Some(view.scenario));
    assert_eq!(parsed.scenario.view(Some("nobody")), None);
}

#[test]
fn printing_a_scenario_and_reading_it_again_changes_nothing() {
    let scenario = Document::new(GONE_WRONG).parse().scenario;
    let again = Document::new(print(&scenario)).parse();
    assert_eq!((again.scenario, again.diagnostics), (scenario, vec![]));
}

#[test]
fn the_canonical_text_of_a_canonical_scenario_is_itself() {
    assert_eq!(print(&Document::new(GONE_WRONG).parse().scenario), GONE_WRONG);
}

#[test]
fn programs_say_everything_in_one_line() {
    let text = "fencepost 1\nlock L lease 10s\nstore S check ge\nclient C at 0s: acquire L retry 1s; check lease margin 500ms; \
                write S x3 pipelined; read S; work 8900ms; write S read+1; announce S; release L\nclient C renew every 3s\n";
    let parsed = Document::new(text).parse();
    assert_eq!(parsed.diagnostics, []);
    let Role::Client(client) = &parsed.scenario.participants[2].role else { panic!("C is a client") };
    assert_eq!(client.renew_every, Some(Duration::from_secs(3)));
    assert_eq!(client.program.len(), 8);
    let update = ProgramStep::Write {
        store: "S".into(),
        at: None,
        value: WriteValue::ReadPlus(1),
        times: 1,
        pipelined: false,
        token: None,
        patience: Default::default(),
    };
    assert_eq!(client.program[5], update);
}

#[test]
fn renewing_may_be_said_in_the_first_line() {
    let long = "fencepost 1\nlock L lease 10s\nclient C at 0s: acquire L\nclient C renew every 3s\n";
    let short = "fencepost 1\nlock L lease 10s\nclient C at 0s renew every 3s: acquire L\n";
    assert_eq!(Document::new(long).parse().scenario, Document::new(short).parse().scenario);
}

#[test]
fn a_store_with_the_name_of_a_lock_is_its_data() {
    let parsed = Document::new("fencepost 1\nlock L lease 10s\nstore L check same-store\n").parse();
    let Role::Lock(lock) = &parsed.scenario.participants[0].role else { panic!("L is a lock service") };
    assert_eq!(lock.data.as_ref().map(|data| data.check), Some(CheckMode::SameStore));
    assert_eq!((parsed.lines.base.participants, parsed.lines.base.data), (vec![1], vec![Some(2)]));
}

#[test]
fn a_fault_can_be_switched_off() {
    let parsed =
        Document::new("fencepost 1\nclient A at 0s: work 1s\noff pause A at 1s for 2s\ncrash A at 3s\n").parse();
    assert!(matches!(parsed.scenario.disabled[..], [FaultSpec::Pause { .. }]));
    assert!(matches!(parsed.scenario.faults[..], [FaultSpec::Crash { .. }]));
    assert_eq!((parsed.lines.base.disabled, parsed.lines.base.faults), (vec![2], vec![3]));
}

#[test]
fn the_hazard_is_claimed_by_its_interval() {
    let parsed = Document::new("fencepost 1\nexpect belief-overlap from 10100ms to 15250ms\n").parse();
    let interval = Some((Time::from_millis(10_100), Time::from_millis(15_250)));
    let claim = Claim::Seen { interval };
    let expected = Expectation::Property { property: PropertyKind::BeliefOverlap, subject: None, claim };
    assert_eq!(parsed.scenario.expectations, [expected]);
}

#[test]
fn an_unknown_line_is_reported_with_what_was_meant_and_the_rest_is_read() {
    check(
        "client A at 0s: work 1s\npartiton A | B from 1s to 2s\npause A at 1s for 1s",
        "line 3, column 1: `partiton` does not begin a statement; did you mean `partition`?",
    );
    check("client A at 0s: work 1s\npause A at 150 for 1s", "line 3, column 12: `150` needs a unit: us, ms, s or m");
    check(
        "store S check gee",
        "line 2, column 15: expected a way to check writes, but found `gee`; did you mean `ge`?",
    );
}

#[test]
fn a_slip_in_a_step_costs_the_step_and_not_the_lane() {
    let parsed = Document::new("fencepost 1\nlock L lease 10s\nclient A at 0s: aquire L; work 1s; wrok 2s\n").parse();
    let Role::Client(client) = &parsed.scenario.participants[1].role else { panic!("A is a client") };
    assert_eq!(client.program, [ProgramStep::Work(Duration::from_secs(1))]);
    assert_eq!(parsed.diagnostics.len(), 2);
}

#[test]
fn words_of_a_later_language_are_named_as_such() {
    check("expect leader held", "line 2, column 8: not yet supported by this version: `leader`");
}

#[test]
fn a_newer_language_and_a_missing_version_are_said() {
    let newer = Document::new("fencepost 3\n").parse().diagnostics;
    assert!(newer[0].message.starts_with("fencepost 3 is newer than this copy, which reads versions 1 to 2"));
    let missing = Document::new("until 5s\n").parse();
    assert_eq!(missing.diagnostics[0].message, "a scenario begins with the line `fencepost 1`");
    assert_eq!(missing.scenario.until, Time::from_millis(5_000));
    assert_eq!(Document::new("").parse().diagnostics.len(), 1);
}

#[test]
fn names_that_point_nowhere_are_said_and_kept() {
    let body = "store S check ge\nclient A at 0s: write Q; acquire S\npause Bob at 1s for 1s";
    check(
        body,
        "line 3, column 23: there is no participant `Q`\n\
         line 3, column 34: `S` is no lock service\n\
         line 4, column 7: there is no participant `Bob`",
    );
}

#[test]
fn a_variant_is_reviewed_in_its_own_lines_only() {
    check(
        "pause A at 1s for 1s\nvariant v\n  remove crash A\n  pause C at 1s for 1s",
        "line 2, column 7: there is no participant `A`\n\
         line 4, column 3: the base has no `crash A` that could be removed\n\
         line 5, column 9: there is no participant `C`",
    );
}

#[test]
fn what_a_variant_takes_away_from_the_base_is_not_held_against_the_base() {
    check("client A at 0s: work 1s\npause A at 1s for 1s\nvariant v\n  remove client A", "");
}

#[test]
fn columns_are_counted_in_characters() {
    let parsed = Document::new("fencepost 1\nvariant v \"ü\" x\n").parse();
    let place = &parsed.diagnostics[0];
    assert_eq!((place.column, place.length, place.severity), (14, 1, Severity::Error));
}

#[test]
fn nothing_is_overlooked_because_something_else_was_said_too() {
    check(
        "store S\nclient A: work 1s \"\" write S",
        "line 3, column 19: expected `;` or the end of the line, but found `\"\"`",
    );
    check(
        "store S\nclient A: write S x3 x5; write S read+1 read+2",
        "line 3, column 22: `x` is said twice for this write\n\
         line 3, column 41: `read+` is said twice for this write",
    );
    check(
        "store S\nclient A: write S\nnetwork delay A->S 5ms\nnetwork delay A->S 9s",
        "line 5, column 1: this was said in line 4 already; the last one counts",
    );
}

#[test]
fn nobody_is_told_to_say_what_was_said() {
    check("client A at 0s at 5s: work 1s", "line 2, column 16: expected `:` and a program, but found `at`");
}

#[test]
fn a_variant_that_takes_somebody_away_is_told_whose_steps_it_breaks() {
    check(
        "lock L lease 10s\nstore S\nclient A: acquire L; write S\npause A at 1s for 1s\n\nvariant bare\n  remove lock L",
        "line 4, column 19: there is no participant `L` in the variant `bare`",
    );
}

#[test]
fn a_program_behind_renewals_is_told_what_it_lacks() {
    check(
        "client A renew every 3s: work 1s",
        "line 2, column 24: before its program a client needs `at` and a time: `client A at 0s renew every 3s: …`",
    );
}

#[test]
fn what_is_quoted_is_no_word_of_the_language() {
    check("\"until\" 5s", "line 2, column 1: `\"until\"` does not begin a statement; did you mean `until`?");
    check(
        "until \"5s\"",
        "line 2, column 7: `\"5s\"` is not a time; a time is a whole number and a unit, such as `150ms`",
    );
    check(
        "store S\nclient A: write S \"x3\"; work 1s \";\" work 1s",
        "line 3, column 19: expected `;` or the end of the line, but found `\"x3\"`\n\
         line 3, column 33: expected `;` or the end of the line, but found `\";\"`",
    );
}

/// The words that came after the first version: a participant of an old text may be called so.
#[test]
fn words_that_came_later_are_names_all_the_same() {
    let newer = "fifo gst drift wall volatile trusts token ask effect mail payment ping disk synced wiped sever rate jump \
        sync session recheck expiry heartbeat suspect observers report declare messages dawn resend majority mono";
    for name in newer.split_whitespace() {
        check(&format!("store {name}\nclient A: write {name}\npause {name} at 1s for 1s\ncrash {name} at 5s"), "");
    }
}

#[test]
fn one_cut_has_one_key_whichever_side_is_named_first() {
    let body = "client A: work 1s\nclient B: work 1s\nstore S\npartition A B | S from 1s to 2s\n";
    let view = |change: &str| {
        let parsed = Document::new(format!("fencepost 1\n{body}variant v\n  {change}\n")).parse();
        assert_eq!(parsed.diagnostics, [], "{change}");
        parsed
            .view(Some("v"))
            .expect("the variant is there")
            .scenario
            .faults
            .iter()
            .map(print_fault)
            .collect::<Vec<_>>()
    };
    assert_eq!(view("partition S | B A from 3s to 4s"), ["partition S | B A from 3s to 4s"]);
    assert_eq!(view("remove partition S | A B"), [""; 0]);
    assert_eq!(view("partition S -> A B from 3s to 4s").len(), 2);
    assert_eq!(view("partition S | A from 3s to 4s").len(), 2);
}

#[test]
fn what_is_done_to_a_message_that_is_lost_is_said_to_do_nothing() {
    let world = "store S\nclient A: write S x2\ndrop A->S write 1\n";
    let remark = |line| format!("line {line}, column 3: `A->S write 1` is dropped in line 4, so this changes nothing");
    for fault in ["delay A->S write 1 by 1s", "duplicate A->S write 1 after 1s", "hold A->S write 1 until 9s"] {
        check(&format!("{world}variant v\n  {fault}"), &remark(6));
        check(&format!("{world}variant v\n  remove drop A->S write 1\n  {fault}"), "");
        check(&format!("{world}{}", fault.replace("write 1", "write 2")), "");
        check(&format!("{world}off {fault}"), "");
    }
}

#[test]
fn a_variant_within_a_variant_is_remarked_on() {
    let text = "fencepost 1\nvariant a\n  until 5s\n  variant b\n  until 6s\n";
    let parsed = Document::new(text).parse();
    let said: Vec<String> = parsed.diagnostics.iter().map(ToString::to_string).collect();
    let expected =
        "line 4, column 3: variants do not stand within each other, so this line begins a new one beside the last";
    assert_eq!((said, parsed.scenario.variants.len()), (vec![expected.to_owned()], 2));
}

#[test]
fn whoever_is_removed_takes_all_that_is_said_of_it_along() {
    let body = "lock L lease 10s\nclient A at 0s renew every 3s trusts 50%: acquire L\nvariant v\n  remove client A\n  \
        client A at 1s: acquire L";
    check(body, "");
    let view = Document::new(format!("fencepost 1\n{body}")).parse().view(Some("v")).expect("it is there");
    let Role::Client(client) = &view.scenario.participants[1].role else { panic!("A is a client") };
    assert_eq!((client.at, client.renew_every, client.trusts), (Time::from_millis(1_000), None, ClientSpec::WHOLE));
}

#[test]
fn a_group_is_a_line_of_lanes() {
    let text = "fencepost 1\nclient C: ping N2\nmembers N1 N2 N3 heartbeat 1s suspect 5s report C\nstore S\n\
        variant two\n  members N1 N2 heartbeat 1s suspect 5s declare majority\n";
    let parsed = Document::new(text).parse();
    assert_eq!(parsed.diagnostics, []);
    let lanes = |variant| {
        let view = parsed.view(variant).expect("it is there");
        let names: Vec<String> = view.scenario.participants.into_iter().map(|one| one.name).collect();
        (names.join(" "), view.lines.participants)
    };
    assert_eq!(lanes(None), ("C N1 N2 N3 S".to_owned(), vec![1, 2, 2, 2, 3]));
    assert_eq!(lanes(Some("two")), ("C N1 N2 S".to_owned(), vec![1, 5, 5, 3]));
    let Role::Member(spec) = &parsed.scenario.participants[2].role else { panic!("N2 is a member") };
    assert_eq!((spec.members.join(" "), spec.observers.join(" ")), ("N1 N2 N3".to_owned(), "N1 N2 N3".to_owned()));
}

#[test]
fn a_name_that_is_taken_stays_whose_it_was() {
    let body = "store N2\nmembers N1 N2 heartbeat 1s suspect 5s";
    check(body, "line 3, column 1: there is already a `N2`, in line 2; this one is ignored");
    let scenario = Document::new(format!("fencepost 1\n{body}")).parse().scenario;
    assert_eq!(Document::new(print(&scenario)).parse().scenario, scenario);
    assert_eq!(print(&Document::new(GROUP).parse().scenario), GROUP);
}

const GROUP: &str = "fencepost 1\nuntil 60s\nnetwork delay 50ms\n\nmembers N1 N2 heartbeat 1s suspect 5s\n";

#[test]
fn clauses_can_stand_in_any_order_and_are_written_in_one() {
    let line = "lock L sync every 1s recheck off session 3s restart delayed leases volatile counter volatile \
        release blind lock-delay 15s expiry wall first-token 33 lease 10s";
    let scenario = Document::new(format!("fencepost 1\n{line}\n")).parse().scenario;
    let canonical = "lock L lease 10s first-token 33 expiry wall lock-delay 15s release blind counter volatile \
        leases volatile restart delayed session 3s recheck off sync every 1s";
    assert!(print(&scenario).contains(&format!("{canonical}\n")), "{}", print(&scenario));
}

/// `store S guarded-by` has a key of its own: a variant can say the one and leave the other.
#[test]
fn what_guards_a_store_is_said_apart_from_how_it_checks() {
    let base = "store S check none\nstore S guarded-by K L\n";
    let view = |variant: &str| {
        let text = format!("fencepost 2\nlock K lease 5s\nlock L lease 5s\n{base}variant v\n  {variant}\n");
        let parsed = Document::new(text).parse();
        assert_eq!(parsed.diagnostics, [], "{variant}");
        parsed.scenario.view(Some("v")).expect("the variant")
    };
    let guard = |scenario: &Scenario| scenario.guards.iter().map(|one| one.locks.join(" ")).collect::<Vec<_>>();
    let check = |scenario: &Scenario| match scenario.participant("S").map(|one| &one.role) {
        Some(Role::Store(spec)) => Some(spec.check),
        _ => None,
    };
    let fenced = view("store S check ge");
    assert_eq!((guard(&fenced), check(&fenced)), (vec!["K L".to_owned()], Some(CheckMode::Ge)));
    let other = view("store S guarded-by L");
    assert_eq!((guard(&other), check(&other)), (vec!["L".to_owned()], Some(CheckMode::None)));
    assert_eq!(guard(&view("store S guarded-by none")), [""]);
    assert_eq!(guard(&view("remove store S guarded-by")), [""; 0]);
    let gone = view("remove store S");
    assert_eq!((guard(&gone), check(&gone)), (Vec::new(), None));
}

#[test]
fn of_two_lines_about_the_guards_of_a_store_the_first_counts() {
    let text = "fencepost 2\nlock K lease 5s\nlock L lease 5s\nstore S\nstore S guarded-by K K\nstore S guarded-by L\n";
    let parsed = Document::new(text).parse();
    assert_eq!(parsed.scenario.guards.len(), 1);
    assert_eq!(parsed.scenario.guards[0].locks, ["K"]);
    let said: Vec<_> = parsed.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 5, column 22: `K` is named twice",
            "line 6, column 1: this was said in line 5 already; the first one counts"
        ]
    );
}
