//! The first account of an installation: the administrator's, with a tenant to work in.

use serde_json::json;
use tokio_postgres::Transaction;

use crate::audit::{self, Entry};
use crate::people::{self, NewUser, User};
use crate::{Actor, Store, StoreError, tenants};

/// The advisory lock of whoever may be the first account.
const FIRST_ACCOUNT_LOCK: i64 = 0x0074_656e_616e_7463;

impl Store {
    /// Whether nobody has an account yet.
    pub async fn has_no_users(&self) -> Result<bool, StoreError> {
        let statement = "SELECT NOT EXISTS (SELECT FROM public.users)";
        Ok(self.control().await?.query_one(statement, &[]).await?.try_get(0)?)
    }

    /// The oldest account: the administrator's.
    pub async fn first_user(&self) -> Result<Option<uuid::Uuid>, StoreError> {
        let statement = "SELECT id FROM public.users ORDER BY id LIMIT 1";
        let row = self.control().await?.query_opt(statement, &[]).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Makes the administrator and their tenant, both or neither; `None` when there is an account
    /// already, as when another server on the same database was quicker.
    pub async fn make_administrator(
        &self,
        user: &NewUser<'_>,
        tenant_name: &str,
    ) -> Result<Option<User>, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        if !is_first(&transaction).await? {
            return Ok(None);
        }
        let user = people::insert(&transaction, user, true, &Actor::System).await?;
        tenants::insert(&transaction, tenant_name, user.id, &Actor::System).await?;
        transaction.commit().await?;
        Ok(Some(user))
    }

    /// The administrator, as long as they are alone and have never signed in.
    pub async fn unused_administrator(&self) -> Result<Option<User>, StoreError> {
        let row = self
            .control()
            .await?
            .query_opt(
                "SELECT id, email, name, is_admin, created_at FROM public.users
                  WHERE is_admin AND last_login_at IS NULL
                    AND (SELECT count(*) FROM public.users) = 1",
                &[],
            )
            .await?;
        row.as_ref().map(people::read).transpose()
    }

    /// Gives an administrator who has never signed in another password: the one that was printed
    /// may be lost, with the terminal or with a start that was cut off.
    pub async fn renew_administrator(
        &self,
        administrator: &User,
        password_hash: &str,
    ) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let changed = transaction
            .execute(
                "UPDATE public.users SET password_hash = $2, updated_at = now()
                  WHERE id = $1 AND last_login_at IS NULL",
                &[&administrator.id, &password_hash],
            )
            .await?;
        if changed == 0 {
            return Err(StoreError::NotFound("user"));
        }
        let entry = Entry {
            tenant_id: None,
            action: "user.passwordRenewed",
            subject_kind: "user",
            subject_id: &administrator.id,
            details: json!({}),
        };
        audit::record(&transaction, &Actor::System, entry).await?;
        Ok(transaction.commit().await?)
    }
}

/// Whether there is no account; nobody else can become the first until the transaction ends.
pub(crate) async fn is_first(transaction: &Transaction<'_>) -> Result<bool, StoreError> {
    transaction.query("SELECT pg_advisory_xact_lock($1)", &[&FIRST_ACCOUNT_LOCK]).await?;
    let statement = "SELECT NOT EXISTS (SELECT FROM public.users)";
    Ok(transaction.query_one(statement, &[]).await?.try_get(0)?)
}
