//! Other names, swapped ones too.

use definition::Name;

use super::{Editor, mentions};

impl Editor<'_> {
    pub(super) fn rename_table(&mut self) {
        let Some(at) = self.a_table() else { return };
        let (old, new) = (self.table(at).name.clone(), self.a_name());
        mentions::rename_tables(&mut self.definition, &|name| (*name == old).then(|| new.clone()));
        self.follow(at, &old, &new);
    }

    /// The key that is called after its table is called after it again, as it would be when nobody
    /// said how.
    fn follow(&mut self, at: usize, old: &Name, new: &Name) {
        let Some(key) = &mut self.definition.tables[at].primary_key else { return };
        if key.name.as_str() == format!("{old}_pkey") {
            key.name = Name::new(&format!("{new}_pkey")).unwrap_or_else(|| key.name.clone());
        }
    }

    pub(super) fn swap_tables(&mut self) {
        let (Some(at), Some(with)) = (self.a_table(), self.a_table()) else { return };
        let (one, other) = (self.table(at).name.clone(), self.table(with).name.clone());
        mentions::rename_tables(&mut self.definition, &|name| swapped(name, &one, &other));
        if at != with && self.choices.percent(50) {
            self.follow(at, &one, &other);
            self.follow(with, &other, &one);
        }
    }

    pub(super) fn rename_column(&mut self) {
        let Some((at, column)) = self.a_column() else { return };
        let (old, new) = (self.table(at).columns[column].name.clone(), self.a_name());
        mentions::rename_columns(&mut self.definition, at, &|name| {
            (*name == old).then(|| new.clone())
        });
    }

    pub(super) fn swap_columns(&mut self) {
        let Some((at, column)) = self.a_column() else { return };
        let count = self.table(at).columns.len();
        let with = self.choices.below(count);
        let columns = &self.definition.tables[at].columns;
        let (one, other) = (columns[column].name.clone(), columns[with].name.clone());
        mentions::rename_columns(&mut self.definition, at, &|name| swapped(name, &one, &other));
    }

    pub(super) fn rename_enum(&mut self) {
        let Some(old) = self.choices.one(&self.definition.enums).map(|item| item.name.clone())
        else {
            return;
        };
        let new = self.a_name();
        mentions::rename_enums(&mut self.definition, &|name| (*name == old).then(|| new.clone()));
    }

    /// A value gets another name, or two swap theirs; constants of the same words, whatever they
    /// are of, say the new ones.
    pub(super) fn rename_value(&mut self) {
        let count = self.definition.enums.len();
        let at = self.choices.below(count);
        let Some(values) = self.definition.enums.get(at).map(|item| item.values.len()) else {
            return;
        };
        if values == 0 {
            return;
        }
        let (one, other) = (self.choices.below(values), self.choices.below(values));
        let new = self.a_name();
        let values = &mut self.definition.enums[at].values;
        let quoted = |name: &Name| ["'", &name.as_str().replace('\'', "''"), "'"].concat();
        let (old, there) = (values[one].name.clone(), values[other].name.clone());
        if one == other {
            self.constants.push((quoted(&old), quoted(&new)));
            values[one].name = new;
        } else {
            let between = "'\u{1}'".to_owned();
            self.constants.push((quoted(&old), between.clone()));
            self.constants.push((quoted(&there), quoted(&old)));
            self.constants.push((between, quoted(&there)));
            values[one].name = there;
            values[other].name = old;
        }
    }

    /// A key, a check, an exclusion, an index or a relationship is called otherwise.
    pub(super) fn rename_part(&mut self) {
        let Some(at) = self.a_table() else { return };
        let new = self.a_name();
        let table = &mut self.definition.tables[at];
        let of_table = &table.name;
        let mut names: Vec<&mut Name> = Vec::new();
        names.extend(table.primary_key.iter_mut().chain(&mut table.uniques).map(|it| &mut it.name));
        names.extend(table.checks.iter_mut().map(|it| &mut it.name));
        names.extend(table.exclusions.iter_mut().map(|it| &mut it.name));
        names.extend(table.indexes.iter_mut().map(|it| &mut it.name));
        let out = self.definition.relationships.iter_mut().filter(|it| it.from.table == *of_table);
        names.extend(out.map(|it| &mut it.name));
        names.extend(self.definition.many_to_many.iter_mut().map(|it| &mut it.name));
        if names.is_empty() {
            return;
        }
        let (one, other) = (self.choices.below(names.len()), self.choices.below(names.len()));
        if one != other && self.choices.percent(50) {
            let kept = names[one].clone();
            *names[one] = names[other].clone();
            *names[other] = kept;
        } else {
            *names[one] = new;
        }
    }
}

fn swapped(name: &Name, one: &Name, other: &Name) -> Option<Name> {
    match name {
        name if name == one => Some(other.clone()),
        name if name == other => Some(one.clone()),
        _ => None,
    }
}
