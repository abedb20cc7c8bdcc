//! The things of the version before, by their names and by their ids.

use std::cell::OnceCell;

use foldhash::HashMap;

use super::ids::Owner;
use crate::model::Definition;
use crate::name::Id;

/// The things of the version before, if there is one. Each way to look is made ready when it is
/// first gone.
pub(super) struct Before<'a> {
    definition: Option<&'a Definition>,
    by_name: OnceCell<HashMap<(Owner<'a>, &'a str), &'a Id>>,
    by_id: OnceCell<HashMap<&'a str, (Owner<'a>, &'a str)>>,
}

impl<'a> Before<'a> {
    pub(super) fn new(definition: Option<&'a Definition>) -> Self {
        Self { definition, by_name: OnceCell::new(), by_id: OnceCell::new() }
    }

    /// Whether there is a version before.
    pub(super) fn exists(&self) -> bool {
        self.definition.is_some()
    }

    /// The id of what an owner had under a name.
    pub(super) fn id(&self, owner: Owner<'_>, name: &str) -> Option<&'a Id> {
        self.by_name().get(&(owner, name)).copied()
    }

    /// What an id belongs to, and how it was called.
    pub(super) fn holder(&self, id: &str) -> Option<(Owner<'a>, &'a str)> {
        self.by_id().get(id).copied()
    }

    /// The names of what an owner had.
    pub(super) fn names(&self, owner: Owner<'_>) -> Vec<&'a str> {
        let names = self.by_name().keys().filter(|(of, _)| *of == owner);
        super::in_order(names.map(|(_, name)| *name))
    }

    fn by_name(&self) -> &HashMap<(Owner<'a>, &'a str), &'a Id> {
        self.by_name.get_or_init(|| {
            let mut by_name = HashMap::default();
            by_name.reserve(self.count());
            by_name.extend(self.things().map(|(owner, name, id)| ((owner, name), id)));
            by_name
        })
    }

    fn by_id(&self) -> &HashMap<&'a str, (Owner<'a>, &'a str)> {
        self.by_id.get_or_init(|| {
            let mut by_id = HashMap::default();
            by_id.reserve(self.count());
            by_id.extend(self.things().map(|(owner, name, id)| (id.as_str(), (owner, name))));
            by_id
        })
    }

    fn count(&self) -> usize {
        let Some(definition) = self.definition else { return 0 };
        let columns = definition.tables.iter().map(|table| 1 + table.columns.len());
        let values = definition.enums.iter().map(|item| 1 + item.values.len());
        columns.chain(values).sum()
    }

    /// Everything that has an id.
    fn things(&self) -> impl Iterator<Item = (Owner<'a>, &'a str, &'a Id)> + use<'a> {
        let tables = self.definition.into_iter().flat_map(|before| &before.tables);
        let tables = tables.flat_map(|table| {
            let owner = Owner::Columns(table.id.as_str());
            let columns = table.columns.iter();
            let columns = columns.map(move |column| (owner, column.name.as_str(), &column.id));
            std::iter::once((Owner::Tables, table.name.as_str(), &table.id)).chain(columns)
        });
        let enums = self.definition.into_iter().flat_map(|before| &before.enums);
        let enums = enums.flat_map(|item| {
            let owner = Owner::Values(item.id.as_str());
            let values =
                item.values.iter().map(move |value| (owner, value.name.as_str(), &value.id));
            std::iter::once((Owner::Enums, item.name.as_str(), &item.id)).chain(values)
        });
        tables.chain(enums)
    }
}
