//! `limit` and `cursor` of lists, and the envelope they are answered in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use store::{Cursor, MAX_PAGE, Page, PageRequest};
use utoipa::{IntoParams, ToSchema};

use crate::error::{ApiError, Code};

/// How many items a page holds when nothing is said.
const DEFAULT_PAGE: i64 = 50;

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// How many items, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
    /// `nextCursor` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    /// The page asked for.
    pub fn request(&self) -> Result<PageRequest, ApiError> {
        let limit = self.limit.unwrap_or(DEFAULT_PAGE);
        if !(1..=MAX_PAGE).contains(&limit) {
            let detail = ["limit must be between 1 and ", &MAX_PAGE.to_string(), "."].concat();
            return Err(ApiError::new(Code::InvalidQuery, detail).at("limit"));
        }
        let after = self.cursor.as_deref().map(decode).transpose()?;
        Ok(PageRequest { limit, after })
    }
}

/// A page on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct List<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Pass it as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
}

impl<T> List<T> {
    /// A page of the store, each item in its wire form.
    pub fn of<S>(page: Page<S>) -> Self
    where
        T: From<S>,
    {
        Self {
            next_cursor: page.next.as_ref().map(encode),
            items: page.items.into_iter().map(T::from).collect(),
        }
    }
}

/// A cursor is opaque to clients: its inside may change.
fn encode(cursor: &Cursor) -> String {
    let pair = serde_json::json!([cursor.key, cursor.id]);
    URL_SAFE_NO_PAD.encode(pair.to_string())
}

fn decode(text: &str) -> Result<Cursor, ApiError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let pair = bytes.and_then(|bytes| serde_json::from_slice::<(String, String)>(&bytes).ok());
    let (key, id) = pair.ok_or_else(|| {
        ApiError::new(Code::InvalidQuery, "The cursor is not one of ours.").at("cursor")
    })?;
    Ok(Cursor { key, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_survive_the_trip() {
        let cursor = Cursor { key: "a/ü".into(), id: "7".into() };
        assert_eq!(decode(&encode(&cursor)).unwrap(), cursor);
        assert!(decode("nonsense").is_err());
    }

    #[test]
    fn limits_are_kept() {
        for limit in [0, -1, MAX_PAGE + 1] {
            let query = PageQuery { limit: Some(limit), cursor: None };
            assert_eq!(query.request().unwrap_err().code, Code::InvalidQuery);
        }
        assert_eq!(PageQuery::default().request().unwrap().limit, DEFAULT_PAGE);
    }
}
