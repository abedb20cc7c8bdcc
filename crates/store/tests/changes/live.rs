//! A schema that lives, as the store would keep it, and everything that must hold of a change of it.

mod attic;
mod citus;
mod numbering;
mod oracle;
mod rehearsal;
mod steps;

use std::collections::BTreeMap;

use definition::Definition;
use migration::{AtticItem, Options, Plan, Remedies, Situation, Statistics, plan_change};
use store::catalog::{self, Shape};
use tokio_postgres::SimpleQueryMessage;

use crate::world::Place;
use numbering::Numbering;

pub(crate) type Outcome<T = ()> = Result<T, String>;

/// A schema that lives.
pub(crate) struct Live {
    pub(crate) place: Place,
    pub(crate) version: i32,
    pub(crate) definition: Definition,
    attic: Vec<AtticItem>,
    options: Options,
    /// Whether every change is first tried and undone.
    rehearses: bool,
    numbering: Numbering,
}

impl Live {
    pub(crate) fn new(place: Place, online: bool) -> Self {
        let options = if online { Options { online_rows: 0 } } else { Options::default() };
        Self {
            place,
            version: 0,
            definition: Definition::default(),
            attic: Vec::new(),
            options,
            rehearses: false,
            numbering: Numbering::default(),
        }
    }

    /// Every change is first begun and broken off, at several points.
    pub(crate) fn rehearsing(self) -> Self {
        Self { rehearses: true, ..self }
    }

    pub(crate) fn plan(
        &self,
        wanted: &Definition,
        back: Option<i32>,
        remedies: &Remedies,
    ) -> Outcome<Plan> {
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
        oracle::agrees(&self.definition, wanted, &plan)?;
        citus::takes(&plan)?;
        let blocking = self.blocking(&plan).await?;
        if !blocking.is_empty() {
            return Err(format!("rows stand in the way: {blocking:?}"));
        }
        if self.rehearses {
            self.rehearse(&plan).await?;
        }
        self.run(&plan).await?;
        self.record(plan, wanted);
        self.place.track(wanted).await;
        let found = self.shape().await?;
        self.looks_like(wanted, &found).await?;
        attic::holds(&self.attic, wanted, &found)?;
        self.numbering.goes_on(&self.place, wanted).await?;
        let again = self.plan(wanted, None, &Remedies::default())?;
        if !again.steps.is_empty() || !again.changes.is_empty() {
            return Err(format!("there is still something to do:\n{}", again.sql()));
        }
        Ok(())
    }

    /// The subjects for which a remedy has to be chosen, with the number of rows that stand there.
    pub(crate) async fn blocking(&self, plan: &Plan) -> Outcome<BTreeMap<String, i64>> {
        let mut blocking = BTreeMap::new();
        for probe in &plan.probes {
            let rows = self.ask(probe).await?;
            if rows > 0 && !probe.remedied {
                blocking.insert(probe.subject.clone(), rows);
            }
        }
        Ok(blocking)
    }

    /// What stands in the way really does: the change fails, and leaves nothing behind.
    pub(crate) async fn fails(&self, plan: &Plan) -> Outcome {
        let before = self.shape().await?;
        match self.run(plan).await {
            Ok(()) => Err(format!("rows should stand in the way of\n{}", plan.sql())),
            Err(_) => {
                self.undo(plan).await?;
                self.is_as_before(&before, "a change that failed").await
            }
        }
    }

    /// Writes rows as the schema's role does.
    pub(crate) async fn write(&mut self, sql: &str) -> Outcome {
        self.place.as_role(sql).await.map_err(|error| told(&error))?;
        self.numbering.goes_on(&self.place, &self.definition).await
    }

    /// The first column that a query gives to the schema's role, as text.
    pub(crate) async fn query(&self, sql: &str) -> Outcome<Vec<Option<String>>> {
        let messages = self.place.query_as_role(sql).await.map_err(|error| told(&error))?;
        let value = |message| {
            let SimpleQueryMessage::Row(row) = message else { return None };
            Some(row.get(0).map(ToOwned::to_owned))
        };
        Ok(messages.into_iter().filter_map(value).collect())
    }

    /// Writes rows as the schema's role does, and takes it back.
    pub(crate) async fn try_out(&self, sql: &str) -> Outcome {
        let client = &self.place.client;
        client.batch_execute("BEGIN").await.unwrap();
        let done = self.place.as_role(sql).await;
        client.batch_execute("ROLLBACK").await.unwrap();
        client.batch_execute("RESET ROLE; SET search_path = pg_catalog").await.unwrap();
        done.map_err(|error| told(&error))
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

    async fn shape(&self) -> Outcome<Shape> {
        let found = catalog::read(&self.place.client, self.place.namespace.as_str()).await;
        found.map_err(|error| error.to_string())
    }

    async fn looks_like(&mut self, wanted: &Definition, found: &Shape) -> Outcome {
        let role = self.place.role.clone();
        let expected = catalog::expected(&mut self.place.client, wanted, Some(&role)).await;
        let expected = expected.map_err(|error| error.to_string())?;
        let differences = found.differences(&expected);
        if differences.is_empty() { Ok(()) } else { Err(format!("{differences:#?}")) }
    }

    async fn is_as_before(&self, before: &Shape, after: &str) -> Outcome {
        let now = self.shape().await?;
        let (was, is) = (format!("{before:#?}"), format!("{now:#?}"));
        if was == is {
            return Ok(());
        }
        let lines = was.lines().zip(is.lines());
        let differ = lines.filter(|(was, is)| was != is).take(5).collect::<Vec<_>>();
        Err(format!("after {after} it is not as before: {differ:#?}"))
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
