//! Any text as an expression: an answer comes, and what is accepted is written back as it was read.

use crate::oracle::grammar::{Tape, expression};
use crate::oracle::world::{PLACES, parse};
use crate::oracle::{assert_read, assert_rendered};

/// What no text begins with. The bytes after it are choices of the grammar of expressions.
const TAPE: u8 = 0xFF;

const TYPES: [&str; 8] =
    ["bool", "int4", "text", "numeric", "_text", "jsonb", "timestamptz", "date"];

/// Reads an expression in every place. Panics when a promise is broken.
pub(crate) fn try_out(bytes: &[u8]) {
    if let [TAPE, of, tape @ ..] = bytes {
        let of = TYPES[usize::from(*of) % TYPES.len()];
        let text = expression(&mut Tape::new(tape), of);
        everywhere(&text);
        everywhere(&["(", &text, ") IS NOT NULL"].concat());
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        everywhere(text);
    }
}

fn everywhere(text: &str) {
    let mut seen = Vec::new();
    for place in PLACES {
        let Ok(found) = parse(place, text) else { continue };
        let kept = found.to_string();
        assert_eq!(parse(place, &kept).as_ref(), Ok(&found), "{text} is kept as {kept}");
        // The same tree is looked at once.
        if !seen.contains(&found) {
            assert_rendered(&found);
            assert_read(text, &found);
            seen.push(found);
        }
    }
}
