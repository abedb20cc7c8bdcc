//! A document as the client wrote it, shorthands and all; everything optional, because parts that
//! do not fit their shape have already been left out.

use serde::Deserialize;

macro_rules! raw {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub(crate) struct $name { $(pub(crate) $field: $kind),* }
    };
}

raw!(/// The document itself.
RawDocument { enums: Vec<RawEnum>, tables: Vec<RawTable>, relationships: Vec<RawRelationship> });

raw!(/// An enum.
RawEnum {
    id: Option<String>,
    name: Option<String>,
    renamed_from: Option<String>,
    values: Vec<TextOr<RawEnumValue>>,
    description: Option<String>,
});

raw!(/// A value of an enum, written as an object.
RawEnumValue { id: Option<String>, name: Option<String>, renamed_from: Option<String> });

raw!(/// A table.
RawTable {
    id: Option<String>,
    name: Option<String>,
    renamed_from: Option<String>,
    description: Option<String>,
    columns: Vec<RawColumn>,
    primary_key: Option<TextsOr<RawKey>>,
    uniques: Vec<RawKey>,
    checks: Vec<RawCheck>,
    exclusions: Vec<RawExclusion>,
    indexes: Vec<RawIndex>,
    track_updates: Option<String>,
});

raw!(/// A column.
RawColumn {
    id: Option<String>,
    name: Option<String>,
    renamed_from: Option<String>,
    r#type: Option<String>,
    primary_key: bool,
    not_null: bool,
    unique: bool,
    default: Option<String>,
    check: Option<String>,
    generated: Option<String>,
    identity: Option<String>,
    collation: Option<String>,
    references: Option<RawReference>,
    description: Option<String>,
});

raw!(/// A column's short form of a relationship.
RawReference {
    name: Option<String>,
    table: Option<String>,
    column: Option<String>,
    on_delete: Option<String>,
    on_update: Option<String>,
    deferrable: Option<String>,
});

raw!(/// A primary key or a unique constraint.
RawKey {
    name: Option<String>,
    columns: Vec<String>,
    include: Vec<String>,
    nulls_not_distinct: bool,
    deferrable: Option<String>,
});

raw!(/// A check.
RawCheck { name: Option<String>, expression: Option<String> });

raw!(/// An exclusion constraint.
RawExclusion {
    name: Option<String>,
    method: Option<String>,
    elements: Vec<RawExclusionElement>,
    r#where: Option<String>,
    deferrable: Option<String>,
});

raw!(/// A comparison of an exclusion constraint.
RawExclusionElement {
    column: Option<String>,
    expression: Option<String>,
    operator_class: Option<String>,
    operator: Option<String>,
});

raw!(/// An index.
RawIndex {
    name: Option<String>,
    method: Option<String>,
    columns: Vec<TextOr<RawIndexKey>>,
    unique: bool,
    nulls_not_distinct: bool,
    r#where: Option<String>,
    include: Vec<String>,
    automatic: bool,
});

raw!(/// A key of an index, written as an object.
RawIndexKey {
    column: Option<String>,
    expression: Option<String>,
    order: Option<String>,
    nulls: Option<String>,
    collation: Option<String>,
    operator_class: Option<String>,
});

raw!(/// A relationship.
RawRelationship {
    name: Option<String>,
    r#type: Option<String>,
    from: RawEnd,
    to: RawEnd,
    through: Option<String>,
    on_delete: Option<String>,
    on_update: Option<String>,
    deferrable: Option<String>,
});

raw!(/// A side of a relationship.
RawEnd { table: Option<String>, columns: Vec<String> });

/// A text, or an object that says more.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum TextOr<T> {
    Text(String),
    Object(T),
}

/// A list of texts, or an object that says more.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum TextsOr<T> {
    Texts(Vec<String>),
    Object(T),
}
