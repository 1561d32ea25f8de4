//! The strip above a picture of a run that was cut short, and the version that a picture carries.

use fencepost_lab::run_within;
use fencepost_scenario::Document;
use fencepost_scene::{Options, Px, View, lay_out, svg};
use fencepost_sim::Limits;

const TEXT: &str = "fencepost 1\nuntil 60s\npair P Q heartbeat 1ms timeout 3ms\n";

/// The picture of the first so many events, this wide.
fn picture(events: u64, width: i32) -> String {
    let scenario = Document::new(TEXT).parse().scenario;
    let run = run_within(&scenario, Limits { events, ..Limits::default() });
    let (cast, trace, ledger, verdicts) = (&run.cast, &run.trace, &run.ledger, &run.verdicts);
    let view = View { scenario: &scenario, cast, trace, ledger, verdicts };
    let scene = lay_out(&view, &Options { width: Px::new(width), ..Options::default() });
    svg::write(&scene, &view, &svg::Carried { text: TEXT, link: None })
}

/// The numbers of the view box: x, y, width, height.
fn view_box(svg: &str) -> Vec<f64> {
    let rest = svg.split("viewBox=\"").nth(1).expect("it has one");
    rest.split('"').next().unwrap_or_default().split(' ').map(|number| number.parse().expect("a number")).collect()
}

#[test]
fn a_picture_of_a_run_that_was_cut_short_says_so_above_it() {
    for (width, least) in [(900, 1), (360, 2)] {
        let svg = picture(60, width);
        let strip =
            svg.split("<g class=\"stop\"").nth(1).expect("there is a strip").split("</g>").next().unwrap_or_default();
        let lines: Vec<&str> =
            strip.split("<text").skip(1).filter_map(|one| one.split('>').nth(1)?.split('<').next()).collect();
        let said = lines.join(" ");
        assert!(said.starts_with("This run was stopped after 6") && said.ends_with(" has no verdict."), "{said}");
        assert!(said.contains(" of 60 s. What had not happened by then"), "{said}");
        assert!(lines.len() >= least && lines.iter().all(|line| !line.is_empty()), "{lines:?}");
        let numbers = view_box(&svg);
        let (top, height) = (numbers[1], numbers[3]);
        assert!(strip.contains(&format!(" y=\"{top}\" ")), "the strip begins where the picture does: {strip}");
        assert!(svg.contains(&format!("height=\"{height}\">\n<title")), "and the picture is as high as its box");
        assert!(svg.contains("which says nothing of the rest"), "nor does the description say more");
        assert!(svg.contains(".stop rect{"), "it has its colours");
    }
}

#[test]
fn a_picture_of_a_whole_run_has_no_strip() {
    let short = TEXT.replace("60s", "20ms");
    let scenario = Document::new(short.as_str()).parse().scenario;
    let run = run_within(&scenario, Limits::default());
    let (cast, trace, ledger, verdicts) = (&run.cast, &run.trace, &run.ledger, &run.verdicts);
    let view = View { scenario: &scenario, cast, trace, ledger, verdicts };
    let svg = svg::write(&lay_out(&view, &Options::default()), &view, &svg::Carried { text: &short, link: None });
    assert!(!svg.contains("\"stop\"") && svg.contains("No property is violated in this run."));
}

/// An older page that opens the file is told that it cannot read it, and does not show half of it.
#[test]
fn a_picture_carries_the_version_that_its_text_needs() {
    let text =
        "fencepost 1\nlock L lease 10s\nstore S\nclient A at 0s: acquire L; write S\nexpect effect-guarded held\n";
    let scenario = Document::new(text).parse().scenario;
    let run = run_within(&scenario, Limits::default());
    let (cast, trace, ledger, verdicts) = (&run.cast, &run.trace, &run.ledger, &run.verdicts);
    let view = View { scenario: &scenario, cast, trace, ledger, verdicts };
    let svg = svg::write(&lay_out(&view, &Options::default()), &view, &svg::Carried { text, link: None });
    assert!(svg.contains(">fencepost 2\nlock L lease 10s\n"), "the first line is raised, and nothing else is touched");
}
