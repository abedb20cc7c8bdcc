//! Finding schemas.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sql::Sql;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{DataPlace, Schema, row};
use crate::{Cursor, Page, PageRequest, Store, StoreError};

/// Which schemas a list holds.
#[derive(Clone, Debug, Default)]
pub struct SchemaFilter<'a> {
    /// Words that name or description contain, whatever their case.
    pub search: Option<&'a str>,
    /// Whether they are in use.
    pub status: SchemaStatus,
    /// Only those of this project.
    pub project: Option<Uuid>,
    /// Only these, when a key is limited to some.
    pub only: Option<&'a [Uuid]>,
    /// In which order.
    pub order: SchemaOrder,
}

/// Whether schemas of a list are in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchemaStatus {
    /// In use, active or not.
    #[default]
    Present,
    /// Their rows can be reached.
    Active,
    /// Kept, but their rows cannot be reached.
    Inactive,
    /// Taken out of use; they can be restored.
    Deleted,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchemaOrder {
    /// By name.
    #[default]
    Name,
    /// By name, backwards.
    NameDescending,
    /// Oldest first.
    Created,
    /// Newest first.
    CreatedDescending,
    /// Longest unchanged first.
    Updated,
    /// Last changed first.
    UpdatedDescending,
}

/// A schema as a list shows it.
#[derive(Clone, Debug)]
pub struct SchemaListing {
    /// The schema; its definition is left out.
    pub schema: Schema,
    /// Its tables with the numbers of their columns.
    pub tables: Vec<TableSummary>,
    /// Rows by PostgreSQL's statistics; absent before they were first gathered.
    pub estimated_rows: Option<i64>,
    /// Tables and indexes on disk.
    pub size_bytes: i64,
}

/// A table as a list shows it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TableSummary {
    /// Its name.
    pub name: String,
    /// How many columns it has.
    pub column_count: i64,
}

/// How many tables of a schema a list measures; a larger schema shows what these hold.
const MAX_MEASURED_TABLES: i64 = 200;

impl Store {
    /// One schema of a tenant, out of use or not.
    pub async fn schema(&self, tenant: Uuid, id: Uuid) -> Result<Schema, StoreError> {
        let mut statement = Sql::of("SELECT ");
        statement
            .syntax(row::COLUMNS)
            .syntax(" FROM public.schemas WHERE id = $1 AND tenant_id = $2");
        let found = self.control().await?.query_opt(statement.text(), &[&id, &tenant]).await?;
        row::schema(&found.ok_or(StoreError::NotFound("schema"))?)
    }

    /// Where the rows of a schema in use are.
    pub async fn data_place(&self, tenant: Uuid, id: Uuid) -> Result<DataPlace, StoreError> {
        let found = self
            .control()
            .await?
            .query_opt(
                "SELECT id, version, is_active, namespace, role_name, lane
                   FROM public.schemas WHERE id = $1 AND tenant_id = $2 AND deleted_at IS NULL",
                &[&id, &tenant],
            )
            .await?;
        row::data_place(&found.ok_or(StoreError::NotFound("schema"))?)
    }

    /// The schemas of a tenant.
    pub async fn schemas(
        &self,
        tenant: Uuid,
        filter: &SchemaFilter<'_>,
        page: &PageRequest,
    ) -> Result<Page<SchemaListing>, StoreError> {
        let (key, ascending) = order(filter.order);
        let statement = listing(filter.status, key, ascending);
        let search = filter.search.map(|words| format!("%{}%", escaped(words)));
        let after = page.after.as_ref();
        let after_id = after.and_then(|cursor| cursor.id.parse::<Uuid>().ok());
        let rows = self
            .control()
            .await?
            .query(
                statement.text(),
                &[
                    &tenant,
                    &search,
                    &filter.project,
                    &filter.only,
                    &after.map(|cursor| cursor.key.as_str()),
                    &after_id,
                    &(page.limit + 1),
                    &MAX_MEASURED_TABLES,
                ],
            )
            .await?;
        let found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let page = Page::cut(found, page.limit, |(key, listing)| Cursor {
            key: key.clone(),
            id: listing.schema.id.to_string(),
        });
        Ok(Page {
            items: page.items.into_iter().map(|(_, listing)| listing).collect(),
            next: page.next,
        })
    }
}

/// The column to sort by, as text that sorts alike, and whether upwards.
fn order(order: SchemaOrder) -> (&'static str, bool) {
    const CREATED: &str = "to_char(created_at, 'YYYYMMDDHH24MISSUS')";
    const UPDATED: &str = "to_char(updated_at, 'YYYYMMDDHH24MISSUS')";
    match order {
        SchemaOrder::Name => ("name::text", true),
        SchemaOrder::NameDescending => ("name::text", false),
        SchemaOrder::Created => (CREATED, true),
        SchemaOrder::CreatedDescending => (CREATED, false),
        SchemaOrder::Updated => (UPDATED, true),
        SchemaOrder::UpdatedDescending => (UPDATED, false),
    }
}

/// Tables are looked up by name one by one: reading the whole catalog would cost what all tenants
/// have, not what this one has.
fn listing(status: SchemaStatus, key: &'static str, ascending: bool) -> Sql {
    let mut sql = Sql::of(
        "SELECT id, tenant_id, project_id, name, description, version, is_active, '{}'::jsonb,
                namespace, created_at, updated_at, updated_by, deleted_at, key, tables, size.rows, size.bytes
           FROM (SELECT *, ",
    );
    sql.syntax(key).syntax(
        " AS key,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object(
                               'name', t -> 'name', 'columnCount', jsonb_array_length(t -> 'columns'))), '[]')
                      FROM jsonb_array_elements(definition -> 'tables') t) AS tables
                   FROM public.schemas WHERE tenant_id = $1",
    );
    sql.syntax(match status {
        SchemaStatus::Present => " AND deleted_at IS NULL",
        SchemaStatus::Active => " AND deleted_at IS NULL AND is_active",
        SchemaStatus::Inactive => " AND deleted_at IS NULL AND NOT is_active",
        SchemaStatus::Deleted => " AND deleted_at IS NOT NULL",
    });
    sql.syntax(
        " AND ($2::text IS NULL OR name ILIKE $2 OR description ILIKE $2)
          AND ($3::uuid IS NULL OR project_id = $3)
          AND ($4::uuid[] IS NULL OR id = ANY ($4))) s
          CROSS JOIN LATERAL (
              SELECT sum(nullif(greatest(c.reltuples::bigint, pg_stat_get_live_tuples(c.oid)), -1))::bigint AS rows,
                     coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint AS bytes
                FROM (SELECT t ->> 'name' AS name FROM jsonb_array_elements(s.tables) t LIMIT $8) t
                JOIN pg_catalog.pg_class c ON c.oid = to_regclass(format('%I.%I', s.namespace, t.name))) size
         WHERE ($5::text IS NULL OR (key, id) ",
    );
    sql.syntax(if ascending { ">" } else { "<" }).syntax(" ($5, $6)) ORDER BY key ");
    sql.syntax(if ascending { ", id" } else { "DESC, id DESC" }).syntax(" LIMIT $7");
    sql
}

/// The sort key and the listing.
fn read(row: &Row) -> Result<(String, SchemaListing), StoreError> {
    let tables: Value = row.try_get(14)?;
    let tables =
        serde_json::from_value(tables).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let listing = SchemaListing {
        schema: row::schema(row)?,
        tables,
        estimated_rows: row.try_get(15)?,
        size_bytes: row.try_get(16)?,
    };
    Ok((row.try_get(13)?, listing))
}

/// Words with the signs of LIKE taken literally.
fn escaped(words: &str) -> String {
    words
        .chars()
        .flat_map(|c| ['\\'].into_iter().filter(move |_| "\\%_".contains(c)).chain([c]))
        .collect()
}
