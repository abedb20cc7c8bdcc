//! Primary keys, uniques, checks, foreign keys, exclusions.

use pg_query::NodeEnum;
use pg_query::protobuf::{ConstrType, Constraint, IndexElem, Node};
use serde_json::{Value, json};

use super::draft::Part;
use super::names::{Qualified, list, text, texts};
use super::reader::{At, Reader};
use super::types::as_constraint;

/// When a column's constraints are checked; their attributes are written after them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Deferral {
    deferrable: bool,
    deferred: bool,
}

impl Deferral {
    pub(super) fn of_attributes(constraints: &[Node]) -> Self {
        let has = |wanted: ConstrType| {
            constraints.iter().filter_map(as_constraint).any(|found| found.contype() == wanted)
        };
        let deferred = has(ConstrType::ConstrAttrDeferred);
        Self { deferrable: deferred || has(ConstrType::ConstrAttrDeferrable), deferred }
    }

    pub(super) fn on(self, mut constraint: Constraint) -> Constraint {
        // Checks know no other time than at once.
        if constraint.contype() != ConstrType::ConstrCheck {
            constraint.deferrable |= self.deferrable;
            constraint.initdeferred |= self.deferred;
        }
        constraint
    }
}

impl Reader {
    pub(super) fn table_constraint(
        &mut self,
        table: &str,
        constraint: &Constraint,
        at: At<'_>,
        line: usize,
    ) {
        self.constraint_of((table, None), constraint, at, line);
    }

    /// A constraint of a table, or one written on a column.
    pub(super) fn constraint_of(
        &mut self,
        (table, column): (&str, Option<&str>),
        constraint: &Constraint,
        at: At<'_>,
        line: usize,
    ) {
        let name = constraint.conname.as_str();
        match constraint.contype() {
            ConstrType::ConstrPrimary | ConstrType::ConstrUnique => {
                self.key((table, column), constraint, line);
            }
            ConstrType::ConstrCheck => self.check(table, constraint, at, line),
            ConstrType::ConstrForeign => self.foreign_key((table, column), constraint, at, line),
            ConstrType::ConstrExclusion => self.exclusion(table, constraint, at, line),
            ConstrType::ConstrNotnull => {
                for column in texts(&constraint.keys) {
                    self.set(table, column, (line, "notNull", true.into()));
                }
            }
            ConstrType::Undefined
            | ConstrType::ConstrNull
            | ConstrType::ConstrDefault
            | ConstrType::ConstrIdentity
            | ConstrType::ConstrGenerated
            | ConstrType::ConstrAttrDeferrable
            | ConstrType::ConstrAttrNotDeferrable
            | ConstrType::ConstrAttrDeferred
            | ConstrType::ConstrAttrImmediate
            | ConstrType::ConstrAttrEnforced
            | ConstrType::ConstrAttrNotEnforced => {
                let message = format!("the constraint `{name}` of `{table}` is left out");
                self.findings.warning(line, "constraint", message);
            }
        }
    }

    fn key(&mut self, (table, column): (&str, Option<&str>), constraint: &Constraint, line: usize) {
        let name = constraint.conname.as_str();
        if constraint.without_overlaps {
            let message =
                format!("the key `{name}` of `{table}` is left out: it is one WITHOUT OVERLAPS");
            return self.findings.warning(line, "without_overlaps", message);
        }
        let Some(found) = self.table_named(table) else { return };
        let mut columns: Vec<Value> = column.into_iter().map(Value::from).collect();
        columns.extend(texts(&constraint.keys).into_iter().map(Value::from));
        if !constraint.indexname.is_empty() {
            let at = found.indexes.iter().position(|index| index.name() == constraint.indexname);
            match at
                .map(|at| found.indexes.remove(at))
                .and_then(|mut index| index.object.remove("columns"))
            {
                Some(Value::Array(keys)) => columns = keys,
                _ => columns.clear(),
            }
        }
        let include: Vec<&str> = texts(&constraint.including);
        let part = Part::named(line, name)
            .with("columns", Some(columns))
            .with("include", (!include.is_empty()).then_some(include))
            .with("nullsNotDistinct", constraint.nulls_not_distinct.then_some(true))
            .with("deferrable", deferrable(constraint));
        match (constraint.contype() == ConstrType::ConstrPrimary, &found.primary_key) {
            (false, _) => found.uniques.push(part),
            (true, None) => found.primary_key = Some(part),
            (true, Some(_)) => {
                let message =
                    format!("`{table}` has a primary key already; the second is left out");
                self.findings.warning(line, "two_primary_keys", message);
            }
        }
    }

    fn check(&mut self, table: &str, constraint: &Constraint, at: At<'_>, line: usize) {
        let name = constraint.conname.as_str();
        let Some(node) = constraint.raw_expr.as_deref() else { return };
        let what = titled("check", name, table);
        let Some(text) = self.expression(node, at, (line, &what)) else { return };
        self.validity(constraint, line, &what);
        if constraint.is_no_inherit {
            self.findings.info(line, "no_inherit", format!("{what} is for inheriting tables too"));
        }
        let part = Part::named(line, name).with("expression", Some(text));
        if let Some(table) = self.table_named(table) {
            table.checks.push(part);
        }
    }

    /// A constraint that old rows may break is one that all rows keep here.
    fn validity(&mut self, constraint: &Constraint, line: usize, what: &str) {
        if constraint.skip_validation && constraint.is_enforced {
            self.findings.info(
                line,
                "not_valid",
                format!("{what} is NOT VALID; here all rows must keep it"),
            );
        }
        if !constraint.is_enforced {
            self.findings.warning(
                line,
                "not_enforced",
                format!("{what} is NOT ENFORCED; here it is"),
            );
        }
    }

    fn foreign_key(
        &mut self,
        (table, column): (&str, Option<&str>),
        constraint: &Constraint,
        at: At<'_>,
        line: usize,
    ) {
        let name = constraint.conname.as_str();
        let what = titled("foreign key", name, table);
        let Some(target) = &constraint.pktable else { return };
        let target = Qualified::of(target, at.here);
        if self.own(&target).is_none()
            || self.left_out.contains(&target)
            || constraint.fk_with_period
        {
            let message = format!("{what} is left out: `{}` does not come in", target.name);
            return self.findings.warning(line, "foreign_key", message);
        }
        if constraint.fk_matchtype == "f" {
            self.findings.warning(
                line,
                "match_full",
                format!("{what} is MATCH FULL; here it is MATCH SIMPLE"),
            );
        }
        if !constraint.fk_del_set_cols.is_empty() {
            self.findings.warning(
                line,
                "set_columns",
                format!("{what} sets some of its columns; here it sets all"),
            );
        }
        self.validity(constraint, line, &what);
        let from: Vec<&str> = column.into_iter().chain(texts(&constraint.fk_attrs)).collect();
        let to = texts(&constraint.pk_attrs);
        let to = match to.is_empty() {
            true => json!({ "table": target.name }),
            false => json!({ "table": target.name, "columns": to }),
        };
        let part = Part::named(line, name)
            .with("from", Some(json!({ "table": table, "columns": from })))
            .with("to", Some(to))
            .with("onDelete", action(&constraint.fk_del_action))
            .with("onUpdate", action(&constraint.fk_upd_action))
            .with("deferrable", deferrable(constraint));
        self.draft.relationships.push(part);
    }

    fn exclusion(&mut self, table: &str, constraint: &Constraint, at: At<'_>, line: usize) {
        let name = constraint.conname.as_str();
        let what = titled("exclusion", name, table);
        let mut elements = Vec::new();
        for pair in &constraint.exclusions {
            let Some(NodeEnum::List(pair)) = &pair.node else { continue };
            let [element, operator] = pair.items.as_slice() else { continue };
            let Some(NodeEnum::IndexElem(element)) = &element.node else { continue };
            let Some(mut part) = self.exclusion_element(element, at, (line, &what)) else { return };
            if let Some(operator) = list(operator).last() {
                part = part.with("operator", Some(*operator));
            }
            elements.push(Value::Object(part.object));
        }
        let predicate = match constraint.where_clause.as_deref() {
            None => None,
            Some(node) => match self.expression(node, at, (line, &what)) {
                None => return,
                found => found,
            },
        };
        let method = Some(constraint.access_method.as_str())
            .filter(|method| *method != "gist" && !method.is_empty());
        let part = Part::named(line, name)
            .with("method", method)
            .with("elements", Some(elements))
            .with("where", predicate)
            .with("deferrable", deferrable(constraint));
        if let Some(table) = self.table_named(table) {
            table.exclusions.push(part);
        }
    }

    fn exclusion_element(
        &mut self,
        element: &IndexElem,
        at: At<'_>,
        place: (usize, &str),
    ) -> Option<Part> {
        let part = match element.expr.as_deref() {
            None => Part::new(place.0).with("column", Some(element.name.as_str())),
            Some(node) => {
                Part::new(place.0).with("expression", Some(self.expression(node, at, place)?))
            }
        };
        Some(part.with("operatorClass", element.opclass.last().and_then(text)))
    }
}

/// What a person calls a constraint, which need not have a name.
pub(super) fn titled(kind: &str, name: &str, table: &str) -> String {
    match name {
        "" => format!("the {kind} of `{table}`"),
        name => format!("the {kind} `{name}` of `{table}`"),
    }
}

fn action(letter: &str) -> Option<&'static str> {
    match letter {
        "r" => Some("restrict"),
        "c" => Some("cascade"),
        "n" => Some("setNull"),
        "d" => Some("setDefault"),
        _ => None,
    }
}

fn deferrable(constraint: &Constraint) -> Option<&'static str> {
    match (constraint.deferrable || constraint.initdeferred, constraint.initdeferred) {
        (_, true) => Some("initiallyDeferred"),
        (true, false) => Some("initiallyImmediate"),
        (false, false) => None,
    }
}
