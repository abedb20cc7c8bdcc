//! A plan as `public.schema_migrations` keeps it: what was shown, and what an heir needs to go on.

use migration::{AtticName, LockMode, Plan, Run, Stage, Step};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sql::Sql;

/// A plan, saved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::schemas) struct SavedPlan {
    pub(in crate::schemas) fingerprint: String,
    /// Sentences that tell what changed.
    #[serde(default)]
    pub(in crate::schemas) changes: Vec<String>,
    pub(in crate::schemas) steps: Vec<SavedStep>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::schemas) put_aside: Vec<SavedItem>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::schemas) taken_back: Vec<SavedName>,
}

/// A step, saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SavedStep {
    pub(in crate::schemas) sql: String,
    pub(in crate::schemas) rollback_sql: Option<String>,
    pub(in crate::schemas) stage: Stage,
    pub(in crate::schemas) run: Run,
    transactional: bool,
    pub(in crate::schemas) locks: Vec<SavedLock>,
    rewrites: bool,
    scans: bool,
    rows: u64,
    bytes: u64,
    wal_bytes: u64,
    seconds: f64,
    /// The place in the document.
    pub(in crate::schemas) subject: String,
    pub(in crate::schemas) title: String,
}

/// A lock, saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::schemas) struct SavedLock {
    pub(in crate::schemas) table: String,
    mode: LockMode,
}

/// The name of something in the attic.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in crate::schemas) struct SavedName {
    pub(in crate::schemas) version: i32,
    pub(in crate::schemas) number: i32,
}

/// Something that is put aside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::schemas) struct SavedItem {
    #[serde(flatten)]
    pub(in crate::schemas) name: SavedName,
    pub(in crate::schemas) kind: String,
    /// What a person calls it.
    pub(in crate::schemas) subject: String,
    pub(in crate::schemas) content: Value,
    /// Whether it waits, or is only remembered.
    pub(in crate::schemas) waits: bool,
}

impl SavedPlan {
    /// What is kept of a plan; `before` is the definition in force.
    pub(in crate::schemas) fn of(plan: &Plan, before: &definition::Definition) -> Self {
        let item = |item: &migration::AtticItem| SavedItem {
            name: item.name.into(),
            kind: item.content.kind().to_owned(),
            subject: item.content.subject(before),
            content: item.to_json(),
            waits: item.waits,
        };
        Self {
            fingerprint: plan.fingerprint().to_string(),
            changes: plan.changes.iter().map(migration::Change::summary).collect(),
            steps: plan.steps.iter().map(SavedStep::of).collect(),
            put_aside: plan.put_aside.iter().map(item).collect(),
            taken_back: plan.taken_back.iter().copied().map(SavedName::from).collect(),
        }
    }

    /// The whole as text, forward.
    pub(in crate::schemas) fn sql(&self) -> String {
        joined(self.steps.iter().map(|step| step.sql.as_str()))
    }

    /// The whole as text, back, last step first; nothing when a step has no way back.
    pub(in crate::schemas) fn rollback_sql(&self) -> Option<String> {
        let back = self.steps.iter().rev().map(|step| step.rollback_sql.as_deref());
        back.collect::<Option<Vec<_>>>().map(|back| joined(back.into_iter()))
    }

    /// The positions of one stage's steps, in order.
    pub(in crate::schemas) fn stage(&self, stage: Stage) -> Vec<usize> {
        let steps = self.steps.iter().enumerate();
        steps.filter(|(_, step)| step.stage == stage).map(|(position, _)| position).collect()
    }
}

fn joined<'a>(statements: impl Iterator<Item = &'a str>) -> String {
    statements.flat_map(|sql| [sql, ";\n"]).collect()
}

impl SavedStep {
    /// What is kept of a step.
    pub(crate) fn of(step: &Step) -> Self {
        let lock =
            |lock: &migration::Lock| SavedLock { table: lock.table.to_string(), mode: lock.mode };
        Self {
            sql: step.sql.text().to_owned(),
            rollback_sql: step.rollback.as_ref().map(Sql::text).map(str::to_owned),
            stage: step.stage,
            run: step.run,
            transactional: step.is_transactional(),
            locks: step.locks.iter().map(lock).collect(),
            rewrites: step.rewrites,
            scans: step.scans,
            rows: step.estimate.rows,
            bytes: step.estimate.bytes,
            wal_bytes: step.estimate.wal_bytes,
            seconds: step.estimate.seconds,
            subject: step.subject.path.clone(),
            title: step.subject.title.clone(),
        }
    }
}

impl From<AtticName> for SavedName {
    fn from(name: AtticName) -> Self {
        Self { version: name.version, number: name.number }
    }
}

impl From<SavedName> for AtticName {
    fn from(name: SavedName) -> Self {
        Self { version: name.version, number: name.number }
    }
}
