//! What is claimed, as a line.

use crate::model::{Claim, Expectation, StuckKind};
use crate::print::{length, said_share};
use crate::time::written;

/// One expectation as a line, `expect` and all.
pub fn print_expectation(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Trace(digest) => format!("expect trace {digest:016x}"),
        Expectation::Elections { least, most: None } => format!("expect elections >= {least}"),
        Expectation::Elections { least, most: Some(most) } if least == most => format!("expect elections {least}"),
        Expectation::Elections { least, most: Some(most) } => format!("expect elections {least}..{most}"),
        Expectation::Usable { share, reached } => {
            let sign = if *reached { ">=" } else { "<" };
            format!("expect usable {sign} {}", said_share(*share))
        }
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
