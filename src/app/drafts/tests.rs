//! Drafts on a storage that several pages share, and pages that open, look and edit in every order.

use std::collections::BTreeMap;

use super::*;
use crate::app::visit::{Arrival, Mark};
use crate::app::{Address, DraftMsg, Effect, Model, Msg, Source, Start, When, update};
use fencepost_scenario::link::{self, ViewParameters};

/// A browser's storage, with room for so many bytes; with none, it refuses everything.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Storage {
    kept: BTreeMap<String, String>,
    room: usize,
}

impl Storage {
    fn new(room: usize) -> Self {
        Self { kept: BTreeMap::new(), room }
    }

    fn texts(&self) -> Vec<String> {
        all(self).into_iter().map(|draft| draft.text).collect()
    }
}

impl Shelf for Storage {
    fn get(&self, key: &str) -> Option<String> {
        self.kept.get(key).cloned()
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Refusal> {
        if self.room == 0 {
            return Err(Refusal::None);
        }
        let others = self.kept.iter().filter(|(other, _)| *other != key);
        let used: usize = others.map(|(key, value)| key.len() + value.len()).sum();
        if used + key.len() + value.len() > self.room {
            return Err(Refusal::Full);
        }
        self.kept.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&mut self, key: &str) {
        self.kept.remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.kept.keys().cloned().collect()
    }
}

fn request(page: &str, follows: Option<&str>, known: &str, text: &str) -> Keep {
    let key = key("one", page);
    Keep { key, follows: follows.map(str::to_owned), known: known.into(), base: Base::Own, text: text.into() }
}

#[test]
fn a_record_holds_the_text_to_the_letter() {
    for text in ["", "\n", "\n\n", "title A\n\nstore S\r\n", "name nobody\n\nbase link", "„A“ … \u{202e}x"] {
        for (name, base) in [(None, Base::Own), (Some("Mine, really"), Base::Chapter("a-lock-gone-wrong".into()))] {
            let name = name.map(str::to_owned);
            let draft =
                Draft { key: "k".into(), name, base, created: 7, changed: 1_764_340_000_123, text: text.into() };
            assert_eq!(read("k", &write(&draft)), draft);
        }
    }
    assert_eq!(read("k", "no record\n\nat all").text, "no record\n\nat all");
}

#[test]
fn a_name_is_one_line_and_the_title_stands_for_none() {
    let mut draft = Draft { text: "fencepost 1\ntitle My lock\n".into(), ..Draft::default() };
    assert_eq!(draft.heading(), "My lock");
    draft.name = Some("two\nbase link\n\nlines".into());
    let again = read("", &write(&draft));
    assert_eq!(again.heading(), "two base link  lines");
    assert_eq!((again.base, again.text), (Base::Own, draft.text));
}

#[test]
fn a_page_that_goes_on_with_anothers_draft_takes_its_place() {
    let mut storage = Storage::new(9_999);
    keep(&mut storage, &request("p1", None, "", "first"), 1).expect("there is room");
    rename(&mut storage, &key("one", "p1"), "Mine").expect("there is room");
    let kept = keep(&mut storage, &request("p2", Some(&key("one", "p1")), "first", "second"), 2);
    assert_eq!(kept, Ok(Kept::default()));
    let [draft] = &all(&storage)[..] else { panic!("{storage:?}") };
    assert_eq!((draft.heading(), draft.created, draft.changed, &*draft.text), ("Mine", 1, 2, "second"));
    assert_eq!(resume(&storage, &key("one", "p1")).as_ref(), Some(draft), "an entry of the history still finds it");
}

/// Both tabs opened `first`; each goes on. Whatever the order, both texts are there, and it is said.
#[test]
fn where_two_tabs_part_both_texts_are_kept() {
    let open = || {
        let mut storage = Storage::new(9_999);
        keep(&mut storage, &request("p0", None, "", "first"), 1).expect("there is room");
        storage
    };
    let of = |page, text| request(page, Some("fencepost.draft.one.p0"), "first", text);
    let mut storage = open();
    keep(&mut storage, &of("p1", "left"), 2).expect("there is room");
    let kept = keep(&mut storage, &of("p2", "right"), 3).expect("there is room");
    assert!(kept.parted);
    assert_eq!(storage.texts(), ["right", "left"]);
    assert_eq!(all(&storage)[0].heading(), "Untitled scenario (second tab)");
    // Each goes on with its own.
    let kept = [keep(&mut storage, &of("p1", "left 2"), 4), keep(&mut storage, &of("p2", "right 2"), 5)];
    assert_eq!(kept, [Ok(Kept::default()); 2]);
    assert_eq!(storage.texts(), ["right 2", "left 2"]);

    // The tab it began in goes on with it after another has.
    let mut storage = open();
    keep(&mut storage, &of("p1", "left"), 2).expect("there is room");
    let kept = keep(&mut storage, &request("p0", None, "", "right"), 3).expect("there is room");
    assert!(kept.parted);
    assert_eq!(storage.texts(), ["right", "left"]);

    // It had gone on before the other did.
    let mut storage = open();
    keep(&mut storage, &request("p0", None, "", "right"), 2).expect("there is room");
    assert!(keep(&mut storage, &of("p1", "left"), 3).expect("there is room").parted);
    assert_eq!(storage.texts(), ["left", "right"]);
}

#[test]
fn where_there_is_no_room_only_copies_go_and_what_was_kept_stays() {
    let text = |fill: char| fill.to_string().repeat(200);
    let mut storage = Storage::new(900);
    let of = |page, fill| request(page, None, "", &text(fill));
    // Two copies of one text, the older of which may go, and one that nothing else holds.
    for (now, (page, fill)) in [("p1", 'a'), ("p2", 'b'), ("p3", 'a')].into_iter().enumerate() {
        let request = Keep { key: key(page, page), ..of(page, fill) };
        keep(&mut storage, &request, now as u64).expect("there is room");
    }
    let kept = keep(&mut storage, &Keep { key: key("p4", "p4"), ..of("p4", 'c') }, 9);
    assert_eq!(kept.map(|kept| kept.cleared), Ok(1));
    assert_eq!(storage.texts(), [text('c'), text('a'), text('b')]);
    let before = storage.clone();
    let more = Keep { key: key("p4", "p4"), ..request("p4", None, "", &"d".repeat(800)) };
    assert_eq!(keep(&mut storage, &more, 10), Err(Refusal::Full));
    assert_eq!(storage, before);
    assert_eq!(keep(&mut Storage::new(0), &more, 10), Err(Refusal::None));
}

#[test]
fn the_draft_of_an_older_page_becomes_one_of_them() {
    let mut storage = Storage::new(99_999);
    storage.kept.insert("fencepost.draft".into(), "title Old\n".into());
    migrate(&mut storage, 5);
    migrate(&mut storage, 6);
    // An old page in another tab writes on.
    storage.kept.insert("fencepost.draft".into(), "title Old\nstore S\n".into());
    migrate(&mut storage, 7);
    assert_eq!(storage.texts(), ["title Old\nstore S\n", "title Old\n"]);
    storage.kept.insert("fencepost.draft".into(), gallery::all()[0].text.into());
    migrate(&mut storage, 8);
    assert_eq!(storage.texts().len(), 2, "a chapter that nobody changed is nobody's draft");
    let mut full = Storage::new(20);
    full.kept.insert("fencepost.draft".into(), "title Old\n".into());
    migrate(&mut full, 5);
    assert_eq!(full.kept.len(), 1, "without room it stays where it was");
}

/// A tab: a page, its address, and the entries of its history.
struct Tab {
    model: Model,
    entries: Vec<(String, Option<String>)>,
    at: usize,
}

/// A reader with one storage and tabs on it.
struct Reader {
    storage: Storage,
    tabs: Vec<Tab>,
    pages: usize,
    clock: u64,
}

impl Reader {
    fn new() -> Self {
        Self { storage: Storage::new(usize::MAX), tabs: Vec::new(), pages: 0, clock: 0 }
    }

    /// A page begins on these entries.
    fn begin(&mut self, entries: Vec<(String, Option<String>)>, at: usize) -> usize {
        self.pages += 1;
        let (fragment, mark) = entries[at].clone();
        let mark = mark.as_deref().and_then(Mark::read);
        let start = Start {
            page: format!("p{}", self.pages),
            fragment,
            draft: latest(&self.storage),
            resumed: mark.and_then(|mark| resume(&self.storage, &mark.draft?)),
            ..Start::default()
        };
        let (model, effects) = Model::open(start);
        self.tabs.push(Tab { model, entries, at });
        let tab = self.tabs.len() - 1;
        self.perform(tab, effects);
        tab
    }

    fn tell(&mut self, tab: usize, msg: Msg) {
        let effects = update(&mut self.tabs[tab].model, msg);
        self.perform(tab, effects);
    }

    fn perform(&mut self, tab: usize, effects: Vec<Effect>) {
        for effect in effects {
            self.clock += 1;
            let here = &mut self.tabs[tab];
            match effect {
                Effect::KeepDraft(request) => {
                    keep(&mut self.storage, &request, self.clock).expect("there is room");
                }
                Effect::ForgetDraft(key) => self.storage.remove(&key),
                // A rest that is never over: whatever the address is good for, the drafts do without.
                Effect::Address(Address { when: When::Rest, .. }) => {}
                Effect::Address(Address { fragment, mark, when: When::Now }) => {
                    here.entries[here.at] = (fragment, Some(mark.write()));
                }
                Effect::Address(Address { fragment, mark, when: When::Entry }) => {
                    here.entries.truncate(here.at + 1);
                    here.entries.push((fragment, Some(mark.write())));
                    here.at += 1;
                }
                Effect::FetchDraft(key) => {
                    let found = key.map_or_else(|| latest(&self.storage), |key| resume(&self.storage, &key));
                    if let Some(draft) = found {
                        self.tell(tab, Msg::Draft(DraftMsg::Open(Box::new(draft))));
                    }
                }
                _ => {}
            }
        }
    }

    /// The browser has come to an entry, and tells it twice.
    fn arrive(&mut self, tab: usize) {
        for _ in 0..2 {
            let here = &self.tabs[tab];
            let (fragment, mark) = here.entries[here.at].clone();
            let mark = mark.as_deref().and_then(Mark::read);
            let draft = mark.as_ref().and_then(|mark| resume(&self.storage, mark.draft.as_ref()?));
            self.tell(tab, Msg::Arrived(Box::new(Arrival { fragment, mark, draft })));
        }
    }

    fn follow_link(&mut self, tab: usize, fragment: String) {
        let here = &mut self.tabs[tab];
        here.entries.truncate(here.at + 1);
        here.entries.push((fragment, None));
        here.at += 1;
        self.arrive(tab);
    }

    fn walk(&mut self, tab: usize, forward: bool) {
        let here = &mut self.tabs[tab];
        let to = if forward { here.at + 1 } else { here.at.wrapping_sub(1) };
        if to < here.entries.len() {
            here.at = to;
            self.arrive(tab);
        }
    }

    /// One thing that is no edit.
    fn look(&mut self, dice: &mut Dice) {
        let tab = dice.below(self.tabs.len());
        let chapters = gallery::all();
        let chapter = &chapters[dice.below(chapters.len())];
        let of_chapter = |view: &ViewParameters| link::preset(chapter, view);
        let variant = Some(["fenced", "renewed", "no-such-thing"][dice.below(3)].to_owned());
        match dice.below(12) {
            0 => self.tell(tab, Msg::OpenGallery(dice.below(chapters.len()))),
            1 => self.follow_link(tab, of_chapter(&ViewParameters::default())),
            2 => self.follow_link(tab, of_chapter(&ViewParameters { variant, ..Default::default() })),
            3 => self.follow_link(tab, link::readable("title Foreign\nlock L lease 3s\n", &ViewParameters::default())),
            4 => self.follow_link(tab, of_chapter(&lines())),
            5 => self.follow_link(tab, "s1=broken".into()),
            6 => self.tell(tab, Msg::SetVariant(variant)),
            7 => self.walk(tab, false),
            8 => self.walk(tab, true),
            9 => self.tell(tab, Msg::Draft(DraftMsg::Ask(None))),
            10 => {
                self.begin(vec![(String::new(), None)], 0);
            }
            _ => {
                // The tab is loaded again, with an address that may be older than the text.
                let Tab { entries, at, .. } = self.tabs.swap_remove(tab);
                self.begin(entries, at);
            }
        }
    }
}

/// A link's own lines.
fn lines() -> ViewParameters {
    ViewParameters { with: Some("until 20s".into()), ..ViewParameters::default() }
}

/// A small sequence that looks random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

#[test]
fn no_order_of_opening_and_looking_changes_a_draft() {
    for seed in 0..40 {
        let (mut reader, mut dice) = (Reader::new(), Dice(seed));
        let tab = reader.begin(vec![(String::new(), None)], 0);
        reader.tell(tab, Msg::SetText("fencepost 1\ntitle My own\nlock L lease 10s\n".into()));
        reader.tell(tab, Msg::OpenGallery(3));
        reader.tell(tab, Msg::SetText(format!("{}# mine\n", gallery::all()[3].text)));
        let before = reader.storage.clone();
        assert_eq!(before.kept.len(), 2);
        for step in 0..25 {
            reader.look(&mut dice);
            assert_eq!(reader.storage, before, "seed {seed}, step {step}");
        }
    }
}

/// As above, with edits between: every text the reader wrote is kept until the reader writes on in it.
#[test]
fn every_text_is_kept_until_it_is_written_on() {
    let mut most = 0;
    for seed in 0..40 {
        let (mut reader, mut dice) = (Reader::new(), Dice(seed + 1_000));
        reader.begin(vec![(String::new(), None)], 0);
        let mut written: Vec<String> = Vec::new();
        for step in 0..30 {
            if dice.below(3) > 0 {
                reader.look(&mut dice);
            } else {
                let tab = dice.below(reader.tabs.len());
                let before = reader.tabs[tab].model.history.current().text().to_owned();
                let after = format!("{before}# {seed} {step}\n");
                reader.tell(tab, Msg::SetText(after.clone()));
                reader.tell(tab, Msg::EndTyping);
                written.retain(|text| *text != before);
                written.push(after);
            }
            let kept = reader.storage.texts();
            for text in &written {
                assert!(kept.contains(text), "seed {seed}, step {step}: lost {text:?} of {kept:?}");
            }
        }
        most = most.max(written.len());
    }
    assert!(most > 4, "several texts were written beside each other");
}

fn tab() -> (Reader, usize) {
    let mut reader = Reader::new();
    let tab = reader.begin(vec![(String::new(), None)], 0);
    (reader, tab)
}

fn all_of(reader: &mut Reader, tab: usize, msgs: impl IntoIterator<Item = Msg>) {
    msgs.into_iter().for_each(|msg| reader.tell(tab, msg));
}

fn shown(reader: &Reader, tab: usize) -> &str {
    reader.tabs[tab].model.text()
}

#[test]
fn back_and_forward_bring_each_text_as_it_was_left() {
    let (mut reader, tab) = tab();
    let places = [0, 4, 9];
    for place in places {
        reader.tell(tab, Msg::OpenGallery(place));
        reader.tell(tab, Msg::SetText(format!("{}# mine\n", gallery::all()[place].text)));
        reader.tell(tab, Msg::EndTyping);
    }
    reader.follow_link(tab, link::readable("title Foreign\n", &ViewParameters::default()));
    for place in [9, 4, 0] {
        reader.walk(tab, false);
        assert_eq!(shown(&reader, tab), format!("{}# mine\n", gallery::all()[place].text));
        assert!(reader.tabs[tab].model.history.can_undo(), "with its steps");
    }
    reader.tell(tab, Msg::SetText("title Even newer\n".into()));
    reader.walk(tab, true);
    reader.walk(tab, false);
    assert_eq!(shown(&reader, tab), "title Even newer\n", "nothing older wins");
    assert_eq!(reader.tabs[tab].entries.len(), 5, "each opened text is one entry");
    // What was undone has no draft, and can still be done again.
    reader.tell(tab, Msg::OpenGallery(2));
    all_of(&mut reader, tab, [Msg::ToggleFault(0), Msg::Undo, Msg::OpenGallery(4)]);
    reader.walk(tab, false);
    assert!(shown(&reader, tab) == gallery::all()[2].text && reader.tabs[tab].model.history.can_redo());
}

#[test]
fn a_page_loaded_again_shows_what_was_written_and_not_what_its_address_still_holds() {
    let (mut reader, tab) = tab();
    reader.tell(tab, Msg::OpenGallery(4));
    reader.tell(tab, Msg::SetText("title First\n".into()));
    reader.tell(tab, Msg::SetText("title Second\n".into()));
    let Tab { entries, at, .. } = reader.tabs.pop().expect("it is open");
    assert!(!entries[at].0.contains("Second"), "the address has not been written");
    let again = reader.begin(entries, at);
    assert_eq!(shown(&reader, again), "title Second\n");
    assert_eq!(reader.tabs[again].model.source, Source::Draft);
}

#[test]
fn undo_survives_a_link_that_only_changes_the_view() {
    let (mut reader, tab) = tab();
    reader.tell(tab, Msg::ToggleFault(0));
    let edited = shown(&reader, tab).to_owned();
    let fenced = ViewParameters { variant: Some("fenced".into()), ..ViewParameters::default() };
    reader.follow_link(tab, link::encode(&edited, &fenced));
    let later = ViewParameters { at: Some(fencepost_sim::Time::from_millis(10_000)), ..fenced };
    reader.follow_link(tab, link::encode(&edited, &later));
    let model = &reader.tabs[tab].model;
    assert_eq!((model.variant.as_deref(), model.text()), (Some("fenced"), edited.as_str()));
    reader.tell(tab, Msg::Undo);
    assert_eq!(shown(&reader, tab), gallery::first().text);
    reader.tell(tab, Msg::Redo);
    // A link's own lines make another text; one step back is the reader's.
    reader.follow_link(tab, link::encode(&edited, &lines()));
    assert!(shown(&reader, tab).contains("until 20s"));
    reader.tell(tab, Msg::Undo);
    assert_eq!(shown(&reader, tab), edited);
}

#[test]
fn undo_goes_past_the_beginning_of_a_text_and_redo_comes_back() {
    let (mut reader, tab) = tab();
    reader.tell(tab, Msg::ToggleFault(0));
    let edited = shown(&reader, tab).to_owned();
    let kept = reader.storage.clone();
    reader.tell(tab, Msg::OpenGallery(4));
    reader.tell(tab, Msg::Undo);
    assert_eq!((shown(&reader, tab), reader.tabs[tab].model.can_undo()), (edited.as_str(), true));
    reader.tell(tab, Msg::Redo);
    assert_eq!(shown(&reader, tab), gallery::all()[4].text);
    assert_eq!(reader.storage, kept, "that was only looking");
    reader.tell(tab, Msg::Undo);
    reader.tell(tab, Msg::ToggleFault(0));
    assert!(!reader.tabs[tab].model.can_redo());
}

#[test]
fn a_text_taken_back_to_where_it_began_is_no_draft() {
    let (mut reader, tab) = tab();
    reader.tell(tab, Msg::ToggleFault(0));
    assert_eq!(all(&reader.storage)[0].base, Base::Chapter("a-lock-gone-wrong".into()));
    reader.tell(tab, Msg::Undo);
    assert_eq!(reader.storage.texts(), [""; 0]);
    reader.tell(tab, Msg::Redo);
    assert_eq!(reader.storage.texts(), [shown(&reader, tab)]);
}

/// Hexadecimal noise: nothing packs it into a link.
fn long() -> String {
    let mut dice = Dice(1);
    let lines: String =
        (0..6_000).map(|_| format!("# {:016x}{:08x}\n", dice.below(1 << 30), dice.below(1 << 30))).collect();
    format!("fencepost 1\ntitle Long\n{lines}")
}

#[test]
fn a_text_too_long_for_a_link_becomes_a_draft_and_says_so() {
    let (mut reader, tab) = tab();
    reader.tell(tab, Msg::OpenText(long()));
    let said = reader.tabs[tab].model.notice.as_ref().expect("it is said").sentence.clone();
    assert!(said.contains("too long for a link") && said.contains("draft"), "{said}");
    assert_eq!(reader.storage.texts(), [shown(&reader, tab)]);
    let Tab { entries, at, .. } = reader.tabs.pop().expect("it is open");
    assert_eq!(entries[at].0, "", "no older text stands in the address");
    let again = reader.begin(entries, at);
    assert_eq!(shown(&reader, again), long());
}
