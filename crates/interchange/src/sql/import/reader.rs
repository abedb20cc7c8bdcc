//! What is known while a script is read, statement by statement.

use std::collections::{BTreeMap, BTreeSet};

use pg_query::protobuf::{Node, RangeVar};

use super::draft::{Draft, Part, Table};
use super::names::Qualified;
use super::sequences::{Numbered, Sequence};
use super::split::newlines;
use super::triggers::Touch;
use super::types::Domain;
use crate::finding::Findings;

/// The state of an import.
pub(super) struct Reader {
    /// The namespace whose tables come in.
    pub(super) namespace: String,
    pub(super) draft: Draft,
    pub(super) findings: Findings,
    /// Positions in the draft, by table.
    pub(super) tables: BTreeMap<String, usize>,
    /// Relations that were left out on purpose; what is said of them goes with them.
    pub(super) left_out: BTreeSet<Qualified>,
    pub(super) domains: BTreeMap<String, Domain>,
    pub(super) sequences: BTreeMap<String, Sequence>,
    pub(super) numbered: Vec<Numbered>,
    /// Functions of triggers that only keep the time of an update.
    pub(super) touches: BTreeMap<Qualified, Touch>,
    /// Every function that the script itself makes.
    pub(super) functions: BTreeSet<Qualified>,
}

/// Where a statement stands.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
    /// The namespace of names without one.
    pub(super) here: &'a str,
}

impl At<'_> {
    /// The line of a place in the statement, as PostgreSQL's trees tell it.
    pub(super) fn line_at(&self, location: i32) -> usize {
        let before = usize::try_from(location).ok().and_then(|at| self.text.get(..at));
        self.line + before.map_or(0, newlines)
    }
}

impl Reader {
    pub(super) fn new(namespace: String) -> Self {
        Self {
            namespace,
            draft: Draft::default(),
            findings: Findings::default(),
            tables: BTreeMap::new(),
            left_out: BTreeSet::new(),
            domains: BTreeMap::new(),
            sequences: BTreeMap::new(),
            numbered: Vec::new(),
            touches: BTreeMap::new(),
            functions: BTreeSet::new(),
        }
    }

    /// The bare name of a thing of the namespace that comes in.
    pub(super) fn own(&self, name: &Qualified) -> Option<String> {
        (name.namespace == self.namespace).then(|| name.name.clone())
    }

    /// The table a statement is about. One that did not come in is told at `line`.
    pub(super) fn table(
        &mut self,
        relation: Option<&RangeVar>,
        at: At<'_>,
        line: usize,
    ) -> Option<&mut Table> {
        let name = Qualified::of(relation?, at.here);
        if let Some(position) = self.own(&name).and_then(|name| self.tables.get(&name).copied()) {
            return self.draft.tables.get_mut(position);
        }
        if self.left_out.contains(&name) {
            let message = "says something of a relation that is left out";
            self.findings.tally(line, "of_left_out", message);
        } else if name.namespace == self.namespace {
            let message = format!("there is no table `{}` in this source", name.name);
            self.findings.warning(line, "unknown_table", message);
        } else {
            self.other_namespace(line, &name.namespace);
        }
        None
    }

    /// A table by its bare name.
    pub(super) fn table_named(&mut self, name: &str) -> Option<&mut Table> {
        let position = *self.tables.get(name)?;
        self.draft.tables.get_mut(position)
    }

    /// The column a statement is about; one that is not there is told at `line`.
    pub(super) fn column(
        &mut self,
        relation: Option<&RangeVar>,
        column: &str,
        at: At<'_>,
        line: usize,
    ) -> Option<&mut Part> {
        let table = self.table(relation, at, line)?;
        let name = table.name().to_owned();
        if table.column(column).is_none() {
            let message = format!("there is no column `{column}` in `{name}`");
            self.findings.warning(line, "unknown_column", message);
            return None;
        }
        self.table_named(&name)?.column(column)
    }

    /// Tells that something stands in a namespace that does not come in.
    pub(super) fn other_namespace(&mut self, line: usize, namespace: &str) {
        let message =
            format!("stands in the namespace `{namespace}`; only `{}` comes in", self.namespace);
        self.findings.warning(line, "other_namespace", message);
    }

    /// The text of an expression; one that cannot be taken over is told, and left out.
    pub(super) fn expression(
        &mut self,
        node: &Node,
        at: At<'_>,
        (line, what): (usize, &str),
    ) -> Option<String> {
        match self.expression_text(node, at.here) {
            Ok(text) => Some(text),
            Err(why) => {
                let message = format!("{what} is left out: {why}");
                self.findings.warning(line, "expression_refused", message);
                None
            }
        }
    }
}
