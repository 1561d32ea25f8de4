//! A participant told anew what to be: its line is written again in the canonical form, and so is each line of its own
//! that says something more of it.

use fencepost_sim::sort_by_rank;

use crate::document::Document;
use crate::edit::lines::Lines;
use crate::model::{ClientSpec, Participant, Role, Statement};
use crate::print::print_statement;
use crate::view::View;

/// The text with this role for the participant at this place in the view.
pub(crate) fn said_anew(lines: Lines<'_>, place: usize, role: &Role, view: &View) -> Document {
    let participant = |role| Participant { name: view.scenario.participants[place].name.clone(), role };
    let line = view.lines.participants[place];
    let lines = match role {
        Role::Lock(spec) => {
            let mut bare = spec.clone();
            let data = bare.data.take().map(|store| Statement::Data { lock: participant(role.clone()).name, store });
            let lines = lines.resaid(line, &print_statement(&Statement::Participant(participant(Role::Lock(bare)))));
            beside(lines, view.lines.data[place], line, data)
        }
        Role::Client(spec) => return client(lines, place, spec, view),
        Role::Store(_) => lines.resaid(line, &print_statement(&Statement::Participant(participant(role.clone())))),
        group => lines.resaid(line, &print_statement(&Statement::Group(group.clone()))),
    };
    lines.finish()
}

/// What a client renews and trusts stays in the line it was in; what is new is said in the client's own.
fn client(lines: Lines<'_>, place: usize, spec: &ClientSpec, view: &View) -> Document {
    let name = || view.scenario.participants[place].name.clone();
    let line = view.lines.participants[place];
    let apart = |said: Option<usize>| said.filter(|said| *said != line);
    let (renewals, trusts) = (apart(view.lines.renewals[place]), apart(view.lines.trusts[place]));
    let mut own = spec.clone();
    let renew = own.renew_every.take_if(|_| renewals.is_some());
    let share = spec.trusts;
    if trusts.is_some() {
        own.trusts = ClientSpec::WHOLE;
    }
    let said = Statement::Participant(Participant { name: name(), role: Role::Client(own) });
    let mut changed = vec![(line, Some(said))];
    changed.extend(renewals.map(|at| (at, renew.map(|every| Statement::Renew { client: name(), every }))));
    changed.extend(trusts.map(|at| (at, Some(Statement::Trusts { client: name(), share }))));
    // From the last line up, so that taking one out moves none that is still to come.
    sort_by_rank(&mut changed, |(at, _)| (u64::MAX - *at as u64, 0));
    let lines = changed.into_iter().fold(lines, |lines, (at, said)| match said {
        Some(said) => lines.resaid(at, &print_statement(&said)),
        None => lines.removed(at),
    });
    lines.finish()
}

/// With the line that says more of the participant in this line: rewritten, taken out, or put in below it.
fn beside<'a>(lines: Lines<'a>, old: Option<usize>, line: usize, new: Option<Statement>) -> Lines<'a> {
    match (old, new.map(|new| print_statement(&new))) {
        (Some(old), Some(new)) => lines.resaid(old, &new),
        (Some(old), None) => lines.removed(old),
        (None, Some(new)) => {
            let indent = crate::edit::words::indent_of(lines.line(line)).to_owned();
            lines.inserted(line + 1, indent + &new)
        }
        (None, None) => lines,
    }
}
