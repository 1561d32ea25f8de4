//! Counts that participants raise together, such as terms of office, hide no loop; those they raise each for itself do.

use fencepost_sim::*;

/// Raises the count from time to time and tells another, who takes the higher one over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Bidder {
    to: ParticipantId,
    every: Duration,
    count: u32,
    /// Whether it takes over what it hears.
    listens: bool,
    /// Whether it does more with the number than to compare it.
    counts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Words;

impl Vocabulary for Words {
    type Message = u32;
    type MessageKind = bool;
    type Step = u32;
    type Timer = u32;
    type Note = u32;

    fn kind(_: &u32) -> bool {
        true
    }

    fn least_count(message: &u32) -> Option<u32> {
        Some(*message)
    }

    fn lower_counts(message: &mut u32, by: u32) {
        *message -= by;
    }
}

impl Actor for Bidder {
    type Words = Words;

    fn handle(&mut self, input: Input<Words>, _: Now, effects: &mut Effects<Words>) {
        match input {
            Input::Start => effects.set_timer(0, self.every),
            Input::Message { message, .. } if self.listens => self.count = self.count.max(message),
            Input::Timer(_) => {
                self.count += 1;
                effects.send(self.to, self.count);
                effects.set_timer(0, self.every);
            }
            _ => {}
        }
    }

    fn recover(&mut self, _: Disk, _: u32) {}

    fn rebase(&mut self, _: Now) {}

    fn least_count(&self) -> Option<u32> {
        Some(if self.counts { 0 } else { self.count })
    }

    fn lower_counts(&mut self, by: u32) {
        self.count -= by;
    }
}

fn bidder(to: u16, every: u64, count: u32) -> Bidder {
    let (to, every) = (ParticipantId(to), Duration::from_millis(every));
    Bidder { to, every, count, listens: true, counts: false }
}

fn lasso(bidders: Vec<Bidder>, faults: Vec<Fault<Words>>) -> Option<Lasso> {
    let network = Network::new(bidders.len(), Duration::from_millis(50));
    find_lasso(World::new(bidders, network, faults), Time::from_millis(60_000), Limits::default()).lasso()
}

fn crash(who: u16, recovery: Option<Recovery>) -> Fault<Words> {
    Fault::Crash { participant: ParticipantId(who), start: CrashStart::At(Time(5)), recovery }
}

fn pause(who: u16, length: u64) -> Fault<Words> {
    let (start, length) = (PauseStart::At(Time(5)), Duration::from_millis(length));
    Fault::Pause { participant: ParticipantId(who), start, length }
}

#[test]
fn what_is_counted_together_hides_no_loop() {
    let found = lasso(vec![bidder(1, 300, 7), bidder(0, 1_000, 40)], vec![]);
    assert_eq!(found.map(|lasso| lasso.length), Some(Duration::from_secs(3)));
}

#[test]
fn who_falls_behind_stays_where_it_was_and_the_others_are_no_nearer_to_a_loop() {
    // The ranks of the two counts are the same for ever; how far they are apart is not.
    let deaf = Bidder { listens: false, ..bidder(1, 300, 1) };
    assert_eq!(lasso(vec![deaf.clone(), bidder(0, 300, 1)], vec![]).map(|it| it.length), Some(Duration(300_000)));
    assert_eq!(lasso(vec![deaf, bidder(0, 200, 1)], vec![]), None);
}

#[test]
fn the_dead_count_no_more() {
    let bidders = || vec![bidder(1, 300, 7), bidder(0, 1_000, 40), bidder(0, 500, 3)];
    assert!(lasso(bidders(), vec![crash(2, None)]).is_some());
    // One that will be back still counts, and so does what waits for one that sleeps.
    let back = Recovery { at: Time::from_millis(70_000), disk: Disk::Kept };
    assert_eq!(lasso(bidders(), vec![crash(2, Some(back))]), None);
    assert_eq!(lasso(bidders(), vec![pause(1, 70_000)]), None);
}

#[test]
fn a_number_that_is_looked_at_is_not_lowered() {
    let counting = Bidder { counts: true, ..bidder(1, 300, 7) };
    assert_eq!(lasso(vec![counting, bidder(0, 1_000, 40)], vec![]), None);
}

#[test]
fn a_world_with_lower_counts_does_the_same() {
    let world = |least: u32| {
        let bidders = vec![bidder(1, 300, least), bidder(0, 1_000, least + 5)];
        let mut world = World::new(bidders, Network::new(2, Duration::from_millis(50)), vec![]);
        run(&mut world, Time::from_millis(1_020), Limits::default(), &mut Unrecorded::default());
        world
    };
    assert_ne!(world(3), world(9), "a message is on its way as well");
    assert_eq!(world(3).normalised(), world(9).normalised());
}
