//! Messages that fan out or come together: the same words, from one sender to many or from many to one, at one moment. The
//! words of all would lie in a heap where their lines meet, so one of them says it for all, with their number.

use std::collections::BTreeMap;

use crate::layout::Ground;
use crate::layout::arrows;
use crate::layout::gist::Gist;
use crate::layout::story::Letter;
use crate::picture::Arrow;
use crate::px::Px;

/// So many are a fan.
const FAN: usize = 3;

/// More than so many at one moment are not compared each with each.
const CROWD: usize = 64;

/// Which arrows are named, and for whom.
pub struct Fans {
    /// For every arrow, whether its words stand for itself alone; not so in a fan.
    single: Vec<bool>,
    /// Of each fan, by the place of the arrow that says it for all, the places of all.
    fans: BTreeMap<usize, Vec<usize>>,
}

impl Fans {
    /// All whose words are said along the arrow at a place: itself, or its whole fan; none if another one says it.
    pub fn said_by(&self, place: usize) -> &[usize] {
        self.fans.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Whether an arrow belongs to no fan.
    pub fn is_single(&self, place: usize) -> bool {
        self.single[place]
    }
}

/// Finds the fans.
pub fn find(arrows: &[Arrow], ground: &Ground<'_>) -> Fans {
    let mut found = Fans { single: vec![true; arrows.len()], fans: BTreeMap::new() };
    let letters: Vec<Option<&Letter<'_>>> =
        arrows.iter().map(|arrow| ground.story.letter(arrow.about.event?)).collect();
    let sent = |place: usize| letters[place].map(|letter| letter.sent);
    let mut first = 0;
    while first < arrows.len() {
        let after = (first..arrows.len()).find(|place| sent(*place) != sent(first)).unwrap_or(arrows.len());
        if (FAN..=CROWD).contains(&(after - first)) {
            of_moment(first, &arrows[first..after], &letters[first..after], &mut found, ground);
        }
        first = after;
    }
    found
}

/// Among those that left at one moment.
fn of_moment(first: usize, arrows: &[Arrow], letters: &[Option<&Letter<'_>>], found: &mut Fans, ground: &Ground<'_>) {
    let truth = |letter: &Letter<'_>| ground.lies.get(&arrows::original(letter, ground)).copied();
    let gist = |letter: &Letter<'_>| Gist::of(letter.message).instead_of(truth(letter));
    let word = |place: usize| letters[place].map(|letter| (gist(letter), arrows[place].tone));
    let ends = |place: usize| letters[place].map(|it| it.arrival.map(|arrival| arrival.time));
    let counts = |place: usize| letters[place].is_some_and(|it| !it.is_faint());
    for place in (0..arrows.len()).filter(|place| counts(*place)) {
        let alike = |other: &usize| (word(*other), ends(*other)) == (word(place), ends(place)) && counts(*other);
        let is_free = |other: &usize| found.single[first + other];
        let after = || (place..arrows.len()).filter(alike).filter(is_free);
        let (from, to) = (arrows[place].about.participant, arrows[place].to);
        let out: Vec<usize> = after().filter(|it| arrows[*it].about.participant == from).collect();
        let fan = if out.len() >= FAN { out } else { after().filter(|it| arrows[*it].to == to).collect() };
        let longest = fan.iter().max_by_key(|it| breadth(&arrows[**it])).copied();
        let Some(longest) = longest.filter(|_| is_free(&place) && fan.len() >= FAN) else { continue };
        fan.iter().for_each(|it| found.single[first + it] = false);
        found.fans.insert(first + longest, fan.iter().map(|it| first + it).collect());
    }
}

/// How far an arrow goes across the picture: where it goes furthest there is most room for words.
fn breadth(arrow: &Arrow) -> Px {
    let ends = arrow.path.first().zip(arrow.path.last());
    ends.map_or(Px::ZERO, |(from, to)| (to.x - from.x).abs())
}
