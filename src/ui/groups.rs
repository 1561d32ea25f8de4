//! What a group can promise: whether it agrees or answers while it is cut in two, with safety and liveness as the two
//! branches of what a reader may demand; and how many of it are enough.

use fencepost_vocabulary::PropertyClass;
use yew::{Callback, Html, html};

use super::send;
use super::stepper::stepper;
use super::verdicts::tone;
use crate::app::{Choice, Dial, Group, Msg, Picture, Stance, choice, groups, verdict_name};
use crate::words::{state_icon, state_said};

/// Both panels; each is there only if the scenario has what it speaks of.
pub fn view(picture: &Picture, dispatch: &Callback<Msg>) -> Html {
    let scenario = &picture.view.scenario;
    html! {
        <>
            if let Some(choice) = choice(scenario) {
                { stance(picture, &choice, dispatch) }
            } else {
                <div hidden=true></div>
            }
            { quorums(&groups(scenario), dispatch) }
        </>
    }
}

const STANCES: [(Stance, &str, &str); 2] = [
    (
        Stance::Agree,
        "Agree",
        "Only a majority answers, and whoever asks on the smaller side waits. What is given up while the cut lasts is A: that every live node answers.",
    ),
    (
        Stance::Answer,
        "Answer",
        "Whoever is asked answers at once. What is given up while the cut lasts is C: that a lock has one holder, and that all see one order of what was read and written.",
    ),
];

/// Where the text has no word for the other stance.
const REGISTRIES: &str = "Registries answer at once and tell each other later. What is given up while the cut lasts is C: that a name has one owner. To agree, a claim has to go through the log of nodes: “claim alice at N1”.";

fn stance(picture: &Picture, choice: &Choice, dispatch: &Callback<Msg>) -> Html {
    let buttons = STANCES.into_iter().map(|(stance, word, meaning)| {
        let pressed = (choice.stance == Some(stance)).to_string();
        html! {
            <button key={word} type="button" aria-pressed={pressed} title={meaning} onclick={send(dispatch, Msg::Stand(stance))}>
                { word }
            </button>
        }
    });
    let taken = STANCES.into_iter().find(|(stance, ..)| choice.stance == Some(*stance));
    let word = taken.map_or("none", |(_, word, _)| word);
    html! {
        <section class="panel of-models stance" aria-label="Answer or agree" data-stance={word}>
            <h2>{ "Answer or agree" }</h2>
            <p class="muted">{ forced(&choice.cuts) }</p>
            if choice.stance.is_some() {
                <div class="segments" role="group" aria-label="Under a partition">{ for buttons }</div>
            }
            <p>{ taken.map_or(REGISTRIES, |(.., meaning)| meaning) }</p>
            <div class="tree">
                { branch(picture, PropertyClass::Safety, "Safety", "Nothing bad ever happens.") }
                { branch(picture, PropertyClass::Liveness, "Liveness", "Something good happens in the end.") }
            </div>
            <p class="muted">{ "The choice lasts as long as the cut. Without one, all agree and everyone answers." }</p>
        </section>
    }
}

fn forced(cuts: &[String]) -> String {
    match cuts {
        [] => "Nothing is cut off in this run, so nothing has to be given up.".to_owned(),
        [cut] => format!("{cut}. Meanwhile, one of two things must be given up."),
        [first, others @ ..] => format!(
            "{first}, and there are more cuts ({}). Meanwhile, one of two things must be given up.",
            others.len()
        ),
    }
}

/// One of the two things that can be demanded, with what this run says of it.
fn branch(picture: &Picture, class: PropertyClass, title: &'static str, demand: &'static str) -> Html {
    let verdicts = picture.run.verdicts.iter().enumerate().filter(|(_, verdict)| verdict.property.class() == class);
    let leaves = verdicts.map(|(index, verdict)| {
        let name = verdict_name(&picture.run, index);
        html! {
            <li key={name.clone()} class={tone(verdict.state)} data-leaf={name.clone()} title={verdict.sentence.clone()}>
                <span class="mark" aria-hidden="true">{ state_icon(verdict.state) }</span>
                <span>{ name }{ " " }<b class="state">{ state_said(verdict.state) }</b></span>
            </li>
        }
    });
    html! {
        <div class="branch" key={title}>
            <h3>{ title }</h3>
            <p class="muted">{ demand }</p>
            <ul>{ for leaves }</ul>
        </div>
    }
}

fn quorums(groups: &[Group], dispatch: &Callback<Msg>) -> Html {
    if groups.is_empty() {
        return html! { <div hidden=true></div> };
    }
    html! {
        <section class="panel of-models quorums" aria-label="How many are enough">
            <h2>{ "How many are enough" }</h2>
            { for groups.iter().map(|group| sums(group, dispatch)) }
        </section>
    }
}

fn sums(group: &Group, dispatch: &Callback<Msg>) -> Html {
    let sums = group.sums.iter().enumerate().map(|(place, (good, sum))| {
        let (mark, tone, said) = if *good { ("✓", "is-good", "") } else { ("✕", "is-bad", "Not so: ") };
        html! {
            <li key={place} class={tone}>
                <span class="mark" aria-hidden="true">{ mark }</span>
                <span><span class="hidden">{ said }</span>{ sum }</span>
            </li>
        }
    });
    html! {
        <div class="sums" key={group.names.clone()} data-group={group.names.clone()}>
            <p><b>{ &group.names }</b>{ format!(" · {} of them", group.size) }</p>
            { for group.dials.iter().map(|dial| dial_of(dial, dispatch)) }
            <ul>{ for sums }</ul>
        </div>
    }
}

fn dial_of(dial: &Dial, dispatch: &Callback<Msg>) -> Html {
    let act = |edit: &Option<fencepost_scenario::Edit>| edit.clone().map(|edit| send(dispatch, Msg::Apply(edit)));
    stepper(dial.label, dial.now, act(&dial.less), act(&dial.more))
}
