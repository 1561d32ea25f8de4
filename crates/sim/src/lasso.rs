//! Looks for a lasso: a run that comes back to a state it was in, and so goes round for ever.
//!
//! What is not done within one round of the loop is never done, whatever the horizon. The loop is fair without further
//! ado: a world leaves no choice open, so what can happen in it happens in every round. Terms of office, which grow for
//! ever, do not hide it: see the normal form in [`crate::world`].

use crate::actor::Actor;
use crate::record::{Recorder, Recording};
use crate::run::Limits;
use crate::time::{Duration, Time};
use crate::world::World;

/// A loop in a run: the state after everything at `from` comes back after `length`, all clocks apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lasso {
    /// A moment after which the run only repeats itself. It may have begun to do so earlier.
    pub from: Time,
    /// How long one round takes.
    pub length: Duration,
}

/// Runs `world` until a state comes back, or until the horizon or a limit is reached.
///
/// States are compared at the end of every moment, in their [normalised](World::normalised) form, with one that was
/// kept from before, at distances that double (Brent's way); so the loop found is a shortest one. The search begins
/// when nothing planned is left to come. `None` settles nothing: a loop may be longer than the horizon, or hide behind
/// a counter.
pub fn find_lasso<A: Actor>(mut world: World<A>, horizon: Time, limits: Limits) -> Option<Lasso> {
    let mut recorder = Recording::counting();
    let mut kept: Option<(Time, World<A>)> = None;
    let (mut moments, mut patience) = (0_u64, 1_u64);
    loop {
        pass_moment(&mut world, horizon, limits, &mut recorder)?;
        if let Some((from, normal)) = &kept
            && world.resembles(normal)
            && world.normalised() == *normal
        {
            return Some(Lasso { from: *from, length: world.now().since(*from) });
        }
        moments += 1;
        if kept.is_none() || moments == patience {
            kept = if world.has_plans() { None } else { Some((world.now(), world.normalised())) };
            (moments, patience) = (0, patience * if kept.is_some() { 2 } else { 1 });
        }
    }
}

/// Lets everything happen that is due at the next moment. `None` when nothing is left, or time or a limit is up.
fn pass_moment<A: Actor>(
    world: &mut World<A>,
    horizon: Time,
    limits: Limits,
    recorder: &mut impl Recorder<A::Words>,
) -> Option<()> {
    let moment = world.next_time().filter(|next| *next < horizon)?;
    let before = recorder.len();
    while world.next_time() == Some(moment) {
        world.advance(recorder);
        if recorder.len() >= limits.events || recorder.len() - before > limits.events_per_instant {
            return None;
        }
    }
    Some(())
}
