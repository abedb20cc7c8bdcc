//! Places in a document.

use std::fmt;

/// A place in a document, as `tables[0].columns[2].type`; the document itself has no text.
///
/// It is a chain of borrowed steps, and its text is made only for a problem: most places have none.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a>(Step<'a>);

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Kept(Spot),
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'static> {
    /// The document itself.
    pub const ROOT: &'static Self = &Self(Step::Root);
}

impl Path<'_> {
    /// Whether it is the document itself.
    pub fn is_root(&self) -> bool {
        matches!(self.0, Step::Root)
    }

    /// A key of the object at this place. A key that is no plain word is written quoted.
    pub fn key<'a>(&'a self, key: &'a str) -> Path<'a> {
        Path(Step::Key(self, key))
    }

    /// An element of the list at this place, from 0.
    pub fn index(&self, index: usize) -> Path<'_> {
        Path(Step::Index(self, index))
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Step::Root => Ok(()),
            Step::Kept(spot) => spot.fmt(f),
            Step::Key(above, key) => {
                above.fmt(f)?;
                let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
                match (plain, above.0) {
                    (true, Step::Root) => f.write_str(key),
                    (true, _) => write!(f, ".{key}"),
                    (false, _) => write!(f, "[{key:?}]"),
                }
            }
            Step::Index(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

/// A place that something was built from, small enough to be kept for each thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// `tables[0]`
    Table(usize),
    /// `tables[0].columns[2]`, and so on.
    Item(usize, &'static str, usize),
    /// `tables[0].primaryKey`
    PrimaryKey(usize),
    /// `tables[0].columns[2].unique`, and so on.
    Short(usize, usize, &'static str),
    /// `relationships[0]`
    Relationship(usize),
    /// `relationships[0].through`
    Through(usize),
}

impl Spot {
    /// The place, to go on from.
    pub(crate) fn path(self) -> Path<'static> {
        Path(Step::Kept(self))
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => write!(f, "tables[{table}]"),
            Self::Item(table, list, position) => write!(f, "tables[{table}].{list}[{position}]"),
            Self::PrimaryKey(table) => write!(f, "tables[{table}].primaryKey"),
            Self::Short(table, column, key) => {
                write!(f, "tables[{table}].columns[{column}].{key}")
            }
            Self::Relationship(position) => write!(f, "relationships[{position}]"),
            Self::Through(position) => write!(f, "relationships[{position}].through"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_they_are_reached() {
        let column = Spot::Item(0, "columns", 2).path();
        assert_eq!(Path::ROOT.to_string(), "");
        assert_eq!(Path::ROOT.key("tables").index(0).key("name").to_string(), "tables[0].name");
        assert_eq!(column.key("type").to_string(), "tables[0].columns[2].type");
        assert_eq!(column.key("a \"b").to_string(), r#"tables[0].columns[2]["a \"b"]"#);
        assert_eq!(Path::ROOT.key("").to_string(), r#"[""]"#);
    }
}
