//! The protocol: what is said between the page and who works for it, as text.
//!
//! A message is a head line and, behind it, what belongs to it:
//!
//! ```text
//! fencepost-work 1 ask 7 judge          the question 7: judge this text, in this variant
//! variant fenced                        left out for the text as it is written
//! text
//! fencepost 1                           all that follows is the text
//! …
//! fencepost-work 1 progress 7 3 12      3 of 12 parts of it are done
//! fencepost-work 1 answer 7             its answer, a line each for verdicts, blame and claims
//! …
//! fencepost-work 1 cancel 7             it is not wanted any more
//! fencepost-work 1 failed 7             there will be no answer
//! ```
//!
//! The number names the question, so several can be under way at once, and an answer to one that is no longer asked is
//! known as such. The version is that of the protocol; both sides come from one build, so another one is not understood.

use super::answer::Judgement;

/// What every head line begins with.
const HEAD: &str = "fencepost-work 1 ";

/// The number of a question.
pub type Id = u32;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A question.
    Ask(Id, Question),
    /// It is not wanted any more. Whoever works on it stops, and says nothing about it again.
    Cancel(Id),
    /// So many of so many parts are done.
    Progress(Id, u32, u32),
    /// The answer.
    Answer(Id, Judgement),
    /// There will be no answer.
    Failed(Id),
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// How a text is judged.
    Judge {
        /// The text.
        text: String,
        /// The variant that is shown; `None` is the base.
        variant: Option<String>,
    },
}

impl Message {
    /// As text.
    pub fn print(&self) -> String {
        match self {
            Self::Ask(id, Question::Judge { text, variant }) => {
                let variant = variant.as_ref().map_or_else(String::new, |name| format!("variant {name}\n"));
                format!("{HEAD}ask {id} judge\n{variant}text\n{text}")
            }
            Self::Cancel(id) => format!("{HEAD}cancel {id}"),
            Self::Progress(id, done, of) => format!("{HEAD}progress {id} {done} {of}"),
            Self::Answer(id, judgement) => format!("{HEAD}answer {id}\n{}", judgement.print()),
            Self::Failed(id) => format!("{HEAD}failed {id}"),
        }
    }

    /// From text; `None` for what is no message.
    pub fn parse(said: &str) -> Option<Self> {
        let said = said.strip_prefix(HEAD)?;
        let (head, body) = said.split_once('\n').unwrap_or((said, ""));
        let words: Vec<&str> = head.split(' ').collect();
        match words[..] {
            ["ask", id, "judge"] => Some(Self::Ask(id.parse().ok()?, judge(body)?)),
            ["cancel", id] => Some(Self::Cancel(id.parse().ok()?)),
            ["progress", id, done, of] => Some(Self::Progress(id.parse().ok()?, done.parse().ok()?, of.parse().ok()?)),
            ["answer", id] => Some(Self::Answer(id.parse().ok()?, Judgement::parse(body)?)),
            ["failed", id] => Some(Self::Failed(id.parse().ok()?)),
            _ => None,
        }
    }
}

fn judge(body: &str) -> Option<Question> {
    let (variant, rest) = match body.strip_prefix("variant ") {
        Some(named) => named.split_once('\n').map(|(name, rest)| (Some(name.to_owned()), rest))?,
        None => (None, body),
    };
    let text = rest.strip_prefix("text\n")?.to_owned();
    Some(Question::Judge { text, variant })
}
