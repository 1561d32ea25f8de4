//! One sentence for each term a newcomer meets on the page, and the mark of each state.

use fencepost_properties::State;

/// A word and what it means.
#[derive(Debug)]
pub struct Term {
    /// The word.
    pub word: &'static str,
    /// One sentence that needs no other.
    pub meaning: &'static str,
}

/// The words, in the order in which a story needs them.
pub const TERMS: [Term; 12] = [
    Term { word: "lock service", meaning: "A server that lets one client at a time hold a lock." },
    Term { word: "grant", meaning: "The lock service's decision that a client holds the lock from now on." },
    Term {
        word: "lease",
        meaning: "A grant with an end: when its time is over, the lock service may grant the lock to someone else, whether or not the holder knows.",
    },
    Term { word: "fencing token", meaning: "A number handed out with each grant, higher than every number before it." },
    Term {
        word: "fence",
        meaning: "A check at the storage that turns away a write whose token is older than one it has already seen.",
    },
    Term { word: "client", meaning: "A program that takes the lock, works, and writes to the storage." },
    Term { word: "store", meaning: "The storage that the lock is meant to protect, such as a file." },
    Term {
        word: "pause",
        meaning: "A stretch in which a process takes no steps while the world goes on: a garbage collection, a swapped-out page, a suspended laptop.",
    },
    Term {
        word: "partition",
        meaning: "A stretch in which messages between two groups are lost, or kept back until it heals.",
    },
    Term { word: "crash", meaning: "A process stops for good; what it had sent is still under way." },
    Term {
        word: "safety",
        meaning: "Something bad never happens; when it is violated there is a first event that did it.",
    },
    Term {
        word: "liveness",
        meaning: "Something good happens in the end; a run that is not over can leave it pending, but never violate it.",
    },
];

/// The mark that stands beside a state's word, so that colour is never the only sign.
pub fn state_icon(state: State) -> &'static str {
    match state {
        State::Held | State::Met { .. } | State::Unseen => "✓",
        State::Violated { .. } => "✕",
        State::Seen { .. } => "!",
        State::Pending { .. } | State::Quiet { .. } => "…",
        State::Stuck { .. } => "⊘",
        State::Vacuous => "–",
    }
}
