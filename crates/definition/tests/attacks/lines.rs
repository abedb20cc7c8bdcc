//! Lines of the corpora: three fields between tabs, in which escapes stand for what is not seen.

/// The lines that are no comment, field by field, the last one with its characters.
pub(crate) fn lines(corpus: &'static str) -> Vec<(&'static str, &'static str, String)> {
    let lines = corpus.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| match line.splitn(3, '\t').collect::<Vec<_>>()[..] {
            [code, place, text] => (code, place, unescaped(text)),
            _ => panic!("three fields: {line}"),
        })
        .collect()
}

/// The characters that a line names: `\n`, `\u{…}`; `\\` is a backslash, and so is one before
/// anything else.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        if let Some((number, after)) = after.strip_prefix("u{").and_then(|it| it.split_once('}')) {
            let number = u32::from_str_radix(number, 16).unwrap_or_else(|_| panic!("{text}"));
            out.push(char::from_u32(number).unwrap_or_else(|| panic!("{text}")));
            rest = after;
        } else if let Some(after) = after.strip_prefix('n') {
            out.push('\n');
            rest = after;
        } else {
            out.push('\\');
            rest = after.strip_prefix('\\').unwrap_or(after);
        }
    }
    out.push_str(rest);
    out
}
