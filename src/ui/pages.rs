//! Long lists, a page at a time: what is not in view is not made, and every row can be reached by keyboard and by ear.

use std::ops::Range;

use yew::{Callback, Html, MouseEvent, html};

/// One page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// How many things there are.
    pub all: usize,
    /// How many make a page.
    pub size: usize,
    /// Which page is shown, counted from 0.
    pub page: usize,
}

/// A way to another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To the first.
    First,
    /// One back.
    Earlier,
    /// One on.
    Later,
    /// To the last.
    Last,
}

impl Pages {
    /// The places of what the page shows. A list that became shorter shows its last page.
    pub fn shown(&self) -> Range<usize> {
        let first = self.page.min(self.last()) * self.size;
        first..(first + self.size).min(self.all)
    }

    /// The page on which a place of the list is.
    pub fn of(&self, place: usize) -> usize {
        (place / self.size).min(self.last())
    }

    /// The page after a turn.
    pub fn after(&self, turn: Turn) -> usize {
        let page = self.page.min(self.last());
        match turn {
            Turn::First => 0,
            Turn::Earlier => page.saturating_sub(1),
            Turn::Later => (page + 1).min(self.last()),
            Turn::Last => self.last(),
        }
    }

    fn last(&self) -> usize {
        self.all.saturating_sub(1) / self.size
    }

    /// The way to the other pages; nothing where all fits one.
    pub fn ways(&self, what: &'static str, on: &Callback<Turn>) -> Html {
        if self.all <= self.size {
            return html! { <div hidden=true></div> };
        }
        let Range { start, end } = self.shown();
        let button = |turn: Turn, sign: &'static str, words: &'static str| {
            // Not `disabled`, or who has come to the end would lose the focus.
            let idle = self.after(turn) == self.page.min(self.last());
            let onclick = on.reform(move |_: MouseEvent| turn);
            let label = format!("{words} {what}");
            html! {
                <button key={words} class="outlined" type="button" aria-label={label.clone()} title={label}
                    aria-disabled={idle.to_string()} {onclick}>{ sign }</button>
            }
        };
        html! {
            <div class="pages" role="group" aria-label={format!("Pages of {what}")}>
                { button(Turn::First, "⇤", "First") }
                { button(Turn::Earlier, "←", "Earlier") }
                <output>{ format!("{}–{end} of {}", start + 1, self.all) }</output>
                { button(Turn::Later, "→", "Later") }
                { button(Turn::Last, "⇥", "Last") }
            </div>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Pages = Pages { all: 25, size: 10, page: 1 };

    #[test]
    fn every_place_is_on_one_page() {
        let pages = (0..3).map(|page| Pages { page, ..SOME }.shown());
        assert_eq!(pages.collect::<Vec<_>>(), [0..10, 10..20, 20..25]);
        for place in 0..25 {
            assert!(Pages { page: SOME.of(place), ..SOME }.shown().contains(&place), "{place}");
        }
    }

    #[test]
    fn a_turn_stays_within_the_list() {
        let turned = |page, turn| Pages { page, ..SOME }.after(turn);
        assert_eq!([Turn::First, Turn::Earlier, Turn::Later, Turn::Last].map(|turn| turned(1, turn)), [0, 0, 2, 2]);
        assert_eq!((turned(0, Turn::Earlier), turned(2, Turn::Later)), (0, 2));
    }

    #[test]
    fn a_list_that_became_shorter_shows_its_last_page_and_an_empty_one_nothing() {
        assert_eq!(Pages { all: 25, size: 10, page: 9 }.shown(), 20..25);
        assert_eq!(Pages { all: 0, size: 10, page: 9 }.shown(), 0..0);
        assert_eq!(Pages { all: 25, size: 10, page: 9 }.after(Turn::Earlier), 1);
    }
}
