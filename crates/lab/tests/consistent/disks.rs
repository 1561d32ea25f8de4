//! What a store is said to have kept, against the disks: the versions that a store came back with, and the logs of nodes.

use std::collections::BTreeMap;

use fencepost_lab::Run;
use fencepost_properties::State;
use fencepost_sim::{Disk, EventKind, ParticipantId};
use fencepost_vocabulary::{Command, Entry, Message, Note, PropertyKind, RequestId};

/// A write that was acknowledged, by writer and number.
type Acked = (ParticipantId, RequestId);

/// Where nothing is said to be lost of a store that nodes keep in their logs, every write that they acknowledged stands in
/// some log when the run ends. Writers whose own disk was wiped number their writes anew, and are left aside.
pub fn complaints(run: &Run) -> Vec<String> {
    let is_shared = run.cast.objects().any(|(id, _)| run.cast.is_store(id));
    let row =
        run.verdicts.iter().find(|verdict| verdict.property == PropertyKind::Durable && verdict.subject.is_none());
    let Some(row) = row.filter(|row| is_shared && row.state == State::Held) else { return Vec::new() };
    let logs = logs(run);
    let missing = acknowledged(run).into_iter().filter(|acked| !logs.values().any(|log| has(log, *acked)));
    missing.map(|(writer, _)| format!("{}'s write is in no log: {:?}", run.cast.name(writer), row.sentence)).collect()
}

/// The log of each node when the run ends.
fn logs(run: &Run) -> BTreeMap<ParticipantId, BTreeMap<u32, &Entry>> {
    let mut logs: BTreeMap<ParticipantId, BTreeMap<u32, &Entry>> = BTreeMap::new();
    for event in &run.trace.events {
        let log = logs.entry(event.participant).or_default();
        match &event.kind {
            EventKind::Noted(Note::Logged { index, entry }) => {
                log.insert(*index, entry);
            }
            EventKind::Noted(Note::Truncated { from }) => {
                log.split_off(from);
            }
            EventKind::Recovered { disk: Disk::Wiped, .. } => log.clear(),
            _ => {}
        }
    }
    logs
}

fn acknowledged(run: &Run) -> Vec<Acked> {
    let is_wiped = |client: ParticipantId| {
        run.trace.events.iter().any(|event| {
            event.participant == client && matches!(event.kind, EventKind::Recovered { disk: Disk::Wiped, .. })
        })
    };
    let keeps = |node: ParticipantId| {
        run.cast.objects().any(|(id, object)| run.cast.is_store(id) && object.nodes.contains(&node))
    };
    let acked = run.trace.events.iter().filter_map(|event| match &event.kind {
        EventKind::Sent { to, message: Message::Ok { request, .. }, .. } if keeps(event.participant) => {
            Some((*to, *request))
        }
        _ => None,
    });
    acked.filter(|(client, _)| !is_wiped(*client)).collect()
}

fn has(log: &BTreeMap<u32, &Entry>, (writer, number): Acked) -> bool {
    log.values().any(|entry| match &entry.command {
        Command::Serve { from, message } => {
            *from == writer && matches!(**message, Message::Write { request, .. } if request == number)
        }
        Command::Nothing | Command::Expire { .. } => false,
    })
}
