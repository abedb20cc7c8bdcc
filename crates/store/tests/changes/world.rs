//! A database for all cases, a namespace and a role for each.

use std::sync::atomic::{AtomicU32, Ordering};

use sql::{Ident, Sql};
use store::testing::TestDatabase;
use tokio_postgres::Client;

/// A database of its own.
pub(crate) struct World {
    pub(crate) database: TestDatabase,
    number: AtomicU32,
}

/// Where one case lives.
pub(crate) struct Place {
    pub(crate) client: Client,
    pub(crate) namespace: Ident,
    pub(crate) role: Ident,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self { database: TestDatabase::create().await, number: AtomicU32::new(0) }
    }

    /// An empty namespace; the role owns nothing and may look into it.
    pub(crate) async fn place(&self) -> Place {
        let client = self.database.client().await;
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let namespace = Ident::new(format!("case_{number}")).unwrap();
        let role = Ident::new(format!("{}_{number}", self.database.name())).unwrap();
        let mut sql = Sql::of("SET TimeZone = 'UTC'; SET search_path = pg_catalog; CREATE ROLE ");
        sql.ident(&role).syntax("; CREATE SCHEMA ").ident(&namespace);
        sql.syntax("; GRANT USAGE ON SCHEMA ").ident(&namespace).syntax(" TO ").ident(&role);
        client.batch_execute(sql.text()).await.unwrap();
        Place { client, namespace, role }
    }
}

impl Place {
    /// Removes everything.
    pub(crate) async fn clear(self) {
        let mut sql = Sql::of("DROP SCHEMA ");
        sql.ident(&self.namespace).syntax(" CASCADE; DROP ROLE ").ident(&self.role);
        self.client.batch_execute(sql.text()).await.unwrap();
    }
}
