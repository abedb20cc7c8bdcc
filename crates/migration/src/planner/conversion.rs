//! How values of one type are made of values of another.

use std::collections::BTreeMap;

use definition::column_type::{Builtin, ElementType, Family, Modifiers};
use definition::expression::{Context, Place};
use definition::model::{Column, EnumValue};
use definition::{ColumnType, Expression, Name};

use super::error::PlanError;
use super::fate::Convert;
use crate::remedy::Remedy;

/// A column before and after, and what was chosen for values that do not fit.
pub(super) struct Conversion<'a> {
    /// The column as it is, in the names of `now`.
    pub(super) from: &'a Column,
    /// The values of its enum, in PostgreSQL's spelling.
    pub(super) from_values: Option<&'a [EnumValue]>,
    /// The type that is wanted.
    pub(super) to: &'a ColumnType,
    /// The values of the wanted enum, when it is the same enum with other values.
    pub(super) to_values: Option<&'a [EnumValue]>,
    /// The values of the wanted enum, whichever it is.
    pub(super) labels: Option<&'a [EnumValue]>,
    /// What the column is called in the version in force, for remedies.
    pub(super) before: &'a Name,
    pub(super) subject: &'a str,
    pub(super) remedy: Option<&'a Remedy>,
}

impl Conversion<'_> {
    /// The conversion, with the remedy in it.
    pub(super) fn build(&self) -> Result<Convert, PlanError> {
        match self.remedy {
            Some(Remedy::Cast(text)) => self.chosen(text),
            Some(Remedy::Fill(text)) => self.filled(self.plain(), text),
            Some(Remedy::SetAside) => Ok(Convert { lenient: true, ..self.plain() }),
            None => Ok(self.strict()),
        }
    }

    /// PostgreSQL's own conversion; by the text where it has none.
    pub(super) fn plain(&self) -> Convert {
        if let (Some(from), Some(to)) = (self.from_values, self.to_values) {
            return self.relabelled(from, to);
        }
        let column = quoted(&self.from.name);
        let to_enum = self.to.enum_name().is_some();
        let of_enum = self.from.data_type.enum_name().is_some();
        let total = is_total(&self.from.data_type, self.to);
        let by_text = [&column, "::text"].concat();
        if to_enum
            && !self.to.array
            && let Some(forward) = self.known_labels(&by_text)
        {
            return Convert { forward, lenient: false, total: false, fill: None };
        }
        if to_enum {
            let text = if self.to.array { [&column, "::text[]"].concat() } else { by_text };
            let forward = self.read(&text).or_else(|| self.read(&column));
            return Convert {
                forward: forward.expect("every value has a text"),
                lenient: false,
                total: false,
                fill: None,
            };
        }
        let to = self.to.to_string();
        let direct = (!of_enum).then(|| self.read(&[&column, "::", &to].concat())).flatten();
        let forward = direct
            .or_else(|| self.read(&[&by_text, "::", &to].concat()))
            .or_else(|| self.read(&by_text))
            .expect("every value has a text");
        Convert { forward, lenient: false, total, fill: None }
    }

    /// The same where nothing was chosen for values that have no counterpart: they let it fail.
    fn strict(&self) -> Convert {
        let plain = self.plain();
        if plain.total || self.to.enum_name().is_none() || self.to.array {
            return plain;
        }
        let text = [&quoted(&self.from.name), "::text"].concat();
        let known = plain.forward.to_string();
        let strict = self.read(&["coalesce(", &known, ", ", &text, ")"].concat());
        Convert { forward: strict.unwrap_or_else(|| plain.forward.clone()), ..plain }
    }

    /// A text, if it is one of the wanted enum's values.
    fn known_labels(&self, text: &str) -> Option<Expression> {
        let labels: Vec<String> = self.labels?.iter().map(|value| constant(&value.name)).collect();
        let listed = labels.join(", ");
        self.read(&["CASE WHEN ", text, " IN (", &listed, ") THEN ", text, " END"].concat())
    }

    /// Between an enum and the same enum with other values: a value that is gone gives NULL.
    fn relabelled(&self, from: &[EnumValue], to: &[EnumValue]) -> Convert {
        let column = quoted(&self.from.name);
        if self.to.array || self.from.data_type.array {
            return self.relabelled_array(from, to);
        }
        let mut text = ["CASE ", &column, "::text"].concat();
        let mut kept = 0;
        for value in from {
            if let Some(wanted) = to.iter().find(|wanted| wanted.id == value.id) {
                let (when, then) = (constant(&value.name), constant(&wanted.name));
                text.push_str(&[" WHEN ", &when, " THEN ", &then].concat());
                kept += 1;
            }
        }
        text.push_str(" END");
        let read = if kept == 0 { self.read("NULL::text") } else { self.read(&text) };
        // More values than an expression holds: by their text, and what is gone does not convert.
        match read {
            Some(forward) => {
                Convert { forward, lenient: false, total: kept == from.len(), fill: None }
            }
            None => {
                let forward = self.read(&[&column, "::text"].concat());
                let forward = forward.expect("every value has a text");
                Convert { forward, lenient: false, total: false, fill: None }
            }
        }
    }

    /// The same for arrays: a list with a value that is gone does not convert.
    fn relabelled_array(&self, from: &[EnumValue], to: &[EnumValue]) -> Convert {
        let mut text = [&quoted(&self.from.name), "::text[]"].concat();
        for value in from {
            let same = to.iter().find(|wanted| wanted.id == value.id && wanted.name != value.name);
            if let Some(wanted) = same {
                let (when, then) = (constant(&value.name), constant(&wanted.name));
                text = ["array_replace(", &text, ", ", &when, ", ", &then, ")"].concat();
            }
        }
        let plain = [&quoted(&self.from.name), "::text[]"].concat();
        let forward = self.read(&text).or_else(|| self.read(&plain));
        let forward = forward.expect("every array has a text");
        Convert { forward, lenient: false, total: false, fill: None }
    }

    /// The expression that somebody chose.
    fn chosen(&self, text: &str) -> Result<Convert, PlanError> {
        let to_enum = self.to.enum_name().is_some();
        let wanted = if to_enum { ColumnType::plain(Builtin::Text) } else { self.to.clone() };
        let context = Context {
            place: Place::Generated,
            columns: BTreeMap::from([(self.before.as_str(), Some(&self.from.data_type))]),
            enums: BTreeMap::new(),
            wanted: Some(&wanted),
            method: None,
        };
        let read = Expression::parse(text, &context).map_err(|source| self.refused(source))?;
        let renamed = |name: &Name| (name == self.before).then(|| self.from.name.clone());
        let forward = read.renamed(&renamed, &|_| None);
        Ok(Convert { forward, lenient: false, total: false, fill: None })
    }

    /// A value for rows that have none, or none that can be converted.
    pub(super) fn filled(&self, convert: Convert, fill: &str) -> Result<Convert, PlanError> {
        let to_enum = self.to.enum_name().is_some();
        let wanted = if to_enum { ColumnType::plain(Builtin::Text) } else { self.to.clone() };
        let context = Context {
            place: Place::Default,
            columns: BTreeMap::new(),
            enums: BTreeMap::new(),
            wanted: Some(&wanted),
            method: None,
        };
        let fill = Expression::parse(fill, &context).map_err(|source| self.refused(source))?;
        Ok(Convert { lenient: !convert.total, fill: Some(fill), ..convert })
    }

    fn refused(&self, source: definition::expression::ExpressionError) -> PlanError {
        PlanError::Remedy { subject: self.subject.to_owned(), source }
    }

    /// Reads an expression of our own making over this column.
    fn read(&self, text: &str) -> Option<Expression> {
        // An enum's values are only ever read as text, so the wall need not know them.
        let data_type = as_text(&self.from.data_type);
        let context = Context {
            place: Place::Default,
            columns: BTreeMap::from([(self.from.name.as_str(), Some(&data_type))]),
            enums: BTreeMap::new(),
            wanted: None,
            method: None,
        };
        Expression::parse(text, &context).ok()
    }
}

/// The type as which a conversion reads a column: an enum's values are text to it.
pub(crate) fn as_text(data_type: &ColumnType) -> ColumnType {
    let mut read = data_type.clone();
    if read.enum_name().is_some() {
        read.element = ElementType::Builtin(Builtin::Text, Modifiers::None);
    }
    read
}

/// A name as an expression spells it.
fn quoted(name: &Name) -> String {
    ["\"", &name.as_str().replace('"', "\"\""), "\""].concat()
}

/// A constant as an expression spells it.
fn constant(name: &Name) -> String {
    let text = name.as_str().replace('\\', "\\\\").replace('\'', "''");
    ["E'", &text, "'"].concat()
}

/// Whether PostgreSQL changes this type without looking at a row, and can change it back so too
/// for every value that was there.
pub(super) fn is_catalog_only(from: &ColumnType, to: &ColumnType) -> bool {
    use Builtin::{
        Cidr, Inet, Interval, Numeric, Text, Time, TimeTz, Timestamp, TimestampTz, Varbit, Varchar,
    };
    if from.array || to.array {
        return false;
    }
    let (ElementType::Builtin(before, of), ElementType::Builtin(after, into)) =
        (&from.element, &to.element)
    else {
        return false;
    };
    let widens = match (of, into) {
        (_, Modifiers::None) => true,
        (Modifiers::One(narrow), Modifiers::One(wide)) => narrow <= wide,
        (Modifiers::Two(narrow, scale), Modifiers::Two(wide, same)) => {
            narrow <= wide && scale == same
        }
        _ => false,
    };
    match (before, after) {
        (Timestamp, Timestamp) | (TimestampTz, TimestampTz) | (Time, Time) | (TimeTz, TimeTz) => {
            widens
        }
        (Varchar, Varchar) | (Varbit, Varbit) | (Numeric, Numeric) | (Interval, Interval) => widens,
        (Varchar, Text) | (Cidr, Inet) => true,
        (Text, Varchar) => *into == Modifiers::None,
        _ => false,
    }
}

/// Whether every value of one type has one of the other.
fn is_total(from: &ColumnType, to: &ColumnType) -> bool {
    if from == to {
        return true;
    }
    let unlimited_text = matches!(
        &to.element,
        ElementType::Builtin(Builtin::Text | Builtin::Varchar, Modifiers::None)
    );
    if unlimited_text && !to.array {
        return true;
    }
    let (Some(before), Some(after)) = (from.scalar(), to.scalar()) else { return false };
    let plain = matches!(&to.element, ElementType::Builtin(_, Modifiers::None));
    match (before, after) {
        (Builtin::SmallInt, Builtin::Integer | Builtin::BigInt)
        | (Builtin::Integer, Builtin::BigInt)
        | (Builtin::Real, Builtin::Double)
        | (Builtin::Date, Builtin::Timestamp | Builtin::TimestampTz)
        | (Builtin::Timestamp, Builtin::TimestampTz | Builtin::Date)
        | (Builtin::TimestampTz, Builtin::Timestamp | Builtin::Date)
        | (Builtin::Json, Builtin::Jsonb)
        | (Builtin::Jsonb, Builtin::Json) => plain,
        (_, Builtin::Numeric | Builtin::Double | Builtin::Real) => {
            plain && before.family() == Family::Integer
        }
        _ => false,
    }
}
