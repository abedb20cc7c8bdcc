//! CREATE INDEX.

use pg_query::NodeEnum;
use pg_query::protobuf::{IndexElem, IndexStmt, SortByDir, SortByNulls};
use serde_json::Value;

use super::constraints::titled;
use super::draft::Part;
use super::names::text;
use super::reader::{At, Reader};

/// Where a finding about an index points.
type Place<'a> = (usize, &'a str);

impl Reader {
    pub(super) fn index(&mut self, statement: &IndexStmt, at: At<'_>) {
        let Some(table) = self.table(statement.relation.as_ref(), at, at.line) else { return };
        let table = table.name().to_owned();
        let name = statement.idxname.as_str();
        let what = titled("index", name, &table);
        let place = (at.line, what.as_str());
        let mut keys = Vec::new();
        for element in &statement.index_params {
            let Some(NodeEnum::IndexElem(element)) = &element.node else { continue };
            let Some(key) = self.index_key(element, at, place) else { return };
            keys.push(key);
        }
        let predicate = match statement.where_clause.as_deref() {
            None => None,
            Some(node) => match self.expression(node, at, place) {
                None => return,
                found => found,
            },
        };
        if !statement.options.is_empty() || !statement.table_space.is_empty() {
            let message = "how an index is stored is no part of a definition";
            self.findings.tally(at.line, "index_storage", message);
        }
        let include: Vec<&str> = statement
            .index_including_params
            .iter()
            .filter_map(|node| match &node.node {
                Some(NodeEnum::IndexElem(element)) => Some(element.name.as_str()),
                _ => None,
            })
            .collect();
        let method = Some(statement.access_method.as_str())
            .filter(|method| !method.is_empty() && *method != "btree");
        let part = Part::named(at.line, name)
            .with("method", method)
            .with("columns", Some(keys))
            .with("unique", statement.unique.then_some(true))
            .with("nullsNotDistinct", statement.nulls_not_distinct.then_some(true))
            .with("where", predicate)
            .with("include", (!include.is_empty()).then_some(include));
        if let Some(table) = self.table_named(&table) {
            table.indexes.push(part);
        }
    }

    fn index_key(&mut self, element: &IndexElem, at: At<'_>, place: Place<'_>) -> Option<Value> {
        let (line, what) = place;
        if !element.opclassopts.is_empty() {
            let message = format!("{what} has options of an operator class, which are left out");
            self.findings.warning(line, "operator_class_options", message);
        }
        let order = (element.ordering() == SortByDir::SortbyDesc).then_some("desc");
        let nulls = match element.nulls_ordering() {
            SortByNulls::SortbyNullsFirst => Some("first"),
            SortByNulls::SortbyNullsLast => Some("last"),
            SortByNulls::SortbyNullsDefault | SortByNulls::Undefined => None,
        };
        let part = match element.expr.as_deref() {
            None => Part::new(line).with("column", Some(element.name.as_str())),
            Some(node) => {
                Part::new(line).with("expression", Some(self.expression(node, at, place)?))
            }
        };
        let part = part
            .with("order", order)
            .with("nulls", nulls)
            .with("collation", element.collation.last().and_then(text))
            .with("operatorClass", element.opclass.last().and_then(text));
        let plain = part.object.len() == 1 && element.expr.is_none();
        Some(if plain { Value::from(element.name.as_str()) } else { Value::Object(part.object) })
    }
}
