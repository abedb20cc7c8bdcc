//! Tells Cargo that the numbered SQL files are part of this crate.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
