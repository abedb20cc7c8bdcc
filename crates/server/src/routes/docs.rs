//! The contract for people and for programs, without anything from another site.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use utoipa::openapi::OpenApi;

use crate::app::App;

const PAGE: &str = include_str!("docs/page.html");
const SCRIPT: &str = include_str!("docs/page.js");
const STYLE: &str = include_str!("docs/page.css");

/// The document at `/api/openapi.json`, and a page at `/api/docs` that shows it.
pub(crate) fn router(document: &OpenApi) -> Router<App> {
    let document = document.to_pretty_json().expect("the contract is made of plain values");
    let document: Arc<str> = document.into();
    Router::new()
        .route(
            "/api/openapi.json",
            get(move || async move { typed("application/json", document.to_string()) }),
        )
        .route("/api/docs", get(|| async { Html(PAGE) }))
        .route(
            "/api/docs/page.js",
            get(|| async { typed("text/javascript; charset=utf-8", SCRIPT) }),
        )
        .route("/api/docs/page.css", get(|| async { typed("text/css; charset=utf-8", STYLE) }))
}

fn typed(kind: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
