//! Runs that go round for ever: what a loop settles, and what it does not.
#![cfg(not(target_arch = "wasm32"))]

use fencepost_lab::{check, run, run_within};
use fencepost_properties::{Evidence, State};
use fencepost_scenario::{Document, Scenario};
use fencepost_sim::{Duration, Limits, Time};
use fencepost_vocabulary::PropertyKind;

fn scenario(text: &str) -> Scenario {
    let parsed = Document::new(format!("fencepost 1\n{text}")).parse();
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    parsed.scenario
}

/// What is said of the grants of a scenario with this text.
fn grants(text: &str) -> Vec<State> {
    let run = run(&scenario(text));
    let grants = run.verdicts.iter().filter(|verdict| verdict.property == PropertyKind::Grant);
    grants.map(|verdict| verdict.state).collect()
}

/// A lock service that is gone for ever, and a client that asks it again every second.
const ASKED_FOR_EVER: &str = "until 60s\nlock L lease 10s\nclient A at 0s: acquire L; work 1s; release L\n\
    client B at 1s: acquire L retry 1s\ncrash L at 500ms\n";

#[test]
fn who_waits_while_the_run_goes_round_waits_for_ever() {
    let length = Duration::from_millis(1_000);
    let stuck = State::Stuck { evidence: Evidence::Lasso { length }, since: Time::from_millis(1_000) };
    assert!(grants(ASKED_FOR_EVER).contains(&stuck), "{:?}", grants(ASKED_FOR_EVER));
}

#[test]
fn a_search_that_was_given_up_is_said_to_be() {
    let said = |lasso_work| {
        let run = run_within(&scenario(ASKED_FOR_EVER), Limits { lasso_work, ..Limits::default() });
        let grants = run.verdicts.into_iter().filter(|verdict| verdict.property == PropertyKind::Grant);
        grants
            .filter(|verdict| verdict.sentence.contains("B asked"))
            .map(|verdict| verdict.sentence)
            .collect::<String>()
    };
    let gave_up = " Whether the run goes round in a circle for ever was not found out within 5 steps.";
    assert!(said(5).ends_with(gave_up) && said(5).matches(gave_up).count() == 1, "{}", said(5));
    assert!(!said(2_000_000).contains("found out"), "it was found");
    // Where the horizon came first nothing was given up.
    let open = ASKED_FOR_EVER.replace("until 60s", "until 1200ms");
    let run = run(&scenario(&open));
    assert!(run.verdicts.iter().all(|verdict| !verdict.sentence.contains("found out")));
}

#[test]
fn a_run_that_still_changes_settles_nothing() {
    // The work ends some day, so no state comes back before it.
    let text =
        ASKED_FOR_EVER.replace("work 1s", "work 70s").replace("crash L at 500ms", "partition B | L from 0s to 60s");
    let open = grants(&text);
    assert!(
        !open.iter().any(|state| matches!(state, State::Stuck { evidence: Evidence::Lasso { .. }, .. })),
        "{open:?}"
    );
    assert!(open.iter().any(|state| matches!(state, State::Stuck { .. } | State::Pending { .. })), "{open:?}");
}

#[test]
fn a_claim_can_name_the_lasso() {
    let text = format!("{ASKED_FOR_EVER}expect grant(B) stuck lasso\nexpect grant(B) stuck quiescent\n");
    let outcomes = check(&scenario(&text));
    assert_eq!(outcomes.iter().map(|outcome| outcome.holds).collect::<Vec<_>>(), [true, false]);
    assert_eq!(outcomes[1].found, "stuck lasso");
}

#[test]
fn a_time_stamp_under_way_does_not_hide_the_loop() {
    // A holds the lock for ever and renews more often than an answer takes, so there is always a renewal under way with
    // A's own time stamp in it. C is dead, so A's program never ends.
    let text = "until 60s\nnetwork delay 350ms\nlock L lease 10s\nclient A at 0s: acquire L; ping C\n\
        client A renew every 100ms\nclient B at 1s: acquire L retry 1s\nclient C at 50s: work 1s\ncrash C at 0s\n";
    let stuck = |state: &State| matches!(state, State::Stuck { evidence: Evidence::Lasso { .. }, .. });
    assert!(grants(text).iter().any(stuck), "{:?}", grants(text));
}

#[test]
fn how_long_a_client_has_waited_for_a_group_does_not_hide_the_loop() {
    // The grant is lost and A does not ask again, while the heartbeats of the group go round.
    let text = "until 60s\nnodes N1 N2 N3 elect heartbeat 1s timeouts 3s 4s 5s leader N1\nlock L lease none replicated on N1 N2 N3\n\
        client A at 10s: acquire L\ndrop N1->A granted 1\n";
    let stuck = |state: &State| matches!(state, State::Stuck { evidence: Evidence::Lasso { .. }, .. });
    assert!(grants(text).iter().any(stuck), "{:?}", grants(text));
}
