//! CREATE TABLE, column by column.

use pg_query::NodeEnum;
use pg_query::protobuf::{ColumnDef, ConstrType, Constraint, CreateStmt, Node};

use super::constraints::Deferral;
use super::draft::{Part, Table};
use super::names::{Qualified, texts};
use super::reader::{At, Reader};
use super::types::{ReadType, as_constraint};

/// The integer types that stand behind PostgreSQL's `serial`.
const SERIALS: [(&str, &str); 6] = [
    ("serial", "integer"),
    ("serial4", "integer"),
    ("bigserial", "bigint"),
    ("serial8", "bigint"),
    ("smallserial", "smallint"),
    ("serial2", "smallint"),
];

impl Reader {
    pub(super) fn create_table(&mut self, statement: &CreateStmt, at: At<'_>) {
        let Some(relation) = &statement.relation else { return };
        let qualified = Qualified::of(relation, at.here);
        let Some(name) = self.own(&qualified) else {
            self.other_namespace(at.line, &qualified.namespace);
            self.left_out.insert(qualified);
            return;
        };
        let attached = self.left_out.contains(&qualified);
        if let Some((code, why)) = refused(statement, &relation.relpersistence, attached) {
            self.findings.warning(at.line, code, format!("`{name}` is left out: {why}"));
            self.left_out.insert(qualified);
            return;
        }
        if self.tables.contains_key(&name) {
            let message = format!("there is a table `{name}` already; the second is left out");
            return self.findings.warning(at.line, "duplicate_name", message);
        }
        self.notes_on_table(statement, &name, at);
        self.tables.insert(name.clone(), self.draft.tables.len());
        self.draft.tables.push(Table { part: Part::named(at.line, &name), ..Table::default() });
        for element in &statement.table_elts {
            self.table_element(&name, element, at);
        }
        for constraint in statement.constraints.iter().filter_map(as_constraint) {
            self.table_constraint(&name, constraint, at, at.line_at(constraint.location));
        }
    }

    /// What a document does not say of a table, beside its columns.
    fn notes_on_table(&mut self, statement: &CreateStmt, name: &str, at: At<'_>) {
        if statement.partspec.is_some() {
            let message = format!("`{name}` comes in as one table, without its partitions");
            self.findings.warning(at.line, "partitioned", message);
        }
        if !statement.inh_relations.is_empty() {
            let message = format!("`{name}` comes in with its own columns, without inherited ones");
            self.findings.warning(at.line, "inheritance", message);
        }
        let unlogged = statement.relation.as_ref().is_some_and(|table| table.relpersistence == "u");
        if unlogged || !statement.options.is_empty() || !statement.tablespacename.is_empty() {
            let message = "how a table is stored is no part of a definition";
            self.findings.tally(at.line, "storage", message);
        }
    }

    fn table_element(&mut self, table: &str, element: &Node, at: At<'_>) {
        match &element.node {
            Some(NodeEnum::ColumnDef(column)) => self.column_definition(table, column, at),
            Some(NodeEnum::Constraint(constraint)) => {
                self.table_constraint(table, constraint, at, at.line_at(constraint.location));
            }
            Some(NodeEnum::TableLikeClause(copied)) => {
                let other = copied.relation.as_ref().map_or("", |relation| &relation.relname);
                let line =
                    copied.relation.as_ref().map_or(at.line, |other| at.line_at(other.location));
                let message = format!("LIKE `{other}` in `{table}` is left out: write its columns");
                self.findings.warning(line, "like", message);
            }
            _ => {
                let message = format!("a part of `{table}` is left out");
                self.findings.warning(at.line, "table_element", message);
            }
        }
    }

    /// A column, from CREATE TABLE or from ADD COLUMN.
    pub(super) fn column_definition(&mut self, table: &str, column: &ColumnDef, at: At<'_>) {
        let line = at.line_at(column.location);
        let name = column.colname.as_str();
        let Some(type_name) = &column.type_name else { return };
        let mut read = self.type_of(type_name, at.here);
        let mut part = Part::named(line, name);
        if let Some((_, integer)) = SERIALS.iter().find(|(serial, _)| *serial == read.text) {
            (*integer).clone_into(&mut read.text);
            part.set(line, "identity", "byDefault");
            part.set(line, "notNull", true);
        }
        part.set(line, "type", read.text.as_str());
        if let Some(collate) = &column.coll_clause
            && let Some(collation) = texts(&collate.collname).last()
        {
            part.set(line, "collation", *collation);
        }
        let Some(owner) = self.table_named(table) else { return };
        owner.columns.push(part);
        self.domain_rules((table, name), &read, at, line);
        if read.case_insensitive {
            let message =
                format!("`{table}.{name}` is `citext`; as `text` it tells upper from lower case");
            self.findings.warning(line, "citext", message);
        }
        let deferral = Deferral::of_attributes(&column.constraints);
        for constraint in column.constraints.iter().filter_map(as_constraint) {
            self.column_constraint((table, name), constraint, at, deferral);
        }
    }

    /// What a domain demands, written on a column that has it.
    fn domain_rules(
        &mut self,
        (table, column): (&str, &str),
        read: &ReadType,
        at: At<'_>,
        line: usize,
    ) {
        let Some((name, domain)) = &read.domain else { return };
        if read.array {
            let message =
                format!("the rules of `{name}` are not checked in the array `{table}.{column}`");
            return self.findings.warning(line, "domain_array", message);
        }
        for check in &domain.checks {
            match self.domain_check(check, at.here, column) {
                Ok(text) => {
                    let part = Part::new(line).with("expression", Some(text));
                    self.table_named(table)
                        .expect("the column was just added to it")
                        .checks
                        .push(part);
                }
                Err(why) => {
                    let message = format!("a rule of `{name}` is left out: {why}");
                    self.findings.warning(line, "expression_refused", message);
                }
            }
        }
        let (not_null, default) = (domain.not_null, domain.default.clone());
        if let Some(part) = self.table_named(table).and_then(|table| table.column(column)) {
            if not_null {
                part.set(line, "notNull", true);
            }
            if let Some(default) = default {
                part.set(line, "default", default);
            }
        }
    }

    fn column_constraint(
        &mut self,
        (table, column): (&str, &str),
        constraint: &Constraint,
        at: At<'_>,
        deferral: Deferral,
    ) {
        let line = at.line_at(constraint.location);
        let of = format!("of `{table}.{column}`");
        match constraint.contype() {
            ConstrType::ConstrNotnull => self.set(table, column, (line, "notNull", true.into())),
            ConstrType::ConstrDefault => {
                self.default(table, column, constraint.raw_expr.as_deref(), (at, line));
            }
            ConstrType::ConstrIdentity => self.identity(table, column, constraint, line),
            ConstrType::ConstrGenerated => {
                if constraint.generated_kind == "v" {
                    let message =
                        format!("`{table}.{column}` is computed at each read; here it is stored");
                    self.findings.info(line, "virtual_column", message);
                }
                let Some(node) = constraint.raw_expr.as_deref() else { return };
                if let Some(text) =
                    self.expression(node, at, (line, &format!("the computation {of}")))
                {
                    self.set(table, column, (line, "generated", text.into()));
                }
            }
            ConstrType::ConstrCheck
            | ConstrType::ConstrPrimary
            | ConstrType::ConstrUnique
            | ConstrType::ConstrForeign => {
                let whole = deferral.on(constraint.clone());
                self.constraint_of((table, Some(column)), &whole, at, line);
            }
            ConstrType::ConstrExclusion | ConstrType::Undefined => {
                self.findings.warning(line, "constraint", format!("a constraint {of} is left out"));
            }
            // NULL says nothing, and the attributes were looked at with what they belong to.
            ConstrType::ConstrNull
            | ConstrType::ConstrAttrDeferrable
            | ConstrType::ConstrAttrNotDeferrable
            | ConstrType::ConstrAttrDeferred
            | ConstrType::ConstrAttrImmediate
            | ConstrType::ConstrAttrEnforced
            | ConstrType::ConstrAttrNotEnforced => {}
        }
    }

    /// Sets a key of a column.
    pub(super) fn set(
        &mut self,
        table: &str,
        column: &str,
        (line, key, value): (usize, &'static str, serde_json::Value),
    ) {
        if let Some(part) = self.table_named(table).and_then(|table| table.column(column)) {
            part.set(line, key, value);
        }
    }

    /// A default, or its absence.
    pub(super) fn default(
        &mut self,
        table: &str,
        column: &str,
        node: Option<&Node>,
        (at, line): (At<'_>, usize),
    ) {
        if let Some(part) = self.table_named(table).and_then(|table| table.column(column)) {
            part.object.remove("default");
        }
        let Some(node) = node else { return };
        if self.takes_number(node, (table, column), (line, at.here)) {
            return;
        }
        let what = format!("the default of `{table}.{column}`");
        if let Some(text) = self.expression(node, at, (line, &what)) {
            self.set(table, column, (line, "default", text.into()));
        }
    }

    pub(super) fn identity(
        &mut self,
        table: &str,
        column: &str,
        constraint: &Constraint,
        line: usize,
    ) {
        let word = if constraint.generated_when == "a" { "always" } else { "byDefault" };
        self.set(table, column, (line, "identity", word.into()));
        self.identity_options(&constraint.options, line, &format!("{table}.{column}"));
    }
}

/// Tables that cannot come in as tables of their own.
fn refused(
    statement: &CreateStmt,
    persistence: &str,
    attached: bool,
) -> Option<(&'static str, &'static str)> {
    if attached || statement.partbound.is_some() {
        return Some(("partition", "it is a partition of another table"));
    }
    if statement.of_typename.is_some() {
        return Some(("typed_table", "its columns are those of a type"));
    }
    (persistence == "t").then_some(("temporary", "it is temporary"))
}
