//! The protocol goes there and back whatever it carries, and what comes of it is what would have been judged at once.

use fencepost_lab::{Blame, Outcome, Run, blame, check_run, run, to_blame};
use fencepost_properties::{Evidence, Reason, State, Verdict};
use fencepost_scenario::{Document, gallery};
use fencepost_sim::{Duration, EventId, ParticipantId, Time};
use fencepost_vocabulary::PropertyKind;

use super::*;

/// Choices that are the same in every run (Knuth's numbers).
struct Choices(u64);

impl Choices {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    /// A text with whatever a stranger may write, and all that the protocol itself is made of.
    fn text(&mut self) -> String {
        let parts = [
            "\n",
            "\t",
            "\\",
            "\\t",
            "\r",
            "fencepost-work 1 ",
            "text\n",
            "variant x\n",
            "é",
            "\u{202e}",
            "-",
            ",",
            " ",
            "a",
            "0",
        ];
        (0..self.below(9)).map(|_| self.of(&parts)).collect()
    }

    fn state(&mut self) -> State {
        let (time, length, event) =
            (Time(self.below(1 << 40)), Duration(self.below(1 << 40)), EventId(self.below(1 << 20) as u32));
        let evidence = [Evidence::Quiescent, Evidence::Lasso { length }, Evidence::Horizon, Evidence::GaveUp];
        let reasons = [Reason::CutShort, Reason::TooMany, Reason::NothingToJudge, Reason::Unfinished];
        let states = [
            State::Held,
            State::Violated { at: time, event },
            State::Pending { age: length },
            State::Quiet { since: time },
            State::Stuck { evidence: self.of(&evidence), since: time },
            State::Met { after: length, at: time, event },
            State::NoVerdict(self.of(&reasons)),
            State::Seen { from: time, until: time + length },
            State::Unseen,
        ];
        self.of(&states)
    }

    fn verdict(&mut self) -> Verdict {
        Verdict {
            property: self.of(&PropertyKind::ALL),
            subject: (self.below(2) == 0).then(|| ParticipantId(self.below(300) as u16)),
            state: self.state(),
            events: (0..self.below(4)).map(|_| EventId(self.below(200_000) as u32)).collect(),
            sentence: self.text(),
        }
    }

    /// A name is part of a line of the text, so it has no line end.
    fn name(&mut self) -> Option<String> {
        (self.below(2) == 0).then(|| self.text().replace('\n', ""))
    }

    fn judgement(&mut self) -> Judgement {
        let blame = (self.below(2) == 0).then(|| Blame {
            verdict: self.below(40) as usize,
            necessary: (0..self.below(5)).map(|_| self.below(2) == 0).collect(),
        });
        let mut elsewhere = Vec::new();
        for _ in 0..self.below(3) {
            let variant = self.name();
            let outcomes = (0..self.below(4)).map(|index| Outcome {
                variant: variant.clone(),
                index: index as usize,
                holds: self.below(2) == 0,
                found: self.text(),
                nothing_to_judge: self.below(2) == 0,
                rows: (0..self.below(3)).map(|_| self.below(40) as usize).collect(),
            });
            let outcomes = outcomes.collect();
            elsewhere.push(ViewOutcomes { variant, outcomes });
        }
        Judgement { verdicts: (0..self.below(5)).map(|_| self.verdict()).collect(), blame, elsewhere }
    }

    fn message(&mut self) -> Message {
        let id = self.below(1 << 32) as u32;
        match self.below(5) {
            0 => Message::Ask(id, Question::Judge { text: self.text(), variant: self.name() }),
            1 => Message::Cancel(id),
            2 => Message::Progress(id, self.below(9) as u32, self.below(99) as u32),
            3 => Message::Failed(id),
            _ => Message::Answer(id, self.judgement()),
        }
    }
}

#[test]
fn every_message_comes_back_from_its_text() {
    let mut choices = Choices(5);
    for _ in 0..5_000 {
        let message = choices.message();
        assert_eq!(Message::parse(&message.print()).as_ref(), Some(&message), "{}", message.print());
    }
}

#[test]
fn what_is_no_message_is_refused_and_costs_nothing() {
    let mut desk = Desk::default();
    let ask = Message::Ask(7, Question::Judge { text: "fencepost 1\n".into(), variant: None }).print();
    let wrong = [
        String::new(),
        "ready".into(),
        ask.replace("work 1", "work 2"),
        ask.replace("judge", "fetch"),
        ask.replace("ask 7", "ask -7"),
        ask.replace("\ntext", "\ntexts"),
        "fencepost-work 1 answer 7\nverdict\theld".into(),
        "fencepost-work 1 answer 7\nclaim\t0\ttrue\tfalse\t-\theld".into(),
    ];
    for said in wrong {
        assert_eq!(Message::parse(&said), None, "{said}");
        desk.hear(&said);
        assert!(desk.is_idle() && desk.step().is_none(), "{said}");
    }
}

/// All that a desk says until it has nothing to do.
fn worked(desk: &mut Desk) -> Vec<Message> {
    let mut said = Vec::new();
    while !desk.is_idle() {
        said.extend(desk.step().map(|said| Message::parse(&said).expect("a message")));
    }
    said
}

fn ask(desk: &mut Desk, id: Id, text: &str, variant: Option<&str>) {
    let (text, variant) = (text.to_owned(), variant.map(str::to_owned));
    desk.hear(&Message::Ask(id, Question::Judge { text, variant }).print());
}

/// The whole judgement in one go, without any of this.
fn judged(text: &str, shown: Option<&str>) -> Judgement {
    let parsed = Document::new(text).parse();
    let view = |name: Option<&str>| parsed.view(name).expect("a view").scenario;
    let all: Run = run(&view(shown));
    let blame = to_blame(&all).map(|verdict| blame(&view(shown), &all, verdict));
    let names = std::iter::once(None).chain(parsed.scenario.variants.iter().map(|variant| Some(variant.name.clone())));
    let others = names.filter(|name| name.as_deref() != shown).filter_map(|variant| {
        let scenario = view(variant.as_deref());
        let outcomes = check_run(variant.as_deref(), &scenario, &run(&scenario));
        (!outcomes.is_empty()).then_some(ViewOutcomes { variant, outcomes })
    });
    Judgement { blame, elsewhere: others.collect(), verdicts: all.verdicts }
}

#[test]
fn every_view_of_every_chapter_is_judged_as_if_at_once() {
    for entry in gallery::all() {
        let variants = Document::new(entry.text).parse().scenario.variants;
        for shown in std::iter::once(None).chain(variants.iter().map(|variant| Some(variant.name.as_str()))) {
            let mut desk = Desk::default();
            ask(&mut desk, 3, entry.text, shown);
            let said = worked(&mut desk);
            assert_eq!(said.last(), Some(&Message::Answer(3, judged(entry.text, shown))), "{} {shown:?}", entry.name);
        }
    }
}

#[test]
fn progress_only_grows_and_comes_before_the_answer() {
    let entry = gallery::all().iter().max_by_key(|entry| entry.text.matches("variant").count()).expect("a chapter");
    let mut desk = Desk::default();
    ask(&mut desk, 9, entry.text, None);
    let said = worked(&mut desk);
    let told = said.iter().filter_map(|message| match message {
        Message::Progress(9, done, of) => Some((*done, *of)),
        _ => None,
    });
    let told: Vec<(u32, u32)> = told.collect();
    assert!(told.len() > 1 && told.is_sorted() && told.iter().all(|(done, of)| done <= of), "{told:?}");
    assert_eq!(said.len(), told.len() + 1, "one answer");
}

#[test]
fn a_question_that_is_not_wanted_any_more_is_dropped_and_the_next_is_answered() {
    let mut desk = Desk::default();
    let [first, second] = [&gallery::all()[0], &gallery::all()[1]];
    ask(&mut desk, 1, first.text, None);
    ask(&mut desk, 2, second.text, None);
    let _ = desk.step();
    desk.hear(&Message::Cancel(1).print());
    let ids = worked(&mut desk).into_iter().map(|message| match message {
        Message::Progress(id, ..) | Message::Answer(id, _) => id,
        other => panic!("{other:?}"),
    });
    assert!(ids.collect::<Vec<_>>().iter().all(|id| *id == 2));
    ask(&mut desk, 3, first.text, None);
    desk.hear(&Message::Cancel(3).print());
    assert!(desk.is_idle());
}
