//! Reads a trace from text, a line for each thing that happens:
//!
//! ```text
//! cast L:lock:10s S:store A:client
//! 0ms     A asks L                 # also: L hears A, L refuses A, A hears L
//! 50ms    L grants A 33            # also: L repeats A 33 (a reply without a new grant), L extends A 33, L expires A 33
//! 100ms   A holds L 33             # also: A leaves L 33 over
//! 200ms   A writes S 33 #1         # also with base 0, dropped, until 20s
//! 250ms   S applies A 33 #1 v1     # also: S rejects A 33 #1 stale, A copies S
//! 300ms   A releases L 33          # then: L takes A 33, L frees A 33 by A
//! 400ms   A crashes                # also: A pauses until 5s
//! end quiescent
//! ```

use fencepost_properties::Assumptions;
use fencepost_sim::{Duration, End, Fate, FaultId, ParticipantId, Time};
use fencepost_vocabulary::{
    Cast, CheckMode, Clock, Departure, FencingToken, Member, Message, Note, Refusal, RequestId, RoleKind, Sequence,
    Trace, Version,
};

use super::{Trail, WriteSpec};

/// A trace read from text, with its cast.
pub struct Story {
    pub cast: Cast,
    pub trace: Trace,
    pub assumptions: Assumptions,
}

/// Reads a story. It is test data, so a mistake in it panics with the line.
pub fn read(text: &str) -> Story {
    let mut cast = Cast::default();
    let mut trail = Trail::default();
    let mut last = Time::ZERO;
    let mut end = (End::Quiescent, None);
    for line in text.lines().map(without_comment).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[0] {
            "cast" => cast = Cast(words[1..].iter().map(|word| member(word)).collect()),
            "end" => end = (end_kind(words[1]), words.get(2).map(|word| time(word))),
            _ => {
                last = time(words[0]);
                Line { cast: &cast, words: &words[1..], text: line, now: last }.lay(&mut trail);
            }
        }
    }
    let ended_at = end.1.unwrap_or(last);
    let trace = trail.finish(end.0, ended_at, end.1.unwrap_or(Time::from_millis(60_000)));
    Story { cast, trace, assumptions: Assumptions { max_delay: Duration::from_millis(50) } }
}

/// One line about one participant.
struct Line<'a> {
    cast: &'a Cast,
    words: &'a [&'a str],
    text: &'a str,
    now: Time,
}

impl Line<'_> {
    fn lay(&self, trail: &mut Trail) {
        let (now, who) = (self.now, self.id(0));
        match self.words[1] {
            "asks" => trail.send(now, who, self.id(2), Message::Acquire { request: self.request() }, self.fate()),
            "hears" => trail.deliver(now, self.id(2), who, |_| true),
            "refuses" => {
                let refused = Message::Refused { token: None, reason: Refusal::NotMyJob };
                trail.send(now, who, self.id(2), refused, self.fate());
            }
            "grants" => {
                let grant = (self.id(2), self.request().0, self.number(3));
                trail.grant(now, who, grant, self.lease(who), self.fate());
            }
            "repeats" => {
                let (request, token, lease) = (self.request(), self.token(), self.lease(who));
                let granted = Message::Granted { request, token, waited: Duration::ZERO, lease, seal: None };
                trail.send(now, who, self.id(2), granted, self.fate());
            }
            "holds" => trail.hold(now, who, self.id(2), self.number(3)),
            "leaves" => trail.leave(now, who, self.id(2), self.number(3), departure(self.words[4])),
            "writes" => trail.write(now, who, self.id(2), self.write(), self.fate()),
            "copies" => trail.copy(now, who, self.id(2)),
            "applies" => trail.apply(now, who, self.id(2), self.write(), self.version()),
            "rejects" => trail.reject(now, who, self.id(2), self.write(), refusal(self.words[5])),
            "releases" => trail.send(now, who, self.id(2), Message::Release { token: self.token() }, self.fate()),
            "takes" => {
                let token = Some(self.token());
                trail.deliver(now, self.id(2), who, |message| message.token() == token);
            }
            "pauses" => trail.fault(now, who, self.after("until").map(time)),
            "crashes" => trail.fault(now, who, None),
            _ => trail.note(now, who, self.note()),
        }
    }

    /// What a lock service says of a grant.
    fn note(&self) -> Note {
        let (client, token) = (self.id(2), self.token());
        match self.words[1] {
            "extends" => Note::Extended { client, token, lease: self.lease(self.id(0)) },
            "expires" => Note::Expired { client, token },
            "frees" => Note::Released { client, token, by: self.find(self.after("by").expect("by whom")) },
            "ignores" => Note::ReleaseIgnored { by: client, token },
            other => panic!("unknown verb {other:?} in {:?}", self.text),
        }
    }

    fn id(&self, place: usize) -> ParticipantId {
        self.find(self.words[place])
    }

    fn find(&self, name: &str) -> ParticipantId {
        self.cast.find(name).unwrap_or_else(|| panic!("nobody is called {name:?} in {:?}", self.text))
    }

    fn number(&self, place: usize) -> u64 {
        number(self.words[place])
    }

    fn token(&self) -> FencingToken {
        FencingToken(self.number(3))
    }

    fn request(&self) -> RequestId {
        RequestId(self.after("request").map_or(1, number) as u32)
    }

    /// "33 #1", "33 #1 v2 base 0"; "-" for no token.
    fn write(&self) -> WriteSpec {
        let token = (self.words[3] != "-").then(|| self.token());
        let sequence = Sequence(number(self.words[4].trim_start_matches('#')) as u32);
        WriteSpec { token, sequence, base: self.after("base").map(|word| Version(number(word))) }
    }

    fn version(&self) -> u64 {
        number(self.words[5].trim_start_matches('v'))
    }

    fn lease(&self, lock: ParticipantId) -> Option<Duration> {
        match self.cast.member(lock)?.role {
            RoleKind::Lock { lease, .. } => lease,
            _ => None,
        }
    }

    fn fate(&self) -> Fate {
        let fault = FaultId(0);
        if self.words.contains(&"dropped") {
            return Fate::Dropped { fault };
        }
        match self.after("until") {
            Some(word) => Fate::Delayed { arrives: time(word), fault },
            None => Fate::OnTime { arrives: self.now + Duration::from_millis(50) },
        }
    }

    fn after(&self, word: &str) -> Option<&str> {
        let place = self.words.iter().position(|other| *other == word)?;
        self.words.get(place + 1).copied()
    }
}

fn without_comment(line: &str) -> &str {
    match line.find("# ") {
        Some(place) => line[..place].trim(),
        None => line.trim(),
    }
}

/// "L:lock:10s", "L:lock:none", "L:lock:10s:data", "S:store", "A:client"
fn member(word: &str) -> Member {
    let parts: Vec<&str> = word.split(':').collect();
    let role = match parts[1..] {
        ["lock", "none"] => RoleKind::Lock { lease: None, data: None, expiry_clock: Clock::Mono },
        ["lock", lease] => RoleKind::Lock { lease: Some(length(lease)), data: None, expiry_clock: Clock::Mono },
        ["lock", lease, "data"] => {
            RoleKind::Lock { lease: Some(length(lease)), data: Some(CheckMode::SameStore), expiry_clock: Clock::Mono }
        }
        ["store"] => RoleKind::Store { check: CheckMode::None },
        ["client"] => RoleKind::Client,
        _ => panic!("{word:?} is no role"),
    };
    Member { name: parts[0].into(), role }
}

fn end_kind(word: &str) -> End {
    match word {
        "quiescent" => End::Quiescent,
        "horizon" => End::Horizon,
        "limit" => End::Limit,
        _ => panic!("a run does not end by {word:?}"),
    }
}

fn departure(word: &str) -> Departure {
    match word {
        "released" => Departure::Released,
        "lost" => Departure::Lost,
        "fenced" => Departure::Fenced,
        "over" => Departure::Over,
        _ => panic!("a client does not leave by {word:?}"),
    }
}

fn refusal(word: &str) -> Refusal {
    match word {
        "stale" => Refusal::Stale { highest: FencingToken(99) },
        "used" => Refusal::TokenUsed { highest: FencingToken(99) },
        "over" => Refusal::NotHolder,
        _ => panic!("a store does not refuse with {word:?}"),
    }
}

fn time(word: &str) -> Time {
    Time(length(word).0)
}

fn length(word: &str) -> Duration {
    match word.strip_suffix("ms") {
        Some(millis) => Duration::from_millis(number(millis)),
        None => Duration::from_secs(number(word.strip_suffix('s').expect("a time with a unit"))),
    }
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or_else(|_| panic!("{word:?} is no number"))
}
