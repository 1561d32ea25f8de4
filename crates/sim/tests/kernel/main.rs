//! The kernel's rules, each as a small play: puppets with a script, and what an observer writes down.

mod puppet;

mod faults;
mod limits;
mod messages;
mod order;
mod state;
