//! The few words that labels are made of, each from the longest to the shortest form, so that a narrow picture can say
//! less and still be right.

use std::fmt::Write as _;
use std::rc::Rc;

use fencepost_sim::{Clock, Disk, Duration, ParticipantId, Rate, Time};
use fencepost_vocabulary::{Cast, CheckMode, Membership, ObjectKind, RoleKind, Value};

/// A label's words and the token it ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What would have been true, struck through, and before the words.
    pub struck: Option<Rc<str>>,
    /// The words.
    pub text: Rc<str>,
    /// The token after them.
    pub token: Option<Rc<str>>,
}

impl Wording {
    /// Words alone.
    pub fn plain(text: impl Into<Rc<str>>) -> Self {
        Self { struck: None, text: text.into(), token: None }
    }

    /// Words that end with a token.
    pub fn with(text: &str, token: &str) -> Self {
        Self { struck: None, text: text.into(), token: Some(token.into()) }
    }

    /// Words that are not true, behind what is.
    pub fn lie(truth: &str, said: &str) -> Self {
        Self { struck: Some(format!("{truth} ").into()), text: said.into(), token: None }
    }

    /// The same, said so many times at once.
    pub fn times(&self, count: usize) -> Self {
        let text = if self.struck.is_some() {
            format!("{}, {count}×", self.text)
        } else {
            format!("{count}× {}", self.text)
        };
        Self { text: text.into(), ..self.clone() }
    }

    /// Words and token as one text.
    pub fn in_full(&self) -> String {
        let words = format!("{}{}", self.text, self.token.as_deref().unwrap_or_default());
        self.struck.as_deref().map_or(words.clone(), |truth| format!("{words} (in truth: {})", truth.trim_end()))
    }
}

/// What a participant is, under its name.
pub fn role(role: &RoleKind) -> Vec<String> {
    match role {
        RoleKind::Lock { lease, data, expiry_clock } => {
            let mut forms = lock(*lease, *data);
            if (*expiry_clock, data, lease.is_some()) == (Clock::Wall, &None, true) {
                forms.insert(0, format!("{} · wall clock", forms[0]));
            }
            forms
        }
        RoleKind::Store { check } => {
            let word = check.word();
            vec![format!("store · check {word}"), format!("check {word}"), word.to_owned(), "store".to_owned()]
        }
        RoleKind::Client => vec!["client".to_owned()],
        RoleKind::Member { .. } => vec!["member".to_owned()],
        RoleKind::General { .. } => vec!["general".to_owned()],
        RoleKind::Officer { commander, traitor, .. } => officer(*commander, *traitor),
        RoleKind::Node { traitor: true, .. } => vec!["node · traitor".to_owned(), "traitor".to_owned()],
        RoleKind::Node { .. } | RoleKind::Twin { .. } => vec!["node".to_owned()],
        RoleKind::KeyNode => vec!["lock node".to_owned(), "node".to_owned()],
        RoleKind::Replica => vec!["replica".to_owned()],
        RoleKind::Registry => vec!["registry".to_owned()],
    }
}

fn officer(commander: bool, traitor: bool) -> Vec<String> {
    let rank = if commander { "commander" } else { "general" };
    match traitor {
        true => vec![format!("{rank} · traitor"), "traitor".to_owned()],
        false => vec![rank.to_owned()],
    }
}

fn lock(lease: Option<Duration>, data: Option<CheckMode>) -> Vec<String> {
    let (lease, length) = match lease {
        Some(lease) => (format!("lease {lease}"), lease.to_string()),
        None => ("no lease".to_owned(), "no lease".to_owned()),
    };
    let Some(check) = data.map(CheckMode::word) else {
        return vec![format!("lock · {lease}"), format!("lock {length}"), "lock".to_owned()];
    };
    let both = format!("lock and store · {lease}");
    vec![
        format!("{both} · check {check}"),
        both,
        format!("lock + store {length}"),
        "lock + store".to_owned(),
        "lock".to_owned(),
    ]
}

/// What a disk had kept.
pub fn disk(disk: Disk) -> &'static str {
    match disk {
        Disk::Kept => "its disk kept everything",
        Disk::Synced => "its disk kept what was synced",
        Disk::Wiped => "its disk is wiped",
    }
}

/// The same for a label.
pub fn disk_in_short(disk: Disk) -> &'static str {
    match disk {
        Disk::Kept => "disk kept",
        Disk::Synced => "disk as synced",
        Disk::Wiped => "disk wiped",
    }
}

/// A pace in true time: `0.5×`, `1.0002×`.
pub fn pace(rate: Rate) -> String {
    let (whole, part) = (rate.0 / 1_000_000, rate.0 % 1_000_000);
    match part {
        0 => format!("{whole}×"),
        _ => format!("{whole}.{}×", format!("{part:06}").trim_end_matches('0')),
    }
}

/// How far a clock was set: `+10 s`, `−500 ms`.
pub fn jump(by: i64) -> String {
    let sign = if by < 0 { '−' } else { '+' };
    format!("{sign}{}", Duration(by.unsigned_abs()))
}

/// What a wall clock shows; it may be before the beginning.
pub fn reading(wall: i64) -> String {
    if wall < 0 { jump(wall) } else { Time(wall.unsigned_abs()).to_string() }
}

/// Whether what could be held is to be the active one of a pair, and no lock.
pub fn is_pair(object: ParticipantId, cast: &Cast) -> bool {
    cast.object(object).is_some_and(|object| object.kind == ObjectKind::Pair)
}

/// The names of the members of a group.
pub fn members<'c>(members: &Membership, cast: &'c Cast) -> Vec<&'c str> {
    members.0.iter().map(|(id, _)| cast.name(*id)).collect()
}

/// What a store holds.
pub fn value(value: Value, cast: &Cast) -> String {
    match value {
        Value::Empty => "–".to_owned(),
        Value::By { writer, ordinal: 1 } => cast.name(writer).to_owned(),
        Value::By { writer, ordinal } => format!("{} #{ordinal}", cast.name(writer)),
        Value::Number(number) => number.to_string(),
    }
}

/// An order.
pub fn order(attack: bool) -> &'static str {
    if attack { "attack" } else { "retreat" }
}

/// What somebody read from what several keep.
pub fn read(object: ParticipantId, value: Value, cast: &Cast) -> String {
    let is_register = cast.object(object).is_some_and(|object| object.kind == ObjectKind::Register);
    if is_register { kept(value, cast) } else { self::value(value, cast) }
}

/// What a register holds; one that was never written holds 0.
pub fn kept(value: Value, cast: &Cast) -> String {
    if value == Value::Empty { "0".to_owned() } else { self::value(value, cast) }
}

/// A moment for the ruler, to the millisecond unless it is early and odd: `100 ms`, `10.05 s`; narrow `100ms`, `10.05s`.
pub fn write_moment(time: Time, narrow: bool, text: &mut String) {
    let rounded = if time.0 >= 1_000_000 { Time((time.0 + 500) / 1_000 * 1_000) } else { time };
    let _ = write!(text, "{rounded}");
    if narrow {
        text.retain(|letter| letter != ' ');
    }
}

/// A length for the ruler, rounded: `⋮ 9 s`, `⋮ 4.85 s`, `⋮ 850 ms`; narrow `⋮ 4.9s`, `⋮ 850ms`.
pub fn quiet(length: Duration, narrow: bool) -> String {
    let step = if narrow || length.0 >= 10_000_000 { 100_000 } else { 10_000 };
    let step = if length.0 >= 1_000_000 { step } else { 1_000 };
    let rounded = Duration((length.0 + step / 2) / step * step);
    format!("⋮ {}", tighten(rounded.to_string(), narrow))
}

fn tighten(text: String, narrow: bool) -> String {
    if narrow { text.replace(' ', "") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ruler_rounds_what_nobody_reads() {
        let moment = |time, narrow| {
            let mut text = String::new();
            write_moment(time, narrow, &mut text);
            text
        };
        let said = [0, 100_000, 1_500, 10_050_000, 15_250_001].map(|micros| moment(Time(micros), false));
        assert_eq!(said, ["0 ms", "100 ms", "1.5 ms", "10.05 s", "15.25 s"]);
        let narrow = [0, 100_000, 10_050_000].map(|micros| moment(Time(micros), true));
        assert_eq!(narrow, ["0ms", "100ms", "10.05s"]);
        assert_eq!(quiet(Duration(9_000_000), false), "⋮ 9 s");
        assert_eq!(quiet(Duration(850_000), true), "⋮ 850ms");
    }

    #[test]
    fn a_role_can_always_be_said_shorter() {
        let lock =
            role(&RoleKind::Lock { lease: Some(Duration::from_secs(10)), data: None, expiry_clock: Clock::Mono });
        assert_eq!(lock, ["lock · lease 10 s", "lock 10 s", "lock"]);
        let wall =
            role(&RoleKind::Lock { lease: Some(Duration::from_secs(10)), data: None, expiry_clock: Clock::Wall });
        assert_eq!(wall[0], "lock · lease 10 s · wall clock");
    }
}
