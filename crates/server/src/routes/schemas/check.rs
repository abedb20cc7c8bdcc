//! Checking a document: what is wrong with it, and what it would do.

use axum::Json;
use definition::{
    Checked, Definition, Document, Name, Part, Problem, Problems, Severity, schema_name,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::error::{ApiError, Code};
use crate::extract::{JsonBody, TenantScope};
use crate::ids::RandomIds;

/// What to check: a definition, or one part of it. A part may bring the definition around it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValidateInput {
    #[schema(value_type = Option<Object>)]
    definition: Option<Value>,
    /// One table alone.
    #[schema(value_type = Option<Object>)]
    table: Option<Value>,
    /// One column alone.
    #[schema(value_type = Option<Object>)]
    column: Option<Value>,
    /// One relationship; it needs its definition.
    #[schema(value_type = Option<Object>)]
    relationship: Option<Value>,
}

/// Everything found, at once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Validation {
    is_valid: bool,
    #[schema(value_type = Vec<Object>)]
    errors: Vec<Problem>,
    #[schema(value_type = Vec<Object>)]
    warnings: Vec<Problem>,
}

impl From<Vec<Problem>> for Validation {
    fn from(problems: Vec<Problem>) -> Self {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            problems.into_iter().partition(|problem| problem.severity == Severity::Error);
        Self { is_valid: errors.is_empty(), errors, warnings }
    }
}

/// Checks a definition, or one table, column or relationship alone; nothing is made.
#[utoipa::path(post, path = "/api/schemas/validate", tag = "Schemas", request_body = ValidateInput,
    responses((status = 200, body = Validation)))]
pub(crate) async fn validate(
    _scope: TenantScope,
    JsonBody(body): JsonBody<ValidateInput>,
) -> Result<Json<Validation>, ApiError> {
    Ok(Json(problems_of(&body)?.into()))
}

fn problems_of(input: &ValidateInput) -> Result<Vec<Problem>, ApiError> {
    let definition = input.definition.as_ref();
    let part = match (&input.table, &input.column, &input.relationship, definition) {
        (None, None, None, Some(definition)) => return Ok(checked(definition).problems),
        (Some(table), None, None, _) => Part::Table(table),
        (None, Some(column), None, _) => Part::Column(column),
        (None, None, Some(relationship), Some(_)) => Part::Relationship(relationship),
        (None, None, Some(_), None) => {
            let detail = "A relationship is checked against its definition.";
            return Err(ApiError::invalid("definition", detail));
        }
        _ => {
            let detail = "Send a definition, or one table, one column or one relationship.";
            return Err(ApiError::invalid("", detail));
        }
    };
    Ok(part.check(definition))
}

/// The definition, or a refusal with every problem of it and of the schema's name.
pub(super) fn definition(name: &str, document: &Value) -> Result<Definition, ApiError> {
    let (definition, problems) = with_name(name, checked(document));
    definition.ok_or_else(|| refusal(&problems))
}

/// Refuses a name that no schema can have.
pub(super) fn name(name: &str) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    schema_name::check(name, &mut problems);
    let problems = problems.into_vec();
    if problems.is_empty() { Ok(()) } else { Err(refusal(&problems)) }
}

/// The validation and the plan of a schema that is not made.
pub(super) fn dry_run(
    scope: &TenantScope,
    name: &str,
    document: &Value,
) -> Result<Value, ApiError> {
    let (definition, problems) = with_name(name, checked(document));
    let number = scope.tenant.number.to_string();
    let namespace = ["tenant_", &number, "__", name].concat();
    let plan = match definition {
        Some(definition) => {
            let namespace =
                Name::new(&namespace).ok_or_else(|| ApiError::internal("a checked name fits"))?;
            let namespace = namespace.ident();
            Some(migration::plan_creation(&definition, namespace, namespace).to_json())
        }
        None => None,
    };
    Ok(json!({ "validation": Validation::from(problems), "plan": plan }))
}

/// A document checked against the definition in force: things keep their ids.
pub(super) fn against(document: &Value, current: &Definition) -> Checked {
    Document::parse(document).check(Some(current), &mut RandomIds)
}

/// The definition, or a refusal with every problem of it.
pub(super) fn accepted(checked: Checked) -> Result<Definition, ApiError> {
    checked.definition.ok_or_else(|| refusal(&checked.problems))
}

fn checked(document: &Value) -> Checked {
    Document::parse(document).check(None, &mut RandomIds)
}

fn with_name(name: &str, checked: Checked) -> (Option<Definition>, Vec<Problem>) {
    let mut named = Problems::new();
    schema_name::check(name, &mut named);
    let sound = !named.has_errors();
    let problems = named.into_vec().into_iter().chain(checked.problems).collect();
    (checked.definition.filter(|_| sound), problems)
}

fn refusal(problems: &[Problem]) -> ApiError {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let detail = match errors {
        1 => "The definition has a problem.".to_owned(),
        more => ["The definition has ", &more.to_string(), " problems."].concat(),
    };
    let problems = problems.iter().map(|problem| json!(problem)).collect();
    ApiError::new(Code::InvalidDefinition, detail).problems(problems)
}
