//! A fault as a sentence: "A pauses for 15 s at 150 ms".

use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, PauseStart, Sides};
use fencepost_sim::PartitionMode;

/// What the fault does, without a full stop.
pub fn fault_sentence(fault: &FaultSpec) -> String {
    match fault {
        FaultSpec::Pause { participant, start, length } => format!("{participant} pauses for {length} {}", when(start)),
        FaultSpec::Crash { participant, start: CrashStart::At(at), .. } => format!("{participant} crashes at {at}"),
        FaultSpec::Crash { participant, .. } => format!("{participant} crashes"),
        FaultSpec::Mute { participant, from, .. } => format!("nothing that {participant} sends arrives from {from}"),
        FaultSpec::Deafen { participant, from, .. } => format!("nothing arrives at {participant} from {from}"),
        FaultSpec::Hold { message, until } => format!("{} is held until {until}", name(message)),
        FaultSpec::Stall { participant, step, by, .. } => {
            format!("{participant} takes {by} longer to {}", step.word())
        }
        FaultSpec::ClockRate { participant, from, .. } => {
            format!("{participant}’s clocks change their speed at {from}")
        }
        FaultSpec::ClockJump { participant, at, .. } => format!("{participant}’s wall clock jumps at {at}"),
        FaultSpec::Partition { sides, from, until, mode } => {
            format!("{} from {from} to {until}; what is sent is {}", cut(sides), fate(*mode))
        }
        FaultSpec::Drop { message } => format!("{} is lost", name(message)),
        FaultSpec::Delay { message, by } => format!("{} takes {by} longer", name(message)),
        FaultSpec::Duplicate { message, after } => format!("{} arrives again {after} later", name(message)),
    }
}

fn when(start: &PauseStart) -> String {
    match start {
        PauseStart::At(at) => format!("at {at}"),
        PauseStart::Before { step, ordinal: 1 } => format!("just before its first {}", step.word()),
        PauseStart::Before { step, ordinal } => format!("just before its {} number {ordinal}", step.word()),
    }
}

fn cut(sides: &Sides) -> String {
    let (left, right) = (group(&sides.left), group(&sides.right));
    match (sides.one_way, sides.left.len() == 1, sides.right.len() == 1) {
        (true, _, true) => format!("{right} hears nothing from {left}"),
        (true, _, false) => format!("{right} hear nothing from {left}"),
        (false, true, _) => format!("{left} is cut off from {right}"),
        (false, false, _) => format!("{left} are cut off from {right}"),
    }
}

fn group(names: &[String]) -> String {
    names.join(" and ")
}

fn fate(mode: PartitionMode) -> &'static str {
    match mode {
        PartitionMode::Drop => "lost",
        PartitionMode::Hold => "held until it heals",
        PartitionMode::Sever => "lost, and what is under way too",
    }
}

fn name(message: &MessageName) -> String {
    let MessageName { from, to, kind, ordinal } = message;
    match ordinal {
        1 => format!("{from}’s first {} to {to}", kind.word()),
        _ => format!("{from}’s {} number {ordinal} to {to}", kind.word()),
    }
}

#[cfg(test)]
mod tests {
    use fencepost_sim::{Duration, Time};
    use fencepost_vocabulary::{MessageKind, Step};

    use super::*;

    fn write_to(ordinal: u32) -> MessageName {
        MessageName { from: "A".into(), to: "S".into(), kind: MessageKind::Write, ordinal }
    }

    #[test]
    fn a_pause_says_who_when_and_how_long() {
        let length = Duration::from_secs(15);
        let at = FaultSpec::Pause { participant: "A".into(), start: PauseStart::At(Time::from_millis(150)), length };
        assert_eq!(fault_sentence(&at), "A pauses for 15 s at 150 ms");
        let before = PauseStart::Before { step: Step::Write, ordinal: 2 };
        let before = FaultSpec::Pause { participant: "A".into(), start: before, length };
        assert_eq!(fault_sentence(&before), "A pauses for 15 s just before its write number 2");
    }

    #[test]
    fn a_message_is_named_as_a_person_would() {
        assert_eq!(fault_sentence(&FaultSpec::Drop { message: write_to(1) }), "A’s first write to S is lost");
        let late = FaultSpec::Delay { message: write_to(2), by: Duration::from_secs(20) };
        assert_eq!(fault_sentence(&late), "A’s write number 2 to S takes 20 s longer");
    }

    #[test]
    fn a_one_way_partition_names_the_deaf_side() {
        let sides = Sides { left: vec!["A".into()], right: vec!["L".into(), "S".into()], one_way: true };
        let cut = FaultSpec::Partition {
            sides,
            from: Time::from_millis(5_000),
            until: Time::from_millis(8_000),
            mode: PartitionMode::Hold,
        };
        let said = "L and S hear nothing from A from 5 s to 8 s; what is sent is held until it heals";
        assert_eq!(fault_sentence(&cut), said);
    }
}
