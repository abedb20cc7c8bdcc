//! The records of what waits, and where in PostgreSQL each thing is.

use chrono::{DateTime, Utc};
use definition::model::Table;
use definition::{Definition, Id};
use migration::{AtticContent, AtticItem, AtticName};
use serde_json::Value;
use sql::Ident;
use tokio_postgres::{Client, Row};
use uuid::Uuid;

use crate::schemas::versions::definition_of;
use crate::{StoreError, roles};

/// Everything that waits in the attic of one schema.
pub(super) struct Waiting {
    pub(super) namespace: Ident,
    /// The definition in force.
    pub(super) definition: Definition,
    /// Oldest first.
    pub(super) items: Vec<Item>,
}

/// One record.
pub(super) struct Item {
    pub(super) id: Uuid,
    pub(super) item: AtticItem,
    pub(super) subject: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// Where something is: a table, or a column of one.
pub(super) struct Site {
    pub(super) relation: Ident,
    pub(super) column: Option<Ident>,
}

impl Waiting {
    /// What waits, by the records.
    pub(super) async fn fetch(client: &Client, schema: Uuid) -> Result<Self, StoreError> {
        let found = "SELECT namespace, definition FROM public.schemas WHERE id = $1";
        let found = client.query_opt(found, &[&schema]).await?;
        let found = found.ok_or(StoreError::NotFound("schema"))?;
        let items = "SELECT id, version, number, content, subject, created_at, expires_at
                       FROM public.schema_attic WHERE schema_id = $1 AND waits ORDER BY id";
        let items = client.query(items, &[&schema]).await?;
        Ok(Self {
            namespace: roles::ident(found.try_get(0)?)?,
            definition: definition_of(&found.try_get(1)?)?,
            items: items.iter().map(read).collect::<Result<Vec<_>, _>>()?,
        })
    }

    /// The one of this id.
    pub(super) fn item(&self, id: Uuid) -> Result<&Item, StoreError> {
        let found = self.items.iter().find(|item| item.id == id);
        found.ok_or(StoreError::NotFound("attic item"))
    }

    /// Where something is; nowhere for an enum, and for a column whose table is gone.
    pub(super) fn site(&self, item: &Item) -> Option<Site> {
        let name = item.item.name.ident();
        match &item.item.content {
            AtticContent::Table(_) | AtticContent::Rows { .. } => {
                Some(Site { relation: name, column: None })
            }
            AtticContent::Column { table, .. } | AtticContent::Values { table, .. } => {
                Some(Site { relation: self.relation(table)?, column: Some(name) })
            }
            AtticContent::Enum(_) => None,
        }
    }

    /// The table of this id in the definition in force.
    pub(super) fn in_force(&self, id: &Id) -> Option<&Table> {
        self.definition.tables.iter().find(|table| table.id == *id)
    }

    /// What the table of this id is called now: it may wait in the attic itself.
    fn relation(&self, id: &Id) -> Option<Ident> {
        if let Some(table) = self.in_force(id) {
            return Some(table.name.ident().clone());
        }
        let waits = |item: &&Item| item.item.content.as_table().is_some_and(|it| it.id == *id);
        self.items.iter().rev().find(waits).map(|item| item.item.name.ident())
    }
}

fn read(row: &Row) -> Result<Item, StoreError> {
    let name = AtticName { version: row.try_get(1)?, number: row.try_get(2)? };
    let content: Value = row.try_get(3)?;
    let item = AtticItem::read(name, true, &content).map_err(|error| {
        StoreError::Corrupt([&name.to_string(), ": ", &error.to_string()].concat())
    })?;
    Ok(Item {
        id: row.try_get(0)?,
        item,
        subject: row.try_get(4)?,
        created_at: row.try_get(5)?,
        expires_at: row.try_get(6)?,
    })
}
