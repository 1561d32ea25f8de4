//! What clients did with one register, store or lock, as a history that [`crate::linear`] can search, and what is to be
//! said of it. For a lock, a holder's release and the end of its lease free it; so an acquire that comes back while the
//! one before has done neither fits nowhere.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{Cast, ObjectKind, Operation, PropertyKind, Value};

use crate::case::{Case, Finding};
use crate::causes::led_to_at_once;
use crate::linear::{Act, Allowance, Answer, Keeping, MOST, Op, Order, Place, TooLong, examine_with};
use crate::{Acquire, Call, Grant, Moment, Reason, State, Verdict};

/// What stands behind an operation of a history.
#[derive(Clone, Copy)]
enum Source<'a> {
    Call(&'a Call),
    Acquire(&'a Acquire, Moment),
    /// The lock became free.
    Free,
}

/// Judges what this property speaks of, each alone. A history that is too long to be searched has no verdict.
pub(super) fn judge(case: &Case<'_>, property: PropertyKind, keeping: Keeping) -> Vec<Verdict> {
    let subjects = case.cast.ids().filter(|id| is_judged(case, property, *id));
    let allowance = case.assumptions.search.map_or_else(Allowance::default, Allowance::of);
    let finding = |id| Some(find(case, id, keeping, &allowance)?.about(property, Some(id)));
    subjects.filter_map(finding).collect()
}

/// Whether such a property can be claimed of this one.
pub(crate) fn is_subject(subject: ParticipantId, cast: &Cast) -> bool {
    let is_pair = cast.object(subject).is_some_and(|object| object.kind == ObjectKind::Pair);
    let is_register = cast.object(subject).is_some_and(|object| object.kind == ObjectKind::Register);
    is_register || cast.is_store(subject) || (cast.is_lock(subject) && !is_pair)
}

/// Registers and stores that several keep have a row of their own; a lock, and what one keeps alone, only if somebody
/// claims something and there is nothing that several keep.
fn is_judged(case: &Case<'_>, property: PropertyKind, id: ParticipantId) -> bool {
    let (cast, is_claimed) = (case.cast, case.claimed.contains(&property));
    match cast.object(id).map(|object| object.kind) {
        Some(ObjectKind::Register | ObjectKind::Store { .. }) => {
            is_claimed || case.ledger.calls.iter().any(|call| call.object == id)
        }
        Some(ObjectKind::Lock { .. } | ObjectKind::Keys { .. }) => is_claimed,
        Some(ObjectKind::Pair) => false,
        None => is_claimed && cast.objects.is_empty() && is_subject(id, cast),
    }
}

fn find(case: &Case<'_>, subject: ParticipantId, keeping: Keeping, allowance: &Allowance) -> Option<Finding> {
    let history = match case.cast.is_lock(subject) && !case.cast.is_store(subject) {
        true => of_lock(case, subject),
        false => of_calls(case, subject),
    };
    let ops: Vec<Op> = history.iter().map(|(op, _)| *op).collect();
    let leads = leads(case);
    match examine_with(&ops, keeping, &leads, allowance) {
        Answer::Fits => Some(held(case, subject, &history, keeping)),
        Answer::Breaks(place) => broken(case, subject, &history, place, Order { keeping, leads: &leads, allowance }),
        Answer::TooLong(TooLong::Orders(_)) if case.assumptions.search.is_some() && allowance.is_spent() => {
            Some(unfinished(case, subject))
        }
        Answer::TooLong(why) => Some(too_long(why, keeping)),
    }
}

type History<'a> = Vec<(Op, Source<'a>)>;

/// No verdict yet: the search is to be made once there is time for it.
fn unfinished(case: &Case<'_>, subject: ParticipantId) -> Finding {
    let sentence = format!("The orders of the operations on {} have not been looked through yet.", case.name(subject));
    Finding { state: State::NoVerdict(Reason::Unfinished), events: Vec::new(), sentence }
}

/// No verdict, and how much more than the judge can look through there is.
fn too_long(why: TooLong, keeping: Keeping) -> Finding {
    let sentence = match (why, keeping) {
        (TooLong::Operations(number), Keeping::RealTime) => {
            format!("No verdict: {number} operations overlap; this judge handles {MOST}.")
        }
        (TooLong::Operations(number), Keeping::Program) => {
            format!("No verdict: {number} operations, each of which can explain any other; this judge handles {MOST}.")
        }
        (TooLong::Orders(number), _) => {
            format!("No verdict: {number} operations can stand in more orders than this judge looks through.")
        }
    };
    Finding { state: State::NoVerdict(Reason::TooMany), events: Vec::new(), sentence }
}

fn place(moment: Moment) -> Place {
    (moment.time.0, u64::from(moment.event.0) + 1)
}

/// Whether the event of one place led to that of another in the same moment.
fn leads<'a>(case: &Case<'a>) -> impl Fn(Place, Place) -> bool + use<'a> {
    let trace = case.trace;
    let event = |(_, number): Place| number.checked_sub(1).map(|number| EventId(number as u32));
    move |end, begin| match (event(end), event(begin)) {
        (Some(end), Some(begin)) => led_to_at_once(trace, end, begin),
        // A lease that runs out leads to nothing by itself.
        (None, _) | (_, None) => false,
    }
}

fn of_calls<'a>(case: &Case<'a>, subject: ParticipantId) -> History<'a> {
    let mut numbers: BTreeMap<Value, u32> = BTreeMap::new();
    // What was never written reads as the number 0.
    numbers.extend([(Value::Empty, 0), (Value::Number(0), 0)]);
    let mut number = |value: Value| {
        let next = numbers.len() as u32;
        *numbers.entry(value).or_insert(next)
    };
    let calls = case.ledger.calls.iter().filter(|call| call.object == subject && !call.refused);
    let ops = calls.map(|call| {
        let act = match call.what {
            Operation::Write(value) => Act::Write(number(value)),
            Operation::Read => Act::Read(number(call.read.unwrap_or_default())),
        };
        let (begins, ends) = (place(call.began), call.ended.map(place));
        (Op { process: u32::from(call.client.0), act, begins, ends }, Source::Call(call))
    });
    ops.collect()
}

fn of_lock<'a>(case: &Case<'a>, lock: ParticipantId) -> History<'a> {
    let mut history: History<'a> = Vec::new();
    for acquire in case.ledger.acquires.iter().filter(|acquire| acquire.lock == lock) {
        let Some((answer, token)) = acquire.answer.and_then(|answer| Some((answer, answer.token?))) else { continue };
        let is_it =
            |grant: &&Grant| (grant.client, grant.token) == (acquire.client, token) && grant.granted <= answer.arrived;
        let Some(grant) = case.ledger.grants(lock).iter().rfind(is_it) else { continue };
        let (process, holder) = (u32::from(acquire.client.0), grant.name.number);
        let (begins, ends) = (place(acquire.asked), Some(place(answer.arrived)));
        let taken = Op { process, act: Act::Take(holder), begins, ends };
        history.push((taken, Source::Acquire(acquire, answer.arrived)));
        if let Some((process, at)) = freed(case, grant) {
            let free = Op { process, act: Act::Clear(holder), begins: at, ends: Some(at) };
            history.push((free, Source::Free));
        }
    }
    history
}

/// Who ended a grant rightfully, its holder or the clock, and when.
fn freed(case: &Case<'_>, grant: &Grant) -> Option<(u32, Place)> {
    let is_it = |one: &&crate::Giveback| {
        (one.client, one.lock, one.token) == (grant.client, grant.name.lock, grant.token) && one.at > grant.granted
    };
    let given_back = case.ledger.givebacks.iter().find(is_it).map(|one| (u32::from(grant.client.0), place(one.at)));
    let expired = grant.ended.filter(|end| end.why == crate::EndReason::Expired).map(|end| place(end.at));
    let lease_over = grant.lease_ends.filter(|end| *end <= case.trace.ended_at).map(|end| (end.0, 0));
    let service = u32::from(grant.name.lock.0);
    let by_clock = expired.into_iter().chain(lease_over).min().map(|at| (service, at));
    given_back.into_iter().chain(by_clock).min_by_key(|(_, at)| *at)
}

fn held(case: &Case<'_>, subject: ParticipantId, history: &History<'_>, keeping: Keeping) -> Finding {
    let name = case.name(subject);
    let asked = history.iter().filter(|(_, source)| !matches!(source, Source::Free));
    let open = asked.clone().filter(|(op, _)| op.ends.is_none()).count();
    let order = match keeping {
        Keeping::RealTime => "an order in which each happens between its beginning and its end",
        Keeping::Program => "an order in which those of each client keep theirs",
    };
    let open = match open {
        0 => String::new(),
        1 => " The one that had no answer may have happened or not.".into(),
        number => format!(" Each of the {number} that had no answer may have happened or not."),
    };
    match asked.count() {
        0 => Finding::nothing(format!("Nobody did anything with {name}.")),
        1 => Finding::held(format!("One operation on {name} is always in order.")),
        number => Finding::held(format!("The {number} operations on {name} have {order}.{open}")),
    }
}

fn broken(
    case: &Case<'_>,
    subject: ParticipantId,
    history: &History<'_>,
    place: usize,
    order: Order<'_>,
) -> Option<Finding> {
    let (op, source) = history.get(place)?;
    let at = match source {
        Source::Call(call) => call.ended?,
        Source::Acquire(_, arrived) => *arrived,
        Source::Free => return None,
    };
    let before = last_before(history, op, order);
    let name = case.name(subject);
    let fits = match order.keeping {
        Keeping::RealTime => "No order of the operations on {} fits, each between its beginning and its end",
        Keeping::Program => "No order of the operations on {} fits that keeps each client's own",
    };
    let (earlier, moment) = match before {
        Some((moment, source)) => (format!(", although {}", told(case, source)), Some(moment)),
        None => (String::new(), None),
    };
    let sentence = format!("{}: {}{earlier}.", fits.replace("{}", name), told(case, *source));
    let moment = moment.filter(|moment| *moment < at);
    Some(Finding::violated(at, moment, sentence))
}

/// The operation that ended last before this one began and stands against it: it found, wrote or took something else.
fn last_before<'a>(history: &History<'a>, op: &Op, order: Order<'_>) -> Option<(Moment, Source<'a>)> {
    let against = history.iter().filter(|(other, _)| other.act_of() != op.act_of());
    let ended = against.filter_map(|(other, source)| {
        let ends = other.ends.filter(|_| order.precedes(other, op))?;
        match source {
            Source::Free => None,
            Source::Call(_) | Source::Acquire(..) => Some((ends, *source)),
        }
    });
    let (ends, source) = ended.max_by_key(|(ends, _)| *ends)?;
    Some((Moment { time: Time(ends.0), event: EventId((ends.1 - 1) as u32) }, source))
}

impl Op {
    /// The value or the holder it is about.
    fn act_of(&self) -> u32 {
        match self.act {
            Act::Read(value) | Act::Write(value) => value,
            Act::Take(holder) | Act::Clear(holder) => holder,
        }
    }
}

/// "B's read from 400 ms to 500 ms found nothing"
fn told(case: &Case<'_>, source: Source<'_>) -> String {
    match source {
        Source::Free => String::new(),
        Source::Acquire(acquire, arrived) => {
            format!("{}, who asked at {}, had it at {}", case.name(acquire.client), acquire.asked.time, arrived.time)
        }
        Source::Call(call) => {
            let who = case.name(call.client);
            let (from, to) = (call.began.time, call.ended.map_or(call.began, |ended| ended).time);
            match call.what {
                Operation::Write(value) => format!("{who} wrote {} from {from} to {to}", value_named(case, value)),
                Operation::Read => {
                    let found = value_named(case, call.read.unwrap_or_default());
                    format!("{who}'s read from {from} to {to} found {found}")
                }
            }
        }
    }
}

fn value_named(case: &Case<'_>, value: Value) -> String {
    match value {
        Value::Empty => "nothing".into(),
        Value::Number(number) => number.to_string(),
        Value::By { writer, ordinal } => format!("{}'s value {ordinal}", case.name(writer)),
    }
}
