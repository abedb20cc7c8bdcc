//! The HTTP contract, black box: the real router over a real database, one of its own for each test.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod harness;

mod api_keys;
mod auth;
mod changes;
mod csrf;
mod errors;
mod idempotency;
mod interchange;
mod limits;
mod members;
mod openapi;
mod projects;
mod rows;
mod rows_connections;
mod rows_isolation;
mod rows_refused;
mod rows_values;
mod schemas;
mod tenants;
mod validate;
mod web_client;
