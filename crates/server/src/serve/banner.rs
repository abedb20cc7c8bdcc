//! What a person reads when the server is ready.

use std::net::SocketAddr;

use crate::app::App;
use crate::first_start::Administrator;

/// Address, login, data, and three things to try.
pub(super) fn text(
    app: &App,
    address: SocketAddr,
    made: Option<&Administrator>,
    database: &str,
) -> String {
    let url = ["http://", &reachable(address).to_string()].concat();
    let email = made.map_or(app.config().admin_email.as_str(), |made| made.email.as_str());
    let login = match made {
        Some(Administrator { email, made_up: Some(password) }) => {
            [email, " / ", password, "   (shown until it is first used)"].concat()
        }
        Some(Administrator { email, made_up: None }) => {
            [email, " and the password of TENANTA_ADMIN_PASSWORD"].concat()
        }
        None => "with the account you have".to_owned(),
    };
    let body = [r#"{"email":""#, email, r#"","password":"…"}"#].concat();
    let lines = [
        String::new(),
        ["  Tenanta ", env!("CARGO_PKG_VERSION"), " is ready at ", &url].concat(),
        String::new(),
        ["  Sign in   ", &login].concat(),
        ["  Data      ", database].concat(),
        String::new(),
        "  Three things to try".to_owned(),
        ["    1. Open ", &url, " and design a schema"].concat(),
        "    2. Get a token for programs:".to_owned(),
        ["       curl ", &url, "/api/auth/login --json '", &body, "'"].concat(),
        ["    3. Read what the API can do: ", &url, "/api/docs"].concat(),
        String::new(),
        "  Ctrl-C stops it.".to_owned(),
        String::new(),
    ];
    lines.join("\n")
}

/// An address to type: one that means "every interface" is reached on this machine.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(_) if address.ip().is_unspecified() => {
            ([127, 0, 0, 1], address.port()).into()
        }
        SocketAddr::V6(_) if address.ip().is_unspecified() => {
            (std::net::Ipv6Addr::LOCALHOST, address.port()).into()
        }
        SocketAddr::V4(_) | SocketAddr::V6(_) => address,
    }
}
