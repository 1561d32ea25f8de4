//! What the words on the command line ask for.

use std::ffi::OsString;
use std::path::PathBuf;

use fencepost_scenario::visible::{hidden, visible_line};
use lexopt::prelude::*;

use crate::help;

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print this text.
    Help(&'static str),
    /// Compare every `expect` line of these files.
    Check { files: Vec<PathBuf> },
    /// Run one scenario and tell what came of it.
    Run { file: PathBuf, variant: Option<String>, json: bool },
    /// Draw one scenario.
    Render { file: PathBuf, picture: Picture },
    /// Make a link.
    Link { file: PathBuf, variant: Option<String>, page: Option<String> },
    /// Print the scenario in a link.
    Open {
        /// The whole link, or the part from the `#` on.
        link: String,
        /// The file to write to; standard output if none is named.
        output: Option<PathBuf>,
    },
}

/// How to draw.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Which variant; the base if none is named.
    pub variant: Option<String>,
    /// How wide, in pixels.
    pub width: u32,
    /// The file to write to; standard output if none is named.
    pub output: Option<PathBuf>,
    /// The page that a click on the picture leads to.
    pub page: Option<String>,
}

/// The width of a picture, in pixels, unless another is asked for.
const WIDTH: u32 = 900;
/// The widths a picture can have.
const WIDTHS: std::ops::RangeInclusive<u32> = 240..=4_000;

/// Options as they come, before it is known which command may have them.
#[derive(Default)]
struct Options {
    operands: Vec<OsString>,
    variant: Option<String>,
    json: bool,
    width: Option<u32>,
    output: Option<PathBuf>,
    page: Option<String>,
    help: bool,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(args);
    let name = match parser.next().map_err(said)? {
        None => return Ok(Command::Help(help::OVERVIEW)),
        Some(Long("help") | Short('h')) => return Ok(Command::Help(help::OVERVIEW)),
        Some(Long("version") | Short('V')) => return Ok(Command::Help(help::VERSION)),
        Some(Value(name)) => name.to_string_lossy().into_owned(),
        Some(other) => return Err(said(other.unexpected())),
    };
    let Some(help) = help::of(&name) else { return Err(format!("There is no command `{}`.", visible_line(&name))) };
    let options = options(&mut parser, &name)?;
    if options.help || name == "help" { Ok(Command::Help(help)) } else { command(&name, options) }
}

fn options(parser: &mut lexopt::Parser, name: &str) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = parser.next().map_err(said)? {
        match (argument, name) {
            (Long("help") | Short('h'), _) => options.help = true,
            (Long("variant") | Short('v'), "run" | "render" | "link") => options.variant = Some(text(parser)?),
            (Long("json"), "run") => options.json = true,
            (Long("width") | Short('w'), "render") => options.width = Some(width(&text(parser)?)?),
            (Long("output") | Short('o'), "render" | "open") => {
                options.output = Some(parser.value().map_err(said)?.into());
            }
            (Long("page"), "link" | "render") => options.page = Some(page(text(parser)?)?),
            (Value(operand), _) => options.operands.push(operand),
            (other, _) => return Err(said(other.unexpected())),
        }
    }
    Ok(options)
}

fn command(name: &str, mut options: Options) -> Result<Command, String> {
    if name == "check" {
        let files: Vec<PathBuf> = options.operands.into_iter().map(PathBuf::from).collect();
        return if files.is_empty() { Err(missing("check", "FILE…")) } else { Ok(Command::Check { files }) };
    }
    let wanted = if name == "open" { "LINK" } else { "FILE" };
    if options.operands.len() > 1 {
        return Err(format!("`fencepost {name}` takes one {wanted}, and {} were given.", options.operands.len()));
    }
    let operand = options.operands.pop().ok_or_else(|| missing(name, wanted))?;
    let variant = options.variant;
    Ok(match name {
        "run" => Command::Run { file: operand.into(), variant, json: options.json },
        "render" => {
            let width = options.width.unwrap_or(WIDTH);
            let picture = Picture { variant, width, output: options.output, page: options.page };
            Command::Render { file: operand.into(), picture }
        }
        "link" => Command::Link { file: operand.into(), variant, page: options.page },
        _ => Command::Open { link: operand.to_string_lossy().into_owned(), output: options.output },
    })
}

fn text(parser: &mut lexopt::Parser) -> Result<String, String> {
    parser.value().map_err(said)?.string().map_err(said)
}

fn width(text: &str) -> Result<u32, String> {
    let width = text.parse().ok().filter(|width| WIDTHS.contains(width));
    width.ok_or_else(|| {
        format!(
            "A width is a number of pixels from {} to {}, not `{}`.",
            WIDTHS.start(),
            WIDTHS.end(),
            visible_line(text)
        )
    })
}

/// Only an address that a browser fetches: it becomes a link that people click.
fn page(address: String) -> Result<String, String> {
    let fetched = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    let odd = hidden(&address).next().is_some() || address.contains(char::is_whitespace);
    if fetched && !odd {
        return Ok(address);
    }
    Err(format!("The address of a page begins with https:// or http://, not `{}`.", visible_line(&address)))
}

fn missing(name: &str, wanted: &str) -> String {
    format!("`fencepost {name}` needs a {wanted}.")
}

fn said(error: lexopt::Error) -> String {
    let mut text = visible_line(&error.to_string()).into_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{text}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn commands_are_understood_wherever_their_options_stand() {
        let expected = Command::Render {
            file: "a.fencepost".into(),
            picture: Picture {
                variant: Some("fenced".to_owned()),
                width: 360,
                output: Some("a.svg".into()),
                page: None,
            },
        };
        assert_eq!(parsed("render a.fencepost -o a.svg --width=360 -v fenced"), Ok(expected));
        assert_eq!(parsed("run - --json"), Ok(Command::Run { file: "-".into(), variant: None, json: true }));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(parsed("chekc a"), Err("There is no command `chekc`.".to_owned()));
        assert_eq!(parsed("check"), Err("`fencepost check` needs a FILE….".to_owned()));
        assert_eq!(parsed("link a b"), Err("`fencepost link` takes one FILE, and 2 were given.".to_owned()));
        assert!(parsed("check --json a").is_err_and(|said| said.contains("--json")));
        assert!(parsed("link a --page javascript:alert(1)").is_err_and(|said| said.contains("https://")));
        assert!(parsed("render a --width 10").is_err_and(|said| said.contains("240")));
    }
}
