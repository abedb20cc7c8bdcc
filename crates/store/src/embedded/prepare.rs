//! What a new cluster gets before Tenanta uses it: its role, its database, useful extensions.

use std::path::Path;

use tokio_postgres::Client;

use super::error::EmbeddedError;
use super::server::connect;

/// The role Tenanta works as: it owns its database and may make roles, but is no superuser, exactly
/// as it would be on a server that somebody else runs.
pub(super) const CONTROL_ROLE: &str = "tenanta_control";
/// Tenanta's database.
pub(super) const DATABASE: &str = "tenanta";

/// Each made where PostgreSQL brings it. All but the last could also be made by the owner of a
/// database; the last one needs the superuser we are here.
const EXTENSIONS: [(&str, &str); 5] = [
    ("pg_trgm", "CREATE EXTENSION IF NOT EXISTS pg_trgm"),
    ("btree_gist", "CREATE EXTENSION IF NOT EXISTS btree_gist"),
    ("citext", "CREATE EXTENSION IF NOT EXISTS citext"),
    ("pgcrypto", "CREATE EXTENSION IF NOT EXISTS pgcrypto"),
    ("pg_stat_statements", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements"),
];

/// Makes what is missing. `admin` is the superuser's connection to the maintenance database.
pub(super) async fn prepare(admin: &Client, socket: &Path) -> Result<(), EmbeddedError> {
    let known = "SELECT FROM pg_roles WHERE rolname = $1";
    if admin.query_opt(known, &[&CONTROL_ROLE]).await?.is_none() {
        admin.batch_execute("CREATE ROLE tenanta_control LOGIN CREATEROLE").await?;
    }
    let known = "SELECT FROM pg_database WHERE datname = $1";
    if admin.query_opt(known, &[&DATABASE]).await?.is_none() {
        admin.batch_execute("CREATE DATABASE tenanta OWNER tenanta_control").await?;
    }
    let database = connect(socket, DATABASE).await?;
    for (name, create) in EXTENSIONS {
        let available = "SELECT FROM pg_available_extensions WHERE name = $1 \
                         AND installed_version IS NULL";
        if database.query_opt(available, &[&name]).await?.is_some() {
            database.batch_execute(create).await?;
        }
    }
    Ok(())
}
