//! What each message does to the page. Each arm is a call; the work is in the modules beside this one.

use fencepost_scenario::link::{self, Leaf};
use fencepost_scene::Key;

use crate::app::{
    Dialog, Effect, Model, Msg, Target, Theme, When, asking, documents, following, kept, mistake, models, navigate,
    opening, own, share, stance, why,
};

/// Takes one message in and answers with what the browser should do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    // A stretch of typing ends with whatever else the reader does.
    let passes = matches!(msg, Msg::SetText(_) | Msg::Resize(_) | Msg::Heard(_) | Msg::TakesLong(_));
    let ends = model.typing && !passes;
    let mut effects = if ends { mistake::end_typing(model) } else { Vec::new() };
    effects.extend(update_text(model, msg));
    effects.append(&mut model.asking.due);
    effects.extend(navigate::title(model));
    why::keep(model);
    effects
}

/// Messages that change what is run.
fn update_text(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Preview(edit) => documents::preview(model, edit),
        Msg::Hold(edit) => documents::hold(model, edit),
        Msg::CatchUp => documents::catch_up(model),
        Msg::Commit => documents::commit(model),
        Msg::CancelPreview => documents::cancel(model),
        Msg::Apply(edit) => documents::apply(model, &edit),
        // Nobody undoes what is not shown.
        Msg::Undo | Msg::Redo if model.unopened => Vec::new(),
        Msg::Undo => documents::travel(model, false),
        Msg::Redo => documents::travel(model, true),
        Msg::SetText(text) => documents::type_text(model, text),
        Msg::EndTyping => Vec::new(),
        Msg::Reset => documents::replace(model, model.original.clone()),
        Msg::RaiseVersion => mistake::raise_version(model),
        Msg::OpenGallery(place) => opening::open_gallery(model, place),
        Msg::OpenShown(shown) => opening::open_shown(model, shown),
        Msg::OpenText(text) => opening::open_text(model, text),
        Msg::Arrived(arrival) => following::arrive(model, *arrival),
        Msg::Draft(msg) => own::update(model, msg),
        Msg::SetVariant(variant) => documents::set_variant(model, variant),
        Msg::ToggleFault(place) => documents::edit_fault(model, place, false),
        Msg::Stand(stance) => stance::stand(model, stance),
        Msg::State(stated) => models::state(model, stated),
        Msg::RemoveFault(place) => documents::edit_fault(model, place, true),
        other => update_view(model, other),
    }
}

/// Messages that leave the text alone.
fn update_view(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Select(target) => quietly(|| (model.selection, model.mark) = (target, None)),
        Msg::Hover(fault) => quietly(|| model.hovered = fault),
        Msg::JumpTo(event) => navigate::jump(model, Target::Event(event)),
        Msg::JumpToFault(fault) => navigate::jump_to_fault(model, fault),
        Msg::ShowLine(line) => navigate::show_line(model, line),
        Msg::ShowStory(open) => quietly(|| model.story_open = open),
        Msg::OpenDialog(dialog) => open_dialog(model, dialog),
        Msg::CloseDialog => close_dialog(model),
        Msg::Search(query) => quietly(|| model.search = query),
        Msg::ShowEvents(open) => quietly(|| model.events_open = open),
        Msg::ShowPanel(panel) => quietly(|| model.panel = panel),
        Msg::ShowVerdicts => navigate::show_verdicts(model),
        Msg::SetTheme(theme) => set_theme(model, theme),
        Msg::SetLinear(linear) => set_linear(model, linear),
        Msg::ToggleRepeat(key) => toggle_repeat(model, key),
        Msg::DrawMore => navigate::draw_more(model),
        Msg::Resize(width) => resize(model, width),
        Msg::Heard(said) => asking::hear(model, &said),
        Msg::TakesLong(id) => asking::takes_long(model, id),
        Msg::StopWork => asking::stop(model),
        Msg::AskAgain => asking::again(model),
        Msg::DismissNotice => dismiss_notice(model),
        Msg::NewerWaits => quietly(|| kept::newer(model)),
        Msg::TakeNewer => vec![Effect::TakeNewer],
        Msg::LeaveNewer => quietly(|| model.newer_page = false),
        Msg::DismissInvitation => dismiss_invitation(model),
        other => share::update(model, &other),
    }
}

/// Behind the notice of a link that could not be opened is what was there before it, if anything was.
fn dismiss_notice(model: &mut Model) -> Vec<Effect> {
    model.notice = None;
    let back = model.unopened && !model.text().is_empty();
    model.unopened &= !back;
    if back { following::say_where(model) } else { Vec::new() }
}

fn quietly(change: impl FnOnce()) -> Vec<Effect> {
    change();
    Vec::new()
}

fn open_dialog(model: &mut Model, dialog: Dialog) -> Vec<Effect> {
    model.dialog = Some(dialog);
    model.search.clear();
    model.announcement.clear();
    match dialog {
        // What is read for its own sake has an address of its own, so that it can be sent.
        Dialog::Article => documents::address(model, Some(link::leaf(Leaf::Article)), When::Rest),
        Dialog::Drafts => vec![Effect::ListDrafts],
        Dialog::Gallery | Dialog::Share | Dialog::Help => Vec::new(),
    }
}

/// What lay under it has its address back.
fn close_dialog(model: &mut Model) -> Vec<Effect> {
    match model.dialog.take() {
        Some(Dialog::Article) => documents::address(model, share::fragment(model).or(Some(String::new())), When::Rest),
        Some(Dialog::Gallery | Dialog::Drafts | Dialog::Share | Dialog::Help) | None => Vec::new(),
    }
}

fn dismiss_invitation(model: &mut Model) -> Vec<Effect> {
    let was_shown = std::mem::take(&mut model.invite) && !model.leaves_no_trace();
    was_shown.then_some(Effect::SaveInvited).into_iter().collect()
}

fn set_theme(model: &mut Model, theme: Theme) -> Vec<Effect> {
    model.theme = theme;
    vec![Effect::SaveTheme(theme)]
}

fn set_linear(model: &mut Model, linear: bool) -> Vec<Effect> {
    model.linear = linear;
    documents::cancel(model);
    documents::lay_out_again(model)
}

fn toggle_repeat(model: &mut Model, key: Key) -> Vec<Effect> {
    if !model.opened.remove(&key) {
        model.opened.insert(key);
    }
    documents::cancel(model);
    documents::lay_out_again(model)
}

/// A drag goes on with the width it began with; the new one counts from its end.
fn resize(model: &mut Model, width: u32) -> Vec<Effect> {
    let changed = std::mem::replace(&mut model.width, width) != width;
    if changed && model.drag.is_none() { documents::lay_out_again(model) } else { Vec::new() }
}
