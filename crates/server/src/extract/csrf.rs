//! Changes asked for by a browser session must come from this product's own pages.
//!
//! A foreign page can make a browser send the cookie, but it can neither add a header of its own
//! nor hide where it is from.

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::error::{ApiError, Code};

/// The header that the client adds to every request.
const CLIENT_HEADER: &str = "x-tenanta-client";
/// Bodies that a plain HTML form can send.
const FORM_TYPES: [&str; 3] =
    ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// Refuses an unsafe request that a foreign page may have caused.
pub(super) fn check(parts: &Parts) -> Result<(), ApiError> {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(&parts.method) {
        return Ok(());
    }
    let headers = &parts.headers;
    let refuse = |detail: &str| Err(ApiError::new(Code::CsrfRefused, detail));
    if !headers.contains_key(CLIENT_HEADER) {
        return refuse("A change by cookie needs the header X-Tenanta-Client.");
    }
    if text(headers, header::CONTENT_TYPE.as_str()).is_some_and(is_form) {
        return refuse("A change by cookie must not be a form's body; send JSON.");
    }
    if !is_same_origin(headers) {
        return refuse("The request comes from another site.");
    }
    Ok(())
}

fn is_form(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    FORM_TYPES.iter().any(|form| essence.eq_ignore_ascii_case(form))
}

/// Browsers say where a request comes from; programs with a cookie jar say nothing.
fn is_same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text(headers, "origin") else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == text(headers, "host")
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn refused(method: Method, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method(method).uri("/api/tenants");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check(&request.body(()).unwrap().into_parts().0).is_err()
    }

    #[test]
    fn only_our_own_pages_change_things() {
        let client = ("x-tenanta-client", "web");
        let json = ("content-type", "application/json");
        assert!(!refused(Method::GET, &[]));
        assert!(refused(Method::POST, &[json]));
        assert!(!refused(Method::POST, &[json, client]));
        assert!(!refused(Method::DELETE, &[client]));
        assert!(refused(Method::POST, &[("content-type", "text/plain"), client]));
        assert!(refused(Method::POST, &[json, client, ("sec-fetch-site", "cross-site")]));
        assert!(!refused(Method::POST, &[json, client, ("sec-fetch-site", "same-origin")]));
        let ours = [json, client, ("host", "a:1"), ("origin", "http://a:1")];
        assert!(!refused(Method::POST, &ours));
        let theirs = [json, client, ("host", "a:1"), ("origin", "http://b:1")];
        assert!(refused(Method::POST, &theirs));
        assert!(refused(Method::POST, &[json, client, ("host", "a"), ("origin", "null")]));
    }
}
