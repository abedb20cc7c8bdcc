//! A whole query string becomes a [`ReadRequest`].

use super::{filter, order, query_string, select};
use crate::limits::MAX_FILTERS;
use crate::{Count, QueryError, ReadRequest};

/// Reads the part of a URL after `?`. Each of `select`, `order`, `limit` and `offset` may stand
/// once; everything else is a filter, and all filters must hold.
pub fn parse_read(query: &str, count: Count) -> Result<ReadRequest, QueryError> {
    let mut request = ReadRequest { count, ..ReadRequest::default() };
    let mut seen: Vec<&'static str> = Vec::new();
    for (name, value) in query_string::pairs(query)? {
        let Some(reserved) = RESERVED.into_iter().find(|word| *word == name) else {
            request.filters.push(filter::parse(&name, &value)?);
            if request.filters.len() > MAX_FILTERS {
                let what = "filters in one request";
                return Err(QueryError::TooMany { what, limit: MAX_FILTERS });
            }
            continue;
        };
        if seen.contains(&reserved) {
            let message = ["`", reserved, "` is given twice."].concat();
            return Err(QueryError::query(reserved, message));
        }
        seen.push(reserved);
        match reserved {
            "select" => request.select = Some(select::parse(&value)?),
            "order" => request.order = order::parse(&value)?,
            "limit" => request.limit = Some(whole_number("limit", &value)?),
            _ => request.offset = whole_number("offset", &value)?,
        }
    }
    Ok(request)
}

/// Words that are no filter. A column of such a name is reached in double quotes.
const RESERVED: [&str; 4] = ["select", "order", "limit", "offset"];

/// Up to what PostgreSQL's bigint holds.
fn whole_number(parameter: &str, text: &str) -> Result<u64, QueryError> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| i64::try_from(*number).is_ok());
    number.filter(|_| digits).ok_or_else(|| {
        QueryError::query(parameter, ["`", parameter, "` takes a whole number from 0 on."].concat())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_and_filters_are_told_apart() {
        let query = "select=id&id=gt.1&id=lt.9&order=id.desc&limit=5&offset=10&%22limit%22=eq.3";
        let request = parse_read(query, Count::Exact).unwrap();
        let columns: Vec<_> = request.filters.iter().map(|filter| filter.column.as_str()).collect();
        assert_eq!(columns, ["id", "id", "limit"]);
        assert_eq!((request.limit, request.offset, request.order.len()), (Some(5), 10, 1));
    }

    #[test]
    fn nonsense_is_refused() {
        for query in [
            "limit=-1",
            "limit=1.5",
            "offset=+1",
            "limit=",
            "limit=9223372036854775808",
            "limit=1&limit=2",
        ] {
            let error = parse_read(query, Count::None).unwrap_err();
            assert_eq!(error.code(), "invalid_query", "{query}");
        }
        let many = "a=eq.1&".repeat(MAX_FILTERS + 1);
        assert_eq!(parse_read(&many, Count::None).unwrap_err().code(), "too_many");
    }
}
