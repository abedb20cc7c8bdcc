//! A draft until its check refuses nothing: what is refused is left out and told.
//!
//! The check of documents is the only judge, so that an import never knows rules of its own.

use std::collections::{BTreeMap, BTreeSet};

use definition::{Counting, Document, Problem, Severity};

use super::draft::{Draft, Part, Table};
use crate::finding::Findings;

/// How often a draft is checked. Leaving one thing out may make another refused, and one answer
/// carries [`definition::MAX_PROBLEMS`].
const MAX_ROUNDS: usize = 40;

/// Leaves out what the check refuses.
pub(super) fn settle(draft: &mut Draft, findings: &mut Findings) {
    for _ in 0..MAX_ROUNDS {
        let checked = Document::parse(&draft.document()).check(None, &mut Counting::default());
        let refused: Vec<Problem> = checked
            .problems
            .into_iter()
            .filter(|problem| problem.severity == Severity::Error)
            .collect();
        if refused.is_empty() {
            return;
        }
        if leave_out(draft, &refused, findings) == 0 {
            for problem in refused {
                let message = format!("{}: {}", problem.path, problem.message);
                findings.warning(1, problem.code, message);
            }
            return;
        }
    }
    findings.warning(1, "not_settled", "the document still has problems; check it for the rest");
}

/// How much was left out.
fn leave_out(draft: &mut Draft, problems: &[Problem], findings: &mut Findings) -> usize {
    let mut told = BTreeMap::new();
    for problem in problems {
        if let Some(target) = Target::at(&problem.path) {
            told.entry(target).or_insert(problem);
        }
    }
    let targets: BTreeSet<Target> = told.keys().cloned().collect();
    // From the back, so that positions before stay what they were.
    let mut count = 0;
    for (target, problem) in told.into_iter().rev() {
        // What goes with its owner is not told again.
        if !target.owners().iter().any(|owner| targets.contains(owner))
            && let Some((line, what)) = target.remove(draft)
        {
            let message = format!("{what} is left out: {}", problem.message);
            findings.warning(line, problem.code, message);
            count += 1;
        }
    }
    count
}

/// A step on the way to a part of the document; ordered so that later elements come later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    At(usize),
}

/// What is left out for a problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Target(Vec<Step>);

/// Keys that a column or a key of a table can do without.
const OPTIONAL_KEYS: [&str; 6] =
    ["default", "generated", "identity", "collation", "description", "include"];

/// The lists of a table.
const LISTS: [&str; 5] = ["columns", "uniques", "checks", "exclusions", "indexes"];

impl Target {
    /// The smallest thing around a path that can be left out.
    fn at(path: &str) -> Option<Self> {
        let mut steps = steps(path);
        let keep = match steps.as_slice() {
            [Step::Key(list), Step::At(_), Step::Key(key), ..] if list == "tables" => {
                match (key.as_str(), steps.get(3), steps.get(4)) {
                    (_, Some(Step::At(_)), Some(Step::Key(key)))
                        if OPTIONAL_KEYS.contains(&key.as_str()) =>
                    {
                        5
                    }
                    (_, Some(Step::Key(key)), _) if OPTIONAL_KEYS.contains(&key.as_str()) => 4,
                    (key, Some(Step::At(_)), _) if LISTS.contains(&key) => 4,
                    ("name", _, _) => 2,
                    (_, _, _) => 3,
                }
            }
            [Step::Key(_), Step::At(_), ..] => 2,
            _ => return None,
        };
        steps.truncate(keep);
        Some(Self(steps))
    }

    /// What it is part of.
    fn owners(&self) -> Vec<Self> {
        (1..self.0.len()).map(|length| Self(self.0[..length].to_vec())).collect()
    }

    /// Takes it out of the draft; its line, and what a person calls it.
    fn remove(&self, draft: &mut Draft) -> Option<(usize, String)> {
        match self.0.as_slice() {
            [Step::Key(list), Step::At(at)] => match list.as_str() {
                "tables" if *at < draft.tables.len() => {
                    let table = draft.tables.remove(*at);
                    Some((table.part.line, format!("the table `{}`", table.name())))
                }
                "enums" => take(&mut draft.enums, *at, "the enum"),
                "relationships" => take(&mut draft.relationships, *at, "the relationship"),
                _ => None,
            },
            [_, Step::At(at), rest @ ..] => remove_from_table(draft.tables.get_mut(*at)?, rest),
            _ => None,
        }
    }
}

fn remove_from_table(table: &mut Table, steps: &[Step]) -> Option<(usize, String)> {
    let of = format!("of `{}`", table.name());
    match steps {
        [Step::Key(key)] if key == "primaryKey" => {
            let part = table.primary_key.take()?;
            Some((part.line, format!("the primary key {of}")))
        }
        [Step::Key(key)] if LISTS.contains(&key.as_str()) => {
            let parts = std::mem::take(table.list(key)?);
            let names: Vec<&str> = parts.iter().map(Part::name).collect();
            Some((parts.first()?.line, format!("`{key}` {of} (`{}`)", names.join("`, `"))))
        }
        [Step::Key(key)] => remove_key(&mut table.part, key, &of),
        [Step::Key(_), Step::Key(key)] => remove_key(table.primary_key.as_mut()?, key, &of),
        [Step::Key(list), Step::At(at)] => {
            let (line, what) = take(table.list(list)?, *at, singular(list))?;
            Some((line, format!("{what} {of}")))
        }
        [Step::Key(list), Step::At(at), Step::Key(key), ..] => {
            let part = table.list(list)?.get_mut(*at)?;
            let of = format!("of {} `{}` {of}", singular(list), part.name());
            remove_key(part, key, &of)
        }
        _ => None,
    }
}

fn singular(list: &str) -> &'static str {
    match list {
        "columns" => "the column",
        "uniques" => "the unique constraint",
        "checks" => "the check",
        "exclusions" => "the exclusion",
        _ => "the index",
    }
}

fn remove_key(part: &mut Part, key: &str, of: &str) -> Option<(usize, String)> {
    let line = part.line_of(key);
    part.object.remove(key)?;
    Some((line, format!("`{key}` {of}")))
}

fn take(parts: &mut Vec<Part>, at: usize, kind: &str) -> Option<(usize, String)> {
    let part = (at < parts.len()).then(|| parts.remove(at))?;
    let name = part.text("name").map(|name| format!(" `{name}`")).unwrap_or_default();
    Some((part.line, format!("{kind}{name}")))
}

/// `tables[0].columns[2].type` as steps.
fn steps(path: &str) -> Vec<Step> {
    let parts = path.split(['.', '[']).filter(|part| !part.is_empty());
    parts
        .map(|part| match part.strip_suffix(']').and_then(|number| number.parse().ok()) {
            Some(at) => Step::At(at),
            None => Step::Key(part.to_owned()),
        })
        .collect()
}
