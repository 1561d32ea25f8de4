//! `fencepost`: run, check, render and share scenarios from a terminal.
//!
//! It reads arguments and files and prints; everything it knows comes from the library crates. Results go to standard
//! output, remarks and errors to standard error. Exit codes: 0 all is well, 1 an expectation does not hold, 2 the input
//! or the command could not be used.

mod args;
mod commands;
mod help;
mod input;
mod output;
mod save;

use std::process::ExitCode;

use args::Command;

/// How a command ended, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All is well.
    Fine = 0,
    /// An expectation does not hold.
    Refuted = 1,
    /// The input or the command could not be used.
    Unusable = 2,
}

fn main() -> ExitCode {
    let status = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => obey(command),
        Err(message) => {
            output::complain(&format!("{message}\nTry `fencepost --help`."));
            Status::Unusable
        }
    };
    ExitCode::from(status as u8)
}

fn obey(command: Command) -> Status {
    match command {
        Command::Help(text) => output::print(text),
        Command::Check { files } => commands::check::check(&files),
        Command::Run { file, variant, json } => commands::run::run(&file, variant.as_deref(), json),
        Command::Render { file, picture } => commands::render::render(&file, &picture),
        Command::Link { file, variant, page } => commands::link::link(&file, variant.as_deref(), page.as_deref()),
        Command::Open { link, output } => commands::open::open(&link, output.as_deref()),
    }
}
