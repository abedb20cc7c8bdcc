//! A panic in a handler is a fault of ours: the client gets a 500 that tells nothing, the log all.

use std::any::Any;

use axum::response::{IntoResponse, Response};

use crate::error::ApiError;

/// The answer after a panic.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
pub fn answer(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a text".to_owned());
    ApiError::internal(["panic: ", &text].concat()).into_response()
}
