//! Foreign keys, and what they are together.

use definition::model::{ManyToMany, ReferentialAction};
use serde_json::{Value, json};

use super::super::items::Kind;
use super::super::shape::{Constraint, ConstraintKind, Reference, Table};
use super::Adoption;
use super::object::Object;
use super::tables::deferrable;

impl Adoption<'_> {
    pub(super) fn relationships(&mut self) -> Vec<Value> {
        let mut keys: Vec<(&Table, &Constraint)> = Vec::new();
        for table in &self.contents.tables {
            let of_table = table.constraints.iter();
            let of_table = of_table.filter(|it| it.kind == ConstraintKind::ForeignKey);
            keys.extend(of_table.map(|constraint| (table, constraint)));
        }
        let before = self.before.map(|before| before.relationships.as_slice()).unwrap_or_default();
        keys.sort_by_key(|(table, constraint)| {
            let of = before.iter().position(|relationship| {
                relationship.from.table.as_str() == table.name
                    && relationship.name.as_str() == constraint.name
            });
            of.unwrap_or(usize::MAX)
        });
        let mut relationships: Vec<Value> =
            keys.into_iter().filter_map(|(table, key)| self.relationship(table, key)).collect();
        let many = self.before.map(|before| before.many_to_many.as_slice()).unwrap_or_default();
        relationships.extend(many.iter().filter(|many| self.joins(many)).map(many_to_many));
        relationships
    }

    fn relationship(&mut self, table: &Table, key: &Constraint) -> Option<Value> {
        let reference = key.reference.as_ref()?;
        if reference.elsewhere {
            let what = ["the foreign key `", &key.name, "` of `", &table.name, "`"].concat();
            self.findings.left_out("foreign_key_elsewhere", what);
            return None;
        }
        self.constraint_findings(table, key, "the foreign key");
        let kept = self.kept.get(Some(&table.name), Kind::ForeignKey, &key.name);
        Some(kept.unwrap_or_else(|| made(table, key, reference)))
    }

    /// Whether the junction of a many-to-many relationship still joins its two sides.
    fn joins(&self, many: &ManyToMany) -> bool {
        let junction = self.contents.table(many.through.as_str());
        let to = |side: &str| {
            let keys = junction.into_iter().flat_map(|junction| &junction.constraints);
            keys.filter_map(|key| key.reference.as_ref())
                .filter(|reference| reference.table == side && !reference.elsewhere)
                .count()
        };
        let needed = if many.from == many.to { 2 } else { 1 };
        to(many.from.as_str()) >= needed && to(many.to.as_str()) >= needed
    }
}

fn made(table: &Table, key: &Constraint, reference: &Reference) -> Value {
    Object::default()
        .set("name", key.name.as_str())
        .set("from", json!({ "table": table.name, "columns": key.columns }))
        .set("to", json!({ "table": reference.table, "columns": reference.columns }))
        .maybe("onDelete", action(reference.on_delete))
        .maybe("onUpdate", action(reference.on_update))
        .maybe("deferrable", deferrable(key))
        .done()
}

/// The word for PostgreSQL's letter.
fn action(letter: char) -> Option<&'static str> {
    let action = match letter {
        'r' => ReferentialAction::Restrict,
        'c' => ReferentialAction::Cascade,
        'n' => ReferentialAction::SetNull,
        'd' => ReferentialAction::SetDefault,
        _ => return None,
    };
    Some(action.word())
}

fn many_to_many(many: &ManyToMany) -> Value {
    let ManyToMany { name, from, to, through } = many;
    json!({
        "name": name, "type": "manyToMany",
        "from": { "table": from }, "to": { "table": to }, "through": through,
    })
}
