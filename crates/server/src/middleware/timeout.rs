//! No request waits without end.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::{ApiError, Code};

/// Gives the request up at its limit. A transaction it had open is rolled back with it.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = app.config().request_timeout;
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            ApiError::new(Code::Timeout, "The request took longer than its limit.").into_response()
        }
    }
}
