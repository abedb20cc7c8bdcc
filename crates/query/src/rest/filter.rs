//! `price=not.gte.10`, `status=in.(paid,"on hold")`, `note=is.null`

use definition::near::nearest;

use super::cursor::Cursor;
use crate::error::shortened;
use crate::limits::MAX_IN_VALUES;
use crate::{Comparison, Filter, IsValue, QueryError, Test};

const COMPARISONS: [(&str, Comparison); 6] = [
    ("eq", Comparison::Equal),
    ("neq", Comparison::NotEqual),
    ("gt", Comparison::Greater),
    ("gte", Comparison::GreaterOrEqual),
    ("lt", Comparison::Less),
    ("lte", Comparison::LessOrEqual),
];

const IS_VALUES: [(&str, IsValue); 5] = [
    ("null", IsValue::Null),
    ("not_null", IsValue::NotNull),
    ("true", IsValue::True),
    ("false", IsValue::False),
    ("unknown", IsValue::Unknown),
];

/// Operators of the dialect that this server does not take: known, so that the refusal can say so.
const LATER: [&str; 17] = [
    "match",
    "imatch",
    "isdistinct",
    "cs",
    "cd",
    "ov",
    "sl",
    "sr",
    "nxr",
    "nxl",
    "adj",
    "fts",
    "plfts",
    "phfts",
    "wfts",
    "all",
    "any",
];

pub(super) fn parse(name: &str, value: &str) -> Result<Filter, QueryError> {
    let column = column(name)?;
    let (negated, value) = match value.strip_prefix("not.") {
        Some(rest) => (true, rest),
        None => (false, value),
    };
    let end = value.find(['.', '(']).unwrap_or(value.len());
    let (operator, rest) = value.split_at(end);
    let Some(operand) = rest.strip_prefix('.') else {
        return Err(without_operand(name, &column, operator, rest));
    };
    Ok(Filter { negated, test: test(&column, operator, operand)?, column })
}

/// The name of the filtered column; paths into JSON and into related tables are not taken.
fn column(name: &str) -> Result<String, QueryError> {
    let mut cursor = Cursor::new(name);
    let column = cursor.name().ok_or_else(|| {
        QueryError::query(name, ["`", &shortened(name), "` is no column's name."].concat())
    })?;
    let unsupported = |what| QueryError::UnsupportedFilter { what, written: shortened(name) };
    match cursor.rest() {
        "" if matches!(name, "or" | "and") => Err(unsupported("the group")),
        "" => Ok(column),
        rest if rest.starts_with("->") => Err(unsupported("the path into JSON")),
        rest if rest.starts_with('.') => Err(unsupported("the column of another table")),
        rest => {
            let message = ["`", &shortened(rest), "` cannot stand after a column's name."].concat();
            Err(QueryError::query_hint(name, message, "Put odd names into double quotes."))
        }
    }
}

/// `price=10`, `price=eq(any).{1,2}`, `price=eq`.
fn without_operand(name: &str, column: &str, operator: &str, rest: &str) -> QueryError {
    let known = COMPARISONS.iter().any(|(word, _)| *word == operator)
        || ["like", "ilike", "in", "is"].contains(&operator);
    if rest.starts_with('(') && (known || LATER.contains(&operator)) {
        let written = shortened(&[name, "=", operator, rest].concat());
        return QueryError::UnsupportedFilter { what: "the operator", written };
    }
    let message = ["`", &shortened(column), "` needs an operator and a value."].concat();
    QueryError::query_hint(name, message, "Write it as `price=gte.10` or `name=eq.Ada`.")
}

fn test(column: &str, operator: &str, operand: &str) -> Result<Test, QueryError> {
    if let Some((_, comparison)) = COMPARISONS.iter().find(|(word, _)| *word == operator) {
        return Ok(Test::Compare(*comparison, operand.to_owned()));
    }
    match operator {
        "like" | "ilike" => {
            Ok(Test::Like { pattern: operand.replace('*', "%"), any_case: operator == "ilike" })
        }
        "in" => Ok(Test::In(list(column, operand)?)),
        "is" => is(column, operand),
        _ if LATER.contains(&operator) => {
            let written = shortened(&[column, "=", operator, ".", operand].concat());
            Err(QueryError::UnsupportedFilter { what: "the operator", written })
        }
        _ => Err(unknown_operator(column, operator)),
    }
}

fn unknown_operator(column: &str, operator: &str) -> QueryError {
    let words = COMPARISONS.iter().map(|(word, _)| *word).chain(["like", "ilike", "in", "is"]);
    let nearest = words.clone().find(|word| nearest(operator, [*word]).is_some());
    let (column, operator) = (shortened(column), shortened(operator));
    QueryError::UnknownOperator { column, operator, nearest }
}

fn is(column: &str, operand: &str) -> Result<Test, QueryError> {
    let found = IS_VALUES.iter().find(|(word, _)| word.eq_ignore_ascii_case(operand));
    found.map(|(_, value)| Test::Is(*value)).ok_or_else(|| {
        let message = ["`is.", &shortened(operand), "` is not known."].concat();
        let hint = "After `is.` stands null, not_null, true, false or unknown.";
        QueryError::query_hint(column, message, hint)
    })
}

/// `(a,"b,c")`. An element in double quotes may hold commas and brackets.
fn list(column: &str, operand: &str) -> Result<Vec<String>, QueryError> {
    let unreadable = || {
        let message = ["`in.", &shortened(operand), "` is no list."].concat();
        let hint =
            "Write it as `in.(1,2,3)`; values with commas or brackets go into double quotes.";
        QueryError::query_hint(column, message, hint)
    };
    let inside = operand.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let mut cursor = Cursor::new(inside.ok_or_else(unreadable)?);
    let mut values = Vec::new();
    while !(cursor.is_done() && values.is_empty()) {
        let value = match cursor.rest().starts_with('"') {
            true => cursor.quoted().ok_or_else(unreadable)?,
            false => cursor.until(&[',']).to_owned(),
        };
        values.push(value);
        if values.len() > MAX_IN_VALUES {
            let what = "values in one `in.(…)`";
            return Err(QueryError::TooMany { what, limit: MAX_IN_VALUES });
        }
        if cursor.is_done() {
            break;
        }
        if !cursor.eat(",") {
            return Err(unreadable());
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test_of(value: &str) -> Test {
        parse("c", value).unwrap().test
    }

    #[test]
    fn operators_become_tests() {
        assert_eq!(test_of("eq.a.b"), Test::Compare(Comparison::Equal, "a.b".to_owned()));
        assert_eq!(test_of("lte."), Test::Compare(Comparison::LessOrEqual, String::new()));
        let like = |any_case| Test::Like { pattern: "%a_".to_owned(), any_case };
        assert_eq!(test_of("like.*a_"), like(false));
        assert_eq!(test_of("ilike.*a_"), like(true));
        assert_eq!(test_of("is.NULL"), Test::Is(IsValue::Null));
        assert!(parse("c", "not.is.null").unwrap().negated);
    }

    #[test]
    fn lists_are_taken_apart() {
        let list = |values: &[&str]| Test::In(values.iter().map(|&v| v.to_owned()).collect());
        assert_eq!(test_of("in.()"), list(&[]));
        assert_eq!(test_of("in.(1,2)"), list(&["1", "2"]));
        assert_eq!(test_of(r#"in.(a,"b,(c)","q\"")"#), list(&["a", "b,(c)", "q\""]));
        assert_eq!(test_of("in.(,)"), list(&["", ""]));
        assert_eq!(test_of(r#"in.("")"#), list(&[""]));
    }

    #[test]
    fn what_cannot_be_read_has_a_code() {
        for (name, value, code) in [
            ("c", "10", "invalid_query"),
            ("c", "eq", "invalid_query"),
            ("c", "", "invalid_query"),
            ("c", "equals.1", "unknown_operator"),
            ("c", "eqq.1", "unknown_operator"),
            ("c", "is.maybe", "invalid_query"),
            ("c", "in.1,2", "invalid_query"),
            ("c", "in.(\"a\"b)", "invalid_query"),
            ("c", "in.(\"a)", "invalid_query"),
            ("c", "eq(any).{1,2}", "unsupported_filter"),
            ("c", "fts(english).x", "unsupported_filter"),
            ("c", "cs.{1}", "unsupported_filter"),
            ("or", "(a.eq.1,b.eq.2)", "unsupported_filter"),
            ("customers.name", "eq.x", "unsupported_filter"),
            ("data->>a", "eq.x", "unsupported_filter"),
            ("a)b", "eq.x", "invalid_query"),
            ("", "eq.x", "invalid_query"),
        ] {
            let error = parse(name, value).unwrap_err();
            assert_eq!(error.code(), code, "{name}={value}: {error}");
        }
    }

    #[test]
    fn a_quoted_name_is_a_column_whatever_it_says() {
        assert_eq!(parse("\"or\"", "eq.1").unwrap().column, "or");
        assert_eq!(parse("\"a.b\"", "eq.1").unwrap().column, "a.b");
    }
}
