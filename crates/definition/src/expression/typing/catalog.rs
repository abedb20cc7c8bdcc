//! What PostgreSQL's catalog says of types, casts, operators and functions.
//!
//! `catalog.txt` is printed from real servers by `scripts/print_catalog.sh`: what PostgreSQL 15 and
//! 18 agree on, as far as the allowed operators and functions go.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::expression::functions::Volatility;

/// What stands in `pg_type`, and what it becomes.
#[derive(Debug)]
pub(super) struct TypeFacts {
    /// Its name.
    pub(super) name: &'static str,
    /// PostgreSQL's letter for the kind: `N` numbers, `S` texts, `A` arrays …
    pub(super) category: char,
    /// Whether it is preferred within its kind.
    pub(super) preferred: bool,
    /// Of an array, of a range: what it is made of.
    pub(super) element: Option<&'static str>,
    /// An array of it.
    pub(super) array: Option<&'static str>,
    /// What reading a text as this type depends on.
    pub(super) input: Volatility,
    /// What writing a value as text depends on.
    pub(super) output: Volatility,
    casts: Vec<Cast>,
}

/// What a type can be turned into.
#[derive(Debug)]
struct Cast {
    target: &'static str,
    reach: Reach,
    volatility: Volatility,
}

/// Where a cast may be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Anywhere, unasked.
    Implicit,
    /// When a value is put into a column.
    Assignment,
    /// When it is written down.
    Explicit,
}

/// One form of an operator or of a function.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) arguments: Vec<&'static str>,
    pub(super) result: &'static str,
    pub(super) volatility: Volatility,
    /// How many arguments may be left out at the end.
    pub(super) defaults: usize,
    /// What the last argument stands for any number of.
    pub(super) variadic: Option<&'static str>,
    /// Whether a declared type stands for several.
    pub(super) polymorphic: bool,
}

/// Everything that was printed.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    types: HashMap<&'static str, TypeFacts>,
    operators: HashMap<&'static str, Vec<Signature>>,
    functions: HashMap<&'static str, Vec<Signature>>,
    classes: HashSet<(&'static str, &'static str)>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut catalog = Catalog::default();
    for line in include_str!("catalog.txt").lines() {
        let fields: Vec<&'static str> = line.split(' ').collect();
        catalog.add(&fields).expect("scripts/print_catalog.sql prints lines of five kinds");
    }
    catalog.know_arrays();
    catalog
});

/// The catalog, read once.
pub(super) fn catalog() -> &'static Catalog {
    &CATALOG
}

impl Catalog {
    fn add(&mut self, fields: &[&'static str]) -> Option<()> {
        match *fields {
            ["type", name, category, preferred, element, input, output] => {
                let facts = TypeFacts {
                    name,
                    category: category.chars().next()?,
                    preferred: preferred == "p",
                    element: told(element),
                    array: None,
                    input: volatility(input)?,
                    output: volatility(output)?,
                    casts: Vec::new(),
                };
                self.types.insert(name, facts);
            }
            ["cast", source, target, context, by] => {
                let cast = Cast { target, reach: reach(context)?, volatility: volatility(by)? };
                self.types.get_mut(source)?.casts.push(cast);
            }
            ["operator", name, left, right, result, by] => {
                let arguments: Vec<&str> = told(left).into_iter().chain([right]).collect();
                self.operators.entry(name).or_default().push(Signature {
                    polymorphic: arguments.iter().any(|declared| declared.starts_with("any")),
                    arguments,
                    result,
                    volatility: volatility(by)?,
                    defaults: 0,
                    variadic: None,
                });
            }
            ["function", name, result, by, defaults, variadic, ref arguments @ ..] => {
                self.functions.entry(name).or_default().push(Signature {
                    polymorphic: arguments.iter().any(|declared| declared.starts_with("any")),
                    arguments: arguments.to_vec(),
                    result,
                    volatility: volatility(by)?,
                    defaults: defaults.parse().ok()?,
                    variadic: told(variadic),
                });
            }
            ["class", method, name] => {
                self.classes.insert((method, name));
            }
            _ => return None,
        }
        Some(())
    }

    fn know_arrays(&mut self) {
        let arrays = self.types.values().filter(|facts| facts.category == 'A');
        let arrays: Vec<_> =
            arrays.filter_map(|facts| Some((facts.element?, facts.name))).collect();
        for (element, array) in arrays {
            if let Some(facts) = self.types.get_mut(element) {
                facts.array = Some(array);
            }
        }
    }

    /// The type of this name in `pg_type`.
    pub(super) fn facts(&self, name: &str) -> Option<&TypeFacts> {
        self.types.get(name)
    }

    pub(super) fn operator(&self, name: &str) -> &[Signature] {
        self.operators.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn function(&self, name: &str) -> &[Signature] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether an index of this method takes the type without an operator class.
    pub(super) fn has_class(&self, method: &'static str, name: &'static str) -> bool {
        self.classes.contains(&(method, name))
    }
}

impl TypeFacts {
    /// Where it may be turned into another type, and what that depends on.
    pub(super) fn cast(&self, target: &str) -> Option<(Reach, Volatility)> {
        let cast = self.casts.iter().find(|cast| cast.target == target)?;
        Some((cast.reach, cast.volatility))
    }
}

fn told(word: &'static str) -> Option<&'static str> {
    (word != "-").then_some(word)
}

fn volatility(letter: &str) -> Option<Volatility> {
    match letter {
        "i" => Some(Volatility::Immutable),
        "s" => Some(Volatility::Stable),
        "v" => Some(Volatility::Volatile),
        _ => None,
    }
}

fn reach(letter: &str) -> Option<Reach> {
    match letter {
        "i" => Some(Reach::Implicit),
        "a" => Some(Reach::Assignment),
        "e" => Some(Reach::Explicit),
        _ => None,
    }
}
