//! `tenanta serve`: from settings to a running server, and back in order.

mod banner;
mod database;
mod shutdown;
mod upkeep;

use std::net::SocketAddr;

use axum::serve::ListenerExt;
use store::{Store, StoreConfig};
use thiserror::Error;
use tokio::net::TcpListener;

use crate::app::App;
use crate::config::Config;
use crate::error::ApiError;
use crate::first_start::Administrator;
use crate::{console, demo, first_start, logging, router};
use database::Database;
use upkeep::Upkeep;

/// Why the server did not start, or did not go on. The text is for the person at the terminal.
#[derive(Debug, Error)]
pub enum ServeError {
    /// A setting cannot be used.
    #[error("{0}")]
    Setting(String),
    /// The system refused something.
    #[error("{what}: {source}")]
    System {
        /// What was tried.
        what: String,
        /// The system's report.
        source: std::io::Error,
    },
    /// The embedded PostgreSQL did not start.
    #[error("{0}")]
    Embedded(#[from] store::embedded::EmbeddedError),
    /// The database cannot be used.
    #[error("{0}")]
    Store(#[from] store::StoreError),
    /// The first administrator or tenant could not be made.
    #[error("first start: {0}")]
    FirstStart(String),
    /// The embedded PostgreSQL ended on its own.
    #[error("the embedded PostgreSQL ended unexpectedly; its log is in the data folder")]
    DatabaseEnded,
}

/// Serves until somebody stops it.
pub fn run(config: Config) -> Result<(), ServeError> {
    logging::start(&config).map_err(ServeError::Setting)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|source| ServeError::System { what: "starting the runtime".to_owned(), source })?;
    runtime.block_on(serve(config))
}

async fn serve(config: Config) -> Result<(), ServeError> {
    // The port first: when it is taken, nothing else needs to start.
    let listener = listen(config.listen).await?;
    let database = Database::start(&config).await?;
    let outcome = serve_on(listener, &database, config).await;
    database.stop().await;
    outcome
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| {
        let what = ["cannot listen on ", &address.to_string(), " (choose another with --listen)"];
        ServeError::System { what: what.concat(), source }
    })
}

async fn serve_on(
    listener: TcpListener,
    database: &Database,
    config: Config,
) -> Result<(), ServeError> {
    let address = listener.local_addr().map_err(|source| ServeError::System {
        what: "reading our own address".to_owned(),
        source,
    })?;
    console::progress("Bringing our own tables up to date");
    let store = Store::connect(StoreConfig {
        retention_days: config.retention_days,
        ..database.store_config()?
    })
    .await?;
    let app = App::new(store.clone(), config);
    let administrator = administrator(&app, database).await;
    let administrator = administrator.map_err(|error| first_start_failed(&error))?;
    show(&app).await?;
    let version = store.server_version().await?;
    console::say(&banner::text(
        &app,
        address,
        administrator.as_ref(),
        &database.describe(&version),
    ));
    let upkeep = Upkeep::start(&store);
    let outcome = answer(listener, app, database).await;
    drop(upkeep);
    store.close().await;
    outcome
}

/// The administrator to print: the one just made, or the one who never came.
async fn administrator(app: &App, database: &Database) -> Result<Option<Administrator>, ApiError> {
    match first_start::ensure(app).await? {
        None if database.is_ours_alone() => first_start::renew(app).await,
        made => Ok(made),
    }
}

/// What was refused, with the setting that it was about.
fn first_start_failed(error: &ApiError) -> ServeError {
    let setting = error.path().map(|path| [path, ": "].concat()).unwrap_or_default();
    ServeError::FirstStart([&setting, error.detail.as_str()].concat())
}

/// Makes the demonstration when it was asked for. A server without it is still a server.
async fn show(app: &App) -> Result<(), ServeError> {
    if !app.config().demo {
        return Ok(());
    }
    if let Some(tenant) = demo::tenant(app.store(), first_start::DEMO_TENANT).await?
        && let Err(error) = demo::ensure(app, tenant).await
    {
        console::failure(&["the demonstration could not be made: ", &error.to_string()].concat());
    }
    Ok(())
}

/// Answers requests until a signal comes or the database is gone.
async fn answer(listener: TcpListener, app: App, database: &Database) -> Result<(), ServeError> {
    let limit = app.config().shutdown_timeout;
    // Small answers must not wait for one another on the wire.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
    });
    let service = router::build(app).into_make_service_with_connect_info::<SocketAddr>();
    let stop = shutdown::Stop::new();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop.asked());
    let outcome = tokio::select! {
        ended = serving.into_future() => ended,
        () = stop.overdue(limit) => {
            tracing::warn!("some requests did not finish in time; they are given up");
            Ok(())
        }
        () = database.exited() => return Err(ServeError::DatabaseEnded),
    };
    outcome.map_err(|source| ServeError::System { what: "serving".to_owned(), source })
}
