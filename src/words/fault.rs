//! A fault as a sentence: "A pauses for 15 s at 150 ms".

use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, PauseStart, Recovery, Sides};
use fencepost_sim::{Disk, Duration, PartitionMode, Time};
use fencepost_vocabulary::Step;

/// What the fault does, without a full stop.
pub fn fault_sentence(fault: &FaultSpec) -> String {
    match fault {
        FaultSpec::Pause { participant, start, length } => format!("{participant} pauses for {length} {}", when(start)),
        FaultSpec::Crash { participant, start, recovery } => {
            format!("{participant} crashes {}{}", crash_time(start), afterwards(recovery.as_ref()))
        }
        FaultSpec::Mute { participant, from, until } => {
            format!("{participant} is mute from {from} {}: nothing that it sends arrives", to(*until))
        }
        FaultSpec::Deafen { participant, from, until } => {
            format!("{participant} is deaf from {from} {}: nothing that is sent to it arrives", to(*until))
        }
        FaultSpec::Hold { message, until } => format!("{} is held back until {until}", name(message)),
        FaultSpec::Stall { participant, step, ordinal, by } => {
            format!("{participant} takes {by} longer over {}", step_name(*step, *ordinal))
        }
        FaultSpec::ClockRate { participant, change_ppm, from } => {
            let pace = if *change_ppm < 0 { "slower" } else { "faster" };
            let much = percent(change_ppm.saturating_abs());
            format!("{participant}’s clocks run {} {pace} from {from} on", much.trim_start_matches('+'))
        }
        FaultSpec::ClockJump { participant, at, by } => {
            let way = if *by < 0 { "back" } else { "forward" };
            format!("{participant}’s wall clock is set {way} by {} at {at}", Duration(by.unsigned_abs()))
        }
        FaultSpec::Partition { sides, from, until, mode } => {
            format!("{}; what is sent is {}", cut_for(sides, *from, *until), fate(*mode))
        }
        FaultSpec::Drop { message } => format!("{} is lost", name(message)),
        FaultSpec::Delay { message, by } => format!("{} takes {by} longer", name(message)),
        FaultSpec::Duplicate { message, after } => format!("{} arrives again {after} later", name(message)),
        FaultSpec::Lie { from, to, about: None, says } => format!("{from} tells {to} to {}", says.word()),
        FaultSpec::Lie { from, to, about: Some(about), says } => {
            format!("{from} tells {to} that {about} says to {}", says.word())
        }
    }
}

fn when(start: &PauseStart) -> String {
    match start {
        PauseStart::At(at) => format!("at {at}"),
        PauseStart::Before { step, ordinal } => format!("just before {}", step_name(*step, *ordinal)),
    }
}

fn crash_time(start: &CrashStart) -> String {
    match start {
        CrashStart::At(at) => format!("at {at}"),
        CrashStart::Before { step, ordinal } => format!("just before {}", step_name(*step, *ordinal)),
        CrashStart::AfterSending(message) => format!("right after sending {}", own_name(message)),
    }
}

fn afterwards(recovery: Option<&Recovery>) -> String {
    let Some(Recovery { at, disk }) = recovery else { return String::new() };
    let disk = match disk {
        Disk::Kept => "all that was on its disk",
        Disk::Synced => "only what was synced to its disk",
        Disk::Wiped => "an empty disk",
    };
    format!(" and recovers at {at} with {disk}")
}

fn step_name(step: Step, ordinal: u32) -> String {
    match ordinal {
        1 => format!("its first {}", step.word()),
        _ => format!("its {} number {ordinal}", step.word()),
    }
}

fn to(until: Option<Time>) -> String {
    until.map_or_else(|| "on".into(), |until| format!("to {until}"))
}

/// A share in millionths as a percentage with its sign: `+0.02 %`.
pub fn percent(ppm: i32) -> String {
    let sign = if ppm < 0 { "−" } else { "+" };
    let (whole, part) = (ppm.unsigned_abs() / 10_000, ppm.unsigned_abs() % 10_000);
    let digits = format!("{whole}.{part:04}");
    format!("{sign}{} %", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// A length with a sign, from microseconds: `−10 s`.
pub fn signed(micros: i64) -> String {
    let sign = if micros < 0 { "−" } else { "+" };
    format!("{sign}{}", Duration(micros.unsigned_abs()))
}

/// Who is cut off from whom and for how long; `None` of any other fault.
pub fn cut_sentence(fault: &FaultSpec) -> Option<String> {
    let FaultSpec::Partition { sides, from, until, .. } = fault else { return None };
    Some(cut_for(sides, *from, *until))
}

fn cut_for(sides: &Sides, from: Time, until: Time) -> String {
    format!("{} from {from} {}", cut(sides), to(Some(until).filter(|until| *until < Time::NEVER)))
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
    match names {
        [all @ .., one, last] => {
            let before: String = all.iter().map(|name| format!("{name}, ")).collect();
            format!("{before}{one} and {last}")
        }
        few => few.concat(),
    }
}

fn fate(mode: PartitionMode) -> &'static str {
    match mode {
        PartitionMode::Drop => "lost",
        PartitionMode::Hold => "held until it heals",
        PartitionMode::Sever => "lost, and what is under way too",
    }
}

fn name(message: &MessageName) -> String {
    format!("{}’s {}", message.from, numbered(message))
}

fn own_name(message: &MessageName) -> String {
    format!("its {}", numbered(message))
}

fn numbered(message: &MessageName) -> String {
    let MessageName { to, kind, ordinal, .. } = message;
    match ordinal {
        1 => format!("first {} to {to}", kind.word()),
        _ => format!("{} number {ordinal} to {to}", kind.word()),
    }
}

#[cfg(test)]
mod tests {
    use fencepost_vocabulary::MessageKind;

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

    #[test]
    fn a_crash_says_when_it_strikes_and_what_comes_after() {
        let crash = |start, recovery| FaultSpec::Crash { participant: "L".into(), start, recovery };
        let at = CrashStart::At(Time::from_millis(5_000));
        assert_eq!(fault_sentence(&crash(at.clone(), None)), "L crashes at 5 s");
        let recovery = Some(Recovery { at: Time::from_millis(7_000), disk: Disk::Wiped });
        assert_eq!(fault_sentence(&crash(at, recovery)), "L crashes at 5 s and recovers at 7 s with an empty disk");
        let before = CrashStart::Before { step: Step::Write, ordinal: 1 };
        assert_eq!(fault_sentence(&crash(before, None)), "L crashes just before its first write");
        let after = CrashStart::AfterSending(write_to(2));
        assert_eq!(fault_sentence(&crash(after, None)), "L crashes right after sending its write number 2 to S");
    }

    #[test]
    fn mute_and_deaf_are_told_apart_and_may_last_for_ever() {
        let from = Time::from_millis(2_000);
        let mute = FaultSpec::Mute { participant: "N".into(), from, until: Some(Time::from_millis(9_000)) };
        assert_eq!(fault_sentence(&mute), "N is mute from 2 s to 9 s: nothing that it sends arrives");
        let deaf = FaultSpec::Deafen { participant: "N".into(), from, until: None };
        assert_eq!(fault_sentence(&deaf), "N is deaf from 2 s on: nothing that is sent to it arrives");
    }

    #[test]
    fn a_clock_is_slower_or_faster_and_set_back_or_forward() {
        let from = Time::from_millis(2_000);
        let rate = |change_ppm| FaultSpec::ClockRate { participant: "A".into(), change_ppm, from };
        assert_eq!(fault_sentence(&rate(-500_000)), "A’s clocks run 50 % slower from 2 s on");
        assert_eq!(fault_sentence(&rate(200)), "A’s clocks run 0.02 % faster from 2 s on");
        let jump = FaultSpec::ClockJump { participant: "A".into(), at: from, by: -10_000_000 };
        assert_eq!(fault_sentence(&jump), "A’s wall clock is set back by 10 s at 2 s");
    }

    #[test]
    fn held_messages_and_slow_steps_have_words_too() {
        let held = FaultSpec::Hold { message: write_to(1), until: Time::from_millis(20_000) };
        assert_eq!(fault_sentence(&held), "A’s first write to S is held back until 20 s");
        let by = Duration::from_secs(10);
        let slow = FaultSpec::Stall { participant: "S".into(), step: Step::Write, ordinal: 2, by };
        assert_eq!(fault_sentence(&slow), "S takes 10 s longer over its write number 2");
    }
}
