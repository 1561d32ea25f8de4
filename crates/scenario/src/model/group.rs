//! Participants that are told what to be in one line together.
//!
//! Each of them holds its own copy of what the line says, so that a scenario is still a list of participants.

use fencepost_sim::{Duration, Time};

/// `members N1 N2 N3 heartbeat 1s suspect 5s observers N2 report C declare majority`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberSpec {
    /// Everyone in the line, this participant among them. A majority is a majority of these.
    pub members: Vec<String>,
    /// How often each of them sends a heartbeat to each observer.
    pub heartbeat: Duration,
    /// After how long without one an observer suspects its sender.
    pub suspect: Duration,
    /// Who of them watches the others. Default all.
    pub observers: Vec<String>,
    /// The clients that are told of each suspicion. Default nobody.
    pub report: Vec<String>,
    /// What makes a suspicion a death. Default [`Declare::Off`].
    pub declare: Declare,
}

/// Who may declare a member dead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Declare {
    /// Nobody: a suspicion stays one.
    #[default]
    Off,
    /// More than half of the members.
    Majority,
    /// Any observer by itself: a bug to see.
    Alone,
}

impl Declare {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Off, Self::Majority, Self::Alone];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Majority => "majority",
            Self::Alone => "alone",
        }
    }
}

/// `generals G1 G2 messages 3 dawn 5s resend 1s`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralSpec {
    /// Both of them, this participant among them. The first sends the first messenger.
    pub generals: Vec<String>,
    /// How many messengers go in turn, at least 1.
    pub messages: u32,
    /// When each of them decides. Default [`GeneralSpec::DAWN`].
    pub dawn: Time,
    /// `resend 1s`: attack is decided at once, and every messenger is sent again until it is answered.
    pub resend: Option<Duration>,
}

impl GeneralSpec {
    /// When they decide if nothing is said.
    pub const DAWN: Time = Time::from_millis(5_000);
}
