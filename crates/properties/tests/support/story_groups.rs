//! The words of a story about what several keep together:
//!
//! ```text
//! cast N1:node N2:node N3:node:traitor A:client     # the first node of all, or of `node:first`, names its group
//! object L:lock:10s on N1 N2 N3                     # also X:store, X:register, K:keys:10s:2 (a quorum of 2), P/Q:pair
//! names alice
//! 0ms     N1 leads 1                                # also: N1 enters 2, N1 abdicates 1, N1 backed 1
//! 10ms    N1 logs 1 nothing@1                       # also: A:acquire@1, A:write@1, 33:expire@1; then N1 truncates 1, N1 commits 1
//! 20ms    N1 for L 1 grants A 33                    # what N1 says of L at place 1: all that a lock or a store says
//! 30ms    A reads S                                 # then: S tells A 5, S declines A, N2 redirects A (each with request 2)
//! 30ms    A announces S 33                          # then: S heeds A 33; of a release: L settles A 33
//! 40ms    A begins X r1 write 1                     # also: A begins X r1 read; then A ends X r1, A ends X r1 1
//! 50ms    N1 lends A r1 10s                         # also: N1 regains A r1, N1 regains A r1 expired, N1 remembers A r1,
//!                                                   # N1 remembers nobody; A wants N1 request 1; A gets K r1 700 (its token)
//! 60ms    U1 claims alice of R1                     # then: R1 confirms alice to U1, U1 owns alice of R1
//! 70ms    G1 proposes attack                        # also: G3 lies G1 retreat
//! 80ms    P powers off
//! ```

use fencepost_sim::{Duration, LocalTime, ParticipantId};
use fencepost_vocabulary::{
    Cast, CheckMode, Command, Entry, FencingToken, Member, Message, NameId, Note, Object, ObjectKind, Operation,
    Refusal, RequestId, RoleKind, Sequence, Term, Value, Version,
};

use super::story::Line;
use super::story_words::{length, number};
use super::{Trail, WriteSpec};

const WORDS: [&str; 28] = [
    "leads",
    "enters",
    "abdicates",
    "backed",
    "logs",
    "truncates",
    "commits",
    "for",
    "reads",
    "tells",
    "declines",
    "redirects",
    "begins",
    "ends",
    "lends",
    "regains",
    "remembers",
    "wants",
    "gets",
    "owns",
    "proposes",
    "lies",
    "powers",
    "claims",
    "confirms",
    "announces",
    "heeds",
    "settles",
];

/// All members of a cast; `alone` reads those that belong to no group.
pub fn grouped(words: &[&str], alone: impl Fn(&str) -> Member) -> Vec<Member> {
    let mut group = ParticipantId(0);
    let mut members: Vec<Member> = Vec::new();
    for word in words {
        let parts: Vec<&str> = word.split(':').collect();
        let is_node = |member: &Member| matches!(member.role, RoleKind::Node { .. });
        if parts.get(1) == Some(&"node") && (parts.contains(&"first") || !members.iter().any(is_node)) {
            group = ParticipantId(members.len() as u16);
        }
        let role = role(&parts[1..], group);
        members.push(role.map_or_else(|| alone(word), |role| Member { name: parts[0].into(), role }));
    }
    members
}

fn role(words: &[&str], group: ParticipantId) -> Option<RoleKind> {
    let traitor = words.contains(&"traitor");
    match *words.first()? {
        "node" => {
            let (heartbeat, timeout) = (Duration::from_millis(100), Duration::from_secs(2));
            Some(RoleKind::Node { group, heartbeat, timeout, quorum: 2, traitor })
        }
        "commander" => Some(RoleKind::Officer { commander: true, traitor, rounds: 1 }),
        "lieutenant" => Some(RoleKind::Officer { commander: false, traitor, rounds: 1 }),
        "keynode" => Some(RoleKind::KeyNode),
        "replica" => Some(RoleKind::Replica),
        "registry" => Some(RoleKind::Registry),
        "twin" => Some(RoleKind::Twin { timeout: Duration::from_secs(5) }),
        _ => None,
    }
}

/// "L:lock:10s on N1 N2 N3"
pub fn object(words: &[&str], cast: &Cast) -> Object {
    let parts: Vec<&str> = words[0].split(':').collect();
    let kind = match parts[1..] {
        ["lock", "none"] => ObjectKind::Lock { lease: None },
        ["lock", lease] => ObjectKind::Lock { lease: Some(length(lease)) },
        ["store"] => ObjectKind::Store { check: CheckMode::None },
        ["register"] => ObjectKind::Register,
        ["keys", lease, quorum] => ObjectKind::Keys { lease: length(lease), quorum: number(quorum) as u32 },
        ["pair"] => ObjectKind::Pair,
        _ => panic!("{:?} is no object", words[0]),
    };
    let nodes = words[2..].iter().map(|name| cast.find(name).expect("a node of the cast")).collect();
    Object { name: parts[0].into(), kind, nodes }
}

impl Line<'_> {
    pub(super) fn is_of_group(&self) -> bool {
        WORDS.contains(&self.words[1])
    }

    pub(super) fn lay_of_group(&self, trail: &mut Trail) {
        let (now, who) = (self.now, self.id(0));
        let message = match self.words[1] {
            "reads" => Message::Read { request: self.request(), token: None },
            "tells" => {
                let version = Version(self.after("version").map_or(1, number));
                Message::Value { request: self.request(), value: value(self.words[3]), version }
            }
            "declines" => Message::Rejected { request: self.request(), reason: Refusal::NoToken },
            "announces" => Message::Announce { request: self.request(), token: self.shown() },
            "heeds" => Message::Announced { request: self.request(), token: self.token() },
            "settles" => Message::Released { token: self.shown(), request: None },
            "claims" => Message::Claim { request: self.request(), name: self.name() },
            "confirms" => Message::Claimed { request: self.request(), name: self.name() },
            "redirects" => Message::Redirected { request: Some(self.request()), leader: None },
            "wants" => Message::Take { request: self.request(), lease: Duration::from_secs(10) },
            _ => return trail.note(now, who, self.note_of_group()),
        };
        let to = match message {
            Message::Claim { .. } | Message::Claimed { .. } => self.id(4),
            _ => self.id(2),
        };
        trail.send(now, who, to, message, self.fate());
    }

    /// One of the names that are given out.
    fn name(&self) -> NameId {
        let name = self.cast.names.iter().position(|name| name == self.words[2]).expect("a name");
        NameId(name as u16)
    }

    fn note_of_group(&self) -> Note {
        let term = || Term(self.number(2) as u32);
        match self.words[1] {
            "leads" => Note::Leads { term: term() },
            "enters" => Note::Enters { term: term() },
            "abdicates" => Note::StepsDown { term: term() },
            "backed" => Note::Backed { term: term(), sent: LocalTime(self.now.0) },
            "logs" => Note::Logged { index: self.number(2) as u32, entry: self.entry(self.words[3]) },
            "truncates" => Note::Truncated { from: self.number(2) as u32 },
            "commits" => Note::Committed { upto: self.number(2) as u32 },
            "for" => self.note_for(),
            "proposes" => Note::Proposed { attack: self.words[2] == "attack" },
            "lies" => {
                let said = self.words[3] == "attack";
                Note::Lied { to: self.id(2), said, truth: !said }
            }
            "powers" => Note::PoweredOff,
            "owns" => Note::Owns { name: self.name(), registry: self.id(4) },
            _ => self.note_of_one(),
        }
    }

    /// What a lock node or a client says under a request: "r1".
    fn note_of_one(&self) -> Note {
        let request = |place: usize| RequestId(number(self.words[place].trim_start_matches('r')) as u32);
        match self.words[1] {
            "lends" => Note::Keyed { client: self.id(2), request: request(3), lease: length(self.words[4]) },
            "regains" => {
                let expired = self.words.contains(&"expired");
                Note::Unkeyed { client: self.id(2), request: request(3), expired }
            }
            "remembers" if self.words[2] == "nobody" => Note::FoundKey { holder: None },
            "remembers" => Note::FoundKey { holder: Some((self.id(2), request(3))) },
            "gets" => {
                let token = FencingToken(self.number(4));
                let until = Some(LocalTime(self.now.0 + 10_000_000));
                Note::Holds { lock: self.id(2), request: request(3), token, until }
            }
            "begins" => {
                let operation = match self.words[4] {
                    "read" => Operation::Read,
                    _ => Operation::Write(value(self.words[5])),
                };
                Note::Began { object: self.id(2), request: request(3), operation }
            }
            "ends" => {
                let value = self.words.get(4).map(|word| value(word));
                Note::Ended { object: self.id(2), request: request(3), value }
            }
            other => panic!("unknown verb {other:?} in {:?}", self.text),
        }
    }

    /// "for L 5 grants A 33": as if L itself had said it.
    fn note_for(&self) -> Note {
        let object = self.id(2);
        let mut words = vec![self.words[2]];
        words.extend(&self.words[4..]);
        let inner = Line { cast: self.cast, words: &words, text: self.text, now: self.now };
        let note = match words[1] {
            "grants" => {
                let (client, request, token) = (inner.id(2), inner.request(), inner.token());
                Note::Granted { client, request, token, lease: inner.lease(object) }
            }
            "applies" => {
                let WriteSpec { token, sequence, base } = inner.write();
                let (client, version) = (inner.id(2), inner.version(5));
                Note::Applied { client, token, sequence, value: Value::Number(1), version, base }
            }
            _ => inner.note(),
        };
        Note::For { object, index: self.number(3) as u32, note: Box::new(note) }
    }

    /// "nothing@1", "A:acquire@1", "A:write@1" (its first), "A:write#2@1", "33:expire@1"
    fn entry(&self, word: &str) -> Entry {
        let (what, term) = word.split_once('@').expect("an entry and its term");
        let serve = |from: &str, message: Message| Command::Serve { from: self.find(from), message: message.into() };
        let command = match what.split_once(':') {
            None => Command::Nothing,
            Some((token, "expire")) => Command::Expire { token: FencingToken(number(token)) },
            Some((from, "acquire")) => serve(from, Message::Acquire { request: self.request() }),
            Some((from, write)) => {
                let which = write.strip_prefix("write").unwrap_or_else(|| panic!("nobody asks for {write:?}"));
                let sequence = Sequence(which.strip_prefix('#').map_or(1, number) as u32);
                serve(from, self.numbered(WriteSpec { token: None, sequence, base: None }))
            }
        };
        Entry { term: Term(number(term) as u32), command }
    }
}

/// "nothing" or a number.
fn value(word: &str) -> Value {
    if word == "nothing" { Value::Empty } else { Value::Number(number(word)) }
}
