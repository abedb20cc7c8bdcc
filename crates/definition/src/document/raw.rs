//! A document as the client wrote it, shorthands and all; everything optional, because parts that
//! do not fit their shape have been left out while it was read.

use std::borrow::Cow;

use serde::de::MapAccess;

use super::read::{Found, Object, Place, Readable, object};
use super::shape::{self, Shape};

/// A text of the document, borrowed from it where it stands there as it is.
pub(crate) type Text<'a> = Cow<'a, str>;

/// Declares what an object is read into: its fields, with their keys in the order of its shape.
macro_rules! raw {
    ($(#[$doc:meta])* $name:ident<$life:lifetime> of $shape:ident
        { $($field:ident $key:literal: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default)]
        pub(crate) struct $name<$life> { $(pub(crate) $field: $kind),* }

        const _: () = assert!(has_keys(&shape::$shape, &[$($key),*]));

        impl<$life> Object<$life> for $name<$life> {
            fn take<A: MapAccess<$life>>(
                &mut self,
                field: usize,
                entries: &mut A,
                place: Place<'_>,
            ) -> Result<Found, A::Error> {
                #[expect(non_camel_case_types, reason = "each stands for the field of its name")]
                enum Field { $($field),* }
                match field {
                    $(at if at == Field::$field as usize => {
                        self.$field = Default::default();
                        entries.next_value_seed(place.reading(&mut self.$field))
                    })*
                    _ => unreachable!("an object is read by its own shape"),
                }
            }
        }

        impl<$life> Readable<$life> for $name<$life> {
            fn object<A: MapAccess<$life>>(
                &mut self,
                entries: A,
                place: &mut Place<'_>,
            ) -> Result<Found, A::Error> {
                object(self, entries, place)
            }
        }
    };
}

/// Whether these are the keys of the shape, in its order.
const fn has_keys(shape: &Shape, keys: &[&str]) -> bool {
    let mut position = 0;
    while position < keys.len() && position < shape.fields.len() {
        let (ours, theirs) = (keys[position].as_bytes(), shape.fields[position].key.as_bytes());
        let mut at = 0;
        while at < ours.len() && at < theirs.len() && ours[at] == theirs[at] {
            at += 1;
        }
        if at < ours.len() || at < theirs.len() {
            return false;
        }
        position += 1;
    }
    // An object's reader has one bit for each.
    keys.len() == shape.fields.len() && keys.len() <= u32::BITS as usize
}

raw!(/// The document itself.
RawDocument<'a> of DOCUMENT {
    _schema "$schema": Option<Text<'a>>,
    enums "enums": Vec<RawEnum<'a>>,
    tables "tables": Vec<RawTable<'a>>,
    relationships "relationships": Vec<RawRelationship<'a>>,
});

raw!(/// An enum.
RawEnum<'a> of ENUM {
    id "id": Option<Text<'a>>,
    name "name": Option<Text<'a>>,
    renamed_from "renamedFrom": Option<Text<'a>>,
    values "values": Vec<TextOr<'a, RawEnumValue<'a>>>,
    description "description": Option<Text<'a>>,
});

raw!(/// A value of an enum, written as an object.
RawEnumValue<'a> of ENUM_VALUE {
    id "id": Option<Text<'a>>,
    name "name": Option<Text<'a>>,
    renamed_from "renamedFrom": Option<Text<'a>>,
});

raw!(/// A table.
RawTable<'a> of TABLE {
    id "id": Option<Text<'a>>,
    name "name": Option<Text<'a>>,
    renamed_from "renamedFrom": Option<Text<'a>>,
    description "description": Option<Text<'a>>,
    columns "columns": Vec<RawColumn<'a>>,
    primary_key "primaryKey": Option<TextsOr<'a, RawPrimaryKey<'a>>>,
    uniques "uniques": Vec<RawUnique<'a>>,
    checks "checks": Vec<RawCheck<'a>>,
    exclusions "exclusions": Vec<RawExclusion<'a>>,
    indexes "indexes": Vec<RawIndex<'a>>,
    track_updates "trackUpdates": Option<Text<'a>>,
});

raw!(/// A column.
RawColumn<'a> of COLUMN {
    id "id": Option<Text<'a>>,
    name "name": Option<Text<'a>>,
    renamed_from "renamedFrom": Option<Text<'a>>,
    r#type "type": Option<Text<'a>>,
    primary_key "primaryKey": bool,
    not_null "notNull": bool,
    unique "unique": bool,
    default "default": Option<Text<'a>>,
    check "check": Option<Text<'a>>,
    generated "generated": Option<Text<'a>>,
    identity "identity": Option<Text<'a>>,
    collation "collation": Option<Text<'a>>,
    // Few columns have one, and there are many columns.
    references "references": Option<Box<RawReference<'a>>>,
    description "description": Option<Text<'a>>,
});

raw!(/// A column's short form of a relationship.
RawReference<'a> of REFERENCE {
    name "name": Option<Text<'a>>,
    table "table": Option<Text<'a>>,
    column "column": Option<Text<'a>>,
    on_delete "onDelete": Option<Text<'a>>,
    on_update "onUpdate": Option<Text<'a>>,
    deferrable "deferrable": Option<Text<'a>>,
});

raw!(/// A primary key that says more than its columns.
RawPrimaryKey<'a> of PRIMARY_KEY {
    name "name": Option<Text<'a>>,
    columns "columns": Vec<Text<'a>>,
    include "include": Vec<Text<'a>>,
    deferrable "deferrable": Option<Text<'a>>,
});

raw!(/// A unique constraint.
RawUnique<'a> of UNIQUE {
    name "name": Option<Text<'a>>,
    columns "columns": Vec<Text<'a>>,
    include "include": Vec<Text<'a>>,
    nulls_not_distinct "nullsNotDistinct": bool,
    deferrable "deferrable": Option<Text<'a>>,
});

raw!(/// A check.
RawCheck<'a> of CHECK { name "name": Option<Text<'a>>, expression "expression": Option<Text<'a>> });

raw!(/// An exclusion constraint.
RawExclusion<'a> of EXCLUSION {
    name "name": Option<Text<'a>>,
    method "method": Option<Text<'a>>,
    elements "elements": Vec<RawExclusionElement<'a>>,
    r#where "where": Option<Text<'a>>,
    deferrable "deferrable": Option<Text<'a>>,
});

raw!(/// A comparison of an exclusion constraint.
RawExclusionElement<'a> of EXCLUSION_ELEMENT {
    column "column": Option<Text<'a>>,
    expression "expression": Option<Text<'a>>,
    operator "operator": Option<Text<'a>>,
    operator_class "operatorClass": Option<Text<'a>>,
});

raw!(/// An index.
RawIndex<'a> of INDEX {
    name "name": Option<Text<'a>>,
    method "method": Option<Text<'a>>,
    columns "columns": Vec<TextOr<'a, RawIndexKey<'a>>>,
    unique "unique": bool,
    nulls_not_distinct "nullsNotDistinct": bool,
    r#where "where": Option<Text<'a>>,
    include "include": Vec<Text<'a>>,
    automatic "automatic": bool,
});

raw!(/// A key of an index, written as an object.
RawIndexKey<'a> of INDEX_KEY {
    column "column": Option<Text<'a>>,
    expression "expression": Option<Text<'a>>,
    order "order": Option<Text<'a>>,
    nulls "nulls": Option<Text<'a>>,
    collation "collation": Option<Text<'a>>,
    operator_class "operatorClass": Option<Text<'a>>,
});

raw!(/// A relationship.
RawRelationship<'a> of RELATIONSHIP {
    name "name": Option<Text<'a>>,
    r#type "type": Option<Text<'a>>,
    from "from": RawEnd<'a>,
    to "to": RawEnd<'a>,
    through "through": Option<Text<'a>>,
    on_delete "onDelete": Option<Text<'a>>,
    on_update "onUpdate": Option<Text<'a>>,
    deferrable "deferrable": Option<Text<'a>>,
});

raw!(/// A side of a relationship.
RawEnd<'a> of END { table "table": Option<Text<'a>>, columns "columns": Vec<Text<'a>> });

/// A text, or an object that says more.
#[derive(Clone, Debug)]
pub(crate) enum TextOr<'a, T> {
    Text(Text<'a>),
    Object(T),
}

/// A list of texts, or an object that says more.
#[derive(Clone, Debug)]
pub(crate) enum TextsOr<'a, T> {
    Texts(Vec<Text<'a>>),
    Object(T),
}
