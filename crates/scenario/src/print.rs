//! The canonical text of a scenario and of each statement: used for new lines and by whoever wants a text tidied.
//!
//! It writes what [`crate::parse`] reads; defaults that go without saying are not said.

use std::fmt::Write;

use fencepost_sim::{Duration, PartitionMode};

use crate::lines::ViewLines;
use crate::model::{
    Claim, ClientSpec, Expectation, FaultSpec, Key, LockSpec, MessageName, Participant, PauseStart, ProgramStep,
    ReleaseMode, Role, Scenario, Sides, Statement, StoreSpec, StuckKind, Variant, WriteValue,
};
use crate::time::written;
use crate::view;

/// The whole scenario as a text.
pub fn print(scenario: &Scenario) -> String {
    let mut text = String::from("fencepost 1\n");
    for (word, said) in [("title", &scenario.title), ("about", &scenario.about)] {
        if !said.is_empty() {
            let _ = writeln!(text, "{word} {}", said.replace('\n', " "));
        }
    }
    let mut group = 0;
    for located in view::statements(scenario, &ViewLines::default()) {
        if group_of(&located.statement) != group {
            group = group_of(&located.statement);
            text.push('\n');
        }
        let _ = writeln!(text, "{}", print_statement(&located.statement));
    }
    if !scenario.expectations.is_empty() {
        text.push('\n');
    }
    for claim in &scenario.expectations {
        let _ = writeln!(text, "{}", print_expectation(claim));
    }
    scenario.variants.iter().for_each(|variant| print_variant(variant, &mut text));
    text
}

/// World, participants and faults stand apart.
fn group_of(statement: &Statement) -> u8 {
    match statement {
        Statement::Until(_) | Statement::Delay(_) | Statement::Link(_) => 0,
        Statement::Participant(_) | Statement::Data { .. } | Statement::Renew { .. } => 1,
        Statement::Fault { .. } | Statement::Remove(_) => 2,
    }
}

fn print_variant(variant: &Variant, text: &mut String) {
    let _ = match variant.title == variant.name {
        true => writeln!(text, "\nvariant {}", variant.name),
        false => writeln!(text, "\nvariant {} \"{}\"", variant.name, variant.title.replace(['"', '\n'], " ")),
    };
    for change in &variant.changes {
        let _ = writeln!(text, "  {}", print_statement(change));
    }
    for claim in &variant.expectations {
        let _ = writeln!(text, "  {}", print_expectation(claim));
    }
}

/// One statement as a line without indentation.
///
/// A client that renews is written in one line here (`client C at 0s renew every 3s: …`), although [`print()`] gives
/// its renewal a line of its own.
pub fn print_statement(statement: &Statement) -> String {
    match statement {
        Statement::Until(until) => format!("until {}", written(until.0)),
        Statement::Delay(delay) => format!("network delay {}", length(*delay)),
        Statement::Link(link) => format!("network delay {}->{} {}", link.from, link.to, length(link.delay)),
        Statement::Participant(participant) => print_participant(participant),
        Statement::Data { lock, store } => print_store(lock, store),
        Statement::Renew { client, every } => format!("client {client} renew every {}", length(*every)),
        Statement::Fault { fault, off: false } => print_fault(fault),
        Statement::Fault { fault, off: true } => format!("off {}", print_fault(fault)),
        Statement::Remove(Key(words)) => format!("remove {}", words.join(" ")),
    }
}

/// What identifies a statement; `remove` takes it, and a variant's statement replaces by it.
pub(crate) fn key_of(statement: &Statement) -> Key {
    let words: &[&str] = match statement {
        Statement::Until(_) => &["until"],
        Statement::Delay(_) => &["network", "delay"],
        Statement::Link(link) => &["network", "delay", &format!("{}->{}", link.from, link.to)],
        Statement::Participant(Participant { name, role: Role::Lock(_) }) => &["lock", name],
        Statement::Participant(Participant { name, role: Role::Store(_) }) => &["store", name],
        Statement::Participant(Participant { name, role: Role::Client(_) }) => &["client", name],
        Statement::Data { lock, .. } => &["store", lock],
        Statement::Renew { client, .. } => &["client", client, "renew"],
        Statement::Fault { fault, .. } => return key_of_fault(fault),
        Statement::Remove(Key(words)) => return Key(["remove".to_owned()].into_iter().chain(words.clone()).collect()),
    };
    Key(words.iter().map(|word| (*word).to_owned()).collect())
}

fn key_of_fault(fault: &FaultSpec) -> Key {
    let said = match fault {
        FaultSpec::Pause { participant, .. } => format!("pause {participant}"),
        FaultSpec::Crash { participant, .. } => format!("crash {participant}"),
        FaultSpec::Partition { sides, .. } => format!("partition {}", print_sides(sides)),
        FaultSpec::Drop { message } => format!("drop {}", print_message(message)),
        FaultSpec::Delay { message, .. } => format!("delay {}", print_message(message)),
        FaultSpec::Duplicate { message, .. } => format!("duplicate {}", print_message(message)),
    };
    Key(said.split(' ').map(str::to_owned).collect())
}

fn length(length: Duration) -> String {
    written(length.0)
}

fn print_participant(participant: &Participant) -> String {
    match &participant.role {
        Role::Lock(spec) => print_lock(&participant.name, spec),
        Role::Store(spec) => print_store(&participant.name, spec),
        Role::Client(spec) => print_client(&participant.name, spec),
    }
}

fn print_lock(name: &str, spec: &LockSpec) -> String {
    let mut line = match spec.lease {
        Some(lease) => format!("lock {name} lease {}", length(lease)),
        None => format!("lock {name} lease none"),
    };
    if spec.first_token != 1 {
        let _ = write!(line, " first-token {}", spec.first_token);
    }
    for (said, said_so) in [
        (" release blind", spec.release == ReleaseMode::Blind),
        (" reentrant on", spec.reentrant),
        (" dedupe off", !spec.dedupe),
    ] {
        line.push_str(if said_so { said } else { "" });
    }
    line
}

fn print_store(name: &str, spec: &StoreSpec) -> String {
    format!("store {name} check {}", spec.check.word())
}

fn print_client(name: &str, spec: &ClientSpec) -> String {
    let steps: Vec<String> = spec.program.iter().map(print_step).collect();
    let renew = spec.renew_every.map(|every| format!(" renew every {}", length(every))).unwrap_or_default();
    let line = format!("client {name} at {}{renew}: {}", written(spec.at.0), steps.join("; "));
    line.trim_end().to_owned()
}

fn print_step(step: &ProgramStep) -> String {
    match step {
        ProgramStep::Acquire { lock, retry: None } => format!("acquire {lock}"),
        ProgramStep::Acquire { lock, retry: Some(retry) } => format!("acquire {lock} retry {}", length(*retry)),
        ProgramStep::CheckLease { margin: Duration::ZERO } => "check lease".to_owned(),
        ProgramStep::CheckLease { margin } => format!("check lease margin {}", length(*margin)),
        ProgramStep::Work(work) => format!("work {}", length(*work)),
        ProgramStep::Write { store, value, times, pipelined } => print_write(store, *value, *times, *pipelined),
        ProgramStep::Read { store } => format!("read {store}"),
        ProgramStep::Announce { store } => format!("announce {store}"),
        ProgramStep::Release { lock } => format!("release {lock}"),
    }
}

fn print_write(store: &str, value: WriteValue, times: u32, pipelined: bool) -> String {
    let mut step = format!("write {store}");
    if let WriteValue::ReadPlus(addend) = value {
        let _ = write!(step, " read+{addend}");
    }
    if times != 1 {
        let _ = write!(step, " x{times}");
    }
    step.push_str(if pipelined { " pipelined" } else { "" });
    step
}

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
        FaultSpec::Crash { participant, at } => format!("crash {participant} at {}", written(at.0)),
        FaultSpec::Partition { sides, from, until, mode } => {
            let hold = match mode {
                PartitionMode::Drop => "",
                PartitionMode::Hold => " hold",
                PartitionMode::Sever => " sever",
            };
            format!("partition {} from {} to {}{hold}", print_sides(sides), written(from.0), written(until.0))
        }
        FaultSpec::Drop { message } => format!("drop {}", print_message(message)),
        FaultSpec::Delay { message, by } => format!("delay {} by {}", print_message(message), length(*by)),
        FaultSpec::Duplicate { message, after } => {
            format!("duplicate {} after {}", print_message(message), length(*after))
        }
    }
}

fn print_sides(sides: &Sides) -> String {
    let mark = if sides.one_way { "->" } else { "|" };
    format!("{} {mark} {}", sides.left.join(" "), sides.right.join(" "))
}

fn print_message(message: &MessageName) -> String {
    format!("{}->{} {} {}", message.from, message.to, message.kind.word(), message.ordinal)
}

/// One expectation as a line, `expect` and all.
pub fn print_expectation(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Trace(digest) => format!("expect trace {digest:016x}"),
        Expectation::Property { property, subject, claim } => {
            let subject = subject.as_ref().map(|name| format!("({name})")).unwrap_or_default();
            format!("expect {}{subject} {}", property.word(), print_claim(claim))
        }
    }
}

fn print_claim(claim: &Claim) -> String {
    match claim {
        Claim::Held => "held".to_owned(),
        Claim::Violated { at: None } => "violated".to_owned(),
        Claim::Violated { at: Some(at) } => format!("violated at {}", written(at.0)),
        Claim::Pending => "pending".to_owned(),
        Claim::Met { at: None } => "met".to_owned(),
        Claim::Met { at: Some(at) } => format!("met at {}", written(at.0)),
        Claim::Stuck { kind: None } => "stuck".to_owned(),
        Claim::Stuck { kind: Some(StuckKind::Quiescent) } => "stuck quiescent".to_owned(),
        Claim::Stuck { kind: Some(StuckKind::Lasso) } => "stuck lasso".to_owned(),
        Claim::Stuck { kind: Some(StuckKind::Horizon) } => "stuck horizon".to_owned(),
        Claim::Within { bound, held } => {
            format!("within {} {}", length(*bound), if *held { "held" } else { "violated" })
        }
        Claim::Seen { interval: None } => "seen".to_owned(),
        Claim::Seen { interval: Some((from, to)) } => format!("from {} to {}", written(from.0), written(to.0)),
    }
}
