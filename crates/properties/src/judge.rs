//! The order in which a reader sees the verdicts, and which properties make sense for which cast.

use fencepost_sim::{Duration, End, ParticipantId};
use fencepost_vocabulary::{Cast, PropertyKind, Trace};

use crate::case::Case;
use crate::rules;
use crate::{Ledger, State, Verdict};

/// What a judge may take for granted about the world, beside what it sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    /// The longest delay of any link, faults aside.
    pub max_delay: Duration,
}

/// Every verdict that makes sense for this cast, in the order of [`PropertyKind::ALL`]. A property that speaks of
/// stores or locks comes first for the whole run and then, if there are several, for each of them.
pub fn judge(trace: &Trace, cast: &Cast, assumptions: &Assumptions) -> Vec<Verdict> {
    judge_ledger(&Ledger::read(trace, cast), trace, cast, assumptions)
}

/// As [`judge`], for a ledger that was read already.
pub fn judge_ledger(ledger: &Ledger, trace: &Trace, cast: &Cast, assumptions: &Assumptions) -> Vec<Verdict> {
    let case = Case::new(ledger, trace, cast, assumptions);
    let mut verdicts: Vec<Verdict> = PropertyKind::ALL.into_iter().flat_map(|property| rule(property, &case)).collect();
    if let Some(caveat) = caveat(trace) {
        verdicts.iter_mut().filter(|verdict| is_unbroken(verdict.state)).for_each(|verdict| {
            verdict.sentence.push_str(&caveat);
        });
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
        | PropertyKind::EffectOnce
        | PropertyKind::NoLostUpdate => cast.is_store(subject),
        PropertyKind::LockExclusion
        | PropertyKind::LeaseContract
        | PropertyKind::TokenUnique
        | PropertyKind::TokenMonotonic
        | PropertyKind::BeliefOverlap => cast.is_lock(subject),
        PropertyKind::Grant => cast.is_client(subject),
        _ => false,
    }
}

fn rule(property: PropertyKind, case: &Case<'_>) -> Vec<Verdict> {
    let (locks, stores, clients) = (case.has_locks(), case.has_stores(), case.has_clients());
    match property {
        PropertyKind::EffectOrder if locks && stores => rules::effect_order::judge(case),
        PropertyKind::EffectFresh if locks && stores => rules::effect_fresh::judge(case),
        PropertyKind::EffectOnce if locks && stores => rules::effect_once::judge(case),
        PropertyKind::NoLostUpdate if stores => rules::no_lost_update::judge(case),
        PropertyKind::LockExclusion if locks => rules::lock_exclusion::judge(case),
        PropertyKind::LeaseContract if locks => rules::lease_contract::judge(case),
        PropertyKind::TokenUnique if locks => rules::token_unique::judge(case),
        PropertyKind::TokenMonotonic if locks => rules::token_monotonic::judge(case),
        PropertyKind::Grant if locks && clients => rules::grant::judge(case),
        PropertyKind::Accept if locks && stores && clients => rules::accept::judge(case),
        PropertyKind::BeliefOverlap if locks && clients => rules::belief_overlap::judge(case),
        _ => Vec::new(),
    }
}

fn is_unbroken(state: State) -> bool {
    matches!(state, State::Held | State::Unseen | State::Vacuous)
}

/// What a verdict of "nothing bad happened" must add when the run was cut short.
fn caveat(trace: &Trace) -> Option<String> {
    match trace.end {
        End::Quiescent | End::Horizon => None,
        End::Limit => Some(format!(" The run was stopped at its limit of events, at {}.", trace.ended_at)),
        End::Zeno => Some(format!(" The run was stopped at {}, where time no longer advanced.", trace.ended_at)),
    }
}
