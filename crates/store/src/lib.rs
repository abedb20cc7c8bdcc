//! The only code that speaks to PostgreSQL.
//!
//! A [`Store`] holds two kinds of connections. The **control** pool belongs to the role that owns
//! everything and runs our own tables and DDL; it is reachable inside this crate only. The **data**
//! pools belong to the lanes: login roles that own nothing and may only become a schema's role.
//!
//! A change to our own tables is one control transaction that also writes its audit entry:
//!
//! ```ignore
//! let mut connection = self.control().await?;
//! let transaction = connection.transaction().await?;
//! // … statements …
//! audit::record(&transaction, actor, Entry { … }).await?;
//! transaction.commit().await?;
//! ```
//!
//! Refusals of the database become names in [`StoreError`]; nothing here knows HTTP.

mod actor;
mod api_keys;
mod audit;
mod bootstrap;
pub mod catalog;
mod config;
mod connection;
pub mod embedded;
mod error;
mod first_account;
mod idempotency;
mod lanes;
mod members;
mod page;
mod people;
mod projects;
mod role;
mod roles;
mod rows;
mod schemas;
mod sessions;
mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
mod tls;

pub use actor::Actor;
pub use api_keys::{ApiKey, KeyIdentity, MAX_KEY_SCHEMAS, MAX_KEYS, NewApiKey};
pub use audit::AuditEntry;
pub use config::{StoreConfig, TlsPolicy};
pub use connection::Store;
pub use error::{Refusal, StoreError};
pub use idempotency::{IDEMPOTENCY_RETENTION, Repetition, SavedAnswer};
pub use lanes::LANE_CAPACITY;
pub use members::{MAX_MEMBERS, Member, NewMember};
pub use page::{Cursor, MAX_PAGE, Page, PageRequest};
pub use people::{Credentials, NewUser, Registration, User};
pub use projects::{
    MAX_PROJECT_OWNERS, MAX_PROJECTS, NewProject, Project, ProjectChange, TenantRef,
};
pub use role::Role;
pub use rows::RowsAnswer;
pub use schemas::{
    Applied, AtticEntry, Change, ChangeLimits, DataPlace, MAX_PUT_BACK, MAX_SCHEMAS, Migration,
    NewSchema, Observed, Purged, PutBack, Recovery, Schema, SchemaChange, SchemaFilter,
    SchemaListing, SchemaOrder, SchemaState, SchemaStatus, SetAsideRow, TableSummary, Version,
};
pub use sessions::{SESSION_LIFETIME, SESSION_MAX_AGE, Session};
pub use tenants::{MAX_TENANTS_PER_USER, Tenant};
