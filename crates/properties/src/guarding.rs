//! Which lock guards which store, where a write stands in the order of that lock's grants, and how a sentence speaks of it.
//!
//! A write stands where the grant stands that its sender had last been given when it first sent the write, in the life it
//! then led: one that it still held, had given back, or had outlived. Without one it stands before all grants. What token
//! it shows plays no part; tokens can repeat, and can be made up.

use std::collections::BTreeSet;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::FencingToken;

use crate::case::{Case, Scope};
use crate::{Belief, Effect, Footing, Write};

impl<'a> Case<'a> {
    /// Whether any lock guards any store.
    pub fn is_any_store_guarded(&self) -> bool {
        self.cast.ids().any(|store| !self.cast.guards(store).is_empty())
    }

    /// The locks that guard anything in this scope.
    pub fn guards(&self, scope: Scope<'_, 'a>) -> BTreeSet<ParticipantId> {
        let mut guards = BTreeSet::new();
        let stores = self.cast.ids().filter(|id| scope.store.is_none_or(|store| store == *id));
        guards.extend(stores.flat_map(|store| self.cast.guards(store)).copied());
        guards
    }

    /// The effects at those stores of a scope that this lock guards, of which it is known who sent them.
    pub fn guarded<'s>(
        &'s self,
        scope: Scope<'s, 'a>,
        lock: ParticipantId,
    ) -> impl Iterator<Item = (&'a Effect, &'a Footing)> + 's {
        let here = scope.effects.iter().filter(move |effect| self.cast.guards(effect.store).contains(&lock));
        here.filter_map(|effect| Some((*effect, effect.footing.as_ref()?)))
    }

    /// The effects of a scope at stores that some lock guards.
    pub fn guarded_by_any(&self, scope: Scope<'_, 'a>) -> Vec<&'a Effect> {
        scope.effects.iter().filter(|effect| !self.cast.guards(effect.store).is_empty()).copied().collect()
    }

    /// Where a write stands in the order of a lock's grants: the number of its grant, 0 before all of them.
    pub fn rank(&self, footing: &Footing, lock: ParticipantId) -> u32 {
        let standing = self.ledger.standing(footing, lock);
        standing.and_then(|belief| belief.grant).map_or(0, |grant| grant.number)
    }

    /// What its writer believed of a lock when it first sent a write, if it still did.
    pub fn belief_at(&self, footing: &Footing, lock: ParticipantId) -> Option<&'a Belief> {
        let standing = self.ledger.standing(footing, lock)?;
        standing.ended.is_none_or(|end| end.at > footing.made).then_some(standing)
    }

    /// "A's write (token 33)", "A's write (no token)", "A's write (token 5 of K)" where there are several locks.
    pub fn write_of(&self, effect: &Effect) -> String {
        let shown = self.shown(effect.token, effect.footing.as_ref());
        format!("{}'s write{shown}", self.name(effect.writer))
    }

    /// "A's write 2 (token 33)"
    pub fn numbered_write_of(&self, effect: &Effect) -> String {
        let shown = self.shown(effect.token, effect.footing.as_ref());
        format!("{}'s write {}{shown}", self.name(effect.writer), effect.sequence.0)
    }

    /// " (token 33)", " (no token)"; nothing where nobody has a token.
    pub fn shown(&self, token: Option<FencingToken>, footing: Option<&Footing>) -> String {
        let Some(token) = token else {
            return if self.has_locks() { " (no token)".into() } else { String::new() };
        };
        if self.ledger.locks().nth(1).is_none() {
            return format!(" (token {})", token.0);
        }
        let beliefs = footing.into_iter().flat_map(|footing| &footing.beliefs);
        let own = beliefs.filter_map(|place| self.ledger.beliefs.get(*place)).filter(|belief| belief.token == token);
        match own.max_by_key(|belief| belief.from) {
            Some(belief) => format!(" (token {} of {})", token.0, self.name(belief.lock)),
            None => format!(" (token {})", token.0),
        }
    }

    /// " S turned away A's write (token 33) at 15.2 s." Nothing if no write was turned away. A write that was refused
    /// twice is one write.
    pub fn turned_away(&self, scope: Scope<'_, '_>) -> String {
        let here = |write: &&Write| scope.store.map_or(self.cast.is_store(write.store), |store| store == write.store);
        let mut known: BTreeSet<EventId> = BTreeSet::new();
        let refused = self.ledger.writes.iter().filter(here).filter_map(|write| Some((write, write.turned_away?.0)));
        let mut refused = refused.filter(|(write, _)| known.insert(write.footing.made.event));
        let Some((write, at)) = refused.next() else { return String::new() };
        let (store, writer) = (self.name(write.store), self.name(write.writer));
        let shown = self.shown(write.token, Some(&write.footing));
        match refused.count() {
            0 => format!(" {store} turned away {writer}'s write{shown} at {}.", at.time),
            more => format!(" {} writes were turned away, {writer}'s{shown} first, at {}.", more + 1, at.time),
        }
    }

    /// What a sentence says of a writer that had been granted nothing in its life when it sent a write: "without L, which
    /// A lost in its crash at 3 s", "before A ever held L", "without ever holding L".
    pub fn unheld(&self, writer: ParticipantId, footing: &Footing, lock: ParticipantId) -> String {
        let (name, who) = (self.name(lock), self.name(writer));
        let mut own = self.ledger.beliefs.iter().filter(|it| (it.client, it.lock) == (writer, lock));
        let crash = self.ledger.crashes(writer).filter(|down| down.from < footing.made).last();
        match (own.next().map(|first| first.from < footing.made), crash) {
            (Some(true), Some(crash)) => {
                format!("without {name}, which {who} lost in its crash at {}", crash.from.time)
            }
            (Some(true), None) => format!("without a grant of {name} behind what {who} believed"),
            (Some(false), _) => format!("before {who} ever held {name}"),
            (None, _) => format!("without ever holding {name}"),
        }
    }
}
