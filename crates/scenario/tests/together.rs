//! What texts mean that speak of several who keep something together, and what is said about those that mean nothing.

use fencepost_scenario::model::{
    Expectation, FaultSpec, NodeSpec, ObjectKindSpec, Order, ProgramStep, Reads, Role, Scenario, Timeout,
};
use fencepost_scenario::{Document, Edit, print};
use fencepost_sim::Duration;
use fencepost_vocabulary::CheckMode;

/// One line of each kind, with everything that can be said in it, in its canonical spelling.
const EVERYTHING: &str = "\
fencepost 1
until 60s
network delay 50ms

nodes N1 N2 N3 elect heartbeat 200ms timeout 1s..3s leader N1 term 7 quorum 2 prevote on checkquorum on sticky on votes volatile traitor N3
nodes M1 M2 M3 elect timeouts 1s 1500ms 2s
nodes O1 O2 elect timeout 1s leader O2
lock K lease 10s redlock on K1 K2 K3 quorum 2 keys volatile restart delayed expiry wall
register X on X1 X2 X3 quorum 2 read-quorum 3 write-back off
registry R1 R2 replicate async 50ms nonatomic
store S check ge
pair P Q heartbeat 500ms timeout 2s stonith confirmed disk S
generals G1 G2 G3 G4 rounds 1 traitor G1 G3 signed on order retreat
client A at 0s: acquire L at N2 retry 1s; write T at N1 x2 pipelined; read T at N2; read X from X1 X2; claim alice at R1 retry 1s; claim bob at N1; release L at N1; acquire K; write P
lock L lease 10s replicated on N1 N2 N3 first-token 33 dirty-grant on token counter release blind reentrant on dedupe off
store T replicated on N1 N2 N3 check ge ack one reads lease

lie G3 to G1 says retreat
lie G3 to G1 about G2 says attack
off lie G1 to G2 says retreat

expect elections 0..1
expect elections 3
expect elections >= 8
expect usable >= 80%
expect usable < 70%
expect one-leader-per-term held
expect linearizable(X) violated at 500ms
expect two-leaders seen
expect unique-registration held
expect elect met
";

fn scenario(text: &str) -> Scenario {
    let parsed = Document::new(text).parse();
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.scenario
}

/// The diagnostics of a text, one a line, without its first line.
fn said(body: &str) -> String {
    let diagnostics = Document::new(format!("fencepost 1\n{body}")).parse().diagnostics;
    diagnostics.iter().map(|one| one.message.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn everything_is_read_and_written_as_it_was() {
    assert_eq!(print(&scenario(EVERYTHING)), EVERYTHING);
}

#[test]
fn each_of_a_group_has_a_lane_and_what_they_keep_has_none() {
    let scenario = scenario(EVERYTHING);
    let lanes: Vec<&str> = scenario.participants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(lanes.join(" "), "N1 N2 N3 M1 M2 M3 O1 O2 K1 K2 K3 X1 X2 X3 R1 R2 S P Q G1 G2 G3 G4 A");
    let objects: Vec<&str> = scenario.objects.iter().map(|object| object.name.as_str()).collect();
    assert_eq!(objects.join(" "), "L T");
    let ObjectKindSpec::Store(store) = &scenario.objects[1].kind else { panic!("T is a store") };
    assert_eq!((store.check, store.reads), (CheckMode::Ge, Reads::Lease));
    let Role::Node(nodes) = &scenario.participants[3].role else { panic!("M1 is a node") };
    let fixed = [1_000, 1_500, 2_000].map(Duration::from_millis).to_vec();
    assert_eq!((&nodes.timeout, nodes.term, nodes.enough()), (&Timeout::Fixed(fixed), 0, 2));
}

#[test]
fn what_goes_without_saying_is_not_said() {
    let names = ["N1", "N2", "N3"].map(str::to_owned).to_vec();
    let scenario =
        scenario("fencepost 1\nnodes N1 N2 N3 elect heartbeat 100ms timeout 1s..2s prevote off votes stable\n");
    assert_eq!(scenario.participants[0].role, Role::Node(NodeSpec::new(names)));
    assert!(print(&scenario).contains("\nnodes N1 N2 N3 elect\n"));
    let led = Document::new("fencepost 1\nnodes N1 N2 N3 elect leader N2\n").parse().scenario;
    let Role::Node(nodes) = &led.participants[0].role else { panic!("N1 is a node") };
    assert_eq!((nodes.leader.as_deref(), nodes.term), (Some("N2"), 1));
}

#[test]
fn lies_claims_and_steps_mean_what_they_say() {
    let scenario = scenario(EVERYTHING);
    let lie = |about: Option<&str>, says| FaultSpec::Lie {
        from: "G3".into(),
        to: "G1".into(),
        about: about.map(str::to_owned),
        says,
    };
    assert_eq!(scenario.faults, [lie(None, Order::Retreat), lie(Some("G2"), Order::Attack)]);
    assert_eq!(scenario.expectations[0], Expectation::Elections { least: 0, most: Some(1) });
    assert_eq!(scenario.expectations[2], Expectation::Elections { least: 8, most: None });
    assert_eq!(scenario.expectations[4], Expectation::Usable { share: 700_000, reached: false });
    let client = scenario.participant("A").map(|one| &one.role);
    let Some(Role::Client(client)) = client else { panic!("A is a client") };
    let from = vec!["X1".to_owned(), "X2".to_owned()];
    assert_eq!(
        client.program[3],
        ProgramStep::Read { store: "X".into(), at: None, from, patience: Default::default() }
    );
}

#[test]
fn a_variant_replaces_a_lock_of_any_kind_by_its_name() {
    let text = "fencepost 1\nnodes N1 N2 N3 elect\nlock L lease 10s\nclient A: acquire L\n\
        variant shared\n  lock L lease 10s replicated on N1 N2 N3\n\
        variant keys\n  lock L lease 10s redlock on K1 K2 K3\n  remove nodes N1\n";
    let parsed = Document::new(text).parse();
    assert_eq!(parsed.diagnostics, []);
    let view = |name| parsed.view(Some(name)).expect("it is there");
    let lanes = |name| view(name).scenario.participants.iter().map(|one| one.name.clone()).collect::<String>();
    assert_eq!((lanes("shared"), lanes("keys")), ("N1N2N3A".to_owned(), "K1K2K3A".to_owned()));
    assert_eq!((view("shared").lines.objects, view("shared").scenario.objects.len()), (vec![5], 1));
}

/// Two generals could always be called so, and a store could always ask a lock of such a name.
#[test]
fn texts_of_the_first_version_mean_what_they_meant() {
    let generals = scenario("fencepost 1\ngenerals signed order messages 3\n");
    assert!(generals.participants.iter().all(|one| matches!(one.role, Role::General(_))));
    let store = scenario("fencepost 1\nlock reads lease 10s\nstore S check ask-first reads\n");
    assert!(matches!(&store.participants[1].role, Role::Store(spec) if spec.asks.as_deref() == Some("reads")));
    for name in
        "elect leader term quorum replicated redlock keys ack reads claim says attack usable index one".split(' ')
    {
        let text = format!("lock {name} lease 10s\nclient A: acquire {name}\npause {name} at 1s for 1s");
        assert_eq!(said(&text), "", "{name}");
    }
}

#[test]
fn a_shared_lock_and_a_shared_store_are_edited_in_their_lines() {
    let document = Document::new(EVERYTHING);
    let edited = |edit: &Edit, line: &str| {
        let after = document.apply(edit, None).expect("it can be said");
        assert!(after.text().contains(line), "{line}\n{}", after.text());
    };
    let lease = |lock: &str, seconds| Edit::SetLease { lock: lock.into(), lease: Some(Duration::from_secs(seconds)) };
    edited(&lease("L", 7), "lock L lease 7s replicated on N1");
    edited(&lease("K", 8), "lock K lease 8s redlock on K1");
    edited(&Edit::SetFirstToken { lock: "L".into(), first_token: 9 }, " first-token 9 dirty-grant on");
    edited(&Edit::SetCheck { store: "T".into(), check: CheckMode::Gt }, "N3 check gt ack one");
    assert!(document.apply(&Edit::SetLease { lock: "K".into(), lease: None }, None).is_err());
}

#[test]
fn what_several_keep_has_a_name_of_its_own() {
    let taken = |name: &str, line: usize| format!("there is already a `{name}`, in line {line}; this one is ignored");
    assert_eq!(said("lock L lease 10s redlock on K1 K2\nlock L lease 10s"), taken("L", 2));
    assert_eq!(said("lock L lease 10s\nregister L on K1 K2"), taken("L", 2));
    assert_eq!(said("nodes N1 N2 elect\nstore X replicated on N1 N2\nstore X"), taken("X", 4));
    assert_eq!(
        said("nodes N1 N2 elect\nstore X replicated on N1 N2\nlock X lease 1s replicated on N1 N2"),
        taken("X", 3)
    );
    let scenario = Document::new("fencepost 1\nlock L lease 10s\nregister L on K1 K2\n").parse().scenario;
    assert_eq!(scenario.participants.len(), 1);
}

#[test]
fn who_lies_is_a_traitor_and_lies_to_one_of_its_own() {
    let world = "generals G1 G2 G3 rounds 1 traitor G3\nclient A: work 1s\n";
    let lie = |line: &str| said(&format!("{world}{line}"));
    assert_eq!(lie("lie G3 to G1 about G2 says attack"), "");
    assert_eq!(lie("lie G1 to G2 says attack"), "`G1` is no traitor, and only traitors lie");
    assert_eq!(lie("lie G3 to A says attack"), "`A` is no general who agrees with others round by round");
    assert_eq!(lie("lie G3 to G1 about G9 says attack"), "there is no participant `G9`");
}

#[test]
fn a_quorum_is_remarked_on_and_left_alone() {
    let two = "two groups of 2 nodes can decide without a common witness";
    assert_eq!(said("nodes N1 N2 N3 N4 elect quorum 2"), two);
    assert_eq!(said("lock L lease 1s redlock on N1 N2 N3 N4 quorum 2"), two);
    let alone = "each node can decide by itself, without a common witness";
    assert_eq!(said("nodes N1 N2 N3 elect quorum 1"), alone);
    assert_eq!(said("nodes N1 N2 N3 N4 elect quorum 3\nnodes M1 M2 M3 elect quorum 2"), "");
    assert_eq!(
        said("register X on N1 N2 N3 quorum 1 read-quorum 3\nregister Y on M1 M2 M3 quorum 3 read-quorum 1"),
        ""
    );
    assert_eq!(said("register X on N1 N2 N3 read-quorum 4"), "there are only 3 nodes, so 4 of them never agree");
    let scenario = Document::new("fencepost 1\nnodes N1 N2 elect quorum 5\n").parse().scenario;
    let Role::Node(nodes) = &scenario.participants[0].role else { panic!("N1 is a node") };
    assert_eq!(nodes.enough(), 5);
}
