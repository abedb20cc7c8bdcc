//! JSON bodies: the right media type, within the limit, well-formed, of the right shape.

use axum::body::Bytes;
use axum::extract::{FromRequest, OptionalFromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::error::{ApiError, Code};

/// A body as a type; derive `Deserialize` with `deny_unknown_fields` for `T`.
pub struct JsonBody<T>(pub T);

impl<T, S> FromRequest<S> for JsonBody<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(no_json());
        }
        let BodyBytes(bytes) = BodyBytes::from_request(request, state).await?;
        parse(&bytes).map(Self)
    }
}

impl<T, S> OptionalFromRequest<S> for JsonBody<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiError;

    /// No body at all is none; whatever else comes must be JSON.
    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, ApiError> {
        if request.headers().contains_key(header::CONTENT_TYPE) {
            return <Self as FromRequest<S>>::from_request(request, state).await.map(Some);
        }
        let BodyBytes(bytes) = BodyBytes::from_request(request, state).await?;
        if bytes.is_empty() { Ok(None) } else { Err(no_json()) }
    }
}

fn no_json() -> ApiError {
    let detail = "The body of this call is JSON: send Content-Type: application/json.";
    ApiError::new(Code::UnsupportedMediaType, detail)
}

/// The body as it came, within the limit.
pub struct BodyBytes(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for BodyBytes {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        Bytes::from_request(request, state).await.map(Self).map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::new(Code::BodyTooLarge, "The body is larger than this server accepts.")
            } else {
                ApiError::new(Code::MalformedJson, "The body ended before it was complete.")
                    .report(rejection.body_text())
            }
        })
    }
}

/// `application/json` or any `+json`.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return false };
    let Ok(text) = value.to_str() else { return false };
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let body = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        if error.is_data() {
            let refusal = ApiError::new(Code::InvalidBody, sentence(&error));
            if path == "." { refusal } else { refusal.at(path) }
        } else {
            malformed(&error)
        }
    })?;
    json.end().map_err(|error| malformed(&error))?;
    Ok(body)
}

fn malformed(error: &serde_json::Error) -> ApiError {
    let place = ["line ", &error.line().to_string(), ", column ", &error.column().to_string()];
    let detail = ["The body is not JSON: ", &plain(error), " at ", &place.concat(), "."].concat();
    ApiError::new(Code::MalformedJson, detail)
        .with("line", error.line().into())
        .with("column", error.column().into())
}

/// The parser's words without their place, as a sentence.
fn sentence(error: &serde_json::Error) -> String {
    let text = plain(error);
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    [&first, characters.as_str(), "."].concat()
}

fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        #[expect(dead_code, reason = "only its shape matters")]
        inner: Vec<u32>,
    }

    #[test]
    fn malformed_json_has_a_place() {
        let error = parse::<Body>(b"{\n  \"inner\": [1,]\n}").unwrap_err();
        assert_eq!(error.code, Code::MalformedJson);
        assert_eq!(error.detail, "The body is not JSON: trailing comma at line 2, column 15.");
        assert_eq!(parse::<Body>(b"{\"inner\":[]} x").unwrap_err().code, Code::MalformedJson);
        assert_eq!(parse::<Body>(b"").unwrap_err().code, Code::MalformedJson);
    }

    #[test]
    fn json_without_end_is_malformed() {
        for open in ["[", "{\"a\":", "[{\"a\":"] {
            for text in [open.repeat(100_000), [&open.repeat(200), "1"].concat()] {
                let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
                let read = move || parse::<serde_json::Value>(text.as_bytes()).unwrap_err();
                let error = thread.spawn(read).unwrap().join().unwrap();
                assert_eq!(error.code, Code::MalformedJson, "{open}");
                assert!(error.detail.contains("recursion limit"), "{}", error.detail);
            }
        }
    }

    #[test]
    fn a_wrong_shape_has_a_path() {
        let error = parse::<Body>(br#"{"inner":[1,"two"]}"#).unwrap_err();
        assert_eq!((error.code, error.path()), (Code::InvalidBody, Some("inner[1]")));
        let error = parse::<Body>(br#"{"inner":[],"other":1}"#).unwrap_err();
        assert_eq!((error.code, error.path()), (Code::InvalidBody, Some("other")));
    }
}
