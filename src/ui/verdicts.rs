//! The judgement: safety, liveness and the hazard, each with its state, what it means in this run, and a jump to the
//! event that decided it.

use fencepost_properties::{Evidence, Figures, Reason, State, Verdict};
use fencepost_sim::EventId;
use fencepost_vocabulary::PropertyClass;
use yew::{Callback, Html, html};

use super::{claims, icons, send, story, working};
use crate::app::{Frame, Model, Msg, Picture, verdict_name};
use crate::words::{state_icon, state_said};

const GROUPS: [(PropertyClass, &str, &str); 3] = [
    (PropertyClass::Safety, "Safety", "Something bad never happens. A violation has a first event, and is final."),
    (
        PropertyClass::Liveness,
        "Liveness",
        "Something good happens in the end. A run that is not over cannot violate it.",
    ),
    (PropertyClass::Hazard, "Hazard", "Not wrong in itself, but where things go wrong. It can only be made harmless."),
];

/// The panel.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let picture = &*model.picture;
    html! {
        <section class="panel of-verdicts judgement" aria-label="Verdicts">
            <h2 class="hidden" tabindex="-1" data-judgement-heading="">{ "Verdicts" }</h2>
            { working::view(model, dispatch) }
            { claims::view(model, dispatch) }
            if picture.run.verdicts.is_empty() {
                <p class="empty">{ "There is nothing to judge yet." }</p>
            }
            { for GROUPS.into_iter().map(|(class, title, meaning)| group(model, class, title, meaning, dispatch)) }
            { figures(picture) }
            { claims::without_row(picture) }
            { story::lesson(model, dispatch) }
        </section>
    }
}

/// What is measured where nodes elect.
fn figures(picture: &Picture) -> Html {
    let Some(Figures { elections, usable }) = picture.run.figures else { return html! { <div hidden=true></div> } };
    let percent = format!("{}.{} %", usable / 10_000, usable / 1_000 % 10);
    let rows = [
        ("elections", elections.to_string(), "How often a node came to lead after the start."),
        ("usable time", percent, "For what part of the run there was a leader that enough nodes had answered lately."),
    ];
    let rows = rows.into_iter().map(|(name, value, definition)| {
        html! {
            <li key={name} data-figure={name}>
                <span class="mark" aria-hidden="true">{ "#" }</span>
                <div>
                    <details>
                        <summary title={definition}><span class="name">{ name }</span><span class="state">{ value }</span></summary>
                        <p class="definition">{ definition }</p>
                    </details>
                    { claims::of_figure(picture, name) }
                </div>
            </li>
        }
    });
    html! { <div class="group" key="figures"><h3>{ "Figures" }</h3><ul class="verdicts">{ for rows }</ul></div> }
}

fn group(
    model: &Model,
    class: PropertyClass,
    title: &'static str,
    meaning: &'static str,
    dispatch: &Callback<Msg>,
) -> Html {
    let all = model.picture.run.verdicts.iter().enumerate();
    let rows: Vec<Html> = all
        .filter(|(_, verdict)| verdict.property.class() == class)
        .map(|(index, verdict)| row(model, index, verdict, dispatch))
        .collect();
    if rows.is_empty() {
        return html! { <div class="group" key={title} hidden=true></div> };
    }
    html! {
        <div class="group" key={title}>
            <h3 title={meaning}>{ title }</h3>
            <ul class="verdicts">{ rows }</ul>
        </div>
    }
}

fn row(model: &Model, index: usize, verdict: &Verdict, dispatch: &Callback<Msg>) -> Html {
    let picture = &*model.picture;
    let name = verdict_name(&picture.run, index);
    let definition = verdict.property.definition();
    let sentence = html! { <p class="sentence">{ &verdict.sentence }{ jump(&name, verdict, dispatch) }</p> };
    let late = picture.is_late(verdict);
    // Where all is well a line is enough; who wants to know more unfolds it.
    let quiet = matches!(
        verdict.state,
        State::Held | State::Unseen | State::Met { .. } | State::NoVerdict(Reason::NothingToJudge | Reason::Unfinished)
    );
    html! {
        <li key={name.clone()} class={if late { "is-hazard" } else { tone(verdict.state) }} data-verdict={name.clone()} data-state={if working::is_open(verdict.state) { "open" } else { verdict.state.word() }}>
            <span class="mark" aria-hidden="true">{ state_icon(verdict.state) }</span>
            <div>
                <details>
                    <summary title={definition}>
                        <span class="name">{ &name }</span>
                        <span class="state">{ if working::is_open(verdict.state) { working::said(model).to_owned() } else { measured(verdict.state, late) } }</span>
                        { for badge(verdict.state) }
                    </summary>
                    <p class="definition">{ definition }{ bound(verdict) }</p>
                    if quiet { { sentence.clone() } }
                </details>
                if !quiet { { sentence } }
                { claims::of_row(picture, index) }
            </div>
        </li>
    }
}

/// The state's word with its measure.
fn measured(state: State, late: bool) -> String {
    let said = state_said(state);
    match state {
        State::Pending { age } => format!("{said}, open for {age}"),
        State::Met { after, .. } if late => format!("{said}, but only after {after}: longer than a lease"),
        State::Met { after, .. } => format!("{said} after {after}"),
        State::Stuck { since, .. } => format!("{said}, open since {since}"),
        State::NoVerdict(reason @ (Reason::CutShort | Reason::TooMany)) => format!("{said}, {}", reason.word()),
        State::NoVerdict(Reason::NothingToJudge | Reason::Unfinished) => said.into(),
        State::Held | State::Violated { .. } | State::Quiet { .. } | State::Seen { .. } | State::Unseen => said.into(),
    }
}

/// How it is known that something stays undone: the three kinds of proof are not equally strong.
fn badge(state: State) -> Option<Html> {
    let State::Stuck { evidence, .. } = state else { return None };
    let (words, meaning) = match evidence {
        Evidence::Quiescent => {
            ("nothing more can happen".to_owned(), "The text calls this “stuck quiescent”: a proof.")
        }
        Evidence::Lasso { length } => (
            format!("the run repeats every {length} for ever"),
            "The text calls this “stuck lasso”: a proof, as long as nothing new goes wrong.",
        ),
        Evidence::GaveUp => ("the program gave up".to_owned(), "Whoever waited for it has stopped waiting: a proof."),
        Evidence::Horizon => (
            "the run ended long after the last fault".to_owned(),
            "The text calls this “stuck horizon”: an indication, no proof.",
        ),
    };
    Some(html! { <span class="tag" title={meaning}>{ words }</span> })
}

/// A promise without a bound is not one with a bound.
fn bound(verdict: &Verdict) -> &'static str {
    match verdict.property.class() {
        PropertyClass::Liveness => {
            " Without a deadline it can be pending, never violated. Add “within 30s” to a claim of it to get a yes or no."
        }
        PropertyClass::Safety | PropertyClass::Hazard => "",
    }
}

fn jump(name: &str, verdict: &Verdict, dispatch: &Callback<Msg>) -> Html {
    let Some(event) = decisive(verdict) else { return html! { <></> } };
    let label = format!("Show where: {name} {}", state_said(verdict.state));
    html! {
        <>
            { " " }
            <button class="link" type="button" aria-label={label} onclick={send(dispatch, Msg::JumpTo(event))}>
                { "Show" }
            </button>
        </>
    }
}

/// The event that decided, if one did.
fn decisive(verdict: &Verdict) -> Option<EventId> {
    match verdict.state {
        State::Violated { event, .. } | State::Met { event, .. } => Some(event),
        State::Seen { .. } | State::Pending { .. } | State::Quiet { .. } | State::Stuck { .. } => {
            verdict.events.last().copied()
        }
        State::Held | State::NoVerdict(_) | State::Unseen => None,
    }
}

/// The class that colours a state.
pub fn tone(state: State) -> &'static str {
    match state {
        State::Violated { .. } => "is-bad",
        State::Held | State::Met { .. } | State::Unseen => "is-good",
        State::Seen { .. } | State::Stuck { .. } => "is-hazard",
        State::Pending { .. } | State::Quiet { .. } | State::NoVerdict(_) => "is-open",
    }
}

/// The run in one line: the first violation, what never happens, or that nothing is wrong. It leads to the verdicts,
/// where the page has them.
pub fn summary(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let Said { tone, mark, name, sentence } = said(model);
    let line = html! {
        <span class="short" title={sentence.clone()}>
            <span class="mark" aria-hidden="true">{ mark }</span><b class="name">{ name }</b>{ sentence }
        </span>
    };
    let class = format!("verdict-line {tone}");
    if model.frame == Frame::Embed {
        return html! { <p {class}>{ line }</p> };
    }
    html! { <button {class} type="button" onclick={send(dispatch, Msg::ShowVerdicts)}>{ line }</button> }
}

/// The parts of that line.
struct Said {
    tone: &'static str,
    mark: String,
    name: String,
    sentence: String,
}

fn said(model: &Model) -> Said {
    let picture = &*model.picture;
    let run = &picture.run;
    let plain = |tone, mark: &str, sentence: &str| Said {
        tone,
        mark: format!("{mark} "),
        name: String::new(),
        sentence: sentence.to_owned(),
    };
    // That a run was cut short, or that something good never happens in it, is not passed over with a tick.
    let Some(index) = picture.bad_end().filter(|index| is_told(picture, *index)) else {
        return match (run.verdicts.is_empty(), run.is_cut_short()) {
            _ if !run.is_whole() => plain("", "⋯", &format!("Some verdicts: {}", working::said(model))),
            (true, _) => plain("", "–", "There is nothing to judge yet."),
            (false, true) => plain("", "–", "No safety property is violated up to where the run was stopped."),
            (false, false) => plain("is-good", "✓", "No safety property is violated in this run."),
        };
    };
    let verdict = &run.verdicts[index];
    Said {
        tone: tone(verdict.state),
        mark: format!("{} ", state_icon(verdict.state)),
        name: format!("{} {}. ", verdict_name(run, index), state_said(verdict.state)),
        sentence: verdict.sentence.clone(),
    }
}

/// Whether a bad end stands in the line: of a run that was cut short, only what is violated.
fn is_told(picture: &Picture, index: usize) -> bool {
    !picture.run.is_cut_short() || matches!(picture.run.verdicts[index].state, State::Violated { .. })
}

/// The jump sign with a label, for rows that have room for a sign only.
pub fn jump_sign(label: String, onclick: Callback<yew::MouseEvent>) -> Html {
    html! {
        <button class="icon" type="button" aria-label={label.clone()} title={label} {onclick}>{ icons::jump() }</button>
    }
}
