//! PostgreSQL's types that are safe to hand out.
//!
//! Left out on purpose: types that reach into the catalog (`regclass` and its kin, `oid`, `name`),
//! pseudo-types, and the server's own bookkeeping (`pg_lsn`, `xid8`, snapshots).

use std::sync::LazyLock;

use foldhash::HashMap;

/// What a type's numbers in brackets mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ModifierRule {
    /// None may be given.
    None,
    /// A length from 1 to the given maximum.
    Length(u32),
    /// Digits of a second, 0 to 6.
    SecondDigits,
    /// `(precision)` or `(precision, scale)`.
    Numeric,
}

/// A broad kind, for choosing an editor, a comparison, a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// `true` and `false`.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Exact fractions.
    Decimal,
    /// Inexact fractions.
    Float,
    /// Characters.
    Text,
    /// Bytes and bits.
    Binary,
    /// Dates, times and spans.
    Time,
    /// `uuid`.
    Uuid,
    /// `json`, `jsonb`, `jsonpath`, `xml`.
    Document,
    /// Ranges and multiranges.
    Range,
    /// Network addresses.
    Network,
    /// Points, lines, shapes.
    Geometry,
    /// `tsvector`, `tsquery`.
    TextSearch,
}

macro_rules! builtins {
    ($($variant:ident $name:literal $sql:literal $after:literal $rule:expr, $family:ident, [$($alias:literal),*];)*) => {
        /// A type of PostgreSQL that a column may have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is PostgreSQL's type of that name")]
        pub enum Builtin { $($variant),* }

        impl Builtin {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The one spelling that documents keep.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// How SQL spells it: before and after the modifiers.
            pub(super) fn sql_name(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($sql, $after)),* }
            }

            /// What numbers in brackets mean.
            pub(super) fn modifier_rule(self) -> ModifierRule {
                match self { $(Self::$variant => $rule),* }
            }

            /// The broad kind.
            pub fn family(self) -> Family {
                match self { $(Self::$variant => Family::$family),* }
            }

            /// The type a lower-case spelling stands for.
            pub(super) fn spelled(spelling: &str) -> Option<Self> {
                static SPELLED: LazyLock<HashMap<&str, Builtin>> = LazyLock::new(|| {
                    HashMap::from_iter([$(($name, Builtin::$variant) $(, ($alias, Builtin::$variant))*),*])
                });
                SPELLED.get(spelling).copied()
            }

            /// The other spellings that are read.
            pub fn aliases(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($alias),*]),* }
            }

            /// Every spelling, for "did you mean".
            pub(super) const SPELLINGS: &'static [&'static str] = &[$($name $(, $alias)*),*];
        }
    };
}

/// PostgreSQL's own limit of `varchar(n)` and `char(n)`.
const MAX_CHARS: u32 = 10_485_760;
/// PostgreSQL's own limit of `bit(n)`.
const MAX_BITS: u32 = 83_886_080;

use ModifierRule::{Length, None as Plain, Numeric, SecondDigits};

builtins! {
    Boolean "boolean" "boolean" "" Plain, Boolean, ["bool"];
    SmallInt "smallint" "smallint" "" Plain, Integer, ["int2"];
    Integer "integer" "integer" "" Plain, Integer, ["int", "int4"];
    BigInt "bigint" "bigint" "" Plain, Integer, ["int8"];
    Numeric "numeric" "numeric" "" Numeric, Decimal, ["decimal", "dec"];
    Money "money" "money" "" Plain, Decimal, [];
    Real "real" "real" "" Plain, Float, ["float4"];
    Double "double precision" "double precision" "" Plain, Float, ["float8", "float", "double"];
    Text "text" "text" "" Plain, Text, ["string"];
    Varchar "varchar" "varchar" "" Length(MAX_CHARS), Text, ["character varying", "char varying", "nvarchar"];
    Char "char" "bpchar" "" Length(MAX_CHARS), Text, ["character", "bpchar", "nchar"];
    Bytea "bytea" "bytea" "" Plain, Binary, ["blob"];
    Bit "bit" "bit" "" Length(MAX_BITS), Binary, [];
    Varbit "varbit" "varbit" "" Length(MAX_BITS), Binary, ["bit varying"];
    Date "date" "date" "" Plain, Time, [];
    Time "time" "time" "" SecondDigits, Time, ["time without time zone"];
    TimeTz "timetz" "time" " with time zone" SecondDigits, Time, ["time with time zone"];
    Timestamp "timestamp" "timestamp" "" SecondDigits, Time, ["timestamp without time zone", "datetime"];
    TimestampTz "timestamptz" "timestamp" " with time zone" SecondDigits, Time, ["timestamp with time zone"];
    Interval "interval" "interval" "" SecondDigits, Time, [];
    Uuid "uuid" "uuid" "" Plain, Uuid, [];
    Json "json" "json" "" Plain, Document, [];
    Jsonb "jsonb" "jsonb" "" Plain, Document, [];
    JsonPath "jsonpath" "jsonpath" "" Plain, Document, [];
    Xml "xml" "xml" "" Plain, Document, [];
    Inet "inet" "inet" "" Plain, Network, [];
    Cidr "cidr" "cidr" "" Plain, Network, [];
    MacAddr "macaddr" "macaddr" "" Plain, Network, [];
    MacAddr8 "macaddr8" "macaddr8" "" Plain, Network, [];
    Point "point" "point" "" Plain, Geometry, [];
    Line "line" "line" "" Plain, Geometry, [];
    Lseg "lseg" "lseg" "" Plain, Geometry, [];
    Box "box" "box" "" Plain, Geometry, [];
    Path "path" "path" "" Plain, Geometry, [];
    Polygon "polygon" "polygon" "" Plain, Geometry, [];
    Circle "circle" "circle" "" Plain, Geometry, [];
    TsVector "tsvector" "tsvector" "" Plain, TextSearch, [];
    TsQuery "tsquery" "tsquery" "" Plain, TextSearch, [];
    Int4Range "int4range" "int4range" "" Plain, Range, [];
    Int8Range "int8range" "int8range" "" Plain, Range, [];
    NumRange "numrange" "numrange" "" Plain, Range, [];
    DateRange "daterange" "daterange" "" Plain, Range, [];
    TsRange "tsrange" "tsrange" "" Plain, Range, [];
    TsTzRange "tstzrange" "tstzrange" "" Plain, Range, [];
    Int4Multirange "int4multirange" "int4multirange" "" Plain, Range, [];
    Int8Multirange "int8multirange" "int8multirange" "" Plain, Range, [];
    NumMultirange "nummultirange" "nummultirange" "" Plain, Range, [];
    DateMultirange "datemultirange" "datemultirange" "" Plain, Range, [];
    TsMultirange "tsmultirange" "tsmultirange" "" Plain, Range, [];
    TsTzMultirange "tstzmultirange" "tstzmultirange" "" Plain, Range, [];
}

impl Builtin {
    /// What the numbers in brackets after its name mean, when it takes any.
    pub fn brackets(self) -> Option<String> {
        match self.modifier_rule() {
            Plain => None,
            Length(most) => Some(format!("a length, 1 to {most}")),
            SecondDigits => Some("digits of a second, 0 to 6".to_owned()),
            Numeric => Some("digits, 1 to 1000, and how many stand after the point".to_owned()),
        }
    }

    /// Whether it has a default B-tree operator class.
    pub fn is_ordered(self) -> bool {
        match self.family() {
            Family::Geometry => false,
            Family::Document => self == Self::Jsonb,
            Family::Boolean
            | Family::Integer
            | Family::Decimal
            | Family::Float
            | Family::Text
            | Family::Binary
            | Family::Time
            | Family::Uuid
            | Family::Range
            | Family::Network
            | Family::TextSearch => true,
        }
    }

    /// Whether it is a set of ranges.
    pub fn is_multirange(self) -> bool {
        matches!(
            self,
            Self::Int4Multirange
                | Self::Int8Multirange
                | Self::NumMultirange
                | Self::DateMultirange
                | Self::TsMultirange
                | Self::TsTzMultirange
        )
    }
}
