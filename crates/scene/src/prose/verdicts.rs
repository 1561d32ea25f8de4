//! What went wrong, in a few words for a callout and in sentences for everything else.

use fencepost_properties::{State, Verdict, cut_short};
use fencepost_sim::EventId;
use fencepost_vocabulary::{EventKind, Note, PropertyKind};

use crate::layout::{inner, words};
use crate::view::View;

/// The verdicts' sentences for one violating event, each behind the property's name.
pub(super) fn verdicts_at(event: EventId, view: &View<'_>) -> String {
    let about = view
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict.state, State::Violated { event: here, .. } if here == event));
    let said: Vec<String> = about.map(|verdict| format!("{}: {}", verdict.property.word(), verdict.sentence)).collect();
    said.join(" ")
}

/// What the verdicts come to, for the end of a description.
pub(super) fn summary(view: &View<'_>) -> Vec<String> {
    let bad = view
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict.state, State::Violated { .. } | State::Stuck { .. } | State::Seen { .. }));
    let mut said: Vec<String> = bad
        .map(|verdict| format!("{} {}: {}", verdict.property.word(), verdict.state.word(), verdict.sentence))
        .collect();
    said.dedup();
    if said.is_empty() {
        said.push(match cut_short(view.trace) {
            None => "No property is violated in this run.".to_owned(),
            Some(_) => "Nothing was violated before the run was cut short, which says nothing of the rest.".to_owned(),
        });
    }
    said
}

/// What a violation comes to, in as few words as a callout has.
pub(crate) fn heading(verdict: &Verdict, view: &View<'_>) -> String {
    if let Some(said) = of_several(verdict.property) {
        return said.to_owned();
    }
    let first = verdict.events.first().and_then(|event| note_at(*event, view));
    let Some(last) = verdict.events.last().and_then(|event| note_at(*event, view)) else {
        return format!("{} is violated.", verdict.property.word());
    };
    let said = match verdict.property {
        PropertyKind::EffectOrder => first.map(|first| overwrites(last, first, is_in_one_place(verdict, view), view)),
        PropertyKind::EffectFresh => {
            writer(last, view).map(|writer| format!("{writer} writes after the lock went on."))
        }
        PropertyKind::EffectGuarded => writer(last, view).map(|writer| format!("{writer} writes outside its lock.")),
        PropertyKind::EffectOnce => {
            writer(last, view).map(|writer| format!("A write of {writer} comes late or twice."))
        }
        PropertyKind::NoLostUpdate => {
            writer(last, view).map(|writer| format!("{writer} overwrites what it never saw."))
        }
        PropertyKind::LockExclusion => {
            Some(both_active(verdict, view).unwrap_or_else(|| "Two grants are live at once.".to_owned()))
        }
        PropertyKind::LeaseContract => Some("A lease is cut short.".to_owned()),
        PropertyKind::TokenUnique => Some("A token is granted twice.".to_owned()),
        PropertyKind::TokenGenuine => {
            writer(last, view).map(|writer| format!("{writer} writes under a token that nobody gave it."))
        }
        PropertyKind::Durable => Some("A write that was confirmed is gone.".to_owned()),
        PropertyKind::Agreement => Some(match last {
            Note::Committed { .. } | Note::Logged { .. } => "They commit different entries.".to_owned(),
            _ => "They decide differently.".to_owned(),
        }),
        PropertyKind::MemberAgreement => Some("One view, two groups.".to_owned()),
        PropertyKind::TokenMonotonic => Some("A later grant has no higher token.".to_owned()),
        _ => None,
    };
    said.unwrap_or_else(|| format!("{} is violated.", verdict.property.word()))
}

/// The same for what goes wrong between several, whatever the last event was.
fn of_several(property: PropertyKind) -> Option<&'static str> {
    match property {
        PropertyKind::OneLeaderPerTerm => Some("One term, two leaders."),
        PropertyKind::Linearizable => Some("A read shows what was no longer so."),
        PropertyKind::Sequential => Some("There is no order that explains this."),
        PropertyKind::UniqueRegistration => Some("One name, two owners."),
        PropertyKind::Validity => Some("An order is not obeyed."),
        _ => None,
    }
}

/// Of a pair: which two are active.
fn both_active(verdict: &Verdict, view: &View<'_>) -> Option<String> {
    let last = view.trace.events.get(verdict.events.last()?.index())?;
    let (object, _) = inner::said(last)?;
    let pair = Some(object).filter(|pair| words::is_pair(*pair, view.cast))?;
    let nodes = &view.cast.object(pair)?.nodes;
    let names: Vec<&str> = nodes.iter().map(|node| view.cast.name(*node)).collect();
    Some(format!("{} are both active.", names.join(" and ")))
}

fn note_at<'a>(event: EventId, view: &View<'a>) -> Option<&'a Note> {
    match &view.trace.events.get(event.index())?.kind {
        EventKind::Noted(note) => Some(inner::noted(note)),
        _ => None,
    }
}

fn writer<'a>(note: &Note, view: &View<'a>) -> Option<&'a str> {
    match note {
        Note::Applied { client, .. } => Some(view.cast.name(*client)),
        _ => None,
    }
}

/// Whether all that a verdict names happened at one participant.
fn is_in_one_place(verdict: &Verdict, view: &View<'_>) -> bool {
    let mut places = verdict.events.iter().map(|event| view.trace.events.get(event.index()).map(|it| it.participant));
    let first = places.next();
    places.all(|place| Some(place) == first)
}

/// At two stores nothing is overwritten; the order of the two writes is wrong all the same.
fn overwrites(late: &Note, early: &Note, in_one_place: bool, view: &View<'_>) -> String {
    let name = |note| writer(note, view).unwrap_or("someone");
    match in_one_place {
        true => format!("{} overwrites {}.", name(late), name(early)),
        false => format!("{} writes after {}.", name(late), name(early)),
    }
}
