//! Valid documents of all shapes.

use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};
use serde_json::{Map, Value, json};

/// A type, and defaults, checks and computations that fit a column of it called `{c}`.
struct Kind {
    name: &'static str,
    defaults: &'static [&'static str],
    checks: &'static [&'static str],
    ordered: bool,
}

const KINDS: [Kind; 12] = [
    Kind {
        name: "integer",
        defaults: &["0", "-7", "1 + 2 * 3"],
        checks: &[
            "{c} > 0",
            "{c} BETWEEN 1 AND 9",
            "{c} IN (1, 2, 3)",
            "{c} % 2 = 0 OR {c} IS NULL",
        ],
        ordered: true,
    },
    Kind {
        name: "bigint",
        defaults: &["9223372036854775807"],
        checks: &["abs({c}) < 100"],
        ordered: true,
    },
    Kind {
        name: "numeric(12,2)",
        defaults: &["0.50", "12.5::numeric(12,2)"],
        checks: &["{c} >= 0 AND ({c} < 10 OR {c} > 20)", "round({c}, 1) <> 1.5"],
        ordered: true,
    },
    Kind {
        name: "text",
        defaults: &["'it''s'", "''", "E'back\\\\slash'"],
        checks: &[
            "length({c}) > 1",
            "{c} ~ '^a'",
            "{c} LIKE 'x%'",
            "NOT {c} ILIKE '%y'",
            "CASE WHEN {c} = 'a' THEN true ELSE {c} <> 'b' END",
            "coalesce({c}, 'z') = ANY (ARRAY['a', 'z'])",
        ],
        ordered: true,
    },
    Kind {
        name: "varchar(40)",
        defaults: &["'x'::varchar(40)"],
        checks: &["char_length({c}) <= 40", "lower({c}) = {c}", "trim({c}) <> ''"],
        ordered: true,
    },
    Kind {
        name: "boolean",
        defaults: &["true", "false"],
        checks: &["{c} IS NOT FALSE", "{c} OR {c} IS NULL"],
        ordered: true,
    },
    Kind {
        name: "timestamptz",
        defaults: &["now()", "CURRENT_TIMESTAMP", "'2026-01-01 00:00+00'::timestamptz"],
        checks: &["{c} > '2000-01-01'::timestamptz"],
        ordered: true,
    },
    Kind {
        name: "date",
        defaults: &["CURRENT_DATE", "'2026-01-01'::date"],
        checks: &["extract(year from {c}) > 1999", "{c} <> '2000-01-01'::date"],
        ordered: true,
    },
    Kind {
        name: "uuid",
        defaults: &["gen_random_uuid()"],
        checks: &["{c} IS DISTINCT FROM '00000000-0000-0000-0000-000000000000'::uuid"],
        ordered: true,
    },
    Kind {
        name: "jsonb",
        defaults: &["'{}'::jsonb"],
        checks: &["{c} ? 'a' OR ({c} ->> 'b') IS NULL", "jsonb_typeof({c}) = 'object'"],
        ordered: true,
    },
    Kind {
        name: "text[]",
        defaults: &["'{}'::text[]", "ARRAY['a', 'b']"],
        checks: &["cardinality({c}) < 5", "{c} && ARRAY['a']"],
        ordered: true,
    },
    Kind { name: "char(3)", defaults: &["'abc'"], checks: &["{c} <> 'xyz'"], ordered: true },
];

/// Plain names and such as need quotes.
const NAMES: [&str; 6] = ["plain", "Mixed Case", "select", "quo\"te", "späße", "a.b;c"];

#[derive(Clone, Debug)]
struct Column {
    kind: usize,
    name: usize,
    not_null: bool,
    unique: bool,
    default: Option<Pick>,
    check: Option<Pick>,
    described: bool,
}

#[derive(Clone, Debug)]
struct Table {
    columns: Vec<Column>,
    identity: Option<bool>,
    index: Option<(Pick, bool, bool, bool)>,
    /// Which table it refers to, and how.
    reference: Option<(Pick, &'static str, &'static str)>,
    touch: bool,
    many: Option<Pick>,
}

fn column() -> impl Strategy<Value = Column> {
    (
        (0..KINDS.len(), 0..NAMES.len(), any::<bool>(), prop::bool::weighted(0.2)),
        (any::<Option<Pick>>(), any::<Option<Pick>>(), any::<bool>()),
    )
        .prop_map(|((kind, name, not_null, unique), (default, check, described))| Column {
            kind,
            name,
            not_null,
            unique,
            default,
            check,
            described,
        })
}

fn table() -> impl Strategy<Value = Table> {
    let action = || select(vec!["noAction", "restrict", "cascade"]);
    (
        prop::collection::vec(column(), 0..6),
        any::<Option<bool>>(),
        any::<Option<(Pick, bool, bool, bool)>>(),
        prop::option::of((
            any::<Pick>(),
            action(),
            select(vec!["no", "initiallyImmediate", "initiallyDeferred"]),
        )),
        any::<bool>(),
        prop::option::weighted(0.3, any::<Pick>()),
    )
        .prop_map(|(columns, identity, index, reference, touch, many)| Table {
            columns,
            identity,
            index,
            reference,
            touch,
            many,
        })
}

/// A document that its check accepts.
pub(crate) fn document() -> impl Strategy<Value = Value> {
    prop::collection::vec(table(), 1..5).prop_map(|tables| {
        let mut relationships = Vec::new();
        for (position, table) in tables.iter().enumerate() {
            if let Some((pick, action, deferrable)) = &table.reference {
                let to = pick.index(tables.len());
                relationships.push(json!({
                    "from": { "table": name(position), "columns": ["ref"] },
                    "to": { "table": name(to) },
                    "onDelete": action, "deferrable": deferrable,
                }));
            }
            if let Some(pick) = &table.many {
                let to = pick.index(tables.len());
                relationships.push(json!({
                    "name": format!("many {position}"), "type": "manyToMany",
                    "from": { "table": name(position) }, "to": { "table": name(to) },
                    "through": format!("through_{position}"),
                }));
            }
        }
        let list: Vec<Value> =
            tables.iter().enumerate().map(|(position, table)| written(position, table)).collect();
        json!({
            "enums": [{ "name": "Odd mood", "values": ["sad", "it's ok", "a, b"], "description": "How\nit is" }],
            "tables": list,
            "relationships": relationships,
        })
    })
}

fn name(position: usize) -> String {
    format!("{} {position}", NAMES[position % NAMES.len()])
}

fn written(position: usize, table: &Table) -> Value {
    let mut id = json!({ "name": "id", "type": "bigint", "primaryKey": true });
    if let Some(always) = table.identity {
        id["identity"] = Value::from(if always { "always" } else { "byDefault" });
    }
    let mut columns = vec![id];
    columns.extend(table.columns.iter().enumerate().map(|(at, column)| column_json(at, column)));
    columns.push(json!({ "name": "ref", "type": "bigint" }));
    columns.push(json!({ "name": "twice", "type": "bigint", "generated": "ref * 2" }));
    columns.push(json!({ "name": "mood", "type": "\"Odd mood\"", "default": "'it''s ok'" }));
    columns.push(json!({ "name": "touched", "type": "timestamptz" }));
    let mut object = Map::new();
    object.insert("name".into(), name(position).into());
    object.insert("columns".into(), columns.into());
    if let Some((pick, unique, descending, partial)) = &table.index {
        let ordered: Vec<String> = (0..table.columns.len())
            .filter(|at| KINDS[table.columns[*at].kind].ordered)
            .map(|at| column_name(at, &table.columns[at]))
            .collect();
        let column = if ordered.is_empty() {
            "ref".to_owned()
        } else {
            ordered[pick.index(ordered.len())].clone()
        };
        let mut index = json!({ "columns": [{ "column": column, "order": if *descending { "desc" } else { "asc" } }, { "expression": "ref + 1" }], "unique": unique, "include": ["id"] });
        if *partial {
            index["where"] = "ref > 0 AND mood = 'sad'".into();
        }
        object.insert("indexes".into(), json!([index]));
    }
    if table.touch {
        object.insert("trackUpdates".into(), "touched".into());
        object.insert("description".into(), "It's \"touched\"; often\\".into());
    }
    Value::Object(object)
}

fn column_name(at: usize, column: &Column) -> String {
    format!("{}{at}", NAMES[column.name])
}

fn column_json(at: usize, column: &Column) -> Value {
    let kind = &KINDS[column.kind];
    let name = column_name(at, column);
    let mut object = json!({ "name": name, "type": kind.name, "notNull": column.not_null, "unique": column.unique });
    if let Some(pick) = &column.default {
        object["default"] = kind.defaults[pick.index(kind.defaults.len())].into();
    }
    if let Some(pick) = &column.check {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        object["check"] = kind.checks[pick.index(kind.checks.len())].replace("{c}", &quoted).into();
    }
    if column.described {
        object["description"] = format!("What `{name}` is").into();
    }
    object
}
