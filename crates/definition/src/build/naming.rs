//! Rules for names, and names for what has none.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use sql::MAX_IDENT_BYTES;

use super::Builder;
use crate::document::raw::{RawDocument, TextsOr};
use crate::name::Name;
use crate::path::Path;
use crate::problem::Problems;

/// Names of PostgreSQL's own columns, which every table has.
const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// Prefixes that PostgreSQL or Tenanta keep for themselves.
const RESERVED_PREFIXES: [&str; 3] = ["pg_", "attic_", "tenanta_"];

/// Words that SQL needs quotes around; allowed, but a nuisance to whoever writes SQL by hand.
const RESERVED_WORDS: [&str; 76] = [
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "constraint",
    "create",
    "current_catalog",
    "current_date",
    "current_role",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "from",
    "grant",
    "group",
    "having",
    "in",
    "initially",
    "intersect",
    "into",
    "lateral",
    "leading",
    "limit",
    "localtime",
    "localtimestamp",
    "not",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "placing",
    "primary",
    "references",
    "returning",
    "select",
    "session_user",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "when",
    "where",
    "with",
];

/// Whether SQL needs quotes around a word.
pub(crate) fn is_reserved_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| RESERVED_WORDS.into_iter().collect());
    WORDS.contains(word)
}

/// Tables, keys and indexes for each table of a usual document.
const NAMES_OF_A_TABLE: usize = 5;

/// What is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Table,
    Column,
    Enum,
    EnumValue,
    Constraint,
}

/// The name, when PostgreSQL can hold it and nothing forbids it; findings go to `problems`.
pub(super) fn checked(
    written: Option<&str>,
    thing: Thing,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Name> {
    // A missing name was already reported by its shape.
    let written = written?;
    let path = path.key("name");
    // Most names are plain words, and none of the next rules speaks of those.
    let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'_';
    let plain = !written.is_empty() && written.bytes().all(plain);
    if !plain && written.trim().is_empty() {
        problems.error("empty_name", &path, "a name cannot be empty");
        return None;
    }
    let Some(name) = Name::new(written) else {
        let message = format!(
            "`{}…` is too long: a name has at most {MAX_IDENT_BYTES} bytes",
            cut(written, 20)
        );
        problems.error("name_too_long", &path, message);
        return None;
    };
    if thing == Thing::EnumValue {
        return Some(name);
    }
    if !plain && (written.trim() != written || has_unseen(written)) {
        let message = format!(
            "`{}` has characters that nobody sees, or spaces at an end",
            cut(written, 63).escape_debug()
        );
        problems.error("invalid_name", &path, message);
        return None;
    }
    not_kept(written, thing, &path, problems);
    Some(name)
}

/// Reports a name that somebody else keeps for himself.
fn not_kept(written: &str, thing: Thing, path: &Path<'_>, problems: &mut Problems) {
    let begins = |prefix: &&&str| {
        written.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if let Some(prefix) = RESERVED_PREFIXES.iter().find(begins) {
        let message = format!("names beginning with `{prefix}` are reserved");
        problems.error("reserved_prefix", path, message);
    }
    if thing == Thing::Column && SYSTEM_COLUMNS.contains(&written) {
        let message = format!("every table already has a column `{written}` of PostgreSQL's own");
        problems.error("reserved_name", path, message);
    }
    if is_reserved_word(written) && thing != Thing::Constraint {
        problems
            .warning("reserved_word", path, format!("`{written}` is a word of SQL"))
            .with_hint("It works, but whoever writes SQL by hand must put it in double quotes.");
    }
}

/// Whether a name has characters that are not seen, or that turn the text around them: with them,
/// two names could look alike.
fn has_unseen(name: &str) -> bool {
    let mut before = ' ';
    let mut unseen = name.chars().any(is_unseen);
    for character in name.chars() {
        // Joiners shape the letters of some scripts, and pictures. Latin letters do not join.
        unseen |= matches!(character, '\u{200c}' | '\u{200d}') && before.is_ascii();
        before = character;
    }
    unseen || matches!(before, '\u{200c}' | '\u{200d}')
}

/// Controls, marks of direction, blanks without a width, fillers, tags.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// Names of one space.
#[derive(Default)]
pub(crate) struct Names {
    taken: HashSet<Name>,
    /// Names that the document gives to things not yet built, so that no made-up name takes one.
    reserved: HashSet<Name>,
    /// By the name without a number, the number to try next: lower ones are taken for good.
    next: HashMap<Name, u32>,
}

impl Names {
    /// Takes a name; false when somebody has it already.
    pub(super) fn take(&mut self, name: &Name) -> bool {
        self.taken.insert(name.clone())
    }

    /// Makes room for so many names.
    fn expect(&mut self, names: usize) {
        self.taken.reserve(names);
        self.reserved.reserve(names);
    }

    /// Keeps a name for the thing that the document gives it to.
    pub(super) fn reserve(&mut self, name: Name) {
        self.reserved.insert(name);
    }

    /// Makes a name of `parts` and `suffix`, cut to fit, with a number when it is taken.
    pub(super) fn make(&mut self, parts: &[&str], suffix: &str) -> Name {
        let plain = joined(parts, suffix);
        if self.take_free(&plain) {
            return plain;
        }
        for number in self.next.get(&plain).copied().unwrap_or(1).. {
            let name = joined(parts, &format!("{suffix}{number}"));
            if self.take_free(&name) {
                self.next.insert(plain, number + 1);
                return name;
            }
        }
        unreachable!("fewer names are taken than there are numbers")
    }

    fn take_free(&mut self, name: &Name) -> bool {
        !self.reserved.contains(name) && self.take(name)
    }
}

/// A description; an empty one is none, as a comment of PostgreSQL is.
pub(super) fn described(written: Option<&str>) -> Option<String> {
    written.filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The text, cut so that it and the suffix are no longer than a name may be.
pub(super) fn fitted(text: &str, suffix: &str) -> String {
    let mut end = text.len().min(MAX_IDENT_BYTES - suffix.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    [&text[..end], suffix].concat()
}

/// `a_b_suffix`; the middle is cut when the whole is too long, so that the suffix stays.
fn joined(parts: &[&str], suffix: &str) -> Name {
    let mut name = parts.join("_");
    let mut end = name.len().min(MAX_IDENT_BYTES - suffix.len() - 1);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    name.push('_');
    name.push_str(suffix);
    Name::new(&name).expect("it is cut to fit, and its parts are names")
}

impl Builder<'_> {
    /// Takes the names that the document gives, so that no made-up name takes one of them.
    pub(super) fn reserve_names(&mut self, raw: &RawDocument<'_>) {
        self.relations.expect(raw.tables.len() * NAMES_OF_A_TABLE);
        for table in &raw.tables {
            let keys = table.uniques.iter().map(|key| &key.name);
            let indexes = table.indexes.iter().map(|index| &index.name);
            let primary = table.primary_key.iter().filter_map(|key| match key {
                TextsOr::Object(key) => Some(&key.name),
                TextsOr::Texts(_) => None,
            });
            let exclusions = table.exclusions.iter().map(|exclusion| &exclusion.name);
            let names = std::iter::once(&table.name)
                .chain(keys)
                .chain(exclusions)
                .chain(indexes)
                .chain(primary);
            for name in names.flatten().filter_map(|name| Name::new(name)) {
                self.relations.reserve(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of tables and columns as long as they may be differ only at an end that is cut off.
    #[test]
    fn made_up_names_never_collide_and_always_fit() {
        let mut names = Names::default();
        let mut made = HashSet::default();
        for letter in ["a", "ä", "漢", "😀"] {
            let table = letter.repeat(MAX_IDENT_BYTES / letter.len());
            for number in 0..200 {
                let column = format!("{}{number}", letter.repeat(59 / letter.len()));
                for suffix in ["pkey", "key", "idx", "excl", "check", "fkey"] {
                    let name = names.make(&[&table, &column], suffix);
                    assert!(name.as_str().len() <= MAX_IDENT_BYTES);
                    assert!(made.insert(name), "a name was made twice");
                }
            }
        }
    }

    #[test]
    fn made_up_names_leave_given_ones_alone() {
        let mut names = Names::default();
        let given = Name::new("orders_total_idx").unwrap();
        names.reserve(given.clone());
        assert_eq!(names.make(&["orders", "total"], "idx").as_str(), "orders_total_idx1");
        assert!(names.take(&given));
        assert!(!names.take(&given));
    }
}
