//! Types of columns: all of them, with modifiers, as arrays, and the enums of the document.

use crate::choices::Choices;
use crate::names;

/// What an expression may do with values of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Whole,
    Fraction,
    Text,
    Truth,
    Day,
    Moment,
    MomentWithZone,
    Span,
    Json,
    Texts,
    Uuid,
    Bytes,
    /// Nothing but being there and being constant.
    Other,
}

/// A type with what a column of it may be given.
struct Kind {
    spelled: &'static [&'static str],
    sort: Sort,
    /// Constants that it reads.
    constants: &'static [&'static str],
}

const fn kind(
    spelled: &'static [&'static str],
    sort: Sort,
    constants: &'static [&'static str],
) -> Kind {
    Kind { spelled, sort, constants }
}

/// Every type of PostgreSQL that documents take.
static KINDS: &[Kind] = &[
    kind(&["integer", "int4", "INT"], Sort::Whole, &["0", "-7", "'5'", "2147483647"]),
    kind(&["text", "string"], Sort::Text, &["'x'", "''", "'it''s'", "E'a\\\\b\\n'", "5"]),
    kind(&["boolean", "bool"], Sort::Truth, &["true", "FALSE", "'yes'"]),
    kind(&["smallint", "int2"], Sort::Whole, &["1", "'-32768'"]),
    kind(&["bigint", "int8"], Sort::Whole, &["9223372036854775807", "-9223372036854775808"]),
    kind(
        &["numeric", "numeric(12,2)", "decimal(5)", "numeric(1000,1000)", "dec"],
        Sort::Fraction,
        &["0.50", "'NaN'", "1e-3", "-1", "12.5::numeric(12,2)"],
    ),
    kind(&["money"], Sort::Other, &["'12.50'", "12::money"]),
    kind(&["real", "float(24)"], Sort::Fraction, &["1.5", "'Infinity'", "'-0'"]),
    kind(&["double precision", "float8", "float"], Sort::Fraction, &["1e300", "'NaN'", "-2"]),
    kind(
        &["varchar(40)", "varchar", "character varying(1)", "nvarchar(10485760)"],
        Sort::Text,
        &["'x'", "'x'::varchar(40)", "'longer than one'"],
    ),
    kind(&["char(3)", "char", "bpchar", "character(12)"], Sort::Text, &["'abc'", "'a'::char(2)"]),
    kind(&["bytea", "blob"], Sort::Bytes, &["'\\x00ff'", "decode('aa', 'hex')"]),
    kind(&["bit"], Sort::Other, &["'1'", "'0'::bit"]),
    kind(&["bit(5)"], Sort::Other, &["'10101'"]),
    kind(&["varbit", "bit varying(7)"], Sort::Other, &["'101'", "''"]),
    kind(&["date"], Sort::Day, &["CURRENT_DATE", "'2026-01-31'", "'infinity'", "now()"]),
    kind(&["time", "time(3)", "time without time zone"], Sort::Other, &["'18:30'", "LOCALTIME"]),
    kind(&["timetz", "time(0) with time zone"], Sort::Other, &["'18:30+02'", "CURRENT_TIME"]),
    kind(
        &["timestamp", "timestamp(3)", "datetime"],
        Sort::Moment,
        &["LOCALTIMESTAMP", "'2026-01-31 18:30'", "now()"],
    ),
    kind(
        &["timestamptz", "timestamptz(6)", "timestamp(0) with time zone"],
        Sort::MomentWithZone,
        &["now()", "CURRENT_TIMESTAMP", "'2026-01-31 18:30+00'", "clock_timestamp()"],
    ),
    kind(&["interval", "interval(2)"], Sort::Span, &["'1 day'", "'P1Y2M'", "make_interval(1)"]),
    kind(
        &["uuid"],
        Sort::Uuid,
        &["gen_random_uuid()", "uuid_generate_v4()", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"],
    ),
    kind(&["json"], Sort::Other, &["'{}'", "'[1, \"a\"]'", "to_json('x'::text)"]),
    kind(&["jsonb"], Sort::Json, &["'{}'", "'{\"a\": [1, null]}'", "jsonb_build_object('a', 1)"]),
    kind(&["jsonpath"], Sort::Other, &["'$.a'"]),
    kind(&["xml"], Sort::Other, &["'<a/>'"]),
    kind(&["inet"], Sort::Other, &["'10.0.0.1/8'", "'::1'"]),
    kind(&["cidr"], Sort::Other, &["'10.0.0.0/8'"]),
    kind(&["macaddr"], Sort::Other, &["'08:00:2b:01:02:03'"]),
    kind(&["macaddr8"], Sort::Other, &["'08:00:2b:01:02:03:04:05'"]),
    kind(&["point"], Sort::Other, &["'(1,2)'"]),
    kind(&["line"], Sort::Other, &["'{1,2,3}'"]),
    kind(&["lseg"], Sort::Other, &["'[(1,2),(3,4)]'"]),
    kind(&["box"], Sort::Other, &["'(1,2),(3,4)'"]),
    kind(&["path"], Sort::Other, &["'[(1,2),(3,4)]'"]),
    kind(&["polygon"], Sort::Other, &["'((1,2),(3,4),(5,6))'"]),
    kind(&["circle"], Sort::Other, &["'<(1,2),3>'"]),
    kind(&["tsvector"], Sort::Other, &["'a b'", "to_tsvector('english', 'cats')"]),
    kind(&["tsquery"], Sort::Other, &["'a & b'", "plainto_tsquery('simple', 'cats')"]),
    kind(&["int4range"], Sort::Other, &["'[1,5)'", "'empty'", "int4range(1, 5)"]),
    kind(&["int8range"], Sort::Other, &["'(,5]'", "int8range(1, 5, '[]')"]),
    kind(&["numrange"], Sort::Other, &["'[1.5,2.5]'", "numrange(1, 5)"]),
    kind(&["daterange"], Sort::Other, &["'[2026-01-01,2026-02-01)'"]),
    kind(&["tsrange"], Sort::Other, &["'empty'", "tsrange(NULL, LOCALTIMESTAMP)"]),
    kind(&["tstzrange"], Sort::Other, &["'empty'", "tstzrange(now(), NULL)"]),
    kind(&["int4multirange"], Sort::Other, &["'{[1,5)}'", "'{}'"]),
    kind(&["int8multirange"], Sort::Other, &["'{}'"]),
    kind(&["nummultirange"], Sort::Other, &["'{}'"]),
    kind(&["datemultirange"], Sort::Other, &["'{}'"]),
    kind(&["tsmultirange"], Sort::Other, &["'{}'"]),
    kind(&["tstzmultirange"], Sort::Other, &["'{}'"]),
];

/// The type of a column.
#[derive(Clone, Debug)]
pub(crate) struct ColumnType {
    /// As the document spells it.
    pub(crate) spelled: String,
    pub(crate) sort: Sort,
    /// Constants that it reads, as expressions.
    pub(crate) constants: Vec<String>,
    /// Whether it is made of an enum.
    pub(crate) of_enum: bool,
}

/// An enum of the document.
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
}

/// Any type.
pub(crate) fn any(choices: &mut Choices, enums: &[Enum]) -> ColumnType {
    let array = choices.percent(12);
    let plain = match choices.percent(15).then(|| choices.one(enums)).flatten() {
        Some(item) => of_enum(choices, item),
        None => {
            // The first few are what most columns are.
            let among = if choices.percent(50) { KINDS.len() } else { 3 };
            let kind = &KINDS[choices.below(among)];
            builtin(choices, kind)
        }
    };
    if array { array_of(choices, &plain) } else { plain }
}

fn builtin(choices: &mut Choices, kind: &Kind) -> ColumnType {
    ColumnType {
        spelled: choices.pick(kind.spelled).to_owned(),
        sort: kind.sort,
        constants: kind.constants.iter().map(|text| (*text).to_owned()).collect(),
        of_enum: false,
    }
}

/// The plain type of this spelling.
pub(crate) fn named(spelled: &str) -> ColumnType {
    let kind = KINDS.iter().find(|kind| kind.spelled.contains(&spelled));
    let kind = kind.expect("the generator names types of its own list");
    ColumnType { spelled: spelled.to_owned(), ..builtin(&mut Choices::new(Vec::new()), kind) }
}

fn of_enum(choices: &mut Choices, item: &Enum) -> ColumnType {
    let value = choices.one(&item.values).expect("an enum has values");
    ColumnType {
        spelled: names::quoted(&item.name),
        sort: Sort::Other,
        constants: vec![names::constant(value)],
        of_enum: true,
    }
}

fn array_of(choices: &mut Choices, element: &ColumnType) -> ColumnType {
    let suffix = choices.pick(&["[]", " ARRAY", "[3]", "[][]"]);
    ColumnType {
        spelled: [&element.spelled, suffix].concat(),
        sort: if element.spelled == "text" { Sort::Texts } else { Sort::Other },
        constants: vec!["'{}'".to_owned(), ["'{NULL}'::", &element.spelled, "[]"].concat()],
        of_enum: element.of_enum,
    }
}
