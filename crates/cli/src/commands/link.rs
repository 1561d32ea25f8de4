//! `fencepost link FILE [--variant NAME] [--page ADDRESS]`

use std::path::Path;

use fencepost_scenario::link::{ViewParameters, encode};

use crate::Status;
use crate::input;
use crate::output;

/// Prints the link that opens a scenario.
pub(crate) fn link(file: &Path, variant: Option<&str>, page: Option<&str>) -> Status {
    let Some(source) = input::read(file) else { return Status::Unusable };
    if source.view(variant).is_none() {
        return Status::Unusable;
    }
    output::print(&format!("{}\n", address(page.unwrap_or_default(), source.document.text(), variant)))
}

/// The link to the page at `page` that opens `text`; without a page, the part of it from the `#` on.
pub(crate) fn address(page: &str, text: &str, variant: Option<&str>) -> String {
    let view = ViewParameters { variant: variant.map(str::to_owned), ..ViewParameters::default() };
    format!("{}#{}", page.split('#').next().unwrap_or_default(), encode(text, &view))
}
