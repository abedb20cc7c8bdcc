//! `name=value` pairs of a query string, percent-decoding done.

use percent_encoding::percent_decode_str;

use crate::QueryError;

/// A decoded pair.
pub(super) type Pair = (String, String);

/// The pairs in order. A part without `=` is no pair and is passed over, as PostgREST does.
pub(super) fn pairs(query: &str) -> Result<Vec<Pair>, QueryError> {
    let parts = query.split('&').filter_map(|part| part.split_once('='));
    parts.map(|(name, value)| Ok((decoded(name, name)?, decoded(name, value)?))).collect()
}

fn decoded(parameter: &str, text: &str) -> Result<String, QueryError> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| {
        QueryError::query(parameter, "The query string is not UTF-8 after percent-decoding.")
    })?;
    if decoded.contains('\0') {
        return Err(QueryError::query(
            parameter,
            "The query string holds a NUL character, which PostgreSQL has no place for.",
        ));
    }
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_and_the_rest_is_passed_over() {
        let found = pairs("a=eq.x%20y&&flag&b=like.50%25+off&c=").unwrap();
        let expected = [("a", "eq.x y"), ("b", "like.50% off"), ("c", "")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn broken_utf8_and_nul_are_refused() {
        for query in ["a=%ff", "%c3=1", "a=eq.%00", "a=%ed%a0%80"] {
            assert_eq!(pairs(query).unwrap_err().code(), "invalid_query", "{query}");
        }
    }
}
