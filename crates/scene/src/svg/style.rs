//! The colours and strokes. Every rule is bound to the picture's id, so that it changes nothing else in a page.

use std::collections::BTreeSet;

use crate::width::FONT_STACK;
use fencepost_sim::sort_by_rank;

/// The colours by name: light, dark.
const COLOURS: [(&str, &str, &str); 14] = [
    ("bg", "#fbfaf8", "#15171b"),
    ("pane", "#ffffff", "#1b1e23"),
    ("ink", "#1d1f23", "#e7e6e2"),
    ("mut", "#65686f", "#9a9ca3"),
    ("line", "#e4e1db", "#2b2f36"),
    ("hair", "#c9c5bd", "#4a4f58"),
    ("acc", "#2f5bd8", "#86a5ff"),
    ("red", "#c8322b", "#ff7a70"),
    ("redbg", "#fdecea", "#3a1f1e"),
    ("grn", "#2c7a4b", "#6cc890"),
    ("amb", "#8f5a00", "#f0b64e"),
    ("ambbg", "#fdf1d8", "#3a2f18"),
    ("gry", "#ecebe7", "#272b31"),
    ("onred", "#ffffff", "#15171b"),
];

/// One rule a line: selectors without the id, and what they set. `$name` is a colour.
const RULES: [&str; 48] = [
    ".title{font-size:17px;font-weight:700}",
    ".bg{fill:$bg}",
    "text{font-size:12px;fill:$ink}",
    ".hd{font-size:15px;font-weight:700}",
    ".role,.note{fill:$mut}",
    ".rul{fill:$mut;font-size:11px}",
    ".tick,.lane{stroke:$hair;fill:none}",
    ".lane{stroke-width:1.2}",
    ".gone{stroke-dasharray:3 5}",
    ".grid{stroke:$line;stroke-dasharray:1 5;fill:none}",
    ".fold{stroke:$hair;stroke-dasharray:2 3;stroke-opacity:.6;fill:none}",
    ".hold{fill:$hair}",
    ".p0{fill:$gry}",
    ".p1{stroke:$hair;stroke-width:2}",
    ".w0{fill:$ambbg}",
    ".w1{stroke:$amb;stroke-width:1.4;stroke-opacity:.55}",
    ".s0{fill:$bg}",
    ".s1{stroke:$mut;stroke-width:1.6}",
    ".pause{stroke:$mut;stroke-width:1.2}",
    ".granted{fill:$acc}",
    ".believed{fill:$bg;stroke:$acc;stroke-width:1.6}",
    ".cut{fill:$redbg;stroke:$red;stroke-opacity:.55;stroke-dasharray:4 3}",
    ".cuth{fill:none;stroke:$red;stroke-width:1.6}",
    ".wait{fill:$gry;stroke:$hair}",
    ".stuck{stroke:$mut}",
    ".tag,.chip{fill:$pane;stroke:$hair}",
    ".tagt{font-weight:600}",
    ".dis{fill:$amb;font-size:11px;font-weight:600}",
    ".st,.chipt{font-size:11.5px}",
    ".st{fill:$mut}",
    ".chipt{font-weight:600}",
    ".msg,.note,.st,.dis{paint-order:stroke;stroke:$bg;stroke-width:4px;stroke-linejoin:round}",
    ".tok{font-weight:700;fill:$acc}",
    ".a{stroke:$ink;stroke-width:1.4;fill:none}",
    ".copy,.open{stroke-dasharray:5 3}",
    ".h,.dot{fill:$ink}",
    ".x{stroke:$ink;stroke-width:2;stroke-linecap:round;fill:none}",
    ".inbox{fill:$bg;stroke:$ink;stroke-width:1.4}",
    ".ring{fill:$pane;stroke:$amb;stroke-width:2}",
    ".dim .a,.dim .x{stroke:$mut}.dim .h,.dim .dot,.dim.msg,.dim .tok,.dim.msg .tok{fill:$mut}",
    ".bad .a{stroke:$red;stroke-width:2.2}.bad .x{stroke:$red}.bad .h,.bad .dot{fill:$red}",
    ".bad.msg,.bad.msg .tok,.bad.chipt,.bad .chipt{fill:$red;font-weight:600}.bad .chip{stroke:$red;fill:$redbg}",
    ".good .a,.good .x{stroke:$grn}.good .h,.good .dot,.good.msg{fill:$grn}",
    ".pin{fill:$red}.pinx{stroke:$onred;stroke-width:2;stroke-linecap:round;fill:none}",
    ".haz{fill:$ambbg;stroke:$amb;stroke-width:1.5}.hazt{fill:$amb;font-weight:700;font-size:11px}",
    ".call{fill:$redbg;stroke:$red}.stem{stroke:$red;fill:none}.callt{font-weight:600}.sub{fill:$red}",
    ".leg{fill:$mut;font-size:11px}",
    ".rule{stroke:$line;fill:none}",
];

/// Rules of what few pictures have: only those are written whose class occurs in this one.
const RARER: [&str; 33] = [
    ".unmet{stroke:$red;stroke-width:1.4}.unmet.notyet{stroke:$amb}.dis.bad{fill:$red}",
    ".stop rect{fill:$ambbg;stroke:$amb;stroke-opacity:.55}.stop text{font-weight:600}",
    ".counted{stroke-dasharray:2 2}",
    ".times{fill:$mut;font-size:11px}",
    ".busy{fill:$gry;stroke:$mut}",
    ".faint .a{stroke:$hair;stroke-width:1.2}.faint .x{stroke:$hair}.faint .h,.faint .dot{fill:$hair}.faint.msg{fill:$mut}",
    ".down{stroke:$mut;stroke-width:1.2;stroke-dasharray:3 3}",
    ".k0{fill:$bg}",
    ".k1{stroke:$mut;stroke-width:2;stroke-linecap:round}",
    ".omission{fill:$redbg;stroke:$red;stroke-opacity:.55;stroke-dasharray:4 3}",
    ".severed{stroke-dasharray:none}",
    ".pace{fill:$clk;fill-opacity:.14;stroke:$clk;stroke-opacity:.6;stroke-dasharray:2 3}",
    ".gap{fill:none;stroke:$amb;stroke-width:1.6}",
    ".suspects{fill:$ambbg;stroke:$amb;stroke-width:1.4}",
    ".unfenced{fill:$ambbg;fill-opacity:.75}",
    ".recovery{fill:$pane;stroke:$grn;stroke-width:1.8}",
    ".recoveryg{fill:none;stroke:$grn;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}",
    ".clock{fill:$pane;stroke:$clk;stroke-width:1.6}",
    ".clockg{fill:none;stroke:$clk;stroke-width:1.6;stroke-linecap:round}",
    ".outside,.outsideg{fill:$pane;stroke:$ink;stroke-width:1.3;stroke-linejoin:round}",
    ".term{fill-opacity:.34}",
    ".stands{stroke-width:1.2}",
    ".hollow{fill:$bg;stroke-width:1.8}",
    ".t0.term,.t0.leads{fill:$t0}.t0.stands,.t0.hollow{stroke:$t0}",
    ".t1.term,.t1.leads{fill:$t1}.t1.stands,.t1.hollow{stroke:$t1}",
    ".t2.term,.t2.leads{fill:$t2}.t2.stands,.t2.hollow{stroke:$t2}",
    ".t3.term,.t3.leads{fill:$t3}.t3.stands,.t3.hollow{stroke:$t3}",
    ".brace{fill:none;stroke:$grn;stroke-width:2;stroke-linecap:round}.dim .brace{stroke:$mut}.bad .brace{stroke:$red}",
    ".logged{stroke:$mut;stroke-dasharray:3 2}",
    ".committed{stroke:$grn}",
    ".struck{fill:$mut;text-decoration:line-through}",
    ".lie{stroke-dasharray:6 3 2 3}",
    ".truth{text-decoration:line-through;fill:$mut!important;stroke:none}",
];

/// The colours of these alone: light, dark.
const RARER_COLOURS: [(&str, &str, &str); 5] = [
    ("clk", "#7346b8", "#b99bf2"),
    ("t0", "#6d8099", "#8ea3bd"),
    ("t1", "#a08a2f", "#c2ac55"),
    ("t2", "#a3618f", "#cf8dba"),
    ("t3", "#3f978c", "#56b8ab"),
];

/// The style element for what was drawn.
pub(super) fn sheet(id: &str, drawn: &str) -> String {
    let classes = classes(drawn);
    let occurs = |rule: &&&str| classes.contains(class_of(rule));
    let rarer: Vec<&str> = RARER.iter().filter(occurs).copied().collect();
    let rules: Vec<String> =
        RULES.iter().chain(&rarer).flat_map(|rule| rule.split_inclusive('}')).map(|rule| bound(rule, id)).collect();
    let used = |colour: &(&str, &str, &str)| rarer.iter().any(|rule| rule.contains(&format!("${}", colour.0)));
    let colours = COLOURS.into_iter().chain(RARER_COLOURS.into_iter().filter(used));
    let dark: Vec<String> = colours.map(|(name, _, dark)| format!("--fp-{name}:{dark}")).collect();
    format!(
        "<style>\n#{id}{{font-family:{FONT_STACK};font-variant-numeric:tabular-nums}}\n{}\n\
         @media (prefers-color-scheme:dark){{#{id}:root{{{}}}}}\n</style>\n",
        rules.join("\n"),
        dark.join(";")
    )
}

/// Every class that occurs in what was drawn.
fn classes(drawn: &str) -> BTreeSet<&str> {
    let lists = drawn.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut classes = BTreeSet::new();
    classes.extend(lists.flat_map(|list| list.split(' ')));
    classes
}

/// The first class of a rule.
fn class_of(rule: &str) -> &str {
    rule.trim_start_matches('.').split(['{', ',', ' ', '.']).next().unwrap_or_default()
}

/// A rule with the id before each selector and the colours filled in.
fn bound(rule: &str, id: &str) -> String {
    let (selectors, body) = rule.split_once('{').unwrap_or((rule, "}"));
    let selectors: Vec<String> = selectors.split(',').map(|selector| format!("#{id} {selector}")).collect();
    // The longest name first, or `$red` would take the beginning of `$redbg`.
    let mut names = COLOURS.to_vec();
    names.extend(RARER_COLOURS);
    sort_by_rank(&mut names, |(name, ..)| (u64::MAX - name.len() as u64, 0));
    let body = names.iter().fold(body.to_owned(), |body, (name, light, _)| {
        body.replace(&format!("${name}"), &format!("var(--fp-{name},{light})"))
    });
    format!("{}{{{body}", selectors.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_bound_and_every_colour_known() {
        let all: String = RARER.iter().map(|rule| format!("<i class=\"{}\">", class_of(rule))).collect();
        let sheet = sheet("fp1", &all);
        assert!(!sheet.contains('$'), "a colour without a name: {sheet}");
        let rules = sheet.lines().filter(|line| line.contains('{'));
        assert!(rules.clone().all(|line| line.starts_with("#fp1") || line.starts_with("@media")), "{sheet}");
        assert!(sheet.contains("#fp1 .pace{fill:var(--fp-clk,#7346b8);"));
        assert!(!super::sheet("fp1", "").contains("clk"), "no colour of what does not occur");
        assert!(sheet.contains("#fp1 .bad .chip{stroke:var(--fp-red,#c8322b);fill:var(--fp-redbg,#fdecea)}"));
    }
}
