//! `Idempotency-Key`: a creation that is sent twice happens once, and is answered twice.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use store::{Repetition, SavedAnswer};

use crate::app::App;
use crate::error::{ApiError, Code};
use crate::extract::{Caller, TENANT_ID};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The longest key.
const MAX_KEY: usize = 255;
/// The longest answer that is kept; a longer one is not repeated.
const MAX_ANSWER: usize = 4 << 20;

/// Marks an answer that holds a secret: it is shown once and never kept.
#[derive(Clone, Copy)]
pub struct ShownOnce;

/// Lets requests without the header pass untouched.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let applies = request.method() == Method::POST
        && request.uri().path().starts_with("/api/")
        && !request.uri().path().starts_with("/api/auth/")
        && request.headers().contains_key(IDEMPOTENCY_KEY);
    if !applies {
        return next.run(request).await;
    }
    once(&app, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn once(app: &App, request: Request, next: Next) -> Result<Response, ApiError> {
    let key = key_of(&request)?;
    let (mut parts, body) = request.into_parts();
    let caller = caller_name(&Caller::from_request_parts(&mut parts, app).await?);
    let limit = app.config().body_limit.bytes();
    let body = to_bytes(body, limit).await.map_err(|_| {
        ApiError::new(Code::BodyTooLarge, "The body is larger than this server accepts.")
    })?;
    match app.store().begin_idempotent(&caller, &key, &fingerprint(&parts, &body)).await? {
        Repetition::First => {
            let response = next.run(Request::from_parts(parts, Body::from(body))).await;
            keep(app, &caller, &key, response).await
        }
        Repetition::Answered(answer) => repeat(answer),
        Repetition::Running => Err(ApiError::new(
            Code::IdempotencyRunning,
            "The first request with this Idempotency-Key is still running.",
        )),
        Repetition::Mismatch => Err(ApiError::new(
            Code::IdempotencyMismatch,
            "This Idempotency-Key was used for another request.",
        )),
    }
}

fn key_of(request: &Request) -> Result<String, ApiError> {
    let value = request.headers().get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
    match value {
        Some(key) if !key.is_empty() && key.len() <= MAX_KEY => Ok(key.to_owned()),
        _ => {
            let detail = "Idempotency-Key is 1 to 255 visible ASCII characters.";
            Err(ApiError::new(Code::InvalidHeader, detail))
        }
    }
}

fn caller_name(caller: &Caller) -> String {
    match caller {
        Caller::Member(session, _) => ["user ", &session.user.id.to_string()].concat(),
        Caller::Key(identity) => ["apiKey ", &identity.key.id.to_string()].concat(),
    }
}

/// What makes two requests the same: address, tenant and body.
fn fingerprint(parts: &Parts, body: &Bytes) -> [u8; 32] {
    let mut hash = Sha256::new();
    let tenant = parts.headers.get(TENANT_ID).map(HeaderValue::as_bytes).unwrap_or_default();
    for part in [parts.uri.to_string().as_bytes(), tenant, body.as_ref()] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Keeps a success; frees the key after a failure, so that the request may be sent again.
async fn keep(
    app: &App,
    caller: &str,
    key: &str,
    response: Response,
) -> Result<Response, ApiError> {
    if !response.status().is_success() {
        app.store().forget_idempotent(caller, key).await?;
        return Ok(response);
    }
    let secret = response.extensions().get::<ShownOnce>().is_some();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(ApiError::internal)?;
    let content_type = parts.headers.get(header::CONTENT_TYPE);
    let kept = !secret && body.len() <= MAX_ANSWER;
    let answer = SavedAnswer {
        status: parts.status.as_u16(),
        content_type: content_type.and_then(|value| value.to_str().ok()).map(str::to_owned),
        body: kept.then(|| body.to_vec()),
    };
    app.store().save_idempotent(caller, key, &answer).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn repeat(answer: SavedAnswer) -> Result<Response, ApiError> {
    let Some(body) = answer.body else {
        let detail = "This was done by the first request, and its answer is shown only once.";
        return Err(ApiError::new(Code::IdempotencySecret, detail));
    };
    let status = StatusCode::from_u16(answer.status).map_err(ApiError::internal)?;
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if let Some(kind) = answer.content_type.and_then(|kind| HeaderValue::try_from(kind).ok()) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}
