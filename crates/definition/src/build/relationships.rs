//! Foreign keys.

use std::borrow::Cow;

use super::constraints::plain_key;
use super::indexes::same_set;
use super::naming::{Thing, checked};
use super::{Builder, chosen};
use crate::column_type::{ColumnType, Family};
use crate::document::raw::{RawDocument, RawEnd, RawReference, RawRelationship, Text};
use crate::model::{
    Column, Deferrable, Key, ReferentialAction, Relationship, RelationshipEnd, Table,
};
use crate::name::Name;
use crate::path::{Path, Spot};

impl Builder<'_> {
    pub(super) fn relationships(&mut self, raw: &RawDocument<'_>) {
        let many = |item: &RawRelationship<'_>| item.r#type.as_deref() == Some("manyToMany");
        for (position, item) in raw.relationships.iter().enumerate() {
            if !many(item) {
                self.relationship(item, Spot::Relationship(position));
            }
        }
        for (position, table) in raw.tables.iter().enumerate() {
            for (column_position, column) in table.columns.iter().enumerate() {
                if let (Some(reference), Some(from), Some(name)) =
                    (&column.references, &table.name, &column.name)
                {
                    let spot = Spot::Short(position, column_position, "references");
                    let mark = self.problems.mark();
                    self.relationship(&spelled_out(reference, from, name), spot);
                    self.problems.moved_since(mark, shorthand_place);
                }
            }
        }
        // Junctions last: a junction that the document spells out already has its keys.
        for (position, item) in raw.relationships.iter().enumerate() {
            if many(item) {
                self.many_to_many(item, position);
            }
        }
        self.actions();
    }

    /// Looks at actions when all is there: a junction's key makes columns refuse NULL.
    fn actions(&mut self) {
        // Lent, so that findings can be added meanwhile.
        let relationships = std::mem::take(&mut self.definition.relationships);
        let places = std::mem::take(&mut self.places.relationships);
        for (relationship, path) in relationships.iter().zip(&places) {
            self.actions_fit(relationship, &path.path());
        }
        self.definition.relationships = relationships;
        self.places.relationships = places;
    }

    pub(super) fn relationship(&mut self, raw: &RawRelationship<'_>, spot: Spot) {
        let path = &spot.path();
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
            None => self.relationship_name(&from),
        };
        let Some(name) = name else { return };
        if let Some(table) = self.places.position(from.table.as_str()) {
            let place = self.places.known_mut(table);
            // So that no name made up later is this one.
            place.constraints.take(&name);
            place.foreign_keys.push(self.definition.relationships.len());
        }
        let action = |word: &Option<Text<'_>>| {
            chosen(&ReferentialAction::ALL, word.as_ref()).unwrap_or_default()
        };
        let relationship = Relationship {
            name,
            from,
            to,
            on_delete: action(&raw.on_delete),
            on_update: action(&raw.on_update),
            deferrable: chosen(&Deferrable::ALL, raw.deferrable.as_ref()).unwrap_or_default(),
        };
        self.types_match(&relationship, path);
        self.target_is_a_key(&relationship, path);
        if raw.r#type.as_deref() == Some("oneToOne") {
            self.make_unique(&relationship.from);
        }
        self.definition.relationships.push(relationship);
        self.places.relationships.push(spot);
    }

    fn referencing(&mut self, raw: &RawEnd<'_>, path: &Path<'_>) -> Option<RelationshipEnd> {
        let path = path.key("from");
        let table = self.end_table(raw, &path)?;
        if raw.columns.is_empty() {
            let message = "a foreign key needs at least one column";
            self.problems.error("empty_key", &path.key("columns"), message);
            return None;
        }
        self.end(table, &raw.columns, &path)
    }

    /// The referenced columns; the primary key when none are named.
    fn referenced(&mut self, raw: &RawEnd<'_>, path: &Path<'_>) -> Option<RelationshipEnd> {
        let path = path.key("to");
        let table = self.end_table(raw, &path)?;
        if !raw.columns.is_empty() {
            return self.end(table, &raw.columns, &path);
        }
        match self.built(table.as_str()).and_then(|table| table.primary_key.as_ref()) {
            Some(key) => Some(RelationshipEnd { table, columns: key.columns.clone() }),
            None => {
                let message = format!("`{table}` has no primary key to refer to");
                self.problems
                    .error("target_not_unique", &path, message)
                    .with_hint("Name the columns of a unique constraint.");
                None
            }
        }
    }

    fn end_table(&mut self, raw: &RawEnd<'_>, path: &Path<'_>) -> Option<Name> {
        let written = raw.table.as_deref()?;
        let built = self.built(written).map(|table| table.name.clone());
        // A table that is named but unsound has its own problems already.
        if built.is_none() && !self.tables.contains(written) {
            self.unknown_table(written, &path.key("table"));
        }
        built
    }

    fn end(
        &mut self,
        table: Name,
        written: &[Text<'_>],
        path: &Path<'_>,
    ) -> Option<RelationshipEnd> {
        let position = self.places.position(table.as_str())?;
        let list = path.key("columns");
        let mut columns = Vec::with_capacity(written.len());
        for (at, name) in written.iter().enumerate() {
            let path = list.index(at);
            let known = &self.definition.tables[position].columns;
            match self.places.known(position).columns.get(&**name).map(|place| place.built) {
                Some(Some(_)) if written[..at].contains(name) => {
                    let message = format!("`{name}` is listed twice");
                    self.problems.error("duplicate_column", &path, message);
                }
                Some(Some(built)) => columns.push(known[built].name.clone()),
                // A column that is there but unsound has its own problem already.
                Some(None) => {}
                None => {
                    let known: Vec<Name> = known.iter().map(|column| column.name.clone()).collect();
                    let known = known.iter().map(Name::as_str);
                    self.unknown_column(name, table.as_str(), known, &path);
                }
            }
        }
        (columns.len() == written.len()).then_some(RelationshipEnd { table, columns })
    }

    fn relationship_name(&mut self, from: &RelationshipEnd) -> Option<Name> {
        let parts: Vec<&str> =
            std::iter::once(&from.table).chain(&from.columns).map(Name::as_str).collect();
        let table = self.places.position(from.table.as_str())?;
        Some(self.places.known_mut(table).constraints.make(&parts, "fkey"))
    }

    /// The columns of an end.
    fn columns_of<'s>(&'s self, end: &'s RelationshipEnd) -> impl Iterator<Item = &'s Column> {
        let position = self.places.position(end.table.as_str());
        position.into_iter().flat_map(move |position| {
            let (table, places) = (&self.definition.tables[position], self.places.known(position));
            let built = |name: &Name| places.columns.get(name).and_then(|place| place.built);
            end.columns.iter().filter_map(built).map(|column| &table.columns[column])
        })
    }

    fn types_match(&mut self, relationship: &Relationship, path: &Path<'_>) {
        let Relationship { from, to, .. } = relationship;
        let pairs = self.columns_of(from).zip(self.columns_of(to));
        let unlike: Vec<String> = pairs
            .filter(|(ours, theirs)| !comparable(&ours.data_type, &theirs.data_type))
            .map(|(ours, theirs)| {
                let (our_type, their_type) = (&ours.data_type, &theirs.data_type);
                let theirs = format!("`{}.{}` is `{their_type}`", to.table, theirs.name);
                format!("`{}` is `{our_type}`, but {theirs}", ours.name)
            })
            .collect();
        for message in unlike {
            self.problems
                .error("type_mismatch", path, message)
                .with_hint("Give both the same type.");
        }
    }

    fn target_is_a_key(&mut self, relationship: &Relationship, path: &Path<'_>) {
        let Some(table) = self.places.built(&self.definition, relationship.to.table.as_str())
        else {
            return;
        };
        let wanted = &relationship.to.columns;
        match keys(table).find(|key| same_set(&key.columns, wanted)) {
            Some(key) if key.deferrable == Deferrable::No => {}
            Some(key) => {
                let message = format!("`{}` is deferrable, so nothing can refer to it", key.name);
                self.problems.error("target_not_unique", &path.key("to"), message);
            }
            None => {
                let columns = wanted.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
                let message =
                    format!("`{}` ({columns}) is neither a primary key nor unique", table.name);
                self.problems
                    .error("target_not_unique", &path.key("to"), message)
                    .with_hint("Refer to the primary key, or make the columns unique.");
            }
        }
    }

    /// PostgreSQL cannot write computed columns, so no action may need to.
    fn actions_fit(&mut self, relationship: &Relationship, path: &Path<'_>) {
        use ReferentialAction::{Cascade, SetDefault, SetNull};
        let Relationship { from, on_delete, on_update, .. } = relationship;
        let writes = matches!(on_delete, SetNull | SetDefault)
            || matches!(on_update, Cascade | SetNull | SetDefault);
        let computed = self.columns_of(from).find(|column| column.generated.is_some());
        if let (Some(column), true) = (computed, writes) {
            let message = format!("`{}` is computed, so no action can set it", column.name);
            self.problems.error("generated_column", path, message);
        }
        for (action, key) in [(on_delete, "onDelete"), (on_update, "onUpdate")] {
            let refusing = self.columns_of(from).find(|column| column.not_null);
            if let (SetNull, Some(column)) = (action, refusing) {
                let message = format!("would set `{}` to NULL, which it refuses", column.name);
                self.problems
                    .error("set_null_on_not_null", &path.key(key), message)
                    .with_hint("Drop `notNull`, or choose another action.");
            }
        }
    }

    /// One-to-one: no two rows refer to the same one.
    fn make_unique(&mut self, from: &RelationshipEnd) {
        let Some(position) = self.places.position(from.table.as_str()) else { return };
        let table = &mut self.definition.tables[position];
        if keys(table).any(|key| same_set(&key.columns, &from.columns)) {
            return;
        }
        let parts: Vec<&str> =
            std::iter::once(&from.table).chain(&from.columns).map(Name::as_str).collect();
        let name = self.relations.make(&parts, "key");
        table.uniques.push(plain_key(name, from.columns.clone()));
    }
}

/// The primary key and the unique constraints of a table.
fn keys(table: &Table) -> impl Iterator<Item = &Key> {
    table.primary_key.iter().chain(&table.uniques)
}

/// A column's short form as a relationship of its own.
fn spelled_out<'r>(
    reference: &'r RawReference<'_>,
    table: &'r str,
    column: &'r str,
) -> RawRelationship<'r> {
    let lent = |text: &'r Option<Text<'_>>| text.as_deref().map(Cow::Borrowed);
    RawRelationship {
        name: lent(&reference.name),
        from: RawEnd { table: Some(table.into()), columns: vec![column.into()] },
        to: RawEnd {
            table: lent(&reference.table),
            columns: lent(&reference.column).into_iter().collect(),
        },
        on_delete: lent(&reference.on_delete),
        on_update: lent(&reference.on_update),
        deferrable: lent(&reference.deferrable),
        ..RawRelationship::default()
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
