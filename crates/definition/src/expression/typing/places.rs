//! Whether what an expression gives fits where it stands.

use super::catalog::Reach;
use super::coerce::path;
use super::types::Type;
use super::{Checker, Typed, spelled};
use crate::expression::Place;
use crate::expression::error::ExpressionError;
use crate::expression::tree::Node;
use crate::model::IndexMethod;

impl Checker<'_> {
    /// Refuses an expression whose type is not that of its place.
    pub(super) fn fits(&self, node: &Node, found: &Type) -> Result<(), ExpressionError> {
        match self.context.place() {
            Place::Check | Place::Predicate => self.condition(node, found),
            Place::Default | Place::Generated => self.value(node, found),
            Place::IndexKey if *found == Type::Row => {
                let message = "an index cannot have a row as one key";
                Err(ExpressionError::new("expression_type", 0, message)
                    .hint("List the columns as keys of their own."))
            }
            Place::IndexKey => self.index_key(node, found),
        }
    }

    fn index_key(&self, node: &Node, found: &Type) -> Result<(), ExpressionError> {
        let Some(method) = self.context.method().map(IndexMethod::word) else { return Ok(()) };
        // A bare column is looked at as a column.
        if matches!(node, Node::Column(_)) || super::has_default_class(found, method) {
            return Ok(());
        }
        let message = format!(
            "`{}` is `{found}`, which a {method} index does not take by itself",
            spelled(node)
        );
        let others = IndexMethod::ALL.iter().map(|(word, _)| *word);
        let fitting: Vec<String> = others
            .filter(|other| super::has_default_class(found, other))
            .map(|other| format!("`{other}`"))
            .collect();
        let refusal = ExpressionError::new("index_type", 0, message);
        Err(match fitting.is_empty() {
            true => refusal.hint("Name an operator class, or index a part of the value."),
            false => refusal.hint(format!("It can be a key of {}.", fitting.join(", "))),
        })
    }

    fn condition(&self, node: &Node, found: &Type) -> Result<(), ExpressionError> {
        if self.boolean(node, found, "a condition").is_ok() {
            return Ok(());
        }
        let message = format!("a condition is true or false, and `{}` is {found}", spelled(node));
        Err(ExpressionError::new("check_not_boolean", 0, message)
            .hint("Compare it with something: `… = …`, `… > 0`, `… IS NOT NULL`."))
    }

    fn value(&self, node: &Node, found: &Type) -> Result<(), ExpressionError> {
        let Some(wanted) = self.context.wanted().map(Type::of) else { return Ok(()) };
        let generated = self.context.place() == Place::Generated;
        if *found == Type::Unknown {
            return self.constant(node, &wanted).map_err(|mut error| {
                if let (false, "invalid_constant") = (generated, error.code) {
                    error.code = "default_type";
                }
                error
            });
        }
        match path(found, &wanted, Reach::Assignment) {
            Some(volatility) => self.allow(volatility, || {
                let what = format!("putting `{found}` into `{wanted}`");
                (what, super::calls::cast_hint(found, &wanted))
            }),
            None if generated => {
                let message = format!("the column is `{wanted}`, and this computes `{found}`");
                Err(ExpressionError::new("generated_type", 0, message)
                    .hint(format!("Cast it, (…)::{wanted}, or change the column's type.")))
            }
            None => {
                let message = format!("the column is `{wanted}`, and its default is `{found}`");
                Err(ExpressionError::new("default_type", 0, message)
                    .hint(format!("Give a value of the type `{wanted}`.")))
            }
        }
    }

    /// A part that must be true or false.
    pub(super) fn boolean(&self, node: &Node, found: &Type, where_: &str) -> Typed {
        match found {
            Type::Untold | Type::Builtin("bool") => Ok(found.clone()),
            Type::Unknown => {
                self.constant(node, &super::types::BOOLEAN)?;
                Ok(super::types::BOOLEAN)
            }
            Type::Builtin(_) | Type::Enum(_) | Type::EnumArray(_) | Type::Row => {
                let message = format!(
                    "{where_} takes what is true or false, and `{}` is {found}",
                    spelled(node)
                );
                Err(ExpressionError::new("expression_type", 0, message))
            }
        }
    }
}
