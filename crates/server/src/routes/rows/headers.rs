//! What a call about rows reads from its headers.

use axum::http::{HeaderMap, header};
use query::Count;

use crate::error::{ApiError, Code};

/// Refuses a client that cannot take JSON.
pub(super) fn require_json_accepted(headers: &HeaderMap) -> Result<(), ApiError> {
    let mut ranges = values(headers, header::ACCEPT.as_str()).peekable();
    if ranges.peek().is_none() || ranges.any(takes_json) {
        return Ok(());
    }
    let detail = "Rows are answered as application/json, which the Accept header leaves out.";
    Err(ApiError::new(Code::NotAcceptable, detail))
}

/// Whether one range of an Accept header covers JSON; `q=0` says that it must not.
fn takes_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let covers = ["application/json", "application/*", "*/*"]
        .iter()
        .any(|known| media.eq_ignore_ascii_case(known));
    let refused = parts.any(|part| {
        let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
        weight.and_then(|weight| weight.trim().parse::<f32>().ok()).is_some_and(|q| q <= 0.0)
    });
    covers && !refused
}

/// What `Prefer: count=…` asks for. The first one given wins, and what is not known is passed over,
/// as RFC 7240 wants.
pub(super) fn count(headers: &HeaderMap) -> Count {
    let asked = values(headers, "prefer").find_map(|preference| {
        let (name, value) = preference.split_once('=')?;
        name.trim().eq_ignore_ascii_case("count").then(|| value.trim().trim_matches('"'))
    });
    if asked == Some("exact") { Count::Exact } else { Count::None }
}

/// The items of a header that may be repeated and may hold a list.
fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let texts = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn with(name: &'static str, texts: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for text in texts {
            headers.append(name, HeaderValue::from_static(text));
        }
        headers
    }

    #[test]
    fn json_must_be_welcome() {
        for accepted in ["*/*", "text/html, */*;q=0.1", "application/json; charset=utf-8", ""] {
            assert!(require_json_accepted(&with("accept", &[accepted])).is_ok(), "{accepted}");
        }
        assert!(require_json_accepted(&HeaderMap::new()).is_ok());
        for refused in ["text/csv", "application/xml", "application/json;q=0"] {
            assert!(require_json_accepted(&with("accept", &[refused])).is_err(), "{refused}");
        }
    }

    #[test]
    fn the_first_count_wins() {
        assert_eq!(count(&with("prefer", &["return=minimal, count=exact"])), Count::Exact);
        assert_eq!(count(&with("prefer", &["return=minimal", "count=exact"])), Count::Exact);
        assert_eq!(count(&with("prefer", &["count=none, count=exact"])), Count::None);
        assert_eq!(count(&HeaderMap::new()), Count::None);
    }
}
