//! `Server-Timing`: how long the request took, and its named stages.

use std::cell::RefCell;
use std::fmt::Write;
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
/// How many stages one answer names.
const MAX_STAGES: usize = 16;

tokio::task_local! {
    static STAGES: RefCell<Vec<(&'static str, Duration)>>;
}

/// Runs a stage of a handler and notes its time: `timing::stage("apply", store.apply(…)).await`.
pub async fn stage<T>(name: &'static str, work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let outcome = work.await;
    note(name, start.elapsed());
    outcome
}

/// Notes the time of a stage that was measured by hand.
pub fn note(name: &'static str, time: Duration) {
    // Outside of a request there is nobody to tell.
    let _ = STAGES.try_with(|stages| {
        let mut stages = stages.borrow_mut();
        if stages.len() < MAX_STAGES {
            stages.push((name, time));
        }
    });
}

/// Adds the header to the answer.
pub async fn layer(request: Request, next: Next) -> Response {
    STAGES
        .scope(RefCell::new(Vec::new()), async {
            let start = Instant::now();
            let mut response = next.run(request).await;
            let mut text = String::new();
            STAGES.with(|stages| {
                for (name, time) in stages.borrow().iter() {
                    append(&mut text, name, *time);
                }
            });
            append(&mut text, "total", start.elapsed());
            if let Ok(value) = HeaderValue::try_from(text) {
                response.headers_mut().insert(SERVER_TIMING, value);
            }
            response
        })
        .await
}

fn append(text: &mut String, name: &str, time: Duration) {
    let comma = if text.is_empty() { "" } else { ", " };
    let milliseconds = time.as_secs_f64() * 1000.0;
    write!(text, "{comma}{name};dur={milliseconds:.2}").expect("writing to a string never fails");
}
