//! The models a scenario states, and what a reader's choice of another one means.

use fencepost_scenario::Edit;
use fencepost_scenario::model::{Bounds, FailureModel, TimingModel};
use fencepost_sim::{Duration, Time};

use crate::app::{Effect, Model, Picture, documents};

/// A choice of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// A timing model, by its place among the three; `None` states none.
    Timing(Option<usize>),
    /// A failure model; `None` states none.
    Failures(Option<FailureModel>),
}

/// Puts the statement into the text, or takes it out.
pub fn state(model: &mut Model, stated: Stated) -> Vec<Effect> {
    let edit = match stated {
        Stated::Timing(place) => Edit::SetModel(place.map(|place| timing(place, &model.picture))),
        Stated::Failures(failures) => Edit::SetFailures(failures),
    };
    documents::apply(model, &edit)
}

/// The timing model at this place, with the bounds that are stated now or that the network keeps by itself, and with a
/// stabilisation in the middle of the run where none is stated.
fn timing(place: usize, picture: &Picture) -> TimingModel {
    let scenario = &picture.view.scenario;
    let longest = scenario.links.iter().map(|link| link.delay.high).fold(scenario.delay.high, Duration::max);
    let own = Bounds { delay: longest, pause: Duration::ZERO, drift: 0 };
    let second = Duration::from_secs(1).0;
    let middle = Time((scenario.until.0 / 2 / second * second).max(second));
    let (bounds, gst) = match scenario.model {
        Some(TimingModel::Synchronous(bounds)) => (bounds, middle),
        Some(TimingModel::PartiallySynchronous { bounds, gst }) => (bounds, gst),
        Some(TimingModel::Asynchronous) | None => (own, middle),
    };
    match place {
        0 => TimingModel::Synchronous(bounds),
        1 => TimingModel::PartiallySynchronous { bounds, gst },
        _ => TimingModel::Asynchronous,
    }
}

#[cfg(test)]
mod tests {
    use crate::app::{Msg, Start, update};

    use super::*;

    fn stated(choices: &[Stated]) -> String {
        let mut model = Model::open(Start::default()).0;
        for choice in choices {
            update(&mut model, Msg::State(*choice));
        }
        let new = model.text().lines().filter(|line| line.starts_with("model") || line.starts_with("failures"));
        new.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_model_is_stated_once_and_taken_back() {
        assert_eq!(stated(&[Stated::Timing(Some(0))]), "model synchronous delay 50ms");
        let changed = [Stated::Timing(Some(0)), Stated::Timing(Some(1))];
        assert_eq!(stated(&changed), "model partially-synchronous delay 50ms gst 15s");
        assert_eq!(stated(&[Stated::Timing(Some(2)), Stated::Timing(None)]), "");
        let both = [Stated::Timing(Some(2)), Stated::Failures(Some(FailureModel::Omission))];
        assert_eq!(stated(&both), "model asynchronous\nfailures omission");
    }

    #[test]
    fn it_changes_the_text_and_not_the_run_and_is_one_step() {
        let mut model = Model::open(Start::default()).0;
        let (text, digest) = (model.text().to_owned(), model.picture.digest);
        update(&mut model, Msg::State(Stated::Failures(Some(FailureModel::CrashStop))));
        assert_eq!(model.picture.digest, digest);
        assert!(model.remarks.is_empty(), "{:?}", model.remarks);
        update(&mut model, Msg::Undo);
        assert_eq!(model.text(), text);
    }
}
