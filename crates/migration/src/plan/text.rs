//! A plan as a person reads it before deciding.

use super::amounts::{bytes, count, duration};
use super::{Hazard, HazardCode, LockMode, Plan, Run, Severity, Stage, Step};

/// The widest line, so that a terminal of 100 columns does not break it.
const WIDTH: usize = 96;

impl Plan {
    /// What will happen and what it may cost, for a terminal.
    pub fn to_text(&self) -> String {
        let mut text = Text::default();
        text.line(0, &self.headline());
        text.changes(self);
        text.hazards(self);
        text.steps(self);
        text.sql(self);
        text.0
    }

    /// All of it in one sentence.
    fn headline(&self) -> String {
        if self.changes.is_empty() && self.steps.is_empty() {
            return "Nothing changes.".to_owned();
        }
        let changes = count(self.changes.len() as u64, "change");
        [&changes, ", ", &duration(self.estimated_seconds()), ", ", &self.verdict(), "."].concat()
    }

    /// What the hazards come to, the worst first.
    fn verdict(&self) -> String {
        let with = |severity: Severity| {
            self.hazards.iter().filter(move |hazard| hazard.severity == severity).count() as u64
        };
        let loses = self.hazards.iter().any(|hazard| hazard.code == HazardCode::DataLoss);
        match (with(Severity::Blocking), with(Severity::Severe)) {
            (1.., _) => "rows stand in the way".to_owned(),
            (0, severe @ 1..) => [&count(severe, "hazard"), " to acknowledge"].concat(),
            (0, 0) if loses => "values go out of sight".to_owned(),
            (0, 0) => "nothing is lost".to_owned(),
        }
    }
}

/// Text that grows line by line.
#[derive(Default)]
struct Text(String);

impl Text {
    /// A line, broken between words where it is too long.
    fn line(&mut self, indent: usize, words: &str) {
        self.item(&" ".repeat(indent), indent, words);
    }

    /// The same behind something; what does not fit goes on below, indented.
    fn item(&mut self, start: &str, indent: usize, words: &str) {
        self.0.push_str(start);
        let mut width = start.chars().count();
        for (position, word) in words.split(' ').enumerate() {
            let chars = word.chars().count();
            if position == 0 {
                // It stands where it is, however long it is.
            } else if width + 1 + chars > WIDTH {
                self.0.push('\n');
                self.0.extend(std::iter::repeat_n(' ', indent));
                width = indent;
            } else {
                self.0.push(' ');
                width += 1;
            }
            self.put(word);
            width += chars;
        }
        self.0.push('\n');
    }

    /// Names and constants may hold what a terminal would obey, so that is spelled out.
    fn put(&mut self, word: &str) {
        for c in word.chars() {
            match c.is_control() {
                true => self.0.extend(c.escape_default()),
                false => self.0.push(c),
            }
        }
    }

    fn title(&mut self, title: &str) {
        self.0.push('\n');
        self.line(0, title);
    }

    fn changes(&mut self, plan: &Plan) {
        if plan.changes.is_empty() {
            return;
        }
        self.title("What changes");
        for change in &plan.changes {
            self.line(2, &change.summary());
        }
    }

    fn hazards(&mut self, plan: &Plan) {
        if plan.hazards.is_empty() {
            return;
        }
        self.title("What it may cost");
        let mut hazards: Vec<&Hazard> = plan.hazards.iter().collect();
        hazards.sort_by_key(|hazard| std::cmp::Reverse(hazard.severity));
        for hazard in hazards {
            self.hazard(hazard);
        }
    }

    fn hazard(&mut self, hazard: &Hazard) {
        let word = match hazard.severity {
            Severity::Notice => "Notice",
            Severity::Severe => "Severe",
            Severity::Blocking => "In the way",
        };
        self.item("  ", 4, &[word, ": ", &hazard.message].concat());
        for row in &hazard.sample_rows {
            // Never broken: a row is read, and copied, as JSON.
            self.0.push_str("      ");
            self.put(&row.to_string());
            self.0.push('\n');
        }
        self.line(4, &hazard.remedy);
        match hazard.severity {
            Severity::Notice => {}
            Severity::Severe => self.line(4, &["Acknowledge it as ", &hazard.key()].concat()),
            Severity::Blocking => {
                self.line(4, &["Choose a remedy for ", &hazard.subject].concat());
            }
        }
    }

    fn steps(&mut self, plan: &Plan) {
        let stages = [
            (Stage::Prepare, "Steps before, each by itself, while the version in force is served"),
            (Stage::Switch, "Steps in one transaction, with the new version"),
            (Stage::Finish, "Steps after, each by itself, while the new version is served"),
        ];
        for (stage, title) in stages {
            if plan.stage(stage).next().is_some() {
                self.title(title);
            }
            for (position, step) in plan.stage(stage) {
                self.step(position + 1, step);
            }
        }
    }

    fn step(&mut self, number: usize, step: &Step) {
        let mut words = step.subject.title.clone();
        let cost = cost(step);
        if !cost.is_empty() {
            words = [&words, ": ", &cost.join(", ")].concat();
        }
        self.item(&format!("{number:>4}. "), 6, &words);
        for lock in &step.locks {
            let who = match lock.mode {
                LockMode::RowExclusive => "reads and writes go on",
                LockMode::ShareUpdateExclusive => "reads and writes go on, other changes wait",
                LockMode::Share | LockMode::ShareRowExclusive => "reads go on, writes wait",
                LockMode::AccessExclusive => "reads and writes wait",
            };
            self.line(6, &format!("locks `{}` ({}): {who}", lock.table, lock.mode.words()));
        }
        if step.rollback.is_none() {
            self.line(6, "there is no way back from this step");
        }
    }

    fn sql(&mut self, plan: &Plan) {
        if plan.steps.is_empty() {
            return;
        }
        self.title("SQL");
        for (position, step) in plan.steps.iter().enumerate() {
            self.0.push_str("  -- ");
            self.put(&[&(position + 1).to_string(), ". ", &step.subject.title].concat());
            for line in step.sql.text().split('\n') {
                self.0.push_str("\n  ");
                self.put(line);
            }
            self.0.push_str(";\n");
        }
    }
}

/// What a step does with the rows, and for how long.
fn cost(step: &Step) -> Vec<String> {
    let estimate = step.estimate;
    let mut cost = Vec::new();
    match (step.rewrites, step.scans) {
        (true, _) => cost.push(["writes ", &count(estimate.rows, "row")].concat()),
        (false, true) => cost.push(["reads ", &count(estimate.rows, "row")].concat()),
        (false, false) => {}
    }
    if estimate.bytes > 0 {
        cost.push(bytes(estimate.bytes));
    }
    if estimate.wal_bytes > 0 {
        cost.push(["log ", &bytes(estimate.wal_bytes)].concat());
    }
    if estimate.seconds > 0.0 {
        cost.push(duration(estimate.seconds));
    }
    match step.run {
        Run::Transactional => {}
        Run::Alone => cost.push("outside a transaction".to_owned()),
        Run::Batches => cost.push("batch by batch".to_owned()),
    }
    cost
}
