//! A database for all cases, a namespace and a role for each.

use std::sync::atomic::{AtomicU32, Ordering};

use sql::{Ident, Sql};
use store::testing::TestDatabase;
use tokio_postgres::{Client, SimpleQueryMessage};

/// A column that numbers the rows of every table, whatever happens to their values. Its name is one
/// of the attic's, so that nothing looks at it.
pub(crate) const TRACK: &str = "attic_0_0";

/// A database of its own.
pub(crate) struct World {
    database: TestDatabase,
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
        let world = Self { database: TestDatabase::create().await, number: AtomicU32::new(0) };
        let track = "CREATE SCHEMA track; CREATE SEQUENCE track.numbers;
                     GRANT USAGE ON SCHEMA track TO PUBLIC; GRANT USAGE ON track.numbers TO PUBLIC";
        world.database.client().await.batch_execute(track).await.unwrap();
        world
    }

    /// An empty namespace; the role owns nothing and may look into it.
    pub(crate) async fn place(&self) -> Place {
        let client = self.database.client().await;
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let namespace = Ident::new(format!("case_{number}")).unwrap();
        let role = Ident::new(format!("{}_{number}", self.database.name())).unwrap();
        let mut sql = Sql::of("SET TimeZone = 'UTC'; SET search_path = pg_catalog; CREATE ROLE ");
        sql.ident(&role).syntax("; GRANT ").ident(&role).syntax(" TO CURRENT_USER");
        sql.syntax("; CREATE SCHEMA ").ident(&namespace);
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

    /// Numbers the rows of tables that are new.
    pub(crate) async fn track(&self, definition: &definition::Definition) {
        let mut sql = Sql::of("SET client_min_messages = error");
        for table in &definition.tables {
            sql.syntax("; ALTER TABLE ").qualified(&self.namespace, table.name.ident());
            sql.syntax(" ADD COLUMN IF NOT EXISTS ").ident(&Ident::new(TRACK).unwrap());
            sql.syntax(" bigint DEFAULT nextval('track.numbers')");
        }
        self.client.batch_execute(sql.text()).await.unwrap();
    }

    /// Runs SQL as the schema's role does, with its tables in the path.
    pub(crate) async fn as_role(&self, sql: &str) -> Result<(), tokio_postgres::Error> {
        self.query_as_role(sql).await.map(|_| ())
    }

    /// The same with what it gives.
    pub(crate) async fn query_as_role(
        &self,
        sql: &str,
    ) -> Result<Vec<SimpleQueryMessage>, tokio_postgres::Error> {
        let mut before = Sql::of("SET search_path = ");
        before.ident(&self.namespace).syntax("; SET ROLE ").ident(&self.role);
        self.client.batch_execute(before.text()).await.unwrap();
        let done = self.client.simple_query(sql).await;
        // A transaction that has failed is ended by whoever began it.
        self.client.batch_execute("RESET ROLE; SET search_path = pg_catalog").await.ok();
        done
    }
}
