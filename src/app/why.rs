//! The question that the reader has before them: why a property ends badly. It stays, with a switch for each fault, while
//! they switch faults off and on, whatever the verdict does then; it goes when they go elsewhere.

use fencepost_properties::{Evidence, State};
use fencepost_scenario::Document;
use fencepost_scenario::model::FaultSpec;

use crate::app::{Blame, Model, Picture, verdict_name};

/// A question that was asked, as it stood when it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The verdict's name: `effect-order`, `grant(B)`.
    pub name: String,
    /// Whether it was violated; if not, it stayed undone.
    pub violated: bool,
    /// What happened, in the verdict's own words.
    pub sentence: String,
    /// When the events happened that it rests on.
    pub times: Vec<String>,
    /// The faults that were on.
    faults: Vec<FaultSpec>,
    /// Those of them that it needs.
    necessary: Vec<FaultSpec>,
    /// What was open: the text as it was opened, its title, and the variant.
    of: (Document, String, Option<String>),
}

impl Why {
    /// The question about the verdict at a place of the shown run.
    fn ask(model: &Model, verdict: usize) -> Self {
        let (picture, whole) = (&model.picture, &model.picture.run.verdicts[verdict]);
        let faults = picture.view.scenario.faults.clone();
        let blame = model.blame.as_ref().filter(|blame| blame.verdict == verdict);
        let necessary = blame.map_or_else(Vec::new, |blame| needed(&faults, blame));
        Self {
            name: verdict_name(&picture.run, verdict),
            violated: matches!(whole.state, State::Violated { .. }),
            sentence: whole.sentence.clone(),
            times: whole.events.iter().map(|event| picture.run.trace.event(*event).time.to_string()).collect(),
            faults,
            necessary,
            of: place(model),
        }
    }

    /// Whether the bad end needs this fault.
    pub fn needs(&self, fault: &FaultSpec) -> bool {
        self.necessary.contains(fault)
    }

    /// The place of the verdict in a run, if that run has one of this name.
    pub fn verdict(&self, picture: &Picture) -> Option<usize> {
        (0..picture.run.verdicts.len()).find(|index| verdict_name(&picture.run, *index) == self.name)
    }

    /// Whether the shown run still ends as badly.
    pub fn is_still_so(&self, picture: &Picture) -> bool {
        self.verdict(picture).is_some_and(|index| is_bad(picture.run.verdicts[index].state))
    }

    /// How many of the faults that were on are switched off now.
    pub fn switched_off(&self, picture: &Picture) -> usize {
        self.faults.iter().filter(|fault| picture.view.scenario.disabled.contains(fault)).count()
    }

    /// What has become of it since: "With this off: effect-order holds."
    pub fn since(&self, picture: &Picture) -> String {
        let state = self.verdict(picture).map(|index| picture.run.verdicts[index].state);
        let begin = match self.switched_off(picture) {
            0 => "Now: ",
            1 => "With this off: ",
            _ => "With these off: ",
        };
        format!("{begin}{} {}.", self.name, state.map_or("has nothing to judge", stands))
    }

    fn is_of(&self, model: &Model) -> bool {
        self.of == place(model)
    }
}

/// What is open, as far as a question depends on it.
fn place(model: &Model) -> (Document, String, Option<String>) {
    (model.original.clone(), model.picture.view.scenario.title.clone(), model.variant.clone())
}

fn needed(faults: &[FaultSpec], blame: &Blame) -> Vec<FaultSpec> {
    let marked = faults.iter().zip(&blame.necessary).filter(|(_, necessary)| **necessary);
    marked.map(|(fault, _)| fault.clone()).collect()
}

fn is_bad(state: State) -> bool {
    matches!(state, State::Violated { .. } | State::Stuck { .. })
}

/// What a property does, behind its name.
fn stands(state: State) -> &'static str {
    match state {
        State::Held => "holds",
        State::Violated { .. } => "is still violated",
        State::Met { .. } => "is met",
        State::Pending { .. } | State::Quiet { .. } => "has not happened yet",
        State::Stuck { evidence: Evidence::Horizon, .. } => "still seems never to happen",
        State::Stuck { .. } => "will still never happen",
        State::NoVerdict(_) => "has no verdict",
        State::Seen { .. } => "is seen",
        State::Unseen => "never happened",
    }
}

/// Brings the question up to date with the run that is shown.
pub fn keep(model: &mut Model) {
    if model.drag.is_some() || model.stale {
        return;
    }
    let asked = model.why.take().filter(|why| why.is_of(model));
    // What goes wrong first may be among what is not worked out yet.
    let whole = Some(&model.picture).filter(|_| !model.asking.lacks.verdicts);
    let Some(verdict) = whole.and_then(|picture| picture.bad_end()) else { return model.why = asked };
    let mut fresh = Why::ask(model, verdict);
    // Another bad end that comes of a switch does not take the switch away from under the hand.
    let stays = asked.as_ref().is_some_and(|why| why.name != fresh.name && why.switched_off(&model.picture) > 0);
    if let Some(before) = asked.as_ref().filter(|why| why.name == fresh.name) {
        // What is off cannot be found necessary again; it is what it was.
        let off = &model.picture.view.scenario.disabled;
        fresh.necessary.extend(before.necessary.iter().filter(|fault| off.contains(fault)).cloned());
        fresh.faults.extend(before.faults.iter().filter(|fault| off.contains(fault)).cloned());
    }
    model.why = if stays { asked } else { Some(fresh) };
}

#[cfg(test)]
mod tests {
    use crate::app::{Model, Msg, Start, update};

    fn after(msgs: impl IntoIterator<Item = Msg>) -> Model {
        let mut model = Model::open(Start::default()).0;
        for msg in msgs {
            update(&mut model, msg);
        }
        model
    }

    fn said(model: &Model) -> Option<String> {
        model.why.as_ref().map(|why| format!("{} {}", why.name, why.since(&model.picture)))
    }

    #[test]
    fn the_question_stays_while_its_faults_are_switched_off_and_on() {
        let off = after([Msg::ToggleFault(0)]);
        assert_eq!(said(&off).as_deref(), Some("effect-order With this off: effect-order holds."));
        let (why, rows) = (off.why.as_ref().expect("it stays"), off.picture.fault_rows());
        assert!(rows.len() == 1 && rows[0].id.is_none(), "the switch is there to be switched on again");
        assert!(why.needs(rows[0].spec) && !why.sentence.is_empty());
        let on = after([Msg::ToggleFault(0), Msg::ToggleFault(0)]);
        assert_eq!(on.why, after([]).why);
        assert_eq!(said(&after([Msg::ToggleFault(0), Msg::Undo])), said(&after([])));
    }

    #[test]
    fn another_bad_end_in_its_place_does_not_take_the_switch_away() {
        let text = "fencepost 1\nuntil 60s\nnetwork delay 50ms\nlock L lease 10s\nstore S check none\n\
            client A at 0s: acquire L; work 1s; write S; release L\nclient B at 1s: acquire L; work 1s; write S; release L\n\
            pause A at 150ms for 15s\ncrash L at 90s\n";
        let without = format!("{text}crash S at 5s\n");
        let mut model = after([Msg::SetText(without), Msg::EndTyping]);
        let first = model.why.clone().expect("something ends badly").name;
        let rows = model.picture.fault_rows().len();
        for place in 0..rows {
            update(&mut model, Msg::ToggleFault(place));
            let why = model.why.as_ref().expect("it stays");
            assert_eq!((why.name.as_str(), model.picture.fault_rows().len()), (first.as_str(), rows));
        }
    }

    #[test]
    fn it_goes_with_the_reader() {
        let off = || [Msg::ToggleFault(0)];
        assert_eq!(said(&after(off().into_iter().chain([Msg::SetVariant(Some("fenced".into()))]))), None);
        let opened = Msg::OpenText("fencepost 1\ntitle A lock gone wrong\nlock L lease 10s\n".into());
        assert_eq!(said(&after(off().into_iter().chain([opened]))), None);
        let typed = Msg::SetText("fencepost 1\ntitle Mine\nlock L lease 10s\n".into());
        assert_eq!(said(&after(off().into_iter().chain([typed]))), None);
    }
}
