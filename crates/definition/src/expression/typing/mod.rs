//! Types of expressions: known before PostgreSQL is asked.
//!
//! Each node gets the type that PostgreSQL would give it, by its own rules and its own catalog.
//! What does not fit together, or not into its place, is refused here with the user's words.

mod calls;
mod catalog;
mod coerce;
mod constants;
mod nodes;
mod places;
mod polymorphic;
mod select;
mod sets;
mod types;

use std::cell::RefCell;
use std::collections::HashMap;

pub use types::Type;

use super::error::ExpressionError;
use super::functions::Volatility;
use super::tree::Node;
use super::{Surroundings, print};

type Typed = Result<Type, ExpressionError>;

/// The type of an expression that fits its place.
pub(super) fn check(node: &Node, context: &dyn Surroundings) -> Typed {
    let checker = Checker { context, labels: None };
    let found = checker.node(node)?;
    checker.fits(node, &found)?;
    Ok(found)
}

/// A quoted constant by where it is in memory, and the enum, or the array of one, that it is of.
pub(super) type Labels = HashMap<*const Node, Type>;

/// The quoted constants that are read as values of enums; as far as the expression makes sense.
pub(super) fn labels(node: &Node, context: &dyn Surroundings) -> Labels {
    let labels = RefCell::default();
    let checker = Checker { context, labels: Some(&labels) };
    if let Ok(found) = checker.node(node) {
        // What is refused here was never taken for a label.
        let _ = checker.fits(node, &found);
    }
    labels.into_inner()
}

/// Whether an index of this method takes keys of this type without naming an operator class.
pub(super) fn has_default_class(found: &Type, method: &'static str) -> bool {
    let known = |name| catalog::catalog().has_class(method, name);
    match found {
        Type::Untold => true,
        Type::Unknown | Type::Builtin("varchar") => known("text"),
        Type::Enum(_) => known("anyenum"),
        Type::Row => false,
        Type::EnumArray(_) => known("anyarray"),
        Type::Builtin("cidr") => known("inet"),
        Type::Builtin(name) => {
            known(name)
                || (found.element().is_some() && known("anyarray"))
                || (found.bounds().is_some() && known("anyrange"))
                || (found.range().is_some() && known("anymultirange"))
        }
    }
}

/// Walks a tree and knows where it stands.
struct Checker<'a> {
    context: &'a dyn Surroundings,
    /// Where constants of enums are noted, when somebody wants to know.
    labels: Option<&'a RefCell<Labels>>,
}

/// A part of an expression as its document would spell it, cut to what a message can hold.
fn spelled(node: &Node) -> String {
    const MAX_CHARS: usize = 60;
    let text = print::text(node, print::Style::Document);
    match text.char_indices().nth(MAX_CHARS) {
        Some((cut, _)) => [&text[..cut], "…"].concat(),
        None => text,
    }
}

impl Checker<'_> {
    /// Notes a quoted constant that is read as this type.
    fn note(&self, node: &Node, target: &Type) {
        let is_enum = matches!(target, Type::Enum(_) | Type::EnumArray(_));
        if let (Some(labels), Node::Text(_), true) = (self.labels, node, is_enum) {
            labels.borrow_mut().insert(std::ptr::from_ref(node), target.clone());
        }
    }

    /// Refuses what depends on more than this place allows.
    fn allow(
        &self,
        volatility: Volatility,
        what: impl FnOnce() -> (String, &'static str),
    ) -> Result<(), ExpressionError> {
        if volatility <= self.context.place().most_volatile() {
            return Ok(());
        }
        let (what, hint) = what();
        let message = format!("{what} {}", self.context.place().why_not(volatility));
        Err(ExpressionError::new("not_immutable", 0, message).hint(hint))
    }
}

#[cfg(test)]
mod tests;
