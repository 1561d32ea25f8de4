//! EFF-GUARDED: every write that is applied was first sent by somebody who had been granted each lock that guards the
//! store, in that life, and had not let go of it: had not sent its release, nor learned that it was over.
//!
//! Whether the lease still ran plays no part; nobody but the lock service can know that. This is about programs that
//! write outside of their lock, which no fence makes right.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Departure, PropertyKind};

use super::landed::{Landed, held_if_guarded};
use crate::case::{Case, Finding, Scope};
use crate::{Belief, BeliefLoss, Effect, Footing, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectGuarded, |scope| find(case, scope))
}

fn find<'a>(case: &Case<'a>, scope: Scope<'_, 'a>) -> Finding {
    let outside = case.guards(scope).into_iter().filter_map(|lock| {
        let mut effects = case.guarded(scope, lock);
        effects
            .find(|(_, footing)| case.belief_at(footing, lock).is_none())
            .map(|(effect, footing)| (effect, footing, lock))
    });
    match outside.min_by_key(|(effect, ..)| effect.applied) {
        Some((effect, footing, lock)) => outside_of(case, effect, footing, lock),
        None => held_if_guarded(case, scope, |landed| held(case, &landed, &guards(case, scope))),
    }
}

/// The verdict rests on how the writer came to be without the lock, if it ever had it, and on the write.
fn outside_of(case: &Case<'_>, effect: &Effect, footing: &Footing, lock: ParticipantId) -> Finding {
    let ended = case.ledger.standing(footing, lock).and_then(|belief| Some((belief, belief.ended?)));
    let (store, writer) = (case.name(effect.store), case.name(effect.writer));
    let shown = case.shown(effect.token, Some(footing));
    let how = match ended {
        Some((belief, end)) => {
            format!("{} after {}", footing.made.time.since(end.at.time), let_go(case, belief))
        }
        None => case.unheld(effect.writer, footing, lock),
    };
    let sentence = format!(
        "At {} {store} accepts {writer}'s write{shown}, which {writer} sent at {}, {how}.",
        effect.applied.time, footing.made.time,
    );
    let mut finding = Finding::violated(effect.applied, None, sentence);
    let before = ended.map_or(footing.made, |(_, end)| end.at);
    finding.events = vec![before.event, footing.made.event, effect.applied.event];
    finding.events.dedup();
    finding
}

/// "it gave L back"
fn let_go(case: &Case<'_>, belief: &Belief) -> String {
    let lock = case.name(belief.lock);
    match belief.ended.map(|end| end.why) {
        Some(BeliefLoss::Left(Departure::Released)) => format!("it gave {lock} back"),
        Some(BeliefLoss::Left(Departure::Fenced | Departure::Lost | Departure::Over)) => {
            format!("it knew that {lock} was no longer its own")
        }
        Some(BeliefLoss::Replaced) => format!("it took {lock} for its own anew, with no grant behind it"),
        Some(BeliefLoss::Crashed) | None => format!("it lost {lock} in a crash"),
    }
}

fn held(case: &Case<'_>, landed: &Landed<'_>, lock: &str) -> String {
    match landed {
        Landed { writes: 0, .. } => {
            format!("No write landed{}, so none was made outside of its lock.", landed.place())
        }
        Landed { writes: 1, copies: 0, first: Some(first), .. } => {
            format!(
                "Only {} landed{}, sent by a client that had {lock}, as far as it knew.",
                case.write_of(first),
                landed.place()
            )
        }
        landed => format!("{landed} came from clients that had {lock}, as far as they knew."),
    }
}

/// "L", "K and L"; of several stores under different locks "the locks of their stores".
fn guards<'a>(case: &Case<'a>, scope: Scope<'_, 'a>) -> String {
    let here = case.cast.ids().filter(|id| scope.store.is_none_or(|store| store == *id));
    let mut guards = here.map(|store| case.cast.guards(store)).filter(|guards| !guards.is_empty());
    let first = guards.next().unwrap_or_default();
    match guards.all(|others| others == first) {
        true => case.names(first),
        false => "the locks of their stores".into(),
    }
}
