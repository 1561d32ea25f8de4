//! The texts behind `--help`.

/// `fencepost --help`
pub(crate) const OVERVIEW: &str = "\
fencepost: see, break and test things about locks, leases and fencing tokens

Usage: fencepost COMMAND …

  check FILE…               compare every `expect` line with what the run gives
  run FILE                  run a scenario and say what came of it
  render FILE -o FILE.svg   draw the run
  link FILE                 put the scenario into a link
  open LINK                 print the scenario that is in a link

A FILE of `-` is standard input. `fencepost COMMAND --help` says more about one command.

Exit status: 0 all is well, 1 an expectation does not hold, 2 the input or the command could not be used.
";

/// `fencepost --version`
pub(crate) const VERSION: &str = concat!("fencepost ", env!("CARGO_PKG_VERSION"), "\n");

const CHECK: &str = "\
Usage: fencepost check FILE…

Runs each scenario and each of its variants, prints what every property says, and compares every `expect` line. A claim
that does not hold is shown with its file, its line and what the run gave instead.

Exit status: 0 every claim holds, 1 one does not, 2 a file could not be read or understood.

Example: fencepost check scenarios/*.fencepost
";

const RUN: &str = "\
Usage: fencepost run FILE [--variant NAME] [--json]

Runs a scenario and prints its verdicts, which of its faults the first violation needs, which timing and failure models
allow it, and its digest.

  -v, --variant NAME   run this variant instead of the base scenario
      --json           print the run with all its events as JSON; times are in microseconds
";

const RENDER: &str = "\
Usage: fencepost render FILE [-o FILE.svg] [--variant NAME] [--width PIXELS] [--page ADDRESS]

Draws the run as a picture that stands alone: no script, no font, light and dark, with the scenario's text inside.
Without -o the picture goes to standard output. FILE.svg is written whole or not at all, and never over FILE.

  -o, --output FILE.svg   where to write it; `-` is standard output
  -v, --variant NAME      draw this variant instead of the base scenario
  -w, --width PIXELS      how wide, from 240 to 4000; 900 if not said
      --page ADDRESS      put a link to the Fencepost page at this address into the picture
";

const LINK: &str = "\
Usage: fencepost link FILE [--variant NAME] [--page ADDRESS]

Prints the part of a link that carries the scenario, from the `#` on. Everything is in it; no server is asked.

  -v, --variant NAME   open the link at this variant
      --page ADDRESS   print the whole link, to the Fencepost page at this address
";

const OPEN: &str = "\
Usage: fencepost open LINK [-o FILE]

Prints the scenario that is in a link, or says why the link cannot be used. The LINK may be a whole address or the part
from the `#` on; quote it, or the shell will. What does not show, such as a control character, is printed as a mark; a
FILE gets the text to the letter.

  -o, --output FILE   where to write it; `-` is standard output
";

/// The help of one command; `None` if there is no such command.
pub(crate) fn of(command: &str) -> Option<&'static str> {
    match command {
        "help" => Some(OVERVIEW),
        "check" => Some(CHECK),
        "run" => Some(RUN),
        "render" => Some(RENDER),
        "link" => Some(LINK),
        "open" => Some(OPEN),
        _ => None,
    }
}
