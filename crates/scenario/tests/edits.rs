//! Edits change the lines they concern, keep everything else, and mean what they say.

use fencepost_scenario::model::{Bounds, Declare, FailureModel, FaultSpec, Memory, PauseStart, Role, TimingModel};
use fencepost_scenario::{Document, Edit, EditError};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::CheckMode;

const TEXT: &str = "\
fencepost 1
# a comment at the top
title Naps
until 30s

lock L lease 10s   # short
store S check none
client A at 0s: acquire L; write S
client B at 1s: acquire L; write S

  # faults
pause A at 150ms for 15s # the nap
off crash B at 5s
what is this

expect effect-order held

variant fenced
  store S check ge    # the fence
  pause A at 1s for 2s

variant bare
";

fn pause(name: &str, at: u64, length: u64) -> FaultSpec {
    FaultSpec::Pause {
        participant: name.into(),
        start: PauseStart::At(Time::from_millis(at)),
        length: Duration::from_millis(length),
    }
}

/// The lines an edit took away (`-`) and put in (`+`), in order.
#[track_caller]
fn check(edit: Edit, variant: Option<&str>, expected: &[&str]) {
    check_in(TEXT, edit, variant, expected);
}

#[track_caller]
fn check_in(text: &str, edit: Edit, variant: Option<&str>, expected: &[&str]) {
    let edited = Document::new(text).apply(&edit, variant).expect("the edit is possible");
    let (old, new): (Vec<&str>, Vec<&str>) = (text.split('\n').collect(), edited.lines().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let gone = old[..old.len() - tail].iter().map(|line| format!("-{line}"));
    let come = new[..new.len() - tail].iter().map(|line| format!("+{line}"));
    assert_eq!(gone.chain(come).collect::<Vec<_>>(), expected);
}

#[test]
fn a_fault_is_rewritten_in_its_line() {
    let edit = Edit::ReplaceFault { index: 0, fault: pause("A", 150, 9_500) };
    check(edit, None, &["-pause A at 150ms for 15s # the nap", "+pause A at 150ms for 9500ms # the nap"]);
}

#[test]
fn a_variants_fault_is_rewritten_in_the_variant() {
    let edit = Edit::ReplaceFault { index: 0, fault: pause("A", 1_000, 3_000) };
    check(edit.clone(), Some("fenced"), &["-  pause A at 1s for 2s", "+  pause A at 1s for 3s"]);
    check(edit, Some("bare"), &["-pause A at 150ms for 15s # the nap", "+pause A at 1s for 3s # the nap"]);
}

#[test]
fn a_variants_fault_that_moves_to_another_lane_does_not_uncover_that_of_the_base() {
    let edit = Edit::ReplaceFault { index: 0, fault: pause("B", 1_000, 3_000) };
    check(edit, Some("fenced"), &["-  pause A at 1s for 2s", "+  remove pause A", "+  pause B at 1s for 3s"]);
}

#[test]
fn a_fault_is_removed_with_its_line() {
    check(Edit::RemoveFault { index: 0 }, None, &["-pause A at 150ms for 15s # the nap"]);
    check(Edit::RemoveDisabled { index: 0 }, None, &["-off crash B at 5s"]);
}

#[test]
fn removing_a_variants_fault_does_not_uncover_that_of_the_base() {
    check(Edit::RemoveFault { index: 0 }, Some("fenced"), &["-  pause A at 1s for 2s", "+  remove pause A"]);
}

#[test]
fn a_fault_is_switched_off_and_on() {
    let off = "off pause A at 150ms for 15s # the nap";
    check(Edit::DisableFault { index: 0 }, None, &["-pause A at 150ms for 15s # the nap", &format!("+{off}")]);
    check(Edit::EnableFault { index: 0 }, None, &["-off crash B at 5s", "+crash B at 5s"]);
    check(Edit::DisableFault { index: 0 }, Some("fenced"), &["-  pause A at 1s for 2s", "+  off pause A at 1s for 2s"]);
}

#[test]
fn a_new_fault_follows_the_last_one() {
    check(Edit::AddFault(pause("B", 2_000, 500)), None, &["+pause B at 2s for 500ms"]);
    check(Edit::AddFault(pause("B", 2_000, 500)), Some("fenced"), &["+pause B at 2s for 500ms"]);
}

#[test]
fn a_new_fault_that_the_variant_would_hide_goes_into_the_variant() {
    check(Edit::AddFault(pause("A", 9_000, 500)), Some("fenced"), &["+  pause A at 9s for 500ms"]);
}

#[test]
fn a_first_fault_stands_apart_from_the_participants() {
    let edit = || Edit::AddFault(pause("A", 0, 500));
    let fault = "+pause A at 0s for 500ms";
    let lane = "client A at 0s: work 1s";
    check_in(&format!("fencepost 1\n{lane}\n"), edit(), None, &[fault, "+"]);
    check_in(&format!("fencepost 1\n{lane}"), edit(), None, &["+", fault]);
    check_in(&format!("fencepost 1\n{lane}\n\nexpect grant met"), edit(), None, &[fault, "+"]);
    check_in(&format!("fencepost 1\n{lane}\nexpect grant met\n"), edit(), None, &["+", fault, "+"]);
}

#[test]
fn parameters_are_changed_word_by_word() {
    let check_mode = |check| Edit::SetCheck { store: "S".into(), check };
    check(check_mode(CheckMode::Ge), None, &["-store S check none", "+store S check ge"]);
    let line = "  store S check ge    # the fence";
    check(
        check_mode(CheckMode::Gt),
        Some("fenced"),
        &[&format!("-{line}"), &format!("+{}", line.replace("ge ", "gt "))],
    );
    let lease = |lease| Edit::SetLease { lock: "L".into(), lease };
    check(lease(None), None, &["-lock L lease 10s   # short", "+lock L lease none   # short"]);
    let token = Edit::SetFirstToken { lock: "L".into(), first_token: 33 };
    check(token, None, &["-lock L lease 10s   # short", "+lock L first-token 33 lease 10s   # short"]);
    check(Edit::SetUntil(Time::from_millis(5_000)), None, &["-until 30s", "+until 5s"]);
    check(Edit::SetDelay(Duration::from_millis(5)), None, &["+network delay 5ms"]);
}

#[test]
fn the_data_of_a_lock_service_has_a_check_too() {
    let text = "fencepost 1\nlock L lease 10s\nstore L check same-store\n";
    let edit = Edit::SetCheck { store: "L".into(), check: CheckMode::None };
    check_in(text, edit, None, &["-store L check same-store", "+store L check none"]);
}

#[test]
fn whom_a_store_asks_goes_with_the_question() {
    let text = "fencepost 1\nlock L lease 10s\nstore S check ask-first L max volatile # who\n";
    let check_mode = |check| Edit::SetCheck { store: "S".into(), check };
    let gone = "-store S check ask-first L max volatile # who";
    check_in(text, check_mode(CheckMode::Ge), None, &[gone, "+store S check ge max volatile # who"]);
    check_in(text, check_mode(CheckMode::AskFirst), None, &[]);
    let nobody = text.replace(" L max", " max");
    let gone = "-store S check ask-first max volatile # who";
    check_in(&nobody, check_mode(CheckMode::Mac), None, &[gone, "+store S check mac max volatile # who"]);
}

#[test]
fn a_seed_is_set_where_the_world_is() {
    check(Edit::SetSeed(7), None, &["+seed 7"]);
    check_in("fencepost 1\nseed 1 # luck\n", Edit::SetSeed(7), None, &["-seed 1 # luck", "+seed 7 # luck"]);
}

#[test]
fn a_claim_about_the_world_is_made_and_taken_back() {
    let model = |model| Edit::SetModel(model);
    check(model(Some(TimingModel::Asynchronous)), None, &["+model asynchronous"]);
    check(model(None), None, &[]);
    let text = "fencepost 1\nmodel asynchronous # why\nvariant v\n  failures omission # lossy\n  until 5s\n";
    check_in(text, model(None), None, &["-model asynchronous # why"]);
    let bounds = Bounds { delay: Duration::from_millis(100), pause: Duration::ZERO, drift: 200 };
    let said = "+model synchronous delay 100ms drift 200ppm # why";
    check_in(text, model(Some(TimingModel::Synchronous(bounds))), None, &["-model asynchronous # why", said]);
    let failures = Edit::SetFailures(Some(FailureModel::Byzantine));
    check_in(text, failures, Some("v"), &["-  failures omission # lossy", "+  failures byzantine # lossy"]);
    check_in(text, Edit::SetFailures(None), Some("v"), &["-  failures omission # lossy"]);
}

#[test]
fn a_claim_that_a_variant_takes_back_does_not_uncover_that_of_the_base() {
    let text = "fencepost 1\nfailures omission\nvariant v\n  failures byzantine # all\nvariant w\n  remove failures\n";
    let gone = "-  failures byzantine # all";
    check_in(text, Edit::SetFailures(None), Some("v"), &[gone, "+  remove failures # all"]);
    let edit = Edit::SetFailures(Some(FailureModel::CrashStop));
    check_in(text, edit, Some("w"), &["+  failures crash-stop"]);
}

/// Changes a participant's role as the base view has it.
fn with_role(text: &str, name: &str, change: impl FnOnce(&mut Role)) -> Edit {
    let scenario = Document::new(text).parse().scenario;
    let mut role = scenario.participant(name).expect("it is there").role.clone();
    change(&mut role);
    Edit::SetRole { participant: name.into(), role }
}

#[test]
fn a_participant_is_told_anew_in_its_own_lines() {
    let text = "fencepost 1\nlock L lease 10s # short\n  store L check ge # data\nclient A at 0s: work 1s # busy\n\
        client A renew every 3s # often\nclient A trusts 50%\nmembers N1 N2 heartbeat 1s suspect 5s # both\n";
    let lock = with_role(text, "L", |role| {
        let Role::Lock(spec) = role else { panic!("L is a lock service") };
        (spec.counter, spec.data) = (Memory::Volatile, None);
    });
    let gone = ["-lock L lease 10s # short", "-  store L check ge # data"];
    check_in(text, lock, None, &[gone[0], gone[1], "+lock L lease 10s counter volatile # short"]);
    let client = with_role(text, "A", |role| {
        let Role::Client(spec) = role else { panic!("A is a client") };
        (spec.at, spec.renew_every, spec.trusts) = (Time::from_millis(5), None, 990_000);
    });
    let gone = ["-client A at 0s: work 1s # busy", "-client A renew every 3s # often", "-client A trusts 50%"];
    let come = ["+client A at 5ms: work 1s # busy", "+client A trusts 99%"];
    check_in(text, client, None, &[gone[0], gone[1], gone[2], come[0], come[1]]);
    let members = with_role(text, "N2", |role| {
        let Role::Member(spec) = role else { panic!("N2 is a member") };
        spec.declare = Declare::Majority;
    });
    let gone = "-members N1 N2 heartbeat 1s suspect 5s # both";
    check_in(text, members, None, &[gone, "+members N1 N2 heartbeat 1s suspect 5s declare majority # both"]);
}

#[test]
fn a_participant_stays_of_its_kind() {
    let lock = with_role(TEXT, "L", |_| {});
    let Edit::SetRole { role, .. } = lock else { panic!("it sets a role") };
    let edit = Edit::SetRole { participant: "S".into(), role };
    assert_eq!(Document::new(TEXT).apply(&edit, None), Err(EditError::NoSuchParticipant("S".into())));
}

/// A drag reads each text once; what it is given is what reading would give.
#[test]
fn an_edit_hands_on_what_the_new_text_means() {
    let document = Document::new(TEXT);
    let edit = Edit::ReplaceFault { index: 0, fault: pause("A", 150, 9_500) };
    let edited = document.edited(&document.parse(), &edit, None).expect("the edit is possible");
    assert_eq!(edited.parsed, edited.document.parse());
    assert_eq!(document.apply(&edit, None), Ok(edited.document));
    let typed = Edit::ReplaceText("fencepost 1\nuntil 5s".into());
    let edited = document.edited(&document.parse(), &typed, None).expect("any text can be typed");
    assert_eq!((edited.parsed.scenario.until, edited.parsed.diagnostics.len()), (Time::from_millis(5_000), 0));
}

#[test]
fn what_is_not_there_cannot_be_edited() {
    let error = |edit: Edit, variant| Document::new(TEXT).apply(&edit, variant).expect_err("this cannot be done");
    assert_eq!(error(Edit::RemoveFault { index: 7 }, None), EditError::NoSuchFault(7));
    assert_eq!(error(Edit::RemoveFault { index: 0 }, Some("none")), EditError::NoSuchVariant("none".into()));
    let check = Edit::SetCheck { store: "L".into(), check: CheckMode::Ge };
    assert_eq!(error(check, None), EditError::NoSuchParticipant("L".into()));
}

#[test]
fn what_the_language_cannot_say_is_not_written() {
    let nothing = Edit::AddFault(pause("A", 0, 0));
    let error = Document::new(TEXT).apply(&nothing, None).expect_err("a pause of no length is none");
    assert_eq!(error, EditError::CannotSay("this must be longer than nothing".into()));
    let strange = Edit::AddFault(pause("two words", 0, 1));
    assert!(Document::new(TEXT).apply(&strange, None).is_err());
}
