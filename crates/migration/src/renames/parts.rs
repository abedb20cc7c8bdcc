//! Parts of a definition with other names in them. `table` is always the old name of their table.

use definition::column_type::ColumnType;
use definition::expression::Node;
use definition::model::{
    Check, Column, Definition, Enum, EnumValue, Exclusion, ExclusionElement, Index, IndexKey,
    IndexTarget, Key, ManyToMany, Relationship, RelationshipEnd, Table,
};
use definition::{Expression, Name};

use super::{Names, Renames};

impl Renames {
    /// The whole definition.
    pub fn definition(&self, before: &Definition) -> Definition {
        Definition {
            enums: before.enums.iter().map(|item| self.enumeration(item)).collect(),
            tables: before.tables.iter().map(|table| self.table(table)).collect(),
            relationships: before.relationships.iter().map(|it| self.relationship(it)).collect(),
            many_to_many: before.many_to_many.iter().map(|it| self.many_to_many(it)).collect(),
        }
    }

    /// An enum with its values.
    pub fn enumeration(&self, item: &Enum) -> Enum {
        let value = |value: &EnumValue| EnumValue {
            id: value.id.clone(),
            name: self.value_name(&item.name, &value.name).clone(),
        };
        Enum {
            id: item.id.clone(),
            name: self.enum_name(&item.name).clone(),
            values: item.values.iter().map(value).collect(),
            description: item.description.clone(),
        }
    }

    /// A table with all that is on it.
    pub fn table(&self, table: &Table) -> Table {
        let name = &table.name;
        Table {
            id: table.id.clone(),
            name: self.table_name(name).clone(),
            description: table.description.clone(),
            columns: table.columns.iter().map(|column| self.column(name, column)).collect(),
            primary_key: table.primary_key.as_ref().map(|key| self.key(name, key)),
            uniques: table.uniques.iter().map(|key| self.key(name, key)).collect(),
            checks: table.checks.iter().map(|check| self.check(name, check)).collect(),
            exclusions: table.exclusions.iter().map(|it| self.exclusion(name, it)).collect(),
            indexes: table.indexes.iter().map(|index| self.index(name, index)).collect(),
            track_updates: table
                .track_updates
                .as_ref()
                .map(|it| self.column_name(name, it).clone()),
        }
    }

    /// A column.
    pub fn column(&self, table: &Name, column: &Column) -> Column {
        let expression = |it: &Option<Expression>| {
            it.as_ref().map(|it| self.filling((table, Some(&column.data_type)), it))
        };
        Column {
            id: column.id.clone(),
            name: self.column_name(table, &column.name).clone(),
            data_type: self.column_type(&column.data_type),
            not_null: column.not_null,
            default: expression(&column.default),
            generated: expression(&column.generated),
            identity: column.identity,
            collation: column.collation.clone(),
            description: column.description.clone(),
        }
    }

    /// The type of a column.
    pub fn column_type(&self, data_type: &ColumnType) -> ColumnType {
        data_type.renamed(&|name| self.enums.get(name).cloned())
    }

    /// An expression over a row of the table.
    pub fn expression(&self, table: &Name, expression: &Expression) -> Expression {
        self.filling((table, None), expression)
    }

    /// An expression over a row of the table, or the default of a column of this type.
    fn filling(
        &self,
        (table, wanted): (&Name, Option<&ColumnType>),
        expression: &Expression,
    ) -> Expression {
        let columns = self.columns.get(table);
        let column = |name: &Name| columns.and_then(|names| names.get(name)).cloned();
        let item = |name: &Name| self.enums.get(name).cloned();
        if !self.mentions_values(expression) {
            return expression.renamed(&column, &item);
        }
        let value = |of: &Name, value: &str| {
            self.values.get(of).and_then(|names| names.get(&Name::new(value)?)).cloned()
        };
        let labelled = self.typed.with_values((table, wanted), expression, &value);
        labelled.renamed(&column, &item)
    }

    /// A primary key or a unique constraint.
    pub fn key(&self, table: &Name, key: &Key) -> Key {
        Key {
            name: self.index_name(table, &key.name).clone(),
            columns: self.column_names(table, &key.columns),
            nulls_not_distinct: key.nulls_not_distinct,
            include: self.column_names(table, &key.include),
            deferrable: key.deferrable,
        }
    }

    /// A check.
    pub fn check(&self, table: &Name, check: &Check) -> Check {
        Check { name: check.name.clone(), expression: self.expression(table, &check.expression) }
    }

    /// An exclusion constraint.
    pub fn exclusion(&self, table: &Name, exclusion: &Exclusion) -> Exclusion {
        let element = |element: &ExclusionElement| ExclusionElement {
            target: self.target(table, &element.target),
            operator_class: element.operator_class.clone(),
            operator: element.operator,
        };
        Exclusion {
            name: self.index_name(table, &exclusion.name).clone(),
            method: exclusion.method,
            elements: exclusion.elements.iter().map(element).collect(),
            predicate: exclusion.predicate.as_ref().map(|it| self.expression(table, it)),
            deferrable: exclusion.deferrable,
        }
    }

    /// An index.
    pub fn index(&self, table: &Name, index: &Index) -> Index {
        let key = |key: &IndexKey| IndexKey {
            target: self.target(table, &key.target),
            collation: key.collation.clone(),
            operator_class: key.operator_class.clone(),
            order: key.order,
            nulls: key.nulls,
        };
        Index {
            name: self.index_name(table, &index.name).clone(),
            method: index.method,
            keys: index.keys.iter().map(key).collect(),
            unique: index.unique,
            nulls_not_distinct: index.nulls_not_distinct,
            predicate: index.predicate.as_ref().map(|it| self.expression(table, it)),
            include: self.column_names(table, &index.include),
            automatic: index.automatic,
        }
    }

    /// A foreign key.
    pub fn relationship(&self, relationship: &Relationship) -> Relationship {
        let end = |end: &RelationshipEnd| RelationshipEnd {
            table: self.table_name(&end.table).clone(),
            columns: self.column_names(&end.table, &end.columns),
        };
        Relationship {
            name: relationship.name.clone(),
            from: end(&relationship.from),
            to: end(&relationship.to),
            on_delete: relationship.on_delete,
            on_update: relationship.on_update,
            deferrable: relationship.deferrable,
        }
    }

    /// A many-to-many relationship.
    pub fn many_to_many(&self, relationship: &ManyToMany) -> ManyToMany {
        ManyToMany {
            name: relationship.name.clone(),
            from: self.table_name(&relationship.from).clone(),
            to: self.table_name(&relationship.to).clone(),
            through: self.table_name(&relationship.through).clone(),
        }
    }

    /// Whether a quoted constant may stand for a value that is called otherwise, or for several.
    fn mentions_values(&self, expression: &Expression) -> bool {
        let mut mentions = false;
        expression.node().walk(&mut |node| {
            if let Node::Text(text) = node {
                let is_new = |values: &Names| values.keys().any(|value| value.as_str() == text);
                mentions |= text.contains('{') || self.values.values().any(is_new);
            }
        });
        mentions && !self.values.is_empty()
    }

    fn target(&self, table: &Name, target: &IndexTarget) -> IndexTarget {
        match target {
            IndexTarget::Column(name) => IndexTarget::Column(self.column_name(table, name).clone()),
            IndexTarget::Expression(expression) => {
                IndexTarget::Expression(self.expression(table, expression))
            }
        }
    }

    fn column_names(&self, table: &Name, columns: &[Name]) -> Vec<Name> {
        columns.iter().map(|column| self.column_name(table, column).clone()).collect()
    }
}
