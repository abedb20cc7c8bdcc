//! Creations that are safe to repeat: the answer to a request with an `Idempotency-Key` is kept for
//! a day, and the same request gets the same answer.

use std::time::Duration;

use crate::{Store, StoreError};

/// How long an answer is kept.
pub const IDEMPOTENCY_RETENTION: Duration = Duration::from_hours(24);
/// After this long without an answer, the first request is taken for dead and may be repeated.
const GIVE_UP_AFTER: Duration = Duration::from_mins(5);

/// What is known about a request when it comes in.
#[derive(Clone, Debug)]
pub enum Repetition {
    /// It is the first of its key: run it, then save or forget its answer.
    First,
    /// The first one is still running.
    Running,
    /// The key was used for another request.
    Mismatch,
    /// It was answered before.
    Answered(SavedAnswer),
}

/// An answer kept for repetition.
#[derive(Clone, Debug)]
pub struct SavedAnswer {
    /// The status number.
    pub status: u16,
    /// The media type of the body.
    pub content_type: Option<String>,
    /// The body; `None` when it held a secret that is shown only once.
    pub body: Option<Vec<u8>>,
}

impl Store {
    /// Claims a key for a request, or tells what became of the first request with it.
    pub async fn begin_idempotent(
        &self,
        caller: &str,
        key: &str,
        request_hash: &[u8],
    ) -> Result<Repetition, StoreError> {
        let connection = self.control().await?;
        connection
            .execute(
                "DELETE FROM public.idempotency_keys
                  WHERE created_at < now() - make_interval(secs => $3)
                     OR (caller = $1 AND key = $2 AND status IS NULL
                         AND created_at < now() - make_interval(secs => $4))",
                &[
                    &caller,
                    &key,
                    &IDEMPOTENCY_RETENTION.as_secs_f64(),
                    &GIVE_UP_AFTER.as_secs_f64(),
                ],
            )
            .await?;
        let claimed = connection
            .execute(
                "INSERT INTO public.idempotency_keys (caller, key, request_hash)
                 VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[&caller, &key, &request_hash],
            )
            .await?;
        if claimed == 1 {
            return Ok(Repetition::First);
        }
        let row = connection
            .query_opt(
                "SELECT request_hash = $3, status, content_type, answer
                   FROM public.idempotency_keys WHERE caller = $1 AND key = $2",
                &[&caller, &key, &request_hash],
            )
            .await?;
        // Gone again: the first request failed just now; this one may be sent again.
        let Some(row) = row else { return Ok(Repetition::Running) };
        if !row.try_get::<_, bool>(0)? {
            return Ok(Repetition::Mismatch);
        }
        let Some(status) = row.try_get::<_, Option<i16>>(1)? else {
            return Ok(Repetition::Running);
        };
        Ok(Repetition::Answered(SavedAnswer {
            status: status.unsigned_abs(),
            content_type: row.try_get(2)?,
            body: row.try_get(3)?,
        }))
    }

    /// Keeps the answer to the first request of a key.
    pub async fn save_idempotent(
        &self,
        caller: &str,
        key: &str,
        answer: &SavedAnswer,
    ) -> Result<(), StoreError> {
        let status = i16::try_from(answer.status).unwrap_or(i16::MAX);
        self.control()
            .await?
            .execute(
                "UPDATE public.idempotency_keys SET status = $3, content_type = $4, answer = $5
                  WHERE caller = $1 AND key = $2",
                &[&caller, &key, &status, &answer.content_type, &answer.body],
            )
            .await?;
        Ok(())
    }

    /// Frees a key whose request failed, so that it may be sent again.
    pub async fn forget_idempotent(&self, caller: &str, key: &str) -> Result<(), StoreError> {
        let statement = "DELETE FROM public.idempotency_keys WHERE caller = $1 AND key = $2";
        self.control().await?.execute(statement, &[&caller, &key]).await?;
        Ok(())
    }
}
