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

/// What came of looking for a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LassoSearch {
    /// The run goes round for ever.
    Found(Lasso),
    /// The horizon, a limit or the end of the run came first. That settles nothing: a loop may be longer than the
    /// horizon, or hide behind a counter.
    NotFound,
    /// The search had done as much work as it may, and was given up.
    GaveUp,
}

impl LassoSearch {
    /// The loop, if there is one.
    pub fn lasso(self) -> Option<Lasso> {
        match self {
            Self::Found(lasso) => Some(lasso),
            Self::NotFound | Self::GaveUp => None,
        }
    }
}

/// Runs `world` until a state comes back, until the horizon or a limit is reached, or until the work of comparing
/// states has come to [`Limits::lasso_work`].
pub fn find_lasso<A: Actor>(world: World<A>, horizon: Time, limits: Limits) -> LassoSearch {
    let mut hunt = LassoHunt::new(world, horizon, limits);
    loop {
        if let Some(found) = hunt.go_on(u64::MAX) {
            return found;
        }
    }
}

/// A search for a loop that goes on a few events at a time.
///
/// States are compared at the end of every moment, in their [normalised](World::normalised) form, with one that was
/// kept from before, at distances that double (Brent, "An improved Monte Carlo factorization algorithm", BIT 20, 1980);
/// so the loop found is a shortest one. The search begins when nothing planned is left to come.
#[derive(Debug)]
pub struct LassoHunt<A: Actor> {
    world: World<A>,
    horizon: Time,
    limits: Limits,
    recorder: Recording<A::Words>,
    kept: Option<(Time, World<A>)>,
    work: Work,
    moments: u64,
    patience: u64,
}

impl<A: Actor> LassoHunt<A> {
    /// Before the first moment.
    pub fn new(world: World<A>, horizon: Time, limits: Limits) -> Self {
        let work = Work { left: limits.lasso_work };
        let recorder = Recording::counting();
        Self { world, horizon, limits, recorder, kept: None, work, moments: 0, patience: 1 }
    }

    /// Goes on for about so much work, in events that happen and things to come that are looked at; `None` if that did
    /// not settle it. However a search is divided, it finds the same.
    pub fn go_on(&mut self, work: u64) -> Option<LassoSearch> {
        let enough = self.spent().saturating_add(work);
        while self.spent() < enough {
            if self.work.left == 0 {
                return Some(LassoSearch::GaveUp);
            }
            if pass_moment(&mut self.world, self.horizon, self.limits, &mut self.recorder).is_none() {
                return Some(LassoSearch::NotFound);
            }
            if let Some(found) = self.compare() {
                return Some(LassoSearch::Found(found));
            }
        }
        None
    }

    fn spent(&self) -> u64 {
        self.recorder.len() + (self.limits.lasso_work - self.work.left)
    }

    fn compare(&mut self) -> Option<Lasso> {
        let (world, work) = (&self.world, &mut self.work);
        if let Some((from, normal)) = &self.kept
            && world.resembles(normal, work)
            && world.normalised_within(work) == *normal
        {
            return Some(Lasso { from: *from, length: world.now().since(*from) });
        }
        self.moments += 1;
        if self.kept.is_none() || self.moments == self.patience {
            self.kept = (!world.has_plans(work)).then(|| (world.now(), world.normalised_within(work)));
            (self.moments, self.patience) = (0, self.patience * if self.kept.is_some() { 2 } else { 1 });
        }
        None
    }
}

/// Work that may still be done, counted in things to come that are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    left: u64,
}

impl Work {
    /// So many more have been looked at.
    pub fn spend(&mut self, looks: u64) {
        self.left = self.left.saturating_sub(looks);
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
