//! What the shown text is: a chapter of the course, a chapter that the reader has changed, or a text of its own. Only the
//! first has the chapter's number; a text with another title has nothing of it.

use fencepost_scenario::gallery::{self, Preset};

use crate::app::{Model, Source};

/// What the committed text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A chapter, letter by letter, by its place in the gallery.
    Chapter(usize),
    /// A chapter that was changed and still goes by its title.
    Changed(usize),
    /// Another text.
    Own,
}

impl Standing {
    /// The chapter that it is, or that it was made of.
    pub fn place(self) -> Option<usize> {
        match self {
            Self::Chapter(place) | Self::Changed(place) => Some(place),
            Self::Own => None,
        }
    }
}

impl Model {
    /// What the committed text is. A drag that goes on has changed nothing yet.
    pub fn standing(&self) -> Standing {
        let Source::Gallery(place) = self.source else { return Standing::Own };
        if self.is_blank() {
            return Standing::Own;
        }
        let Some(preset) = gallery::all().get(place) else { return Standing::Own };
        match (self.history.current().text() == preset.text, self.goes_by_the_title_of(preset)) {
            (true, _) => Standing::Chapter(place),
            (false, true) => Standing::Changed(place),
            (false, false) => Standing::Own,
        }
    }

    fn goes_by_the_title_of(&self, preset: &Preset) -> bool {
        self.picture.view.scenario.title == preset.title()
    }

    /// What the document is called: "A lock gone wrong (changed)".
    pub fn full_title(&self) -> String {
        match self.standing() {
            Standing::Changed(_) => format!("{} (changed)", self.heading()),
            Standing::Chapter(_) | Standing::Own => self.heading().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::DraftMsg;
    use crate::app::drafts::Draft;
    use crate::app::visit::Arrival;
    use crate::app::{Effect, Msg, Start, update};

    #[test]
    fn a_changed_chapter_is_no_longer_the_chapter_and_another_text_has_nothing_of_it() {
        let (mut model, _) = Model::open(Start::default());
        let Standing::Chapter(place) = model.standing() else { panic!("a first visit shows a chapter") };
        let effects = update(&mut model, Msg::ToggleFault(0));
        assert_eq!((model.standing(), model.standing().place()), (Standing::Changed(place), Some(place)));
        assert!(effects.contains(&Effect::SetTitle("A lock gone wrong (changed) · Fencepost".into())), "{effects:?}");
        let effects = update(&mut model, Msg::ToggleFault(0));
        assert_eq!(model.standing(), Standing::Chapter(place), "letter by letter as it was");
        assert!(effects.contains(&Effect::SetTitle("A lock gone wrong · Fencepost".into())), "{effects:?}");
        update(&mut model, Msg::SetText("fencepost 1\ntitle My own\nlock L lease 10s\n".into()));
        assert_eq!((model.standing(), model.standing().place()), (Standing::Own, None));
        update(&mut model, Msg::Undo);
        assert_eq!(model.standing(), Standing::Chapter(place));
    }

    #[test]
    fn each_opened_text_is_read_from_its_beginning() {
        let draft = Draft { text: "title My own\n".into(), ..Draft::default() };
        let (mut model, effects) = Model::open(Start { draft: Some(draft.clone()), ..Start::default() });
        assert!(!effects.contains(&Effect::BeginReading), "the page begins at its top by itself");
        let openings = model.openings;
        let text = Msg::OpenText("fencepost 1\n".into());
        for (count, msg) in
            [Msg::OpenGallery(3), text, Msg::Draft(DraftMsg::Open(Box::new(draft)))].into_iter().enumerate()
        {
            assert!(update(&mut model, msg).contains(&Effect::BeginReading));
            assert_eq!(model.openings as usize, openings as usize + count + 1);
        }
        let linked = Arrival { fragment: "p1=the-switch-that-was-half-broken@0000000".into(), ..Arrival::default() };
        assert!(update(&mut model, Msg::Arrived(Box::new(linked))).contains(&Effect::BeginReading));
        assert!(!update(&mut model, Msg::ToggleFault(0)).contains(&Effect::BeginReading), "a change is no opening");
    }
}
