//! Indexes: those the document asks for, and those its foreign keys need.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::{Thing, checked};
use super::operators::named_class;
use super::tables::Draft;
use super::{Builder, Site};
use crate::document::raw::{RawIndex, RawIndexKey, TextOr};
use crate::expression::Place;
use crate::model::{Index, IndexKey, IndexMethod, IndexTarget, NullsOrder, SortOrder, Table};
use crate::name::Name;
use crate::problem::Path;

impl Builder<'_> {
    pub(super) fn indexes(&mut self, draft: &Draft<'_>) -> Vec<Index> {
        let list = draft.path.key("indexes");
        let mut indexes: Vec<Index> = Vec::new();
        let mut seen = BTreeSet::new();
        for (position, raw) in draft.raw.indexes.iter().enumerate() {
            let path = list.index(position);
            let Some(index) = self.index(draft, raw, &path) else { continue };
            if !seen.insert(index.name.clone()) {
                let message = format!("there are two indexes called `{}`", index.name);
                self.problems.error("duplicate_name", &path.key("name"), message);
                continue;
            }
            indexes.push(index);
        }
        indexes
    }

    fn index(&mut self, draft: &Draft<'_>, raw: &RawIndex, path: &Path) -> Option<Index> {
        let method = IndexMethod::ALL.iter().find(|(word, _)| Some(*word) == raw.method.as_deref());
        let method = method.map_or(IndexMethod::BTree, |(_, method)| *method);
        let keys = self.index_keys(draft, raw, method, path)?;
        let predicate = match &raw.r#where {
            Some(text) => {
                let site = Site::of(Place::Predicate, draft.typed_columns());
                Some(self.expression(text, site, &path.key("where"))?)
            }
            None => None,
        };
        let include = self.included(draft, &raw.include, path)?;
        self.index_method_fits(raw, method, &keys, path);
        let name = match &raw.name {
            Some(name) => checked(Some(name), Thing::Constraint, path, &mut self.problems)?,
            None => {
                let parts = keys.iter().map(|key| key.target.label());
                let parts: Vec<&str> = std::iter::once(draft.name.as_str()).chain(parts).collect();
                self.relations.make(&parts, "idx")
            }
        };
        self.places.relations.insert(name.clone(), path.clone());
        Some(Index {
            name,
            method,
            keys,
            unique: raw.unique,
            nulls_not_distinct: raw.nulls_not_distinct,
            predicate,
            include,
            automatic: raw.automatic,
        })
    }

    fn index_keys(
        &mut self,
        draft: &Draft<'_>,
        raw: &RawIndex,
        method: IndexMethod,
        path: &Path,
    ) -> Option<Vec<IndexKey>> {
        let list = path.key("columns");
        if raw.columns.is_empty() {
            self.problems.error(
                "empty_key",
                &list,
                "an index needs at least one column or expression",
            );
            return None;
        }
        let mut keys = Vec::new();
        for (position, item) in raw.columns.iter().enumerate() {
            let key = match item {
                TextOr::Text(column) => {
                    RawIndexKey { column: Some(column.clone()), ..RawIndexKey::default() }
                }
                TextOr::Object(key) => key.clone(),
            };
            keys.extend(self.index_key(draft, &key, method, &list.index(position)));
        }
        (keys.len() == raw.columns.len()).then_some(keys)
    }

    fn index_key(
        &mut self,
        draft: &Draft<'_>,
        raw: &RawIndexKey,
        method: IndexMethod,
        path: &Path,
    ) -> Option<IndexKey> {
        let defaulted = raw.operator_class.is_none().then_some(method);
        let written = (&raw.column, &raw.expression);
        let target = self.index_target(draft, written, defaulted, path)?;
        let class =
            self.operator_class(draft, (method, &target), raw.operator_class.as_deref(), path);
        let collation = raw
            .collation
            .as_deref()
            .and_then(|written| self.collation(written, &path.key("collation")));
        // What holds anyway is kept by not saying it, as PostgreSQL shows it.
        let collation = collation.filter(|name| own_collation(draft, &target) != Some(name));
        let order = SortOrder::ALL.iter().find(|(word, _)| Some(*word) == raw.order.as_deref());
        let order = order.map_or(SortOrder::Asc, |(_, order)| *order);
        let nulls = NullsOrder::ALL.iter().find(|(word, _)| Some(*word) == raw.nulls.as_deref());
        let nulls = nulls.map(|(_, nulls)| *nulls).filter(|nulls| *nulls != usual_nulls(order));
        Some(IndexKey { target, collation, operator_class: named_class(class), order, nulls })
    }

    /// What a key of an index, or a comparison of an exclusion, is made of.
    pub(super) fn index_target(
        &mut self,
        draft: &Draft<'_>,
        written: (&Option<String>, &Option<String>),
        method: Option<IndexMethod>,
        path: &Path,
    ) -> Option<IndexTarget> {
        match written {
            (Some(column), None) => self.index_column(draft, column, path).map(IndexTarget::Column),
            (None, Some(text)) => self.index_expression(draft, text, method, path),
            (Some(_), Some(_)) | (None, None) => {
                let message = "a key of an index is either a column or an expression";
                self.problems.error("conflicting_value", path, message);
                None
            }
        }
    }

    fn index_column(&mut self, draft: &Draft<'_>, column: &str, path: &Path) -> Option<Name> {
        match draft.column(column) {
            Some(column) => Some(column.name.clone()),
            None => {
                if !draft.raw.columns.iter().any(|raw| raw.name.as_deref() == Some(column)) {
                    self.unknown_column(column, draft.name.as_str(), draft.column_names(), path);
                }
                None
            }
        }
    }

    /// A bare column in brackets is that column, as PostgreSQL stores it too.
    fn index_expression(
        &mut self,
        draft: &Draft<'_>,
        text: &str,
        method: Option<IndexMethod>,
        path: &Path,
    ) -> Option<IndexTarget> {
        let site = Site { method, ..Site::of(Place::IndexKey, draft.typed_columns()) };
        let expression = self.expression(text, site, &path.key("expression"))?;
        let bare = expression.as_column().cloned();
        Some(bare.map_or(IndexTarget::Expression(expression), IndexTarget::Column))
    }

    pub(super) fn included(
        &mut self,
        draft: &Draft<'_>,
        written: &[String],
        path: &Path,
    ) -> Option<Vec<Name>> {
        let list = path.key("include");
        let names: Vec<Name> = written
            .iter()
            .enumerate()
            .filter_map(|(position, column)| {
                self.index_column(draft, column, &list.index(position))
            })
            .collect();
        (names.len() == written.len()).then_some(names)
    }

    fn index_method_fits(
        &mut self,
        raw: &RawIndex,
        method: IndexMethod,
        keys: &[IndexKey],
        path: &Path,
    ) {
        let word = method.word();
        let btree = method == IndexMethod::BTree;
        if raw.unique && !btree {
            self.problems.error(
                "index_method",
                &path.key("unique"),
                format!("a {word} index cannot be unique"),
            );
        }
        if raw.nulls_not_distinct && !raw.unique {
            let message = "only a unique index can treat NULLs as equal";
            self.problems.error("index_method", &path.key("nullsNotDistinct"), message);
        }
        if !raw.include.is_empty()
            && !matches!(method, IndexMethod::BTree | IndexMethod::Gist | IndexMethod::SpGist)
        {
            self.problems.error(
                "index_method",
                &path.key("include"),
                format!("a {word} index cannot carry columns along"),
            );
        }
        if keys.len() > 1 && matches!(method, IndexMethod::Hash | IndexMethod::SpGist) {
            self.problems.error(
                "index_method",
                &path.key("columns"),
                format!("a {word} index takes one column only"),
            );
        }
        if !btree && keys.iter().any(|key| key.order != SortOrder::Asc || key.nulls.is_some()) {
            self.problems.error(
                "index_method",
                &path.key("columns"),
                format!("a {word} index has no order"),
            );
        }
    }

    /// Adds an index for each foreign key that has none, and drops those added for keys that are
    /// gone. Without one, deleting a referenced row reads the whole referencing table.
    pub(super) fn automatic_indexes(&mut self) {
        let mut foreign_keys: BTreeMap<Name, Vec<Vec<Name>>> = BTreeMap::new();
        for relationship in &self.definition.relationships {
            let keys = foreign_keys.entry(relationship.from.table.clone()).or_default();
            keys.push(relationship.from.columns.clone());
        }
        for table in &mut self.definition.tables {
            let keys = foreign_keys.remove(&table.name).unwrap_or_default();
            table
                .indexes
                .retain(|index| !index.automatic || keys.iter().any(|key| leads(index, key)));
            for columns in &keys {
                if !is_served(table, columns) {
                    let parts = std::iter::once(&table.name).chain(columns).map(Name::as_str);
                    let name = self.relations.make(&parts.collect::<Vec<_>>(), "idx");
                    table.indexes.push(automatic(name, columns));
                }
            }
        }
    }
}

/// Where NULLs stand when nobody says so: they count as the largest.
fn usual_nulls(order: SortOrder) -> NullsOrder {
    match order {
        SortOrder::Asc => NullsOrder::Last,
        SortOrder::Desc => NullsOrder::First,
    }
}

/// The collation of a column of texts, when it is not the database's.
fn own_collation<'d>(draft: &'d Draft<'_>, target: &IndexTarget) -> Option<&'d Name> {
    match target {
        IndexTarget::Column(name) => draft.column(name.as_str())?.collation.as_ref(),
        IndexTarget::Expression(_) => None,
    }
}

fn automatic(name: Name, columns: &[Name]) -> Index {
    let key = |column: &Name| IndexKey {
        target: IndexTarget::Column(column.clone()),
        collation: None,
        operator_class: None,
        order: SortOrder::Asc,
        nulls: None,
    };
    Index {
        name,
        method: IndexMethod::BTree,
        keys: columns.iter().map(key).collect(),
        unique: false,
        nulls_not_distinct: false,
        predicate: None,
        include: Vec::new(),
        automatic: true,
    }
}

/// Whether some key or index of the table finds rows by these columns.
fn is_served(table: &Table, columns: &[Name]) -> bool {
    let mut keys = table.primary_key.iter().chain(&table.uniques);
    keys.any(|key| same_set(key.columns.iter().take(columns.len()), columns))
        || table.indexes.iter().any(|index| leads(index, columns))
}

/// Whether the index's first keys are these columns, in any order, for all rows.
fn leads(index: &Index, columns: &[Name]) -> bool {
    let first = index.keys.iter().take(columns.len()).map(|key| match &key.target {
        IndexTarget::Column(name) => Some(name),
        IndexTarget::Expression(_) => None,
    });
    let first: Option<Vec<&Name>> = first.collect();
    let hash = index.method == IndexMethod::Hash && columns.len() == 1;
    (index.method == IndexMethod::BTree || hash)
        && index.predicate.is_none()
        && first.is_some_and(|first| same_set(first, columns))
}

fn same_set<'a>(left: impl IntoIterator<Item = &'a Name>, right: &[Name]) -> bool {
    left.into_iter().collect::<BTreeSet<_>>() == right.iter().collect::<BTreeSet<_>>()
}
