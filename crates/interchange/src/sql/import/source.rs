//! A script, statement by statement, each read by PostgreSQL's grammar.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use pg_query::NodeEnum;
use pg_query::protobuf::{AlterTableCmd, AlterTableType, ObjectType, VariableSetStmt};

use super::depth::is_too_deep;
use super::expressions::constant_text;
use super::names::Qualified;
use super::others::beginning;
use super::quotes::without_comments;
use super::split::{Kind, Piece, split};
use super::{MAX_STATEMENT_BYTES, MAX_STATEMENTS};
use crate::finding::Findings;

/// The namespace of names without one, as PostgreSQL's default path has it.
const DEFAULT_NAMESPACE: &str = "public";

/// A script that was read.
pub(super) struct Source<'a> {
    pub(super) statements: Vec<Statement<'a>>,
    pub(super) directives: Vec<Directive<'a>>,
    /// The namespace that holds the most tables.
    pub(super) namespace: String,
    /// Tables that a later statement makes partitions of other tables.
    pub(super) partitions: BTreeSet<Qualified>,
}

pub(super) struct Statement<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
    pub(super) node: NodeEnum,
    /// The namespace of names without one.
    pub(super) here: Rc<str>,
}

/// A comment of our own export that carries what SQL cannot say.
pub(super) struct Directive<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
}

impl<'a> Source<'a> {
    pub(super) fn read(text: &'a str, findings: &mut Findings) -> Self {
        let (pieces, all) = split(text, MAX_STATEMENTS);
        if !all {
            let line = pieces.last().map_or(1, |last| last.line);
            let message =
                format!("a script has at most {MAX_STATEMENTS} statements; the rest is left out");
            findings.error(line, "too_many_statements", message);
        }
        let mut source = Self {
            statements: Vec::new(),
            directives: Vec::new(),
            namespace: String::new(),
            partitions: BTreeSet::new(),
        };
        let mut here: Rc<str> = Rc::from(DEFAULT_NAMESPACE);
        for piece in pieces {
            source.piece(piece, &mut here, findings);
        }
        source.namespace = source.most_used();
        source
    }

    fn piece(&mut self, piece: Piece<'a>, here: &mut Rc<str>, findings: &mut Findings) {
        let line = piece.line;
        match piece.kind {
            Kind::Statement(text) if is_insert(text) => {
                findings.tally(line, "data", "rows are left out; only the structure comes in");
            }
            Kind::Statement(text) => match parsed(text) {
                Ok(node) => {
                    if let NodeEnum::VariableSetStmt(set) = &node
                        && let Some(namespace) = search_path(set)
                    {
                        *here = Rc::from(namespace);
                    }
                    self.partitions.extend(attached(&node, here));
                    self.statements.push(Statement { line, text, node, here: Rc::clone(here) });
                }
                Err(why) => {
                    let message = format!("{} cannot be read: {why}", beginning(text));
                    findings.error(line, "unreadable", message);
                }
            },
            Kind::Unended(text) => {
                let message = format!("a quote or comment never ends in {}", beginning(text));
                findings.error(line, "unended", message);
            }
            Kind::Copy(text, rows) => {
                let message = format!("{rows} rows are left out: {}", beginning(text));
                findings.info(line, "copy", message);
            }
            Kind::Meta(_) => {
                findings.tally(line, "psql_command", "commands of psql are left out");
            }
            Kind::Directive(text) => self.directives.push(Directive { line, text }),
        }
    }

    fn most_used(&self) -> String {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (position, statement) in self.statements.iter().enumerate() {
            if let NodeEnum::CreateStmt(table) = &statement.node
                && let Some(relation) = &table.relation
            {
                let name = Qualified::of(relation, &statement.here);
                counts.entry(name.namespace).or_insert((0, usize::MAX - position)).0 += 1;
            }
        }
        // Of two that hold as many, the first in the script.
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map_or_else(|| DEFAULT_NAMESPACE.to_owned(), |(namespace, _)| namespace)
    }
}

/// The tables that an ALTER TABLE makes partitions.
fn attached(node: &NodeEnum, here: &str) -> Vec<Qualified> {
    let NodeEnum::AlterTableStmt(statement) = node else { return Vec::new() };
    let commands = statement.cmds.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::AlterTableCmd(command)) => Some(command),
        _ => None,
    });
    let partition = |command: &AlterTableCmd| match &command.def.as_deref()?.node {
        Some(NodeEnum::PartitionCmd(partition))
            if statement.objtype() == ObjectType::ObjectTable =>
        {
            partition.name.as_ref().map(|name| Qualified::of(name, here))
        }
        _ => None,
    };
    commands
        .filter(|command| command.subtype() == AlterTableType::AtAttachPartition)
        .filter_map(|command| partition(command))
        .collect()
}

fn is_insert(text: &str) -> bool {
    text.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("insert "))
}

/// The tree of one statement, or a sentence that says why there is none.
fn parsed(text: &str) -> Result<NodeEnum, String> {
    if text.len() > MAX_STATEMENT_BYTES {
        return Err(format!("a statement is at most {MAX_STATEMENT_BYTES} bytes long"));
    }
    if is_too_deep(text) {
        return Err("it is nested too deeply".to_owned());
    }
    let result = catch_unwind(AssertUnwindSafe(|| pg_query::parse(&without_comments(text), 0)));
    let parsed = match result {
        Ok(Ok(parsed)) => parsed,
        Ok(Err(pg_query::Error::Decode(_))) => return Err("it is nested too deeply".to_owned()),
        Ok(Err(pg_query::Error::Parse(why))) => return Err(why),
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err("it cannot be taken apart".to_owned()),
    };
    let mut statements = parsed.protobuf.stmts.into_iter();
    let first = statements.next().and_then(|raw| raw.stmt).and_then(|node| node.node);
    match (first, statements.next()) {
        (Some(node), None) => Ok(node),
        (_, _) => Err("it is not one statement".to_owned()),
    }
}

/// The first namespace of `SET search_path`.
fn search_path(set: &VariableSetStmt) -> Option<&str> {
    if !set.name.eq_ignore_ascii_case("search_path") {
        return None;
    }
    set.args
        .iter()
        .filter_map(constant_text)
        .find(|name| !name.is_empty() && !["pg_catalog", "\"$user\"", "$user"].contains(name))
}
