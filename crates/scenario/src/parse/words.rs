//! A cursor that takes the words of a line one by one.
//!
//! It knows what a name, a number, a time and a share look like, and no statement. The statements are in the files
//! beside this one.

use std::ops::Range;

use fencepost_sim::{Duration, Time};

use crate::alike::foreign_letter;
use crate::parse::keywords;
use crate::parse::problem::Problem;
use crate::parse::token::{Token, TokenKind, is_name, tokens};
use crate::parse::version;
use crate::print::said_share;
use crate::time;

/// The millionths that `50%` or `200ppm` stand for; `None` if it is no share.
pub(crate) fn share_of(word: &str) -> Option<u64> {
    let (digits, unit) = match (word.strip_suffix('%'), word.strip_suffix("ppm")) {
        (Some(digits), _) => (digits, 10_000),
        (_, Some(digits)) => (digits, 1),
        _ => return None,
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse::<u64>().ok()).flatten().map(|number| number.saturating_mul(unit))
}

/// A cursor over the tokens of one line, and what was found wrong on the way.
pub(crate) struct Words<'a> {
    line: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
    /// The words that begin the statement and the step that are read.
    begins: [&'a str; 2],
    /// What was said that came later than the first version: the version and the words.
    pub later: Option<(u32, String)>,
    /// What is wrong but did not stop the reading.
    pub problems: Vec<Problem>,
}

impl<'a> Words<'a> {
    /// The words of a line, from the first.
    pub fn new(line: &'a str) -> Self {
        let tokens = tokens(line).0;
        let first = tokens.first().map_or("", |token| token.text);
        Self { line, tokens, at: 0, begins: [first, ""], later: None, problems: Vec::new() }
    }

    /// From here on the words of this step are read.
    pub fn begin_step(&mut self, step: &'a str) {
        self.begins[1] = step;
        self.said(step);
    }

    /// A word of the language was said here; some came later than others.
    pub fn said(&mut self, word: &str) {
        let [statement, step] = self.begins;
        let begin = if version::since(step, word) > 1 { step } else { statement };
        let since = version::since(begin, word);
        if since > self.later.as_ref().map_or(1, |(version, _)| *version) {
            let words = if begin == word { word.to_owned() } else { format!("{begin} … {word}") };
            self.later = Some((since, words));
        }
    }

    /// The next token, left where it is.
    pub fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    /// The next token as the line has it; empty at the end of the line. What is quoted keeps its quotes, so that it is
    /// never taken for a word of the language.
    pub fn peek_text(&self) -> &'a str {
        self.text_at(self.at)
    }

    /// The token after the next as the line has it; empty at the end of the line.
    pub fn second_text(&self) -> &'a str {
        self.text_at(self.at + 1)
    }

    fn text_at(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| &self.line[token.start..token.end])
    }

    /// Which of these words comes first in what is left of the line, if one does.
    pub fn ahead<'w>(&self, known: &[&'w str]) -> Option<&'w str> {
        let left = self.tokens.get(self.at..).unwrap_or_default();
        let mut words = left.iter().filter(|token| token.kind == TokenKind::Word);
        words.find_map(|token| known.iter().copied().find(|word| *word == token.text))
    }

    /// Whether these words stand in what is left of the line, one behind the other.
    pub fn ahead_of(&self, wanted: [&str; 2]) -> bool {
        let left = self.tokens.get(self.at..).unwrap_or_default();
        let is = |token: &Token<'_>, word| token.kind == TokenKind::Word && token.text == word;
        left.windows(2).any(|two| is(&two[0], wanted[0]) && is(&two[1], wanted[1]))
    }

    /// Takes the next token.
    pub fn take(&mut self) -> Option<Token<'a>> {
        let token = self.peek();
        if let Some(token) = token {
            self.said(token.text);
            self.at += 1;
        }
        token
    }

    /// Takes the next token if it is this word or mark.
    pub fn take_if(&mut self, word: &str) -> bool {
        let found = self.peek().is_some() && self.peek_text() == word;
        if found {
            self.said(word);
            self.at += 1;
        }
        found
    }

    /// Notes a problem and gives up the rest of the line; what was read before it stays.
    pub fn give_up(&mut self, problem: Problem) {
        self.problems.push(problem);
        self.at = self.tokens.len();
    }

    /// Takes everything up to a mark, or to the end; the mark stays.
    pub fn skip_to(&mut self, mark: &str) {
        // What is quoted is a word and no mark; else a loop that takes marks would stand still before it.
        while self.peek().is_some_and(|token| token.text != mark || token.kind == TokenKind::Quoted) {
            self.at += 1;
        }
    }

    /// Takes this word, or says that it is missing.
    pub fn require(&mut self, word: &str) -> Result<(), Problem> {
        match self.take_if(word) {
            true => Ok(()),
            false => Err(self.expected(&format!("`{word}`"), &[word])),
        }
    }

    /// Nothing may follow.
    pub fn end(&self) -> Result<(), Problem> {
        match self.peek() {
            Some(token) => {
                Err(Problem::error(token.start..token.end, format!("`{}` is too much here", self.peek_text())))
            }
            None => Ok(()),
        }
    }

    /// The place of the next token; just past the line's last word if there is none.
    pub fn here(&self) -> Range<usize> {
        match self.peek() {
            Some(token) => token.start..token.end,
            None => {
                let end = self.tokens.last().map_or(self.line.len(), |token| token.end);
                end..end + 1
            }
        }
    }

    /// The place of the token taken last.
    pub fn last(&self) -> Range<usize> {
        self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0..1, |token| token.start..token.end)
    }

    /// Everything of the line up to and with the token taken last.
    pub fn peek_behind(&self) -> &'a str {
        &self.line[..self.last().end.min(self.line.len())]
    }

    /// "Expected … but found …", at the next token.
    pub fn expected(&self, what: &str, known: &[&str]) -> Problem {
        let found = match self.peek_text() {
            "" => "the line ends".to_owned(),
            text => format!("found `{text}`"),
        };
        Problem::error(self.here(), format!("expected {what}, but {found}")).like(self.peek_text(), known)
    }

    /// Takes one of these words, and gives what it stands for.
    pub fn choice<T: Copy>(&mut self, what: &str, known: &[(&'static str, T)]) -> Result<T, Problem> {
        let word = self.peek_text();
        let Some((_, value)) = known.iter().find(|(name, _)| *name == word) else {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            return Err(self.expected(what, &names));
        };
        self.said(word);
        self.at += 1;
        Ok(*value)
    }

    /// Takes options up to the end of the line, each a word of `known` and what `read` takes after it. Their order is
    /// free; one that is said twice is odd, and the last one counts.
    pub fn options(
        &mut self,
        what: &str,
        known: &[&'static str],
        read: &mut dyn FnMut(&'static str, &mut Self) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let mut seen = Vec::new();
        while self.peek().is_some() {
            let place = self.here();
            let found = known.iter().copied().find(|option| *option == self.peek_text());
            let option = found.ok_or_else(|| self.expected(what, known))?;
            self.said(option);
            self.at += 1;
            read(option, self)?;
            if seen.contains(&option) {
                let said = format!("`{option}` is said twice; the last one counts");
                self.problems.push(Problem::warning(place, said));
            }
            seen.push(option);
        }
        Ok(())
    }

    /// Takes one whole number, or two with `..` between.
    pub fn numbers(&mut self, what: &str, most: u64) -> Result<(u64, u64), Problem> {
        let Some((low, high)) = self.peek_text().split_once("..") else {
            return self.number(what, 0, most).map(|number| (number, number));
        };
        let read = |word: &str| {
            let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| word.parse().ok()).flatten().filter(|number| *number <= most)
        };
        match (read(low), read(high)) {
            (Some(low), Some(high)) if low <= high => {
                self.at += 1;
                Ok((low, high))
            }
            (Some(_), Some(_)) => Err(Problem::error(self.here(), "the smaller number comes first".to_owned())),
            _ => Err(self.expected(what, &[])),
        }
    }

    /// Takes the name of a participant.
    pub fn name(&mut self, what: &str) -> Result<String, Problem> {
        let word = self.peek_text();
        if keywords::is_reserved(word) {
            return Err(Problem::error(
                self.here(),
                format!("expected {what}, but `{word}` is a word of the language and cannot be a name"),
            ));
        }
        self.label(what)
    }

    /// Takes a name that may be a word of the language, such as a variant's.
    pub fn label(&mut self, what: &str) -> Result<String, Problem> {
        let Some(token) = self.peek().filter(|token| token.kind == TokenKind::Word) else {
            return Err(self.expected(what, &[]));
        };
        if !is_name(token.text) {
            let rule = "a name is a letter, then letters, digits, `_` or inner hyphens, at most 32 in all";
            let foreign = foreign_letter(token.text);
            return Err(Problem::error(self.here(), format!("`{}` cannot be a name; {rule}{foreign}", token.text)));
        }
        self.at += 1;
        Ok(token.text.to_owned())
    }

    /// Takes a length of time in microseconds.
    fn micros(&mut self, what: &str) -> Result<u64, Problem> {
        if self.peek().is_none() {
            return Err(self.expected(what, &[]));
        }
        let micros = time::read(self.peek_text()).map_err(|message| Problem::error(self.here(), message))?;
        self.at += 1;
        Ok(micros)
    }

    /// Takes one time, or two with `..` between, in microseconds.
    pub fn times(&mut self, what: &str) -> Result<(u64, u64), Problem> {
        let Some((low, high)) = self.peek_text().split_once("..") else {
            return self.micros(what).map(|micros| (micros, micros));
        };
        let read = |word| time::read(word).map_err(|message| Problem::error(self.here(), message));
        let times = (read(low)?, read(high)?);
        self.said("..");
        self.at += 1;
        Ok(times)
    }

    /// Takes a share of a whole in millionths: `50%`, `200ppm`.
    pub fn share(&mut self, what: &str, least: u32, most: u32) -> Result<u32, Problem> {
        let word = self.peek_text();
        let wrong = |said: String| Err(Problem::error(self.here(), said));
        let Some(millionths) = share_of(word) else {
            return wrong(format!(
                "`{word}` is not {what}; say it in whole percent or in ppm, such as `1%` or `200ppm`"
            ));
        };
        if !(u64::from(least)..=u64::from(most)).contains(&millionths) {
            return wrong(format!("{what} must be between {} and {}, not {word}", said_share(least), said_share(most)));
        }
        self.at += 1;
        Ok(millionths as u32)
    }

    /// Takes a change of something, such as `+10s` or `-50%`, with what `read` makes of the word behind the sign.
    pub fn signed<T>(
        &mut self,
        what: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<(bool, T), Problem> {
        let word = self.peek_text();
        let (forward, rest) = match (word.strip_prefix('+'), word.strip_prefix('-')) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(self.expected(what, &[])),
        };
        let value = read(rest).map_err(|said| Problem::error(self.here(), said))?;
        self.at += 1;
        Ok((forward, value))
    }

    /// Takes a moment.
    pub fn time(&mut self) -> Result<Time, Problem> {
        self.micros("a time").map(Time)
    }

    /// Takes a length of time.
    pub fn duration(&mut self) -> Result<Duration, Problem> {
        self.micros("a length of time").map(Duration)
    }

    /// Takes a length of time of at least a microsecond.
    pub fn positive(&mut self) -> Result<Duration, Problem> {
        let length = self.duration()?;
        match length {
            Duration::ZERO => Err(Problem::error(self.last(), "this must be longer than nothing".to_owned())),
            _ => Ok(length),
        }
    }

    /// Takes a whole number from `least` to `most`.
    pub fn number(&mut self, what: &str, least: u64, most: u64) -> Result<u64, Problem> {
        let word = self.peek_text();
        let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return Err(self.expected(what, &[]));
        }
        let number = word.parse().ok().filter(|number| (least..=most).contains(number));
        let number = number.ok_or_else(|| {
            Problem::error(self.here(), format!("{what} must be between {least} and {most}, not {word}"))
        })?;
        self.at += 1;
        Ok(number)
    }
}
