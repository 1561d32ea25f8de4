//! LINEARIZABLE: all operations on a register, a store or a lock look as if each happened at one moment between its
//! beginning and its end. One without an answer may have happened or not.
//!
//! The search is exact. Where more than twenty operations are in question at once, and no moment at which none was under
//! way divides them, or where these could stand in too many orders, there is no verdict: better none than a guess.

use fencepost_vocabulary::PropertyKind;

use super::histories;
use crate::Verdict;
use crate::case::Case;
use crate::linear::Keeping;

pub(crate) use histories::is_subject;

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    histories::judge(case, PropertyKind::Linearizable, Keeping::RealTime)
}
