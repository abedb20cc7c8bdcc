//! What this server is, for pages that nobody has signed in to yet.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::config::Registration;

/// What this server is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Server {
    /// The product.
    name: &'static str,
    /// Its version.
    version: &'static str,
    /// Whether anybody may make an account.
    registration_open: bool,
    /// Whether it was started with the demonstration.
    demo: bool,
}

/// Describes the server; needs no account.
#[utoipa::path(get, path = "/api/server", tag = "Running it", security(()),
    responses((status = 200, body = Server)))]
pub(crate) async fn describe(State(app): State<App>) -> Json<Server> {
    Json(Server {
        name: "Tenanta",
        version: env!("CARGO_PKG_VERSION"),
        registration_open: app.config().registration == Registration::Open,
        demo: app.config().demo,
    })
}
