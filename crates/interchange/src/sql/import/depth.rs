//! How deep a statement's tree may become, told before it is read.
//!
//! PostgreSQL's parser hands its tree over in a form whose making takes time that grows with the
//! square of the depth: a sum of 100,000 terms would take minutes.

use super::quotes::{after, is_comment};

/// The most words and operators that may build on one another. What documents take is far below.
const MAX_TOKENS: usize = 4_000;

/// Whether a statement may be deeper than is read: words and operators that no comma parts,
/// together with those around the brackets they stand in.
pub(super) fn is_too_deep(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut open = vec![0_usize];
    let (mut total, mut at) = (0_usize, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        let end = token_end(text, at);
        match byte {
            _ if byte.is_ascii_whitespace() || is_comment_at(text, at) => {}
            b'(' | b'[' => {
                open.push(1);
                total += 1;
            }
            b')' | b']' if open.len() > 1 => total -= open.pop().unwrap_or(0),
            b',' => {
                let here = open.last_mut().expect("one level is always open");
                total -= *here;
                *here = 0;
            }
            _ => {
                *open.last_mut().expect("one level is always open") += 1;
                total += 1;
            }
        }
        if total > MAX_TOKENS {
            return true;
        }
        at = end;
    }
    false
}

fn is_comment_at(text: &str, at: usize) -> bool {
    text.as_bytes()[at].is_ascii() && is_comment(&text[at..])
}

/// The end of the word, number, quoted text, comment or sign that begins here.
fn token_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    match is_word(&bytes[at]) {
        true => bytes[at..].iter().position(|byte| !is_word(byte)).map_or(bytes.len(), |n| at + n),
        false => after(text, at).unwrap_or(bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    #[test]
    fn what_builds_up_is_deep_and_what_stands_side_by_side_is_not() {
        let many = 10_000;
        for deep in ["+ 1", "::int", " NOT", " UNION SELECT 1", "(", "+ f(1, 2)", "/* x */ - 1"] {
            assert!(is_too_deep(&format!("SELECT 1{}", deep.repeat(many))), "{deep}");
        }
        for flat in [", a + 1", ", f(1, 2)", "--x\n", "/* a */", "  ", ", (1)"] {
            assert!(!is_too_deep(&format!("SELECT 1{}", flat.repeat(many))), "{flat}");
        }
        assert!(!is_too_deep(&format!("SELECT '{}', $$ {0} $$", "+ 1".repeat(many))));
        assert!(!is_too_deep(")))),]"));
    }
}
