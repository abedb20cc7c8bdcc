//! The operating-system account the database runs as: PostgreSQL refuses root.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::{Gid, Uid, User};

use super::error::EmbeddedError;

/// Tried in this order when Tenanta itself runs as root.
const ACCOUNTS: [&str; 3] = ["tenanta", "postgres", SHARED_ACCOUNT];
/// Better than nothing, and worth a warning.
const SHARED_ACCOUNT: &str = "nobody";

/// The account the database runs as.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) name: String,
    uid: Uid,
    gid: Gid,
    /// Whether it is another one than ours, so that programs must change over to it.
    switches: bool,
}

impl Account {
    /// Ours, unless we are root. Then the owner of an existing cluster, so that a later change of
    /// accounts on the machine does not lock the data away, or the first known account.
    pub(super) fn choose(existing_clusters: &[PathBuf]) -> Result<Self, EmbeddedError> {
        let ours = Uid::effective();
        if !ours.is_root() {
            let name =
                User::from_uid(ours).ok().flatten().map_or_else(|| ours.to_string(), name_of);
            return Ok(Self { name, uid: ours, gid: Gid::effective(), switches: false });
        }
        existing_clusters
            .iter()
            .find_map(|cluster| owner_of(cluster))
            .or_else(|| ACCOUNTS.iter().find_map(|name| User::from_name(name).ok().flatten()))
            .map(Self::of)
            .ok_or(EmbeddedError::NoAccount)
    }

    fn of(user: User) -> Self {
        if user.name == SHARED_ACCOUNT {
            tracing::warn!(
                "PostgreSQL runs as the user nobody, which other programs may also use; better \
                 make a user of its own (useradd --system tenanta)"
            );
        }
        Self { uid: user.uid, gid: user.gid, name: name_of(user), switches: true }
    }

    /// Whether programs run under another account than ours.
    pub(super) fn switches(&self) -> bool {
        self.switches
    }

    /// Makes `command` run under this account. The standard library drops the supplementary groups
    /// of root by itself.
    pub(super) fn run(&self, command: &mut Command) {
        if self.switches {
            command.uid(self.uid.as_raw()).gid(self.gid.as_raw());
        }
    }

    /// Gives `path` to this account.
    pub(super) fn own(&self, path: &Path) -> Result<(), EmbeddedError> {
        if !self.switches {
            return Ok(());
        }
        std::os::unix::fs::lchown(path, Some(self.uid.as_raw()), Some(self.gid.as_raw()))
            .map_err(EmbeddedError::folder("give to the database's user", path))
    }

    /// Whether `metadata` describes something of this account.
    pub(super) fn owns(&self, metadata: &Metadata) -> bool {
        metadata.uid() == self.uid.as_raw()
    }

    /// The first folder on the way to `path` that this account cannot enter, if any. What does not
    /// exist yet bars nothing. Our own account needs no check: the system itself answers there.
    pub(super) fn barred_at(&self, path: &Path) -> Option<PathBuf> {
        if !self.switches {
            return None;
        }
        let mut folders: Vec<&Path> = path.ancestors().collect();
        folders.reverse();
        folders
            .into_iter()
            .filter_map(|folder| Some((folder, std::fs::metadata(folder).ok()?)))
            .find(|(_, metadata)| metadata.is_dir() && !self.may_enter(metadata))
            .map(|(folder, _)| folder.to_path_buf())
    }

    /// The permission bits that apply to this account; access lists are not looked at.
    fn may_enter(&self, metadata: &Metadata) -> bool {
        let class = if metadata.uid() == self.uid.as_raw() {
            0o100
        } else if metadata.gid() == self.gid.as_raw() {
            0o010
        } else {
            0o001
        };
        metadata.mode() & class != 0
    }

    /// A number for names that must differ from account to account.
    pub(super) fn number(&self) -> u32 {
        self.uid.as_raw()
    }
}

fn owner_of(cluster: &Path) -> Option<User> {
    let owner = Uid::from_raw(std::fs::metadata(cluster).ok()?.uid());
    if owner.is_root() { None } else { User::from_uid(owner).ok().flatten() }
}

fn name_of(user: User) -> String {
    user.name
}
