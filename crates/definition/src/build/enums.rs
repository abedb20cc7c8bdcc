//! Enums.

use foldhash::HashSet;

use super::Builder;
use super::ids::{Claims, Identified, Owner};
use super::naming::{Thing, checked, described};
use crate::column_type::ColumnType;
use crate::document::raw::{RawDocument, RawEnum, RawEnumValue, TextOr};
use crate::model::{Enum, EnumValue};
use crate::name::Id;
use crate::path::Path;

impl<'a> Builder<'a> {
    pub(super) fn enums(&mut self, raw: &'a RawDocument<'a>) {
        let list = Path::ROOT.key("enums");
        let claims = Claims::of(raw.enums.iter().map(identified));
        let mut seen = HashSet::default();
        for (position, item) in raw.enums.iter().enumerate() {
            let path = list.index(position);
            let Some(built) = self.enumeration(item, &claims, &path) else { continue };
            if !seen.insert(built.name.clone()) {
                let message = format!("there are two enums called `{}`", built.name);
                self.problems.error("duplicate_name", &path.key("name"), message);
                continue;
            }
            if let Some(known) = self.enums.get_mut(built.name.as_str()) {
                *known = Some(self.definition.enums.len());
            }
            self.definition.enums.push(built);
        }
    }

    fn enumeration(
        &mut self,
        raw: &'a RawEnum<'a>,
        claims: &Claims<'_>,
        path: &Path<'_>,
    ) -> Option<Enum> {
        let name = checked(raw.name.as_deref(), Thing::Enum, path, &mut self.problems)?;
        if ColumnType::is_builtin(name.as_str()) {
            let message =
                format!("`{name}` is a type of PostgreSQL; an enum needs a name of its own");
            self.problems.error("reserved_name", &path.key("name"), message);
        }
        let said = (path, &mut self.problems);
        let id = self.ids.of(identified(raw), Owner::Enums, claims, said);
        let values = self.values(raw, &id, path);
        if raw.values.is_empty() {
            let message = format!("the enum `{name}` has no values");
            self.problems.error("empty_enum", &path.key("values"), message);
        }
        Some(Enum { id, name, values, description: described(raw.description.as_deref()) })
    }

    fn values(&mut self, raw: &'a RawEnum<'a>, owner: &Id, path: &Path<'_>) -> Vec<EnumValue> {
        let list = path.key("values");
        let claims = Claims::of(raw.values.iter().map(value));
        let mut seen = HashSet::default();
        let mut values = Vec::new();
        for (position, item) in raw.values.iter().map(value).enumerate() {
            let path = list.index(position);
            let Some(name) = checked(item.name, Thing::EnumValue, &path, &mut self.problems) else {
                continue;
            };
            if !seen.insert(name.clone()) {
                let message = format!("the value `{name}` is listed twice");
                self.problems.error("duplicate_name", &path, message);
                continue;
            }
            let owner = Owner::Values(owner.as_str());
            let id = self.ids.of(item, owner, &claims, (&path, &mut self.problems));
            values.push(EnumValue { id, name });
        }
        values
    }
}

fn identified<'r>(raw: &'r RawEnum<'_>) -> Identified<'r> {
    Identified {
        id: raw.id.as_deref(),
        name: raw.name.as_deref(),
        renamed_from: raw.renamed_from.as_deref(),
    }
}

/// A value written as a text is one with a name only.
fn value<'r>(raw: &'r TextOr<'_, RawEnumValue<'_>>) -> Identified<'r> {
    match raw {
        TextOr::Text(name) => Identified { id: None, name: Some(name), renamed_from: None },
        TextOr::Object(value) => Identified {
            id: value.id.as_deref(),
            name: value.name.as_deref(),
            renamed_from: value.renamed_from.as_deref(),
        },
    }
}
