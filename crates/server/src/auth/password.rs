//! Passwords: argon2id, off the async threads, a few at a time.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use thiserror::Error;
use tokio::sync::Semaphore;

/// How many hashes may be computed at once; each takes 19 MiB and a core for tens of milliseconds.
const CONCURRENT_HASHES: usize = 4;
/// The shortest password.
const MIN_PASSWORD: usize = 8;
/// The longest password; hashing longer ones would be a gift to nobody.
const MAX_PASSWORD: usize = 1024;

/// The shortest and the longest password, in characters.
pub(crate) fn password_bounds() -> (usize, usize) {
    (MIN_PASSWORD, MAX_PASSWORD)
}

/// Hashing failed; never because of what somebody typed.
#[derive(Debug, Error)]
#[error("hashing a password: {0}")]
pub struct PasswordError(String);

/// Hashes and checks passwords. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
}

impl Passwords {
    /// A hasher with all its slots free.
    pub fn new() -> Self {
        Self { slots: Arc::new(Semaphore::new(CONCURRENT_HASHES)) }
    }

    /// The hash to keep.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let password = password.to_owned();
        self.run(move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| PasswordError(error.to_string()))
        })
        .await?
    }

    /// Whether the password belongs to the hash. Without a hash as much work is done, so that an
    /// unknown address takes as long as a wrong password.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, PasswordError> {
        let Some(hash) = hash else {
            self.hash(password).await?;
            return Ok(false);
        };
        let (password, hash) = (password.to_owned(), hash.to_owned());
        self.run(move || {
            let hash =
                PasswordHash::new(&hash).map_err(|error| PasswordError(error.to_string()))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await?
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let failed = |error: &dyn std::fmt::Display| PasswordError(error.to_string());
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(|e| failed(&e))?;
        // The slot goes along: a request that was given up must not free it early.
        let task = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop(slot);
            outcome
        });
        task.await.map_err(|e| failed(&e))
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_belongs_to_its_hash_only() {
        let passwords = Passwords::new();
        let hash = passwords.hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(passwords.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("wrong horse", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("correct horse", None).await.unwrap());
        assert!(passwords.verify("x", Some("not a hash")).await.is_err());
    }
}
