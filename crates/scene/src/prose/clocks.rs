//! What a participant's own clocks show, wherever they differ from true time.

use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{ClockTrack, ParticipantId, Time};
use fencepost_vocabulary::Event;

use crate::layout::words;
use crate::view::View;

/// Whether any clock is meddled with. Most scenarios leave them alone, and then nobody need look through the run.
pub(crate) fn are_meddled_with(view: &View<'_>) -> bool {
    view.scenario.faults.iter().any(|it| matches!(it, FaultSpec::ClockRate { .. } | FaultSpec::ClockJump { .. }))
}

/// Behind the sentence of an event: what the clocks of its participant show, if they are not right.
pub(super) fn shown(event: &Event, view: &View<'_>) -> String {
    if !are_meddled_with(view) || event.participant == ParticipantId::NETWORK {
        return String::new();
    }
    at(event.participant, event.time, &ClockTrack::read(view.trace), view)
}

fn at(id: ParticipantId, time: Time, track: &ClockTrack, view: &View<'_>) -> String {
    let (who, now) = (view.cast.name(id), track.now(id, time));
    let (mono, wall) = (now.mono.0, now.wall.0);
    let (drifted, set) = (mono != time.0, u64::try_from(wall) != Ok(mono));
    match (drifted, set) {
        (false, false) => String::new(),
        (true, false) => format!(" The clocks of {who} show {}.", Time(mono)),
        (false, true) => format!(" The wall clock of {who} shows {}.", words::reading(wall)),
        (true, true) => {
            format!(
                " The clock of {who} that never jumps shows {}, its wall clock {}.",
                Time(mono),
                words::reading(wall)
            )
        }
    }
}
