//! Primary keys, uniques, checks.

use std::borrow::Cow;

use super::naming::{Thing, checked};
use super::tables::Draft;
use super::{Builder, Site, chosen};
use crate::document::raw::{RawCheck, RawUnique, Text, TextsOr};
use crate::expression::{Expression, Place};
use crate::model::{Check, Deferrable, Key};
use crate::name::Name;
use crate::path::{Path, Spot};

/// A key as a document writes it, in one of several ways.
#[derive(Clone, Copy, Default)]
struct Written<'r> {
    name: Option<&'r Text<'r>>,
    columns: &'r [Text<'r>],
    include: &'r [Text<'r>],
    nulls_not_distinct: bool,
    deferrable: Option<&'r Text<'r>>,
}

impl<'r> Written<'r> {
    fn plain(columns: &'r [Text<'r>]) -> Self {
        Self { columns, ..Self::default() }
    }

    fn unique(raw: &'r RawUnique<'r>) -> Self {
        Self {
            name: raw.name.as_ref(),
            columns: &raw.columns,
            include: &raw.include,
            nulls_not_distinct: raw.nulls_not_distinct,
            deferrable: raw.deferrable.as_ref(),
        }
    }

    fn primary(raw: &'r TextsOr<'r, crate::document::raw::RawPrimaryKey<'r>>) -> Self {
        match raw {
            TextsOr::Texts(columns) => Self::plain(columns),
            TextsOr::Object(key) => Self {
                name: key.name.as_ref(),
                columns: &key.columns,
                include: &key.include,
                nulls_not_distinct: false,
                deferrable: key.deferrable.as_ref(),
            },
        }
    }
}

impl Builder<'_> {
    pub(super) fn primary_key(&mut self, draft: &mut Draft<'_>) -> Option<Key> {
        let columns = draft.raw.columns.iter().filter(|column| column.primary_key);
        let flagged: Vec<Text<'_>> =
            columns.filter_map(|column| column.name.as_deref().map(Cow::Borrowed)).collect();
        let spot = Spot::PrimaryKey(draft.position);
        let written = match (&draft.raw.primary_key, flagged.as_slice()) {
            (None, []) => return None,
            (None, [_]) => Written::plain(&flagged),
            (None, _) => {
                let message =
                    format!("{} columns are each marked as the primary key", flagged.len());
                self.problems.error("two_primary_keys", &draft.path(), message).with_hint(format!(
                    "A key of several columns is written on the table: \"primaryKey\": {flagged:?}."
                ));
                return None;
            }
            (Some(key), flagged) => {
                let key = Written::primary(key);
                if flagged.iter().any(|name| !key.columns.contains(name)) {
                    let message =
                        "the table's primary key and a column's flag name different columns";
                    self.problems.error("two_primary_keys", &spot.path(), message);
                }
                key
            }
        };
        let key = self.key(draft, written, spot, (&[], "pkey"))?;
        for name in &key.columns {
            if let Some(position) = draft.places.get(name).and_then(|place| place.built) {
                draft.columns[position].not_null = true;
            }
        }
        Some(key)
    }

    pub(super) fn uniques(&mut self, draft: &mut Draft<'_>) -> Vec<Key> {
        let mut keys = Vec::new();
        let raw = draft.raw;
        for (position, unique) in raw.uniques.iter().enumerate() {
            let spot = draft.item("uniques", position);
            keys.extend(self.unique(draft, Written::unique(unique), spot));
        }
        for (position, column) in raw.columns.iter().enumerate() {
            if let (true, Some(name)) = (column.unique, &column.name) {
                let spot = Spot::Short(draft.position, position, "unique");
                let mark = self.problems.mark();
                let written = Written::plain(std::slice::from_ref(name));
                keys.extend(self.unique(draft, written, spot));
                self.problems.moved_since(mark, |_| spot.to_string());
            }
        }
        keys
    }

    fn unique(&mut self, draft: &mut Draft<'_>, written: Written<'_>, spot: Spot) -> Option<Key> {
        let parts: Vec<&str> = written.columns.iter().map(|name| &**name).collect();
        self.key(draft, written, spot, (&parts, "key"))
    }

    /// A key; one without a name gets one of the parts and the suffix.
    fn key(
        &mut self,
        draft: &mut Draft<'_>,
        written: Written<'_>,
        spot: Spot,
        (parts, suffix): (&[&str], &str),
    ) -> Option<Key> {
        let path = spot.path();
        let columns = self.key_columns(draft, written.columns, &path)?;
        let include = self.included(draft, written.include, &path)?;
        let name = match written.name {
            Some(name) => checked(Some(name), Thing::Constraint, &path, &mut self.problems)?,
            None => {
                let parts: Vec<&str> =
                    std::iter::once(draft.name.as_str()).chain(parts.iter().copied()).collect();
                self.relations.make(&parts, suffix)
            }
        };
        self.take_constraint(draft, &name, &path);
        self.places.relations.insert(name.clone(), spot);
        Some(Key {
            name,
            columns,
            include,
            nulls_not_distinct: written.nulls_not_distinct,
            deferrable: chosen(&Deferrable::ALL, written.deferrable).unwrap_or_default(),
        })
    }

    /// The columns of a key: at least one, each once, each of a type that can be compared.
    pub(super) fn key_columns(
        &mut self,
        draft: &Draft<'_>,
        written: &[Text<'_>],
        path: &Path<'_>,
    ) -> Option<Vec<Name>> {
        let list = path.key("columns");
        if written.is_empty() {
            self.problems.error("empty_key", &list, "a key needs at least one column");
            return None;
        }
        let mut names = Vec::with_capacity(written.len());
        for (position, name) in written.iter().enumerate() {
            let at = list.index(position);
            // What is no text was reported by its shape.
            if name.is_empty() {
                continue;
            }
            if written[..position].contains(name) {
                self.problems.error("duplicate_column", &at, format!("`{name}` is listed twice"));
                continue;
            }
            match draft.column(name) {
                Some(column) if !column.data_type.is_ordered() => {
                    let message = format!(
                        "`{name}` is `{}`, which PostgreSQL cannot compare",
                        column.data_type
                    );
                    self.problems.error("type_not_comparable", &at, message);
                }
                Some(column) => names.push(column.name.clone()),
                // A column that is there but unsound has its own problem already.
                None if draft.names(name) => {}
                None => self.unknown_column(name, draft.name.as_str(), draft.column_names(), &at),
            }
        }
        (names.len() == written.len()).then_some(names)
    }

    pub(super) fn checks(&mut self, draft: &mut Draft<'_>) -> Vec<Check> {
        let raw = draft.raw;
        for name in raw.checks.iter().filter_map(|raw| raw.name.as_deref().and_then(Name::new)) {
            draft.constraints.reserve(name);
        }
        let mut checks = Vec::new();
        for (position, check) in raw.checks.iter().enumerate() {
            let path = draft.item("checks", position).path();
            checks.extend(self.check(draft, check, &path));
        }
        for (position, column) in raw.columns.iter().enumerate() {
            if let (Some(name), Some(text)) = (&column.name, &column.check) {
                let path = draft.item("columns", position).path();
                checks.extend(self.column_check(draft, (name, text), &path));
            }
        }
        checks
    }

    fn check(
        &mut self,
        draft: &mut Draft<'_>,
        raw: &RawCheck<'_>,
        path: &Path<'_>,
    ) -> Option<Check> {
        let text = raw.expression.as_deref()?;
        let site = Site::of(Place::Check, draft);
        let expression = self.expression(text, &site, &path.key("expression"))?;
        let name = match &raw.name {
            Some(name) => {
                let name = checked(Some(name), Thing::Constraint, path, &mut self.problems)?;
                self.take_constraint(draft, &name, path);
                name
            }
            None => made_for_check(draft, &expression),
        };
        Some(Check { name, expression })
    }

    fn column_check(
        &mut self,
        draft: &mut Draft<'_>,
        (column, text): (&str, &str),
        path: &Path<'_>,
    ) -> Option<Check> {
        let site = Site::of(Place::Check, draft);
        let expression = self.expression(text, &site, &path.key("check"))?;
        let name = draft.constraints.make(&[draft.name.as_str(), column], "check");
        Some(Check { name, expression })
    }

    /// Takes a constraint's name in its table.
    pub(super) fn take_constraint(&mut self, draft: &mut Draft<'_>, name: &Name, path: &Path<'_>) {
        if !draft.constraints.take(name) {
            let message = format!("`{}` has two constraints called `{name}`", draft.name);
            self.problems.error("duplicate_name", &path.key("name"), message);
        }
    }
}

/// `table_column_check` when it concerns one column, else `table_check`, as PostgreSQL does.
fn made_for_check(draft: &mut Draft<'_>, expression: &Expression) -> Name {
    let reads = expression.columns();
    let only = reads.iter().next().filter(|_| reads.len() == 1);
    let parts: Vec<&str> = std::iter::once(draft.name.as_str()).chain(only.copied()).collect();
    draft.constraints.make(&parts, "check")
}

/// A key of these columns and nothing else.
pub(super) fn plain_key(name: Name, columns: Vec<Name>) -> Key {
    Key {
        name,
        columns,
        include: Vec::new(),
        nulls_not_distinct: false,
        deferrable: Deferrable::No,
    }
}
