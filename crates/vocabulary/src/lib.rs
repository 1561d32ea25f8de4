//! The words of the simulated world: messages, notes, tokens, steps and property names. Data only; it runs nothing.
