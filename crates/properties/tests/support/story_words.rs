//! The words of a story that are about nobody in particular: roles, lengths, reasons.

use fencepost_sim::{Disk, Duration, End, Time};
use fencepost_vocabulary::{CheckMode, Clock, Departure, FencingToken, Member, Refusal, RoleKind};

/// How often the members of a story give a sign of life, and how long they may be silent.
const HEARTBEAT: Duration = Duration::from_secs(1);
const SUSPECT_AFTER: Duration = Duration::from_secs(5);

/// "L:lock:10s", "L:lock:none", "L:lock:10s:data", "S:store", "S:store:mac", "A:client", "N1:member", "N2:observer"
pub fn member(word: &str) -> Member {
    let parts: Vec<&str> = word.split(':').collect();
    let role = match parts[1..] {
        ["lock", "none"] => RoleKind::Lock { lease: None, data: None, expiry_clock: Clock::Mono },
        ["lock", lease] => RoleKind::Lock { lease: Some(length(lease)), data: None, expiry_clock: Clock::Mono },
        ["lock", lease, "data"] => {
            RoleKind::Lock { lease: Some(length(lease)), data: Some(CheckMode::SameStore), expiry_clock: Clock::Mono }
        }
        ["store"] => RoleKind::Store { check: CheckMode::None },
        ["store", check] => RoleKind::Store { check: CheckMode::from_word(check).expect("a check") },
        ["client"] => RoleKind::Client,
        ["general"] => RoleKind::General { of: 2 },
        ["member"] => RoleKind::Member { heartbeat: HEARTBEAT, suspect_after: SUSPECT_AFTER, observer: false },
        ["observer"] => RoleKind::Member { heartbeat: HEARTBEAT, suspect_after: SUSPECT_AFTER, observer: true },
        _ => panic!("{word:?} is no role"),
    };
    Member { name: parts[0].into(), role }
}

pub fn end_kind(word: &str) -> End {
    match word {
        "quiescent" => End::Quiescent,
        "horizon" => End::Horizon,
        "limit" => End::Limit,
        "zeno" => End::Zeno,
        _ => panic!("a run does not end by {word:?}"),
    }
}

pub fn departure(word: &str) -> Departure {
    match word {
        "released" => Departure::Released,
        "lost" => Departure::Lost,
        "fenced" => Departure::Fenced,
        "over" => Departure::Over,
        _ => panic!("a client does not leave by {word:?}"),
    }
}

pub fn refusal(word: &str) -> Refusal {
    match word {
        "stale" => Refusal::Stale { highest: FencingToken(99) },
        "used" => Refusal::TokenUsed { highest: FencingToken(99) },
        "over" => Refusal::NotHolder,
        "seal" => Refusal::BadSeal,
        _ => panic!("a store does not refuse with {word:?}"),
    }
}

pub fn time(word: &str) -> Time {
    Time(length(word).0)
}

pub fn length(word: &str) -> Duration {
    match word.strip_suffix("ms") {
        Some(millis) => Duration::from_millis(number(millis)),
        None => Duration::from_secs(number(word.strip_suffix('s').expect("a time with a unit"))),
    }
}

pub fn number(word: &str) -> u64 {
    word.parse().unwrap_or_else(|_| panic!("{word:?} is no number"))
}

pub fn disk(word: &str) -> Disk {
    match word {
        "kept" => Disk::Kept,
        "synced" => Disk::Synced,
        "wiped" => Disk::Wiped,
        _ => panic!("a disk is not {word:?}"),
    }
}

/// "+10s", "-10s", in microseconds.
pub fn jump(word: &str) -> i64 {
    let far = length(word.trim_start_matches(['+', '-'])).0.cast_signed();
    if word.starts_with('-') { -far } else { far }
}
