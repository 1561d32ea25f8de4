//! What goes wrong, in the kernel's terms.

use fencepost_scenario::model::{CrashStart as CrashStartSpec, FaultSpec, MessageName, PauseStart, Sides};
use fencepost_sim::{
    CrashStart, MessageTarget, OmissionSide, ParticipantId, PartitionMode, Rate, Recovery, Time, sort_by_rank,
};
use fencepost_vocabulary::{Cast, Fault, Fencepost};

/// The fault in the kernel's terms, or the name that nobody has.
pub(super) fn fault(spec: &FaultSpec, cast: &Cast) -> Result<Fault, String> {
    let find = |name: &String| cast.lane(name).ok_or_else(|| name.clone());
    Ok(match spec {
        FaultSpec::Pause { participant, start, length } => {
            Fault::Pause { participant: find(participant)?, start: pause_start(start), length: *length }
        }
        FaultSpec::Crash { participant, start, recovery } => Fault::Crash {
            participant: find(participant)?,
            start: crash_start(start, cast)?,
            recovery: recovery.map(|recovery| Recovery { at: recovery.at, disk: recovery.disk }),
        },
        FaultSpec::Mute { participant, from, until } => {
            Fault::Omission { participant: find(participant)?, side: OmissionSide::Sending, from: *from, until: *until }
        }
        FaultSpec::Deafen { participant, from, until } => Fault::Omission {
            participant: find(participant)?,
            side: OmissionSide::Receiving,
            from: *from,
            until: *until,
        },
        FaultSpec::Hold { message, until } => Fault::Hold { target: target(message, cast)?, until: *until },
        FaultSpec::Stall { participant, step, ordinal, by } => {
            Fault::Stall { participant: find(participant)?, step: *step, ordinal: *ordinal, by: *by }
        }
        FaultSpec::ClockRate { participant, change_ppm, from } => {
            let rate = Rate(Rate::EXACT.0.saturating_add_signed(*change_ppm).max(1));
            Fault::ClockRate { participant: find(participant)?, rate, from: *from }
        }
        FaultSpec::ClockJump { participant, at, by } => {
            Fault::ClockJump { participant: find(participant)?, at: *at, by: *by }
        }
        FaultSpec::Partition { sides, from, until, mode } => {
            Fault::Partition { links: links(sides, cast)?, from: *from, until: *until, mode: *mode }
        }
        FaultSpec::Drop { message } => Fault::Drop { target: target(message, cast)? },
        FaultSpec::Delay { message, by } => Fault::Delay { target: target(message, cast)?, by: *by },
        // A lie is nothing that befalls anybody: it is told to the liar, in [`super::roles`].
        FaultSpec::Lie { from, to, about, .. } => {
            find(from)?;
            find(to)?;
            about.as_ref().map(find).transpose()?;
            no_fault()
        }
        FaultSpec::Duplicate { message, after } => Fault::Duplicate { target: target(message, cast)?, after: *after },
    })
}

fn crash_start(start: &CrashStartSpec, cast: &Cast) -> Result<CrashStart<Fencepost>, String> {
    Ok(match start {
        CrashStartSpec::At(time) => CrashStart::At(*time),
        CrashStartSpec::Before { step, ordinal } => CrashStart::Before { step: *step, ordinal: *ordinal },
        CrashStartSpec::AfterSending(message) => CrashStart::AfterSending { target: target(message, cast)? },
    })
}

fn pause_start(start: &PauseStart) -> fencepost_sim::PauseStart<Fencepost> {
    match start {
        PauseStart::At(time) => fencepost_sim::PauseStart::At(*time),
        PauseStart::Before { step, ordinal } => fencepost_sim::PauseStart::Before { step: *step, ordinal: *ordinal },
    }
}

/// The directed links between the two sides, each once.
fn links(sides: &Sides, cast: &Cast) -> Result<Vec<(ParticipantId, ParticipantId)>, String> {
    let mut links = Vec::new();
    for left in &sides.left {
        for right in &sides.right {
            let (left, right) =
                (cast.lane(left).ok_or_else(|| left.clone())?, cast.lane(right).ok_or_else(|| right.clone())?);
            links.push((left, right));
            if !sides.one_way {
                links.push((right, left));
            }
        }
    }
    sort_by_rank(&mut links, |(from, to)| (u64::from(from.0), u64::from(to.0)));
    links.dedup();
    Ok(links)
}

fn target(message: &MessageName, cast: &Cast) -> Result<MessageTarget<Fencepost>, String> {
    let find = |name: &String| cast.lane(name).ok_or_else(|| name.clone());
    Ok(MessageTarget {
        from: find(&message.from)?,
        to: find(&message.to)?,
        kind: message.kind,
        ordinal: message.ordinal,
    })
}

/// Keeps a fault's place in the plan when the fault itself cannot be built.
pub(super) fn no_fault() -> Fault {
    Fault::Partition { links: Vec::new(), from: Time::ZERO, until: Time::ZERO, mode: PartitionMode::Drop }
}
