//! Compares every `expect` line with what the run gave.

use fencepost_properties::{Evidence, Reason, State, Verdict, cut_short};
use fencepost_scenario::model::{Claim, Expectation, Scenario, StuckKind};
use fencepost_sim::Time;
use fencepost_vocabulary::{PropertyClass, PropertyKind};

use crate::run::{Run, run};

/// One claim, compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The variant the claim was made for; `None` for the base.
    pub variant: Option<String>,
    /// Which of that list of claims it is, counted from 0.
    pub index: usize,
    /// Whether it is true.
    pub holds: bool,
    /// What the run gave instead, or as claimed, for a reader.
    pub found: String,
    /// Whether it holds because nothing in the run is of the kind it speaks of.
    pub nothing_to_judge: bool,
    /// The verdicts it speaks of, as places in the run's list; none for a figure, a trace, or what the run does not have.
    pub rows: Vec<usize>,
}

impl Outcome {
    /// Why the claim fails, in words that page and command line share.
    pub fn complaint(&self) -> String {
        format!("this does not hold; the run gives: {}", self.found)
    }
}

/// Runs a scenario and all its variants, and compares every claim, in the order of the text.
pub fn check(scenario: &Scenario) -> Vec<Outcome> {
    let base = scenario.view(None).map(|view| (None, view));
    let variants = scenario
        .variants
        .iter()
        .filter_map(|variant| scenario.view(Some(&variant.name)).map(|view| (Some(variant.name.clone()), view)));
    base.into_iter()
        .chain(variants)
        .flat_map(|(variant, view)| check_run(variant.as_deref(), &view, &run(&view)))
        .collect()
}

/// Compares every claim of a scenario without variants, or of a variant worked in, with its run, in the order of the text.
pub fn check_run(variant: Option<&str>, view: &Scenario, run: &Run) -> Vec<Outcome> {
    let outcomes = view.expectations.iter().enumerate().map(|(index, expectation)| {
        let Compared { holds, found, nothing_to_judge } = compare(expectation, run);
        let variant = variant.map(str::to_owned);
        Outcome { variant, index, holds, found, nothing_to_judge, rows: rows(expectation, run) }
    });
    outcomes.collect()
}

/// The places of the verdicts that a claim speaks of.
fn rows(expectation: &Expectation, run: &Run) -> Vec<usize> {
    let Expectation::Property { property, subject, .. } = expectation else { return Vec::new() };
    let meant = find(*property, subject.as_deref(), run);
    let place = |one: &&Verdict| run.verdicts.iter().position(|verdict| std::ptr::eq(verdict, *one));
    meant.iter().filter_map(place).collect()
}

/// What became of a claim.
pub(crate) struct Compared {
    /// Whether it is true of the run.
    pub holds: bool,
    /// What the run gave.
    pub found: String,
    /// Whether it holds because there was nothing to judge.
    pub nothing_to_judge: bool,
}

/// Whether a claim is true of a run, and what the run gave. Of a run that was cut short only what had happened by then
/// can be claimed: not that something never happens, nor by when it does.
pub(crate) fn compare(expectation: &Expectation, run: &Run) -> Compared {
    let (holds, mut found, nothing_to_judge) = match expectation {
        Expectation::Trace(digest) => (run.digest() == *digest, format!("trace {:016x}", run.digest()), false),
        Expectation::Elections { .. } | Expectation::Usable { .. } => match run.figures {
            Some(figures) => counted(expectation, run.is_cut_short(), figures.elections, figures.usable),
            None => (false, "nothing in this run elects a leader".to_owned(), false),
        },
        Expectation::Property { property, subject, claim } => judged(*property, subject.as_deref(), *claim, run),
    };
    if let (false, Some(stopped)) = (holds, cut_short(&run.trace)) {
        found.push_str(&format!("; {stopped}"));
    }
    Compared { holds, found, nothing_to_judge: holds && nothing_to_judge }
}

/// Compares a claim about a property.
fn judged(property: PropertyKind, subject: Option<&str>, claim: Claim, run: &Run) -> (bool, String, bool) {
    let verdicts = find(property, subject, run);
    if verdicts.is_empty() {
        let whose = subject.map_or(String::new(), |name| format!("({name})"));
        return (false, format!("nothing in this run has {}{whose}", property.word()), false);
    }
    let fits = |verdict: &&Verdict| fits(claim, verdict, run.is_cut_short());
    let holds = match claim {
        // "Nothing bad anywhere" must hold everywhere; "something happened" needs one witness.
        Claim::Held | Claim::Met { .. } | Claim::Within { .. } => verdicts.iter().all(fits),
        Claim::Violated { .. } | Claim::Pending | Claim::Stuck { .. } | Claim::Seen { .. } => verdicts.iter().any(fits),
    };
    let is_empty = |verdict: &&Verdict| verdict.state == State::NoVerdict(Reason::NothingToJudge);
    let nothing_to_judge = verdicts.iter().all(is_empty);
    let found: Vec<String> = verdicts.into_iter().map(describe).collect();
    (holds, found.join(", "), nothing_to_judge)
}

/// Whether a claim about elections or usable time is true of these figures, and what they are. In a run that was cut
/// short there may have been more elections to come, and its share of usable time is that of another run.
fn counted(expectation: &Expectation, is_cut_short: bool, elections: u32, usable: u32) -> (bool, String, bool) {
    let (holds, found) = match *expectation {
        Expectation::Elections { least, most } => {
            let is_at_most = most.is_none_or(|most| elections <= most && !is_cut_short);
            (least <= elections && is_at_most, format!("elections {elections}"))
        }
        Expectation::Usable { share, reached } => {
            ((usable >= share) == reached && !is_cut_short, format!("usable {}", percent(usable)))
        }
        Expectation::Property { .. } | Expectation::Trace(_) => (false, String::new()),
    };
    (holds, found, false)
}

/// A share of the run with one decimal, rounded down: "96.4%".
fn percent(millionths: u32) -> String {
    format!("{}.{}%", millionths / 10_000, millionths / 1_000 % 10)
}

/// The verdicts a claim speaks of: the one it means, or all of a property that is judged one by one.
fn find<'run>(property: PropertyKind, subject: Option<&str>, run: &'run Run) -> Vec<&'run Verdict> {
    let id = subject.map(|name| run.cast.find(name));
    if id == Some(None) {
        return Vec::new();
    }
    let meant = fencepost_properties::find(&run.verdicts, property, id.flatten(), &run.cast);
    if meant.is_none() && subject.is_none() {
        return run.verdicts.iter().filter(|verdict| verdict.property == property).collect();
    }
    meant.into_iter().collect()
}

fn fits(claim: Claim, verdict: &Verdict, is_cut_short: bool) -> bool {
    let same = |claimed: Option<Time>, found: Time| claimed.is_none_or(|claimed| claimed == found);
    match (claim, verdict.state) {
        (Claim::Held, State::Held | State::Unseen | State::NoVerdict(Reason::NothingToJudge)) => true,
        (Claim::Violated { at }, State::Violated { at: found, .. }) => same(at, found),
        // What is open where a run was cut short may have been done right after.
        (Claim::Pending, State::Pending { .. } | State::Quiet { .. }) => !is_cut_short,
        (Claim::Met { at }, State::Met { at: found, .. }) => same(at, found),
        (Claim::Met { at: None }, State::NoVerdict(Reason::NothingToJudge)) => {
            verdict.property.class() == PropertyClass::Liveness
        }
        (Claim::Stuck { kind }, State::Stuck { evidence, .. }) => kind.is_none_or(|kind| is_evidence(kind, evidence)),
        // Done in time so far is no promise that the next wait is as short; too late is too late.
        (Claim::Within { bound, held }, state) => state.is_within(bound) == Some(held) && !(held && is_cut_short),
        (Claim::Seen { interval }, State::Seen { from, until }) => {
            interval.is_none_or(|claimed| claimed == (from, until))
        }
        _ => false,
    }
}

fn is_evidence(kind: StuckKind, evidence: Evidence) -> bool {
    matches!(
        (kind, evidence),
        (StuckKind::Quiescent, Evidence::Quiescent)
            | (StuckKind::Lasso, Evidence::Lasso { .. })
            | (StuckKind::Horizon, Evidence::Horizon)
    )
}

/// A verdict as an `expect` line would say it.
fn describe(verdict: &Verdict) -> String {
    match verdict.state {
        State::Violated { at, .. } => format!("violated at {}", in_text(at)),
        State::Met { at, .. } => format!("met at {}", in_text(at)),
        State::Stuck { evidence: Evidence::Quiescent, .. } => "stuck quiescent".to_owned(),
        State::Stuck { evidence: Evidence::Lasso { .. }, .. } => "stuck lasso".to_owned(),
        State::Stuck { evidence: Evidence::Horizon, .. } => "stuck horizon".to_owned(),
        State::Stuck { evidence: Evidence::GaveUp, .. } => "stuck".to_owned(),
        State::Seen { from, until } => format!("seen from {} to {}", in_text(from), in_text(until)),
        // That a run was cut short is said of all its claims at once.
        State::NoVerdict(Reason::CutShort) => "no verdict".to_owned(),
        State::NoVerdict(Reason::TooMany) => verdict.sentence.trim_end_matches('.').replacen("No", "no", 1),
        State::NoVerdict(reason @ (Reason::NothingToJudge | Reason::Unfinished)) => reason.word().to_owned(),
        other @ (State::Held | State::Unseen | State::Pending { .. } | State::Quiet { .. }) => other.word().to_owned(),
    }
}

/// A time as the scenario language writes it: "15200ms".
fn in_text(time: Time) -> String {
    if time.0.is_multiple_of(1_000) { format!("{}ms", time.0 / 1_000) } else { format!("{}us", time.0) }
}

#[cfg(test)]
mod tests {
    use fencepost_scenario::gallery;

    use super::*;

    /// Scenario 7 with other claims: what holds, and the names of the properties that each claim speaks of.
    fn judged(claims: &[&str]) -> Vec<(bool, String, Vec<&'static str>)> {
        let own = gallery::first().text.lines().take_while(|line| !line.starts_with("expect"));
        let text = own.chain(claims.iter().copied()).collect::<Vec<_>>().join("\n");
        let view = fencepost_scenario::Document::new(text).parse().scenario;
        let run = run(&view);
        let named = |rows: &[usize]| rows.iter().map(|row| run.verdicts[*row].property.word()).collect();
        check_run(None, &view, &run).iter().map(|it| (it.holds, it.complaint(), named(&it.rows))).collect()
    }

    #[test]
    fn a_claim_knows_the_rows_it_speaks_of_and_why_it_fails() {
        let judged = judged(&[
            "expect effect-order held",
            "expect grant met",
            "expect elections 0",
            "expect grant(B) met at 10100ms",
        ]);
        let said = |found: &str| format!("this does not hold; the run gives: {found}");
        assert_eq!(judged[0], (false, said("violated at 15200ms"), vec!["effect-order"]));
        assert_eq!((judged[1].0, &judged[1].2[..]), (true, &["grant", "grant"][..]), "one for each client");
        assert_eq!(judged[2], (false, said("nothing in this run elects a leader"), vec![]));
        assert_eq!((judged[3].0, &judged[3].2[..]), (true, &["grant"][..]));
    }

    #[test]
    fn figures_are_compared_with_both_ends_included() {
        let elections = |least, most, found| counted(&Expectation::Elections { least, most }, false, found, 0).0;
        assert!(elections(0, Some(1), 0) && elections(0, Some(1), 1) && !elections(0, Some(1), 2));
        assert!(elections(8, None, 8) && !elections(8, None, 7));
        let usable = |reached, found| counted(&Expectation::Usable { share: 800_000, reached }, false, 0, found).0;
        assert!(usable(true, 800_000) && !usable(true, 799_999));
        assert!(usable(false, 799_999) && !usable(false, 800_000));
        assert_eq!(counted(&Expectation::Usable { share: 0, reached: true }, false, 0, 799_999).1, "usable 79.9%");
    }
}
