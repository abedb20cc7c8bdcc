//! The key of one row in a path: `7`, or `nl,2026` for a key of two columns.

use percent_encoding::percent_decode_str;

use crate::QueryError;

/// Takes one path segment, as it stands in the URL, apart into `parts` values. Commas inside a
/// value are percent-encoded; a key of one column has no commas to look for.
pub fn parse_key(segment: &str, parts: usize) -> Result<Vec<String>, QueryError> {
    let written: Vec<&str> = match parts {
        0 | 1 => vec![segment],
        _ => segment.split(',').collect(),
    };
    if written.len() != parts.max(1) {
        let message = format!(
            "This table's primary key has {parts} parts, joined by commas; the key in the address \
             has {}.",
            written.len()
        );
        return Err(QueryError::InvalidKey { message });
    }
    written.into_iter().map(decoded).collect()
}

fn decoded(part: &str) -> Result<String, QueryError> {
    match percent_decode_str(part).decode_utf8() {
        Ok(text) if !text.contains('\0') => Ok(text.into_owned()),
        Ok(_) | Err(_) => Err(QueryError::InvalidKey {
            message: "The key in the address is not UTF-8 text, or holds a NUL character."
                .to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_split_before_they_are_decoded() {
        assert_eq!(parse_key("a%2Cb,c", 2), Ok(vec!["a,b".to_owned(), "c".to_owned()]));
        assert_eq!(parse_key("a,b", 1), Ok(vec!["a,b".to_owned()]));
        assert_eq!(parse_key("a+b", 1), Ok(vec!["a+b".to_owned()]));
    }

    #[test]
    fn wrong_parts_and_bytes_are_refused() {
        for (segment, parts) in [("a", 2), ("a,b,c", 2), ("%ff", 1), ("%00", 1)] {
            assert_eq!(parse_key(segment, parts).unwrap_err().code(), "invalid_key", "{segment}");
        }
    }
}
