//! What lies where in the data folder, and who holds it.
//!
//! ```text
//! <home>/postgres/       the cluster (0700, the database's account)
//! <home>/run/            its socket (0700, the same)
//! <home>/postgres.log    what the server says
//! <home>/tenanta.lock    held by the Tenanta that runs here, with its process number inside
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::EmbeddedConfig;
use super::account::Account;
use super::error::EmbeddedError;

/// The folder of the cluster below a home.
const CLUSTER: &str = "postgres";
/// The kernel's limit for the path of a Unix socket, without the closing NUL.
const SOCKET_PATH_BYTES: usize = 107;
/// What PostgreSQL calls its socket below its folder, and the lock file beside it.
const LONGEST_SOCKET_NAME: &str = ".s.PGSQL.5432.lock";
/// A server's log that has grown larger is put aside at the next start.
const LOG_BYTES: u64 = 16 * 1024 * 1024;

/// The folders of one embedded PostgreSQL. Dropping this gives the data folder free.
#[derive(Debug)]
pub(super) struct Folders {
    pub(super) home: PathBuf,
    pub(super) cluster: PathBuf,
    pub(super) socket: PathBuf,
    pub(super) log: PathBuf,
    lock: File,
}

/// The clusters a configuration could mean, whether they exist or not.
pub(super) fn possible_clusters(config: &EmbeddedConfig) -> Vec<PathBuf> {
    homes(config).map(|home| home.join(CLUSTER)).collect()
}

fn homes(config: &EmbeddedConfig) -> impl Iterator<Item = &PathBuf> {
    std::iter::once(&config.data_dir).chain(&config.fallback_dir)
}

impl Folders {
    /// Makes the folders as far as they are missing, and takes the lock.
    pub(super) fn open(config: &EmbeddedConfig, account: &Account) -> Result<Self, EmbeddedError> {
        let home = reachable_home(config, account)?;
        create(&home, if account.switches() { 0o711 } else { 0o700 })?;
        let home = fs::canonicalize(&home).map_err(EmbeddedError::folder("resolve", &home))?;
        check_reach(account, &home)?;
        let lock = lock(&home)?;
        let socket = socket_folder(&home, account)?;
        let log = home.join("postgres.log");
        Ok(Self { cluster: home.join(CLUSTER), socket, log, home, lock })
    }

    /// Puts an overgrown log of the server aside; answers where the next words in it will start.
    pub(super) fn put_aside_overgrown_log(&self) -> Result<u64, EmbeddedError> {
        let length = fs::metadata(&self.log).map_or(0, |log| log.len());
        if length <= LOG_BYTES {
            return Ok(length);
        }
        let aside = self.log.with_extension("log.1");
        fs::rename(&self.log, &aside).map_err(EmbeddedError::folder("rename", &self.log))?;
        Ok(0)
    }
}

impl Drop for Folders {
    /// Frees the data folder; a socket's folder elsewhere is of no use to anyone else.
    fn drop(&mut self) {
        // Closing the file is not enough while a program that is just being started still has a
        // copy of it.
        self.lock.unlock().ok();
        if !self.socket.starts_with(&self.home) {
            // It is not empty while a server still uses it.
            fs::remove_dir(&self.socket).ok();
        }
    }
}

/// Refuses a path the database's account cannot get to.
pub(super) fn check_reach(account: &Account, path: &Path) -> Result<(), EmbeddedError> {
    match account.barred_at(path) {
        None => Ok(()),
        Some(blocked) => Err(EmbeddedError::Unreachable {
            user: account.name.clone(),
            blocked,
            path: path.to_path_buf(),
        }),
    }
}

/// Makes a folder of the database's account, which only that account can read.
pub(super) fn create_private(path: &Path, account: &Account) -> Result<(), EmbeddedError> {
    create(path, 0o700)?;
    account.own(path)
}

/// The data folder, or the fallback where the database's account cannot reach that.
fn reachable_home(config: &EmbeddedConfig, account: &Account) -> Result<PathBuf, EmbeddedError> {
    let mut first_refusal = None;
    for home in homes(config) {
        let home = std::path::absolute(home).map_err(EmbeddedError::folder("resolve", home))?;
        match check_reach(account, &home) {
            Ok(()) => return Ok(home),
            Err(refusal) => first_refusal = first_refusal.or(Some(refusal)),
        }
    }
    Err(first_refusal.expect("there is always at least the data folder itself"))
}

/// Makes `path` with `mode` where it is missing. Folders above it get the usual mode.
fn create(path: &Path, mode: u32) -> Result<(), EmbeddedError> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .create(path)
        .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(mode)))
        .map_err(EmbeddedError::folder("create", path))
}

fn lock(home: &Path) -> Result<File, EmbeddedError> {
    let path = home.join("tenanta.lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(EmbeddedError::folder("open", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Knowing the number is a courtesy; without it the refusal stands all the same.
            file.read_to_string(&mut holder).ok();
            let by = holder.trim().parse::<u32>();
            let by = by.map_or_else(|_| String::new(), |pid| format!(" (process {pid})"));
            return Err(EmbeddedError::InUse { dir: home.to_path_buf(), by });
        }
        Err(TryLockError::Error(source)) => {
            return Err(EmbeddedError::folder("lock", &path)(source));
        }
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(EmbeddedError::folder("write", &path))?;
    Ok(file)
}

/// `<home>/run`, or a short folder elsewhere when the socket's path would grow too long.
fn socket_folder(home: &Path, account: &Account) -> Result<PathBuf, EmbeddedError> {
    let mut hasher = DefaultHasher::new();
    home.hash(&mut hasher);
    let short = format!("tenanta-{}-{:08x}", account.number(), hasher.finish() & 0xffff_ffff);
    let folder = [home.join("run"), Path::new("/run").join(&short), Path::new("/tmp").join(&short)]
        .into_iter()
        .filter(|folder| folder.join(LONGEST_SOCKET_NAME).as_os_str().len() <= SOCKET_PATH_BYTES)
        .find(|folder| create_private(folder, account).is_ok())
        .ok_or_else(|| EmbeddedError::SocketPathTooLong { dir: home.to_path_buf() })?;
    let found = fs::symlink_metadata(&folder).map_err(EmbeddedError::folder("read", &folder))?;
    // A folder in /tmp might have been laid there by someone else, to listen in.
    let is_private = found.permissions().mode() & 0o777 == 0o700;
    if found.is_dir() && account.owns(&found) && is_private {
        Ok(folder)
    } else {
        Err(EmbeddedError::folder("use", &folder)(std::io::Error::other(
            "it belongs to somebody else, or others may enter it",
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that is just being started has copies of all our files until it is loaded.
    #[test]
    fn the_lock_goes_even_while_a_copy_of_its_file_is_open() {
        let name = ["tenanta-folders-", &std::process::id().to_string()].concat();
        let home = Path::new("/tmp").join(name);
        let config = EmbeddedConfig { data_dir: home.clone(), ..EmbeddedConfig::default() };
        let account = Account::choose(&[]).expect("an account");
        let folders = Folders::open(&config, &account).expect("the folders are free");
        let copy = folders.lock.try_clone().expect("a copy");
        Folders::open(&config, &account).expect_err("the first still holds them");
        drop(folders);
        Folders::open(&config, &account).expect("they are free again");
        drop(copy);
        fs::remove_dir_all(home).expect("it is ours");
    }
}
