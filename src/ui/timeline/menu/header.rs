//! The menu of a lane's header: what the participant is told to be, as choices and numbers, and what its group keeps.

use fencepost_scenario::model::{ClientSpec, ObjectKindSpec, ObjectSpec, Participant, Role, Statement};
use fencepost_scenario::{Told, print_statement};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::CheckMode;
use yew::prelude::*;

use super::options::{Owner, options};
use super::{Act, Bench, Change};
use crate::app::groups;
use crate::ui::stepper::stepper;
use crate::ui::timeline::controls::{choice, number, slider};

/// The settings of a lane, and what can be placed on it now.
pub fn header(lane: usize, bench: Bench<'_>) -> (String, Html) {
    let Some(participant) = bench.scenario.participants.get(lane) else { return (String::new(), html! {}) };
    let name = &participant.name;
    let settings = match &participant.role {
        Role::Client(client) => program(participant, client),
        role => told_to_be(name, role, bench),
    };
    let now = bench.now.unwrap_or(Time::ZERO);
    let at = format!("at {now}");
    let places = html! {
        <>
            { settings }
            <p class="clocks">{ when(bench, lane, now) }</p>
            <div class="places">{ bench.moment(&bench.board.moment(lane, now), &at) }</div>
        </>
    };
    (name.clone(), places)
}

/// Which moment what is below begins at, and why that one; where clocks are wrong, what they show then.
fn when(bench: Bench<'_>, lane: usize, now: Time) -> String {
    let clocks = bench.picture.clocks(lane, now);
    let clocks = if clocks.starts_with("true") { format!(" ({clocks})") } else { String::new() };
    match bench.now {
        Some(_) => format!("What follows happens at {now}, where the cursor is{clocks}."),
        None => {
            format!("What follows happens at {now}, for no moment is chosen yet. Click the lane to choose one{clocks}.")
        }
    }
}

/// What matters most, in full; all other options folded, unless there is nothing else.
fn told_to_be(name: &str, role: &Role, bench: Bench<'_>) -> Html {
    let act = bench.act;
    let mut rows = dials(name, bench);
    rows.extend(rows_of(name, name, Told::of(bench.scenario, name).as_ref(), act));
    let first = match role {
        Role::Store(store) => Some(checks(name, store.check, false, act)),
        Role::Lock(lock) => Some(html! {
            <>
                { lease(name, lock.lease, true, act) }
                if let Some(data) = &lock.data { { checks(name, data.check, true, act) } }
            </>
        }),
        Role::KeyNode(keys) => Some(lease(&keys.lock, Some(keys.lease), false, act)),
        _ => None,
    };
    rows.extend(rows_of(name, name, Told::of_data(bench.scenario, name).as_ref(), act));
    let kept = bench.scenario.objects.iter().filter(|object| object.nodes.iter().any(|node| node == name));
    let fold = first.is_some() || kept.clone().next().is_some();
    html! {
        <>
            { for first }
            { for kept.map(|object| object_of(object, name, bench)) }
            { folded("More options", fold, rows) }
        </>
    }
}

/// What the nodes of a group keep together has no lane of its own: its settings are with each of them.
fn object_of(object: &ObjectSpec, lane: &str, bench: Bench<'_>) -> Html {
    let name = &object.name;
    let (what, settings) = match &object.kind {
        ObjectKindSpec::Lock(lock) => ("lock", lease(name, lock.lease, true, bench.act)),
        ObjectKindSpec::Store(store) => ("store", checks(name, store.check, false, bench.act)),
    };
    let rows = rows_of(name, lane, Told::of(bench.scenario, name).as_ref(), bench.act);
    html! {
        <section class="kept" key={name.clone()} aria-label={name.clone()}>
            <p><b>{ name }</b>{ format!(", the {what} that {} keep", object.nodes.join(" ")) }</p>
            { for rows }
            { folded(if what == "lock" { "Lease" } else { "Check" }, true, vec![settings]) }
        </section>
    }
}

fn rows_of(subject: &str, lane: &str, told: Option<&Told>, act: &Callback<Act>) -> Vec<Html> {
    told.map_or_else(Vec::new, |told| options(Owner { subject, lane, told, act }))
}

/// The numbers of its group.
fn dials(name: &str, bench: Bench<'_>) -> Vec<Html> {
    let group = groups(bench.scenario).into_iter().find(|group| group.names.split(' ').any(|one| one == name));
    // Who lies is chosen lane by lane.
    let dials = group.into_iter().flat_map(|group| group.dials).filter(|dial| dial.label != "Traitors");
    let dials = dials.map(|dial| {
        let set = |edit: Option<fencepost_scenario::Edit>| {
            edit.map(|edit| bench.act.reform(move |_: MouseEvent| Act::Set(Change::Option(edit.clone()))))
        };
        stepper(dial.label, dial.now, set(dial.less), set(dial.more))
    });
    dials.collect()
}

fn folded(title: &'static str, fold: bool, rows: Vec<Html>) -> Html {
    match (rows.is_empty(), fold) {
        (true, _) => html! { <div hidden=true></div> },
        (false, true) => html! { <details class="more"><summary>{ title }</summary>{ for rows }</details> },
        (false, false) => html! { <div class="more">{ for rows }</div> },
    }
}

/// How writes are checked. `same-store` needs the lock and the data in one service, so that only such a one has it.
fn checks(store: &str, now: CheckMode, in_lock: bool, act: &Callback<Act>) -> Html {
    let modes = CheckMode::ALL.into_iter().filter(|&mode| mode != CheckMode::SameStore || in_lock || mode == now);
    let choices = modes.map(|mode| {
        let set = Act::Set(Change::Check { store: store.to_owned(), mode });
        choice("check", mode.word(), mode.sentence(), mode == now, set, act)
    });
    html! { <fieldset><legend>{ "Check" }</legend>{ for choices }</fieldset> }
}

/// How long a lease lasts; `endless` if it may have no end.
fn lease(name: &str, lease: Option<Duration>, endless: bool, act: &Callback<Act>) -> Html {
    let set = {
        let name = name.to_owned();
        move |lease: Duration| Some(Change::Lease { lock: name.clone(), lease: Some(lease) })
    };
    let now = lease.unwrap_or(Duration::from_secs(10));
    let never = Act::Set(Change::Lease { lock: name.to_owned(), lease: None });
    let ends = Act::Set(Change::Lease { lock: name.to_owned(), lease: Some(now) });
    html! {
        <fieldset><legend>{ "Lease" }</legend>
            if endless {
                { choice("lease", "Ends by itself", "A holder that falls silent cannot keep the lock for ever.",
                    lease.is_some(), ends, act) }
                { choice("lease", "Never ends", "Only its holder can give the lock back.", lease.is_none(), never, act) }
            }
            if lease.is_some() {
                { slider("Lease", now, act, set.clone()) }
                { number("Lease", now, false, act, set) }
            }
        </fieldset>
    }
}

/// A client's program, step by step, in the words of the text.
fn program(participant: &Participant, client: &ClientSpec) -> Html {
    let line = print_statement(&Statement::Participant(participant.clone()));
    let steps: Vec<String> =
        line.split_once(':').map_or("", |(_, steps)| steps).split(';').map(|step| step.trim().to_owned()).collect();
    let renewal = client.renew_every.map(|every| format!(" and renews its lease every {every}"));
    html! {
        <>
            <p>{ format!("Begins at {}{}.", client.at, renewal.unwrap_or_default()) }</p>
            <ol class="program">{ for steps.into_iter().enumerate().map(|(at, step)| html! { <li key={at}><code>{ step }</code></li> }) }</ol>
        </>
    }
}
