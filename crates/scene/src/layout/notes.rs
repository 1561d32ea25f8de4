//! The few words beside a lane at an event, and where they may stand.

use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{Event, EventKind, FencingToken, Note, Outside, Refusal};

use crate::layout::labels::{Saying, Spot, Spots, measured};
use crate::layout::words::{self, Wording};
use crate::layout::{Ground, inner};
use crate::picture::{About, Anchor, Key, LabelKind, Side, Tone, Turn};
use crate::px::{Point, Px};

/// How much it matters, and what is said, from long to short.
type Said = (u8, Vec<String>);

/// What stands beside a lane at an event.
pub fn note(event: &Event, ground: &Ground<'_>) -> Option<Saying> {
    saying(event, 31, said(event, ground)?, ground)
}

fn saying(event: &Event, tag: u64, (rank, forms): Said, ground: &Ground<'_>) -> Option<Saying> {
    let at = ground.at(event.participant, event.time)?;
    Some(Saying {
        key: Key::of(&[tag, u64::from(event.participant.0), event.time.0, rank.into()]),
        about: About { event: Some(event.id), fault: None, participant: Some(event.participant) },
        kind: LabelKind::Note,
        tone: tone(event, ground),
        forms: measured(forms.into_iter().map(Wording::plain), LabelKind::Note, Tone::Plain),
        spots: Spots::Listed(beside(at, ground, event.participant)),
        room: Px::new(400),
        rank,
    })
}

/// What the clocks of a participant show where that decides something, if they are not right.
pub fn readings(ground: &Ground<'_>, sayings: &mut Vec<Saying>) {
    if ground.clocks.is_none() {
        return;
    }
    let mut last = None;
    for event in &ground.view.trace.events {
        let decides = matches!(
            event.kind,
            EventKind::Noted(Note::Left { .. } | Note::Expired { .. } | Note::Granted { .. } | Note::Suspects { .. })
        );
        let here = Some((event.participant, event.time));
        if decides && std::mem::replace(&mut last, here) != here {
            let form = reading(event, ground).map(|form| (5, vec![form]));
            sayings.extend(form.and_then(|said| saying(event, 35, said, ground)));
        }
    }
}

/// What the clocks of a participant show at an event, if that is not the time.
fn reading(event: &Event, ground: &Ground<'_>) -> Option<String> {
    let now = ground.clocks.as_ref()?.now(event.participant, event.time);
    if now.wall.0.cast_unsigned() != now.mono.0 {
        return Some(format!("wall clock: {}", words::reading(now.wall.0)));
    }
    (now.mono.0 != event.time.0).then(|| format!("its clock: {}", Time(now.mono.0)))
}

/// What should never have been done is amber, wherever it is said.
fn tone(event: &Event, ground: &Ground<'_>) -> Tone {
    match (ground.past.tone(event.id), &event.kind) {
        (Tone::Plain | Tone::Lit, EventKind::Noted(Note::Forged { .. } | Note::GrantedToDead { .. })) => Tone::Hazard,
        (tone, _) => tone,
    }
}

fn said(event: &Event, ground: &Ground<'_>) -> Option<Said> {
    let who = ground.view.cast.name(event.participant);
    let forms = |rank: u8, forms: &[&str]| Some((rank, forms.iter().map(|it| (*it).to_owned()).collect()));
    match &event.kind {
        EventKind::Crashed { .. } => forms(1, &[&format!("{who} crashes"), "crashes"]),
        EventKind::Recovered { disk, incarnation, .. } => {
            let disk = words::disk_in_short(*disk);
            let back = format!("back · {disk}");
            forms(1, &[&format!("{back} · life {incarnation}"), &back, "back"])
        }
        EventKind::ClockSet { rate, jumped: 0, .. } => {
            let pace = words::pace(*rate);
            forms(1, &[&format!("clock at {pace}"), &pace])
        }
        EventKind::ClockSet { jumped, .. } => {
            let jump = words::jump(*jumped);
            forms(1, &[&format!("clock jumps {jump}"), &format!("clock {jump}"), &jump])
        }
        EventKind::Noted(_) if ground.story.quiet.contains(&event.id) => None,
        EventKind::Noted(Note::Checked { passed, .. }) => Some(checked(*passed, reading(event, ground))),
        EventKind::Noted(note) => {
            let note = inner::noted(note);
            of_service(note, ground).or_else(|| of_others(note, ground)).or_else(|| of_nodes(event, note, ground))
        }
        _ => None,
    }
}

/// What locks and stores say.
fn of_service(note: &Note, ground: &Ground<'_>) -> Option<Said> {
    let name = |id: &ParticipantId| ground.view.cast.name(*id);
    let forms = |rank: u8, forms: &[&str]| Some((rank, forms.iter().map(|it| (*it).to_owned()).collect()));
    match note {
        Note::Expired { client, .. } => forms(2, &[&format!("lease of {} ends", name(client)), "lease ends"]),
        Note::Queued { client, .. } => forms(4, &[&format!("{} queued", name(client)), "queued"]),
        Note::ReleaseIgnored { .. } => forms(2, &["release ignored", "ignored"]),
        Note::Released { client, by, .. } if client != by => {
            forms(2, &[&format!("{} frees the lock of {}", name(by), name(client)), "freed by another"])
        }
        Note::TurnedAway { token, reason, .. } => Some((2, refusal(*token, reason))),
        Note::Reopened { next_token, holder: Some((client, _)) } => {
            let next = format!("next token {next_token}");
            forms(2, &[&format!("{} still holds · {next}", name(client)), &format!("{} holds", name(client))])
        }
        Note::Reopened { next_token, holder: None } => {
            let next = format!("next token {next_token}");
            forms(2, &[&format!("nobody holds it · {next}"), &next, &format!("next {next_token}")])
        }
        Note::SessionOver { client } => forms(2, &[&format!("{} is gone: out of line", name(client)), "out of line"]),
        Note::GrantedToDead { client, .. } => {
            forms(2, &[&format!("{} is gone, and gets it", name(client)), "to a dead one"])
        }
        Note::LockDelayed { until_after } => forms(2, &[&format!("nobody gets it for {until_after}"), "lock-delay"]),
        Note::Checking { .. } => forms(3, &["check passed", "checked"]),
        _ => None,
    }
}

/// What a look at the clock came to, and what the clock showed if it was not right.
fn checked(passed: bool, reading: Option<String>) -> Said {
    let (rank, words) =
        if passed { (4, ["lease looks fine", "checks: fine"]) } else { (2, ["lease is over: stops", "stops"]) };
    let with = |reading: &String| words.map(|it| format!("{it} · {reading}"));
    let mut forms: Vec<String> = reading.as_ref().map(with).into_iter().flatten().collect();
    forms.extend(words.map(str::to_owned));
    (rank, forms)
}

/// What clients and members say.
fn of_others(note: &Note, ground: &Ground<'_>) -> Option<Said> {
    let name = |id: &ParticipantId| ground.view.cast.name(*id);
    let forms = |rank: u8, forms: &[&str]| Some((rank, forms.iter().map(|it| (*it).to_owned()).collect()));
    match note {
        Note::Acted { what: Outside::Mail, .. } => forms(2, &["sends a letter", "letter"]),
        Note::Acted { what: Outside::Payment, .. } => forms(2, &["makes a payment", "pays"]),
        Note::Forged { token } => forms(2, &[&format!("makes up token {token}"), "makes up a token", "made up"]),
        Note::Suspects { of, .. } => forms(2, &[&format!("suspects {}", name(of)), "suspects"]),
        Note::Trusts { of } => forms(3, &[&format!("trusts {} again", name(of)), &format!("trusts {}", name(of))]),
        Note::Declared { of, view, .. } => {
            let dead = format!("{} is dead", name(of));
            forms(1, &[&format!("{dead}: view {view}"), &dead])
        }
        Note::Rejoined { incarnation } => forms(2, &[&format!("belongs again · life {incarnation}"), "belongs again"]),
        Note::LearnsDead { .. } => forms(1, &["learns that it is dead", "learns it"]),
        _ => None,
    }
}

/// What nodes that keep something together say, and officers.
fn of_nodes(event: &Event, note: &Note, ground: &Ground<'_>) -> Option<Said> {
    let forms = |rank: u8, forms: &[&str]| Some((rank, forms.iter().map(|it| (*it).to_owned()).collect()));
    match note {
        Note::Enters { .. } if says_more(event, ground) => None,
        Note::Enters { term } => forms(5, &[&format!("term {term}")]),
        Note::Campaigns { term, trial: false } => {
            forms(3, &[&format!("stands for term {term}"), &format!("term {term}?")])
        }
        Note::Campaigns { term, trial: true } => {
            forms(4, &[&format!("would it win term {term}?"), &format!("term {term}?")])
        }
        Note::Leads { term } => forms(2, &[&format!("leads term {term}"), "leads"]),
        Note::StepsDown { .. } => forms(2, &["steps down"]),
        Note::Owns { name: claimed, .. } => {
            forms(3, &[&format!("has {}", ground.view.cast.claimed(*claimed)), "has the name"])
        }
        Note::Ended { object, value: Some(value), .. } => {
            let said = words::read(*object, *value, ground.view.cast);
            forms(2, &[&format!("reads {said}"), &said])
        }
        Note::Ended { value: None, .. } => forms(3, &["write is done", "done"]),
        Note::Proposed { attack } => forms(2, &[if *attack { "wants to attack" } else { "wants to retreat" }]),
        Note::PoweredOff => forms(1, &["powered off", "off"]),
        _ => None,
    }
}

/// Whether a node that enters a term also stands for it, leads it or leaves it for a later one at once.
fn says_more(event: &Event, ground: &Ground<'_>) -> bool {
    let next = ground.view.trace.events[event.id.index() + 1..].iter();
    let mut here = next.take_while(|it| it.time == event.time).filter(|it| it.participant == event.participant);
    here.any(|it| {
        matches!(
            it.kind,
            EventKind::Noted(Note::Campaigns { trial: false, .. } | Note::Leads { .. } | Note::Enters { .. })
        )
    })
}

fn refusal(token: Option<FencingToken>, reason: &Refusal) -> Vec<String> {
    let token = token.map_or("no token".to_owned(), |it| it.to_string());
    match reason {
        Refusal::Stale { highest } => vec![format!("{token} is older than {highest}"), format!("{token} < {highest}")],
        Refusal::TokenUsed { highest } => vec![format!("{token} was used up"), format!("{token} ≤ {highest}")],
        Refusal::VersionChanged { .. } => vec!["version has changed".to_owned(), "changed".to_owned()],
        Refusal::NoToken => vec!["no token".to_owned()],
        Refusal::NoVersion => vec!["no version".to_owned()],
        Refusal::NotHolder => vec!["not the holder".to_owned()],
        Refusal::NoAnnouncements => vec!["takes no announcements".to_owned()],
        Refusal::NotMyJob => vec!["not its job".to_owned()],
        Refusal::Repeated { .. } => vec!["applied already".to_owned(), "repeated".to_owned()],
        Refusal::Gap { expected } => vec![format!("write {} is missing", expected.0), "gap".to_owned()],
        Refusal::TokenChanged { fixed } => vec![format!("{token} is not {fixed}"), format!("{token} ≠ {fixed}")],
        Refusal::NotVouched => vec!["not vouched for".to_owned()],
        Refusal::BadSeal => vec!["no seal".to_owned()],
        Refusal::KeyTaken => vec!["key is taken".to_owned(), "taken".to_owned()],
        Refusal::NameTaken { .. } => vec!["name is taken".to_owned(), "taken".to_owned()],
        Refusal::NotActive => vec!["not active".to_owned()],
    }
}

/// The places beside a lane, at a moment, above it and below; the side without bars first.
fn beside(at: Point, ground: &Ground<'_>, participant: ParticipantId) -> Vec<Spot> {
    let bars = ground.columns.lanes.get(participant.index()).map(|lane| lane.bars);
    let has_bars = ground.columns.has_bars(participant);
    let away = Px::new(12);
    let left = (Point { x: at.x - away, y: at.y }, Anchor::End);
    let right = (Point { x: at.x + away, y: at.y }, Anchor::Start);
    let sides = if has_bars && bars == Some(Side::Left) { [right, left] } else { [left, right] };
    let mut spots = Vec::new();
    for (rank, down) in [4, -8, 16, -20, 28].into_iter().enumerate() {
        for (point, anchor) in sides {
            let at = Point { x: point.x, y: point.y + Px::new(down) };
            spots.push(Spot { at, anchor, turn: Turn::LEVEL, cost: rank as u32 * 2 });
        }
    }
    spots
}
