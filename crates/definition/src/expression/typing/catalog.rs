//! What PostgreSQL's catalog says of types, casts, operators and functions.
//!
//! `catalog.txt` is printed from real servers by `scripts/print_catalog.sh`: what PostgreSQL 15 and
//! 18 agree on, as far as the allowed operators and functions go.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::sets::{TypeNumber, TypeSet};
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
    /// What stands for it among the declared types.
    pub(super) number: TypeNumber,
    /// What it becomes unasked, itself included.
    pub(super) becomes: TypeSet,
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
    pub(super) arguments: Vec<Declared>,
    pub(super) result: &'static str,
    pub(super) volatility: Volatility,
    /// How many arguments may be left out at the end.
    pub(super) defaults: usize,
    /// What the last argument stands for any number of.
    pub(super) variadic: Option<Declared>,
    /// Whether a declared type stands for several.
    pub(super) polymorphic: bool,
}

/// The type of an argument as it is declared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) name: &'static str,
    pub(super) number: TypeNumber,
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
    catalog.relate();
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
                    number: TypeNumber::at(self.types.len())?,
                    becomes: TypeSet::ANY,
                    casts: Vec::new(),
                };
                self.types.insert(name, facts);
            }
            ["cast", source, target, context, by] => {
                let cast = Cast { target, reach: reach(context)?, volatility: volatility(by)? };
                self.types.get_mut(source)?.casts.push(cast);
            }
            ["operator", name, left, right, result, by] => {
                let operands = [left, right].into_iter().filter_map(told);
                let signature = Signature {
                    arguments: operands.map(|name| self.declared(name)).collect::<Option<_>>()?,
                    result,
                    volatility: volatility(by)?,
                    defaults: 0,
                    variadic: None,
                    polymorphic: [left, right].into_iter().any(is_polymorphic),
                };
                self.operators.entry(name).or_default().push(signature);
            }
            ["function", name, result, by, defaults, variadic, ref arguments @ ..] => {
                let names = arguments.iter().copied();
                let signature = Signature {
                    polymorphic: names.clone().any(is_polymorphic),
                    arguments: names.map(|name| self.declared(name)).collect::<Option<_>>()?,
                    result,
                    volatility: volatility(by)?,
                    defaults: defaults.parse().ok()?,
                    variadic: told(variadic).and_then(|name| self.declared(name)),
                };
                self.functions.entry(name).or_default().push(signature);
            }
            ["class", method, name] => {
                self.classes.insert((method, name));
            }
            _ => return None,
        }
        Some(())
    }

    fn declared(&self, name: &'static str) -> Option<Declared> {
        let number = match is_polymorphic(name) {
            true => TypeNumber::ANY,
            false => self.types.get(name)?.number,
        };
        Some(Declared { name, number })
    }

    /// Knows of each type what the others tell of it: its array, and what it becomes unasked.
    fn relate(&mut self) {
        let names: Vec<&'static str> = self.types.keys().copied().collect();
        let related = names.into_iter().map(|name| {
            let facts = &self.types[name];
            let array = self
                .types
                .values()
                .find(|array| array.category == 'A' && array.element == Some(name));
            let becoming = self.types.values().filter(|target| self.becomes(facts, target));
            let becomes = becoming.fold(TypeSet::ANY, |set, target| set.with(target.number));
            (name, array.map(|array| array.name), becomes)
        });
        for (name, array, becomes) in related.collect::<Vec<_>>() {
            if let Some(facts) = self.types.get_mut(name) {
                (facts.array, facts.becomes) = (array, becomes);
            }
        }
    }

    /// Whether one type is turned into another unasked; of arrays, whether their elements are.
    fn becomes(&self, from: &TypeFacts, to: &TypeFacts) -> bool {
        if from.name == to.name {
            return true;
        }
        if let Some((reach, _)) = from.cast(to.name) {
            return reach == Reach::Implicit;
        }
        let element = |facts: &TypeFacts| {
            facts.element.filter(|_| facts.category == 'A').and_then(|name| self.types.get(name))
        };
        match (element(from), element(to)) {
            (Some(from), Some(to)) => self.becomes(from, to),
            _ => false,
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

fn is_polymorphic(declared: &str) -> bool {
    declared.starts_with("any")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::typing::coerce::path;
    use crate::expression::typing::types::Type;

    #[test]
    fn what_a_type_becomes_unasked_is_where_a_path_leads() {
        for from in catalog().types.values() {
            for to in catalog().types.values() {
                let path =
                    path(&Type::Builtin(from.name), &Type::Builtin(to.name), Reach::Implicit);
                let becomes = from.becomes.has(to.number);
                assert_eq!(becomes, path.is_some(), "{} into {}", from.name, to.name);
            }
            assert!(from.becomes.has(TypeNumber::ANY));
        }
    }
}
