//! A namespace as a document, so that what somebody changed by hand can be taken over.
//!
//! The document says whatever the format has words for, sound or not: its check is the judge, with
//! the version before it (`Document::parse(&adopted.document).check(Some(previous), ids)`), so
//! that things keep their ids by their names. What the format has no words for is left out and
//! told. Checking may add what a definition always has, such as an index for a foreign key; what
//! then still differs from the namespace, [`Shape::differences`] tells.

mod finding;
mod object;
mod relationships;
mod tables;

use definition::Definition;
use serde_json::{Value, json};

use super::items::{Key, Kind, items};
use super::shape::{Contents, Enum, Shape};
pub use finding::Finding;
use finding::Findings;
use object::Object;

/// What a namespace was before.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// The definition.
    pub definition: &'a Definition,
    /// The shape that it should have. What has it still is taken over as the definition spells it;
    /// without it, expressions are spelled as PostgreSQL does.
    pub shape: Option<&'a Shape>,
}

/// A namespace as a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Adopted {
    /// The document, not yet checked.
    pub document: Value,
    /// What has no place in one.
    pub findings: Vec<Finding>,
}

/// Writes a namespace as a document. What stands in no catalog comes from before: the order of
/// things, many-to-many relationships, which indexes go with their foreign keys.
pub fn adopt(shape: &Shape, before: Option<Before<'_>>) -> Adopted {
    let mut adoption = Adoption {
        contents: &shape.contents,
        before: before.map(|before| before.definition),
        kept: before.map(|before| Kept::of(shape, before)).unwrap_or_default(),
        findings: Findings::default(),
    };
    let enums = adoption.enums();
    let tables = adoption.tables();
    let relationships = adoption.relationships();
    adoption.others();
    let document = json!({ "enums": enums, "tables": tables, "relationships": relationships });
    Adopted { document, findings: adoption.findings.into_vec() }
}

struct Adoption<'a> {
    contents: &'a Contents,
    before: Option<&'a Definition>,
    kept: Kept,
    findings: Findings,
}

/// The document of before, and what in it still holds.
#[derive(Default)]
struct Kept {
    document: Value,
    unchanged: std::collections::BTreeSet<Key>,
}

impl Kept {
    fn of(found: &Shape, before: Before<'_>) -> Self {
        let expected = before.shape.map(items).unwrap_or_default();
        let expected: std::collections::BTreeMap<_, _> = expected.into_iter().collect();
        let unchanged =
            items(found).into_iter().filter(|(key, facts)| expected.get(key) == Some(facts));
        Self {
            unchanged: unchanged.map(|(key, _)| key).collect(),
            document: before.definition.to_json(),
        }
    }

    /// A thing as the document before spelled it, if it is still the same.
    fn get(&self, table: Option<&str>, kind: Kind, name: &str) -> Option<Value> {
        let key = Key { table: table.map(str::to_owned), kind, name: name.to_owned() };
        if !self.unchanged.contains(&key) {
            return None;
        }
        let list = match kind {
            Kind::Enum => self.document.get("enums")?,
            Kind::ForeignKey => {
                let of =
                    |item: &&Value| item["name"] == name && item["from"]["table"].as_str() == table;
                return self.document.get("relationships")?.as_array()?.iter().find(of).cloned();
            }
            Kind::Column => self.table(table?)?.get("columns")?,
            Kind::Unique => self.table(table?)?.get("uniques")?,
            Kind::Check => self.table(table?)?.get("checks")?,
            Kind::Exclusion => self.table(table?)?.get("exclusions")?,
            Kind::Index => self.table(table?)?.get("indexes")?,
            Kind::Namespace
            | Kind::Table
            | Kind::PrimaryKey
            | Kind::NotNull
            | Kind::Trigger
            | Kind::Function
            | Kind::Other => return None,
        };
        list.as_array()?.iter().find(|item| item["name"] == name).cloned()
    }

    fn table(&self, name: &str) -> Option<&Value> {
        self.document.get("tables")?.as_array()?.iter().find(|table| table["name"] == name)
    }
}

/// Puts things in the order that their names had before; new ones come last, as they stand.
fn in_order<'a, T>(
    things: &'a [T],
    name: impl Fn(&T) -> &str,
    before: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a T> {
    let places: std::collections::BTreeMap<&str, usize> =
        before.into_iter().enumerate().map(|(place, name)| (name, place)).collect();
    let mut things: Vec<&T> = things.iter().collect();
    things.sort_by_key(|thing| places.get(name(thing)).copied().unwrap_or(usize::MAX));
    things
}

impl Adoption<'_> {
    fn enums(&mut self) -> Vec<Value> {
        let before = self.before.into_iter().flat_map(|before| &before.enums);
        let before = before.map(|item| item.name.as_str());
        let enums = in_order(&self.contents.enums, |item| &item.name, before);
        enums.into_iter().map(|item| self.enumeration(item)).collect()
    }

    fn enumeration(&mut self, item: &Enum) -> Value {
        let what = ["the enum `", &item.name, "`"].concat();
        self.findings.owner(&what, item.owner.as_deref());
        self.kept.get(None, Kind::Enum, &item.name).unwrap_or_else(|| {
            Object::default()
                .set("name", item.name.as_str())
                .set("values", item.values.clone())
                .maybe("description", item.comment.clone())
                .done()
        })
    }

    /// What no definition makes. Functions of triggers were looked at with their tables.
    fn others(&mut self) {
        let contents = self.contents;
        for function in &contents.functions {
            if !function.name.starts_with(migration::TOUCH) {
                self.findings
                    .left_out("function", ["the function `", &function.name, "`"].concat());
            }
        }
        for other in &contents.others {
            let mut what = ["the ", &other.kind, " `", &other.name, "`"].concat();
            if let Some(table) = &other.table {
                what.extend([" of `", table, "`"]);
            }
            self.findings.left_out("other", what);
        }
    }
}
