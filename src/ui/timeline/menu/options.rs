//! Options as controls: each has a row, made from the table of [`crate::words::KNOBS`] and from what the text says now.

use fencepost_scenario::{Edit, Told, micros, written};
use fencepost_sim::Duration;
use yew::prelude::*;

use super::{Act, Change};
use crate::ui::stepper::stepper;
use crate::ui::timeline::controls::number;
use crate::words::{How, Knob, knobs};

/// Whose options they are: the name that the edit speaks of, the lane, and what the text says.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    pub subject: &'a str,
    pub lane: &'a str,
    pub told: &'a Told,
    pub act: &'a Callback<Act>,
}

/// All options of a line that have a control in the table.
pub fn options(owner: Owner<'_>) -> Vec<Html> {
    knobs(owner.told.kind, owner.told.options).filter_map(|knob| owner.row(knob)).collect()
}

impl Owner<'_> {
    fn row(&self, knob: &'static Knob) -> Option<Html> {
        let said = self.told.value(knob.option);
        Some(match &knob.how {
            How::Words(words) => {
                let now = said.unwrap_or(words[0].0);
                let choices: Vec<_> =
                    words.iter().map(|(word, _)| (*word, Some(*word).filter(|word| *word != words[0].0))).collect();
                let meaning = words.iter().find(|(word, _)| *word == now).map_or("", |(_, meaning)| meaning);
                self.segments(
                    knob,
                    now,
                    meaning,
                    choices.into_iter().map(|(word, value)| (word, value.map(str::to_owned))),
                )
            }
            How::Flag(unsaid, meaning) => self.switch(
                knob,
                said.is_some(),
                if said.is_some() { meaning } else { unsaid },
                None,
                Some(String::new()),
            ),
            How::Named(meaning) => {
                let names: Vec<&str> = said.unwrap_or_default().split(' ').filter(|name| !name.is_empty()).collect();
                let is_one = names.contains(&self.lane);
                let others: Vec<&str> = names.into_iter().filter(|name| *name != self.lane).collect();
                let without = Some(others.join(" ")).filter(|names| !names.is_empty());
                let with = Some([others, vec![self.lane]].concat().join(" "));
                self.switch(knob, is_one, if is_one { meaning } else { "" }, without, with)
            }
            How::Alone(meaning) => {
                let is_one = said == Some(self.lane);
                self.switch(knob, is_one, if is_one { meaning } else { "" }, None, Some(self.lane.to_owned()))
            }
            How::Length(usual) => self.length(knob, said, usual),
            How::Span(usual) if self.told.value("timeouts").is_none() => self.span(knob, said.unwrap_or(usual)),
            How::Own if said.is_some() => self.own(knob, said.unwrap_or_default()),
            How::Count(least) => self.count(knob, said.and_then(|said| said.parse().ok()).unwrap_or(*least), *least),
            How::Span(_) | How::Own => return None,
        })
    }

    fn change(&self, knob: &Knob, value: Option<String>) -> Change {
        Change::Option(Edit::SetOption { subject: self.subject.to_owned(), option: knob.option.to_owned(), value })
    }

    fn switch(&self, knob: &Knob, on: bool, meaning: &str, without: Option<String>, with: Option<String>) -> Html {
        self.segments(knob, if on { "on" } else { "off" }, meaning, [("off", without), ("on", with)].into_iter())
    }

    fn segments<'a>(
        &self,
        knob: &Knob,
        now: &str,
        meaning: &str,
        choices: impl Iterator<Item = (&'a str, Option<String>)>,
    ) -> Html {
        let buttons = choices.map(|(word, value)| {
            let set = Act::Set(self.change(knob, value));
            let onclick = self.act.reform(move |_: MouseEvent| set.clone());
            html! { <button type="button" key={word.to_owned()} aria-pressed={(word == now).to_string()} {onclick}>{ word.to_owned() }</button> }
        });
        html! {
            <div class="knob" role="group" aria-label={knob.title} key={knob.option} data-option={knob.option}>
                <span>{ knob.title }</span>
                <div class="segments">{ for buttons }</div>
                <small>{ meaning.to_owned() }</small>
            </div>
        }
    }

    /// A length of time. One of nothing is not said, nor is the usual one.
    fn length(&self, knob: &'static Knob, said: Option<&str>, usual: &'static str) -> Html {
        let (before, usual) = usual.rsplit_once(' ').unwrap_or(("", usual));
        let now = said.and_then(|said| said.rsplit(' ').next()).unwrap_or(usual);
        self.typed(knob, knob.title, now, move |typed| {
            let value = format!("{before} {typed}");
            Some(value.trim().to_owned()).filter(|_| typed != usual && !(usual.is_empty() && typed == "0s"))
        })
    }

    /// A length to be typed; `value` makes the option's words of it, or `None` of the default.
    fn typed(
        &self,
        knob: &'static Knob,
        words: &'static str,
        now: &str,
        value: impl Fn(&str) -> Option<String> + 'static,
    ) -> Html {
        let subject = self.subject.to_owned();
        let now = Duration(micros(now).unwrap_or_default());
        number(words, now, true, self.act, move |length| {
            let (subject, option) = (subject.clone(), knob.option.to_owned());
            Some(Change::Option(Edit::SetOption { subject, option, value: value(&written(length.0)) }))
        })
    }

    /// The shorter end goes no further than the longer one, and the longer no less.
    fn span(&self, knob: &'static Knob, now: &str) -> Html {
        let (low, high) = now.split_once("..").unwrap_or((now, now));
        let length = |word: &str| micros(word).unwrap_or_default();
        let (low_now, high_now) = (length(low), length(high));
        let lower = move |typed: &str| Some(format!("{typed}..{}", written(high_now.max(length(typed)))));
        let higher = move |typed: &str| Some(format!("{}..{typed}", written(low_now.min(length(typed)))));
        html! {
            <>
                { self.typed(knob, "Waits for a leader at least", low, lower) }
                { self.typed(knob, "Waits for a leader at most", high, higher) }
            </>
        }
    }

    /// The lane's own of several lengths.
    fn own(&self, knob: &'static Knob, said: &str) -> Html {
        let all: Vec<String> = said.split(' ').map(str::to_owned).collect();
        let place = self.told.place_of(self.lane).min(all.len().saturating_sub(1));
        let now = all.get(place).cloned().unwrap_or_default();
        self.typed(knob, knob.title, &now, move |typed| {
            let mut all = all.clone();
            typed.clone_into(&mut all[place]);
            Some(all.join(" "))
        })
    }

    fn count(&self, knob: &'static Knob, now: u32, least: u32) -> Html {
        let set = |number: u32| {
            let set = Act::Set(self.change(knob, Some(number.to_string())));
            self.act.reform(move |_: MouseEvent| set.clone())
        };
        stepper(knob.title, now, (now > least).then(|| set(now - 1)), Some(set(now + 1)))
    }
}
