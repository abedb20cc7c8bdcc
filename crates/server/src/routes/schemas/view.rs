//! A schema as the contract shows it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use store::Schema;
use utoipa::ToSchema;
use uuid::Uuid;

/// A schema with its definition.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Schema)]
pub(crate) struct SchemaView {
    id: Uuid,
    tenant_id: Uuid,
    project_id: Uuid,
    name: String,
    description: Option<String>,
    /// The number of the current version; also the `ETag`.
    version: i32,
    /// Whether its rows can be reached.
    is_active: bool,
    /// The canonical document, ids included.
    #[schema(value_type = Object)]
    definition: Value,
    /// Where its tables live in PostgreSQL.
    namespace: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// Who changed it last.
    updated_by: String,
    /// Since when it is out of use.
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<DateTime<Utc>>,
}

impl From<Schema> for SchemaView {
    fn from(schema: Schema) -> Self {
        Self {
            id: schema.id,
            tenant_id: schema.tenant_id,
            project_id: schema.project_id,
            name: schema.name,
            description: schema.description,
            version: schema.version,
            is_active: schema.is_active,
            definition: schema.definition,
            namespace: schema.namespace,
            created_at: schema.created_at,
            updated_at: schema.updated_at,
            updated_by: schema.updated_by,
            deleted_at: schema.deleted_at,
        }
    }
}
