//! Values on the wire as text, so that PostgreSQL's own input functions read them.

use std::error::Error;

use bytes::{BufMut, BytesMut};
use sql::Param;
use tokio_postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};

/// A parameter of any type, in PostgreSQL's text form, or NULL.
#[derive(Debug)]
pub(crate) struct TextParam<'a>(Option<&'a str>);

impl<'a> TextParam<'a> {
    pub(crate) fn of(param: &'a Param) -> Self {
        Self(param.as_deref())
    }

    pub(crate) fn as_sql(&self) -> &(dyn ToSql + Sync) {
        self
    }
}

impl ToSql for TextParam<'_> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        let Some(text) = self.0 else { return Ok(IsNull::Yes) };
        out.put_slice(text.as_bytes());
        Ok(IsNull::No)
    }

    /// The type is PostgreSQL's choice; its text form is what we send for every one.
    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}
