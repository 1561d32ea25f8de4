//! The author's claims, judged where the reader sees them: the `expect` lines of the variant that is shown with every
//! run, those of the others whenever the text is another one.
//!
//! Whether a claim holds, and the words for why it does not, are those of `fencepost check`.

use fencepost_lab::{Effort, Outcome, Run, Runner, check_run};
use fencepost_properties::{Reason, State};
use fencepost_scenario::model::Expectation;
use fencepost_scenario::{Parsed, View, print_expectation};
use fencepost_sim::{End, Limits};

use crate::app::Picture;
use crate::work::{ELSEWHERE, ViewOutcomes, others};

/// So many events are run at once for the variants that are not shown. What takes more is judged afterwards.
const AT_ONCE: u64 = 10_000;

/// One `expect` line, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Its line in the text, counted from 0.
    pub line: usize,
    /// The claim as its line says it, without `expect`: "effect-order violated at 15200ms".
    pub said: String,
    /// The figure that it speaks of, by its name on the page.
    pub figure: Option<&'static str>,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether that is not worked out yet: a verdict it speaks of is still open.
    pub is_open: bool,
}

impl Claimed {
    /// Whether it is known not to hold.
    pub fn fails(&self) -> bool {
        !self.outcome.holds && !self.is_open
    }

    /// What is claimed of a row of this name: "violated at 15200ms".
    pub fn of_row(&self) -> &str {
        self.said.split_once(' ').map_or(&self.said, |(_, claim)| claim)
    }
}

/// The claims of a variant that is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Which; `None` is the base.
    pub variant: Option<String>,
    /// What a reader calls it.
    pub title: String,
    /// Its claims, judged; none if to run it too would have been too much work.
    pub claims: Vec<Claimed>,
}

/// Judges the claims of one view.
pub fn judge(view: &View, variant: Option<&str>, run: &Run) -> Vec<Claimed> {
    let mut claims = claimed(view, check_run(variant, &view.scenario, run));
    let is_open = |row: &usize| run.verdicts[*row].state == State::NoVerdict(Reason::Unfinished);
    claims.iter_mut().for_each(|claim| claim.is_open = claim.outcome.rows.iter().any(is_open));
    claims
}

/// What came of the claims of a view, each at its line.
fn claimed(view: &View, outcomes: Vec<Outcome>) -> Vec<Claimed> {
    let claimed = outcomes.into_iter().filter_map(|outcome| {
        let expectation = view.scenario.expectations.get(outcome.index)?;
        let printed = print_expectation(expectation);
        Some(Claimed {
            line: *view.lines.expectations.get(outcome.index)?,
            said: printed.strip_prefix("expect ").unwrap_or(&printed).to_owned(),
            figure: figure(expectation),
            outcome,
            is_open: false,
        })
    });
    claimed.collect()
}

fn figure(expectation: &Expectation) -> Option<&'static str> {
    match expectation {
        Expectation::Elections { .. } => Some("elections"),
        Expectation::Usable { .. } => Some("usable time"),
        Expectation::Property { .. } | Expectation::Trace(_) => None,
    }
}

/// Judges the claims of the views that are not shown, in the order of the text, if that is little work.
pub fn elsewhere_at_once(picture: &Picture, shown: Option<&str>) -> Option<Vec<Elsewhere>> {
    let parsed = &picture.parsed;
    // Beside so long a run no other is run at all: the answer to that is known.
    let is_run = picture.run.trace.events.len() < ELSEWHERE;
    let mut left = AT_ONCE;
    let mut judge = |variant: Option<String>| {
        let view = parsed.view(variant.as_deref())?;
        let mut outcomes = Vec::new();
        if is_run {
            let limits = Limits { events: left, ..Limits::default() };
            let effort = Effort { lasso: left, ..Effort::AT_ONCE };
            let run = Runner::new(&view.scenario, limits).within(effort).finish();
            left = left.saturating_sub(run.trace.events.len() as u64);
            if run.trace.end == End::Limit || !run.is_whole() {
                return None;
            }
            outcomes = check_run(variant.as_deref(), &view.scenario, &run);
        }
        Some(ViewOutcomes { variant, outcomes })
    };
    let judged = others(parsed, shown).map(&mut judge).collect::<Option<Vec<ViewOutcomes>>>()?;
    Some(elsewhere(parsed, judged))
}

/// The claims of the views that are not shown, as the page shows them.
pub fn elsewhere(parsed: &Parsed, judged: Vec<ViewOutcomes>) -> Vec<Elsewhere> {
    let elsewhere = judged.into_iter().filter_map(|ViewOutcomes { variant, outcomes }| {
        let view = parsed.view(variant.as_deref())?;
        let named = parsed.scenario.variants.iter().find(|named| Some(&named.name) == variant.as_ref());
        let title = named.map_or_else(|| "As written".to_owned(), |named| named.title.clone());
        Some(Elsewhere { variant, title, claims: claimed(&view, outcomes) })
    });
    elsewhere.collect()
}

/// How many of these claims hold, and how many there are.
pub fn count<'a>(claims: impl Iterator<Item = &'a Claimed>) -> (usize, usize) {
    claims.fold((0, 0), |(hold, all), claim| (hold + usize::from(claim.outcome.holds && !claim.is_open), all + 1))
}

#[cfg(test)]
mod tests {
    use fencepost_scenario::Document;

    use super::*;
    use crate::app::{Model, Msg, Start, update};

    const TEXT: &str = "fencepost 1\nuntil 30s\nclient A at 0s: acquire L; work 50ms; write S\nlock L lease 10s\n\
        store S check none\nclient B at 1s: acquire L; work 100ms; write S\npause A at 150ms for 15s\n\
        expect effect-order held\nexpect grant met\nexpect elections 0\nexpect trace 0000000000000000\n\
        variant fenced \"With a fence\"\n  store S check ge\n  expect effect-order held\n  expect lock-exclusion violated\n";

    fn opened() -> Model {
        let mut model = Model::open(Start::default()).0;
        update(&mut model, Msg::OpenText(TEXT.into()));
        model
    }

    fn told(claims: &[Claimed]) -> Vec<(usize, bool, usize)> {
        claims.iter().map(|claim| (claim.line, claim.outcome.holds, claim.outcome.rows.len())).collect()
    }

    #[test]
    fn every_claim_of_the_shown_view_is_judged_at_its_line() {
        let mut model = opened();
        assert_eq!(told(&model.picture.claims), [(7, false, 1), (8, true, 2), (9, false, 0), (10, false, 0)]);
        assert_eq!(model.picture.claims[0].of_row(), "held");
        assert_eq!(model.picture.claims[2].figure, Some("elections"));
        assert_eq!(count(model.picture.claims.iter()), (1, 4));
        update(&mut model, Msg::SetVariant(Some("fenced".into())));
        assert_eq!(told(&model.picture.claims), [(13, true, 1), (14, false, 1)]);
    }

    #[test]
    fn a_claim_of_another_variant_is_judged_by_the_run_of_that_variant() {
        let mut model = opened();
        let [fenced] = &model.elsewhere[..] else { panic!("{:?}", model.elsewhere) };
        assert_eq!((&*fenced.title, told(&fenced.claims)), ("With a fence", vec![(13, true, 1), (14, false, 1)]));
        assert_eq!(model.judged_claims().count(), 6, "each line once");
        update(&mut model, Msg::SetVariant(Some("fenced".into())));
        assert_eq!(model.elsewhere[0].variant, None);
        assert_eq!(model.judged_claims().count(), 6);
    }

    /// Two heartbeats every microsecond: a limit stops the run after so many events that no other is worth the work.
    #[test]
    fn beside_a_run_that_was_cut_short_no_other_is_run() {
        let text = "fencepost 1\nnetwork delay 1us\npair P Q heartbeat 1us timeout 3us\nlock L lease 10s\n\
            client A at 0s: acquire L\nexpect lock-exclusion held\n\
            variant slow\n  pair P Q heartbeat 1s timeout 3s\n  expect lock-exclusion held\n";
        let mut model = Model::open(Start::default()).0;
        update(&mut model, Msg::OpenText(text.into()));
        assert_eq!(told(&model.picture.claims), [(5, false, 1)], "cut short, so it holds nothing");
        assert!(
            model.picture.claims[0].outcome.complaint().contains("stopped after 200,"),
            "{:?}",
            model.picture.claims
        );
        assert_eq!((model.elsewhere.len(), model.elsewhere[0].claims.len()), (1, 0));
        update(&mut model, Msg::SetVariant(Some("slow".into())));
        assert_eq!(told(&model.picture.claims), [(8, true, 1)]);
    }

    #[test]
    fn what_is_said_is_what_the_command_line_says() {
        let model = opened();
        let checked = fencepost_lab::check(&Document::new(TEXT).parse().scenario);
        let mut shown: Vec<&Outcome> = model.judged_claims().map(|claim| &claim.outcome).collect();
        shown.sort_by_key(|outcome| (outcome.variant.clone(), outcome.index));
        assert_eq!(shown, checked.iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_mistake_in_the_typing_takes_the_marks_away_and_its_mending_brings_them_back() {
        let mut model = opened();
        update(&mut model, Msg::SetText(format!("pauze\n{TEXT}")));
        assert!(model.stale && model.judged_claims().next().is_none());
        update(&mut model, Msg::SetText(format!("\n{TEXT}")));
        assert_eq!(model.picture.claims[0].line, 8);
    }
}
