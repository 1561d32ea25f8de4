//! While the typing has a mistake: which text the picture still shows, and what has been changed since.

use fencepost_scenario::Document;

use crate::app::{Effect, Model, documents};

impl Model {
    /// What a picture is that is older than the text: "The picture shows the text before line 7 was changed."
    pub fn stale_sentence(&self) -> Option<String> {
        let text = self.history.current();
        self.stale.then(|| format!("The picture shows the text before {}.", changed(&self.sound, text)))
    }

    /// Whether the text says a version of the language that does not know all of it, and nobody is typing it: what is
    /// being typed is raised when it is left.
    pub fn says_too_low_a_version(&self) -> bool {
        !self.typing && !self.stale && self.history.current().for_others() != *self.history.current()
    }
}

/// The lines that differ, counted from 1 in the new text, or in the old one where the new one has none of them.
fn changed(old: &Document, new: &Document) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let shorter = old.len().min(new.len());
    let same_at_first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let at_last = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let same_at_last = at_last.min(shorter - same_at_first);
    let first = same_at_first + 1;
    match (old.len() - same_at_last - same_at_first, new.len() - same_at_last - same_at_first) {
        (0, added) => format!("{} added", lines(first, added)),
        (removed, 0) => format!("{} removed", lines(first, removed)),
        (_, changed) => format!("{} changed", lines(first, changed)),
    }
}

fn lines(first: usize, many: usize) -> String {
    match many {
        0 | 1 => format!("line {first} was"),
        _ => format!("lines {first} to {} were", first + many - 1),
    }
}

/// Says the version that the text needs in its first line, as every edit on the page does.
pub fn raise_version(model: &mut Model) -> Vec<Effect> {
    let document = model.history.current().for_others();
    documents::replace(model, document)
}

/// A stretch of typing is over. The version is raised now and not between two strokes, for the next one may take back
/// what needed it. It is part of the same step.
pub fn end_typing(model: &mut Model) -> Vec<Effect> {
    model.typing = false;
    if !model.says_too_low_a_version() {
        return Vec::new();
    }
    let (before, told) = (model.picture.clone(), std::mem::take(&mut model.changes));
    let document = model.history.current().for_others();
    let said = document.lines().find(|line| line.trim_start().starts_with("fencepost")).unwrap_or_default();
    let announcement = format!("The text now begins with {}.", said.trim());
    model.history.amend(document);
    let effects = documents::show(model, &before);
    (model.changes, model.announcement) = (told, announcement);
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Msg, Start, update};

    fn said(old: &str, new: &str) -> String {
        changed(&Document::new(old), &Document::new(new))
    }

    #[test]
    fn what_was_changed_is_told_by_its_lines() {
        assert_eq!(said("a\nb\nc\n", "a\nx\nc\n"), "line 2 was changed");
        assert_eq!(said("a\nb\nc\n", "a\nx\ny\nz\nc\n"), "lines 2 to 4 were changed");
        assert_eq!(said("a\nc\n", "a\nb\nc\n"), "line 2 was added");
        assert_eq!(said("a\na\n", "a\na\na\n"), "line 3 was added");
        assert_eq!(said("a\nb\nc\n", "a\nc\n"), "line 2 was removed");
        assert_eq!(said("a\nb\nc\nd\n", "a\nd\n"), "lines 2 to 3 were removed");
    }

    const OLD: &str = "fencepost 1\nlock L lease 10s\nclient A at 0s: acquire L\n";

    fn typed(texts: &[&str]) -> Model {
        let mut model = Model::open(Start { text: Some(OLD.into()), ..Start::default() }).0;
        for text in texts {
            update(&mut model, Msg::SetText((*text).into()));
        }
        model
    }

    #[test]
    fn a_stale_picture_says_which_text_it_shows_however_long_the_mistake_lasts() {
        let bad = OLD.replace("lease 10s", "lease ten");
        let worse = bad.replace("client A", "klient A");
        let said = |texts: &[&str]| typed(texts).stale_sentence();
        assert_eq!(said(&[OLD]), None);
        assert_eq!(said(&[&bad]).as_deref(), Some("The picture shows the text before line 2 was changed."));
        let both = "The picture shows the text before lines 2 to 3 were changed.";
        assert_eq!(said(&[&bad, &worse]).as_deref(), Some(both));
        assert_eq!(said(&[&bad, &worse, OLD]), None);
        let good = OLD.replace("lease 10s", "lease 5s");
        assert_eq!(said(&[&good, &bad]).as_deref(), Some("The picture shows the text before line 2 was changed."));
    }

    #[test]
    fn the_version_is_raised_when_the_typing_ends_in_the_same_step() {
        let newer = format!("{OLD}expect effect-guarded held\n");
        let mut model = typed(&[&newer]);
        assert_eq!(model.text(), newer, "not between two strokes");
        assert!(!model.remarks.is_empty() && !model.says_too_low_a_version());
        update(&mut model, Msg::EndTyping);
        assert_eq!(model.text(), newer.replace("fencepost 1", "fencepost 2"));
        assert!(model.remarks.is_empty() && model.announcement.contains("fencepost 2"), "{:?}", model.remarks);
        update(&mut model, Msg::Undo);
        assert_eq!(model.text(), OLD, "one step");
        let mut undone = typed(&[&newer, OLD]);
        update(&mut undone, Msg::EndTyping);
        assert_eq!(undone.text(), OLD, "what was taken back asks for nothing");
    }

    #[test]
    fn an_opened_text_with_too_low_a_version_is_mended_when_the_reader_asks() {
        let newer = format!("{OLD}expect effect-guarded held\n");
        let mut model = Model::open(Start { text: Some(newer.clone()), ..Start::default() }).0;
        assert!(model.says_too_low_a_version() && model.text() == newer, "opening changes nothing");
        update(&mut model, Msg::RaiseVersion);
        assert_eq!(model.text(), newer.replace("fencepost 1", "fencepost 2"));
        assert!(!model.says_too_low_a_version());
    }
}
