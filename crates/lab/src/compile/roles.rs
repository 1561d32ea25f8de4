//! What each participant is set up to be.

use fencepost_protocols::{Client, LeaseLock, LockConfig, Memory, Role, Store, StoreConfig, SyncMode};
use fencepost_scenario::model::{
    ClientSpec, LockSpec, Memory as MemorySpec, ReleaseMode, Role as RoleSpec, StoreSpec, SyncMode as SyncSpec,
};
use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{Cast, CheckMode, FencingToken, RoleKind};

use super::program::client_config;

pub(super) fn role(id: ParticipantId, spec: &RoleSpec, cast: &Cast) -> Role {
    match spec {
        RoleSpec::Lock(lock) => Role::Lock(LeaseLock::new(lock_config(lock, wants_seals(cast), cast))),
        RoleSpec::Store(spec) => Role::Store(store(spec, cast)),
        RoleSpec::Client(client) => Role::Client(Client::new(id, client_config(client, cast))),
        RoleSpec::Member(_) | RoleSpec::General(_) => {
            Role::Client(Client::new(id, client_config(&ClientSpec::new(Time::ZERO, Vec::new()), cast)))
        }
    }
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
        asks: spec.asks.as_ref().and_then(|name| cast.find(name)),
        max: memory(spec.max),
        nonatomic: spec.nonatomic,
        sync: sync(spec.sync),
    })
}

/// Whether some store asks for the lock service's seal on a token.
fn wants_seals(cast: &Cast) -> bool {
    cast.iter().any(|(_, member)| {
        matches!(
            member.role,
            RoleKind::Store { check: CheckMode::Mac } | RoleKind::Lock { data: Some(CheckMode::Mac), .. }
        )
    })
}

fn memory(spec: MemorySpec) -> Memory {
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
