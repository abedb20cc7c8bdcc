//! The same expression after values of enums were called otherwise.
//!
//! PostgreSQL keeps a constant of an enum as the value it is, not as its name. So when a value gets
//! another name, every check, default and predicate says the new one by itself.

use super::rename::Renamer;
use super::typing::{Type, labels};
use super::{Context, Expression};
use crate::name::Name;

/// What the value of an enum is called from now on; nothing when it keeps its name.
pub(super) type NewValue<'a> = &'a dyn Fn(&Name, &str) -> Option<Name>;

impl Expression {
    /// The same with other names for values of enums, in the quoted constants that stand for them.
    /// `context` is that before.
    pub fn with_values(&self, context: &Context<'_>, values: NewValue<'_>) -> Self {
        let labels = labels(&self.node, context);
        if labels.is_empty() {
            return self.clone();
        }
        let text = |node: &super::Node, text: &str| match labels.get(&std::ptr::from_ref(node)) {
            Some(Type::Enum(name)) => {
                values(name, text).map_or_else(|| text.to_owned(), String::from)
            }
            Some(Type::EnumArray(name)) => list(text, &|value| values(name, value)),
            Some(Type::Untold | Type::Unknown | Type::Builtin(_) | Type::Row) | None => {
                text.to_owned()
            }
        };
        let keep = |_: &Name| None;
        Self { node: Renamer { columns: &keep, enums: &keep, text: &text }.node(&self.node) }
    }
}

/// An array as PostgreSQL writes it, `{a,"b c"}`, with other names for its values.
fn list(text: &str, value: &dyn Fn(&str) -> Option<Name>) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (item, quoted) = match first {
            '"' => (quoted_item(rest), true),
            '{' | '}' | ',' => (&rest[..first.len_utf8()], false),
            c if c.is_ascii_whitespace() => (&rest[..c.len_utf8()], false),
            _ => (bare_item(rest), false),
        };
        rest = &rest[item.len()..];
        let says = unescaped(if quoted { item.trim_matches('"') } else { item });
        let is_null = !quoted && says.eq_ignore_ascii_case("null");
        match value(&says).filter(|_| !is_null) {
            Some(name) => done.push_str(&spelled(name.as_str())),
            None => done.push_str(item),
        }
    }
    done
}

/// Up to the quote that ends it.
fn quoted_item(text: &str) -> &str {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(text, |(at, _)| &text[..=at])
}

/// Up to what ends it, without the blanks before that.
fn bare_item(text: &str) -> &str {
    let mut escaped = false;
    let end = text.find(|c: char| {
        let ends = matches!(c, ',' | '}' | '{' | '"') && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(text, |at| &text[..at]).trim_end_matches(|c: char| c.is_ascii_whitespace())
}

fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut done = String::new();
    while let Some(c) = chars.next() {
        done.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    done
}

/// In quotes unless it is a plain word.
fn spelled(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if plain && !name.eq_ignore_ascii_case("null") {
        return name.to_owned();
    }
    let escape = |c: char| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c]);
    ["\"", &name.chars().flat_map(escape).collect::<String>(), "\""].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::column_type::ColumnType;
    use crate::expression::Place;
    use crate::model::{Enum, EnumValue};
    use crate::name::Id;

    const VALUES: [&str; 5] = ["open", "done", "a, b", "nu\\ll", "b \"c\""];

    fn with(text: &str, wanted: Option<&str>, values: NewValue<'_>) -> String {
        let value =
            |name: &&str| EnumValue { id: Id::new("v").unwrap(), name: Name::new(name).unwrap() };
        let state = Enum {
            id: Id::new("state").unwrap(),
            name: Name::new("state").unwrap(),
            values: VALUES.iter().map(value).collect(),
            description: None,
        };
        let read = |text: &str| ColumnType::parse(text, &|name| name == "state").unwrap();
        let [one, list, text_type] = ["state", "state[]", "text"].map(|it| read(it).column_type);
        let wanted = wanted.map(|wanted| read(wanted).column_type);
        let columns = match wanted {
            Some(_) => BTreeMap::new(),
            None => BTreeMap::from([
                ("one", Some(&one)),
                ("list", Some(&list)),
                ("note", Some(&text_type)),
            ]),
        };
        let place = if wanted.is_some() { Place::Default } else { Place::Check };
        let context = Context {
            place,
            columns,
            enums: BTreeMap::from([("state", Some(&state))]),
            wanted: wanted.as_ref(),
            method: None,
        };
        let expression = Expression::parse(text, &context).unwrap();
        expression.with_values(&context, values).to_string()
    }

    fn changed(text: &str, wanted: Option<&str>) -> String {
        with(text, wanted, &|of, value| {
            assert_eq!(of.as_str(), "state");
            let new = match value {
                "open" => "done",
                "done" => "open",
                "a, b" => "b \"c\"",
                _ => return None,
            };
            Name::new(new)
        })
    }

    #[test]
    fn constants_of_the_enum_are_renamed_and_texts_are_not() {
        let pairs = [
            ("one = 'open' AND note = 'open'", "one = 'done' AND note = 'open'"),
            ("one IN ('done', 'a, b')", "one IN ('open', 'b \"c\"')"),
            ("one::text = 'open'", "one::text = 'open'"),
            ("'open'::state = one", "'done'::state = one"),
            ("coalesce(one, 'open') = 'done'", "coalesce(one, 'done') = 'open'"),
            ("CASE one WHEN 'open' THEN true END", "CASE one WHEN 'done' THEN true END"),
            ("one BETWEEN 'open' AND 'done'", "one BETWEEN 'done' AND 'open'"),
            ("list = ARRAY['open']::state[]", "list = ARRAY['done']::state[]"),
            ("one = ANY ('{open}')", "one = ANY ('{done}')"),
        ];
        let printed = |text: &str| with(text, None, &|_, _| None);
        for (text, expected) in pairs {
            assert_eq!(changed(text, None), printed(expected), "{text}");
        }
    }

    #[test]
    fn a_default_is_what_its_column_is() {
        assert_eq!(changed("'open'", Some("state")), "'done'");
        assert_eq!(changed("'open'", Some("text")), "'open'");
        assert_eq!(changed("'{open}'", Some("state[]")), "'{done}'");
    }

    #[test]
    fn an_array_is_read_as_postgresql_reads_it() {
        let pairs = [
            ("{}", "{}"),
            ("{open, done ,NULL}", "{done, open ,NULL}"),
            ("{ {\"open\"},{\"a, b\"}}", "{ {done},{\"b \\\"c\\\"\"}}"),
            ("{a\\, b,\"nu\\\\ll\"}", "{\"b \\\"c\\\"\",\"nu\\\\ll\"}"),
        ];
        for (text, expected) in pairs {
            assert_eq!(
                changed(&["'", text, "'"].concat(), Some("state[]")),
                ["'", expected, "'"].concat()
            );
        }
    }
}
