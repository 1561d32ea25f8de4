//! The menu of a lane's header: what the participant is told to be, as choices and numbers.

use fencepost_scenario::model::{ClientSpec, LockSpec, Participant, Role, Statement};
use fencepost_scenario::print_statement;
use fencepost_sim::Duration;
use fencepost_vocabulary::CheckMode;
use yew::prelude::*;

use super::{Act, Bench, Change};
use crate::ui::timeline::controls::{choice, number, slider};

/// The settings of a lane, and what can be placed on it now.
pub fn header(lane: usize, bench: Bench<'_>) -> (String, Html) {
    let Some(participant) = bench.scenario.participants.get(lane) else { return (String::new(), html! {}) };
    let name = &participant.name;
    let settings = match &participant.role {
        Role::Store(store) => checks(name, store.check, false, bench.act),
        Role::Lock(lock) => lock_settings(name, lock, bench.act),
        Role::Client(client) => program(participant, client),
        // What a group is told to be is told in the text.
        _ => html! {},
    };
    let stop = bench.board.moment(lane, bench.now);
    let places = html! { <>{ settings }<p class="clocks">{ bench.picture.clocks(lane, bench.now) }</p><div class="places">{ bench.moment(&stop) }</div></> };
    (name.clone(), places)
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

fn lock_settings(name: &str, lock: &LockSpec, act: &Callback<Act>) -> Html {
    let lease = {
        let name = name.to_owned();
        move |lease: Duration| Some(Change::Lease { lock: name.clone(), lease: Some(lease) })
    };
    let now = lock.lease.unwrap_or(Duration::from_secs(10));
    let endless = Act::Set(Change::Lease { lock: name.to_owned(), lease: None });
    let ends = Act::Set(Change::Lease { lock: name.to_owned(), lease: Some(now) });
    html! {
        <>
            <fieldset><legend>{ "Lease" }</legend>
                { choice("lease", "Ends by itself", "A holder that falls silent cannot keep the lock for ever.",
                    lock.lease.is_some(), ends, act) }
                { choice("lease", "Never ends", "Only its holder can give the lock back.", lock.lease.is_none(), endless, act) }
                if lock.lease.is_some() {
                    { slider("Lease", now, act, lease.clone()) }
                    { number("Lease", now, false, act, lease) }
                }
            </fieldset>
            if let Some(data) = &lock.data {
                { checks(name, data.check, true, act) }
            }
        </>
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
