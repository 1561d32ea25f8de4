//! A draft as the browser keeps it: a few lines that say what it is, an empty one, and the text to the letter.

use super::{Base, Draft};

/// The first line of every record.
const MARK: &str = "fencepost draft 1";

/// The draft as one string.
pub fn write(draft: &Draft) -> String {
    let mut lines = vec![MARK.to_owned()];
    if let Some(name) = &draft.name {
        lines.push(format!("name {}", one_line(name)));
    }
    let base = match &draft.base {
        Base::Own => "own".to_owned(),
        Base::Chapter(name) => format!("chapter {}", one_line(name)),
        Base::Link => "link".to_owned(),
        Base::File => "file".to_owned(),
    };
    lines.push(format!("base {base}"));
    lines.push(format!("created {}", draft.created));
    lines.push(format!("changed {}", draft.changed));
    format!("{}\n\n{}", lines.join("\n"), draft.text)
}

/// The draft that a string holds. What is no record is a text all the same: nothing that is kept is ever thrown away.
pub fn read(key: &str, kept: &str) -> Draft {
    let bare = || Draft { key: key.to_owned(), text: kept.to_owned(), ..Draft::default() };
    let Some((head, text)) = kept.split_once("\n\n") else { return bare() };
    let mut lines = head.split('\n');
    if lines.next() != Some(MARK) {
        return bare();
    }
    let mut draft = Draft { key: key.to_owned(), text: text.to_owned(), ..Draft::default() };
    for (word, value) in lines.filter_map(|line| line.split_once(' ')) {
        match word {
            "name" => draft.name = Some(value.to_owned()),
            "base" => draft.base = base(value),
            "created" => draft.created = value.parse().unwrap_or_default(),
            "changed" => draft.changed = value.parse().unwrap_or_default(),
            // A newer page may say more; the text is there all the same.
            _ => {}
        }
    }
    draft
}

fn base(value: &str) -> Base {
    match value.split_once(' ').unwrap_or((value, "")) {
        ("chapter", name) => Base::Chapter(name.to_owned()),
        ("link", _) => Base::Link,
        ("file", _) => Base::File,
        _ => Base::Own,
    }
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ").trim().to_owned()
}
