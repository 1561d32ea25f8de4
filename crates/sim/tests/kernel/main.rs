//! The kernel's rules, each as a small play: puppets with a script, and what an observer writes down.

mod dice;
mod puppet;

mod chance;
mod clocks;
mod counts;
mod crashes;
mod faults;
mod lasso;
mod limits;
mod messages;
mod network;
mod order;
mod state;
