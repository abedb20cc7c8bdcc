//! What changes have put aside: what it is, what it costs to keep, and how it is removed for good.

mod expired;
mod items;
mod purge;
mod put_back;
mod rows;

use chrono::{DateTime, Utc};
use deadpool_postgres::Object;
use migration::AtticName;
use uuid::Uuid;

use self::items::{Item, Waiting};
use crate::{Cursor, Page, PageRequest, Store, StoreError};

pub use expired::Purged;
pub use put_back::{MAX_PUT_BACK, PutBack};
pub use rows::SetAsideRow;

/// Something that waits in the attic.
#[derive(Clone, Debug)]
pub struct AtticEntry {
    /// Its id.
    pub id: Uuid,
    /// Its name in PostgreSQL; its version is the one that put it there.
    pub name: AtticName,
    /// `table`, `column`, `values`, `enum` or `rows`.
    pub kind: String,
    /// What a person calls it, in the names of the version before: `orders` or `orders.note`.
    pub subject: String,
    /// Bytes on disk: measured for tables and rows, estimated for columns and values, absent where
    /// PostgreSQL has no statistics yet.
    pub size_bytes: Option<i64>,
    /// Rows of it, as PostgreSQL estimates them; absent for an enum.
    pub rows: Option<i64>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it is removed for good.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// What waits in the attic of a schema, newest first.
    pub async fn attic(
        &self,
        schema: Uuid,
        page: &PageRequest,
    ) -> Result<Page<AtticEntry>, StoreError> {
        let before = page.after.as_ref().and_then(|cursor| cursor.id.parse::<Uuid>().ok());
        let connection = self.control().await?;
        let waiting = Waiting::fetch(&connection, schema).await?;
        let after = |item: &&Item| before.is_none_or(|before| item.id < before);
        let most = usize::try_from(page.limit + 1).unwrap_or(usize::MAX);
        let items: Vec<&Item> = waiting.items.iter().rev().filter(after).take(most).collect();
        let entries = measured(&connection, &waiting, &items).await?;
        Ok(Page::cut(entries, page.limit, |entry| Cursor {
            key: String::new(),
            id: entry.id.to_string(),
        }))
    }
}

/// Tables are measured; what a column takes is its rows times its width, as the statistics have
/// them. Each is looked up by name.
async fn measured(
    connection: &Object,
    waiting: &Waiting,
    items: &[&Item],
) -> Result<Vec<AtticEntry>, StoreError> {
    let sites: Vec<_> =
        items.iter().filter_map(|item| Some((item.id, waiting.site(item)?))).collect();
    let ids: Vec<Uuid> = sites.iter().map(|(id, _)| *id).collect();
    let relations: Vec<&str> = sites.iter().map(|(_, site)| site.relation.as_str()).collect();
    let columns: Vec<Option<&str>> =
        sites.iter().map(|(_, site)| site.column.as_ref().map(sql::Ident::as_str)).collect();
    let found = connection
        .query(
            "SELECT w.id, n.rows,
                    CASE WHEN w.attname IS NULL THEN pg_total_relation_size(c.oid)
                         ELSE (SELECT (st.avg_width * (1 - st.null_frac) * n.rows)::bigint
                                 FROM pg_catalog.pg_stats st
                                WHERE st.schemaname = $1 AND st.tablename = w.relation AND st.attname = w.attname)
                    END
               FROM unnest($2::uuid[], $3::text[], $4::text[]) w (id, relation, attname)
               JOIN pg_catalog.pg_class c ON c.oid = to_regclass(format('%I.%I', $1::text, w.relation))
              CROSS JOIN LATERAL (SELECT greatest(c.reltuples::bigint, pg_stat_get_live_tuples(c.oid)) AS rows) n",
            &[&waiting.namespace.as_str(), &ids, &relations, &columns],
        )
        .await?;
    let mut taken = std::collections::BTreeMap::new();
    for row in &found {
        let measured: (i64, Option<i64>) = (row.try_get(1)?, row.try_get(2)?);
        taken.insert(row.try_get::<_, Uuid>(0)?, measured);
    }
    let entry = |item: &&Item| {
        let size = taken.get(&item.id);
        AtticEntry {
            id: item.id,
            name: item.item.name,
            kind: item.item.content.kind().to_owned(),
            subject: item.subject.clone(),
            size_bytes: size.and_then(|(_, bytes)| *bytes),
            rows: size.map(|(rows, _)| *rows),
            created_at: item.created_at,
            expires_at: item.expires_at,
        }
    };
    Ok(items.iter().map(entry).collect())
}
