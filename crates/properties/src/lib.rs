//! Judges a trace: one verdict per property, from the trace alone. It runs nothing.
