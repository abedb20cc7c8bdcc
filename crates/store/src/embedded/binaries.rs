//! Finding the programs `initdb` and `postgres`.

use std::cmp::Reverse;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::EmbeddedConfig;
use super::bundle;
use super::error::EmbeddedError;

/// The oldest major version Tenanta works with.
const OLDEST_MAJOR: u32 = 14;

/// A folder with a PostgreSQL that answered for its version.
#[derive(Debug, Clone)]
pub(super) struct Binaries {
    pub(super) dir: PathBuf,
    pub(super) major: u32,
    /// As the program gives it, for example `15.20`.
    pub(super) version: String,
}

impl Binaries {
    /// The first usable PostgreSQL: the configured folder alone when there is one; otherwise an
    /// installed one, otherwise a bundled one. An existing cluster of major version `made_by`
    /// takes the first that fits it.
    pub(super) fn find(
        config: &EmbeddedConfig,
        cluster: &Path,
        made_by: Option<u32>,
    ) -> Result<Self, EmbeddedError> {
        let (usable, refused) = look(config)?;
        let fits = |found: &&Self| made_by.is_none_or(|major| major == found.major);
        if let Some(found) = usable.iter().find(fits) {
            return Ok(found.clone());
        }
        match made_by {
            Some(made_by) if !usable.is_empty() => Err(EmbeddedError::OtherVersion {
                dir: cluster.to_path_buf(),
                made_by,
                available: listed(usable.iter().map(|found| &found.version)),
            }),
            _ => Err(EmbeddedError::BinariesMissing { looked: listed(refused) }),
        }
    }

    pub(super) fn initdb(&self) -> PathBuf {
        self.dir.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.dir.join("postgres")
    }

    /// Whether the library `name` can be preloaded. Debian keeps libraries in `lib`, a build from
    /// source and the bundle in `lib/postgresql`.
    pub(super) fn has_library(&self, name: &str) -> bool {
        let Some(prefix) = self.dir.parent() else { return false };
        ["lib", "lib/postgresql"]
            .iter()
            .flat_map(|lib| {
                ["so", "dylib"].map(|end| prefix.join(lib).join(format!("{name}.{end}")))
            })
            .any(|file| file.exists())
    }

    /// Asks the programs in `dir` who they are.
    fn at(dir: &Path) -> Result<Self, String> {
        if !dir.join("initdb").is_file() {
            return Err(format!("{} has no initdb", dir.display()));
        }
        // What cannot be mended (a read-only folder) shows in the next line.
        bundle::mend_links(dir).ok();
        let version = version_of(&dir.join("postgres"))?;
        let major = version
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| format!("{} has the unknown version {version}", dir.display()))?;
        if major < OLDEST_MAJOR {
            return Err(format!("{} has PostgreSQL {version}, too old", dir.display()));
        }
        Ok(Self { dir: dir.to_path_buf(), major, version })
    }
}

/// All usable ones in order of preference, and why others were refused.
fn look(config: &EmbeddedConfig) -> Result<(Vec<Binaries>, Vec<String>), EmbeddedError> {
    if let Some(dir) = &config.bin_dir {
        let found = Binaries::at(dir)
            .map_err(|reason| EmbeddedError::BinariesUnusable { dir: dir.clone(), reason })?;
        return Ok((vec![found], Vec::new()));
    }
    let bundled = config.bundle_dirs.iter().flat_map(|dir| bundle::programs_below(dir));
    let mut usable = Vec::new();
    let mut refused = vec!["pg_config, /usr/lib/postgresql, /usr/local/pgsql, Homebrew".to_owned()];
    refused.extend(config.bundle_dirs.iter().map(|dir| dir.display().to_string()));
    for dir in installed_folders().into_iter().chain(bundled) {
        match Binaries::at(&dir) {
            Ok(found) => usable.push(found),
            Err(reason) => refused.push(reason),
        }
    }
    Ok((usable, refused))
}

/// The usual places of an installed server that exist here, newest first within each.
fn installed_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = pg_config_folder().into_iter().collect();
    for (parent, prefix) in [
        ("/usr/lib/postgresql", ""),
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
    ] {
        folders.extend(versions_below(Path::new(parent), prefix));
    }
    folders.push(PathBuf::from("/usr/local/pgsql/bin"));
    folders.retain(|dir| dir.join("postgres").is_file());
    let mut seen = std::collections::BTreeSet::new();
    folders.retain(|dir| seen.insert(dir.clone()));
    folders
}

/// `parent/<prefix><major>/bin`, newest first.
fn versions_below(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let major = name.to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((major, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|(major, _)| Reverse(*major));
    found.into_iter().map(|(_, dir)| dir).collect()
}

/// What the development tools say; they are often installed without the server.
fn pg_config_folder() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(text.trim())).filter(|dir| dir.is_absolute())
}

/// `postgres (PostgreSQL) 15.20 (Debian …)` → `15.20`.
fn version_of(program: &Path) -> Result<String, String> {
    let output = Command::new(program)
        .arg("--version")
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
        .ok_or_else(|| {
            let complaint = String::from_utf8_lossy(&output.stderr);
            format!("{} does not run: {}", program.display(), complaint.trim())
        })
}

fn listed(items: impl IntoIterator<Item = impl fmt::Display>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}
