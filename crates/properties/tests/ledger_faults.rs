//! What the ledger knows of faults: when the last was at work, and which have no end.

use crate::support::story;
use fencepost_properties::{FaultEnd, Ledger};
use fencepost_sim::Time;

fn read(text: &str) -> Ledger {
    let story = story::read(&format!("cast L:lock:10s S:store A:client B:client\n{text}"));
    Ledger::read(&story.trace, &story.cast)
}

fn ms(millis: u64) -> Time {
    Time::from_millis(millis)
}

#[test]
fn faults_end_with_the_last_thing_a_fault_touched() {
    use FaultEnd::{Over, Struck};
    let last = |text: &str| read(text).last_fault.map(|last| (last.at, last.how));
    assert_eq!(last("0ms A asks L"), None);
    assert_eq!(last("0ms A asks L dropped"), Some((ms(0), Struck)));
    assert_eq!(last("5ms A asks L dropped"), Some((ms(5), Struck)));
    assert_eq!(last("0ms A asks L until 9s"), Some((ms(9_000), Over)));
    assert_eq!(last("0ms A writes S 33 #1\n0ms A copies S\n50ms S applies A 33 #1 v1"), Some((ms(0), Over)));
    assert_eq!(last("0ms A writes S 33 #1\n7ms A copies S\n50ms S applies A 33 #1 v1"), Some((ms(7), Over)));
    assert_eq!(last("3ms A pauses until 8s"), Some((ms(8_000), Over)));
    assert_eq!(last("3ms A crashes"), Some((ms(3), Struck)));
    assert_eq!(last("3ms A crashes until 9s\n9000ms A recovers kept"), Some((ms(9_000), Over)));
    assert_eq!(last("3ms A crashes until 90s"), Some((ms(90_000), Over)));
    assert_eq!(last("3ms A ticks 500000"), Some((ms(3), Struck)));
}

#[test]
fn what_a_fault_without_an_end_does_is_nothing_new() {
    let told = |text: &str| {
        let ledger = read(text);
        (ledger.last_fault.map(|last| (last.at, last.how)), ledger.endless)
    };
    let lasts = Some((ms(3), FaultEnd::Lasts));
    assert_eq!(told("3ms A pauses\n5ms A asks L dropped\n9ms A asks L until 20s"), (lasts, Some(ms(3))));
    assert_eq!(told("3ms A pauses until 4ms\n5ms A asks L dropped"), (Some((ms(5), FaultEnd::Struck)), None));
    assert_eq!(told("3ms A crashes\n5ms A pauses until 6ms"), (Some((ms(6), FaultEnd::Over)), Some(ms(3))));
}
