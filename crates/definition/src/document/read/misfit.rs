//! What is said of the parts of a document that do not fit their shape.

use crate::document::shape::{Field, Kind, Shape};
use crate::near::nearest;
use crate::path::Path;
use crate::problem::Problems;

/// A key that the shape does not have.
pub(super) fn unknown_key(key: &str, shape: &Shape, at: &Path<'_>, problems: &mut Problems) {
    let shown: String = key.chars().take(80).collect();
    let message = format!("{} has no key `{shown}`", article(shape.name));
    let keys = shape.fields.iter().map(|field| field.key);
    let hint = match nearest(key, keys.clone()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("The keys are {}.", keys.collect::<Vec<_>>().join(", ")),
    };
    problems.error("unknown_key", &at.key(&shown), message).with_hint(hint);
}

/// A key that must be there and is not.
pub(super) fn missing(field: &Field, shape: &Shape, at: &Path<'_>, problems: &mut Problems) {
    let message = format!("{} needs `{}`", article(shape.name), field.key);
    problems.error("missing_key", &at.key(field.key), message).with_hint(field.meaning);
}

/// A word that is none of those that may stand there.
pub(super) fn unknown_word(
    word: &str,
    words: &[&'static str],
    at: &Path<'_>,
    problems: &mut Problems,
) {
    let message = format!("must be one of {}", words.join(", "));
    let problem = problems.error("unknown_word", at, message);
    if let Some(near) = nearest(word, words.iter().copied()) {
        problem.with_hint(format!("Did you mean `{near}`?"));
    }
}

/// What a value of the kind is.
pub(super) fn expected(kind: Kind) -> String {
    match kind {
        Kind::Text => "a text".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Word(words) => format!("one of {}", words.join(", ")),
        Kind::Object(_) => "an object".to_owned(),
        Kind::List(..) => "a list".to_owned(),
        Kind::TextOr(_) => "a text or an object".to_owned(),
        Kind::TextsOr(_) => "a list of texts or an object".to_owned(),
    }
}

/// A name with its article.
pub(super) fn article(name: &str) -> String {
    let vowel = name.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}
