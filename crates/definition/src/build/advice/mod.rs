//! Advice: what PostgreSQL would take, and somebody should look at all the same.

mod cascades;
mod columns;
mod redundant;
mod wide;

use std::collections::BTreeMap;

use super::Builder;
use crate::model::Definition;
use crate::name::Name;
use crate::path::Path;

impl Builder<'_> {
    /// Adds all advice on a definition.
    pub(super) fn advice(&mut self, definition: &Definition) {
        let tables = definition.tables.iter().map(|table| &table.name);
        self.names_apart(tables, |builder, name| builder.places.table(name));
        for table in &definition.tables {
            let columns = table.columns.iter().map(|column| &column.name);
            self.names_apart(columns, |builder, name| builder.places.column(&table.name, name));
            self.column_advice(table);
            self.wide_keys(table);
            self.redundant_indexes(table);
        }
        self.cascade_cycles(definition);
        self.collations_match(definition);
    }

    /// Warns of names that differ only in case: whoever forgets the quotes gets the other one.
    fn names_apart<'n>(
        &mut self,
        names: impl Iterator<Item = &'n Name> + Clone,
        place: impl Fn(&Self, &Name) -> Path<'static>,
    ) {
        // No two names of one space are the same, so only another case can make them so.
        let has_no_case = |name: &Name| {
            name.as_str().bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
        };
        if names.clone().all(has_no_case) {
            return;
        }
        let mut seen: BTreeMap<String, &Name> = BTreeMap::new();
        for name in names {
            if let Some(other) = seen.insert(name.as_str().to_lowercase(), name) {
                let message = format!("`{name}` and `{other}` differ only in case");
                let path = place(self, name);
                self.problems
                    .warning("names_differ_in_case", &path.key("name"), message)
                    .with_hint("SQL without double quotes cannot tell them apart.");
            }
        }
    }

    /// A foreign key compares by the referenced side's collation.
    fn collations_match(&mut self, definition: &Definition) {
        for (position, relationship) in definition.relationships.iter().enumerate() {
            let (from, to) = (&relationship.from, &relationship.to);
            let table = |name: &Name| self.places.built(definition, name.as_str());
            let (Some(ours), Some(theirs)) = (table(&from.table), table(&to.table)) else {
                continue;
            };
            for (from, to) in from.columns.iter().zip(&to.columns) {
                let (Some(left), Some(right)) =
                    (ours.column(from.as_str()), theirs.column(to.as_str()))
                else {
                    continue;
                };
                if left.data_type.is_text() && left.collation != right.collation {
                    let message =
                        format!("`{from}` and `{}.{to}` have different collations", theirs.name);
                    let path = self.places.relationships[position].path();
                    self.problems.warning("collation_mismatch", &path, message).with_hint(
                        "Give both the same collation; then an index serves both sides.",
                    );
                }
            }
        }
    }
}
