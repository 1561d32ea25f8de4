//! The four failure models, a ladder: each allows all that the one below it allows, and one thing more. The first two are
//! those of the textbooks with reliable links. Textbooks also have an order in which crash-recovery stands above omission,
//! and tell a node that omits to send from a link that loses; to whoever waits for the message both are one.
//!
//! *Crash-stop*: whoever stops, stops for ever, and the network loses nothing. *Crash-recovery*: it may come back, with
//! what was durably on its disk. *Omission*: messages may be lost, and, which is as hard to tell and takes the same
//! cure, doubled. *Byzantine*: anything, lies among it; a disk that forgets what it had promised to keep is no better.
//! What is merely late is no failure: that is for [`timing`](super::timing).

use fencepost_scenario::Scenario;
use fencepost_scenario::model::FailureModel;
use fencepost_sim::Disk;
use fencepost_vocabulary::Cast;

use super::deeds::{Deed, Kind};
use super::{Row, outside};
use crate::run::Run;

pub(super) fn rows(scenario: &Scenario, deeds: &[Deed], run: &Run) -> [Row; 4] {
    FailureModel::ALL.map(|model| Row {
        word: model.word(),
        stated: scenario.failures == Some(model),
        promise: promise(model).to_owned(),
        outside: outside(deeds, &|kind| exceeds(kind, model, &run.cast)),
    })
}

fn promise(model: FailureModel) -> &'static str {
    match model {
        FailureModel::CrashStop => {
            "Whoever stops, stops for ever. Links are reliable: every message between those who run arrives once."
        }
        FailureModel::CrashRecovery => {
            "Whoever stops may come back, with all that it had durably written. Links are still reliable."
        }
        FailureModel::Omission => "Links may also lose a message, or bring it twice. Nobody says anything untrue.",
        FailureModel::Byzantine => "Anyone may do anything: lie, forge, or forget what it promised to keep.",
    }
}

/// Why this model does not allow it; `None` if it does.
pub(super) fn exceeds(kind: &Kind, model: FailureModel, cast: &Cast) -> Option<String> {
    let (least, why) = match *kind {
        Kind::CameBack { who, disk: Disk::Kept | Disk::Synced } => {
            (FailureModel::CrashRecovery, format!("{} comes back after its crash.", cast.name(who)))
        }
        Kind::CameBack { who, disk: Disk::Wiped } => {
            let who = cast.name(who);
            (FailureModel::Byzantine, format!("{who} comes back with an empty disk, though it was to be kept."))
        }
        Kind::Lost { from, to } => {
            (FailureModel::Omission, format!("A message from {} to {} is lost.", cast.name(from), cast.name(to)))
        }
        Kind::Doubled { to } => (FailureModel::Omission, format!("A message to {} arrives twice.", cast.name(to))),
        Kind::Forged { who, token } => {
            (FailureModel::Byzantine, format!("{} shows token {token}, which nobody gave it.", cast.name(who)))
        }
        Kind::Lied { who, to } => (
            FailureModel::Byzantine,
            format!("{} tells {} something else than it should.", cast.name(who), cast.name(to)),
        ),
        Kind::VotedTwice { who, term } => {
            (FailureModel::Byzantine, format!("{} votes for two in term {term}.", cast.name(who)))
        }
        Kind::Asleep { .. }
        | Kind::Stalled { .. }
        | Kind::Slow { .. }
        | Kind::Drifting { .. }
        | Kind::Set { .. }
        | Kind::Stopped => return None,
    };
    (model < least).then_some(why)
}
