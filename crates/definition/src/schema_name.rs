//! What a schema may be called. Its name becomes part of a namespace, a role and URLs, so the
//! rule is stricter than for tables.

use crate::path::Path;
use crate::problem::Problems;

/// The longest name of a schema; with `tenant_<n>__` before it, it still fits PostgreSQL's limit.
pub const MAX_SCHEMA_NAME_CHARS: usize = 40;

/// Names that would be mistaken for PostgreSQL's own.
const RESERVED: [&str; 4] = ["public", "information_schema", "pg_catalog", "pg_toast"];

/// Adds what is wrong with a schema's name, at the path `name`.
pub fn check(name: &str, problems: &mut Problems) {
    let path = Path::ROOT.key("name");
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !starts || !name.chars().all(allowed) || name.contains("__") || name.ends_with('_') {
        let message =
            "a schema's name begins with a letter and has only a-z, 0-9 and single underscores";
        problems.error("invalid_schema_name", &path, message).hint = suggestion(name);
    } else if name.len() > MAX_SCHEMA_NAME_CHARS {
        let message = format!(
            "a schema's name has at most {MAX_SCHEMA_NAME_CHARS} characters, not {}",
            name.len()
        );
        problems.error("name_too_long", &path, message);
    } else if RESERVED.contains(&name) || name.starts_with("pg_") || crate::is_reserved_word(name) {
        let message = format!("`{name}` is a name that PostgreSQL keeps for itself");
        problems.error("reserved_name", &path, message);
    }
}

/// The nearest name that fits, when there is one.
fn suggestion(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("_");
    let name: String = joined
        .chars()
        .skip_while(|c| !c.is_ascii_lowercase())
        .take(MAX_SCHEMA_NAME_CHARS)
        .collect();
    let name = name.trim_end_matches('_');
    (!name.is_empty()).then(|| format!("Try `{name}`."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str) -> Option<(&'static str, Option<String>)> {
        let mut problems = Problems::new();
        check(name, &mut problems);
        problems.into_vec().pop().map(|problem| (problem.code, problem.hint))
    }

    #[test]
    fn names() {
        for good in ["crm", "custom_schema", "a1", &"x".repeat(40)] {
            assert_eq!(found(good), None, "{good}");
        }
        let try_ = |name: &str| Some(("invalid_schema_name", Some(format!("Try `{name}`."))));
        assert_eq!(found("My CRM"), try_("my_crm"));
        assert_eq!(found("a__b"), try_("a_b"));
        assert_eq!(found("2024_sales"), try_("sales"));
        assert_eq!(found("x\"; DROP SCHEMA y"), try_("x_drop_schema_y"));
        assert_eq!(found(""), Some(("invalid_schema_name", None)));
        assert_eq!(found(&"x".repeat(41)).unwrap().0, "name_too_long");
        for reserved in ["public", "pg_x", "select", "user"] {
            assert_eq!(found(reserved).unwrap().0, "reserved_name", "{reserved}");
        }
    }
}
