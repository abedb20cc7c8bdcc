//! Advice on single columns and on the set of a table's columns.

use super::super::Builder;
use crate::column_type::{Builtin, ElementType, Modifiers};
use crate::model::{Column, Table};

/// Lengths that are typed by habit, not because something is that long.
const HABITUAL_LENGTHS: [u32; 3] = [191, 255, 256];

/// Names of columns that hold when a row was made, in lower case and without `_`.
const MADE: [&str; 7] = [
    "created",
    "createdat",
    "createdon",
    "creationdate",
    "datecreated",
    "insertedat",
    "insertedon",
];

/// Words in names of columns that hold when a row was changed.
const CHANGED: [&str; 4] = ["updat", "modif", "chang", "edited"];

impl Builder<'_> {
    pub(super) fn column_advice(&mut self, table: &Table) {
        for column in &table.columns {
            self.type_advice(table, column);
        }
        self.habitual_lengths(table);
        self.missing_updated_at(table);
    }

    fn type_advice(&mut self, table: &Table, column: &Column) {
        let name = &column.name;
        match column.data_type.scalar() {
            Some(Builtin::Timestamp) => {
                let path = self.places.column(&table.name, name);
                let path = path.key("type");
                let message = format!("`{name}` does not say in which time zone it is");
                self.problems
                    .warning("timestamp_without_zone", &path, message)
                    .with_hint("`timestamptz` marks a moment that is the same everywhere.");
            }
            Some(Builtin::Real | Builtin::Double) if is_money(name.as_str()) => {
                let path = self.places.column(&table.name, name);
                let path = path.key("type");
                let message = format!("`{name}` would lose cents as `{}`", column.data_type);
                self.problems
                    .warning("money_as_float", &path, message)
                    .with_hint("`numeric(12,2)` is exact.");
            }
            Some(_) | None => {}
        }
    }

    /// One warning for a table: the habit usually shows in many columns at once.
    fn habitual_lengths(&mut self, table: &Table) {
        let habitual = |column: &&Column| match &column.data_type.element {
            ElementType::Builtin(Builtin::Varchar, Modifiers::One(length)) => {
                HABITUAL_LENGTHS.contains(length)
            }
            ElementType::Builtin(..) | ElementType::Enum(_) => false,
        };
        let mut columns = table.columns.iter().filter(habitual);
        let Some(first) = columns.next() else { return };
        let more = columns.count();
        let others = if more == 0 { String::new() } else { format!(", and {more} more") };
        let message = format!("`{}` is `{}`{others}", first.name, first.data_type);
        let path = self.places.column(&table.name, &first.name);
        let path = path.key("type");
        self.problems.warning("varchar_without_reason", &path, message).with_hint(
            "`text` is as quick and has no limit to run into; keep the length where it means something.",
        );
    }

    fn missing_updated_at(&mut self, table: &Table) {
        if table.track_updates.is_some() {
            return;
        }
        let made = table.columns.iter().find(|column| MADE.iter().any(|word| is(column, word)));
        let Some(made) = made else { return };
        let changed = |column: &Column| {
            let bare: String = bare(column).collect();
            CHANGED.iter().any(|word| bare.contains(word))
        };
        if !table.columns.iter().any(changed) {
            let message =
                format!("`{}` keeps when a row was made, but not when it was changed", table.name);
            let path = self.places.column(&table.name, &made.name);
            self.problems.warning("missing_updated_at", &path, message).with_hint(
                "Add a `timestamptz` column `updated_at` and \"trackUpdates\": \"updated_at\".",
            );
        }
    }
}

/// The name of a column in lower case and without `_`.
fn bare(column: &Column) -> impl Iterator<Item = char> {
    let characters = column.name.as_str().chars().filter(|character| *character != '_');
    characters.flat_map(char::to_lowercase)
}

fn is(column: &Column, word: &str) -> bool {
    column.name.as_str().len() >= word.len() && bare(column).eq(word.chars())
}

/// Whether a name speaks of money.
fn is_money(name: &str) -> bool {
    ["price", "amount", "total", "cost", "balance", "fee", "salary", "revenue"]
        .iter()
        .any(|word| name.to_lowercase().contains(word))
}
