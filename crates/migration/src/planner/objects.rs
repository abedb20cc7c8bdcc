//! Constraints, indexes and foreign keys: which stay, which are taken off, which are put on.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Exclusion, Index, IndexTarget, Key, Relationship, Table};
use definition::{Expression, Name};

use super::{Pair, Planner};
use crate::remedy::Remedy;

/// A thing on a table that PostgreSQL knows by name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Object<'a> {
    Primary(&'a Key),
    Unique(&'a Key),
    Check(&'a definition::model::Check),
    Exclusion(&'a Exclusion),
    Index(&'a Index),
}

impl<'a> Object<'a> {
    pub(super) fn name(self) -> &'a Name {
        match self {
            Self::Primary(key) | Self::Unique(key) => &key.name,
            Self::Check(check) => &check.name,
            Self::Exclusion(exclusion) => &exclusion.name,
            Self::Index(index) => &index.name,
        }
    }

    /// Whether two are one to PostgreSQL, whatever they are called.
    fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Primary(a), Self::Primary(b)) | (Self::Unique(a), Self::Unique(b)) => {
                Key { name: a.name.clone(), ..b.clone() } == *a
            }
            (Self::Check(a), Self::Check(b)) => a.expression == b.expression,
            (Self::Exclusion(a), Self::Exclusion(b)) => {
                Exclusion { name: a.name.clone(), ..b.clone() } == *a
            }
            // Who made an index is no matter of PostgreSQL's.
            (Self::Index(a), Self::Index(b)) => {
                Index { name: a.name.clone(), automatic: a.automatic, ..b.clone() } == *a
            }
            _ => false,
        }
    }

    /// The columns that it says by name.
    fn columns(self) -> Vec<&'a Name> {
        let of_target = |target: &'a IndexTarget| match target {
            IndexTarget::Column(name) => Some(name),
            IndexTarget::Expression(_) => None,
        };
        match self {
            Self::Primary(key) | Self::Unique(key) => {
                key.columns.iter().chain(&key.include).collect()
            }
            Self::Check(_) => Vec::new(),
            Self::Exclusion(it) => {
                it.elements.iter().filter_map(|e| of_target(&e.target)).collect()
            }
            Self::Index(it) => {
                it.keys.iter().filter_map(|key| of_target(&key.target)).chain(&it.include).collect()
            }
        }
    }

    /// The expressions in it.
    fn expressions(self) -> Vec<&'a Expression> {
        let of_target = |target: &'a IndexTarget| match target {
            IndexTarget::Column(_) => None,
            IndexTarget::Expression(expression) => Some(expression),
        };
        match self {
            Self::Primary(_) | Self::Unique(_) => Vec::new(),
            Self::Check(check) => vec![&check.expression],
            Self::Exclusion(it) => {
                let elements = it.elements.iter().filter_map(|e| of_target(&e.target));
                elements.chain(&it.predicate).collect()
            }
            Self::Index(it) => {
                let keys = it.keys.iter().filter_map(|key| of_target(&key.target));
                keys.chain(&it.predicate).collect()
            }
        }
    }

    /// Every column in it, the ones that expressions read too.
    pub(super) fn all_columns(self) -> Vec<&'a Name> {
        let mut all = self.columns();
        for expression in self.expressions() {
            all.extend(expression.column_names());
        }
        all
    }

    /// The enums that expressions in it name.
    pub(super) fn says_enums(self) -> BTreeSet<&'a str> {
        self.expressions().into_iter().flat_map(Expression::enums).collect()
    }

    /// What it demands to be unique, when it does: what a foreign key may refer to.
    fn unique_columns(self) -> Option<BTreeSet<&'a Name>> {
        match self {
            Self::Primary(key) | Self::Unique(key) => Some(key.columns.iter().collect()),
            Self::Index(index) if index.unique => {
                let columns: Option<Vec<&Name>> = index
                    .keys
                    .iter()
                    .map(|key| match &key.target {
                        IndexTarget::Column(name) => Some(name),
                        IndexTarget::Expression(_) => None,
                    })
                    .collect();
                columns.map(|columns| columns.into_iter().collect())
            }
            Self::Check(_) | Self::Exclusion(_) | Self::Index(_) => None,
        }
    }
}

/// Everything on a table, in the order in which it is put on.
pub(super) fn objects(table: &Table) -> Vec<Object<'_>> {
    let primary = table.primary_key.iter().map(Object::Primary);
    let uniques = table.uniques.iter().map(Object::Unique);
    let checks = table.checks.iter().map(Object::Check);
    let exclusions = table.exclusions.iter().map(Object::Exclusion);
    let indexes = table.indexes.iter().map(Object::Index);
    primary.chain(uniques).chain(checks).chain(exclusions).chain(indexes).collect()
}

/// What is to be done about the objects of one table. Positions count within [`objects`].
#[derive(Clone, Debug, Default)]
pub(super) struct OnTable {
    /// Of `start` and `now`.
    pub(super) detach: Vec<usize>,
    /// Of `start` and `now`, with that of `after`.
    pub(super) rename: Vec<(usize, usize)>,
    /// Of `after`.
    pub(super) attach: Vec<usize>,
}

/// What is to be done about all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Objects {
    /// By the table's place in `start`.
    pub(super) tables: BTreeMap<usize, (Pair, OnTable)>,
    /// Foreign keys to take off, by their place in `start`.
    pub(super) unrelate: Vec<usize>,
    /// Foreign keys to put on, by their place in `after`.
    pub(super) relate: Vec<usize>,
}

impl Objects {
    pub(super) fn of(planner: &Planner<'_>) -> Self {
        let mut all = Self::default();
        for pair in planner.pairs() {
            all.tables.insert(pair.at, (pair, planner.on_table(pair)));
        }
        planner.foreign_keys(&mut all);
        all
    }
}

impl Planner<'_> {
    fn on_table(&self, pair: Pair) -> OnTable {
        let start = objects(&self.start.tables[pair.at]);
        let now = objects(&self.now.tables[pair.at]);
        let wanted = objects(&self.situation.after.tables[pair.to]);
        let mut plan = OnTable::default();
        let mut kept = BTreeSet::new();
        for (at, object) in now.iter().enumerate() {
            let same = |(to, other): &(usize, &Object<'_>)| {
                other.name() == object.name() && object.is_like(**other) && !kept.contains(to)
            };
            let found = wanted.iter().enumerate().find(same).map(|(to, _)| to);
            match found.filter(|_| !self.hangs_on_touched(pair, *object)) {
                Some(to) => {
                    kept.insert(to);
                    if start[at].name() != object.name() {
                        plan.rename.push((at, to));
                    }
                }
                None => plan.detach.push(at),
            }
        }
        plan.attach = (0..wanted.len()).filter(|to| !kept.contains(to)).collect();
        plan
    }

    fn hangs_on_touched(&self, pair: Pair, object: Object<'_>) -> bool {
        let columns = object.columns();
        self.touches(pair.at, columns.iter().map(|name| name.as_str()))
            || object.expressions().into_iter().any(|it| self.touches_expression(pair.at, it))
    }

    fn foreign_keys(&self, all: &mut Objects) {
        let wanted: BTreeMap<(&Name, &Name), usize> = self
            .after()
            .relationships
            .iter()
            .enumerate()
            .map(|(to, it)| ((&it.from.table, &it.name), to))
            .collect();
        let mut kept = BTreeSet::new();
        for (at, now) in self.now.relationships.iter().enumerate() {
            let to = wanted.get(&(&now.from.table, &now.name)).copied();
            let same = to.filter(|to| self.situation.after.relationships[*to] == *now);
            match same.filter(|_| !self.loses_its_footing(now, all)) {
                Some(to) => {
                    kept.insert(to);
                }
                None => all.unrelate.push(at),
            }
        }
        let count = self.after().relationships.len();
        all.relate = (0..count).filter(|to| !kept.contains(to)).collect();
    }

    /// Whether a column on either side becomes another one, or the key that is referred to is
    /// taken off.
    fn loses_its_footing(&self, now: &Relationship, all: &Objects) -> bool {
        let place = |name: &Name| self.now.tables.iter().position(|table| table.name == *name);
        let (Some(from), Some(to)) = (place(&now.from.table), place(&now.to.table)) else {
            return true;
        };
        let touched =
            |at: usize, columns: &[Name]| self.touches(at, columns.iter().map(Name::as_str));
        if touched(from, &now.from.columns) || touched(to, &now.to.columns) {
            return true;
        }
        // Rows that are taken out must not take others with them.
        if self.sets_rows_aside(to) {
            return true;
        }
        let Some((_, plan)) = all.tables.get(&to) else { return true };
        let referred: BTreeSet<&Name> = now.to.columns.iter().collect();
        let targets = objects(&self.now.tables[to]);
        plan.detach.iter().any(|at| targets[*at].unique_columns().as_ref() == Some(&referred))
    }

    fn sets_rows_aside(&self, at: usize) -> bool {
        let names = [&self.start.tables[at].name, &self.now.tables[at].name];
        let of_table = |subject: &str| {
            subject
                .rsplit_once('.')
                .is_some_and(|(table, _)| names.iter().any(|it| it.as_str() == table))
        };
        let mut chosen = self.situation.remedies.0.iter();
        chosen.any(|(subject, remedy)| *remedy == Remedy::SetAside && of_table(subject))
    }
}
