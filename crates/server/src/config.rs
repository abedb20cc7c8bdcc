//! Every setting, once: the flag, the environment variable, the default, the words of `--help`.
//! `docs/configuration.md` lists the same, held together by a test.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

pub use crate::input::units::ByteSize;
use crate::input::units::parse_duration;

/// The settings of `tenanta serve`.
#[derive(Args, Clone)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "TENANTA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Home of the embedded PostgreSQL [default: ./.tenanta, or the system's state folder where
    /// the database's user cannot reach that one]
    #[arg(long, env = "TENANTA_DATA_DIR")]
    pub data_dir: Option<PathBuf>,

    /// Use this PostgreSQL (14 or newer, a role with CREATEROLE) instead of the embedded one
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Folder with `initdb` and `postgres` for the embedded PostgreSQL [default: searched for]
    #[arg(long, env = "TENANTA_POSTGRES_BIN")]
    pub postgres_bin: Option<PathBuf>,

    /// E-mail address of the administrator made at first start
    #[arg(long, env = "TENANTA_ADMIN_EMAIL", default_value = "admin@tenanta.local")]
    pub admin_email: String,

    /// Password of the administrator made at first start [default: made up and printed once]
    #[arg(long, env = "TENANTA_ADMIN_PASSWORD", hide_env_values = true)]
    pub admin_password: Option<String>,

    /// Fill a tenant "Demo" with example schemas and real data at first start
    #[arg(long, env = "TENANTA_DEMO")]
    pub demo: bool,

    /// Who may make an account
    #[arg(long, env = "TENANTA_REGISTRATION", value_enum, default_value_t = Registration::Closed)]
    pub registration: Registration,

    /// Largest body of a request
    #[arg(long, env = "TENANTA_BODY_LIMIT", default_value = "10MiB")]
    pub body_limit: ByteSize,

    /// How long a request may take
    #[arg(long, env = "TENANTA_REQUEST_TIMEOUT", default_value = "60s", value_parser = parse_duration)]
    pub request_timeout: Duration,

    /// How long running requests may take to finish after Ctrl-C
    #[arg(long, env = "TENANTA_SHUTDOWN_TIMEOUT", default_value = "10s", value_parser = parse_duration)]
    pub shutdown_timeout: Duration,

    /// Tables with more rows than this are changed while reads and writes go on
    #[arg(long, env = "TENANTA_ONLINE_ROWS", default_value_t = 50_000)]
    pub online_rows: u64,

    /// How many days what a change puts aside, and a deleted schema, can be brought back
    #[arg(long, env = "TENANTA_RETENTION_DAYS", default_value_t = 30)]
    pub retention_days: u16,

    /// Send session cookies over HTTPS only; set it when a proxy speaks HTTPS for this server
    #[arg(long, env = "TENANTA_SECURE_COOKIES")]
    pub secure_cookies: bool,

    /// Believe the last address of X-Forwarded-For; set it behind a proxy, and only there
    #[arg(long, env = "TENANTA_TRUST_PROXY")]
    pub trust_proxy: bool,

    /// What to log: a level, or a filter such as `info,store=debug`
    #[arg(long, env = "TENANTA_LOG", default_value = "info")]
    pub log: String,

    /// Form of the log on standard error
    #[arg(long, env = "TENANTA_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Registration {
    /// Anybody.
    Open,
    /// The administrator only, by adding members.
    Closed,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

impl Config {
    /// The defaults, as if `tenanta serve` were called without flags or environment.
    pub fn defaults() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data_dir: None,
            database_url: None,
            postgres_bin: None,
            admin_email: "admin@tenanta.local".to_owned(),
            admin_password: None,
            demo: false,
            registration: Registration::Closed,
            body_limit: ByteSize::mebibytes(10),
            request_timeout: Duration::from_mins(1),
            shutdown_timeout: Duration::from_secs(10),
            online_rows: 50_000,
            retention_days: 30,
            secure_cookies: false,
            trust_proxy: false,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
        }
    }
}
