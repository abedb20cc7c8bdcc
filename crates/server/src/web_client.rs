//! The client's files, out of the binary: the pages of `web/dist` as they were when it was built.
//!
//! In a debug build they are read from the folder at each request, so that a rebuilt client is seen
//! at once. Without a built client a page says how to build it.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::{ApiError, Code};

/// What a file with a hash in its name may be cached like: for ever.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// What everything else may be cached like: ask again, by its tag.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// The page that starts the client, whatever the path.
const INDEX: &str = "index.html";
const STUB: &str = include_str!("web_client/stub.html");

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Answers a request that no call took: a file, or the page that starts the client.
pub(crate) fn answer(request: &Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let detail = "Only GET and HEAD are known here.";
        return ApiError::new(Code::MethodNotAllowed, detail).into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    if let Some(file) = Dist::get(path).filter(|_| !path.is_empty()) {
        return file_answer(path, &file, request.headers());
    }
    if !is_page(path, request.headers()) {
        return ApiError::new(Code::RouteNotFound, "There is nothing at this address.")
            .into_response();
    }
    match Dist::get(INDEX) {
        Some(file) => file_answer(INDEX, &file, request.headers()),
        None => Html(STUB).into_response(),
    }
}

/// A page is asked for by a browser, and has no file's ending.
fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let wants_html = accept.is_none_or(|text| text.contains("text/html") || text.contains("*/*"));
    wants_html && (!last.contains('.') || path == INDEX) && !path.starts_with("assets/")
}

fn file_answer(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = etag(file);
    let caching = if path.starts_with("assets/") { IMMUTABLE } else { REVALIDATE };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| matches(known, &tag)) {
        let headers = [(header::ETAG, tag), (header::CACHE_CONTROL, caching)];
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = if kind.type_() == "text" || kind.subtype() == "javascript" {
        [kind.essence_str(), "; charset=utf-8"].concat()
    } else {
        kind.essence_str().to_owned()
    };
    let kind = HeaderValue::try_from(kind).expect("a media type is a valid header value");
    let headers =
        [(header::CONTENT_TYPE, kind), (header::ETAG, tag), (header::CACHE_CONTROL, caching)];
    (headers, Body::from(file.data.clone().into_owned())).into_response()
}

/// Weak, because the answer may be compressed on its way.
fn etag(file: &EmbeddedFile) -> HeaderValue {
    use std::fmt::Write;
    let mut text = String::from("W/\"");
    for byte in &file.metadata.sha256_hash()[..16] {
        write!(text, "{byte:02x}").expect("writing to a string never fails");
    }
    text.push('"');
    HeaderValue::try_from(text).expect("hexadecimal digits are a valid header value")
}

fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').map(str::trim).any(|one| one == "*" || one == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_files() {
        let html = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("text/html"))]);
        let json =
            HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("application/json"))]);
        assert!(is_page("", &html) && is_page("schemas/12", &html));
        assert!(!is_page("schemas/12", &json));
        assert!(!is_page("assets/gone-123.js", &html) && !is_page("robots.txt", &html));
    }
}
