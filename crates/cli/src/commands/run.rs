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
        return output::print(&format!("{}\n", fencepost_lab::json::to_json(&view, &run)));
    }
    output::print(&format!(
        "{}\n\n{}{}{}{}{}\n{} events · trace {:016x}\n",
        view.title,
        output::cut_short(&run),
        output::verdicts(&run),
        output::figures(&run),
        output::faults(&view, &run),
        output::models(&fencepost_lab::lens(&view, &run)),
        run.trace.events.len(),
        run.digest()
    ))
}
