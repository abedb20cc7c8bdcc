//! Enums that appear, go, or get other values.

use std::collections::BTreeSet;

use definition::expression::Node;
use definition::model::{Enum, EnumValue, Table};
use definition::{Expression, Id, Name};
use sql::{Ident, Sql};

use super::Planner;
use super::build::{Slot, draft};
use crate::attic::{AtticContent, AtticName};
use crate::remedy::Remedy;
use crate::render;

/// An enum that becomes another type: PostgreSQL can neither remove a value nor move one.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// What it is called in `now` and afterwards.
    pub(super) name: Name,
}

impl Planner<'_> {
    /// Which enums become another type.
    pub(super) fn decide_enums(&mut self) {
        for item in &self.now.enums {
            let Some(wanted) = self.wanted_enum(&item.id) else { continue };
            if item.values == wanted.values {
                continue;
            }
            let added = added(&item.values, &wanted.values);
            if added.is_none_or(|added| self.are_used_at_once(wanted, &added)) {
                let source = Source { name: item.name.clone() };
                self.enum_sources.insert(item.id.clone(), source);
            }
        }
    }

    fn wanted_enum(&self, id: &Id) -> Option<&Enum> {
        self.situation.after.enums.iter().find(|wanted| wanted.id == *id)
    }

    /// Whether an enum is there before and after as one type.
    pub(super) fn stays_that_type(&self, id: &Id) -> bool {
        self.wanted_enum(id).is_some() && !self.enum_sources.contains_key(id)
    }

    /// Whether an enum, by its name in `now`, becomes another type.
    pub(super) fn is_remade(&self, name: &str) -> bool {
        self.enum_sources.values().any(|source| source.name.as_str() == name)
    }

    /// PostgreSQL takes a new value of an enum only after the transaction that added it, so an
    /// expression that says it needs another type.
    fn are_used_at_once(&self, item: &Enum, added: &[&EnumValue]) -> bool {
        let words: BTreeSet<&str> = added.iter().map(|value| value.name.as_str()).collect();
        let of_it = |table: &&Table| {
            table.columns.iter().any(|column| column.data_type.enum_name() == Some(&item.name))
        };
        // What comes back in a rollback may hold them.
        let comes_back = self.situation.rollback_to.is_some();
        if comes_back || self.is_converted_to(&item.name) || self.fills_with(&words) {
            return true;
        }
        self.situation
            .after
            .tables
            .iter()
            .filter(of_it)
            .flat_map(expressions)
            .any(|expression| says(expression, &words))
    }

    /// Whether a column becomes one of this enum: its values may be the new ones.
    fn is_converted_to(&self, item: &Name) -> bool {
        self.pairs().into_iter().any(|pair| {
            let now = &self.now.tables[pair.at].columns;
            let wanted = &self.situation.after.tables[pair.to].columns;
            wanted.iter().filter(|column| column.data_type.enum_name() == Some(item)).any(
                |wanted| {
                    now.iter().any(|now| now.id == wanted.id && now.data_type != wanted.data_type)
                },
            )
        })
    }

    /// Whether somebody chose one of these words for rows that do not fit.
    fn fills_with(&self, words: &BTreeSet<&str>) -> bool {
        self.situation.remedies.0.values().any(|remedy| match remedy {
            Remedy::Fill(text) | Remedy::Cast(text) => words.iter().any(|word| text.contains(word)),
            Remedy::SetAside => false,
        })
    }

    pub(super) fn plan_enums(&mut self) {
        let wanted: BTreeSet<&Id> =
            self.situation.after.enums.iter().map(|item| &item.id).collect();
        let present: BTreeSet<Id> = self.now.enums.iter().map(|item| item.id.clone()).collect();
        for at in 0..self.now.enums.len() {
            let (start, now) = (self.start.enums[at].clone(), self.now.enums[at].clone());
            let goes = !wanted.contains(&now.id);
            if goes || self.enum_sources.contains_key(&now.id) {
                self.put_enum_aside(&start, &now);
            } else {
                self.rename_enum_values(&start, &now);
                self.add_enum_values(&now);
                self.describe_enum(&now);
            }
        }
        for (position, item) in self.situation.after.enums.iter().enumerate() {
            if !present.contains(&item.id) || self.enum_sources.contains_key(&item.id) {
                let steps = render::enums::create(self.namespace(), item, position);
                self.slots[Slot::Types as usize].extend(steps);
            }
        }
    }

    fn put_enum_aside(&mut self, start: &Enum, now: &Enum) {
        // Kept with the values that it has in PostgreSQL, which are those of `start`.
        let content = AtticContent::Enum(Box::new(start.clone()));
        let name = self.put_aside(content, Vec::new());
        let there = self.rename_enum(start.name.ident(), &name.ident());
        let back = self.rename_enum(&name.ident(), start.name.ident());
        self.add(Slot::Aside, draft(there, back, format!("the enum `{}`", now.name)));
    }

    fn rename_enum(&self, from: &Ident, to: &Ident) -> Sql {
        render::names::enumeration(self.namespace(), from, to)
    }

    fn rename_enum_values(&mut self, start: &Enum, now: &Enum) {
        let pairs = start.values.iter().zip(&now.values);
        let renames: Vec<(String, String)> = pairs
            .map(|(start, now)| (start.name.to_string(), now.name.to_string()))
            .filter(|(from, to)| from != to)
            .collect();
        let mut spares = 0;
        let mut spare = || {
            spares += 1;
            ["tenanta_", &spares.to_string()].concat()
        };
        for (from, to) in super::rename::ordered(renames, &mut spare) {
            let rename = |from: &str, to: &str| {
                render::names::enum_value(self.namespace(), &now.name, from, to)
            };
            let (there, back) = (rename(&from, &to), rename(&to, &from));
            self.add(
                Slot::Types,
                draft(there, back, format!("the value `{to}` of `{}`", now.name)),
            );
        }
    }

    fn add_enum_values(&mut self, now: &Enum) {
        let Some(wanted) = self.wanted_enum(&now.id).cloned() else { return };
        let known: BTreeSet<&Id> = now.values.iter().map(|value| &value.id).collect();
        for (at, value) in wanted.values.iter().enumerate() {
            if known.contains(&value.id) {
                continue;
            }
            let mut sql = Sql::of("ALTER TYPE ");
            sql.qualified(self.namespace(), now.name.ident()).syntax(" ADD VALUE ");
            sql.literal(value.name.as_str());
            match at.checked_sub(1) {
                Some(previous) => {
                    sql.syntax(" AFTER ").literal(wanted.values[previous].name.as_str());
                }
                None => {
                    if let Some(first) = now.values.first() {
                        sql.syntax(" BEFORE ").literal(first.name.as_str());
                    }
                }
            }
            // PostgreSQL cannot take a value away: a rollback makes another type.
            let title = format!("the value `{}` of `{}`", value.name, now.name);
            self.add(Slot::Types, super::build::helper(sql, title));
        }
    }

    fn describe_enum(&mut self, now: &Enum) {
        let Some(wanted) = self.wanted_enum(&now.id) else { return };
        if wanted.description == now.description {
            return;
        }
        let say = |text: Option<&str>| render::enums::describe(self.namespace(), &now.name, text);
        let (there, back) = (say(wanted.description.as_deref()), say(now.description.as_deref()));
        self.add(Slot::Rest, draft(there, back, format!("the description of `{}`", now.name)));
    }

    /// The enums that columns of this table are of, as an item of the attic keeps them.
    pub(super) fn enums_of<'t>(
        &self,
        types: impl IntoIterator<Item = &'t definition::ColumnType>,
    ) -> Vec<Enum> {
        let names: BTreeSet<&Name> =
            types.into_iter().filter_map(definition::ColumnType::enum_name).collect();
        let known = |name: &Name| {
            let present = self.now.enums.iter().find(|item| item.name == *name).cloned();
            present.or_else(|| self.enum_of_attic(name))
        };
        names.into_iter().filter_map(known).collect()
    }

    /// An enum that waits in the attic itself, by the name that it has there.
    fn enum_of_attic(&self, name: &Name) -> Option<Enum> {
        let at = AtticName::parse(name.as_str())?;
        let item = self.situation.attic.iter().find(|item| item.name == at)?;
        item.content.as_enum().map(|old| Enum { name: name.clone(), ..old.clone() })
    }
}

/// The values that were added; nothing when some went or moved.
fn added<'a>(from: &[EnumValue], to: &'a [EnumValue]) -> Option<Vec<&'a EnumValue>> {
    let mut rest = from.iter().peekable();
    let mut added = Vec::new();
    for value in to {
        match rest.peek() {
            Some(next) if next.id == value.id && next.name == value.name => {
                rest.next();
            }
            _ => added.push(value),
        }
    }
    rest.peek().is_none().then_some(added)
}

/// Every expression of a table.
pub(super) fn expressions(table: &Table) -> Vec<&Expression> {
    use definition::model::IndexTarget;
    let columns = table.columns.iter().flat_map(|it| it.default.iter().chain(&it.generated));
    let checks = table.checks.iter().map(|check| &check.expression);
    let of_target = |target: &'_ IndexTarget| match target {
        IndexTarget::Expression(_) => true,
        IndexTarget::Column(_) => false,
    };
    let mut all: Vec<&Expression> = columns.chain(checks).collect();
    let targets = table.indexes.iter().flat_map(|index| index.keys.iter().map(|key| &key.target));
    let elements =
        table.exclusions.iter().flat_map(|it| it.elements.iter().map(|element| &element.target));
    for target in targets.chain(elements).filter(|target| of_target(target)) {
        if let IndexTarget::Expression(expression) = target {
            all.push(expression);
        }
    }
    all.extend(table.indexes.iter().filter_map(|index| index.predicate.as_ref()));
    all.extend(table.exclusions.iter().filter_map(|it| it.predicate.as_ref()));
    all
}

fn says(expression: &Expression, words: &BTreeSet<&str>) -> bool {
    let mut found = false;
    expression.node().walk(&mut |node| {
        if let Node::Text(text) = node {
            found |= words.iter().any(|word| text.contains(word));
        }
    });
    found
}
