//! The server behind the binary `tenanta`: HTTP, accounts, the command line, the client's files.
//!
//! A request passes `middleware::layers`, is routed in [`router`], and meets a handler in `routes`
//! that reads as a pipeline: extract, parse, check, store, answer. What is refused anywhere becomes
//! an answer in [`error`] and nowhere else. No SQL is written here and no database client is known;
//! that is the `store` crate's.

pub mod app;
pub mod auth;
pub mod cli;
pub mod commands;
pub mod config;
mod console;
mod definitions;
mod demo;
pub mod error;
pub mod extract;
mod first_start;
mod ids;
mod input;
mod logging;
pub mod middleware;
pub mod openapi;
pub mod router;
mod routes;
pub mod serve;
mod web_client;

pub use app::App;
pub use config::Config;
