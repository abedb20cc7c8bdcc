//! `order=placed_on.desc.nullslast,id`

use super::cursor::{self, Cursor, ListLimit};
use crate::error::shortened;
use crate::limits::MAX_ORDER_ITEMS;
use crate::{Direction, Nulls, OrderItem, QueryError};

pub(super) fn parse(text: &str) -> Result<Vec<OrderItem>, QueryError> {
    let limit = ListLimit { most: MAX_ORDER_ITEMS, what: "columns in one `order`" };
    cursor::list(text, &limit, item, unreadable)
}

fn item(cursor: &mut Cursor<'_>) -> Result<OrderItem, QueryError> {
    let column = cursor.name().ok_or_else(|| unreadable(cursor))?;
    let mut item = OrderItem { column, direction: Direction::default(), nulls: None };
    let mut direction_said = false;
    while cursor.eat(".") {
        match cursor.until(&['.', ',']) {
            "asc" if !direction_said && item.nulls.is_none() => direction_said = true,
            "desc" if !direction_said && item.nulls.is_none() => {
                direction_said = true;
                item.direction = Direction::Descending;
            }
            "nullsfirst" if item.nulls.is_none() => item.nulls = Some(Nulls::First),
            "nullslast" if item.nulls.is_none() => item.nulls = Some(Nulls::Last),
            word => {
                let message =
                    ["`order` does not know `", &shortened(word), "` at this place."].concat();
                return Err(with_hint(message));
            }
        }
    }
    Ok(item)
}

fn unreadable(cursor: &Cursor<'_>) -> QueryError {
    with_hint(match cursor.rest() {
        "" => "`order` ends where a column should stand.".to_owned(),
        rest => ["`order` cannot be read from `", &shortened(rest), "` on."].concat(),
    })
}

fn with_hint(message: String) -> QueryError {
    let hint = "After a column may stand `.asc` or `.desc`, then `.nullsfirst` or `.nullslast`.";
    QueryError::query_hint("order", message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_an_order() {
        let found = parse("a.desc.nullslast,b,\"c.d\".nullsfirst").unwrap();
        let item = |column: &str, direction, nulls| OrderItem {
            column: column.to_owned(),
            direction,
            nulls,
        };
        let expected = [
            item("a", Direction::Descending, Some(Nulls::Last)),
            item("b", Direction::Ascending, None),
            item("c.d", Direction::Ascending, Some(Nulls::First)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["a.down", "a.asc.desc", "a.nullslast.asc", "a,", "a->>b", "a(b)", "."] {
            assert_eq!(parse(text).unwrap_err().code(), "invalid_query", "{text}");
        }
    }
}
