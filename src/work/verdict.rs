//! A verdict as a line of an answer.

use fencepost_properties::{Evidence, Reason, State, Verdict};
use fencepost_sim::{Duration, EventId, ParticipantId, Time};
use fencepost_vocabulary::PropertyKind;

use super::fields::{escaped, numbers, read_numbers, unescaped};

/// Its fields, behind the word `verdict`.
pub(super) fn print(verdict: &Verdict) -> String {
    let subject = verdict.subject.map_or_else(|| "-".into(), |subject| subject.0.to_string());
    let events = numbers(verdict.events.iter().map(|event| u64::from(event.0)));
    let (property, state) = (verdict.property.word(), state(verdict.state));
    format!("{property}\t{subject}\t{state}\t{events}\t{}", escaped(&verdict.sentence))
}

/// And back.
pub(super) fn parse(fields: &[&str]) -> Option<Verdict> {
    let [property, subject, state, events, sentence] = fields else { return None };
    let subject = match *subject {
        "-" => None,
        number => Some(ParticipantId(number.parse().ok()?)),
    };
    Some(Verdict {
        property: PropertyKind::from_word(property)?,
        subject,
        state: read_state(state)?,
        events: read_numbers(events)?.into_iter().map(EventId).collect(),
        sentence: unescaped(sentence)?,
    })
}

fn state(state: State) -> String {
    match state {
        State::Held => "held".into(),
        State::Violated { at, event } => format!("violated {} {}", at.0, event.0),
        State::Pending { age } => format!("pending {}", age.0),
        State::Quiet { since } => format!("quiet {}", since.0),
        State::Stuck { evidence, since } => match evidence {
            Evidence::Quiescent => format!("quiescent {}", since.0),
            Evidence::Lasso { length } => format!("lasso {} {}", since.0, length.0),
            Evidence::Horizon => format!("horizon {}", since.0),
            Evidence::GaveUp => format!("gave-up {}", since.0),
        },
        State::Met { after, at, event } => format!("met {} {} {}", after.0, at.0, event.0),
        State::NoVerdict(Reason::CutShort) => "cut-short".into(),
        State::NoVerdict(Reason::TooMany) => "too-many".into(),
        State::NoVerdict(Reason::NothingToJudge) => "nothing-to-judge".into(),
        State::NoVerdict(Reason::Unfinished) => "unfinished".into(),
        State::Seen { from, until } => format!("seen {} {}", from.0, until.0),
        State::Unseen => "unseen".into(),
    }
}

fn read_state(said: &str) -> Option<State> {
    let (word, measures) = said.split_once(' ').unwrap_or((said, ""));
    let measures: Vec<u64> = match measures {
        "" => Vec::new(),
        some => some.split(' ').map(|number| number.parse().ok()).collect::<Option<_>>()?,
    };
    let event = |number: u64| u32::try_from(number).ok().map(EventId);
    let stuck = |evidence, since| State::Stuck { evidence, since: Time(since) };
    Some(match (word, &measures[..]) {
        ("held", []) => State::Held,
        ("violated", [at, number]) => State::Violated { at: Time(*at), event: event(*number)? },
        ("pending", [age]) => State::Pending { age: Duration(*age) },
        ("quiet", [since]) => State::Quiet { since: Time(*since) },
        ("quiescent", [since]) => stuck(Evidence::Quiescent, *since),
        ("lasso", [since, length]) => stuck(Evidence::Lasso { length: Duration(*length) }, *since),
        ("horizon", [since]) => stuck(Evidence::Horizon, *since),
        ("gave-up", [since]) => stuck(Evidence::GaveUp, *since),
        ("met", [after, at, number]) => State::Met { after: Duration(*after), at: Time(*at), event: event(*number)? },
        ("cut-short", []) => State::NoVerdict(Reason::CutShort),
        ("too-many", []) => State::NoVerdict(Reason::TooMany),
        ("nothing-to-judge", []) => State::NoVerdict(Reason::NothingToJudge),
        ("unfinished", []) => State::NoVerdict(Reason::Unfinished),
        ("seen", [from, until]) => State::Seen { from: Time(*from), until: Time(*until) },
        ("unseen", []) => State::Unseen,
        _ => return None,
    })
}
