//! How often somebody may try to sign in: per e-mail address and per client address.
//!
//! Each key has a bucket that refills steadily. The buckets live in this process; a bucket that
//! nobody touches for a while is forgotten, full again by then.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use moka::sync::Cache;

/// Attempts for one e-mail address before waiting.
const EMAIL_BURST: f64 = 10.0;
/// Time after which one more attempt for an e-mail address is free.
const EMAIL_REFILL: Duration = Duration::from_secs(20);
/// Attempts from one client address before waiting; offices share one.
const ADDRESS_BURST: f64 = 60.0;
/// Time after which one more attempt from a client address is free.
const ADDRESS_REFILL: Duration = Duration::from_secs(2);
/// How many buckets are kept.
const MAX_BUCKETS: u64 = 100_000;
/// Every bucket is full again after this long.
const FORGET_AFTER: Duration = Duration::from_mins(10);

type Buckets<K> = Cache<K, Arc<Mutex<Bucket>>>;

#[derive(Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

/// The attempts of late.
#[derive(Clone, Debug)]
pub struct LoginLimit {
    emails: Buckets<String>,
    addresses: Buckets<IpAddr>,
}

impl LoginLimit {
    /// Nobody has tried yet.
    pub fn new() -> Self {
        Self { emails: cache(), addresses: cache() }
    }

    /// Counts an attempt; `Err` says how long to wait when there were too many.
    pub fn attempt(&self, email: &str, address: Option<IpAddr>) -> Result<(), Duration> {
        if let Some(address) = address {
            take(&self.addresses, address, ADDRESS_BURST, ADDRESS_REFILL)?;
        }
        take(&self.emails, email.to_lowercase(), EMAIL_BURST, EMAIL_REFILL)
    }

    /// Forgets the attempts for an address whose owner has just signed in.
    pub fn succeeded(&self, email: &str) {
        self.emails.invalidate(&email.to_lowercase());
    }
}

impl Default for LoginLimit {
    fn default() -> Self {
        Self::new()
    }
}

fn cache<K: std::hash::Hash + Eq + Send + Sync + 'static>() -> Buckets<K> {
    Cache::builder().max_capacity(MAX_BUCKETS).time_to_idle(FORGET_AFTER).build()
}

fn take<K: std::hash::Hash + Eq + Send + Sync + 'static>(
    buckets: &Buckets<K>,
    key: K,
    burst: f64,
    refill: Duration,
) -> Result<(), Duration> {
    let full = || Arc::new(Mutex::new(Bucket { left: burst, at: Instant::now() }));
    let bucket = buckets.get_with(key, full);
    let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
    let now = Instant::now();
    let gained = now.duration_since(bucket.at).as_secs_f64() / refill.as_secs_f64();
    bucket.left = (bucket.left + gained).min(burst);
    bucket.at = now;
    if bucket.left < 1.0 {
        return Err(refill.mul_f64(1.0 - bucket.left));
    }
    bucket.left -= 1.0;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_after_its_burst_whatever_its_case() {
        let limit = LoginLimit::new();
        for _ in 0..10 {
            limit.attempt("Ada@example.org", None).unwrap();
        }
        let wait = limit.attempt("ada@example.org", None).unwrap_err();
        assert!(wait > Duration::ZERO && wait <= EMAIL_REFILL, "{wait:?}");
        limit.attempt("bob@example.org", None).unwrap();
        limit.succeeded("ADA@example.org");
        limit.attempt("ada@example.org", None).unwrap();
    }
}
