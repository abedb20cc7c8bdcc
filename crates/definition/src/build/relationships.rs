//! Foreign keys.

use std::collections::BTreeSet;

use super::Builder;
use super::constraints::{deferrable, plain_key};
use super::naming::{Thing, checked};
use crate::column_type::{ColumnType, Family};
use crate::document::raw::{RawDocument, RawEnd, RawReference, RawRelationship};
use crate::model::{Deferrable, ReferentialAction, Relationship, RelationshipEnd};
use crate::name::Name;
use crate::problem::Path;

impl Builder<'_> {
    pub(super) fn relationships(&mut self, raw: &RawDocument) {
        let list = Path::root().key("relationships");
        let listed = || {
            raw.relationships
                .iter()
                .enumerate()
                .map(|(position, item)| (item, list.index(position)))
        };
        let many = |item: &RawRelationship| item.r#type.as_deref() == Some("manyToMany");
        for (item, path) in listed().filter(|(item, _)| !many(item)) {
            self.relationship(item, &path);
        }
        for (position, table) in raw.tables.iter().enumerate() {
            let columns = Path::root().key("tables").index(position).key("columns");
            for (position, column) in table.columns.iter().enumerate() {
                if let (Some(reference), Some(from), Some(name)) =
                    (&column.references, &table.name, &column.name)
                {
                    let path = columns.index(position).key("references");
                    let mark = self.problems.mark();
                    self.relationship(&spelled_out(reference, from, name), &path);
                    self.problems.moved_since(mark, shorthand_place);
                }
            }
        }
        // Junctions last: a junction that the document spells out already has its keys.
        for (item, path) in listed().filter(|(item, _)| many(item)) {
            self.many_to_many(item, &path);
        }
        self.actions();
    }

    /// Looks at actions when all is there: a junction's key makes columns refuse NULL.
    fn actions(&mut self) {
        // Lent, so that findings can be added meanwhile.
        let relationships = std::mem::take(&mut self.definition.relationships);
        let places = std::mem::take(&mut self.places.relationships);
        for (relationship, path) in relationships.iter().zip(&places) {
            self.actions_fit(relationship, path);
        }
        self.definition.relationships = relationships;
        self.places.relationships = places;
    }

    pub(super) fn relationship(&mut self, raw: &RawRelationship, path: &Path) {
        if raw.through.is_some() {
            let message = "only a many-to-many relationship goes through another table";
            self.problems.error("conflicting_value", &path.key("through"), message);
        }
        let Some(from) = self.referencing(&raw.from, path) else { return };
        let Some(to) = self.referenced(&raw.to, path) else { return };
        if from.columns.len() != to.columns.len() {
            let message =
                format!("{} columns cannot refer to {}", from.columns.len(), to.columns.len());
            self.problems.error("key_size_mismatch", path, message);
            return;
        }
        let name = match &raw.name {
            Some(name) => checked(Some(name), Thing::Constraint, path, &mut self.problems),
            None => Some(self.relationship_name(&from)),
        };
        let Some(name) = name else { return };
        // So that no name made up later is this one.
        self.constraints.entry(from.table.clone()).or_default().take(&name);
        let relationship = Relationship {
            name,
            from,
            to,
            on_delete: action(raw.on_delete.as_deref()),
            on_update: action(raw.on_update.as_deref()),
            deferrable: deferrable(raw.deferrable.as_deref()),
        };
        self.types_match(&relationship, path);
        self.target_is_a_key(&relationship, path);
        if raw.r#type.as_deref() == Some("oneToOne") {
            self.make_unique(&relationship.from);
        }
        self.definition.relationships.push(relationship);
        self.places.relationships.push(path.clone());
    }

    fn referencing(&mut self, raw: &RawEnd, path: &Path) -> Option<RelationshipEnd> {
        let path = path.key("from");
        let table = self.end_table(raw, &path)?;
        if raw.columns.is_empty() {
            self.problems.error(
                "empty_key",
                &path.key("columns"),
                "a foreign key needs at least one column",
            );
            return None;
        }
        self.end(table, &raw.columns, &path)
    }

    /// The referenced columns; the primary key when none are named.
    fn referenced(&mut self, raw: &RawEnd, path: &Path) -> Option<RelationshipEnd> {
        let path = path.key("to");
        let table = self.end_table(raw, &path)?;
        if !raw.columns.is_empty() {
            return self.end(table, &raw.columns, &path);
        }
        match self.built(table.as_str()).and_then(|table| table.primary_key.clone()) {
            Some(key) => Some(RelationshipEnd { table, columns: key.columns }),
            None => {
                let message = format!("`{table}` has no primary key to refer to");
                self.problems
                    .error("target_not_unique", &path, message)
                    .with_hint("Name the columns of a unique constraint.");
                None
            }
        }
    }

    fn end_table(&mut self, raw: &RawEnd, path: &Path) -> Option<Name> {
        let written = raw.table.as_deref()?;
        if !self.tables.contains(written) && self.built(written).is_none() {
            self.unknown_table(written, &path.key("table"));
            return None;
        }
        // A table that is named but unsound has its own problems already.
        self.built(written).map(|table| table.name.clone())
    }

    fn end(&mut self, table: Name, written: &[String], path: &Path) -> Option<RelationshipEnd> {
        let known: Vec<Name> =
            self.built(table.as_str())?.columns.iter().map(|column| column.name.clone()).collect();
        let list = path.key("columns");
        let mut columns = Vec::new();
        for (position, name) in written.iter().enumerate() {
            match known.iter().find(|known| known.as_str() == name) {
                Some(_) if written[..position].contains(name) => {
                    self.problems.error(
                        "duplicate_column",
                        &list.index(position),
                        format!("`{name}` is listed twice"),
                    );
                }
                Some(found) => columns.push(found.clone()),
                None if Name::new(name).is_some_and(|name| {
                    self.places.columns.contains_key(&(table.clone(), name))
                }) => {}
                None => self.unknown_column(
                    name,
                    table.as_str(),
                    known.iter().map(Name::as_str),
                    &list.index(position),
                ),
            }
        }
        (columns.len() == written.len()).then_some(RelationshipEnd { table, columns })
    }

    fn relationship_name(&mut self, from: &RelationshipEnd) -> Name {
        let parts: Vec<&str> =
            std::iter::once(&from.table).chain(&from.columns).map(Name::as_str).collect();
        self.constraints.entry(from.table.clone()).or_default().make(&parts, "fkey")
    }

    fn types_match(&mut self, relationship: &Relationship, path: &Path) {
        let types = |end: &RelationshipEnd| -> Vec<ColumnType> {
            let table = self.built(end.table.as_str());
            let columns = end
                .columns
                .iter()
                .filter_map(|name| table.and_then(|table| table.column(name.as_str())));
            columns.map(|column| column.data_type.clone()).collect()
        };
        let pairs: Vec<_> =
            types(&relationship.from).into_iter().zip(types(&relationship.to)).collect();
        for (position, (from, to)) in pairs.into_iter().enumerate() {
            if !comparable(&from, &to) {
                let (ours, theirs) =
                    (&relationship.from.columns[position], &relationship.to.columns[position]);
                let message = format!(
                    "`{ours}` is `{from}`, but `{}.{theirs}` is `{to}`",
                    relationship.to.table
                );
                self.problems
                    .error("type_mismatch", path, message)
                    .with_hint("Give both the same type.");
            }
        }
    }

    fn target_is_a_key(&mut self, relationship: &Relationship, path: &Path) {
        let Some(table) = self.built(relationship.to.table.as_str()) else { return };
        let wanted: BTreeSet<&Name> = relationship.to.columns.iter().collect();
        let mut keys = table.primary_key.iter().chain(&table.uniques);
        let matching = keys.find(|key| key.columns.iter().collect::<BTreeSet<_>>() == wanted);
        match matching {
            Some(key) if key.deferrable == Deferrable::No => {}
            Some(key) => {
                let message = format!("`{}` is deferrable, so nothing can refer to it", key.name);
                self.problems.error("target_not_unique", &path.key("to"), message);
            }
            None => {
                let columns =
                    relationship.to.columns.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
                let message =
                    format!("`{}` ({columns}) is neither a primary key nor unique", table.name);
                self.problems
                    .error("target_not_unique", &path.key("to"), message)
                    .with_hint("Refer to the primary key, or make the columns unique.");
            }
        }
    }

    /// PostgreSQL cannot write computed columns, so no action may need to.
    fn actions_fit(&mut self, relationship: &Relationship, path: &Path) {
        use ReferentialAction::{Cascade, SetDefault, SetNull};
        let Some(table) = self.built(relationship.from.table.as_str()) else { return };
        let columns: Vec<_> = relationship
            .from
            .columns
            .iter()
            .filter_map(|name| table.column(name.as_str()))
            .cloned()
            .collect();
        let computed = columns.iter().find(|column| column.generated.is_some());
        let writes = matches!(relationship.on_delete, SetNull | SetDefault)
            || matches!(relationship.on_update, Cascade | SetNull | SetDefault);
        if let (Some(column), true) = (computed, writes) {
            let message = format!("`{}` is computed, so no action can set it", column.name);
            self.problems.error("generated_column", path, message);
        }
        let nulls = [(relationship.on_delete, "onDelete"), (relationship.on_update, "onUpdate")];
        for (_, key) in nulls.into_iter().filter(|(action, _)| *action == SetNull) {
            if let Some(column) = columns.iter().find(|column| column.not_null) {
                let message = format!("would set `{}` to NULL, which it refuses", column.name);
                self.problems
                    .error("set_null_on_not_null", &path.key(key), message)
                    .with_hint("Drop `notNull`, or choose another action.");
            }
        }
    }

    /// One-to-one: no two rows refer to the same one.
    fn make_unique(&mut self, from: &RelationshipEnd) {
        let Some(&position) = self.positions.get(&from.table) else { return };
        let wanted: BTreeSet<&Name> = from.columns.iter().collect();
        let table = &self.definition.tables[position];
        let mut keys = table.primary_key.iter().chain(&table.uniques);
        if keys.any(|key| key.columns.iter().collect::<BTreeSet<_>>() == wanted) {
            return;
        }
        let parts: Vec<&str> =
            std::iter::once(&from.table).chain(&from.columns).map(Name::as_str).collect();
        let name = self.relations.make(&parts, "key");
        let key = plain_key(name, from.columns.clone());
        self.definition.tables[position].uniques.push(key);
    }
}

/// A column's short form as a relationship of its own.
fn spelled_out(reference: &RawReference, table: &str, column: &str) -> RawRelationship {
    RawRelationship {
        name: reference.name.clone(),
        r#type: None,
        from: RawEnd { table: Some(table.to_owned()), columns: vec![column.to_owned()] },
        to: RawEnd {
            table: reference.table.clone(),
            columns: reference.column.iter().cloned().collect(),
        },
        through: None,
        on_delete: reference.on_delete.clone(),
        on_update: reference.on_update.clone(),
        deferrable: reference.deferrable.clone(),
    }
}

/// Where a finding about the spelled-out form stands in the short one.
fn shorthand_place(path: &str) -> String {
    let place = path.strip_suffix(".to.table").map(|place| format!("{place}.table"));
    let place = place
        .or_else(|| path.strip_suffix(".to.columns[0]").map(|place| format!("{place}.column")));
    let end =
        |place: &str| place.strip_suffix(".to").or(place.strip_suffix(".from")).map(str::to_owned);
    place.or_else(|| end(path)).unwrap_or_else(|| path.to_owned())
}

fn action(word: Option<&str>) -> ReferentialAction {
    let found = ReferentialAction::ALL.iter().find(|(known, _)| Some(*known) == word);
    found.map_or(ReferentialAction::NoAction, |(_, action)| *action)
}

/// Whether PostgreSQL has an equality between the two that a foreign key can use.
fn comparable(left: &ColumnType, right: &ColumnType) -> bool {
    if left.array || right.array || left.enum_name().is_some() || right.enum_name().is_some() {
        return left == right;
    }
    match (left.scalar(), right.scalar()) {
        (Some(left), Some(right)) => {
            let alike = [Family::Integer, Family::Text].contains(&left.family())
                && left.family() == right.family();
            left == right || alike
        }
        _ => false,
    }
}
