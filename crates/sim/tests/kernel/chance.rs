//! What holds in every play: a fault that strikes nothing changes nothing, and no fault acts on what it does not name.

use crate::dice::*;
use crate::puppet::*;
use fencepost_sim::*;

/// An event without its name, which shifts when another one comes or goes, and without `fault`'s own beginning and end.
type Essence = (Time, Phase, ParticipantId, Option<usize>, EventKind<Words>);

fn essence(trace: &Trace<Words>, fault: FaultId) -> Vec<Essence> {
    let mut places = vec![None; trace.events.len()];
    let mut all = Vec::new();
    for event in trace.events.iter().filter(|event| !is_bar(event, fault)) {
        places[event.id.index()] = Some(all.len());
        let cause = event.cause.and_then(|cause| places[cause.index()]);
        all.push((event.time, event.phase, event.participant, cause, event.kind.clone()));
    }
    all
}

/// Whether it only says that the fault begins or ends.
fn is_bar(event: &Event<Words>, id: FaultId) -> bool {
    match event.kind {
        EventKind::FaultStarted { fault, .. } | EventKind::FaultEnded { fault } => fault == id,
        EventKind::ClockSet { fault, .. } => fault == id,
        _ => false,
    }
}

#[test]
fn a_pause_inside_an_idle_time_changes_nothing_but_its_bar() {
    let mut tried = 0;
    for seed in 0..250 {
        let play = Play::new(seed);
        let before = play.run().0;
        let dice = &mut Dice(seed ^ 0xa11);
        let who = ParticipantId(dice.below(u64::from(PLAYERS)) as u16);
        let times: Vec<u64> =
            before.events.iter().filter(|event| event.participant == who).map(|event| event.time.0).collect();
        for gap in times.windows(2).filter(|gap| gap[1] > gap[0] + 1) {
            let start = gap[0] + 1 + dice.below(gap[1] - gap[0] - 1);
            // Up to the next event, whose moment the pause no longer covers.
            let length = Duration(1 + dice.below(gap[1] - start));
            let start = PauseStart::At(Time(start));
            let mut paused = play.clone();
            paused.faults.push(Fault::Pause { participant: who, start, length });
            let bar = FaultId(play.faults.len() as u16);
            let after = paused.run().0;
            assert_eq!(essence(&after, bar), essence(&before, bar), "seed {seed}: {:?}", paused.faults.last());
            assert_eq!((after.end, after.ended_at), (before.end, before.ended_at));
            tried += 1;
        }
    }
    assert!(tried > 2_000, "{tried} pauses");
}

#[test]
fn a_fault_that_touches_nothing_can_be_anywhere_or_nowhere() {
    let (mut tried, mut touched) = (0, 0);
    for seed in 0..800 {
        let play = Play::new(seed);
        let (before, waiting) = play.run();
        for place in 0..play.faults.len() {
            let id = FaultId(place as u16);
            if touches(&play.faults[place], id, &before, &waiting) {
                touched += 1;
                continue;
            }
            let dice = &mut Dice(seed ^ 0xb22);
            for other in [never(), shifted(&play.faults[place], 1 + dice.below(30_000)), fault(dice)] {
                let mut moved = play.clone();
                moved.faults[place] = other;
                let (after, waiting) = moved.run();
                if !touches(&moved.faults[place], id, &after, &waiting) {
                    let what = format!("seed {seed}: {:?} became {:?}", play.faults[place], moved.faults[place]);
                    assert_eq!(essence(&after, id), essence(&before, id), "{what}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 500 && touched > 500, "{tried} tried, {touched} touched something");
}

/// A fault that is there and does nothing.
fn never() -> Fault<Words> {
    partition(&[], 0, 0, PartitionMode::Drop)
}

/// The same fault a little later.
fn shifted(fault: &Fault<Words>, by: u64) -> Fault<Words> {
    let by = Duration(by);
    let mut later = fault.clone();
    match &mut later {
        Fault::Pause { start: PauseStart::At(at), .. }
        | Fault::Crash { start: CrashStart::At(at), .. }
        | Fault::ClockRate { from: at, .. }
        | Fault::ClockJump { at, .. }
        | Fault::Hold { until: at, .. } => *at = *at + by,
        Fault::Partition { from, until, .. } | Fault::Omission { from, until: Some(until), .. } => {
            (*from, *until) = (*from + by, *until + by);
        }
        Fault::Drop { target } => target.ordinal += 100,
        _ => return never(),
    }
    later
}

/// Whether a fault may have made a difference to this run. Wrong, if it is, only by saying yes.
fn touches(fault: &Fault<Words>, id: FaultId, trace: &Trace<Words>, waiting: &[FaultId]) -> bool {
    let happens = |who: ParticipantId, from: Time, until: Time| {
        let meant = |event: &Event<Words>| event.participant == who && (from..=until).contains(&event.time);
        trace.events.iter().any(|event| meant(event) && !is_bar(event, id))
    };
    match fault {
        Fault::Pause { participant, start: PauseStart::At(at), length } => happens(*participant, *at, *at + *length),
        Fault::ClockRate { participant, from: at, .. } | Fault::ClockJump { participant, at, .. } => {
            happens(*participant, *at, Time(u64::MAX))
        }
        Fault::Crash { start: CrashStart::At(_), .. } => {
            trace.events.iter().any(|event| matches!(event.kind, EventKind::Crashed { fault, .. } if fault == id))
        }
        Fault::Partition { links, from, until, .. } => {
            meddles(id, trace, (*from, *until), |from, to| links.contains(&(from, to)))
        }
        Fault::Omission { participant, side: OmissionSide::Sending, from, until: Some(until) } => {
            meddles(id, trace, (*from, *until), |from, _| from == *participant)
        }
        Fault::Omission { side: OmissionSide::Receiving, .. } => {
            meddles(id, trace, (Time::ZERO, Time::ZERO), |_, _| false)
        }
        _ => !waiting.contains(&id),
    }
}

/// Whether a message on one of these links was still to leave during the interval, or names the fault as its fate.
fn meddles(
    id: FaultId,
    trace: &Trace<Words>,
    (from, until): (Time, Time),
    on: impl Fn(ParticipantId, ParticipantId) -> bool,
) -> bool {
    trace.events.iter().any(|event| {
        let EventKind::Sent { to, fate, .. } = event.kind else { return false };
        let leaves = if let Fate::Held { heals, .. } = fate { heals } else { event.time };
        fate.fault() == Some(id) || (on(event.participant, to) && event.time < until && from <= leaves)
    })
}

#[test]
fn an_edit_elsewhere_leaves_the_digest_alone() {
    for seed in 0..300 {
        let play = Play::new(seed);
        let mut edited = play.clone();
        // Nobody writes to itself with these letters, and nobody ever writes the letter q.
        edited.faults.push(Fault::Drop { target: target('q', 1) });
        edited.faults.push(Fault::Stall {
            participant: ParticipantId(0),
            step: Number(9),
            ordinal: 1,
            by: Duration(1),
        });
        edited.faults.push(never());
        let silent = (0..PLAYERS).map(ParticipantId).filter(|who| {
            let writes = |event: &Event<Words>| matches!(event.kind, EventKind::Sent { to, .. } if to == *who);
            !play.run().0.events.iter().any(|event| event.participant == *who && writes(event))
        });
        for who in silent.collect::<Vec<_>>() {
            edited.network.set_range(who, who, Duration(1), Duration(1_000_000), seed);
        }
        assert_eq!(edited.run().0.digest(), play.run().0.digest(), "seed {seed}");
    }
}

#[test]
fn a_normal_form_is_its_own_and_a_copy_has_the_same() {
    for seed in 0..100 {
        let mut world = Play::new(seed).world();
        while world.next_time().is_some_and(|next| next < Time::from_millis(500)) {
            world.advance(&mut Unrecorded::default());
            let normal = world.normalised();
            assert_eq!(normal, normal.normalised(), "seed {seed} at {}", world.now());
        }
    }
}

#[test]
fn whoever_watches_sees_the_same_and_disturbs_nothing() {
    for seed in 0..300 {
        let play = Play::new(seed);
        let horizon = Time::from_millis(2_000);
        let (mut watched, mut unwatched) = (play.world(), play.world());
        run(&mut watched, horizon, Limits::default(), &mut Recording::default());
        run(&mut unwatched, horizon, Limits::default(), &mut Unrecorded::default());
        assert_eq!(watched, unwatched, "seed {seed}");
    }
}
