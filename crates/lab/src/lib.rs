//! Puts it together: a scenario in, a trace and its verdicts out.
