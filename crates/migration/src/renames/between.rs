//! Finding what is called otherwise: by ids where there are some, else by what things are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use definition::model::{Definition, Enum, Table};
use definition::{Id, Name};

use super::labels::Typed;
use super::relations::{Relation, relations};
use super::taken::{Fate, Taken};
use super::{Names, Renames};

/// Things of the definition before, each with what has its id after.
type Pairs<'a, T> = Vec<(&'a T, Option<&'a T>)>;

impl Renames {
    /// What is called otherwise in `after`.
    pub fn between(before: &Definition, after: &Definition) -> Self {
        let mut taken = Taken::of(before, after);
        let tables: Pairs<'_, Table> = pairs(&before.tables, &after.tables, |table| &table.id);
        let enums: Pairs<'_, Enum> = pairs(&before.enums, &after.enums, |item| &item.id);
        let mut renames = Self {
            tables: taken.names(&fates(&tables, |table| &table.name)),
            enums: taken.names(&fates(&enums, |item| &item.name)),
            ..Self::default()
        };
        for (item, other) in enums {
            let Some(other) = other else { continue };
            let values = pairs(&item.values, &other.values, |value| &value.id);
            let later = other.values.iter().map(|value| &value.name);
            let names = Taken::inside(later, &fates(&values, |value| &value.name));
            insert(&mut renames.values, &item.name, names);
        }
        if !renames.values.is_empty() {
            renames.typed = Typed::of(before);
        }
        for (table, other) in &tables {
            let Some(other) = other else { continue };
            let columns = pairs(&table.columns, &other.columns, |column| &column.id);
            let later = other.columns.iter().map(|column| &column.name);
            let names = Taken::inside(later, &fates(&columns, |column| &column.name));
            insert(&mut renames.columns, &table.name, names);
        }
        renames.indexes = renames.of_relations(before, &tables, &mut taken);
        renames
    }

    /// The keys, exclusions and indexes that are what another one was under its name.
    fn of_relations(
        &self,
        before: &Definition,
        tables: &Pairs<'_, Table>,
        taken: &mut Taken<'_>,
    ) -> BTreeMap<Name, Names> {
        let mut found = BTreeMap::new();
        let mut constraints = None;
        for (table, other) in tables {
            let Some(other) = other else { continue };
            if self.keeps_relations(table, other) {
                continue;
            }
            let moved = self.table(table);
            let constraints = constraints.get_or_insert_with(|| names_of_constraints(before));
            let free = |name: &Name| !constraints.contains(&(&table.name, name));
            insert(&mut found, &table.name, called_otherwise(&moved, other, &free));
        }
        self.make_room(tables, taken, &mut found);
        found
    }

    /// Whether it is plain that no key, exclusion or index of a table is called otherwise.
    fn keeps_relations(&self, before: &Table, after: &Table) -> bool {
        self.enums.is_empty()
            && self.values.is_empty()
            && !self.columns.contains_key(&before.name)
            && before.primary_key == after.primary_key
            && before.uniques == after.uniques
            && before.exclusions == after.exclusions
            && before.indexes == after.indexes
    }

    /// Gives another name to what goes though its name is needed by something that is renamed:
    /// tables and indexes have their names in one space.
    fn make_room(
        &self,
        tables: &Pairs<'_, Table>,
        taken: &mut Taken<'_>,
        found: &mut BTreeMap<Name, Names>,
    ) {
        let needed: BTreeSet<Name> =
            self.tables.values().chain(found.values().flat_map(Names::values)).cloned().collect();
        if needed.is_empty() {
            return;
        }
        for (table, _) in tables {
            for (name, _) in relations(table) {
                let stays = found.get(&table.name).is_none_or(|names| !names.contains_key(name));
                if stays && needed.contains(name) {
                    let names = found.entry(table.name.clone()).or_default();
                    names.insert(name.clone(), taken.fresh(name));
                }
            }
        }
    }
}

fn insert(into: &mut BTreeMap<Name, Names>, owner: &Name, names: Names) {
    if !names.is_empty() {
        into.insert(owner.clone(), names);
    }
}

fn pairs<'a, T>(before: &'a [T], after: &'a [T], id: impl Fn(&T) -> &Id) -> Pairs<'a, T> {
    // Most lists are as they were, so what stands at the same place is looked at first.
    let mut others: Option<HashMap<&Id, &T>> = None;
    let found = before.iter().enumerate().map(|(position, it)| {
        let same = after.get(position).filter(|other| id(other) == id(it));
        let other = same.or_else(|| {
            let others = others
                .get_or_insert_with(|| after.iter().map(|other| (id(other), other)).collect());
            others.get(id(it)).copied()
        });
        (it, other)
    });
    found.collect()
}

fn fates<'a, T>(pairs: &Pairs<'a, T>, name: impl Fn(&T) -> &Name) -> Vec<Fate<'a>> {
    pairs.iter().map(|(it, other)| (name(it), other.map(&name))).collect()
}

/// The names of checks and foreign keys, each behind that of its table.
fn names_of_constraints(definition: &Definition) -> HashSet<(&Name, &Name)> {
    let checks = definition
        .tables
        .iter()
        .flat_map(|table| table.checks.iter().map(|check| (&table.name, &check.name)));
    let relationships = definition.relationships.iter().map(|it| (&it.from.table, &it.name));
    checks.chain(relationships).collect()
}

/// Pairs what is the same under different names. A constraint whose new name is not `free` is not
/// renamed: the one that has the name goes only later.
fn called_otherwise(before: &Table, after: &Table, free: &dyn Fn(&Name) -> bool) -> Names {
    let mut waiting: HashMap<Relation<'_>, Vec<&Name>> = HashMap::new();
    let same: HashMap<&Name, Relation<'_>> = relations(before).collect();
    for (name, relation) in relations(after) {
        if same.get(name) != Some(&relation) {
            waiting.entry(relation).or_default().push(name);
        }
    }
    for names in waiting.values_mut() {
        names.reverse();
    }
    let there: HashMap<&Name, Relation<'_>> = relations(after).collect();
    let left = relations(before).filter(|(name, relation)| there.get(name) != Some(relation));
    let found = left.filter_map(|(name, relation)| {
        let other = waiting.get_mut(&relation)?.pop()?;
        let fits = !relation.is_constraint() || free(other);
        fits.then(|| (name.clone(), other.clone()))
    });
    found.collect()
}
