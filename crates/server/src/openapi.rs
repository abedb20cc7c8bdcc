//! The published contract: what surrounds the calls that the handlers describe themselves.

use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, ResponseBuilder};

use crate::error::ProblemBody;
use crate::extract::SESSION_COOKIE;

/// The document before the calls are added.
pub(crate) fn frame() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Tenanta")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Real PostgreSQL tables for every tenant, designed by the tenant. Refusals are \
             application/problem+json; their codes are listed in docs/errors.md.",
        ))
        .build();
    OpenApiBuilder::new().info(info).build()
}

/// Adds what holds for every call: who may call, and what a refusal looks like.
pub(crate) fn finish(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    for (name, scheme) in [
        ("bearer", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build())),
        ("apikey", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("apikey")))),
        ("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(SESSION_COOKIE)))),
    ] {
        components.security_schemes.insert(name.to_owned(), scheme.into());
    }
    let (name, schema) = (<ProblemBody as utoipa::ToSchema>::name(), problem_schema());
    components.schemas.insert(name.to_string(), schema);
    document.security = Some(
        ["bearer", "apikey", "session"]
            .map(|name| SecurityRequirement::new::<_, [&str; 0], &str>(name, []))
            .to_vec(),
    );
    add_refusals(&mut document, &name);
    document
}

fn problem_schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    <ProblemBody as utoipa::PartialSchema>::schema()
}

/// Every call may be refused, always in the same form.
fn add_refusals(document: &mut OpenApi, schema: &str) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
    let refusal = ResponseBuilder::new()
        .description("Refused; the code says why.")
        .content("application/problem+json", content)
        .build();
    for item in document.paths.paths.values_mut() {
        let calls =
            [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for call in calls.into_iter().flatten() {
            call.responses.responses.insert("default".to_owned(), refusal.clone().into());
        }
    }
}
