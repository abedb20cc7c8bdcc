//! The functions an expression may call. What is not listed is refused.

use std::sync::LazyLock;

use foldhash::HashMap;

/// What a function's result depends on, in PostgreSQL's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Volatility {
    /// On its arguments alone.
    #[default]
    Immutable,
    /// On its arguments, the transaction's clock and the session's settings.
    Stable,
    /// On each call anew. Only makers of ids and readers of the clock are listed.
    Volatile,
}

/// A function of PostgreSQL that an expression may call.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Function {
    /// Its name in `pg_catalog`, or its keyword.
    pub name: &'static str,
    /// The fewest arguments.
    pub min: usize,
    /// The most arguments.
    pub max: usize,
    /// What its result depends on, by its most dependable overload: which one is meant is known
    /// only once the arguments have types.
    pub volatility: Volatility,
    /// Part of the grammar (COALESCE …), so it takes no qualifier.
    pub keyword: bool,
}

/// The most arguments of one call that are looked at (PostgreSQL's own limit is 100).
pub const MANY: usize = 100;

use Volatility::{Immutable, Stable, Volatile};

const fn f(name: &'static str, min: usize, max: usize, volatility: Volatility) -> Function {
    Function { name, min, max, volatility, keyword: false }
}

const fn keyword(name: &'static str, min: usize, max: usize) -> Function {
    Function { name, min, max, volatility: Immutable, keyword: true }
}

/// Functions that belong together.
#[derive(Debug)]
pub struct Group {
    /// What they work on.
    pub title: &'static str,
    /// The functions.
    pub functions: &'static [Function],
}

/// The list, grouped as PostgreSQL's manual groups it.
pub static GROUPS: &[Group] = &[
    Group {
        title: "Part of the grammar",
        functions: &[
            keyword("coalesce", 1, MANY),
            keyword("nullif", 2, 2),
            keyword("greatest", 1, MANY),
            keyword("least", 1, MANY),
        ],
    },
    Group {
        title: "Ids and clocks",
        functions: &[
            f("gen_random_uuid", 0, 0, Volatile),
            f("clock_timestamp", 0, 0, Volatile),
            f("now", 0, 0, Stable),
            f("statement_timestamp", 0, 0, Stable),
            f("transaction_timestamp", 0, 0, Stable),
        ],
    },
    Group {
        title: "Text",
        functions: &[
            f("lower", 1, 1, Immutable),
            f("upper", 1, 1, Immutable),
            f("initcap", 1, 1, Immutable),
            f("length", 1, 2, Immutable),
            f("char_length", 1, 1, Immutable),
            f("character_length", 1, 1, Immutable),
            f("octet_length", 1, 1, Immutable),
            f("bit_length", 1, 1, Immutable),
            f("btrim", 1, 2, Immutable),
            f("ltrim", 1, 2, Immutable),
            f("rtrim", 1, 2, Immutable),
            f("lpad", 2, 3, Immutable),
            f("rpad", 2, 3, Immutable),
            f("left", 2, 2, Immutable),
            f("right", 2, 2, Immutable),
            f("substr", 2, 3, Immutable),
            f("substring", 2, 3, Immutable),
            f("position", 2, 2, Immutable),
            f("strpos", 2, 2, Immutable),
            f("starts_with", 2, 2, Immutable),
            // As PostgreSQL writes the pattern of LIKE … ESCAPE and of SIMILAR TO.
            f("like_escape", 2, 2, Immutable),
            f("similar_to_escape", 1, 2, Immutable),
            f("replace", 3, 3, Immutable),
            f("translate", 3, 3, Immutable),
            f("reverse", 1, 1, Immutable),
            f("ascii", 1, 1, Immutable),
            f("chr", 1, 1, Immutable),
            f("split_part", 3, 3, Immutable),
            f("string_to_array", 2, 3, Immutable),
            f("array_to_string", 2, 3, Stable),
            f("regexp_replace", 3, 6, Immutable),
            f("regexp_match", 2, 3, Immutable),
            f("regexp_like", 2, 3, Immutable),
            f("regexp_count", 2, 4, Immutable),
            f("regexp_substr", 2, 6, Immutable),
            f("regexp_split_to_array", 2, 3, Immutable),
            f("concat", 1, MANY, Stable),
            f("concat_ws", 2, MANY, Stable),
            f("format", 1, MANY, Stable),
            f("to_hex", 1, 1, Immutable),
            f("quote_literal", 1, 1, Immutable),
            f("md5", 1, 1, Immutable),
            f("sha256", 1, 1, Immutable),
            f("sha512", 1, 1, Immutable),
            f("encode", 2, 2, Immutable),
            f("decode", 2, 2, Immutable),
            f("convert_to", 2, 2, Immutable),
            f("convert_from", 2, 2, Immutable),
            f("normalize", 1, 1, Immutable),
        ],
    },
    Group {
        title: "Numbers",
        functions: &[
            f("abs", 1, 1, Immutable),
            f("ceil", 1, 1, Immutable),
            f("ceiling", 1, 1, Immutable),
            f("floor", 1, 1, Immutable),
            f("round", 1, 2, Immutable),
            f("trunc", 1, 2, Immutable),
            f("sign", 1, 1, Immutable),
            f("mod", 2, 2, Immutable),
            f("div", 2, 2, Immutable),
            f("power", 2, 2, Immutable),
            f("sqrt", 1, 1, Immutable),
            f("cbrt", 1, 1, Immutable),
            f("exp", 1, 1, Immutable),
            f("ln", 1, 1, Immutable),
            f("log", 1, 2, Immutable),
            f("log10", 1, 1, Immutable),
            f("degrees", 1, 1, Immutable),
            f("radians", 1, 1, Immutable),
            f("sin", 1, 1, Immutable),
            f("cos", 1, 1, Immutable),
            f("tan", 1, 1, Immutable),
            f("asin", 1, 1, Immutable),
            f("acos", 1, 1, Immutable),
            f("atan", 1, 1, Immutable),
            f("atan2", 2, 2, Immutable),
            f("pi", 0, 0, Immutable),
            f("gcd", 2, 2, Immutable),
            f("lcm", 2, 2, Immutable),
            f("width_bucket", 2, 4, Immutable),
            f("num_nonnulls", 1, MANY, Immutable),
            f("num_nulls", 1, MANY, Immutable),
        ],
    },
    Group {
        title: "Times",
        functions: &[
            f("date_part", 2, 2, Immutable),
            f("date_trunc", 2, 3, Immutable),
            f("date_bin", 3, 3, Immutable),
            f("date", 1, 1, Immutable),
            f("age", 1, 2, Immutable),
            f("timezone", 2, 2, Immutable),
            f("make_date", 3, 3, Immutable),
            f("make_time", 3, 3, Immutable),
            f("make_timestamp", 6, 6, Immutable),
            f("make_interval", 0, 7, Immutable),
            f("justify_days", 1, 1, Immutable),
            f("justify_hours", 1, 1, Immutable),
            f("isfinite", 1, 1, Immutable),
            f("to_timestamp", 1, 2, Immutable),
            f("to_date", 2, 2, Stable),
            f("to_char", 2, 2, Stable),
            f("to_number", 2, 2, Stable),
        ],
    },
    Group {
        title: "Arrays",
        functions: &[
            f("array_length", 2, 2, Immutable),
            f("array_ndims", 1, 1, Immutable),
            f("array_lower", 2, 2, Immutable),
            f("array_upper", 2, 2, Immutable),
            f("array_position", 2, 3, Immutable),
            f("array_append", 2, 2, Immutable),
            f("array_prepend", 2, 2, Immutable),
            f("array_cat", 2, 2, Immutable),
            f("array_remove", 2, 2, Immutable),
            f("array_replace", 3, 3, Immutable),
            f("cardinality", 1, 1, Immutable),
        ],
    },
    Group {
        title: "JSON",
        functions: &[
            f("json_typeof", 1, 1, Immutable),
            f("jsonb_typeof", 1, 1, Immutable),
            f("json_array_length", 1, 1, Immutable),
            f("jsonb_array_length", 1, 1, Immutable),
            f("json_extract_path", 2, MANY, Immutable),
            f("jsonb_extract_path", 2, MANY, Immutable),
            f("json_extract_path_text", 2, MANY, Immutable),
            f("jsonb_extract_path_text", 2, MANY, Immutable),
            f("jsonb_build_object", 0, MANY, Stable),
            f("jsonb_build_array", 0, MANY, Stable),
            f("json_build_object", 0, MANY, Stable),
            f("json_build_array", 0, MANY, Stable),
            f("to_json", 1, 1, Stable),
            f("to_jsonb", 1, 1, Stable),
            f("jsonb_strip_nulls", 1, 1, Immutable),
            f("jsonb_set", 3, 4, Immutable),
            f("jsonb_path_exists", 2, 4, Immutable),
        ],
    },
    Group {
        title: "Ranges",
        functions: &[
            f("int4range", 2, 3, Immutable),
            f("int8range", 2, 3, Immutable),
            f("numrange", 2, 3, Immutable),
            f("daterange", 2, 3, Immutable),
            f("tsrange", 2, 3, Immutable),
            f("tstzrange", 2, 3, Immutable),
            f("isempty", 1, 1, Immutable),
            f("lower_inc", 1, 1, Immutable),
            f("upper_inc", 1, 1, Immutable),
            f("lower_inf", 1, 1, Immutable),
            f("upper_inf", 1, 1, Immutable),
            f("range_merge", 1, 2, Immutable),
        ],
    },
    Group {
        title: "Network addresses",
        functions: &[
            f("family", 1, 1, Immutable),
            f("host", 1, 1, Immutable),
            f("masklen", 1, 1, Immutable),
            f("network", 1, 1, Immutable),
            f("set_masklen", 2, 2, Immutable),
            f("broadcast", 1, 1, Immutable),
            f("netmask", 1, 1, Immutable),
        ],
    },
    Group {
        title: "Text search",
        functions: &[
            f("to_tsvector", 1, 2, Immutable),
            f("to_tsquery", 1, 2, Immutable),
            f("plainto_tsquery", 1, 2, Immutable),
            f("phraseto_tsquery", 1, 2, Immutable),
            f("websearch_to_tsquery", 1, 2, Immutable),
            f("json_to_tsvector", 2, 3, Immutable),
            f("jsonb_to_tsvector", 2, 3, Immutable),
            f("setweight", 2, 3, Immutable),
            f("tsvector_to_array", 1, 1, Immutable),
            f("array_to_tsvector", 1, 1, Immutable),
            f("numnode", 1, 1, Immutable),
        ],
    },
];

/// Every listed function.
fn listed() -> impl Iterator<Item = &'static Function> {
    GROUPS.iter().flat_map(|group| group.functions)
}

/// Other names for listed functions. `uuid_generate_v4` lives in an extension that a database may
/// not have; `gen_random_uuid` does the same and is always there.
pub static ALIASES: &[(&str, &str)] =
    &[("uuid_generate_v4", "gen_random_uuid"), ("pow", "power"), ("trim", "btrim")];

/// Names people try that are refused for a reason worth telling.
pub static REFUSED: &[(&str, &str)] = &[
    ("nextval", "sequences are made by `identity`, which also grants the right to use them"),
    ("currval", "sequences are made by `identity`, which also grants the right to use them"),
    ("setval", "sequences are made by `identity`, which also grants the right to use them"),
    ("random", "a value that differs at each call cannot be checked or repeated"),
    ("current_setting", "settings of the session are not part of the data"),
    ("set_config", "settings of the session cannot be changed by data"),
    ("pg_sleep", "it would hold the connection"),
    ("pg_backend_pid", "the connection is not part of the data"),
    ("pg_read_file", "files of the server are out of reach"),
    ("pg_read_binary_file", "files of the server are out of reach"),
    ("pg_ls_dir", "files of the server are out of reach"),
    ("pg_stat_file", "files of the server are out of reach"),
    ("lo_import", "files of the server are out of reach"),
    ("lo_export", "files of the server are out of reach"),
    ("query_to_xml", "it runs a statement of its own"),
    ("dblink", "it runs a statement of its own"),
    ("xmlparse", "XML may name files and addresses of its own"),
    ("generate_series", "it returns a set of rows"),
    ("unnest", "it returns a set of rows"),
];

/// The listed function of this name (lower case).
pub(super) fn find(name: &str) -> Option<&'static Function> {
    static BY_NAME: LazyLock<HashMap<&str, &Function>> = LazyLock::new(|| {
        let mut named: HashMap<_, _> = listed().map(|function| (function.name, function)).collect();
        for (alias, target) in ALIASES {
            let function = named.get(target).expect("an alias stands for a listed function");
            named.insert(alias, function);
        }
        named
    });
    BY_NAME.get(name).copied()
}

/// Why a well-known function is left out, where there is more to say than that it is not listed.
pub(super) fn reason_refused(name: &str) -> Option<&'static str> {
    REFUSED.iter().find(|(refused, _)| *refused == name).map(|(_, reason)| *reason)
}

/// Every name, for "did you mean".
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    listed().map(|function| function.name)
}
