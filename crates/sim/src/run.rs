//! Moves a world forward until nothing is left, the horizon is reached or a limit is used up.

use crate::actor::Actor;
use crate::record::Recorder;
use crate::time::Time;
use crate::trace::End;
use crate::world::World;

/// How much may happen before a run is stopped. A stopped run is a result, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Events in the whole run.
    pub events: u64,
    /// Events at one instant; more means that time has stopped advancing.
    pub events_per_instant: u64,
    /// Work of a search for a loop, in things to come that are looked at: about a tenth of a second.
    pub lasso_work: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { events: 200_000, events_per_instant: 10_000, lasso_work: 2_000_000 }
    }
}

/// Runs `world` through every moment before `horizon` and says why it stopped.
///
/// The run covers the half-open interval `[now, horizon)`. With [`End::Quiescent`] the world's clock stays at the last
/// thing that happened; with [`End::Horizon`] it is at the horizon.
pub fn run<A: Actor>(
    world: &mut World<A>,
    horizon: Time,
    limits: Limits,
    recorder: &mut impl Recorder<A::Words>,
) -> End {
    let mut pace = Pace::new(world, recorder);
    loop {
        if let Some(end) = pace.run_on(world, horizon, limits, recorder, u64::MAX) {
            return end;
        }
    }
}

/// Where a run stands that goes on a few events at a time.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    instant: Time,
    recorded_before: u64,
}

impl Pace {
    /// Before the first event.
    pub fn new<A: Actor>(world: &World<A>, recorder: &impl Recorder<A::Words>) -> Self {
        Self { instant: world.now(), recorded_before: recorder.len() }
    }

    /// As [`run`](fn@run), but for about so many events; `None` if there are more to come. However a run is divided, it
    /// is the same run.
    pub fn run_on<A: Actor>(
        &mut self,
        world: &mut World<A>,
        horizon: Time,
        limits: Limits,
        recorder: &mut impl Recorder<A::Words>,
        events: u64,
    ) -> Option<End> {
        let enough = recorder.len().saturating_add(events);
        while recorder.len() < enough {
            match world.next_time() {
                None => return Some(End::Quiescent),
                Some(next) if next >= horizon => {
                    world.rest_until(horizon);
                    return Some(End::Horizon);
                }
                Some(next) if next != self.instant => {
                    self.instant = next;
                    self.recorded_before = recorder.len();
                }
                Some(_) => {}
            }
            world.advance(recorder);
            if recorder.len() >= limits.events {
                return Some(End::Limit);
            }
            if recorder.len() - self.recorded_before > limits.events_per_instant {
                return Some(End::Zeno);
            }
        }
        None
    }
}
