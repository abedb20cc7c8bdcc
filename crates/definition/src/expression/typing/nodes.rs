//! The type of each kind of node.

use super::catalog::Reach;
use super::coerce::{common, path};
use super::types::{BOOLEAN, TEXT, Type};
use super::{Checker, Typed, spelled};
use crate::expression::error::ExpressionError;
use crate::expression::functions::Function;
use crate::expression::tree::{Clock, Node};

/// What counts the elements of an array.
const WHOLE: Type = Type::Builtin("int4");

impl Checker<'_> {
    pub(super) fn node(&self, node: &Node) -> Typed {
        match node {
            Node::Null | Node::Text(_) => Ok(Type::Unknown),
            Node::Bool(_) => Ok(BOOLEAN),
            Node::Number(number) => Ok(number_type(number)),
            Node::Column(name) => {
                let known = self.context.column(name.as_str()).sound();
                Ok(known.map_or(Type::Untold, Type::of))
            }
            Node::Clock(clock) => Ok(clock_type(*clock)),
            Node::Configuration(_) => Ok(Type::Builtin("regconfig")),
            Node::Prefix("NOT ", operand) => self.condition_of("NOT", operand),
            Node::Prefix(sign, operand) => {
                if let ("-", Node::Number(number)) = (*sign, &**operand) {
                    // The smallest numbers of a type have no positive counterpart.
                    return Ok(number_type(&["-", number].concat()));
                }
                let given = self.node(operand)?;
                self.operator(sign.trim(), &[operand], &[given])
            }
            Node::Infix(left, word @ ("AND" | "OR"), right) => {
                self.condition_of(word, left)?;
                self.condition_of(word, right)
            }
            Node::Infix(left, operator, right) => self.binary(operator, [left, right]),
            Node::Is(operand, _, "NULL") => self.node(operand).map(|_| BOOLEAN),
            Node::Is(operand, _, test) => {
                self.condition_of(&["IS ", test].concat(), operand).map(|_| BOOLEAN)
            }
            Node::IsDistinct(left, _, right) => self.binary("=", [left, right]),
            Node::In(operand, _, items) => {
                let given = self.node(operand)?;
                items.iter().try_for_each(|item| self.beside("=", (operand, &given), item))?;
                Ok(BOOLEAN)
            }
            Node::Between(operand, _, low, high) => {
                let given = self.node(operand)?;
                self.beside(">=", (operand, &given), low)?;
                self.beside("<=", (operand, &given), high)?;
                Ok(BOOLEAN)
            }
            Node::Like(operand, words, pattern, escape) => {
                self.like(operand, words, pattern, escape.as_deref())
            }
            Node::Quantified(left, operator, _, array) => self.quantified(left, operator, array),
            Node::Call(function, arguments) => self.call(function, arguments),
            Node::Extract(field, operand) => {
                self.function("extract", &[&Node::Text((*field).to_owned()), operand])
            }
            Node::Cast(operand, target) => self.cast(operand, &Type::of(target)),
            Node::Case(operand, arms, otherwise) => {
                self.case(operand.as_deref(), arms, otherwise.as_deref())
            }
            Node::Array(items) => self.array(items),
            Node::Row(items) => {
                items.iter().try_for_each(|item| self.node(item).map(drop)).map(|()| Type::Row)
            }
            Node::Subscript(..) | Node::Slice(..) => self.subscript(node),
            Node::AtTimeZone(operand, zone) => self.function("timezone", &[zone, operand]),
            Node::Collate(operand, _) => self.collate(operand),
        }
    }

    /// A part that must be true or false because of the word beside it.
    fn condition_of(&self, word: &str, operand: &Node) -> Typed {
        let found = self.node(operand)?;
        self.boolean(operand, &found, word)
    }

    /// A comparison whose left side was looked at before. Each part is looked at once only, or
    /// nesting would multiply the work.
    fn beside(
        &self,
        operator: &str,
        (left, given): (&Node, &Type),
        right: &Node,
    ) -> Result<(), ExpressionError> {
        let given = [given.clone(), self.node(right)?];
        self.operator(operator, &[left, right], &given).map(drop)
    }

    fn like(&self, operand: &Node, words: &str, pattern: &Node, escape: Option<&Node>) -> Typed {
        let operator = match words {
            "LIKE" => "~~",
            "NOT LIKE" => "!~~",
            "ILIKE" => "~~*",
            "NOT ILIKE" => "!~~*",
            "NOT SIMILAR TO" => "!~",
            _ => "~",
        };
        let given = self.node(operand)?;
        let pattern_type = match (escape, words.contains("SIMILAR")) {
            (Some(escape), false) => self.function("like_escape", &[pattern, escape])?,
            (Some(escape), true) => self.function("similar_to_escape", &[pattern, escape])?,
            (None, true) => self.function("similar_to_escape", &[pattern])?,
            (None, false) => self.node(pattern)?,
        };
        self.operator(operator, &[operand, pattern], &[given, pattern_type])
    }

    fn quantified(&self, left: &Node, operator: &str, array: &Node) -> Typed {
        let given = self.node(left)?;
        let found = self.node(array)?;
        let element = match &found {
            Type::Unknown | Type::Untold => found.clone(),
            Type::Builtin(_) | Type::Enum(_) | Type::EnumArray(_) | Type::Row => {
                found.element().ok_or_else(|| {
                    let message =
                        format!("ANY and ALL take an array, and `{}` is {found}", spelled(array));
                    ExpressionError::new("expression_type", 0, message)
                })?
            }
        };
        if let (Type::Enum(name), Type::Unknown) = (&given, &found) {
            self.note(array, &Type::EnumArray(name.clone()));
        }
        // The constant is a list, so it is no constant of the element's type.
        self.operator(operator, &[left, &Node::Null], &[given, element])?;
        Ok(BOOLEAN)
    }

    fn call(&self, function: &Function, arguments: &[Node]) -> Typed {
        match function.name {
            "coalesce" => self.shared("COALESCE", arguments.iter()),
            "greatest" => self.shared("GREATEST", arguments.iter()),
            "least" => self.shared("LEAST", arguments.iter()),
            "nullif" => {
                let parts = [&arguments[0], &arguments[1]];
                let given = [self.node(parts[0])?, self.node(parts[1])?];
                self.operation("=", &parts, &given).map(|done| done.first)
            }
            name => self.function(name, &arguments.iter().collect::<Vec<_>>()),
        }
    }

    fn case(
        &self,
        operand: Option<&Node>,
        arms: &[(Node, Node)],
        otherwise: Option<&Node>,
    ) -> Typed {
        let given = operand.map(|operand| self.node(operand)).transpose()?;
        for (when, _) in arms {
            match (operand, &given) {
                (Some(operand), Some(given)) => self.beside("=", (operand, given), when)?,
                _ => self.condition_of("WHEN", when).map(drop)?,
            }
        }
        self.shared("CASE", otherwise.into_iter().chain(arms.iter().map(|(_, then)| then)))
    }

    fn array(&self, items: &[Node]) -> Typed {
        if items.is_empty() {
            return Err(ExpressionError::new("expression_type", 0, "an empty array has no type")
                .hint("Say it with a cast: `ARRAY[]::text[]`."));
        }
        let found = self.shared("ARRAY", items.iter())?;
        if found.element().is_some() {
            return Ok(found);
        }
        found.array().ok_or_else(|| {
            ExpressionError::new("expression_type", 0, format!("there are no arrays of {found}"))
        })
    }

    /// The one type of several parts, each of which can be brought to it.
    fn shared<'n>(&self, word: &str, parts: impl Iterator<Item = &'n Node>) -> Typed {
        let parts: Vec<&Node> = parts.collect();
        let given = parts.iter().map(|part| self.node(part)).collect::<Result<Vec<_>, _>>()?;
        let found = common(&given).map_err(|(left, right)| {
            let message =
                format!("the parts of {word} must be of one type, not `{left}` and `{right}`");
            ExpressionError::new("expression_type", 0, message).hint("Cast one of them.")
        })?;
        for (part, given) in parts.into_iter().zip(&given) {
            self.brought(part, given, &found)?;
        }
        Ok(found)
    }

    /// `x[i]`, `x[from:to]`: an array's element or part, or what stands at a key of a `jsonb`.
    /// With one slice among the brackets, all of them are slices.
    fn subscript(&self, node: &Node) -> Typed {
        let mut base = node;
        let mut indexes: Vec<&Node> = Vec::new();
        let mut sliced = false;
        while let Node::Subscript(inner, _) | Node::Slice(inner, ..) = base {
            if let Node::Slice(_, from, to) = base {
                indexes.extend([from, to].into_iter().flatten().map(|bound| &**bound));
                sliced = true;
            } else if let Node::Subscript(_, index) = base {
                indexes.push(index);
            }
            base = inner;
        }
        let found = self.node(base)?;
        indexes.into_iter().try_for_each(|index| self.index(index, &found))?;
        match (&found, found.element()) {
            (Type::Untold, _) => Ok(Type::Untold),
            (Type::Builtin("point" | "line" | "lseg" | "box"), _) if sliced => Ok(found),
            (Type::Builtin("point" | "line"), _) => Ok(Type::Builtin("float8")),
            (Type::Builtin("lseg" | "box"), _) => Ok(Type::Builtin("point")),
            (Type::Builtin("jsonb"), _) if !sliced => Ok(found),
            (_, Some(_)) if sliced => Ok(found),
            (_, Some(element)) => Ok(element),
            (_, None) => {
                let message = format!("`{}` is {found}, no array", spelled(base));
                Err(ExpressionError::new("expression_type", 0, message))
            }
        }
    }

    fn index(&self, index: &Node, of: &Type) -> Result<(), ExpressionError> {
        let given = self.node(index)?;
        let fits = match (&given, of) {
            (Type::Untold | Type::Unknown, Type::Builtin("jsonb")) | (_, Type::Untold) => true,
            (_, Type::Builtin("jsonb")) => {
                path(&given, &WHOLE, Reach::Implicit).is_some()
                    || path(&given, &TEXT, Reach::Implicit).is_some()
            }
            (Type::Unknown, _) => self.constant(index, &WHOLE).is_ok(),
            (_, _) => path(&given, &WHOLE, Reach::Assignment).is_some(),
        };
        if fits {
            return Ok(());
        }
        let message = format!("an index is a whole number, and `{}` is {given}", spelled(index));
        Err(ExpressionError::new("expression_type", 0, message))
    }

    fn collate(&self, operand: &Node) -> Typed {
        let found = self.node(operand)?;
        if !found.is_collatable() {
            let message = format!("COLLATE takes a text, and `{}` is {found}", spelled(operand));
            return Err(ExpressionError::new("expression_type", 0, message));
        }
        Ok(if found == Type::Unknown { TEXT } else { found })
    }
}

fn clock_type(clock: Clock) -> Type {
    Type::Builtin(match clock {
        Clock::CurrentDate => "date",
        Clock::CurrentTime => "timetz",
        Clock::CurrentTimestamp => "timestamptz",
        Clock::LocalTime => "time",
        Clock::LocalTimestamp => "timestamp",
    })
}

fn number_type(number: &str) -> Type {
    Type::Builtin(match number.parse::<i64>() {
        Ok(number) if i32::try_from(number).is_ok() => "int4",
        Ok(_) => "int8",
        Err(_) => "numeric",
    })
}
