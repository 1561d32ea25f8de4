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

/// `generals G1 G2 G3 G4 rounds 1 traitor G3 signed on order attack`: generals who agree by word of mouth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerSpec {
    /// All of them, this participant among them. The first gives the order.
    pub generals: Vec<String>,
    /// How many rounds of relaying follow the order.
    pub rounds: u32,
    /// Those who may say anything to anybody; some of the generals. Default nobody.
    pub traitors: Vec<String>,
    /// Whether orders are signed, so that nobody can make one up. Default off.
    pub signed: bool,
    /// What the first of them orders. Default [`Order::Attack`].
    pub order: Order,
}

/// What a general orders, and what is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// To attack.
    #[default]
    Attack,
    /// To retreat, which is also what is decided when it stands even.
    Retreat,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 2] = [Self::Attack, Self::Retreat];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attack => "attack",
            Self::Retreat => "retreat",
        }
    }
}

/// `registry R1 R2 replicate async 200ms nonatomic`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrySpec {
    /// All of them, this participant among them.
    pub registries: Vec<String>,
    /// How long after a name was registered the others are told. Default [`RegistrySpec::REPLICATE`].
    pub replicate: Duration,
    /// `nonatomic`: whether something can come between looking a name up and registering it: a bug to see. Default off.
    pub nonatomic: bool,
}

impl RegistrySpec {
    /// How long after a name was registered the others are told if nothing is said.
    pub const REPLICATE: Duration = Duration::from_millis(200);
}

/// `pair P Q heartbeat 1s timeout 5s stonith confirmed disk S`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairSpec {
    /// Both of them, this participant among them. The first is active when the run begins.
    pub twins: Vec<String>,
    /// How often each gives the other a sign of life. Default [`PairSpec::HEARTBEAT`].
    pub heartbeat: Duration,
    /// How long the other must be silent to be taken for dead. Default [`PairSpec::TIMEOUT`].
    pub timeout: Duration,
    /// `stonith confirmed`: whether the other must be known to be off before one takes over. Default off.
    pub confirmed: bool,
    /// `disk S`: the store to which the active one writes. Default nothing.
    pub disk: Option<String>,
}

impl PairSpec {
    /// How often each gives a sign of life if nothing is said.
    pub const HEARTBEAT: Duration = Duration::from_millis(1_000);
    /// How long silence is trusted if nothing is said.
    pub const TIMEOUT: Duration = Duration::from_millis(5_000);

    /// The name of what they share: the part of the active one.
    pub fn object(&self) -> String {
        self.twins.join("/")
    }
}
