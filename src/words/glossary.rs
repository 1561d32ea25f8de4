//! One sentence for each term a newcomer meets on the page, and the mark of each state.

use fencepost_properties::{Evidence, Reason, State};

/// A word and what it means.
#[derive(Debug)]
pub struct Term {
    /// The word.
    pub word: &'static str,
    /// One sentence that needs no other.
    pub meaning: &'static str,
}

/// The words, in the order in which a story needs them.
pub const TERMS: [Term; 30] = [
    Term { word: "lock service", meaning: "A server that lets one client at a time hold a lock." },
    Term { word: "grant", meaning: "The lock service's decision that a client holds the lock from now on." },
    Term {
        word: "lease",
        meaning: "A grant with an end: when its time is over, the lock service may grant the lock to someone else, whether or not the holder knows.",
    },
    Term { word: "fencing token", meaning: "A number handed out with each grant, higher than every number before it." },
    Term {
        word: "fence",
        meaning: "A check at the storage that turns away any write whose token is older than the newest it has seen.",
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
    Term {
        word: "crash",
        meaning: "A process stops; it may restart with what its disk kept. What it had sent is still under way.",
    },
    Term { word: "node", meaning: "One of several servers that keep the same thing together." },
    Term { word: "heartbeat", meaning: "A message sent again and again that says only: I am alive." },
    Term {
        word: "leader",
        meaning: "The node that decides for all of them, until another is elected; it may be the last to learn that.",
    },
    Term {
        word: "candidate",
        meaning: "A node that has heard of no leader for too long and asks the others for their votes.",
    },
    Term {
        word: "term",
        meaning: "The number of an election, higher each time: whoever comes with an older one is turned away, as by a fencing token.",
    },
    Term {
        word: "quorum",
        meaning: "So many nodes that any two such groups share one: usually more than half, so that whoever decides hears of what was decided.",
    },
    Term { word: "log", meaning: "The list of all that was decided, in one order, of which each node has a copy." },
    Term {
        word: "commit",
        meaning: "An entry of the leader’s own term is committed when a quorum has a copy, and with it all before.",
    },
    Term { word: "registry", meaning: "A server where a name can be claimed by whoever comes first." },
    Term { word: "register", meaning: "The simplest shared thing: one value that can be read and written." },
    Term {
        word: "linearizable",
        meaning: "All reads and writes look as if each had happened at one moment between its beginning and its end: as if there were one copy.",
    },
    Term { word: "available", meaning: "Every node that is alive answers whoever asks it." },
    Term {
        word: "CAP",
        meaning: "While a network is cut in two, a group can stay linearizable or stay available, and not both.",
    },
    Term { word: "split brain", meaning: "Two parts of a group act at once, each as if the other were gone." },
    Term {
        word: "STONITH",
        meaning: "To order the other of a pair to power off before one takes over: an order that can be late like any message.",
    },
    Term {
        word: "redlock",
        meaning: "A lock of independent nodes with one key each: whoever gets most of the keys holds it.",
    },
    Term {
        word: "traitor",
        meaning: "A participant that may say anything to anybody, and something else to everyone; such a failure is called Byzantine.",
    },
    Term {
        word: "usable time",
        meaning: "The part of a run in which there was a leader that enough nodes had answered lately.",
    },
    Term {
        word: "safety",
        meaning: "Something bad never happens; when it is violated there is a first event that did it.",
    },
    Term {
        word: "liveness",
        meaning: "Something good happens in the end; a run that is not over can leave it pending, but never violate it.",
    },
];

/// What the page says of a state. The word of the text, such as `held` of a hazard or `stuck`, is for claims.
pub fn state_said(state: State) -> &'static str {
    match state {
        State::Held => "held",
        State::Violated { .. } => "violated",
        State::Met { .. } => "met",
        State::Pending { .. } | State::Quiet { .. } => "not yet",
        State::Stuck { evidence: Evidence::Quiescent | Evidence::Lasso { .. } | Evidence::GaveUp, .. } => {
            "will never happen"
        }
        // The run only lasted long: an indication, and said as one.
        State::Stuck { evidence: Evidence::Horizon, .. } => "seems never to happen",
        State::Seen { .. } => "seen",
        State::Unseen => "never happened",
        State::NoVerdict(Reason::NothingToJudge) => "nothing to judge",
        State::NoVerdict(Reason::CutShort | Reason::TooMany) => "no verdict",
        State::NoVerdict(Reason::Unfinished) => "not worked out",
    }
}

/// The mark that stands beside a state's word, so that colour is never the only sign.
pub fn state_icon(state: State) -> &'static str {
    match state {
        State::Held | State::Met { .. } | State::Unseen => "✓",
        State::Violated { .. } => "✕",
        State::Seen { .. } => "!",
        State::Pending { .. } | State::Quiet { .. } => "…",
        State::Stuck { .. } => "⊘",
        State::NoVerdict(Reason::Unfinished) => "⋯",
        State::NoVerdict(_) => "–",
    }
}

#[cfg(test)]
mod tests {
    use fencepost_sim::{Duration, EventId, Time};

    use super::*;

    /// What cannot be true of the state is not said of it: a hazard that did not occur was not "held", and what will
    /// never happen is only said where that is proved.
    #[test]
    fn each_state_is_said_as_what_it_is() {
        let (since, event) = (Time::from_millis(5), EventId(1));
        let stuck = |evidence| State::Stuck { evidence, since };
        let said = [
            (State::Held, "✓ held"),
            (State::Violated { at: since, event }, "✕ violated"),
            (State::Met { after: Duration(5), at: since, event }, "✓ met"),
            (State::Pending { age: Duration(5) }, "… not yet"),
            (State::Quiet { since }, "… not yet"),
            (stuck(Evidence::Quiescent), "⊘ will never happen"),
            (stuck(Evidence::Lasso { length: Duration(5) }), "⊘ will never happen"),
            (stuck(Evidence::Horizon), "⊘ seems never to happen"),
            (State::Seen { from: since, until: since }, "! seen"),
            (State::Unseen, "✓ never happened"),
            (State::NoVerdict(Reason::CutShort), "– no verdict"),
            (State::NoVerdict(Reason::TooMany), "– no verdict"),
            (State::NoVerdict(Reason::NothingToJudge), "– nothing to judge"),
            (State::NoVerdict(Reason::Unfinished), "⋯ not worked out"),
        ];
        for (state, words) in said {
            assert_eq!(format!("{} {}", state_icon(state), state_said(state)), words, "{state:?}");
        }
    }
}
