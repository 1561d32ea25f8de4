//! The one place that touches the browser's window: address, clipboard, storage, files.
//!
//! It decides nothing: it does what [`Effect`] asks and reports back as [`Msg`]. Everything here may be refused (a
//! sandboxed frame has no storage, an insecure page no clipboard), and then the page goes on without it.

mod browser;
mod files;
mod offline;
mod paced;
mod panic;
mod storage;
mod work;

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::Callback;

use crate::app::{Effect, Msg, theme_word};
pub use browser::{Ears, listen, place, start, start_inside};
pub use paced::{Paced, now};
pub use panic::watch;

/// A committed edit waits this long before it goes into the address: Safari refuses more than 100 changes in 30 s.
const REST_MILLIS: u32 = 600;

/// Does what the page asks.
#[derive(Debug)]
pub struct Browser {
    dispatch: Callback<Msg>,
    /// The address that waits to be written; a newer one takes its place.
    waiting: Option<Timeout>,
    root: yew::NodeRef,
    work: work::Crew,
}

impl Browser {
    /// For a page that hears `dispatch` and is drawn in `root`.
    pub fn new(dispatch: Callback<Msg>, root: yew::NodeRef) -> Self {
        let work = work::Crew::new(dispatch.clone());
        Self { dispatch, waiting: None, root, work }
    }

    /// Starts the worker, now that the page is drawn.
    pub fn begin_work(&self) {
        self.work.begin(&self.root);
    }

    /// Does one thing.
    pub fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::SaveDraft(text) => storage::write(storage::DRAFT, &text),
            Effect::SaveTheme(theme) => storage::write(storage::THEME, theme_word(theme)),
            Effect::SaveInvited => storage::write(storage::INVITED, "yes"),
            Effect::SetTitle(title) => browser::set_title(&title),
            Effect::ReplaceFragment(fragment) => {
                self.waiting = Some(Timeout::new(REST_MILLIS, move || browser::replace_fragment(&fragment)));
            }
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
}
