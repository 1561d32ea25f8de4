//! What each participant is set up to be.

use fencepost_protocols::{Client, LeaseLock, LockConfig, Role, Store};
use fencepost_scenario::model::{ClientSpec, LockSpec, ReleaseMode, Role as RoleSpec, StoreSpec};
use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{Cast, FencingToken};

use super::program::client_config;

pub(super) fn role(id: ParticipantId, spec: &RoleSpec, cast: &Cast) -> Role {
    match spec {
        RoleSpec::Lock(lock) => Role::Lock(LeaseLock::new(lock_config(lock))),
        RoleSpec::Store(spec) => Role::Store(store(spec)),
        RoleSpec::Client(client) => Role::Client(Client::new(id, client_config(client, cast))),
        RoleSpec::Member(_) | RoleSpec::General(_) => {
            Role::Client(Client::new(id, client_config(&ClientSpec::new(Time::ZERO, Vec::new()), cast)))
        }
    }
}

fn lock_config(spec: &LockSpec) -> LockConfig {
    LockConfig {
        lease: spec.lease,
        first_token: FencingToken(spec.first_token),
        blind_release: spec.release == ReleaseMode::Blind,
        reentrant: spec.reentrant,
        dedupe: spec.dedupe,
        data: spec.data.as_ref().map(store),
    }
}

fn store(spec: &StoreSpec) -> Store {
    Store::new(spec.check)
}
