//! What goes wrong, as a line.

use fencepost_sim::{Disk, PartitionMode, Time};

use crate::model::{CrashStart, FaultSpec, MessageName, PauseStart, Recovery, Sides};
use crate::print::length;
use crate::print::world::share;
use crate::time::written;

/// One fault as a line, without `off`.
pub fn print_fault(fault: &FaultSpec) -> String {
    match fault {
        FaultSpec::Pause { participant, start, length: pause } => {
            let start = match start {
                PauseStart::At(at) => format!("at {}", written(at.0)),
                PauseStart::Before { step, ordinal } => format!("before {} {ordinal}", step.word()),
            };
            format!("pause {participant} {start} for {}", length(*pause))
        }
        FaultSpec::Crash { participant, start, recovery } => {
            format!(
                "crash {participant} {}{}",
                crash_start(start),
                recovery.as_ref().map(recovered).unwrap_or_default()
            )
        }
        FaultSpec::Mute { participant, from, until } => format!("mute {participant} {}", span(*from, *until)),
        FaultSpec::Deafen { participant, from, until } => format!("deafen {participant} {}", span(*from, *until)),
        FaultSpec::Partition { sides, from, until, mode } => {
            let until = Some(*until).filter(|until| *until < Time::NEVER);
            format!("partition {} {}{}", print_sides(sides), span(*from, until), cut_mode(*mode))
        }
        FaultSpec::Drop { message } => format!("drop {}", print_message(message)),
        FaultSpec::Delay { message, by } => format!("delay {} by {}", print_message(message), length(*by)),
        FaultSpec::Duplicate { message, after } => {
            format!("duplicate {} after {}", print_message(message), length(*after))
        }
        FaultSpec::Hold { message, until } => format!("hold {} until {}", print_message(message), written(until.0)),
        FaultSpec::Stall { participant, step, ordinal, by } => {
            format!("delay {participant} {} {ordinal} by {}", step.word(), length(*by))
        }
        FaultSpec::ClockRate { participant, change_ppm, from } => {
            let change = format!("{}{}", sign(*change_ppm >= 0), share(change_ppm.unsigned_abs()));
            format!("clock {participant} rate {change} from {}", written(from.0))
        }
        FaultSpec::ClockJump { participant, at, by } => {
            let jump = format!("{}{}", sign(*by >= 0), written(by.unsigned_abs()));
            format!("clock {participant} jump {jump} at {}", written(at.0))
        }
        FaultSpec::Lie { from, to, about, says } => {
            format!("lie {} says {}", print_lie(from, to, about.as_deref()), says.word())
        }
    }
}

fn crash_start(start: &CrashStart) -> String {
    match start {
        CrashStart::At(at) => format!("at {}", written(at.0)),
        CrashStart::Before { step, ordinal } => format!("before {} {ordinal}", step.word()),
        CrashStart::AfterSending(message) => format!("after {}", print_message(message)),
    }
}

fn recovered(recovery: &Recovery) -> String {
    let disk = match recovery.disk {
        Disk::Kept => String::new(),
        Disk::Synced => ", disk synced".to_owned(),
        Disk::Wiped => ", disk wiped".to_owned(),
    };
    format!(", recover at {}{disk}", written(recovery.at.0))
}

/// `from 2s to 9s`, or `from 2s` for ever.
fn span(from: Time, until: Option<Time>) -> String {
    let until = until.map(|until| format!(" to {}", written(until.0))).unwrap_or_default();
    format!("from {}{until}", written(from.0))
}

fn cut_mode(mode: PartitionMode) -> &'static str {
    match mode {
        PartitionMode::Drop => "",
        PartitionMode::Hold => " hold",
        PartitionMode::Sever => " sever",
    }
}

fn sign(is_positive: bool) -> char {
    if is_positive { '+' } else { '-' }
}

pub(super) fn print_sides(sides: &Sides) -> String {
    let mark = if sides.one_way { "->" } else { "|" };
    format!("{} {mark} {}", sides.left.join(" "), sides.right.join(" "))
}

pub(crate) fn print_message(message: &MessageName) -> String {
    format!("{}->{} {} {}", message.from, message.to, message.kind.word(), message.ordinal)
}

/// `G3 to G1 about G2`
pub(super) fn print_lie(from: &str, to: &str, about: Option<&str>) -> String {
    let about = about.map(|about| format!(" about {about}")).unwrap_or_default();
    format!("{from} to {to}{about}")
}
