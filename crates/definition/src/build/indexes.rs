//! Indexes: those the document asks for, and those its foreign keys need.

use foldhash::HashSet;

use super::naming::{Thing, checked};
use super::operators::named_class;
use super::tables::Draft;
use super::{Builder, Site, chosen};
use crate::document::raw::{RawIndex, RawIndexKey, Text, TextOr};
use crate::expression::Place;
use crate::model::{
    Definition, Index, IndexKey, IndexMethod, IndexTarget, NullsOrder, SortOrder, Table,
};
use crate::name::Name;
use crate::path::{Path, Spot};

impl Builder<'_> {
    pub(super) fn indexes(&mut self, draft: &Draft<'_>) -> Vec<Index> {
        let mut indexes: Vec<Index> = Vec::with_capacity(draft.raw.indexes.len());
        let mut seen = HashSet::default();
        for (position, raw) in draft.raw.indexes.iter().enumerate() {
            let spot = draft.item("indexes", position);
            let Some(index) = self.index(draft, raw, spot) else { continue };
            if !seen.insert(index.name.clone()) {
                let message = format!("there are two indexes called `{}`", index.name);
                self.problems.error("duplicate_name", &spot.path().key("name"), message);
                continue;
            }
            indexes.push(index);
        }
        indexes
    }

    fn index(&mut self, draft: &Draft<'_>, raw: &RawIndex<'_>, spot: Spot) -> Option<Index> {
        let path = spot.path();
        let method = chosen(&IndexMethod::ALL, raw.method.as_ref()).unwrap_or_default();
        let keys = self.index_keys(draft, raw, method, &path)?;
        let predicate = match &raw.r#where {
            Some(text) => {
                let site = Site::of(Place::Predicate, draft);
                let predicate = self.expression(text, &site, &path.key("where"))?;
                // All rows are in an index without a predicate.
                (!predicate.is_true()).then_some(predicate)
            }
            None => None,
        };
        let include = self.included(draft, &raw.include, &path)?;
        self.index_method_fits(raw, method, &keys, &path);
        let name = match &raw.name {
            Some(name) => checked(Some(name), Thing::Constraint, &path, &mut self.problems)?,
            None => {
                let parts = keys.iter().map(|key| key.target.label());
                let parts: Vec<&str> = std::iter::once(draft.name.as_str()).chain(parts).collect();
                self.relations.make(&parts, "idx")
            }
        };
        self.places.relations.insert(name.clone(), spot);
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
        raw: &RawIndex<'_>,
        method: IndexMethod,
        path: &Path<'_>,
    ) -> Option<Vec<IndexKey>> {
        let list = path.key("columns");
        if raw.columns.is_empty() {
            let message = "an index needs at least one column or expression";
            self.problems.error("empty_key", &list, message);
            return None;
        }
        let mut keys = Vec::with_capacity(raw.columns.len());
        for (position, item) in raw.columns.iter().enumerate() {
            let path = list.index(position);
            keys.extend(match item {
                TextOr::Text(column) => self.plain_index_key(draft, column, method, &path),
                TextOr::Object(key) => self.index_key(draft, key, method, &path),
            });
        }
        (keys.len() == raw.columns.len()).then_some(keys)
    }

    /// A key that is written as the name of its column.
    fn plain_index_key(
        &mut self,
        draft: &Draft<'_>,
        column: &str,
        method: IndexMethod,
        path: &Path<'_>,
    ) -> Option<IndexKey> {
        let target = self.index_target(draft, (Some(column), None), Some(method), path)?;
        let class = self.operator_class(draft, (method, &target), None, path);
        Some(IndexKey {
            target,
            collation: None,
            operator_class: named_class(class),
            order: SortOrder::default(),
            nulls: None,
        })
    }

    fn index_key(
        &mut self,
        draft: &Draft<'_>,
        raw: &RawIndexKey<'_>,
        method: IndexMethod,
        path: &Path<'_>,
    ) -> Option<IndexKey> {
        let defaulted = raw.operator_class.is_none().then_some(method);
        let written = (raw.column.as_deref(), raw.expression.as_deref());
        let target = self.index_target(draft, written, defaulted, path)?;
        let class =
            self.operator_class(draft, (method, &target), raw.operator_class.as_deref(), path);
        let collation = raw
            .collation
            .as_deref()
            .and_then(|written| self.collation(written, &path.key("collation")));
        // What holds anyway is kept by not saying it, as PostgreSQL shows it.
        let collation = collation.filter(|name| own_collation(draft, &target) != Some(name));
        let order = chosen(&SortOrder::ALL, raw.order.as_ref()).unwrap_or_default();
        let nulls = chosen(&NullsOrder::ALL, raw.nulls.as_ref());
        let nulls = nulls.filter(|nulls| *nulls != usual_nulls(order));
        Some(IndexKey { target, collation, operator_class: named_class(class), order, nulls })
    }

    /// What a key of an index, or a comparison of an exclusion, is made of.
    pub(super) fn index_target(
        &mut self,
        draft: &Draft<'_>,
        written: (Option<&str>, Option<&str>),
        method: Option<IndexMethod>,
        path: &Path<'_>,
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

    fn index_column(&mut self, draft: &Draft<'_>, column: &str, path: &Path<'_>) -> Option<Name> {
        match draft.column(column) {
            Some(column) => Some(column.name.clone()),
            None => {
                if !draft.names(column) {
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
        path: &Path<'_>,
    ) -> Option<IndexTarget> {
        let site = Site::index_key(draft, method);
        let expression = self.expression(text, &site, &path.key("expression"))?;
        let bare = expression.as_column().cloned();
        Some(bare.map_or(IndexTarget::Expression(expression), IndexTarget::Column))
    }

    pub(super) fn included(
        &mut self,
        draft: &Draft<'_>,
        written: &[Text<'_>],
        path: &Path<'_>,
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
        raw: &RawIndex<'_>,
        method: IndexMethod,
        keys: &[IndexKey],
        path: &Path<'_>,
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
        let Definition { tables, relationships, .. } = &mut self.definition;
        let mut foreign_keys: Vec<Vec<&[Name]>> = vec![Vec::new(); tables.len()];
        for end in relationships.iter().map(|relationship| &relationship.from) {
            if let Some(position) = self.places.position(end.table.as_str()) {
                foreign_keys[position].push(&end.columns);
            }
        }
        for (table, keys) in tables.iter_mut().zip(foreign_keys) {
            table
                .indexes
                .retain(|index| !index.automatic || keys.iter().any(|key| leads(index, key)));
            for columns in keys {
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
    let first = || index.keys.iter().take(columns.len());
    let column = |key: &'_ IndexKey| matches!(key.target, IndexTarget::Column(_));
    let hash = index.method == IndexMethod::Hash && columns.len() == 1;
    (index.method == IndexMethod::BTree || hash)
        && index.predicate.is_none()
        && first().all(column)
        && same_set(first().filter_map(|key| key.target.column()), columns)
}

/// Whether all of these are among the others, and the other way round.
pub(super) fn same_set<'a>(
    left: impl IntoIterator<Item = &'a Name, IntoIter: Clone>,
    right: &[Name],
) -> bool {
    let left = left.into_iter();
    left.clone().all(|name| right.contains(name))
        && right.iter().all(|name| left.clone().any(|other| other == name))
}
