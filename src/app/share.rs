//! The ways out: the link, its length, and the files.

use fencepost_scenario::link::{self, ViewParameters};

use fencepost_scene::svg::Carried;

use crate::app::picture::Layout;
use crate::app::{Effect, Model, Msg};

/// Where browsers, servers and chat applications begin to have trouble, in characters.
const GREEN: usize = 2_000;
const AMBER: usize = 4_000;
const RED: usize = 8_000;

/// A link, ready to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLink {
    /// The whole address.
    pub address: String,
}

/// How far a link of this length gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// Everywhere.
    Green,
    /// Not through every chat application.
    Amber,
    /// Into an e-mail, with luck.
    Red,
    /// Nowhere: send a file.
    TooLong,
}

impl Light {
    /// The light for this many characters.
    pub fn for_length(characters: usize) -> Self {
        let lights = [(GREEN, Self::Green), (AMBER, Self::Amber), (RED, Self::Red)];
        let found = lights.into_iter().find(|(most, _)| characters <= *most);
        found.map_or(Self::TooLong, |(_, light)| light)
    }

    /// The word for tests and for whoever cannot see colours.
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::TooLong => "too-long",
        }
    }

    /// What the length means for who shares.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Green => "short enough for everywhere.",
            Self::Amber => "chat applications may cut it.",
            Self::Red => "chat applications will cut it; e-mail may carry it. A file is safer.",
            Self::TooLong => "too long for a link. Save the text as a file and send that.",
        }
    }
}

impl ShareLink {
    /// The link to what is shown.
    pub fn of(model: &Model) -> Self {
        Self { address: model.full_address() }
    }

    /// How far it gets.
    pub fn light(&self) -> Light {
        Light::for_length(self.address.chars().count())
    }
}

impl Model {
    /// The address of what is shown, on the page in full.
    pub fn full_address(&self) -> String {
        fragment(self).map_or_else(|| self.address.clone(), |fragment| format!("{}#{fragment}", self.address))
    }
}

/// What stands behind the `#` for the committed text and the shown variant; `None` for a text no link can carry.
pub fn fragment(model: &Model) -> Option<String> {
    let text = model.history.current().text();
    let view = ViewParameters { variant: model.variant.clone(), ..ViewParameters::default() };
    let fragment = link::encode(text, &view);
    (fragment.len() <= link::LONGEST).then_some(fragment)
}

/// The messages of the share dialog.
pub fn update(model: &mut Model, msg: &Msg) -> Vec<Effect> {
    match msg {
        Msg::CopyLink => vec![Effect::Copy(model.full_address())],
        Msg::Copied(worked) => copied(model, *worked),
        Msg::DownloadSvg => vec![download(model, "svg", "image/svg+xml", svg(model))],
        Msg::DownloadText => {
            vec![download(model, "fencepost", "text/plain;charset=utf-8", model.history.current().text().to_owned())]
        }
        Msg::ChooseFile => vec![Effect::ChooseFile],
        _ => Vec::new(),
    }
}

fn copied(model: &mut Model, worked: bool) -> Vec<Effect> {
    if model.offered.is_some() {
        // What is offered stays where it is, to be copied by hand or run.
        let sentence = if worked {
            "The text is on the clipboard."
        } else {
            "The browser did not allow copying. Select the text."
        };
        model.announcement = sentence.to_owned();
        return Vec::new();
    }
    let sentence = if worked {
        "The link is on the clipboard."
    } else {
        "The browser did not allow copying. The link is in the field: select it and copy it by hand."
    };
    model.announcement = sentence.to_owned();
    // It stands beside the button that was pressed; a notice would lie under the dialog.
    Vec::new()
}

/// The picture as a file, at the width the command line uses too, whatever the width of this window.
fn svg(model: &Model) -> String {
    let link = model.full_address();
    let usual = model.picture.laid_out(&Layout {
        linear: model.linear,
        opened: model.opened.clone(),
        most: usize::MAX,
        ..Layout::default()
    });
    usual.svg(&Carried { text: model.history.current().text(), link: Some(&link) })
}

fn download(model: &Model, ending: &str, media_type: &'static str, content: String) -> Effect {
    Effect::Download {
        name: format!("{}.{ending}", file_stem(&model.picture.view.scenario.title)),
        media_type,
        content,
    }
}

/// A title as a file's name: its letters and digits, the rest as hyphens.
fn file_stem(title: &str) -> String {
    let words = title
        .split(|letter: char| letter.is_ascii_punctuation() || letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty());
    let stem = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    let short: String = stem.chars().take(60).collect();
    if short.is_empty() { "scenario".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_light_turns_at_its_bounds() {
        let lights = [2_000, 2_001, 4_000, 4_001, 8_000, 8_001].map(Light::for_length);
        use Light::{Amber, Green, Red, TooLong};
        assert_eq!(lights, [Green, Amber, Amber, Red, Red, TooLong]);
    }

    #[test]
    fn a_title_becomes_a_file_name() {
        assert_eq!(file_stem("A lock gone wrong!"), "a-lock-gone-wrong");
        assert_eq!(file_stem("../../etc"), "etc");
    }
}
