//! How the page is read and used: the keys, and the words.

use yew::{Callback, Html, html};

use super::dialog::Modal;
use super::{header, legend, send};
use crate::app::{Model, Msg};

/// Keys, and what they do on the timeline or the page.
const KEYS: [(&str, &str); 18] = [
    ("Tab", "into the timeline, which is one stop; arrows move inside"),
    ("P", "put the lane to sleep here; arrows size it, Enter keeps it; with Shift, before its next step"),
    ("X", "crash the lane here; with Shift, before its next step"),
    ("R", "crash it and let it recover; D says what the disk keeps"),
    ("N", "cut the network beside the lane; arrows pick the sides, O one way, H what becomes of messages"),
    ("M, E", "make the lane mute, or deaf; H for ever"),
    ("C, J", "make its clocks slow, or set its wall clock; arrows say how much"),
    ("S", "slow down its next step that takes time"),
    ("D, H", "on a message: deliver it twice, hold it back"),
    ("K", "on a message: crash its sender right after it"),
    ("Delete", "lose the message, or remove the fault"),
    ("Alt + ↓ ↑", "delay the message, or resize the fault; − and + too"),
    ("Shift + ↓ ↑", "move the fault, or the moment"),
    ("Enter", "open the menu of what has the focus"),
    ("← →", "to the next lane; on the table, to the next event"),
    ("[ ] Home End", "to the violation before or after, to the beginning or the end"),
    ("Ctrl + Z", "undo; with Shift, redo"),
    ("Escape", "take a drag back, close a menu"),
];

/// The dialog.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    html! {
        <Modal title="How to read and use this" on_close={send(dispatch, Msg::CloseDialog)}>
            <p>{ "Time runs down; every lane is a process; arrows are messages, slanted by the time they take. Drag along a lane to put it to sleep, drag the ends of a pause to change it, drag sideways between lanes to cut them apart, click a message to lose or delay it. Everything is run again while you drag." }</p>
            <p>{ "The page works offline, after a reload too: this browser keeps a copy, where it allows that. Once loaded, the page asks its own host for nothing else than this copy and, at a later visit, whether there is a newer one. It sets no cookies." }</p>
            <p>{ header::theme(model.theme, dispatch) }{ " Light or dark" }</p>
            <h3>{ "Keys" }</h3>
            <table class="keys"><tbody>{ for KEYS.into_iter().map(key_row) }</tbody></table>
            <h3>{ "Words" }</h3>
            { legend::view() }
        </Modal>
    }
}

fn key_row((keys, meaning): (&'static str, &'static str)) -> Html {
    html! { <tr key={keys}><td><kbd>{ keys }</kbd></td><td>{ meaning }</td></tr> }
}
