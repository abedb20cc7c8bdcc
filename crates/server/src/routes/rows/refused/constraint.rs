//! Constraints that do not hold, by their names and columns in the definition.

use definition::Name;
use definition::model::{IndexTarget, Relationship, Table};
use query::WriteRequest;
use serde_json::Value;
use store::Refusal;

use super::Attempt;
use crate::error::{ApiError, Code};

/// "`email` must be unique: another row of customers already has this value."
pub(super) fn unique(refusal: &Refusal, attempt: &Attempt<'_>) -> ApiError {
    let table = attempt.refused_table(refusal);
    let columns = unique_columns(table, name(refusal));
    let detail = match columns.as_slice() {
        [] => format!("Another row of {} has the same key.", table.name),
        [column] => format!(
            "`{column}` must be unique: another row of {} already has this value.",
            table.name
        ),
        several => format!(
            "{} must be unique together: another row of {} already has these values.",
            listed(several),
            table.name
        ),
    };
    broken(Code::UniqueViolation, detail, refusal, &columns)
}

/// The columns of a key or a unique index; none for an index over expressions.
fn unique_columns(table: &Table, constraint: &str) -> Vec<String> {
    let mut keys = table.primary_key.iter().chain(&table.uniques);
    if let Some(key) = keys.find(|key| key.name.as_str() == constraint) {
        return texts(&key.columns);
    }
    let index = table.indexes.iter().find(|index| index.name.as_str() == constraint);
    let columns: Option<Vec<String>> = index.and_then(|index| {
        let column = |target: &IndexTarget| match target {
            IndexTarget::Column(name) => Some(name.to_string()),
            IndexTarget::Expression(_) => None,
        };
        index.keys.iter().map(|key| column(&key.target)).collect()
    });
    columns.unwrap_or_default()
}

/// Either the row refers to one that is not there, or others still refer to it.
pub(super) fn foreign_key(refusal: &Refusal, attempt: &Attempt<'_>) -> ApiError {
    let table = attempt.refused_table(refusal);
    let found = attempt
        .definition
        .relationships_from(table.name.as_str())
        .find(|relationship| relationship.name.as_str() == name(refusal));
    let Some(relationship) = found else {
        let detail = "A reference between rows would no longer hold.".to_owned();
        return broken(Code::ForeignKeyViolation, detail, refusal, &[]);
    };
    let columns = texts(&relationship.from.columns);
    let (from, to) = (&relationship.from.table, &relationship.to.table);
    let named = listed(&columns);
    let detail = if is_missing_target(relationship, attempt) {
        format!("{named} must name a row of {to} that exists.")
    } else {
        format!("Rows of {from} still refer to this row of {to} by {named}.")
    };
    broken(Code::ForeignKeyViolation, detail, refusal, &columns)
}

/// PostgreSQL reports both cases alike, so it is told from what was tried.
fn is_missing_target(relationship: &Relationship, attempt: &Attempt<'_>) -> bool {
    let writes_reference = relationship.from.table == attempt.table.name;
    match attempt.write {
        Some(WriteRequest::Insert { .. }) => true,
        Some(WriteRequest::Update { values, .. }) => {
            let sets = |column: &Name| values.iter().any(|(name, _)| name == column.as_str());
            writes_reference && relationship.from.columns.iter().any(sets)
        }
        Some(WriteRequest::Delete { .. }) | None => false,
    }
}

/// A condition on the row, with the condition.
pub(super) fn check(refusal: &Refusal, attempt: &Attempt<'_>) -> ApiError {
    let table = attempt.refused_table(refusal);
    let found = table.checks.iter().find(|check| check.name.as_str() == name(refusal));
    let Some(check) = found else {
        let detail = format!("A check of {} does not hold.", table.name);
        return broken(Code::CheckViolation, detail, refusal, &[]);
    };
    let columns: Vec<String> = check.expression.columns().into_iter().map(str::to_owned).collect();
    let detail = format!("A row of {} must satisfy `{}`.", table.name, check.expression);
    broken(Code::CheckViolation, detail, refusal, &columns)
}

/// A value is missing.
pub(super) fn not_null(refusal: &Refusal, attempt: &Attempt<'_>) -> ApiError {
    let column = refusal.column.clone().unwrap_or_default();
    let detail = format!("`{column}` of {} needs a value.", attempt.refused_table(refusal).name);
    broken(Code::NotNullViolation, detail, refusal, &[column])
}

fn broken(code: Code, detail: String, refusal: &Refusal, columns: &[String]) -> ApiError {
    let columns_json = columns.iter().map(|column| Value::from(column.as_str())).collect();
    let mut error = ApiError::new(code, detail).with("columns", Value::Array(columns_json));
    if let Some(constraint) = &refusal.constraint {
        error = error.with("constraint", Value::from(constraint.as_str()));
    }
    match columns {
        [column] => error.at(column.clone()),
        _ => error,
    }
}

fn name(refusal: &Refusal) -> &str {
    refusal.constraint.as_deref().unwrap_or_default()
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(Name::to_string).collect()
}

/// `a`, `b` and `c`
fn listed(columns: &[String]) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| ["`", column, "`"].concat()).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => [&rest.join(", "), " and ", last].concat(),
        None => String::new(),
    }
}
