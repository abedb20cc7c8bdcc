//! Documents with a name in each place that takes one.

use serde_json::{Value, json};

/// Where a name may stand in [`document`].
const PLACES: [&str; 14] = [
    "table",
    "column",
    "touched",
    "enum",
    "value",
    "key",
    "unique",
    "check",
    "exclusion",
    "index",
    "relationship",
    "reference",
    "junction",
    "many",
];

/// The places that a line of the corpus speaks of.
pub(crate) fn places(of: &'static str) -> Vec<&'static str> {
    match of {
        "everywhere" => PLACES.to_vec(),
        "named" => PLACES.into_iter().filter(|place| *place != "value").collect(),
        one => vec![one],
    }
}

/// A sound document that uses the name of each place wherever it can be used.
pub(crate) fn document(place: &str, name: &str) -> Value {
    let named = |here: &str| if here == place { name.to_owned() } else { ["the ", here].concat() };
    let quoted = |here: &str| ["\"", &named(here).replace('"', "\"\""), "\""].concat();
    let (table, column) = (named("table"), named("column"));
    let joined = |parts: &[&str]| parts.concat();
    let label = ["'", &named("value").replace('\'', "''"), "'"].concat();
    let mut relationships = vec![json!({
        "name": named("relationship"),
        "from": { "table": "parts", "columns": ["part_of"] }, "to": { "table": table, "columns": [column] },
    })];
    // Columns of a junction are named after the table and its key, which leaves less room.
    if ["junction", "many"].contains(&place) {
        relationships.push(json!({
            "name": named("many"), "type": "manyToMany",
            "from": { "table": table }, "to": { "table": "parts" }, "through": named("junction"),
        }));
    }
    json!({
        "enums": [{ "name": named("enum"), "values": [named("value"), "another"], "description": "Kinds" }],
        "tables": [
            {
                "name": table, "description": "Things", "trackUpdates": named("touched"),
                "columns": [
                    { "name": column, "type": "int", "description": "Which one" },
                    { "name": named("touched"), "type": "timestamptz" },
                    { "name": "twice", "type": "int", "generated": joined(&[&quoted("column"), " * 2"]) },
                    { "name": "kind", "type": quoted("enum"), "default": joined(&[&label, "::", &quoted("enum")]) },
                    { "name": "span", "type": "int4range" },
                ],
                "primaryKey": { "name": named("key"), "columns": [column], "include": ["twice"] },
                "uniques": [{ "name": named("unique"), "columns": ["twice", column] }],
                "checks": [{ "name": named("check"), "expression": joined(&[&quoted("column"), " > 0 AND kind <> ", &label]) }],
                "exclusions": [{ "name": named("exclusion"), "elements": [
                    { "column": "span", "operator": "&&" },
                    { "expression": joined(&["int4range(", &quoted("column"), ", NULL)"]), "operator": "&&" }] }],
                "indexes": [{ "name": named("index"), "columns": [column, { "expression": joined(&[&quoted("column"), " + 1"]) }],
                    "include": ["kind"], "where": joined(&[&quoted("column"), " IS NOT NULL"]) }],
            },
            { "name": "parts", "columns": [
                { "name": "id", "type": "int", "primaryKey": true },
                { "name": "part_of", "type": "int" },
                { "name": "of", "type": "int", "references": { "name": named("reference"), "table": table } },
            ] },
        ],
        "relationships": relationships,
    })
}
