//! The order in which a reader sees the verdicts, and which properties make sense for which cast.

use fencepost_sim::{Duration, End, Lasso, ParticipantId, Time};
use fencepost_vocabulary::{Cast, PropertyKind, Trace};

use crate::case::Case;
use crate::groups;
use crate::rules;
use crate::{Ledger, Reason, State, Verdict};

/// What a judge may take for granted about the world, beside what it sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    /// The longest delay of any link, faults aside.
    pub max_delay: Duration,
    /// From when on the run was found to repeat itself, if somebody looked and it does.
    pub lasso: Option<Lasso>,
    /// How many places the searches of all histories of one property may come to; `None` for the usual number. What that
    /// leaves open is [`Reason::Unfinished`].
    pub search: Option<usize>,
}

/// Every verdict that makes sense for this cast and this run, in the order of [`PropertyKind::ALL`]. A property that
/// speaks of stores, locks or groups of nodes comes first for the whole run and then, if there are several, for each of them.
///
/// A reader wants few rows. So a property that speaks of something rare has one only in a run where that occurs: a crash
/// of a store, a token nobody granted, a group, an act outside the stores. Progress and healing, which mostly repeat what
/// grant says, have none. [`judge_claimed`] judges all of them on request.
pub fn judge(trace: &Trace, cast: &Cast, assumptions: &Assumptions) -> Vec<Verdict> {
    judge_ledger(&Ledger::read(trace, cast), trace, cast, assumptions)
}

/// As [`judge`], for a ledger that was read already.
pub fn judge_ledger(ledger: &Ledger, trace: &Trace, cast: &Cast, assumptions: &Assumptions) -> Vec<Verdict> {
    judge_claimed(ledger, trace, cast, assumptions, &[])
}

/// As [`judge_ledger`], and with a row for each of these properties that makes sense for the cast, even if the run gives
/// it little to say: somebody claims something about it.
pub fn judge_claimed(
    ledger: &Ledger,
    trace: &Trace,
    cast: &Cast,
    assumptions: &Assumptions,
    claimed: &[PropertyKind],
) -> Vec<Verdict> {
    let case = Case::new(ledger, trace, cast, assumptions, claimed);
    let rows = PropertyKind::ALL.into_iter().filter(|property| {
        makes_sense(*property, &case) && (claimed.contains(property) || is_worth_a_row(*property, &case))
    });
    let mut verdicts = Vec::new();
    for property in rows {
        verdicts.extend(rule(property, &case));
        verdicts.extend(groups::each(property, &case, rule));
    }
    if cut_short(trace).is_some() {
        verdicts.iter_mut().for_each(|verdict| leave_open(verdict, trace.ended_at));
    }
    verdicts
}

/// The verdict that a claim about `property` speaks of. A subject that is the only one of its kind may be left out or
/// named; both mean the same verdict.
pub fn find<'v>(
    verdicts: &'v [Verdict],
    property: PropertyKind,
    subject: Option<ParticipantId>,
    cast: &Cast,
) -> Option<&'v Verdict> {
    let mut about = verdicts.iter().filter(|verdict| verdict.property == property);
    if let Some(exact) = about.clone().find(|verdict| verdict.subject == subject) {
        return Some(exact);
    }
    let only = about.next().filter(|_| about.next().is_none())?;
    match subject {
        None => Some(only),
        Some(subject) => (only.subject.is_none() && is_subject(property, subject, cast)).then_some(only),
    }
}

/// Whether a property can be claimed of this participant alone.
fn is_subject(property: PropertyKind, subject: ParticipantId, cast: &Cast) -> bool {
    match property {
        PropertyKind::EffectOrder
        | PropertyKind::EffectFresh
        | PropertyKind::EffectGuarded
        | PropertyKind::EffectOnce
        | PropertyKind::NoLostUpdate
        | PropertyKind::Durable
        | PropertyKind::TokenGenuine => cast.is_store(subject),
        PropertyKind::LockExclusion
        | PropertyKind::LeaseContract
        | PropertyKind::TokenUnique
        | PropertyKind::TokenMonotonic
        | PropertyKind::Progress
        | PropertyKind::BeliefOverlap
        | PropertyKind::DeadGrant => cast.is_lock(subject),
        PropertyKind::Grant | PropertyKind::Answered => cast.is_client(subject),
        PropertyKind::Linearizable | PropertyKind::Sequential => rules::linearizable::is_subject(subject, cast),
        PropertyKind::Accept
        | PropertyKind::Agreement
        | PropertyKind::MemberAgreement
        | PropertyKind::DetectorComplete
        | PropertyKind::DetectorAccurate
        | PropertyKind::Heal
        | PropertyKind::OutsideEffect
        | PropertyKind::Validity
        | PropertyKind::Integrity
        | PropertyKind::UniqueRegistration
        | PropertyKind::Terminate => false,
        PropertyKind::OneLeaderPerTerm | PropertyKind::Elect | PropertyKind::Stable | PropertyKind::TwoLeaders => {
            groups::is_first(subject, cast)
        }
    }
}

/// Whether the property speaks of anybody in this cast.
fn makes_sense(property: PropertyKind, case: &Case<'_>) -> bool {
    let (locks, stores, clients) = (case.has_locks(), case.has_stores(), case.has_clients());
    match property {
        PropertyKind::EffectOrder
        | PropertyKind::EffectFresh
        | PropertyKind::EffectGuarded
        | PropertyKind::EffectOnce => locks && stores,
        PropertyKind::NoLostUpdate | PropertyKind::Durable | PropertyKind::TokenGenuine => stores,
        PropertyKind::LockExclusion
        | PropertyKind::LeaseContract
        | PropertyKind::TokenUnique
        | PropertyKind::TokenMonotonic => locks,
        PropertyKind::BeliefOverlap | PropertyKind::DeadGrant => locks && clients,
        PropertyKind::Grant | PropertyKind::Progress => case.has_locks_to_ask_for() && clients,
        PropertyKind::Accept => locks && stores && clients,
        PropertyKind::Answered | PropertyKind::Heal | PropertyKind::OutsideEffect => clients,
        PropertyKind::DetectorComplete | PropertyKind::DetectorAccurate | PropertyKind::MemberAgreement => {
            case.observers().next().is_some()
        }
        PropertyKind::Agreement | PropertyKind::Integrity => {
            case.has_generals() || case.has_officers() || case.has_nodes()
        }
        PropertyKind::Validity | PropertyKind::Terminate => case.has_officers() || case.has_nodes(),
        PropertyKind::OneLeaderPerTerm | PropertyKind::Stable | PropertyKind::TwoLeaders => case.has_nodes(),
        PropertyKind::Elect => case.has_nodes() || case.has_pairs(),
        PropertyKind::Linearizable | PropertyKind::Sequential => clients,
        PropertyKind::UniqueRegistration => !case.cast.names.is_empty(),
    }
}

/// Whether a run without a claim about the property should have a row for it.
fn is_worth_a_row(property: PropertyKind, case: &Case<'_>) -> bool {
    match property {
        PropertyKind::EffectGuarded => case.is_any_store_guarded(),
        PropertyKind::Durable => rules::durable::is_worth_a_row(case),
        PropertyKind::TokenGenuine => rules::token_genuine::is_worth_a_row(case),
        PropertyKind::MemberAgreement => !case.ledger.views.is_empty(),
        PropertyKind::Progress | PropertyKind::Heal | PropertyKind::Sequential => false,
        PropertyKind::Agreement => case.has_generals() || case.has_officers() || !case.ledger.commits.is_empty(),
        PropertyKind::Validity | PropertyKind::Integrity => case.has_officers(),
        PropertyKind::Terminate => case.has_officers() || rules::terminate::is_anything_asked(case),
        PropertyKind::OutsideEffect => !case.ledger.deeds.is_empty(),
        PropertyKind::DeadGrant => !case.ledger.dead_grants.is_empty(),
        _ => true,
    }
}

fn rule(property: PropertyKind, case: &Case<'_>) -> Vec<Verdict> {
    match property {
        PropertyKind::EffectOrder => rules::effect_order::judge(case),
        PropertyKind::EffectFresh => rules::effect_fresh::judge(case),
        PropertyKind::EffectGuarded => rules::effect_guarded::judge(case),
        PropertyKind::EffectOnce => rules::effect_once::judge(case),
        PropertyKind::NoLostUpdate => rules::no_lost_update::judge(case),
        PropertyKind::Durable => rules::durable::judge(case),
        PropertyKind::TokenGenuine => rules::token_genuine::judge(case),
        PropertyKind::LockExclusion => rules::lock_exclusion::judge(case),
        PropertyKind::LeaseContract => rules::lease_contract::judge(case),
        PropertyKind::TokenUnique => rules::token_unique::judge(case),
        PropertyKind::TokenMonotonic => rules::token_monotonic::judge(case),
        PropertyKind::Agreement => rules::agreement::judge(case),
        PropertyKind::MemberAgreement => rules::member_agreement::judge(case),
        PropertyKind::Grant => rules::grant::judge(case),
        PropertyKind::Progress => rules::progress::judge(case),
        PropertyKind::Accept => rules::accept::judge(case),
        PropertyKind::Answered => rules::answered::judge(case),
        PropertyKind::DetectorComplete => rules::detector_complete::judge(case),
        PropertyKind::DetectorAccurate => rules::detector_accurate::judge(case),
        PropertyKind::Heal => rules::heal::judge(case),
        PropertyKind::BeliefOverlap => rules::belief_overlap::judge(case),
        PropertyKind::OutsideEffect => rules::outside_effect::judge(case),
        PropertyKind::DeadGrant => rules::dead_grant::judge(case),
        PropertyKind::Validity => rules::validity::judge(case),
        PropertyKind::Integrity => rules::integrity::judge(case),
        PropertyKind::OneLeaderPerTerm => rules::one_leader_per_term::judge(case),
        PropertyKind::Linearizable => rules::linearizable::judge(case),
        PropertyKind::Sequential => rules::sequential::judge(case),
        PropertyKind::UniqueRegistration => rules::unique_registration::judge(case),
        PropertyKind::Elect => rules::elect::judge(case),
        PropertyKind::Stable => rules::stable::judge(case),
        PropertyKind::Terminate => rules::terminate::judge(case),
        PropertyKind::TwoLeaders => rules::two_leaders::judge(case),
    }
}

/// How a run was cut short, if it was: "stopped after 200,000 events, at 33 ms of 60 s".
pub fn cut_short(trace: &Trace) -> Option<String> {
    let (events, at, of) = (counted(trace.events.len()), trace.ended_at, trace.horizon);
    match trace.end {
        End::Quiescent | End::Horizon => None,
        End::Limit => Some(format!("stopped after {events}, at {at} of {of}")),
        End::Zeno => Some(format!("stopped after {events}, at {at} of {of}, where time no longer advanced")),
    }
}

/// "200,000 events"
fn counted(number: usize) -> String {
    let digits = number.to_string();
    let is_first_of_three = |place: usize| place > 0 && (digits.len() - place).is_multiple_of(3);
    let grouped = digits.char_indices().map(|(place, digit)| match is_first_of_three(place) {
        true => format!(",{digit}"),
        false => digit.to_string(),
    });
    let noun = if number == 1 { "event" } else { "events" };
    format!("{} {noun}", grouped.collect::<String>())
}

/// What a run that was cut short leaves of a verdict. What happened has happened; that nothing bad did says nothing of
/// what was still to come.
fn leave_open(verdict: &mut Verdict, at: Time) {
    match verdict.state {
        State::Held | State::Unseen | State::NoVerdict(Reason::NothingToJudge) => {
            verdict.state = State::NoVerdict(Reason::CutShort);
            verdict.sentence = format!("Until the run was cut short at {at}: {}", verdict.sentence);
        }
        State::Met { .. } => {
            verdict.sentence.push_str(&format!(" The run was cut short at {at}."));
        }
        State::Violated { .. }
        | State::Pending { .. }
        | State::Quiet { .. }
        | State::Stuck { .. }
        | State::Seen { .. }
        | State::NoVerdict(Reason::CutShort | Reason::TooMany | Reason::Unfinished) => {}
    }
}
