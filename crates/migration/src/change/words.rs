//! What a change concerns and what it does.

use definition::Name;

use super::{Act, Change, Kind};

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
}

fn within(owner: &Name, name: &Name) -> String {
    format!("{owner}.{name}")
}
