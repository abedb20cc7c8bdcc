//! A JSON body: one row, or a list of rows. Values stay as they were written, digit for digit.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::RowValues;
use crate::error::shortened;
use crate::limits::MAX_ROW_COLUMNS;

/// A body that holds one row.
#[derive(Clone, Debug)]
pub struct RowBody(pub RowValues);

/// A body that holds one row or a list of rows.
#[derive(Clone, Debug)]
pub struct RowsBody {
    /// The rows.
    pub rows: Vec<RowValues>,
    /// Whether they came as a list.
    pub listed: bool,
}

impl<'de> Deserialize<'de> for RowBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RowVisitor).map(Self)
    }
}

impl<'de> Deserialize<'de> for RowsBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowsVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = RowValues;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row, as an object of columns and values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RowValues, A::Error> {
        let mut row = RowValues::new();
        while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
            if row.iter().any(|(known, _)| *known == name) {
                let message = ["the column `", &shortened(&name), "` is given twice"].concat();
                return Err(A::Error::custom(message));
            }
            if row.len() == MAX_ROW_COLUMNS {
                return Err(A::Error::custom("a row names too many columns"));
            }
            row.push((name, value));
        }
        Ok(row)
    }
}

struct RowsVisitor;

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = RowsBody;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row, as an object of columns and values, or a list of rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RowsBody, A::Error> {
        Ok(RowsBody { rows: vec![RowVisitor.visit_map(map)?], listed: false })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RowsBody, A::Error> {
        let mut rows = Vec::new();
        while let Some(RowBody(row)) = seq.next_element()? {
            rows.push(row);
        }
        Ok(RowsBody { rows, listed: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let body = r#"[{"a": 12345678901234567890.10, "b": {"x": [1.00]}}, {}]"#;
        let parsed: RowsBody = serde_json::from_str(body).unwrap();
        assert!(parsed.listed);
        assert_eq!(parsed.rows[0][0].1.get(), "12345678901234567890.10");
        assert_eq!(parsed.rows[0][1].1.get(), r#"{"x": [1.00]}"#);
        assert!(parsed.rows[1].is_empty());
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for body in ["1", "\"x\"", "null", "[1]", "[[]]", r#"{"a":1,"a":2}"#, "[{},null]"] {
            let error = serde_json::from_str::<RowsBody>(body).unwrap_err();
            assert!(error.is_data(), "{body}: {error}");
        }
        assert!(serde_json::from_str::<RowBody>("[{}]").is_err());
    }
}
