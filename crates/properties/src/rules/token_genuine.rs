//! TOK-GENUINE: every token that a store accepts was granted by then, and to the client that presents it. A fence breaks
//! no lie: it compares numbers and does not ask where they come from.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{CheckMode, FencingToken, PropertyKind, RoleKind};

use crate::case::{Case, Finding, Scope};
use crate::{Effect, Moment, Verdict, Write};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    let granted = Granted::of(case);
    case.over_stores(PropertyKind::TokenGenuine, |scope| find(case, scope, &granted))
}

/// Whether there is anything to say: somebody showed a token that was not its own, or a store looks out for that.
pub(crate) fn is_worth_a_row(case: &Case<'_>) -> bool {
    let asks_for_seals = |role| matches!(role, RoleKind::Store { check: CheckMode::Mac });
    case.cast.iter().any(|(_, member)| asks_for_seals(member.role)) || {
        let granted = Granted::of(case);
        case.ledger.writes.iter().any(|write| granted.is_invented(write.writer, write.token, write.sent))
    }
}

/// When each client first got each of its tokens.
pub(super) struct Granted(BTreeMap<(ParticipantId, FencingToken), Moment>);

impl Granted {
    pub fn of(case: &Case<'_>) -> Self {
        let mut granted: BTreeMap<_, Moment> = BTreeMap::new();
        for grant in case.ledger.all_grants() {
            let first = granted.entry((grant.client, grant.token)).or_insert(grant.granted);
            *first = grant.granted.min(*first);
        }
        Self(granted)
    }

    /// Whether a client shows a token that nobody had given to it by then. No token is no invention.
    pub fn is_invented(&self, client: ParticipantId, token: Option<FencingToken>, by: Moment) -> bool {
        token.is_some_and(|token| self.0.get(&(client, token)).is_none_or(|granted| *granted > by))
    }
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>, granted: &Granted) -> Finding {
    let is_bad = |effect: &&&Effect| granted.is_invented(effect.writer, effect.token, effect.applied);
    match scope.effects.iter().find(is_bad) {
        Some(effect) => invented(case, effect),
        None => held(case, scope, granted),
    }
}

fn invented(case: &Case<'_>, effect: &Effect) -> Finding {
    let (store, writer) = (case.name(effect.store), case.name(effect.writer));
    let token = effect.token.map_or(0, |token| token.0);
    let mut owners = case.ledger.all_grants().filter(|grant| Some(grant.token) == effect.token);
    let owner = owners.find(|grant| grant.client != effect.writer && grant.granted < effect.applied);
    let whose = match owner {
        Some(grant) => format!("which was granted to {} and not to {writer}", case.name(grant.client)),
        None => "which no lock had granted to anybody".into(),
    };
    let sentence = format!("{store} applies {writer}'s write at {} with token {token}, {whose}.", effect.applied.time);
    Finding::violated(effect.applied, owner.map(|grant| grant.granted), sentence)
}

fn held(case: &Case<'_>, scope: Scope<'_, '_>, granted: &Granted) -> Finding {
    let shown = scope.effects.iter().filter(|effect| effect.token.is_some()).count();
    let is_caught = |write: &&Write| {
        scope.store.is_none_or(|store| store == write.store)
            && granted.is_invented(write.writer, write.token, write.sent)
    };
    let caught = case.ledger.writes.iter().filter(is_caught).find_map(|write| Some((write, write.turned_away?.0)));
    let accepted = match shown {
        0 => "No write with a token was applied, so none with an invented one.".into(),
        1 => "The one write with a token that was applied showed its writer's own.".into(),
        2 => "Both writes with a token that were applied showed their writers' own.".into(),
        _ => format!("Each of the {shown} writes with a token that were applied showed its writer's own."),
    };
    match caught {
        Some((write, at)) => {
            let token = write.token.map_or(0, |token| token.0);
            let (store, writer) = (case.name(write.store), case.name(write.writer));
            let caught = format!("{store} turned away {writer}'s write with token {token} at {}.", at.time);
            Finding::held(format!("{accepted} {caught}"))
        }
        None => Finding::held_for(shown, accepted),
    }
}
