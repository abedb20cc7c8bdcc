//! The house rules, as tests: what a reader may rely on everywhere.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use server::cli::Cli;
use server::error::Code;

/// The longest file, tests included.
const MAX_LINES: usize = 500;
/// Crates that may not do I/O, and what would be I/O.
const PURE: [&str; 5] = ["sql", "definition", "migration", "interchange", "query"];
const IO_DEPENDENCIES: [&str; 9] = [
    "tokio",
    "tokio-postgres",
    "deadpool-postgres",
    "axum",
    "hyper",
    "reqwest",
    "rand",
    "chrono",
    "store",
];
/// Only the store speaks to PostgreSQL.
const DATABASE_CLIENTS: [&str; 5] =
    ["tokio-postgres", "deadpool-postgres", "postgres-types", "postgres-protocol", "refinery"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder that ends so; what is built is left out.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["target", "node_modules", "dist", ".git"].contains(&name.as_str())
            {
                left.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn rust_files() -> Vec<PathBuf> {
    files(&root().join("crates"), ".rs")
}

/// Everything wrong at once, or nothing.
#[track_caller]
fn assert_none(rule: &str, offenders: impl IntoIterator<Item = String>) {
    let offenders: Vec<String> = offenders.into_iter().collect();
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn every_file_says_what_it_is() {
    let silent = rust_files().into_iter().filter(|path| !read(path).starts_with("//! "));
    assert_none("a file opens with a //! sentence", silent.map(|path| relative(&path)));
}

#[test]
fn files_are_short() {
    let long = rust_files().into_iter().filter_map(|path| {
        let lines = read(&path).lines().count();
        (lines > MAX_LINES).then(|| format!("{} has {lines}", relative(&path)))
    });
    assert_none("a file has at most 500 lines", long);
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    let marks = ["FIX", "TO", "XX"].iter().zip(["ME", "DO", "X"]).map(|(a, b)| [*a, b].concat());
    let marks: Vec<String> = marks.collect();
    let mut paths = rust_files();
    paths.extend(files(&root().join("web/src"), ".ts"));
    paths.extend(files(&root().join("web/src"), ".tsx"));
    let marked = paths.into_iter().filter(|path| {
        let text = read(path);
        text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| marks.iter().any(|m| m == word))
    });
    assert_none("what is open is an issue, not a mark", marked.map(|path| relative(&path)));
}

/// The `[dependencies]` of a crate, without those of its tests.
fn dependencies(name: &str) -> BTreeSet<String> {
    let manifest = read(&root().join("crates").join(name).join("Cargo.toml"));
    let section = manifest.split("\n[").find(|section| section.starts_with("dependencies]"));
    let lines = section.unwrap_or_default().lines().skip(1);
    lines
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn walls_hold() {
    let mut broken = Vec::new();
    let mut forbid = |name: &str, others: &[&str]| {
        let known = dependencies(name);
        let met = others.iter().filter(|other| known.contains(**other));
        broken.extend(met.map(|other| format!("{name} depends on {other}")));
    };
    for name in PURE {
        forbid(name, &IO_DEPENDENCIES);
        forbid(name, &DATABASE_CLIENTS);
    }
    forbid("migration", &["query"]);
    forbid("query", &["migration", "interchange"]);
    forbid("interchange", &["query"]);
    forbid("migration", &["interchange"]);
    forbid("store", &["interchange"]);
    forbid("store", &["axum", "http", "tower", "tower-http", "query"]);
    forbid("server", &DATABASE_CLIENTS);
    forbid("server", &["sql"]);
    assert_none("a wall is broken", broken);
}

#[test]
fn every_table_of_ours_has_a_comment() {
    let mut silent = Vec::new();
    for path in files(&root().join("migrations"), ".sql") {
        let text = read(&path);
        let tables = text.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split(' ').next());
        for table in tables {
            if !text.contains(&format!("COMMENT ON TABLE {table} IS '")) {
                silent.push(format!("{} in {}", table, relative(&path)));
            }
        }
    }
    assert_none("a table says what it is for", silent);
}

/// The pages for people: those of the root, of `docs` and of the demonstration.
fn pages() -> Vec<PathBuf> {
    let mut pages = files(&root().join("docs"), ".md");
    let names = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    pages.extend(names.iter().map(|name| root().join(name)));
    pages.push(root().join("demo/README.md"));
    pages
}

/// A path in backquotes that looks like one of ours must exist.
#[test]
fn pages_name_what_exists() {
    let tops = ["crates/", "web/", "migrations/", "docs/", "bench/", "scripts/", "demo/"];
    let mut gone = Vec::new();
    for page in pages() {
        let text = read(&page);
        let named = text.split('`').skip(1).step_by(2);
        for word in named.filter(|word| tops.iter().any(|top| word.starts_with(top))) {
            // Of a pattern, the folder that it looks in.
            let plain = match word.find(['*', '{', '<']) {
                Some(at) => word[..at].rsplit_once('/').map_or("", |(folder, _)| folder),
                None => word,
            };
            // What only a build leaves is not there on a fresh clone.
            let built = word.starts_with("web/dist") || word.starts_with("web/node_modules");
            if !built && !root().join(plain).exists() {
                gone.push(format!("{word} in {}", relative(&page)));
            }
        }
    }
    assert_none("a page names a path that is gone", gone);
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        let text = read(&page);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let ours = targets.filter(|target| !target.contains("://"));
        for target in ours {
            let file = target.split('#').next().unwrap_or_default();
            if !page.with_file_name(file).exists() {
                dead.push(format!("{target} in {}", relative(&page)));
            }
        }
    }
    assert_none("a link leads nowhere", dead);
}

#[test]
fn every_setting_is_documented() {
    let text = read(&root().join("docs/configuration.md"));
    let cli = Cli::command();
    let serve = cli.find_subcommand("serve").unwrap();
    let mut missing = Vec::new();
    for argument in serve.get_arguments().filter(|one| one.get_id() != "help") {
        let flag = format!("`--{}`", argument.get_long().unwrap());
        let variable = format!("`{}`", argument.get_env().unwrap().to_string_lossy());
        let defaults = argument.get_default_values().iter();
        let defaults = defaults.map(|value| format!("`{}`", value.to_string_lossy()));
        for word in [flag, variable].into_iter().chain(defaults) {
            if !text.contains(&word) && word != "`false`" {
                missing.push(word);
            }
        }
    }
    assert_none("docs/configuration.md lists every setting", missing);
}

#[test]
fn the_command_line_is_well_formed() {
    Cli::command().debug_assert();
}

/// `docs/errors.md` is printed from the table of codes; `INSTA_UPDATE=always` prints it anew.
#[test]
fn every_code_is_documented() {
    let mut text = String::from(
        "# Codes of refusals\n\nEvery refusal under `/api` is `application/problem+json` (RFC 9457) \
         with one of these codes.\nA code is never renamed and never reused. This page is printed \
         from `crates/server/src/error/codes.rs`\nby a test.\n\n| Code | Status | When |\n|---|---|---|\n",
    );
    for code in Code::ALL {
        let status = code.status().as_u16();
        writeln!(text, "| `{}` | {status} | {} |", code.as_str(), code.when().trim()).unwrap();
    }
    let path = root().join("docs/errors.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(read(&path), text, "run this test with INSTA_UPDATE=always");
}
