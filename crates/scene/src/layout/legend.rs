//! The marks of this picture and what they mean, in one line each.

use fencepost_sim::PartitionMode;
use fencepost_vocabulary::{Cast, ObjectKind, RoleKind};

use crate::kinds::{ChipKind, LegendKind, MarkKind, SpanKind};
use crate::picture::{ArrowEnd, LegendEntry, Scene};

/// The legend of a scene: only what occurs in it, always in the same order.
pub fn of(scene: &Scene, cast: &Cast) -> Vec<LegendEntry> {
    let is_lock = |role: &RoleKind| matches!(role, RoleKind::Lock { .. });
    let locks = cast.members.iter().any(|member| is_lock(&member.role))
        || cast.objects.iter().any(|object| matches!(object.kind, ObjectKind::Lock { .. } | ObjectKind::Keys { .. }));
    let entries = ALL.into_iter().filter(|(kind, _)| occurs(*kind, scene));
    let said = |(kind, text)| LegendEntry { kind, text: if locks { text } else { without_locks(kind, text) } };
    entries.map(said).collect()
}

/// What bars mean where there is nothing but a pair to be held.
fn without_locks(kind: LegendKind, text: &'static str) -> &'static str {
    match kind {
        LegendKind::Span(SpanKind::Granted) => "it is the active one of the pair",
        LegendKind::Span(SpanKind::Believed) => "it believes that it is the active one",
        LegendKind::Span(SpanKind::Disagreement) => "it believes so, and is not",
        _ => text,
    }
}

const DROPS: SpanKind = SpanKind::Cut { toward: None, mode: PartitionMode::Drop };
const HOLDS: SpanKind = SpanKind::Cut { toward: None, mode: PartitionMode::Hold };
const SEVERS: SpanKind = SpanKind::Cut { toward: None, mode: PartitionMode::Sever };

const LEADS: SpanKind = SpanKind::Leads { tint: 0, backed: true };
const HOLLOW: SpanKind = SpanKind::Leads { tint: 0, backed: false };

const ALL: [(LegendKind, &str); 47] = [
    (LegendKind::Span(SpanKind::Granted), "the lock service says it holds the lock"),
    (LegendKind::Span(SpanKind::Believed), "it believes that it holds the lock"),
    (LegendKind::Span(SpanKind::Disagreement), "it believes so, the lock service does not"),
    (LegendKind::Span(SpanKind::Paused), "paused: takes no steps, its clock runs on"),
    (LegendKind::Span(SpanKind::Down), "down: crashed, and comes back later"),
    (LegendKind::Mark(MarkKind::Recovery), "back, with what its disk still has"),
    (LegendKind::Crashed, "crashed: takes no steps ever again"),
    (LegendKind::Span(DROPS), "cut: messages do not get through"),
    (LegendKind::Span(HOLDS), "cut: messages wait until it heals"),
    (LegendKind::Span(SEVERS), "cut: what is under way is lost as well"),
    (LegendKind::Span(SpanKind::Mute), "mute: nothing that it sends arrives"),
    (LegendKind::Span(SpanKind::Deaf), "deaf: nothing that is sent to it arrives"),
    (LegendKind::Mark(MarkKind::Clock), "its clock is set, or changes its pace"),
    (LegendKind::Span(SpanKind::Clock), "its clock runs too fast or too slow"),
    (LegendKind::Lost, "a message is lost"),
    (LegendKind::Copy, "a second copy of a message"),
    (LegendKind::Bounced, "a request is turned away"),
    (LegendKind::Mark(MarkKind::Inbox), "a message waits until the sleeper wakes"),
    (LegendKind::Mark(MarkKind::Expiry), "a lease runs out"),
    (LegendKind::Span(SpanKind::Waiting), "waits for an answer"),
    (LegendKind::Span(SpanKind::Stuck), "waits for an answer that will not come"),
    (LegendKind::Span(SpanKind::Unmet { for_ever: true }), "what should happen never will"),
    (LegendKind::Span(SpanKind::Unmet { for_ever: false }), "what should happen has not yet"),
    (LegendKind::Span(SpanKind::Delayed), "the lock is free, but nobody gets it yet"),
    (LegendKind::Span(SpanKind::Syncing), "waits for its disk before it answers"),
    (LegendKind::Span(SpanKind::Gap), "checked, but not yet written"),
    (LegendKind::Span(SpanKind::Unfenced), "not yet fenced: would still take an older token"),
    (LegendKind::Span(SpanKind::Suspects), "suspects somebody to be dead"),
    (LegendKind::Span(SpanKind::Term { tint: 0 }), "a term: its colour changes with it"),
    (LegendKind::Span(SpanKind::Stands { tint: 0 }), "stands for election"),
    (LegendKind::Span(LEADS), "leads, and enough others acknowledge it"),
    (LegendKind::Span(HOLLOW), "leads, but too few others acknowledge it"),
    (LegendKind::Chip(ChipKind::Tally), "votes for a candidate"),
    (LegendKind::Bracket, "enough have said yes"),
    (LegendKind::Chip(ChipKind::Logged), "written into its log, not yet committed"),
    (LegendKind::Chip(ChipKind::Committed), "knows that this is committed"),
    (LegendKind::Chip(ChipKind::Thrown), "thrown out of its log"),
    (LegendKind::Chip(ChipKind::Keeps), "what this node keeps from here on"),
    (LegendKind::Lie, "a lie, behind what would have been true"),
    (LegendKind::Mark(MarkKind::Mail), "a letter to someone outside"),
    (LegendKind::Mark(MarkKind::Payment), "a payment to someone outside"),
    (LegendKind::Chip(ChipKind::Holds), "what the store holds from here on"),
    (LegendKind::Chip(ChipKind::View), "the group, as this member sees it"),
    (LegendKind::Chip(ChipKind::Decision), "what it has decided"),
    (LegendKind::Mark(MarkKind::Hazard), "a hazard: not wrong yet, but dangerous"),
    (LegendKind::Mark(MarkKind::Pin), "a property is violated"),
    (LegendKind::Fold, "a quiet stretch, drawn shorter"),
];

fn occurs(kind: LegendKind, scene: &Scene) -> bool {
    let end = |wanted: ArrowEnd| scene.arrows.iter().any(|arrow| arrow.end == wanted);
    match kind {
        LegendKind::Span(SpanKind::Cut { mode: wanted, .. }) => {
            scene.spans.iter().any(|span| matches!(span.kind, SpanKind::Cut { mode, .. } if mode == wanted))
        }
        LegendKind::Span(SpanKind::Term { .. }) => {
            scene.spans.iter().any(|span| matches!(span.kind, SpanKind::Term { .. }))
        }
        LegendKind::Span(SpanKind::Stands { .. }) => {
            scene.spans.iter().any(|span| matches!(span.kind, SpanKind::Stands { .. }))
        }
        LegendKind::Span(SpanKind::Leads { backed: wanted, .. }) => {
            scene.spans.iter().any(|span| matches!(span.kind, SpanKind::Leads { backed, .. } if backed == wanted))
        }
        LegendKind::Span(wanted) => scene.spans.iter().any(|span| span.kind == wanted),
        LegendKind::Mark(wanted) => scene.marks.iter().any(|mark| mark.kind == wanted),
        LegendKind::Crashed => scene.lanes.iter().any(|lane| lane.crashed.is_some()),
        LegendKind::Lost => end(ArrowEnd::Lost),
        LegendKind::Bounced => end(ArrowEnd::Bounced),
        LegendKind::Copy => scene.arrows.iter().any(|arrow| arrow.copy),
        LegendKind::Chip(wanted) => scene.chips.iter().any(|chip| chip.kind == wanted),
        LegendKind::Fold => !scene.folds.is_empty(),
        LegendKind::Bracket => !scene.brackets.is_empty(),
        LegendKind::Lie => scene.arrows.iter().any(|arrow| arrow.lie),
    }
}
