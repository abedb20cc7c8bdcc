//! How to reach PostgreSQL, and how much of it to use.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crate::{ChangeLimits, StoreError};

/// Connections of the control role: our own tables and DDL.
const CONTROL_CONNECTIONS: usize = 8;
/// Connections of each lane of the data plane.
const LANE_CONNECTIONS: usize = 8;
/// How long a connection may take to open.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request waits for a free connection.
const WAIT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long one statement for rows may run.
const DATA_STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);
/// How long one statement on our own tables, or one DDL statement, may run.
const CONTROL_STATEMENT_TIMEOUT: Duration = Duration::from_mins(2);
/// How long any statement waits for a lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// Days after which what was put aside or taken out of use is removed for good.
const RETENTION_DAYS: u16 = 30;
/// How long a transaction may sit idle before PostgreSQL ends it.
const IDLE_IN_TRANSACTION_TIMEOUT: Duration = Duration::from_mins(1);

/// Whether the server's certificate is checked on encrypted connections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TlsPolicy {
    /// Encrypt where asked, check nothing: libpq's `prefer` and `require`.
    #[default]
    Unverified,
    /// Check the certificate and the host name: libpq's `verify-full`.
    Verified {
        /// A PEM file of trusted roots; without it the usual public ones.
        root_certificate: Option<PathBuf>,
    },
}

/// Everything a [`crate::Store`] needs to know.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    /// Where the database is, and the control role's name and password.
    pub control: tokio_postgres::Config,
    /// Whether certificates are checked.
    pub tls: TlsPolicy,
    /// Size of the control pool.
    pub control_connections: usize,
    /// Size of each lane's pool.
    pub lane_connections: usize,
    /// How long a request waits for a free connection.
    pub wait_timeout: Duration,
    /// Limit of one data statement.
    pub data_statement_timeout: Duration,
    /// Limit of one control statement.
    pub control_statement_timeout: Duration,
    /// Limit of waiting for a lock.
    pub lock_timeout: Duration,
    /// Limit of an idle transaction.
    pub idle_in_transaction_timeout: Duration,
    /// Limits of changes of schemas.
    pub changes: ChangeLimits,
    /// Days after which what was put aside or taken out of use is removed for good.
    pub retention_days: u16,
}

impl StoreConfig {
    /// Default limits around a known address.
    pub fn new(mut control: tokio_postgres::Config) -> Self {
        if control.get_connect_timeout().is_none() {
            control.connect_timeout(CONNECT_TIMEOUT);
        }
        Self {
            control,
            tls: TlsPolicy::default(),
            control_connections: CONTROL_CONNECTIONS,
            lane_connections: LANE_CONNECTIONS,
            wait_timeout: WAIT_TIMEOUT,
            data_statement_timeout: DATA_STATEMENT_TIMEOUT,
            control_statement_timeout: CONTROL_STATEMENT_TIMEOUT,
            lock_timeout: LOCK_TIMEOUT,
            idle_in_transaction_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
            changes: ChangeLimits::default(),
            retention_days: RETENTION_DAYS,
        }
    }

    /// Reads a connection URL as libpq does, `sslmode=verify-full` and `sslrootcert` included.
    pub fn from_url(url: &str) -> Result<Self, StoreError> {
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let mut kept = Vec::new();
        let mut verify = false;
        let mut root_certificate = None;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", "verify-full" | "verify-ca")) => {
                    verify = true;
                    kept.push("sslmode=require");
                }
                Some(("sslrootcert", path)) => root_certificate = Some(PathBuf::from(path)),
                _ => kept.push(pair),
            }
        }
        let mut rebuilt = address.to_owned();
        if !kept.is_empty() {
            rebuilt.push('?');
            rebuilt.push_str(&kept.join("&"));
        }
        // The driver's text never repeats the URL, so no password can leak through it.
        let control = tokio_postgres::Config::from_str(&rebuilt).map_err(|error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let cause = cause.unwrap_or_else(|| error.to_string());
            let form = "; it looks like postgres://role:password@host:5432/database";
            StoreError::Setup(["DATABASE_URL cannot be read: ", &cause, form].concat())
        })?;
        let tls =
            if verify { TlsPolicy::Verified { root_certificate } } else { TlsPolicy::default() };
        Ok(Self { tls, ..Self::new(control) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verification_is_read_from_the_url() {
        let config = StoreConfig::from_url(
            "postgres://me@db.example/t?sslmode=verify-full&sslrootcert=/r.pem",
        )
        .unwrap();
        let root_certificate = Some(PathBuf::from("/r.pem"));
        assert_eq!(config.tls, TlsPolicy::Verified { root_certificate });
        let config = StoreConfig::from_url("postgres://me@db.example/t").unwrap();
        assert_eq!(config.tls, TlsPolicy::Unverified);
        assert_eq!(config.control.get_dbname(), Some("t"));
    }

    #[test]
    fn a_bad_url_is_named_without_its_password() {
        let error = StoreConfig::from_url("postgres://me:s3cret@db:notaport/t").unwrap_err();
        assert!(error.to_string().starts_with("DATABASE_URL cannot be read"), "{error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
}
