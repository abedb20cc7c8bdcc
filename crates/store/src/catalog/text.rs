//! PostgreSQL's texts without the name of the namespace they come from, so that the same thing in
//! two namespaces reads the same.

/// Leaves out every `namespace.` in front of a name. What stands in quotes stays, but for names of
/// relations, which are written as constants: `'namespace.x'::regclass`.
pub(super) fn without_namespace(text: &str, namespace: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut after_dot = false;
    while let Some(token) = token(rest) {
        let (word, tail) = rest.split_at(token.bytes);
        match token.kind {
            Kind::Name if !after_dot && tail.starts_with('.') && names(word, namespace) => {
                rest = &tail[1..];
                continue;
            }
            Kind::Constant if tail.starts_with("::regclass") => {
                out.push('\'');
                out.push_str(&without_namespace(&word[1..word.len() - 1], namespace));
                out.push('\'');
            }
            Kind::Name | Kind::Constant | Kind::Other => out.push_str(word),
        }
        after_dot = word == ".";
        rest = tail;
    }
    out
}

/// Cuts at the first comma or bracket that stands in no quotes and no brackets of its own: the part
/// before, and the rest from there on.
pub(super) fn item(text: &str) -> (&str, &str) {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(token) = token(&text[at..]) {
        match (&text[at..at + token.bytes], depth) {
            ("," | ")", 0) => break,
            ("(" | "[", _) => depth += 1,
            (")" | "]", _) => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += token.bytes;
    }
    text.split_at(at)
}

/// What follows each key in the definition of an index: collation, operator class, order.
pub(super) fn decorations<'a>(definition: &'a str, keys: &[String]) -> Vec<&'a str> {
    let mut rest = after_using(definition);
    let mut found = Vec::new();
    for key in keys {
        let (decoration, tail) = item(rest.strip_prefix(key.as_str()).unwrap_or(rest));
        found.push(decoration);
        rest = tail.strip_prefix(", ").unwrap_or(tail);
    }
    found
}

/// What follows `USING method (`. No name without quotes is in capitals.
fn after_using(definition: &str) -> &str {
    let (mut at, mut using) = (0, false);
    while let Some(token) = token(&definition[at..]) {
        let word = &definition[at..at + token.bytes];
        at += token.bytes;
        using |= word == "USING";
        if using && word == "(" {
            break;
        }
    }
    &definition[at..]
}

/// Whether a name as SQL writes it means this one.
fn names(word: &str, name: &str) -> bool {
    match word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\"") == name,
        None => word == name,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A word, or a name in quotes.
    Name,
    /// A text in single quotes.
    Constant,
    /// A text in dollars, a sign, a blank.
    Other,
}

struct Token {
    kind: Kind,
    bytes: usize,
}

/// The token at the beginning of a text that PostgreSQL wrote.
fn token(text: &str) -> Option<Token> {
    let first = text.chars().next()?;
    let token = match first {
        '"' => Token { kind: Kind::Name, bytes: quoted(text, '"') },
        // Inside, backslashes are doubled and quotes too, with or without an E in front.
        '\'' => Token { kind: Kind::Constant, bytes: quoted(text, '\'') },
        '$' => Token { kind: Kind::Other, bytes: in_dollars(text).unwrap_or(1) },
        _ if is_of_word(first) => {
            let bytes = text.find(|c: char| !is_of_word(c)).unwrap_or(text.len());
            Token { kind: Kind::Name, bytes }
        }
        _ => Token { kind: Kind::Other, bytes: first.len_utf8() },
    };
    Some(token)
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The length of what stands in quotes, a doubled quote being one inside.
fn quoted(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// The length of `$tag$ … $tag$`.
fn in_dollars(text: &str) -> Option<usize> {
    let end = text[1..].find('$')? + 2;
    let tag = &text[..end];
    if !tag[1..end - 1].chars().all(is_of_word) {
        return None;
    }
    Some(text[end..].find(tag)? + end + tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_namespace() {
        for (given, kept) in [
            ("'sad'::tenant_1__x.mood", "'sad'::mood"),
            ("'{a}'::tenant_1__x.\"Odd mood\"[]", "'{a}'::\"Odd mood\"[]"),
            ("FOREIGN KEY (a) REFERENCES tenant_1__x.b(id)", "FOREIGN KEY (a) REFERENCES b(id)"),
            ("'tenant_1__x.a'::text", "'tenant_1__x.a'::text"),
            ("E'\\\\''tenant_1__x.a'", "E'\\\\''tenant_1__x.a'"),
            ("nextval('tenant_1__x.\"S 1\"'::regclass)", "nextval('\"S 1\"'::regclass)"),
            ("\"tenant_1__x.\"", "\"tenant_1__x.\""),
            ("other.tenant_1__x.a", "other.tenant_1__x.a"),
            ("AS $f$tenant_1__x.a$f$ tenant_1__x.a", "AS $f$tenant_1__x.a$f$ a"),
            ("my_tenant_1__x.a", "my_tenant_1__x.a"),
        ] {
            assert_eq!(without_namespace(given, "tenant_1__x"), kept);
        }
        assert_eq!(without_namespace("\"a \"\"b\".c", "a \"b"), "c");
    }

    #[test]
    fn texts_that_end_early_do_no_harm() {
        for text in ["'open", "\"open", "$tag$open", "$", "''", "a.", "'ä", "ü$ü"] {
            assert_eq!(without_namespace(text, "n"), text);
        }
    }

    #[test]
    fn keys_of_indexes_are_followed_by_what_they_are_told() {
        let definition = "CREATE INDEX \" USING btree (\" ON t USING btree (a COLLATE \"C\" DESC, \
                          lower((b)::text), ((c || ',)'::text)) text_pattern_ops) INCLUDE (d)";
        let keys = ["a", "lower((b)::text)", "((c || ',)'::text))"].map(str::to_owned);
        let found = decorations(definition, &keys);
        assert_eq!(found, [" COLLATE \"C\" DESC", "", " text_pattern_ops"]);
    }

    #[test]
    fn an_item_ends_where_its_brackets_do() {
        assert_eq!(item("lower(a, ')') DESC, b)"), ("lower(a, ')') DESC", ", b)"));
        assert_eq!(item("\",\" )"), ("\",\" ", ")"));
    }
}
