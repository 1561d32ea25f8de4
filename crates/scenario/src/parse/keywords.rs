//! The words of the language: those that begin a statement, those that will, and those that cannot be names.

use crate::parse::{group, lock, store};

/// Words that begin a statement.
pub(crate) const STATEMENTS: [&str; 27] = [
    "fencepost",
    "title",
    "about",
    "until",
    "seed",
    "network",
    "model",
    "failures",
    "lock",
    "store",
    "client",
    "members",
    "generals",
    "pause",
    "crash",
    "mute",
    "deafen",
    "clock",
    "partition",
    "drop",
    "delay",
    "duplicate",
    "hold",
    "off",
    "expect",
    "variant",
    "remove",
];

/// Words that will begin a statement in a later version of the language.
pub(crate) const LATER_STATEMENTS: [&str; 5] = ["register", "nodes", "registry", "pair", "lie"];

/// Words within a statement that no participant may have as its name.
///
/// This list is closed: a text of the first version may have a participant named `mail` or `report`, and must be read
/// for ever. Words that came later are in [`LATER_CLAUSES`].
const CLAUSES: [&str; 42] = [
    "lease",
    "none",
    "first-token",
    "release",
    "blind",
    "compare",
    "reentrant",
    "dedupe",
    "on",
    "check",
    "margin",
    "acquire",
    "retry",
    "work",
    "write",
    "read",
    "announce",
    "pipelined",
    "at",
    "before",
    "for",
    "from",
    "to",
    "recover",
    "by",
    "after",
    "renew",
    "every",
    "held",
    "violated",
    "pending",
    "met",
    "stuck",
    "quiescent",
    "lasso",
    "horizon",
    "within",
    "seen",
    "trace",
    "granted",
    "finish",
    "apply",
];

/// Words within a statement that may be names all the same, because their place tells what they are.
const LATER_CLAUSES: [&str; 39] = [
    "fifo",
    "gst",
    "drift",
    "synchronous",
    "partially-synchronous",
    "asynchronous",
    "crash-stop",
    "crash-recovery",
    "omission",
    "byzantine",
    "mono",
    "wall",
    "stable",
    "volatile",
    "now",
    "delayed",
    "trusts",
    "token",
    "ask",
    "effect",
    "mail",
    "payment",
    "ping",
    "majority",
    "alone",
    "sync",
    "disk",
    "kept",
    "synced",
    "wiped",
    "sever",
    "rate",
    "jump",
    "ge",
    "gt",
    "eq",
    "cas",
    "mac",
    "until",
];

/// Whether no participant may have this name.
pub(crate) fn is_reserved(word: &str) -> bool {
    STATEMENTS.contains(&word) || LATER_STATEMENTS.contains(&word) || CLAUSES.contains(&word)
}

/// Whether this is a word of the language, be it a name elsewhere or not.
pub(crate) fn is_word(word: &str) -> bool {
    let options = [&lock::OPTIONS[..], &store::OPTIONS, &group::MEMBER_OPTIONS, &group::GENERAL_OPTIONS];
    is_reserved(word) || LATER_CLAUSES.contains(&word) || options.iter().any(|known| known.contains(&word))
}
