//! Each limit holds to the last one, and the first one over it is reported and left out.

use fencepost_scenario::{Document, Parsed, limits};
use fencepost_sim::Time;

fn parse(body: &str) -> Parsed {
    Document::new(format!("fencepost 1\n{body}")).parse()
}

/// What a text of `count` lines made by `line` means.
fn lines(count: usize, line: impl Fn(usize) -> String) -> Parsed {
    parse(&(0..count).map(|number| line(number) + "\n").collect::<String>())
}

#[track_caller]
fn check_limit(limit: usize, line: impl Fn(usize) -> String, kept: impl Fn(&Parsed) -> usize, said: &str) {
    let full = lines(limit, &line);
    assert_eq!((kept(&full), full.diagnostics), (limit, vec![]));
    let over = lines(limit + 1, &line);
    assert_eq!((kept(&over), over.diagnostics.len()), (limit, 1));
    let remark = &over.diagnostics[0];
    assert_eq!((remark.line, remark.message.as_str()), (limit + 1, said));
}

#[test]
fn participants() {
    let kept = |parsed: &Parsed| parsed.scenario.participants.len();
    let line = |number| format!("store S{number} check ge");
    check_limit(limits::PARTICIPANTS, line, kept, "a scenario has at most 64 participants");
}

#[test]
fn participants_in_one_line_are_counted_one_by_one() {
    let line = |count| (0..count).map(|number| format!(" N{number}")).collect::<String>();
    let group = |count| parse(&format!("members{} heartbeat 1s suspect 5s\n", line(count)));
    let full = group(limits::PARTICIPANTS);
    assert_eq!((full.scenario.participants.len(), full.diagnostics), (limits::PARTICIPANTS, vec![]));
    let over = group(limits::PARTICIPANTS + 1);
    assert_eq!((over.scenario.participants.len(), over.diagnostics.len()), (limits::PARTICIPANTS, 1));
    assert_eq!(over.diagnostics[0].message, "a scenario has at most 64 participants");
}

#[test]
fn replicated_locks_and_stores() {
    let kept = |parsed: &Parsed| parsed.scenario.objects.len();
    let line = |number| format!("store S{number} replicated on N1 N2 N3");
    let full = lines(limits::OBJECTS, line);
    assert_eq!(kept(&full), limits::OBJECTS);
    let over = lines(limits::OBJECTS + 1, line);
    assert_eq!(kept(&over), limits::OBJECTS);
    let said = "a scenario has at most 64 replicated locks and stores";
    let remarks: Vec<_> = over.diagnostics.iter().filter(|one| one.message == said).map(|one| one.line).collect();
    assert_eq!(remarks, [limits::OBJECTS + 1]);
}

/// What they say to each other grows with every one of them and with every round.
#[test]
fn generals_and_their_rounds() {
    let group = |count: usize, rounds: usize| {
        let names: String = (0..count).map(|number| format!(" G{number}")).collect();
        parse(&format!("generals{names} rounds {rounds}\n"))
    };
    let full = group(limits::OFFICERS, limits::ROUNDS);
    assert_eq!((full.scenario.participants.len(), full.diagnostics), (limits::OFFICERS, vec![]));
    let over = group(limits::OFFICERS + 1, 1).diagnostics;
    assert_eq!(over[0].message, "there are 2 to 16 generals, not 17");
    assert_eq!(group(3, limits::ROUNDS + 1).scenario.participants, []);
}

/// Thousands of lines about names that mean nothing, in every variant there can be, are read in no time that is felt.
#[test]
fn a_text_full_of_strangers_is_cheap() {
    let names: String = (0..90).map(|number| format!(" N{number}")).collect();
    let line = |number: usize| format!("store S{number} replicated on{names}\nregister X{number} on{names}\n");
    let variants: String = (0..32).map(|number| format!("variant v{number}\n  until 5s\n")).collect();
    let text: String = (0..250).map(line).collect();
    let parsed = parse(&format!("{text}{variants}"));
    assert_eq!(parsed.diagnostics.len(), limits::DIAGNOSTICS);
}

#[test]
fn variants() {
    let kept = |parsed: &Parsed| parsed.scenario.variants.len();
    check_limit(limits::VARIANTS, |number| format!("variant v{number}"), kept, "a scenario has at most 32 variants");
}

#[test]
fn faults_switched_off_or_not() {
    let fault = |number: usize| match number {
        0 => "client A at 0s: work 1s".to_owned(),
        _ if number.is_multiple_of(2) => format!("off pause A at {number}ms for 1s"),
        _ => format!("pause A at {number}ms for 1s"),
    };
    let kept = |parsed: &Parsed| parsed.scenario.faults.len() + parsed.scenario.disabled.len();
    let full = lines(limits::FAULTS + 1, fault);
    assert_eq!((kept(&full), full.diagnostics), (limits::FAULTS, vec![]));
    let over = lines(limits::FAULTS + 2, fault);
    assert_eq!(kept(&over), limits::FAULTS);
    assert_eq!(over.diagnostics[0].message, "a scenario has at most 1000 faults");
}

#[test]
fn lines_of_a_text() {
    // The version is the first of them.
    let at_the_end = |count: usize| parse(&format!("{}until 5s", "\n".repeat(count - 2)));
    let full = at_the_end(limits::LINES);
    assert_eq!((full.scenario.until, full.diagnostics), (Time::from_millis(5_000), vec![]));
    let over = at_the_end(limits::LINES + 1);
    assert_eq!(over.scenario.until, Time::from_millis(60_000));
    assert_eq!(over.diagnostics[0].message, "a scenario has at most 5000 lines; the rest is not read");
}

#[test]
fn bytes_of_a_line() {
    let padded = |length: usize| parse(&format!("{:length$}", "until 5s"));
    assert_eq!(padded(limits::LINE).diagnostics, []);
    let over = padded(limits::LINE + 1);
    assert_eq!(over.scenario.until, Time::from_millis(60_000));
    assert_eq!(over.diagnostics[0].message, "a line has at most 512 bytes; this one is not read");
}

#[test]
fn bytes_of_a_text() {
    let line = format!("# {}\n", "ä".repeat(250));
    let long = line.repeat(limits::TEXT / line.len() + 1);
    let parsed = parse(&format!("{long}until 5s\n"));
    assert_eq!(parsed.scenario.until, Time::from_millis(60_000));
    assert_eq!(parsed.diagnostics[0].message, "this text is longer than 256 KiB; the rest is not read");
}

#[test]
fn diagnostics() {
    let parsed = lines(1_000, |number| format!("nonsense {number}"));
    assert_eq!(parsed.diagnostics.len(), limits::DIAGNOSTICS);
}

#[test]
fn a_quoted_semicolon_ends_no_step_and_no_patience() {
    let parsed = fencepost_scenario::Document::new("fencepost 1\nclient A at 0s: \";\" work 1s").parse();
    assert!(!parsed.is_sound());
}
