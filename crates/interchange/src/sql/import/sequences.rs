//! Sequences, which become identity columns.

use std::collections::BTreeMap;

use pg_query::NodeEnum;
use pg_query::protobuf::{AlterSeqStmt, CreateSeqStmt, DefElem, Node};

use super::expressions::constant_text;
use super::names::{Qualified, list, text};
use super::reader::{At, Reader};
use super::types::integer;

/// A sequence of the script.
#[derive(Debug)]
pub(super) struct Sequence {
    line: usize,
    /// The table and column that it goes with.
    owner: Option<(String, String)>,
    /// Options that an identity column of a document has no key for.
    options: Vec<String>,
}

/// A column whose default takes the next number of a sequence.
#[derive(Debug)]
pub(super) struct Numbered {
    pub(super) table: String,
    pub(super) column: String,
    pub(super) sequence: Qualified,
    pub(super) line: usize,
}

impl Reader {
    pub(super) fn create_sequence(&mut self, statement: &CreateSeqStmt, at: At<'_>) {
        let Some(relation) = &statement.sequence else { return };
        let name = Qualified::of(relation, at.here);
        let Some(name) = self.own(&name) else {
            return self.other_namespace(at.line, &name.namespace);
        };
        let owner = owner(&statement.options);
        let options = unusual(&statement.options);
        self.sequences.insert(name, Sequence { line: at.line, owner, options });
    }

    pub(super) fn alter_sequence(&mut self, statement: &AlterSeqStmt, at: At<'_>) {
        let Some(relation) = &statement.sequence else { return };
        let own = self.own(&Qualified::of(relation, at.here));
        match (own.and_then(|name| self.sequences.get_mut(&name)), owner(&statement.options)) {
            (Some(sequence), Some(owner)) => sequence.owner = Some(owner),
            (_, _) => {
                let message = "where a sequence goes on is data, and no part of a definition";
                self.findings.tally(at.line, "sequence_position", message);
            }
        }
    }

    /// Notes a default that takes numbers of a sequence; false when it is something else.
    pub(super) fn takes_number(
        &mut self,
        default: &Node,
        (table, column): (&str, &str),
        (line, here): (usize, &str),
    ) -> bool {
        let Some(NodeEnum::FuncCall(call)) = &default.node else { return false };
        let is_nextval = call.funcname.last().and_then(text) == Some("nextval");
        let written = call.args.first().and_then(constant_text);
        let (true, Some(written)) = (is_nextval, written) else { return false };
        let sequence = Qualified::written(written, here);
        let (table, column) = (table.to_owned(), column.to_owned());
        self.numbered.retain(|other| (&other.table, &other.column) != (&table, &column));
        self.numbered.push(Numbered { table, column, sequence, line });
        true
    }

    /// Tells what of a sequence's options a document cannot say.
    pub(super) fn identity_options(&mut self, options: &[Node], line: usize, column: &str) {
        let unusual = unusual(options);
        if !unusual.is_empty() {
            let message = format!(
                "`{column}` is numbered by PostgreSQL's defaults; left out: {}",
                unusual.join(", ")
            );
            self.findings.warning(line, "sequence_options", message);
        }
    }

    /// When everything was read: columns that number from a sequence become identity columns.
    pub(super) fn settle_sequences(&mut self) {
        let numbered = std::mem::take(&mut self.numbered);
        let mut users: BTreeMap<Qualified, usize> = BTreeMap::new();
        for one in &numbered {
            *users.entry(one.sequence.clone()).or_default() += 1;
        }
        for one in &numbered {
            self.number(one, users[&one.sequence] > 1);
        }
        for (name, sequence) in std::mem::take(&mut self.sequences) {
            let own = Qualified { namespace: self.namespace.clone(), name: name.clone() };
            if !users.contains_key(&own) {
                let message = format!("the sequence `{name}` numbers no column that comes in");
                self.findings.warning(sequence.line, "sequence", message);
            }
        }
    }

    fn number(&mut self, one: &Numbered, shared: bool) {
        let Numbered { table, column, sequence, line } = one;
        let name = &sequence.name;
        let known = self.own(sequence).and_then(|name| self.sequences.get(&name));
        let owner = known.and_then(|sequence| sequence.owner.clone());
        let options = known.map(|sequence| sequence.options.join(", ")).unwrap_or_default();
        let of_another = owner.is_some_and(|owner| (&owner.0, &owner.1) != (table, column));
        if shared || of_another {
            let message = format!(
                "the default of `{table}.{column}` is left out: it shares the sequence `{name}`"
            );
            return self.findings.warning(*line, "shared_sequence", message);
        }
        if !options.is_empty() {
            let message = format!(
                "`{table}.{column}` is numbered by PostgreSQL's defaults; left out: {options}"
            );
            self.findings.warning(*line, "sequence_options", message);
        }
        if let Some(column) = self.table_named(table).and_then(|table| table.column(column)) {
            column.set(*line, "identity", "byDefault");
        }
    }
}

fn options(nodes: &[Node]) -> impl Iterator<Item = &DefElem> {
    nodes.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::DefElem(option)) => Some(&**option),
        _ => None,
    })
}

/// The table and column of `OWNED BY`.
fn owner(nodes: &[Node]) -> Option<(String, String)> {
    let option = options(nodes).find(|option| option.defname == "owned_by")?;
    match list(option.arg.as_deref()?).as_slice() {
        [.., table, column] => Some(((*table).to_owned(), (*column).to_owned())),
        _ => None,
    }
}

/// What is not PostgreSQL's default of an ascending sequence.
fn unusual(nodes: &[Node]) -> Vec<String> {
    let told = |option: &DefElem| {
        let number = option.arg.as_deref().and_then(integer);
        let usual = match (option.defname.as_str(), number) {
            ("start" | "increment" | "cache" | "minvalue", Some(number)) => number == 1,
            ("maxvalue", Some(number)) => {
                [i64::from(i16::MAX), i64::from(i32::MAX), i64::MAX].contains(&number)
            }
            ("cycle", _) => option.arg.is_none(),
            (_, _) => true,
        };
        let shown = number.map(|number| format!(" {number}")).unwrap_or_default();
        (!usual).then(|| format!("{}{shown}", option.defname))
    };
    options(nodes).filter_map(told).collect()
}
