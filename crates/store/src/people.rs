//! Accounts of people.

use chrono::{DateTime, Utc};
use serde_json::json;
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::{Actor, Store, StoreError, first_account};

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The account's id.
    pub id: Uuid,
    /// The address they sign in with, as they wrote it.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// Whether they run this installation.
    pub is_admin: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// An account about to be made.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// The address they sign in with.
    pub email: &'a str,
    /// What they are called.
    pub name: &'a str,
    /// The argon2id hash of their password.
    pub password_hash: &'a str,
}

/// What a login is checked against.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub user: User,
    /// The argon2id hash of its password.
    pub password_hash: String,
}

/// What became of a registration.
#[derive(Clone, Debug)]
pub enum Registration {
    /// The account was made; the first one is the administrator's.
    Made(User),
    /// There are accounts already, and registration is closed.
    Closed,
}

impl Store {
    /// Makes an account: the administrator's when it is the first, else only when registration is
    /// open. Two first registrations at once make one administrator.
    pub async fn register(
        &self,
        user: &NewUser<'_>,
        open: bool,
        actor: &Actor,
    ) -> Result<Registration, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let first = first_account::is_first(&transaction).await?;
        if !first && !open {
            return Ok(Registration::Closed);
        }
        let user = insert(&transaction, user, first, actor).await?;
        transaction.commit().await?;
        Ok(Registration::Made(user))
    }

    /// The account of an id.
    pub async fn user(&self, id: Uuid) -> Result<User, StoreError> {
        let row = self
            .control()
            .await?
            .query_opt(
                "SELECT id, email, name, is_admin, created_at FROM public.users
                  WHERE id = $1 AND disabled_at IS NULL",
                &[&id],
            )
            .await?
            .ok_or(StoreError::NotFound("user"))?;
        read(&row)
    }

    /// What a login with this address is checked against; letter case does not matter.
    pub async fn credentials(&self, email: &str) -> Result<Option<Credentials>, StoreError> {
        let row = self
            .control()
            .await?
            .query_opt(
                "SELECT id, email, name, is_admin, created_at, password_hash FROM public.users
                  WHERE lower(email) = lower($1) AND disabled_at IS NULL",
                &[&email],
            )
            .await?;
        row.map(|row| Ok(Credentials { user: read(&row)?, password_hash: row.try_get(5)? }))
            .transpose()
    }

    /// Changes a password and ends every session of the account but the one given.
    pub async fn change_password(
        &self,
        user_id: Uuid,
        password_hash: &str,
        keep: Option<&[u8]>,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        transaction
            .execute(
                "UPDATE public.users SET password_hash = $2, updated_at = now() WHERE id = $1",
                &[&user_id, &password_hash],
            )
            .await?;
        let ended = transaction
            .execute(
                "DELETE FROM public.sessions
                  WHERE user_id = $1 AND token_hash IS DISTINCT FROM $2",
                &[&user_id, &keep],
            )
            .await?;
        let details = json!({ "endedSessions": ended });
        audit::record(&transaction, actor, entry("user.passwordChanged", &user_id, details))
            .await?;
        Ok(transaction.commit().await?)
    }
}

/// Makes an account inside a larger change.
pub(crate) async fn insert(
    transaction: &Transaction<'_>,
    user: &NewUser<'_>,
    is_admin: bool,
    actor: &Actor,
) -> Result<User, StoreError> {
    let row = transaction
        .query_one(
            "INSERT INTO public.users (id, email, name, password_hash, is_admin)
             VALUES ($1, $2, $3, $4, $5)
             RETURNING id, email, name, is_admin, created_at",
            &[&Uuid::now_v7(), &user.email, &user.name, &user.password_hash, &is_admin],
        )
        .await?;
    let user = read(&row)?;
    let details = json!({ "email": user.email, "isAdmin": is_admin });
    audit::record(transaction, actor, entry("user.created", &user.id, details)).await?;
    Ok(user)
}

fn entry<'a>(action: &'static str, id: &'a Uuid, details: serde_json::Value) -> Entry<'a> {
    Entry { tenant_id: None, action, subject_kind: "user", subject_id: id, details }
}

/// Reads `id, email, name, is_admin, created_at` from the start of a row.
pub(crate) fn read(row: &Row) -> Result<User, StoreError> {
    Ok(User {
        id: row.try_get(0)?,
        email: row.try_get(1)?,
        name: row.try_get(2)?,
        is_admin: row.try_get(3)?,
        created_at: row.try_get(4)?,
    })
}
