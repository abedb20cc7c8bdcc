//! The handlers, one file for each noun of the contract.

pub(crate) mod api_keys;
pub(crate) mod auth;
pub(crate) mod definition_schema;
pub(crate) mod docs;
pub(crate) mod health;
pub(crate) mod members;
pub(crate) mod projects;
pub(crate) mod rows;
pub(crate) mod schemas;
pub(crate) mod server;
pub(crate) mod tenants;
