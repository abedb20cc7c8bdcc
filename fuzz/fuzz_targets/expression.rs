//! Any text as an expression.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/interchange/tests/fuzzed/expression.rs"]
mod expression;
#[path = "../../crates/interchange/tests/oracle/mod.rs"]
mod oracle;

fuzz_target!(|bytes: &[u8]| expression::try_out(bytes));
