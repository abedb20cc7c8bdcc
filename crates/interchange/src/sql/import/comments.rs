//! COMMENT ON, and the enums that comments may describe.

use pg_query::NodeEnum;
use pg_query::protobuf::{AlterEnumStmt, CommentStmt, CreateEnumStmt, ObjectType};
use serde_json::Value;

use super::draft::Part;
use super::names::{Qualified, list, texts};
use super::reader::{At, Reader};

impl Reader {
    pub(super) fn create_enum(&mut self, statement: &CreateEnumStmt, at: At<'_>) {
        let Some(name) = Qualified::of_texts(&texts(&statement.type_name), at.here) else { return };
        let Some(name) = self.own(&name) else {
            return self.other_namespace(at.line, &name.namespace);
        };
        let part = Part::named(at.line, &name).with("values", Some(texts(&statement.vals)));
        self.draft.enums.push(part);
    }

    /// Adds or renames a value.
    pub(super) fn alter_enum(&mut self, statement: &AlterEnumStmt, at: At<'_>) {
        let Some(name) = Qualified::of_texts(&texts(&statement.type_name), at.here) else { return };
        let own = self.own(&name);
        let found = self.draft.enums.iter_mut().find(|part| own.as_deref() == Some(part.name()));
        let Some(Value::Array(values)) = found.and_then(|part| part.object.get_mut("values"))
        else {
            let message = format!("there is no enum `{}` in this source", name.name);
            return self.findings.warning(at.line, "unknown_type", message);
        };
        let place = |wanted: &str| values.iter().position(|value| value.as_str() == Some(wanted));
        if !statement.old_val.is_empty() {
            if let Some(position) = place(&statement.old_val) {
                values[position] = Value::from(statement.new_val.as_str());
            }
        } else if place(&statement.new_val).is_none() {
            let neighbor = place(&statement.new_val_neighbor);
            let position =
                neighbor.map_or(values.len(), |at| at + usize::from(statement.new_val_is_after));
            values.insert(position, Value::from(statement.new_val.as_str()));
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not listed is told")]
    pub(super) fn comment(&mut self, statement: &CommentStmt, at: At<'_>) {
        let Some(object) = statement.object.as_deref() else { return };
        let text = statement.comment.as_str();
        match statement.objtype() {
            ObjectType::ObjectTable => self.comment_on_table(&list(object), text, at),
            ObjectType::ObjectColumn => self.comment_on_column(&list(object), text, at),
            ObjectType::ObjectType => {
                let names = match &object.node {
                    Some(NodeEnum::TypeName(name)) => texts(&name.names),
                    _ => list(object),
                };
                let name = Qualified::of_texts(&names, at.here).and_then(|name| self.own(&name));
                match self.draft.enums.iter_mut().find(|part| name.as_deref() == Some(part.name()))
                {
                    Some(part) => part.set(at.line, "description", text),
                    None => self.comment_left_out(at),
                }
            }
            ObjectType::ObjectExtension => {
                let message = "comments on extensions are left out";
                self.findings.tally(at.line, "comment_on_extension", message);
            }
            _ => self.comment_left_out(at),
        }
    }

    fn comment_on_table(&mut self, names: &[&str], text: &str, at: At<'_>) {
        match self.commented_table(names, at) {
            Some(position) if !text.is_empty() => {
                self.draft.tables[position].part.set(at.line, "description", text);
            }
            Some(_) => {}
            None => self.comment_left_out(at),
        }
    }

    fn comment_on_column(&mut self, names: &[&str], text: &str, at: At<'_>) {
        let split = names.split_last();
        let position = split.and_then(|(_, table)| self.commented_table(table, at));
        let column = split.and_then(|(column, _)| self.draft.tables[position?].column(column));
        match column {
            Some(column) if !text.is_empty() => column.set(at.line, "description", text),
            Some(_) => {}
            None => self.comment_left_out(at),
        }
    }

    fn commented_table(&self, names: &[&str], at: At<'_>) -> Option<usize> {
        let name = self.own(&Qualified::of_texts(names, at.here)?)?;
        self.tables.get(&name).copied()
    }

    fn comment_left_out(&mut self, at: At<'_>) {
        let message = "comments on anything but tables, columns and enums are left out";
        self.findings.tally(at.line, "comment", message);
    }
}
