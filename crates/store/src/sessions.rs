//! Sessions of people: opaque tokens of which only the hash is kept.
//!
//! A session ends [`SESSION_LIFETIME`] after it was last used, and [`SESSION_MAX_AGE`] after it was
//! opened in any case.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::people::{self, User};
use crate::{Actor, Store, StoreError};

/// How long a session lasts without being used.
pub const SESSION_LIFETIME: Duration = Duration::from_hours(14 * 24);
/// How long a session lasts at most.
pub const SESSION_MAX_AGE: Duration = Duration::from_hours(90 * 24);
/// A session is prolonged when it was last prolonged this long ago, not at each request.
const PROLONG_AFTER: Duration = Duration::from_hours(1);
/// How many sessions one account may have; opening another ends the oldest.
const MAX_SESSIONS: i64 = 100;

/// A live session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose it is.
    pub user: User,
    /// Until when, if it is not used again.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// Opens a session for a person who has just proved who they are.
    pub async fn open_session(
        &self,
        user: &User,
        token_hash: &[u8],
        user_agent: Option<&str>,
    ) -> Result<DateTime<Utc>, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        transaction
            .execute(
                "DELETE FROM public.sessions WHERE user_id = $1 AND (expires_at < now()
                     OR id IN (SELECT id FROM public.sessions WHERE user_id = $1
                                ORDER BY last_seen_at DESC OFFSET $2))",
                &[&user.id, &(MAX_SESSIONS - 1)],
            )
            .await?;
        let row = transaction
            .query_one(
                "INSERT INTO public.sessions (token_hash, id, user_id, expires_at, user_agent)
                 VALUES ($1, $2, $3, now() + make_interval(secs => $4), left($5, 300))
                 RETURNING id, expires_at",
                &[
                    &token_hash,
                    &Uuid::now_v7(),
                    &user.id,
                    &SESSION_LIFETIME.as_secs_f64(),
                    &user_agent,
                ],
            )
            .await?;
        transaction
            .execute("UPDATE public.users SET last_login_at = now() WHERE id = $1", &[&user.id])
            .await?;
        let actor = Actor::User { id: user.id, email: user.email.clone() };
        let entry = Entry {
            tenant_id: None,
            action: "session.opened",
            subject_kind: "session",
            subject_id: &row.try_get::<_, Uuid>(0)?,
            details: json!({}),
        };
        audit::record(&transaction, &actor, entry).await?;
        transaction.commit().await?;
        Ok(row.try_get(1)?)
    }

    /// The live session of a token, prolonged when it is time.
    pub async fn session(&self, token_hash: &[u8]) -> Result<Option<Session>, StoreError> {
        let connection = self.control().await?;
        let row = connection
            .query_opt(
                "SELECT u.id, u.email, u.name, u.is_admin, u.created_at, s.expires_at,
                        s.last_seen_at < now() - make_interval(secs => $2)
                   FROM public.sessions s JOIN public.users u ON u.id = s.user_id
                  WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL",
                &[&token_hash, &PROLONG_AFTER.as_secs_f64()],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let session = Session { user: people::read(&row)?, expires_at: row.try_get(5)? };
        if !row.try_get::<_, bool>(6)? {
            return Ok(Some(session));
        }
        let row = connection
            .query_opt(
                "UPDATE public.sessions
                    SET last_seen_at = now(),
                        expires_at = least(now() + make_interval(secs => $2),
                                           created_at + make_interval(secs => $3))
                  WHERE token_hash = $1
              RETURNING expires_at",
                &[&token_hash, &SESSION_LIFETIME.as_secs_f64(), &SESSION_MAX_AGE.as_secs_f64()],
            )
            .await?;
        row.map(|row| Ok(Session { expires_at: row.try_get(0)?, ..session })).transpose()
    }

    /// Ends a session; ending one that is gone is no error.
    pub async fn close_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        let statement = "DELETE FROM public.sessions WHERE token_hash = $1";
        self.control().await?.execute(statement, &[&token_hash]).await?;
        Ok(())
    }
}
