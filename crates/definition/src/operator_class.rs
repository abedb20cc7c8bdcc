//! Operator classes: how an index method treats a type. PostgreSQL refuses an index on a type that
//! has none, so every one is known here.

mod list;

use crate::column_type::{Builtin, ColumnType, ElementType, Family};
use crate::model::IndexMethod;

/// How an index method treats a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperatorClass {
    /// The method it belongs to.
    pub method: IndexMethod,
    /// Its name.
    pub name: &'static str,
    /// The types it takes.
    pub input: Input,
    /// Whether an index that names no class gets it.
    pub is_default: bool,
    /// Its operators that an exclusion constraint can use: they hold both ways round.
    pub operators: &'static [&'static str],
    /// The extension that brings it; nothing when every PostgreSQL has it.
    pub extension: Option<&'static str>,
}

/// What an operator class takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Values of these types.
    Of(&'static [Builtin]),
    /// Arrays of anything that can be compared.
    Array,
    /// Arrays of this type.
    ArrayOf(Builtin),
    /// Enums.
    Enum,
    /// Ranges.
    Range,
    /// Multiranges.
    Multirange,
}

impl OperatorClass {
    /// The classes of a method.
    pub fn of(method: IndexMethod) -> &'static [Self] {
        match method {
            IndexMethod::BTree => list::BTREE,
            IndexMethod::Hash => list::HASH,
            IndexMethod::Gin => list::GIN,
            IndexMethod::Gist => list::GIST,
            IndexMethod::SpGist => list::SPGIST,
            IndexMethod::Brin => list::BRIN,
        }
    }

    /// The class of this name.
    pub fn named(method: IndexMethod, name: &str) -> Option<&'static Self> {
        Self::of(method).iter().find(|class| class.name == name)
    }

    /// The class that an index on the type gets when it names none. What every PostgreSQL has
    /// comes before what an extension brings.
    pub fn default_for(method: IndexMethod, data_type: &ColumnType) -> Option<&'static Self> {
        let fits = |class: &&Self| class.is_default && class.takes(data_type);
        let found = || Self::of(method).iter().filter(fits);
        found().find(|class| class.extension.is_none()).or_else(|| found().next())
    }

    /// Whether it takes values of the type.
    pub fn takes(&self, data_type: &ColumnType) -> bool {
        match (self.input, &data_type.element) {
            (Input::Array, element) => data_type.array && self.compares(element),
            (Input::ArrayOf(of), ElementType::Builtin(element, _)) => {
                data_type.array && of == *element
            }
            (_, _) if data_type.array => false,
            (Input::Enum, ElementType::Enum(_)) => true,
            (Input::Of(types), ElementType::Builtin(element, _)) => types.contains(element),
            (Input::Range, ElementType::Builtin(element, _)) => {
                element.family() == Family::Range && !element.is_multirange()
            }
            (Input::Multirange, ElementType::Builtin(element, _)) => element.is_multirange(),
            (Input::Enum, ElementType::Builtin(..)) | (_, ElementType::Enum(_)) => false,
        }
    }

    /// Whether the elements of an array can be compared the way the method does it: hash indexes
    /// hash them, all others order them.
    fn compares(&self, element: &ElementType) -> bool {
        let by = match self.method {
            IndexMethod::Hash => IndexMethod::Hash,
            IndexMethod::BTree
            | IndexMethod::Gin
            | IndexMethod::Gist
            | IndexMethod::SpGist
            | IndexMethod::Brin => IndexMethod::BTree,
        };
        let element = ColumnType { element: element.clone(), array: false };
        Self::default_for(by, &element).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default(method: IndexMethod, written: &str) -> Option<&'static str> {
        let parsed = ColumnType::parse(written, &|name| name == "mood").unwrap();
        OperatorClass::default_for(method, &parsed.column_type).map(|class| class.name)
    }

    #[test]
    fn defaults_are_postgresqls() {
        use IndexMethod::{BTree, Brin, Gin, Gist, Hash, SpGist};
        assert_eq!(default(BTree, "varchar(20)"), Some("text_ops"));
        assert_eq!(default(BTree, "mood"), Some("enum_ops"));
        assert_eq!(default(BTree, "mood[]"), Some("array_ops"));
        assert_eq!(default(BTree, "json"), None);
        assert_eq!(default(BTree, "point[]"), None);
        assert_eq!(default(Hash, "money"), None);
        assert_eq!(default(Hash, "money[]"), None);
        assert_eq!(default(Gin, "text[]"), Some("array_ops"));
        assert_eq!(default(Gin, "jsonb"), Some("jsonb_ops"));
        assert_eq!(default(Gin, "json"), None);
        assert_eq!(default(Gist, "cidr"), Some("gist_cidr_ops"));
        assert_eq!(default(Gist, "daterange"), Some("range_ops"));
        assert_eq!(default(Gist, "datemultirange"), Some("multirange_ops"));
        assert_eq!(default(SpGist, "datemultirange"), None);
        assert_eq!(default(Brin, "boolean"), None);
    }

    #[test]
    fn what_is_ordered_is_what_a_btree_takes() {
        for builtin in Builtin::ALL {
            let plain = ColumnType::plain(*builtin);
            let class = OperatorClass::default_for(IndexMethod::BTree, &plain);
            assert_eq!(class.is_some(), plain.is_ordered(), "{}", builtin.name());
        }
    }
}
