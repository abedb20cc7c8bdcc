//! Everything that a plan depends on.

use definition::Definition;
use sql::Ident;

use crate::attic::AtticItem;
use crate::plan::Statistics;
use crate::remedy::Remedies;

/// Where a change starts and where it should lead.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The version in force.
    pub version: i32,
    /// Its definition.
    pub before: &'a Definition,
    /// What should be in force.
    pub after: &'a Definition,
    /// The version that should be in force again, when this is a rollback: converted values come
    /// back too.
    pub rollback_to: Option<i32>,
    /// What waits in the attic of the schema, and what is remembered of what waited there.
    pub attic: &'a [AtticItem],
    /// How large its tables are.
    pub statistics: &'a Statistics,
    /// What to do with rows that do not fit.
    pub remedies: &'a Remedies,
    /// Where its tables live.
    pub namespace: &'a Ident,
    /// Who may read and write their rows.
    pub role: &'a Ident,
    /// How to go about it.
    pub options: Options,
}

/// How to go about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Tables with more rows than this are changed while others go on: indexes are built
    /// concurrently, constraints are validated apart, values are converted batch by batch. Smaller
    /// ones are changed in one transaction.
    pub online_rows: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { online_rows: 50_000 }
    }
}
