//! The fields of a line: separated by tabs, so that a sentence may hold spaces.

/// A text that cannot be mistaken for more than one field, or more than one line.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

/// And back.
pub(super) fn unescaped(field: &str) -> Option<String> {
    let mut text = String::new();
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next()? {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            plain => plain,
        });
    }
    Some(text)
}

/// "3,14"; "-" for none.
pub(super) fn numbers(all: impl Iterator<Item = u64>) -> String {
    let all: Vec<String> = all.map(|number| number.to_string()).collect();
    if all.is_empty() { "-".into() } else { all.join(",") }
}

/// And back.
pub(super) fn read_numbers<N: std::str::FromStr>(field: &str) -> Option<Vec<N>> {
    match field {
        "-" => Some(Vec::new()),
        listed => listed.split(',').map(|number| number.parse().ok()).collect(),
    }
}
