//! Enums.

use std::collections::BTreeSet;

use super::Builder;
use super::ids::{Claims, Identified, Owner};
use super::naming::{Thing, checked, described};
use crate::column_type::ColumnType;
use crate::document::raw::{RawDocument, RawEnum, RawEnumValue, TextOr};
use crate::model::{Enum, EnumValue};
use crate::name::Id;
use crate::problem::Path;

impl Builder<'_> {
    pub(super) fn enums(&mut self, raw: &RawDocument) {
        let list = Path::root().key("enums");
        let claims = Claims::of(
            raw.enums.iter().map(|raw| (&raw.id, raw.name.as_deref(), &raw.renamed_from)),
        );
        let mut seen = BTreeSet::new();
        for (position, item) in raw.enums.iter().enumerate() {
            let path = list.index(position);
            let Some(built) = self.enumeration(item, &claims, &path) else { continue };
            if !seen.insert(built.name.clone()) {
                let message = format!("there are two enums called `{}`", built.name);
                self.problems.error("duplicate_name", &path.key("name"), message);
                continue;
            }
            self.definition.enums.push(built);
        }
    }

    fn enumeration(&mut self, raw: &RawEnum, claims: &Claims<'_>, path: &Path) -> Option<Enum> {
        let name = checked(raw.name.as_deref(), Thing::Enum, path, &mut self.problems)?;
        if ColumnType::parse(name.as_str(), &|_| false).is_ok() {
            let message =
                format!("`{name}` is a type of PostgreSQL; an enum needs a name of its own");
            self.problems.error("reserved_name", &path.key("name"), message);
        }
        let thing = Identified {
            id: raw.id.as_deref(),
            name: name.as_str(),
            renamed_from: raw.renamed_from.as_deref(),
        };
        let id = self.ids.of(&thing, Owner::Enums, claims, (path, &mut self.problems));
        let values = self.values(raw, &id, path);
        if raw.values.is_empty() {
            let message = format!("the enum `{name}` has no values");
            self.problems.error("empty_enum", &path.key("values"), message);
        }
        Some(Enum { id, name, values, description: described(raw.description.as_deref()) })
    }

    fn values(&mut self, raw: &RawEnum, owner: &Id, path: &Path) -> Vec<EnumValue> {
        let list = path.key("values");
        let items: Vec<RawEnumValue> = raw.values.iter().map(spelled_out).collect();
        let claims =
            Claims::of(items.iter().map(|raw| (&raw.id, raw.name.as_deref(), &raw.renamed_from)));
        let mut seen = BTreeSet::new();
        let mut values = Vec::new();
        for (position, item) in items.iter().enumerate() {
            let path = list.index(position);
            let Some(name) =
                checked(item.name.as_deref(), Thing::EnumValue, &path, &mut self.problems)
            else {
                continue;
            };
            if !seen.insert(name.clone()) {
                self.problems.error(
                    "duplicate_name",
                    &path,
                    format!("the value `{name}` is listed twice"),
                );
                continue;
            }
            let thing = Identified {
                id: item.id.as_deref(),
                name: name.as_str(),
                renamed_from: item.renamed_from.as_deref(),
            };
            let owner = Owner::Values(owner.as_str());
            let id = self.ids.of(&thing, owner, &claims, (&path, &mut self.problems));
            values.push(EnumValue { id, name });
        }
        values
    }
}

/// A value written as a text is one with a name only.
fn spelled_out(value: &TextOr<RawEnumValue>) -> RawEnumValue {
    match value {
        TextOr::Text(name) => RawEnumValue { name: Some(name.clone()), ..RawEnumValue::default() },
        TextOr::Object(value) => value.clone(),
    }
}
