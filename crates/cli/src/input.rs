//! Reads a scenario from a file or from standard input, and says what is to be said about its text.

use std::io::Read;
use std::path::Path;

use fencepost_scenario::visible::visible_line;
use fencepost_scenario::{Document, Parsed, Scenario, Severity};

use crate::output;

/// A file longer than this is not a scenario. The parser reads at most 256 KiB; a little more lets it say so itself.
const MOST_BYTES: u64 = 1 << 20;

/// A scenario's text with its meaning and the name it goes by in messages.
pub(crate) struct Source {
    pub name: String,
    pub document: Document,
    pub parsed: Parsed,
}

/// Reads and parses `path`; `-` is standard input. Remarks about the text go to standard error. `None` if the file
/// could not be read or not be understood: then everything there is to say has been said.
pub(crate) fn read(path: &Path) -> Option<Source> {
    let name = if path == Path::new("-") { "standard input".to_owned() } else { output::named(path) };
    let text = match text(path) {
        Ok(text) => text,
        Err(why) => {
            output::complain(&format!("{name}: {why}"));
            return None;
        }
    };
    let document = Document::new(text);
    let source = Source { parsed: document.parse(), document, name };
    for diagnostic in &source.parsed.diagnostics {
        output::complain(&output::pointed(&source, diagnostic));
    }
    source.parsed.diagnostics.iter().all(|it| it.severity != Severity::Error).then_some(source)
}

fn text(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("cannot be read: {error}."))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("is longer than a megabyte; that is no scenario.".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        format!("is not UTF-8 text: byte {} belongs to no character.", error.utf8_error().valid_up_to() + 1)
    })
}

impl Source {
    /// The base scenario or a variant, flat; `None` after saying which variants there are.
    pub fn view(&self, variant: Option<&str>) -> Option<Scenario> {
        let view = self.parsed.scenario.view(variant);
        if view.is_none() {
            let names: Vec<&str> = self.parsed.scenario.variants.iter().map(|it| it.name.as_str()).collect();
            let known =
                if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
            output::complain(&format!(
                "{}: there is no variant `{}`; {known}.",
                self.name,
                visible_line(variant.unwrap_or_default())
            ));
        }
        view
    }
}
