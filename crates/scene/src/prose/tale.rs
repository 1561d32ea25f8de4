//! What is told of a thing in the picture, made when someone points at it.

use super::{nodes, repeats, sentence, spans, verdicts};
use crate::layout::story::Letter;
use crate::picture::Tale;
use crate::view::View;

/// The sentence behind a name. `view` is what the scene was made from; of another run it tells nothing, or nonsense.
pub fn tell(tale: Tale, view: &View<'_>) -> String {
    told(tale, view).unwrap_or_default()
}

fn told(tale: Tale, view: &View<'_>) -> Option<String> {
    let event = |id: fencepost_sim::EventId| view.trace.events.get(id.index());
    let belief = |place: u32| view.ledger.beliefs.get(place as usize);
    Some(match tale {
        Tale::Event(id) => sentence(event(id)?, view),
        Tale::Letter { sent, arrival } => spans::letter(&Letter::again(view.trace, sent, arrival)?, view),
        Tale::Pause { event: began, until } => {
            let began = event(began)?;
            spans::pause(view.cast.name(began.participant), began.time, until)
        }
        Tale::Cut { event: began, fault, until } => spans::cut(fault, event(began)?.time, until, view)?,
        Tale::Down { event: crash, back } => spans::down(event(crash)?, back.and_then(event), view),
        Tale::Omission { event: began, deaf, until } => spans::omission(event(began)?, deaf, until, view),
        Tale::Clock { event: began, until } => spans::clock(event(began)?, until, view)?,
        Tale::Gap { event: check, until } => spans::gap(event(check)?, until, view)?,
        Tale::Delay { event: began, until } => spans::delay(event(began)?, until, view),
        Tale::Suspicion { event: began, until } => spans::suspicion(event(began)?, until, view)?,
        Tale::Unfenced { grant, store, event: began, until } => {
            let from = event(began)?.time;
            spans::unfenced(view.ledger.grant(grant)?, store, (from, until), view)
        }
        Tale::Term { event: began, until } => nodes::term(event(began)?, until, view)?,
        Tale::Stands { event: began, until } => nodes::stands(event(began)?, until, view)?,
        Tale::Leads { event: began, from, until, backed } => nodes::leads(event(began)?, (from, until), backed, view)?,
        Tale::Tally { began, event: last } => nodes::tally(event(began)?, event(last)?, view)?,
        Tale::Quorum(reached) => nodes::quorum(event(reached)?, view)?,
        Tale::Grant(name) => spans::granted(view.ledger.grant(name)?, view),
        Tale::Belief(place) => spans::believed(belief(place)?, view),
        Tale::Disagreement { belief: place, from, until } => spans::disagreement(belief(place)?, from, until, view),
        Tale::Waiting(place) => spans::waiting(view.ledger.acquires.get(place as usize)?, view),
        Tale::Repeat { first, last, count } => repeats::told(event(first)?, event(last)?, count, view)?,
        Tale::Violations(event) => verdicts::verdicts_at(event, view),
        Tale::Verdict(place) => view.verdicts.get(place as usize)?.sentence.clone(),
    })
}
