//! Runs a command with a PostgreSQL for tests around it, and ends with the command's own result:
//! `with_postgres cargo test --workspace` makes all test programs share one server.

use std::process::{Command, ExitCode};

use store::testing::{ENVIRONMENT_VARIABLE, EmbeddedTestServer};

#[tokio::main]
async fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let Some(program) = words.next() else { return complain("usage: with_postgres COMMAND …") };
    if std::env::var_os(ENVIRONMENT_VARIABLE).is_some() {
        return run(Command::new(program).args(words));
    }
    let server = match EmbeddedTestServer::start().await {
        Ok(server) => server,
        Err(error) => return complain(&error.to_string()),
    };
    let mut command = Command::new(program);
    command.args(words).env(ENVIRONMENT_VARIABLE, server.connection_string());
    let result = tokio::task::block_in_place(|| run(&mut command));
    server.stop().await;
    result
}

fn run(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) => match status.code().map(u8::try_from) {
            Some(Ok(code)) => ExitCode::from(code),
            Some(Err(_)) | None => ExitCode::FAILURE,
        },
        Err(error) => complain(&error.to_string()),
    }
}

#[expect(clippy::print_stderr, reason = "a command-line tool speaks to whoever called it")]
fn complain(text: &str) -> ExitCode {
    eprintln!("with_postgres: {text}");
    ExitCode::FAILURE
}
