//! Resolved requests become SQL.

mod filter;
mod insert;
mod one;
mod select;

use definition::model::Column;
use sql::{Ident, Param, Sql};

use crate::QueryError;
use crate::limits::MAX_PARAMETERS;
use crate::resolve::{Action, Relation, Resolved};

/// One SQL statement, and what each of its parameters is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    sql: Sql,
    places: Vec<Option<Place>>,
}

/// What a parameter is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The column it is compared with or stored in.
    pub column: String,
    /// The row of the body it came from, when the body was a list.
    pub row: Option<usize>,
}

impl Place {
    /// As a refusal names it: `price`, or `[3].price` in a list of rows.
    pub fn path(&self) -> String {
        match self.row {
            Some(row) => format!("[{row}].{}", self.column),
            None => self.column.clone(),
        }
    }
}

impl Statement {
    /// The SQL.
    pub fn sql(&self) -> &Sql {
        &self.sql
    }

    /// What parameter `$number` is for.
    pub fn place(&self, number: usize) -> Option<&Place> {
        self.places.get(number.checked_sub(1)?)?.as_ref()
    }

    fn param(&mut self, value: Param, place: Option<Place>) {
        self.sql.nullable_param(value);
        self.places.push(place);
    }

    /// `"namespace"."table" AS source`. Columns are written as `source."…"`, so that no alias of
    /// the output can be taken for one of them.
    fn relation(&mut self, relation: &Relation<'_>) {
        self.sql.qualified(relation.namespace, relation.table.name.ident()).syntax(" AS source");
    }

    fn column(&mut self, column: &Column) {
        self.sql.syntax("source.").ident(column.name.ident());
    }

    fn columns<'a>(&mut self, columns: impl IntoIterator<Item = &'a Column>) {
        let names: Vec<&Ident> = columns.into_iter().map(|column| column.name.ident()).collect();
        self.sql.list(names, ", ", |sql, name| {
            sql.syntax("source.").ident(name);
        });
    }
}

impl Resolved<'_> {
    /// The statement. Equal requests give equal statements.
    pub fn statement(&self) -> Result<Statement, QueryError> {
        let statement = match &self.action {
            Action::Read(read) => select::render(read),
            Action::ReadOne(read) => one::read(read),
            Action::Insert(insert) => insert::render(insert),
            Action::Update(update) => one::update(update),
            Action::Delete(delete) => one::delete(delete),
        };
        if statement.places.len() > MAX_PARAMETERS {
            return Err(QueryError::TooMany {
                what: "values in one request",
                limit: MAX_PARAMETERS,
            });
        }
        Ok(statement)
    }
}
