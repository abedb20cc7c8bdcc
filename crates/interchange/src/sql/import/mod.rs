//! SQL DDL → document.
//!
//! The script is cut into statements ([`split`]), each of which PostgreSQL's own grammar reads
//! alone, so that one that cannot be read costs only itself. What they say is written into a
//! [`draft`]; at the end the check of documents says what of it must be left out ([`settle`]).

mod alter;
mod comments;
mod constraints;
mod depth;
mod directives;
mod draft;
mod expressions;
mod indexes;
mod names;
mod others;
mod quotes;
mod reader;
mod sequences;
mod settle;
mod source;
mod split;
mod tables;
mod triggers;
mod types;

use pg_query::NodeEnum;

use crate::finding::{Findings, Imported};
use draft::Draft;
use reader::{At, Reader};
use source::Source;

/// The largest script that is read, in bytes.
pub const MAX_SOURCE_BYTES: usize = 64 * 1024 * 1024;
/// The largest statement that is read, in bytes; rows of COPY do not count.
pub const MAX_STATEMENT_BYTES: usize = 1024 * 1024;
/// The most statements of a script.
pub const MAX_STATEMENTS: usize = 200_000;

/// PostgreSQL's parser calls itself for each level of a statement, so it gets room for that.
const STACK_BYTES: usize = 32 * 1024 * 1024;

/// Reads what `pg_dump --schema-only` writes, and DDL as people write it.
///
/// Never fails: what cannot be taken over is in the findings, with its line, and the rest comes in.
pub fn import(source: &str) -> Imported {
    if source.len() > MAX_SOURCE_BYTES {
        return unread(
            "source_too_long",
            format!("a script is at most {MAX_SOURCE_BYTES} bytes long"),
        );
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("sql-import".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || read(source));
        match thread {
            Ok(thread) => thread.join().unwrap_or_else(|_| {
                unread("unreadable", "reading stopped in the middle of this script".to_owned())
            }),
            Err(error) => unread("no_thread", error.to_string()),
        }
    })
}

fn unread(code: &'static str, message: String) -> Imported {
    let mut findings = Findings::default();
    findings.error(1, code, message);
    Imported { document: Draft::default().document(), findings: findings.into_vec() }
}

fn read(text: &str) -> Imported {
    let mut findings = Findings::default();
    let source = Source::read(text, &mut findings);
    let mut reader = Reader::new(source.namespace);
    reader.findings = findings;
    reader.left_out = source.partitions;
    for statement in &source.statements {
        let at = At { text: statement.text, line: statement.line, here: &statement.here };
        reader.statement(&statement.node, at);
    }
    reader.settle_sequences();
    reader.settle_triggers();
    for directive in &source.directives {
        reader.directive(directive);
    }
    settle::settle(&mut reader.draft, &mut reader.findings);
    Imported { document: reader.draft.document(), findings: reader.findings.into_vec() }
}

impl Reader {
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not listed is told")]
    fn statement(&mut self, node: &NodeEnum, at: At<'_>) {
        match node {
            NodeEnum::CreateStmt(statement) => self.create_table(statement, at),
            NodeEnum::AlterTableStmt(statement) => self.alter_table(statement, at),
            NodeEnum::IndexStmt(statement) => self.index(statement, at),
            NodeEnum::CreateEnumStmt(statement) => self.create_enum(statement, at),
            NodeEnum::AlterEnumStmt(statement) => self.alter_enum(statement, at),
            NodeEnum::CreateDomainStmt(statement) => self.domain(statement, at),
            NodeEnum::CreateSeqStmt(statement) => self.create_sequence(statement, at),
            NodeEnum::AlterSeqStmt(statement) => self.alter_sequence(statement, at),
            NodeEnum::CommentStmt(statement) => self.comment(statement, at),
            NodeEnum::CreateFunctionStmt(statement) => self.function(statement, at),
            NodeEnum::CreateTrigStmt(statement) => self.trigger(statement, at),
            other => self.other(other, at),
        }
    }
}
