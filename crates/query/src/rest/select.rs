//! `select=id,total:amount,price::text,*`

use super::cursor::{self, Cursor, ListLimit};
use crate::error::shortened;
use crate::limits::MAX_SELECT_ITEMS;
use crate::{QueryError, SelectItem};

pub(super) fn parse(text: &str) -> Result<Vec<SelectItem>, QueryError> {
    let limit = ListLimit { most: MAX_SELECT_ITEMS, what: "items in one `select`" };
    cursor::list(text, &limit, item, unreadable)
}

fn item(cursor: &mut Cursor<'_>) -> Result<SelectItem, QueryError> {
    let start = cursor.rest();
    if cursor.eat("...") {
        return Err(unsupported("the spread of a related table", start));
    }
    if cursor.eat("*") {
        return Ok(SelectItem::All);
    }
    let mut name = cursor.name().ok_or_else(|| unreadable(cursor))?;
    let mut alias = None;
    if !cursor.rest().starts_with("::") && cursor.eat(":") {
        alias = Some(name);
        name = cursor.name().ok_or_else(|| unreadable(cursor))?;
    }
    refuse_later_grammar(cursor, start)?;
    let cast = match cursor.eat("::") {
        true => Some(cast(cursor)?),
        false => None,
    };
    refuse_later_grammar(cursor, start)?;
    Ok(SelectItem::Column { name, alias, cast })
}

/// The type after `::`, up to the comma that ends the item; `numeric(10,2)` holds one of its own.
fn cast(cursor: &mut Cursor<'_>) -> Result<String, QueryError> {
    let mut spelled = cursor.until(&[',', '(', '.']).to_owned();
    if cursor.rest().starts_with('(') {
        spelled.push_str(cursor.until(&[')']));
        if !cursor.eat(")") {
            return Err(unreadable(cursor));
        }
        spelled.push(')');
        spelled.push_str(cursor.until(&[',', '.']));
    }
    Ok(spelled)
}

/// Embedding, aggregates and JSON paths begin where a plain column would end.
fn refuse_later_grammar(cursor: &Cursor<'_>, start: &str) -> Result<(), QueryError> {
    let rest = cursor.rest();
    let what = match rest.chars().next() {
        Some('(') if rest.starts_with("()") => "the aggregate",
        Some('.') => "the aggregate",
        Some('(' | '!') => "the embedded table",
        Some('-') => "the path into JSON",
        Some(_) | None => return Ok(()),
    };
    Err(unsupported(what, start))
}

fn unsupported(what: &'static str, start: &str) -> QueryError {
    QueryError::UnsupportedSelect { what, written: shortened(start) }
}

fn unreadable(cursor: &Cursor<'_>) -> QueryError {
    let message = match cursor.rest() {
        "" => "`select` ends where a column should stand.".to_owned(),
        rest => ["`select` cannot be read from `", &shortened(rest), "` on."].concat(),
    };
    let hint = "List columns by comma, as `select=id,label:name,price::text`; names with \
                other characters than letters, digits and `_` go into double quotes.";
    QueryError::query_hint("select", message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, alias: Option<&str>, cast: Option<&str>) -> SelectItem {
        let owned = |text: &str| text.to_owned();
        SelectItem::Column { name: owned(name), alias: alias.map(owned), cast: cast.map(owned) }
    }

    #[test]
    fn columns_aliases_and_casts() {
        let found = parse("id,label:name,price::numeric(10,2),*,b:c::timestamp(3) with time zone");
        let expected = vec![
            column("id", None, None),
            column("name", Some("label"), None),
            column("price", None, Some("numeric(10,2)")),
            SelectItem::All,
            column("c", Some("b"), Some("timestamp(3) with time zone")),
        ];
        assert_eq!(found, Ok(expected));
        assert_eq!(parse(""), Ok(vec![]));
    }

    #[test]
    fn what_is_not_taken_is_named() {
        for (text, code) in [
            ("id,customers(name)", "unsupported_select"),
            ("customers!inner(name)", "unsupported_select"),
            ("...customers(name)", "unsupported_select"),
            ("total.sum()", "unsupported_select"),
            ("total::int.sum()", "unsupported_select"),
            ("count()", "unsupported_select"),
            ("data->a", "unsupported_select"),
            ("id,", "invalid_query"),
            (",id", "invalid_query"),
            ("\"open", "invalid_query"),
            ("id::numeric(1", "invalid_query"),
            ("a:", "invalid_query"),
            ("a)b", "invalid_query"),
        ] {
            assert_eq!(parse(text).unwrap_err().code(), code, "{text}");
        }
    }
}
