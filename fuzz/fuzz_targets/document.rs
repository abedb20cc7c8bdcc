//! Any bytes as a document.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/interchange/tests/fuzzed/document.rs"]
mod document;

fuzz_target!(|bytes: &[u8]| document::try_out(bytes));
