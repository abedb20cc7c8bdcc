//! The corpus, read.

use definition::column_type::ColumnType;
use definition::expression::{Context, ExpressionError, Place};
use definition::model::{Enum, EnumValue, IndexMethod};
use definition::{Expression, Id, Name};

/// One shape.
pub(crate) struct Line {
    pub(crate) place: &'static str,
    pub(crate) times: u32,
    pub(crate) schemas: u32,
    pub(crate) wanted: &'static str,
    pub(crate) columns: &'static str,
    pub(crate) expression: &'static str,
    pub(crate) code: &'static str,
}

/// Every line that is no comment.
pub(crate) fn corpus() -> Vec<Line> {
    let text = include_str!("expressions.tsv");
    text.lines().filter(|line| !line.starts_with('#')).map(Line::read).collect()
}

fn type_of(spelling: &str) -> ColumnType {
    ColumnType::parse(spelling, &|name| name == "order_status").unwrap().column_type
}

impl Line {
    fn read(line: &'static str) -> Self {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let [place, times, schemas, wanted, columns, expression, code] = fields[..] else {
            panic!("seven fields, not {}: {line}", fields.len());
        };
        let (times, schemas) = (times.parse().unwrap(), schemas.parse().unwrap());
        Self { place, times, schemas, wanted, columns, expression, code }
    }

    fn place(&self) -> Place {
        match self.place {
            "default" => Place::Default,
            "check" => Place::Check,
            "generated" => Place::Generated,
            "index" => Place::IndexKey,
            "where" => Place::Predicate,
            other => panic!("no place: {other}"),
        }
    }

    /// Reads the expression in its place, among its columns.
    pub(crate) fn parse(&self) -> Result<Expression, ExpressionError> {
        let columns: Vec<(&str, ColumnType)> = self
            .columns
            .split(", ")
            .filter_map(|column| column.split_once(' '))
            .map(|(name, spelling)| (name, type_of(spelling)))
            .collect();
        let value =
            |name: &str| EnumValue { id: Id::new(name).unwrap(), name: Name::new(name).unwrap() };
        let status = Enum {
            id: Id::new("status").unwrap(),
            name: Name::new("order_status").unwrap(),
            values: vec![value("draft"), value("paid")],
            description: None,
        };
        let fills = matches!(self.place(), Place::Default | Place::Generated);
        let wanted = fills.then(|| type_of(self.wanted));
        let context = Context {
            place: self.place(),
            columns: columns.iter().map(|(name, known)| (*name, Some(known))).collect(),
            enums: [("order_status", Some(&status))].into(),
            wanted: wanted.as_ref(),
            method: IndexMethod::ALL
                .iter()
                .find(|(word, _)| *word == self.wanted)
                .map(|(_, it)| *it),
        };
        Expression::parse(self.expression, &context)
    }
}
