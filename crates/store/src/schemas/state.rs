//! Everything that a plan depends on, read in one snapshot.

use std::collections::BTreeMap;

use deadpool_postgres::Transaction;
use definition::{Definition, Name};
use migration::{AtticItem, AtticName, Statistics, TableStatistics};
use sql::Sql;
use tokio_postgres::{IsolationLevel, Row};
use uuid::Uuid;

use super::{DataPlace, Schema, row, versions};
use crate::{Store, StoreError};

/// A schema as a plan finds it.
#[derive(Clone, Debug)]
pub struct SchemaState {
    /// The schema.
    pub schema: Schema,
    /// The definition in force.
    pub definition: Definition,
    /// Where its tables are, its role and its lane.
    pub place: DataPlace,
    /// What waits in its attic, and what is remembered of what did, oldest first.
    pub attic: Vec<AtticItem>,
    /// How large its tables are.
    pub statistics: Statistics,
}

impl Store {
    /// A schema in use, with all that a plan depends on.
    pub async fn schema_state(&self, tenant: Uuid, id: Uuid) -> Result<SchemaState, StoreError> {
        let mut connection = self.control().await?;
        let snapshot = connection
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await?;
        let (schema, place) = schema(&snapshot, tenant, id).await?;
        let definition = versions::definition_of(&schema.definition)?;
        let attic = attic(&snapshot, id).await?;
        let statistics = statistics(&snapshot, &schema).await?;
        snapshot.commit().await?;
        Ok(SchemaState { schema, definition, place, attic, statistics })
    }
}

async fn schema(
    snapshot: &Transaction<'_>,
    tenant: Uuid,
    id: Uuid,
) -> Result<(Schema, DataPlace), StoreError> {
    let mut statement = Sql::of("SELECT ");
    statement.syntax(row::COLUMNS);
    statement
        .syntax(" FROM public.schemas WHERE id = $1 AND tenant_id = $2 AND deleted_at IS NULL");
    let found = snapshot.query_opt(statement.text(), &[&id, &tenant]).await?;
    let schema = row::schema(&found.ok_or(StoreError::NotFound("schema"))?)?;
    let place = "SELECT id, version, is_active, namespace, role_name, lane
                   FROM public.schemas WHERE id = $1";
    Ok((schema, row::data_place(&snapshot.query_one(place, &[&id]).await?)?))
}

/// The items of the attic, those that were taken back too.
async fn attic(snapshot: &Transaction<'_>, id: Uuid) -> Result<Vec<AtticItem>, StoreError> {
    let items = "SELECT version, number, content, waits FROM public.schema_attic
                  WHERE schema_id = $1 ORDER BY version, number";
    snapshot.query(items, &[&id]).await?.iter().map(item).collect()
}

fn item(row: &Row) -> Result<AtticItem, StoreError> {
    let name = AtticName { version: row.try_get(0)?, number: row.try_get(1)? };
    AtticItem::read(name, row.try_get(3)?, &row.try_get(2)?).map_err(|error| {
        StoreError::Corrupt([&name.to_string(), ": ", &error.to_string()].concat())
    })
}

/// Tables are looked up by name one by one, never in a scan of the catalog. Where a table was never
/// counted, or the counts were lost in a crash, its size on disk says how many rows it may have.
async fn statistics(snapshot: &Transaction<'_>, schema: &Schema) -> Result<Statistics, StoreError> {
    let rows = snapshot
        .query(
            "SELECT t.name,
                    CASE WHEN greatest(c.reltuples::bigint, pg_stat_get_live_tuples(c.oid)) > 0
                         THEN greatest(c.reltuples::bigint, pg_stat_get_live_tuples(c.oid))
                         ELSE coalesce(pg_relation_size(c.oid), 0) / $3 END,
                    coalesce(pg_table_size(c.oid), 0), coalesce(pg_indexes_size(c.oid), 0)
               FROM (SELECT definition FROM public.schemas WHERE id = $1) s
              CROSS JOIN LATERAL (SELECT t ->> 'name' AS name
                                    FROM jsonb_array_elements(s.definition -> 'tables') t) t
               JOIN pg_catalog.pg_class c ON c.oid = to_regclass(format('%I.%I', $2::text, t.name))",
            &[&schema.id, &schema.namespace, &SMALLEST_ROW],
        )
        .await?;
    let tables = rows.iter().map(table).collect::<Result<BTreeMap<_, _>, _>>()?;
    Ok(Statistics { tables })
}

/// Bytes of a row of few small columns. An estimate of rows that is too high only makes a change
/// more careful.
const SMALLEST_ROW: i64 = 64;

fn table(row: &Row) -> Result<(Name, TableStatistics), StoreError> {
    let name: &str = row.try_get(0)?;
    let name = Name::new(name).ok_or_else(|| StoreError::Corrupt(["table ", name].concat()))?;
    let number = |column| -> Result<u64, StoreError> {
        Ok(u64::try_from(row.try_get::<_, i64>(column)?).unwrap_or(0))
    };
    Ok((name, TableStatistics { rows: number(1)?, bytes: number(2)?, index_bytes: number(3)? }))
}
