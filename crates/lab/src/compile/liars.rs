//! Generals of whom some lie, and pairs of which one should be active: how each of them is set up.
//!
//! How long a round lasts, and how long a shot needs, follows from the network: both rest on knowing how long a message
//! takes at most, and a scenario says that already.

use fencepost_protocols::{Lie, OfficerConfig, Stonith, TwinConfig};
use fencepost_scenario::model::{FaultSpec, OfficerSpec, Order, PairSpec, Scenario};
use fencepost_sim::{Duration, FaultId, ParticipantId};
use fencepost_vocabulary::Cast;

use super::roles::find_all;
use crate::run::longest_delay;

/// A round lasts as long as so many of the longest delays. One would do if all clocks were exact.
const DELAYS_IN_A_ROUND: u64 = 4;
/// A round is never shorter than this, however fast the network is.
const SHORTEST_ROUND: Duration = Duration::from_millis(1);

pub(super) fn officer_config(id: ParticipantId, spec: &OfficerSpec, scenario: &Scenario, cast: &Cast) -> OfficerConfig {
    OfficerConfig {
        id,
        officers: find_all(&spec.generals, cast),
        relays: spec.rounds,
        signed: spec.signed,
        order: spec.order == Order::Attack,
        traitor: spec.traitors.iter().any(|traitor| cast.find(traitor) == Some(id)),
        lies: lies_of(id, scenario, cast).into_iter().map(|(_, lie)| lie).collect(),
        round: times(longest_delay(scenario), DELAYS_IN_A_ROUND).max(SHORTEST_ROUND),
    }
}

/// What a participant is told to lie, each with the fault that it is. One that speaks of nobody is left out.
pub(crate) fn lies_of(liar: ParticipantId, scenario: &Scenario, cast: &Cast) -> Vec<(FaultId, Lie)> {
    let lie = |spec: &FaultSpec| {
        let FaultSpec::Lie { from, to, about, says } = spec else { return None };
        let about = match about {
            Some(name) => Some(cast.lane(name)?),
            None => None,
        };
        let lie = Lie { to: cast.lane(to)?, about, says: *says == Order::Attack };
        (cast.lane(from)? == liar).then_some(lie)
    };
    super::in_order(&scenario.faults).filter_map(|(place, spec)| Some((place, lie(spec)?))).collect()
}

/// Without another node a node hears itself, and all is well.
pub(super) fn twin_config(id: ParticipantId, spec: &PairSpec, scenario: &Scenario, cast: &Cast) -> TwinConfig {
    let twins = find_all(&spec.twins, cast);
    let takeover = times(longest_delay(scenario), 2);
    TwinConfig {
        id,
        peer: twins.iter().copied().find(|twin| *twin != id).unwrap_or(id),
        pair: cast.find(&spec.object()).unwrap_or(id),
        is_first: twins.first() == Some(&id),
        heartbeat: spec.heartbeat,
        timeout: spec.timeout,
        stonith: if spec.confirmed { Stonith::Confirmed } else { Stonith::Unconfirmed { takeover } },
        disk: spec.disk.as_ref().and_then(|disk| cast.lane(disk)),
    }
}

fn times(length: Duration, number: u64) -> Duration {
    Duration(length.0.saturating_mul(number))
}
