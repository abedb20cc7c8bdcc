//! Rows of the catalog as parts of a shape.

use tokio_postgres::Row;

use super::shape::{
    Column, Constraint, ConstraintKind, Enum, Function, Generated, Grant, Identity, Index,
    IndexKey, Other, Reference, Table, Trigger,
};
use super::text::{decorations, without_namespace};
use crate::StoreError;

/// PostgreSQL's bits of a key of an index.
const DESCENDING: i32 = 1;
const NULLS_FIRST: i32 = 2;

/// Reads rows of one namespace, whose name no text keeps.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) namespace: &'a str,
}

/// Something of a table, with the table's name.
pub(super) type OfTable<T> = (String, T);

/// A grant, with what it is about.
pub(super) struct GrantOn {
    pub(super) kind: String,
    pub(super) name: Option<String>,
    pub(super) column: Option<String>,
    pub(super) grant: Grant,
}

impl Rows<'_> {
    fn bare(self, text: &str) -> String {
        without_namespace(text, self.namespace)
    }

    fn text(self, row: &Row, column: &str) -> Result<String, StoreError> {
        Ok(self.bare(row.try_get(column)?))
    }

    fn maybe(self, row: &Row, column: &str) -> Result<Option<String>, StoreError> {
        Ok(row.try_get::<_, Option<&str>>(column)?.map(|text| self.bare(text)))
    }

    fn texts(self, row: &Row, column: &str) -> Result<Vec<String>, StoreError> {
        let texts: Vec<&str> = row.try_get(column)?;
        Ok(texts.into_iter().map(|text| self.bare(text)).collect())
    }

    pub(super) fn table(self, row: &Row) -> Result<Table, StoreError> {
        Ok(Table {
            name: row.try_get("name")?,
            owner: row.try_get("owner")?,
            comment: row.try_get("comment")?,
            traits: self.texts(row, "traits")?,
            ..Table::default()
        })
    }

    pub(super) fn column(self, row: &Row) -> Result<OfTable<Column>, StoreError> {
        let is_virtual = row.try_get("virtual")?;
        let generated = self.maybe(row, "generated")?;
        let identity: Option<&str> = row.try_get("identity")?;
        let sequence = self.maybe(row, "sequence")?.unwrap_or_default();
        let column = Column {
            name: row.try_get("name")?,
            data_type: self.text(row, "data_type")?,
            own_type: row.try_get("own_type")?,
            not_null: row.try_get("not_null")?,
            default: self.maybe(row, "default")?,
            generated: generated.map(|expression| Generated { expression, is_virtual }),
            identity: identity.map(|letter| Identity { always: letter == "a", sequence }),
            collation: row.try_get("collation")?,
            comment: row.try_get("comment")?,
            traits: self.texts(row, "traits")?,
            grants: Vec::new(),
        };
        Ok((row.try_get("relation")?, column))
    }

    pub(super) fn constraint(self, row: &Row) -> Result<OfTable<Constraint>, StoreError> {
        let constraint = Constraint {
            name: row.try_get("name")?,
            kind: kind(row.try_get("kind")?)?,
            definition: self.text(row, "definition")?,
            deferrable: row.try_get("deferrable")?,
            deferred: row.try_get("deferred")?,
            validated: row.try_get("validated")?,
            columns: row.try_get("columns")?,
            reference: reference(row)?,
            expression: self.maybe(row, "expression")?,
            index: None,
            comment: row.try_get("comment")?,
            traits: self.texts(row, "traits")?,
        };
        Ok((row.try_get("relation")?, constraint))
    }

    /// An index, and whether a constraint stands before it.
    pub(super) fn index(self, row: &Row) -> Result<OfTable<(Index, bool)>, StoreError> {
        let definition = self.text(row, "definition")?;
        let keys = self.keys(row, &definition)?;
        let index = Index {
            name: row.try_get("name")?,
            method: row.try_get("method")?,
            unique: row.try_get("is_unique")?,
            nulls_not_distinct: row.try_get("nulls_not_distinct")?,
            valid: row.try_get("valid")?,
            include: row.try_get("include")?,
            predicate: self.maybe(row, "predicate")?,
            operators: row.try_get("operators")?,
            comment: row.try_get("comment")?,
            traits: self.texts(row, "traits")?,
            definition,
            keys,
        };
        let kind: Option<&str> = row.try_get("constraint_kind")?;
        Ok((row.try_get("relation")?, (index, kind.is_some())))
    }

    fn keys(self, row: &Row, definition: &str) -> Result<Vec<IndexKey>, StoreError> {
        let columns: Vec<Option<String>> = row.try_get("columns")?;
        let classes: Vec<Option<String>> = row.try_get("classes")?;
        let collations: Vec<Option<String>> = row.try_get("collations")?;
        let options: Vec<i32> = row.try_get("options")?;
        let texts = self.texts(row, "texts")?;
        let decorations = decorations(definition, &texts);
        let named = columns.into_iter().zip(classes).zip(collations);
        let told = texts.iter().zip(decorations).zip(options);
        let keys = named.zip(told);
        let keys = keys.map(|(((column, class), collation), ((text, decoration), options))| {
            // An expression may have one by itself, which is not told again.
            let collation = collation.filter(|_| decoration.starts_with(" COLLATE "));
            let descending = options & DESCENDING != 0;
            let nulls_first = options & NULLS_FIRST != 0;
            let text = text.clone();
            IndexKey { column, text, collation, operator_class: class, descending, nulls_first }
        });
        Ok(keys.collect())
    }

    pub(super) fn trigger(self, row: &Row) -> Result<OfTable<Trigger>, StoreError> {
        let trigger = Trigger {
            name: row.try_get("name")?,
            definition: self.text(row, "definition")?,
            enabled: match row.try_get("enabled")? {
                "O" => None,
                "D" => Some("never"),
                "R" => Some("on replicas only"),
                _ => Some("always, on replicas too"),
            },
            function: row.try_get("function")?,
        };
        Ok((row.try_get("relation")?, trigger))
    }

    pub(super) fn function(self, row: &Row) -> Result<Function, StoreError> {
        Ok(Function {
            name: row.try_get("name")?,
            arguments: self.text(row, "arguments")?,
            definition: self.text(row, "definition")?,
            source: row.try_get("source")?,
            owner: row.try_get("owner")?,
            grants: Vec::new(),
        })
    }

    pub(super) fn other(self, row: &Row) -> Result<Other, StoreError> {
        Ok(Other {
            kind: row.try_get("kind")?,
            name: self.text(row, "name")?,
            table: row.try_get("relation")?,
        })
    }
}

pub(super) fn enumeration(row: &Row) -> Result<Enum, StoreError> {
    Ok(Enum {
        name: row.try_get("name")?,
        owner: row.try_get("owner")?,
        values: row.try_get("values")?,
        comment: row.try_get("comment")?,
        grants: Vec::new(),
    })
}

pub(super) fn grant(row: &Row) -> Result<GrantOn, StoreError> {
    let grant = Grant { role: row.try_get("grantee")?, rights: row.try_get("rights")? };
    Ok(GrantOn {
        kind: row.try_get("kind")?,
        name: row.try_get("name")?,
        column: row.try_get("part")?,
        grant,
    })
}

fn kind(letter: &str) -> Result<ConstraintKind, StoreError> {
    match letter {
        "c" => Ok(ConstraintKind::Check),
        "p" => Ok(ConstraintKind::PrimaryKey),
        "u" => Ok(ConstraintKind::Unique),
        "x" => Ok(ConstraintKind::Exclusion),
        "f" => Ok(ConstraintKind::ForeignKey),
        "n" => Ok(ConstraintKind::NotNull),
        other => Err(StoreError::Corrupt(["constraints of the kind ", other].concat())),
    }
}

fn reference(row: &Row) -> Result<Option<Reference>, StoreError> {
    let Some(table) = row.try_get("to_relation")? else { return Ok(None) };
    let letter = |column| -> Result<char, StoreError> {
        let letter: &str = row.try_get(column)?;
        Ok(letter.chars().next().unwrap_or(' '))
    };
    Ok(Some(Reference {
        table,
        elsewhere: row.try_get("to_elsewhere")?,
        columns: row.try_get("to_columns")?,
        on_delete: letter("on_delete")?,
        on_update: letter("on_update")?,
    }))
}
