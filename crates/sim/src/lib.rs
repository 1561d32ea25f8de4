//! The deterministic kernel: time, clocks, network, faults, event queue and trace. It knows no protocol.
