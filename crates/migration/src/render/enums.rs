//! Enumerated types.

use definition::Name;
use definition::model::Enum;
use sql::{Ident, Sql};

use super::step;
use crate::plan::Step;

pub(crate) fn create(namespace: &Ident, item: &Enum, position: usize) -> Vec<Step> {
    let mut sql = Sql::of("CREATE TYPE ");
    sql.qualified(namespace, item.name.ident()).syntax(" AS ENUM (");
    sql.list(&item.values, ", ", |sql, value| {
        sql.literal(value.name.as_str());
    });
    sql.syntax(")");
    let mut back = Sql::of("DROP TYPE ");
    back.qualified(namespace, item.name.ident());
    let (path, title) = (format!("enums[{position}]"), format!("the enum `{}`", item.name));
    let mut steps = vec![step(sql, back, path.clone(), title.clone())];
    if let Some(description) = &item.description {
        let comment = |text: Option<&str>| describe(namespace, &item.name, text);
        steps.push(step(comment(Some(description)), comment(None), path, title));
    }
    steps
}

/// What an enum lists, or nothing said of it.
pub(crate) fn describe(namespace: &Ident, name: &Name, text: Option<&str>) -> Sql {
    let mut sql = Sql::of("COMMENT ON TYPE ");
    sql.qualified(namespace, name.ident()).syntax(" IS ");
    super::comments::text_or_null(&mut sql, text);
    sql
}
