//! The operator classes of PostgreSQL 15 for the types that columns may have, and those of four
//! extensions that come with it.

use super::{Input, OperatorClass};
use crate::column_type::Builtin as B;
use crate::model::IndexMethod;
use Input::{Array, ArrayOf, Enum, Multirange, Of, Range};

const fn class(
    method: IndexMethod,
    name: &'static str,
    input: Input,
    is_default: bool,
    operators: &'static [&'static str],
) -> OperatorClass {
    OperatorClass { method, name, input, is_default, operators, extension: None }
}

const fn from(extension: &'static str, class: OperatorClass) -> OperatorClass {
    OperatorClass { extension: Some(extension), ..class }
}

const EQUAL: &[&str] = &["="];
const NONE: &[&str] = &[];

/// Of the method `btree`.
pub(super) static BTREE: &[OperatorClass] = &[
    class(IndexMethod::BTree, "bool_ops", Of(&[B::Boolean]), true, EQUAL),
    class(IndexMethod::BTree, "bytea_ops", Of(&[B::Bytea]), true, EQUAL),
    class(IndexMethod::BTree, "int8_ops", Of(&[B::BigInt]), true, EQUAL),
    class(IndexMethod::BTree, "int2_ops", Of(&[B::SmallInt]), true, EQUAL),
    class(IndexMethod::BTree, "int4_ops", Of(&[B::Integer]), true, EQUAL),
    class(IndexMethod::BTree, "text_ops", Of(&[B::Text, B::Varchar]), true, EQUAL),
    class(IndexMethod::BTree, "text_pattern_ops", Of(&[B::Text, B::Varchar]), false, EQUAL),
    class(IndexMethod::BTree, "varchar_ops", Of(&[B::Text, B::Varchar]), false, EQUAL),
    class(IndexMethod::BTree, "varchar_pattern_ops", Of(&[B::Text, B::Varchar]), false, EQUAL),
    class(IndexMethod::BTree, "float4_ops", Of(&[B::Real]), true, EQUAL),
    class(IndexMethod::BTree, "float8_ops", Of(&[B::Double]), true, EQUAL),
    class(IndexMethod::BTree, "macaddr8_ops", Of(&[B::MacAddr8]), true, EQUAL),
    class(IndexMethod::BTree, "money_ops", Of(&[B::Money]), true, EQUAL),
    class(IndexMethod::BTree, "macaddr_ops", Of(&[B::MacAddr]), true, EQUAL),
    class(IndexMethod::BTree, "inet_ops", Of(&[B::Inet, B::Cidr]), true, EQUAL),
    class(IndexMethod::BTree, "cidr_ops", Of(&[B::Inet, B::Cidr]), false, EQUAL),
    class(IndexMethod::BTree, "bpchar_ops", Of(&[B::Char]), true, EQUAL),
    class(IndexMethod::BTree, "bpchar_pattern_ops", Of(&[B::Char]), false, EQUAL),
    class(IndexMethod::BTree, "date_ops", Of(&[B::Date]), true, EQUAL),
    class(IndexMethod::BTree, "time_ops", Of(&[B::Time]), true, EQUAL),
    class(IndexMethod::BTree, "timestamp_ops", Of(&[B::Timestamp]), true, EQUAL),
    class(IndexMethod::BTree, "timestamptz_ops", Of(&[B::TimestampTz]), true, EQUAL),
    class(IndexMethod::BTree, "interval_ops", Of(&[B::Interval]), true, EQUAL),
    class(IndexMethod::BTree, "timetz_ops", Of(&[B::TimeTz]), true, EQUAL),
    class(IndexMethod::BTree, "bit_ops", Of(&[B::Bit]), true, EQUAL),
    class(IndexMethod::BTree, "varbit_ops", Of(&[B::Varbit]), true, EQUAL),
    class(IndexMethod::BTree, "numeric_ops", Of(&[B::Numeric]), true, EQUAL),
    class(IndexMethod::BTree, "array_ops", Array, true, EQUAL),
    class(IndexMethod::BTree, "uuid_ops", Of(&[B::Uuid]), true, EQUAL),
    class(IndexMethod::BTree, "enum_ops", Enum, true, EQUAL),
    class(IndexMethod::BTree, "tsvector_ops", Of(&[B::TsVector]), true, EQUAL),
    class(IndexMethod::BTree, "tsquery_ops", Of(&[B::TsQuery]), true, EQUAL),
    class(IndexMethod::BTree, "jsonb_ops", Of(&[B::Jsonb]), true, EQUAL),
    class(IndexMethod::BTree, "range_ops", Range, true, EQUAL),
    class(IndexMethod::BTree, "multirange_ops", Multirange, true, EQUAL),
];

/// Of the method `hash`.
pub(super) static HASH: &[OperatorClass] = &[
    class(IndexMethod::Hash, "bool_ops", Of(&[B::Boolean]), true, EQUAL),
    class(IndexMethod::Hash, "bytea_ops", Of(&[B::Bytea]), true, EQUAL),
    class(IndexMethod::Hash, "int8_ops", Of(&[B::BigInt]), true, EQUAL),
    class(IndexMethod::Hash, "int2_ops", Of(&[B::SmallInt]), true, EQUAL),
    class(IndexMethod::Hash, "int4_ops", Of(&[B::Integer]), true, EQUAL),
    class(IndexMethod::Hash, "text_ops", Of(&[B::Text, B::Varchar]), true, EQUAL),
    class(IndexMethod::Hash, "text_pattern_ops", Of(&[B::Text, B::Varchar]), false, EQUAL),
    class(IndexMethod::Hash, "varchar_ops", Of(&[B::Text, B::Varchar]), false, EQUAL),
    class(IndexMethod::Hash, "varchar_pattern_ops", Of(&[B::Text, B::Varchar]), false, EQUAL),
    class(IndexMethod::Hash, "float4_ops", Of(&[B::Real]), true, EQUAL),
    class(IndexMethod::Hash, "float8_ops", Of(&[B::Double]), true, EQUAL),
    class(IndexMethod::Hash, "macaddr8_ops", Of(&[B::MacAddr8]), true, EQUAL),
    class(IndexMethod::Hash, "macaddr_ops", Of(&[B::MacAddr]), true, EQUAL),
    class(IndexMethod::Hash, "inet_ops", Of(&[B::Inet, B::Cidr]), true, EQUAL),
    class(IndexMethod::Hash, "cidr_ops", Of(&[B::Inet, B::Cidr]), false, EQUAL),
    class(IndexMethod::Hash, "bpchar_ops", Of(&[B::Char]), true, EQUAL),
    class(IndexMethod::Hash, "bpchar_pattern_ops", Of(&[B::Char]), false, EQUAL),
    class(IndexMethod::Hash, "date_ops", Of(&[B::Date]), true, EQUAL),
    class(IndexMethod::Hash, "time_ops", Of(&[B::Time]), true, EQUAL),
    class(IndexMethod::Hash, "timestamp_ops", Of(&[B::Timestamp]), true, EQUAL),
    class(IndexMethod::Hash, "timestamptz_ops", Of(&[B::TimestampTz]), true, EQUAL),
    class(IndexMethod::Hash, "interval_ops", Of(&[B::Interval]), true, EQUAL),
    class(IndexMethod::Hash, "timetz_ops", Of(&[B::TimeTz]), true, EQUAL),
    class(IndexMethod::Hash, "numeric_ops", Of(&[B::Numeric]), true, EQUAL),
    class(IndexMethod::Hash, "array_ops", Array, true, EQUAL),
    class(IndexMethod::Hash, "uuid_ops", Of(&[B::Uuid]), true, EQUAL),
    class(IndexMethod::Hash, "enum_ops", Enum, true, EQUAL),
    class(IndexMethod::Hash, "jsonb_ops", Of(&[B::Jsonb]), true, EQUAL),
    class(IndexMethod::Hash, "range_ops", Range, true, EQUAL),
    class(IndexMethod::Hash, "multirange_ops", Multirange, true, EQUAL),
];

/// Of the method `gin`.
pub(super) static GIN: &[OperatorClass] = &[
    class(IndexMethod::Gin, "array_ops", Array, true, NONE),
    class(IndexMethod::Gin, "tsvector_ops", Of(&[B::TsVector]), true, NONE),
    class(IndexMethod::Gin, "jsonb_ops", Of(&[B::Jsonb]), true, NONE),
    class(IndexMethod::Gin, "jsonb_path_ops", Of(&[B::Jsonb]), false, NONE),
    from("btree_gin", class(IndexMethod::Gin, "bool_ops", Of(&[B::Boolean]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "bytea_ops", Of(&[B::Bytea]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "int8_ops", Of(&[B::BigInt]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "int2_ops", Of(&[B::SmallInt]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "int4_ops", Of(&[B::Integer]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "text_ops", Of(&[B::Text, B::Varchar]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "cidr_ops", Of(&[B::Cidr]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "float4_ops", Of(&[B::Real]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "float8_ops", Of(&[B::Double]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "macaddr8_ops", Of(&[B::MacAddr8]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "money_ops", Of(&[B::Money]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "macaddr_ops", Of(&[B::MacAddr]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "inet_ops", Of(&[B::Inet, B::Cidr]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "bpchar_ops", Of(&[B::Char]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "varchar_ops", Of(&[B::Varchar]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "date_ops", Of(&[B::Date]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "time_ops", Of(&[B::Time]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "timestamp_ops", Of(&[B::Timestamp]), true, NONE)),
    from(
        "btree_gin",
        class(IndexMethod::Gin, "timestamptz_ops", Of(&[B::TimestampTz]), true, NONE),
    ),
    from("btree_gin", class(IndexMethod::Gin, "interval_ops", Of(&[B::Interval]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "timetz_ops", Of(&[B::TimeTz]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "bit_ops", Of(&[B::Bit]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "varbit_ops", Of(&[B::Varbit]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "numeric_ops", Of(&[B::Numeric]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "uuid_ops", Of(&[B::Uuid]), true, NONE)),
    from("btree_gin", class(IndexMethod::Gin, "enum_ops", Enum, true, NONE)),
    from(
        "pg_trgm",
        class(IndexMethod::Gin, "gin_trgm_ops", Of(&[B::Text, B::Varchar]), false, NONE),
    ),
    from("intarray", class(IndexMethod::Gin, "gin__int_ops", ArrayOf(B::Integer), false, NONE)),
];

/// Of the method `gist`.
pub(super) static GIST: &[OperatorClass] = &[
    class(IndexMethod::Gist, "point_ops", Of(&[B::Point]), true, &["~="]),
    class(IndexMethod::Gist, "box_ops", Of(&[B::Box]), true, &["&&", "~="]),
    class(IndexMethod::Gist, "poly_ops", Of(&[B::Polygon]), true, &["&&", "~="]),
    class(IndexMethod::Gist, "circle_ops", Of(&[B::Circle]), true, &["&&", "~="]),
    class(IndexMethod::Gist, "inet_ops", Of(&[B::Inet, B::Cidr]), false, &["&&", "<>", "="]),
    class(IndexMethod::Gist, "tsvector_ops", Of(&[B::TsVector]), true, NONE),
    class(IndexMethod::Gist, "tsquery_ops", Of(&[B::TsQuery]), true, NONE),
    class(IndexMethod::Gist, "range_ops", Range, true, &["&&", "-|-", "="]),
    class(IndexMethod::Gist, "multirange_ops", Multirange, true, &["&&", "-|-", "="]),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_bool_ops", Of(&[B::Boolean]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_bytea_ops", Of(&[B::Bytea]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_int8_ops", Of(&[B::BigInt]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_int2_ops", Of(&[B::SmallInt]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_int4_ops", Of(&[B::Integer]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_text_ops", Of(&[B::Text, B::Varchar]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_cidr_ops", Of(&[B::Cidr]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_float4_ops", Of(&[B::Real]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_float8_ops", Of(&[B::Double]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_macaddr8_ops", Of(&[B::MacAddr8]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_cash_ops", Of(&[B::Money]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_macaddr_ops", Of(&[B::MacAddr]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_inet_ops", Of(&[B::Inet, B::Cidr]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_bpchar_ops", Of(&[B::Char]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_date_ops", Of(&[B::Date]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_time_ops", Of(&[B::Time]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_timestamp_ops", Of(&[B::Timestamp]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_timestamptz_ops", Of(&[B::TimestampTz]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_interval_ops", Of(&[B::Interval]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_timetz_ops", Of(&[B::TimeTz]), true, &["<>", "="]),
    ),
    from("btree_gist", class(IndexMethod::Gist, "gist_bit_ops", Of(&[B::Bit]), true, &["<>", "="])),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_vbit_ops", Of(&[B::Varbit]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_numeric_ops", Of(&[B::Numeric]), true, &["<>", "="]),
    ),
    from(
        "btree_gist",
        class(IndexMethod::Gist, "gist_uuid_ops", Of(&[B::Uuid]), true, &["<>", "="]),
    ),
    from("btree_gist", class(IndexMethod::Gist, "gist_enum_ops", Enum, true, &["<>", "="])),
    from(
        "pg_trgm",
        class(IndexMethod::Gist, "gist_trgm_ops", Of(&[B::Text, B::Varchar]), false, EQUAL),
    ),
    from(
        "intarray",
        class(IndexMethod::Gist, "gist__int_ops", ArrayOf(B::Integer), false, &["&&"]),
    ),
    from(
        "intarray",
        class(IndexMethod::Gist, "gist__intbig_ops", ArrayOf(B::Integer), false, &["&&"]),
    ),
];

/// Of the method `spgist`.
pub(super) static SPGIST: &[OperatorClass] = &[
    class(IndexMethod::SpGist, "text_ops", Of(&[B::Text, B::Varchar]), true, EQUAL),
    class(IndexMethod::SpGist, "quad_point_ops", Of(&[B::Point]), true, &["~="]),
    class(IndexMethod::SpGist, "kd_point_ops", Of(&[B::Point]), false, &["~="]),
    class(IndexMethod::SpGist, "box_ops", Of(&[B::Box]), true, &["&&", "~="]),
    class(IndexMethod::SpGist, "poly_ops", Of(&[B::Polygon]), true, &["&&", "~="]),
    class(IndexMethod::SpGist, "inet_ops", Of(&[B::Inet, B::Cidr]), true, &["&&", "<>", "="]),
    class(IndexMethod::SpGist, "range_ops", Range, true, &["&&", "-|-", "="]),
];

/// Of the method `brin`.
pub(super) static BRIN: &[OperatorClass] = &[
    class(IndexMethod::Brin, "bytea_minmax_ops", Of(&[B::Bytea]), true, NONE),
    class(IndexMethod::Brin, "bytea_bloom_ops", Of(&[B::Bytea]), false, NONE),
    class(IndexMethod::Brin, "int8_minmax_ops", Of(&[B::BigInt]), true, NONE),
    class(IndexMethod::Brin, "int8_bloom_ops", Of(&[B::BigInt]), false, NONE),
    class(IndexMethod::Brin, "int8_minmax_multi_ops", Of(&[B::BigInt]), false, NONE),
    class(IndexMethod::Brin, "int2_minmax_ops", Of(&[B::SmallInt]), true, NONE),
    class(IndexMethod::Brin, "int2_bloom_ops", Of(&[B::SmallInt]), false, NONE),
    class(IndexMethod::Brin, "int2_minmax_multi_ops", Of(&[B::SmallInt]), false, NONE),
    class(IndexMethod::Brin, "int4_minmax_ops", Of(&[B::Integer]), true, NONE),
    class(IndexMethod::Brin, "int4_bloom_ops", Of(&[B::Integer]), false, NONE),
    class(IndexMethod::Brin, "int4_minmax_multi_ops", Of(&[B::Integer]), false, NONE),
    class(IndexMethod::Brin, "text_minmax_ops", Of(&[B::Text, B::Varchar]), true, NONE),
    class(IndexMethod::Brin, "text_bloom_ops", Of(&[B::Text, B::Varchar]), false, NONE),
    class(IndexMethod::Brin, "box_inclusion_ops", Of(&[B::Box]), true, NONE),
    class(IndexMethod::Brin, "float4_minmax_ops", Of(&[B::Real]), true, NONE),
    class(IndexMethod::Brin, "float4_bloom_ops", Of(&[B::Real]), false, NONE),
    class(IndexMethod::Brin, "float4_minmax_multi_ops", Of(&[B::Real]), false, NONE),
    class(IndexMethod::Brin, "float8_minmax_ops", Of(&[B::Double]), true, NONE),
    class(IndexMethod::Brin, "float8_bloom_ops", Of(&[B::Double]), false, NONE),
    class(IndexMethod::Brin, "float8_minmax_multi_ops", Of(&[B::Double]), false, NONE),
    class(IndexMethod::Brin, "macaddr8_minmax_ops", Of(&[B::MacAddr8]), true, NONE),
    class(IndexMethod::Brin, "macaddr8_bloom_ops", Of(&[B::MacAddr8]), false, NONE),
    class(IndexMethod::Brin, "macaddr8_minmax_multi_ops", Of(&[B::MacAddr8]), false, NONE),
    class(IndexMethod::Brin, "macaddr_minmax_ops", Of(&[B::MacAddr]), true, NONE),
    class(IndexMethod::Brin, "macaddr_bloom_ops", Of(&[B::MacAddr]), false, NONE),
    class(IndexMethod::Brin, "macaddr_minmax_multi_ops", Of(&[B::MacAddr]), false, NONE),
    class(IndexMethod::Brin, "inet_inclusion_ops", Of(&[B::Inet, B::Cidr]), true, NONE),
    class(IndexMethod::Brin, "inet_bloom_ops", Of(&[B::Inet, B::Cidr]), false, NONE),
    class(IndexMethod::Brin, "inet_minmax_multi_ops", Of(&[B::Inet, B::Cidr]), false, NONE),
    class(IndexMethod::Brin, "inet_minmax_ops", Of(&[B::Inet, B::Cidr]), false, NONE),
    class(IndexMethod::Brin, "bpchar_minmax_ops", Of(&[B::Char]), true, NONE),
    class(IndexMethod::Brin, "bpchar_bloom_ops", Of(&[B::Char]), false, NONE),
    class(IndexMethod::Brin, "date_minmax_ops", Of(&[B::Date]), true, NONE),
    class(IndexMethod::Brin, "date_bloom_ops", Of(&[B::Date]), false, NONE),
    class(IndexMethod::Brin, "date_minmax_multi_ops", Of(&[B::Date]), false, NONE),
    class(IndexMethod::Brin, "time_minmax_ops", Of(&[B::Time]), true, NONE),
    class(IndexMethod::Brin, "time_bloom_ops", Of(&[B::Time]), false, NONE),
    class(IndexMethod::Brin, "time_minmax_multi_ops", Of(&[B::Time]), false, NONE),
    class(IndexMethod::Brin, "timestamp_minmax_ops", Of(&[B::Timestamp]), true, NONE),
    class(IndexMethod::Brin, "timestamp_bloom_ops", Of(&[B::Timestamp]), false, NONE),
    class(IndexMethod::Brin, "timestamp_minmax_multi_ops", Of(&[B::Timestamp]), false, NONE),
    class(IndexMethod::Brin, "timestamptz_minmax_ops", Of(&[B::TimestampTz]), true, NONE),
    class(IndexMethod::Brin, "timestamptz_bloom_ops", Of(&[B::TimestampTz]), false, NONE),
    class(IndexMethod::Brin, "timestamptz_minmax_multi_ops", Of(&[B::TimestampTz]), false, NONE),
    class(IndexMethod::Brin, "interval_minmax_ops", Of(&[B::Interval]), true, NONE),
    class(IndexMethod::Brin, "interval_bloom_ops", Of(&[B::Interval]), false, NONE),
    class(IndexMethod::Brin, "interval_minmax_multi_ops", Of(&[B::Interval]), false, NONE),
    class(IndexMethod::Brin, "timetz_minmax_ops", Of(&[B::TimeTz]), true, NONE),
    class(IndexMethod::Brin, "timetz_bloom_ops", Of(&[B::TimeTz]), false, NONE),
    class(IndexMethod::Brin, "timetz_minmax_multi_ops", Of(&[B::TimeTz]), false, NONE),
    class(IndexMethod::Brin, "bit_minmax_ops", Of(&[B::Bit]), true, NONE),
    class(IndexMethod::Brin, "varbit_minmax_ops", Of(&[B::Varbit]), true, NONE),
    class(IndexMethod::Brin, "numeric_minmax_ops", Of(&[B::Numeric]), true, NONE),
    class(IndexMethod::Brin, "numeric_bloom_ops", Of(&[B::Numeric]), false, NONE),
    class(IndexMethod::Brin, "numeric_minmax_multi_ops", Of(&[B::Numeric]), false, NONE),
    class(IndexMethod::Brin, "uuid_minmax_ops", Of(&[B::Uuid]), true, NONE),
    class(IndexMethod::Brin, "uuid_bloom_ops", Of(&[B::Uuid]), false, NONE),
    class(IndexMethod::Brin, "uuid_minmax_multi_ops", Of(&[B::Uuid]), false, NONE),
    class(IndexMethod::Brin, "range_inclusion_ops", Range, true, NONE),
];
