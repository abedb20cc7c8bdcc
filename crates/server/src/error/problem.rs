//! The body of a refusal: RFC 9457, with our own members besides.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::ApiError;
use crate::middleware::request_id;

/// The media type of refusals.
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");
/// What the `type` of a problem begins with; the code follows. Codes are explained in
/// `docs/errors.md`.
const TYPE_BASE: &str = "urn:tenanta:error:";

/// What a refusal looks like on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProblemDetails)]
pub struct ProblemBody {
    /// A name for the kind of problem, the same for every occurrence.
    #[serde(rename = "type")]
    kind: String,
    /// A short title, the same for every occurrence.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened, in a sentence.
    detail: String,
    /// The stable code.
    code: &'static str,
    /// The id of the request, to find it in the log.
    request_id: String,
    /// The place in the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// All findings, when there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    problems: Vec<Value>,
    /// Members that belong to one code only, such as `plan`.
    #[serde(flatten)]
    #[schema(ignore)]
    more: Map<String, Value>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.code.status();
        let rest = *self.rest;
        if let Some(report) = &rest.report {
            if status.is_server_error() {
                tracing::error!(error.code = self.code.as_str(), %report, "request failed");
            } else {
                tracing::debug!(error.code = self.code.as_str(), %report, "request refused");
            }
        }
        let body = ProblemBody {
            kind: [TYPE_BASE, self.code.as_str()].concat(),
            title: self.code.title(),
            status: status.as_u16(),
            detail: self.detail,
            code: self.code.as_str(),
            request_id: request_id::current(),
            path: rest.path,
            hint: rest.hint,
            problems: rest.problems,
            more: rest.more.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        };
        let mut response = (status, axum::Json(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM_JSON);
        if let Some(time) = rest.retry_after {
            // Rounded up: coming back early would be refused again.
            let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}
