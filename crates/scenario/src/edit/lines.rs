//! A document's lines in the hand of an edit. Every change here leaves all other lines byte for byte as they are.

use fencepost_vocabulary::CheckMode;

use crate::document::Document;
use crate::edit::words::{after_indent, comment_of, indent_of, with_word_after, word_after};
use crate::model::{FaultSpec, Statement};
use crate::parse::{TokenKind, is_store_option};
use crate::print::{key_of, print_fault, print_statement};

/// The lines of a document.
#[derive(Clone)]
pub(crate) struct Lines<'a>(Vec<std::borrow::Cow<'a, str>>);

impl<'a> Lines<'a> {
    /// The lines of this document.
    pub fn of(document: &'a Document) -> Self {
        Self(document.lines().map(Into::into).collect())
    }

    /// The document they make.
    pub fn finish(self) -> Document {
        Document::new(self.0.join("\n"))
    }

    /// One line; empty beyond the end.
    pub fn line(&self, number: usize) -> &str {
        self.0.get(number).map_or("", |line| line)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// With this line said anew.
    pub fn set(mut self, number: usize, line: String) -> Self {
        if let Some(old) = self.0.get_mut(number) {
            *old = line.into();
        }
        self
    }

    /// With a line before this one.
    pub fn inserted(mut self, number: usize, line: String) -> Self {
        let number = number.min(self.0.len());
        self.0.insert(number, line.into());
        self
    }

    /// Without this line.
    pub fn removed(mut self, number: usize) -> Self {
        if number < self.0.len() {
            self.0.remove(number);
        }
        self
    }

    /// With another fault in this line; indentation, `off` and comment stay.
    pub fn rewritten(self, number: usize, fault: &FaultSpec) -> Self {
        let off = if after_indent(self.line(number)).starts_with("off ") { "off " } else { "" };
        self.resaid(number, &format!("{off}{}", print_fault(fault)))
    }

    /// With another statement in this line; indentation and comment stay.
    pub fn resaid(self, number: usize, statement: &str) -> Self {
        let said = self.said(number, statement);
        self.set(number, said)
    }

    /// This text with the indentation and the comment of a line.
    fn said(&self, number: usize, statement: &str) -> String {
        let line = self.line(number);
        format!("{}{statement}{}", indent_of(line), comment_of(line))
    }

    /// As [`Self::rewritten`], in a variant whose line hid a fault of the base that must stay hidden.
    pub fn moved(self, number: usize, old: &FaultSpec, new: &FaultSpec) -> Self {
        let removal = format!("{}{}", indent_of(self.line(number)), removal_of(old));
        self.rewritten(number, new).inserted(number, removal)
    }

    /// Without this fault's line; or, if the line hid a fault of the base, with a `remove` in its place.
    pub fn without(self, number: usize, fault: &FaultSpec) -> Vec<Document> {
        let removal = self.said(number, &removal_of(fault));
        vec![self.clone().removed(number).finish(), self.set(number, removal).finish()]
    }

    /// With `off` before the statement of this line.
    pub fn switched_off(self, number: usize) -> Self {
        let line = self.line(number);
        let said = format!("{}off {}", indent_of(line), after_indent(line));
        self.set(number, said)
    }

    /// Without `off` before the statement of this line.
    pub fn switched_on(self, number: usize) -> Self {
        let line = self.line(number);
        let rest = after_indent(line).strip_prefix("off").unwrap_or_default().trim_start();
        let said = format!("{}{rest}", indent_of(line));
        self.set(number, said)
    }

    /// With this check in a store's line. `ask-first L` names whom it asks; no other check has a name behind it.
    pub fn with_check(self, number: usize, check: CheckMode) -> Self {
        let asked = word_after(self.line(number), CheckMode::AskFirst.word());
        let named = asked.is_some_and(|token| token.kind == TokenKind::Word && !is_store_option(token.text));
        if !named || check == CheckMode::AskFirst {
            return self.with_clause(number, "check", check.word(), "store");
        }
        let line = self.line(number);
        let end = asked.map_or(line.len(), |token| token.end);
        let start = line[..end].rfind(CheckMode::AskFirst.word()).unwrap_or_default();
        let said = format!("{}{}{}", &line[..start], check.word(), &line[end..]);
        self.set(number, said)
    }

    /// With this clause (`check ge`) in a line, in place of the one it has or after the name that follows `role`.
    pub fn with_clause(self, number: usize, clause: &str, value: &str, role: &str) -> Self {
        let line = self.line(number);
        let said = with_word_after(line, clause, |_| value.to_owned())
            .or_else(|| with_word_after(line, role, |name| format!("{name} {clause} {value}")));
        match said {
            Some(said) => self.set(number, said),
            None => self,
        }
    }
}

fn removal_of(fault: &FaultSpec) -> String {
    let key = key_of(&Statement::Fault { fault: fault.clone(), off: false });
    print_statement(&Statement::Remove(key))
}
