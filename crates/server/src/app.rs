//! What every request may reach: the store, the settings, and what this process remembers.

use std::sync::Arc;

use store::Store;

use crate::auth::{CallerCache, LoginLimit, Passwords};
use crate::config::Config;
use crate::definitions::DefinitionCache;

/// The state of the server. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    config: Config,
    callers: CallerCache,
    definitions: DefinitionCache,
    logins: LoginLimit,
    passwords: Passwords,
}

impl App {
    /// A server over a store.
    pub fn new(store: Store, config: Config) -> Self {
        Self {
            inner: Arc::new(Inner {
                store,
                config,
                callers: CallerCache::new(),
                definitions: DefinitionCache::new(),
                logins: LoginLimit::new(),
                passwords: Passwords::new(),
            }),
        }
    }

    /// The only way to PostgreSQL.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// Who was recognised lately.
    pub fn callers(&self) -> &CallerCache {
        &self.inner.callers
    }

    /// What schemas consist of.
    pub(crate) fn definitions(&self) -> &DefinitionCache {
        &self.inner.definitions
    }

    /// Who tried to sign in lately.
    pub fn logins(&self) -> &LoginLimit {
        &self.inner.logins
    }

    /// Hashing and checking of passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }
}
