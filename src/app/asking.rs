//! What is judged afterwards: the questions whose answers take longer than a frame, from the asking to the answer.
//!
//! Whatever is little work is judged with the run. The rest is one question to whoever works for the page (see
//! [`crate::work`]); until it is answered its rows say that they are being worked out, and nothing is announced of them.
//! A text that is shown in the place of another makes the question about that one outdated; its answer, should it still
//! come, is nobody's.

use std::rc::Rc;

use fencepost_lab::{Blame, blame_at_once, to_blame};

use crate::app::{Effect, Model, Picture, changes, claims, documents};
use crate::work::{Id, Judgement, Message, Question};

/// What is known of the judgement beyond the picture.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    /// What the judgement of the shown text lacks.
    pub lacks: Lacks,
    /// How far the question about it is.
    pub state: Asked,
    /// The number of the last question.
    last: Id,
    /// The picture that this one is compared with once its judgement is there; `None` where nothing is told of it.
    before: Option<Rc<Picture>>,
    /// What the browser is to be asked for.
    pub due: Vec<Effect>,
}

/// What is not judged yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacks {
    /// Some verdicts of the run.
    pub verdicts: bool,
    /// Which faults the violation needs.
    pub blame: bool,
    /// The claims of the views that are not shown.
    pub elsewhere: bool,
}

impl Lacks {
    /// Whether there is anything.
    pub fn any(self) -> bool {
        self.verdicts || self.blame || self.elsewhere
    }
}

/// How far a question is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// Nothing is asked.
    #[default]
    Nothing,
    /// It is being worked on.
    Working {
        /// So many parts are done.
        done: u32,
        /// Of so many.
        of: u32,
        /// Whether that has taken so long that the reader may want to stop it.
        is_long: bool,
    },
    /// The reader has stopped it.
    Stopped,
    /// Whoever worked on it has failed.
    Failed,
}

/// Judges what is little work beyond a picture that is about to be shown.
pub fn judge_at_once(model: &mut Model, picture: &Picture) {
    let lacks_verdicts = !picture.run.is_whole();
    // What goes wrong first may be among what is not judged yet.
    let to_blame = to_blame(&picture.run).filter(|_| !lacks_verdicts);
    let blame = to_blame.map(|verdict| (verdict, blame_at_once(&picture.view.scenario, &picture.run, verdict)));
    let lacks_blame = lacks_verdicts || matches!(blame, Some((_, None)));
    let elsewhere = claims::elsewhere_at_once(picture, model.variant.as_deref());
    model.asking.lacks = Lacks { verdicts: lacks_verdicts, blame: lacks_blame, elsewhere: elsewhere.is_none() };
    model.blame = blame.map(|(verdict, blame)| blame.unwrap_or(Blame { verdict, necessary: Vec::new() }));
    model.elsewhere = elsewhere.unwrap_or_default();
}

/// Asks for what the judgement of the committed text lacks, in the place of whatever was asked before.
pub fn ask(model: &mut Model, before: Option<Rc<Picture>>) {
    let asking = &mut model.asking;
    if let Asked::Working { .. } = asking.state {
        asking.due.push(Effect::Tell(Message::Cancel(asking.last).print()));
    }
    asking.state = Asked::Nothing;
    asking.before = before;
    if asking.lacks.any() {
        let (text, variant) = (model.history.current().text().to_owned(), model.variant.clone());
        asking.last += 1;
        asking.state = Asked::Working { done: 0, of: 1, is_long: false };
        let question = Message::Ask(asking.last, Question::Judge { text, variant }).print();
        asking.due.push(Effect::Ask(asking.last, question));
    }
}

/// Nothing is told of what this text is judged otherwise than the one before it: another one was opened.
pub fn tell_nothing(model: &mut Model) {
    model.asking.before = None;
}

/// What whoever works for the page says. An answer to a question that is not asked any more changes nothing.
pub fn hear(model: &mut Model, said: &str) -> Vec<Effect> {
    let asking = &mut model.asking;
    let Asked::Working { done, of, .. } = &mut asking.state else { return Vec::new() };
    match Message::parse(said) {
        Some(Message::Progress(id, now, all)) if id == asking.last => (*done, *of) = (now, all),
        Some(Message::Failed(id)) if id == asking.last => asking.state = Asked::Failed,
        Some(Message::Answer(id, judgement)) if id == asking.last => answered(model, judgement),
        // Another question's, or what only the page says.
        Some(
            Message::Progress(..) | Message::Failed(_) | Message::Answer(..) | Message::Ask(..) | Message::Cancel(_),
        )
        | None => {}
    }
    Vec::new()
}

/// A question has been under way for so long that the reader may want to stop it.
pub fn takes_long(model: &mut Model, id: Id) -> Vec<Effect> {
    if let (Asked::Working { is_long, .. }, true) = (&mut model.asking.state, id == model.asking.last) {
        *is_long = true;
    }
    Vec::new()
}

/// The reader does not want to wait.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    let Asked::Working { .. } = model.asking.state else { return Vec::new() };
    model.asking.state = Asked::Stopped;
    model.announcement = "Stopped. What was not worked out is not judged.".into();
    vec![Effect::Tell(Message::Cancel(model.asking.last).print())]
}

/// The reader wants to know after all.
pub fn again(model: &mut Model) -> Vec<Effect> {
    if let (Asked::Stopped | Asked::Failed, false) = (model.asking.state, model.stale) {
        documents::cancel(model);
        let before = model.asking.before.take();
        ask(model, before);
    }
    Vec::new()
}

fn answered(model: &mut Model, judgement: Judgement) {
    let Judgement { verdicts, blame, elsewhere } = judgement;
    let variant = model.variant.clone();
    // A drag that goes on shows another run; the answer is about the one from before it.
    let shown = model.drag.as_ref().map_or_else(|| model.picture.clone(), |drag| drag.before.clone());
    let judged = Rc::new(shown.judged(verdicts, variant.as_deref(), &model.layout()));
    model.blame = blame.filter(|Blame { verdict, .. }| *verdict < judged.run.verdicts.len());
    model.elsewhere = claims::elsewhere(&judged.parsed, elsewhere);
    (model.asking.lacks, model.asking.state) = (Lacks::default(), Asked::Nothing);
    let before = model.asking.before.take();
    if let Some(drag) = &mut model.drag {
        drag.before = judged;
        return;
    }
    model.picture = judged;
    if let Some(before) = before {
        model.changes = changes::between(&before, &model.picture);
    }
    model.announcement = documents::announcement(model);
    if model.announcement.is_empty() {
        model.announcement = "The verdicts are worked out.".into();
    }
}

#[cfg(test)]
mod tests {
    use fencepost_lab::run;
    use fencepost_properties::{Reason, State, Verdict};
    use fencepost_scenario::model::{FaultSpec, PauseStart};
    use fencepost_scenario::{Document, Edit};
    use fencepost_sim::{Duration, Time};
    use fencepost_vocabulary::PropertyKind;

    use super::*;
    use crate::app::{Msg, Start, update};
    use crate::work::Desk;

    /// Eleven clients write at once, and a reader sees one of the values: their orders are more than are looked through
    /// at once, and fewer than are looked through in all.
    fn crowd(title: &str) -> String {
        let writers: String = (1..=11).map(|number| format!("client C{number} at 0s: write X\n")).collect();
        format!(
            "fencepost 1\ntitle {title}\nuntil 20s\nregister X on N1 N2 N3\n{writers}\
            client R at 10s: read X\npause R at 12s for 1s\nexpect linearizable held\n\
            variant again\n  expect linearizable violated\n"
        )
    }

    /// A pair whose fault, once it is gone, lets two hundred thousand things happen.
    fn freed() -> String {
        "fencepost 1\nuntil 20s\nnetwork delay 1us\npair P Q heartbeat 1us timeout 3us\ncrash P at 0s\ncrash Q at 0s\n\
            lock L lease 1s\nstore S check none\nclient A at 0s: acquire L; work 50ms; write S\n\
            client B at 1s: acquire L; work 100ms; write S\npause A at 30ms for 5s\n"
            .into()
    }

    fn opened(text: String) -> (Model, Vec<Effect>) {
        let mut model = Model::open(Start::default()).0;
        let effects = update(&mut model, Msg::OpenText(text));
        (model, effects)
    }

    fn question(effects: &[Effect]) -> (Id, String) {
        let asked = effects.iter().filter_map(|effect| match effect {
            Effect::Ask(id, question) => Some((*id, question.clone())),
            _ => None,
        });
        let asked: Vec<_> = asked.collect();
        assert_eq!(asked.len(), 1, "one question");
        asked[0].clone()
    }

    fn cancels(effects: &[Effect], id: Id) -> bool {
        effects.contains(&Effect::Tell(Message::Cancel(id).print()))
    }

    /// All that whoever works says to a question, the answer last.
    fn worked(question: &str) -> Vec<String> {
        let mut desk = Desk::default();
        desk.hear(question);
        let mut said = Vec::new();
        while !desk.is_idle() {
            said.extend(desk.step());
        }
        said
    }

    fn hear_all(model: &mut Model, said: Vec<String>) {
        for said in said {
            update(model, Msg::Heard(said));
        }
    }

    fn row(model: &Model) -> &Verdict {
        let all = &model.picture.run.verdicts;
        all.iter().find(|verdict| verdict.property == PropertyKind::Linearizable).expect("a row")
    }

    const OPEN: State = State::NoVerdict(Reason::Unfinished);

    #[test]
    fn what_is_costly_is_asked_and_answered_as_if_it_had_been_judged_at_once() {
        let (mut model, effects) = opened(crowd("Many"));
        assert_eq!(row(&model).state, OPEN);
        assert_eq!(model.asking.lacks, Lacks { verdicts: true, blame: true, elsewhere: true });
        assert_eq!(model.asking.state, Asked::Working { done: 0, of: 1, is_long: false });
        assert!(model.picture.claims[0].is_open && !model.picture.claims[0].fails());
        assert!(model.announcement == "Many.");
        let (_, question) = question(&effects);
        hear_all(&mut model, worked(&question));
        let whole = run(&model.picture.view.scenario);
        assert_eq!((row(&model).state, &*model.picture.run), (State::Held, &whole));
        assert_eq!((model.asking.lacks, model.asking.state), (Lacks::default(), Asked::Nothing));
        assert!(model.picture.claims[0].outcome.holds && !model.picture.claims[0].is_open);
        assert!(!model.elsewhere[0].claims[0].outcome.holds, "the other variant claims the contrary");
        assert_eq!(model.announcement, "The verdicts are worked out.");
        assert!(model.changes.is_empty(), "nothing is told of a text that was opened");
    }

    #[test]
    fn what_is_little_work_asks_nobody() {
        let (model, effects) = opened(crowd("Few").replace("client C", "# client C"));
        assert_eq!(row(&model).state, State::Held);
        assert!(!model.asking.lacks.any() && !effects.iter().any(|effect| matches!(effect, Effect::Ask(..))));
    }

    #[test]
    fn the_blame_alone_can_be_what_takes_long() {
        let (mut model, effects) = opened(freed());
        assert_eq!(model.asking.lacks, Lacks { verdicts: false, blame: true, elsewhere: false });
        assert!(model.blame.as_ref().is_some_and(|blame| blame.necessary.is_empty()));
        let verdict = to_blame(&model.picture.run).expect("something is violated");
        let whole = fencepost_lab::blame(&model.picture.view.scenario, &model.picture.run, verdict);
        hear_all(&mut model, worked(&question(&effects).1));
        assert_eq!(model.blame, Some(whole));
    }

    #[test]
    fn an_answer_to_another_question_changes_nothing() {
        let (mut model, effects) = opened(crowd("First"));
        let first = question(&effects);
        let effects = update(&mut model, Msg::OpenText(crowd("Second")));
        let second = question(&effects);
        assert!(cancels(&effects, first.0) && first.0 != second.0);
        hear_all(&mut model, worked(&first.1));
        assert_eq!((row(&model).state, model.announcement.as_str()), (OPEN, "Second."));
        hear_all(&mut model, worked(&second.1));
        assert_eq!(row(&model).state, State::Held);
        let shown = model.picture.clone();
        hear_all(&mut model, worked(&second.1));
        assert!(Rc::ptr_eq(&shown, &model.picture), "an answer counts once");
    }

    #[test]
    fn a_text_that_needs_no_question_makes_the_one_before_outdated() {
        let (mut model, effects) = opened(crowd("First"));
        let first = question(&effects);
        let effects = update(&mut model, Msg::OpenText("fencepost 1\nclient A at 0s: acquire L\nlock L\n".into()));
        assert!(cancels(&effects, first.0));
        let verdicts = model.picture.run.verdicts.clone();
        hear_all(&mut model, worked(&first.1));
        assert_eq!(model.picture.run.verdicts, verdicts);
    }

    #[test]
    fn what_is_stopped_says_so_and_can_be_asked_again() {
        let (mut model, effects) = opened(crowd("Stopped"));
        let first = question(&effects);
        update(&mut model, Msg::TakesLong(first.0 + 1));
        assert!(matches!(model.asking.state, Asked::Working { is_long: false, .. }), "that is another question");
        update(&mut model, Msg::TakesLong(first.0));
        assert!(matches!(model.asking.state, Asked::Working { is_long: true, .. }));
        let effects = update(&mut model, Msg::StopWork);
        assert!(cancels(&effects, first.0) && model.asking.state == Asked::Stopped);
        hear_all(&mut model, worked(&first.1));
        assert_eq!((row(&model).state, model.asking.state), (OPEN, Asked::Stopped));
        let second = question(&update(&mut model, Msg::AskAgain));
        hear_all(&mut model, worked(&second.1));
        assert_eq!((row(&model).state, model.asking.state), (State::Held, Asked::Nothing));
    }

    #[test]
    fn who_fails_is_not_waited_for() {
        let (mut model, effects) = opened(crowd("Failed"));
        let (id, _) = question(&effects);
        update(&mut model, Msg::Heard(Message::Failed(id).print()));
        assert_eq!((row(&model).state, model.asking.state), (OPEN, Asked::Failed));
    }

    #[test]
    fn a_change_is_told_once_when_all_of_it_is_known() {
        let (mut model, effects) = opened(crowd("Told"));
        hear_all(&mut model, worked(&question(&effects).1));
        let text = model.text().replace("pause R at 12s for 1s", "pause R at 12s for 2s");
        let effects = update(&mut model, Msg::SetText(text));
        assert_eq!(model.announcement, "");
        assert!(model.changes.iter().all(|change| !change.spoken().contains("linearizable")), "{:?}", model.changes);
        let said = worked(&question(&effects).1);
        let (answer, progress) = said.split_last().expect("an answer");
        hear_all(&mut model, progress.to_vec());
        assert_eq!(model.announcement, "");
        update(&mut model, Msg::Heard(answer.clone()));
        assert!(!model.announcement.is_empty());
        assert!(model.typing, "an answer ends no stretch of typing");
    }

    #[test]
    fn an_answer_during_a_drag_is_about_the_run_from_before_it() {
        let (mut model, effects) = opened(crowd("Dragged"));
        let asked = question(&effects);
        let length = |seconds: u64| FaultSpec::Pause {
            participant: "R".into(),
            start: PauseStart::At(Time::from_millis(12_000)),
            length: Duration::from_millis(seconds * 1_000),
        };
        let edit = Edit::ReplaceFault { index: 0, fault: length(3) };
        assert!(update(&mut model, Msg::Preview(Some(edit))).is_empty(), "nothing is asked of a frame of a drag");
        hear_all(&mut model, worked(&asked.1));
        assert_eq!(row(&model).state, OPEN, "the frame under the hand");
        update(&mut model, Msg::CancelPreview);
        assert_eq!((row(&model).state, model.asking.lacks.any()), (State::Held, false));
        let edit = Edit::ReplaceFault { index: 0, fault: length(4) };
        update(&mut model, Msg::Preview(Some(edit)));
        question(&update(&mut model, Msg::Commit));
    }

    #[test]
    fn the_question_is_the_text_that_is_shown_and_its_variant() {
        let (mut model, _) = opened(crowd("Asked"));
        let effects = update(&mut model, Msg::SetVariant(Some("again".into())));
        let said = Message::parse(&question(&effects).1).expect("a message");
        let Message::Ask(_, Question::Judge { text, variant }) = said else { panic!("{said:?}") };
        assert_eq!((Document::new(text), variant), (Document::new(crowd("Asked")), Some("again".into())));
    }
}
