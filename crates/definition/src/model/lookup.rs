//! Finding things in a definition by name.

use super::{Column, Definition, Enum, Relationship, Table};

impl Definition {
    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name.as_str() == name)
    }

    /// The enum of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|candidate| candidate.name.as_str() == name)
    }

    /// The foreign keys out of this table.
    pub fn relationships_from<'a>(
        &'a self,
        table: &'a str,
    ) -> impl Iterator<Item = &'a Relationship> {
        self.relationships
            .iter()
            .filter(move |relationship| relationship.from.table.as_str() == table)
    }
}

impl Table {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.as_str() == name)
    }

    /// The columns of the primary key, in key order; none when there is no key.
    pub fn key_columns(&self) -> impl Iterator<Item = &Column> {
        let names = self.primary_key.iter().flat_map(|key| &key.columns);
        names.filter_map(|name| self.column(name.as_str()))
    }
}
