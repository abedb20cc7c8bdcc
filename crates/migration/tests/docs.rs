//! `docs/hazards.md` is printed from the table of codes: `UPDATE_DOCS=1 cargo test -p migration
//! --test docs` prints it anew.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use migration::{HazardCode, MAX_SAMPLE_ROWS, Severity};

/// Who is shown a hazard decides by its severity.
fn severities() -> String {
    let all = [
        (Severity::Notice, "Good to know. Nothing has to be done."),
        (
            Severity::Severe,
            "The plan is not applied before somebody has acknowledged the hazard by its key, as in \
             `\"acknowledge\": [\"data_loss:orders.note\"]`.",
        ),
        (Severity::Blocking, "The plan cannot be applied before a remedy is chosen for the rows."),
    ];
    let row = |(severity, meaning): &(Severity, &str)| {
        let word = serde_json::to_value(severity).unwrap();
        ["| `", word.as_str().unwrap(), "` | ", meaning, " |\n"].concat()
    };
    all.iter().map(row).collect()
}

fn page() -> String {
    let row =
        |(code, when): &(HazardCode, &str)| ["| `", code.word(), "` | ", when, " |\n"].concat();
    let codes: String = HazardCode::ALL.iter().map(row).collect();
    [
        "# Hazards\n\n",
        "What a plan may cost is told before anything happens, each cost as a hazard: its code, \
         how severe\nit is, what it concerns (`orders` or `orders.note`, in the names of the version \
         in force), a\nsentence, and what can be done about it. Where rows are concerned, it says \
         how many, and shows at\nmost ",
        &MAX_SAMPLE_ROWS.to_string(),
        " of them.\n\n",
        "Codes are never renamed and never reused.\n\n",
        "| code | when |\n|---|---|\n",
        &codes,
        "\n| severity | means |\n|---|---|\n",
        &severities(),
        "\nThe key of a hazard is its code and what it concerns: `data_loss:orders.note`.\n",
    ]
    .concat()
}

#[test]
fn the_page_of_hazards_agrees_with_the_code() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/hazards.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, page()).unwrap();
    }
    let stale = "docs/hazards.md is stale: run UPDATE_DOCS=1 cargo test -p migration --test docs";
    assert!(fs::read_to_string(&path).unwrap_or_default() == page(), "{stale}");
}

#[test]
fn every_code_is_written_as_it_is_sent() {
    for (code, _) in HazardCode::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.word());
    }
}
