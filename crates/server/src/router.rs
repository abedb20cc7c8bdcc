//! Every route on one page.

use axum::Router;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::{ApiError, Code};
use crate::middleware::layers;
use crate::routes::{
    api_keys, auth, definition_schema, docs, health, members, projects, rows, schemas, server,
    tenants,
};
use crate::{openapi, web_client};

/// The routes that are part of the published contract.
fn contract() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(server::describe))
        // People
        .routes(routes!(auth::register))
        .routes(routes!(auth::login))
        .routes(routes!(auth::logout))
        .routes(routes!(auth::me))
        .routes(routes!(auth::change_password))
        // Tenants
        .routes(routes!(tenants::list, tenants::create))
        .routes(routes!(tenants::get, tenants::change, tenants::delete))
        .routes(routes!(tenants::audit))
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::change, members::remove))
        .routes(routes!(api_keys::list, api_keys::create))
        .routes(routes!(api_keys::revoke))
        // Projects
        .routes(routes!(projects::list, projects::create))
        .routes(routes!(projects::get, projects::change, projects::delete))
        // Schemas
        .routes(routes!(schemas::list, schemas::create))
        .routes(routes!(schemas::validate))
        .routes(routes!(definition_schema::definition_schema))
        .routes(routes!(schemas::import))
        .routes(routes!(schemas::export))
        .routes(routes!(schemas::get, schemas::change, schemas::delete))
        .routes(routes!(schemas::restore))
        .routes(routes!(schemas::plan))
        .routes(routes!(schemas::rollback))
        .routes(routes!(schemas::versions))
        .routes(routes!(schemas::version))
        .routes(routes!(schemas::diff))
        .routes(routes!(schemas::migrations))
        .routes(routes!(schemas::migration))
        .routes(routes!(schemas::changelog))
        .routes(routes!(schemas::attic))
        .routes(routes!(schemas::purge_attic))
        // Rows
        .routes(routes!(rows::list, rows::add))
        .routes(routes!(rows::get, rows::change, rows::delete))
        // Running it
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
}

/// The contract as a document.
pub fn document() -> OpenApi {
    openapi::finish(contract().split_for_parts().1)
}

/// The whole server, as one service.
pub fn build(app: App) -> Router {
    let (routes, document) = contract().split_for_parts();
    let routes = routes
        .merge(docs::router(&openapi::finish(document)))
        .fallback(fallback)
        .method_not_allowed_fallback(wrong_method);
    layers::wrap(routes, &app).with_state(app)
}

/// Whether a path belongs to programs rather than to the pages.
pub(crate) fn is_api(path: &str) -> bool {
    ["/api/", "/rest/", "/health/"].iter().any(|prefix| path.starts_with(prefix))
        || ["/api", "/rest", "/health", "/metrics"].contains(&path)
}

/// Pages for browsers, a refusal for programs.
async fn fallback(request: axum::extract::Request) -> Response {
    if is_api(request.uri().path()) {
        let detail = "No call has this path. The calls are listed at /api/docs.";
        return ApiError::new(Code::RouteNotFound, detail).into_response();
    }
    web_client::answer(&request)
}

async fn wrong_method(method: Method) -> ApiError {
    let detail = ["This path does not know the method ", method.as_str(), "."].concat();
    ApiError::new(Code::MethodNotAllowed, detail)
}
