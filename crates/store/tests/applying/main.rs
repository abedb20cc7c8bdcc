//! Changing schemas on a real PostgreSQL: wholly or not at all, whoever else is there and whatever
//! dies in the middle.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod at_once;
mod attic;
mod crash;
mod harness;
mod others;
mod stages;
