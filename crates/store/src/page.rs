//! Lists in pages: a limit, and a cursor that says where the next page starts.

use serde::Serialize;

/// The most items one page may hold.
pub const MAX_PAGE: i64 = 200;

/// Which page is asked for.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// How many items, 1 to [`MAX_PAGE`].
    pub limit: i64,
    /// Where to start; `None` at the beginning.
    pub after: Option<Cursor>,
}

/// A place in a list: the sort key and the id of the last item seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key of the last item, as text.
    pub key: String,
    /// The id of the last item, as text.
    pub id: String,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page starts; `None` on the last one.
    #[serde(skip)]
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts a list fetched with one item more than asked for, and remembers the place.
    pub(crate) fn cut(mut items: Vec<T>, limit: i64, place: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(place) } else { None };
        Self { items, next }
    }
}
