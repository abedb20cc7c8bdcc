//! Columns.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{Claims, Identified, Owner};
use super::naming::{Thing, checked, described};
use super::tables::Draft;
use super::{Builder, Site};
use crate::column_type::{ColumnType, Family, ParsedType, TypeError};
use crate::document::raw::{RawColumn, RawTable};
use crate::expression::{Expression, Place};
use crate::model::{Column, Identity};
use crate::name::{Id, Name};
use crate::problem::Path;

impl Builder<'_> {
    pub(super) fn columns(&mut self, draft: &mut Draft<'_>, table: &Id) {
        let list = draft.path.key("columns");
        // A generated column may read columns that stand after it, so all names come first.
        let written = self.written_types(draft.raw);
        let claims = Claims::of(
            draft.raw.columns.iter().map(|raw| (&raw.id, raw.name.as_deref(), &raw.renamed_from)),
        );
        let mut seen = BTreeSet::new();
        for (position, raw) in draft.raw.columns.iter().enumerate() {
            let path = list.index(position);
            let Some(name) = checked(raw.name.as_deref(), Thing::Column, &path, &mut self.problems)
            else {
                continue;
            };
            if !seen.insert(name.clone()) {
                let message = format!("`{}` has two columns called `{name}`", draft.name);
                self.problems.error("duplicate_name", &path.key("name"), message);
                continue;
            }
            self.places.columns.insert((draft.name.clone(), name.clone()), path.clone());
            let id = self.column_id(raw, &name, (table, &claims), &path);
            if let Some(column) = self.column(raw, (id, name), &written, &path) {
                draft.columns.push(column);
            }
        }
        self.generated_columns(draft);
    }

    /// The columns as they are named, with their types where those can be read.
    fn written_types<'r>(&self, table: &'r RawTable) -> Vec<(&'r str, Option<ColumnType>)> {
        let known = |column: &RawColumn| {
            let parsed =
                ColumnType::parse(column.r#type.as_deref()?, &|name| self.enums.contains(name));
            parsed.ok().map(|parsed| parsed.column_type)
        };
        let columns = table.columns.iter();
        columns.filter_map(|column| Some((column.name.as_deref()?, known(column)))).collect()
    }

    fn column_id(
        &mut self,
        raw: &RawColumn,
        name: &Name,
        (table, claims): (&Id, &Claims<'_>),
        path: &Path,
    ) -> Id {
        let thing = Identified {
            id: raw.id.as_deref(),
            name: name.as_str(),
            renamed_from: raw.renamed_from.as_deref(),
        };
        let owner = Owner::Columns(table.as_str());
        self.ids.of(&thing, owner, claims, (path, &mut self.problems))
    }

    fn column(
        &mut self,
        raw: &RawColumn,
        (id, name): (Id, Name),
        columns: &[(&str, Option<ColumnType>)],
        path: &Path,
    ) -> Option<Column> {
        let parsed = self.column_type(raw.r#type.as_deref()?, path);
        let wanted = parsed.as_ref().map(|parsed| &parsed.column_type);
        let default = raw.default.as_deref().and_then(|text| {
            let site = Site { wanted, ..Site::of(Place::Default, BTreeMap::new()) };
            self.expression(text, site, &path.key("default"))
        });
        let generated = raw.generated.as_deref().and_then(|text| {
            let columns = columns.iter().map(|(name, known)| (*name, known.as_ref())).collect();
            let site = Site { wanted, ..Site::of(Place::Generated, columns) };
            self.expression(text, site, &path.key("generated"))
        });
        let parsed = parsed?;
        let identity = self.identity(raw, &parsed, path);
        self.exclusive(raw, identity, path);
        let collation = self.column_collation(raw, &parsed, path);
        Some(Column {
            id,
            name,
            data_type: parsed.column_type,
            not_null: raw.not_null || raw.primary_key || identity.is_some(),
            // A default of NULL is what a column without one has.
            default: default.filter(|default| *default.node() != crate::expression::Node::Null),
            generated,
            identity,
            collation,
            description: described(raw.description.as_deref()),
        })
    }

    pub(super) fn column_type(&mut self, written: &str, path: &Path) -> Option<ParsedType> {
        match ColumnType::parse(written, &|name| self.enums.contains(name)) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                let near = match &error {
                    TypeError::Unknown { name, nearest } => {
                        nearest.map(str::to_owned).or_else(|| {
                            crate::near::nearest(name, self.enums.iter().map(String::as_str))
                                .map(str::to_owned)
                        })
                    }
                    TypeError::Malformed(_) | TypeError::Modifier(_) => None,
                };
                let code = match &error {
                    TypeError::Modifier(_) => "invalid_modifier",
                    TypeError::Unknown { .. } | TypeError::Malformed(_) => "unknown_type",
                };
                let hint = near.map(|near| format!("Did you mean `{near}`?"));
                self.problems.error(code, &path.key("type"), error.to_string()).hint = hint;
                None
            }
        }
    }

    fn column_collation(
        &mut self,
        raw: &RawColumn,
        parsed: &ParsedType,
        path: &Path,
    ) -> Option<Name> {
        let path = path.key("collation");
        let collation = self.collation(raw.collation.as_deref()?, &path)?;
        if !parsed.column_type.is_text() {
            let message = format!("`{}` has no collation; only text has", parsed.column_type);
            self.problems.error("type_mismatch", &path, message);
        }
        Some(collation)
    }

    fn identity(&mut self, raw: &RawColumn, parsed: &ParsedType, path: &Path) -> Option<Identity> {
        let written = raw.identity.as_deref();
        let found = Identity::ALL
            .iter()
            .find(|(word, _)| Some(*word) == written)
            .map(|(_, identity)| *identity);
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
    fn exclusive(&mut self, raw: &RawColumn, identity: Option<Identity>, path: &Path) {
        let sources = [
            ("default", raw.default.is_some()),
            ("generated", raw.generated.is_some()),
            ("identity", identity.is_some()),
        ];
        let given: Vec<&str> =
            sources.iter().filter(|(_, given)| *given).map(|(key, _)| *key).collect();
        if let [first, second, ..] = given.as_slice() {
            let message =
                format!("`{first}` and `{second}` cannot both say where the value comes from");
            self.problems.error("conflicting_value", &path.key(second), message);
        }
    }

    /// PostgreSQL computes generated columns from stored ones only.
    fn generated_columns(&mut self, draft: &Draft<'_>) {
        for column in &draft.columns {
            let reads: BTreeSet<&str> =
                column.generated.iter().flat_map(Expression::columns).collect();
            let computed =
                |name: &&str| draft.column(name).is_some_and(|other| other.generated.is_some());
            if let Some(name) = reads.into_iter().find(computed) {
                let path = self.places.columns[&(draft.name.clone(), column.name.clone())]
                    .key("generated");
                let message = format!("reads `{name}`, which is itself computed");
                self.problems.error("generated_column", &path, message);
            }
        }
    }
}
