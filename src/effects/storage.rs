//! The reader's drafts and small choices, kept between visits. Every access may be refused.

use js_sys::Date;
use wasm_bindgen::JsValue;

use super::browser::{local_storage, tab_storage};
use crate::app::drafts::{self, Draft, Refusal, Shelf};
use crate::app::{Listed, Offered};
use crate::words::{Day, when};

/// Light, dark, or what the system says.
pub const THEME: &str = "fencepost.theme";
/// Whether the invitation was seen.
pub const INVITED: &str = "fencepost.invited";
/// What is being opened: in the storage of the tab, and for drafts, followed by a dot and the page, in that of all.
const OPENING: &str = "fencepost.opening";
/// A page that has not drawn a draft after this long, in milliseconds, will not draw it any more.
const DEAD: f64 = 10_000.0;

/// What is kept under a key.
pub fn read(key: &str) -> Option<String> {
    local_storage().ok()?.get_item(key).ok().flatten()
}

/// Keeps a small choice. Where that is refused, it is asked for again.
pub fn write(key: &str, value: &str) {
    if let Ok(storage) = local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    Date::now() as u64
}

/// The browser's storage, for drafts.
#[derive(Clone, Copy, Debug)]
pub struct Local;

impl Shelf for Local {
    fn get(&self, key: &str) -> Option<String> {
        read(key)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Refusal> {
        let storage = local_storage().map_err(|_| Refusal::None)?;
        storage.set_item(key, value).map_err(|_| match storage.length() {
            // Some browsers refuse every write, and call that full.
            Ok(0) | Err(_) => Refusal::None,
            Ok(_) => Refusal::Full,
        })
    }

    fn remove(&mut self, key: &str) {
        if let Ok(storage) = local_storage() {
            let _ = storage.remove_item(key);
        }
    }

    fn keys(&self) -> Vec<String> {
        let Ok(storage) = local_storage() else { return Vec::new() };
        let count = storage.length().unwrap_or_default();
        (0..count).filter_map(|place| storage.key(place).ok().flatten()).collect()
    }
}

/// All drafts, with their dates in words.
pub fn listed() -> Vec<Listed> {
    let today = day(Date::now());
    let tell = |draft: Draft| Listed { when: when(day(draft.changed as f64), today), draft };
    drafts::all(&Local).into_iter().map(tell).collect()
}

/// A moment as the reader's calendar and clock have it.
fn day(moment: f64) -> Day {
    let date = Date::new(&JsValue::from_f64(moment));
    let midnight = Date::new_with_year_month_day(date.get_full_year(), date.get_month() as i32, date.get_date() as i32);
    Day {
        year: date.get_full_year(),
        month: date.get_month(),
        date: date.get_date(),
        // Midnights are a whole number of days apart, but for an hour in spring and in autumn.
        number: ((midnight.get_time() / 3_600_000.0 + 12.0) / 24.0).floor() as i64,
        hour: date.get_hours(),
        minute: date.get_minutes(),
    }
}

/// Notes what is about to be opened, so that it is known should the page die of it.
pub fn about_to_open(offered: &Offered, page: &str) {
    let (word, what) = match offered {
        Offered::Draft(draft) => ("draft", draft.key.as_str()),
        Offered::Link(fragment) => ("link", fragment.as_str()),
    };
    if let Some(tab) = tab_storage() {
        let _ = tab.set_item(OPENING, &format!("{word} {what}"));
    }
    if word == "draft" {
        write(&format!("{OPENING}.{page}"), &format!("{} {what}", Date::now()));
    }
}

/// It was drawn: nobody died of it.
pub fn is_open(offered: &Offered) {
    if let Some(tab) = tab_storage() {
        let _ = tab.remove_item(OPENING);
    }
    let Offered::Draft(draft) = offered else { return };
    for (mark, _) in marks().into_iter().filter(|(_, kept)| kept.ends_with(&format!(" {}", draft.key))) {
        Local.remove(&mark);
    }
}

/// What all pages have noted that they are about to open.
fn marks() -> Vec<(String, String)> {
    let prefix = format!("{OPENING}.");
    let marks = Local.keys().into_iter().filter(|mark| mark.starts_with(&prefix));
    marks.filter_map(|mark| read(&mark).map(|kept| (mark, kept))).collect()
}

/// Whether the page died of this: in this tab, or, for a draft, in another a good while ago.
pub fn died_of(offered: &Offered) -> bool {
    let here = tab_storage().and_then(|tab| tab.get_item(OPENING).ok().flatten());
    match offered {
        Offered::Link(fragment) => here.is_some_and(|what| what == format!("link {fragment}")),
        Offered::Draft(draft) => here.is_some_and(|what| what == format!("draft {}", draft.key)) || died(&draft.key),
    }
}

fn died(key: &str) -> bool {
    let is_dead = |begun: &str| begun.parse().is_ok_and(|begun: f64| Date::now() - begun > DEAD);
    let dead = |kept: &str| kept.split_once(' ').is_some_and(|(begun, what)| what == key && is_dead(begun));
    marks().iter().any(|(_, kept)| dead(kept))
}
