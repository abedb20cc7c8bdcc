//! What every test starts from: an app on a fresh database, and callers of every kind.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Request, header};
use serde_json::{Value, json};
use server::config::Registration;
use server::{App, Config, router};
use store::Store;
use store::testing::TestDatabase;
use tower::ServiceExt;

/// The password of everybody in these tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A server on a database of its own.
pub(crate) struct TestApp {
    /// To look behind the server's back.
    pub(crate) database: TestDatabase,
    /// The same store the server uses.
    pub(crate) store: Store,
    router: Router,
}

impl TestApp {
    /// A server where anybody may register.
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A server with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::create().await;
        let store = database.store().await;
        let mut config = Config { registration: Registration::Open, ..Config::defaults() };
        change(&mut config);
        let router = router::build(App::new(store.clone(), config));
        Self { database, store, router }
    }

    /// Somebody unknown.
    pub(crate) fn anon(&self) -> Caller {
        Caller { router: self.router.clone(), headers: HeaderMap::new() }
    }

    /// A new account, signed in by token; the first one is the administrator's.
    pub(crate) async fn person(&self, name: &str) -> Caller {
        let answer = self.anon().post("/api/auth/register", account(name)).await.expect(201);
        let token = answer["token"].as_str().unwrap();
        self.anon().with("authorization", &format!("Bearer {token}"))
    }

    /// A person with a tenant of their own, which they need not name.
    pub(crate) async fn owner(&self, name: &str) -> (Caller, Value) {
        let caller = self.person(name).await;
        let tenant = caller.post("/api/tenants", json!({ "name": "Acme" })).await.expect(201);
        (caller, tenant)
    }

    /// A person who is a member of somebody else's tenant.
    pub(crate) async fn member(&self, owner: &Caller, tenant: &Value, role: &str) -> Caller {
        let caller = self.person(role).await;
        let member = json!({ "email": email(role), "role": role });
        owner.post(&under(tenant, "members"), member).await.expect(201);
        caller
    }

    /// A program with a key of a tenant.
    pub(crate) async fn key(&self, owner: &Caller, tenant: &Value, role: &str) -> Caller {
        let key = json!({ "name": role, "role": role });
        let key = owner.post(&under(tenant, "api-keys"), key).await.expect(201);
        self.anon().with("apikey", key["key"].as_str().unwrap())
    }
}

/// The account of a name.
pub(crate) fn account(name: &str) -> Value {
    json!({ "email": email(name), "name": name, "password": PASSWORD })
}

/// The address of a name.
pub(crate) fn email(name: &str) -> String {
    format!("{name}@example.org")
}

/// A path below a tenant.
pub(crate) fn under(tenant: &Value, rest: &str) -> String {
    let id = tenant["id"].as_str().unwrap();
    if rest.is_empty() { format!("/api/tenants/{id}") } else { format!("/api/tenants/{id}/{rest}") }
}

/// Somebody who asks, with the headers they always send.
#[derive(Clone)]
pub(crate) struct Caller {
    router: Router,
    headers: HeaderMap,
}

impl Caller {
    /// The same caller with one more header.
    pub(crate) fn with(&self, name: &'static str, value: &str) -> Self {
        let mut caller = self.clone();
        caller.headers.insert(name, HeaderValue::from_str(value).unwrap());
        caller
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(body.to_string())).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, Some(body.to_string())).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, Some(body.to_string())).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None).await
    }

    /// Any request. A body is JSON unless the caller has a Content-Type of their own.
    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<String>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        let headers = request.headers_mut().unwrap();
        if body.is_some() {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        headers.extend(self.headers.clone());
        let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            call: format!("{method} {path}"),
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    call: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON, when the status is the one expected.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.call, self.body);
        if self.body.is_empty() { Value::Null } else { serde_json::from_str(&self.body).unwrap() }
    }

    /// A refusal with this status and code, in the form of refusals.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        let kind = self.header("content-type").map(str::to_owned);
        let id = self.header("x-request-id").map(str::to_owned);
        let body = self.expect(status);
        assert_eq!(body["code"], code, "{body}");
        assert_eq!(kind.as_deref(), Some("application/problem+json"));
        assert_eq!(body["requestId"].as_str(), id.as_deref());
        body
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}
