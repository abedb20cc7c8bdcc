//! A shape as a list of things, each with what is known of it: what comparisons and the digest
//! look at, and nothing else.

use serde::Serialize;

use super::shape::{
    Column, Constraint, ConstraintKind, Contents, Enum, Function, Grant, Identity, Index, Other,
    Shape, Table, Trigger,
};

/// What kind of thing is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// The namespace itself.
    Namespace,
    /// An enumerated type.
    Enum,
    /// A table.
    Table,
    /// A column.
    Column,
    /// A primary key.
    PrimaryKey,
    /// A unique constraint.
    Unique,
    /// A check.
    Check,
    /// An exclusion.
    Exclusion,
    /// A foreign key.
    ForeignKey,
    /// NOT NULL that rows may still break.
    NotNull,
    /// An index.
    Index,
    /// A trigger.
    Trigger,
    /// A function or a procedure.
    Function,
    /// What no definition makes.
    Other,
}

impl Kind {
    /// What a person calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Namespace => "the namespace",
            Self::Enum => "the enum",
            Self::Table => "the table",
            Self::Column => "the column",
            Self::PrimaryKey => "the primary key",
            Self::Unique => "the unique constraint",
            Self::Check => "the check",
            Self::Exclusion => "the exclusion",
            Self::ForeignKey => "the foreign key",
            Self::NotNull => "the NOT NULL constraint",
            Self::Index => "the index",
            Self::Trigger => "the trigger",
            Self::Function => "the function",
            Self::Other => "the",
        }
    }
}

/// What tells one thing from every other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The table it is or belongs to; things of a table stand together.
    pub(super) table: Option<String>,
    pub(super) kind: Kind,
    pub(super) name: String,
}

/// A thing with what is known of it: an aspect, and what it is, in the order of the list.
pub(super) type Item = (Key, Vec<(&'static str, String)>);

/// Everything that counts, in a fixed order.
pub(super) fn items(shape: &Shape) -> Vec<Item> {
    let Contents { enums, tables, functions, others } = &shape.contents;
    let mut items = vec![namespace(shape)];
    items.extend(enums.iter().map(enumeration));
    for table in tables {
        items.push(self::table(table));
        items.extend(table.columns.iter().map(|column| self::column(table, column)));
        items.extend(table.constraints.iter().map(|it| constraint(table, it)));
        items.extend(table.indexes.iter().map(|it| index(table, it)));
        items.extend(table.triggers.iter().map(|it| trigger(table, it)));
    }
    items.extend(functions.iter().map(function));
    items.extend(others.iter().map(other));
    items.sort();
    items
}

/// What is known of a thing, but for what there is nothing to say about.
#[derive(Default)]
struct Facts(Vec<(&'static str, String)>);

impl Facts {
    fn tell(mut self, aspect: &'static str, fact: impl Into<String>) -> Self {
        self.0.push((aspect, fact.into()));
        self
    }

    fn maybe(self, aspect: &'static str, fact: Option<impl Into<String>>) -> Self {
        match fact {
            Some(fact) => self.tell(aspect, fact),
            None => self,
        }
    }

    fn list(self, aspect: &'static str, facts: &[String]) -> Self {
        self.maybe(aspect, (!facts.is_empty()).then(|| facts.join(", ")))
    }

    fn grants(self, grants: &[Grant]) -> Self {
        let told: Vec<String> =
            grants.iter().map(|grant| [&grant.rights, " to ", &grant.role].concat()).collect();
        self.maybe("rights", (!told.is_empty()).then(|| told.join("; ")))
    }

    fn of(self, table: Option<&Table>, kind: Kind, name: &str) -> Item {
        let table = table.map(|table| table.name.clone());
        (Key { table, kind, name: name.to_owned() }, self.0)
    }
}

fn namespace(shape: &Shape) -> Item {
    Facts::default().grants(&shape.grants).of(None, Kind::Namespace, "")
}

fn enumeration(item: &Enum) -> Item {
    let values: Vec<String> =
        item.values.iter().map(|value| ["'", &value.replace('\'', "''"), "'"].concat()).collect();
    Facts::default()
        .tell("values", values.join(", "))
        .maybe("owner", item.owner.as_deref())
        .maybe("comment", item.comment.as_deref())
        .grants(&item.grants)
        .of(None, Kind::Enum, &item.name)
}

fn table(table: &Table) -> Item {
    Facts::default()
        .maybe("owner", table.owner.as_deref())
        .maybe("comment", table.comment.as_deref())
        .list("settings", &table.traits)
        .grants(&table.grants)
        .of(Some(table), Kind::Table, &table.name)
}

fn column(table: &Table, column: &Column) -> Item {
    let own = if column.own_type { " of this namespace" } else { "" };
    let facts = Facts::default()
        .tell("type", [column.data_type.as_str(), own].concat())
        .tell("NULL", if column.not_null { "refused" } else { "taken" })
        .maybe("default", column.default.as_deref());
    let facts = match &column.generated {
        Some(generated) if generated.is_virtual => {
            facts.tell("computation", ["when read: ", &generated.expression].concat())
        }
        Some(generated) => facts.tell("computation", generated.expression.as_str()),
        None => facts,
    };
    facts
        .maybe("numbering", column.identity.as_ref().map(numbering))
        .maybe("collation", column.collation.as_deref())
        .maybe("comment", column.comment.as_deref())
        .list("settings", &column.traits)
        .grants(&column.grants)
        .of(Some(table), Kind::Column, &column.name)
}

fn numbering(identity: &Identity) -> String {
    [if identity.always { "always: " } else { "by default: " }, &identity.sequence].concat()
}

fn constraint(table: &Table, constraint: &Constraint) -> Item {
    let kind = match constraint.kind {
        ConstraintKind::Check => Kind::Check,
        ConstraintKind::PrimaryKey => Kind::PrimaryKey,
        ConstraintKind::Unique => Kind::Unique,
        ConstraintKind::Exclusion => Kind::Exclusion,
        ConstraintKind::ForeignKey => Kind::ForeignKey,
        ConstraintKind::NotNull => Kind::NotNull,
    };
    let facts = Facts::default()
        .tell("definition", constraint.definition.as_str())
        .maybe("comment", constraint.comment.as_deref());
    let facts = match &constraint.index {
        Some(index) => of_index(facts, index, "index"),
        None => facts,
    };
    // Of other kinds, the definition says so itself.
    let invalid = !constraint.validated && !constraint.definition.contains("NOT VALID");
    let facts = facts.maybe("validity", invalid.then_some("rows may break it"));
    facts.of(Some(table), kind, &constraint.name)
}

fn index(table: &Table, index: &Index) -> Item {
    of_index(Facts::default(), index, "definition").of(Some(table), Kind::Index, &index.name)
}

fn of_index(facts: Facts, index: &Index, aspect: &'static str) -> Facts {
    facts
        .tell(aspect, index.definition.as_str())
        .maybe("state", (!index.valid).then_some("incomplete"))
        .maybe("comment of the index", index.comment.as_deref())
        .list("settings", &index.traits)
}

fn trigger(table: &Table, trigger: &Trigger) -> Item {
    Facts::default()
        .tell("definition", trigger.definition.as_str())
        .maybe("firing", trigger.enabled)
        .of(Some(table), Kind::Trigger, &trigger.name)
}

fn function(function: &Function) -> Item {
    let name = [&function.name, "(", &function.arguments, ")"].concat();
    Facts::default()
        .tell("definition", function.definition.as_str())
        .maybe("owner", function.owner.as_deref())
        .grants(&function.grants)
        .of(None, Kind::Function, &name)
}

fn other(other: &Other) -> Item {
    let name = [&other.kind, " `", &other.name, "`"].concat();
    let key = Key { table: other.table.clone(), kind: Kind::Other, name };
    (key, Vec::new())
}
