//! Runs of nodes, officers and keepers, put together by hand.
#![allow(dead_code, reason = "each test file uses its part")]

use fencepost_sim::Duration;
use fencepost_vocabulary::{
    Cast, FencingToken, Member, Message, NameId, Note, ObjectKind, Operation, Path, RequestId, RoleKind, Stamp, Term,
    Value,
};

use crate::stage::{Stage, Staged, acquire, append, appended, group, id, object, request_vote, vote};

/// A leader that is cut off, another one that takes over, and the first that learns of it.
pub fn king() -> Staged {
    let mut stage = Stage::new(
        group(3, &["A", "B"]),
        "title The king who did not know\nclient N1 at 0s:\nclient N2 at 0s:\nclient N3 at 0s:\nclient A at 0s:\npartition N1 A | N2 N3 B from 1s to 6s\n",
    );
    let (n1, n2, n3, a, b) = (id(0), id(1), id(2), id(3), id(4));
    let lease = Some(Duration::from_secs(10));
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
        stage.lose(1_150, n1, node, append(1, 0, std::slice::from_ref(&entry), 0));
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
    let copied = stage.send(4_550, n2, n3, append(3, 0, std::slice::from_ref(&entry), 0), Some(asked));
    stage.note(4_600, n3, Note::Logged { index: 1, entry: entry.clone() }, Some(copied));
    let answered = stage.send(4_600, n3, n2, appended(3, 1), Some(copied));
    stage.note(4_650, n2, Note::Committed { upto: 1 }, Some(answered));
    let token = FencingToken(33);
    let granted = Note::Granted { client: b, request: RequestId(1), token, lease };
    stage.note(4_650, n2, Note::For { object: id(5), index: 1, note: Box::new(granted) }, Some(answered));
    let waited = Duration::from_millis(100);
    let reply = Message::Granted { request: RequestId(1), token, waited, lease, seal: None };
    let holds = stage.send(4_650, n2, b, reply, Some(answered));
    let belief = Note::Holds { lock: id(5), request: RequestId(1), token, until: None };
    stage.note(4_700, b, belief, Some(holds));
    let heard = stage.send(6_100, n2, n1, append(3, 0, std::slice::from_ref(&entry), 1), None);
    stage.note(6_150, n1, Note::StepsDown { term: Term(1) }, Some(heard));
    stage.note(6_150, n1, Note::Enters { term: Term(3) }, Some(heard));
    stage.note(6_150, n1, Note::Truncated { from: 1 }, Some(heard));
    stage.note(6_150, n1, Note::Logged { index: 1, entry }, Some(heard));
    stage.note(6_150, n1, Note::Committed { upto: 1 }, Some(heard));
    stage.send(6_150, n1, n2, appended(3, 1), Some(heard));
    stage.ends(8_000)
}

fn officers(staged: &mut Stage) {
    let (g1, g2, g3) = (id(0), id(1), id(2));
    let order = |path: &[u16], attack| Message::Order { path: Path(path.iter().map(|it| id(*it)).collect()), attack };
    staged.note(0, g1, Note::Proposed { attack: true }, None);
    let to_2 = staged.send(0, g1, g2, order(&[0], true), None);
    let to_3 = staged.send(0, g1, g3, order(&[0], true), None);
    staged.note(100, g2, Note::Lied { to: g3, said: false, truth: true }, Some(to_2));
    let lie = staged.send(100, g2, g3, order(&[0, 1], false), Some(to_2));
    staged.send(100, g3, g2, order(&[0, 2], true), Some(to_3));
    staged.note(0, g1, Note::Decided { attack: true }, None);
    staged.note(200, g3, Note::Decided { attack: false }, Some(lie));
}

/// Three officers, of whom the second lies.
pub fn liars() -> Staged {
    let officer = |name: &str, commander, traitor| Member {
        name: name.to_owned(),
        role: RoleKind::Officer { commander, traitor, rounds: 1 },
    };
    let members = vec![officer("G1", true, false), officer("G2", false, true), officer("G3", false, false)];
    let mut stage = Stage::new(Cast::of(members), "title Three generals");
    officers(&mut stage);
    stage.ends(400)
}

/// A register of three replicas, and a reader that finds what only one of them has.
pub fn register() -> Staged {
    let replica = |name: &str| Member { name: name.to_owned(), role: RoleKind::Replica };
    let mut cast = Cast::of(vec![replica("N1"), replica("N2"), replica("N3")]);
    cast.members.extend(["W", "A"].map(|name| Member { name: name.to_owned(), role: RoleKind::Client }));
    cast.objects.push(object("X", ObjectKind::Register, 0..3));
    let mut stage = Stage::new(cast, "title Reading backwards");
    let (w, a, x) = (id(3), id(4), id(5));
    let request = RequestId(1);
    let write = Operation::Write(Value::Number(1));
    stage.note(50, w, Note::Began { object: x, request, operation: write }, None);
    let put = Message::Put { request, stamp: Stamp { count: 1, writer: w }, value: Value::Number(1) };
    let stored = stage.send(50, w, id(0), put.clone(), None);
    stage.send(100, id(0), w, Message::Kept { request }, Some(stored));
    stage.lose(50, w, id(1), put);
    let read = Operation::Read;
    stage.note(200, a, Note::Began { object: x, request, operation: read }, None);
    let mut last = None;
    for (node, count) in [(0, 1), (1, 0)] {
        let asked = stage.send(200, a, id(node), Message::Get { request }, None);
        let (stamp, value) = (Stamp { count, writer: w }, if count == 1 { Value::Number(1) } else { Value::Empty });
        last = Some(stage.send(250, id(node), a, Message::Got { request, stamp, value }, Some(asked)));
    }
    stage.note(300, a, Note::Ended { object: x, request, value: Some(Value::Number(1)) }, last);
    stage.ends(600)
}

/// Keys of three nodes, names, and a node of a pair that is shot.
pub fn keepers() -> Staged {
    let member = |name: &str, role| Member { name: name.to_owned(), role };
    let twin = RoleKind::Twin { timeout: Duration::from_secs(5) };
    let mut cast = Cast::of(vec![
        member("N1", RoleKind::KeyNode),
        member("N2", RoleKind::KeyNode),
        member("N3", RoleKind::KeyNode),
        member("A", RoleKind::Client),
        member("R1", RoleKind::Registry),
        member("U", RoleKind::Client),
        member("P", twin),
        member("Q", twin),
    ]);
    let lease = Duration::from_secs(10);
    cast.objects.push(object("L", ObjectKind::Keys { lease, quorum: 2 }, 0..3));
    cast.objects.push(object("P/Q", ObjectKind::Pair, 6..8));
    cast.names.push("alice".to_owned());
    let mut stage = Stage::new(cast, "title Keepers");
    let (a, lock, request) = (id(3), id(8), RequestId(1));
    let mut last = None;
    for node in [0, 1] {
        let asked = stage.send(0, a, id(node), Message::Take { request, lease }, None);
        stage.note(50, id(node), Note::Keyed { client: a, request, lease }, Some(asked));
        last = Some(stage.send(50, id(node), a, Message::Taken { request }, Some(asked)));
    }
    let token = FencingToken(471);
    stage.note(100, a, Note::Holds { lock, request, token, until: None }, last);
    let claim = stage.send(200, id(5), id(4), Message::Claim { request, name: NameId(0) }, None);
    stage.note(250, id(4), Note::Registered { name: NameId(0), owner: id(5) }, Some(claim));
    let owns = stage.send(250, id(4), id(5), Message::Claimed { request, name: NameId(0) }, Some(claim));
    stage.note(300, id(5), Note::Owns { name: NameId(0), registry: id(4) }, Some(owns));
    let active = Note::Granted { client: id(7), request, token, lease: None };
    stage.note(400, id(7), Note::For { object: id(9), index: 0, note: Box::new(active) }, None);
    let shot = stage.send(400, id(7), id(6), Message::Stonith, None);
    stage.note(450, id(6), Note::PoweredOff, Some(shot));
    stage.note(700, id(0), Note::Unkeyed { client: a, request, expired: true }, None);
    stage.ends(1_000)
}

/// A minute of a group that changes its leader every two seconds, one term after the other.
pub fn restless() -> Staged {
    let text =
        "title Restless\nclient N1 at 0s:\nclient N2 at 0s:\nclient N3 at 0s:\npartition N1 | N3 from 0s to 60s\n";
    let mut stage = Stage::new(group(3, &[]), text);
    stage.cut(0, 60_000);
    for round in 0..30_u16 {
        let (leader, other) = if round % 2 == 0 { (0, 2) } else { (2, 0) };
        let (at, term) = (u64::from(round) * 2_000, u32::from(round) + 1);
        if round > 0 {
            stage.note(at + 150, id(other), Note::StepsDown { term: Term(term - 1) }, None);
        }
        stage.elect(at, id(leader), term, &[1]);
        stage.beats((at + 100, at + 2_000), id(leader), term, &[1], &[other]);
    }
    stage.ends(60_000)
}
