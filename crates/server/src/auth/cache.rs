//! Who was recognised lately, so that a request for rows does not begin with a query for its caller.
//!
//! What this process changes itself (a logout, a revoked key, another role) it forgets at once;
//! what another process changes it learns within [`REMEMBER`].

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use store::{KeyIdentity, Session, Tenant};
use uuid::Uuid;

use super::TokenHash;

/// How long an answer of the database about a caller is believed.
const REMEMBER: Duration = Duration::from_secs(5);
/// How many callers are remembered.
const MAX_CALLERS: u64 = 50_000;

/// Whom a secret belongs to.
#[derive(Clone, Debug)]
pub enum Identity {
    /// A person's session.
    Session(Arc<Session>),
    /// An API key.
    Key(Arc<KeyIdentity>),
}

/// The callers of late, and their memberships.
#[derive(Clone)]
pub struct CallerCache {
    identities: Cache<TokenHash, Identity>,
    tenants: Cache<(Uuid, Uuid), Arc<Tenant>>,
}

impl CallerCache {
    /// Nobody was recognised yet.
    pub fn new() -> Self {
        Self {
            identities: Cache::builder().max_capacity(MAX_CALLERS).time_to_live(REMEMBER).build(),
            tenants: Cache::builder().max_capacity(MAX_CALLERS).time_to_live(REMEMBER).build(),
        }
    }

    /// Whom a secret belonged to a moment ago.
    pub async fn identity(&self, hash: &TokenHash) -> Option<Identity> {
        self.identities.get(hash).await
    }

    /// Remembers whom a secret belongs to.
    pub async fn remember(&self, hash: TokenHash, identity: Identity) {
        self.identities.insert(hash, identity).await;
    }

    /// What a person was in a tenant a moment ago.
    pub async fn tenant(&self, user_id: Uuid, tenant_id: Uuid) -> Option<Arc<Tenant>> {
        self.tenants.get(&(user_id, tenant_id)).await
    }

    /// Remembers what a person is in a tenant.
    pub async fn remember_tenant(&self, user_id: Uuid, tenant: Arc<Tenant>) {
        self.tenants.insert((user_id, tenant.id), tenant).await;
    }

    /// Forgets everybody. Changes to accounts, members and keys are rare; being exact here would
    /// save nothing and could be wrong.
    pub fn forget_all(&self) {
        self.identities.invalidate_all();
        self.tenants.invalidate_all();
    }
}

impl Default for CallerCache {
    fn default() -> Self {
        Self::new()
    }
}
