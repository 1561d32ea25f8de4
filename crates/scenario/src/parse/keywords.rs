//! The words of the language: those that begin a statement, those that will, and those that cannot be names.

/// Words that begin a statement.
pub(crate) const STATEMENTS: [&str; 18] = [
    "fencepost",
    "title",
    "about",
    "until",
    "network",
    "lock",
    "store",
    "client",
    "pause",
    "crash",
    "partition",
    "drop",
    "delay",
    "duplicate",
    "off",
    "expect",
    "variant",
    "remove",
];

/// Words that will begin a statement in a later version of the language.
pub(crate) const LATER_STATEMENTS: [&str; 14] = [
    "seed", "model", "failures", "register", "nodes", "registry", "pair", "members", "generals", "mute", "deafen",
    "clock", "lie", "recover",
];

/// Words within a statement.
pub(crate) const CLAUSES: [&str; 42] = [
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
    "hold",
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

/// Whether no participant may have this name.
pub(crate) fn is_reserved(word: &str) -> bool {
    STATEMENTS.contains(&word) || LATER_STATEMENTS.contains(&word) || CLAUSES.contains(&word)
}
