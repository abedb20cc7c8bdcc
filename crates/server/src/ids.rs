//! Ids for the things of a definition: the randomness that the pure crates do not have.

use definition::{Id, IdSource};
use rand::Rng;

/// 50 bits: within one schema two ids will not meet.
const ID_CHARS: usize = 10;
/// Lower-case letters and digits without those that look alike.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Short random ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RandomIds;

impl IdSource for RandomIds {
    fn next_id(&mut self) -> Id {
        let mut random = rand::rng();
        let id: String = (0..ID_CHARS)
            .map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())]))
            .collect();
        Id::new(id).expect("ten letters and digits are an id")
    }
}
