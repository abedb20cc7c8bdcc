//! Exclusion constraints.

use definition::model::Exclusion;
use sql::{Ident, Sql};

use super::constraints::deferrable;
use super::indexes::{target, using};

/// `EXCLUDE USING gist ("room" WITH =, "during" WITH &&) WHERE (…)`.
pub(super) fn body(namespace: &Ident, exclusion: &Exclusion) -> Sql {
    let mut sql = Sql::of("EXCLUDE");
    sql.syntax(using(exclusion.method)).syntax("(");
    sql.list(&exclusion.elements, ", ", |sql, element| {
        target(sql, namespace, &element.target);
        if let Some(class) = &element.operator_class {
            sql.syntax(" ").ident(class.ident());
        }
        sql.syntax(" WITH ").syntax(element.operator.word());
    });
    sql.syntax(")");
    if let Some(predicate) = &exclusion.predicate {
        sql.syntax(" WHERE (").expression(&predicate.fragment(namespace)).syntax(")");
    }
    deferrable(&mut sql, exclusion.deferrable);
    sql
}
