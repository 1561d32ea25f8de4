//! The lane of a node that elects: a narrow band for each term, hatched while it stands for election and wide while it leads.
//!
//! A leader's band is solid while enough others acknowledge it and hollow while they do not, by the rule of the figures: an
//! acknowledgement counts for a heartbeat and a round trip from the moment at which it came. A leader that nobody hears
//! looks hollow, whatever it believes.

use std::collections::BTreeMap;

use fencepost_sim::{Duration, EventId, ParticipantId, Time};
use fencepost_vocabulary::{Event, EventKind, Note, RoleKind, Term};

use crate::kinds::{SpanKind, TINTS};
use crate::layout::{Ground, states};
use crate::picture::{About, Key, Span, Tale};
use crate::px::Px;
use crate::view::View;

/// How wide the bands are.
const TERM: Px = Px::new(7);
const LEADS: Px = Px::new(14);

/// How a node stands at some moment of the walk.
#[derive(Default)]
struct Node {
    term: Term,
    /// Since when it is in that term, and by which event.
    entered: Option<(EventId, Time)>,
    /// Since when it stands for election.
    stands: Option<(EventId, Time)>,
    /// Since when it leads.
    leads: Option<(EventId, Time)>,
    /// When enough others acknowledged it, since it leads.
    backed: Vec<Time>,
    /// How long an acknowledgement counts.
    lasts: Duration,
}

/// All such bands, those of terms behind those of leaders.
pub fn draw(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let mut nodes = nodes(ground.view);
    if nodes.is_empty() {
        return;
    }
    let (mut terms, mut leaders) = (Vec::new(), Vec::new());
    let mut pen = Pen { ground, terms: &mut terms, leaders: &mut leaders };
    for event in &ground.view.trace.events {
        if let Some(node) = nodes.get_mut(&event.participant) {
            node.take(event, &mut pen);
        }
    }
    for (who, node) in &mut nodes {
        node.rest(*who, ground.end, &mut pen);
    }
    spans.extend(terms);
    spans.extend(leaders);
}

fn nodes(view: &View<'_>) -> BTreeMap<ParticipantId, Node> {
    let links = view.scenario.links.iter().map(|link| link.delay.high);
    let trip = links.fold(view.scenario.delay.high, Duration::max);
    let mut nodes = BTreeMap::new();
    nodes.extend(view.cast.iter().filter_map(|(id, member)| match member.role {
        RoleKind::Node { heartbeat, .. } => {
            Some((id, Node { lasts: Duration(heartbeat.0.saturating_add(2 * trip.0)), ..Node::default() }))
        }
        _ => None,
    }));
    nodes
}

/// Where the bands go.
struct Pen<'p, 'a> {
    ground: &'p Ground<'a>,
    terms: &'p mut Vec<Span>,
    leaders: &'p mut Vec<Span>,
}

impl Node {
    fn take(&mut self, event: &Event, pen: &mut Pen<'_, '_>) {
        let (who, now) = (event.participant, event.time);
        match &event.kind {
            EventKind::Noted(Note::Enters { term }) => {
                self.rest(who, now, pen);
                (self.term, self.entered) = (*term, Some((event.id, now)));
            }
            EventKind::Noted(Note::Campaigns { trial: false, .. }) => {
                self.stops_standing(who, now, pen);
                self.stands = Some((event.id, now));
            }
            EventKind::Noted(Note::Leads { term }) => {
                self.stops_standing(who, now, pen);
                self.stops_leading(who, now, pen);
                self.term = *term;
                self.entered.get_or_insert((event.id, now));
                self.leads = Some((event.id, now));
            }
            EventKind::Noted(Note::StepsDown { .. }) => self.stops_leading(who, now, pen),
            EventKind::Noted(Note::Backed { .. }) => self.backed.push(now),
            EventKind::Crashed { .. } | EventKind::Noted(Note::PoweredOff) => self.rest(who, now, pen),
            // It is in the term that its disk knows; if that is another one, it says so next.
            EventKind::Recovered { .. } if self.term.0 > 0 => self.entered = Some((event.id, now)),
            _ => {}
        }
    }

    /// Everything that lasts ends here.
    fn rest(&mut self, who: ParticipantId, now: Time, pen: &mut Pen<'_, '_>) {
        self.stops_standing(who, now, pen);
        self.stops_leading(who, now, pen);
        if let Some((event, from)) = self.entered.take() {
            let kind = SpanKind::Term { tint: self.tint() };
            let tale = Tale::Term { event, until: now };
            pen.terms.extend(pen.ground.band(who, (kind, TERM), event, (from, now), tale));
        }
    }

    fn stops_standing(&mut self, who: ParticipantId, now: Time, pen: &mut Pen<'_, '_>) {
        let Some((event, from)) = self.stands.take() else { return };
        let kind = SpanKind::Stands { tint: self.tint() };
        pen.leaders.extend(pen.ground.band(who, (kind, TERM), event, (from, now), Tale::Stands { event, until: now }));
    }

    fn stops_leading(&mut self, who: ParticipantId, now: Time, pen: &mut Pen<'_, '_>) {
        let Some((event, from)) = self.leads.take() else { return };
        let tint = self.tint();
        let mut band = |backed: bool, from: Time, until: Time| {
            let tale = Tale::Leads { event, from, until, backed };
            let kind = SpanKind::Leads { tint, backed };
            pen.leaders.extend(pen.ground.band(who, (kind, LEADS), event, (from, until), tale));
        };
        let mut open = from;
        for (begins, ends) in stretches(&std::mem::take(&mut self.backed), self.lasts) {
            band(false, open, begins.min(now));
            band(true, begins.min(now), ends.min(now));
            open = ends.min(now);
        }
        band(false, open, now);
    }

    fn tint(&self) -> u8 {
        (self.term.0 % u32::from(TINTS)) as u8
    }
}

/// The stretches in which the last of these moments is no longer ago than so long.
fn stretches(moments: &[Time], lasts: Duration) -> Vec<(Time, Time)> {
    let mut stretches: Vec<(Time, Time)> = Vec::new();
    for moment in moments {
        let until = *moment + lasts;
        match stretches.last_mut().filter(|last| last.1 >= *moment) {
            Some(last) => last.1 = until,
            None => stretches.push((*moment, until)),
        }
    }
    stretches
}

impl Ground<'_> {
    /// A band over a lane; nothing if it has no height.
    fn band(
        &self,
        who: ParticipantId,
        (kind, width): (SpanKind, Px),
        event: EventId,
        (from, until): (Time, Time),
        tale: Tale,
    ) -> Option<Span> {
        // Where elections are left out, so are the terms that begin and end there; only slivers would be left of them.
        if self.story.are_folded(from, until) {
            return None;
        }
        let rect = states::on_lane(who, width, (from, until), self)?;
        let (tag, part) = match kind {
            SpanKind::Term { .. } => (47, 0),
            SpanKind::Stands { .. } => (48, 0),
            _ => (49, from.0),
        };
        (rect.height > Px::ZERO).then_some(Span {
            key: Key::of(&[tag, u64::from(who.0), u64::from(event.0), part]),
            about: About { event: Some(event), fault: None, participant: Some(who) },
            kind,
            from,
            until,
            rect,
            tale,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acknowledgements_that_follow_each_other_closely_are_one_stretch() {
        let ms = Time::from_millis;
        let lasts = Duration::from_millis(200);
        let said = stretches(&[ms(100), ms(200), ms(300), ms(900)], lasts);
        assert_eq!(said, [(ms(100), ms(500)), (ms(900), ms(1_100))]);
        assert_eq!(stretches(&[], lasts), []);
    }
}
