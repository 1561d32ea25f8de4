//! How the text changes: drags, edits, typing, undo; and what follows from each change.

use std::rc::Rc;

use fencepost_scenario::{Document, Edit, Parsed};

use crate::app::picture::Layout;
use crate::app::{Change, Drag, Effect, Model, Notice, Picture, Target, When, asking, changes, share, visit};

/// A frame of a drag. Nothing is kept yet, so nothing is saved.
pub fn preview(model: &mut Model, edit: Option<Edit>) -> Vec<Effect> {
    if let Some(parsed) = move_hand(model, edit) {
        run_frame(model, parsed);
    }
    Vec::new()
}

/// A frame of a drag that is not run: it would hold up the hand.
pub fn hold(model: &mut Model, edit: Option<Edit>) -> Vec<Effect> {
    move_hand(model, edit);
    Vec::new()
}

/// The picture shows where the hand is by now.
pub fn catch_up(model: &mut Model) -> Vec<Effect> {
    if let Some(drag) = model.drag.as_ref().filter(|drag| drag.is_behind) {
        let parsed = Rc::new(drag.document.parse());
        run_frame(model, parsed);
    }
    Vec::new()
}

/// Notes where the hand is; the text with its edit, read, if that is another than the one whose run is shown.
fn move_hand(model: &mut Model, edit: Option<Edit>) -> Option<Rc<Parsed>> {
    // Most moves of a pointer stay within one step of the grid.
    if model.drag.as_ref().is_some_and(|drag| drag.edit == edit && !drag.is_behind) {
        return None;
    }
    let before = model.drag.as_ref().map_or_else(|| model.picture.clone(), |drag| drag.before.clone());
    let current = model.history.current();
    let variant = model.variant.as_deref();
    // While there is a mistake in the typing, the picture still shows the text from before it.
    let known = if model.stale { Rc::new(current.parse()) } else { before.parsed.clone() };
    // An edit the language cannot say shows the run as it was; saying so would only flicker under the pointer.
    let edited = edit.as_ref().and_then(|edit| current.edited(&known, edit, variant).ok());
    let (document, parsed) = match edited {
        Some(edited) => (edited.document, Rc::new(edited.parsed)),
        None => (current.clone(), known),
    };
    if let Some(drag) = model.drag.as_mut().filter(|drag| drag.document == document && !drag.is_behind) {
        drag.edit = edit;
        return None;
    }
    model.drag = Some(Drag { edit, document, is_behind: true, before });
    Some(parsed)
}

/// Runs the text under the hand, on the time axis from before the drag.
fn run_frame(model: &mut Model, parsed: Rc<Parsed>) {
    let Some(drag) = &mut model.drag else { return };
    drag.is_behind = false;
    let before = drag.before.clone();
    let layout = Layout { time_map: Some(before.scene.time_map.clone()), ..model.layout() };
    model.picture = Rc::new(Picture::of_read(parsed, model.variant.as_deref(), &layout));
    model.changes = changes::between(&before, &model.picture);
}

/// The drag's result becomes one step.
pub fn commit(model: &mut Model) -> Vec<Effect> {
    let Some(Drag { document, before, .. }) = model.drag.take() else { return Vec::new() };
    step(model, document);
    show(model, &before)
}

/// A step of the reader's own.
fn step(model: &mut Model, document: Document) {
    visit::end_redo(model);
    model.history.commit(document);
}

/// The drag never was.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    if let Some(drag) = model.drag.take() {
        model.picture = drag.before;
        model.changes.clear();
    }
    Vec::new()
}

/// An edit in one step.
pub fn apply(model: &mut Model, edit: &Edit) -> Vec<Effect> {
    apply_all(model, std::slice::from_ref(edit))
}

/// Several edits in one step, each of the text that the one before has left.
pub fn apply_all(model: &mut Model, edits: &[Edit]) -> Vec<Effect> {
    cancel(model);
    let variant = model.variant.as_deref();
    let begin = model.history.current().clone();
    match edits.iter().try_fold(begin, |document, edit| document.apply(edit, variant)) {
        Ok(document) => replace(model, document),
        Err(reason) => {
            model.notice = Some(Notice::trouble(sentence(&reason.to_string())));
            Vec::new()
        }
    }
}

/// Another text in one step.
pub fn replace(model: &mut Model, document: Document) -> Vec<Effect> {
    let before = model.picture.clone();
    step(model, document);
    show(model, &before)
}

/// One step back or forth. Past the beginning of a text is the text that was open before it.
pub fn travel(model: &mut Model, forward: bool) -> Vec<Effect> {
    cancel(model);
    let before = model.picture.clone();
    let history = &mut model.history;
    let went = if forward { history.redo() } else { history.undo() };
    if went { show(model, &before) } else { visit::step(model, forward) }
}

/// The reader typed. A text that is not understood leaves the picture as it was.
pub fn type_text(model: &mut Model, text: String) -> Vec<Effect> {
    cancel(model);
    let shown = (!model.stale).then(|| model.history.current().clone());
    let document = Document::new(text);
    if model.typing {
        model.history.amend(document);
    } else {
        step(model, document);
        model.typing = true;
    }
    let parsed = model.history.current().parse();
    if parsed.is_sound() {
        let before = model.picture.clone();
        return show(model, &before);
    }
    model.remarks = parsed.diagnostics;
    model.sound = shown.unwrap_or_else(|| std::mem::take(&mut model.sound));
    model.stale = true;
    save(model)
}

/// Shows another variant of the same text.
pub fn set_variant(model: &mut Model, variant: Option<String>) -> Vec<Effect> {
    cancel(model);
    let before = model.picture.clone();
    model.variant = variant;
    show(model, &before)
}

/// Switches a fault on or off, or deletes it, by its place in the list the reader sees.
pub fn edit_fault(model: &mut Model, place: usize, delete: bool) -> Vec<Effect> {
    let rows = model.picture.fault_rows();
    let Some((index, on)) = rows.get(place).map(|row| (row.index, row.id.is_some())) else { return Vec::new() };
    let edit = match (on, delete) {
        (true, false) => Edit::DisableFault { index },
        (false, false) => Edit::EnableFault { index },
        (true, true) => Edit::RemoveFault { index },
        (false, true) => Edit::RemoveDisabled { index },
    };
    apply(model, &edit)
}

/// Runs the current text and tells what became of it; saves it.
pub fn show(model: &mut Model, before: &Rc<Picture>) -> Vec<Effect> {
    look(model, before);
    save(model)
}

/// Runs the current text, which was opened and not changed.
pub fn show_again(model: &mut Model) {
    let before = model.picture.clone();
    look(model, &before);
}

/// Runs the current text and tells what became of it.
pub fn look(model: &mut Model, before: &Rc<Picture>) {
    let picture = Picture::of(model.history.current(), model.variant.as_deref(), &model.layout());
    let known = |name: &String| picture.parsed.scenario.variants.iter().any(|variant| variant.name == *name);
    model.variant = model.variant.take().filter(known);
    model.remarks = picture.parsed.diagnostics.clone();
    model.stale = false;
    model.changes = changes::between(before, &picture);
    asking::judge_at_once(model, &picture);
    model.picture = Rc::new(picture);
    asking::ask(model, Some(before.clone()));
    // Told once, when all of it is known.
    model.announcement = if model.asking.lacks.any() { String::new() } else { announcement(model) };
    drop_lost_selection(model);
}

/// The same run on another width or axis.
pub fn lay_out_again(model: &mut Model) -> Vec<Effect> {
    model.picture = Rc::new(model.picture.laid_out(&model.layout()));
    Vec::new()
}

/// An event or a fault of a run before may not be there any more.
fn drop_lost_selection(model: &mut Model) {
    let (faults, events) = (model.picture.view.scenario.faults.len(), model.picture.run.trace.events.len());
    let lost = match &model.selection {
        Some(Target::Fault(fault)) => fault.index() >= faults,
        Some(Target::Event(event)) => event.index() >= events,
        _ => false,
    };
    if lost {
        model.selection = None;
    }
}

/// What is read aloud of what the last change did.
pub fn announcement(model: &Model) -> String {
    let said: Vec<String> = model.changes.iter().map(Change::spoken).collect();
    if said.is_empty() { String::new() } else { format!("{}.", said.join(". ")) }
}

/// Another address for the page, where the address is the page's to change.
pub fn address(model: &mut Model, fragment: Option<String>, when: When) -> Vec<Effect> {
    let Some(fragment) = fragment.filter(|_| !model.leaves_no_trace()) else { return Vec::new() };
    model.fragment.clone_from(&fragment);
    vec![visit::address(model, fragment, when)]
}

/// What keeps the reader's work: the draft, if the reader has changed the text, and the address.
pub fn save(model: &mut Model) -> Vec<Effect> {
    save_opened(model, When::Rest)
}

/// As [`save`], with an entry of the browser's history for a text that was just opened.
pub fn save_opened(model: &mut Model, when: When) -> Vec<Effect> {
    if model.leaves_no_trace() {
        return Vec::new();
    }
    let (fragment, begun) = (share::fragment(model), model.work.draft.is_some());
    let mut effects = visit::changed(model, fragment.is_some());
    if fragment.is_none() {
        tell_long(model);
    }
    // The entry of the history names the draft from its first change on: whoever loads the page again at once finds it.
    let begins = when == When::Rest && !begun && model.work.draft.is_some();
    let when = if begins { When::Now } else { when };
    // An address that holds an older text would bring that back.
    effects.extend(address(model, Some(fragment.unwrap_or_default()), when));
    if std::mem::take(&mut model.invite) {
        effects.push(Effect::SaveInvited);
    }
    effects
}

/// Says once that a text is too long for a link.
fn tell_long(model: &mut Model) {
    if !std::mem::replace(&mut model.work.told_long, true) {
        model.notice = Some(Notice::info(
            "This text is too long for a link, so it is kept as a draft in this browser alone. To send it to somebody, save it as a file.",
        ));
    }
}

fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
