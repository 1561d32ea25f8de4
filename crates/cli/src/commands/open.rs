//! `fencepost open LINK`

use fencepost_scenario::Document;
use fencepost_scenario::link::{Link, LinkFailure, Opened, decode};

use crate::Status;
use crate::output;

/// Prints the scenario that is in a link. Where the link opens it at a variant, that is said on standard error.
pub(crate) fn open(link: &str) -> Status {
    match decode(link) {
        Ok(link) => show(&link),
        Err(failure) => refuse(&failure),
    }
}

fn show(link: &Link) -> Status {
    let text = match &link.opened {
        Opened::Nothing => return nothing("There is no scenario in this link."),
        Opened::File(address) => {
            return nothing(&format!("This link points to the file {address}. Fetch it, then open the file."));
        }
        Opened::Preset { name, changed: true, text } => {
            output::complain(&format!("The scenario `{name}` has changed since this link was made."));
            text
        }
        Opened::Preset { text, .. } | Opened::Text(text) => text,
    };
    link.ignored.iter().for_each(|part| output::complain(&format!("Not understood, and left out: `{part}`.")));
    let (document, asked) = (Document::new(text.as_str()), link.view.variant.clone());
    let (document, more) = match &link.view.with {
        Some(lines) => {
            let (document, name) = document.with_variant_of(lines, asked.as_deref());
            (document, Some(name))
        }
        None => (document, None),
    };
    let parsed = document.parse();
    let has = |name: &String| parsed.view(Some(name)).is_some();
    if let Some(name) = asked.as_ref().filter(|name| !has(name)) {
        output::complain(&format!("The link asks for the variant `{name}`, which its text does not have."));
    }
    if let Some(name) = more.or(asked).filter(has) {
        output::complain(&format!("The link opens the variant `{name}`."));
    }
    let text = document.text();
    output::print(&if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") })
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
