//! A change as a person would tell it.

use definition::column_type::ColumnType;
use definition::model::EnumValue;
use definition::{Expression, Name};

use super::{Act, Change, Facet, Kind};

impl Change {
    /// What kind of thing it concerns.
    pub fn kind(&self) -> Kind {
        match self {
            Self::RenameEnum { .. }
            | Self::RenameEnumValue { .. }
            | Self::AddEnum(_)
            | Self::DropEnum(_)
            | Self::ChangeEnumValues { .. }
            | Self::DescribeEnum { .. } => Kind::Enum,
            Self::RenameTable { .. }
            | Self::AddTable(_)
            | Self::DropTable(_)
            | Self::DescribeTable { .. }
            | Self::TrackUpdates { .. } => Kind::Table,
            Self::RenameColumn { .. }
            | Self::AddColumn { .. }
            | Self::DropColumn { .. }
            | Self::AlterColumn { .. } => Kind::Column,
            Self::ChangePrimaryKey { .. } | Self::AddUnique { .. } | Self::DropUnique { .. } => {
                Kind::Key
            }
            Self::AddCheck { .. } | Self::DropCheck { .. } => Kind::Check,
            Self::AddExclusion { .. } | Self::DropExclusion { .. } => Kind::Exclusion,
            Self::RenameIndex { .. } | Self::AddIndex { .. } | Self::DropIndex { .. } => {
                Kind::Index
            }
            Self::AddRelationship(_)
            | Self::DropRelationship(_)
            | Self::AddManyToMany(_)
            | Self::DropManyToMany(_) => Kind::Relationship,
            Self::Reorder(_) => Kind::Order,
        }
    }

    /// What it does to its thing.
    pub fn act(&self) -> Act {
        match self {
            Self::RenameEnum { .. }
            | Self::RenameEnumValue { .. }
            | Self::RenameTable { .. }
            | Self::RenameColumn { .. }
            | Self::RenameIndex { .. } => Act::Rename,
            Self::AddEnum(_)
            | Self::AddTable(_)
            | Self::AddColumn { .. }
            | Self::AddUnique { .. }
            | Self::AddCheck { .. }
            | Self::AddExclusion { .. }
            | Self::AddIndex { .. }
            | Self::AddRelationship(_)
            | Self::AddManyToMany(_) => Act::Add,
            Self::DropEnum(_)
            | Self::DropTable(_)
            | Self::DropColumn { .. }
            | Self::DropUnique { .. }
            | Self::DropCheck { .. }
            | Self::DropExclusion { .. }
            | Self::DropIndex { .. }
            | Self::DropRelationship(_)
            | Self::DropManyToMany(_) => Act::Drop,
            Self::ChangeEnumValues { .. }
            | Self::DescribeEnum { .. }
            | Self::DescribeTable { .. }
            | Self::TrackUpdates { .. }
            | Self::AlterColumn { .. }
            | Self::ChangePrimaryKey { .. }
            | Self::Reorder(_) => Act::Alter,
        }
    }

    /// The thing's name, with its table where it has one: for a rename, the name it had.
    pub fn subject(&self) -> String {
        match self {
            Self::RenameEnum { from: name, .. }
            | Self::RenameTable { from: name, .. }
            | Self::ChangeEnumValues { item: name, .. }
            | Self::DescribeEnum { item: name, .. }
            | Self::DescribeTable { table: name, .. }
            | Self::TrackUpdates { table: name, .. }
            | Self::ChangePrimaryKey { table: name, .. } => name.to_string(),
            Self::AddEnum(item) | Self::DropEnum(item) => item.name.to_string(),
            Self::AddTable(table) | Self::DropTable(table) => table.name.to_string(),
            Self::RenameEnumValue { item: owner, from: name, .. }
            | Self::RenameColumn { table: owner, from: name, .. }
            | Self::RenameIndex { table: owner, from: name, .. }
            | Self::AlterColumn { table: owner, column: name, .. } => within(owner, name),
            Self::AddColumn { table, column } | Self::DropColumn { table, column } => {
                within(table, &column.name)
            }
            Self::AddUnique { table, key } | Self::DropUnique { table, key } => {
                within(table, &key.name)
            }
            Self::AddCheck { table, check } | Self::DropCheck { table, check } => {
                within(table, &check.name)
            }
            Self::AddExclusion { table, exclusion } | Self::DropExclusion { table, exclusion } => {
                within(table, &exclusion.name)
            }
            Self::AddIndex { table, index } | Self::DropIndex { table, index } => {
                within(table, &index.name)
            }
            Self::AddRelationship(relationship) | Self::DropRelationship(relationship) => {
                within(&relationship.from.table, &relationship.name)
            }
            Self::AddManyToMany(many) | Self::DropManyToMany(many) => many.name.to_string(),
            Self::Reorder(order) => order.subject(),
        }
    }

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
            Self::DescribeEnum { item, .. } => format!("Describe the enum `{item}`"),
            Self::AddTable(table) => format!("Add the table `{}`", table.name),
            Self::DropTable(table) => format!("Drop the table `{}`", table.name),
            Self::DescribeTable { table, .. } => format!("Describe the table `{table}`"),
            Self::TrackUpdates { table, to: Some(column), .. } => {
                format!("Keep the time of updates of `{table}` in `{column}`")
            }
            Self::TrackUpdates { table, to: None, .. } => {
                format!("Keep the time of updates of `{table}` no longer")
            }
            Self::AddColumn { table, column } => {
                format!("Add `{}` ({}) to `{table}`", column.name, column.data_type)
            }
            Self::DropColumn { table, column } => format!("Drop `{}` of `{table}`", column.name),
            Self::AlterColumn { table, column, facet } => altered(table, column, facet),
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
            Self::DropCheck { table, check } => {
                format!("Drop the check `{}` of `{table}`", check.name)
            }
            Self::AddExclusion { table, exclusion } => {
                format!("Add the exclusion `{}` to `{table}`", exclusion.name)
            }
            Self::DropExclusion { table, exclusion } => {
                format!("Drop the exclusion `{}` of `{table}`", exclusion.name)
            }
            Self::AddIndex { table, index } => {
                format!("Add the index `{}` to `{table}`", index.name)
            }
            Self::DropIndex { table, index } => {
                format!("Drop the index `{}` of `{table}`", index.name)
            }
            Self::AddRelationship(it) => format!(
                "Relate `{}` to `{}` by {}",
                it.from.table,
                it.to.table,
                listed(&it.from.columns)
            ),
            Self::DropRelationship(it) => format!(
                "Drop the relationship `{}` of `{}` to `{}`",
                it.name, it.from.table, it.to.table
            ),
            Self::AddManyToMany(it) => {
                format!(
                    "Relate `{}` and `{}` many to many through `{}`",
                    it.from, it.to, it.through
                )
            }
            Self::DropManyToMany(it) => {
                format!("No longer tell `{}` as a relationship of many to many", it.through)
            }
            Self::Reorder(order) => format!("List {} in another order", order.title()),
        }
    }
}

fn within(owner: &Name, name: &Name) -> String {
    format!("{owner}.{name}")
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

fn altered(table: &Name, column: &Name, facet: &Facet) -> String {
    let type_of = |data_type: &ColumnType| format!("`{data_type}`");
    let spelled = |expression: &Expression| format!("`{expression}`");
    match facet {
        Facet::Type { from, to } => {
            format!("Change `{column}` of `{table}` from {} to {}", type_of(from), type_of(to))
        }
        Facet::Collation { to: Some(to), .. } => {
            format!("Compare `{column}` of `{table}` by the collation `{to}`")
        }
        Facet::Collation { to: None, .. } => {
            format!("Compare `{column}` of `{table}` as the database does")
        }
        Facet::NotNull(true) => format!("Require `{column}` of `{table}`"),
        Facet::NotNull(false) => format!("Let `{column}` of `{table}` be empty"),
        Facet::Default { to: Some(to), .. } => {
            format!("Set the default of `{column}` of `{table}` to {}", spelled(to))
        }
        Facet::Default { to: None, .. } => {
            format!("Drop the default of `{column}` of `{table}`")
        }
        Facet::Generated { to: Some(to), .. } => {
            format!("Compute `{column}` of `{table}` as {}", spelled(to))
        }
        Facet::Generated { to: None, .. } => {
            format!("No longer compute `{column}` of `{table}`")
        }
        Facet::Identity { to: Some(to), .. } => {
            format!("Number `{column}` of `{table}` ({})", to.word())
        }
        Facet::Identity { to: None, .. } => {
            format!("No longer number `{column}` of `{table}`")
        }
        Facet::Description { .. } => format!("Describe `{column}` of `{table}`"),
    }
}
