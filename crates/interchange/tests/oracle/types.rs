//! Types in the common form: PostgreSQL's own short name, numbers in brackets, `[]`.

use definition::column_type::{Builtin, ColumnType, ElementType, Modifiers};
use pg_query::NodeEnum;
use pg_query::protobuf::{Node, TypeName, a_const};

use super::NAMESPACE;
use super::postgres::{Names, Refusal, strings};

/// A type of ours.
pub(crate) fn ours(column_type: &ColumnType) -> String {
    let mut spelled = match &column_type.element {
        ElementType::Enum(name) => [NAMESPACE, ".", name.as_str()].concat(),
        ElementType::Builtin(builtin, modifiers) => {
            let numbers = match modifiers {
                Modifiers::None => Vec::new(),
                Modifiers::One(length) => vec![i64::from(*length)],
                Modifiers::Two(digits, scale) => vec![i64::from(*digits), i64::from(*scale)],
            };
            with_numbers(catalog_name(*builtin), &numbers)
        }
    };
    spelled.push_str(if column_type.array { "[]" } else { "" });
    spelled
}

fn with_numbers(name: &str, numbers: &[i64]) -> String {
    let written: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    if written.is_empty() { name.to_owned() } else { [name, "(", &written.join(","), ")"].concat() }
}

/// PostgreSQL's own names where they are not the document's.
const NAMES: [(Builtin, &str); 7] = [
    (Builtin::Boolean, "bool"),
    (Builtin::SmallInt, "int2"),
    (Builtin::Integer, "int4"),
    (Builtin::BigInt, "int8"),
    (Builtin::Real, "float4"),
    (Builtin::Double, "float8"),
    (Builtin::Char, "bpchar"),
];

fn catalog_name(builtin: Builtin) -> &'static str {
    let named = NAMES.iter().find(|(known, _)| *known == builtin);
    named.map_or_else(|| builtin.name(), |(_, name)| name)
}

/// The field mask that stands before the digits of an interval's seconds: every field.
const WHOLE_INTERVAL: i64 = 0x7FFF;

/// A type of PostgreSQL's grammar.
pub(crate) fn postgres(name: &TypeName, names: Names) -> Result<String, Refusal> {
    if name.setof || name.pct_type {
        return Err(Refusal::NoForm("SETOF and %TYPE".to_owned()));
    }
    let mut numbers = name.typmods.iter().map(number).collect::<Result<Vec<_>, _>>()?;
    let words = strings(&name.names)?;
    if let ["pg_catalog" | "interval", ..] = words.as_slice()
        && words.last() == Some(&"interval")
        && numbers.first() == Some(&WHOLE_INTERVAL)
    {
        numbers.remove(0);
    }
    let mut spelled = match (words.as_slice(), names) {
        ([NAMESPACE, name], Names::InFull) => [NAMESPACE, ".", name].concat(),
        (["pg_catalog", name] | [name], _) => named(name, &numbers, names)?,
        (other, _) => return Err(Refusal::NoForm(format!("the type {other:?}"))),
    };
    spelled.push_str(if name.array_bounds.is_empty() { "" } else { "[]" });
    Ok(spelled)
}

/// A type without a namespace of its own: one of PostgreSQL's, or as a person wrote it.
fn named(name: &str, numbers: &[i64], names: Names) -> Result<String, Refusal> {
    let spelled = with_numbers(name, numbers);
    match names {
        _ if name == "regconfig" => Ok(spelled),
        Names::InFull => {
            let known = Builtin::ALL.iter().any(|known| catalog_name(*known) == name);
            if known { Ok(spelled) } else { Err(Refusal::NoForm(format!("the type {name}"))) }
        }
        // Other spellings, short forms and enums: those that a document may use.
        Names::AsWritten => {
            let parsed = ColumnType::parse(&spelled, &|known| known == name && known == "mood");
            let parsed = parsed.map_err(|error| Refusal::NoForm(error.to_string()))?;
            Ok(ours(&parsed.column_type))
        }
    }
}

fn number(node: &Node) -> Result<i64, Refusal> {
    match &node.node {
        Some(NodeEnum::AConst(constant)) => match &constant.val {
            Some(a_const::Val::Ival(number)) => Ok(number.ival.into()),
            other => Err(Refusal::NoForm(format!("the number {other:?} of a type"))),
        },
        other => Err(Refusal::NoForm(format!("the number {other:?} of a type"))),
    }
}
