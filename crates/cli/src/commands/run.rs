//! `fencepost run FILE [--variant NAME] [--json]`

use std::path::Path;

use crate::Status;
use crate::input;
use crate::output;

/// Runs one view of a scenario and prints what came of it.
pub(crate) fn run(file: &Path, variant: Option<&str>, json: bool) -> Status {
    let Some(source) = input::read(file) else { return Status::Unusable };
    let Some(view) = source.view(variant) else { return Status::Unusable };
    let run = fencepost_lab::run(&view);
    if json {
        return output::print(&format!("{}\n", fencepost_lab::json::to_json(&run)));
    }
    let mut text = format!("{}\n\n{}", view.title, output::verdicts(&run));
    for dangling in &run.dangling {
        text.push_str(&format!("\nFault {} does not strike: {}", dangling.fault.index() + 1, dangling.reason));
    }
    text.push_str(&format!("\n{} events · trace {:016x}\n", run.trace.events.len(), run.digest()));
    output::print(&text)
}
