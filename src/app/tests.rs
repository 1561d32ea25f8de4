//! The page's paths, tried natively: what the reader does goes in, what is shown and asked of the browser comes out.

use fencepost_properties::State;
use fencepost_scenario::model::{CrashStart, FaultSpec, PauseStart, Recovery};
use fencepost_scenario::{Edit, Severity, gallery};
use fencepost_sim::{Disk, Duration, Time};
use fencepost_vocabulary::PropertyKind;

use super::*;

/// The page of a first visit: scenario 7.
fn first_visit() -> Model {
    Model::open(Start { address: "https://example.org/".into(), ..Start::default() }).0
}

/// A draft of the reader's, from an earlier visit.
fn own() -> drafts::Draft {
    drafts::Draft { key: drafts::key("own", "earlier"), text: "title My own\n".into(), ..Default::default() }
}

/// A page behind a link.
fn behind(fragment: &str) -> Model {
    let start = Start { fragment: fragment.into(), draft: Some(own()), ..Start::default() };
    Model::open(start).0
}

fn word(model: &Model, property: PropertyKind) -> &'static str {
    let found = model.picture.run.verdicts.iter().find(|verdict| verdict.property == property);
    found.map_or("missing", |verdict| verdict.state.word())
}

/// A's pause with another length.
fn pause_for(millis: u64) -> Edit {
    let start = PauseStart::At(Time::from_millis(150));
    let fault = FaultSpec::Pause { participant: "A".into(), start, length: Duration::from_millis(millis) };
    Edit::ReplaceFault { index: 0, fault }
}

/// The place of the chapter with this number.
fn chapter(number: u32) -> usize {
    gallery::all().iter().position(|entry| entry.number == number).expect("the course has it")
}

fn all(model: &mut Model, msgs: impl IntoIterator<Item = Msg>) -> Vec<Effect> {
    msgs.into_iter().flat_map(|msg| update(model, msg)).collect()
}

#[test]
fn a_first_visit_shows_the_lock_gone_wrong_and_invites() {
    let model = first_visit();
    assert_eq!(model.picture.view.scenario.title, "A lock gone wrong");
    assert_eq!(word(&model, PropertyKind::EffectOrder), "violated");
    assert!(model.invite);
    let seen = Model::open(Start { invited: true, ..Start::default() }).0;
    assert!(!seen.invite);
}

#[test]
fn a_drag_shows_every_frame_and_is_one_step() {
    let mut model = first_visit();
    let (text, digest) = (model.text().to_owned(), model.picture.digest);
    let axis = model.picture.scene.time_map.clone();
    for millis in [14_000, 12_000, 9_500] {
        assert_eq!(
            update(&mut model, Msg::Preview(Some(pause_for(millis)))),
            [],
            "nothing is kept while the hand moves"
        );
        assert_eq!(model.picture.scene.time_map, axis);
    }
    assert_eq!(word(&model, PropertyKind::EffectOrder), "held");
    assert!(model.changes.iter().any(|change| change.sentence() == "effect-order: violated → held"));
    assert!(model.text().contains("pause A at 150ms for 9500ms"), "{}", model.text());
    let effects = update(&mut model, Msg::Commit);
    assert!(
        matches!(&effects[..], [Effect::KeepDraft(keep), Effect::Address(_), Effect::SaveInvited, Effect::SetTitle(_)] if keep.text == model.text())
    );
    assert!(model.announcement.contains("effect-order was violated; it now holds."), "{}", model.announcement);
    update(&mut model, Msg::Undo);
    assert_eq!((model.text(), model.picture.digest), (text.as_str(), digest));
    assert!(!model.history.can_undo());
}

#[test]
fn a_guest_touches_neither_address_nor_draft() {
    let start =
        Start { guest: true, fragment: "ui=full".into(), text: Some(first_visit().text().into()), ..Start::default() };
    let (mut model, opening) = Model::open(start);
    let edits =
        all(&mut model, [Msg::Preview(Some(pause_for(9_500))), Msg::Commit, Msg::Undo, Msg::OpenGallery(chapter(16))]);
    assert_eq!([opening, edits], [[], []]);
    assert!(model.text() != first_visit().text(), "it did change");
}

#[test]
fn a_move_that_changes_nothing_runs_nothing() {
    let mut model = first_visit();
    update(&mut model, Msg::Preview(Some(pause_for(9_500))));
    let picture = model.picture.clone();
    update(&mut model, Msg::Preview(Some(pause_for(9_500))));
    assert!(std::rc::Rc::ptr_eq(&model.picture, &picture));
    update(&mut model, Msg::Preview(Some(pause_for(9_000))));
    assert!(!std::rc::Rc::ptr_eq(&model.picture, &picture));
    update(&mut model, Msg::CancelPreview);
    assert_eq!(word(&model, PropertyKind::EffectOrder), "violated");
}

#[test]
fn a_drag_taken_back_leaves_nothing() {
    let mut model = first_visit();
    let (text, digest) = (model.text().to_owned(), model.picture.digest);
    let effects = all(&mut model, [Msg::Preview(Some(pause_for(9_500))), Msg::CancelPreview]);
    assert_eq!(effects, []);
    assert_eq!((model.text(), model.picture.digest), (text.as_str(), digest));
    assert!(model.changes.is_empty() && !model.history.can_undo());
}

#[test]
fn the_fence_flips_the_verdict_and_says_so() {
    let mut model = first_visit();
    update(&mut model, Msg::SetVariant(Some("fenced".into())));
    assert_eq!(word(&model, PropertyKind::EffectOrder), "held");
    let said: Vec<String> = model.changes.iter().map(Change::sentence).collect();
    assert!(said.contains(&"A’s write is now rejected".to_owned()), "{said:?}");
    assert!(model.blame.is_none());
}

#[test]
fn the_pause_is_necessary_and_another_is_not() {
    let mut model = first_visit();
    let start = PauseStart::At(Time::from_millis(20_000));
    let idle = FaultSpec::Pause { participant: "B".into(), start, length: Duration::from_millis(10) };
    update(&mut model, Msg::Apply(Edit::AddFault(idle)));
    let blame = model.blame.expect("effect-order is violated");
    let verdict = &model.picture.run.verdicts[blame.verdict];
    assert!(matches!(verdict.state, State::Violated { .. }));
    assert_eq!(blame.necessary, [true, false]);
}

#[test]
fn a_fault_is_switched_off_and_on_and_deleted() {
    let mut model = first_visit();
    let text = model.text().to_owned();
    update(&mut model, Msg::ToggleFault(0));
    assert_eq!(word(&model, PropertyKind::EffectOrder), "held");
    assert_eq!(model.picture.fault_rows().len(), 1, "it stays in the list");
    update(&mut model, Msg::ToggleFault(0));
    assert_eq!(model.text(), text);
    update(&mut model, Msg::RemoveFault(0));
    assert!(model.picture.fault_rows().is_empty());
}

#[test]
fn typing_is_one_step_and_a_mistake_keeps_the_picture() {
    let mut model = first_visit();
    let (text, digest) = (model.text().to_owned(), model.picture.digest);
    let strokes = ["5", "50", "50mm"].map(|typed| text.replace("at 150ms", &format!("at {typed}")));
    for stroke in strokes {
        update(&mut model, Msg::SetText(stroke));
    }
    assert!(model.stale && !model.remarks.is_empty());
    assert_eq!(model.picture.digest, digest);
    update(&mut model, Msg::SetText(text.replace("at 150ms", "at 50ms")));
    assert!(!model.stale && model.remarks.is_empty());
    assert_ne!(model.picture.digest, digest);
    all(&mut model, [Msg::EndTyping, Msg::Undo]);
    assert_eq!(model.text(), text);
}

#[test]
fn reset_brings_the_original_back_and_is_a_step_itself() {
    let mut model = first_visit();
    let original = model.text().to_owned();
    update(&mut model, Msg::ToggleFault(0));
    assert!(model.is_edited());
    let edited = model.text().to_owned();
    update(&mut model, Msg::Reset);
    assert_eq!(model.text(), original);
    update(&mut model, Msg::Undo);
    assert_eq!(model.text(), edited);
}

#[test]
fn a_link_opens_as_the_same_text_and_the_same_run() {
    let mut model = first_visit();
    all(&mut model, [Msg::Apply(pause_for(9_500)), Msg::SetVariant(Some("fenced".into()))]);
    let address = model.full_address();
    let (_, fragment) = address.split_once('#').expect("the link has a fragment");
    let opened = behind(fragment);
    assert_eq!(opened.text(), model.text());
    assert_eq!(opened.picture.digest, model.picture.digest);
    assert_eq!(opened.variant.as_deref(), Some("fenced"));
    assert_eq!(opened.notice, None);
}

/// `v=` beside `with=`: what opens is the named variant with the link's own lines on top.
#[test]
fn a_links_own_lines_go_on_top_of_the_variant_it_names() {
    let (link, before) = (gallery::first(), "v=fenced&with=until+20s");
    let opened = behind(&format!("{before}&{}", fencepost_scenario::link::preset(link, &Default::default())));
    assert_eq!(opened.variant.as_deref(), Some("with"));
    assert_eq!(opened.picture.view.scenario.until, Time::from_millis(20_000));
    assert_eq!(word(&opened, PropertyKind::EffectOrder), "held");
}

#[test]
fn a_link_that_cannot_be_read_is_never_something_else() {
    let link = first_visit().full_address();
    let (_, fragment) = link.split_once('#').expect("the link has a fragment");
    let cut = &fragment[..fragment.len() - 9];
    let damaged = fragment.replacen('a', "b", 1);
    for fragment in [cut, &damaged, "s9=z.abc", "s1=", "p1=nothing-of-that-name@0000000", "nonsense"] {
        let mut model = behind(fragment);
        let notice = model.notice.clone().expect(fragment);
        assert_eq!(notice.kind, NoticeKind::Trouble);
        assert!(notice.raw.is_some());
        assert_eq!(model.text(), "", "{fragment}: an empty text is nobody's scenario");
        assert!(model.is_blank() && model.heading() == "No scenario", "{fragment}");
        update(&mut model, Msg::DismissNotice);
        assert!(model.is_blank(), "there is nothing behind it");
        assert_eq!(update(&mut model, Msg::Draft(DraftMsg::Ask(None))), [Effect::FetchDraft(None)]);
        update(&mut model, Msg::Draft(DraftMsg::Open(Box::new(own()))));
        assert_eq!(
            (model.text(), model.is_blank()),
            (
                "title My own
",
                false
            )
        );
    }
}

/// Wherever the title stands, it shows what does not show; the text is kept to the letter.
#[test]
fn what_does_not_show_is_marked_and_kept() {
    let text = "fencepost 1\ntitle a\u{202e}b\nlock L lease 1s\n";
    let mut model = first_visit();
    update(&mut model, Msg::OpenText(text.into()));
    assert_eq!((model.text(), model.heading()), (text, "a⟨U+202E⟩b"));
    let remark = &model.remarks[0];
    assert_eq!((remark.line, remark.column, remark.severity), (1, 7, Severity::Warning));
    assert!(remark.message.contains("⟨U+202E⟩ (right-to-left override)"), "{}", remark.message);
    let drawn = update(&mut model, Msg::DownloadSvg);
    let [Effect::Download { content, .. }] = &drawn[..] else { panic!("a picture: {drawn:?}") };
    assert!(!content.contains('\u{202e}') && content.contains("a&#x202E;b") && content.contains("a⟨U+202E⟩b"));
}

#[test]
fn a_strangers_link_becomes_a_draft_of_its_own_once_it_is_changed() {
    let (_, fragment) =
        first_visit().full_address().split_once('#').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a link");
    let mut model = behind(&fragment);
    let effects = update(&mut model, Msg::ToggleFault(0));
    let [Effect::KeepDraft(keep), Effect::Address(_)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((&keep.base, &keep.follows), (&drafts::Base::Link, &None));
    assert_ne!(drafts::id_of(&keep.key), "own");
}

#[test]
fn an_embed_leaves_address_and_draft_alone() {
    let mut model = behind("ui=embed&p1=a-lock-gone-wrong@0000000");
    assert_eq!(model.frame, Frame::Embed);
    assert_eq!(update(&mut model, Msg::ToggleFault(0)), []);
    assert_eq!(update(&mut model, Msg::OpenGallery(1)), []);
}

#[test]
fn every_chapter_opens_and_undo_comes_back() {
    let mut model = first_visit();
    let text = model.text().to_owned();
    for place in 0..gallery::all().len() {
        update(&mut model, Msg::OpenGallery(place));
        assert_eq!(model.source, Source::Gallery(place));
        // A quorum that is too small is a lesson, and the text is warned of it.
        let mistakes = model.remarks.iter().filter(|remark| remark.severity == Severity::Error);
        assert!(!model.is_edited() && mistakes.count() == 0, "{:?}", model.remarks);
    }
    while model.can_undo() {
        update(&mut model, Msg::Undo);
    }
    assert_eq!(model.text(), text);
    assert_eq!(model.source, Source::Gallery(chapter(7)));
}

#[test]
fn the_document_is_called_what_it_shows() {
    let (mut model, effects) = Model::open(Start::default());
    assert!(effects.contains(&Effect::SetTitle("A lock gone wrong · Fencepost".into())), "{effects:?}");
    assert!(update(&mut model, Msg::Preview(Some(pause_for(9_500)))).is_empty(), "a drag renames nothing");
    let effects = update(&mut model, Msg::OpenGallery(chapter(16)));
    let title = format!("{} · Fencepost", gallery::all()[chapter(16)].title());
    assert!(effects.contains(&Effect::SetTitle(title)), "{effects:?}");
    let effects = update(&mut model, Msg::OpenText("fencepost 1\n".into()));
    assert!(effects.contains(&Effect::SetTitle("Untitled scenario · Fencepost".into())), "{effects:?}");
}

/// A page that knew only half of it would show another scenario.
#[test]
fn a_scenario_that_is_newer_than_the_page_is_refused_and_can_be_copied() {
    let text = "fencepost 3\nlock L lease 10s\nstore S";
    let linked = behind("s1=t.fencepost+3/lock+L+lease+10s/store+S/end");
    let mut opened = first_visit();
    update(&mut opened, Msg::OpenText(text.into()));
    for model in [linked, opened] {
        let notice = model.notice.as_ref().expect("it is said");
        assert!(notice.sentence.contains("version 3 of the language, which is newer"), "{}", notice.sentence);
        assert_eq!((notice.kind, notice.raw.as_deref()), (NoticeKind::Trouble, Some(text)));
        assert!(model.picture.run.cast.iter().next().is_none() && model.text() == text);
        assert!(model.is_blank() && model.heading() == "No scenario");
    }
}

#[test]
fn a_jump_selects_the_event_and_shows_the_timeline() {
    let mut model = first_visit();
    update(&mut model, Msg::ShowPanel(Panel::Verdicts));
    let violation = model.picture.run.verdicts.iter().find_map(|verdict| match verdict.state {
        State::Violated { event, .. } => Some(event),
        _ => None,
    });
    update(&mut model, Msg::JumpTo(violation.expect("scenario 7 violates effect-order")));
    assert_eq!((model.selected_event(), model.panel), (violation, Panel::Timeline));
}

#[test]
fn a_link_can_name_the_moment_to_stand_at() {
    let address = first_visit().full_address();
    let (_, fragment) = address.split_once('#').expect("the link has a fragment");
    let model = behind(&format!("at=10s&{fragment}"));
    let event = model.selected_event().expect("something happens after 10 s");
    assert_eq!(model.picture.run.trace.event(event).time, Time::from_millis(10_050));
}

#[test]
fn the_picture_fits_the_width_but_not_during_a_drag() {
    let mut model = first_visit();
    update(&mut model, Msg::Resize(1_200));
    let width = model.picture.scene.width;
    update(&mut model, Msg::Preview(Some(pause_for(9_500))));
    update(&mut model, Msg::Resize(700));
    assert_eq!(model.picture.scene.width, width);
    update(&mut model, Msg::CancelPreview);
    update(&mut model, Msg::Resize(701));
    assert!(model.picture.scene.width < width);
}

#[test]
fn an_edit_says_what_goes_wrong_now_and_what_does_not_any_more() {
    let mut model = first_visit();
    let at = Time::from_millis(5_000);
    let crash = FaultSpec::Crash {
        participant: "L".into(),
        start: CrashStart::At(at),
        recovery: Some(Recovery { at: Time::from_millis(7_000), disk: Disk::Kept }),
    };
    update(&mut model, Msg::Apply(Edit::AddFault(crash)));
    assert!(model.announcement.contains("L crashes at 5 s and recovers at 7 s with all"), "{}", model.announcement);
    update(&mut model, Msg::Undo);
    assert!(model.announcement.contains("Removed: L crashes at 5 s"), "{}", model.announcement);
    update(&mut model, Msg::Apply(pause_for(9_500)));
    let told: Vec<String> = model.changes.iter().map(Change::sentence).collect();
    assert_eq!(told[0], "A pauses for 9.5 s at 150 ms");
    assert!(told.iter().all(|sentence| !sentence.contains("Removed: A pauses")), "{told:?}");
}

#[test]
fn a_grant_that_takes_longer_than_a_lease_is_late() {
    let late =
        |model: &Model| model.picture.run.verdicts.iter().filter(|verdict| model.picture.is_late(verdict)).count();
    let mut model = first_visit();
    assert_eq!(late(&model), 0, "B waits for nine seconds, and a lease is ten");
    let slower = model.text().replace("lease 10s", "lease 10s lock-delay 2s");
    update(&mut model, Msg::SetText(slower));
    assert_eq!((late(&model), word(&model, PropertyKind::Grant)), (1, "met"));
}

#[test]
fn what_was_said_again_and_again_is_opened_folded_and_forgotten_with_its_scenario() {
    let mut model = first_visit();
    update(&mut model, Msg::OpenGallery(chapter(36)));
    let folded = model.picture.scene.clone();
    let key = folded.repeats.iter().max_by_key(|repeat| repeat.count).expect("it has many elections").key;
    update(&mut model, Msg::ToggleRepeat(key));
    assert!(model.picture.scene.height > folded.height);
    assert!(model.history.current() == &model.original, "no part of the text");
    update(&mut model, Msg::ToggleRepeat(key));
    assert_eq!(model.picture.scene, folded);
    all(&mut model, [Msg::ToggleRepeat(key), Msg::OpenGallery(chapter(7)), Msg::OpenGallery(chapter(36))]);
    assert_eq!(model.picture.scene, folded);
}

#[test]
fn the_article_has_an_address_of_its_own_and_gives_the_scenarios_back() {
    let mut model = first_visit();
    let scenario = share_fragment(&model);
    assert_eq!(written(&update(&mut model, Msg::OpenDialog(Dialog::Article))), ["page=article"]);
    assert_eq!(written(&update(&mut model, Msg::CloseDialog)), [scenario]);
    assert_eq!(model.dialog, None);
    let linked = behind("page=article");
    assert_eq!((linked.dialog, linked.text()), (Some(Dialog::Article), "title My own\n"));
    assert_eq!(linked.notice, None);
    assert_eq!(behind("ui=embed&page=article").dialog, None, "a frame has no room to read in");
    let mut guest = Model::open(Start { guest: true, ..Start::default() }).0;
    assert_eq!(update(&mut guest, Msg::OpenDialog(Dialog::Article)), []);
}

/// What is written into the address.
fn written(effects: &[Effect]) -> Vec<String> {
    let fragment = |effect: &Effect| match effect {
        Effect::Address(address) => Some(address.fragment.clone()),
        _ => None,
    };
    effects.iter().filter_map(fragment).collect()
}

fn share_fragment(model: &Model) -> String {
    model.full_address().split_once('#').expect("the text fits into a link").1.to_owned()
}

#[test]
fn every_statement_of_the_article_opens_the_chapters_that_show_it() {
    let mut model = first_visit();
    for shown in gallery::ARTICLE.iter().flat_map(|section| section.statements).flat_map(|statement| statement.shown) {
        update(&mut model, Msg::OpenDialog(Dialog::Article));
        let effects = update(&mut model, Msg::OpenShown(*shown));
        assert_eq!((model.dialog, model.source), (None, Source::Gallery(chapter(shown.number))));
        assert_eq!(model.variant.as_deref(), shown.variant);
        let [fragment] = &written(&effects)[..] else { panic!("{effects:?}") };
        let opened = Model::open(Start { fragment: fragment.clone(), ..Start::default() }).0;
        assert_eq!((opened.picture.digest, opened.variant), (model.picture.digest, model.variant.clone()), "{shown:?}");
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(_))), "the draft is the reader's");
    }
}

#[test]
fn a_variant_that_is_gone_is_said_to_be_gone() {
    let gone = behind("v=five&p1=the-switch-that-was-half-broken@0000000");
    assert_eq!((gone.variant.as_deref(), gone.source), (None, Source::Gallery(chapter(36))));
    let said = gone.notice.expect("it says so").sentence;
    assert!(said.contains("no variant “five”"), "{said}");
    let there = behind("v=three&p1=the-switch-that-was-half-broken@0000000");
    assert_eq!(there.variant.as_deref(), Some("three"));
    assert!(!there.notice.expect("the text has changed since").sentence.contains("no variant"));
}
