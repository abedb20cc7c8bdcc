//! Accounts and sessions.

use serde_json::json;
use server::config::Registration;

use crate::harness::{PASSWORD, TestApp, account, email};

#[tokio::test]
async fn the_first_account_is_the_administrators() {
    let app = TestApp::new().await;
    let first = app.anon().post("/api/auth/register", account("ada")).await.expect(201);
    assert_eq!(first["user"]["isAdmin"], true);
    let second = app.anon().post("/api/auth/register", account("bob")).await.expect(201);
    assert_eq!(second["user"]["isAdmin"], false);
}

#[tokio::test]
async fn two_first_accounts_at_once_make_one_administrator() {
    let app = TestApp::with(|config| config.registration = Registration::Closed).await;
    let (one, two) = (app.anon(), app.anon());
    let (one, two) = tokio::join!(
        one.post("/api/auth/register", account("ada")),
        two.post("/api/auth/register", account("bob")),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 403]);
}

#[tokio::test]
async fn closed_registration_refuses_the_second() {
    let app = TestApp::with(|config| config.registration = Registration::Closed).await;
    app.person("ada").await;
    let answer = app.anon().post("/api/auth/register", account("bob")).await;
    answer.refused(403, "registration_closed");
}

#[tokio::test]
async fn an_address_has_one_account_whatever_its_case() {
    let app = TestApp::new().await;
    app.person("ada").await;
    let answer = app.anon().post("/api/auth/register", account("ADA")).await;
    assert_eq!(answer.refused(409, "email_taken")["path"], "email");
}

#[tokio::test]
async fn registration_names_the_impossible_field() {
    let app = TestApp::new().await;
    for (field, value) in
        [("email", "ada"), ("email", "a\0@b"), ("name", " "), ("password", "short")]
    {
        let mut body = account("ada");
        body[field] = json!(value);
        let answer = app.anon().post("/api/auth/register", body).await;
        assert_eq!(answer.refused(422, "invalid_body")["path"], field);
    }
}

#[tokio::test]
async fn login_answers_a_token_and_a_cookie() {
    let app = TestApp::new().await;
    app.person("ada").await;
    let body = json!({ "email": "ADA@example.org", "password": PASSWORD });
    let answer = app.anon().post("/api/auth/login", body).await;
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    let session = answer.expect(200);
    let token = session["token"].as_str().unwrap();
    assert!(cookie.starts_with(&format!("tenanta_session={token}; ")), "{cookie}");
    for attribute in ["Path=/", "HttpOnly", "SameSite=Lax"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let bearer = app.anon().with("authorization", &format!("Bearer {token}"));
    let me = bearer.get("/api/auth/me").await.expect(200);
    assert_eq!(me["user"]["email"], "ada@example.org");
    assert_eq!(me["tenants"], json!([]));
    let cookie = app.anon().with("cookie", &format!("tenanta_session={token}"));
    cookie.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn secrets_are_kept_hashed() {
    let app = TestApp::new().await;
    app.person("ada").await;
    let client = app.database.client().await;
    let hash: String =
        client.query_one("SELECT password_hash FROM public.users", &[]).await.unwrap().get(0);
    assert!(hash.starts_with("$argon2id$") && !hash.contains(PASSWORD), "{hash}");
    let length: i32 = client
        .query_one("SELECT octet_length(token_hash) FROM public.sessions", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(length, 32);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let app = TestApp::new().await;
    app.person("ada").await;
    let try_with = |email: String| {
        let caller = app.anon();
        async move {
            let body = json!({ "email": email, "password": "wrong password" });
            let mut refusal =
                caller.post("/api/auth/login", body).await.refused(401, "invalid_credentials");
            refusal["requestId"].take();
            refusal
        }
    };
    let known = try_with(email("ada")).await;
    assert_eq!(known, try_with(email("nobody")).await);
    assert_eq!(known, try_with("a\0b".to_owned()).await);
}

#[tokio::test]
async fn many_attempts_have_to_wait() {
    let app = TestApp::new().await;
    let body = json!({ "email": email("ada"), "password": "wrong password" });
    for _ in 0..10 {
        app.anon().post("/api/auth/login", body.clone()).await.refused(401, "invalid_credentials");
    }
    let answer = app.anon().post("/api/auth/login", body).await;
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=20).contains(&wait), "{wait}");
    answer.refused(429, "too_many_requests");
}

#[tokio::test]
async fn logout_ends_the_session_at_once() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    ada.get("/api/auth/me").await.expect(200);
    let answer = ada.post("/api/auth/logout", json!({})).await;
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    answer.expect(204);
    ada.get("/api/auth/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn an_expired_session_is_nobody() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    let client = app.database.client().await;
    client
        .execute("UPDATE public.sessions SET expires_at = now() - interval '1 second'", &[])
        .await
        .unwrap();
    ada.get("/api/auth/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_session_in_use_is_prolonged() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    let client = app.database.client().await;
    client
        .execute(
            "UPDATE public.sessions SET last_seen_at = now() - interval '2 hours',
                                        expires_at = now() + interval '1 minute'",
            &[],
        )
        .await
        .unwrap();
    ada.get("/api/auth/me").await.expect(200);
    let prolonged: bool = client
        .query_one("SELECT expires_at > now() + interval '13 days' FROM public.sessions", &[])
        .await
        .unwrap()
        .get(0);
    assert!(prolonged);
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    let login = json!({ "email": email("ada"), "password": PASSWORD });
    let other = app.anon().post("/api/auth/login", login).await.expect(200);
    let bearer = format!("Bearer {}", other["token"].as_str().unwrap());
    let other = app.anon().with("authorization", &bearer);
    other.get("/api/auth/me").await.expect(200);

    let wrong = json!({ "currentPassword": "wrong", "newPassword": "another password" });
    let refusal = ada.post("/api/auth/password", wrong).await.refused(401, "invalid_credentials");
    assert_eq!(refusal["path"], "currentPassword");
    let right = json!({ "currentPassword": PASSWORD, "newPassword": "another password" });
    ada.post("/api/auth/password", right).await.expect(204);

    ada.get("/api/auth/me").await.expect(200);
    other.get("/api/auth/me").await.refused(401, "unauthenticated");
    let login = json!({ "email": email("ada"), "password": "another password" });
    app.anon().post("/api/auth/login", login).await.expect(200);
}

#[tokio::test]
async fn nobody_gets_in_anywhere() {
    let app = TestApp::new().await;
    let (_, tenant) = app.owner("ada").await;
    let id = tenant["id"].as_str().unwrap();
    let document = app.anon().get("/api/openapi.json").await.expect(200);
    let mut checked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            // A call that needs nobody says so.
            if call["security"] == json!([{}]) {
                continue;
            }
            let path = path.replace("{tenantId}", id).replace(['{', '}'], "");
            let method = method.to_uppercase();
            for caller in [app.anon(), app.anon().with("authorization", "Bearer made-up")] {
                let body = (method != "GET").then(|| "{}".to_owned());
                let answer = caller.send(&method, &path, body).await;
                assert_eq!(answer.status, 401, "{method} {path}: {}", answer.body);
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "{checked}");
}
