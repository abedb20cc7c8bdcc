//! Schemas: what tenants design, with their versions and where their tables live.

pub(crate) mod apply;
mod attic;
mod change;
mod create;
mod observe;
mod purge;
mod read;
mod row;
mod settings;
mod state;
mod versions;

use chrono::{DateTime, Utc};
use definition::Definition;
use migration::Plan;
use serde_json::Value;
use sql::Ident;
use uuid::Uuid;

pub use attic::{AtticEntry, MAX_PUT_BACK, Purged, PutBack, SetAsideRow};
pub(crate) use change::SavedStep;
pub use change::{Applied, Change, ChangeLimits, Recovery};
pub use observe::Observed;
pub use read::{SchemaFilter, SchemaListing, SchemaOrder, SchemaStatus, TableSummary};
pub use state::SchemaState;
pub use versions::{Migration, Version};

use crate::TenantRef;

/// The most schemas of one tenant, those that wait to be restored included.
pub const MAX_SCHEMAS: i64 = 10_000;

/// A schema with its current definition.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub tenant_id: Uuid,
    /// The project it belongs to.
    pub project_id: Uuid,
    /// Unique among the tenant's schemas in use.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The number of the current version.
    pub version: i32,
    /// Whether its rows can be reached.
    pub is_active: bool,
    /// The canonical document of the current version.
    pub definition: Value,
    /// Where its tables live.
    pub namespace: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Who changed it last.
    pub updated_by: String,
    /// Since when it is out of use.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Where the rows of a schema are, and under which role they are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataPlace {
    /// The schema.
    pub schema_id: Uuid,
    /// The current version.
    pub version: i32,
    /// Whether its rows can be reached.
    pub is_active: bool,
    /// Where its tables live.
    pub namespace: Ident,
    /// The role that may read and write them.
    pub role: Ident,
    /// The lane that may become the role.
    pub lane: i32,
}

/// A schema about to be made.
#[derive(Clone)]
pub struct NewSchema<'a> {
    /// Whose it will be.
    pub tenant: TenantRef,
    /// Its project.
    pub project_id: Uuid,
    /// Its name: lower case, without `__`.
    pub name: &'a str,
    /// What it is for.
    pub description: Option<&'a str>,
    /// What it consists of.
    pub definition: &'a Definition,
    /// Makes the steps for a namespace and its role.
    pub plan: &'a (dyn Fn(&Definition, &Ident, &Ident) -> Plan + Sync),
}

/// What to change about a schema besides its definition; `None` leaves a part as it is.
#[derive(Clone, Debug, Default)]
pub struct SchemaChange<'a> {
    /// Another name. The namespace keeps its own.
    pub name: Option<&'a str>,
    /// Another description, or none.
    pub description: Option<Option<&'a str>>,
    /// Whether its rows can be reached.
    pub is_active: Option<bool>,
    /// The version the caller has seen; another one refuses the change.
    pub if_version: Option<i32>,
}
