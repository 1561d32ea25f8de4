//! Who is who: the names and roles that properties and pictures know the participants by.

use fencepost_scenario::model::{Role as RoleSpec, Scenario};
use fencepost_vocabulary::{Cast, Member, RoleKind};

pub(super) fn cast(scenario: &Scenario) -> Cast {
    let member = |name: &str, role| Member { name: name.to_owned(), role };
    let members = scenario.participants.iter().map(|it| match &it.role {
        RoleSpec::Lock(lock) => {
            let data = lock.data.as_ref().map(|store| store.check);
            member(&it.name, RoleKind::Lock { lease: lock.lease, data, expiry_clock: lock.expiry })
        }
        RoleSpec::Store(store) => member(&it.name, RoleKind::Store { check: store.check }),
        RoleSpec::Client(_) => member(&it.name, RoleKind::Client),
        RoleSpec::Member(spec) => {
            let (heartbeat, suspect_after) = (spec.heartbeat, spec.suspect);
            let observer = spec.observers.contains(&it.name);
            member(&it.name, RoleKind::Member { heartbeat, suspect_after, observer })
        }
        RoleSpec::General(spec) => member(&it.name, RoleKind::General { of: spec.messages }),
    });
    Cast::of(members.collect())
}
