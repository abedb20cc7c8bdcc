//! The format of definitions as JSON Schema, for editors that complete and check documents.

use std::sync::LazyLock;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// The schema and its tag; it is the same as long as the program is.
static PUBLISHED: LazyLock<(String, String)> = LazyLock::new(|| {
    let text = definition::json_schema().to_string();
    let hash = Sha256::digest(&text);
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    (text, format!("\"{:016x}\"", u64::from_be_bytes(first)))
});

/// The JSON Schema of a definition; a document may name it in `$schema`.
#[utoipa::path(get, path = "/api/definition.schema.json", tag = "Schemas", security(()),
    responses(
        (status = 200, description = "JSON Schema, draft 2020-12"),
        (status = 304, description = "The one you have")))]
pub(crate) async fn definition_schema(headers: HeaderMap) -> Response {
    let (text, tag) = &*PUBLISHED;
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let tagged = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, "no-cache")];
    if known.is_some_and(|known| known == "*" || known.contains(tag.as_str())) {
        return (StatusCode::NOT_MODIFIED, tagged).into_response();
    }
    (tagged, [(header::CONTENT_TYPE, "application/schema+json")], text.as_str()).into_response()
}
