//! What differs between two shapes, in plain words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::items::{Key, Kind, items};
use super::shape::Shape;

/// How many differences are told; the last one then says how many more there are.
pub const MAX_DIFFERENCES: usize = 200;
/// How much of a text is told, in characters.
const MAX_FACT_CHARS: usize = 500;

/// One difference: what is there, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// What kind of thing it concerns.
    pub kind: Kind,
    /// The table that the thing is or belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The thing's name.
    pub name: String,
    /// What differs.
    #[serde(flatten)]
    pub what: Deviation,
}

/// How a thing differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "deviation", rename_all = "camelCase")]
pub enum Deviation {
    /// It is not there, with everything that belongs to it.
    Missing,
    /// It is there, with everything that belongs to it, and was not expected.
    Unexpected,
    /// It is there and was expected otherwise.
    Otherwise {
        /// What of it: its type, its default …
        aspect: &'static str,
        /// What is there.
        #[serde(skip_serializing_if = "Option::is_none")]
        found: Option<String>,
        /// What was expected.
        #[serde(skip_serializing_if = "Option::is_none")]
        expected: Option<String>,
    },
    /// So many differences more.
    More {
        /// How many.
        count: usize,
    },
}

impl Shape {
    /// What is otherwise here than in `expected`, at most [`MAX_DIFFERENCES`], in a fixed order.
    /// What is set apart is not looked at.
    pub fn differences(&self, expected: &Self) -> Vec<Difference> {
        let found: BTreeMap<Key, _> = items(self).into_iter().collect();
        let expected: BTreeMap<Key, _> = items(expected).into_iter().collect();
        let tables = |things: &BTreeMap<Key, _>| -> BTreeSet<String> {
            let tables = things.keys().filter(|key| key.kind == Kind::Table);
            tables.map(|key| key.name.clone()).collect()
        };
        let (tables_found, tables_expected) = (tables(&found), tables(&expected));
        // What belongs to a table that is not there at all goes without saying.
        let told = |key: &&Key| match &key.table {
            Some(table) if key.kind != Kind::Table => {
                tables_found.contains(table) == tables_expected.contains(table)
            }
            Some(_) | None => true,
        };
        let keys: BTreeSet<&Key> = found.keys().chain(expected.keys()).collect();
        let differences = keys.into_iter().filter(told).flat_map(|key| {
            match (found.get(key), expected.get(key)) {
                (Some(found), Some(expected)) => between(key, found, expected),
                (Some(_), None) => vec![difference(key, Deviation::Unexpected)],
                (None, _) => vec![difference(key, Deviation::Missing)],
            }
        });
        bounded(differences.collect())
    }

    /// A hash of everything that counts: two shapes have the same when nothing differs. What is
    /// set apart does not count, nor does the order of columns.
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.len().to_be_bytes());
            hash.update(text);
        };
        for (key, facts) in items(self) {
            add(key.kind.word());
            add(key.table.as_deref().unwrap_or_default());
            add(&key.name);
            add(&facts.len().to_string());
            for (aspect, fact) in facts {
                add(aspect);
                add(&fact);
            }
        }
        Digest(hash.finalize().into())
    }
}

/// The hash of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

/// Lower-case hexadecimal.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

type Facts = Vec<(&'static str, String)>;

fn between(key: &Key, found: &Facts, expected: &Facts) -> Vec<Difference> {
    let fact = |facts: &Facts, aspect: &str| -> Option<String> {
        facts.iter().find(|(known, _)| *known == aspect).map(|(_, fact)| fact.clone())
    };
    let mut aspects: Vec<&'static str> = Vec::new();
    for (aspect, _) in found.iter().chain(expected) {
        if !aspects.contains(aspect) {
            aspects.push(aspect);
        }
    }
    let differing = aspects.into_iter().filter_map(|aspect| {
        let (found, expected) = (fact(found, aspect), fact(expected, aspect));
        (found != expected).then(|| Deviation::Otherwise {
            aspect,
            found: found.map(shortened),
            expected: expected.map(shortened),
        })
    });
    let mut differing: Vec<Deviation> = differing.collect();
    // The index behind a constraint follows from the constraint.
    let is_of = |what: &Deviation, of: &str| matches!(what, Deviation::Otherwise { aspect, .. } if *aspect == of);
    if differing.iter().any(|what| is_of(what, "definition")) {
        differing.retain(|what| !is_of(what, "index"));
    }
    differing.into_iter().map(|what| difference(key, what)).collect()
}

fn difference(key: &Key, what: Deviation) -> Difference {
    Difference { kind: key.kind, table: key.table.clone(), name: key.name.clone(), what }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(MAX_FACT_CHARS) {
        Some((cut, _)) => [&text[..cut], "…"].concat(),
        None => text,
    }
}

fn bounded(mut differences: Vec<Difference>) -> Vec<Difference> {
    if differences.len() > MAX_DIFFERENCES {
        let count = differences.len() - MAX_DIFFERENCES + 1;
        differences.truncate(MAX_DIFFERENCES - 1);
        let what = Deviation::More { count };
        let name = String::new();
        differences.push(Difference { kind: Kind::Namespace, table: None, name, what });
    }
    differences
}

/// A sentence without its full stop: "the column `a` of `t` has the type `text`, expected `uuid`".
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Deviation::More { count } = self.what {
            return write!(f, "{count} more differences");
        }
        f.write_str(self.kind.word())?;
        if self.kind == Kind::Other {
            // Its name tells what it is, too.
            write!(f, " {}", self.name)?;
        } else if self.kind != Kind::Namespace {
            write!(f, " `{}`", self.name)?;
        }
        if let Some(table) = self.table.as_ref().filter(|_| self.kind != Kind::Table) {
            write!(f, " of `{table}`")?;
        }
        match &self.what {
            Deviation::Missing => f.write_str(" is missing"),
            Deviation::Unexpected => f.write_str(" is there, and nothing expects it"),
            Deviation::Otherwise { aspect, found: Some(found), expected: None } => {
                write!(f, " has {aspect} `{found}`, and none is expected")
            }
            Deviation::Otherwise { aspect, found: None, expected: Some(expected) } => {
                write!(f, " has no {aspect}, and `{expected}` is expected")
            }
            Deviation::Otherwise { aspect, found, expected } => {
                let text = |fact: &Option<String>| fact.clone().unwrap_or_default();
                write!(f, " has {aspect} `{}`, and `{}` is expected", text(found), text(expected))
            }
            Deviation::More { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shape::{Column, Table};
    use super::*;

    fn shape(tables: &[(&str, &[(&str, &str)])]) -> Shape {
        let mut shape = Shape::default();
        for (name, columns) in tables {
            let column = |(name, data_type): &(&str, &str)| Column {
                name: (*name).to_owned(),
                data_type: (*data_type).to_owned(),
                ..Column::default()
            };
            let columns = columns.iter().map(column).collect();
            shape.contents.tables.push(Table {
                name: (*name).to_owned(),
                columns,
                ..Table::default()
            });
        }
        shape
    }

    fn told(found: &Shape, expected: &Shape) -> Vec<String> {
        found.differences(expected).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_order_of_columns_is_no_difference() {
        let found = shape(&[("t", &[("a", "text"), ("b", "uuid")])]);
        let expected = shape(&[("t", &[("b", "uuid"), ("a", "text")])]);
        assert_eq!(told(&found, &expected), Vec::<String>::new());
        assert_eq!(found.digest(), expected.digest());
    }

    #[test]
    fn differences_are_told_in_plain_words() {
        let found = shape(&[("new", &[("x", "text")]), ("t", &[("a", "text"), ("more", "date")])]);
        let expected = shape(&[("old", &[("x", "text")]), ("t", &[("a", "uuid")])]);
        assert_eq!(
            told(&found, &expected),
            [
                "the table `new` is there, and nothing expects it",
                "the table `old` is missing",
                "the column `a` of `t` has type `text`, and `uuid` is expected",
                "the column `more` of `t` is there, and nothing expects it",
            ]
        );
        assert_ne!(found.digest(), expected.digest());
    }

    #[test]
    fn many_differences_are_counted() {
        let names: Vec<String> = (0..300).map(|number| number.to_string()).collect();
        let tables: Vec<(&str, &[(&str, &str)])> =
            names.iter().map(|name| (name.as_str(), &[][..])).collect();
        let differences = told(&Shape::default(), &shape(&tables));
        assert_eq!(differences.len(), MAX_DIFFERENCES);
        assert_eq!(differences.last().unwrap(), "101 more differences");
    }
}
