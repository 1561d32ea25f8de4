//! What a reader does to a scenario on the picture, as a change of its text: only the lines it concerns, and of those
//! only the words it concerns. Comments, indentation and everything else stay.
//!
//! An edit speaks of the view that is on the screen, base or variant, and changes the line that part came from. After
//! every edit the text is read again and compared with what was meant, so that no edit can say one thing and write
//! another. Undo is in [`crate::history`].

mod intent;
mod lines;
mod option;
mod place;
mod role;
mod words;

use std::fmt;

use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::CheckMode;

use crate::document::Document;
use crate::model::{DelayRange, FailureModel, FaultSpec, Role, Statement, TimingModel};
use crate::parse::Parsed;
use crate::print::print_statement;
use crate::view::View;
use intent::Intent;
use lines::Lines;
pub use option::Told;

/// One thing a reader does. Indices count in the lists of the view that is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// One more fault. It goes to the base, so that a comparison of variants stays one under equal faults.
    AddFault(FaultSpec),
    /// Another fault in the place of this one.
    ReplaceFault {
        /// Which of `faults`.
        index: usize,
        /// What it becomes.
        fault: FaultSpec,
    },
    /// This fault never was.
    RemoveFault {
        /// Which of `faults`.
        index: usize,
    },
    /// This fault stays written down and does nothing.
    DisableFault {
        /// Which of `faults`.
        index: usize,
    },
    /// This fault acts again.
    EnableFault {
        /// Which of `disabled`.
        index: usize,
    },
    /// This switched-off fault never was.
    RemoveDisabled {
        /// Which of `disabled`.
        index: usize,
    },
    /// How a store checks writes.
    SetCheck {
        /// The store, be it replicated or not, or the lock service that keeps the data.
        store: String,
        /// The check.
        check: CheckMode,
    },
    /// How long a lock's lease lasts.
    SetLease {
        /// The lock service, or the name of a lock that several keep.
        lock: String,
        /// The lease; `None` for one that never expires.
        lease: Option<Duration>,
    },
    /// The token of a lock's first grant.
    SetFirstToken {
        /// The lock service, or the name of a replicated lock.
        lock: String,
        /// The token, at least 1.
        first_token: u64,
    },
    /// What a participant is told to be, with all its options: another role of the same kind. In a group it holds for
    /// all of the group, whose names stay.
    SetRole {
        /// The participant.
        participant: String,
        /// The role, as the view's scenario has it.
        role: Role,
    },
    /// One option of what somebody is told to be, with all else as it is. In a group it holds for all of the group.
    SetOption {
        /// The participant, or what a group keeps; for a store in a lock service, the lock service.
        subject: String,
        /// The word that begins the option, one of [`Told::options`].
        option: String,
        /// The words after it, empty for an option that is a word by itself; `None` to say nothing of it.
        value: Option<String>,
    },
    /// The delay of every link that has none of its own.
    SetDelay(Duration),
    /// Where the run ends.
    SetUntil(Time),
    /// Where all chance in the run comes from.
    SetSeed(u64),
    /// What is claimed about time; `None` claims nothing.
    SetModel(Option<TimingModel>),
    /// What is claimed about failures; `None` claims nothing.
    SetFailures(Option<FailureModel>),
    /// A new text altogether: what is typed into the text pane.
    ReplaceText(String),
}

/// Why an edit was not made. The text stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The scenario has no variant of this name.
    NoSuchVariant(String),
    /// The view has no fault with this index.
    NoSuchFault(usize),
    /// The view has no participant of this name that could be changed so.
    NoSuchParticipant(String),
    /// The language cannot say it; this is why.
    CannotSay(String),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchVariant(name) => write!(f, "there is no variant `{name}`"),
            Self::NoSuchFault(index) => write!(f, "there is no fault number {}", index + 1),
            Self::NoSuchParticipant(name) => write!(f, "there is no `{name}` that could be changed so"),
            Self::CannotSay(why) => write!(f, "the scenario cannot be changed so: {why}"),
        }
    }
}

impl std::error::Error for EditError {}

impl Document {
    /// This document after an edit of a view: the base (`None`) or a variant by name.
    ///
    /// # Errors
    /// If the view does not have what the edit speaks of, or the language cannot say what is wanted.
    pub fn apply(&self, edit: &Edit, variant: Option<&str>) -> Result<Self, EditError> {
        if let Edit::ReplaceText(text) = edit {
            return Ok(Self::new(text.as_str()));
        }
        self.edited(&self.parse(), edit, variant).map(|edited| edited.document)
    }

    /// As [`Self::apply`], for whoever has read this document already and is about to read the new one: a drag edits one
    /// text again and again, and each text is read once. `parsed` is what [`Self::parse`] gave.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn edited(&self, parsed: &Parsed, edit: &Edit, variant: Option<&str>) -> Result<Edited, EditError> {
        debug_assert_eq!(*parsed, self.parse(), "an edit is worked out from what this very text means");
        if let Edit::ReplaceText(text) = edit {
            let document = Self::new(text.as_str());
            return Ok(Edited { parsed: document.parse(), document });
        }
        let view = parsed.view(variant).ok_or_else(|| EditError::NoSuchVariant(variant.unwrap_or_default().into()))?;
        let intent = Intent::of(edit, &view)?;
        let tried = ways(self, edit, variant, parsed, &view)?;
        let mut reason = "the line it stands in cannot be changed that way".to_owned();
        for document in tried {
            let after = document.parse();
            match intent.is_met(&after, variant, parsed) {
                Ok(()) => return Ok(Edited::of(document, after)),
                Err(why) => reason = why,
            }
        }
        Err(EditError::CannotSay(reason))
    }
}

/// A document after an edit, and what it now means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The document.
    pub document: Document,
    /// What [`Document::parse`] gives for it.
    pub parsed: Parsed,
}

impl Edited {
    /// With the version that the text needs now.
    fn of(document: Document, parsed: Parsed) -> Self {
        if !parsed.version.is_too_low() {
            return Self { document, parsed };
        }
        let document = document.raised(&parsed);
        Self { parsed: document.parse(), document }
    }
}

/// The texts that could say it, the best first. Which of them does is seen by reading it.
fn ways(
    document: &Document,
    edit: &Edit,
    variant: Option<&str>,
    parsed: &Parsed,
    view: &View,
) -> Result<Vec<Document>, EditError> {
    let lines = Lines::of(document);
    let one = |lines: Lines<'_>| Ok(vec![lines.finish()]);
    match edit {
        Edit::AddFault(fault) => Ok(place::added(&lines, fault, variant, parsed)),
        Edit::ReplaceFault { index, fault } => {
            let line = nth(&view.lines.faults, *index)?;
            let old = &view.scenario.faults[*index];
            Ok(vec![lines.clone().rewritten(line, fault).finish(), lines.moved(line, old, fault).finish()])
        }
        Edit::RemoveFault { index } => {
            Ok(lines.without(nth(&view.lines.faults, *index)?, &view.scenario.faults[*index]))
        }
        Edit::RemoveDisabled { index } => {
            Ok(lines.without(nth(&view.lines.disabled, *index)?, &view.scenario.disabled[*index]))
        }
        Edit::DisableFault { index } => one(lines.switched_off(nth(&view.lines.faults, *index)?)),
        Edit::EnableFault { index } => one(lines.switched_on(nth(&view.lines.disabled, *index)?)),
        Edit::SetCheck { store, check } => one(lines.with_check(store_line(view, store)?, *check)),
        Edit::SetLease { lock, lease } => {
            let lease = lease.map_or_else(|| "none".to_owned(), |lease| crate::time::written(lease.0));
            one(lines.with_clause(own_line(view, lock)?, "lease", &lease, "lock"))
        }
        Edit::SetFirstToken { lock, first_token } => {
            one(lines.with_clause(own_line(view, lock)?, "first-token", &first_token.to_string(), "lock"))
        }
        Edit::SetRole { participant, role } => Ok(vec![role::said_anew(lines, lane(view, participant)?, role, view)]),
        Edit::SetOption { subject, option, value } => with_option(lines, view, subject, option, value.as_deref()),
        Edit::SetDelay(delay) => Ok(place::with_world(
            lines,
            &Statement::Delay(DelayRange::fixed(*delay)),
            view.lines.delay,
            variant,
            parsed,
        )),
        Edit::SetUntil(until) => {
            Ok(place::with_world(lines, &Statement::Until(*until), view.lines.until, variant, parsed))
        }
        Edit::SetSeed(seed) => Ok(place::with_world(lines, &Statement::Seed(*seed), view.lines.seed, variant, parsed)),
        Edit::SetModel(model) => {
            let said = model.map(Statement::Model);
            Ok(place::with_claim(lines, "model", said.as_ref(), view.lines.model, variant, parsed))
        }
        Edit::SetFailures(failures) => {
            let said = failures.map(Statement::Failures);
            Ok(place::with_claim(lines, "failures", said.as_ref(), view.lines.failures, variant, parsed))
        }
        Edit::ReplaceText(text) => Ok(vec![Document::new(text.as_str())]),
    }
}

/// With the option in the line that has it; else, where what is not said depends on it, in the canonical line.
fn with_option(
    lines: Lines<'_>,
    view: &View,
    name: &str,
    option: &str,
    value: Option<&str>,
) -> Result<Vec<Document>, EditError> {
    let (options, data) = option::options_for(&view.scenario, name, option)?;
    let number = if data { store_line(view, name)? } else { own_line(view, name)? };
    let said = words::with_option(lines.line(number), options, option, value);
    let anew = print_statement(&option::wanted(&view.scenario, name, option, value)?);
    Ok(vec![lines.clone().set(number, said).finish(), lines.resaid(number, &anew).finish()])
}

fn nth(lines: &[usize], index: usize) -> Result<usize, EditError> {
    lines.get(index).copied().ok_or(EditError::NoSuchFault(index))
}

fn lane(view: &View, name: &str) -> Result<usize, EditError> {
    let found = view.scenario.participants.iter().position(|participant| participant.name == name);
    found.ok_or_else(|| EditError::NoSuchParticipant(name.to_owned()))
}

/// The line of a participant, of those who keep something of this name, or of that itself.
fn own_line(view: &View, name: &str) -> Result<usize, EditError> {
    let lanes = view.scenario.participants.iter().zip(&view.lines.participants);
    let mut lanes = lanes.filter(|(one, _)| one.name == name || one.role.kept() == Some(name));
    let lane = lanes.next().map(|(_, line)| *line);
    lane.or_else(|| object_line(view, name)).ok_or_else(|| EditError::NoSuchParticipant(name.to_owned()))
}

fn object_line(view: &View, name: &str) -> Option<usize> {
    let place = view.scenario.objects.iter().position(|object| object.name == name)?;
    view.lines.objects.get(place).copied()
}

/// The line that says how a store checks: its own, or `store L …` of a lock service.
fn store_line(view: &View, name: &str) -> Result<usize, EditError> {
    if let Some(line) = object_line(view, name) {
        return Ok(line);
    }
    let index = lane(view, name)?;
    Ok(view.lines.data[index].unwrap_or(view.lines.participants[index]))
}
