//! A plan as a person reads it, and as the contract shows it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Counting, Document, Name};
use migration::{
    Change, Estimate, Hazard, HazardCode, Lock, LockMode, Plan, Run, Severity, Stage, Step,
    Subject, diff,
};
use serde_json::{Value, json};
use sql::Sql;

fn name(name: &str) -> Name {
    Name::new(name).unwrap()
}

fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let checked = |document: &Value, previous| {
        Document::parse(document).check(previous, &mut Counting::default()).definition.unwrap()
    };
    let before = checked(before, None);
    diff(&before, &checked(after, Some(&before)))
}

fn step(stage: Stage, title: &str, sql: Sql) -> Step {
    Step {
        sql,
        rollback: None,
        stage,
        run: Run::Transactional,
        locks: Vec::new(),
        rewrites: false,
        scans: false,
        estimate: Estimate::default(),
        subject: Subject { path: "tables[0]".to_owned(), title: title.to_owned() },
    }
}

fn hazard(code: HazardCode, severity: Severity, words: [&str; 3]) -> Hazard {
    let [subject, message, remedy] = words.map(str::to_owned);
    Hazard { code, severity, subject, message, remedy, rows: None, sample_rows: Vec::new() }
}

/// Something of everything.
fn plan() -> Plan {
    let before = json!({ "tables": [{ "name": "orders", "columns": [
        { "name": "id", "type": "int", "primaryKey": true }, { "name": "total", "type": "text" },
        { "name": "note", "type": "text" } ] }] });
    let after = json!({ "tables": [{ "name": "orders", "columns": [
        { "name": "id", "type": "int", "primaryKey": true },
        { "name": "amount", "renamedFrom": "total", "type": "int", "check": "amount > 0" } ],
        "indexes": [{ "columns": ["amount"] }] }] });
    Plan {
        from_version: 1,
        to_version: 2,
        changes: changes(&before, &after),
        steps: steps(),
        hazards: hazards(),
        ..Plan::default()
    }
}

fn steps() -> Vec<Step> {
    let lock = |mode| vec![Lock { table: name("orders"), mode }];
    let statement = |text: &'static str| Sql::of(text);
    let index = Step {
        rollback: Some(statement("DROP INDEX IF EXISTS \"orders_amount_idx\"")),
        run: Run::Alone,
        locks: lock(LockMode::ShareUpdateExclusive),
        scans: true,
        estimate: Estimate {
            rows: 1_200_000,
            bytes: 98_000_000,
            wal_bytes: 48_000_000,
            seconds: 3.49,
        },
        ..step(
            Stage::Prepare,
            "the index `orders_amount_idx`",
            statement("CREATE INDEX CONCURRENTLY …"),
        )
    };
    let fill = Step {
        rollback: Some(Sql::new()),
        run: Run::Batches,
        locks: lock(LockMode::RowExclusive),
        rewrites: true,
        estimate: Estimate { rows: 1_200_000, seconds: 140.0, ..Estimate::default() },
        ..step(
            Stage::Prepare,
            "the values of `orders.amount`",
            statement("UPDATE …\n  WHERE ctid >= $1"),
        )
    };
    let drop = Step {
        rollback: Some(statement("ALTER TABLE \"orders\" RENAME COLUMN \"attic_2_1\" TO \"note\"")),
        locks: lock(LockMode::AccessExclusive),
        ..step(
            Stage::Switch,
            "`note` of `orders`",
            statement("ALTER TABLE \"orders\" RENAME COLUMN \"note\" TO \"attic_2_1\""),
        )
    };
    let validate = step(
        Stage::Finish,
        "the check `orders_amount_check`",
        statement("ALTER TABLE \"orders\" VALIDATE CONSTRAINT \"orders_amount_check\""),
    );
    vec![index, fill, drop, validate]
}

fn hazards() -> Vec<Hazard> {
    let lost = hazard(
        HazardCode::DataLoss,
        Severity::Severe,
        [
            "orders.note",
            "Dropping `note` of `orders` hides the values of about 1,200,000 rows. They wait in the attic.",
            "A rollback brings them back until they expire.",
        ],
    );
    let misfit = Hazard {
        rows: Some(2),
        sample_rows: vec![
            json!({ "id": 7, "total": "a lot" }),
            json!({ "id": 9, "total": "\u{1b}[2J" }),
        ],
        ..hazard(
            HazardCode::RowsDoNotFit,
            Severity::Blocking,
            [
                "orders.total",
                "2 rows have a value of `total` that is no `integer`",
                "Say how to convert them, or set them aside.",
            ],
        )
    };
    let renamed = hazard(
        HazardCode::BreaksClients,
        Severity::Notice,
        [
            "orders.total",
            "Clients that ask for `total` of `orders` are refused.",
            "Change the clients together with the schema.",
        ],
    );
    vec![renamed, lost, misfit]
}

#[test]
fn as_text() {
    insta::assert_snapshot!(plan().to_text());
}

#[test]
fn as_json() {
    insta::assert_json_snapshot!(plan().to_json());
}

fn headline(plan: &Plan) -> String {
    plan.to_text().lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_first_line_says_the_worst() {
    let mut plan = plan();
    assert_eq!(headline(&plan), "5 changes, about 2 minutes, rows stand in the way.");
    plan.hazards.pop();
    assert_eq!(headline(&plan), "5 changes, about 2 minutes, 1 hazard to acknowledge.");
    plan.hazards[1].severity = Severity::Notice;
    assert_eq!(headline(&plan), "5 changes, about 2 minutes, values go out of sight.");
    plan.hazards.clear();
    plan.steps.clear();
    assert_eq!(headline(&plan), "5 changes, less than a second, nothing is lost.");
    plan.changes.clear();
    assert_eq!(plan.to_text(), "Nothing changes.\n");
}
