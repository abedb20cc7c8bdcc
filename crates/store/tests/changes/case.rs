//! A case as its file tells it, and its way through all versions and back.

use std::collections::BTreeMap;
use std::path::Path;

use definition::{Counting, Definition, Document};
use migration::{Remedies, Severity, Stage};
use serde::Deserialize;
use serde_json::Value;

use crate::content::{Content, Touched};
use crate::live::{Live, Outcome};
use crate::world::World;

/// A case.
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
    /// What is written once it is in force, by the schema's role.
    #[serde(default)]
    write: String,
    /// Subjects that must stand in the way when nothing is chosen.
    #[serde(default)]
    blocked: Vec<String>,
    /// The keys of all hazards of the change to it, with the remedies.
    hazards: Option<Vec<String>>,
    /// Whether no step of the switch to it reads or writes the rows of a table.
    #[serde(default)]
    quick: bool,
    /// What queries show after the rows were written: the first column, as text.
    #[serde(default)]
    shows: Shown,
    /// Where a rollback to this version, from the last one, needs something to be chosen.
    #[serde(default)]
    back: Remedies,
    /// What queries show after a rollback from the last version.
    #[serde(default)]
    shows_back: Shown,
    /// What must succeed after a rollback from the last version; it is undone again.
    #[serde(default)]
    tries_back: String,
}

type Shown = BTreeMap<String, Vec<Option<String>>>;

/// A version that was in force.
struct Known<'a> {
    number: i32,
    definition: Definition,
    content: Content,
    /// What was written while it was in force.
    touched: Touched,
    version: &'a Version,
}

impl Case {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) async fn run(&self, world: &World) -> Outcome {
        let mut live = Live::new(world.place().await, self.online).rehearsing();
        let outcome = self.there_and_back(&mut live).await;
        if outcome.is_ok() {
            live.place.clear().await;
        }
        outcome
    }

    async fn there_and_back(&self, live: &mut Live) -> Outcome {
        let mut ids = Counting::default();
        let mut history: Vec<Known<'_>> = Vec::new();
        for version in &self.versions {
            let place = format!("to version {}", history.len() + 1);
            let known = forth(live, version, &mut ids).await;
            history.push(known.map_err(|error| format!("{place}: {error}"))?);
        }
        // Back to each version, and from there to the last one again.
        let last = history.len() - 1;
        for at in (0..last).rev().flat_map(|at| [at, last]) {
            let place = format!("back to version {} (in force: {})", at + 1, live.version);
            let done = back(live, &history, at).await;
            done.map_err(|error| format!("{place}: {error}"))?;
        }
        Ok(())
    }
}

async fn forth<'a>(
    live: &mut Live,
    version: &'a Version,
    ids: &mut Counting,
) -> Outcome<Known<'a>> {
    let wanted = checked(&version.document, &live.definition, ids)?;
    if !version.blocked.is_empty() {
        blocks(live, &wanted, &version.blocked).await?;
    }
    let plan = live.plan(&wanted, None, &version.remedies)?;
    if let Some(hazards) = &version.hazards {
        let told: Vec<String> = plan.hazards.iter().map(migration::Hazard::key).collect();
        if told != *hazards {
            return Err(format!("{told:?} are told, not {hazards:?}"));
        }
        let blocking = plan.hazards.iter().find(|hazard| hazard.severity == Severity::Blocking);
        if let Some(hazard) = blocking {
            return Err(format!("nothing was asked, and yet {hazard:?}"));
        }
    }
    let slow = plan.stage(Stage::Switch).find(|(_, step)| step.scans || step.rewrites);
    if let Some((_, step)) = slow.filter(|_| version.quick) {
        return Err(format!("others wait for {}", step.sql.text()));
    }
    live.change(&wanted, None, &version.remedies).await?;
    let before = Content::read(&live.place, &wanted).await;
    live.write(&version.write).await?;
    let content = Content::read(&live.place, &wanted).await;
    shows(live, &version.shows).await?;
    let touched = before.touched(&content);
    Ok(Known { number: live.version, definition: wanted, content, touched, version })
}

async fn back(live: &mut Live, history: &[Known<'_>], at: usize) -> Outcome {
    let Known { number, definition, content, version, .. } = &history[at];
    let remedies = if at + 1 == history.len() { &version.remedies } else { &version.back };
    live.change(definition, Some(*number), remedies).await?;
    let found = Content::read(&live.place, definition).await;
    let since = history[at + 1..].iter().flat_map(|later| later.touched.iter().cloned()).collect();
    content.is_kept_in(&found, &since)?;
    shows(live, &version.shows_back).await?;
    live.try_out(&version.tries_back).await
}

/// What stands in the way when nothing is chosen, and that it really does.
async fn blocks(live: &mut Live, wanted: &Definition, subjects: &[String]) -> Outcome {
    let plan = live.plan(wanted, None, &Remedies::default())?;
    let found: Vec<String> = live.blocking(&plan).await?.into_keys().collect();
    if found != subjects {
        return Err(format!("{found:?} stand in the way, not {subjects:?}"));
    }
    live.fails(&plan).await
}

async fn shows(live: &Live, shown: &Shown) -> Outcome {
    for (query, expected) in shown {
        let found = live.query(query).await?;
        if found != *expected {
            return Err(format!("{query} shows {found:?}, not {expected:?}"));
        }
    }
    Ok(())
}

/// The definition, its ids those of the version before.
fn checked(document: &Value, previous: &Definition, ids: &mut Counting) -> Outcome<Definition> {
    let checked = Document::parse(document).check(Some(previous), ids);
    checked.definition.ok_or_else(|| format!("{:#?}", checked.problems))
}
