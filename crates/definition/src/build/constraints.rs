//! Primary keys, uniques, checks.

use std::collections::BTreeSet;

use super::naming::{Thing, checked};
use super::tables::Draft;
use super::{Builder, Site};
use crate::document::raw::{RawCheck, RawKey, TextsOr};
use crate::expression::{Expression, Place};
use crate::model::{Check, Deferrable, Key};
use crate::name::Name;
use crate::problem::Path;

impl Builder<'_> {
    pub(super) fn primary_key(&mut self, draft: &mut Draft<'_>) -> Option<Key> {
        let flagged: Vec<String> = draft
            .raw
            .columns
            .iter()
            .filter(|column| column.primary_key)
            .filter_map(|column| column.name.clone())
            .collect();
        let path = draft.path.key("primaryKey");
        let listed = draft.raw.primary_key.clone().map(|key| match key {
            TextsOr::Texts(columns) => RawKey { columns, ..RawKey::default() },
            TextsOr::Object(key) => key,
        });
        let raw = match (listed, flagged.as_slice()) {
            (None, []) => return None,
            (None, [_]) => RawKey { columns: flagged, ..RawKey::default() },
            (None, _) => {
                let message =
                    format!("{} columns are each marked as the primary key", flagged.len());
                self.problems.error("two_primary_keys", &draft.path, message).with_hint(format!(
                    "A key of several columns is written on the table: \"primaryKey\": {flagged:?}."
                ));
                return None;
            }
            (Some(key), flagged) => {
                if flagged.iter().any(|name| !key.columns.contains(name)) {
                    let message =
                        "the table's primary key and a column's flag name different columns";
                    self.problems.error("two_primary_keys", &path, message);
                }
                key
            }
        };
        let key = self.key(draft, &raw, &path, Made { parts: &[], suffix: "pkey" })?;
        for name in &key.columns {
            if let Some(column) = draft.columns.iter_mut().find(|column| column.name == *name) {
                column.not_null = true;
            }
        }
        Some(key)
    }

    pub(super) fn uniques(&mut self, draft: &mut Draft<'_>) -> Vec<Key> {
        let mut keys = Vec::new();
        let list = draft.path.key("uniques");
        for (position, raw) in draft.raw.uniques.iter().enumerate() {
            keys.extend(self.unique(draft, raw, &list.index(position)));
        }
        let columns = draft.path.key("columns");
        for (position, column) in draft.raw.columns.iter().enumerate() {
            if let (true, Some(name)) = (column.unique, &column.name) {
                let raw = RawKey { columns: vec![name.clone()], ..RawKey::default() };
                let path = columns.index(position).key("unique");
                let mark = self.problems.mark();
                keys.extend(self.unique(draft, &raw, &path));
                self.problems.moved_since(mark, |_| path.to_string());
            }
        }
        keys
    }

    fn unique(&mut self, draft: &mut Draft<'_>, raw: &RawKey, path: &Path) -> Option<Key> {
        let parts: Vec<&str> = raw.columns.iter().map(String::as_str).collect();
        self.key(draft, raw, path, Made { parts: &parts, suffix: "key" })
    }

    fn key(
        &mut self,
        draft: &mut Draft<'_>,
        raw: &RawKey,
        path: &Path,
        made: Made<'_>,
    ) -> Option<Key> {
        let columns = self.key_columns(draft, &raw.columns, path)?;
        let include = self.included(draft, &raw.include, path)?;
        let name = match &raw.name {
            Some(written) => checked(Some(written), Thing::Constraint, path, &mut self.problems)?,
            None => {
                let parts: Vec<&str> = std::iter::once(draft.name.as_str())
                    .chain(made.parts.iter().copied())
                    .collect();
                self.relations.make(&parts, made.suffix)
            }
        };
        self.take_constraint(draft, &name, path);
        self.places.relations.insert(name.clone(), path.clone());
        Some(Key {
            name,
            columns,
            include,
            nulls_not_distinct: raw.nulls_not_distinct,
            deferrable: deferrable(raw.deferrable.as_deref()),
        })
    }

    /// The columns of a key: at least one, each once, each of a type that can be compared.
    pub(super) fn key_columns(
        &mut self,
        draft: &Draft<'_>,
        written: &[String],
        path: &Path,
    ) -> Option<Vec<Name>> {
        let list = path.key("columns");
        if written.is_empty() {
            self.problems.error("empty_key", &list, "a key needs at least one column");
            return None;
        }
        let mut names = Vec::new();
        let mut seen = BTreeSet::new();
        for (position, name) in written.iter().enumerate() {
            let at = list.index(position);
            // What is no text was reported by its shape.
            if name.is_empty() {
                continue;
            }
            if !seen.insert(name) {
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
                None if draft
                    .raw
                    .columns
                    .iter()
                    .any(|column| column.name.as_ref() == Some(name)) => {}
                None => self.unknown_column(name, draft.name.as_str(), draft.column_names(), &at),
            }
        }
        (names.len() == written.len()).then_some(names)
    }

    pub(super) fn checks(&mut self, draft: &mut Draft<'_>) -> Vec<Check> {
        let list = draft.path.key("checks");
        for name in
            draft.raw.checks.iter().filter_map(|raw| raw.name.as_deref().and_then(Name::new))
        {
            draft.constraints.reserve(name);
        }
        let mut checks = Vec::new();
        for (position, raw) in draft.raw.checks.iter().enumerate() {
            checks.extend(self.check(draft, raw, &list.index(position)));
        }
        let columns = draft.path.key("columns");
        for (position, column) in draft.raw.columns.iter().enumerate() {
            if let (Some(name), Some(text)) = (&column.name, &column.check) {
                checks.extend(self.column_check(draft, (name, text), &columns.index(position)));
            }
        }
        checks
    }

    fn check(&mut self, draft: &mut Draft<'_>, raw: &RawCheck, path: &Path) -> Option<Check> {
        let text = raw.expression.as_deref()?;
        let site = Site::of(Place::Check, draft.typed_columns());
        let expression = self.expression(text, site, &path.key("expression"))?;
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
        path: &Path,
    ) -> Option<Check> {
        let site = Site::of(Place::Check, draft.typed_columns());
        let expression = self.expression(text, site, &path.key("check"))?;
        let name = draft.constraints.make(&[draft.name.as_str(), column], "check");
        Some(Check { name, expression })
    }

    /// Takes a constraint's name in its table.
    pub(super) fn take_constraint(&mut self, draft: &mut Draft<'_>, name: &Name, path: &Path) {
        if !draft.constraints.take(name) {
            let message = format!("`{}` has two constraints called `{name}`", draft.name);
            self.problems.error("duplicate_name", &path.key("name"), message);
        }
    }
}

/// How the name of a nameless key is made.
#[derive(Clone, Copy)]
struct Made<'a> {
    parts: &'a [&'a str],
    suffix: &'a str,
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

/// The choice of a word that its shape has already checked.
pub(super) fn deferrable(word: Option<&str>) -> Deferrable {
    Deferrable::ALL
        .iter()
        .find(|(known, _)| Some(*known) == word)
        .map_or(Deferrable::No, |(_, choice)| *choice)
}
