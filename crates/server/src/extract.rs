//! What a handler takes from a request. Nonsense is refused here, before the database is asked.

mod caller;
mod csrf;
mod json_body;
mod page_query;
mod path_ids;
mod query_params;
mod tenant_scope;

pub use caller::{Caller, Person, SESSION_COOKIE};
pub use json_body::{BodyBytes, JsonBody};
pub use page_query::{List, PageQuery};
pub use path_ids::PathIds;
pub use query_params::QueryParams;
pub use tenant_scope::{TENANT_ID, TenantScope};
