//! One line in the log for every request, when it was answered.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Logs method, path, status and time. The query string stays out: it may hold values.
pub async fn layer(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    // Hundredths are fine enough to read.
    let milliseconds = (start.elapsed().as_secs_f64() * 100_000.0).round() / 100.0;
    let quiet = path.starts_with("/health/") || path.starts_with("/assets/");
    if quiet {
        tracing::debug!(%method, path, status, duration_ms = milliseconds, "answered");
    } else {
        tracing::info!(%method, path, route, status, duration_ms = milliseconds, "answered");
    }
    response
}
