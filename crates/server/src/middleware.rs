//! What happens to every request, whatever it asks for. `layers` shows the order.

pub mod access_log;
pub mod idempotency;
pub mod layers;
pub mod panic;
pub mod request_id;
pub mod security;
pub mod timeout;
pub mod timing;
