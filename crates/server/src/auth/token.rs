//! Secrets made here: session tokens and API keys.
//!
//! Each carries 256 random bits, so a plain SHA-256 is enough to keep it by: there is nothing to
//! guess that a slow hash would protect.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

/// What an API key starts with, so that people and scanners recognise one.
pub const API_KEY_PREFIX: &str = "tnt_";
/// How much of a key is kept to recognise it by.
const SHOWN_CHARACTERS: usize = 10;
/// The letters of a made-up password: none that looks like another, all in one double click.
const PASSWORD_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// How long a made-up password is: 100 bits.
const PASSWORD_LENGTH: usize = 20;
/// The longest text that can be one of our secrets.
const MAX_LENGTH: usize = 64;

/// What a secret is kept and looked up by.
pub type TokenHash = [u8; 32];

/// A secret, as it is shown once. Its `Debug` says nothing.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new session token.
    pub fn session() -> Self {
        Self(random())
    }

    /// A new API key.
    pub fn api_key() -> Self {
        Self([API_KEY_PREFIX, &random()].concat())
    }

    /// A secret that a request carries; `None` when it cannot be one of ours.
    pub fn presented(text: &str) -> Option<Self> {
        let plausible = !text.is_empty()
            && text.len() <= MAX_LENGTH
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        plausible.then(|| Self(text.to_owned()))
    }

    /// Whether it is an API key rather than a session token.
    pub fn is_api_key(&self) -> bool {
        self.0.starts_with(API_KEY_PREFIX)
    }

    /// What it is kept by.
    pub fn hash(&self) -> TokenHash {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The secret itself: for the one answer that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Its first characters.
    pub fn shown(&self) -> &str {
        &self.0[..SHOWN_CHARACTERS.min(self.0.len())]
    }
}

/// A password for somebody who will choose their own.
pub(crate) fn made_up_password() -> String {
    let mut bytes = [0_u8; PASSWORD_LENGTH];
    OsRng.try_fill_bytes(&mut bytes).expect("the system gives random bytes");
    bytes.map(|byte| char::from(PASSWORD_LETTERS[usize::from(byte % 32)])).iter().collect()
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

fn random() -> String {
    let mut bytes = [0_u8; 32];
    OsRng.try_fill_bytes(&mut bytes).expect("the system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_passwords_are_long_and_differ() {
        let password = made_up_password();
        assert_eq!(password.len(), PASSWORD_LENGTH);
        assert!(password.bytes().all(|letter| PASSWORD_LETTERS.contains(&letter)));
        assert_ne!(password, made_up_password());
    }

    #[test]
    fn tokens_differ_and_are_recognised() {
        let (one, two) = (Token::api_key(), Token::session());
        assert_ne!(one.hash(), Token::api_key().hash());
        assert!(one.is_api_key() && !two.is_api_key());
        assert_eq!(Token::presented(one.reveal()).unwrap().hash(), one.hash());
        assert!(Token::presented("no spaces").is_none());
        assert!(Token::presented(&"x".repeat(100)).is_none());
        assert_eq!(format!("{one:?}"), "Token(…)");
    }
}
