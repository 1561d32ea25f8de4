//! Undo and redo. A step back is the text as it was, to the letter, so undo can never be wrong.

use crate::document::Document;

/// How many steps are kept.
const STEPS: usize = 200;
/// How much text is kept in all, in bytes. The last step is kept whatever its size.
const BYTES: usize = 8 * 1024 * 1024;

/// A document and how it came to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    past: Vec<Document>,
    current: Document,
    future: Vec<Document>,
}

impl History {
    /// A history that begins with this document.
    pub fn new(document: Document) -> Self {
        Self { past: Vec::new(), current: document, future: Vec::new() }
    }

    /// The document as it is now.
    pub fn current(&self) -> &Document {
        &self.current
    }

    /// A new step. A document equal to the current one is none.
    pub fn commit(&mut self, document: Document) {
        if document == self.current {
            return;
        }
        self.past.push(std::mem::replace(&mut self.current, document));
        self.future.clear();
        self.forget();
    }

    /// The current step goes on: while a drag lasts, its first move is committed and all others amend it.
    pub fn amend(&mut self, document: Document) {
        if document != self.current {
            self.future.clear();
        }
        self.current = document;
    }

    /// One step back. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        // A drag that ended where it began left a step that changes nothing.
        self.past.pop_if(|past| *past == self.current);
        match self.past.pop() {
            Some(past) => {
                self.future.push(std::mem::replace(&mut self.current, past));
                true
            }
            None => false,
        }
    }

    /// One step forward again. Returns whether there was one.
    pub fn redo(&mut self) -> bool {
        match self.future.pop() {
            Some(next) => {
                self.past.push(std::mem::replace(&mut self.current, next));
                true
            }
            None => false,
        }
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        self.past.iter().any(|past| *past != self.current)
    }

    /// Whether there is a step forward.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Lets go of the oldest steps when there are too many.
    fn forget(&mut self) {
        let mut kept = 0;
        let fits = |document: &&Document| {
            kept += document.text().len();
            kept <= BYTES
        };
        let count = self.past.iter().rev().take(STEPS).take_while(fits).count().max(1);
        self.past.drain(..self.past.len().saturating_sub(count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(texts: &[&str]) -> History {
        let mut history = History::default();
        texts.iter().for_each(|text| history.commit(Document::new(*text)));
        history
    }

    #[test]
    fn undo_and_redo_are_opposites() {
        let mut history = history(&["a", "b"]);
        assert!(history.undo());
        assert_eq!(history.current().text(), "a");
        assert!(history.redo() && !history.redo());
        assert_eq!(history.current().text(), "b");
    }

    #[test]
    fn a_drag_is_one_step() {
        let mut history = history(&["start", "first move"]);
        history.amend(Document::new("second move"));
        assert!(history.undo());
        assert_eq!(history.current().text(), "start");
        assert!(history.redo());
        assert_eq!(history.current().text(), "second move");
    }

    #[test]
    fn a_drag_that_ends_where_it_began_is_no_step() {
        let mut history = history(&["before", "start", "first move"]);
        history.amend(Document::new("start"));
        assert!(history.undo());
        assert_eq!(history.current().text(), "before");
    }

    #[test]
    fn a_new_step_ends_the_old_future() {
        let mut history = history(&["a", "b"]);
        history.undo();
        history.commit(Document::new("c"));
        assert!(!history.can_redo());
    }

    #[test]
    fn memory_is_bounded() {
        let mut history = History::default();
        (0..1_000).for_each(|number| history.commit(Document::new(format!("{number}"))));
        assert_eq!(history.past.len(), STEPS);
        (0..20).for_each(|number| history.commit(Document::new(number.to_string().repeat(BYTES / 4))));
        assert!(history.past.len() <= 4 && history.can_undo());
    }
}
