//! Whether the process lives, and whether it can serve.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::error::ApiError;

/// How the server is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`, whenever there is an answer with status 200.
    status: &'static str,
}

/// The process lives.
#[utoipa::path(get, path = "/health/live", tag = "Running it", security(()),
    responses((status = 200, body = Health)))]
pub(crate) async fn live() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// PostgreSQL answers, so requests can be served.
#[utoipa::path(get, path = "/health/ready", tag = "Running it", security(()),
    responses((status = 200, body = Health)))]
pub(crate) async fn ready(State(app): State<App>) -> Result<Json<Health>, ApiError> {
    app.store().ping().await?;
    Ok(Json(Health { status: "ok" }))
}
