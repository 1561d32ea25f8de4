//! What each participant is set up to be.

use fencepost_protocols::{
    Client, Declare, General, GeneralConfig, LeaseLock, LockConfig, Member, MemberConfig, Memory, Officer, Replica,
    Role, Store, StoreConfig, SyncMode, Twin,
};
use fencepost_scenario::model::{
    Declare as DeclareSpec, GeneralSpec, LockSpec, MemberSpec, Memory as MemorySpec, ReleaseMode, Role as RoleSpec,
    Scenario, StoreSpec, SyncMode as SyncSpec,
};
use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::{Cast, CheckMode, FencingToken, ObjectKind, RoleKind};

use super::independent;
use super::liars::{officer_config, twin_config};
use super::nodes;
use super::program::client_config;

pub(super) fn role(id: ParticipantId, spec: &RoleSpec, scenario: &Scenario, cast: &Cast) -> Role {
    match spec {
        RoleSpec::Lock(lock) => Role::Lock(Box::new(LeaseLock::new(lock_config(lock, wants_seals(cast), cast)))),
        RoleSpec::Store(spec) => Role::Store(store(spec, cast)),
        RoleSpec::Client(client) => Role::Client(Client::new(id, client_config(id, client, scenario, cast))),
        RoleSpec::Member(spec) => Role::Member(Member::new(member_config(id, spec, cast))),
        RoleSpec::General(spec) => Role::General(General::new(general_config(id, spec, cast))),
        RoleSpec::Node(spec) => nodes::node(id, spec, scenario, cast),
        RoleSpec::Officer(spec) => Role::Officer(Officer::new(officer_config(id, spec, scenario, cast))),
        RoleSpec::Twin(spec) => Role::Twin(Twin::new(twin_config(id, spec, scenario, cast))),
        RoleSpec::KeyNode(spec) => Role::KeyNode(independent::key_node(spec)),
        RoleSpec::Replica(_) => Role::Replica(Replica::new()),
        RoleSpec::Registry(spec) => Role::Registry(independent::registry(id, spec, cast)),
    }
}

fn member_config(id: ParticipantId, spec: &MemberSpec, cast: &Cast) -> MemberConfig {
    MemberConfig {
        id,
        members: find_all(&spec.members, cast),
        heartbeat: spec.heartbeat,
        suspect_after: spec.suspect,
        observers: find_all(&spec.observers, cast),
        report: find_all(&spec.report, cast),
        declare: match spec.declare {
            DeclareSpec::Off => Declare::Off,
            DeclareSpec::Majority => Declare::Majority,
            DeclareSpec::Alone => Declare::Alone,
        },
    }
}

/// Without another general a general waits for messengers of its own, and none comes.
fn general_config(id: ParticipantId, spec: &GeneralSpec, cast: &Cast) -> GeneralConfig {
    let generals = find_all(&spec.generals, cast);
    GeneralConfig {
        peer: generals.iter().copied().find(|general| *general != id).unwrap_or(id),
        is_first: generals.first() == Some(&id),
        messages: spec.messages,
        dawn: Duration(spec.dawn.0),
        resend: spec.resend,
    }
}

pub(super) fn find_all(names: &[String], cast: &Cast) -> Vec<ParticipantId> {
    names.iter().filter_map(|name| cast.lane(name)).collect()
}

fn lock_config(spec: &LockSpec, seals: bool, cast: &Cast) -> LockConfig {
    LockConfig {
        lease: spec.lease,
        first_token: FencingToken(spec.first_token),
        blind_release: spec.release == ReleaseMode::Blind,
        reentrant: spec.reentrant,
        dedupe: spec.dedupe,
        expiry: spec.expiry,
        lock_delay: spec.lock_delay,
        counter: memory(spec.counter),
        leases: memory(spec.leases),
        delayed_restart: spec.delayed_restart,
        session: spec.session,
        recheck: spec.recheck,
        sync: sync(spec.sync),
        seals,
        data: spec.data.as_ref().map(|data| store(data, cast)),
    }
}

fn store(spec: &StoreSpec, cast: &Cast) -> Store {
    Store::new(StoreConfig {
        check: spec.check,
        asks: match &spec.asks {
            Some(name) => cast.lane(name),
            None if spec.check == CheckMode::AskFirst => only_lock(cast),
            None => None,
        },
        max: memory(spec.max),
        nonatomic: spec.nonatomic,
        sync: sync(spec.sync),
    })
}

/// The lock service, where there is one only: a text need not name it then.
fn only_lock(cast: &Cast) -> Option<ParticipantId> {
    let mut locks = cast.iter().map(|(id, _)| id).filter(|id| cast.is_lock(*id));
    let first = locks.next();
    if locks.next().is_some() { None } else { first }
}

/// Whether some store asks for the lock service's seal on a token.
pub(super) fn wants_seals(cast: &Cast) -> bool {
    let asks = |role: RoleKind| {
        matches!(role, RoleKind::Store { check: CheckMode::Mac } | RoleKind::Lock { data: Some(CheckMode::Mac), .. })
    };
    let together = ObjectKind::Store { check: CheckMode::Mac };
    cast.iter().any(|(_, member)| asks(member.role)) || cast.objects().any(|(_, object)| object.kind == together)
}

pub(super) fn memory(spec: MemorySpec) -> Memory {
    match spec {
        MemorySpec::Stable => Memory::Stable,
        MemorySpec::Volatile => Memory::Volatile,
    }
}

fn sync(spec: SyncSpec) -> SyncMode {
    match spec {
        SyncSpec::Now => SyncMode::Now,
        SyncSpec::After(length) => SyncMode::After(length),
        SyncSpec::Every(length) => SyncMode::Every(length),
    }
}

#[cfg(test)]
mod tests {
    use fencepost_scenario::Document;

    use crate::compile::compile;

    #[test]
    fn who_is_asked_need_not_be_said_where_there_is_one_lock_service() {
        let world =
            |rest: &str| compile(&Document::new(format!("fencepost 1\nlock L lease 10s\n{rest}")).parse().scenario);
        assert_eq!(world("store S check ask-first").world, world("store S check ask-first L").world);
        let two = "lock M lease 10s\nstore S check ask-first";
        assert_ne!(world(two).world, world(&format!("{two} L")).world);
    }
}
