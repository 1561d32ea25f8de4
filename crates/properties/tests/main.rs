//! The tests of the judge, in one program: building one is quicker than building six, and mutants are built by the hundred.

mod support;

mod causes;
mod figures;
mod ledger;
mod ledger_faults;
mod ledger_groups;
mod ledger_requests;
mod linear;
mod oracle;
mod oracle_groups;
mod oracle_recovery;
mod rows;
mod stateright;
mod verdicts;
