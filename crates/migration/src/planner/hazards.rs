//! What a plan costs, told in the user's words.

use definition::column_type::ColumnType;

use super::fate::Fate;
use super::{Pair, Planner};
use crate::plan::{Hazard, HazardCode, LockMode, Severity, Stage, Step};

/// Holding others up for longer than this, in seconds, has to be acknowledged.
const LONG_LOCK_SECONDS: f64 = 1.0;
/// A change that takes longer than this, in seconds, is told to be slow.
const SLOW_SECONDS: f64 = 30.0;

impl Planner<'_> {
    pub(super) fn tell_dropped(&mut self, pair: Pair, at: usize) {
        let rows = self.size(pair.at).rows;
        let column = &self.start.tables[pair.at].columns[at];
        let message = format!(
            "Dropping `{}` of `{}` hides the values of {}. They wait in the attic.",
            column.name,
            self.spoken_name(pair),
            about(rows)
        );
        let subject = self.subject(pair, at);
        self.tell_loss(subject, message, rows);
    }

    pub(super) fn tell_dropped_table(&mut self, at: usize) {
        let table = &self.start.tables[at];
        let rows = self.size(at).rows;
        let message = format!(
            "Dropping the table `{}` hides {}. They wait in the attic.",
            table.name,
            about(rows)
        );
        self.tell_loss(table.name.to_string(), message, rows);
    }

    fn tell_loss(&mut self, subject: String, message: String, rows: u64) {
        self.hazards.push(Hazard {
            code: HazardCode::DataLoss,
            severity: Severity::Severe,
            subject,
            message,
            remedy: "A rollback brings them back until they expire.".to_owned(),
            rows: Some(rows),
            sample_rows: Vec::new(),
        });
    }

    fn tell_conversion(&mut self, pair: Pair, at: usize, (from, to): (&ColumnType, &ColumnType)) {
        let subject = self.subject(pair, at);
        self.hazards.push(Hazard {
            code: HazardCode::ValuesChange,
            severity: Severity::Notice,
            message: format!("The values of `{subject}` are converted from `{from}` to `{to}`."),
            subject,
            remedy: "The values as they were wait in the attic; a rollback brings them back."
                .to_owned(),
            rows: Some(self.size(pair.at).rows),
            sample_rows: Vec::new(),
        });
    }

    /// Hazards that only the finished steps show.
    pub(super) fn tell_hazards(&mut self) {
        for pair in self.pairs() {
            for at in 0..self.now.tables[pair.at].columns.len() {
                let now = self.now.tables[pair.at].columns[at].clone();
                let wanted = &self.situation.after.tables[pair.to];
                let Some(wanted) = wanted.columns.iter().find(|it| it.id == now.id) else {
                    continue;
                };
                if matches!(self.fate(pair.at, at), Fate::Convert(_) | Fate::Unwind(_)) {
                    self.tell_conversion(pair, at, (&now.data_type, &wanted.data_type));
                }
            }
        }
        self.tell_renames();
        self.tell_waiting();
    }

    fn tell_renames(&mut self) {
        for pair in self.pairs() {
            let (start, now) = (&self.start.tables[pair.at], &self.now.tables[pair.at]);
            if self.returns(pair.at) {
                continue;
            }
            if start.name != now.name {
                let message = format!("Clients that ask for `{}` find nothing.", start.name);
                self.hazards.push(breaks(start.name.to_string(), message));
                continue;
            }
            let columns = start.columns.iter().zip(&now.columns);
            let renamed: Vec<(String, String)> = columns
                .filter(|(start, now)| {
                    start.name != now.name
                        && crate::attic::AtticName::parse(start.name.as_str()).is_none()
                })
                .map(|(old, _)| (start.name.to_string(), old.name.to_string()))
                .collect();
            for (table, column) in renamed {
                let message = format!("Clients that ask for `{column}` of `{table}` are refused.");
                self.hazards.push(breaks([table, column].join("."), message));
            }
        }
    }

    /// Steps that read or write a large table while others wait for it.
    fn tell_waiting(&mut self) {
        let waiting = |step: &&Step| {
            step.stage == Stage::Switch
                && step.locks.iter().any(|lock| lock.mode >= LockMode::Share)
                && step.estimate.seconds > LONG_LOCK_SECONDS
        };
        let steps: Vec<Step> = self.slots.iter().flatten().filter(waiting).cloned().collect();
        for step in steps {
            let Some(lock) = step.locks.first() else { continue };
            let code = if step.rewrites { HazardCode::Rewrite } else { HazardCode::Lock };
            let subject = lock.table.to_string();
            if self.hazards.iter().any(|known| known.code == code && known.subject == subject) {
                continue;
            }
            self.hazards.push(Hazard {
                code,
                severity: Severity::Severe,
                message: format!(
                    "Others wait for `{subject}` for about {:.0} seconds while {} is changed.",
                    step.estimate.seconds, step.subject.title
                ),
                subject,
                remedy: "Choose a quiet hour.".to_owned(),
                rows: Some(step.estimate.rows),
                sample_rows: Vec::new(),
            });
        }
        let apart: f64 =
            self.prepare.iter().chain(&self.finish).map(|step| step.estimate.seconds).sum();
        if apart > SLOW_SECONDS {
            self.hazards.push(Hazard {
                code: HazardCode::Slow,
                severity: Severity::Notice,
                subject: "schema".to_owned(),
                message: format!(
                    "It takes about {apart:.0} seconds; reads and writes go on meanwhile."
                ),
                remedy: "Nothing needs to be done.".to_owned(),
                rows: None,
                sample_rows: Vec::new(),
            });
        }
    }
}

fn breaks(subject: String, message: String) -> Hazard {
    Hazard {
        code: HazardCode::BreaksClients,
        severity: Severity::Notice,
        subject,
        message,
        remedy: "Change the clients together with the schema.".to_owned(),
        rows: None,
        sample_rows: Vec::new(),
    }
}

fn about(rows: u64) -> String {
    match rows {
        0 => "its rows".to_owned(),
        1 => "about 1 row".to_owned(),
        more => format!("about {more} rows"),
    }
}
