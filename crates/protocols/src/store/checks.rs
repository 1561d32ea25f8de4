//! The ways a store checks a write. Each reads only what the store remembers and what the write carries.

use fencepost_vocabulary::{CheckMode, FencingToken, Refusal, Sequence, Version};

use super::{Holder, Store, Write};
use crate::seal::seal;

impl Store {
    pub(super) fn check(&self, write: &Write, holder: Option<Holder>) -> Result<(), Refusal> {
        match self.config.check {
            CheckMode::None => Ok(()),
            CheckMode::Ge | CheckMode::Announce | CheckMode::FencedRead => self.not_older(write.token),
            CheckMode::GeSeq => self.later(write).map(|_| ()),
            CheckMode::GeNext => self.next(write),
            CheckMode::Gt => self.newer(write.token),
            CheckMode::Eq => self.same(write.token),
            CheckMode::Cas => self.unchanged_since(write.base),
            // Whoever is asked has answered, or it would not have come to this.
            CheckMode::AskFirst => write.token.map(|_| ()).ok_or(Refusal::NoToken),
            CheckMode::SameStore => match holder {
                Some(holder) if holder.client == write.from.client && write.token == Some(holder.token) => Ok(()),
                _ => Err(Refusal::NotHolder),
            },
            CheckMode::Mac => sealed(write).and_then(|()| self.not_older(write.token)),
        }
    }

    /// Whether the highest token matters to this check.
    pub(super) fn remembers_tokens(&self) -> bool {
        !matches!(self.config.check, CheckMode::None | CheckMode::Cas | CheckMode::AskFirst | CheckMode::SameStore)
    }

    /// The fence: `token >= highest`. Equal tokens are the same holder's, and it may write twice.
    pub(super) fn not_older(&self, token: Option<FencingToken>) -> Result<(), Refusal> {
        let token = token.ok_or(Refusal::NoToken)?;
        match self.memory.highest {
            Some(highest) if token < highest => Err(Refusal::Stale { highest }),
            _ => Ok(()),
        }
    }

    /// The dialect `token > highest`, which fences the holder off its own second write.
    fn newer(&self, token: Option<FencingToken>) -> Result<(), Refusal> {
        let token = token.ok_or(Refusal::NoToken)?;
        match self.memory.highest {
            Some(highest) if token == highest => Err(Refusal::TokenUsed { highest }),
            _ => self.not_older(Some(token)),
        }
    }

    /// The dialect `token = first token`, which fences off everyone who comes later.
    fn same(&self, token: Option<FencingToken>) -> Result<(), Refusal> {
        let token = token.ok_or(Refusal::NoToken)?;
        match self.memory.highest {
            Some(fixed) if token != fixed => Err(Refusal::TokenChanged { fixed }),
            _ => Ok(()),
        }
    }

    /// The fence, and under one token only what was made later than the last write. Answers with the number of that
    /// last write: 0 for a token that has not been seen.
    fn later(&self, write: &Write) -> Result<Sequence, Refusal> {
        self.not_older(write.token)?;
        let last = if write.token == self.memory.highest { self.memory.last } else { Sequence(0) };
        if write.sequence <= last { Err(Refusal::Repeated { last }) } else { Ok(last) }
    }

    /// The fence, and under one token exactly the write that follows the last one.
    fn next(&self, write: &Write) -> Result<(), Refusal> {
        let expected = Sequence(self.later(write)?.0 + 1);
        if write.sequence == expected { Ok(()) } else { Err(Refusal::Gap { expected }) }
    }

    fn unchanged_since(&self, base: Option<Version>) -> Result<(), Refusal> {
        match base {
            None => Err(Refusal::NoVersion),
            Some(base) if base != self.memory.version => Err(Refusal::VersionChanged { current: self.memory.version }),
            Some(_) => Ok(()),
        }
    }
}

/// Whether the lock service itself gave this token to this sender.
fn sealed(write: &Write) -> Result<(), Refusal> {
    let token = write.token.ok_or(Refusal::NoToken)?;
    if write.seal == Some(seal(token, write.from.client)) { Ok(()) } else { Err(Refusal::BadSeal) }
}
