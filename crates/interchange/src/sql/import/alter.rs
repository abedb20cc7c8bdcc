//! ALTER TABLE.

use pg_query::NodeEnum;
use pg_query::protobuf::{AlterTableCmd, AlterTableStmt, AlterTableType, ObjectType, RangeVar};

use super::names::Qualified;
use super::reader::{At, Reader};
use super::types::as_constraint;

impl Reader {
    pub(super) fn alter_table(&mut self, statement: &AlterTableStmt, at: At<'_>) {
        let Some(relation) = &statement.relation else { return };
        let is_table = statement.objtype() == ObjectType::ObjectTable;
        for command in &statement.cmds {
            let Some(NodeEnum::AlterTableCmd(command)) = &command.node else { continue };
            if let Some((code, message)) = summed_up(command.subtype()) {
                self.findings.tally(at.line, code, message);
            } else if command.subtype() == AlterTableType::AtAttachPartition {
                // The partition's own name says more than the table it is attached to.
                self.findings.tally(at.line, "partition", "partitions are left out");
            } else if is_table {
                self.alter_command(relation, command, at);
            } else {
                self.findings.tally(at.line, "alter_other", "changes something that is no table");
            }
        }
    }

    fn alter_command(&mut self, relation: &RangeVar, command: &AlterTableCmd, at: At<'_>) {
        // A default of a view or of a table that did not come in is told by `table`.
        let Some(table) = self.table(Some(relation), at, at.line) else { return };
        let table = table.name().to_owned();
        let column = command.name.as_str();
        let definition = command.def.as_deref();
        match (command.subtype(), definition.and_then(|node| node.node.as_ref())) {
            (AlterTableType::AtAddConstraint, Some(NodeEnum::Constraint(constraint))) => {
                let line = at.line_at(constraint.location);
                self.table_constraint(&table, constraint, at, line);
            }
            (AlterTableType::AtAddColumn, Some(NodeEnum::ColumnDef(column))) => {
                self.column_definition(&table, column, at);
            }
            (AlterTableType::AtColumnDefault, _) => {
                if self.column(Some(relation), column, at, at.line).is_some() {
                    self.default(&table, column, definition, (at, at.line));
                }
            }
            (AlterTableType::AtAddIdentity, Some(_)) => {
                if let Some(constraint) = definition.and_then(as_constraint)
                    && self.column(Some(relation), column, at, at.line).is_some()
                {
                    self.identity(&table, column, constraint, at.line);
                }
            }
            (AlterTableType::AtSetNotNull, _) => {
                if let Some(part) = self.column(Some(relation), column, at, at.line) {
                    part.set(at.line, "notNull", true);
                }
            }
            (AlterTableType::AtDropNotNull, _) => {
                if let Some(part) = self.column(Some(relation), column, at, at.line) {
                    part.object.remove("notNull");
                }
            }
            (AlterTableType::AtAlterColumnType, Some(NodeEnum::ColumnDef(changed))) => {
                let read = changed.type_name.as_ref().map(|name| self.type_of(name, at.here));
                let part = self.column(Some(relation), column, at, at.line);
                if let (Some(part), Some(read)) = (part, read) {
                    part.set(at.line, "type", read.text);
                }
            }
            (AlterTableType::AtDropColumn, _) => {
                if self.column(Some(relation), column, at, at.line).is_some()
                    && let Some(table) = self.table_named(&table)
                {
                    table.columns.retain(|part| part.name() != column);
                }
            }
            (AlterTableType::AtDropConstraint, _) => self.drop_constraint(&table, column, at),
            (_, _) => {
                let message = format!("a change of `{table}` is left out");
                self.findings.warning(at.line, "alter_table", message);
            }
        }
    }

    fn drop_constraint(&mut self, table: &str, name: &str, at: At<'_>) {
        let own = Qualified { namespace: self.namespace.clone(), name: table.to_owned() };
        let before = self.draft.relationships.len();
        self.draft.relationships.retain(|part| {
            let from = part.object.get("from").and_then(|from| from.get("table"));
            part.name() != name || from.and_then(serde_json::Value::as_str) != Some(&own.name)
        });
        let mut dropped = before != self.draft.relationships.len();
        if let Some(table) = self.table_named(table) {
            for key in ["uniques", "checks", "exclusions"] {
                if let Some(list) = table.list(key) {
                    let before = list.len();
                    list.retain(|part| part.name() != name);
                    dropped |= before != list.len();
                }
            }
            if table.primary_key.take_if(|key| key.name() == name).is_some() {
                dropped = true;
            }
        }
        if !dropped {
            let message = format!("there is no constraint `{name}` on `{table}` to drop");
            self.findings.info(at.line, "unknown_constraint", message);
        }
    }
}

/// Commands that say nothing about what a table is.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not listed is looked at alone")]
fn summed_up(command: AlterTableType) -> Option<(&'static str, &'static str)> {
    Some(match command {
        AlterTableType::AtChangeOwner => ("owner", "who owns a thing is no part of a definition"),
        AlterTableType::AtSetStatistics
        | AlterTableType::AtSetOptions
        | AlterTableType::AtSetStorage
        | AlterTableType::AtSetCompression
        | AlterTableType::AtClusterOn
        | AlterTableType::AtSetLogged
        | AlterTableType::AtSetUnLogged
        | AlterTableType::AtSetAccessMethod
        | AlterTableType::AtSetTableSpace
        | AlterTableType::AtSetRelOptions
        | AlterTableType::AtReplicaIdentity => {
            ("storage", "how a table is stored is no part of a definition")
        }
        AlterTableType::AtEnableRowSecurity
        | AlterTableType::AtForceRowSecurity
        | AlterTableType::AtDisableRowSecurity
        | AlterTableType::AtNoForceRowSecurity => {
            ("row_security", "row security is left out: who may see a row is decided elsewhere")
        }
        _ => return None,
    })
}
