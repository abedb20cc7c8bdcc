//! Scripts made to break a reader break nothing.
#![cfg(feature = "sql-import")]

/// The code of the first finding about a script; the table after it comes in all the same.
fn first_code(statement: &str) -> &'static str {
    let source = format!("{statement};\nCREATE TABLE after (id int PRIMARY KEY);\n");
    let imported = interchange::sql::import(&source);
    let tables = imported.document["tables"].as_array().expect("a document has tables");
    assert!(tables.iter().any(|table| table["name"] == "after"), "{:?}", imported.findings);
    imported.findings.first().map_or("", |finding| finding.code)
}

#[test]
fn depth_costs_its_statement_and_never_the_process() {
    let times = 100_000;
    let nested =
        format!("CREATE TABLE t (a int CHECK ({}a{} > 0))", "(".repeat(times), ")".repeat(times));
    assert_eq!(first_code(&nested), "unreadable");
    let chain = format!("CREATE TABLE t (a int CHECK (a{} > 0))", " + 1".repeat(times));
    assert_eq!(first_code(&chain), "unreadable");
    let casts = format!("CREATE TABLE t (a int DEFAULT 1{})", "::int".repeat(times));
    assert_eq!(first_code(&casts), "unreadable");
    let queries =
        format!("CREATE VIEW v AS {}SELECT 1{}", "SELECT (".repeat(times), ")".repeat(times));
    assert_eq!(first_code(&queries), "unreadable");
    let comment = format!("CREATE TABLE t (a int {}{})", "/*".repeat(times), "*/".repeat(times));
    assert_eq!(first_code(&comment), "");
}

#[test]
fn what_a_tree_holds_but_the_wall_does_not_take_is_left_out() {
    let imported = interchange::sql::import(
        "CREATE TABLE t (id int PRIMARY KEY,\n\
         a int DEFAULT (pg_read_file('x')).length,\n\
         b int DEFAULT ARRAY[pg_sleep(1)],\n\
         c text DEFAULT xmlserialize(content xmlelement(name x) AS text),\n\
         d text DEFAULT json_object('a': query_to_xml('SELECT 1', true, true, '')),\n\
         e text DEFAULT (current_setting('x') COLLATE \"C\"),\n\
         f int DEFAULT count(*) FILTER (WHERE true),\n\
         g int CHECK (g OPERATOR(other.=) 1),\n\
         h text DEFAULT 'x'::other.kind,\n\
         i int CHECK (EXISTS (SELECT 1)),\n\
         \"user\" text CHECK (\"user\" = USER),\n\
         k text[] CHECK ((k[1:2])[1] = 'x'));",
    );
    let lines: Vec<usize> = imported.findings.iter().map(|finding| finding.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "{:#?}", imported.findings);
    let text = imported.document.to_string();
    for word in ["pg_", "xml", "setting", "other", "default", "checks"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

#[test]
fn a_script_without_ends_is_given_up_in_time() {
    let lines: Vec<String> = (0..50_000).map(|number| format!("SELECT $tag{number}$;")).collect();
    let source = lines.join("\n");
    let imported = interchange::sql::import(&source);
    assert_eq!(imported.findings.len(), 17);
    let nothing = "\\\n;;;--\n/**/".repeat(20_000);
    assert_eq!(interchange::sql::import(&nothing).findings.len(), 1);
}
