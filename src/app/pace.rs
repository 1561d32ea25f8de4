//! How often a drag is run while the hand moves: every frame where that is quick, less often where it is not.
//!
//! A frame that took long is followed by as long a pause, so that the page has at least half of its time for the hand. One
//! that would hold the page up noticeably is not run before the hand rests.

/// A frame that takes no longer than this, in milliseconds, is followed by the next at once.
const QUICK: u64 = 25;

/// A run that takes longer than this is not run while the hand moves.
const NOTICEABLE: u64 = 200;

/// The hand rests when it has not moved for so long.
const REST: u64 = 250;

/// What is known of how long a run takes, from the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    cost: u64,
    over: u64,
}

/// When a frame is to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At once.
    Now,
    /// In so many milliseconds, with wherever the hand is then.
    In(u64),
    /// Once the hand has not moved for so many milliseconds.
    AtRest(u64),
}

impl Pace {
    /// A run and its drawing have taken from one moment to the other, in milliseconds of one clock.
    pub fn ran(&mut self, began: u64, over: u64) {
        *self = Self { cost: over.saturating_sub(began), over };
    }

    /// When a frame that is asked for now is to be run.
    pub fn turn(self, now: u64) -> Turn {
        match self.cost {
            0..=QUICK => Turn::Now,
            cost if cost > NOTICEABLE => Turn::AtRest(REST),
            cost => match (self.over + cost).saturating_sub(now) {
                0 => Turn::Now,
                wait => Turn::In(wait),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use fencepost_scenario::Edit;
    use fencepost_scenario::model::{FaultSpec, PauseStart};
    use fencepost_sim::{Duration, Time};
    use fencepost_vocabulary::PropertyKind;

    use super::*;
    use crate::app::{Model, Msg, Start, update};

    fn after(cost: u64) -> Pace {
        let mut pace = Pace::default();
        pace.ran(1_000, 1_000 + cost);
        pace
    }

    #[test]
    fn a_quick_run_is_run_every_frame() {
        assert_eq!(Pace::default().turn(0), Turn::Now);
        assert_eq!(after(25).turn(1_025), Turn::Now);
    }

    #[test]
    fn a_slow_run_pauses_for_as_long_as_it_took() {
        let pace = after(80);
        assert_eq!(pace.turn(1_080), Turn::In(80));
        assert_eq!(pace.turn(1_130), Turn::In(30));
        assert_eq!(pace.turn(1_160), Turn::Now);
        assert_eq!(pace.turn(9_000), Turn::Now);
    }

    #[test]
    fn a_run_that_holds_the_page_up_waits_for_the_hand() {
        assert_eq!(after(200).turn(1_400), Turn::Now);
        assert_eq!(after(201).turn(90_000), Turn::AtRest(250));
    }

    #[test]
    fn a_clock_that_goes_back_stops_nothing() {
        let mut pace = Pace::default();
        pace.ran(5_000, 4_000);
        assert_eq!(pace.turn(0), Turn::Now);
    }

    fn word(model: &Model, property: PropertyKind) -> &'static str {
        let found = model.picture.run.verdicts.iter().find(|verdict| verdict.property == property);
        found.map_or("missing", |verdict| verdict.state.word())
    }

    /// A's pause in the first chapter with another length.
    fn pause_for(millis: u64) -> Edit {
        let start = PauseStart::At(Time::from_millis(150));
        let fault = FaultSpec::Pause { participant: "A".into(), start, length: Duration::from_millis(millis) };
        Edit::ReplaceFault { index: 0, fault }
    }

    #[test]
    fn a_hand_that_is_too_quick_for_the_run_keeps_its_place_and_its_text() {
        let mut model = Model::open(Start::default()).0;
        let shown = model.picture.clone();
        assert!(update(&mut model, Msg::Hold(Some(pause_for(9_500)))).is_empty());
        assert!(model.text().contains("pause A at 150ms for 9500ms") && Rc::ptr_eq(&shown, &model.picture));
        assert!(model.drag.as_ref().is_some_and(|drag| drag.is_behind));
        update(&mut model, Msg::CatchUp);
        assert_eq!(word(&model, PropertyKind::EffectOrder), "held");
        assert!(model.drag.as_ref().is_some_and(|drag| !drag.is_behind));
        update(&mut model, Msg::Hold(Some(pause_for(14_000))));
        assert_eq!(word(&model, PropertyKind::EffectOrder), "held", "the picture is behind");
        update(&mut model, Msg::Commit);
        assert_eq!(word(&model, PropertyKind::EffectOrder), "violated", "where the hand let go counts");
        assert!(model.text().contains("pause A at 150ms for 14s"));
        update(&mut model, Msg::CatchUp);
        assert!(model.drag.is_none(), "there is nothing to catch up with");
        update(&mut model, Msg::Hold(Some(pause_for(9_500))));
        update(&mut model, Msg::Preview(Some(pause_for(9_500))));
        assert_eq!(word(&model, PropertyKind::EffectOrder), "held", "a frame that was held back is run all the same");
        update(&mut model, Msg::CancelPreview);
        assert_eq!(word(&model, PropertyKind::EffectOrder), "violated");
    }
}
