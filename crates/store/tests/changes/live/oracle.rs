//! What a plan says agrees with the definitions it leads from and to.

use std::collections::BTreeSet;

use definition::{Definition, Id};
use migration::{Change, HazardCode, Plan, Severity, apply, diff};

use super::Outcome;

/// The changes make one definition out of the other, and what goes out of sight is told.
pub(super) fn agrees(before: &Definition, wanted: &Definition, plan: &Plan) -> Outcome {
    if plan.changes != diff(before, wanted) {
        return Err("the plan tells other changes than the two definitions".to_owned());
    }
    let applied = apply(before, &plan.changes);
    if applied != *wanted {
        return Err(format!("{:#?}\nmake\n{applied:#?}", plan.changes));
    }
    tells_losses(before, plan)?;
    for step in &plan.steps {
        if step.subject.title.is_empty() {
            return Err(format!("nobody knows what it is for: {}", step.sql.text()));
        }
    }
    Ok(())
}

fn tells_losses(before: &Definition, plan: &Plan) -> Outcome {
    let mut lost = BTreeSet::new();
    for change in &plan.changes {
        if let Change::DropTable(table) = change {
            lost.insert(name_of(before, &table.id)?);
        } else if let Change::DropColumn { table, column } = change
            && column.generated.is_none()
        {
            let holds = |it: &&definition::model::Table| {
                it.columns.iter().any(|known| known.id == column.id)
            };
            let of = before.tables.iter().find(holds);
            let of = of.ok_or_else(|| format!("{table} had no {}", column.name))?;
            let known = of.columns.iter().find(|known| known.id == column.id);
            let known = known.ok_or("it was there a moment ago")?;
            lost.insert([of.name.as_str(), known.name.as_str()].join("."));
        }
    }
    let told = plan.hazards.iter().filter(|hazard| hazard.code == HazardCode::DataLoss);
    let mut found = BTreeSet::new();
    for hazard in told {
        if hazard.severity != Severity::Severe {
            return Err(format!("a loss is told as nothing: {hazard:?}"));
        }
        if !found.insert(hazard.subject.clone()) {
            return Err(format!("a loss is told twice: {hazard:?}"));
        }
    }
    if found == lost { Ok(()) } else { Err(format!("{lost:?} are lost, and {found:?} are told")) }
}

fn name_of(before: &Definition, id: &Id) -> Outcome<String> {
    let found = before.tables.iter().find(|table| table.id == *id);
    found.map(|table| table.name.to_string()).ok_or_else(|| "it was never there".to_owned())
}
