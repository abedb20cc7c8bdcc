//! The binary as people meet it: it starts, prints a login, serves, stops, and finds its data again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a process may take for anything; far more than it needs.
const PATIENCE: Duration = Duration::from_mins(1);

/// A data folder that goes away with the test. Not below the user's own temporary folder: that may
/// be private, and the database may run as another user.
struct Home(PathBuf);

impl Home {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = format!("/tmp/tenanta-process-{}-{number}", std::process::id());
        Self(PathBuf::from(path))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn tenanta() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tenanta"));
    for (name, _) in std::env::vars() {
        if name.starts_with("TENANTA_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command
}

/// A running `tenanta serve`.
struct Server {
    process: Child,
    output: BufReader<ChildStdout>,
    banner: String,
    address: String,
}

impl Server {
    fn start(home: &Path, flags: &[&str]) -> Self {
        let mut process = tenanta()
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(home)
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut banner = String::new();
        while !banner.contains("Ctrl-C stops it.") {
            assert_ne!(output.read_line(&mut banner).unwrap(), 0, "it ended early:\n{banner}");
        }
        let address = banner.split("is ready at http://").nth(1).unwrap();
        let address = address.lines().next().unwrap().to_owned();
        Self { process, output, banner, address }
    }

    /// The e-mail address and the password that were printed.
    fn login(&self) -> (String, String) {
        let line = self.banner.lines().find(|line| line.contains("Sign in")).unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        (words[2].to_owned(), words[4].to_owned())
    }

    /// One request on a connection of its own.
    fn send(&self, request: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    fn sign_in(&self, login: &(String, String)) -> u16 {
        let body = json!({ "email": login.0, "password": login.1 });
        self.send("POST /api/auth/login", &body.to_string()).0
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    fn ended(mut self) -> (ExitStatus, String) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        };
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        (status, rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.process.try_wait().ok().flatten().is_none() {
            self.process.kill().ok();
            self.process.wait().ok();
        }
    }
}

/// A request whose body never comes. It is in a handler when this returns.
fn hanging_request(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\
                Content-Type: application/json\r\nContent-Length: 10\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream.try_clone().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("HTTP/1.1 100"), "{line}");
    stream
}

#[test]
fn a_first_start_prints_a_login_and_a_second_finds_the_data() {
    let home = Home::new();
    let server = Server::start(&home.0, &[]);
    let login = server.login();
    assert_eq!(login.0, "admin@tenanta.local");
    assert_eq!(server.send("GET /health/ready", "").0, 200);
    assert_eq!(server.sign_in(&login), 200);
    server.signal("INT");
    let (status, said) = server.ended();
    assert!(status.success(), "{status}: {said}");

    let server = Server::start(&home.0, &[]);
    assert!(!server.banner.contains(&login.1), "{}", server.banner);
    assert_eq!(server.sign_in(&login), 200);
    server.signal("TERM");
    assert!(server.ended().0.success());
}

#[test]
fn a_login_that_nobody_used_is_printed_anew() {
    let home = Home::new();
    let server = Server::start(&home.0, &[]);
    let lost = server.login();
    server.signal("INT");
    server.ended();
    let server = Server::start(&home.0, &[]);
    let login = server.login();
    assert_ne!(lost.1, login.1);
    assert_eq!(server.sign_in(&lost), 401);
    assert_eq!(server.sign_in(&login), 200);
}

#[test]
fn a_start_after_a_kill_recovers() {
    let home = Home::new();
    let server = Server::start(&home.0, &["--admin-password", "correct horse"]);
    let login = ("admin@tenanta.local".to_owned(), "correct horse".to_owned());
    assert_eq!(server.sign_in(&login), 200);
    server.signal("KILL");
    assert!(!server.ended().0.success());
    let server = Server::start(&home.0, &[]);
    assert_eq!(server.sign_in(&login), 200);
}

#[test]
fn it_ends_when_its_database_is_gone() {
    let home = Home::new();
    let server = Server::start(&home.0, &[]);
    let file = fs::read_to_string(home.0.join("postgres/postmaster.pid")).unwrap();
    let postgres = file.lines().next().unwrap().to_owned();
    assert!(Command::new("kill").args(["-s", "KILL", &postgres]).status().unwrap().success());
    assert_eq!(server.ended().0.code(), Some(1));
}

#[test]
fn running_requests_have_a_limit_when_it_stops() {
    let home = Home::new();
    let server = Server::start(&home.0, &["--shutdown-timeout", "500ms"]);
    let hanging = hanging_request(&server);
    server.signal("INT");
    assert!(server.ended().0.success());
    drop(hanging);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let home = Home::new();
    let mut server = Server::start(&home.0, &["--shutdown-timeout", "1h"]);
    let hanging = hanging_request(&server);
    server.signal("INT");
    let mut said = String::new();
    while !said.contains("Stopping.") {
        assert_ne!(server.output.read_line(&mut said).unwrap(), 0, "it ended early: {said}");
    }
    server.signal("INT");
    assert_eq!(server.ended().0.code(), Some(130));
    drop(hanging);
}

#[test]
fn a_taken_port_is_said_before_anything_is_made() {
    let home = Home::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = tenanta()
        .args(["serve", "--listen", &address, "--data-dir"])
        .arg(&home.0)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains(&address) && text.contains("--listen"), "{text}");
    assert!(!home.0.exists());
}

#[test]
fn a_setting_that_cannot_be_is_named() {
    for (flags, word) in [
        (["--body-limit", "much"], "--body-limit"),
        (["--log", "store=loudly"], "--log"),
        (["--database-url", "mysql://x"], "DATABASE_URL"),
        (["--admin-password", "short"], "TENANTA_ADMIN_PASSWORD"),
    ] {
        let home = Home::new();
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data-dir"];
        let output = tenanta().args(serve).arg(&home.0).args(flags).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.contains(word), "{flags:?}: {text}");
    }
}
