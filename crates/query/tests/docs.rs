//! `docs/data-api.md`, held to the code.

use query::limits;

#[test]
fn the_limits_of_requests_are_those_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/data-api.md");
    let page = std::fs::read_to_string(path).unwrap();
    for (name, limit) in [
        ("MAX_ROWS", usize::try_from(limits::MAX_ROWS).unwrap()),
        ("MAX_FILTERS", limits::MAX_FILTERS),
        ("MAX_IN_VALUES", limits::MAX_IN_VALUES),
        ("MAX_SELECT_ITEMS", limits::MAX_SELECT_ITEMS),
        ("MAX_ORDER_ITEMS", limits::MAX_ORDER_ITEMS),
        ("MAX_INSERT_ROWS", limits::MAX_INSERT_ROWS),
        ("MAX_ROW_COLUMNS", limits::MAX_ROW_COLUMNS),
        ("MAX_PARAMETERS", limits::MAX_PARAMETERS),
        ("MAX_ARRAY_DIMENSIONS", limits::MAX_ARRAY_DIMENSIONS),
    ] {
        let row = format!("| `{name}` | {limit} |");
        assert!(page.contains(&row), "docs/data-api.md has no row beginning {row}");
    }
}
