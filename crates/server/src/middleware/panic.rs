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

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::answer;
    use crate::middleware::request_id;

    async fn panics() {
        panic!("a secret");
    }

    #[tokio::test]
    async fn a_panic_tells_nothing_but_its_request() {
        let router: Router = Router::new()
            .route("/", get(panics))
            .layer(CatchPanicLayer::custom(answer))
            .layer(from_fn(request_id::layer));
        let request =
            Request::get("/").header("x-request-id", "seven").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), 500);
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(text.contains("\"seven\"") && !text.contains("secret"), "{text}");
    }
}
