//! The whole judgement of a text: what comes back for [`super::Question::Judge`].

use fencepost_lab::{Blame, Outcome};
use fencepost_properties::Verdict;

use super::fields::{escaped, numbers, read_numbers, unescaped};
use super::verdict;

/// All that is said of a text, in the variant that is shown and about the claims of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Every verdict of the run.
    pub verdicts: Vec<Verdict>,
    /// Which faults the first violation needs, or the first promise that is stuck; `None` where all ends well.
    pub blame: Option<Blame>,
    /// What came of the claims of each view that is not shown and claims something.
    pub elsewhere: Vec<ViewOutcomes>,
}

/// What came of the claims of one view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewOutcomes {
    /// Which; `None` is the base.
    pub variant: Option<String>,
    /// Its claims, in the order of the text; none if to run it too would have been too much work.
    pub outcomes: Vec<Outcome>,
}

impl Judgement {
    /// A line for each verdict, for the blame, for each view, and below it for each of its claims.
    pub(super) fn print(&self) -> String {
        let mut lines: Vec<String> =
            self.verdicts.iter().map(|verdict| format!("verdict\t{}", verdict::print(verdict))).collect();
        if let Some(Blame { verdict, necessary }) = &self.blame {
            let needed = numbers(necessary.iter().map(|needed| u64::from(*needed)));
            lines.push(format!("blame\t{verdict}\t{needed}"));
        }
        for view in &self.elsewhere {
            lines.push(view.variant.as_ref().map_or_else(|| "view".into(), |name| format!("view\t{}", escaped(name))));
            lines.extend(view.outcomes.iter().map(print_outcome));
        }
        lines.join("\n")
    }

    /// And back.
    pub(super) fn parse(body: &str) -> Option<Self> {
        let mut judgement = Self::default();
        for line in body.split('\n').filter(|line| !line.is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            match &fields[..] {
                ["verdict", fields @ ..] => judgement.verdicts.push(verdict::parse(fields)?),
                ["blame", verdict, needed] => {
                    let necessary = read_numbers::<u8>(needed)?.into_iter().map(|bit| bit == 1).collect();
                    judgement.blame = Some(Blame { verdict: verdict.parse().ok()?, necessary });
                }
                ["view"] => judgement.elsewhere.push(ViewOutcomes { variant: None, outcomes: Vec::new() }),
                ["view", name] => {
                    let variant = Some(unescaped(name)?);
                    judgement.elsewhere.push(ViewOutcomes { variant, outcomes: Vec::new() });
                }
                ["claim", fields @ ..] => {
                    let view = judgement.elsewhere.last_mut()?;
                    view.outcomes.push(parse_outcome(view.variant.clone(), fields)?);
                }
                _ => return None,
            }
        }
        Some(judgement)
    }
}

fn print_outcome(outcome: &Outcome) -> String {
    let rows = numbers(outcome.rows.iter().map(|row| *row as u64));
    let (holds, nothing) = (outcome.holds, outcome.nothing_to_judge);
    format!("claim\t{}\t{holds}\t{nothing}\t{rows}\t{}", outcome.index, escaped(&outcome.found))
}

fn parse_outcome(variant: Option<String>, fields: &[&str]) -> Option<Outcome> {
    let [index, holds, nothing, rows, found] = fields else { return None };
    Some(Outcome {
        variant,
        index: index.parse().ok()?,
        holds: holds.parse().ok()?,
        found: unescaped(found)?,
        nothing_to_judge: nothing.parse().ok()?,
        rows: read_numbers(rows)?,
    })
}
