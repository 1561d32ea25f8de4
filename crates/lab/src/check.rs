//! Compares every `expect` line with what the run gave.

use fencepost_properties::{Evidence, State, Verdict};
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
    base.into_iter().chain(variants).flat_map(|(variant, view)| check_view(variant.as_deref(), &view)).collect()
}

fn check_view(variant: Option<&str>, view: &Scenario) -> Vec<Outcome> {
    check_run(variant, view, &run(view))
}

/// Compares every claim of a scenario without variants, or of a variant worked in, with its run, in the order of the text.
pub fn check_run(variant: Option<&str>, view: &Scenario, run: &Run) -> Vec<Outcome> {
    let outcomes = view.expectations.iter().enumerate().map(|(index, expectation)| {
        let (holds, found) = compare(expectation, run);
        Outcome { variant: variant.map(str::to_owned), index, holds, found, rows: rows(expectation, run) }
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

/// Whether a claim is true of a run, and what the run gave.
pub(crate) fn compare(expectation: &Expectation, run: &Run) -> (bool, String) {
    match expectation {
        Expectation::Trace(digest) => (run.digest() == *digest, format!("trace {:016x}", run.digest())),
        Expectation::Elections { .. } | Expectation::Usable { .. } => match run.figures {
            Some(figures) => counted(expectation, figures.elections, figures.usable),
            None => (false, "nothing in this run elects a leader".to_owned()),
        },
        Expectation::Property { property, subject, claim } => {
            let verdicts = find(*property, subject.as_deref(), run);
            if verdicts.is_empty() {
                let whose = subject.as_ref().map_or(String::new(), |name| format!("({name})"));
                return (false, format!("nothing in this run has {}{whose}", property.word()));
            }
            let holds = match claim {
                // "Nothing bad anywhere" must hold everywhere; "something happened" needs one witness.
                Claim::Held | Claim::Met { .. } | Claim::Within { .. } => verdicts.iter().all(|it| fits(*claim, it)),
                Claim::Violated { .. } | Claim::Pending | Claim::Stuck { .. } | Claim::Seen { .. } => {
                    verdicts.iter().any(|it| fits(*claim, it))
                }
            };
            let found: Vec<String> = verdicts.into_iter().map(|verdict| describe(verdict.state)).collect();
            (holds, found.join(", "))
        }
    }
}

/// Whether a claim about elections or usable time is true of these figures, and what they are.
fn counted(expectation: &Expectation, elections: u32, usable: u32) -> (bool, String) {
    match *expectation {
        Expectation::Elections { least, most } => {
            let holds = least <= elections && most.is_none_or(|most| elections <= most);
            (holds, format!("elections {elections}"))
        }
        Expectation::Usable { share, reached } => ((usable >= share) == reached, format!("usable {}", percent(usable))),
        Expectation::Property { .. } | Expectation::Trace(_) => (false, String::new()),
    }
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

fn fits(claim: Claim, verdict: &Verdict) -> bool {
    let same = |claimed: Option<Time>, found: Time| claimed.is_none_or(|claimed| claimed == found);
    match (claim, verdict.state) {
        (Claim::Held, State::Held | State::Unseen) => true,
        (Claim::Violated { at }, State::Violated { at: found, .. }) => same(at, found),
        (Claim::Pending, State::Pending { .. } | State::Quiet { .. }) => true,
        (Claim::Met { at }, State::Met { at: found, .. }) => same(at, found),
        (Claim::Met { at: None }, State::Vacuous) => verdict.property.class() == PropertyClass::Liveness,
        (Claim::Stuck { kind }, State::Stuck { evidence, .. }) => kind.is_none_or(|kind| is_evidence(kind, evidence)),
        (Claim::Within { bound, held }, state) => state.is_within(bound) == Some(held),
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

/// A state as an `expect` line would say it.
fn describe(state: State) -> String {
    match state {
        State::Violated { at, .. } => format!("violated at {}", in_text(at)),
        State::Met { at, .. } => format!("met at {}", in_text(at)),
        State::Stuck { evidence: Evidence::Quiescent, .. } => "stuck quiescent".to_owned(),
        State::Stuck { evidence: Evidence::Lasso { .. }, .. } => "stuck lasso".to_owned(),
        State::Stuck { evidence: Evidence::Horizon, .. } => "stuck horizon".to_owned(),
        State::Seen { from, until } => format!("seen from {} to {}", in_text(from), in_text(until)),
        other => other.word().to_owned(),
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
        let elections = |least, most, found| counted(&Expectation::Elections { least, most }, found, 0).0;
        assert!(elections(0, Some(1), 0) && elections(0, Some(1), 1) && !elections(0, Some(1), 2));
        assert!(elections(8, None, 8) && !elections(8, None, 7));
        let usable = |reached, found| counted(&Expectation::Usable { share: 800_000, reached }, 0, found).0;
        assert!(usable(true, 800_000) && !usable(true, 799_999));
        assert!(usable(false, 799_999) && !usable(false, 800_000));
        assert_eq!(counted(&Expectation::Usable { share: 0, reached: true }, 0, 799_999).1, "usable 79.9%");
    }
}
