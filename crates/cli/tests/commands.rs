//! The binary as a shell sees it: what it prints, where, and how it exits.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn scenario(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name)
}

/// The paths of all scenarios.
fn library() -> Vec<String> {
    let folder = std::fs::read_dir(scenario("")).expect("the folder is there");
    let paths = folder.map(|entry| entry.expect("it can be listed").path().display().to_string());
    paths.filter(|path| path.ends_with(".fencepost")).collect()
}

const SEVEN: &str = "07-a-lock-gone-wrong.fencepost";

fn text_of(name: &str) -> String {
    std::fs::read_to_string(scenario(name)).expect("the scenario is there")
}

fn fencepost(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencepost")).args(args).output().expect("the binary runs")
}

/// Runs with this text as standard input.
fn fencepost_reading(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fencepost"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child.stdin.take().expect("it has an input").write_all(input).expect("it reads its input");
    child.wait_with_output().expect("it ends")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it prints UTF-8")
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it complains in UTF-8")
}

#[test]
fn a_link_to_a_variant_that_is_not_there_says_so() {
    let output = fencepost(&["open", "#v=nosuch&s1=t.fencepost+1/variant+one/end"]);
    assert!(complained(&output).contains("`nosuch`, which its text does not have"), "{}", complained(&output));
    let output = fencepost(&["open", "#v=one&s1=t.fencepost+1/variant+one/end"]);
    assert_eq!(complained(&output), "The link opens the variant `one`.\n");
    let text = "fencepost+1/variant+one/++until+9s";
    let output = fencepost(&["open", &format!("#v=one&with=seed+7&s1=t.{text}/end")]);
    assert_eq!(complained(&output), "The link opens the variant `with`.\n");
    assert!(said(&output).ends_with("variant with\n  until 9s\n  seed 7\n"), "{}", said(&output));
    let output = fencepost(&["open", &format!("#v=nosuch&with=seed+7&s1=t.{text}/end")]);
    assert!(complained(&output).contains("`nosuch`") && complained(&output).contains("`with`"));
}

/// Whatever a stranger's text, link or file name holds, the terminal is sent marks.
#[test]
fn nothing_that_does_not_show_reaches_the_terminal() {
    const ODD: &str = "\u{1b}[2J\u{9b}31m\u{202e}\u{200b}\u{2028}\u{7}";
    let text = format!(
        "fencepost 1\ntitle a{ODD}b\nabout {ODD}\n# {ODD}\nlock L{ODD} lease 10s\nlock L lease 10s\nclient {ODD}\n\
         variant v \"{ODD}\"\n  expect grant(A) held # {ODD}\n"
    );
    let sound = format!("fencepost 1\ntitle a{ODD}b\nlock L lease 10s\nexpect lock-exclusion violated # {ODD}\n");
    let file = std::env::temp_dir().join(format!("fencepost-{}-{ODD}.fencepost", std::process::id()));
    std::fs::write(&file, &sound).expect("a name can hold almost anything");
    let path = file.display().to_string();
    let link = said(&fencepost(&["link", &path]));
    let all = [
        fencepost_reading(&["check", "-"], text.as_bytes()),
        fencepost_reading(&["run", "-"], text.as_bytes()),
        fencepost(&["check", &path]),
        fencepost(&["run", &path]),
        fencepost(&["run", &path, "--json"]),
        fencepost(&["run", &path, "-v", ODD]),
        fencepost(&["run", &format!("{path}{ODD}")]),
        fencepost(&["render", &path]),
        fencepost(&["render", &path, "-o", &format!("/nowhere/{ODD}")]),
        fencepost(&["link", &path, "--page", &format!("https://a.org/{ODD}")]),
        fencepost(&["open", link.trim()]),
        fencepost(&["open", &format!("#v={ODD}&{ODD}=1&s1=t.fencepost+1/title+{ODD}/end")]),
        fencepost(&["open", &format!("#p1={ODD}@0000000")]),
        fencepost(&["open", &format!("#s1=t.{ODD}/cut")]),
        fencepost(&[ODD]),
        fencepost(&["check", &format!("--{ODD}")]),
        fencepost(&["render", &path, "--width", ODD]),
    ];
    std::fs::remove_file(&file).expect("it was there");
    for (place, output) in all.iter().enumerate() {
        for printed in [said(output), complained(output)] {
            let odd =
                printed.chars().find(|it| (it.is_control() && *it != '\n') || "\u{202e}\u{200b}\u{2028}".contains(*it));
            assert_eq!(odd, None, "command {place}: {printed}");
        }
        assert!(said(output).contains("⟨U+") || complained(output).contains("⟨U+") || place == 4, "command {place}");
    }
}

/// The mark is wider than the character, and the place that is pointed at is still the right one.
#[test]
fn a_place_behind_what_does_not_show_is_pointed_at() {
    let output = fencepost_reading(&["check", "-"], "fencepost 1\n\u{200b}partiton A\n".as_bytes());
    let complaint = complained(&output);
    assert!(
        complaint.contains("2 | ⟨U+200B⟩partiton A\n  | ^^^^^^^^\nwarning: this line holds ⟨U+200B⟩"),
        "{complaint}"
    );
    assert!(complaint.contains("2 | ⟨U+200B⟩partiton A\n  | ^^^^^^^^^^^^^^^^\nerror:"), "{complaint}");
}

/// What is printed has marks, and what is written to a file is the text.
#[test]
fn a_link_with_what_does_not_show_can_be_had_to_the_letter() {
    let link = "#s1=t.fencepost+1/title+a%1B%5B2Jb/end";
    let output = fencepost(&["open", link]);
    assert_eq!((code(&output), said(&output).as_str()), (Some(0), "fencepost 1\ntitle a⟨U+001B⟩[2Jb\n"));
    assert!(complained(&output).contains("that do not show: 1."), "{}", complained(&output));
    let file = std::env::temp_dir().join(format!("fencepost-{}-letter.fencepost", std::process::id()));
    let output = fencepost(&["open", link, "-o", &file.display().to_string()]);
    let text = std::fs::read_to_string(&file).expect("it was written");
    std::fs::remove_file(&file).expect("it can be removed");
    assert_eq!((code(&output), text.as_str()), (Some(0), "fencepost 1\ntitle a\u{1b}[2Jb\n"));
    assert_eq!(said(&output), "");
}

#[test]
fn a_link_to_a_newer_text_says_so() {
    let output = fencepost(&["open", "#v=x&s1=t.fencepost+3/store+S/end"]);
    assert_eq!(said(&output), "fencepost 3\nstore S\n");
    assert_eq!(
        complained(&output),
        "This scenario is written in version 3 of the language, which is newer than this program.\n"
    );
}

#[test]
fn a_damaged_gallery_link_is_told_apart_from_a_changed_chapter() {
    let output = fencepost(&["open", "#p1=a-lock-gone-wrong@0000000"]);
    assert_eq!((code(&output), said(&output)), (Some(0), text_of(SEVEN)));
    assert!(complained(&output).contains("it has changed since the link was made, or the link is damaged"));
    for damaged in ["0o00000", "0000000.0000000", "x000000"] {
        let output = fencepost(&["open", &format!("#p1=a-lock-gone-wrong@{damaged}")]);
        assert_eq!((code(&output), said(&output).as_str()), (Some(2), ""));
        assert!(complained(&output).starts_with("This link is damaged"), "{}", complained(&output));
    }
}

#[test]
fn check_is_content_with_every_scenario_of_the_library() {
    let files = library();
    let args: Vec<&str> = std::iter::once("check").chain(files.iter().map(String::as_str)).collect();
    let output = fencepost(&args);
    assert_eq!(code(&output), Some(0));
    // What is remarked on is meant: quorums that need not meet are what some scenarios are about.
    let remarks = complained(&output);
    let said_of = |line: &&str| line.starts_with("warning") || line.starts_with("error");
    let is_meant = |line: &&str| {
        line.contains("common witness")
            || line.contains("need have none in common")
            || line.contains("the tokens of one lock")
    };
    let unmeant: Vec<&str> = remarks.lines().filter(said_of).filter(|line| !is_meant(line)).collect();
    assert_eq!(unmeant, [""; 0]);
    assert!(files.len() >= 40 && files.iter().all(|file| said(&output).contains(file)));
}

/// What is seen or not seen, and never violated.
const HAZARDS: [&str; 4] = ["belief-overlap", "outside-effect", "dead-grant", "two-leaders"];

/// A line with the opposite claim, if the line is a claim.
fn flipped(line: &str) -> Option<String> {
    let claim = line.trim().strip_prefix("expect ")?;
    let property = claim.split(' ').next().expect("a claim names a property");
    let kind = property.split('(').next().unwrap_or_default();
    let opposite = match claim {
        _ if claim.contains(" within ") => return within_flipped(line),
        _ if property == "elections" => "4711",
        _ if claim.contains(" >= ") => "< 80%",
        _ if claim.contains(" < ") => ">= 70%",
        _ if claim.contains(" met") => "pending",
        _ if claim.contains(" pending") || claim.contains(" stuck") => "met",
        _ if claim.contains(" held") && HAZARDS.contains(&kind) => "seen",
        _ if claim.contains(" held") => "violated",
        _ => "held",
    };
    let indent = &line[..line.len() - line.trim_start().len()];
    Some(format!("{indent}expect {property} {opposite}"))
}

/// A bounded claim with its last word turned round: `grant(B) within 30s held`.
fn within_flipped(line: &str) -> Option<String> {
    let (claim, last) = line.trim_end().rsplit_once(' ')?;
    Some(format!("{claim} {}", if last == "held" { "violated" } else { "held" }))
}

#[test]
fn check_names_the_line_of_each_claim_that_does_not_hold() {
    let mut tried = 0;
    for name in library() {
        let text = std::fs::read_to_string(&name).expect("a scenario can be read");
        for (number, line) in text.lines().enumerate() {
            let Some(wrong) = flipped(line) else { continue };
            let lines: Vec<&str> =
                text.lines().enumerate().map(|(at, line)| if at == number { &wrong } else { line }).collect();
            one_claim_is_refuted(&lines.join("\n"), number + 1, wrong.trim());
            tried += 1;
        }
    }
    assert!(tried >= 60, "only {tried} claims in the library");
}

/// Checks a text whose line `number`, counted from 1, is a claim that does not hold.
#[track_caller]
fn one_claim_is_refuted(text: &str, number: usize, line: &str) {
    let output = fencepost_reading(&["check", "-"], text.as_bytes());
    let complaint = complained(&output);
    assert_eq!(code(&output), Some(1), "line {number}, {line}: {complaint}");
    assert!(complaint.contains(&format!("standard input:{number}:")), "{complaint}");
    assert!(complaint.contains(line), "the line itself is shown: {complaint}");
    assert_eq!(complaint.matches("error:").count(), 1, "{complaint}");
}

#[test]
fn a_line_nobody_understands_is_pointed_at() {
    let output = fencepost_reading(&["check", "-"], b"fencepost 1\nlock L lease 10s\npartiton A | L from 5s to 8s\n");
    assert_eq!(code(&output), Some(2));
    let complaint = complained(&output);
    assert!(complaint.contains("standard input:3:1\n"), "{complaint}");
    assert!(complaint.contains("3 | partiton A | L from 5s to 8s\n  | ^^^^^^^^"), "{complaint}");
    assert!(complaint.contains("did you mean `partition`?"), "{complaint}");
}

#[test]
fn the_worst_file_decides_the_exit_status() {
    let good = scenario(SEVEN).display().to_string();
    let output = fencepost(&["check", "/nowhere/at-all.fencepost", &good]);
    assert_eq!(code(&output), Some(2));
    assert!(complained(&output).starts_with("/nowhere/at-all.fencepost: cannot be read"));
    assert!(said(&output).contains("A lock gone wrong"), "the other file is checked all the same");
}

#[test]
fn what_is_no_text_is_refused_in_words() {
    let output = fencepost_reading(&["run", "-"], b"fencepost 1\n\xff\xfe\n");
    assert_eq!(code(&output), Some(2));
    assert!(complained(&output).contains("byte 13 belongs to no character"), "{}", complained(&output));
}

#[test]
fn run_prints_verdicts_and_json_with_the_same_digest() {
    let path = scenario(SEVEN).display().to_string();
    let (plain, json) = (fencepost(&["run", &path]), fencepost(&["run", &path, "--json"]));
    let run: serde_json::Value = serde_json::from_slice(&json.stdout).expect("it prints JSON");
    let digest = run["digest"].as_str().expect("there is a digest");
    assert!(said(&plain).contains(&format!("trace {digest}")));
    assert!(said(&plain).contains("✕ effect-order"), "{}", said(&plain));
    let verdict = &run["verdicts"][0];
    assert_eq!((verdict["property"].as_str(), verdict["at_us"].as_u64()), (Some("effect-order"), Some(15_200_000)));
    let fenced = fencepost(&["run", &path, "--variant", "fenced"]);
    assert!(said(&fenced).contains("✓ effect-order"), "{}", said(&fenced));
}

#[test]
fn run_says_which_faults_were_necessary_and_which_models_allow_them() {
    let seven = text_of(SEVEN);
    let base = seven.split("\nvariant").next().expect("the base comes first");
    let text = format!("{base}\npause B at 20s for 1ms\ndrop A->S write 9\n");
    let plain = said(&fencepost_reading(&["run", "-"], text.as_bytes()));
    assert!(plain.contains("  1  pause A at 150ms for 15s  necessary for effect-order\n"), "{plain}");
    assert!(plain.contains("  2  pause B at 20s for 1ms\n"), "{plain}");
    assert!(plain.contains("  3  drop A->S write 9         does not strike: "), "{plain}");
    assert!(plain.contains("  ✕ synchronous\n      fault 1: A pauses for 15 s."), "{plain}");
    assert!(plain.contains("  ✓ partially-synchronous\n") && plain.contains("  ✓ crash-stop\n"), "{plain}");
    let json = fencepost_reading(&["run", "-", "--json"], text.as_bytes());
    let run: serde_json::Value = serde_json::from_slice(&json.stdout).expect("it prints JSON");
    let necessary: Vec<_> = (0..3).map(|fault| run["faults"][fault]["necessary"].as_bool()).collect();
    assert_eq!(necessary, [Some(true), Some(false), Some(false)]);
    assert_eq!(run["models"]["timing"][0]["outside"][0]["fault"].as_u64(), Some(0));
}

#[test]
fn an_unknown_variant_is_answered_with_those_there_are() {
    let output = fencepost(&["run", &scenario(SEVEN).display().to_string(), "-v", "fence"]);
    assert_eq!(code(&output), Some(2));
    assert!(complained(&output).contains("there is no variant `fence`; it has fenced"), "{}", complained(&output));
}

#[test]
fn a_link_opens_as_the_text_it_was_made_from() {
    for name in [SEVEN, "18-fenced-and-still-lost.fencepost"] {
        let link = fencepost(&["link", &scenario(name).display().to_string(), "--page", "https://example.org/f/#old"]);
        let link = said(&link);
        assert!(link.starts_with("https://example.org/f/#s1="), "{link}");
        let opened = fencepost(&["open", link.trim()]);
        assert_eq!((code(&opened), said(&opened)), (Some(0), text_of(name)));
    }
}

#[test]
fn a_damaged_link_is_refused_in_words() {
    let link = said(&fencepost(&["link", &scenario(SEVEN).display().to_string()]));
    let output = fencepost(&["open", &link.trim()[..link.trim().len() - 3]]);
    assert_eq!((code(&output), said(&output).as_str()), (Some(2), ""));
    assert!(complained(&output).contains("link"), "{}", complained(&output));
}

#[test]
fn render_draws_the_same_picture_to_a_file_and_to_standard_output() {
    let path = scenario(SEVEN).display().to_string();
    let drawn = said(&fencepost(&["render", &path]));
    assert!(drawn.starts_with("<svg") && drawn.contains("effect-order"));
    let file = std::env::temp_dir().join(format!("fencepost-{}.svg", std::process::id()));
    let output = fencepost(&["render", &path, "-o", &file.display().to_string()]);
    let saved = std::fs::read_to_string(&file).expect("the picture is there");
    std::fs::remove_file(&file).expect("it can be removed");
    assert_eq!((code(&output), saved), (Some(0), drawn));
}

#[test]
fn help_goes_to_standard_output_and_misuse_to_standard_error() {
    for args in [&["--help"][..], &["check", "--help"], &["run", "-h"], &[]] {
        let output = fencepost(args);
        assert_eq!(code(&output), Some(0));
        assert!(said(&output).contains("fencepost") && output.stderr.is_empty());
    }
    let output = fencepost(&["chekc"]);
    assert_eq!(code(&output), Some(2));
    assert!(output.stdout.is_empty() && complained(&output).contains("There is no command `chekc`."));
}

#[test]
fn check_warns_of_a_fault_that_strikes_nowhere_and_of_no_other() {
    let text = "fencepost 1\nlock L lease 10s\nstore S\nclient A at 0s: acquire L; write S\ndrop A->S write 2\n\
        drop A->S write 3\nvariant thrice\n  client A at 0s: acquire L; write S x2\n";
    let output = fencepost_reading(&["check", "-"], text.as_bytes());
    assert_eq!(code(&output), Some(0), "a warning refutes nothing");
    let warned = complained(&output);
    assert_eq!(warned.matches("warning").count(), 1, "{warned}");
    let reason = "warning: this never strikes: A sends `write` to S only once in this run, and this is about number 3.";
    assert!(warned.contains("standard input:6:1") && warned.contains(reason), "{warned}");
    assert_eq!(said(&output).matches("does not strike: ").count(), 3, "two here and one there: {}", said(&output));
}

#[test]
fn what_is_measured_where_nodes_elect_is_printed() {
    let text = "fencepost 1\nuntil 10s\nnodes N1 N2 N3 elect heartbeat 100ms timeouts 500ms 600ms 700ms leader N1\n\
        crash N1 at 5s\n";
    let plain = said(&fencepost_reading(&["run", "-"], text.as_bytes()));
    let figures = plain.lines().find(|line| line.starts_with("  # elections 1 · usable 9")).unwrap_or_default();
    assert!(figures.ends_with('%'), "{plain}");
    assert!(said(&fencepost_reading(&["check", "-"], text.as_bytes())).contains(figures));
    let json = fencepost_reading(&["run", "-", "--json"], text.as_bytes());
    let run: serde_json::Value = serde_json::from_slice(&json.stdout).expect("it prints JSON");
    assert_eq!(run["figures"]["elections"].as_u64(), Some(1));
    let usable = run["figures"]["usable_ppm"].as_u64().expect("it is a number");
    assert_eq!(figures.split(' ').next_back(), Some(&*format!("{}.{}%", usable / 10_000, usable / 1_000 % 10)));
}

#[test]
fn a_run_that_was_cut_short_says_so_first() {
    let text = "fencepost 1\nuntil 60s\npair P Q heartbeat 1us timeout 3us\nnetwork delay 1us\nexpect lock-exclusion held\n\
        variant calm\n  pair P Q heartbeat 1s timeout 3s\n  expect lock-exclusion held\n";
    let output = fencepost_reading(&["check", "-"], text.as_bytes());
    assert_eq!(code(&output), Some(1));
    let plain = said(&output);
    assert!(plain.contains("as it is: 0 of 1 claims hold") && plain.contains("calm: 1 of 1 claims hold"), "{plain}");
    assert_eq!(plain.matches("Cut short: stopped after 200,00").count(), 1, "{plain}");
    assert!(complained(&output).contains("the run gives: no verdict; stopped after 200,00"), "{}", complained(&output));
}
