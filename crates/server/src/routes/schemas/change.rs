//! Changing a schema: a document or an earlier version becomes a plan, the plan is shown or run.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use definition::Definition;
use migration::{Options, Plan, Remedies, Severity, Situation, plan_change};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Change, Observed, SchemaChange, SchemaState};
use utoipa::ToSchema;
use uuid::Uuid;

use super::check::{self, Validation};
use super::{DryRun, described, find_to_change, if_match, with_version};
use crate::app::App;
use crate::error::{ApiError, Code};
use crate::extract::{JsonBody, PathIds, QueryParams, TenantScope};

/// The longest message of an author, in characters.
const MAX_MESSAGE_CHARS: usize = 2_000;

/// What to change; a part that is not given stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SchemaPatch {
    name: Option<String>,
    /// An empty one removes it.
    description: Option<String>,
    is_active: Option<bool>,
    #[schema(value_type = Option<Object>)]
    definition: Option<Value>,
    /// Keys of severe hazards: `data_loss:orders.note`.
    #[serde(default)]
    acknowledge: Vec<String>,
    /// The plan that was shown; another one is refused.
    plan_fingerprint: Option<String>,
    /// What to do with rows that do not fit, by the hazard's subject: `{ "cast": "…" }`,
    /// `{ "fill": "…" }` or `"setAside"`.
    #[serde(default)]
    #[schema(value_type = Object)]
    remedies: Remedies,
    /// Why, for those who read the history.
    message: Option<String>,
}

/// What the caller knows and chooses.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Consent {
    /// Keys of severe hazards: `data_loss:orders.note`.
    #[serde(default)]
    acknowledge: Vec<String>,
    /// The plan that was shown; another one is refused.
    plan_fingerprint: Option<String>,
    /// What to do with rows that do not fit, by the hazard's subject: `{ "cast": "…" }`,
    /// `{ "fill": "…" }` or `"setAside"`.
    #[serde(default)]
    #[schema(value_type = Object)]
    remedies: Remedies,
    /// Why, for those who read the history.
    message: Option<String>,
}

/// What of a schema changes without a plan.
#[derive(Default)]
struct Settings {
    name: Option<String>,
    description: Option<String>,
    is_active: Option<bool>,
}

impl SchemaPatch {
    fn parts(self) -> (Option<Value>, Settings, Consent) {
        let settings =
            Settings { name: self.name, description: self.description, is_active: self.is_active };
        let consent = Consent {
            acknowledge: self.acknowledge,
            plan_fingerprint: self.plan_fingerprint,
            remedies: self.remedies,
            message: self.message,
        };
        (self.definition, settings, consent)
    }
}

/// A definition to plan for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PlanInput {
    #[schema(value_type = Object)]
    definition: Value,
    /// What to do with rows that do not fit.
    #[serde(default)]
    #[schema(value_type = Object)]
    remedies: Remedies,
}

/// Changes a schema. A changed definition is planned and run as a migration.
#[utoipa::path(put, path = "/api/schemas/{schemaId}", tag = "Schemas",
    params(("schemaId" = Uuid, Path), DryRun), request_body = SchemaPatch,
    responses((status = 200, body = super::SchemaView), (status = 412, description = "Changed meanwhile"),
              (status = 409, description = "Hazards are not acknowledged, or rows do not fit; the plan is in the answer")))]
pub(crate) async fn change(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    asked: (QueryParams<DryRun>, HeaderMap),
    JsonBody(body): JsonBody<SchemaPatch>,
) -> Result<Response, ApiError> {
    let (QueryParams(query), headers) = asked;
    find_to_change(&app, &scope, schema_id).await?;
    body.name.as_deref().map_or(Ok(()), check::name)?;
    let (document, settings, consent) = body.parts();
    let Some(document) = document else {
        return set(&app, &scope, schema_id, (&settings, &headers)).await;
    };
    let state = state(&app, &scope, schema_id, &headers).await?;
    let checked = check::against(&document, &state.definition);
    if query.dry_run {
        return dry_run(&app, &state, checked, &consent.remedies).await;
    }
    let wanted = check::accepted(checked)?;
    if wanted == state.definition {
        return set(&app, &scope, schema_id, (&settings, &headers)).await;
    }
    let plan = planned(&app, &state, &wanted, (None, &consent.remedies)).await?;
    run(&app, &scope, &state, (&plan, &wanted, &settings, &consent)).await
}

/// The validation of a definition and the plan that leads to it; nothing is changed.
#[utoipa::path(post, path = "/api/schemas/{schemaId}/plan", tag = "Schemas",
    params(("schemaId" = Uuid, Path)), request_body = PlanInput,
    responses((status = 200, description = "The validation and the plan")))]
pub(crate) async fn plan(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<PlanInput>,
) -> Result<Response, ApiError> {
    find_to_change(&app, &scope, schema_id).await?;
    let state = state(&app, &scope, schema_id, &headers).await?;
    let checked = check::against(&body.definition, &state.definition);
    dry_run(&app, &state, checked, &body.remedies).await
}

/// Makes a new version with the definition of an earlier one, and its data back from the attic.
#[utoipa::path(post, path = "/api/schemas/{schemaId}/rollback/{version}", tag = "Schemas",
    params(("schemaId" = Uuid, Path), ("version" = i32, Path), DryRun), request_body = Option<Consent>,
    responses((status = 200, body = super::SchemaView)))]
pub(crate) async fn rollback(
    State(app): State<App>,
    scope: TenantScope,
    PathIds((schema_id, version)): PathIds<(Uuid, i32)>,
    asked: (QueryParams<DryRun>, HeaderMap),
    body: Option<JsonBody<Consent>>,
) -> Result<Response, ApiError> {
    let (QueryParams(query), headers) = asked;
    find_to_change(&app, &scope, schema_id).await?;
    let state = state(&app, &scope, schema_id, &headers).await?;
    let consent = body.map(|JsonBody(consent)| consent).unwrap_or_default();
    let wanted = app.store().definition_at(schema_id, version).await?;
    let plan = planned(&app, &state, &wanted, (Some(version), &consent.remedies)).await?;
    if query.dry_run {
        let validation = Validation::from(Vec::new());
        return Ok(
            Json(json!({ "validation": validation, "plan": plan.to_json() })).into_response()
        );
    }
    let message =
        consent.message.or_else(|| Some(["Back to version ", &version.to_string()].concat()));
    let consent = Consent { message, ..consent };
    run(&app, &scope, &state, (&plan, &wanted, &Settings::default(), &consent)).await
}

/// The schema with all that a plan depends on, unless the caller has seen another version.
async fn state(
    app: &App,
    scope: &TenantScope,
    schema_id: Uuid,
    headers: &HeaderMap,
) -> Result<SchemaState, ApiError> {
    let state = app.store().schema_state(scope.tenant.id, schema_id).await?;
    match if_match(headers)? {
        Some(seen) if seen != state.schema.version => {
            Err(moved_on(app, &state.definition, (schema_id, seen, state.schema.version)).await)
        }
        _ => Ok(state),
    }
}

/// The refusal of whoever has seen an earlier version, with what changed since.
async fn moved_on(
    app: &App,
    current: &Definition,
    (schema_id, seen, version): (Uuid, i32, i32),
) -> ApiError {
    let detail = ["Meanwhile version ", &version.to_string(), " is in force."].concat();
    let refusal =
        ApiError::new(Code::VersionConflict, detail).with("currentVersion", version.into());
    match app.store().definition_at(schema_id, seen).await {
        Ok(before) => {
            let changes = migration::diff(&before, current);
            refusal.with("changes", changes.iter().map(migration::Change::to_json).collect())
        }
        Err(_) => refusal,
    }
}

/// The plan, with what the data say to it.
async fn planned(
    app: &App,
    state: &SchemaState,
    wanted: &Definition,
    (rollback_to, remedies): (Option<i32>, &Remedies),
) -> Result<Plan, ApiError> {
    let situation = Situation {
        version: state.schema.version,
        before: &state.definition,
        after: wanted,
        rollback_to,
        attic: &state.attic,
        statistics: &state.statistics,
        remedies,
        namespace: &state.place.namespace,
        role: &state.place.role,
        options: Options { online_rows: app.config().online_rows },
    };
    let mut plan = plan_change(&situation).map_err(ApiError::from)?;
    let answers = app.store().observe(&plan.probes).await?;
    for (probe, answer) in plan.probes.iter().zip(answers) {
        plan.hazards.extend(match answer {
            Observed::Answer(observation) => probe.hazard(observation),
            Observed::Unknown => Some(probe.unknown()),
        });
    }
    Ok(plan)
}

async fn dry_run(
    app: &App,
    state: &SchemaState,
    checked: definition::Checked,
    remedies: &Remedies,
) -> Result<Response, ApiError> {
    let plan = match &checked.definition {
        Some(wanted) => Some(planned(app, state, wanted, (None, remedies)).await?.to_json()),
        None => None,
    };
    let validation = Validation::from(checked.problems);
    Ok(Json(json!({ "validation": validation, "plan": plan })).into_response())
}

/// Runs a plan that the caller has seen and agrees to.
async fn run(
    app: &App,
    scope: &TenantScope,
    state: &SchemaState,
    (plan, wanted, settings, consent): (&Plan, &Definition, &Settings, &Consent),
) -> Result<Response, ApiError> {
    consented(plan, consent)?;
    let change = Change {
        id: Uuid::now_v7(),
        tenant: scope.tenant.id,
        schema_id: state.schema.id,
        plan,
        definition: wanted,
        message: message(consent)?,
        remedies: &consent.remedies,
        name: settings.name.as_deref(),
        description: settings.description.as_deref().map(described).transpose()?,
        is_active: settings.is_active,
    };
    let applied = app.store().apply(&change, &scope.actor).await?;
    Ok(with_version(applied.schema).into_response())
}

/// Refuses a plan that is not the one that was shown, or that nobody has agreed to.
fn consented(plan: &Plan, consent: &Consent) -> Result<(), ApiError> {
    if let Some(seen) = &consent.plan_fingerprint
        && *seen != plan.fingerprint().to_string()
    {
        let detail = "What would be done is no longer what was shown.";
        return Err(ApiError::new(Code::PlanChanged, detail).with("plan", plan.to_json()));
    }
    if plan.hazards.iter().any(|hazard| hazard.severity == Severity::Blocking) {
        let detail = "Rows do not fit what is asked. Choose what to do with them.";
        return Err(ApiError::new(Code::RowsDoNotFit, detail).with("plan", plan.to_json()));
    }
    let missing: Vec<String> =
        plan.unacknowledged(&consent.acknowledge).map(migration::Hazard::key).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail = "This may cost something that somebody has to agree to.";
    Err(ApiError::new(Code::HazardsUnacknowledged, detail)
        .hint(["Send \"acknowledge\": [\"", &missing.join("\", \""), "\"]."].concat())
        .with("plan", plan.to_json()))
}

fn message(consent: &Consent) -> Result<Option<&str>, ApiError> {
    let message = consent.message.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match message {
        Some(text) if text.chars().count() > MAX_MESSAGE_CHARS => {
            let detail = ["A message has at most ", &MAX_MESSAGE_CHARS.to_string(), " characters."];
            Err(ApiError::invalid("message", detail.concat()))
        }
        other => Ok(other),
    }
}

/// Changes what needs no plan.
async fn set(
    app: &App,
    scope: &TenantScope,
    schema_id: Uuid,
    (settings, headers): (&Settings, &HeaderMap),
) -> Result<Response, ApiError> {
    let change = SchemaChange {
        name: settings.name.as_deref(),
        description: settings.description.as_deref().map(described).transpose()?,
        is_active: settings.is_active,
        if_version: if_match(headers)?,
    };
    let changed =
        app.store().change_schema(scope.tenant.id, schema_id, &change, &scope.actor).await?;
    Ok(with_version(changed).into_response())
}
