//! A change as a person would tell it.

use definition::Name;
use definition::model::{EnumValue, ManyToMany, Relationship};

use super::{Change, Facet};

impl Change {
    /// A sentence in the user's words.
    pub fn summary(&self) -> String {
        match self {
            Self::RenameEnum { from, to, .. } => format!("Rename the enum `{from}` to `{to}`"),
            Self::RenameEnumValue { item, from, to, .. } => {
                format!("Rename the value `{from}` of `{item}` to `{to}`")
            }
            Self::RenameTable { from, to, .. } => format!("Rename the table `{from}` to `{to}`"),
            Self::RenameColumn { table, from, to, .. } => {
                format!("Rename `{from}` of `{table}` to `{to}`")
            }
            Self::RenameIndex { table, from, to } => {
                format!("Rename the index `{from}` of `{table}` to `{to}`")
            }
            Self::AddEnum(item) => format!("Add the enum `{}`", item.name),
            Self::DropEnum(item) => format!("Drop the enum `{}`", item.name),
            Self::ChangeEnumValues { item, from, to } => values(item, from, to),
            Self::DescribeEnum { item, to, .. } => {
                described(&format!("the enum `{item}`"), to.as_ref())
            }
            Self::AddTable(table) => format!("Add the table `{}`", table.name),
            Self::DropTable(table) => format!("Drop the table `{}`", table.name),
            Self::DescribeTable { table, to, .. } => {
                described(&format!("the table `{table}`"), to.as_ref())
            }
            Self::TrackUpdates { table, to, .. } => tracked(table, to.as_ref()),
            Self::AddColumn { table, column } => {
                format!("Add `{}` ({}) to `{table}`", column.name, column.data_type)
            }
            Self::DropColumn { table, column } => format!("Drop `{}` of `{table}`", column.name),
            Self::AlterColumn { table, column, facet } => facet.summary(table, column),
            Self::ChangePrimaryKey { table, to: Some(key), .. } => {
                format!("Make {} the primary key of `{table}`", listed(&key.columns))
            }
            Self::ChangePrimaryKey { table, to: None, .. } => {
                format!("Drop the primary key of `{table}`")
            }
            Self::AddUnique { table, key } => {
                format!("Make {} unique in `{table}`", listed(&key.columns))
            }
            Self::DropUnique { table, key } => {
                format!("Let {} repeat in `{table}`", listed(&key.columns))
            }
            Self::AddCheck { table, check } => {
                format!("Check `{}` in `{table}`", check.expression)
            }
            Self::DropCheck { table, check } => dropped("check", &check.name, table),
            Self::AddExclusion { table, exclusion } => added("exclusion", &exclusion.name, table),
            Self::DropExclusion { table, exclusion } => {
                dropped("exclusion", &exclusion.name, table)
            }
            Self::AddIndex { table, index } => added("index", &index.name, table),
            Self::DropIndex { table, index } => dropped("index", &index.name, table),
            Self::AddRelationship(it) => related(it),
            Self::DropRelationship(it) => unrelated(it),
            Self::AddManyToMany(it) => related_many_to_many(it),
            Self::DropManyToMany(it) => {
                format!("No longer tell `{}` as a relationship of many to many", it.through)
            }
            Self::Reorder(order) => format!("List {} in another order", order.title()),
        }
    }
}

fn added(what: &str, name: &Name, table: &Name) -> String {
    format!("Add the {what} `{name}` to `{table}`")
}

fn dropped(what: &str, name: &Name, table: &Name) -> String {
    format!("Drop the {what} `{name}` of `{table}`")
}

fn described(what: &str, to: Option<&String>) -> String {
    match to {
        Some(_) => format!("Describe {what}"),
        None => format!("Drop the description of {what}"),
    }
}

fn tracked(table: &Name, column: Option<&Name>) -> String {
    match column {
        Some(column) => format!("Keep the time of updates of `{table}` in `{column}`"),
        None => format!("Keep the time of updates of `{table}` no longer"),
    }
}

fn related(it: &Relationship) -> String {
    let (from, to) = (&it.from.table, &it.to.table);
    format!("Relate `{from}` to `{to}` by {}", listed(&it.from.columns))
}

fn unrelated(it: &Relationship) -> String {
    let (from, to) = (&it.from.table, &it.to.table);
    format!("Drop the relationship `{}` of `{from}` to `{to}`", it.name)
}

fn related_many_to_many(it: &ManyToMany) -> String {
    format!("Relate `{}` and `{}` many to many through `{}`", it.from, it.to, it.through)
}

/// `a`, `b` and `c`.
fn listed(names: &[Name]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn values(item: &Name, from: &[EnumValue], to: &[EnumValue]) -> String {
    let missing = |these: &[EnumValue], those: &[EnumValue]| -> Vec<Name> {
        let without = these.iter().filter(|value| !those.iter().any(|other| other.id == value.id));
        without.map(|value| value.name.clone()).collect()
    };
    let (added, removed) = (missing(to, from), missing(from, to));
    match (added.as_slice(), removed.as_slice()) {
        ([], []) => format!("Put the values of `{item}` in another order"),
        (added, []) => format!("Add {} to `{item}`", listed(added)),
        ([], removed) => format!("Remove {} from `{item}`", listed(removed)),
        (added, removed) => {
            format!("Add {} to `{item}` and remove {}", listed(added), listed(removed))
        }
    }
}

impl Facet {
    fn summary(&self, table: &Name, column: &Name) -> String {
        let it = format!("`{column}` of `{table}`");
        match self {
            Self::Type { from, to } => format!("Change {it} from `{from}` to `{to}`"),
            Self::Collation { to: Some(to), .. } => format!("Compare {it} by the collation `{to}`"),
            Self::Collation { to: None, .. } => format!("Compare {it} as the database does"),
            Self::NotNull(true) => format!("Require {it}"),
            Self::NotNull(false) => format!("Let {it} be empty"),
            Self::Default { to: Some(to), .. } => format!("Set the default of {it} to `{to}`"),
            Self::Default { to: None, .. } => format!("Drop the default of {it}"),
            Self::Generated { to: Some(to), .. } => format!("Compute {it} as `{to}`"),
            Self::Generated { to: None, .. } => format!("No longer compute {it}"),
            Self::Identity { to: Some(to), .. } => format!("Number {it} ({})", to.word()),
            Self::Identity { to: None, .. } => format!("No longer number {it}"),
            Self::Description { to, .. } => described(&it, to.as_ref()),
        }
    }
}
