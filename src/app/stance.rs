//! Answer or agree: what a group does while it is cut in two, and which words of the text decide it.
//!
//! Under a partition a group can agree, so that only a majority answers, or answer, so that whoever is asked says
//! something at once. Whoever switches edits the text like anybody else. What comes of it, the run shows.

use fencepost_scenario::model::{ObjectKindSpec, Reads, Role, Scenario};
use fencepost_scenario::{Edit, model};

use crate::app::{Effect, Model, documents};
use crate::words::cut_sentence;

/// What a group does under a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Only a majority answers.
    Agree,
    /// Whoever is asked answers at once.
    Answer,
}

/// One option of the text that decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lever {
    /// In whose line.
    subject: String,
    option: &'static str,
    /// Its words for either stance; `None` where that is the default.
    agree: Option<&'static str>,
    answer: Option<&'static str>,
    /// Whether it is set so that whoever is asked answers.
    answers: bool,
}

/// What there is to choose, and what has been chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What has been; `None` where the text has no word for it: registries always answer.
    pub stance: Option<Stance>,
    /// The cuts of this run, as sentences.
    pub cuts: Vec<String>,
}

/// The choice that a scenario leaves; `None` if nobody in it keeps something together with others, or nothing is ever cut.
pub fn choice(scenario: &Scenario) -> Option<Choice> {
    let is_cut = |fault: &&model::FaultSpec| matches!(fault, model::FaultSpec::Partition { .. });
    let cuts: Vec<String> = scenario.faults.iter().filter(is_cut).filter_map(cut_sentence).collect();
    if cuts.is_empty() && !scenario.disabled.iter().any(|fault| is_cut(&fault)) {
        return None;
    }
    let levers = levers(scenario);
    let registers = scenario.participants.iter().any(|one| matches!(one.role, Role::Registry(_)));
    let stance = if levers.iter().any(|lever| lever.answers) { Stance::Answer } else { Stance::Agree };
    match levers.is_empty() {
        true => registers.then_some(Choice { stance: None, cuts }),
        false => Some(Choice { stance: Some(stance), cuts }),
    }
}

/// Does what is chosen, in one step.
pub fn stand(model: &mut Model, stance: Stance) -> Vec<Effect> {
    let edits = edits(&model.picture.view.scenario, stance);
    documents::apply_all(model, &edits)
}

/// What is to be said otherwise.
fn edits(scenario: &Scenario, stance: Stance) -> Vec<Edit> {
    let answer = stance == Stance::Answer;
    let turned = levers(scenario).into_iter().filter(|lever| lever.answers != answer);
    let edits = turned.map(|lever| Edit::SetOption {
        subject: lever.subject,
        option: lever.option.to_owned(),
        value: if answer { lever.answer } else { lever.agree }.map(str::to_owned),
    });
    edits.collect()
}

fn levers(scenario: &Scenario) -> Vec<Lever> {
    let mut levers = Vec::new();
    let mut add = |subject: &str, option, agree, answer, answers| {
        levers.push(Lever { subject: subject.to_owned(), option, agree, answer, answers });
    };
    for object in &scenario.objects {
        match &object.kind {
            ObjectKindSpec::Lock(lock) => add(&object.name, "dirty-grant", None, Some("on"), lock.dirty_grant),
            ObjectKindSpec::Store(store) => {
                add(&object.name, "ack", None, Some("one"), store.ack == model::Ack::One);
                add(&object.name, "reads", None, Some("local"), store.reads == Reads::Local);
            }
        }
    }
    for one in &scenario.participants {
        // A group is told once what to be.
        if one.role.group().and_then(<[String]>::first) != Some(&one.name) {
            continue;
        }
        let few = |enough: u32, nodes: &[String]| enough as usize * 2 <= nodes.len();
        match &one.role {
            Role::Twin(pair) => add(&one.name, "stonith", Some("confirmed"), None, !pair.confirmed),
            Role::KeyNode(keys) => add(&one.name, "quorum", None, Some("1"), few(keys.enough(), &keys.nodes)),
            Role::Replica(copies) => {
                add(&one.name, "quorum", None, Some("1"), few(copies.enough(), &copies.nodes));
                let reads = few(copies.enough_to_read(), &copies.nodes);
                add(&one.name, "read-quorum", None, Some("1"), reads);
            }
            _ => {}
        }
    }
    levers
}

#[cfg(test)]
mod tests {
    use fencepost_scenario::Document;

    use super::*;
    use crate::app::{Msg, Start, update};

    const LOCK: &str = "fencepost 1\nclient A at 1100ms: acquire L at R1 retry 5s\nnodes R1 R2 R3 elect timeouts 1s 1500ms 2s leader R1\n\
        lock L lease 10s replicated on R1 R2 R3 # kept\nclient B at 4s: acquire L at R2\n\
        partition A R1 | R2 R3 B from 1s to 30s hold\n";

    fn opened(text: &str) -> Model {
        let mut model = Model::open(Start::default()).0;
        update(&mut model, Msg::SetText(text.into()));
        update(&mut model, Msg::EndTyping);
        model
    }

    fn stance(text: &str) -> Option<Option<Stance>> {
        choice(&Document::new(text).parse().scenario).map(|choice| choice.stance)
    }

    fn state(model: &Model, name: &str) -> &'static str {
        let run = &model.picture.run;
        let found = (0..run.verdicts.len()).find(|index| crate::app::verdict_name(run, *index) == name);
        found.map_or("absent", |index| run.verdicts[index].state.word())
    }

    #[test]
    fn who_answers_at_once_gives_up_exclusion_and_who_agrees_keeps_it() {
        let mut model = opened(LOCK);
        assert_eq!((stance(model.text()), state(&model, "lock-exclusion")), (Some(Some(Stance::Agree)), "held"));
        update(&mut model, Msg::Stand(Stance::Answer));
        assert!(model.text().contains("replicated on R1 R2 R3 dirty-grant on # kept"), "{}", model.text());
        assert_eq!((stance(model.text()), state(&model, "lock-exclusion")), (Some(Some(Stance::Answer)), "violated"));
        update(&mut model, Msg::Undo);
        assert_eq!((model.text(), state(&model, "lock-exclusion")), (LOCK, "held"));
        update(&mut model, Msg::Stand(Stance::Agree));
        assert_eq!(model.text(), LOCK, "what is so already is not said again");
    }

    #[test]
    fn several_words_turn_in_one_step_and_back() {
        let text = "fencepost 1\nnodes N1 N2 N3 elect leader N1\nstore X replicated on N1 N2 N3 check none reads lease\n\
            pair P Q\nregister Y on M1 M2 M3 quorum 2\npartition N1 | N2 N3 from 1s to 2s\n";
        let mut model = opened(text);
        update(&mut model, Msg::Stand(Stance::Answer));
        let said = ["check none reads local ack one", "register Y on M1 M2 M3 quorum 1 read-quorum 1", "pair P Q\n"];
        assert!(said.iter().all(|line| model.text().contains(line)), "{}", model.text());
        update(&mut model, Msg::Undo);
        assert_eq!(model.text(), text);
        update(&mut model, Msg::Stand(Stance::Agree));
        assert!(model.text().contains("pair P Q stonith confirmed\n"), "{}", model.text());
    }

    #[test]
    fn there_is_a_choice_only_where_a_group_can_be_cut() {
        assert_eq!(stance("fencepost 1\nnodes N1 N2 N3 elect\npartition N1 | N2 from 1s to 2s\n"), None);
        let uncut = LOCK.replace("partition", "off partition");
        assert_eq!(stance(&uncut), Some(Some(Stance::Agree)));
        assert_eq!(stance(&LOCK.replace("partition", "# partition")), None);
        assert_eq!(stance("fencepost 1\nregistry R1 R2\npartition R1 | R2 from 1s to 2s\n"), Some(None));
        let cuts = choice(&Document::new(LOCK).parse().scenario).map(|choice| choice.cuts);
        assert_eq!(cuts, Some(vec!["A and R1 are cut off from R2, R3 and B from 1 s to 30 s".to_owned()]));
    }
}
