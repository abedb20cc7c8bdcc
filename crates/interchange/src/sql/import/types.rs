//! Types of columns and of casts; domains, which become their base type and checks.

use definition::ColumnType;
use pg_query::NodeEnum;
use pg_query::protobuf::{ConstrType, Constraint, CreateDomainStmt, Node, TypeName, a_const};

use super::names::{Qualified, list, texts};
use super::reader::{At, Reader};

/// A type with rules, which PostgreSQL has and documents have not.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    /// The type below it, as documents spell it.
    pub(super) base: String,
    pub(super) not_null: bool,
    pub(super) default: Option<String>,
    /// Conditions on `VALUE`.
    pub(super) checks: Vec<Node>,
}

/// A type as documents spell it, and the domain it came from.
pub(super) struct ReadType {
    pub(super) text: String,
    pub(super) domain: Option<(String, Domain)>,
    /// Whether values compare differently in the type that stands in for it.
    pub(super) case_insensitive: bool,
    pub(super) array: bool,
}

/// PostgreSQL's own mark of an interval that keeps all its fields.
const INTERVAL_FULL_RANGE: i64 = 0x7FFF;

impl Reader {
    /// A type as documents spell it. What PostgreSQL itself does not have is left to the check.
    pub(super) fn type_of(&self, name: &TypeName, here: &str) -> ReadType {
        let array = !name.array_bounds.is_empty();
        let suffix = if array { "[]" } else { "" };
        let parts = texts(&name.names);
        let plain = |text: String| ReadType {
            text: canonical(text + suffix),
            domain: None,
            case_insensitive: false,
            array,
        };
        let Some(qualified) = Qualified::of_texts(&parts, here) else {
            return plain(String::new());
        };
        let bare = qualified.name.clone();
        if parts.len() > 1 && qualified.namespace == "pg_catalog" {
            return plain(bare + &modifiers(name));
        }
        let own = self.own(&qualified).or_else(|| (parts.len() == 1).then(|| bare.clone()));
        if let Some(domain) = own.as_ref().and_then(|own| self.domains.get(own)) {
            let text = domain.base.clone();
            let domain = Some((bare, domain.clone()));
            return ReadType { domain, ..plain(text) };
        }
        if own.as_ref().is_some_and(|own| self.draft.enums.iter().any(|item| item.name() == own)) {
            return plain(quoted(&bare));
        }
        if bare == "citext" {
            return ReadType { case_insensitive: true, ..plain("text".to_owned()) };
        }
        match (parts.len(), bare.as_str()) {
            // In quotes this is PostgreSQL's one-byte type, not `char(1)`.
            (1, "char") => plain(quoted("char")),
            (1, _) => plain(bare + &modifiers(name)),
            (_, _) => plain(format!("{}.{bare}", qualified.namespace)),
        }
    }

    pub(super) fn domain(&mut self, statement: &CreateDomainStmt, at: At<'_>) {
        let parts = texts(&statement.domainname);
        let Some(name) = Qualified::of_texts(&parts, at.here) else { return };
        let Some(name) = self.own(&name) else {
            return self.other_namespace(at.line, &name.namespace);
        };
        let Some(type_name) = &statement.type_name else { return };
        let read = self.type_of(type_name, at.here);
        let mut domain = read.domain.map_or(
            Domain { base: read.text.clone(), not_null: false, default: None, checks: Vec::new() },
            |(_, below)| Domain { base: read.text.clone(), ..below },
        );
        for constraint in statement.constraints.iter().filter_map(as_constraint) {
            match (constraint.contype(), &constraint.raw_expr) {
                (ConstrType::ConstrNotnull, _) => domain.not_null = true,
                (ConstrType::ConstrCheck, Some(check)) => domain.checks.push((**check).clone()),
                (ConstrType::ConstrDefault, Some(default)) => {
                    domain.default =
                        self.expression(default, at, (at.line, "the default of a domain"));
                }
                (_, _) => {}
            }
        }
        let message = format!(
            "the domain `{name}` becomes `{}`; its rules are written on each column that has it",
            domain.base
        );
        self.findings.info(at.line, "domain", message);
        self.domains.insert(name, domain);
    }
}

pub(super) fn as_constraint(node: &Node) -> Option<&Constraint> {
    match &node.node {
        Some(NodeEnum::Constraint(constraint)) => Some(constraint),
        _ => None,
    }
}

/// The one spelling that documents keep; `serial` and what is unknown stay as they are.
fn canonical(text: String) -> String {
    match ColumnType::parse(&text, &|_| false) {
        Ok(parsed) if !parsed.serial => parsed.column_type.to_string(),
        Ok(_) | Err(_) => text,
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `(12,2)`, as it was written after the name.
fn modifiers(name: &TypeName) -> String {
    let mut numbers: Vec<i64> = name.typmods.iter().filter_map(integer).collect();
    if numbers.len() < name.typmods.len() {
        // Words, as PostGIS has them; the check tells that it knows no such type.
        let words: Vec<String> = name.typmods.iter().map(|node| list(node).join(" ")).collect();
        return format!("({})", words.join(","));
    }
    if texts(&name.names).last() == Some(&"interval") {
        if numbers.first() == Some(&INTERVAL_FULL_RANGE) {
            numbers.remove(0);
        } else {
            numbers.clear();
        }
    }
    if numbers.is_empty() {
        return String::new();
    }
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("({})", numbers.join(","))
}

/// A whole number written as a constant, with its sign.
pub(super) fn integer(node: &Node) -> Option<i64> {
    match &node.node {
        Some(NodeEnum::AConst(constant)) => match &constant.val {
            Some(a_const::Val::Ival(number)) => Some(i64::from(number.ival)),
            Some(a_const::Val::Fval(number)) => number.fval.parse().ok(),
            _ => None,
        },
        Some(NodeEnum::Integer(number)) => Some(i64::from(number.ival)),
        Some(NodeEnum::Float(number)) => number.fval.parse().ok(),
        _ => None,
    }
}
