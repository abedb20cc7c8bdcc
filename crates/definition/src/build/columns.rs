//! Columns.

use foldhash::{HashMap, HashMapExt};

use super::ids::{Claims, Identified, Owner};
use super::naming::{Thing, checked, described};
use super::places::ColumnPlace;
use super::tables::Draft;
use super::{Builder, Site, chosen};
use crate::column_type::{ColumnType, Family, ParsedType, TypeError};
use crate::document::raw::RawColumn;
use crate::model::{Column, Identity};
use crate::name::{Id, Name};
use crate::path::Path;

impl<'a> Builder<'a> {
    pub(super) fn columns(&mut self, draft: &mut Draft<'a>, table: &Id) {
        let raws = &draft.raw.columns;
        let parsed = |raw: &RawColumn<'_>| {
            let written = raw.r#type.as_deref()?;
            Some(ColumnType::parse(written, &|name| self.enums.contains_key(name)))
        };
        // A generated column may read columns that stand after it, so all types come first.
        draft.types = raws.iter().map(parsed).collect();
        draft.places = HashMap::with_capacity(raws.len());
        let claims = Claims::of(raws.iter().map(identified));
        for (position, raw) in raws.iter().enumerate() {
            let spot = draft.item("columns", position);
            let path = spot.path();
            let Some(name) = checked(raw.name.as_deref(), Thing::Column, &path, &mut self.problems)
            else {
                continue;
            };
            if draft.places.contains_key(&name) {
                let message = format!("`{}` has two columns called `{name}`", draft.name);
                self.problems.error("duplicate_name", &path.key("name"), message);
                continue;
            }
            let owner = Owner::Columns(table.as_str());
            let said = (&path, &mut self.problems);
            let id = self.ids.of(identified(raw), owner, &claims, said);
            let built = self.column(draft, position, (id, name.clone()), &path);
            let place = ColumnPlace { spot, built: built.is_some().then_some(draft.columns.len()) };
            draft.places.insert(name, place);
            draft.columns.extend(built);
        }
        self.generated_columns(draft);
    }

    fn column(
        &mut self,
        draft: &Draft<'_>,
        position: usize,
        (id, name): (Id, Name),
        path: &Path<'_>,
    ) -> Option<Column> {
        let raw = &draft.raw.columns[position];
        let parsed = match draft.types[position].as_ref()? {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.wrong_type(error, path);
                None
            }
        };
        let wanted = parsed.map(|parsed| &parsed.column_type);
        let default = raw.default.as_deref().and_then(|text| {
            self.expression(text, &Site::default_of(wanted), &path.key("default"))
        });
        let generated = raw.generated.as_deref().and_then(|text| {
            self.expression(text, &Site::generated(draft, wanted), &path.key("generated"))
        });
        let parsed = parsed?;
        let identity = self.identity(raw, parsed, path);
        self.exclusive(raw, identity, path);
        let collation = self.column_collation(raw, parsed, path);
        Some(Column {
            id,
            name,
            data_type: parsed.column_type.clone(),
            not_null: raw.not_null || raw.primary_key || identity.is_some(),
            // A default of NULL is what a column without one has.
            default: default.filter(|default| !default.is_null()),
            generated,
            identity,
            collation,
            description: described(raw.description.as_deref()),
        })
    }

    fn wrong_type(&mut self, error: &TypeError, path: &Path<'_>) {
        let near = match error {
            TypeError::Unknown { name, nearest } => nearest.or_else(|| {
                crate::near::nearest(name, super::in_order(self.enums.keys().copied()))
            }),
            TypeError::Malformed(_) | TypeError::Modifier(_) => None,
        };
        let code = match error {
            TypeError::Modifier(_) => "invalid_modifier",
            TypeError::Unknown { .. } | TypeError::Malformed(_) => "unknown_type",
        };
        let hint = near.map(|near| format!("Did you mean `{near}`?"));
        self.problems.error(code, &path.key("type"), error.to_string()).hint = hint;
    }

    fn column_collation(
        &mut self,
        raw: &RawColumn<'_>,
        parsed: &ParsedType,
        path: &Path<'_>,
    ) -> Option<Name> {
        let path = path.key("collation");
        let collation = self.collation(raw.collation.as_deref()?, &path)?;
        if !parsed.column_type.is_text() {
            let message = format!("`{}` has no collation; only text has", parsed.column_type);
            self.problems.error("type_mismatch", &path, message);
        }
        Some(collation)
    }

    fn identity(
        &mut self,
        raw: &RawColumn<'_>,
        parsed: &ParsedType,
        path: &Path<'_>,
    ) -> Option<Identity> {
        let found = chosen(&Identity::ALL, raw.identity.as_ref());
        // `serial` takes a value when one is given, like an identity "by default".
        let identity = found.or(parsed.serial.then_some(Identity::ByDefault))?;
        if parsed.column_type.scalar().map(crate::column_type::Builtin::family)
            != Some(Family::Integer)
        {
            let message = format!(
                "PostgreSQL numbers whole numbers only, and this is `{}`",
                parsed.column_type
            );
            self.problems
                .error("identity_type", &path.key("identity"), message)
                .with_hint("Use smallint, integer or bigint.");
        }
        Some(identity)
    }

    /// A value comes from one place.
    fn exclusive(&mut self, raw: &RawColumn<'_>, identity: Option<Identity>, path: &Path<'_>) {
        let sources = [
            ("default", raw.default.is_some()),
            ("generated", raw.generated.is_some()),
            ("identity", identity.is_some()),
        ];
        let mut given = sources.iter().filter(|(_, given)| *given).map(|(key, _)| *key);
        if let (Some(first), Some(second)) = (given.next(), given.next()) {
            let message =
                format!("`{first}` and `{second}` cannot both say where the value comes from");
            self.problems.error("conflicting_value", &path.key(second), message);
        }
    }

    /// PostgreSQL computes generated columns from stored ones only.
    fn generated_columns(&mut self, draft: &Draft<'_>) {
        let computed =
            |name: &&str| draft.column(name).is_some_and(|other| other.generated.is_some());
        for column in &draft.columns {
            let Some(generated) = &column.generated else { continue };
            if let Some(name) = generated.columns().into_iter().find(computed) {
                let path = draft.places[&column.name].spot.path();
                let message = format!("reads `{name}`, which is itself computed");
                self.problems.error("generated_column", &path.key("generated"), message);
            }
        }
    }
}

fn identified<'r>(raw: &'r RawColumn<'_>) -> Identified<'r> {
    Identified {
        id: raw.id.as_deref(),
        name: raw.name.as_deref(),
        renamed_from: raw.renamed_from.as_deref(),
    }
}
