//! What becomes of each column and enum.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::Column;
use definition::{Expression, Name};

use super::Planner;
use crate::attic::AtticName;

/// What becomes of a column of `start`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fate {
    /// It stays the column it is.
    Keep,
    /// It goes to the attic as it is.
    PutAside,
    /// It is computed, so it is really dropped.
    Drop,
    /// It is computed and made anew.
    Recompute,
    /// PostgreSQL changes its type or collation without touching a row, or, for a type that comes
    /// from the attic, by its text.
    Retype(Retype),
    /// Another column takes its place and is filled from it; it goes to the attic.
    Convert(Convert),
    /// It came to be by conversions; what it was made of takes its place again.
    Unwind(Vec<Unwind>),
    /// It is no longer computed and keeps what it holds.
    StopComputing,
    /// It becomes computed; what it held goes to the attic.
    Compute,
    /// It is no longer computed and gets back what it held before.
    Uncompute(AtticName),
}

/// How PostgreSQL changes a type in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retype {
    /// Only the catalog changes.
    Catalog,
    /// By the text of each value: between an enum and the same enum as another type.
    Text,
}

/// How a column is made of another one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Convert {
    /// Reads the column by its name in `now`. Gives text where the target is an enum.
    pub(super) forward: Expression,
    /// Whether what cannot be converted becomes NULL.
    pub(super) lenient: bool,
    /// Whether it converts every value there can be.
    pub(super) total: bool,
    /// What rows get that would have no value; reads no column.
    pub(super) fill: Option<Expression>,
}

/// One step back: the column in the attic, and how values come back to its type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unwind {
    /// The column in the attic that gets its values back.
    pub(super) item: AtticName,
    /// How the values were made that replaced it; reads the column by the name `column`.
    pub(super) forward: Expression,
    /// Whether what could not be converted became NULL.
    pub(super) lenient: bool,
    /// What rows got that would have had no value.
    pub(super) fill: Option<Expression>,
    /// The column as it was, its type called as PostgreSQL calls it today.
    pub(super) column: Column,
    /// The name that `forward` reads.
    pub(super) reads: Name,
    /// Brings a value that was changed since back to the type; reads the column by `source`.
    pub(super) back: Convert,
}

impl Unwind {
    /// How the values that replaced these were made.
    pub(super) fn forwards(&self) -> Convert {
        Convert {
            forward: self.forward.clone(),
            lenient: self.lenient,
            total: false,
            fill: self.fill.clone(),
        }
    }
}

/// All fates that are not [`Fate::Keep`].
#[derive(Debug, Default)]
pub(super) struct Fates {
    columns: BTreeMap<(usize, usize), Fate>,
    /// By table: the columns, in the names of `now`, that are another column afterwards.
    touched: BTreeMap<usize, BTreeSet<Name>>,
}

impl Planner<'_> {
    /// Decides for a column: the table's place and its own.
    pub(super) fn settle(&mut self, table: usize, column: usize, fate: Fate) {
        let touches = match &fate {
            Fate::Keep | Fate::StopComputing | Fate::Retype(Retype::Catalog) => false,
            Fate::PutAside
            | Fate::Drop
            | Fate::Recompute
            | Fate::Retype(Retype::Text)
            | Fate::Convert(_)
            | Fate::Unwind(_)
            | Fate::Compute
            | Fate::Uncompute(_) => true,
        };
        if touches {
            let name = self.now.tables[table].columns[column].name.clone();
            self.fates.touched.entry(table).or_default().insert(name);
        }
        self.fates.columns.insert((table, column), fate);
    }

    /// What becomes of a column.
    pub(super) fn fate(&self, table: usize, column: usize) -> &Fate {
        self.fates.columns.get(&(table, column)).unwrap_or(&Fate::Keep)
    }

    /// Whether one of these columns, in the names of `now`, is another one afterwards.
    pub(super) fn touches<'n>(
        &self,
        table: usize,
        mut columns: impl Iterator<Item = &'n str>,
    ) -> bool {
        let Some(touched) = self.fates.touched.get(&table) else { return false };
        columns.any(|column| touched.iter().any(|name| name.as_str() == column))
    }

    /// Whether an expression reads a column that is another one afterwards, or names an enum that
    /// becomes another type.
    pub(super) fn touches_expression(&self, table: usize, expression: &Expression) -> bool {
        self.touches(table, expression.columns().into_iter())
            || expression.enums().into_iter().any(|name| self.is_remade(name))
    }
}
