//! Any edit of any scenario changes few lines, means what it says, and can be undone.

mod common;

use common::{config, fault, scenario};
use fencepost_scenario::model::{
    Bounds, DelayRange, FailureModel, FaultSpec, ObjectKindSpec, Role, StoreSpec, TimingModel,
};
use fencepost_scenario::{Document, Edit, EditError, History, Scenario, View, print, print_fault};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::CheckMode;
use proptest::prelude::*;

/// A number that becomes a choice once it is known how much there is to choose from.
#[derive(Clone, Debug)]
struct Dice {
    edit: usize,
    variant: usize,
    which: usize,
    fault: FaultSpec,
    millis: u64,
    check: CheckMode,
}

fn dice() -> impl Strategy<Value = Dice> {
    let check = proptest::sample::select(&CheckMode::ALL);
    (any::<usize>(), any::<usize>(), any::<usize>(), fault(), 1..100_000_u64, check)
        .prop_map(|(edit, variant, which, fault, millis, check)| Dice { edit, variant, which, fault, millis, check })
}

/// As a person writes: with comments and blank lines between.
fn with_trivia(text: &str) -> String {
    let comment = |(number, line): (usize, &str)| match number % 4 {
        _ if line.is_empty() || line.starts_with("title") || line.starts_with("about") => line.to_owned(),
        1 => format!("{line}   # why not"),
        2 => format!("{line}\n# in between"),
        3 => format!("{line}\n"),
        _ => line.to_owned(),
    };
    text.split('\n').enumerate().map(comment).collect::<Vec<_>>().join("\n")
}

fn chosen_variant(scenario: &Scenario, dice: &Dice) -> Option<String> {
    let index = dice.variant % (scenario.variants.len() + 1);
    index.checked_sub(1).map(|index| scenario.variants[index].name.clone())
}

/// An edit that the view allows, and what it makes of the view.
fn chosen_edit(view: &View, dice: &Dice) -> Option<(Edit, Scenario)> {
    let mut wanted = view.scenario.clone();
    let pick = |count: usize| dice.which.checked_rem(count);
    let edit = match dice.edit % 15 {
        0 => {
            wanted.faults.push(dice.fault.clone());
            Edit::AddFault(dice.fault.clone())
        }
        1 => {
            let index = pick(wanted.faults.len())?;
            wanted.faults[index] = dice.fault.clone();
            Edit::ReplaceFault { index, fault: dice.fault.clone() }
        }
        2 => {
            let index = pick(wanted.faults.len())?;
            wanted.faults.remove(index);
            Edit::RemoveFault { index }
        }
        3 => {
            let index = pick(wanted.faults.len())?;
            let fault = wanted.faults.remove(index);
            wanted.disabled.push(fault);
            Edit::DisableFault { index }
        }
        4 => {
            let index = pick(wanted.disabled.len())?;
            let fault = wanted.disabled.remove(index);
            wanted.faults.push(fault);
            Edit::EnableFault { index }
        }
        5 => {
            let index = pick(wanted.disabled.len())?;
            wanted.disabled.remove(index);
            Edit::RemoveDisabled { index }
        }
        6 => {
            wanted.delay = DelayRange::fixed(Duration::from_millis(dice.millis));
            Edit::SetDelay(wanted.delay.low)
        }
        7 => {
            wanted.until = Time::from_millis(dice.millis);
            Edit::SetUntil(wanted.until)
        }
        8 => {
            wanted.seed = dice.millis;
            Edit::SetSeed(dice.millis)
        }
        9 => {
            let bounds = Bounds { delay: Duration::from_millis(dice.millis), pause: Duration::ZERO, drift: 0 };
            wanted.model = (!dice.which.is_multiple_of(3)).then_some(TimingModel::Synchronous(bounds));
            Edit::SetModel(wanted.model)
        }
        10 => {
            wanted.failures = FailureModel::ALL.get(dice.which % 5).copied();
            Edit::SetFailures(wanted.failures)
        }
        11 | 12 => return chosen_role(wanted, dice),
        13 => return chosen_object(wanted, dice),
        _ => return chosen_parameter(wanted, dice),
    };
    Some((edit, wanted))
}

fn checks(store: &mut StoreSpec, check: CheckMode) {
    store.check = check;
    store.asks = store.asks.take().filter(|_| check == CheckMode::AskFirst);
}

/// A participant with one thing or more changed in what it is told to be.
fn chosen_role(mut wanted: Scenario, dice: &Dice) -> Option<(Edit, Scenario)> {
    let index = dice.which.checked_rem(wanted.participants.len())?;
    let (name, old) = (wanted.participants[index].name.clone(), wanted.participants[index].role.clone());
    let (length, odd) = (Duration::from_millis(dice.millis), !dice.millis.is_multiple_of(2));
    let mut role = old.clone();
    match &mut role {
        Role::Lock(spec) => (spec.session, spec.data) = (Some(length), odd.then(|| StoreSpec::new(dice.check))),
        Role::Store(spec) => spec.nonatomic = odd,
        Role::Client(spec) => (spec.renew_every, spec.trusts) = (odd.then_some(length), 1 + dice.millis as u32 * 9),
        Role::Member(spec) => spec.heartbeat = length,
        Role::General(spec) => spec.resend = odd.then_some(length),
        Role::Node(spec) => (spec.heartbeat, spec.sticky) = (length, odd),
        Role::KeyNode(spec) => spec.lease = length,
        Role::Replica(spec) => spec.write_back = odd,
        Role::Registry(spec) => spec.replicate = length,
        Role::Twin(spec) => spec.timeout = length,
        Role::Officer(spec) => spec.signed = odd,
    }
    let grouped = role.group().is_some();
    for one in &mut wanted.participants {
        if one.name == name || (grouped && one.role == old) {
            one.role = role.clone();
        }
    }
    Some((Edit::SetRole { participant: name, role }, wanted))
}

fn chosen_parameter(mut wanted: Scenario, dice: &Dice) -> Option<(Edit, Scenario)> {
    let index = dice.which.checked_rem(wanted.participants.len())?;
    let lane = &mut wanted.participants[index];
    let name = lane.name.clone();
    let edit = match &mut lane.role {
        Role::Store(store) => {
            checks(store, dice.check);
            Edit::SetCheck { store: name, check: dice.check }
        }
        Role::Lock(lock) => match (dice.millis % 3, &mut lock.data) {
            (0, Some(store)) => {
                checks(store, dice.check);
                Edit::SetCheck { store: name, check: dice.check }
            }
            (1, _) => {
                lock.first_token = dice.millis;
                Edit::SetFirstToken { lock: name, first_token: dice.millis }
            }
            _ => {
                lock.lease = dice.millis.is_multiple_of(2).then(|| Duration::from_millis(dice.millis));
                Edit::SetLease { lock: name, lease: lock.lease }
            }
        },
        _ => return None,
    };
    Some((edit, wanted))
}

/// Something that several keep, told otherwise: in a log, or as the keys of independent nodes.
fn chosen_object(mut wanted: Scenario, dice: &Dice) -> Option<(Edit, Scenario)> {
    let lease = Duration::from_millis(dice.millis);
    if dice.millis.is_multiple_of(3) {
        let name = wanted.participants.iter().find_map(|one| match &one.role {
            Role::KeyNode(spec) => Some(spec.lock.clone()),
            _ => None,
        })?;
        for one in &mut wanted.participants {
            if let Role::KeyNode(spec) = &mut one.role
                && spec.lock == name
            {
                spec.lease = lease;
            }
        }
        return Some((Edit::SetLease { lock: name, lease: Some(lease) }, wanted));
    }
    let index = dice.which.checked_rem(wanted.objects.len())?;
    let object = &mut wanted.objects[index];
    let name = object.name.clone();
    let edit = match &mut object.kind {
        ObjectKindSpec::Store(store) if dice.check != CheckMode::AskFirst => {
            store.check = dice.check;
            Edit::SetCheck { store: name, check: dice.check }
        }
        ObjectKindSpec::Store(_) => return None,
        ObjectKindSpec::Lock(lock) if dice.millis.is_multiple_of(2) => {
            lock.first_token = dice.millis;
            Edit::SetFirstToken { lock: name, first_token: dice.millis }
        }
        ObjectKindSpec::Lock(lock) => {
            lock.lease = Some(lease);
            Edit::SetLease { lock: name, lease: lock.lease }
        }
    };
    Some((edit, wanted))
}

fn sorted(mut scenario: Scenario) -> Scenario {
    scenario.faults.sort_by_key(print_fault);
    scenario.disabled.sort_by_key(print_fault);
    scenario
}

/// How many neighbouring lines an edit took away, and how many it put in their place.
fn changed(before: &Document, after: &Document) -> (usize, usize) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(old, new)| old == new).count();
    (old.len() - head - tail, new.len() - head - tail)
}

/// How many lines an edit took away and how many it brought, wherever they stand: a participant can have lines of its own
/// far apart, in the base and in a variant.
fn exchanged(before: &Document, after: &Document) -> (usize, usize) {
    let left_over = |these: &Document, those: &Document| {
        let mut left: Vec<&str> = these.lines().collect();
        for line in those.lines() {
            if let Some(place) = left.iter().position(|other| *other == line) {
                left.swap_remove(place);
            }
        }
        left.len()
    };
    (left_over(before, after), left_over(after, before))
}

fn may_be_hidden(edit: &Edit) -> bool {
    matches!(edit, Edit::ReplaceFault { .. } | Edit::SetRole { .. })
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn an_edit_means_what_it_says_and_leaves_other_lines_alone(scenario in scenario(), dice in dice()) {
        let before = Document::new(with_trivia(&print(&scenario)));
        let parsed = before.parse();
        prop_assert_eq!(&parsed.scenario, &scenario);
        let variant = chosen_variant(&scenario, &dice);
        let view = parsed.view(variant.as_deref()).expect("the variant is there");
        let Some((edit, wanted)) = chosen_edit(&view, &dice) else { return Ok(()) };
        let after = match before.apply(&edit, variant.as_deref()) {
            Ok(after) => after,
            // What belongs to the base cannot become, through a variant, something that this variant hides.
            Err(EditError::CannotSay(_)) if variant.is_some() && may_be_hidden(&edit) => return Ok(()),
            Err(error) => return Err(TestCaseError::fail(format!("{error}: {edit:?} in\n{}", before.text()))),
        };
        let found = after.parse().view(variant.as_deref()).expect("the variant is still there").scenario;
        prop_assert_eq!(sorted(found), sorted(wanted), "{:?}\n{}\n----\n{}", edit, before.text(), after.text());
        let of_a_role = matches!(edit, Edit::SetRole { .. });
        let (gone, come) = if of_a_role { exchanged(&before, &after) } else { changed(&before, &after) };
        // A participant can have three lines of its own.
        let most = if of_a_role { 3 } else { 1 };
        prop_assert!(gone <= most && come <= most + 2, "{:?}\n{}\n----\n{}", edit, before.text(), after.text());
        let mut history = History::new(before.clone());
        history.commit(after.clone());
        history.undo();
        prop_assert_eq!(history.current(), &before);
        history.redo();
        prop_assert_eq!(history.current(), &after);
    }
}
