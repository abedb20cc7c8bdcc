//! What our own export says in comments, because SQL has no words for it.

use serde_json::Value;

use super::draft::Part;
use super::reader::Reader;
use super::source::Directive;

impl Reader {
    /// `many-to-many {…}` and `automatic-index ["table", "index"]`.
    pub(super) fn directive(&mut self, directive: &Directive<'_>) {
        let (word, rest) = directive.text.split_once(' ').unwrap_or((directive.text, ""));
        let read = serde_json::from_str::<Value>(rest);
        match (word, read) {
            ("many-to-many", Ok(Value::Object(object))) => {
                let line = directive.line;
                self.draft.relationships.push(Part { line, object, ..Part::default() });
            }
            ("automatic-index", Ok(Value::Array(names))) => {
                let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                if let [table, index] = names.as_slice()
                    && let Some(table) = self.table_named(table)
                    && let Some(found) = table.indexes.iter_mut().find(|part| part.name() == *index)
                {
                    found.set(directive.line, "automatic", true);
                }
            }
            (_, _) => {
                let message = format!("`{word}` means nothing here");
                self.findings.info(directive.line, "directive", message);
            }
        }
    }
}
