//! The address of one row.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use query::rest::parse_key;
use query::{QueryError, Target};
use uuid::Uuid;

use crate::error::ApiError;
use crate::extract::PathIds;

/// Which schema, which table, and the key as it stands in the path: commas part its values only
/// where they are not percent-encoded.
pub(crate) struct RowPath {
    pub(super) schema_id: Uuid,
    pub(super) table: String,
    segment: String,
}

impl RowPath {
    /// The values of the key, as many as the table's primary key has columns.
    pub(super) fn key(&self, target: &Target<'_>) -> Result<Vec<String>, QueryError> {
        parse_key(&self.segment, target.key_parts()?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RowPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let segment = parts.uri.path().rsplit('/').next().unwrap_or_default().to_owned();
        let PathIds((schema_id, table, _)) =
            PathIds::<(Uuid, String, String)>::from_request_parts(parts, state).await?;
        Ok(Self { schema_id, table, segment })
    }
}
