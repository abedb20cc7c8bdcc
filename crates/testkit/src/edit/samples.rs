//! Types with defaults and checks that fit them.

use std::collections::BTreeMap;

use definition::Expression;
use definition::column_type::ColumnType;
use definition::expression::{Context, Place};
use definition::model::Definition;

use super::Editor;

/// A type, and defaults and checks that fit a column of it called `{c}`.
struct Sample {
    data_type: &'static str,
    defaults: &'static [&'static str],
    checks: &'static [&'static str],
}

const fn sample(
    data_type: &'static str,
    defaults: &'static [&'static str],
    checks: &'static [&'static str],
) -> Sample {
    Sample { data_type, defaults, checks }
}

const SAMPLES: [Sample; 12] = [
    sample("integer", &["0", "-7", "1 + 2"], &["{c} > 0", "{c} BETWEEN 1 AND 9", "{c} IN (1, 2)"]),
    sample("bigint", &["5"], &["abs({c}) < 100"]),
    sample("smallint", &["3"], &["{c} <> 13"]),
    sample("numeric(12,2)", &["0.50"], &["{c} >= 0", "round({c}, 1) <> 1.5"]),
    sample("text", &["'it''s'", "''"], &["length({c}) > 1", "{c} LIKE 'x%'", "{c} <> ''"]),
    sample("varchar(40)", &["'x'"], &["lower({c}) = {c}"]),
    sample("boolean", &["true", "false"], &["{c} IS NOT FALSE"]),
    sample("timestamptz", &["now()"], &["{c} > '2000-01-01'::timestamptz"]),
    sample("date", &["CURRENT_DATE", "'2026-01-01'"], &["{c} <> '2000-01-01'::date"]),
    sample("uuid", &["gen_random_uuid()"], &["{c} IS NOT NULL"]),
    sample("jsonb", &["'{}'"], &["jsonb_typeof({c}) = 'object'"]),
    sample("text[]", &["'{}'"], &["cardinality({c}) < 5"]),
];

impl Editor<'_> {
    /// A type: one of the samples, or one of the schema's enums.
    pub(super) fn a_type(&mut self) -> ColumnType {
        let enums = &self.definition.enums;
        let at = self.choices.below(SAMPLES.len() + enums.len());
        let text = match at.checked_sub(SAMPLES.len()).and_then(|at| enums.get(at)) {
            Some(item) => item.name.ident().to_string(),
            None => SAMPLES[at.min(SAMPLES.len() - 1)].data_type.to_owned(),
        };
        let text =
            if self.choices.percent(10) && !text.ends_with(']') { text + "[]" } else { text };
        let is_enum = |name: &str| enums.iter().any(|item| item.name.as_str() == name);
        ColumnType::parse(&text, &is_enum).expect("a sample is a type").column_type
    }

    /// A default for a column of this type.
    pub(super) fn a_default(&mut self, data_type: &ColumnType) -> Option<Expression> {
        let text = match data_type.enum_name() {
            Some(_) if data_type.array => "'{}'".to_owned(),
            Some(name) => {
                let values = &self.definition.enumeration(name.as_str())?.values;
                let value = self.choices.one(values)?.name.as_str().replace('\'', "''");
                format!("'{value}'")
            }
            None => {
                let spelled = data_type.to_string();
                let sample = SAMPLES.iter().find(|sample| sample.data_type == spelled)?;
                self.choices.pick(sample.defaults).to_owned()
            }
        };
        parsed(&self.definition, None, (Place::Default, Some(data_type)), &text)
    }

    /// A condition on a column.
    pub(super) fn a_check(&mut self, at: usize, column: usize) -> Option<Expression> {
        let column = &self.definition.tables[at].columns[column];
        let quoted = column.name.ident().to_string();
        let spelled = column.data_type.to_string();
        let texts = match SAMPLES.iter().find(|sample| sample.data_type == spelled) {
            Some(sample) => sample.checks,
            None => &["{c} IS NOT NULL"][..],
        };
        let text = self.choices.pick(texts).replace("{c}", &quoted);
        parsed(&self.definition, Some(at), (Place::Check, None), &text)
    }

    /// A computation out of a column, and its type.
    pub(super) fn a_computation(&mut self, at: usize) -> Option<(Expression, ColumnType)> {
        let table = &self.definition.tables[at];
        let plain = table.columns.iter().filter(|column| column.generated.is_none());
        let plain: Vec<_> = plain.collect();
        let column = self.choices.one(&plain)?;
        let quoted = column.name.ident().to_string();
        let (text, data_type) = if column.data_type.is_text() && !column.data_type.array {
            (format!("length({quoted})"), "integer")
        } else {
            (format!("{quoted} IS NULL"), "boolean")
        };
        let data_type = ColumnType::parse(data_type, &|_| false).ok()?.column_type;
        let place = (Place::Generated, Some(&data_type));
        Some((parsed(&self.definition, Some(at), place, &text)?, data_type))
    }

    /// A condition for a partial index.
    pub(super) fn a_predicate(&mut self, at: usize, column: usize) -> Option<Expression> {
        let quoted = self.definition.tables[at].columns[column].name.ident().to_string();
        let text = format!("{quoted} IS NOT NULL");
        parsed(&self.definition, Some(at), (Place::Predicate, None), &text)
    }
}

/// An expression over a table's row, or over none.
fn parsed(
    definition: &Definition,
    table: Option<usize>,
    (place, wanted): (Place, Option<&ColumnType>),
    text: &str,
) -> Option<Expression> {
    let columns = table.map_or(&[][..], |at| &definition.tables[at].columns);
    let columns: BTreeMap<_, _> =
        columns.iter().map(|column| (column.name.as_str(), Some(&column.data_type))).collect();
    let enums = definition.enums.iter().map(|item| (item.name.as_str(), Some(item))).collect();
    Expression::parse(text, &Context { place, columns, enums, wanted, method: None }).ok()
}
