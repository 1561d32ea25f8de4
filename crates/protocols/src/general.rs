//! A general (semantics, the two generals): an army on each hill, and messengers through the valley between them who
//! may be caught.
//!
//! The first general sends messenger 1; whoever receives one sends the next, until there were as many as was agreed. At
//! dawn each attacks if all that were meant for it have come. Whoever sent the last one cannot know whether it came, so
//! one loss is enough to part them, however many there are. With `resend` there is no dawn: each attacks as soon as it
//! knows of the plan, and sends its messenger until there is an answer, so they agree in the end and not at a time.

use fencepost_sim::{Disk, Duration, LocalTime, ParticipantId};
use fencepost_vocabulary::{Message, Note, Timer};

use crate::{Effects, Input, decline};

/// How a general is set up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GeneralConfig {
    /// The other one.
    pub peer: ParticipantId,
    /// Whether it sends the first messenger.
    pub is_first: bool,
    /// How many messengers go in all.
    pub messages: u32,
    /// When it decides, on its own clock.
    pub dawn: Duration,
    /// How often it sends a messenger again that was not answered; then it does not wait for dawn.
    pub resend: Option<Duration>,
}

/// A general at work. All of it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct General {
    config: GeneralConfig,
    /// The number of the last messenger it sent.
    sent: u32,
    /// The number of the last messenger that came.
    came: u32,
    decided: bool,
}

impl General {
    /// A general who has heard nothing.
    pub fn new(config: GeneralConfig) -> Self {
        Self { config, sent: 0, came: 0, decided: false }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: LocalTime, effects: &mut Effects) {
        // What comes at dawn comes too late.
        self.look_east(now, effects);
        match input {
            Input::Start => self.start(now, effects),
            Input::Message { from, message: Message::Messenger { number } } if from == self.config.peer => {
                self.receive(number, effects);
            }
            Input::Message { from, message } => decline(from, message, effects),
            Input::Timer(Timer::Resend) => self.send_again(effects),
            _ => {}
        }
    }

    fn start(&mut self, now: LocalTime, effects: &mut Effects) {
        if !self.decided && self.config.resend.is_none() {
            effects.set_timer(Timer::Dawn, self.dawn().since(now));
        }
        if self.config.is_first && self.sent == 0 {
            self.agree(effects);
            self.send(1, effects);
        } else {
            self.send_again(effects);
        }
    }

    fn dawn(&self) -> LocalTime {
        LocalTime::default() + self.config.dawn
    }

    /// At dawn: attacks if all the messengers that were meant for it have come.
    fn look_east(&mut self, now: LocalTime, effects: &mut Effects) {
        if self.config.resend.is_none() && now >= self.dawn() {
            self.decide(self.came == self.last_for_me(), effects);
        }
    }

    /// The number of the last messenger that is meant for this general: the first one gets the even ones.
    fn last_for_me(&self) -> u32 {
        let is_mine = self.config.messages.is_multiple_of(2) == self.config.is_first;
        if is_mine { self.config.messages } else { self.config.messages.saturating_sub(1) }
    }

    fn decide(&mut self, attack: bool, effects: &mut Effects) {
        if !std::mem::replace(&mut self.decided, true) {
            effects.note(Note::Decided { attack });
            effects.cancel_timer(Timer::Dawn);
        }
    }

    /// With `resend`, to know of the plan is to go along with it.
    fn agree(&mut self, effects: &mut Effects) {
        if self.config.resend.is_some() {
            self.decide(true, effects);
        }
    }

    fn receive(&mut self, number: u32, effects: &mut Effects) {
        let is_new = number > self.came;
        self.came = self.came.max(number);
        self.agree(effects);
        // A messenger that comes again has not been answered, as far as its sender knows.
        if number < self.config.messages && (is_new || self.config.resend.is_some()) {
            self.send(number + 1, effects);
        }
        if self.is_answered() {
            effects.cancel_timer(Timer::Resend);
        }
    }

    fn send(&mut self, number: u32, effects: &mut Effects) {
        if number > self.config.messages {
            return;
        }
        self.sent = self.sent.max(number);
        effects.send(self.config.peer, Message::Messenger { number });
        self.wait_for_answer(effects);
    }

    /// Whether the last messenger it sent was answered, or wants no answer because it is the last of all; the only one
    /// there is wants one all the same, and never gets it.
    fn is_answered(&self) -> bool {
        let is_last = self.sent == self.config.messages && self.config.messages > 1;
        self.sent == 0 || is_last || self.came > self.sent
    }

    fn wait_for_answer(&self, effects: &mut Effects) {
        if let Some(every) = self.config.resend.filter(|_| !self.is_answered()) {
            effects.set_timer(Timer::Resend, every);
        }
    }

    fn send_again(&self, effects: &mut Effects) {
        if self.config.resend.is_some() && !self.is_answered() {
            effects.send(self.config.peer, Message::Messenger { number: self.sent });
            self.wait_for_answer(effects);
        }
    }

    /// What a crash leaves: what came, what it sent, what it decided.
    pub fn recover(&mut self, disk: Disk) {
        if disk == Disk::Wiped {
            *self = Self::new(self.config.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    fn config(is_first: bool, messages: u32) -> GeneralConfig {
        GeneralConfig { peer: if is_first { B } else { A }, is_first, messages, dawn: millis(5_000), resend: None }
    }

    fn step(general: &mut General, input: Input, millis: u64) -> Outcome {
        Outcome::of(|effects| general.handle(input, at(millis).mono, effects))
    }

    /// Lets two generals send `messages` messengers, of which one is caught. Says what each decides.
    fn campaign(messages: u32, caught: Option<u32>) -> [bool; 2] {
        let mut generals = [General::new(config(true, messages)), General::new(config(false, messages))];
        let begun = generals.each_mut().map(|general| step(general, Input::Start, 0).sent);
        let mut valley: Vec<_> = begun.into_iter().flatten().collect();
        while let Some((to, said)) = valley.pop() {
            let Message::Messenger { number } = said else { panic!("a messenger, not {said:?}") };
            if Some(number) != caught {
                let from = if to == A { B } else { A };
                valley.extend(step(&mut generals[to.index()], message(from, said), 100).sent);
            }
        }
        generals.each_mut().map(|general| {
            let notes = step(general, Input::Timer(Timer::Dawn), 5_000).notes;
            notes == [Note::Decided { attack: true }]
        })
    }

    #[test]
    fn when_all_messengers_come_both_attack() {
        for messages in 1..=6 {
            assert_eq!(campaign(messages, None), [true, true], "{messages}");
        }
    }

    #[test]
    fn however_many_messengers_there_are_the_loss_of_the_last_one_parts_them() {
        for messages in 1..=6 {
            let [first, second] = campaign(messages, Some(messages));
            assert_ne!(first, second, "{messages}");
        }
    }

    #[test]
    fn a_messenger_that_comes_at_dawn_comes_too_late() {
        let mut general = General::new(config(false, 1));
        let late = step(&mut general, message(A, Message::Messenger { number: 1 }), 5_000);
        assert_eq!(late.notes, [Note::Decided { attack: false }]);
    }

    #[test]
    fn with_resend_a_messenger_goes_again_until_it_is_answered_and_nobody_waits_for_dawn() {
        let mut general = General::new(GeneralConfig { resend: Some(millis(1_000)), ..config(true, 2) });
        let begun = step(&mut general, Input::Start, 0);
        assert_eq!(begun.notes, [Note::Decided { attack: true }]);
        assert_eq!(begun.timer(Timer::Dawn), None);
        let again = step(&mut general, Input::Timer(Timer::Resend), 1_000);
        assert_eq!(again.sent, [(B, Message::Messenger { number: 1 })]);
        step(&mut general, message(B, Message::Messenger { number: 2 }), 1_500);
        assert!(step(&mut general, Input::Timer(Timer::Resend), 2_000).sent.is_empty());
    }

    #[test]
    fn with_resend_a_messenger_that_comes_again_is_answered_again() {
        let mut general = General::new(GeneralConfig { resend: Some(millis(1_000)), ..config(false, 2) });
        for _ in 0..2 {
            let came = step(&mut general, message(A, Message::Messenger { number: 1 }), 100);
            assert_eq!(came.sent, [(A, Message::Messenger { number: 2 })]);
            assert_eq!(came.timer(Timer::Resend), None, "the last one wants no answer");
        }
    }

    #[test]
    fn a_crash_undoes_no_decision_and_sends_no_messenger_twice() {
        let mut general = General::new(config(true, 1));
        step(&mut general, Input::Start, 0);
        step(&mut general, Input::Timer(Timer::Dawn), 5_000);
        general.recover(Disk::Kept);
        let again = step(&mut general, Input::Start, 6_000);
        assert!(again.sent.is_empty() && again.notes.is_empty());
    }
}
