//! What passes the wall, how it is written back, and what does not pass.

use super::*;

fn context(place: Place) -> Context<'static> {
    let columns: &[&str] = match place {
        Place::Default => &[],
        Place::Check | Place::Generated | Place::IndexKey | Place::Predicate => {
            &["total", "status", "a", "b", "tags", "data", "placed_on", "Odd Name"]
        }
    };
    let columns = columns.iter().map(|name| (*name, None)).collect();
    Context { place, columns, enums: [("order_status", None)].into(), wanted: None, method: None }
}

fn written(place: Place, text: &str) -> String {
    match Expression::parse(text, &context(place)) {
        Ok(expression) => expression.to_string(),
        Err(error) => format!("{}: {}", error.code, error.message),
    }
}

#[test]
fn expressions_are_written_back_in_one_spelling() {
    for (text, kept) in [
        ("total >= 0 or STATUS = 'draft'", "total >= 0 OR status = 'draft'"),
        ("((total) > (0))", "total > 0"),
        ("not (a = 1 and b = 2)", "NOT (a = 1 AND b = 2)"),
        ("a - (b - 1) - 2", "a - (b - 1) - 2"),
        ("- - 1 < a", "-(-1) < a"),
        ("(a is null) <> (b is null)", "(a IS NULL) <> (b IS NULL)"),
        ("status in ('a','b''c')", "status IN ('a', 'b''c')"),
        (
            "(status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
            "status::text = ANY (ARRAY['a'::varchar, 'b'::varchar]::text[])",
        ),
        (
            "a between 1 and 2 and b not between symmetric 1 and 2",
            "a BETWEEN 1 AND 2 AND b NOT BETWEEN SYMMETRIC 1 AND 2",
        ),
        (
            "status between ('a' collate \"C\") and 'b' collate \"C\"",
            "status BETWEEN ('a' COLLATE \"C\") AND 'b' COLLATE \"C\"",
        ),
        ("extract(year from placed_on)::int = 1", "EXTRACT(year FROM placed_on)::integer = 1"),
        (
            "CASE WHEN a > 1 THEN 'x' ELSE 'y' END = status",
            "CASE WHEN a > 1 THEN 'x' ELSE 'y' END = status",
        ),
        ("data -> 'k' ->> 'l' ~* E'\\\\d'", "data -> 'k' ->> 'l' ~* '\\d'"),
        ("\"Odd Name\" is not true", "\"Odd Name\" IS NOT TRUE"),
        ("tags[1] = 'x'", "tags[1] = 'x'"),
        (
            "(placed_on at time zone 'utc') is not distinct from now()",
            "placed_on AT TIME ZONE 'utc' IS NOT DISTINCT FROM now()",
        ),
        (
            "substring(status from 1 for 2) = trim(both ' ' from status)",
            "substring(status, 1, 2) = btrim(status, ' ')",
        ),
        ("substring(status for 2) = 'x'", "substring(status, 1, 2::integer) = 'x'"),
        ("position('x' in status) > 0", "position('x' IN status) > 0"),
        // As PostgreSQL writes them itself.
        ("\"position\"(status, 'x') > 0", "position('x' IN status) > 0"),
        ("concat_ws(status, VARIADIC ARRAY['a', 'b']) = ''", "concat_ws(status, 'a', 'b') = ''"),
        ("status ~ similar_to_escape('a%')", "status ~ similar_to_escape('a%')"),
        ("tags[1:2] = tags[:2]", "tags[1 : 2] = tags[ : 2]"),
        (
            "tags[a:] = tags[:] and tags[1:2][3:a::int] is null",
            "tags[a : ] = tags[ : ] AND tags[1 : 2][3 : a::integer] IS NULL",
        ),
        (
            "to_tsvector(cast('pg_catalog.english' as regconfig), status) is null",
            "to_tsvector('english'::regconfig, status) IS NULL",
        ),
        ("(tags)[1] = (array[b])[1]", "tags[1] = (ARRAY[b])[1]"),
        ("setweight(data, 'A'::\"char\") is null", "setweight(data, 'A') IS NULL"),
        ("status COLLATE \"C\" < 'b'", "status COLLATE \"C\" < 'b'"),
        ("placed_on > date '2020-01-01'", "placed_on > '2020-01-01'::date"),
        ("status like 'a!%' escape '!'", "status LIKE 'a!%' ESCAPE '!'"),
    ] {
        assert_eq!(written(Place::Check, text), kept, "{text}");
        assert_eq!(written(Place::Check, kept), kept, "written twice: {text}");
    }
}

#[test]
fn defaults_take_ids_and_clocks() {
    for (text, kept) in [
        ("uuid_generate_v4()", "gen_random_uuid()"),
        ("NOW()", "now()"),
        ("CURRENT_DATE", "CURRENT_DATE"),
        ("'{}'::jsonb", "'{}'::jsonb"),
        ("'draft'::order_status", "'draft'::order_status"),
        ("-1", "-1"),
        ("now() + interval '1 day'", "now() + '1 day'::interval"),
        ("'{}'::text[]", "'{}'::text[]"),
    ] {
        assert_eq!(written(Place::Default, text), kept, "{text}");
    }
}

#[test]
fn postgresql_gets_names_in_full() {
    let namespace = Ident::new("tenant_1__crm").unwrap();
    let parsed = |text| Expression::parse(text, &context(Place::Check)).unwrap();
    let sql = |text| parsed(text).fragment(&namespace).as_str().to_owned();
    assert_eq!(sql("lower(status) = 'a\\b'"), r#"pg_catalog."lower"("status") = E'a\\b'"#);
    assert_eq!(
        sql("status::order_status is null"),
        r#""status"::"tenant_1__crm"."order_status" IS NULL"#
    );
    assert_eq!(sql("coalesce(a, b) > 0"), r#"COALESCE("a", "b") > 0"#);
    assert_eq!(
        sql("status = any ((array['a'::varchar, 'b'::varchar])::text[])"),
        r#""status" = ANY (ARRAY['a'::varchar, 'b'::varchar]::varchar[]::text[])"#
    );
    let parsed = |text| Expression::parse(text, &context(Place::Default)).unwrap();
    let default = |text| parsed(text).bounded_fragment(&namespace).as_str().to_owned();
    assert_eq!(default("now()"), r#"pg_catalog."now"()"#);
    assert_eq!(default("1 + 2"), "1 + 2");
    assert_eq!(default("not true"), "(NOT TRUE)");
    assert_eq!(default("'a' collate \"C\" || 'b'"), r#"('a' COLLATE "C" || 'b')"#);
    assert_eq!(default("now() at time zone 'utc'"), r#"(pg_catalog."now"() AT TIME ZONE 'utc')"#);
}

#[test]
fn what_is_not_known_is_refused_with_its_reason() {
    for (place, text, code) in [
        (Place::Check, "total >", "expression_syntax"),
        (Place::Check, "(select 1) = 1", "subquery_not_allowed"),
        (Place::Check, "a in (select 1)", "subquery_not_allowed"),
        (Place::Check, "exists(select 1)", "subquery_not_allowed"),
        (Place::Check, "pg_sleep(10) is null", "function_not_allowed"),
        (Place::Check, "pg_read_file('/etc/passwd') = ''", "function_not_allowed"),
        (Place::Check, "lo_import('x') > 0", "function_not_allowed"),
        (Place::Check, "total > 0; drop table x", "expression_not_allowed"),
        (Place::Check, "total > 0 -- x", "expression_not_allowed"),
        (Place::Check, "total > /* x */ 0", "expression_not_allowed"),
        (Place::Check, "total > $1", "expression_not_allowed"),
        (Place::Check, "status = $$x$$", "expression_not_allowed"),
        (Place::Check, "status = U&'x'", "expression_not_allowed"),
        (Place::Check, "other.total > 0", "expression_not_allowed"),
        (Place::Check, "public.f(total) > 0", "expression_not_allowed"),
        (Place::Check, "totals > 0", "unknown_column"),
        (Place::Check, "'x'::regclass is null", "unknown_type"),
        (
            Place::Check,
            "to_tsvector('public.english'::regconfig, a) is null",
            "unknown_configuration",
        ),
        (Place::Check, "status::regconfig is null", "unknown_type"),
        (Place::Check, "'E'::\"char\" is null", "unknown_type"),
        (Place::Check, "tags[1:2:3] is null", "expression_syntax"),
        (Place::Check, "tags[] is null", "expression_syntax"),
        (Place::Check, "(tags[1:2])[1] is null", "expression_not_allowed"),
        (Place::Check, "((tags[1]))[1:2] is null", "expression_not_allowed"),
        (Place::Check, "substring(status) = ''", "expression_syntax"),
        (Place::Check, "concat(variadic tags) = ''", "expression_not_allowed"),
        (Place::Check, "concat(variadic array['a'], 'b') = ''", "expression_syntax"),
        (Place::Check, "substring(status from for 2) = ''", "expression_syntax"),
        (Place::Check, "substring(status, 1 for 2) = ''", "expression_syntax"),
        (Place::Check, "a OPERATOR(pg_catalog.=) b", "expression_syntax"),
        (Place::Check, "gen_random_uuid() is null", "function_not_allowed"),
        (Place::Check, "a @@@ b", "unknown_operator"),
        (Place::Check, "status collate \"evil\" = ''", "unknown_collation"),
        (Place::Check, "lower(status, a) = ''", "wrong_arguments"),
        (Place::Check, "a < b < 1", "expression_syntax"),
        (Place::Check, "user = status", "function_not_allowed"),
        (Place::Default, "CURRENT_USER", "function_not_allowed"),
        (Place::Default, "total", "column_not_allowed"),
        (Place::Default, "nextval('x')", "function_not_allowed"),
        (Place::Generated, "now()", "function_not_allowed"),
        (Place::IndexKey, "CURRENT_DATE", "function_not_allowed"),
        (Place::Default, "", "expression_syntax"),
    ] {
        let answer = written(place, text);
        assert!(answer.starts_with(&format!("{code}:")), "{text} gave {answer}");
    }
}

#[test]
fn depth_and_length_are_bounded_before_anything_overflows() {
    let nested = format!("{}1{} = 1", "(".repeat(4_000), ")".repeat(4_000));
    assert!(written(Place::Check, &nested).starts_with("expression_too_deep"));
    assert!(written(Place::Check, &"(".repeat(100_000)).starts_with("expression_too_long"));
    let chain = vec!["a = 1"; 1_000].join(" OR ");
    assert!(written(Place::Check, &chain).starts_with("expression_too_long"));
    assert!(written(Place::Check, &"-".repeat(100)).starts_with("expression_not_allowed"));
    assert!(written(Place::Check, &"- ".repeat(100)).starts_with("expression_too_deep"));
}
