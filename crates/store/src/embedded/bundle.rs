//! The PostgreSQL that npm's `@embedded-postgres/<platform>` packages bring.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::error::EmbeddedError;

/// One symbolic link the package should have made when it was installed; npm may skip that step.
#[derive(serde::Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// The `bin` folders of the bundles in `dir`, which is either the `native` folder of one package
/// or the folder `node_modules/@embedded-postgres` that holds packages of several platforms.
pub(super) fn programs_below(dir: &Path) -> Vec<PathBuf> {
    let packages = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut natives: Vec<PathBuf> = packages.map(|entry| entry.path().join("native")).collect();
    natives.sort();
    natives.insert(0, dir.to_path_buf());
    natives.retain(|native| native.join("bin/postgres").is_file());
    natives.into_iter().map(|native| native.join("bin")).collect()
}

/// Makes the links around `bin` that are missing, as `pg-symlinks.json` lists them relative to the
/// package. Anything but such a package is left alone.
pub(super) fn mend_links(bin: &Path) -> Result<(), EmbeddedError> {
    let Some(native) = bin.parent() else { return Ok(()) };
    let Some(package) = native.parent() else { return Ok(()) };
    let list = native.join("pg-symlinks.json");
    let Ok(text) = fs::read_to_string(&list) else { return Ok(()) };
    let links: Vec<Link> = serde_json::from_str(&text).unwrap_or_default();
    for link in links {
        let at = package.join(&link.target);
        if at.symlink_metadata().is_ok() {
            continue;
        }
        let to = match (link.source.parent() == link.target.parent(), link.source.file_name()) {
            (true, Some(name)) => PathBuf::from(name),
            (true | false, _) => package.join(&link.source),
        };
        symlink(&to, &at).map_err(EmbeddedError::folder("link", &at))?;
    }
    Ok(())
}

/// Copies the installation around `bin` to `to`, where the database's account can reach it. A copy
/// that is complete is used again.
pub(super) fn copy_installation(bin: &Path, to: &Path) -> Result<PathBuf, EmbeddedError> {
    if !to.exists() {
        let from = bin.parent().unwrap_or(bin);
        let partial = to.with_extension("partial");
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(EmbeddedError::folder("remove", &partial))?;
        }
        copy_tree(from, &partial)?;
        fs::rename(&partial, to).map_err(EmbeddedError::folder("rename", &partial))?;
    }
    Ok(to.join(bin.file_name().unwrap_or_default()))
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), EmbeddedError> {
    fs::create_dir_all(to).map_err(EmbeddedError::folder("create", to))?;
    make_readable(to, 0o755)?;
    let entries = fs::read_dir(from).map_err(EmbeddedError::folder("read", from))?;
    for entry in entries {
        let entry = entry.map_err(EmbeddedError::folder("read", from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(EmbeddedError::folder("read", &source))?;
        if kind.is_dir() {
            copy_tree(&source, &target)?;
        } else if kind.is_symlink() {
            let points_to =
                fs::read_link(&source).map_err(EmbeddedError::folder("read", &source))?;
            symlink(points_to, &target).map_err(EmbeddedError::folder("link", &target))?;
        } else {
            fs::copy(&source, &target).map_err(EmbeddedError::folder("copy to", &target))?;
            let is_program = entry.metadata().is_ok_and(|it| it.permissions().mode() & 0o100 != 0);
            make_readable(&target, if is_program { 0o755 } else { 0o644 })?;
        }
    }
    Ok(())
}

/// The copy serves another account than the one whose umask made it.
fn make_readable(path: &Path, mode: u32) -> Result<(), EmbeddedError> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(EmbeddedError::folder("open up", path))
}
