//! A plan as the contract shows it, and as it is saved with its migration.

use serde_json::{Map, Value, json};

use super::{Hazard, Plan, Step};
use crate::change::Change;

impl Plan {
    /// The plan as JSON. Its numbers are those of this moment; see [`Plan::fingerprint`].
    pub fn to_json(&self) -> Value {
        json!({
            "fromVersion": self.from_version,
            "toVersion": self.to_version,
            "fingerprint": self.fingerprint().to_string(),
            "changes": self.changes.iter().map(Change::to_json).collect::<Vec<_>>(),
            "steps": self.steps.iter().map(step).collect::<Vec<_>>(),
            "hazards": self.hazards.iter().map(hazard).collect::<Vec<_>>(),
            "reversible": self.is_reversible(),
            "estimatedSeconds": milliseconds(self.estimated_seconds()),
        })
    }
}

impl Change {
    /// What it concerns, what it does, and the sentence for it.
    pub fn to_json(&self) -> Value {
        json!({
            "kind": self.kind(),
            "act": self.act(),
            "subject": self.subject(),
            "summary": self.summary(),
        })
    }
}

fn step(step: &Step) -> Value {
    let locks = step.locks.iter().map(|lock| json!({ "table": lock.table, "mode": lock.mode }));
    json!({
        "stage": step.stage,
        "subject": { "path": step.subject.path, "title": step.subject.title },
        "sql": step.sql.text(),
        "rollbackSql": step.rollback_text(),
        "locks": locks.collect::<Vec<_>>(),
        "rewrites": step.rewrites,
        "scans": step.scans,
        "rows": step.estimate.rows,
        "bytes": step.estimate.bytes,
        "walBytes": step.estimate.wal_bytes,
        "seconds": milliseconds(step.estimate.seconds),
        "transactional": step.is_transactional(),
        "run": step.run,
    })
}

fn hazard(hazard: &Hazard) -> Value {
    let mut object = Map::new();
    let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
    set("code", json!(hazard.code));
    set("severity", json!(hazard.severity));
    set("key", hazard.key().into());
    set("subject", hazard.subject.clone().into());
    set("message", hazard.message.clone().into());
    set("remedy", hazard.remedy.clone().into());
    if let Some(rows) = hazard.rows {
        set("rows", rows.into());
    }
    if !hazard.sample_rows.is_empty() {
        set("sampleRows", hazard.sample_rows.clone().into());
    }
    Value::Object(object)
}

/// Seconds without digits that nobody can mean.
fn milliseconds(seconds: f64) -> f64 {
    (seconds * 1_000.0).round() / 1_000.0
}
