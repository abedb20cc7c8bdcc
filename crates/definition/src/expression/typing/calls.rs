//! Operators, functions and casts: the form that is meant, and what it depends on.

use super::catalog::{Reach, catalog};
use super::coerce::path;
use super::select::{Candidate, Choice, choose};
use super::types::Type;
use super::{Checker, Typed, spelled};
use crate::expression::error::ExpressionError;
use crate::expression::functions::Volatility;
use crate::expression::tree::Node;

const ZONE: &str = "Say the time zone: `x AT TIME ZONE 'UTC'`.";

/// What an operator or a function was found to do.
pub(super) struct Applied {
    /// The type of its result.
    pub(super) result: Type,
    /// What its first part was turned into.
    pub(super) first: Type,
}

impl Checker<'_> {
    /// An operator between two parts.
    pub(super) fn binary(&self, operator: &str, sides: [&Node; 2]) -> Typed {
        let given = [self.node(sides[0])?, self.node(sides[1])?];
        self.operator(operator, &sides, &given)
    }

    /// An operator with parts whose types are known.
    pub(super) fn operator(&self, operator: &str, parts: &[&Node], given: &[Type]) -> Typed {
        self.operation(operator, parts, given).map(|done| done.result)
    }

    /// The same, with what became of the parts.
    pub(super) fn operation(
        &self,
        operator: &str,
        parts: &[&Node],
        given: &[Type],
    ) -> Result<Applied, ExpressionError> {
        if given.contains(&Type::Untold) {
            return Ok(Applied { result: Type::Untold, first: Type::Untold });
        }
        if let [Type::Row, Type::Row] = given {
            return Ok(Applied { result: self.rows(operator, parts)?, first: Type::Row });
        }
        let types = || listed(given, " and ");
        match choose(catalog().operator(operator), given) {
            Choice::One(chosen) => self.applied(chosen, operator, parts, given),
            Choice::Nothing => {
                let message = format!("there is no operator `{operator}` for {}", types());
                Err(ExpressionError::new("operator_not_found", 0, message)
                    .hint(operator_hint(operator, given)))
            }
            Choice::Many => {
                let message = format!("`{operator}` could mean several things for {}", types());
                Err(ExpressionError::new("operator_not_found", 0, message)
                    .hint("Say the types with casts: `x::integer`."))
            }
        }
    }

    /// Two rows are compared field by field.
    fn rows(&self, operator: &str, parts: &[&Node]) -> Typed {
        if let [Node::Row(left), Node::Row(right)] = parts {
            if left.len() != right.len() {
                let message = "rows of different lengths cannot be compared";
                return Err(ExpressionError::new("expression_type", 0, message));
            }
            for (left, right) in left.iter().zip(right) {
                self.binary(operator, [left, right])?;
            }
        }
        Ok(super::types::BOOLEAN)
    }

    /// A call of a listed function, or of one the grammar stands for.
    pub(super) fn function(&self, name: &str, parts: &[&Node]) -> Typed {
        let given = parts.iter().map(|part| self.node(part)).collect::<Result<Vec<_>, _>>()?;
        if given.contains(&Type::Untold) {
            return Ok(Type::Untold);
        }
        // A call with a type's name is a cast.
        if let ("date", [Type::Builtin("text" | "varchar" | "bpchar")]) = (name, given.as_slice()) {
            return self.cast(parts[0], &Type::Builtin("date"));
        }
        let types = || listed(&given, ", ");
        match choose(catalog().function(name), &given) {
            Choice::One(chosen) => {
                self.applied(chosen, name, parts, &given).map(|done| done.result)
            }
            Choice::Nothing => {
                let message = format!("`{name}` does not take {}", types());
                let takes = format!("It takes {}.", forms_of(name));
                Err(ExpressionError::new("function_not_found", 0, message).hint(takes))
            }
            Choice::Many => {
                let message = format!("`{name}` could mean several things for {}", types());
                let hint = format!("Say the types with casts; it takes {}.", forms_of(name));
                Err(ExpressionError::new("function_not_found", 0, message).hint(hint))
            }
        }
    }

    /// The chosen form of what has this name, its arguments brought to what it takes.
    fn applied(
        &self,
        chosen: Candidate,
        name: &str,
        parts: &[&Node],
        given: &[Type],
    ) -> Result<Applied, ExpressionError> {
        let what = || of(name, given);
        self.allow(depends_on(chosen, given), || (what(), stable_hint(chosen, given)))?;
        let undecided = || {
            let message = format!("{} does not say which type is meant", what());
            ExpressionError::new("expression_type", 0, message)
                .hint("Say it with a cast: `'…'::text`.")
        };
        let binding = chosen.binding(given).ok_or_else(undecided)?;
        let mut first = Type::Unknown;
        for ((declared, part), given) in chosen.arguments().zip(parts).zip(given) {
            let Some(target) = binding.resolve(declared) else { return Err(undecided()) };
            self.brought(part, given, &target)?;
            if first == Type::Unknown {
                first = target;
            }
        }
        let result = binding.resolve(chosen.signature.result).ok_or_else(undecided)?;
        Ok(Applied { result, first })
    }

    /// A part that is turned into another type unasked.
    pub(super) fn brought(
        &self,
        part: &Node,
        given: &Type,
        target: &Type,
    ) -> Result<(), ExpressionError> {
        match (given, target) {
            (_, Type::Unknown) => Ok(()),
            (Type::Unknown, _) => self.constant(part, target),
            _ => {
                let volatility = path(given, target, Reach::Implicit).unwrap_or_default();
                self.allow(volatility, || {
                    (format!("turning `{given}` into `{target}`"), cast_hint(given, target))
                })
            }
        }
    }

    /// A cast that was written down.
    pub(super) fn cast(&self, part: &Node, target: &Type) -> Typed {
        if let (Node::Array(items), Some(element)) = (part, target.element()) {
            for item in items {
                let target = if matches!(item, Node::Array(_)) { target } else { &element };
                self.cast(item, target)?;
            }
            return Ok(target.clone());
        }
        let given = self.node(part)?;
        if given == Type::Unknown {
            self.constant(part, target)?;
            return Ok(target.clone());
        }
        let Some(volatility) = path(&given, target, Reach::Explicit) else {
            let message = format!("`{given}` cannot be cast to `{target}` (`{}`)", spelled(part));
            return Err(ExpressionError::new("cast_not_found", 0, message));
        };
        self.allow(volatility, || {
            (format!("casting `{given}` to `{target}`"), cast_hint(&given, target))
        })?;
        Ok(target.clone())
    }
}

fn listed(given: &[Type], between: &str) -> String {
    let quoted = given.iter().map(|given| match given {
        Type::Unknown => "a quoted constant".to_owned(),
        Type::Untold | Type::Builtin(_) | Type::Enum(_) | Type::EnumArray(_) | Type::Row => {
            format!("`{given}`")
        }
    });
    let quoted: Vec<String> = quoted.collect();
    if quoted.is_empty() { "no arguments".to_owned() } else { quoted.join(between) }
}

/// What a form depends on. Joining anything to a text, and quoting anything, is no more than a cast
/// to text, which PostgreSQL puts in its place before it looks.
fn depends_on(chosen: Candidate, given: &[Type]) -> Volatility {
    let anything = |declared: &str| ["anynonarray", "anyelement"].contains(&declared);
    let mut declared = chosen.arguments();
    if chosen.signature.result != "text" || !declared.clone().any(anything) {
        return chosen.signature.volatility;
    }
    let parts = declared.by_ref().zip(given).filter(|(declared, _)| anything(declared));
    let casts = parts.filter_map(|(_, given)| path(given, &super::types::TEXT, Reach::Explicit));
    casts.max().unwrap_or_default()
}

/// What was applied, with the types that decided.
fn of(name: &str, given: &[Type]) -> String {
    let known: Vec<Type> = given.iter().filter(|given| **given != Type::Unknown).cloned().collect();
    format!("`{name}` of {}", listed(if known.is_empty() { given } else { &known }, " and "))
}

/// What a function takes, form by form.
fn forms_of(name: &str) -> String {
    const MAX_FORMS: usize = 6;
    let forms = catalog().function(name).iter().take(MAX_FORMS).map(|form| {
        let arguments = form.arguments.iter().map(|declared| match *declared {
            "any" | "anyelement" | "anycompatible" => "anything".to_owned(),
            "anyarray" | "anycompatiblearray" => "an array".to_owned(),
            "anyrange" => "a range".to_owned(),
            "anymultirange" => "a multirange".to_owned(),
            declared => Type::Builtin(declared).to_string(),
        });
        format!("({})", arguments.collect::<Vec<_>>().join(", "))
    });
    forms.collect::<Vec<_>>().join(" or ")
}

fn operator_hint(operator: &str, given: &[Type]) -> &'static str {
    let text = |given: &Type| given.category() == 'S';
    match given {
        [left, right] if operator == "+" && (text(left) || text(right)) => {
            "Texts are joined with `||`."
        }
        [Type::Builtin("json"), _] => "`json` has no such operator; `jsonb` has: `x::jsonb`.",
        [left, right] if text(left) != text(right) => {
            "Cast one side to the other's type: `x::text`."
        }
        _ => "Cast one side to the other's type.",
    }
}

/// What to write instead of a form that depends on settings.
fn stable_hint(chosen: Candidate, given: &[Type]) -> &'static str {
    let zoned = |given: &Type| matches!(given, Type::Builtin("timestamptz" | "timetz"));
    match chosen.signature.result {
        "tsvector" | "tsquery" => "Name the language: `to_tsvector('english', x)`.",
        "text"
            if chosen.arguments().any(|of| of == "anynonarray")
                || given.iter().all(|g| !zoned(g)) =>
        {
            "Join texts with `||` and `coalesce`, casting each part: `x::text`."
        }
        _ if given.iter().any(zoned) => ZONE,
        _ => "Use something that depends on the row alone.",
    }
}

/// What to write instead of a cast that depends on settings.
pub(super) fn cast_hint(from: &Type, to: &Type) -> &'static str {
    let zoned = |given: &Type| matches!(given, Type::Builtin("timestamptz" | "timetz"));
    if zoned(from) || zoned(to) {
        return ZONE;
    }
    match (from, to.category()) {
        (Type::Enum(_), _) => "Compare the enum itself: `status = 'draft'`.",
        (_, 'D' | 'T') => {
            "How a text is read as a time is a setting; keep the time in a column of its own type."
        }
        _ => "Use something that depends on the row alone.",
    }
}
