//! ELECT: in the end there is a leader that enough nodes acknowledge. Whenever there is none, one is owed. A leader that is
//! deaf or mute, whom nobody acknowledges, pays nothing. Of a pair, the active one is its leader.

use fencepost_sim::{End, EventId, ParticipantId, Time};
use fencepost_vocabulary::PropertyKind;

use super::obligation::{Obligation, how_known, worst};
use crate::backing::{Stretch, merged, stretches};
use crate::case::{Case, Finding};
use crate::{Moment, Reign, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::Elect, None)]
}

/// Some nodes of which one should lead.
struct Body {
    nodes: Vec<ParticipantId>,
    /// The group they form; `None` for a pair.
    group: Option<ParticipantId>,
}

fn find(case: &Case<'_>) -> Finding {
    let (mut owed, mut whose, mut first) = (Vec::new(), Vec::new(), None);
    for (body, led) in bodies(case) {
        first = first.or(led.first().map(|stretch| stretch.from));
        let gaps = gaps(case, &led);
        whose.extend(gaps.iter().map(|_| body.nodes.clone()));
        owed.extend(gaps.into_iter().map(|gap| (gap, body.group)));
    }
    let obligations: Vec<Obligation> = owed.iter().map(|(gap, _)| *gap).collect();
    let Some((place, state)) = worst(case, &obligations) else {
        return led_throughout(first);
    };
    let (gap, group) = owed[place];
    Finding { state, events: gap.events(), sentence: sentence(case, gap, &whose[place], group, state) }
}

/// Nobody was ever waited for.
fn led_throughout(first: Option<Moment>) -> Finding {
    match first {
        None => Finding::nothing("Nothing happened.".into()),
        Some(Moment { time: at, event }) => {
            let state = State::Met { after: at.since(Time::ZERO), at, event };
            Finding { state, events: vec![event], sentence: "There was a leader all the time.".into() }
        }
    }
}

/// All groups and pairs, with the times in which they had a leader.
fn bodies(case: &Case<'_>) -> Vec<(Body, Vec<Stretch>)> {
    let mut bodies = Vec::new();
    for (group, nodes) in case.groups() {
        let led = stretches(case.ledger, case.cast, case.assumptions, group);
        bodies.push((Body { nodes, group: Some(group) }, led));
    }
    for (id, pair) in case.pairs() {
        bodies.push((Body { nodes: pair.nodes.clone(), group: None }, active(case, id)));
    }
    bodies
}

/// When a node of a pair was active.
fn active(case: &Case<'_>, pair: ParticipantId) -> Vec<Stretch> {
    let stretch = |grant: &crate::Grant| Stretch {
        from: grant.granted,
        until: grant.ended.map_or(Time(u64::MAX), |end| end.at.time),
        last: grant.ended.map_or(grant.granted, |end| end.at),
    };
    merged(case.ledger.grants(pair).iter().map(stretch).collect())
}

/// The times without a leader, the beginning of the run and its end among them.
fn gaps(case: &Case<'_>, led: &[Stretch]) -> Vec<Obligation> {
    if case.trace.events.is_empty() {
        return Vec::new();
    }
    let mut gaps = Vec::new();
    let mut since = Moment { time: Time::ZERO, event: EventId(0) };
    for stretch in led {
        // Who is there from the first moment on is not waited for.
        if stretch.from.time > since.time {
            gaps.push(Obligation { since, met: Some(stretch.from) });
        }
        since = Moment { time: stretch.until, event: stretch.last.event };
    }
    let is_over = case.trace.end == End::Quiescent && since.time < Time(u64::MAX);
    if since.time < case.trace.ended_at || led.is_empty() || is_over {
        gaps.push(Obligation { since, met: None });
    }
    gaps
}

fn sentence(
    case: &Case<'_>,
    gap: Obligation,
    nodes: &[ParticipantId],
    group: Option<ParticipantId>,
    state: State,
) -> String {
    let (names, since) = (case.names(nodes), gap.since.time);
    let the_longest = if case.groups().len() > 1 { format!("Of {names} the longest") } else { "The longest".into() };
    let nobody = match group {
        None => format!("Since {since} neither of {names} is active"),
        Some(group) => {
            let leader = open_reign(case, group).map_or(String::new(), |reign| {
                format!(", although {} leads in term {}", case.name(reign.node), reign.term)
            });
            format!("Since {since} no leader of {names} is acknowledged by enough of them{leader}")
        }
    };
    match state {
        State::Met { after, at, .. } if group.is_none() => {
            format!("The longest time in which neither of {names} was active was {after}, until {at}.")
        }
        State::Met { after, at, .. } => {
            format!("{the_longest} time without an acknowledged leader was {after}, until {at}.")
        }
        State::Stuck { evidence, .. } => nobody + &how_known(case, evidence),
        _ => format!("{nobody} when the run ends at {}.", case.trace.ended_at),
    }
}

/// The latest reign that lasts to the end of the run.
fn open_reign<'a>(case: &Case<'a>, group: ParticipantId) -> Option<&'a Reign> {
    case.ledger.reigns.iter().rfind(|reign| reign.group == group && reign.ended.is_none())
}
