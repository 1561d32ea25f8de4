//! SEQUENTIAL: all operations look as if they happened in one order, in which those of each client keep theirs. It asks
//! less than [`super::linearizable`]: a read may be as old as it likes, as long as nobody can tell from its own doings.
//!
//! A later write can explain an earlier read, so it is broken only where no later operation mends it; and it is judged for
//! at most twenty operations in all.

use fencepost_vocabulary::PropertyKind;

use super::histories;
use crate::Verdict;
use crate::case::Case;
use crate::linear::Keeping;

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    histories::judge(case, PropertyKind::Sequential, Keeping::Program)
}
