//! `fencepost open LINK [-o FILE]`

use std::path::Path;

use fencepost_scenario::Document;
use fencepost_scenario::link::{Link, LinkFailure, Opened, decode};
use fencepost_scenario::visible::{hidden, visible_line};

use crate::Status;
use crate::output;
use crate::save::save;

/// Prints the scenario that is in a link, or writes it to a file. Where the link opens it at a variant, that is said on
/// standard error.
pub(crate) fn open(link: &str, output: Option<&Path>) -> Status {
    match decode(link) {
        Ok(link) => show(&link, output),
        Err(failure) => refuse(&failure),
    }
}

fn show(link: &Link, output: Option<&Path>) -> Status {
    let text = match &link.opened {
        Opened::Nothing => return nothing("There is no scenario in this link."),
        Opened::File(address) => {
            return nothing(&format!("This link points to the file {address}. Fetch it, then open the file."));
        }
        Opened::Preset { text, .. } | Opened::Text(text) => text,
    };
    if let Some(remark) = link.opened.remark() {
        output::complain(&remark);
    }
    for part in &link.ignored {
        output::complain(&format!("Not understood, and left out: `{}`.", visible_line(part)));
    }
    let document = at_variant(Document::new(text.as_str()), link);
    let text = match document.text() {
        text if text.ends_with('\n') => text.to_owned(),
        text => format!("{text}\n"),
    };
    match output.filter(|path| *path != Path::new("-")) {
        Some(path) => save(path, &text, None),
        None => print(&text),
    }
}

/// The text with the lines that the link adds; which variant it opens is said.
fn at_variant(document: Document, link: &Link) -> Document {
    let asked = link.view.variant.clone();
    let (document, more) = match &link.view.with {
        Some(lines) => {
            let (document, name) = document.with_variant_of(lines, asked.as_deref());
            (document, Some(name))
        }
        None => (document, None),
    };
    let parsed = document.parse();
    if parsed.version.is_unknown() {
        let said = parsed.version.said;
        output::complain(&format!(
            "This scenario is written in version {said} of the language, which is newer than this program."
        ));
        return document;
    }
    let has = |name: &String| parsed.view(Some(name)).is_some();
    if let Some(name) = asked.as_ref().filter(|name| !has(name)) {
        let name = visible_line(name);
        output::complain(&format!("The link asks for the variant `{name}`, which its text does not have."));
    }
    if let Some(name) = more.or(asked).filter(has) {
        output::complain(&format!("The link opens the variant `{name}`."));
    }
    document
}

/// Prints the text, and says where it holds more than is seen.
fn print(text: &str) -> Status {
    let unseen = hidden(text).count();
    if unseen > 0 {
        output::complain(&format!(
            "Characters of this text that do not show: {unseen}. Each is printed as a mark; `-o FILE` writes the text to the letter."
        ));
    }
    output::print(text)
}

fn nothing(said: &str) -> Status {
    output::complain(said);
    Status::Unusable
}

fn refuse(failure: &LinkFailure) -> Status {
    output::complain(&failure.error.to_string());
    if let Some(salvaged) = &failure.salvaged {
        output::complain(&format!("What can still be read of it:\n{salvaged}"));
    }
    Status::Unusable
}
