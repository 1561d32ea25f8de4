//! Reads a trace from text, a line for each thing that happens:
//!
//! ```text
//! cast L:lock:10s S:store A:client
//! guard S by L                     # also: guard S by nobody; without such a line every lock guards every store
//! 0ms     A asks L                 # also: L hears A (the oldest there is, or `request 9`), L refuses A, A hears L
//! 50ms    L grants A 33            # also: L repeats A 33 (a reply without a new grant), L extends A 33, L expires A 33
//! 100ms   A holds L 33             # also: A keeps L 33 (an extension), A leaves L 33 over
//! 200ms   A writes S 33 #1         # also with base 0, request 2, dropped, until 20s
//! 250ms   S applies A 33 #1 v1     # also: S rejects A 33 #1 stale, S spurns A 33 #1 stale (taken in before), A copies S
//! 300ms   A releases L 33          # then: L takes A 33, L frees A 33 by A; without a token: A releases L -, L takes A -
//! 400ms   A crashes                # also: A crashes until 5s, A pauses until 5s
//! 5s      A recovers kept          # also: synced, wiped; then: S restores v1 33, S finds A 33 #1 v1 (and applies it only
//!                                  # now), L reopens 35 for A 33
//! 6s      L ticks 500000           # a rate in millionths; also: L jumps -10s
//! end quiescent
//! ```
//!
//! Of the rest of the world: `S acks A #1 v1`, `C pings N1`, `N1 pongs C`, `C forsakes N1` (it has
//! waited for an answer long enough), `C stops`, `A checks L 33`, `L vouches A`, `A acts mail under L 33`,
//! `L revives A 33`, `N2 suspects N1 life 2`, `N2 trusts N1`, `N2 installs 2 N2 N3:2`, `G1 decides attack`.
//! `lasso from 5s turn 2s` says that the run was found to repeat itself. What groups, lock nodes, registers and officers
//! say is in [`super::story_groups`].

use fencepost_properties::Assumptions;
use fencepost_sim::{Duration, End, Fate, FaultId, Lasso, LocalTime, ParticipantId, Rate, Time};
use fencepost_vocabulary::{
    Cast, FencingToken, Membership, Message, Note, ObjectKind, Outside, Refusal, RequestId, RoleKind, Sequence, Trace,
    Version,
};

use super::story_groups::{grouped, object};
use super::story_words::{departure, disk, end_kind, jump, length, member, number, refusal, time};
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
    let mut lasso = None;
    let mut guards: Vec<Vec<&str>> = Vec::new();
    for line in text.lines().map(without_comment).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[0] {
            "cast" => cast = Cast::of(grouped(&words[1..], member)),
            "object" => cast.objects.push(object(&words[1..], &cast)),
            "names" => cast.names.extend(words[1..].iter().map(|name| (*name).to_owned())),
            "guard" => guards.push(words[1..].to_vec()),
            "end" => end = (end_kind(words[1]), words.get(2).map(|word| time(word))),
            "lasso" => lasso = Some(Lasso { from: time(words[2]), length: length(words[4]) }),
            _ => {
                last = time(words[0]);
                Line { cast: &cast, words: &words[1..], text: line, now: last }.lay(&mut trail);
            }
        }
    }
    let ended_at = end.1.unwrap_or(last);
    let trace = trail.finish(end.0, ended_at, end.1.unwrap_or(Time::from_millis(60_000)));
    let cast = guards.into_iter().fold(cast.guarded_throughout(), guarded);
    Story { cast, trace, assumptions: Assumptions { max_delay: Duration::from_millis(50), lasso, search: None } }
}

/// "guard S by L M", "guard S by nobody"
fn guarded(mut cast: Cast, words: Vec<&str>) -> Cast {
    let find = |name: &str| cast.find(name).unwrap_or_else(|| panic!("nobody is called {name:?}"));
    let locks = words[2..].iter().filter(|name| **name != "nobody").map(|name| find(name)).collect();
    let store = find(words[0]);
    cast.guards.insert(store, locks);
    cast
}

/// One line about one participant.
pub(super) struct Line<'a> {
    pub(super) cast: &'a Cast,
    pub(super) words: &'a [&'a str],
    pub(super) text: &'a str,
    pub(super) now: Time,
}

impl Line<'_> {
    fn lay(&self, trail: &mut Trail) {
        let (now, who) = (self.now, self.id(0));
        match self.words[1] {
            "asks" => trail.send(now, who, self.id(2), Message::Acquire { request: self.request() }, self.fate()),
            "hears" => {
                let about = self.after("request").map(|word| RequestId(number(word) as u32));
                let is_it = |message: &Message| match message {
                    Message::Value { request, .. } => about.is_none_or(|about| about == *request),
                    _ => about.is_none(),
                };
                trail.deliver(now, self.id(2), who, is_it);
            }
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
            "writes" => trail.send(now, who, self.id(2), self.numbered(self.write()), self.fate()),
            "copies" => trail.copy(now, who, self.id(2)),
            "applies" => trail.apply(now, who, self.id(2), self.write(), self.version(5).0),
            "finds" => trail.applied(now, who, self.id(2), self.write(), self.version(5).0),
            "spurns" => trail.rejected(now, who, self.id(2), self.write(), refusal(self.words[5])),
            "rejects" => trail.reject(now, who, self.id(2), self.write(), refusal(self.words[5])),
            "releases" => {
                trail.send(now, who, self.id(2), Message::Release { token: self.shown(), request: None }, self.fate())
            }
            "takes" => {
                let token = self.shown();
                trail.deliver(now, self.id(2), who, |message| message.token() == token);
            }
            "acks" => {
                let request = RequestId(self.sequence(3).0);
                let ok = Message::Ok { request, version: self.version(4) };
                trail.send(now, who, self.id(2), ok, self.fate());
            }
            "pings" => trail.send(now, who, self.id(2), Message::Ping { request: self.request() }, self.fate()),
            "pongs" => trail.send(now, who, self.id(2), Message::Pong { request: self.request() }, self.fate()),
            "checks" => {
                let ask = Message::Ask { request: self.request(), token: Some(self.token()) };
                trail.send(now, who, self.id(2), ask, self.fate());
            }
            "vouches" => {
                let standing = Message::Standing { request: self.request(), valid: true };
                trail.send(now, who, self.id(2), standing, self.fate());
            }
            "pauses" => trail.fault(now, who, self.after("until").map(time)),
            "crashes" => trail.crash(now, who, self.after("until").map(time)),
            "recovers" => trail.recover(now, who, disk(self.words[2])),
            "ticks" => trail.set_clock(now, who, Rate(self.number(2) as u32), 0),
            "jumps" => trail.set_clock(now, who, Rate::EXACT, jump(self.words[2])),
            _ if self.is_of_group() => self.lay_of_group(trail),
            _ => trail.note(now, who, self.note()),
        }
    }

    /// What somebody tells the observers.
    pub(super) fn note(&self) -> Note {
        match self.words[1] {
            "restores" => {
                let highest = self.words.get(3).map(|word| FencingToken(number(word)));
                Note::Restored { version: self.version(2), highest }
            }
            "reopens" => {
                let place = self.words.iter().position(|word| *word == "for");
                let holder = place.map(|place| (self.id(place + 1), FencingToken(self.number(place + 2))));
                Note::Reopened { next_token: FencingToken(self.number(2)), holder }
            }
            "forsakes" => Note::Unanswered { of: self.id(2) },
            "stops" => Note::Stopped,
            "acts" => {
                let place = self.words.iter().position(|word| *word == "under");
                let grant = place.map(|place| (self.id(place + 1), FencingToken(self.number(place + 2))));
                Note::Acted { what: Outside::from_word(self.words[2]).expect("an act"), grant }
            }
            "keeps" => {
                let until = Some(LocalTime(self.now.0 + 10_000_000));
                Note::HoldsLonger { lock: self.id(2), token: self.token(), until }
            }
            "decides" => Note::Decided { attack: self.words[2] == "attack" },
            "suspects" => Note::Suspects { of: self.id(2), incarnation: self.life() },
            "trusts" => Note::Trusts { of: self.id(2) },
            "declares" => {
                let view = self.after("view").map_or(2, number) as u32;
                Note::Declared { of: self.id(2), incarnation: self.life(), view }
            }
            "installs" => {
                let members = self.words[3..].iter().map(|word| self.life_of(word)).collect();
                Note::Installed { view: self.number(2) as u32, members: Membership(members) }
            }
            _ => self.note_of_grant(),
        }
    }

    /// What a lock service says of a grant.
    fn note_of_grant(&self) -> Note {
        let (client, token) = (self.id(2), self.token());
        match self.words[1] {
            "extends" => Note::Extended { client, token, lease: self.lease(self.id(0)) },
            "expires" => Note::Expired { client, token },
            "frees" => Note::Released { client, token, by: self.find(self.after("by").expect("by whom")) },
            "ignores" => Note::ReleaseIgnored { by: client, token: Some(token) },
            "revives" => Note::GrantedToDead { client, token },
            other => panic!("unknown verb {other:?} in {:?}", self.text),
        }
    }

    fn life(&self) -> u32 {
        self.after("life").map_or(1, number) as u32
    }

    /// "N1", "N1:2"
    fn life_of(&self, word: &str) -> (ParticipantId, u32) {
        let (name, life) = word.split_once(':').unwrap_or((word, "1"));
        (self.find(name), number(life) as u32)
    }

    pub(super) fn id(&self, place: usize) -> ParticipantId {
        self.find(self.words[place])
    }

    pub(super) fn find(&self, name: &str) -> ParticipantId {
        self.cast.find(name).unwrap_or_else(|| panic!("nobody is called {name:?} in {:?}", self.text))
    }

    pub(super) fn number(&self, place: usize) -> u64 {
        number(self.words[place])
    }

    pub(super) fn token(&self) -> FencingToken {
        FencingToken(self.number(3))
    }

    /// "33"; "-" for no token.
    pub(super) fn shown(&self) -> Option<FencingToken> {
        (self.words[3] != "-").then(|| self.token())
    }

    pub(super) fn request(&self) -> RequestId {
        RequestId(self.after("request").map_or(1, number) as u32)
    }

    /// "33 #1", "33 #1 v2 base 0"; "-" for no token.
    pub(super) fn write(&self) -> WriteSpec {
        let sequence = self.sequence(4);
        WriteSpec { token: self.shown(), sequence, base: self.after("base").map(|word| Version(number(word))) }
    }

    /// A write under the number of its request, where the line says that it is another than that of the write.
    pub(super) fn numbered(&self, write: WriteSpec) -> Message {
        let mut message = write.message();
        if let (Message::Write { request, .. }, Some(_)) = (&mut message, self.after("request")) {
            *request = self.request();
        }
        message
    }

    fn sequence(&self, place: usize) -> Sequence {
        Sequence(number(self.words[place].trim_start_matches('#')) as u32)
    }

    pub(super) fn version(&self, place: usize) -> Version {
        Version(number(self.words[place].trim_start_matches('v')))
    }

    pub(super) fn lease(&self, lock: ParticipantId) -> Option<Duration> {
        match (self.cast.member(lock).map(|member| member.role), self.cast.object(lock).map(|object| object.kind)) {
            (Some(RoleKind::Lock { lease, .. }), _) | (_, Some(ObjectKind::Lock { lease })) => lease,
            _ => None,
        }
    }

    pub(super) fn fate(&self) -> Fate {
        let fault = FaultId(0);
        if self.words.contains(&"dropped") {
            return Fate::Dropped { fault };
        }
        match self.after("until") {
            Some(word) => Fate::Delayed { arrives: time(word), fault },
            None => Fate::OnTime { arrives: self.now + Duration::from_millis(50) },
        }
    }

    pub(super) fn after(&self, word: &str) -> Option<&str> {
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
