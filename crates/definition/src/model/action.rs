//! What a foreign key does, and when it is checked.

/// What happens to referencing rows. PostgreSQL's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferentialAction {
    /// Refuse at the end of the statement (or transaction, when deferred).
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Delete or change them too.
    Cascade,
    /// Set their key to NULL.
    SetNull,
    /// Set their key to its default.
    SetDefault,
}

impl ReferentialAction {
    /// Every action with its word in documents.
    pub const ALL: [(&'static str, Self); 5] = [
        ("noAction", Self::NoAction),
        ("restrict", Self::Restrict),
        ("cascade", Self::Cascade),
        ("setNull", Self::SetNull),
        ("setDefault", Self::SetDefault),
    ];

    /// The word in documents.
    pub fn word(self) -> &'static str {
        word_of(&Self::ALL, self)
    }
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deferrable {
    /// After each statement, always.
    #[default]
    No,
    /// After each statement, unless the transaction defers it.
    InitiallyImmediate,
    /// At commit, unless the transaction asks sooner.
    InitiallyDeferred,
}

impl Deferrable {
    /// Every choice with its word in documents.
    pub const ALL: [(&'static str, Self); 3] = [
        ("no", Self::No),
        ("initiallyImmediate", Self::InitiallyImmediate),
        ("initiallyDeferred", Self::InitiallyDeferred),
    ];

    /// The word in documents.
    pub fn word(self) -> &'static str {
        word_of(&Self::ALL, self)
    }
}

/// The word of `value` in a table of words.
pub(crate) fn word_of<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words
        .iter()
        .find(|(_, candidate)| *candidate == value)
        .map(|(word, _)| *word)
        .expect("every value of the type is in its table")
}
