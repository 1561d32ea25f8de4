//! `fencepost render FILE [-o FILE.svg] [--variant NAME] [--width PIXELS] [--page ADDRESS]`

use std::path::Path;

use fencepost_scene::svg::{self, Carried};
use fencepost_scene::{Options, Px, View, lay_out};

use crate::Status;
use crate::args::Picture;
use crate::commands::link;
use crate::input;
use crate::output;
use crate::save::save;

/// Draws one view of a scenario.
pub(crate) fn render(file: &Path, what: &Picture) -> Status {
    let Some(source) = input::read(file) else { return Status::Unusable };
    let variant = what.variant.as_deref();
    let Some(scenario) = source.view(variant) else { return Status::Unusable };
    let run = fencepost_lab::run(&scenario);
    let view =
        View { scenario: &scenario, cast: &run.cast, trace: &run.trace, ledger: &run.ledger, verdicts: &run.verdicts };
    let options = Options { width: Px::new(what.width as i32), ..Options::default() };
    let link = what.page.as_deref().map(|page| link::address(page, source.document.text(), variant));
    let carried = Carried { text: source.document.text(), link: link.as_deref() };
    let picture = svg::write(&lay_out(&view, &options), &view, &carried);
    match &what.output {
        None => output::print(&picture),
        Some(path) => save(path, &picture, Some(file)),
    }
}
