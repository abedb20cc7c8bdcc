//! What documents have no place for, by name.

use pg_query::NodeEnum;

use super::names::Qualified;
use super::reader::{At, Reader};

impl Reader {
    /// Tells a statement that does not come in.
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not listed has a code of its own")]
    pub(super) fn other(&mut self, node: &NodeEnum, at: At<'_>) {
        match node {
            NodeEnum::ViewStmt(view) => {
                self.relation_left_out(view.view.as_ref(), at, ("view", "the view"));
            }
            NodeEnum::CreateTableAsStmt(table) => {
                let target = table.into.as_ref().and_then(|into| into.rel.as_ref());
                self.relation_left_out(target, at, ("query_table", "what a query fills,"));
            }
            NodeEnum::CreateForeignTableStmt(table) => {
                let target = table.base_stmt.as_ref().and_then(|base| base.relation.as_ref());
                self.relation_left_out(target, at, ("foreign_table", "the foreign table"));
            }
            NodeEnum::CreateExtensionStmt(extension) => {
                let message = format!(
                    "the extension `{}` is not made; whether it is there, the server's owner decides",
                    extension.extname
                );
                self.findings.info(at.line, "extension", message);
            }
            _ => match summed_up(node) {
                Some((code, message)) => self.findings.tally(at.line, code, message),
                None => {
                    let (code, what) = told_alone(node);
                    let message = format!("{what} is left out: {}", beginning(at.text));
                    self.findings.warning(at.line, code, message);
                }
            },
        }
    }

    fn relation_left_out(
        &mut self,
        relation: Option<&pg_query::protobuf::RangeVar>,
        at: At<'_>,
        (code, what): (&'static str, &str),
    ) {
        let name = relation.map_or("", |relation| relation.relname.as_str());
        self.findings.warning(at.line, code, format!("{what} `{name}` is left out"));
        self.left_out.extend(relation.map(|relation| Qualified::of(relation, at.here)));
    }
}

/// Statements of which one line tells all.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not listed is told alone")]
fn summed_up(node: &NodeEnum) -> Option<(&'static str, &'static str)> {
    Some(match node {
        NodeEnum::VariableSetStmt(_) | NodeEnum::VariableShowStmt(_) => {
            ("set", "settings of the session are no part of a definition")
        }
        NodeEnum::AlterOwnerStmt(_) | NodeEnum::ReassignOwnedStmt(_) => {
            ("owner", "who owns a thing is no part of a definition")
        }
        NodeEnum::GrantStmt(_)
        | NodeEnum::GrantRoleStmt(_)
        | NodeEnum::AlterDefaultPrivilegesStmt(_) => {
            ("grant", "who may do what is no part of a definition")
        }
        NodeEnum::TransactionStmt(_) | NodeEnum::ConstraintsSetStmt(_) | NodeEnum::LockStmt(_) => {
            ("transaction", "transactions are no part of a definition")
        }
        NodeEnum::InsertStmt(_)
        | NodeEnum::UpdateStmt(_)
        | NodeEnum::DeleteStmt(_)
        | NodeEnum::MergeStmt(_)
        | NodeEnum::TruncateStmt(_)
        | NodeEnum::RefreshMatViewStmt(_) => {
            ("data", "rows are left out; only the structure comes in")
        }
        NodeEnum::SelectStmt(_) => ("select", "queries are left out, what they may set included"),
        NodeEnum::DropStmt(_) => ("drop", "nothing is dropped: an import begins with nothing"),
        NodeEnum::CreateSchemaStmt(_) => ("namespace", "namespaces are made by Tenanta"),
        NodeEnum::ClusterStmt(_) | NodeEnum::VacuumStmt(_) | NodeEnum::ReindexStmt(_) => {
            ("storage", "how a table is stored is no part of a definition")
        }
        NodeEnum::CreateStatsStmt(_) | NodeEnum::AlterStatsStmt(_) => {
            ("statistics", "statistics of several columns are left out")
        }
        NodeEnum::SecLabelStmt(_) => ("security_label", "security labels are left out"),
        _ => return None,
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is not listed has a code of its own")]
fn told_alone(node: &NodeEnum) -> (&'static str, &'static str) {
    match node {
        NodeEnum::CreatePolicyStmt(_) | NodeEnum::AlterPolicyStmt(_) => ("policy", "a policy"),
        NodeEnum::RuleStmt(_) => ("rule", "a rule"),
        NodeEnum::CompositeTypeStmt(_) => ("composite_type", "a composite type"),
        NodeEnum::CreateRangeStmt(_) => ("range_type", "a range type"),
        NodeEnum::DefineStmt(_) => ("other_object", "an aggregate, operator, type or collation"),
        NodeEnum::AlterDomainStmt(_) => ("domain", "a change of a domain"),
        NodeEnum::RenameStmt(_) => ("rename", "a new name"),
        NodeEnum::AlterObjectSchemaStmt(_) => ("namespace_change", "a move to another namespace"),
        NodeEnum::DoStmt(_) => ("program", "a program"),
        NodeEnum::CreatePublicationStmt(_) | NodeEnum::AlterPublicationStmt(_) => {
            ("publication", "a publication")
        }
        NodeEnum::CreateSubscriptionStmt(_) => ("subscription", "a subscription"),
        NodeEnum::CreateEventTrigStmt(_) => ("event_trigger", "an event trigger"),
        NodeEnum::CreateRoleStmt(_)
        | NodeEnum::AlterRoleStmt(_)
        | NodeEnum::AlterRoleSetStmt(_) => ("role", "a role"),
        NodeEnum::AlterFunctionStmt(_) => ("function", "a change of a function"),
        _ => ("other_statement", "a statement"),
    }
}

/// How many characters of a statement a finding shows.
const SHOWN_CHARS: usize = 60;

/// The beginning of a statement on one line.
pub(super) fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(SHOWN_CHARS).collect();
    let line = words.join(" ");
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}
