//! The order in which a request passes through, from the outside in.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::{access_log, idempotency, panic, request_id, security, timeout, timing};
use crate::app::App;

/// Wraps the routes.
pub fn wrap(router: Router<App>, app: &App) -> Router<App> {
    let body_limit = app.config().body_limit.bytes();
    router.layer(
        ServiceBuilder::new()
            .layer(from_fn(request_id::layer))
            .layer(from_fn(access_log::layer))
            .layer(from_fn(timing::layer))
            .layer(from_fn(security::layer))
            .layer(CompressionLayer::new())
            .layer(CatchPanicLayer::custom(panic::answer))
            .layer(from_fn_with_state(app.clone(), timeout::layer))
            .layer(DefaultBodyLimit::max(body_limit))
            .layer(from_fn_with_state(app.clone(), idempotency::layer)),
    )
}
