//! How many are enough: the arithmetic of each group of the scenario, and the numbers of the text that decide it.

use fencepost_scenario::Edit;
use fencepost_scenario::model::{NodeSpec, OfficerSpec, RedlockSpec, RegisterSpec, Role, Scenario};
use fencepost_vocabulary::Arithmetic;

/// One group and its sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Who they are.
    pub names: String,
    /// How many.
    pub size: u32,
    /// The numbers that can be changed.
    pub dials: Vec<Dial>,
    /// What follows from them, each with whether it is as it should be.
    pub sums: Vec<(bool, String)>,
}

/// A number of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dial {
    /// What it counts, for a reader.
    pub label: &'static str,
    /// What it is now.
    pub now: u32,
    /// One less, as an edit, where that can be said.
    pub less: Option<Edit>,
    /// One more.
    pub more: Option<Edit>,
}

/// The groups of a scenario in which it matters how many agree, in the order of their lanes.
pub fn groups(scenario: &Scenario) -> Vec<Group> {
    let first =
        |one: &&fencepost_scenario::model::Participant| one.role.group().and_then(<[String]>::first) == Some(&one.name);
    scenario.participants.iter().filter(first).filter_map(|one| group(&one.role)).collect()
}

fn group(role: &Role) -> Option<Group> {
    let names = role.group()?;
    let (dials, sums) = match role {
        Role::Node(spec) => nodes(spec),
        Role::KeyNode(spec) => keys(spec),
        Role::Replica(spec) => copies(spec),
        Role::Officer(spec) => officers(spec),
        _ => return None,
    };
    Some(Group { names: names.join(" "), size: names.len() as u32, dials, sums })
}

type Sums = (Vec<Dial>, Vec<(bool, String)>);

fn nodes(spec: &NodeSpec) -> Sums {
    let sum = Arithmetic { n: spec.nodes.len() as u32, q: spec.enough(), f: spec.traitors.len() as u32 };
    let dials = vec![
        quorum("Votes and copies that are enough", &spec.nodes, sum.q, "quorum", None),
        liars(&spec.nodes, &spec.traitors),
    ];
    (dials, vec![shared(sum), honest(sum), alive(sum)])
}

fn keys(spec: &RedlockSpec) -> Sums {
    let sum = Arithmetic { n: spec.nodes.len() as u32, q: spec.enough(), f: 0 };
    let dials = vec![quorum("Keys that are enough", &spec.nodes, sum.q, "quorum", None)];
    let forget = match sum.smallest_overlap() {
        0 => "The lock can be given away twice although nobody forgets anything.".to_owned(),
        1 => "One node that forgets in a crash is enough to give the lock away twice.".to_owned(),
        many => format!("{many} nodes that forget in a crash are enough to give the lock away twice."),
    };
    let remembers = spec.keys == fencepost_scenario::model::Memory::Stable || spec.delayed_restart;
    (dials, vec![shared(sum), alive(sum), (remembers && sum.is_safe(), forget)])
}

fn copies(spec: &RegisterSpec) -> Sums {
    let (n, write, read) = (spec.nodes.len() as u32, spec.enough(), spec.enough_to_read());
    let dials = vec![
        quorum("Copies that make a write", &spec.nodes, write, "quorum", None),
        quorum("Answers that make a read", &spec.nodes, read, "read-quorum", Some(write)),
    ];
    let both = (write + read).saturating_sub(n);
    let meet = match both {
        0 => format!(
            "{read} of those who are read and {write} of those who were written may have no node in common: a read can miss a write that is done."
        ),
        _ => format!(
            "A read of {read} and a write of {write} among {n} share at least {write} + {read} − {n} = {}.",
            nodes_of(both)
        ),
    };
    let sum = Arithmetic { n, q: write.max(read), f: 0 };
    (dials, vec![(both > 0, meet), shared(Arithmetic { q: write, ..sum }), alive(sum)])
}

fn officers(spec: &OfficerSpec) -> Sums {
    let (n, traitors) = (spec.generals.len() as u32, spec.traitors.len() as u32);
    let rounds = |number: u32| option(&spec.generals, "rounds", Some(number.to_string()));
    let dial = Dial {
        label: "Rounds of relaying",
        now: spec.rounds,
        less: spec.rounds.checked_sub(1).map(rounds),
        more: (spec.rounds < n).then(|| rounds(spec.rounds + 1)),
    };
    let enough = spec.signed || n > 3 * traitors;
    let need = 3 * traitors + 1;
    let many = match (spec.signed, enough) {
        (true, _) => "A signed order cannot be misquoted, so any number of traitors can be borne.".to_owned(),
        (false, true) => format!("3 · {traitors} + 1 = {need}, and there are {n}: the loyal ones outvote the liars."),
        (false, false) => {
            format!(
                "3 · {traitors} + 1 = {need}, and there are only {n}: nobody can tell a liar from one who was lied to."
            )
        }
    };
    let talk = match spec.rounds >= traitors {
        true => format!("{} of relaying for {}: enough.", rounds_of(spec.rounds), traitors_of(traitors)),
        false => format!(
            "{} of relaying for {}: one more for each traitor is needed.",
            rounds_of(spec.rounds),
            traitors_of(traitors)
        ),
    };
    (vec![dial, liars(&spec.generals, &spec.traitors)], vec![(enough, many), (spec.rounds >= traitors, talk)])
}

/// How many of a group are enough. The default is not written: `usual`, or else more than half of them.
fn quorum(label: &'static str, names: &[String], now: u32, word: &str, usual: Option<u32>) -> Dial {
    let most = names.len() as u32;
    let usual = usual.unwrap_or(most / 2 + 1);
    let set = |number: u32| option(names, word, (number != usual).then(|| number.to_string()));
    Dial { label, now, less: (now > 1).then(|| set(now - 1)), more: (now < most).then(|| set(now + 1)) }
}

/// How many of a group lie: one more from its end, or one less.
fn liars(names: &[String], now: &[String]) -> Dial {
    let set = |liars: Vec<&str>| option(names, "traitor", (!liars.is_empty()).then(|| liars.join(" ")));
    let listed =
        |liars: &dyn Fn(&String) -> bool| names.iter().filter(|name| liars(name)).map(String::as_str).collect();
    let last = names.iter().rfind(|name| !now.contains(name));
    let less = now.split_last().map(|(last, _)| set(listed(&|name| now.contains(name) && name != last)));
    let more = last.map(|last| set(listed(&|name| now.contains(name) || name == last)));
    Dial { label: "Traitors", now: now.len() as u32, less, more }
}

fn option(names: &[String], word: &str, value: Option<String>) -> Edit {
    Edit::SetOption { subject: names.first().cloned().unwrap_or_default(), option: word.to_owned(), value }
}

fn shared(sum: Arithmetic) -> (bool, String) {
    let Arithmetic { n, q, .. } = sum;
    match sum.smallest_overlap() {
        0 => (
            false,
            format!(
                "Two groups of {q} among {n} need not share a node (2 · {q} − {n}): both may decide, and differently."
            ),
        ),
        many => (true, format!("Two groups of {q} among {n} share at least 2 · {q} − {n} = {}.", nodes_of(many))),
    }
}

fn honest(sum: Arithmetic) -> (bool, String) {
    let (overlap, f) = (sum.smallest_overlap(), sum.f);
    let said = match (f, sum.is_safe()) {
        (0, _) => "Nobody lies, so any node that they share is a witness.".to_owned(),
        (_, true) => format!("{overlap} ≥ {f} + 1: one of those whom they share is honest."),
        (_, false) => format!("{overlap} < {f} + 1: all whom they share may lie, to each what it wants to hear."),
    };
    (sum.is_safe(), said)
}

fn alive(sum: Arithmetic) -> (bool, String) {
    let Arithmetic { n, q, f } = sum;
    match (f, sum.is_live()) {
        (0, true) => {
            let silent = n - q;
            (silent > 0, format!("{q} ≤ {n}: it goes on while up to {silent} of {n} are silent."))
        }
        (_, true) => (true, format!("{q} ≤ {n} − {f}: the honest ones are enough by themselves.")),
        (_, false) => (false, format!("{q} > {n} − {f}: without the liars nothing can be decided.")),
    }
}

fn nodes_of(number: u32) -> String {
    if number == 1 { "1 node".to_owned() } else { format!("{number} nodes") }
}

fn rounds_of(number: u32) -> String {
    if number == 1 { "1 round".to_owned() } else { format!("{number} rounds") }
}

fn traitors_of(number: u32) -> String {
    if number == 1 { "1 traitor".to_owned() } else { format!("{number} traitors") }
}

#[cfg(test)]
mod tests {
    use fencepost_scenario::Document;

    use super::*;

    fn of(text: &str) -> Group {
        groups(&Document::new(format!("fencepost 1\n{text}\n")).parse().scenario).remove(0)
    }

    fn marks(text: &str) -> String {
        of(text).sums.iter().map(|(good, _)| if *good { '✓' } else { '✕' }).collect()
    }

    /// The line after a dial was turned.
    fn turned(text: &str, dial: usize, more: bool) -> String {
        let text = format!("fencepost 1\n{text}\n");
        let dial = of(text.trim_start_matches("fencepost 1\n").trim()).dials.remove(dial);
        let edit = if more { dial.more } else { dial.less };
        let Some(edit) = edit else { return "no further".into() };
        let after = Document::new(&*text).apply(&edit, None).expect("it can be said");
        after.lines().nth(1).unwrap_or_default().to_owned()
    }

    #[test]
    fn majorities_meet_halves_need_not_and_liars_need_more() {
        assert_eq!(marks("nodes N1 N2 N3 elect"), "✓✓✓");
        assert_eq!(marks("nodes N1 N2 N3 N4 elect quorum 2"), "✕✕✓");
        assert_eq!(marks("nodes N1 N2 N3 elect traitor N3"), "✓✕✓");
        assert_eq!(marks("nodes N1 N2 N3 N4 elect quorum 3 traitor N4"), "✓✓✓");
        assert_eq!(marks("nodes N1 N2 N3 N4 elect quorum 4 traitor N4"), "✓✓✕");
        assert_eq!(marks("nodes N1 N2 N3 elect quorum 3"), "✓✓✕");
        let said = of("nodes N1 N2 N3 elect").sums.remove(0).1;
        assert_eq!(said, "Two groups of 2 among 3 share at least 2 · 2 − 3 = 1 node.");
    }

    #[test]
    fn a_read_and_a_write_must_meet() {
        assert_eq!(marks("register X on N1 N2 N3"), "✓✓✓");
        assert_eq!(marks("register X on N1 N2 N3 read-quorum 1"), "✕✓✓");
        assert_eq!(marks("register X on N1 N2 N3 N4 quorum 1 read-quorum 4"), "✓✕✕");
    }

    #[test]
    fn forgetful_keys_and_too_few_generals_are_marked() {
        assert_eq!(marks("lock L lease 10s redlock on N1 N2 N3 N4 N5"), "✓✓✓");
        assert_eq!(marks("lock L lease 10s redlock on N1 N2 N3 N4 N5 keys volatile"), "✓✓✕");
        assert_eq!(marks("generals G1 G2 G3 rounds 1 traitor G2"), "✕✓");
        assert_eq!(marks("generals G1 G2 G3 rounds 0 traitor G2 signed on"), "✓✕");
        assert_eq!(marks("generals G1 G2 G3 G4 rounds 1 traitor G2"), "✓✓");
    }

    #[test]
    fn a_dial_says_a_number_and_not_what_goes_without_saying() {
        assert_eq!(turned("nodes N1 N2 N3 elect # few", 0, true), "nodes N1 N2 N3 elect quorum 3 # few");
        assert_eq!(turned("nodes N1 N2 N3 elect quorum 1", 0, true), "nodes N1 N2 N3 elect");
        assert_eq!(turned("nodes N1 N2 N3 elect quorum 3", 0, true), "no further");
        assert_eq!(turned("nodes N1 N2 N3 elect traitor N2", 1, true), "nodes N1 N2 N3 elect traitor N2 N3");
        assert_eq!(turned("nodes N1 N2 N3 elect traitor N2", 1, false), "nodes N1 N2 N3 elect");
        assert_eq!(turned("generals G1 G2 G3 rounds 1 traitor G2", 0, false), "generals G1 G2 G3 rounds 0 traitor G2");
        assert_eq!(turned("register X on N1 N2 N3", 1, false), "register X on N1 N2 N3 read-quorum 1");
    }
}
