//! Running a plan as the store does.

use migration::{Plan, Probe, Run, Stage, Step};

use super::{Live, Outcome, told};

/// What every transaction of a change begins with.
pub(super) const OPEN: &str =
    "BEGIN; SET LOCAL tenanta.quiet = 'on'; SET CONSTRAINTS ALL IMMEDIATE";

impl Live {
    /// How many rows do not fit.
    pub(super) async fn ask(&self, probe: &Probe) -> Outcome<i64> {
        let client = &self.place.client;
        client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ").await.unwrap();
        let answer = async {
            for sql in &probe.before {
                client.batch_execute(sql.text()).await?;
            }
            let count: i64 = client.query_one(probe.count.text(), &[]).await?.get(0);
            let sample = client.query(probe.sample.text(), &[]).await?;
            Ok::<_, tokio_postgres::Error>((count, sample.len()))
        };
        let answer = answer.await;
        client.batch_execute("ROLLBACK").await.unwrap();
        let (count, sample) = answer.map_err(|error| {
            let (subject, error, sql) = (&probe.subject, told(&error), probe.count.text());
            format!("the probe of {subject} failed: {error}\n{sql}")
        })?;
        let shown = count.min(i64::from(migration::MAX_SAMPLE_ROWS));
        if i64::try_from(sample) != Ok(shown) {
            return Err(format!("{} shows {sample} rows of {count}", probe.subject));
        }
        Ok(count)
    }

    /// All stages. When a step fails, what the first stage did is still there.
    pub(super) async fn run(&self, plan: &Plan) -> Outcome {
        for (_, step) in plan.stage(Stage::Prepare) {
            self.run_alone(step).await?;
        }
        let client = &self.place.client;
        client.batch_execute(OPEN).await.unwrap();
        for (_, step) in plan.stage(Stage::Switch) {
            if let Err(error) = client.batch_execute(step.sql.text()).await {
                client.batch_execute("ROLLBACK").await.unwrap();
                let (error, sql) = (told(&error), step.sql.text());
                return Err(format!("{error}\nin {sql}\nof\n{}", plan.sql()));
            }
        }
        let done = client.batch_execute("COMMIT").await;
        done.map_err(|error| format!("{}\nat the end of\n{}", told(&error), plan.sql()))?;
        for (_, step) in plan.stage(Stage::Finish) {
            self.run_alone(step).await?;
        }
        Ok(())
    }

    pub(super) async fn run_alone(&self, step: &Step) -> Outcome {
        let client = &self.place.client;
        let outcome = match step.run {
            Run::Alone => client.batch_execute(step.sql.text()).await,
            Run::Transactional => {
                client.batch_execute(OPEN).await.unwrap();
                let done = client.batch_execute(step.sql.text()).await;
                client
                    .batch_execute(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })
                    .await
                    .unwrap();
                done
            }
            Run::Batches => {
                client.batch_execute("SET tenanta.quiet = 'on'").await.unwrap();
                let mut done = Ok(0);
                for (from, to) in [("(0,0)", "(1,0)"), ("(1,0)", "(1000000,0)")] {
                    if done.is_ok() {
                        done = client.execute(step.sql.text(), &[&from, &to]).await;
                    }
                }
                client.batch_execute("RESET tenanta.quiet").await.unwrap();
                done.map(|_| ())
            }
        };
        outcome.map_err(|error| format!("{}\nin {}", told(&error), step.sql.text()))
    }

    /// The way back of all that comes before the switch.
    pub(super) async fn undo(&self, plan: &Plan) -> Outcome {
        let steps: Vec<&Step> = plan.stage(Stage::Prepare).map(|(_, step)| step).collect();
        self.undo_steps(&steps).await
    }

    pub(super) async fn undo_steps(&self, steps: &[&Step]) -> Outcome {
        for step in steps.iter().rev() {
            let back = step.rollback.as_ref().ok_or("a step before the switch has no way back")?;
            let undone = self.place.client.batch_execute(back.text()).await;
            undone.map_err(|error| format!("{}\nin the way back {}", told(&error), back.text()))?;
        }
        Ok(())
    }
}
