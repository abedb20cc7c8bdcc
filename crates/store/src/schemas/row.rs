//! Rows of `public.schemas` as types.

use sql::Ident;
use tokio_postgres::Row;

use super::{DataPlace, Schema};
use crate::StoreError;

/// The columns that [`schema`] reads, in its order.
pub(super) const COLUMNS: &str = "id, tenant_id, project_id, name, description, version, is_active, definition, \
                                  namespace, created_at, updated_at, updated_by, deleted_at";

/// A schema with its definition.
pub(super) fn schema(row: &Row) -> Result<Schema, StoreError> {
    Ok(Schema {
        id: row.try_get(0)?,
        tenant_id: row.try_get(1)?,
        project_id: row.try_get(2)?,
        name: row.try_get(3)?,
        description: row.try_get(4)?,
        version: row.try_get(5)?,
        is_active: row.try_get(6)?,
        definition: row.try_get(7)?,
        namespace: row.try_get(8)?,
        created_at: row.try_get(9)?,
        updated_at: row.try_get(10)?,
        updated_by: row.try_get(11)?,
        deleted_at: row.try_get(12)?,
    })
}

/// Where a schema's rows are: id, version, `is_active`, namespace, role, lane.
pub(super) fn data_place(row: &Row) -> Result<DataPlace, StoreError> {
    let ident = |position| -> Result<Ident, StoreError> {
        Ident::new(row.try_get::<_, String>(position)?)
            .map_err(|error| StoreError::Corrupt(error.to_string()))
    };
    Ok(DataPlace {
        schema_id: row.try_get(0)?,
        version: row.try_get(1)?,
        is_active: row.try_get(2)?,
        namespace: ident(3)?,
        role: ident(4)?,
        lane: row.try_get(5)?,
    })
}
