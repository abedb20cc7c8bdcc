//! Definitions by schema and version. A version never changes, so what is here is never wrong and
//! may be forgotten at any time.

use std::sync::Arc;

use definition::Definition;
use moka::future::Cache;
use store::{DataPlace, Store, StoreError};
use uuid::Uuid;

use crate::error::ApiError;

/// How many columns all remembered definitions may have together; one takes about a kilobyte.
const MAX_REMEMBERED_COLUMNS: u64 = 200_000;

/// The definitions that rows were asked for lately.
#[derive(Clone)]
pub(crate) struct DefinitionCache {
    versions: Cache<(Uuid, i32), Arc<Definition>>,
}

impl DefinitionCache {
    /// Nothing was asked for yet.
    pub(crate) fn new() -> Self {
        let weight = |_: &(Uuid, i32), definition: &Arc<Definition>| {
            let columns: usize =
                definition.tables.iter().map(|table| table.columns.len() + 1).sum();
            u32::try_from(columns + 1).unwrap_or(u32::MAX)
        };
        let versions = Cache::builder().weigher(weight).max_capacity(MAX_REMEMBERED_COLUMNS);
        Self { versions: versions.build() }
    }

    /// The definition in force at a place. Requests that meet at a missing one fetch it once.
    pub(crate) async fn at(
        &self,
        store: &Store,
        place: &DataPlace,
    ) -> Result<Arc<Definition>, ApiError> {
        let (schema, version) = (place.schema_id, place.version);
        let fetched = self.versions.try_get_with((schema, version), fetch(store, schema, version));
        fetched.await.map_err(|error| match Arc::try_unwrap(error) {
            Ok(error) => error.into(),
            Err(shared) => ApiError::internal(shared),
        })
    }
}

impl Default for DefinitionCache {
    fn default() -> Self {
        Self::new()
    }
}

async fn fetch(store: &Store, schema: Uuid, version: i32) -> Result<Arc<Definition>, StoreError> {
    store.definition_at(schema, version).await.map(Arc::new)
}
