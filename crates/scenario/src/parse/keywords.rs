//! The words of the language: those that begin a statement, those that cannot be names, and all others.

use crate::parse::{group, lock, node, registry, shared, store};

/// Words that begin a statement.
pub(crate) const STATEMENTS: [&str; 32] = [
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
    "nodes",
    "register",
    "registry",
    "pair",
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
    "lie",
    "off",
    "expect",
    "variant",
    "remove",
];

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
const LATER_CLAUSES: [&str; 54] = [
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
    "elect",
    "index",
    "counter",
    "one",
    "local",
    "async",
    "unconfirmed",
    "confirmed",
    "attack",
    "retreat",
    "says",
    "claim",
    "usable",
    "elections",
    "guarded-by",
];

/// Whether no participant may have this name.
pub(crate) fn is_reserved(word: &str) -> bool {
    STATEMENTS.contains(&word) || CLAUSES.contains(&word)
}

/// Whether this is a word of the language, be it a name elsewhere or not.
pub(crate) fn is_word(word: &str) -> bool {
    is_reserved(word) || LATER_CLAUSES.contains(&word) || options().iter().any(|(_, known)| known.contains(&word))
}

/// The options of each statement that has any, behind the word that begins it.
pub(crate) fn options() -> [(&'static str, &'static [&'static str]); 12] {
    [
        ("lock", &lock::OPTIONS),
        ("lock", &shared::LOCK_OPTIONS),
        ("lock", &shared::KEY_OPTIONS),
        ("store", &store::OPTIONS),
        ("store", &shared::STORE_OPTIONS),
        ("register", &shared::REGISTER_OPTIONS),
        ("nodes", &node::OPTIONS),
        ("registry", &registry::REGISTRY_OPTIONS),
        ("pair", &registry::PAIR_OPTIONS),
        ("members", &group::MEMBER_OPTIONS),
        ("generals", &group::GENERAL_OPTIONS),
        ("generals", &group::OFFICER_OPTIONS),
    ]
}
