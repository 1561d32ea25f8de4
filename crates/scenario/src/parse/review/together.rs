//! What several are told together that they cannot do, or that is probably not what was meant.
//!
//! A quorum that is too small or too large is remarked on and never put right: that it decides too much, or nothing, is
//! what some scenarios are about.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NodeSpec, ObjectKindSpec, ObjectSpec, PairSpec, Reads, RegisterSpec, Role};
use crate::parse::review::{Names, Remarks};
use crate::view::View;

impl Remarks<'_> {
    /// Each group once, however many lanes its line makes.
    pub(super) fn groups(&mut self, view: &View, names: &Names<'_>) {
        let mut seen = BTreeSet::new();
        for (participant, line) in view.scenario.participants.iter().zip(&view.lines.participants) {
            if participant.role.group().is_none() || !seen.insert(*line) {
                continue;
            }
            match &participant.role {
                Role::Member(spec) => self.members(*line, spec, names),
                Role::Node(spec) => self.nodes(*line, spec),
                Role::KeyNode(spec) => self.quorum(*line, spec.enough(), spec.nodes.len()),
                Role::Replica(spec) => self.register(*line, spec),
                Role::Twin(spec) => self.pair(*line, spec, names),
                _ => {}
            }
        }
    }

    fn nodes(&mut self, line: usize, spec: &NodeSpec) {
        self.quorum(line, spec.enough(), spec.nodes.len());
        if spec.timeout.shortest() <= spec.heartbeat {
            self.warn(line, "heartbeat", "somebody stands for election between two heartbeats");
        }
    }

    fn quorum(&mut self, line: usize, enough: u32, of: usize) {
        if self.can_be_met(line, "quorum", enough, of) && enough as usize * 2 <= of {
            let said = match enough {
                1 => "each node can decide by itself, without a common witness".to_owned(),
                _ => format!("two groups of {enough} nodes can decide without a common witness"),
            };
            self.warn(line, "quorum", &said);
        }
    }

    /// Whether there are so many nodes.
    fn can_be_met(&mut self, line: usize, word: &str, enough: u32, of: usize) -> bool {
        let met = enough as usize <= of;
        if !met {
            self.warn(line, word, &format!("there are only {of} nodes, so {enough} of them never agree"));
        }
        met
    }

    fn register(&mut self, line: usize, spec: &RegisterSpec) {
        let (of, write, read) = (spec.nodes.len(), spec.enough(), spec.enough_to_read());
        let word = if spec.read_quorum.is_some() { "read-quorum" } else { "quorum" };
        let met = self.can_be_met(line, "quorum", write, of) && self.can_be_met(line, word, read, of);
        if met && (write + read) as usize <= of {
            let said =
                format!("a read asks {read} and a write {write} of {of} nodes, and they need have none in common");
            self.warn(line, word, &said);
        }
    }

    fn pair(&mut self, line: usize, spec: &PairSpec, names: &Names<'_>) {
        if let Some(disk) = &spec.disk {
            self.kind(line, disk, "store", |kind| kind.store && kind.service, names);
        }
        if spec.timeout <= spec.heartbeat {
            self.warn(line, "timeout", "each takes the other for dead between two heartbeats");
        }
    }

    /// What groups keep in their logs: one lock and one store each.
    pub(super) fn objects(&mut self, view: &View, names: &Names<'_>) {
        let mut kept = BTreeMap::new();
        for (object, line) in view.scenario.objects.iter().zip(&view.lines.objects) {
            let Some(group) = self.group_of(*line, object, names) else { continue };
            let what = match &object.kind {
                ObjectKindSpec::Lock(_) => "lock",
                ObjectKindSpec::Store(store) => {
                    if store.reads == Reads::Lease && !group.sticky {
                        let said = "without `sticky on` another leader can be elected while this one still answers";
                        self.warn(*line, "reads", said);
                    }
                    "store"
                }
            };
            if let Some(first) = kept.insert((&group.nodes, what), *line) {
                let said = format!("these nodes keep a {what} already, that of line {}; they keep one only", first + 1);
                self.wrong(*line, &object.name, &said);
            }
        }
    }

    /// The group that keeps this, if it is one.
    fn group_of<'n>(&mut self, line: usize, object: &ObjectSpec, names: &Names<'n>) -> Option<&'n NodeSpec> {
        let mut group: Option<(&String, &'n NodeSpec)> = None;
        for name in &object.nodes {
            let Some(node) = names.0.get(name.as_str()).and_then(|kind| kind.node) else {
                let what = "node of a group that elects a leader";
                self.kind(line, name, what, |kind| kind.node.is_some(), names);
                return None;
            };
            match group {
                None => group = Some((name, node)),
                Some((_, other)) if other == node => {}
                Some((first, _)) => {
                    self.wrong(line, name, &format!("`{name}` and `{first}` are nodes of different groups"));
                    return None;
                }
            }
        }
        let (_, spec) = group?;
        if let Some(left_out) = spec.nodes.iter().find(|node| !object.nodes.contains(node)) {
            self.warn(line, "replicated", &format!("the whole group keeps it, `{left_out}` too"));
        }
        Some(spec)
    }
}
