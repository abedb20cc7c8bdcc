//! A change that is broken off leaves nothing behind, wherever that happens.

use migration::{Plan, Stage, Step};

use super::steps::OPEN;
use super::{Live, Outcome, told};
use crate::content::Content;

impl Live {
    /// Breaks the change off after every step that stands alone, and in the middle of the switch.
    pub(super) async fn rehearse(&self, plan: &Plan) -> Outcome {
        let shape = self.shape().await?;
        let content = Content::read(&self.place, &self.definition).await;
        let apart: Vec<&Step> = plan.stage(Stage::Prepare).map(|(_, step)| step).collect();
        for done in 0..=apart.len() {
            for step in &apart[..done] {
                self.run_alone(step).await?;
            }
            if done == apart.len() {
                self.break_the_switch(plan).await?;
            }
            // The store undoes the step that it was about to begin, too.
            let begun = (done + 1).min(apart.len());
            self.undo_steps(&apart[..begun]).await?;
            self.is_as_before(&shape, &format!("breaking off after {done} steps")).await?;
        }
        if content != Content::read(&self.place, &self.definition).await {
            return Err("a change that was broken off has changed rows".to_owned());
        }
        Ok(())
    }

    async fn break_the_switch(&self, plan: &Plan) -> Outcome {
        let steps: Vec<&Step> = plan.stage(Stage::Switch).map(|(_, step)| step).collect();
        let client = &self.place.client;
        client.batch_execute(OPEN).await.unwrap();
        for step in &steps[..steps.len().div_ceil(2)] {
            if let Err(error) = client.batch_execute(step.sql.text()).await {
                client.batch_execute("ROLLBACK").await.unwrap();
                let (error, sql) = (told(&error), step.sql.text());
                return Err(format!("{error}\nin {sql}\nof\n{}", plan.sql()));
            }
        }
        client.batch_execute("SELECT 1 / 0").await.unwrap_err();
        client.batch_execute("ROLLBACK").await.unwrap();
        Ok(())
    }
}
