//! The next version of a document: a few edits as a person makes them, each of which the check
//! accepts.
//!
//! An edit changes the model and what depends on it, as well as it can; what the check refuses then
//! is as if it had not been tried.

mod add;
mod alter;
mod forget;
mod ids;
mod mentions;
mod order;
mod rename;
mod replace;
mod samples;

use definition::model::Table;
use definition::{Definition, Document, Name};
use serde_json::Value;

use crate::choices::Choices;
use ids::Ids;

/// The most edits between two versions.
const MAX_EDITS: usize = 6;

/// The next version of a document with ids, with ids; the document itself, checked, when no edit
/// works out.
///
/// # Panics
///
/// When the check refuses the document.
pub fn edited(document: &Value, choices: &mut Choices) -> Value {
    let mut ids = Ids::for_edits_of(document);
    let checked = Document::parse(document).check(None, &mut ids);
    let mut current = checked.definition.expect("a document to edit is valid");
    for _ in 0..=choices.below(MAX_EDITS) {
        let mut editor = Editor {
            definition: current.clone(),
            constants: Vec::new(),
            choices: &mut *choices,
            ids: &mut ids,
        };
        editor.edit();
        let next = editor.document();
        let checked = Document::parse(&next).check(Some(&current), &mut ids);
        current = checked.definition.unwrap_or(current);
    }
    current.to_json()
}

/// An edit in the making.
struct Editor<'a> {
    definition: Definition,
    /// Quoted constants of expressions that say something else in the document, in this order.
    constants: Vec<(String, String)>,
    choices: &'a mut Choices,
    ids: &'a mut Ids,
}

impl Editor<'_> {
    fn edit(&mut self) {
        match self.choices.below(31) {
            0 => self.rename_table(),
            1 | 2 => self.rename_column(),
            3 => self.swap_tables(),
            4 => self.swap_columns(),
            5 => self.rename_enum(),
            6 => self.rename_value(),
            7 => self.rename_part(),
            8 => self.drop_table(),
            9 | 10 => self.drop_column(),
            11 => self.drop_enum(),
            12 | 13 => self.drop_part(),
            14 => self.add_table(),
            15 | 16 => self.add_column(),
            17 => self.change_enum(),
            18 | 19 => self.add_parts(),
            20 => self.add_relationship(),
            21 | 22 => self.alter_column(),
            23 => self.change_type(),
            24 => self.alter_table(),
            25 => self.alter_relationship(),
            26 | 30 => self.reorder(),
            27 => self.replace_table(),
            28 => self.replace_column(),
            _ => self.take_over_name(),
        }
    }

    /// The document that the edited model is.
    fn document(&self) -> Value {
        let mut document = self.definition.to_json();
        for (from, to) in &self.constants {
            exchange(&mut document, from, to);
        }
        document
    }

    /// A table by its place.
    fn a_table(&mut self) -> Option<usize> {
        let count = self.definition.tables.len();
        (count > 0).then(|| self.choices.below(count))
    }

    /// A column by the places of its table and its own.
    fn a_column(&mut self) -> Option<(usize, usize)> {
        let table = self.a_table()?;
        let count = self.definition.tables[table].columns.len();
        (count > 0).then(|| (table, self.choices.below(count)))
    }

    fn table(&mut self, at: usize) -> &mut Table {
        &mut self.definition.tables[at]
    }

    /// A name that may be new; few enough that names come back, and some that need quotes.
    fn a_name(&mut self) -> Name {
        const STEMS: [&str; 7] =
            ["alpha", "beta", "gamma", "Mixed Case", "select", "quo\"te", "späße"];
        let stem = self.choices.pick(&STEMS);
        let number = self.choices.below(4);
        let name = if number == 0 { stem.to_owned() } else { format!("{stem} {number}") };
        Name::new(&name).expect("a short name fits")
    }
}

/// Says another quoted constant in every expression of a document.
fn exchange(value: &mut Value, from: &str, to: &str) {
    const EXPRESSIONS: [&str; 4] = ["default", "generated", "expression", "where"];
    match value {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                if let Value::String(text) = value
                    && EXPRESSIONS.contains(&key.as_str())
                {
                    *text = text.replace(from, to);
                } else {
                    exchange(value, from, to);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| exchange(item, from, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
