//! Where questions are taken in and worked on, the oldest first.

use std::collections::VecDeque;

use super::message::{Id, Message};
use super::task::Task;

/// Questions under way. Whoever has one lets it [`step`](Desk::step) for as long as there is time, and listens in between.
#[derive(Debug, Default)]
pub struct Desk {
    questions: VecDeque<(Id, Task)>,
    /// What was said last of the progress of the first.
    told: Option<(Id, u32, u32)>,
}

impl Desk {
    /// Takes a message in: a question, or that one is not wanted any more. What is neither is nobody's.
    pub fn hear(&mut self, said: &str) {
        match Message::parse(said) {
            Some(Message::Ask(id, question)) => self.questions.push_back((id, Task::new(question))),
            Some(Message::Cancel(id)) => self.questions.retain(|(other, _)| *other != id),
            Some(Message::Progress(..) | Message::Answer(..) | Message::Failed(_)) | None => {}
        }
    }

    /// Whether there is nothing to do.
    pub fn is_idle(&self) -> bool {
        self.questions.is_empty()
    }

    /// Works for a few milliseconds, and says what came of it where there is something to say.
    pub fn step(&mut self) -> Option<String> {
        let (id, task) = self.questions.front_mut()?;
        let id = *id;
        if let Some(judgement) = task.go_on() {
            self.questions.pop_front();
            return Some(Message::Answer(id, judgement).print());
        }
        let (done, of) = task.progress();
        let news = Some((id, done, of));
        (self.told != news).then(|| {
            self.told = news;
            Message::Progress(id, done, of).print()
        })
    }
}
