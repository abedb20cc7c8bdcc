//! Runs one case.

mod content;

use std::collections::BTreeMap;
use std::path::Path;

use definition::{Counting, Definition, Document};
use migration::{
    AtticItem, Options, Plan, Remedies, Run, Situation, Stage, Statistics, plan_change,
};
use serde::Deserialize;
use serde_json::Value;
use store::catalog;

use crate::world::{Place, World};
use content::Content;

/// A case as its file tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Case {
    /// What it shows, for people.
    #[expect(dead_code, reason = "people read it")]
    about: String,
    versions: Vec<Version>,
    /// Whether large tables are meant: everything that can be is done apart.
    #[serde(default)]
    online: bool,
}

/// One version of a case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Version {
    document: Value,
    /// What was chosen for rows that do not fit.
    #[serde(default)]
    remedies: Remedies,
    /// What is written once it is in force; `search_path` is the namespace.
    #[serde(default)]
    write: String,
    /// Subjects that must stand in the way when nothing is chosen.
    #[serde(default)]
    blocked: Vec<String>,
    /// Where a rollback to this version needs something to be chosen.
    #[serde(default)]
    back: Remedies,
}

type Outcome = Result<(), String>;

impl Case {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) async fn run(&self, world: &World) -> Outcome {
        let mut live = Live::new(world.place().await, self.online);
        let outcome = self.there_and_back(&mut live).await;
        if outcome.is_ok() {
            live.place.clear().await;
        }
        outcome
    }

    async fn there_and_back(&self, live: &mut Live) -> Outcome {
        let mut ids = Counting::default();
        let mut history: Vec<(i32, Definition, Content, Remedies)> = Vec::new();
        for (at, version) in self.versions.iter().enumerate() {
            let wanted = checked(&version.document, &live.definition, &mut ids)
                .map_err(|error| format!("version {}: {error}", at + 1))?;
            let place = format!("to version {}", at + 1);
            if !version.blocked.is_empty() {
                live.blocks(&wanted, &version.blocked)
                    .await
                    .map_err(|error| format!("{place}: {error}"))?;
            }
            live.change(&wanted, None, &version.remedies)
                .await
                .map_err(|error| format!("{place}: {error}"))?;
            live.write(&version.write).await.map_err(|error| format!("{place}: {error}"))?;
            let content = Content::read(&live.place, &wanted).await;
            history.push((live.version, wanted, content, version.back.clone()));
        }
        // Back to each version, and from there to the last one again.
        let last = history.len() - 1;
        let back: Vec<usize> = (0..last).rev().flat_map(|at| [at, last]).collect();
        for at in back {
            let (version, definition, content, remedies) = &history[at];
            let place = format!("back to version {} (in force: {})", version, live.version);
            live.change(definition, Some(*version), remedies)
                .await
                .map_err(|error| format!("{place}: {error}"))?;
            let found = Content::read(&live.place, definition).await;
            content.is_kept_in(&found).map_err(|error| format!("{place}: {error}"))?;
        }
        Ok(())
    }
}

/// The definition, its ids those of the version before.
pub(crate) fn checked(
    document: &Value,
    previous: &Definition,
    ids: &mut Counting,
) -> Result<Definition, String> {
    let checked = Document::parse(document).check(Some(previous), ids);
    checked.definition.ok_or_else(|| format!("{:#?}", checked.problems))
}

/// A schema that lives, as the store would keep it.
pub(crate) struct Live {
    pub(crate) place: Place,
    pub(crate) version: i32,
    pub(crate) definition: Definition,
    attic: Vec<AtticItem>,
    options: Options,
}

impl Live {
    pub(crate) fn new(place: Place, online: bool) -> Self {
        let options = if online { Options { online_rows: 0 } } else { Options::default() };
        Self { place, version: 0, definition: Definition::default(), attic: Vec::new(), options }
    }

    fn plan(
        &self,
        wanted: &Definition,
        back: Option<i32>,
        remedies: &Remedies,
    ) -> Result<Plan, String> {
        let rows = migration::TableStatistics { rows: 1, bytes: 8192, index_bytes: 8192 };
        let tables = self.definition.tables.iter().map(|table| (table.name.clone(), rows));
        let situation = Situation {
            version: self.version,
            before: &self.definition,
            after: wanted,
            rollback_to: back,
            attic: &self.attic,
            statistics: &Statistics { tables: tables.collect() },
            remedies,
            namespace: &self.place.namespace,
            role: &self.place.role,
            options: self.options,
        };
        plan_change(&situation).map_err(|error| error.to_string())
    }

    /// Applies a change as the store does, and looks at what came of it.
    pub(crate) async fn change(
        &mut self,
        wanted: &Definition,
        back: Option<i32>,
        remedies: &Remedies,
    ) -> Outcome {
        let plan = self.plan(wanted, back, remedies)?;
        for (subject, found) in self.observe(&plan).await? {
            let probe = plan.probes.iter().find(|probe| probe.subject == subject);
            if found > 0 && !probe.is_some_and(|probe| probe.remedied) {
                return Err(format!("{found} rows stand in the way at {subject}"));
            }
        }
        self.run(&plan).await?;
        self.record(plan, wanted);
        self.looks_like(wanted).await?;
        let again = self.plan(wanted, None, &Remedies::default())?;
        if !again.steps.is_empty() || !again.changes.is_empty() {
            return Err(format!("there is still something to do:\n{}", again.sql()));
        }
        Ok(())
    }

    /// What stands in the way when nothing is chosen.
    async fn blocks(&self, wanted: &Definition, subjects: &[String]) -> Outcome {
        let plan = self.plan(wanted, None, &Remedies::default())?;
        let found: BTreeMap<String, i64> =
            self.observe(&plan).await?.into_iter().filter(|(_, rows)| *rows > 0).collect();
        let found: Vec<&String> = found.keys().collect();
        let expected: Vec<&String> = subjects.iter().collect();
        if found != expected {
            return Err(format!("{found:?} stand in the way, not {expected:?}"));
        }
        Ok(())
    }

    async fn observe(&self, plan: &Plan) -> Result<Vec<(String, i64)>, String> {
        let client = &self.place.client;
        let mut found = Vec::new();
        for probe in &plan.probes {
            client.batch_execute("BEGIN").await.unwrap();
            let answer = async {
                for sql in &probe.before {
                    client.batch_execute(sql.text()).await?;
                }
                let count: i64 = client.query_one(probe.count.text(), &[]).await?.get(0);
                client.query(probe.sample.text(), &[]).await?;
                Ok::<i64, tokio_postgres::Error>(count)
            };
            let answer = answer.await;
            client.batch_execute("ROLLBACK").await.unwrap();
            let rows = answer.map_err(|error| {
                format!(
                    "the probe of {} failed: {}\n{}",
                    probe.subject,
                    told(&error),
                    probe.count.text()
                )
            })?;
            found.push((probe.subject.clone(), rows));
        }
        Ok(found)
    }

    async fn run(&self, plan: &Plan) -> Outcome {
        for (_, step) in plan.stage(Stage::Prepare) {
            self.run_alone(step).await?;
        }
        let client = &self.place.client;
        client
            .batch_execute("BEGIN; SET LOCAL tenanta.quiet = 'on'; SET CONSTRAINTS ALL IMMEDIATE")
            .await
            .unwrap();
        for (_, step) in plan.stage(Stage::Switch) {
            if let Err(error) = client.batch_execute(step.sql.text()).await {
                client.batch_execute("ROLLBACK").await.unwrap();
                return Err(format!(
                    "{}\nin {}\nof\n{}",
                    told(&error),
                    step.sql.text(),
                    plan.sql()
                ));
            }
        }
        client.batch_execute("COMMIT").await.map_err(|error| told(&error))?;
        for (_, step) in plan.stage(Stage::Finish) {
            self.run_alone(step).await?;
        }
        Ok(())
    }

    async fn run_alone(&self, step: &migration::Step) -> Outcome {
        let client = &self.place.client;
        let outcome = match step.run {
            Run::Transactional | Run::Alone => client.batch_execute(step.sql.text()).await,
            Run::Batches => {
                client.batch_execute("SET tenanta.quiet = 'on'").await.unwrap();
                let done = client.execute(step.sql.text(), &[&"(0,0)", &"(1000000,0)"]).await;
                client.batch_execute("RESET tenanta.quiet").await.unwrap();
                done.map(|_| ())
            }
        };
        outcome.map_err(|error| format!("{}\nin {}", told(&error), step.sql.text()))
    }

    fn record(&mut self, plan: Plan, wanted: &Definition) {
        for name in plan.taken_back {
            for item in self.attic.iter_mut().filter(|item| item.name == name) {
                item.waits = false;
            }
        }
        for item in plan.put_aside {
            // What is recorded is all that the next change knows.
            let read = AtticItem::read(item.name, item.waits, &item.to_json());
            self.attic.push(read.unwrap_or_else(|error| panic!("{error}: {:#}", item.to_json())));
        }
        self.version = plan.to_version;
        self.definition = wanted.clone();
    }

    async fn looks_like(&mut self, wanted: &Definition) -> Outcome {
        let found = catalog::read(&self.place.client, self.place.namespace.as_str()).await;
        let found = found.map_err(|error| error.to_string())?;
        let role = self.place.role.clone();
        let expected = catalog::expected(&mut self.place.client, wanted, Some(&role)).await;
        let expected = expected.map_err(|error| error.to_string())?;
        let differences = found.differences(&expected);
        if differences.is_empty() { Ok(()) } else { Err(format!("{differences:#?}")) }
    }

    pub(crate) async fn write(&self, sql: &str) -> Outcome {
        let mut path = sql::Sql::of("SET search_path = ");
        path.ident(&self.place.namespace);
        self.place.client.batch_execute(path.text()).await.unwrap();
        let done = self.place.client.batch_execute(sql).await;
        self.place.client.batch_execute("SET search_path = pg_catalog").await.unwrap();
        done.map_err(|error| told(&error))
    }
}

/// What PostgreSQL said.
pub(crate) fn told(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(
        || error.to_string(),
        |error| {
            format!(
                "{} {} {}",
                error.code().code(),
                error.message(),
                error.detail().unwrap_or_default()
            )
        },
    )
}
