//! Lets the frames of a drag through as often as there is time for them: see [`Pace`].

use gloo_timers::callback::Timeout;
use yew::Callback;

use crate::app::{Msg, Pace, Turn};

/// What a page does with the frames of a drag.
#[derive(Debug)]
pub struct Paced {
    dispatch: Callback<Msg>,
    pace: Pace,
    /// When the run that is being drawn began.
    began: Option<u64>,
    /// Brings the frame that waits.
    later: Option<Timeout>,
}

impl Paced {
    /// For a page that hears `dispatch`.
    pub fn new(dispatch: Callback<Msg>) -> Self {
        Self { dispatch, pace: Pace::default(), began: None, later: None }
    }

    /// The message in whose place it comes: a frame that has to wait only moves the hand.
    pub fn pass(&mut self, msg: Msg) -> Msg {
        let Msg::Preview(edit) = msg else {
            // Whatever else happens, the hand is not where it was.
            if !matches!(msg, Msg::Heard(_) | Msg::TakesLong(_) | Msg::Select(_)) {
                self.later = None;
            }
            return msg;
        };
        let wait = match (self.pace.turn(now()), &self.later) {
            (Turn::Now, _) => {
                self.later = None;
                return Msg::Preview(edit);
            }
            (Turn::In(_), Some(_)) => return Msg::Hold(edit),
            (Turn::In(wait) | Turn::AtRest(wait), _) => wait,
        };
        let dispatch = self.dispatch.clone();
        self.later = Some(Timeout::new(wait as u32, move || dispatch.emit(Msg::CatchUp)));
        Msg::Hold(edit)
    }

    /// Something was run from this moment on, and is to be drawn.
    pub fn ran_since(&mut self, began: u64) {
        self.began.get_or_insert(began);
    }

    /// The page is drawn.
    pub fn drawn(&mut self) {
        if let Some(began) = self.began.take() {
            self.pace.ran(began, now());
        }
    }
}

/// The time in milliseconds, of a clock that only differences are taken of.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}
