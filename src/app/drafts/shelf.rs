//! What is done with the drafts in a storage: keep, find, rename, clear. The storage is anything with keys and texts,
//! so all of it is tried natively, with several pages on one storage.
//!
//! A key is `fencepost.draft.<draft>.<page>`. A page writes text only under keys that end in its own name. The first
//! change of a draft that another page wrote goes under a new key, and the old one is removed only if it still holds what
//! the change began from.

use super::{Base, Draft, is_chapter, read, write};

/// What every key begins with. Without the last dot, it is the one key of pages from before there were several drafts.
pub const PREFIX: &str = "fencepost.draft.";

/// Where drafts are kept.
pub trait Shelf {
    /// What is kept under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Keeps something under a key.
    ///
    /// # Errors
    /// If there is no storage, or no room in it.
    fn set(&mut self, key: &str, value: &str) -> Result<(), Refusal>;
    /// Forgets a key.
    fn remove(&mut self, key: &str);
    /// All keys, of whatever it is.
    fn keys(&self) -> Vec<String>;
}

/// Why something is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This browser keeps nothing for this page.
    None,
    /// There is no more room.
    Full,
}

/// A text to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Under which of the page's own keys.
    pub key: String,
    /// The draft of another page that this one goes on from.
    pub follows: Option<String>,
    /// What that one held when it was opened.
    pub known: String,
    /// What it began from.
    pub base: Base,
    /// The text.
    pub text: String,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Whether another page has changed the same draft meanwhile; both are there now.
    pub parted: bool,
    /// How many drafts made room, because another or a chapter has the same text.
    pub cleared: usize,
}

/// The key of a draft for a page.
pub fn key(draft: &str, page: &str) -> String {
    format!("{PREFIX}{draft}.{page}")
}

/// Which draft a key is of.
pub fn id_of(key: &str) -> &str {
    let rest = key.strip_prefix(PREFIX).unwrap_or(key);
    rest.rsplit_once('.').map_or(rest, |(draft, _)| draft)
}

/// All drafts, the one changed last first.
pub fn all(shelf: &impl Shelf) -> Vec<Draft> {
    let keys = shelf.keys().into_iter().filter(|key| key.starts_with(PREFIX));
    let mut drafts: Vec<Draft> = keys.filter_map(|key| shelf.get(&key).map(|kept| read(&key, &kept))).collect();
    drafts.sort_by(|one, other| (other.changed, &other.key).cmp(&(one.changed, &one.key)));
    drafts
}

/// The draft changed last.
pub fn latest(shelf: &impl Shelf) -> Option<Draft> {
    all(shelf).into_iter().next()
}

/// The draft under a key, or, if another page has gone on with it since, what it has become.
pub fn resume(shelf: &impl Shelf, key: &str) -> Option<Draft> {
    let here = shelf.get(key).map(|kept| read(key, &kept));
    here.or_else(|| all(shelf).into_iter().find(|draft| id_of(&draft.key) == id_of(key)))
}

/// Keeps a text, at this moment.
///
/// # Errors
/// If the storage refuses it, and no copies can make room. What was kept before is then still there.
pub fn keep(shelf: &mut impl Shelf, keep: &Keep, now: u64) -> Result<Kept, Refusal> {
    let own = shelf.get(&keep.key).map(|kept| read(&keep.key, &kept));
    let followed = keep.follows.as_deref().and_then(|key| Some((key, read(key, &shelf.get(key)?))));
    let unchanged = |draft: &Draft| draft.text == keep.known;
    // Without the draft this one goes on from, another page has gone on from it, or somebody has deleted it.
    let others = || all(shelf).into_iter().any(|draft| draft.key != keep.key && id_of(&draft.key) == id_of(&keep.key));
    let parted = match (&own, &followed, &keep.follows) {
        (Some(_), None, _) => false,
        (_, Some((_, draft)), _) => !unchanged(draft),
        (None, None, Some(_)) => others(),
        (None, None, None) => others(),
    };
    let before = own.as_ref().or(followed.as_ref().map(|(_, draft)| draft));
    let name = before.and_then(|draft| draft.name.clone());
    let draft = Draft {
        key: keep.key.clone(),
        name: if parted { Some(second(name.as_deref().unwrap_or_else(|| super::title(&keep.text)))) } else { name },
        base: keep.base.clone(),
        created: before.map_or(now, |draft| draft.created),
        changed: now,
        text: keep.text.clone(),
    };
    let spared = [Some(keep.key.as_str()), keep.follows.as_deref()];
    let cleared = set(shelf, &draft, &spared)?;
    if let Some((key, _)) = followed.filter(|(key, draft)| unchanged(draft) && *key != keep.key) {
        shelf.remove(key);
    }
    Ok(Kept { parted, cleared })
}

fn second(name: &str) -> String {
    if name.ends_with("(second tab)") { name.to_owned() } else { format!("{name} (second tab)") }
}

/// Writes a draft; where there is no room, the oldest copies make some.
fn set(shelf: &mut impl Shelf, draft: &Draft, spared: &[Option<&str>]) -> Result<usize, Refusal> {
    let record = write(draft);
    match shelf.set(&draft.key, &record) {
        Ok(()) => Ok(0),
        Err(Refusal::None) => Err(Refusal::None),
        Err(Refusal::Full) => {
            let cleared = clear_copies(shelf, spared);
            shelf.set(&draft.key, &record).map(|()| cleared)
        }
    }
}

/// Removes every draft whose text a newer draft or a chapter has as well, and tells how many there were.
pub fn clear_copies(shelf: &mut impl Shelf, spared: &[Option<&str>]) -> usize {
    let drafts = all(shelf);
    let is_copy = |place: usize| {
        let draft = &drafts[place];
        is_chapter(&draft.text) || drafts[..place].iter().any(|newer| newer.text == draft.text)
    };
    let copies = (0..drafts.len()).filter(|place| is_copy(*place)).map(|place| drafts[place].key.as_str());
    let gone: Vec<&str> = copies.filter(|key| !spared.contains(&Some(key))).collect();
    gone.iter().for_each(|key| shelf.remove(key));
    gone.len()
}

/// Calls a draft something else. An empty name is its title again.
///
/// # Errors
/// If the storage refuses it.
pub fn rename(shelf: &mut impl Shelf, key: &str, name: &str) -> Result<(), Refusal> {
    let Some(kept) = shelf.get(key) else { return Ok(()) };
    let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    shelf.set(key, &write(&Draft { name, ..read(key, &kept) }))
}

/// The one draft of a page from before there were several becomes one of them, unless it is a chapter nobody changed.
pub fn migrate(shelf: &mut impl Shelf, now: u64) {
    let old = PREFIX.trim_end_matches('.');
    let Some(text) = shelf.get(old) else { return };
    // The key follows from the text: two tabs that do this at once write the same, and an old page may write again.
    let key = key(&format!("before-{:08x}", sum(&text)), "0");
    let draft = Draft { key: key.clone(), created: now, changed: now, text, ..Draft::default() };
    let there = shelf.get(&key).map(|kept| read(&key, &kept).text == draft.text);
    if draft.is_chapter() || there == Some(true) || (there.is_none() && shelf.set(&key, &write(&draft)).is_ok()) {
        shelf.remove(old);
    }
}

/// A short number that differs for texts that differ, as good as always.
fn sum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
