//! Expressions that fit their place: of a wanted sort, over the columns there are.

use std::sync::LazyLock;

use crate::choices::Choices;
use crate::columns::Column;
use crate::names;
use crate::types::Sort;

/// How deep expressions go.
const MAX_DEPTH: usize = 3;

/// Where an expression stands.
pub(crate) struct Place<'a> {
    /// The columns it may read.
    pub(crate) columns: &'a [Column],
    /// Whether it may depend on the clock and on settings.
    pub(crate) stable: bool,
    /// Whether texts come from columns alone: PostgreSQL 15 computes what is constant in a
    /// generated column before it knows its collation, and stumbles over it.
    pub(crate) texts_of_columns: bool,
}

impl<'a> Place<'a> {
    /// In a check over these columns.
    pub(crate) fn of_check(columns: &'a [Column]) -> Self {
        Self { columns, stable: true, texts_of_columns: false }
    }

    /// In an index over these columns.
    pub(crate) fn of_index(columns: &'a [Column]) -> Self {
        Self { columns, stable: false, texts_of_columns: false }
    }

    /// An expression of this sort.
    pub(crate) fn of(&self, choices: &mut Choices, sort: Sort) -> String {
        self.deep(choices, sort, MAX_DEPTH)
    }

    fn deep(&self, choices: &mut Choices, sort: Sort, depth: usize) -> String {
        if depth == 0 || !choices.percent(60) {
            return self.leaf(choices, sort);
        }
        let fits = |form: &&Form| form.sort == sort && (self.stable || !form.stable);
        let forms: Vec<&Form> = FORMS.iter().filter(fits).collect();
        match choices.one(&forms) {
            Some(form) => self.filled(choices, form.text, depth - 1),
            None => self.leaf(choices, sort),
        }
    }

    /// A form with its places filled: `{w}` by a whole number, and so on.
    fn filled(&self, choices: &mut Choices, form: &str, depth: usize) -> String {
        let mut text = String::new();
        let mut rest = form;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((letter, tail)) = after.split_once('}') else { break };
            match (sort_of(letter), sort_of(&letter.to_lowercase())) {
                (Some(sort), _) => text.extend(["(", &self.deep(choices, sort, depth), ")"]),
                (None, Some(sort)) => text.extend(["(", &self.column(choices, sort), ")"]),
                // Braces of a constant.
                (None, None) => text.extend(["{", letter, "}"]),
            }
            rest = tail;
        }
        text.push_str(rest);
        text
    }

    /// A column, or NULL when none is of the sort: constants of some forms would be refused, for
    /// PostgreSQL computes what is constant at once.
    fn column(&self, choices: &mut Choices, sort: Sort) -> String {
        let fitting: Vec<&Column> =
            self.columns.iter().filter(|column| column.data_type.sort == sort).collect();
        match choices.one(&fitting) {
            Some(column) => names::quoted(&column.name),
            None => ["NULL::", type_of(sort)].concat(),
        }
    }

    /// A column or a constant.
    fn leaf(&self, choices: &mut Choices, sort: Sort) -> String {
        let fitting: Vec<&Column> =
            self.columns.iter().filter(|column| column.data_type.sort == sort).collect();
        match choices.one(&fitting) {
            Some(column) if self.texts_of_columns && [Sort::Text, Sort::Texts].contains(&sort) => {
                names::quoted(&column.name)
            }
            None if self.texts_of_columns && sort == Sort::Texts => {
                ["string_to_array(", &self.leaf(choices, Sort::Text), ", ',')"].concat()
            }
            Some(column) if !choices.percent(20) => names::quoted(&column.name),
            _ => choices.pick(constants(sort)).to_owned(),
        }
    }

    /// A condition on the rows.
    pub(crate) fn condition(&self, choices: &mut Choices) -> String {
        match choices.one(self.columns) {
            Some(column) if choices.percent(30) => about(choices, column),
            _ => self.of(choices, Sort::Truth),
        }
    }
}

/// A condition on one column, of whatever type.
fn about(choices: &mut Choices, column: &Column) -> String {
    let name = names::quoted(&column.name);
    let constant = choices.one(&column.data_type.constants).cloned().unwrap_or_default();
    let comparable = column.is_ordered() && constant.starts_with('\'');
    match choices.below(4) {
        0 => [&name, " IS NOT NULL"].concat(),
        1 if comparable => [&name, " = ", &constant].concat(),
        2 if comparable => [&name, " IN (", &constant, ", ", &constant, ")"].concat(),
        3 if comparable => [&constant, " IS DISTINCT FROM ", &name].concat(),
        _ => ["NOT (", &name, " IS NULL)"].concat(),
    }
}

fn sort_of(letter: &str) -> Option<Sort> {
    Some(match letter {
        "w" => Sort::Whole,
        "f" => Sort::Fraction,
        "t" => Sort::Text,
        "b" => Sort::Truth,
        "d" => Sort::Day,
        "m" => Sort::Moment,
        "z" => Sort::MomentWithZone,
        "s" => Sort::Span,
        "j" => Sort::Json,
        "a" => Sort::Texts,
        "u" => Sort::Uuid,
        "y" => Sort::Bytes,
        _ => return None,
    })
}

/// The type that stands for a sort.
fn type_of(sort: Sort) -> &'static str {
    match sort {
        Sort::Whole => "integer",
        Sort::Fraction => "numeric",
        Sort::Text | Sort::Other => "text",
        Sort::Truth => "boolean",
        Sort::Day => "date",
        Sort::Moment => "timestamp",
        Sort::MomentWithZone => "timestamptz",
        Sort::Span => "interval",
        Sort::Json => "jsonb",
        Sort::Texts => "text[]",
        Sort::Uuid => "uuid",
        Sort::Bytes => "bytea",
    }
}

fn constants(sort: Sort) -> &'static [&'static str] {
    match sort {
        Sort::Whole => &["1", "0", "-7", "'5'::integer", "+3"],
        Sort::Fraction => &["1.5", "-0.25", "1e3", "'2.50'::numeric(5,2)"],
        Sort::Text => &["'x'::text", "''::text", "'it''s'::text", "E'a\\\\b\\n'::text"],
        Sort::Truth => &["TRUE", "FALSE", "NULL::boolean", "'yes'::bool"],
        Sort::Day => &["'2026-01-31'::date", "date '2000-02-29'", "make_date(2026, 1, 31)"],
        Sort::Moment => &["'2026-01-31 18:30'::timestamp", "timestamp '2026-01-31'"],
        Sort::MomentWithZone => &["'2026-01-31 18:30+00'::timestamptz"],
        Sort::Span => &["'1 day'::interval", "interval '2 hours'", "'P1Y'::interval(2)"],
        Sort::Json => &["'{\"a\": [1]}'::jsonb", "'[]'::jsonb", "jsonb 'null'"],
        Sort::Texts => &["ARRAY['a', 'b']::text[]", "'{}'::text[]", "'{\"a,b\",NULL}'::text[]"],
        Sort::Uuid => &["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid"],
        Sort::Bytes => &["'\\x00ff'::bytea", "decode('aa', 'hex')"],
        Sort::Other => &["NULL"],
    }
}

/// A way to make a value.
struct Form {
    sort: Sort,
    /// Whether it depends on the clock or on settings.
    stable: bool,
    text: &'static str,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let lines = include_str!("expressions/forms.txt").lines();
    let form = |line: &'static str| {
        let (head, text) = line.split_once(' ')?;
        let sort = sort_of(head.get(..1)?)?;
        Some(Form { sort, stable: head.ends_with('!'), text })
    };
    lines.filter_map(form).collect()
});
