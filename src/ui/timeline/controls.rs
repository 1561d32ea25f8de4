//! The controls menus are made of: a button, a choice with its sentence, a number of seconds, a slider.

use fencepost_sim::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::change::Change;
use super::menu::Act;

/// A button that asks for one thing.
pub fn push(words: &str, what: Act, act: &Callback<Act>) -> Html {
    let onclick = act.reform(move |_: MouseEvent| what.clone());
    html! { <button type="button" class="act" {onclick}>{ words.to_owned() }</button> }
}

/// One of several, with a sentence that says what it means.
pub fn choice(group: &'static str, words: &str, meaning: &str, chosen: bool, what: Act, act: &Callback<Act>) -> Html {
    let onchange = act.reform(move |_: Event| what.clone());
    html! {
        <label class="choice" key={words.to_owned()}>
            <input type="radio" name={group} value={words.to_owned()} checked={chosen} {onchange} />
            <span><b>{ words.to_owned() }</b>
                if !meaning.is_empty() { <small>{ meaning.to_owned() }</small> }
            </span>
        </label>
    }
}

/// A length in seconds to be typed. `make` says what a length changes; `zero` whether none at all is a length.
pub fn number(
    words: &'static str,
    now: Duration,
    zero: bool,
    act: &Callback<Act>,
    make: impl Fn(Duration) -> Option<Change> + 'static,
) -> Html {
    let act = act.clone();
    let onchange = Callback::from(move |event: Event| {
        let typed = value_of(&event).and_then(|typed| seconds(&typed)).filter(|length| zero || length.0 > 0);
        if let Some(change) = typed.and_then(&make) {
            act.emit(Act::Set(change));
        }
    });
    html! {
        <label class="number">
            <span>{ words }</span>
            <input type="number" min="0" step="any" inputmode="decimal" value={in_seconds(now)} {onchange} />
            <span>{ "s" }</span>
        </label>
    }
}

/// How much faster or slower, in per cent to be typed; below zero is slower.
pub fn rate(
    words: &'static str,
    ppm: i32,
    act: &Callback<Act>,
    make: impl Fn(i32) -> Option<Change> + 'static,
) -> Html {
    // A per cent is ten thousand millionths, and a typed number of seconds a million. A clock that stands still, or
    // keeps true time, is no such fault.
    let make = move |typed: i64| {
        let change = i32::try_from(typed / 100 - 1_000_000).ok()?;
        make(Some(change).filter(|ppm| *ppm > -1_000_000 && *ppm != 0)?)
    };
    signed(words, "%", i64::from(ppm) * 100 + 100_000_000, act, make)
}

/// How far forward or, below zero, back, in seconds to be typed.
pub fn offset(
    words: &'static str,
    micros: i64,
    act: &Callback<Act>,
    make: impl Fn(i64) -> Option<Change> + 'static,
) -> Html {
    signed(words, "s", micros, act, make)
}

/// A number with a sign to be typed, in millionths; never zero, for then nothing would be wrong.
fn signed(
    words: &'static str,
    unit: &'static str,
    now: i64,
    act: &Callback<Act>,
    make: impl Fn(i64) -> Option<Change> + 'static,
) -> Html {
    let act = act.clone();
    let onchange = Callback::from(move |event: Event| {
        let typed = value_of(&event).and_then(|typed| millionths(&typed)).filter(|typed| *typed != 0);
        if let Some(change) = typed.and_then(&make) {
            act.emit(Act::Set(change));
        }
    });
    let sign = if now < 0 { "-" } else { "" };
    let value = format!("{sign}{}", in_seconds(Duration(now.unsigned_abs())));
    html! {
        <label class="number">
            <span>{ words }</span>
            <input type="number" step="any" {value} {onchange} />
            <span>{ unit }</span>
        </label>
    }
}

/// A typed number with its sign, in millionths.
fn millionths(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let (sign, digits) = typed.strip_prefix('-').map_or((1, typed), |digits| (-1, digits));
    Some(sign * i64::try_from(seconds(digits.trim_start_matches('+'))?.0).ok()?)
}

/// A length to be slid, from half a second upwards in halves; shown while it moves.
pub fn slider(
    words: &'static str,
    now: Duration,
    act: &Callback<Act>,
    make: impl Fn(Duration) -> Option<Change> + Clone + 'static,
) -> Html {
    let asks = |wrap: fn(Change) -> Act| {
        let (act, make) = (act.clone(), make.clone());
        move |typed: Option<String>| {
            if let Some(change) = typed.and_then(|typed| seconds(&typed)).and_then(&make) {
                act.emit(wrap(change));
            }
        }
    };
    let (tries, sets) = (asks(Act::Try), asks(Act::Set));
    let oninput = Callback::from(move |event: InputEvent| tries(value_of(&event)));
    let onchange = Callback::from(move |event: Event| sets(value_of(&event)));
    let most = in_seconds(Duration((now.0 * 2).max(30_000_000)));
    html! {
        <input class="slide" type="range" aria-label={words} min="0.5" max={most} step="0.5" value={in_seconds(now)}
            {oninput} {onchange} />
    }
}

fn value_of(event: &Event) -> Option<String> {
    Some(event.target()?.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// A length as a number of seconds: `9.5`.
pub fn in_seconds(length: Duration) -> String {
    let (whole, part) = (length.0 / 1_000_000, length.0 % 1_000_000);
    let digits = format!("{whole}.{part:06}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The length a reader typed, in seconds, to the microsecond; `None` if it is not one, or longer than a day.
pub fn seconds(typed: &str) -> Option<Duration> {
    let (whole, part) = typed.trim().split_once('.').unwrap_or((typed.trim(), ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.len() + part.len() == 0 || !digits(whole) || !digits(part) {
        return None;
    }
    let part = format!("{part:0<6}");
    let micros = format!("{whole}{}", part.get(..6)?).parse::<u64>().ok()?;
    (micros <= 86_400_000_000).then_some(Duration(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_read_exactly_and_written_shortly() {
        for (typed, micros) in
            [("9.5", 9_500_000), ("15", 15_000_000), (".05", 50_000), ("0.0000019", 1), ("3.", 3_000_000)]
        {
            assert_eq!(seconds(typed), Some(Duration(micros)), "{typed}");
        }
        assert_eq!(
            [9_500_000, 15_000_000, 50_000, 0].map(|micros| in_seconds(Duration(micros))),
            ["9.5", "15", "0.05", "0"]
        );
    }

    #[test]
    fn a_sign_is_read_and_nothing_else_is() {
        for (typed, value) in [("-50", Some(-50_000_000)), ("+0.02", Some(20_000)), ("--1", None), ("", None)] {
            assert_eq!(millionths(typed), value, "{typed}");
        }
    }

    #[test]
    fn what_is_not_a_length_is_none() {
        for typed in ["", ".", "-1", "1e3", "9,5", "soon", "99999999999999999999", "86401"] {
            assert_eq!(seconds(typed), None, "{typed}");
        }
    }
}
