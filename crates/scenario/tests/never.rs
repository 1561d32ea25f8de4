//! What can never come to anything is remarked on, and what can is not.

use fencepost_scenario::{Document, Severity};

const WORLD: &str = "fencepost 1\nuntil 30s\nlock L lease 10s\nlock M lease 2s\nstore S check ask-first L\nstore T\n\
    nodes N1 N2 N3 elect leader N1\nlock K lease 5s replicated on N1 N2 N3\n";

/// The remarks on a text with these lines.
fn said(lines: &str) -> Vec<String> {
    let parsed = Document::new(format!("{WORLD}{lines}\n")).parse();
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    assert!(parsed.diagnostics.iter().all(|one| one.severity == Severity::Warning));
    parsed.diagnostics.into_iter().map(|one| one.message).collect()
}

const CLIENT: &str = "client A at 0s: acquire L; write S; release L\n";

#[test]
fn a_fault_on_a_message_that_nobody_sends_is_remarked_on() {
    for (fault, remark) in [
        ("drop A->S read 1", "the program of `A` sends `S` no `read`"),
        ("delay A->T write 1 by 1s", "the program of `A` sends `T` no `write`"),
        ("hold A->L renew 1 until 5s", "the program of `A` sends `L` no `renew`"),
        ("duplicate A->M acquire 1 after 1s", "the program of `A` sends `M` no `acquire`"),
        ("crash A after A->L granted 1", "a client never sends `granted`"),
        ("drop L->A acquire 1", "`L` sends no `acquire`: only clients do"),
        ("drop S->A write 1", "`S` sends no `write`: only clients do"),
    ] {
        assert_eq!(said(&format!("{CLIENT}{fault}")), [remark], "{fault}");
    }
}

#[test]
fn nothing_is_said_of_a_message_that_may_be_sent() {
    for fault in [
        "drop A->S write 9",
        "drop A->L acquire 2",
        "drop A->L release 1",
        "drop L->A granted 1",
        "drop S->A ok 1",
        "drop S->L ask 1",
        "drop N2->N1 appended 1",
    ] {
        assert_eq!(said(&format!("{CLIENT}{fault}")), [""; 0], "{fault}");
    }
    // Whoever keeps something with others may be asked in their place.
    assert_eq!(said("client A at 0s: acquire K; write S\ndrop A->N3 acquire 1"), [""; 0]);
    assert_eq!(said("client A at 0s renew every 3s: acquire L; work 9s\ndrop A->L renew 1"), [""; 0]);
}

#[test]
fn a_fault_after_the_end_is_remarked_on() {
    let remark = "the run ends at 30 s and this begins at 30 s, so it never strikes";
    for fault in ["pause A at 30s for 1s", "partition A | S from 30s", "clock A jump +1s at 30s", "mute A from 30s"] {
        assert_eq!(said(&format!("{CLIENT}{fault}")), [remark], "{fault}");
        assert_eq!(said(&format!("{CLIENT}off {fault}")), [""; 0], "it is switched off");
        assert_eq!(said(&format!("{CLIENT}{}", fault.replace("30s", "29999ms"))), [""; 0]);
    }
}

#[test]
fn a_margin_or_a_renewal_longer_than_the_lease_is_remarked_on() {
    let margin = |margin: &str| said(&format!("client A at 0s: acquire L; check lease margin {margin}; write S"));
    assert_eq!(margin("10s"), ["a margin of 10 s leaves nothing of a lease of 10 s, so this check never passes"]);
    assert_eq!(margin("9999ms"), [""; 0]);
    let renewal = |every: &str| said(&format!("client A at 0s renew every {every}: acquire M; work 9s; write S"));
    assert_eq!(renewal("2s"), ["a lease of 2 s is over before it is renewed after 2 s"]);
    assert_eq!(renewal("1999ms"), [""; 0]);
    let apart = format!("{WORLD}client A at 0s: acquire M; work 9s; write S\nclient A renew every 2s\n");
    let remark = Document::new(apart.as_str()).parse().diagnostics.remove(0);
    assert_eq!((remark.line, remark.column), (9, 15), "in the line that says how often");
    // The longest lease of those that are asked for is meant, and a lock that never expires has none.
    assert_eq!(said("client A at 0s: acquire M; acquire L; check lease margin 5s; write S"), [""; 0]);
    assert_eq!(
        said("lock F lease none\nclient A at 0s: acquire F; acquire M; check lease margin 5s; write S"),
        [""; 0]
    );
}
