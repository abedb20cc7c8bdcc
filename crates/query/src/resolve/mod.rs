//! Names become columns, JSON becomes parameters. Every "no such" is said here, with the nearest
//! name of the same schema and no other.

mod columns;
mod filters;
mod read;
mod resolved;
mod write;

use definition::model::{Definition, Table};
use definition::near::nearest;
use sql::Ident;

use crate::error::shortened;
use crate::{QueryError, ReadRequest, WriteRequest};

pub use resolved::Resolved;
pub(crate) use resolved::{
    Action, Cell, ColumnRef, KeyPart, Output, Relation, ResolvedDelete, ResolvedFilter,
    ResolvedInsert, ResolvedOne, ResolvedRead, ResolvedUpdate, SortKey,
};

/// A table that requests are resolved against.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    definition: &'a Definition,
    relation: Relation<'a>,
}

impl<'a> Target<'a> {
    /// The table of this name in a schema whose tables lie in `namespace`.
    pub fn find(
        definition: &'a Definition,
        namespace: &'a Ident,
        table: &str,
    ) -> Result<Self, QueryError> {
        let found = definition.table(table).ok_or_else(|| {
            let names = definition.tables.iter().map(|table| table.name.as_str());
            let nearest = nearest(table, names).map(str::to_owned);
            QueryError::UnknownTable { name: shortened(table), nearest }
        })?;
        Ok(Self { definition, relation: Relation { namespace, table: found } })
    }

    /// The table.
    pub fn table(&self) -> &'a Table {
        self.relation.table
    }

    /// How many parts the key of a row has.
    pub fn key_parts(&self) -> Result<usize, QueryError> {
        match self.table().key_columns().count() {
            0 => Err(QueryError::NoPrimaryKey { table: self.table().name.to_string() }),
            parts => Ok(parts),
        }
    }

    /// A page of rows.
    pub fn read(&self, request: &'a ReadRequest) -> Result<Resolved<'a>, QueryError> {
        Ok(Resolved { action: Action::Read(read::page(self, request)?) })
    }

    /// One row by its key. Of the request only `select` has a meaning.
    pub fn read_one(
        &self,
        key: &'a [String],
        request: &'a ReadRequest,
    ) -> Result<Resolved<'a>, QueryError> {
        Ok(Resolved { action: Action::ReadOne(read::one(self, key, request)?) })
    }

    /// What is written.
    pub fn write(&self, request: &'a WriteRequest) -> Result<Resolved<'a>, QueryError> {
        Ok(Resolved { action: write::resolve(self, request)? })
    }
}
