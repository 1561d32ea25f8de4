//! All that a rule may look at, and the phrases in which every rule speaks.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{Cast, Object, ObjectKind, PropertyKind, RoleKind, Trace};

use crate::causes::Ties;
use crate::{Assumptions, Effect, Grant, Ledger, Moment, Reason, State, Verdict};

/// One run before its judges.
pub(crate) struct Case<'a> {
    pub ledger: &'a Ledger,
    pub trace: &'a Trace,
    pub cast: &'a Cast,
    pub assumptions: &'a Assumptions,
    /// The properties about which somebody claims something.
    pub claimed: &'a [PropertyKind],
    /// The effects at each store of the cast, in order.
    by_store: BTreeMap<ParticipantId, Vec<&'a Effect>>,
    all: Vec<&'a Effect>,
    /// Looked into only where two things happen at one moment.
    ties: OnceCell<Ties<'a>>,
    /// The one group of nodes that is looked at, if it is not all of them and all else.
    only: Option<ParticipantId>,
}

/// The effects that a rule about stores looks at: all, or those at one store.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'a> {
    /// The one store, if it is not all of them.
    pub store: Option<ParticipantId>,
    /// Its effects, in order.
    pub effects: &'s [&'a Effect],
}

/// What a rule found out about one subject: a state, the events it rests on and a sentence.
pub(crate) struct Finding {
    pub state: State,
    pub events: Vec<EventId>,
    pub sentence: String,
}

impl Finding {
    /// A safety property held.
    pub fn held(sentence: String) -> Self {
        Self { state: State::Held, events: Vec::new(), sentence }
    }

    /// A safety property held for so many things of the kind that it speaks of.
    pub fn held_for(number: usize, sentence: String) -> Self {
        if number == 0 { Self::nothing(sentence) } else { Self::held(sentence) }
    }

    /// Nothing in this run is of the kind that the property speaks of; the sentence says what was missing.
    pub fn nothing(sentence: String) -> Self {
        Self { state: State::NoVerdict(Reason::NothingToJudge), events: Vec::new(), sentence }
    }

    /// The event at `bad` broke a safety property; `before` is what it conflicts with.
    pub fn violated(bad: Moment, before: Option<Moment>, sentence: String) -> Self {
        let events = before.into_iter().chain([bad]).map(|moment| moment.event).collect();
        Self { state: State::Violated { at: bad.time, event: bad.event }, events, sentence }
    }

    pub fn about(self, property: PropertyKind, subject: Option<ParticipantId>) -> Verdict {
        Verdict { property, subject, state: self.state, events: self.events, sentence: self.sentence }
    }

    /// What orders findings by how soon they went wrong; `None` if nothing did.
    fn first_bad(&self) -> Option<(u64, u32)> {
        match self.state {
            State::Violated { at, event } => Some((at.0, event.0)),
            State::Seen { from, .. } => Some((from.0, self.events.last().map_or(0, |event| event.0))),
            _ => None,
        }
    }
}

impl<'a> Case<'a> {
    pub fn new(
        ledger: &'a Ledger,
        trace: &'a Trace,
        cast: &'a Cast,
        assumptions: &'a Assumptions,
        claimed: &'a [PropertyKind],
    ) -> Self {
        // Not collected: that would sort first, with a sort of its own, for two or three stores.
        let mut by_store: BTreeMap<_, Vec<_>> = BTreeMap::new();
        by_store.extend(cast.ids().filter(|id| cast.is_store(*id)).map(|id| (id, Vec::new())));
        for effect in &ledger.effects {
            by_store.entry(effect.store).or_default().push(effect);
        }
        let all = ledger.effects.iter().collect();
        Self { ledger, trace, cast, assumptions, claimed, by_store, all, ties: OnceCell::new(), only: None }
    }

    /// The same run, as far as one group of nodes is concerned; the ledger is that of the group.
    pub fn of_group<'w: 'a>(ledger: &'a Ledger, whole: &Case<'w>, group: ParticipantId) -> Self {
        let alone = Self::new(ledger, whole.trace, whole.cast, whole.assumptions, whole.claimed);
        Self { only: Some(group), ..alone }
    }

    /// The pairs; none where one group alone is looked at.
    pub fn pairs(&self) -> impl Iterator<Item = (ParticipantId, &'a Object)> {
        let is_pair = |(_, object): &(ParticipantId, &Object)| object.kind == ObjectKind::Pair;
        self.cast.objects().filter(move |it| self.only.is_none() && is_pair(it))
    }

    pub fn has_locks(&self) -> bool {
        self.cast.ids().any(|id| self.cast.is_lock(id))
    }

    /// Whether there is a lock that a client can ask for. Nobody asks for the active role of a pair.
    pub fn has_locks_to_ask_for(&self) -> bool {
        self.cast.ids().any(|id| self.cast.is_lock(id) && !self.is_pair(id))
    }

    /// Whether this is the active role of a pair.
    pub fn is_pair(&self, id: ParticipantId) -> bool {
        self.cast.object(id).is_some_and(|object| object.kind == ObjectKind::Pair)
    }

    pub fn has_stores(&self) -> bool {
        self.cast.ids().any(|id| self.cast.is_store(id))
    }

    pub fn has_clients(&self) -> bool {
        self.cast.iter().any(|(id, _)| self.cast.is_client(id))
    }

    pub fn has_generals(&self) -> bool {
        self.cast.iter().any(|(id, _)| self.cast.is_general(id))
    }

    /// Judges the effects at all stores together and, if there are several stores, at each alone.
    pub fn over_stores(&self, property: PropertyKind, rule: impl Fn(Scope<'_, 'a>) -> Finding) -> Vec<Verdict> {
        let mut verdicts = vec![rule(Scope { store: None, effects: &self.all }).about(property, None)];
        for (store, effects) in self.by_store.iter().filter(|_| self.by_store.len() > 1) {
            verdicts.push(rule(Scope { store: Some(*store), effects }).about(property, Some(*store)));
        }
        verdicts
    }

    /// Judges each lock. With several, the one that went wrong first stands for the whole run.
    pub fn over_locks(&self, property: PropertyKind, rule: impl Fn(ParticipantId) -> Finding) -> Vec<Verdict> {
        let locks: Vec<_> = self.ledger.locks().collect();
        if let [lock] = locks[..] {
            return vec![rule(lock).about(property, None)];
        }
        let findings: Vec<_> = locks.into_iter().map(|lock| (lock, rule(lock))).collect();
        let mut verdicts = vec![together(&findings).about(property, None)];
        verdicts.extend(findings.into_iter().map(|(lock, finding)| finding.about(property, Some(lock))));
        verdicts
    }

    /// Whether two things happen in one moment and to two participants, so that nothing says which came first: what ends
    /// there and what begins there touch, and do not overlap.
    pub fn touch(&self, one: Moment, other: Moment) -> bool {
        let whose = |moment: Moment| self.trace.events.get(moment.event.index()).map(|event| event.participant);
        one.time == other.time && whose(one) != whose(other)
    }

    /// The grants of a lock that have a token. Of a lock of keys only the client makes one up, once it knows of its grant.
    pub fn with_tokens(&self, lock: ParticipantId) -> Vec<&'a Grant> {
        let is_keys = self.cast.object(lock).is_some_and(|object| matches!(object.kind, ObjectKind::Keys { .. }));
        let grants = self.ledger.grants(lock).iter();
        grants.filter(|grant| !is_keys || grant.token.0 > 0).collect()
    }

    /// Judges each lock alone, for what cannot be said of several together.
    pub fn each_lock(&self, property: PropertyKind, rule: impl Fn(ParticipantId) -> Finding) -> Vec<Verdict> {
        let locks: Vec<_> = self.ledger.locks().collect();
        let subject = |lock| (locks.len() > 1).then_some(lock);
        locks.iter().map(|lock| rule(*lock).about(property, subject(*lock))).collect()
    }

    pub fn has_officers(&self) -> bool {
        self.cast.iter().any(|(_, member)| matches!(member.role, RoleKind::Officer { .. }))
    }

    pub fn has_pairs(&self) -> bool {
        self.pairs().next().is_some()
    }

    pub fn has_nodes(&self) -> bool {
        self.cast.iter().any(|(_, member)| matches!(member.role, RoleKind::Node { .. }))
    }

    /// The nodes of each group, by its first.
    pub fn groups(&self) -> BTreeMap<ParticipantId, Vec<ParticipantId>> {
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, member) in self.cast.iter() {
            if let RoleKind::Node { group, .. } = member.role
                && self.only.is_none_or(|only| only == group)
            {
                groups.entry(group).or_default().push(id);
            }
        }
        groups
    }

    /// The group of a node, by its first.
    pub fn group_of(&self, node: ParticipantId) -> ParticipantId {
        match self.cast.member(node).map(|member| member.role) {
            Some(RoleKind::Node { group, .. }) => group,
            _ => node,
        }
    }

    /// Whether nothing is expected of this one, because it may lie.
    pub fn is_traitor(&self, id: ParticipantId) -> bool {
        self.cast.member(id).is_some_and(|member| {
            matches!(member.role, RoleKind::Officer { traitor: true, .. } | RoleKind::Node { traitor: true, .. })
        })
    }

    /// Whether this officer is loyal and does not give the order itself.
    pub fn is_loyal_lieutenant(&self, id: ParticipantId) -> bool {
        self.cast
            .member(id)
            .is_some_and(|member| matches!(member.role, RoleKind::Officer { commander: false, traitor: false, .. }))
    }

    /// "N1", "N1 and N2", "N1, N2 and N3"
    pub fn names(&self, ids: &[ParticipantId]) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.name(*id)).collect();
        match &names[..] {
            [] => "nobody".into(),
            [only] => (*only).into(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    /// The members of a group that watch the others.
    pub fn observers(&self) -> impl Iterator<Item = ParticipantId> {
        let watches = |role| matches!(role, RoleKind::Member { observer: true, .. });
        self.cast.iter().filter(move |(_, member)| watches(member.role)).map(|(id, _)| id)
    }

    pub fn name(&self, id: ParticipantId) -> &'a str {
        self.cast.name(id)
    }

    /// "grant 2 (token 34)"; "grant 2" if it never had one.
    pub fn grant(&self, grant: &Grant) -> String {
        match grant.token.0 {
            0 => format!("grant {}", grant.name.number),
            token => format!("grant {} (token {token})", grant.name.number),
        }
    }

    /// How a lock came to forget a grant: "L came back from a crash without it".
    pub fn forgot(&self, lock: ParticipantId) -> String {
        let name = self.name(lock);
        match self.cast.object(lock).map(|object| object.kind) {
            None => format!("{name} came back from a crash without it"),
            Some(ObjectKind::Keys { .. }) => format!("too few nodes of {name} remembered it"),
            Some(_) => format!("the log of {name} goes on without it"),
        }
    }

    /// Whether what happened at one moment is known to have come before what happened at the other. Of two things at one
    /// moment something must say so: where they are at one participant or in one log, that; else that one led to the
    /// other.
    pub fn came_before(&self, one: Moment, other: Moment, is_one_log: bool) -> bool {
        match one.time.cmp(&other.time) {
            Ordering::Less => true,
            Ordering::Equal => {
                self.ties.get_or_init(|| Ties::of(self.trace)).is_before(one.event, other.event, is_one_log)
            }
            Ordering::Greater => false,
        }
    }

    /// Whether two objects are kept in the log of one group.
    pub fn is_one_log(&self, one: ParticipantId, other: ParticipantId) -> bool {
        let log = |id| {
            let object = self.cast.object(id)?;
            let in_log = matches!(object.kind, ObjectKind::Lock { .. } | ObjectKind::Store { .. });
            object.nodes.first().filter(|_| in_log).map(|node| self.group_of(*node))
        };
        log(one).is_some_and(|group| Some(group) == log(other))
    }
}

/// The finding that went wrong first, or that none did.
fn together(findings: &[(ParticipantId, Finding)]) -> Finding {
    let worst =
        findings.iter().filter_map(|(_, finding)| Some((finding.first_bad()?, finding))).min_by_key(|(key, _)| *key);
    // Where one of them had nothing to be judged by, those that had speak for the whole run.
    let judged = findings.iter().find(|(_, finding)| !matches!(finding.state, State::NoVerdict(_)));
    match (worst, judged.or(findings.first())) {
        (Some((_, finding)), _) | (None, Some((_, finding))) => Finding {
            state: finding.state,
            events: finding.events.clone(),
            sentence: match worst {
                Some(_) => finding.sentence.clone(),
                None => format!("Nothing broke it at any of the {} locks.", findings.len()),
            },
        },
        (None, None) => Finding::held("There is no lock.".into()),
    }
}
