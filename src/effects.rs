//! The one place that touches the browser's window: address, clipboard, storage, files.
//!
//! It decides nothing: it does what [`Effect`] asks and reports back as [`Msg`]. Everything here may be refused (a
//! sandboxed frame has no storage, an insecure page no clipboard), and then the page goes on without it.

mod address;
mod browser;
mod files;
mod offline;
mod paced;
mod panic;
mod storage;
mod work;

use std::rc::Rc;

use yew::Callback;

use crate::app::drafts::{self, Keep, Kept, Shelf};
use crate::app::{DraftMsg, Effect, Model, Msg, Offered, Start, theme_word};
use address::Writer;
pub use browser::{Ears, place, start, start_inside};
pub use paced::{Paced, now};
pub use panic::watch;
use storage::Local;

/// Does what the page asks.
#[derive(Debug)]
pub struct Browser {
    dispatch: Callback<Msg>,
    writer: Writer,
    root: yew::NodeRef,
    /// The page's own name.
    page: String,
    /// What is being opened and not yet drawn.
    opening: Option<Offered>,
    work: work::Crew,
}

impl Browser {
    /// For a page that hears `dispatch`, is drawn in `root`, and is about to begin like this.
    pub fn new(dispatch: Callback<Msg>, root: yew::NodeRef, start: &Start) -> Self {
        let (writer, page, work) = (Writer::default(), start.page.clone(), work::Crew::new(dispatch.clone()));
        let mut browser = Self { dispatch, writer, root, page, opening: None, work };
        browser.open(start.will_open().filter(|_| start.died.is_none()));
        browser
    }

    /// Starts the worker, now that the page is drawn.
    pub fn begin_work(&self) {
        self.work.begin(&self.root);
    }

    /// Listens on behalf of a page that has the document to itself.
    pub fn listen(&self) -> Ears {
        browser::listen(&self.dispatch, &self.writer)
    }

    /// A message is about to be taken in. Should the page die of it, this is known afterwards.
    pub fn before(&mut self, model: &Model, msg: &Msg) {
        if let Msg::SetText(text) | Msg::OpenText(text) = msg {
            panic::keep(text);
        }
        if !model.leaves_no_trace() {
            self.open(model.will_open(msg));
        }
    }

    /// It was taken in.
    pub fn after(&self, model: &Model) {
        panic::keep(model.history.current().text());
    }

    fn open(&mut self, opening: Option<Offered>) {
        if let Some(opening) = opening {
            storage::about_to_open(&opening, &self.page);
            self.opening = Some(opening);
        }
    }

    /// The page is drawn.
    pub fn drawn(&mut self) {
        if let Some(opened) = self.opening.take() {
            storage::is_open(&opened);
        }
    }

    /// Does one thing.
    pub fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::KeepDraft(keep) => self.keep(&keep),
            Effect::RestoreDraft(draft) => {
                let done = Local.set(&draft.key, &drafts::write(&draft));
                self.report(done.map(|()| Kept::default()));
            }
            Effect::ForgetDraft(key) => Local.remove(&key),
            Effect::RenameDraft { key, name } => {
                let done = drafts::rename(&mut Local, &key, &name);
                self.report(done.map(|()| Kept::default()));
            }
            Effect::FetchDraft(key) => {
                let draft = key.map_or_else(|| drafts::latest(&Local), |key| drafts::resume(&Local, &key));
                if let Some(draft) = draft {
                    self.dispatch.emit(Msg::Draft(DraftMsg::Open(Box::new(draft))));
                }
            }
            Effect::ListDrafts => self.dispatch.emit(Msg::Draft(DraftMsg::Listed(storage::listed()))),
            Effect::SaveTheme(theme) => storage::write(storage::THEME, theme_word(theme)),
            Effect::SaveInvited => storage::write(storage::INVITED, "yes"),
            Effect::SetTitle(title) => browser::set_title(&title),
            Effect::Address(address) => self.writer.write(address),
            Effect::ForgetAddress => self.writer.forget(),
            Effect::Copy(text) => browser::copy(&text, self.dispatch.clone()),
            Effect::KeepOffline => offline::keep(&self.dispatch),
            Effect::TakeNewer => offline::take_newer(),
            Effect::Download { name, media_type, content } => {
                // Refused only without a document, and then there is nobody to tell.
                let _ = files::offer(&name, media_type, &content);
            }
            Effect::Ask(id, question) => self.work.ask(id, question),
            Effect::Tell(said) => self.work.tell(said),
            Effect::ChooseFile => {
                let _ = files::choose(Rc::new(self.dispatch.clone()));
            }
            Effect::ScrollToTarget => browser::scroll_to_target(&self.root),
            Effect::HoldPanels(hold) => browser::hold_panels(&self.root, hold),
            Effect::BeginReading => browser::begin_reading(&self.root),
            Effect::ShowVerdicts => browser::show_verdicts(&self.root),
            Effect::FocusLine(line) => browser::focus_line(&self.root, line),
        }
    }

    fn keep(&self, keep: &Keep) {
        self.report(drafts::keep(&mut Local, keep, storage::now()));
    }

    /// Tells what became of a draft, if there is something to tell.
    fn report(&self, done: Result<Kept, drafts::Refusal>) {
        match done {
            Ok(kept) if kept == Kept::default() => {}
            Ok(kept) => self.dispatch.emit(Msg::Draft(DraftMsg::Kept(kept))),
            Err(refusal) => {
                self.writer.be_quick();
                self.dispatch.emit(Msg::Draft(DraftMsg::Refused(refusal)));
            }
        }
    }
}
