//! What a link says about how to look at its scenario. None of it ever enters the scenario's text.

use fencepost_sim::Time;

use crate::link::failure::LinkError;
use crate::link::readable;
use crate::time;

/// How much of the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ui {
    /// Everything.
    #[default]
    Full,
    /// Nothing that changes the scenario.
    Read,
    /// The timeline alone, for a frame in another page.
    Embed,
}

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the reader's system.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What lies over the scenario when the page opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaf {
    /// Nothing.
    #[default]
    None,
    /// The article that the course began with, line by line.
    Article,
}

/// The view parameters of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewParameters {
    /// `at=12500ms`: the moment to stand at, in simulated time.
    pub at: Option<Time>,
    /// `ui=full|read|embed`
    pub ui: Ui,
    /// `theme=auto|light|dark`
    pub theme: Theme,
    /// `page=article`: what to read over the scenario.
    pub leaf: Leaf,
    /// `v=fenced`: the variant to open.
    pub variant: Option<String>,
    /// `with=store+S+check+ge`: lines that make one more variant; see [`crate::Document::with_variant`].
    pub with: Option<String>,
}

impl ViewParameters {
    /// Takes over one `key=value`. Returns whether it was understood.
    ///
    /// # Errors
    /// If it changes what is opened, and cannot be read or was said already: to leave it out would open something else.
    pub(crate) fn read(&mut self, key: &str, value: &str) -> Result<bool, LinkError> {
        match key {
            "v" => said_once(value, &mut self.variant).map(|()| true),
            "with" => said_once(value, &mut self.with).map(|()| true),
            _ => Ok(self.read_look(key, value)),
        }
    }

    /// The same for what only changes how it looks.
    fn read_look(&mut self, key: &str, value: &str) -> bool {
        match key {
            "at" => time::read(value).map(|at| self.at = Some(Time(at))).is_ok(),
            "ui" => found(value, UI, &mut self.ui),
            "theme" => found(value, THEMES, &mut self.theme),
            "page" => found(value, LEAVES, &mut self.leaf),
            _ => false,
        }
    }

    /// `at=12500ms&v=fenced&`: everything that is not as by default, ready for a payload to follow.
    pub(crate) fn write(&self) -> String {
        let at = self.at.map(|at| format!("at={}&", time::written(at.0)));
        let ui = (self.ui != Ui::default()).then(|| format!("ui={}&", word(self.ui, UI)));
        let theme = (self.theme != Theme::default()).then(|| format!("theme={}&", word(self.theme, THEMES)));
        let leaf = (self.leaf != Leaf::default()).then(|| format!("page={}&", word(self.leaf, LEAVES)));
        let variant = self.variant.as_deref().map(|name| format!("v={}&", readable::encode_lines(name)));
        [at, ui, theme, leaf, variant, Some(self.covered())].into_iter().flatten().collect()
    }

    /// The part of it that belongs to what is opened, and that the check of a payload covers: `with=seed+7&`.
    pub(crate) fn covered(&self) -> String {
        let lines = self.with.as_deref();
        lines.map_or_else(String::new, |lines| format!("with={}&", readable::encode_lines(lines)))
    }
}

fn said_once(value: &str, slot: &mut Option<String>) -> Result<(), LinkError> {
    let text = readable::decode_lines(value)?;
    match slot.replace(text) {
        None => Ok(()),
        Some(_) => Err(LinkError::Damaged),
    }
}

const UI: [(&str, Ui); 3] = [("full", Ui::Full), ("read", Ui::Read), ("embed", Ui::Embed)];
const LEAVES: [(&str, Leaf); 2] = [("none", Leaf::None), ("article", Leaf::Article)];
const THEMES: [(&str, Theme); 3] = [("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark)];

fn found<T: Copy, const N: usize>(word: &str, table: [(&str, T); N], slot: &mut T) -> bool {
    let found = table.iter().find(|(known, _)| *known == word);
    found.map(|(_, meaning)| *slot = *meaning).is_some()
}

fn word<T: PartialEq, const N: usize>(meaning: T, table: [(&'static str, T); N]) -> &'static str {
    table.into_iter().find(|(_, known)| *known == meaning).map_or("", |(word, _)| word)
}
