//! Where quoted text and comments of SQL end.

/// The position after what begins at `at`: a quoted text, a comment, or a single byte of anything
/// else. Nothing when it never ends.
pub(super) fn after(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'\'' if is_escape_string(bytes, at) => escape_string(bytes, at + 1),
        quote @ (b'\'' | b'"') => doubled(bytes, at + 1, quote),
        b'-' if bytes.get(at + 1) == Some(&b'-') => Some(line_end(text, at)),
        b'/' if bytes.get(at + 1) == Some(&b'*') => block_comment(bytes, at + 2),
        b'$' if !follows_word(bytes, at) => match dollar_tag(text, at) {
            Some(tag) => {
                let body = at + tag.len();
                text[body..].find(tag).map(|length| body + length + tag.len())
            }
            None => Some(at + 1),
        },
        _ => Some(at + 1),
    }
}

/// Whether a comment begins here.
pub(super) fn is_comment(text: &str) -> bool {
    text.starts_with("--") || text.starts_with("/*")
}

/// The end of the line, before its newline.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && is_word(bytes[at - 1])
}

/// `E'…'`, where a backslash takes the next character with it.
fn is_escape_string(bytes: &[u8], at: usize) -> bool {
    at > 0 && matches!(bytes[at - 1], b'e' | b'E') && !follows_word(bytes, at - 1)
}

fn escape_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\'' if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            b'\'' => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

fn doubled(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    while at < bytes.len() {
        match (bytes[at] == quote, bytes.get(at + 1) == Some(&quote)) {
            (true, true) => at += 2,
            (true, false) => return Some(at + 1),
            (false, _) => at += 1,
        }
    }
    None
}

/// PostgreSQL's block comments nest.
fn block_comment(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 1_usize;
    while depth > 0 {
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'*', Some(b'/')) => (depth, at) = (depth - 1, at + 2),
            (b'/', Some(b'*')) => (depth, at) = (depth + 1, at + 2),
            _ => at += 1,
        }
    }
    Some(at)
}

/// `$tag$`, when one begins here.
fn dollar_tag(text: &str, at: usize) -> Option<&str> {
    let inner = &text[at + 1..];
    let length = inner.bytes().position(|byte| byte == b'$' || !is_word(byte))?;
    let fits = inner.as_bytes()[length] == b'$' && !inner.starts_with(|c: char| c.is_ascii_digit());
    fits.then(|| &text[at..at + length + 2])
}

/// The same text with spaces where comments stood, so that every place stays where it was.
///
/// PostgreSQL's own reading of nested comments takes time with the square of their number.
pub(super) fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut kept, mut at) = (0, 0);
    while at < text.len() {
        let end = after(text, at).unwrap_or(text.len());
        if text.as_bytes()[at].is_ascii() && is_comment(&text[at..]) {
            out.push_str(&text[kept..at]);
            let blank = |byte| if byte == b'\n' { '\n' } else { ' ' };
            out.extend(text[at..end].bytes().map(blank));
            kept = end;
        }
        at = end;
    }
    out.push_str(&text[kept..]);
    out
}
