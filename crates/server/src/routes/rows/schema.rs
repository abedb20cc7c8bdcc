//! The schema that rows are asked of: where it is, what it consists of, and what the caller may do.

use std::sync::Arc;

use definition::Definition;
use query::{Statement, Target, WriteRequest};
use store::{DataPlace, Role, RowsAnswer};
use uuid::Uuid;

use super::refused::{self, Attempt};
use crate::app::App;
use crate::error::{ApiError, Code};
use crate::extract::TenantScope;

/// A schema in use, reached by a caller who may do what was asked.
pub(super) struct DataSchema {
    place: DataPlace,
    definition: Arc<Definition>,
}

impl DataSchema {
    /// The schema, for somebody with at least this role. One that is not theirs does not exist.
    pub(super) async fn fetch(
        app: &App,
        scope: &TenantScope,
        schema_id: Uuid,
        role: Role,
    ) -> Result<Self, ApiError> {
        if !scope.allows_schema(schema_id) {
            return Err(ApiError::not_found("schema"));
        }
        let place = app.store().data_place(scope.tenant.id, schema_id).await?;
        scope.require(role)?;
        if !place.is_active {
            return Err(ApiError::new(Code::SchemaInactive, "This schema is switched off.")
                .hint("An admin can switch it on again; its rows are kept."));
        }
        let definition = app.definitions().at(app.store(), &place).await?;
        Ok(Self { place, definition })
    }

    /// One of its tables.
    pub(super) fn table(&self, name: &str) -> Result<Target<'_>, ApiError> {
        Ok(Target::find(&self.definition, &self.place.namespace, name)?)
    }

    /// Runs a statement that only reads.
    pub(super) async fn read(
        &self,
        app: &App,
        target: &Target<'_>,
        statement: &Statement,
    ) -> Result<Option<RowsAnswer>, ApiError> {
        let answer = app.store().read_rows(&self.place, statement.sql()).await;
        answer.map_err(|error| refused::explain(error, &self.attempt(target, None, statement)))
    }

    /// Runs a statement that writes.
    pub(super) async fn write(
        &self,
        app: &App,
        target: &Target<'_>,
        request: &WriteRequest,
        statement: &Statement,
    ) -> Result<Option<RowsAnswer>, ApiError> {
        let answer = app.store().write_rows(&self.place, statement.sql()).await;
        let attempt = self.attempt(target, Some(request), statement);
        answer.map_err(|error| refused::explain(error, &attempt))
    }

    fn attempt<'a>(
        &'a self,
        target: &Target<'a>,
        write: Option<&'a WriteRequest>,
        statement: &'a Statement,
    ) -> Attempt<'a> {
        Attempt { definition: &self.definition, table: target.table(), write, statement }
    }
}
