//! The files of the demonstration, which travel inside the binary.

use std::io::Read;

use flate2::read::GzDecoder;
use rust_embed::Embed;
use serde::Deserialize;

use super::DemoError;

/// `demo/` at the root of the project.
#[derive(Embed)]
#[folder = "../../demo"]
#[include = "*.json"]
#[include = "data/*.csv.gz"]
#[exclude = "package*.json"]
struct Files;

/// What is loaded, in order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The schema's name.
    pub(super) schema: String,
    /// What it is for.
    pub(super) description: String,
    /// The file of its definition.
    pub(super) definition: String,
    /// Its tables, referenced ones before those that refer to them.
    pub(super) tables: Vec<TableFile>,
}

/// The rows of one table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableFile {
    /// The table.
    pub(super) table: String,
    /// Its rows: CSV with a header line, compressed. An empty field is NULL.
    pub(super) file: String,
    /// How many there are.
    pub(super) rows: usize,
}

pub(super) fn manifest() -> Result<Manifest, DemoError> {
    serde_json::from_slice(&file("manifest.json")?)
        .map_err(|error| DemoError::Files(error.to_string()))
}

/// A file as it is.
pub(super) fn file(path: &str) -> Result<Vec<u8>, DemoError> {
    let file = Files::get(path).ok_or_else(|| DemoError::Files(["there is no ", path].concat()))?;
    Ok(file.data.into_owned())
}

/// A compressed file, as text.
pub(super) fn unpacked(path: &str) -> Result<String, DemoError> {
    let mut text = String::new();
    let read = GzDecoder::new(file(path)?.as_slice()).read_to_string(&mut text);
    read.map_err(|error| DemoError::Files([path, ": ", &error.to_string()].concat()))?;
    Ok(text)
}
