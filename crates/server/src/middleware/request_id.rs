//! Every request has an id: the client's when it sent a usable one, else ours. It is in the answer,
//! in every refusal, and in every line of the log.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

/// The header in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id a client may choose.
const MAX_LENGTH: usize = 100;

tokio::task_local! {
    static CURRENT: HeaderValue;
}

/// The id of the request being answered; empty outside of one.
pub fn current() -> String {
    CURRENT.try_with(|id| id.to_str().unwrap_or_default().to_owned()).unwrap_or_default()
}

/// Gives the request its id and a span that carries it.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let id = request.headers().get(REQUEST_ID).filter(|id| is_usable(id)).cloned();
    let id = id.unwrap_or_else(fresh);
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let text = id.to_str().unwrap_or_default();
    let span = tracing::info_span!("request", request.id = text);
    let mut response = CURRENT.scope(id.clone(), next.run(request)).instrument(span).await;
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

fn fresh() -> HeaderValue {
    let id = Uuid::now_v7().simple().to_string();
    HeaderValue::try_from(id).expect("hexadecimal digits are a valid header value")
}

/// An id goes into logs and answers, so only harmless characters are taken over.
fn is_usable(id: &HeaderValue) -> bool {
    let harmless = |b: &u8| b.is_ascii_alphanumeric() || b"-_.:/+=".contains(b);
    !id.is_empty() && id.len() <= MAX_LENGTH && id.as_bytes().iter().all(harmless)
}
