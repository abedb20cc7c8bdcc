//! What fits together and what does not. PostgreSQL 15 and 18 answer the same for each line.

use std::collections::BTreeMap;

use crate::column_type::ColumnType;
use crate::expression::{Context, Expression, Place};
use crate::model::IndexMethod;

/// Columns named after their types.
const COLUMNS: [&str; 16] = [
    "text",
    "varchar(20)",
    "integer",
    "bigint",
    "numeric(12,2)",
    "boolean",
    "date",
    "timestamp",
    "timestamptz",
    "interval",
    "jsonb",
    "text[]",
    "uuid",
    "int4range",
    "point",
    "mood",
];

/// `text[]` is called `text_array`, `varchar(20)` is called `c_varchar`.
fn name(spelling: &str) -> String {
    let bare = spelling.split('(').next().unwrap_or_default();
    match bare.strip_suffix("[]") {
        Some(element) => format!("{element}_array"),
        None => format!("c_{bare}"),
    }
}

fn type_of(spelling: &str) -> ColumnType {
    ColumnType::parse(spelling, &|name| name == "mood").unwrap().column_type
}

/// The type of an expression, or the code and message of its refusal.
fn found(place: Place, text: &str, wanted: Option<&str>, method: Option<IndexMethod>) -> String {
    let columns: BTreeMap<String, ColumnType> =
        COLUMNS.iter().map(|spelling| (name(spelling), type_of(spelling))).collect();
    let wanted = wanted.map(type_of);
    let context = Context {
        place,
        columns: columns.iter().map(|(name, known)| (name.as_str(), Some(known))).collect(),
        enums: [("mood", None)].into(),
        wanted: wanted.as_ref(),
        method,
    };
    match Expression::parse(text, &context) {
        Ok(read) => read.type_in(&context).unwrap().to_string(),
        Err(error) => error.code.to_owned(),
    }
}

#[test]
fn each_part_has_the_type_that_postgresql_gives_it() {
    for (text, wanted) in [
        ("1", "integer"),
        ("-2147483648", "integer"),
        ("2147483648", "bigint"),
        ("9223372036854775808", "numeric"),
        ("1.5", "numeric"),
        ("c_integer / 2", "integer"),
        ("c_integer * 1.5", "numeric"),
        ("c_integer + c_bigint", "bigint"),
        ("c_date - c_date", "integer"),
        ("c_date + c_interval", "timestamp"),
        ("c_timestamptz - c_timestamptz", "interval"),
        ("c_timestamptz AT TIME ZONE 'UTC'", "timestamp"),
        ("extract(epoch from c_timestamp)", "numeric"),
        ("c_varchar || 'x'", "text"),
        ("c_integer || c_text", "text"),
        ("text_array || 'x'::text", "text[]"),
        ("text_array[1]", "text"),
        ("text_array[1:2][1]", "text[]"),
        ("c_jsonb -> 'a' ->> 1", "text"),
        ("c_jsonb['a']['b']", "jsonb"),
        ("c_point[0]", "double precision"),
        ("coalesce(c_integer, c_numeric)", "numeric"),
        ("nullif(c_integer, c_numeric)", "numeric"),
        ("nullif(c_varchar, 'x')", "text"),
        ("CASE WHEN c_boolean THEN c_integer ELSE 1.5 END", "numeric"),
        ("ARRAY[c_integer, c_bigint]", "bigint[]"),
        ("ARRAY[1, '2']::text[]", "text[]"),
        ("lower(c_varchar)", "text"),
        ("lower(c_int4range)", "integer"),
        ("date_trunc('day', c_timestamptz)", "timestamptz"),
        ("round(c_numeric, 1)", "numeric"),
        ("round(c_integer)", "double precision"),
        ("c_mood = 'fine'", "boolean"),
        ("c_mood::text", "text"),
        ("c_integer = ANY ('{1,2}')", "boolean"),
        ("(c_integer, c_text) = (1, 'x')", "boolean"),
        ("array_append(text_array, 'x')", "text[]"),
        ("num_nonnulls(c_integer, c_text)", "integer"),
        ("to_jsonb(c_text)", "jsonb"),
        ("c_jsonb ? 'a'", "boolean"),
    ] {
        assert_eq!(found(Place::Default, text, None, None), wanted, "{text}");
    }
}

#[test]
fn what_does_not_fit_together_is_refused() {
    for (text, code) in [
        ("c_integer = c_text", "operator_not_found"),
        ("c_text > 1", "operator_not_found"),
        ("c_mood > c_text", "operator_not_found"),
        ("c_jsonb ~ 'x'", "operator_not_found"),
        ("c_integer LIKE 'x'", "operator_not_found"),
        ("c_uuid IN (1)", "operator_not_found"),
        ("c_integer BETWEEN 1 AND c_date", "operator_not_found"),
        ("c_text::date < c_integer", "operator_not_found"),
        ("lower(c_integer) = 'x'", "function_not_found"),
        ("extract(year from c_text) = 1", "function_not_found"),
        ("c_date::integer = 1", "cast_not_found"),
        ("c_uuid::integer = 1", "cast_not_found"),
        ("c_integer AND TRUE", "expression_type"),
        ("NOT c_text", "expression_type"),
        ("c_integer IS TRUE", "expression_type"),
        ("coalesce(c_integer, c_text) IS NULL", "expression_type"),
        ("CASE WHEN c_boolean THEN 1 ELSE c_text END IS NULL", "expression_type"),
        ("ARRAY[1, c_text] IS NULL", "expression_type"),
        ("ARRAY[] IS NULL", "expression_type"),
        ("c_integer[1] IS NULL", "expression_type"),
        ("text_array[c_date] IS NULL", "expression_type"),
        ("c_integer = ANY (c_integer)", "expression_type"),
        ("c_integer COLLATE \"C\" > 1", "expression_type"),
        ("(c_integer, 1) = (1, 2, 3)", "expression_type"),
        ("c_integer = 'x'", "invalid_constant"),
        ("c_boolean = 'maybe'", "invalid_constant"),
        ("c_date > '2026-02-30'", "invalid_constant"),
        ("c_uuid = 'x'", "invalid_constant"),
        ("c_jsonb = '{a}'", "invalid_constant"),
        ("text_array = 'x'", "invalid_constant"),
        ("'1 2'::integer = 1", "invalid_constant"),
        ("to_tsvector('klingon', c_text) IS NULL", "unknown_configuration"),
        ("c_integer", "check_not_boolean"),
        ("lower(c_text)", "check_not_boolean"),
    ] {
        assert_eq!(found(Place::Check, text, None, None), code, "{text}");
    }
}

#[test]
fn a_value_fits_its_column() {
    for (place, wanted, text, answer) in [
        (Place::Default, "integer", "'7'", "text"),
        (Place::Default, "integer", "'seven'", "default_type"),
        (Place::Default, "integer", "1.5", "numeric"),
        (Place::Default, "integer", "TRUE", "default_type"),
        (Place::Default, "varchar(9)", "now()", "timestamptz"),
        (Place::Default, "date", "now()", "timestamptz"),
        (Place::Default, "uuid", "now()", "default_type"),
        (Place::Default, "uuid", "gen_random_uuid()", "uuid"),
        (Place::Default, "text[]", "ARRAY[]", "expression_type"),
        (Place::Default, "text[]", "'{}'", "text"),
        (Place::Generated, "integer", "c_integer * 2", "integer"),
        (Place::Generated, "boolean", "c_integer * 2", "generated_type"),
        (Place::Generated, "text", "c_integer", "integer"),
        (Place::Generated, "text", "c_mood", "not_immutable"),
    ] {
        assert_eq!(found(place, text, Some(wanted), None), answer, "{wanted}: {text}");
    }
}

#[test]
fn an_index_depends_on_its_row_alone() {
    for (text, answer) in [
        ("date_trunc('day', c_timestamp)", "timestamp"),
        ("date_trunc('day', c_timestamptz)", "not_immutable"),
        ("date_trunc('day', c_timestamptz AT TIME ZONE 'UTC')", "timestamp"),
        ("c_timestamptz::date", "not_immutable"),
        ("c_text::date", "not_immutable"),
        ("'2026-01-31'::date", "date"),
        ("c_date = c_timestamptz", "not_immutable"),
        ("c_mood::text", "not_immutable"),
        ("c_text || c_integer", "text"),
        ("c_text || c_date", "not_immutable"),
        ("to_tsvector('english', c_text)", "tsvector"),
        ("to_tsvector(c_text)", "not_immutable"),
        ("extract(year from c_timestamptz)", "not_immutable"),
        ("now()", "function_not_allowed"),
    ] {
        assert_eq!(found(Place::IndexKey, text, None, None), answer, "{text}");
    }
}

#[test]
fn an_index_takes_the_type_of_its_key() {
    for (method, text, answer) in [
        (IndexMethod::BTree, "lower(c_text)", "text"),
        (IndexMethod::BTree, "c_point[0:1]", "index_type"),
        (IndexMethod::BTree, "c_jsonb -> 'a'", "jsonb"),
        (IndexMethod::Gin, "c_jsonb -> 'a'", "jsonb"),
        (IndexMethod::Gin, "lower(c_text)", "index_type"),
        (IndexMethod::Gin, "text_array || 'x'::text", "text[]"),
        (IndexMethod::Gist, "to_tsvector('simple', c_text)", "tsvector"),
        (IndexMethod::Gist, "c_integer + 1", "index_type"),
    ] {
        assert_eq!(found(Place::IndexKey, text, None, Some(method)), answer, "{text}");
    }
}
