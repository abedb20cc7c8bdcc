//! Rows that were set aside and fit now: back into their table, all of them or none.

use std::collections::BTreeMap;

use definition::Name;
use definition::column_type::{Builtin, ColumnType, ElementType, Modifiers};
use definition::model::{Column, Table};
use serde_json::json;
use sql::{Param, Sql};
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::items::{Item, Waiting};
use super::rows::{columns_there, held, is_row, query};
use crate::audit::{self, Entry};
use crate::schemas::change::{ChangeLock, Patience, open};
use crate::schemas::settings;
use crate::{Actor, Store, StoreConfig, StoreError};

/// How many rows one call puts back.
pub const MAX_PUT_BACK: usize = 1000;

/// A row to put back.
#[derive(Clone, Debug, Default)]
pub struct PutBack {
    /// Which one, as [`crate::SetAsideRow`] calls it.
    pub row: String,
    /// Values that take the place of those it was set aside with, by the columns of the table as
    /// it is now; in PostgreSQL's text form.
    pub corrections: BTreeMap<Name, Param>,
}

/// Where rows come from and go to.
struct Course<'a> {
    waiting: &'a Waiting,
    item: &'a Item,
    /// The columns that the rows were kept with.
    kept: Vec<&'a Column>,
    /// The table as it is now.
    table: &'a Table,
}

impl Store {
    /// Puts rows that were set aside back into their table under its present definition, and
    /// answers how many. They must fit now, with their corrections.
    pub async fn put_back(
        &self,
        (tenant, schema): (Uuid, Uuid),
        item: Uuid,
        rows: &[PutBack],
        actor: &Actor,
    ) -> Result<usize, StoreError> {
        if rows.len() > MAX_PUT_BACK {
            let limit = i64::try_from(MAX_PUT_BACK).unwrap_or(i64::MAX);
            return Err(StoreError::TooMany { of: "rows put back at once", limit });
        }
        let mut lock = self.take_change_lock(schema).await?;
        let mut patience = Patience::new(self.config().changes.switch_wait);
        let moved = loop {
            let what = (tenant, schema, item);
            match attempt(self.config(), &mut lock, what, (rows, actor)).await {
                Ok(()) => break Ok(rows.len()),
                Err(error) => match patience.after(error).await {
                    Ok(()) => {}
                    Err(error) => break Err(error),
                },
            }
        };
        lock.release().await;
        moved
    }
}

async fn attempt(
    config: &StoreConfig,
    lock: &mut ChangeLock,
    (tenant, schema, item): (Uuid, Uuid, Uuid),
    (rows, actor): (&[PutBack], &Actor),
) -> Result<(), StoreError> {
    let transaction = lock.connection().transaction().await?;
    open(&transaction, config.changes.lock_wait, config.control_statement_timeout).await?;
    let before = settings::hold(&transaction, tenant, schema).await?;
    if before.deleted_at.is_some() {
        return Err(StoreError::NotFound("schema"));
    }
    let waiting = Waiting::fetch(transaction.client(), schema).await?;
    let item = waiting.item(item)?;
    let was = held(item)?;
    let table = waiting.in_force(&was.id).ok_or(StoreError::NotFound("table"))?;
    let kept = columns_there(transaction.client(), &waiting, item, was).await?;
    let course = Course { waiting: &waiting, item, kept, table };
    for row in rows {
        course.insert(&transaction, row).await?;
    }
    course.delete(&transaction, rows).await?;
    let entry = Entry {
        tenant_id: Some(tenant),
        action: "attic.putBack",
        subject_kind: "atticItem",
        subject_id: &item.id,
        details: json!({ "schema": schema, "subject": item.subject, "rows": rows.len() }),
    };
    audit::record(&transaction, actor, entry).await?;
    Ok(transaction.commit().await?)
}

impl Course<'_> {
    async fn insert(&self, transaction: &Transaction<'_>, row: &PutBack) -> Result<(), StoreError> {
        let refused = |error: StoreError| match error.refusal() {
            Some(_) if !error.is_momentary() => {
                StoreError::Row { row: row.row.clone(), source: Box::new(error) }
            }
            Some(_) | None => error,
        };
        if !is_row(&row.row) {
            return Err(StoreError::NotFound("row"));
        }
        if row.corrections.keys().any(|name| self.table.column(name.as_str()).is_none()) {
            return Err(StoreError::NotFound("column"));
        }
        let inserted = query(transaction.client(), &self.insertion(row)).await.map_err(refused)?;
        if inserted.len() == 1 { Ok(()) } else { Err(StoreError::NotFound("row")) }
    }

    /// Columns that are new since get their defaults, those that are gone are left out, and those
    /// of another type are read from their text.
    fn insertion(&self, row: &PutBack) -> Sql {
        let mut names = Sql::new();
        let mut values = Sql::new();
        for column in self.table.columns.iter().filter(|column| column.generated.is_none()) {
            let correction = row.corrections.get(&column.name);
            let kept = self.kept.iter().find(|kept| kept.id == column.id);
            if correction.is_none() && kept.is_none() {
                continue;
            }
            if !names.is_empty() {
                names.syntax(", ");
                values.syntax(", ");
            }
            names.ident(column.name.ident());
            match (correction, kept) {
                (Some(correction), _) => {
                    values.nullable_param(correction.clone()).syntax("::");
                    self.unbounded(&column.data_type, &mut values);
                }
                (None, Some(kept)) => {
                    values.syntax("a.").ident(kept.name.ident());
                    self.converted(kept, column, &mut values);
                }
                (None, None) => {}
            }
        }
        let mut insert = Sql::of("INSERT INTO ");
        insert.qualified(&self.waiting.namespace, self.table.name.ident()).syntax(" (");
        insert.append(&names).syntax(") OVERRIDING SYSTEM VALUE SELECT ").append(&values);
        insert.syntax(" FROM ").qualified(&self.waiting.namespace, &self.item.item.name.ident());
        insert.syntax(" a WHERE a.ctid = ").param(row.row.clone()).syntax("::tid RETURNING 1");
        insert
    }

    fn converted(&self, kept: &Column, column: &Column, sql: &mut Sql) {
        if kept.data_type == column.data_type && column.data_type.enum_name().is_none() {
            return;
        }
        sql.syntax(if kept.data_type.array { "::text[]::" } else { "::text::" });
        self.unbounded(&column.data_type, sql);
    }

    /// The type without its bounds: a cast to `varchar(5)` would cut what is longer, while storing
    /// it in such a column refuses it.
    fn unbounded(&self, data_type: &ColumnType, sql: &mut Sql) {
        let element = match &data_type.element {
            ElementType::Builtin(Builtin::Bit, _) => {
                ElementType::Builtin(Builtin::Varbit, Modifiers::None)
            }
            ElementType::Builtin(builtin, _) => ElementType::Builtin(*builtin, Modifiers::None),
            ElementType::Enum(name) => ElementType::Enum(name.clone()),
        };
        ColumnType { element, array: data_type.array }.write(sql, &self.waiting.namespace);
    }

    /// Every row was there once.
    async fn delete(
        &self,
        transaction: &Transaction<'_>,
        rows: &[PutBack],
    ) -> Result<(), StoreError> {
        let mut delete = Sql::of("DELETE FROM ");
        delete.qualified(&self.waiting.namespace, &self.item.item.name.ident());
        delete.syntax(" WHERE ctid = ANY (ARRAY[");
        delete.list(rows, ", ", |sql, row| {
            sql.literal(&row.row);
        });
        delete.syntax("]::tid[]) RETURNING 1");
        let deleted = query(transaction.client(), &delete).await?;
        if deleted.len() == rows.len() { Ok(()) } else { Err(StoreError::NotFound("row")) }
    }
}
