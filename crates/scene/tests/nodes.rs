//! What terms, votes, logs, quorums and lies look like, in runs put together by hand.
#![cfg(not(target_arch = "wasm32"))]

mod shared;
#[path = "shared/stage.rs"]
mod stage;

use fencepost_scene::{ChipKind, Options, Px, Scene, SpanKind, Tone, prose, svg};
use fencepost_vocabulary::{
    Member, Message, NameId, Note, ObjectKind, Path, RequestId, RoleKind, Stamp, Term, Value,
};
use shared::wide;
use stage::{Stage, Staged, acquire, append, appended, group, id, ms, object, request_vote, vote};

/// A leader that is cut off, another one that takes over, and the first that learns of it.
fn king() -> Staged {
    let mut stage = Stage::new(
        group(3, &["A", "B"]),
        "title The king who did not know\nclient N1 at 0s:\nclient N2 at 0s:\nclient N3 at 0s:\nclient A at 0s:\npartition N1 A | N2 N3 B from 1s to 6s\n",
    );
    let (n1, n2, n3, a, b) = (id(0), id(1), id(2), id(3), id(4));
    let lease = Some(fencepost_sim::Duration::from_secs(10));
    stage.cast.objects.push(object("L", ObjectKind::Lock { lease }, 0..3));
    for node in [n1, n2, n3] {
        stage.note(0, node, Note::Enters { term: Term(1) }, None);
    }
    stage.note(0, n1, Note::Leads { term: Term(1) }, None);
    stage.beats((0, 1_000), n1, 1, &[1, 2], &[]);
    stage.cut(1_000, 6_000);
    stage.beats((1_000, 6_000), n1, 1, &[], &[1, 2]);
    let asked = stage.send(1_100, a, n1, Message::Acquire { request: RequestId(1) }, None);
    let entry = acquire(1, a);
    stage.note(1_150, n1, Note::Logged { index: 1, entry: entry.clone() }, Some(asked));
    for node in [n2, n3] {
        stage.lose(1_150, n1, node, append(1, 0, &[entry.clone()], 0));
    }
    // A first try without success.
    stage.note(2_400, n3, Note::Enters { term: Term(2) }, None);
    stage.note(2_400, n3, Note::Campaigns { term: Term(2), trial: false }, None);
    stage.lose(2_400, n3, n1, request_vote(2, false));
    let asked_n2 = stage.send(2_400, n3, n2, request_vote(2, false), None);
    stage.note(2_450, n2, Note::Enters { term: Term(2) }, Some(asked_n2));
    stage.send(2_450, n2, n3, vote(2, false), Some(asked_n2));
    stage.elect(3_900, n2, 3, &[2]);
    stage.beats((4_000, 6_000), n2, 3, &[2], &[0]);
    stage.beats((6_000, 8_000), n2, 3, &[2], &[]);
    let asked = stage.send(4_500, b, n2, Message::Acquire { request: RequestId(1) }, None);
    let entry = acquire(3, b);
    stage.note(4_550, n2, Note::Logged { index: 1, entry: entry.clone() }, Some(asked));
    let copied = stage.send(4_550, n2, n3, append(3, 0, &[entry.clone()], 0), Some(asked));
    stage.note(4_600, n3, Note::Logged { index: 1, entry: entry.clone() }, Some(copied));
    let answered = stage.send(4_600, n3, n2, appended(3, 1), Some(copied));
    stage.note(4_650, n2, Note::Committed { upto: 1 }, Some(answered));
    let token = fencepost_vocabulary::FencingToken(33);
    let granted = Note::Granted { client: b, request: RequestId(1), token, lease };
    stage.note(4_650, n2, Note::For { object: id(5), index: 1, note: Box::new(granted) }, Some(answered));
    let waited = fencepost_sim::Duration::from_millis(100);
    let reply = Message::Granted { request: RequestId(1), token, waited, lease, seal: None };
    let holds = stage.send(4_650, n2, b, reply, Some(answered));
    let belief = Note::Holds { lock: id(5), request: RequestId(1), token, until: None };
    stage.note(4_700, b, belief, Some(holds));
    let heard = stage.send(6_100, n2, n1, append(3, 0, &[entry.clone()], 1), None);
    stage.note(6_150, n1, Note::StepsDown { term: Term(1) }, Some(heard));
    stage.note(6_150, n1, Note::Enters { term: Term(3) }, Some(heard));
    stage.note(6_150, n1, Note::Truncated { from: 1 }, Some(heard));
    stage.note(6_150, n1, Note::Logged { index: 1, entry }, Some(heard));
    stage.note(6_150, n1, Note::Committed { upto: 1 }, Some(heard));
    stage.send(6_150, n1, n2, appended(3, 1), Some(heard));
    stage.ends(8_000)
}

fn write(staged: &Staged, name: &str) {
    if let Some(folder) = std::env::var_os("LOOK") {
        for width in [360, 900, 1_440] {
            let file = svg::write(&staged.scene(&wide(width)), &staged.view(), &svg::Carried::default());
            let path = std::path::Path::new(&folder).join(format!("{name}-{width}.svg"));
            std::fs::write(path, file).expect("it can be written");
        }
    }
}

#[test]
fn look() {
    write(&king(), "king");
}
